//! A focus: what a team does at one site while an improvement runs there (DOMAIN A1, two weeks of
//! handoffs; C5, the daily look at tomorrow's visits).
//!
//! Invariant: days and shift changes are worked out from what was agreed and a day that is passed
//! in; whether something was done is told by records, never by the focus.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::settings::ShiftTimes;
use crate::record::time;

/// A handoff that was written within this time before or after a change belongs to it.
const AROUND: TimeDelta = TimeDelta::hours(2);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    #[serde(deserialize_with = "crate::record::time::day")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(deserialize_with = "crate::record::time::day")]
    pub to: NaiveDate,
    /// The checklist at each change of shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checklist: Option<Uuid>,
    /// The standard by which each member of staff is observed …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observe: Option<Uuid>,
    /// … this many times.
    #[serde(default)]
    pub times: u32,
    /// The standard that is gone through once a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily: Option<Uuid>,
    /// Minutes of learning at the start of each week; nought for none.
    #[serde(default)]
    pub weekly_minutes: u32,
}

/// One change of shift and the time around it in which its handoff is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftChange {
    pub at: DateTime<FixedOffset>,
    pub from: DateTime<FixedOffset>,
    pub until: DateTime<FixedOffset>,
}

/// The longest focus, in days.
const LONGEST: i64 = 366;

impl Focus {
    /// Its days follow each other and are not more than a year: what a device of another make wrote
    /// must not keep ours counting.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let century = |day: NaiveDate| (2000..2200).contains(&day.year());
        century(self.from)
            && century(self.to)
            && (0..LONGEST).contains(&self.to.signed_duration_since(self.from).num_days())
    }

    #[must_use]
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// First and last day of its week that a day lies in; weeks are counted from its first day.
    #[must_use]
    pub fn week(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        if !self.runs_on(day) {
            return None;
        }
        let gone = day.signed_duration_since(self.from).num_days() / 7;
        let first = time::days_after(self.from, gone.saturating_mul(7));
        let last = time::days_after(first, 6);
        Some((first, last.min(self.to)))
    }

    /// Its weeks that have begun by a day.
    #[must_use]
    pub fn weeks_begun(&self, day: NaiveDate) -> u32 {
        if day < self.from {
            return 0;
        }
        let days = day.min(self.to).signed_duration_since(self.from).num_days();
        u32::try_from((days / 7).saturating_add(1)).unwrap_or(u32::MAX)
    }

    /// Its days that have begun by a day.
    #[must_use]
    pub fn days_begun(&self, day: NaiveDate) -> u32 {
        if day < self.from {
            return 0;
        }
        let days = day.min(self.to).signed_duration_since(self.from).num_days();
        u32::try_from(days.saturating_add(1)).unwrap_or(u32::MAX)
    }

    /// The changes of shift whose time for a handoff is over, oldest first; by the clock of `now`, and by
    /// the times that its site had on each day.
    #[must_use]
    pub fn changes(
        &self,
        now: DateTime<FixedOffset>,
        times: &dyn Fn(NaiveDate) -> ShiftTimes,
    ) -> Vec<ShiftChange> {
        let mut changes = Vec::new();
        for day in self.from.iter_days().take_while(|day| *day <= self.to && *day <= now.date_naive()) {
            for minute in times(day).starts() {
                let at = day.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0);
                let at = at.and_then(|at| at.and_local_timezone(*now.offset()).single());
                let Some(at) = at else { continue };
                let change =
                    ShiftChange { at, from: time::before(at, AROUND), until: time::after(at, AROUND) };
                if change.until <= now {
                    changes.push(change);
                }
            }
        }
        changes
    }
}

impl ShiftChange {
    /// Whether a handoff of that time belongs to it.
    #[must_use]
    pub fn takes(&self, handoff: DateTime<FixedOffset>) -> bool {
        self.from <= handoff && handoff <= self.until
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn usual(_: NaiveDate) -> ShiftTimes {
        ShiftTimes::default()
    }

    fn fortnight() -> Focus {
        Focus {
            from: day("2026-11-02"),
            to: day("2026-11-15"),
            checklist: None,
            observe: None,
            times: 2,
            daily: None,
            weekly_minutes: 10,
        }
    }

    #[test]
    fn two_weeks_have_two_weeks_of_learning_and_forty_two_changes_of_shift() {
        let focus = fortnight();
        assert_eq!(focus.week(day("2026-11-08")), Some((day("2026-11-02"), day("2026-11-08"))));
        assert_eq!(focus.week(day("2026-11-09")), Some((day("2026-11-09"), day("2026-11-15"))));
        assert_eq!(focus.week(day("2026-11-16")), None);
        assert_eq!((focus.weeks_begun(day("2026-11-01")), focus.weeks_begun(day("2026-12-01"))), (0, 2));
        let now = DateTime::parse_from_rfc3339("2026-12-01T09:00:00-05:00").unwrap();
        assert_eq!(focus.changes(now, &usual).len(), 42);
        // At nine in the morning the change at six is over, the one at two is not.
        let now = DateTime::parse_from_rfc3339("2026-11-03T09:00:00-05:00").unwrap();
        assert_eq!(focus.changes(now, &usual).len(), 4);
    }

    #[test]
    fn a_house_of_two_shifts_is_asked_for_two_handoffs_a_day_from_the_day_it_said_so() {
        let two = |day: NaiveDate| match day.day() {
            ..9 => ShiftTimes::default(),
            _ => ShiftTimes { early: 7 * 60, late: None, night: 19 * 60 },
        };
        let now = DateTime::parse_from_rfc3339("2026-12-01T09:00:00-05:00").unwrap();
        let changes = fortnight().changes(now, &two);
        assert_eq!(changes.len(), 7 * 3 + 7 * 2);
        let last = changes.last().map(|change| change.at.to_rfc3339());
        assert_eq!(last.as_deref(), Some("2026-11-15T19:00:00-05:00"));
    }

    proptest! {
        #[test]
        fn a_handoff_belongs_to_one_change_at_most(minutes in 0i64..20_000) {
            let now = DateTime::parse_from_rfc3339("2026-12-01T00:00:00+01:00").unwrap();
            let handoff = DateTime::parse_from_rfc3339("2026-11-02T00:00:00+01:00").unwrap() + TimeDelta::minutes(minutes);
            let takes = fortnight().changes(now, &usual).into_iter().filter(|change| change.takes(handoff)).count();
            prop_assert!(takes <= 1);
        }

        #[test]
        fn every_day_of_it_lies_in_exactly_the_weeks_that_have_begun(n in 0u64..14) {
            let focus = fortnight();
            let today = focus.from.checked_add_days(chrono::Days::new(n)).unwrap();
            let (first, last) = focus.week(today).unwrap();
            prop_assert!(first <= today && today <= last);
            prop_assert_eq!(u64::from(focus.weeks_begun(today)), n / 7 + 1);
            prop_assert_eq!(u64::from(focus.days_begun(today)), n + 1);
        }
    }
}
