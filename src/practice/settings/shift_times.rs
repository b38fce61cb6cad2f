//! When one shift hands over to the next, as a site has it.

use chrono::{DateTime, FixedOffset, Timelike};
use serde::{Deserialize, Serialize};

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
        let rises = starts.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        (rises && starts.iter().all(|start| *start < DAY)).then_some(self)
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
