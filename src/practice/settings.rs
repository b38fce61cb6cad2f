//! What an organisation decides for itself: thresholds, deadlines, how often practice is looked at.
//!
//! Each is set by an event of its own ([`single`]), so that it is dated, signed for, the same on all
//! devices, and never overwritten by somebody who did not know of it. Invariant: what is missing or does
//! not read is the default; the defaults and their sources are here and nowhere else.

pub mod expected;
mod shift_times;
pub mod single;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use shift_times::{ShiftBook, ShiftTimes};

/// How often each active member of staff at a site is observed by a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    pub standard: Uuid,
    /// This many observations …
    pub times: u32,
    /// … within this many days.
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// So many similar near misses make a pattern (DOMAIN A3: three).
    pub pattern_count: u32,
    /// Within so many days (DOMAIN A3: 30).
    pub pattern_days: u32,
    /// Only what is also of the same category is similar, not all of a competency.
    pub pattern_same_category: bool,
    /// From so many of the same on, small errors are listed as drift (DOMAIN C2) …
    pub drift_count: u32,
    /// … within so many days.
    pub drift_days: u32,
    /// Within so many hours a report is classified (triage).
    pub classify_hours: u32,
    /// Within so many hours the authority is told of a reportable incident. Differs by state.
    pub notify_hours: u32,
    /// Within so many hours the investigation of an incident has begun. Differs by state.
    pub investigate_hours: u32,
    /// Within so many days of being reported an incident is resolved. Differs by state.
    pub resolve_days: u32,
    /// Within so many days a corrective action is due where nobody said otherwise (A3: two weeks).
    pub action_days: u32,
    /// After so many days each a closed cycle is looked at again (D2).
    pub recheck_days: Vec<u32>,
    /// "Stable enough to rely on" asks for so many live re-checks after closing (D2) …
    pub hold_looks: u32,
    /// … the newest so many weeks after it, as late as the last of `recheck_days` …
    pub hold_weeks: u32,
    /// … in so many of day, evening, night and weekend. The whole rule: `insight::hold`.
    pub hold_bands: u32,
    pub expected: Vec<Expectation>,
    /// When shifts change at sites that do not have the usual times.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub shifts: BTreeMap<Uuid, ShiftTimes>,
}

/// The most days of any span: what is further off is never.
const MOST_DAYS: u32 = 3_660;
/// The most of anything that is counted.
const MOST: u32 = 10_000;
/// The most entries of a list.
const MOST_ENTRIES: usize = 1_000;

impl Settings {
    /// When shifts change at a site.
    #[must_use]
    pub fn shifts_at(&self, site: Option<Uuid>) -> ShiftTimes {
        site.and_then(|site| self.shifts.get(&site)).copied().unwrap_or_default()
    }

    /// The settings of a line, each within bounds in which counting makes sense: they are read from
    /// bytes that anybody's program may have written.
    #[must_use]
    pub fn within_bounds(mut self) -> Settings {
        for count in [&mut self.pattern_count, &mut self.drift_count, &mut self.hold_looks] {
            *count = (*count).clamp(1, MOST);
        }
        let days = [&mut self.pattern_days, &mut self.drift_days, &mut self.action_days];
        for days in days {
            *days = (*days).clamp(1, MOST_DAYS);
        }
        self.resolve_days = self.resolve_days.min(MOST_DAYS);
        for hours in [&mut self.classify_hours, &mut self.notify_hours, &mut self.investigate_hours] {
            // At once is a deadline, too.
            *hours = (*hours).min(MOST_DAYS.saturating_mul(24));
        }
        self.hold_weeks = self.hold_weeks.min(MOST_DAYS / 7);
        self.hold_bands = self.hold_bands.min(4);
        self.recheck_days.truncate(MOST_ENTRIES);
        for days in &mut self.recheck_days {
            *days = (*days).clamp(1, MOST_DAYS);
        }
        self.shifts.retain(|_, times| times.sound().is_some());
        self.expected.truncate(MOST_ENTRIES);
        for expected in &mut self.expected {
            expected.times = expected.times.min(MOST);
            expected.days = expected.days.min(MOST_DAYS);
        }
        self
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            pattern_count: 3,
            pattern_days: 30,
            pattern_same_category: true,
            drift_count: 3,
            drift_days: 60,
            classify_hours: 72,
            notify_hours: 24,
            investigate_hours: 24,
            resolve_days: 30,
            action_days: 14,
            recheck_days: vec![14, 28, 56],
            hold_looks: 5,
            hold_weeks: 8,
            hold_bands: 3,
            expected: Vec::new(),
            shifts: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_a_line_is_out_of_bounds_and_the_defaults_are_within() {
        assert_eq!(Settings::default().within_bounds(), Settings::default());
        for number in [0, u32::MAX] {
            let wild = Settings {
                pattern_count: number,
                pattern_days: number,
                drift_count: number,
                drift_days: number,
                classify_hours: number,
                notify_hours: number,
                investigate_hours: number,
                resolve_days: number,
                action_days: number,
                recheck_days: vec![number; 5_000],
                hold_looks: number,
                hold_weeks: number,
                hold_bands: number,
                expected: vec![Expectation { standard: Uuid::nil(), times: number, days: number }; 5_000],
                ..Settings::default()
            };
            let tame = wild.within_bounds();
            assert!((1..=MOST_DAYS).contains(&tame.pattern_days) && tame.notify_hours <= 24 * MOST_DAYS);
            assert!(tame.recheck_days.len() == MOST_ENTRIES && tame.expected.len() == MOST_ENTRIES);
            assert!(tame.recheck_days.iter().all(|days| (1..=MOST_DAYS).contains(days)));
            assert_eq!(tame.clone().within_bounds(), tame);
        }
    }
}
