//! Does it hold? What re-checks after closing come to (DOMAIN D2).
//!
//! Three rules, each stated with its errors (`docs/insight.md`):
//!
//! * **Holds** when the looks since closing rule out that practice meets the standard less often than
//!   [`LEAST_SHARE`]: the likelihood of a share of [`GOOD_SHARE`] against that one has reached
//!   1/[`FALSE_HOLD`]. However often is looked, somebody who meets it no more often than the least
//!   share is *ever* shown as "holds" with at most that probability (Wald 1945; Ville's inequality).
//!   Beside it the organisation's own rule: so many looks, so many weeks, so many times of day, night
//!   or weekend among them, and no critical item missed since.
//! * **Came back** when [`MISSES`] of the newest [`WITHIN`] looks were not met, or one of the newest
//!   three missed a critical item.
//! * **Did not hold** when a critical item was missed before those: "holds" asks that none was since
//!   closing, so that nothing can bring it about any more.
//! * **Nobody looked lately** when the newest look is older than [`FRESH_DAYS`] days: what was shown
//!   then is no evidence about now.
//!
//! A look is met if it met its standard and nothing that the cycle coached was missed again.
//!
//! Invariant: what it comes to depends on the set of looks and on the day, not on the order they
//! arrived in; only live looks count.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::draft::Shift;
use crate::practice::settings::ShiftTimes;
use crate::record::time;

/// "Holds" rules out that the standard is met less often than this.
pub const LEAST_SHARE: f64 = 0.60;
/// The share that good practice has: what the least one is weighed against.
pub const GOOD_SHARE: f64 = 0.95;
/// The probability with which somebody at the least share is ever shown as "holds", at most.
pub const FALSE_HOLD: f64 = 0.05;
/// So many of the newest looks not met is a reversion …
pub const MISSES: usize = 2;
/// … of so many.
pub const WITHIN: usize = 5;
/// What was seen longer ago than this says nothing about now.
pub const FRESH_DAYS: i64 = 90;

/// The greatest share below which practice can be ruled out by so many looks met of so many, at
/// [`FALSE_HOLD`] and however often was looked in between; 0 where nothing can.
#[must_use]
pub fn rules_out(met: u32, looks: u32) -> f64 {
    let (met, missed) = (f64::from(met.min(looks)), f64::from(looks.saturating_sub(met)));
    let weight = |share: f64| {
        let good = met * (GOOD_SHARE / share).ln();
        good + if missed > 0.0 { missed * ((1.0 - GOOD_SHARE) / (1.0 - share)).ln() } else { 0.0 }
    };
    let enough = (1.0 / FALSE_HOLD).ln();
    // The weight falls as the share rises towards the good one.
    let (mut low, mut high) = (1e-9, GOOD_SHARE - 1e-9);
    if weight(low) < enough {
        return 0.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if weight(middle) >= enough { low = middle } else { high = middle }
    }
    low
}

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

    /// The bands of a time, by the clock and the shifts of where it was.
    #[must_use]
    pub fn of(at: DateTime<FixedOffset>, shifts: ShiftTimes) -> Vec<Band> {
        let band = match shifts.shift_at(at) {
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
    /// When shifts changed there then.
    #[serde(default)]
    pub shifts: ShiftTimes,
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

impl Rule {
    /// The same where shifts are these: nobody asks for an evening in a house of two shifts, because
    /// nobody could ever look at one.
    #[must_use]
    pub fn at(self, shifts: ShiftTimes) -> Rule {
        // The weekend is a band beside the shifts.
        let there = u32::try_from(shifts.shifts()).unwrap_or(u32::MAX).saturating_add(1);
        Rule { bands: self.bands.min(there), ..self }
    }
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
    /// A critical item was missed since closing: it can never be called "holds" any more.
    DidNotHold,
    /// It held when it was last looked at, and that is too long ago.
    Lapsed,
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
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    pub stand: Stand,
    /// Live looks, and how many of them were met.
    pub looks: u32,
    pub met: u32,
    /// Looks are counted from this day on: the one of closing.
    pub since: NaiveDate,
    /// The looks rule out that the standard is met less often than this share ([`rules_out`]).
    pub rules_out: f64,
    pub bands: BTreeSet<Band>,
    pub missing: Missing,
    /// The day of the newest live look that missed a critical item.
    pub critical_on: Option<NaiveDate>,
    /// The live looks, oldest first.
    pub records: Vec<Uuid>,
}

/// How many more looks, all of them met, there have to be until less than the least share is ruled
/// out. Never more than about a hundred.
#[must_use]
pub fn still_needed(met: u32, looks: u32) -> u32 {
    (0..100)
        .find(|more| rules_out(met.saturating_add(*more), looks.saturating_add(*more)) >= LEAST_SHARE)
        .unwrap_or(100)
}

/// Weighs the looks after a cycle was closed, as of `now`.
#[must_use]
pub fn weigh(closed: DateTime<FixedOffset>, looks: &[Look], rule: Rule, now: DateTime<FixedOffset>) -> Hold {
    let mut live: Vec<&Look> = looks.iter().filter(|look| look.live && look.at > closed).collect();
    live.sort_by_key(|look| (look.at, look.record));
    live.dedup_by_key(|look| look.record);
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let (met, all) = (count(live.iter().filter(|look| look.passed).count()), count(live.len()));
    let bands: BTreeSet<Band> = live.iter().flat_map(|look| Band::of(look.at, look.shifts)).collect();
    let newest = live.last();
    let lasted = newest.map_or(0, |look| time::between(&closed, &look.at).num_days());
    let short = i64::from(rule.weeks).saturating_mul(7).saturating_sub(lasted);
    let off_hours = !bands.contains(&Band::Night) && !bands.contains(&Band::Weekend);
    let missing = Missing {
        looks: rule.looks.saturating_sub(all).max(still_needed(met, all)),
        days: u32::try_from(short).unwrap_or(0),
        bands: rule.bands.saturating_sub(count(bands.len())),
        off_hours,
    };
    let newest_missed = |of: usize| live.iter().rev().take(of).filter(|look| !look.passed);
    let critical = live.iter().rev().find(|look| look.critical);
    let stand = if newest_missed(WITHIN).count() >= MISSES || newest_missed(3).any(|look| look.critical) {
        Stand::Reverted
    } else if critical.is_some() {
        Stand::DidNotHold
    } else if newest.is_some_and(|look| !look.passed) {
        Stand::Watch
    } else if missing != Missing::default() {
        Stand::TooEarly
    } else if newest.is_some_and(|look| crate::record::time::between(&look.at, &now).num_days() > FRESH_DAYS)
    {
        Stand::Lapsed
    } else {
        Stand::Holds
    };
    Hold {
        stand,
        looks: all,
        met,
        since: closed.date_naive(),
        rules_out: rules_out(met, all),
        bands,
        missing,
        critical_on: critical.map(|look| look.at.date_naive()),
        records: live.iter().map(|look| look.record).collect(),
    }
}
