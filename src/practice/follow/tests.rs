//! Any order of the same events comes to the same; nothing is proven by being said.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::practice::draft::Shift;
use crate::practice::record;
use crate::practice::setting::Setting;
use crate::record::{Draft, Line, id_at};

pub(super) const SAM: Uuid = Uuid::from_u128(0xa);
pub(super) const BO: Uuid = Uuid::from_u128(0xb);
pub(super) const STANDARD: Uuid = Uuid::from_u128(0x5);

pub(super) fn at(n: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-02T07:00:00-05:00").unwrap() + TimeDelta::hours(n)
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An event, its id taken from the hour it was written in.
pub(super) fn event(hour: i64, step: &Step) -> Line {
    event_by(hour, step, SAM)
}

pub(super) fn event_by(hour: i64, step: &Step, author: Uuid) -> Line {
    let id = id(hour);
    let body = step.body().unwrap();
    let draft = Draft {
        id,
        replica: SAM,
        seq: 1,
        at: at(hour),
        author,
        kind: step.kind(),
        site: Some(Uuid::from_u128(0xe)),
        subject: Some(BO),
        org: None,
        body: &body,
    };
    draft.write().unwrap()
}

pub(super) fn id(hour: i64) -> Uuid {
    id_at(&at(hour), &[u8::try_from(hour).unwrap(); 10])
}

pub(super) fn cycle(evidence: Evidence) -> Step {
    Step::CycleOpened(CycleOpened {
        standard: STANDARD,
        competency: "medication".into(),
        weakness: "Signs before giving".into(),
        expected: "Signs after giving".into(),
        evidence,
        due: day("2026-11-16"),
        origin: Origin::Hand,
        live_by: Vec::new(),
        shifts: Vec::new(),
    })
}

pub(super) fn validated(record: u128, mode: Mode) -> Step {
    Step::CycleValidated(CycleValidated { of: id(0), record: Uuid::from_u128(record), mode })
}

pub(super) fn closed(outcome: CycleOutcome) -> Step {
    Step::CycleClosed(CycleClosed { of: id(0), outcome, note: "Done".into() })
}

pub(super) fn seen(hour: i64, passed: bool) -> Seen {
    Seen {
        subject: Some(BO),
        standard: STANDARD,
        happened_at: at(hour),
        state: record::State::Submitted,
        passed: Some(passed),
        setting: Some(Setting::Live),
        unseen: Vec::new(),
        missed: Vec::new(),
    }
}

pub(super) fn folded(steps: &[(i64, Step)], records: &BTreeMap<u128, Seen>) -> FollowUp {
    let lines: Vec<Line> = steps.iter().map(|(hour, step)| event(*hour, step)).collect();
    let look = |record: Uuid| records.get(&record.as_u128()).cloned();
    fold(lines.iter().map(|line| line.envelope().unwrap()), &look).unwrap()
}

pub(super) const TWO_ONE_LIVE: Evidence =
    Evidence { validations: 2, live: 1, notes: 0, confirmations: 0, shifts: 0, reflections: 0 };

#[test]
fn a_cycle_closes_with_its_evidence_and_comes_open_again_when_that_is_taken_back() {
    let steps = [
        (0, cycle(TWO_ONE_LIVE)),
        (1, validated(1, Mode::Simulated)),
        (2, validated(2, Mode::Live)),
        (3, closed(CycleOutcome::Met)),
    ];
    let call = Seen { setting: Some(Setting::Simulated), ..seen(1, true) };
    let mut records = BTreeMap::from([(1, call.clone()), (2, seen(2, true))]);
    assert_eq!(folded(&steps, &records).state, State::Closed);

    // The live one has not arrived: closing it was said, and is not proven here yet.
    let without = BTreeMap::from([(1, call)]);
    let early = folded(&steps, &without);
    assert_eq!((early.state, early.proof.missing.len()), (State::Unproven, 1));

    records.get_mut(&2).unwrap().state = record::State::Withdrawn;
    let taken_back = folded(&steps, &records);
    assert_eq!(taken_back.state, State::Unproven);
    assert_eq!(taken_back.wanting().live, 1);
    assert_eq!(taken_back.due, Some(day("2026-11-16")));
}

#[test]
fn a_simulated_call_never_counts_as_live_whatever_somebody_calls_it() {
    let steps = [
        (0, cycle(TWO_ONE_LIVE)),
        (1, validated(1, Mode::Live)),
        (2, validated(2, Mode::Live)),
        (3, closed(CycleOutcome::Met)),
    ];
    let simulated = |hour| Seen { setting: Some(Setting::Simulated), ..seen(hour, true) };
    let both = folded(&steps, &BTreeMap::from([(1, simulated(1)), (2, simulated(2))]));
    assert_eq!((both.proof.has.validations, both.proof.has.live), (2, 0));
    assert_eq!((both.state, both.wanting().live), (State::Unproven, 1));
    let one_live = folded(&steps, &BTreeMap::from([(1, simulated(1)), (2, seen(2, true))]));
    assert_eq!((one_live.state, one_live.proof.has.live), (State::Closed, 1));
}

#[test]
fn what_was_shown_before_the_last_miss_closes_nothing() {
    let steps = [
        (0, cycle(TWO_ONE_LIVE)),
        (1, validated(1, Mode::Live)),
        (2, validated(2, Mode::Live)),
        (3, validated(3, Mode::Live)),
    ];
    let records = BTreeMap::from([(1, seen(1, true)), (2, seen(2, true)), (3, seen(9, false))]);
    let slipped = folded(&steps, &records);
    assert_eq!(slipped.wanting(), Evidence { validations: 1, ..Evidence::default() });
    let close = closed(CycleOutcome::Met);
    assert_eq!(check(&close, Some(&slipped)), Err(Wanting::Evidence { wanting: slipped.wanting() }));
    // Dated before the two that passed, it is a miss that was coached away.
    let records = BTreeMap::from([(1, seen(1, true)), (2, seen(2, true)), (3, seen(0, false))]);
    assert_eq!(check(&close, Some(&folded(&steps, &records))), Ok(()));
}

#[test]
fn somebody_elses_observation_another_standard_and_the_same_one_twice_prove_nothing_more() {
    let steps = [
        (0, cycle(TWO_ONE_LIVE)),
        (1, validated(1, Mode::Live)),
        (2, validated(1, Mode::Simulated)),
        (3, validated(2, Mode::Live)),
        (4, validated(3, Mode::Live)),
    ];
    let other_person = Seen { subject: Some(SAM), ..seen(2, true) };
    let other_standard = Seen { standard: SAM, ..seen(3, true) };
    let records = BTreeMap::from([(1, seen(4, true)), (2, other_person), (3, other_standard)]);
    let proof = folded(&steps, &records).proof;
    assert_eq!(proof.has, Evidence { validations: 1, live: 1, ..Evidence::default() });
    assert_eq!(proof.failed.len(), 2);
}

#[test]
fn two_weeks_of_shadow_escalation_count_the_choices_that_were_confirmed() {
    let confirmed = |agreed| {
        let text = "Called on-call at 22:10".to_owned();
        let session = CycleSession::new(id(0), SessionKind::Confirmation, text);
        Step::CycleSession(CycleSession { agreed: Some(agreed), ..session })
    };
    let asked = Evidence { confirmations: 2, ..Evidence::default() };
    let steps = [(0, cycle(asked)), (1, confirmed(true)), (2, confirmed(false))];
    assert_eq!(folded(&steps, &BTreeMap::new()).wanting().confirmations, 1);
}

#[test]
fn nobody_confirms_their_own_shifts() {
    let on = ShiftOn { day: day("2026-11-04"), shift: Shift::Night };
    let mut opened = cycle(Evidence { confirmations: 1, ..Evidence::default() });
    if let Step::CycleOpened(body) = &mut opened {
        body.shifts = vec![on];
    }
    let session = CycleSession::new(id(0), SessionKind::Confirmation, "Rang at 22:10".into());
    let confirmed = Step::CycleSession(CycleSession { on: Some(on), agreed: Some(true), ..session });
    let own = |by: Uuid| {
        let lines = [event(0, &opened), event_by(1, &confirmed, by)];
        let lines = lines.iter().map(|line| line.envelope().unwrap());
        fold(lines, &|_| None).unwrap().wanting()
    };
    assert_eq!(own(BO), Evidence { confirmations: 1, shifts: 1, ..Evidence::default() });
    assert!(own(SAM).is_none());
}

#[test]
fn the_graver_gap_stands_until_somebody_who_saw_both_settles_it() {
    let reported = Step::IncidentReported(IncidentReported {
        near_miss: false,
        category: Category::Medication,
        happened_at: at(0),
        words: "Evening dose at 22:40".into(),
        person_code: "E-4".into(),
        competency: String::new(),
        outcomes: Vec::new(),
        harm: Some("C".into()),
        record: None,
        visit_at: None,
        practice_of: None,
    });
    let classified = |gap, base: Vec<Uuid>| {
        Step::Classified(Classified {
            of: id(0),
            base,
            gap,
            competency: "medication".into(),
            category: None,
            note: String::new(),
        })
    };
    let gap = |steps: &[(i64, Step)]| match folded(steps, &BTreeMap::new()).about {
        About::Report(report) => (report.gap, report.tips.len(), report.reportable),
        other => panic!("{other:?}"),
    };
    let mut steps = vec![(0, reported)];
    assert_eq!(gap(&steps), (None, 0, false));
    steps.push((1, classified(Gap::Workflow, Vec::new())));
    steps.push((2, classified(Gap::Knowledge, Vec::new())));
    assert_eq!(gap(&steps), (Some(Gap::Workflow), 2, false));
    steps.push((3, classified(Gap::Knowledge, vec![id(1), id(2)])));
    assert_eq!(gap(&steps), (Some(Gap::Knowledge), 1, false));
}

#[test]
fn what_has_to_be_reported_outside() {
    use Outcome::{Hospital, Injury};
    assert!(is_reportable(false, Category::Neglect, &[]));
    assert!(is_reportable(false, Category::Medication, &[Hospital]));
    assert!(!is_reportable(false, Category::Medication, &[Injury]));
    assert!(!is_reportable(true, Category::Neglect, &[]));
    assert!(!is_reportable(false, Category::Fall, &[Hospital]));
    let by_harm = |harm| is_reportable(false, Category::Medication, &led_to(&[], Some(harm)));
    assert!(by_harm("F"), "a stay in hospital");
    assert!(by_harm("I"), "a death");
    assert!(!by_harm("E"), "harm without one of those");
}

#[test]
fn training_alone_answers_a_knowledge_gap_only() {
    assert!(ActionKind::Retraining.misses(Gap::Workflow));
    assert!(ActionKind::Retraining.misses(Gap::Accountability));
    assert!(!ActionKind::Retraining.misses(Gap::Knowledge));
    assert!(!ActionKind::WorkflowChange.misses(Gap::Workflow));
}

#[test]
fn a_schedule_is_looked_at_shift_by_shift_and_a_shift_without_a_choice_counts_as_looked_at() {
    let on = |n: u32| ShiftOn { day: day(&format!("2026-11-{n:02}")), shift: Shift::Night };
    let mut opened = cycle(Evidence { confirmations: 1, ..Evidence::default() });
    if let Step::CycleOpened(body) = &mut opened {
        body.shifts = vec![on(4), on(3)];
    }
    let look = |on, agreed| {
        let session = CycleSession::new(id(0), SessionKind::Confirmation, "Rang at 22:10".into());
        Step::CycleSession(CycleSession { on: Some(on), agreed, ..session })
    };
    let mut steps = vec![(0, opened), (1, look(on(4), None)), (2, look(on(9), Some(true)))];
    let first = folded(&steps, &BTreeMap::new());
    assert_eq!(first.open_shifts(), [on(3)]);
    // A shift that is not on the schedule is a confirmed choice all the same.
    assert_eq!(first.wanting(), Evidence { shifts: 1, ..Evidence::default() });
    steps.push((3, look(on(3), Some(false))));
    assert!(folded(&steps, &BTreeMap::new()).wanting().is_none());
}

/// An observation that did not look at what was coached is no evidence of it, and no slip.
#[test]
fn what_was_coached_has_to_be_seen() {
    let mut opened = cycle(TWO_ONE_LIVE);
    if let Step::CycleOpened(body) = &mut opened {
        body.origin = Origin::Miss { record: id(9), items: vec!["dose".into()] };
    }
    let looked_away = Seen { unseen: vec!["dose".into()], ..seen(2, true) };
    let records = BTreeMap::from([(1, seen(1, true)), (2, looked_away)]);
    let steps = [(0, opened), (1, validated(1, Mode::Live)), (2, validated(2, Mode::Live))];
    let proof = folded(&steps, &records).proof;
    assert_eq!(proof.has, Evidence { validations: 1, live: 1, ..Evidence::default() });
    assert_eq!((proof.failed.len(), proof.slipped), (1, false));
}

/// A question about it takes nothing back, and what was not judged shows neither that it was met nor a slip.
#[test]
fn what_is_asked_about_counts_and_what_is_not_judged_shows_nothing() {
    let steps = [(0, cycle(TWO_ONE_LIVE)), (1, validated(1, Mode::Live)), (2, validated(2, Mode::Live))];
    let asked = Seen { state: record::State::Returned, ..seen(1, true) };
    let open = Seen { passed: None, ..seen(2, true) };
    let proof = folded(&steps, &BTreeMap::from([(1, asked), (2, open)])).proof;
    assert_eq!(proof.has, Evidence { validations: 1, live: 1, ..Evidence::default() });
    assert_eq!((proof.failed.len(), proof.slipped), (1, false));
}

#[test]
fn another_standard_stands_for_it_live_and_only_live() {
    let other = Uuid::from_u128(0x6);
    let mut opened = cycle(TWO_ONE_LIVE);
    if let Step::CycleOpened(body) = &mut opened {
        body.live_by = vec![other];
    }
    let counted = |setting| {
        let by_other = Seen { standard: other, setting: Some(setting), ..seen(1, true) };
        let steps = [(0, opened.clone()), (1, validated(1, Mode::Live))];
        folded(&steps, &BTreeMap::from([(1, by_other)])).proof.has
    };
    assert_eq!(counted(Setting::Live), Evidence { validations: 1, live: 1, ..Evidence::default() });
    assert_eq!(counted(Setting::Simulated), Evidence::default());
}

#[test]
fn a_visit_at_risk_keeps_its_steps_in_order_and_missed_it_is_no_near_miss() {
    let reported = Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: Category::MissedVisit,
        happened_at: at(0),
        words: "Worker not coming".into(),
        person_code: "E-4".into(),
        competency: "visits".into(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: Some(at(2)),
        practice_of: None,
    });
    let logged = |work| {
        Step::IncidentLogged(IncidentLogged {
            of: id(0),
            work,
            done_at: None,
            note: "17:10".into(),
            who: None,
        })
    };
    let report = |steps: &[(i64, Step)]| match folded(steps, &BTreeMap::new()).about {
        About::Report(report) => report,
        other => panic!("{other:?}"),
    };
    let mut steps = vec![(0, reported), (1, logged(Work::PersonContacted))];
    let left = [Work::SupervisorTold, Work::AttemptWritten, Work::CoverInPlace];
    assert_eq!((report(&steps).visit_steps(), report(&steps).near_miss), (left.to_vec(), true));
    steps.push((2, logged(Work::VisitMissed)));
    assert_eq!((report(&steps).visit_steps(), report(&steps).near_miss), (Vec::new(), false));
}

proptest! {
    #[test]
    fn any_order_of_the_same_events_comes_to_the_same(
        order in Just((0..10usize).collect::<Vec<_>>()).prop_shuffle(),
        passed in proptest::collection::vec(any::<bool>(), 3),
    ) {
        let steps = [
            (0, cycle(TWO_ONE_LIVE)),
            (1, validated(1, Mode::Live)),
            (2, validated(1, Mode::Simulated)),
            (3, validated(2, Mode::Live)),
            (4, validated(3, Mode::Simulated)),
            (5, Step::CycleExtended(CycleExtended { of: id(0), due: day("2026-11-20"), reason: "Leave".into() })),
            (6, Step::CycleExtended(CycleExtended { of: id(0), due: day("2026-11-18"), reason: "Shift".into() })),
            (7, closed(CycleOutcome::Met)),
            (8, Step::CycleSession(CycleSession {
                agreed: Some(true),
                on: Some(ShiftOn { day: day("2026-11-03"), shift: Shift::Late }),
                ..CycleSession::new(id(0), SessionKind::Confirmation, "Rang".into())
            })),
            (9, Step::CycleSession(CycleSession {
                reflection: Some(Reflection::default()),
                ..CycleSession::new(id(0), SessionKind::Reflection, String::new())
            })),
        ];
        let records: BTreeMap<u128, Seen> =
            (1..).zip(&passed).map(|(n, passed)| (n, seen(i64::try_from(n).unwrap(), *passed))).collect();
        let shuffled: Vec<(i64, Step)> = order.iter().map(|index| steps[*index].clone()).collect();
        prop_assert_eq!(folded(&steps, &records), folded(&shuffled, &records));
    }
}

#[test]
fn a_day_that_is_chosen_is_still_to_come_and_one_that_stood_there_can_be_handed_on() {
    let opened = cycle(Evidence { validations: 1, ..Evidence::default() });
    assert_eq!(check_day(&opened, None, day("2026-11-16")), Ok(()));
    assert_eq!(check_day(&opened, None, day("2026-11-17")), Err(Wanting::PastDay));
    let reassigned = |due: &str| {
        Step::ActionReassigned(ActionReassigned {
            of: id(0),
            owner: BO,
            due: day(due),
            reason: "Away".into(),
        })
    };
    let mut known = folded(&[(0, opened.clone())], &BTreeMap::new());
    known.due = Some(day("2026-11-16"));
    let today = day("2026-12-01");
    assert_eq!(check_day(&reassigned("2026-11-16"), Some(&known), today), Ok(()));
    assert_eq!(check_day(&reassigned("2026-11-17"), Some(&known), today), Err(Wanting::PastDay));
}
