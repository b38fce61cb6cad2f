//! Which group of the work stands out: its rate against the rest, with what cannot be known from so
//! few cases (DOMAIN B3).
//!
//! People differ by nature, so the people are what is counted, not their observations: the spread is
//! that between persons. Only the first look at each person by each standard counts, because whoever
//! missed is looked at again. All comparisons of a page are corrected together, so that of the groups
//! that are called, one in twenty is called wrongly at most (false-discovery rate).
//!
//! Invariant: a cohort is a group of people or of hours, never one person (UX 24: no ranking of
//! staff); where it is not known how much work was done, nothing is called.
//!
//! Sources: Pitman, Supplement to the Journal of the Royal Statistical Society 1937, 4:119 (shuffling
//! people between groups); Liang and Zeger, Biometrika 1986, 73:13 (intervals by clusters); Benjamini and Hochberg, Journal of the Royal Statistical
//! Society B 1995, 57:289 (the correction).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Utc, Weekday};
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use uuid::Uuid;

use super::ratio::Ratio;
use crate::practice::draft::Shift;
use crate::practice::rights::Role;
use crate::practice::settings::ShiftTimes;
use crate::record::time;

/// Fewer people than this are no cohort but persons.
pub const LEAST_PEOPLE: u32 = 3;
/// Fewer cases than this in a cohort say nothing.
pub const LEAST_CASES: u32 = 3;
/// Of the groups that a page calls, at most so large a share is called wrongly.
pub const FALSE_DISCOVERY: f64 = 0.05;

/// When somebody works: weekends are their own, whatever the hour.
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

    /// By the clock and the shifts of where it happened.
    #[must_use]
    pub fn of(at: DateTime<FixedOffset>, shifts: ShiftTimes) -> Band {
        if is_weekend(at.date_naive()) {
            return Band::Weekend;
        }
        match shifts.shift_at(at) {
            Shift::Early => Band::Day,
            Shift::Late => Band::Evening,
            Shift::Night => Band::Night,
        }
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// For so many days somebody counts as new: a quarter, as probation often lasts (`docs/decisions`,
/// 2026-11-25-new-is-by-the-registry).
pub const NEW_DAYS: i64 = 90;
/// Whoever was entered with the organisation itself may have worked there for years: nobody of its
/// first days counts as new.
pub const FOUNDING_DAYS: i64 = 30;

/// How long somebody had been there when they were observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    New,
    Longer,
}

impl Start {
    /// `started` is the first day that this person is known at a site, `first` the first of anybody's.
    #[must_use]
    pub fn of(started: DateTime<Utc>, first: DateTime<Utc>, at: DateTime<FixedOffset>) -> Start {
        let founder = started < time::after(first, TimeDelta::days(FOUNDING_DAYS));
        let settled = at.to_utc() >= time::after(started, TimeDelta::days(NEW_DAYS));
        if founder || settled { Start::Longer } else { Start::New }
    }
}

/// A group that can be told from the rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by", content = "is")]
pub enum Cohort {
    Site(Uuid),
    Programme(String),
    Band(Band),
    Role(Role),
    Start(Start),
}

impl Cohort {
    /// Cohorts are compared with the others of their own kind.
    #[must_use]
    pub fn kind(&self) -> u8 {
        match self {
            Cohort::Site(_) => 0,
            Cohort::Programme(_) => 1,
            Cohort::Band(_) => 2,
            Cohort::Role(_) => 3,
            Cohort::Start(_) => 4,
        }
    }
}

/// What was counted of a cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    pub cases: u32,
    /// First looks at a person by a standard; 0 where it is not known how much work there was.
    pub looks: u32,
    /// How many people are in it.
    pub people: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// More than chance and differences between people explain, all comparisons considered.
    Over,
    /// It may be chance.
    NotShown,
    /// Too few cases to say anything.
    FewCases,
    /// Too few people: it would point at persons. Its numbers are not shown.
    FewPeople,
    /// How much work was done is not known: a count, and no rate.
    NoExposure,
}

/// A cohort against the rest of its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    pub cohort: Cohort,
    pub tally: Tally,
    pub rest: Tally,
    pub ratio: Option<Ratio>,
    pub finding: Finding,
}

/// A first look at somebody by a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Whose practice it was. What is about nobody is a cluster of its own.
    pub person: Option<Uuid>,
    pub cohorts: Vec<Cohort>,
    pub missed: bool,
}

/// What one person adds to a cohort and to its rest: so many missed of so many.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    missed: f64,
    looks: f64,
    others_missed: f64,
    others_looks: f64,
}

impl Part {
    /// Somebody who was seen in both counts where most of their looks were.
    fn is_inside(&self) -> bool {
        self.looks > self.others_looks
    }
}

/// Each cohort against the rest of its kind: over-represented ones first, the others never by their
/// rate.
#[must_use]
pub fn compare(seen: &[Seen]) -> Vec<Compared> {
    let all: BTreeSet<&Cohort> = seen.iter().flat_map(|one| &one.cohorts).collect();
    let mut found: Vec<(Compared, Option<f64>)> =
        all.into_iter().filter_map(|cohort| against(cohort, seen)).collect();
    let called = discoveries(&found.iter().map(|(_, p)| *p).collect::<Vec<_>>());
    for ((one, _), called) in found.iter_mut().zip(called) {
        if called {
            one.finding = Finding::Over;
        }
    }
    let mut compared: Vec<Compared> = found.into_iter().map(|(one, _)| one).collect();
    compared.sort_by_key(|one| one.finding != Finding::Over);
    compared
}

/// Counts without knowing how much work they come from: nothing is called.
#[must_use]
pub fn count(cases: &BTreeMap<Cohort, (u32, u32)>) -> Vec<Compared> {
    let one = |(cohort, (cases, people)): (&Cohort, &(u32, u32))| {
        let few = *people < LEAST_PEOPLE;
        Compared {
            cohort: cohort.clone(),
            tally: Tally { cases: if few { 0 } else { *cases }, looks: 0, people: *people },
            rest: Tally::default(),
            ratio: None,
            finding: if few { Finding::FewPeople } else { Finding::NoExposure },
        }
    };
    cases.iter().map(one).collect()
}

/// A cohort against its rest, and how likely such a difference or a greater one is by chance.
fn against(cohort: &Cohort, seen: &[Seen]) -> Option<(Compared, Option<f64>)> {
    let mut parts: BTreeMap<(Option<Uuid>, usize), Part> = BTreeMap::new();
    let (mut tally, mut rest) = (Tally::default(), Tally::default());
    let (mut people, mut others) = (BTreeSet::new(), BTreeSet::new());
    for (index, one) in seen.iter().enumerate() {
        let inside = one.cohorts.contains(cohort);
        if !inside && !one.cohorts.iter().any(|other| other.kind() == cohort.kind()) {
            continue;
        }
        let key = (one.person, if one.person.is_some() { 0 } else { index.saturating_add(1) });
        let part = parts.entry(key).or_default();
        let missed = f64::from(u8::from(one.missed));
        let (sum, group) = if inside { (&mut tally, &mut people) } else { (&mut rest, &mut others) };
        sum.cases = sum.cases.saturating_add(u32::from(one.missed));
        sum.looks = sum.looks.saturating_add(1);
        group.extend(one.person);
        if inside {
            part.missed += missed;
            part.looks += 1.0;
        } else {
            part.others_missed += missed;
            part.others_looks += 1.0;
        }
    }
    // A cohort without a rest is everybody.
    if tally.looks == 0 || rest.looks == 0 {
        return None;
    }
    let size = |people: &BTreeSet<Uuid>| u32::try_from(people.len()).unwrap_or(u32::MAX);
    (tally.people, rest.people) = (size(&people), size(&others));
    let hidden = tally.people < LEAST_PEOPLE;
    let finding = if hidden {
        Finding::FewPeople
    } else if tally.cases < LEAST_CASES || rest.people < LEAST_PEOPLE {
        Finding::FewCases
    } else {
        Finding::NotShown
    };
    let parts: Vec<Part> = parts.into_values().collect();
    let p = (finding == Finding::NotShown).then(|| chance(&parts));
    let ratio = ratio(&parts, tally, rest).filter(|_| finding == Finding::NotShown);
    let compared = Compared {
        cohort: cohort.clone(),
        tally: if hidden { Tally { people: tally.people, ..Tally::default() } } else { tally },
        rest: if hidden { Tally::default() } else { rest },
        ratio,
        finding,
    };
    Some((compared, p))
}

#[allow(clippy::cast_precision_loss, reason = "a number of people")]
fn real(n: usize) -> f64 {
    n as f64
}

/// So many shuffles; the smallest probability that they can show is one in so many.
const SHUFFLES: u32 = 4000;

/// How often a group of as many people, drawn by chance from all of them, misses as much or more:
/// people are shuffled between the groups, each with all that was seen of them. Always the same
/// shuffles, so that the same facts come to the same.
fn chance(parts: &[Part]) -> f64 {
    let sum = |of: fn(&Part) -> f64| parts.iter().map(of).sum::<f64>();
    let usual = sum(|part| part.missed + part.others_missed) / sum(|part| part.looks + part.others_looks);
    let apart = |part: &Part| part.missed + part.others_missed - usual * (part.looks + part.others_looks);
    let mut each: Vec<f64> = parts.iter().map(apart).collect();
    let inside = parts.iter().filter(|part| part.is_inside()).count();
    let seen: f64 = parts.iter().filter(|part| part.is_inside()).map(apart).sum();
    let (all, group) = (real(each.len()), real(inside));
    let variance = each.iter().map(|apart| apart * apart).sum::<f64>() / (all - 1.0).max(1.0);
    let spread = (variance * group * (all - group) / all).sqrt();
    if spread <= 0.0 {
        return 1.0;
    }
    // What is nowhere near a call needs no shuffles.
    if seen / spread < 1.0 {
        return Normal::standard().sf(seen / spread);
    }
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |most: usize| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let most = u64::try_from(most).unwrap_or(1).max(1);
        usize::try_from((mixed ^ (mixed >> 31)).checked_rem(most).unwrap_or(0)).unwrap_or(0)
    };
    let mut as_much = 1_u32;
    for _ in 0..SHUFFLES {
        let mut drawn = 0.0;
        for place in 0..inside {
            each.swap(place, place.saturating_add(below(parts.len().saturating_sub(place))));
            drawn += each.get(place).copied().unwrap_or(0.0);
        }
        as_much = as_much.saturating_add(u32::from(drawn >= seen - 1e-9));
    }
    f64::from(as_much) / f64::from(SHUFFLES + 1)
}

/// The ratio of the two rates with its interval (95 %) by people.
fn ratio(parts: &[Part], tally: Tally, rest: Tally) -> Option<Ratio> {
    if tally.cases == 0 || rest.cases == 0 {
        return None;
    }
    let (x, others) = (f64::from(tally.cases), f64::from(rest.cases));
    let (rate, usual) = (x / f64::from(tally.looks), others / f64::from(rest.looks));
    let freedom = (real(parts.len()) - 1.0).max(1.0);
    let apart = |part: &Part| {
        (part.missed - rate * part.looks) / x - (part.others_missed - usual * part.others_looks) / others
    };
    let spread =
        (real(parts.len()) / freedom * parts.iter().map(|part| apart(part).powi(2)).sum::<f64>()).sqrt();
    let reach = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(0.975) * spread;
    let times = rate / usual;
    let high = times * reach.exp();
    Some(Ratio { ratio: Some(times), low: times * (-reach).exp(), high: high.is_finite().then_some(high) })
}

/// Which of the comparisons may be called so that of those called, [`FALSE_DISCOVERY`] at most are
/// called wrongly.
fn discoveries(chances: &[Option<f64>]) -> Vec<bool> {
    let mut sorted: Vec<f64> = chances.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let all = real(sorted.len());
    let limit = sorted
        .iter()
        .enumerate()
        .filter(|(rank, p)| **p <= FALSE_DISCOVERY * (real(*rank) + 1.0) / all)
        .map(|(_, p)| *p)
        .next_back();
    chances.iter().map(|p| p.zip(limit).is_some_and(|(p, limit)| p <= limit)).collect()
}

#[cfg(test)]
#[path = "cohort_tests.rs"]
mod tests;
