//! Which groups are called, and which are not.

use proptest::prelude::*;

use super::*;

/// So many people of a group, each with so many first looks, of whom all miss so many.
fn group(cohort: &Cohort, people: u128, looks: u32, missed: impl Fn(u128) -> u32, from: u128) -> Vec<Seen> {
    let look = |person: u128, number: u32| Seen {
        person: Some(Uuid::from_u128(from + person)),
        cohorts: vec![cohort.clone()],
        missed: number < missed(person),
    };
    (0..people)
        .flat_map(|person| (0..looks).map(move |number| look(person, number)).collect::<Vec<_>>())
        .collect()
}

fn find(compared: &[Compared], cohort: &Cohort) -> Finding {
    compared.iter().find(|one| one.cohort == *cohort).unwrap().finding
}

fn site(n: u128) -> Cohort {
    Cohort::Site(Uuid::from_u128(n))
}

#[test]
fn a_site_where_everybody_misses_more_stands_out() {
    let mut seen = group(&site(1), 8, 6, |_| 3, 100);
    seen.extend(group(&site(2), 20, 6, |person| u32::from(person % 3 == 0), 200));
    let compared = compare(&seen);
    assert_eq!((&compared[0].cohort, compared[0].finding), (&site(1), Finding::Over));
    assert!(compared[0].ratio.unwrap().low > 1.0);
    assert_eq!(find(&compared, &site(2)), Finding::NotShown);
    assert_eq!((compared[0].tally.cases, compared[0].tally.looks, compared[0].tally.people), (24, 48, 8));
}

/// S3: one person of eight who misses everything is one person, and no site. By observations taken for
/// independent (7 of 48 against 12 of 288) the site would be called.
#[test]
fn one_person_who_misses_is_not_the_site() {
    let mut seen = group(&site(1), 8, 6, |person| if person == 0 { 6 } else { u32::from(person == 1) }, 100);
    seen.extend(group(&site(2), 48, 6, |person| u32::from(person % 4 == 0), 200));
    assert_eq!(find(&compare(&seen), &site(1)), Finding::NotShown);
}

#[test]
fn few_cases_and_few_people_are_said_to_be() {
    let mut seen = group(&site(1), 2, 6, |_| 5, 100);
    seen.extend(group(&site(2), 9, 6, |person| u32::from(person == 0), 200));
    let compared = compare(&seen);
    assert_eq!(find(&compared, &site(1)), Finding::FewPeople, "two people are no cohort");
    let hidden = compared.iter().find(|one| one.cohort == site(1)).unwrap();
    assert_eq!(
        (hidden.tally.cases, hidden.tally.looks, hidden.ratio),
        (0, 0, None),
        "its numbers are not shown"
    );
    assert_eq!(find(&compared, &site(2)), Finding::FewCases);
    assert!(compare(&group(&site(1), 9, 6, |_| 5, 100)).is_empty(), "everybody has no rest");
}

/// S3: 40 % of the work is done by day; so are 40 % of the events, and nothing is wrong with that.
#[test]
fn where_the_work_done_is_not_known_nothing_is_called() {
    let cases = BTreeMap::from([(site(1), (60, 9)), (site(2), (1, 9)), (site(3), (5, 2))]);
    let counted = count(&cases);
    assert_eq!(find(&counted, &site(1)), Finding::NoExposure);
    assert!(counted.iter().all(|one| one.ratio.is_none() && one.finding != Finding::Over));
    assert_eq!(find(&counted, &site(3)), Finding::FewPeople);
}

/// Benjamini and Hochberg 1995, section 3.1: of fifteen, the four smallest are called.
#[test]
fn discoveries_as_in_benjamini_and_hochberg() {
    let published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
        0.6528, 0.7590, 1.0000,
    ];
    let chances: Vec<Option<f64>> = published.into_iter().map(Some).chain([None]).collect();
    let called = discoveries(&chances);
    assert_eq!(called.iter().filter(|called| **called).count(), 4);
    assert!(called[..4].iter().all(|called| *called));
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
fn weekends_are_their_own_band() {
    let at = |text| Band::of(DateTime::parse_from_rfc3339(text).unwrap(), ShiftTimes::default());
    assert_eq!(at("2026-05-04T23:30:00-05:00"), Band::Night);
    assert_eq!(at("2026-05-09T10:00:00-05:00"), Band::Weekend);
    assert_eq!(at("2026-05-04T15:00:00-05:00"), Band::Evening);
}

proptest! {
    #[test]
    fn equal_rates_are_never_over(people in 3_u128..9, missed in 1_u32..6, sites in 2_u128..6) {
        let seen: Vec<Seen> =
            (0..sites).flat_map(|n| group(&site(n), people, 6, |_| missed, n * 100)).collect();
        for one in compare(&seen) {
            prop_assert!(one.finding != Finding::Over);
        }
    }

    #[test]
    fn order_does_not_matter(raw in prop::collection::vec((0_u128..3, 0_u128..12, any::<bool>()), 1..60)) {
        let seen: Vec<Seen> = raw
            .iter()
            .map(|(at, person, missed)| Seen { person: Some(Uuid::from_u128(*person)), cohorts: vec![site(*at)], missed: *missed })
            .collect();
        let mut turned = seen.clone();
        turned.reverse();
        let findings = |all: &[Seen]| compare(all).into_iter().map(|one| (one.cohort, one.finding, one.tally)).collect::<Vec<_>>();
        prop_assert_eq!(findings(&seen), findings(&turned));
    }
}
