//! What is ordinary and what is more.

use chrono::{DateTime, FixedOffset, TimeDelta};
use uuid::Uuid;

use super::*;
use crate::insight::pattern::patterns;
use crate::practice::follow::Category;

const RULE: Rule = Rule { count: 3, days: 30, same_category: false };

fn day(n: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-01-01T08:00:00-05:00").unwrap() + TimeDelta::days(n)
}

fn seen(site: u128, on: i64) -> Sighting {
    Sighting {
        id: Uuid::from_u128(site * 10_000 + u128::try_from(on).unwrap()),
        site: Some(Uuid::from_u128(site)),
        competency: "medication".into(),
        category: Category::Medication,
        gap: None,
        reportable: false,
        at: day(on),
    }
}

fn weighed(all: &[Sighting]) -> Vec<Evidence> {
    weigh(&patterns(all, RULE), all, RULE, day(0), day(365))
}

/// S1: a site with one report a month reaches three in thirty days in most years.
#[test]
fn three_in_a_month_are_ordinary_where_one_a_month_is_usual() {
    let mut all: Vec<Sighting> = (0..12).map(|n| seen(1, n * 30)).collect();
    all.extend([seen(1, 333), seen(1, 336)]);
    let found = weighed(&all);
    assert!(!found.is_empty() && found.iter().all(|one| !one.beyond_chance), "{found:?}");
    assert!(found[0].by_chance > 0.5 && (found[0].a_month - 1.0).abs() < 0.2, "{found:?}");
}

#[test]
fn seven_in_a_month_after_a_quiet_year_are_more_than_chance() {
    let mut all: Vec<Sighting> = vec![seen(1, 20), seen(2, 90), seen(3, 200)];
    all.extend((0..7).map(|n| seen(1, 330 + n * 4)));
    let found = weighed(&all);
    assert!(matches!(&found[..], [one] if one.beyond_chance), "{found:?}");
}

/// As simulated of the rule itself (FINDINGS S1: 30 % at one in two months); the formula is exact enough where it matters, in the tail.
#[test]
fn how_often_a_threshold_is_reached_in_an_ordinary_year() {
    let year = |a_month: f64| reaches(a_month / 30.4, 3, 30.0, 365.0);
    assert!((year(0.5) - 0.30).abs() < 0.03, "{}", year(0.5));
    assert!(year(0.1) < 0.01 && year(1.0) > 0.7 && year(2.0) > 0.85);
    assert_eq!(reaches(0.0, 3, 30.0, 365.0), 0.0);
    assert!(reaches(0.02, 6, 30.0, 365.0) < reaches(0.02, 5, 30.0, 365.0));
}

#[test]
fn what_was_answered_stays_part_of_what_is_usual() {
    let all: Vec<Sighting> = (0..24).map(|n| seen(1, n * 15)).collect();
    let newest: Vec<Sighting> = all[20..].to_vec();
    let found = weigh(&patterns(&newest, RULE), &all, RULE, day(0), day(365));
    assert!(found.iter().all(|one| !one.beyond_chance && one.a_month > 1.5), "{found:?}");
}
