//! How often practice is observed, over time: what was expected when.
//!
//! Invariant: what is expected counts for windows that begin when it is in force, so that nobody is late
//! on the day on which it was decided.

use uuid::Uuid;

use super::Expectation;
use super::single::{Change, expected_of, in_force_at};

const DAY_MS: i64 = 86_400_000;

/// An expectation and from when to when it was in force, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    pub expectation: Expectation,
    pub from: i64,
    /// When another one took its place, or none.
    pub until: Option<i64>,
    /// When nothing was expected any more.
    pub ended: Option<i64>,
}

impl Expected {
    /// Its window, in milliseconds.
    #[must_use]
    pub fn window(&self) -> i64 {
        i64::from(self.expectation.days.clamp(1, 366)).saturating_mul(DAY_MS)
    }

    /// Whether it counts for the window that ends then: the window began when it was in force, and it is
    /// still expected.
    #[must_use]
    pub fn counts(&self, end: i64) -> bool {
        let begin = end.saturating_sub(self.window());
        let took = self.until.is_none_or(|until| begin < until);
        self.from <= begin && took && self.ended.is_none_or(|ended| end <= ended)
    }
}

/// What was expected of each standard, oldest first.
#[must_use]
pub fn expected(changes: &[Change]) -> Vec<Expected> {
    let mut standards: Vec<(Uuid, &str)> =
        changes.iter().filter_map(|change| Some((expected_of(&change.key)?, change.key.as_str()))).collect();
    standards.sort_unstable();
    standards.dedup();
    let mut all: Vec<Expected> = Vec::new();
    for (standard, key) in standards {
        let of_it: Vec<Change> = changes.iter().filter(|change| change.key == key).cloned().collect();
        let mut times: Vec<i64> = of_it.iter().map(|change| change.at.timestamp_millis()).collect();
        times.sort_unstable();
        times.dedup();
        let mut open: Option<Expected> = None;
        for at in times {
            let now = in_force_at(&of_it, at).expected.into_iter().find(|one| one.standard == standard);
            let now = now.filter(|one| one.times > 0);
            if open.map(|open| open.expectation) == now {
                continue;
            }
            if let Some(before) = open.take() {
                let ended = now.is_none().then_some(at);
                all.push(Expected { until: Some(at), ended, ..before });
            }
            open = now.map(|expectation| Expected { expectation, from: at, until: None, ended: None });
        }
        all.extend(open);
    }
    all
}
