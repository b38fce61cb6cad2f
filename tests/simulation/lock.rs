//! The lock, where the clock is in the hands of whoever holds the device, and where it stops in the
//! middle of binding an older key.

use fieldproof::engine::api::{FailureCode, KeyPlace, Reply, Request};
use fieldproof::store::{KdfCost, Profiles, Terms, WrappedKey};

use crate::sabotage::Sabotage;
use crate::world::{PIN, SAM, World};

const DAY: i64 = 86_400_000;

#[derive(Debug, PartialEq, Eq)]
enum Tried {
    Opened,
    Wrong,
    /// So many seconds to wait.
    Wait(i64),
}

fn try_pin(world: &mut World, pin: &str) -> Tried {
    let profile = world.devices[SAM].profile;
    match world.ask(SAM, Request::Unlock { profile, pin: pin.into() }) {
        Some(Reply::Unlocked(_)) => Tried::Opened,
        Some(Reply::Failed(failure)) if failure.code == FailureCode::WrongPin => Tried::Wrong,
        Some(Reply::Failed(failure)) if failure.code == FailureCode::TooManyPins => {
            Tried::Wait(failure.detail.parse().unwrap())
        }
        other => panic!("{other:?}"),
    }
}

fn restart(world: &mut World) {
    world.quit(SAM);
    world.start(SAM);
}

/// Sets the device's clock so many milliseconds further.
fn set_clock(world: &World, by: i64) {
    let machine = &world.devices[SAM].machine;
    machine.ahead.set(machine.ahead.get() + by);
}

#[test]
fn wrong_pins_cost_twice_as_long_each_and_a_restart_gives_nothing_back() {
    let mut world = World::new(1, Sabotage::None);
    world.start(SAM);
    for _ in 0..6 {
        assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    }
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(30), "the right one, too");
    world.pass(10_000);
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(20));
    restart(&mut world);
    // The clock says twenty; but nobody knows who set it while the app did not run.
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(30));
    let mut waits = Vec::new();
    for _ in 0..4 {
        let Tried::Wait(seconds) = try_pin(&mut world, PIN) else { panic!() };
        world.pass(seconds * 1_000);
        assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
        waits.push(seconds);
    }
    assert_eq!(waits, [30, 60, 120, 240]);
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(480));
    restart(&mut world);
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(480));
    world.pass(480_000);
    assert_eq!(try_pin(&mut world, PIN), Tried::Opened);
    // Forgiven: the next slip of a finger costs nothing.
    assert!(matches!(world.ask(SAM, Request::Lock), Some(Reply::Done)));
    assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    assert_eq!(try_pin(&mut world, PIN), Tried::Opened);
}

#[test]
fn who_sets_the_clock_forward_still_waits_half_a_minute_for_each_guess() {
    let mut world = World::new(2, Sabotage::None);
    world.start(SAM);
    for _ in 0..5 {
        assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    }
    assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    let began = world.time.now();
    for guess in 0..40 {
        set_clock(&world, 2 * DAY);
        if guess % 2 == 0 {
            restart(&mut world);
        }
        assert_eq!(try_pin(&mut world, PIN), Tried::Wait(30), "guess {guess}");
        world.pass(30_000);
        assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    }
    assert_eq!(world.time.now() - began, 40 * 30_000);
    // And the count has gone on: without touching the clock it is a day.
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(86_400));
}

#[test]
fn a_clock_set_back_locks_nobody_out_for_longer_than_the_rule() {
    let mut world = World::new(3, Sabotage::None);
    set_clock(&world, 3_650 * DAY);
    world.start(SAM);
    for _ in 0..7 {
        world.pass(31_000);
        assert_eq!(try_pin(&mut world, "000001"), Tried::Wrong);
    }
    // Somebody puts the clock right; by the one it was, the wait would end in ten years.
    set_clock(&world, -3_650 * DAY);
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(60));
    world.pass(59_000);
    assert_eq!(try_pin(&mut world, PIN), Tried::Wait(1));
    world.pass(1_000);
    assert_eq!(try_pin(&mut world, PIN), Tried::Opened);
}

/// Sam's device as an older version left it: the key wrapped by the PIN alone.
fn older(seed: u64) -> World {
    let world = World::new(seed, Sabotage::None);
    let machine = &world.devices[SAM].machine;
    let terms = Terms::new(KdfCost { kib: 8, rounds: 1 }, [9; 40]);
    let key = fieldproof::store::Key::new(world.devices[SAM].key);
    let wrapped = WrappedKey::wrap(&key, terms, &terms.stretch(PIN).unwrap(), false).unwrap();
    machine.secrets.borrow_mut().clear();
    let db = rusqlite::Connection::open(machine.disk.path(Profiles::FILE)).unwrap();
    let mut profiles = Profiles::open(db, true).unwrap();
    let mut row = profiles.all().unwrap().remove(0);
    row.key = Some(wrapped);
    profiles.put(&row).unwrap();
    drop(profiles);
    world
}

fn is_bound(world: &World) -> bool {
    let db = rusqlite::Connection::open(world.devices[SAM].machine.disk.path(Profiles::FILE)).unwrap();
    Profiles::open(db, true).unwrap().all().unwrap()[0].key.as_ref().unwrap().is_bound()
}

#[test]
fn an_older_key_is_bound_when_it_is_next_opened_wherever_the_device_stops() {
    let mut stopped = 0;
    for k in 1.. {
        let mut world = older(k);
        assert!(!is_bound(&world));
        world.start(SAM);
        world.devices[SAM].machine.disk.dies_after(k);
        // It can also stop right behind the opening, where it notes what waits.
        let opened = world.boot(SAM).unwrap();
        let status = if opened { world.ask(SAM, Request::Status) } else { None };
        let went_well = status.is_some();
        if let Some(status) = status {
            let Reply::Status(status) = status else { panic!("{status:?}") };
            assert_eq!(status.me.unwrap().key_place, KeyPlace::System);
        } else {
            stopped += 1;
            world.devices[SAM].power = true;
            assert!(world.boot(SAM).unwrap(), "stopped at its write {k}, it opens again");
        }
        // Its end is not far: nothing may happen to it while it is looked at.
        world.quit(SAM);
        world.devices[SAM].machine.disk.start(None);
        assert!(is_bound(&world));
        world.start(SAM);
        assert_eq!(try_pin(&mut world, PIN), Tried::Opened, "and opens bound");
        if went_well {
            break;
        }
    }
    assert!(stopped > 2, "{stopped}");
}
