//! Patterns from sets of sightings: worked cases, and what holds for any.

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const RULE: Rule = Rule { count: 3, days: 30, same_category: true };

fn day(n: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-05-04T08:00:00-05:00").unwrap() + TimeDelta::days(n)
}

fn seen(id: u128, site: u128, on: i64) -> Sighting {
    Sighting {
        id: Uuid::from_u128(id),
        site: Some(Uuid::from_u128(site)),
        competency: "medication".into(),
        category: Category::Medication,
        gap: None,
        reportable: false,
        at: day(on),
    }
}

fn ids(all: &[u128]) -> Vec<Uuid> {
    all.iter().map(|id| Uuid::from_u128(*id)).collect()
}

#[test]
fn three_within_thirty_days_at_one_site_are_a_pattern_and_two_are_not() {
    assert!(patterns(&[seen(1, 9, 0), seen(2, 9, 30)], RULE).is_empty());
    assert!(patterns(&[seen(1, 9, 0), seen(2, 9, 15), seen(3, 9, 31)], RULE).is_empty());
    let found = patterns(&[seen(3, 9, 30), seen(1, 9, 0), seen(2, 9, 15)], RULE);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].sightings, ids(&[1, 2, 3]));
    assert_eq!((found[0].scope, found[0].first), (Scope::Site(Uuid::from_u128(9)), day(0)));
}

#[test]
fn across_sites_counts_what_no_site_shows_alone() {
    let elm = [seen(1, 1, 0), seen(2, 1, 1), seen(3, 1, 2)];
    let oak = [seen(4, 2, 2), seen(5, 2, 3)];
    let found = patterns(&[&elm[..], &oak[..]].concat(), RULE);
    assert_eq!(found.len(), 1, "two at Oak House are no pattern, and Elm House's are counted once");
    let found = patterns(&[&elm[..], &oak[..], &[seen(6, 3, 4)]].concat(), RULE);
    assert_eq!(found.iter().map(|one| one.scope).filter(|scope| *scope == Scope::Across).count(), 1);
    assert_eq!(found[0].sightings, ids(&[4, 5, 6]));
}

#[test]
fn windows_that_share_a_sighting_are_one_pattern_and_a_quiet_month_parts_two() {
    let long: Vec<Sighting> = (0..6).map(|n| seen(n, 1, i64::try_from(n).unwrap() * 14)).collect();
    let found = patterns(&long, RULE);
    assert_eq!((found.len(), found[0].sightings.len()), (1, 6));
    let parted =
        [seen(1, 1, 0), seen(2, 1, 1), seen(3, 1, 2), seen(4, 1, 90), seen(5, 1, 91), seen(6, 1, 92)];
    assert_eq!(patterns(&parted, RULE).len(), 2);
}

#[test]
fn what_is_not_tagged_counts_by_its_category_and_a_rule_may_leave_categories_aside() {
    let untagged = Sighting { competency: String::new(), ..seen(1, 1, 0) };
    let other = Sighting { category: Category::Documentation, ..seen(3, 1, 2) };
    let all = [untagged, seen(2, 1, 1), other];
    assert!(patterns(&all, RULE).is_empty());
    let found = patterns(&all, Rule { same_category: false, ..RULE });
    assert_eq!(found[0].sightings, ids(&[1, 2, 3]));
}

/// S4b: what came before the action was the bad stretch that it answered; against that, anything looks
/// better. It is compared with the time before the first of those reports.
#[test]
fn recurrence_is_against_ordinary_times_and_stops_when_the_watch_ends() {
    let at = |days: &[i64]| -> Vec<(Uuid, DateTime<FixedOffset>)> {
        days.iter().map(|on| (Uuid::from_u128(u128::try_from(on + 400).unwrap()), day(*on))).collect()
    };
    // One in ordinary times, three in the stretch that was answered (0, 5, 9), two since.
    let similar = at(&[-100, 0, 5, 9, 25, 70, 200]);
    let watched = recurrence(&similar, day(-200), day(0), day(20), 90, day(40));
    assert_eq!((watched.before, watched.usual_days), (1, 200));
    assert_eq!((watched.after, watched.days, watched.complete), (1, 20, false));
    assert_eq!(watched.again, vec![Uuid::from_u128(425)]);
    assert!(watched.ratio.unwrap().low < 1.0, "one in three weeks against one in 200 days may be chance");
    let watched = recurrence(&similar, day(-900), day(0), day(20), 90, day(400));
    assert_eq!(
        (watched.after, watched.days, watched.complete),
        (2, 90, true),
        "the last came after the watch"
    );
    assert_eq!(watched.usual_days, 365, "a year at most");
    let none = recurrence(&at(&[0, 5, 9]), day(0), day(0), day(20), 90, day(20));
    assert_eq!((none.days, none.after, none.ratio), (0, 0, None), "the watch has just begun");
    let unknown = recurrence(&similar, day(5), day(0), day(20), 90, day(40));
    assert_eq!((unknown.usual_days, unknown.ratio), (0, None), "nothing is known of ordinary times");
}

/// The day that has begun made the time since longer than the time before: as often in as long is the same
/// rate, whatever the hour.
#[test]
fn the_time_before_and_the_time_since_are_counted_alike() {
    let hours = |n: i64| day(0) + TimeDelta::hours(n);
    let similar = [(Uuid::from_u128(1), hours(-6)), (Uuid::from_u128(2), hours(250))];
    // Ten days and a quarter known before, as many watched since.
    let found = recurrence(&similar, hours(-246), day(0), hours(240), 90, hours(486));
    assert_eq!((found.usual_days, found.days), (10, 10), "whole days on both sides");
    assert_eq!((found.before, found.after), (1, 1));
    assert!((found.ratio.unwrap().ratio.unwrap() - 1.0).abs() < 1e-9, "{found:?}");
    // On the first day there is no whole one, and what happened again is told all the same.
    let first = recurrence(&similar, hours(-246), day(0), hours(240), 90, hours(251));
    assert_eq!((first.days, first.after, first.complete), (0, 1, false));
    let hours_known = recurrence(&similar, hours(-20), day(0), hours(240), 90, hours(486));
    assert_eq!((hours_known.usual_days, hours_known.ratio), (0, None), "no whole day is known before");
    let over = recurrence(&similar, hours(-246), day(0), hours(240), 10, hours(900));
    assert_eq!((over.days, over.complete), (10, true), "never more than is asked");
}

proptest! {
    #[test]
    fn any_order_and_any_copy_gives_the_same(
        days in prop::collection::vec((0_i64..120, 0_u128..4), 0..25), seed in any::<u64>(),
    ) {
        let all: Vec<Sighting> =
            days.iter().enumerate().map(|(n, (on, site))| seen(u128::try_from(n).unwrap(), *site, *on)).collect();
        let mut mixed = all.clone();
        mixed.sort_by_key(|one| (one.id.as_u128() ^ u128::from(seed)).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        mixed.extend(all.first().cloned());
        prop_assert_eq!(patterns(&mixed, RULE), patterns(&all, RULE));
    }

    #[test]
    fn each_has_a_window_that_reaches_the_count_and_no_sighting_is_in_two(
        days in prop::collection::vec((0_i64..120, 0_u128..4), 0..25),
    ) {
        let all: Vec<Sighting> =
            days.iter().enumerate().map(|(n, (on, site))| seen(u128::try_from(n).unwrap(), *site, *on)).collect();
        let found = patterns(&all, RULE);
        let mut counted: Vec<Uuid> = found.iter().flat_map(|one| one.sightings.clone()).collect();
        let before = counted.len();
        counted.sort_unstable();
        counted.dedup();
        prop_assert_eq!(counted.len(), before);
        for one in &found {
            let mut ats: Vec<_> = all.iter().filter(|seen| one.sightings.contains(&seen.id)).map(|seen| seen.at).collect();
            ats.sort_unstable();
            prop_assert!(ats.windows(3).any(|three| three[2] - three[0] <= TimeDelta::days(30)));
            prop_assert!(ats.len() >= 3);
        }
        // Nothing is left over that would be a pattern of its own.
        let left: Vec<Sighting> = all.iter().filter(|seen| !counted.contains(&seen.id)).cloned().collect();
        prop_assert!(patterns(&left, RULE).is_empty());
    }
}
