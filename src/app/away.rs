//! When the profile locks itself: ten minutes after the last touch, and after a minute in which nobody
//! could see the app.
//!
//! Invariant: time that was not seen to pass counts as away. A phone stops timers in the background, so
//! whoever comes back is looked at before anything else; and a clock that jumps, either way, locks
//! rather than not.

/// Milliseconds without a touch.
const IDLE: i64 = 600_000;
/// Milliseconds out of sight.
const AWAY: i64 = 60_000;

/// What was last seen. All times are the wall clock's milliseconds.
pub struct Away {
    seen: i64,
}

impl Away {
    #[must_use]
    pub fn new(now: i64) -> Away {
        Away { seen: now }
    }

    /// Looks now; more often than once a minute while the app is in sight. True: lock it.
    pub fn look(&mut self, now: i64, touched: i64, hidden: bool) -> bool {
        let away = (now - self.seen).abs() > AWAY;
        if away || !hidden {
            self.seen = now;
        }
        away || (now - touched).abs() > IDLE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000;

    /// Ticks every five seconds; tells after how many seconds it locked.
    fn locked_after(hidden: impl Fn(i64) -> bool, touched: impl Fn(i64) -> i64, up_to: i64) -> Option<i64> {
        let mut away = Away::new(0);
        (1..=up_to / 5)
            .map(|tick| tick * 5)
            .find(|second| away.look(second * SECOND, touched(*second) * SECOND, hidden(*second)))
    }

    #[test]
    fn after_ten_minutes_without_a_touch_and_never_while_someone_touches() {
        assert_eq!(locked_after(|_| false, |_| 0, 3_600), Some(605));
        assert_eq!(locked_after(|_| false, |second| second - second % 590, 36_000), None);
    }

    #[test]
    fn after_a_minute_in_the_background_whether_its_timers_run_or_not() {
        assert_eq!(locked_after(|second| second > 100, |second| second, 3_600), Some(165));
        // Gone for half a minute, back for a moment, gone again.
        assert_eq!(locked_after(|second| second % 40 < 30, |second| second, 3_600), None);
        // The system stopped the timers; the first look is when it comes to the front.
        let mut away = Away::new(0);
        assert!(!away.look(5 * SECOND, 0, false));
        assert!(!away.look(6 * SECOND, 0, true));
        assert!(away.look(70 * SECOND, 0, false));
        let mut away = Away::new(0);
        assert!(!away.look(59 * SECOND, 0, false));
    }

    #[test]
    fn a_clock_that_jumps_either_way_locks() {
        for now in [-86_400 * SECOND, 86_400 * SECOND] {
            assert!(Away::new(0).look(now, 0, false));
        }
    }
}
