//! Whether incidents and actions were worked on in time: the rates that CMS asks for, each with its
//! numerator and denominator.
//!
//! Source: 42 CFR 441.311(b)(1), with the performance level of 441.302(a)(6): investigations begun,
//! incidents resolved, corrective actions completed within the state's own timeframes, at least
//! 90 per cent each. Invariant: a denominator holds what fell due in the period, done or not.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The least share; below it an explanation is asked.
pub const LEAST_PERCENT: u32 = 90;

/// Something with a deadline, and when it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    pub of: Uuid,
    pub due: DateTime<FixedOffset>,
    pub done: Option<DateTime<FixedOffset>>,
    /// It was entered later than it was done: that it was in time is the word of whoever entered it.
    pub entered_later: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timely {
    pub in_time: u32,
    /// All that fell due in the period.
    pub of: u32,
    /// Those that were late or are still not done, soonest due first.
    pub late: Vec<Uuid>,
    /// Those that were in time by what was entered later, soonest due first.
    #[serde(default)]
    pub entered_later: Vec<Uuid>,
}

impl Timely {
    /// The nearest whole per cent, as every share is shown; but 89.9 does not look like the 90 that are
    /// asked, nor 99.9 like all. None without a denominator.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        let (in_time, of) = (u64::from(self.in_time), u64::from(self.of));
        let half = of.checked_div(2)?;
        let nearest: u32 =
            in_time.saturating_mul(100).saturating_add(half).checked_div(of)?.try_into().ok()?;
        let most = match (self.falls_short(), in_time < of) {
            (true, _) => LEAST_PERCENT.saturating_sub(1),
            (false, true) => 99,
            (false, false) => 100,
        };
        Some(nearest.min(most))
    }

    /// Whether an explanation is asked.
    #[must_use]
    pub fn falls_short(&self) -> bool {
        u64::from(self.in_time).saturating_mul(100)
            < u64::from(self.of).saturating_mul(u64::from(LEAST_PERCENT))
    }
}

/// Counts the promises that fell due from `from` until before `to`.
#[must_use]
pub fn timely(promises: &[Promise], from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> Timely {
    let mut due: Vec<&Promise> = promises.iter().filter(|one| one.due >= from && one.due < to).collect();
    due.sort_by_key(|one| (one.due, one.of));
    let kept = |one: &&&Promise| one.done.is_some_and(|done| done <= one.due);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Timely {
        in_time: count(due.iter().filter(kept).count()),
        of: count(due.len()),
        late: due.iter().filter(|one| !kept(one)).map(|one| one.of).collect(),
        entered_later: due.iter().filter(|one| kept(one) && one.entered_later).map(|one| one.of).collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn at(hours: i64) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-05-01T00:00:00Z").unwrap() + TimeDelta::hours(hours)
    }

    fn promise(id: u128, due: i64, done: Option<i64>) -> Promise {
        Promise { of: Uuid::from_u128(id), due: at(due), done: done.map(at), entered_later: false }
    }

    #[test]
    fn late_and_open_ones_count_against_and_what_is_not_due_yet_does_not_count() {
        let promises =
            [promise(1, 10, Some(10)), promise(2, 20, Some(21)), promise(3, 30, None), promise(4, 100, None)];
        let found = timely(&promises, at(0), at(100));
        assert_eq!((found.in_time, found.of, found.percent()), (1, 3, Some(33)));
        assert_eq!(found.late, [Uuid::from_u128(2), Uuid::from_u128(3)]);
        assert!(found.falls_short());
        assert_eq!(timely(&[], at(0), at(1)).percent(), None);
        let percent = |in_time, of| Timely { in_time, of, ..Timely::default() }.percent();
        assert_eq!((percent(2, 3), percent(899, 1000), percent(999, 1000)), (Some(67), Some(89), Some(99)));
        assert!(!timely(&[], at(0), at(1)).falls_short());
    }

    #[test]
    fn ninety_of_a_hundred_is_enough_and_eighty_nine_is_not() {
        let made = |good: u128| -> Vec<Promise> {
            (0..100).map(|n| promise(n, 1, (n < good).then_some(1))).collect()
        };
        assert!(!timely(&made(90), at(0), at(2)).falls_short());
        assert!(timely(&made(89), at(0), at(2)).falls_short());
    }

    #[test]
    fn what_was_in_time_by_what_was_entered_later_counts_and_is_named() {
        let later = |id, done| Promise { entered_later: true, ..promise(id, 1, done) };
        let all = timely(&[promise(1, 1, Some(1)), later(2, Some(0)), later(3, Some(2))], at(0), at(2));
        assert_eq!((all.in_time, all.of), (2, 3));
        assert_eq!(all.entered_later, [Uuid::from_u128(2)], "what was late anyway is listed as late");
    }

    proptest! {
        #[test]
        fn every_promise_falls_in_one_of_two_halves(raw in prop::collection::vec((0_i64..100, prop::option::of(0_i64..100)), 0..40), cut in 0_i64..100) {
            let promises: Vec<Promise> = raw.iter().enumerate().map(|(n, (due, done))| promise(u128::try_from(n).unwrap(), *due, *done)).collect();
            let (first, second) = (timely(&promises, at(0), at(cut)), timely(&promises, at(cut), at(100)));
            let all = timely(&promises, at(0), at(100));
            prop_assert_eq!((first.of + second.of, first.in_time + second.in_time), (all.of, all.in_time));
            prop_assert_eq!(usize::try_from(all.of - all.in_time).unwrap(), all.late.len());
        }
    }
}
