//! Runs of a seed: its steps, its end, and for one that fails the shortest story that still does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::deeds::{carry_out, heal};
use crate::reached::Counts;
use crate::sabotage::Sabotage;
use crate::script::{Step, script};
use crate::world::{ADA, BO, Broken, NAMES, QUINN, SAM, World};
use crate::{ending, oracle, reached};

/// Carries out a story and checks everything, during it and at its end.
pub fn play(seed: u64, steps: &[Step], sabotage: Sabotage) -> Result<(), Broken> {
    play_and_rebuild(seed, steps, sabotage, &[ADA, SAM, BO, QUINN])
}

/// What the devices of `rebuilt` derived is compared with what they derive anew: that costs as much as
/// the rest of a run.
fn play_and_rebuild(seed: u64, steps: &[Step], sabotage: Sabotage, rebuilt: &[usize]) -> Result<(), Broken> {
    let mut world = World::new(seed, sabotage);
    let played = catch_unwind(AssertUnwindSafe(move || {
        for step in steps {
            let before = world.time.now();
            carry_out(&mut world, *step)?;
            // Where no time passed only the one who acted has anything new to show.
            let all = world.time.now() > before;
            let acted = (0..NAMES.len()).filter(|who| all || step.acts() == Some(*who));
            oracle::claims(&mut world, acted)?;
        }
        heal(&mut world)?;
        ending::ending(&mut world, rebuilt)
    }));
    played.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panicked: {}", text.unwrap_or_default()))
    })
}

pub fn seed_with(seed: u64, sabotage: Sabotage) -> Result<(), Broken> {
    // One of the four by turns.
    play_and_rebuild(seed, &script(seed), sabotage, &[usize::try_from(seed % 4).unwrap_or(0)])
}

/// Leaves out whatever the failure does not need: halves first, then single steps.
fn shrink(seed: u64, mut steps: Vec<Step>) -> Vec<Step> {
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + size).min(steps.len()));
            if play(seed, &fewer, Sabotage::None).is_err() {
                steps = fewer;
            } else {
                at += size;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    steps
}

/// How to replay a failed seed, and its story.
fn story(seed: u64, why: &str) -> String {
    let steps = shrink(seed, script(seed));
    let end = play(seed, &steps, Sabotage::None).err().unwrap_or_else(|| why.to_owned());
    let mut text = format!("seed {seed} fails: {why}\nreplay: cargo xtask sim --seed {seed}\nthe story:\n");
    for step in &steps {
        text.push_str(&format!("  - {}\n", step.words()));
    }
    text.push_str(&format!("  {end}\nas steps: {steps:?}\n"));
    text
}

/// Runs seeds side by side, and tells the first that fails with its story; counts what they came upon.
/// Twice as many threads as cores: each often waits for its server's writer.
fn run(seeds: std::ops::Range<u64>) -> Counts {
    let counts = Mutex::new(Counts::new());
    let next = AtomicU64::new(seeds.start);
    let failed = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(2, usize::from) * 2;
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end || failed.load(Ordering::Relaxed) > 0 {
                        return;
                    }
                    if let Err(why) = seed_with(seed, Sabotage::None) {
                        failed.fetch_add(1, Ordering::Relaxed);
                        println!("{}", story(seed, &why));
                    }
                    reached::add(&mut counts.lock().unwrap(), reached::take());
                }
            });
        }
    });
    assert_eq!(failed.into_inner(), 0, "a seed failed");
    println!("{} seeds passed", seeds.end - seeds.start);
    counts.into_inner().unwrap()
}

pub fn fixed_seeds() -> Counts {
    run(0..60)
}

/// Seeds drawn anew each time belong to `cargo xtask sim`: what fails here is then the change's doing.
#[test]
fn forty_more_seeds_pass() {
    run(60..100);
}

#[test]
fn a_seed_replays() {
    let steps = script(3);
    assert_eq!(steps, script(3));
    let trace = |seed| {
        let mut world = World::new(seed, Sabotage::None);
        let mut seen = Vec::new();
        for step in script(seed) {
            carry_out(&mut world, step).unwrap();
            seen.push((
                world.time.now(),
                (0..NAMES.len()).map(|who| world.devices[who].saved.len()).sum::<usize>(),
            ));
        }
        seen
    };
    assert_eq!(trace(3), trace(3));
}

/// `cargo xtask sim` calls this with the seeds in the environment.
#[test]
#[ignore = "cargo xtask sim"]
fn asked_for() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let from = number("FIELDPROOF_SIM_FROM").unwrap_or(0);
    if std::env::var_os("FIELDPROOF_SIM_TELL").is_some() {
        script(from).iter().for_each(|step| println!("  - {}", step.words()));
    }
    run(from..from + number("FIELDPROOF_SIM_SEEDS").unwrap_or(100));
}
