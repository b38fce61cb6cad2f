//! Drift from sets of slips: worked cases, and what holds for any.

use proptest::prelude::*;

use super::*;

const RULE: Rule = Rule { count: 3, days: 60 };

fn slip(input: Input, competency: &str, count: u32) -> Slips {
    Slips { input, competency: competency.into(), item: None, count, before: 0 }
}

#[test]
fn one_from_each_input_is_a_drift_that_no_input_shows_alone() {
    let standard = Uuid::from_u128(1);
    let missed = Slips {
        item: Some((standard, "outcome".into())),
        before: 2,
        ..slip(Input::Audit, "documentation", 1)
    };
    let slips = [
        missed,
        slip(Input::Theme, "documentation", 1),
        slip(Input::Partner, "documentation", 1),
        slip(Input::Theme, "medication", 3),
        slip(Input::Theme, "visits", 2),
    ];
    let looked = [Looked { input: Input::Audit, competency: "documentation".into(), count: 12, missed: 1 }];
    let found = drift(&slips, &JudgedItems::new(), &looked, RULE);
    let names: Vec<&str> = found.iter().map(|one| one.competency.as_str()).collect();
    assert_eq!(names, ["documentation", "medication"]);
    assert_eq!((found[0].found_in(), found[0].count, found[0].before), (3, 3, 2));
    assert_eq!(found[0].agreeing(), 0, "one each is too little to say that it is more than before");
    assert_eq!(found[0].looked, BTreeMap::from([(Input::Audit, Found { missed: 1, of: 12 })]));
    assert_eq!(found[0].reports, BTreeMap::from([(Input::Theme, 1), (Input::Partner, 1)]));
    assert!(found[0].items.is_empty(), "missed once");
}

#[test]
fn an_item_is_named_with_its_rate_and_two_complaints_are_a_driver() {
    let standard = Uuid::from_u128(1);
    let missed = Slips { item: Some((standard, "time".into())), ..slip(Input::Observation, "medication", 4) };
    let slips = [missed, slip(Input::Complaint, "communication", 2)];
    let judged = JudgedItems::from([((standard, "time".into()), Judged { now: 20, before: 60 })]);
    let found = drift(&slips, &judged, &[], RULE);
    assert_eq!((found[0].items[0].missed, found[0].items[0].of), (4, 20));
    assert!(found[1].complaints_repeat());
    assert!(found[1].looked.is_empty());
}

/// S4: fifty observations with two in a hundred missed, before as now, are steady practice
/// however often the threshold is reached.
#[test]
fn steady_practice_is_said_to_be_steady_and_a_rise_is_not() {
    let standard = Uuid::from_u128(1);
    let of = |count, before| Slips {
        item: Some((standard, "time".into())),
        before,
        ..slip(Input::Observation, "medication", count)
    };
    let judged = |now, before| JudgedItems::from([((standard, "time".into()), Judged { now, before })]);
    let steady = drift(&[of(3, 9)], &judged(50, 150), &[], RULE);
    assert_eq!((steady[0].change, steady[0].items[0].change), (Change::Steady, Change::Steady));
    // Twice as many looks find twice as many: that is no rise.
    let doubled = drift(&[of(6, 9)], &judged(100, 150), &[], RULE);
    assert_eq!(doubled[0].change, Change::Steady);
    let risen = drift(&[of(12, 9)], &judged(50, 150), &[], RULE);
    assert_eq!((risen[0].change, risen[0].items[0].of_before), (Change::More, 150));
    let new = drift(&[of(12, 0)], &judged(50, 0), &[], RULE);
    assert_eq!(new[0].change, Change::NotKnown, "nobody looked before");
}

#[test]
fn more_reports_of_one_source_are_more_only_beyond_chance_and_come_first() {
    let reports = |competency: &str, count, before| Slips { before, ..slip(Input::Theme, competency, count) };
    let slips = [reports("a", 9, 27), reports("b", 9, 3)];
    let found = drift(&slips, &JudgedItems::new(), &[], RULE);
    let seen: Vec<(&str, Change)> = found.iter().map(|one| (one.competency.as_str(), one.change)).collect();
    assert_eq!(seen, [("b", Change::More), ("a", Change::Steady)]);
}

/// Sources agree where they point the same way, and not where each of them found something.
#[test]
fn sources_agree_where_they_say_more_than_before_and_what_is_too_little_says_nothing() {
    let standard = Uuid::from_u128(1);
    let item = |count, before| Slips {
        item: Some((standard, "time".into())),
        before,
        ..slip(Input::Observation, "medication", count)
    };
    let reports = |input, count, before| Slips { before, ..slip(input, "medication", count) };
    let judged = JudgedItems::from([((standard, "time".into()), Judged { now: 50, before: 150 })]);
    let steady = [item(3, 9), reports(Input::Theme, 9, 27), reports(Input::Partner, 1, 0)];
    let found = drift(&steady, &judged, &[], RULE);
    assert_eq!((found[0].found_in(), found[0].agreeing(), found[0].change), (3, 0, Change::Steady));
    assert_eq!(found[0].says(Input::Observation), Some(Change::Steady));
    assert_eq!(found[0].says(Input::Theme), Some(Change::Steady));
    assert_eq!((found[0].says(Input::Partner), found[0].says(Input::Audit)), (None, None));

    let one = [item(12, 9), reports(Input::Theme, 9, 27), reports(Input::Partner, 1, 0)];
    let found = drift(&one, &judged, &[], RULE);
    assert_eq!((found[0].agreeing(), found[0].change), (1, Change::More), "one alone agrees with nobody");
    let two = [item(12, 9), reports(Input::Theme, 9, 3), reports(Input::Partner, 1, 0)];
    let found = drift(&two, &judged, &[], RULE);
    assert_eq!((found[0].agreeing(), found[0].found_in()), (2, 3));
    // Partners and families are one source: both rising are no two that agree.
    let same = [reports(Input::Partner, 9, 3), reports(Input::Complaint, 9, 3)];
    assert_eq!(drift(&same, &judged, &[], RULE)[0].agreeing(), 1);
}

proptest! {
    #[test]
    fn order_does_not_matter_and_all_are_counted(
        raw in prop::collection::vec((0_usize..5, 0_usize..3, 0_u32..4), 0..30),
    ) {
        let names = ["a", "b", "c"];
        let slips: Vec<Slips> = raw.iter().map(|(i, c, n)| slip(Input::ALL[*i], names[*c], *n)).collect();
        let mut turned = slips.clone();
        turned.reverse();
        let found = drift(&slips, &JudgedItems::new(), &[], RULE);
        prop_assert_eq!(&drift(&turned, &JudgedItems::new(), &[], RULE), &found);
        for one in &found {
            let all: u32 = slips.iter().filter(|slip| slip.competency == one.competency).map(|slip| slip.count).sum();
            prop_assert_eq!(one.count, all);
            prop_assert_eq!(one.inputs.values().sum::<u32>(), all);
            prop_assert!(one.agreeing() <= one.found_in() && one.found_in() <= 3);
            prop_assert!(one.agreeing() == 0 || one.change == Change::More);
        }
    }
}
