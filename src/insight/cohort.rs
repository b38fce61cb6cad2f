//! Which group of the work stands out: its rate against the rest, with what cannot be known from so
//! few cases (DOMAIN B3).
//!
//! Invariant: a cohort is a group of people or of hours, never one person (UX 24: no ranking of
//! staff), and none is called over-represented unless its whole interval lies above the rest.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ratio::{Ratio, ratio};
use crate::practice::draft::Shift;
use crate::practice::rights::Role;
use crate::record::time;

/// Fewer people than this are no cohort but persons.
pub const LEAST_PEOPLE: u32 = 3;
/// Fewer cases than this in a cohort say nothing.
pub const LEAST_CASES: u32 = 3;

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

    /// By the clock where it happened.
    #[must_use]
    pub fn of(at: DateTime<FixedOffset>) -> Band {
        if is_weekend(at.date_naive()) {
            return Band::Weekend;
        }
        match Shift::at_hour(at.hour()) {
            Shift::Early => Band::Day,
            Shift::Late => Band::Evening,
            Shift::Night => Band::Night,
        }
    }

    /// Hours of this band from the first day to the last, both whole.
    #[must_use]
    pub fn hours(self, first: NaiveDate, last: NaiveDate) -> f64 {
        let mut hours = 0_u32;
        let mut day = first;
        while day <= last {
            hours = hours.saturating_add(match (self, is_weekend(day)) {
                (Band::Weekend, true) => 24,
                (Band::Weekend, false) | (_, true) => 0,
                // Shift::at_hour parts a day into three times eight hours.
                (_, false) => 8,
            });
            let Some(next) = day.checked_add_days(Days::new(1)) else { break };
            day = next;
        }
        f64::from(hours)
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
    /// What there was to go wrong: observations, hours, days of people. One unit for all cohorts of a kind.
    pub exposure: f64,
    /// How many people are in it.
    pub people: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The whole interval lies above the rest.
    Over,
    /// It may be chance.
    NotShown,
    /// Too few cases to say anything.
    FewCases,
    /// Too few people: it would point at persons. Its numbers are not shown.
    FewPeople,
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

/// Each cohort against the rest of its kind, in the order of the cohorts: over-represented ones
/// first, the others never by their rate.
#[must_use]
pub fn compare(tallies: &BTreeMap<Cohort, Tally>) -> Vec<Compared> {
    let mut compared: Vec<Compared> = tallies
        .iter()
        .filter_map(|(cohort, tally)| {
            let rest = tallies
                .iter()
                .filter(|(other, _)| other.kind() == cohort.kind() && *other != cohort)
                .fold(Tally::default(), |sum, (_, other)| Tally {
                    cases: sum.cases.saturating_add(other.cases),
                    exposure: sum.exposure + other.exposure,
                    people: sum.people.saturating_add(other.people),
                });
            // A cohort without a rest is everybody.
            if rest.exposure <= 0.0 || tally.exposure <= 0.0 {
                return None;
            }
            let ratio = ratio(tally.cases, tally.exposure, rest.cases, rest.exposure);
            let finding = if tally.people < LEAST_PEOPLE {
                Finding::FewPeople
            } else if tally.cases < LEAST_CASES {
                Finding::FewCases
            } else if ratio.is_some_and(|ratio| ratio.low > 1.0) {
                Finding::Over
            } else {
                Finding::NotShown
            };
            let hidden = finding == Finding::FewPeople;
            Some(Compared {
                cohort: cohort.clone(),
                tally: if hidden { Tally { people: tally.people, ..Tally::default() } } else { *tally },
                rest: if hidden { Tally::default() } else { rest },
                ratio: ratio.filter(|_| !hidden),
                finding,
            })
        })
        .collect();
    compared.sort_by_key(|one| one.finding != Finding::Over);
    compared
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tally(cases: u32, exposure: f64, people: u32) -> Tally {
        Tally { cases, exposure, people }
    }

    fn find(compared: &[Compared], cohort: &Cohort) -> Finding {
        compared.iter().find(|one| one.cohort == *cohort).unwrap().finding
    }

    #[test]
    fn night_shift_stands_out_only_when_its_interval_does() {
        let band = Cohort::Band;
        let many = BTreeMap::from([
            (band(Band::Day), tally(4, 400.0, 9)),
            (band(Band::Evening), tally(3, 400.0, 8)),
            (band(Band::Night), tally(14, 400.0, 5)),
        ]);
        let compared = compare(&many);
        assert_eq!((&compared[0].cohort, compared[0].finding), (&band(Band::Night), Finding::Over));
        assert_eq!(find(&compared, &band(Band::Day)), Finding::NotShown);
        let few =
            BTreeMap::from([(band(Band::Day), tally(1, 400.0, 9)), (band(Band::Night), tally(3, 400.0, 5))]);
        assert_eq!(
            find(&compare(&few), &band(Band::Night)),
            Finding::NotShown,
            "three against one is chance"
        );
        assert_eq!(find(&compare(&few), &band(Band::Day)), Finding::FewCases);
    }

    #[test]
    fn two_people_are_no_cohort_and_everybody_has_no_rest() {
        let site = |n| Cohort::Site(Uuid::from_u128(n));
        let sites = BTreeMap::from([(site(1), tally(40, 100.0, 2)), (site(2), tally(1, 100.0, 9))]);
        let compared = compare(&sites);
        assert_eq!(find(&compared, &site(1)), Finding::FewPeople);
        let hidden = compared.iter().find(|one| one.cohort == site(1)).unwrap();
        assert_eq!((hidden.tally.cases, hidden.ratio), (0, None), "its numbers are not shown");
        assert!(compare(&BTreeMap::from([(site(1), tally(40, 100.0, 9))])).is_empty());
    }

    #[test]
    fn new_are_those_who_came_later_and_not_long_ago() {
        let day = |day: i64| DateTime::from_timestamp(day * 86_400, 0).unwrap();
        let of = |started, at| Start::of(day(started), day(0), day(at).fixed_offset());
        assert_eq!(of(FOUNDING_DAYS - 1, 40), Start::Longer, "entered with everybody else");
        assert_eq!(of(FOUNDING_DAYS, FOUNDING_DAYS + NEW_DAYS - 1), Start::New);
        assert_eq!(of(FOUNDING_DAYS, FOUNDING_DAYS + NEW_DAYS), Start::Longer);
    }

    #[test]
    fn a_week_has_its_hours_once() {
        let monday = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
        let sunday = monday + Days::new(6);
        let hours: Vec<f64> = Band::ALL.iter().map(|band| band.hours(monday, sunday)).collect();
        assert_eq!(hours, [40.0, 40.0, 40.0, 48.0]);
        let at = |text| Band::of(DateTime::parse_from_rfc3339(text).unwrap());
        assert_eq!(at("2026-05-04T23:30:00-05:00"), Band::Night);
        assert_eq!(at("2026-05-09T10:00:00-05:00"), Band::Weekend);
        assert_eq!(at("2026-05-04T15:00:00-05:00"), Band::Evening);
    }

    proptest! {
        #[test]
        fn equal_rates_are_never_over(cases in 3_u32..50, people in 3_u32..9, n in 2_u128..6) {
            let tallies = (0..n).map(|n| (Cohort::Site(Uuid::from_u128(n)), tally(cases, 100.0, people))).collect();
            for one in compare(&tallies) {
                prop_assert_eq!(one.finding, Finding::NotShown);
            }
        }
    }
}
