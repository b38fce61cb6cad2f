//! Months and weeks as numbers, so that figures can be added up and lined up.
//!
//! Invariant: a day lies in exactly one period of a grain: the day as the author's own clock showed
//! it, never the reader's.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    #[default]
    Month,
    Week,
}

impl Grain {
    pub const ALL: [Grain; 2] = [Grain::Month, Grain::Week];

    /// The number that stands in the derived tables.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Grain::Month => 0,
            Grain::Week => 1,
        }
    }

    /// The period that a day lies in: months since the year 0, weeks (from Monday) since the year 1.
    #[must_use]
    pub fn of(self, day: NaiveDate) -> i32 {
        match self {
            Grain::Month => {
                day.year().saturating_mul(12).saturating_add(i32::try_from(day.month0()).unwrap_or(0))
            }
            // The first day of the year 1 was a Monday.
            Grain::Week => day.num_days_from_ce().saturating_sub(1).div_euclid(7),
        }
    }

    /// The first day of a period; the earliest that there is for one outside the calendar.
    #[must_use]
    pub fn first_day(self, period: i32) -> NaiveDate {
        let day = match self {
            Grain::Month => u32::try_from(period.rem_euclid(12))
                .ok()
                .and_then(|month| NaiveDate::from_ymd_opt(period.div_euclid(12), month.saturating_add(1), 1)),
            Grain::Week => period
                .checked_mul(7)
                .and_then(|days| days.checked_add(1))
                .and_then(NaiveDate::from_num_days_from_ce_opt),
        };
        day.unwrap_or(NaiveDate::MIN)
    }

    /// The last day of a period.
    #[must_use]
    pub fn last_day(self, period: i32) -> NaiveDate {
        let next = self.first_day(period.saturating_add(1));
        next.checked_sub_days(Days::new(1)).unwrap_or(next)
    }
}
