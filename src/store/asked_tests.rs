//! A look by a version that does not ask an item saw nothing of it, and an action stands by its people.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::practice::draft::{Answer, Coaching, Content, Mark};
use crate::practice::follow::{Evidence, Revalidation, State};
use crate::practice::record;
use crate::practice::standard::{Class, Form, Item, Standard};
use crate::store::tests::{BOB, ELM, event, store, streams, take};
use crate::store::{NewEvent, Store};

/// The starter with "mar" in it, and a version of it that asks "seal" instead.
fn versions(store: &Store) -> (Standard, Standard) {
    let first = store.standard(store.standards().unwrap()[0].standard).unwrap().unwrap();
    let mut second = first.clone();
    second.version = 2;
    let mar = second.items.iter_mut().find(|item| item.id == "mar").unwrap();
    (mar.id, mar.text) = ("seal".into(), "Seal is whole".into());
    (first, second)
}

fn published(n: u8, standard: &Standard) -> NewEvent {
    let body = serde_json::to_value(standard).unwrap();
    NewEvent { site: None, subject: None, ..event(n, "standard.published", &body) }
}

/// A check by a version: all of it met, but for these.
fn looked(n: u8, standard: &Standard, but: &[(&str, Mark)]) -> NewEvent {
    let mut content = Content::new(standard.reference());
    for item in standard.items.iter().filter(|item| item.form == Form::Mark) {
        let mark = but.iter().find(|(id, _)| *id == item.id).map_or(Mark::Met, |(_, mark)| *mark);
        content.answers.insert(item.id.clone(), Answer::mark(mark));
    }
    event(n, "check.submitted", &serde_json::to_value(content).unwrap())
}

#[test]
fn a_re_check_ends_only_with_its_item_or_with_the_whole_where_that_is_no_longer_asked() {
    let mut store = store();
    take(&mut store, streams());
    let (first, second) = versions(&store);
    let mut content = Content::new(first.reference());
    content.answers.insert("mar".into(), Answer::mark(Mark::NotMet));
    content.coaching = vec![Coaching {
        item: "mar".into(),
        look_again: Some("2026-11-25".parse().unwrap()),
        ..Coaching::default()
    }];
    let author = crate::store::tests::ALICE;
    let coached = event(70, "check.submitted", &serde_json::to_value(content).unwrap());
    store.append(&[coached], None).unwrap();
    let owed = |store: &Store| -> Vec<bool> {
        store.look_agains(author, false).unwrap().iter().map(|look| look.gone).collect()
    };
    assert_eq!(owed(&store), [false]);
    store.append(&[published(71, &second)], None).unwrap();
    assert_eq!(owed(&store), [true], "it is said that nobody can see it again");
    // Nothing of it was judged, by either version.
    let nothing: Vec<(&str, Mark)> =
        second.items.iter().map(|item| (item.id.as_str(), Mark::NotSeen)).collect();
    store
        .append(&[looked(72, &second, &nothing), looked(73, &first, &[("mar", Mark::NotSeen)])], None)
        .unwrap();
    assert_eq!(owed(&store), [true]);
    store.append(&[looked(74, &second, &[])], None).unwrap();
    assert_eq!(owed(&store), [] as [bool; 0]);
}

/// What lifts a restriction that names `item`, of a look by each version.
fn wanting(item: &str, by_newest: bool) -> Evidence {
    let mut store = store();
    take(&mut store, streams());
    let (first, second) = versions(&store);
    let placed = json!({
        "duties": "No round alone", "why": "Late", "standard": first.standard, "items": [item],
        "evidence": {"validations": 1},
    });
    let placed = event(70, "restriction.placed", &placed);
    let look = looked(71, if by_newest { &second } else { &first }, &[]);
    let body = json!({"of": placed.id, "note": "Seen", "record": look.id, "mode": "live"});
    let lines = [placed.clone(), look, event(72, "restriction.reviewed", &body)];
    store.append(&lines, None).unwrap();
    // It comes last: what it asks changes what the look was.
    store.append(&[published(73, &second)], None).unwrap();
    store.follow_up(placed.id).unwrap().unwrap().wanting()
}

#[test]
fn a_look_by_a_version_that_does_not_ask_the_item_yet_shows_nothing_of_it() {
    let one = Evidence { validations: 1, ..Evidence::default() };
    assert_eq!(wanting("seal", false), one, "the version that was used did not ask it");
    assert!(wanting("seal", true).is_none());
    assert!(wanting("mar", false).is_none());
    assert!(wanting("mar", true).is_none(), "nobody can see it any more: the whole standard says it");
}

#[test]
fn a_named_item_says_whether_the_standard_still_asks_it() {
    let mut store = store();
    take(&mut store, streams());
    let (first, second) = versions(&store);
    store.append(&[published(71, &second)], None).unwrap();
    let named = |id: &str| store.named_item(first.standard, id).unwrap();
    assert!(named("mar").gone && !named("mar").text.is_empty());
    assert_eq!((named("seal").text.get("en"), named("seal").gone), ("Seal is whole", false));
    assert_eq!((named("no such").text.get("en"), named("no such").gone), ("no such", false));
}

/// It is derived again whoever it was that changed: what it opened, or who works there.
#[test]
fn an_action_that_was_closed_stands_as_long_as_nobody_there_is_not_re_validated() {
    let mut store = store();
    take(&mut store, streams());
    let opened = json!({
        "title": "One list", "kind": "retraining", "gap": "knowledge", "competency": "medication",
        "owner": BOB, "due": "2026-12-06",
    });
    let action = event(70, "action.opened", &opened);
    let goes_on = |n: u8, kind: &str, body: Value| event(n, kind, &body);
    let done = goes_on(71, "action.updated", json!({"of": action.id, "done": true, "note": "Said"}));
    let closed = goes_on(72, "action.closed", json!({"of": action.id, "note": "Done"}));
    store.append(&[action.clone(), done, closed], None).unwrap();
    let stands = |store: &Store| {
        let rows = store.follow_up_rows("follow_up.id = ?1", &[&action.id]).unwrap();
        let follow = &rows[0].follow;
        let holding = store.holding_open(action.id, follow.site).unwrap();
        assert_eq!(holding.len(), usize::try_from(follow.still_open).unwrap());
        (follow.state, follow.revalidation)
    };
    let nobody = Revalidation::default();
    assert_eq!(stands(&store), (State::Closed, nobody));
    // Somebody else had coached Bob for it, and ended that early.
    let body = json!({
        "standard": Uuid::from_u128(0x57), "weakness": "Signs early", "expected": "Signs after",
        "evidence": {"validations": 1}, "due": "2026-12-06", "origin": {"from": "action", "action": action.id},
    });
    let cycle = event(80, "cycle.opened", &body);
    let ended = goes_on(81, "cycle.closed", json!({"of": cycle.id, "outcome": "stopped", "note": "Leave"}));
    store.append(&[cycle, ended], None).unwrap();
    assert_eq!(stands(&store), (State::Unproven, Revalidation { of: 1, not_met: 1 }));
    // Who left shows it to nobody.
    let bob = |n: u8, active: bool| {
        let body = json!({"person": BOB, "name": "Bob", "role": "staff", "sites": [ELM], "active": active});
        event(n, "person.set", &body)
    };
    store.append(&[bob(90, false)], None).unwrap();
    assert_eq!(stands(&store), (State::Closed, nobody));
    store.append(&[bob(91, true)], None).unwrap();
    assert_eq!(stands(&store).0, State::Unproven);
}

/// U4: also where the standard arrives after the review, and whichever device wrote the line.
#[test]
fn a_review_that_accepts_a_critical_miss_leaves_the_record_to_be_reviewed() {
    let mut store = store();
    take(&mut store, streams());
    let (mut case, _) = versions(&store);
    let review = case.items.iter().find(|item| item.form == Form::Mark).unwrap().clone();
    case.standard = Uuid::from_u128(0xca5e);
    (case.class, case.review) = (Class::Scenario, vec![Item { critical: true, ..review }]);
    let content = serde_json::to_value(Content::new(case.reference())).unwrap();
    let written = NewEvent { author: BOB, ..event(72, "scenario.submitted", &content) };
    let record = written.id;
    let reviewed = |n, mark: &str| {
        let answers = json!({&case.review[0].id: {"mark": mark}});
        let review = json!({"outcome": "meets", "answers": answers, "feedback": "f"});
        event(n, "scenario.reviewed", &json!({"of": record, "base": [record], "review": review}))
    };
    store.append(&[written, reviewed(73, "not_met")], None).unwrap();
    let states = |store: &Store| {
        (store.record(record).unwrap().unwrap().state, store.record_row(record).unwrap().unwrap().state)
    };
    let waits = (record::State::AwaitingReview, record::State::AwaitingReview);
    store.append(&[published(74, &case)], None).unwrap();
    assert_eq!(states(&store), waits);
    store.append(&[reviewed(75, "met")], None).unwrap();
    assert_eq!(states(&store), (record::State::Meets, record::State::Meets));
}
