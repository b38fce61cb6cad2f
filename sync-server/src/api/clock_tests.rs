//! A clock that is set wrong, and time that passes meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use super::*;

const START: i64 = 20_000 * DAY_MS;
const MINUTE: i64 = 60_000;
const YEAR: i64 = 365 * DAY_MS;

/// A clock on the wall and one that goes on.
#[derive(Clone)]
struct World {
    steady: Arc<AtomicI64>,
    off: Arc<AtomicI64>,
}

impl World {
    fn new() -> World {
        World { steady: Arc::default(), off: Arc::default() }
    }

    fn clock(&self, newest: Option<i64>, trusted: bool) -> Clock {
        let (one, other) = (self.clone(), self.clone());
        let seams = Seams::with_clocks(move || one.wall(), move || other.steady.load(SeqCst));
        Clock::new(seams, newest, trusted)
    }

    fn wall(&self) -> i64 {
        START + self.steady.load(SeqCst) + self.off.load(SeqCst)
    }

    fn right(&self) -> i64 {
        START + self.steady.load(SeqCst)
    }

    fn pass(&self, ms: i64) {
        self.steady.fetch_add(ms, SeqCst);
    }

    fn set(&self, off: i64) {
        self.off.store(off, SeqCst);
    }
}

#[test]
fn a_minute_in_another_year_is_not_believed() {
    for off in [-10 * YEAR, 14 * YEAR, 2 * DAY_MS, -2 * DAY_MS] {
        let world = World::new();
        let clock = world.clock(Some(START), false);
        world.pass(MINUTE);
        assert_eq!((clock.judged_ms(), clock.doubt()), (world.right(), None));
        world.set(off);
        for _ in 0..10 {
            world.pass(MINUTE);
            assert_eq!(clock.judged_ms(), world.right());
            assert_eq!(clock.doubt(), Some(Doubt::of(off)));
        }
        world.set(0);
        assert_eq!((clock.judged_ms(), clock.doubt()), (world.right(), None));
    }
}

#[test]
fn small_corrections_are_followed() {
    let world = World::new();
    let clock = world.clock(None, false);
    for off in [MINUTE, -MINUTE, 60 * MINUTE, -10 * 60 * MINUTE] {
        world.set(off);
        assert_eq!((clock.judged_ms(), clock.doubt()), (world.wall(), None));
    }
}

#[test]
fn at_the_start_the_newest_time_of_the_database_is_compared() {
    for (off, doubt) in [
        (0, None),
        (30 * DAY_MS, None),
        (-MINUTE, None),
        (32 * DAY_MS, Some(Doubt::Ahead)),
        (14 * YEAR, Some(Doubt::Ahead)),
        (-2 * DAY_MS, Some(Doubt::Behind)),
        (-10 * YEAR, Some(Doubt::Behind)),
    ] {
        let world = World::new();
        world.set(off);
        let clock = world.clock(Some(START), false);
        world.pass(MINUTE);
        assert_eq!(clock.doubt(), doubt, "{off}");
        let judged = if doubt.is_some() { world.right() } else { world.wall() };
        assert_eq!(clock.judged_ms(), judged, "{off}");
        // Without a time to compare with, and where somebody knows better.
        for clock in [world.clock(None, false), world.clock(Some(START), true)] {
            assert_eq!((clock.judged_ms(), clock.doubt()), (world.wall(), None));
        }
    }
}

#[test]
fn a_clock_that_goes_on_evenly_for_a_day_is_believed_and_the_way_back_too() {
    let world = World::new();
    let clock = world.clock(Some(START), false);
    for off in [14 * YEAR, 0] {
        world.set(off);
        for _ in 0..23 {
            assert!(clock.doubt().is_some());
            world.pass(60 * MINUTE);
        }
        assert!(clock.doubt().is_some());
        world.pass(61 * MINUTE);
        assert_eq!((clock.doubt(), clock.judged_ms()), (None, world.wall()));
    }
    // Set once more meanwhile, the day begins anew.
    world.set(YEAR);
    assert!(clock.doubt().is_some());
    world.pass(20 * 60 * MINUTE);
    world.set(2 * YEAR);
    assert!(clock.doubt().is_some());
    world.pass(20 * 60 * MINUTE);
    assert!(clock.doubt().is_some());
}
