//! Does it hold? What re-checks after closing come to (DOMAIN D2).
//!
//! The rule for "stable enough to rely on", stated and not felt (`docs/decisions`,
//! 2026-11-25-stable-is-a-rule): after closing, at least [`Rule::looks`] live re-checks, the newest
//! at least [`Rule::weeks`] weeks after it, in at least [`Rule::bands`] of day, evening, night and
//! weekend, night or weekend among them; no critical item missed; the newest met; and Wilson's lower
//! bound of the share met at least one half, so that meeting the standard next time is more likely
//! than not even at the cautious end. The numbers are the organisation's to set.
//!
//! A look is met if it met its standard and nothing that the cycle coached was missed again.
//!
//! Reversion is said early: as soon as two of the newest three live re-checks were not met, or one
//! of them missed a critical item.
//!
//! Invariant: what it comes to depends on the set of looks, not on the order they arrived in; only
//! live looks count.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::interval::{Interval, wilson};
use crate::practice::draft::Shift;
use crate::record::time;

/// When in the week practice was looked at. A look on a Saturday night is in two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Day,
    Evening,
    Night,
    Weekend,
}

impl Band {
    pub const ALL: [Band; 4] = [Band::Day, Band::Evening, Band::Night, Band::Weekend];

    /// The bands of a time, by the clock of where it was.
    #[must_use]
    pub fn of(at: DateTime<FixedOffset>) -> Vec<Band> {
        let band = match Shift::at_hour(at.hour()) {
            Shift::Early => Band::Day,
            Shift::Late => Band::Evening,
            Shift::Night => Band::Night,
        };
        let weekend = matches!(at.weekday(), Weekday::Sat | Weekday::Sun).then_some(Band::Weekend);
        std::iter::once(band).chain(weekend).collect()
    }
}

/// An observation after closing, by the cycle's standard, of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub record: Uuid,
    pub at: DateTime<FixedOffset>,
    /// In real practice; a case played through is not.
    pub live: bool,
    /// It met its standard, and what the cycle coached was not missed again.
    pub passed: bool,
    pub critical: bool,
}

/// The numbers of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub looks: u32,
    pub weeks: u32,
    pub bands: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Nothing speaks against it; the rule asks for more looks.
    TooEarly,
    /// The newest look was not met: look again soon.
    Watch,
    /// It came back.
    Reverted,
    /// Stable enough to rely on.
    Holds,
}

/// What is still missing for "holds".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    pub looks: u32,
    /// Days until a look can be late enough.
    pub days: u32,
    pub bands: u32,
    /// Night or weekend was not looked at.
    pub off_hours: bool,
    /// Too many were not met, or one missed a critical item.
    pub record: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    pub stand: Stand,
    /// Live looks, and how many of them were met.
    pub looks: u32,
    pub met: u32,
    /// Wilson, 95 %; none without looks.
    pub share: Option<Interval>,
    pub bands: BTreeSet<Band>,
    pub missing: Missing,
    /// The live looks, oldest first.
    pub records: Vec<Uuid>,
}

/// Weighs the looks after a cycle was closed.
#[must_use]
pub fn weigh(closed: DateTime<FixedOffset>, looks: &[Look], rule: Rule) -> Hold {
    let mut live: Vec<&Look> = looks.iter().filter(|look| look.live && look.at > closed).collect();
    live.sort_by_key(|look| (look.at, look.record));
    live.dedup_by_key(|look| look.record);
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let met = count(live.iter().filter(|look| look.passed).count());
    let bands: BTreeSet<Band> = live.iter().flat_map(|look| Band::of(look.at)).collect();
    let share = wilson(u64::from(met), u64::try_from(live.len()).unwrap_or(u64::MAX));
    let newest = live.last();
    let lasted = newest.map_or(0, |look| time::between(&closed, &look.at).num_days());
    let short = i64::from(rule.weeks).saturating_mul(7).saturating_sub(lasted);
    let off_hours = !bands.contains(&Band::Night) && !bands.contains(&Band::Weekend);
    let missing = Missing {
        looks: rule.looks.saturating_sub(count(live.len())),
        days: u32::try_from(short).unwrap_or(0),
        bands: rule.bands.saturating_sub(count(bands.len())),
        off_hours,
        record: live.iter().any(|look| look.critical) || share.is_some_and(|share| share.low < 0.5),
    };
    let three: Vec<&&Look> = live.iter().rev().take(3).collect();
    let not_met = three.iter().filter(|look| !look.passed).count();
    let stand = if not_met >= 2 || three.iter().any(|look| look.critical && !look.passed) {
        Stand::Reverted
    } else if newest.is_some_and(|look| !look.passed) {
        Stand::Watch
    } else if missing == Missing::default() {
        Stand::Holds
    } else {
        Stand::TooEarly
    };
    Hold {
        stand,
        looks: count(live.len()),
        met,
        share,
        bands,
        missing,
        records: live.iter().map(|look| look.record).collect(),
    }
}
