//! Runs the tests one after the other and says how it went, in the words that cargo and `xtask`
//! understand. Own, because a browser test needs its time printed and its pictures kept.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process::ExitCode;
use std::time::Instant;

use futures::FutureExt;

pub type Story = Pin<Box<dyn Future<Output = ()>>>;

pub struct Test {
    name: &'static str,
    begin: fn() -> Story,
}

pub fn test(name: &'static str, begin: fn() -> Story) -> Test {
    Test { name, begin }
}

/// What cargo, nextest and people say to a test program.
#[derive(Default)]
struct Said {
    filters: Vec<String>,
    exact: bool,
    list: bool,
    /// They need what `cargo xtask` builds, so they run only where they are asked for.
    ignored: bool,
    bench: bool,
}

fn said() -> Said {
    let mut said = Said::default();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => said.list = true,
            "--exact" => said.exact = true,
            "--ignored" | "--include-ignored" => said.ignored = true,
            "--bench" => said.bench = true,
            "--test-threads" | "--format" | "--color" => drop(words.next()),
            word if word.starts_with('-') => {}
            word => said.filters.push(word.to_owned()),
        }
    }
    said
}

pub fn run(tests: Vec<Test>, bench: fn() -> Story) -> ExitCode {
    let said = said();
    let chosen: Vec<Test> = tests
        .into_iter()
        .filter(|test| {
            let fits =
                |filter: &String| if said.exact { test.name == *filter } else { test.name.contains(filter) };
            said.filters.is_empty() || said.filters.iter().any(fits)
        })
        .collect();
    if said.list {
        for test in &chosen {
            println!("{}: test", test.name);
        }
        return ExitCode::SUCCESS;
    }
    if said.bench {
        return if tell("measure", bench) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    if !said.ignored {
        println!("\ntest result: ok. 0 passed; 0 failed; {} ignored\n", chosen.len());
        println!("They need the built app and browsers: cargo xtask test browser");
        return ExitCode::SUCCESS;
    }
    let began = Instant::now();
    println!("\nrunning {} tests", chosen.len());
    let mut failed = Vec::new();
    for test in &chosen {
        if !tell(test.name, test.begin) {
            failed.push(test.name);
        }
    }
    let word = if failed.is_empty() { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {} passed; {} failed; finished in {:.1} s",
        chosen.len() - failed.len(),
        failed.len(),
        began.elapsed().as_secs_f64()
    );
    for name in &failed {
        println!("    failed: {name}");
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one on a thread's own runtime, as a device's engine runs; true where it went well.
fn tell(name: &'static str, begin: fn() -> Story) -> bool {
    println!("test {name} …");
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    crate::pictures::begin(name);
    let story = AssertUnwindSafe(async { begin().await }).catch_unwind();
    let good = tokio::task::LocalSet::new().block_on(&runtime, story).is_ok();
    runtime.shutdown_background();
    println!("test {name} … {} ({:.1} s)", if good { "ok" } else { "FAILED" }, began.elapsed().as_secs_f64());
    good
}
