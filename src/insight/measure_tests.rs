//! Facts become points; looks become "holds" or "came back"; items that never tell are found.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::facts::*;
use super::hold::{Band, FRESH_DAYS, LEAST_SHARE, Look, Rule, Stand, rules_out, weigh};
use super::measure::*;
use super::period::Grain;
use super::tell::{Counts, ENOUGH, tellings};
use crate::practice::follow::{Category, Source};
use crate::practice::settings::ShiftTimes;
use crate::practice::standard::{Class, Standard};
use crate::practice::starters::starters;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn report(n: u128, when: &str) -> ReportFact {
    ReportFact {
        id: Uuid::from_u128(n),
        site: Some(Uuid::from_u128(0xe1)),
        at: at(when),
        near_miss: true,
        source: None,
        category: Category::Medication,
        competency: "medication".into(),
    }
}

fn may() -> i32 {
    Grain::Month.of(NaiveDate::from_ymd_opt(2026, 5, 1).unwrap())
}

#[test]
fn a_month_and_a_week_hold_their_days() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    for grain in Grain::ALL {
        let period = grain.of(day);
        assert!((grain.first_day(period)..=grain.last_day(period)).contains(&day));
    }
    assert_eq!(Grain::Month.first_day(Grain::Month.of(day)), NaiveDate::from_ymd_opt(2026, 11, 1).unwrap());
    assert_eq!(Grain::Week.first_day(Grain::Week.of(day)), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
    assert_eq!(Grain::Month.last_day(Grain::Month.of(day)), NaiveDate::from_ymd_opt(2026, 11, 30).unwrap());
}

#[test]
fn months_without_an_event_are_noughts_between_events() {
    let facts = Facts {
        reports: vec![report(1, "2026-05-03T10:00:00-05:00"), report(2, "2026-08-03T10:00:00-05:00")],
        ..Facts::default()
    };
    let counts: Vec<f64> = points(Measure::NearMisses, Grain::Month, &facts, (may() - 1, may() + 4))
        .iter()
        .map(|point| point.x)
        .collect();
    assert_eq!(counts, vec![0.0, 1.0, 0.0, 0.0, 1.0, 0.0], "a quiet month is seen as one");
}

/// T1: what a table prints of events is how many there were, not their share of themselves.
#[test]
fn four_near_misses_in_a_month_are_four() {
    let reports = (1..=4).map(|n| report(n, "2026-05-03T10:00:00-05:00")).collect();
    let facts = Facts { reports, ..Facts::default() };
    let all = points(Measure::NearMisses, Grain::Month, &facts, (may(), may() + 1));
    let values: Vec<f64> = all.iter().map(|point| point.value).collect();
    assert_eq!(values, vec![4.0, 0.0]);
}

/// What was simulated is in no rate of practice, and the other way round.
#[test]
fn live_and_simulated_observations_are_never_added() {
    let tally = Tally {
        period: may(),
        seen: 10,
        judged: 10,
        passed: 7,
        missed: 6,
        played: Played { seen: 4, judged: 4, passed: 4, missed: 0 },
        ..Tally::default()
    };
    let facts = Facts { tallies: vec![tally], ..Facts::default() };
    let of = |measure| {
        let all = points(measure, Grain::Month, &facts, (may(), may()));
        all.first().map(|point| (point.x, point.n, point.records))
    };
    assert_eq!(of(Measure::PassRate), Some((3.0, 6.0, 6.0)));
    assert_eq!(of(Measure::SimulatedMet), Some((4.0, 4.0, 4.0)));
    assert_eq!(of(Measure::MedicationDeviations), Some((6.0, 6.0, 6.0)));
}

#[test]
fn the_same_again_within_the_watch_is_a_recurrence() {
    let action = ActionFact {
        id: Uuid::from_u128(9),
        site: Some(Uuid::from_u128(0xe1)),
        closed: at("2026-06-01T12:00:00-05:00"),
        competency: "medication".into(),
        category: Some(Category::Medication),
        watch_days: 90,
    };
    let actions = [action.clone()];
    assert_eq!(comes_back(&report(1, "2026-05-30T10:00:00-05:00"), &actions), None, "before it was closed");
    assert_eq!(comes_back(&report(1, "2026-07-01T10:00:00-05:00"), &actions), Some(action.id));
    assert_eq!(comes_back(&report(1, "2026-09-30T10:00:00-05:00"), &actions), None, "no longer watched");
    let elsewhere = ReportFact { site: Some(Uuid::from_u128(7)), ..report(1, "2026-07-01T10:00:00-05:00") };
    assert_eq!(comes_back(&elsewhere, &actions), None);
    let facts = Facts {
        reports: vec![report(1, "2026-07-01T10:00:00-05:00"), report(2, "2026-10-02T10:00:00-05:00")],
        actions: actions.to_vec(),
        ..Facts::default()
    };
    let rates: Vec<(f64, f64)> = points(Measure::Recurrence, Grain::Month, &facts, (may(), may()))
        .iter()
        .map(|point| (point.x, point.n))
        .collect();
    assert_eq!(rates, vec![(1.0, 1.0), (0.0, 1.0)]);
}

#[test]
fn late_doses_are_out_of_doses_due_and_the_middle_of_days_is_a_median() {
    let item = |item: &str, total: i64| ItemTally {
        period: 1,
        item: item.into(),
        given: 1,
        total,
        ..ItemTally::default()
    };
    let facts = Facts {
        items: vec![item("doses-late", 3_000), item("doses-due", 120_000), item("doses-due", 80_000)],
        ..Facts::default()
    };
    let late = points(Measure::LateDoses, Grain::Month, &facts, (may(), may()));
    assert_eq!((late[0].x, late[0].n, late[0].value), (3.0, 200.0, 0.015));
    let span = |n: u128, days: i64| SpanFact {
        id: Uuid::from_u128(n),
        site: None,
        from: at("2026-05-10T08:00:00Z") - TimeDelta::days(days),
        to: at("2026-05-10T08:00:00Z"),
    };
    let facts = Facts { spans: vec![span(1, 10), span(2, 14), span(3, 60)], ..Facts::default() };
    let days = points(Measure::DaysToClose, Grain::Month, &facts, (may(), may()));
    assert_eq!((days[0].value, days[0].n), (14.0, 3.0));
}

#[test]
fn every_measure_reads_back_by_its_code_and_says_which_records_are_behind_it() {
    for measure in Measure::ALL {
        assert_eq!(Measure::parse(measure.as_str()), Some(measure));
        let known = serde_json::to_value(measure).unwrap();
        assert_eq!(known, measure.as_str());
        if matches!(measure.needs(), Need::Tallies | Need::Items) {
            let by = |standard: &Standard| measure.takes(standard.class, &standard.competency);
            assert!(starters().iter().any(by), "{measure:?} is computed from no standard");
        }
    }
    let counted = ReportFact { source: Some(Source::OnCall), ..report(1, "2026-07-01T10:00:00-05:00") };
    assert!(Measure::AvoidableEscalations.counts(&counted) && !Measure::Complaints.counts(&counted));
}

#[test]
fn an_item_that_never_told_anything_is_proposed_unless_it_is_critical() {
    let standard = starters().into_iter().find(|standard| standard.class == Class::Check).unwrap();
    let versions = BTreeMap::from([(standard.reference(), standard.clone())]);
    let tally = |seen: i64| Tally {
        standard: standard.standard,
        version: standard.version,
        seen,
        ..Tally::default()
    };
    let told = ItemTally {
        standard: standard.standard,
        version: standard.version,
        item: "mar".into(),
        missed: 4,
        ..ItemTally::default()
    };
    let found = tellings(&standard, &versions, &Counts::of(&[tally(ENOUGH)], std::slice::from_ref(&told)));
    let by = |id: &str| found.iter().find(|telling| telling.item == id).unwrap();
    assert!(!by("mar").propose && by("mar").told == 4 && by("mar").asked == ENOUGH);
    assert!(by("signed").propose && by("signed").at_most < 0.05);
    assert!(by("right").critical && !by("right").propose, "nobody is proposed to come to harm");
    let few = tellings(&standard, &versions, &Counts::of(&[tally(ENOUGH - 1)], std::slice::from_ref(&told)));
    assert!(few.iter().all(|telling| !telling.propose));
    // S8: what could not be judged told nothing because it could not. 60 judged of 200: 5.96 %.
    let unseen = ItemTally { item: "signed".into(), missed: 0, unseen: 140, ..told };
    let found = tellings(&standard, &versions, &Counts::of(&[tally(200)], &[unseen]));
    let signed = found.iter().find(|telling| telling.item == "signed").unwrap();
    assert!((signed.at_most - 0.0596).abs() < 5e-5 && !signed.propose, "{signed:?}");
}

const RULE: Rule = Rule { looks: 5, weeks: 8, bands: 3 };

fn closed() -> DateTime<FixedOffset> {
    at("2026-05-04T09:00:00-05:00")
}

/// Two days after the newest of [`good`].
fn now() -> DateTime<FixedOffset> {
    at("2026-07-07T09:00:00-05:00")
}

fn look(n: u128, when: &str, passed: bool) -> Look {
    Look {
        record: Uuid::from_u128(n),
        at: at(when),
        shifts: ShiftTimes::default(),
        live: true,
        passed,
        critical: false,
    }
}

fn good() -> Vec<Look> {
    vec![
        look(1, "2026-05-18T09:00:00-05:00", true),
        look(2, "2026-05-30T10:00:00-05:00", true), // a Saturday
        look(3, "2026-06-01T19:00:00-05:00", true),
        look(4, "2026-06-16T23:30:00-05:00", true),
        look(5, "2026-07-01T09:00:00-05:00", true),
        look(6, "2026-07-03T09:00:00-05:00", true),
        look(7, "2026-07-05T09:00:00-05:00", true),
    ]
}

#[test]
fn what_was_met_by_day_evening_night_and_weekend_for_eight_weeks_holds() {
    // Five of five was enough before; they rule out half, not six in ten (S2).
    let hold = weigh(closed(), &good(), RULE, now());
    assert_eq!((hold.stand, hold.looks, hold.met), (Stand::Holds, 7, 7));
    assert!(hold.rules_out >= LEAST_SHARE);
    let five = weigh(closed(), &good()[..5], RULE, now());
    assert_eq!((five.stand, five.missing.looks), (Stand::TooEarly, 2));
    assert_eq!(hold.bands.into_iter().collect::<Vec<_>>(), Band::ALL);
}

#[test]
fn by_day_alone_it_is_too_early_however_often() {
    let days: Vec<Look> = (0..20)
        .map(|n| Look {
            at: closed() + TimeDelta::weeks(n + 1),
            ..look(n as u128, "2026-05-18T09:00:00-05:00", true)
        })
        .collect();
    let hold = weigh(closed(), &days, RULE, now());
    assert_eq!(hold.stand, Stand::TooEarly);
    assert!(hold.missing.off_hours && hold.missing.bands == 2 && hold.missing.looks == 0);
    let early = weigh(closed(), &good()[..4], RULE, now());
    assert_eq!((early.stand, early.missing.looks), (Stand::TooEarly, 3));
    assert!(early.missing.days > 0);
}

#[test]
fn two_of_the_newest_five_missed_or_one_critical_is_a_reversion() {
    let mut looks = good();
    looks.push(look(8, "2026-07-08T09:00:00-05:00", false));
    assert_eq!(weigh(closed(), &looks, RULE, now()).stand, Stand::Watch);
    // Two met ones between no longer hide the second miss.
    looks.push(look(9, "2026-07-09T09:00:00-05:00", true));
    looks.push(look(10, "2026-07-10T09:00:00-05:00", true));
    assert_eq!(
        weigh(closed(), &looks, RULE, now()).stand,
        Stand::TooEarly,
        "one miss in ten takes back what was shown"
    );
    looks.push(look(11, "2026-07-11T09:00:00-05:00", false));
    assert_eq!(weigh(closed(), &looks, RULE, now()).stand, Stand::Reverted);
    let critical = Look { critical: true, ..look(20, "2026-05-20T09:00:00-05:00", false) };
    assert_eq!(weigh(closed(), &[critical], RULE, now()).stand, Stand::Reverted);
}

/// "A clean record since closing" is what no look can bring about any more once a critical item was
/// missed: that is an answer, with its day, and not "too early".
#[test]
fn after_a_critical_miss_it_did_not_hold_and_is_never_too_early() {
    let critical = Look { critical: true, ..look(20, "2026-05-20T09:00:00-05:00", false) };
    let mut looks = good();
    looks.push(critical);
    let hold = weigh(closed(), &looks, RULE, now());
    let day = critical.at.date_naive();
    assert_eq!((hold.stand, hold.critical_on), (Stand::DidNotHold, Some(day)), "days do not outlive it");
    // Neither a slip that is not critical nor a long silence makes the answer milder.
    looks.push(look(21, "2026-07-10T09:00:00-05:00", false));
    assert_eq!(weigh(closed(), &looks, RULE, now()).stand, Stand::DidNotHold);
    let long_after = now() + TimeDelta::days(400);
    looks.pop();
    assert_eq!(weigh(closed(), &looks, RULE, long_after).stand, Stand::DidNotHold);
    // A hundred more looks that are met change nothing.
    looks.extend((100..200).map(|n| look(n, "2026-07-11T09:00:00-05:00", true)));
    assert_eq!(weigh(closed(), &looks, RULE, now()).stand, Stand::DidNotHold);
    assert_eq!(weigh(closed(), &good(), RULE, now()).critical_on, None);
}

#[test]
fn a_house_of_two_shifts_is_not_asked_for_an_evening() {
    let all = Rule { bands: 4, ..RULE };
    let two = ShiftTimes { late: None, ..ShiftTimes::default() };
    assert_eq!((all.at(two).bands, all.at(ShiftTimes::default()).bands, RULE.at(two).bands), (3, 4, 3));
    let looks: Vec<Look> = good().into_iter().map(|look| Look { shifts: two, ..look }).collect();
    assert_eq!(weigh(closed(), &looks, all, now()).stand, Stand::TooEarly, "there is no evening");
    assert_eq!(weigh(closed(), &looks, all.at(two), now()).stand, Stand::Holds);
}

/// S2: five good looks and then nobody looks again was "holds" for ever.
#[test]
fn what_nobody_looked_at_lately_no_longer_holds() {
    let newest = at("2026-07-05T09:00:00-05:00");
    let after = |days: i64| weigh(closed(), &good(), RULE, newest + TimeDelta::days(days)).stand;
    assert_eq!((after(FRESH_DAYS), after(FRESH_DAYS + 1)), (Stand::Holds, Stand::Lapsed));
}

/// The weight of evidence for 95 in 100 against the least share is twenty to one: (0.95/0.6)^7 is
/// 24.9, (0.95/0.6)^6 is 15.8; one miss costs (0.05/0.4), so that it takes twelve met ones.
#[test]
fn seven_of_seven_rule_out_six_in_ten_and_a_miss_takes_thirteen() {
    let enough = |met, looks| rules_out(met, looks) >= LEAST_SHARE;
    assert!(enough(7, 7) && !enough(6, 6));
    assert!(enough(12, 13) && !enough(11, 12));
    assert!((rules_out(5, 5) - 0.95 * 0.05_f64.powf(0.2)).abs() < 1e-9, "in closed form");
    assert_eq!(rules_out(0, 3), 0.0);
}

#[test]
fn a_case_played_through_counts_for_nothing() {
    let played: Vec<Look> = good().into_iter().map(|look| Look { live: false, ..look }).collect();
    assert_eq!(weigh(closed(), &played, RULE, now()).looks, 0);
}

fn any_looks() -> impl Strategy<Value = Vec<Look>> {
    let look = (0_u32..3_000, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(hours, live, passed, critical)| Look {
            record: Uuid::from_u128(u128::from(hours)),
            at: closed() + TimeDelta::hours(i64::from(hours) - 100),
            shifts: ShiftTimes::default(),
            live,
            passed,
            critical: critical && !passed,
        },
    );
    prop::collection::vec(look, 0..14).prop_map(|mut looks| {
        looks.sort_by_key(|look| look.record);
        looks.dedup_by_key(|look| look.record);
        looks
    })
}

proptest! {
    #[test]
    fn looks_in_any_order_come_to_the_same(looks in any_looks(), seed in any::<u64>()) {
        let mut other = looks.clone();
        let by = |look: &Look| look.record.as_u128().wrapping_mul(u128::from(seed) | 1) % 9_973;
        other.sort_by_key(by);
        prop_assert_eq!(weigh(closed(), &looks, RULE, now()), weigh(closed(), &other, RULE, now()));
    }

    #[test]
    fn what_holds_was_never_missed_critically_and_ends_well(looks in any_looks()) {
        let hold = weigh(closed(), &looks, RULE, now());
        prop_assert!(hold.met <= hold.looks);
        if hold.stand == Stand::Holds {
            prop_assert!(looks.iter().all(|look| !look.live || look.at <= closed() || !look.critical));
            prop_assert!(hold.looks >= RULE.looks && hold.rules_out >= LEAST_SHARE);
        }
    }

    #[test]
    fn facts_in_any_order_make_the_same_points(days in prop::collection::vec(0_i64..700, 0..40)) {
        let facts = |days: &[i64]| Facts {
            reports: days
                .iter()
                .map(|day| ReportFact { at: closed() + TimeDelta::days(*day), ..report(1, "2026-07-01T10:00:00-05:00") })
                .collect(),
            ..Facts::default()
        };
        let back: Vec<i64> = days.iter().rev().copied().collect();
        for grain in Grain::ALL {
            let one = points(Measure::NearMisses, grain, &facts(&days), (0, -1));
            prop_assert_eq!(&one, &points(Measure::NearMisses, grain, &facts(&back), (0, -1)));
            let all: f64 = one.iter().map(|point| point.x).sum();
            prop_assert!((all - days.len() as f64).abs() < 1e-9);
        }
    }
}
