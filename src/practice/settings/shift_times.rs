//! When one shift hands over to the next, as a site has it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Timelike};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::single::{Change, in_force_at, shifts_of};
use crate::practice::draft::Shift;

/// Minutes after midnight at which each shift begins. A house of two shifts has no late one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftTimes {
    pub early: u16,
    #[serde(default)]
    pub late: Option<u16>,
    pub night: u16,
}

const DAY: u16 = 24 * 60;
/// No shift is this short: a handoff is written within two hours of a change, and belongs to one.
const SHORTEST: u16 = 4 * 60;

impl Default for ShiftTimes {
    fn default() -> ShiftTimes {
        ShiftTimes { early: 6 * 60, late: Some(14 * 60), night: 22 * 60 }
    }
}

impl ShiftTimes {
    /// The same, where they follow each other within a day.
    #[must_use]
    pub fn sound(self) -> Option<ShiftTimes> {
        let starts = self.starts();
        let long = |pair: &[u16]| matches!(pair, [a, b] if b.saturating_sub(*a) > SHORTEST);
        let overnight = [self.night, self.early.saturating_add(DAY)];
        let sound =
            starts.windows(2).all(long) && long(&overnight) && starts.iter().all(|start| *start < DAY);
        sound.then_some(self)
    }

    /// When shifts begin, the first of the day first.
    #[must_use]
    pub fn starts(self) -> Vec<u16> {
        std::iter::once(self.early).chain(self.late).chain([self.night]).collect()
    }

    /// The shift of a time, by the clock of where it was.
    #[must_use]
    pub fn shift_at(self, at: DateTime<FixedOffset>) -> Shift {
        let minute = u16::try_from(at.hour().saturating_mul(60).saturating_add(at.minute())).unwrap_or(0);
        if minute < self.early || minute >= self.night {
            Shift::Night
        } else if self.late.is_some_and(|late| minute >= late) {
            Shift::Late
        } else {
            Shift::Early
        }
    }

    /// The shifts that there are.
    #[must_use]
    pub fn shifts(self) -> usize {
        self.starts().len()
    }
}

/// When shifts changed at which site, over time: what happened is told by what was in force then.
#[derive(Clone, Debug, Default)]
pub struct ShiftBook(BTreeMap<Uuid, Vec<(i64, ShiftTimes)>>);

impl ShiftBook {
    #[must_use]
    pub fn of(changes: &[Change]) -> ShiftBook {
        let mut book: BTreeMap<Uuid, Vec<(i64, ShiftTimes)>> = BTreeMap::new();
        for change in changes {
            let Some(site) = shifts_of(&change.key) else { continue };
            let at = change.at.timestamp_millis();
            let of_it: Vec<Change> =
                changes.iter().filter(|other| other.key == change.key).cloned().collect();
            let times = in_force_at(&of_it, at).shifts_at(Some(site));
            book.entry(site).or_default().push((at, times));
        }
        for times in book.values_mut() {
            times.sort_by_key(|(at, _)| *at);
        }
        ShiftBook(book)
    }

    /// What was in force at a site when something happened there.
    #[must_use]
    pub fn at(&self, site: Option<Uuid>, at: DateTime<FixedOffset>) -> ShiftTimes {
        let at = at.timestamp_millis();
        let known = site.and_then(|site| self.0.get(&site));
        let then = known.and_then(|times| times.iter().rev().find(|(from, _)| *from <= at));
        then.map(|(_, times)| *times).unwrap_or_default()
    }
}
