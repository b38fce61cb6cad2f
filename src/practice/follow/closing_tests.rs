//! What closes something is what was asked of it, and an action closes once it was carried out.

use std::collections::BTreeMap;

use super::super::tests::{BO, STANDARD, at, cycle, day, folded, id, seen, validated};
use super::super::{
    ActionClosed, ActionKind, ActionOpened, ActionUpdated, Evidence, Gap, Mode, Origin, RestrictionPlaced,
    RestrictionReviewed, Seen, Step, Wanting, check,
};
use super::*;
use crate::practice::record;

const ONE_LIVE: Evidence =
    Evidence { validations: 1, live: 1, notes: 0, confirmations: 0, shifts: 0, reflections: 0 };

fn restriction(items: &[&str]) -> Step {
    Step::RestrictionPlaced(RestrictionPlaced {
        duties: "No round alone".into(),
        why: "Two late doses".into(),
        competency: "medication".into(),
        standard: Some(STANDARD),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        evidence: ONE_LIVE,
        review_days: 7,
        action: None,
    })
}

fn action(items: &[&str], evidence: Evidence) -> Step {
    Step::ActionOpened(ActionOpened {
        title: "One list".into(),
        kind: ActionKind::WorkflowChange,
        gap: Gap::Workflow,
        competency: "medication".into(),
        category: None,
        reports: Vec::new(),
        owner: BO,
        due: day("2026-11-16"),
        high_risk: false,
        standard: Some(STANDARD),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        evidence,
        watch_days: 90,
    })
}

fn shown(record: u128) -> Step {
    Step::RestrictionReviewed(RestrictionReviewed {
        of: id(0),
        note: "Seen".into(),
        record: Some(id_of(record)),
        mode: Some(Mode::Live),
    })
}

fn updated(done: bool, record: Option<u128>) -> Step {
    let (record, mode) = (record.map(id_of), record.map(|_| Mode::Live));
    Step::ActionUpdated(ActionUpdated { of: id(0), note: "Printed".into(), done, record, mode })
}

fn id_of(record: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(record)
}

fn ended(not_carried_out: bool) -> Step {
    Step::ActionClosed(ActionClosed { of: id(0), note: "Why".into(), not_carried_out })
}

/// A look that met the standard counts for what names an item only where it saw and met that item; one that
/// missed it is a slip, and one that did not see it is neither.
#[test]
fn what_names_an_item_is_shown_by_looks_that_saw_and_met_it() {
    let mut by_miss = cycle(ONE_LIVE);
    let mut by_action = cycle(ONE_LIVE);
    let dose = || vec!["dose".to_owned()];
    if let (Step::CycleOpened(one), Step::CycleOpened(other)) = (&mut by_miss, &mut by_action) {
        one.origin = Origin::Miss { record: id(9), items: dose() };
        other.origin = Origin::Action { action: id(8), items: dose() };
    }
    let past = Seen { unseen: dose(), ..seen(2, true) };
    let missed = Seen { missed: dose(), ..seen(2, true) };
    let reviewed = Seen { missed: dose(), state: record::State::Meets, ..seen(2, true) };
    let ways = [
        (by_miss, validated(1, Mode::Live)),
        (by_action, validated(1, Mode::Live)),
        (restriction(&["dose"]), shown(1)),
        (action(&["dose"], ONE_LIVE), updated(false, Some(1))),
    ];
    for (opened, points) in ways {
        let with = |seen: &Seen| {
            let steps = [(0, opened.clone()), (1, points.clone())];
            let follow = folded(&steps, &BTreeMap::from([(1, seen.clone())]));
            (follow.wanting().is_none(), follow.proof.slipped)
        };
        assert_eq!(with(&seen(2, true)), (true, false), "{opened:?}");
        assert_eq!(with(&past), (false, false), "{opened:?}");
        assert_eq!(with(&missed), (false, true), "{opened:?}");
        assert_eq!(with(&reviewed), (true, false), "{opened:?}");
    }
    // Nothing named: the whole standard says it.
    let whole = [(0, restriction(&[])), (1, shown(1))];
    assert!(folded(&whole, &BTreeMap::from([(1, past)])).wanting().is_none());
}

#[test]
fn an_action_that_nobody_carried_out_is_not_closed_and_ends_with_its_reason() {
    let none = BTreeMap::new();
    let nothing = Evidence::default();
    let opened = folded(&[(0, action(&[], nothing)), (1, updated(false, None))], &none);
    assert_eq!(check(&ended(false), Some(&opened)), Err(Wanting::NotCarriedOut));
    assert_eq!(check(&ended(true), Some(&opened)), Ok(()));
    let silent = ActionClosed { of: id(0), note: " ".into(), not_carried_out: true };
    assert!(matches!(check(&Step::ActionClosed(silent), Some(&opened)), Err(Wanting::Words { .. })));
    // It asks for no evidence: nothing is proven by it.
    let asked = folded(&[(0, action(&[], ONE_LIVE))], &none);
    assert_eq!(check(&ended(true), Some(&asked)), Ok(()));
    let done = folded(&[(0, action(&[], nothing)), (1, updated(true, None))], &none);
    assert_eq!(check(&ended(false), Some(&done)), Ok(()));
    assert_eq!(check(&ended(true), Some(&done)), Err(Wanting::CarriedOut));

    let given_up = folded(&[(0, action(&[], nothing)), (2, ended(true))], &none);
    assert_eq!((given_up.state, given_up.ended_at), (State::Stopped, Some(at(2))));
    assert_eq!((given_up.carried_out_at, given_up.due), (None, None));
}

/// Of two who did not know of each other: whoever ended it as not carried out is put right by whoever did
/// carry it out, and stands before whoever closed it with no word of that.
#[test]
fn ended_as_not_carried_out_it_goes_on_where_somebody_had_carried_it_out() {
    let stands = |steps: &[(i64, Step)]| {
        let all: Vec<(i64, Step)> =
            std::iter::once((0, action(&[], Evidence::default()))).chain(steps.iter().cloned()).collect();
        let backwards: Vec<(i64, Step)> = all.iter().rev().cloned().collect();
        let follow = folded(&all, &BTreeMap::new());
        assert_eq!(follow, folded(&backwards, &BTreeMap::new()));
        (follow.state, follow.ended_at)
    };
    assert_eq!(stands(&[(1, updated(true, None)), (2, ended(true))]), (State::Worked, None));
    assert_eq!(stands(&[(1, ended(true)), (2, updated(true, None))]), (State::Worked, None));
    let all = [(1, updated(true, None)), (2, ended(true)), (3, ended(false))];
    assert_eq!(stands(&all), (State::Closed, Some(at(3))));
    assert_eq!(stands(&[(1, ended(false)), (2, ended(true))]), (State::Stopped, Some(at(2))));
    // An older version closed it without a word of that: it stands.
    assert_eq!(stands(&[(1, ended(false))]), (State::Closed, Some(at(1))));
}

#[test]
fn an_action_that_was_closed_is_not_proven_while_anybody_is_not_re_validated() {
    let steps = [(0, action(&[], Evidence::default())), (1, updated(true, None)), (2, ended(false))];
    let closed = folded(&steps, &BTreeMap::new());
    let held = closed.clone().with_still_open(1, Revalidation { of: 2, not_met: 1 });
    assert_eq!((held.state, held.due), (State::Unproven, Some(day("2026-11-16"))));
    assert_eq!(check(&ended(false), Some(&held)), Err(Wanting::StillOpen { n: 1 }));
    let all = closed.with_still_open(0, Revalidation { of: 2, not_met: 0 });
    assert_eq!((all.state, all.due), (State::Closed, None));
}
