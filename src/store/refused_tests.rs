//! A check stays as it was, and who tried to change it is read on it.

use serde_json::json;
use uuid::Uuid;

use super::tests::{ELM, content, event, now, store};
use super::{NewEvent, Store};
use crate::practice::draft::Mark;
use crate::practice::record::State;
use crate::practice::rights::NotCounted;

const BOB: Uuid = Uuid::from_u128(0xb0b);

fn check(n: u8) -> NewEvent {
    event(n, "check.submitted", &serde_json::to_value(content(Mark::NotMet)).unwrap())
}

/// What Bob, whom the check is about, writes of it.
fn bobs(n: u8, kind: &str, of: Uuid) -> NewEvent {
    let better = json!({"of": of, "base": [of], "reason": "better", "content": content(Mark::Met)});
    NewEvent { author: BOB, ..event(n, kind, &better) }
}

const TRIED: [&str; 6] = [
    "note.amended",
    "scenario.amended",
    "handoff.withdrawn",
    "incident.withdrawn",
    "task.done",
    "note.submitted",
];

fn tried(of: Uuid) -> Vec<NewEvent> {
    TRIED.iter().zip(10..).map(|(kind, n)| bobs(n, kind, of)).collect()
}

fn why(store: &Store, thing: Uuid) -> Vec<(String, NotCounted)> {
    store.refused_for(thing).unwrap().into_iter().map(|row| (row.kind, row.why)).collect()
}

#[test]
fn the_check_stays_not_met_and_says_who_tried_to_change_it() {
    let check = check(1);
    let id = check.id;
    let mut store = store();
    store.append(std::slice::from_ref(&check), None).unwrap();
    let alone = (store.record(id).unwrap(), store.record_row(id).unwrap());
    store.append(&tried(id), None).unwrap();
    assert_eq!((store.record(id).unwrap(), store.record_row(id).unwrap()), alone);
    let record = store.record(id).unwrap().unwrap();
    assert_eq!((record.state, record.content.answers["mar"].mark), (State::Submitted, Some(Mark::NotMet)));
    use NotCounted::{Begins, Class};
    let expected = TRIED.iter().map(|kind| ((*kind).to_owned(), Class)).take(5);
    let expected: Vec<_> = expected.chain([("note.submitted".to_owned(), Begins)]).collect();
    assert_eq!(why(&store, id), expected);

    // Seen from the things' own side: none of them began anything, and nothing is of a newer version.
    assert!(store.newer(10).unwrap().rows.is_empty());
    assert_eq!(store.tasks(None).unwrap(), Vec::new());
    store.rebuild().unwrap();
    assert_eq!((store.record(id).unwrap(), store.record_row(id).unwrap()), alone);
    assert_eq!(why(&store, id), expected);
}

#[test]
fn what_comes_before_the_check_is_held_back_and_refused_once_that_is_there() {
    let check = check(1);
    let (id, mut store) = (check.id, store());
    store.append(&tried(id), None).unwrap();
    assert_eq!((store.record(id).unwrap(), why(&store, id).len()), (None, 0));
    store.append(&[check], None).unwrap();
    assert_eq!(store.record(id).unwrap().unwrap().content.answers["mar"].mark, Some(Mark::NotMet));
    assert_eq!(why(&store, id).len(), TRIED.len());
    assert_eq!(store.record_row(id).unwrap().unwrap().state, State::Submitted);
}

#[test]
fn leads_are_told_of_each_thing_once_with_its_number_for_thirty_days() {
    let (one, two) = (check(1), check(2));
    let (first, second) = (one.id, two.id);
    let mut store = store();
    store.append(&[one, two], None).unwrap();
    store.append(&tried(first), None).unwrap();
    store.append(&[bobs(30, "note.amended", second)], None).unwrap();
    let since = |days| {
        let rows = store.refused_since(now() - chrono::TimeDelta::days(days)).unwrap();
        rows.into_iter().map(|row| (row.thing, row.count)).collect::<Vec<_>>()
    };
    assert_eq!(since(30), [(second, 1), (first, 6)]);
    assert_eq!(since(-1), []);
}

#[test]
fn an_older_version_took_a_report_that_names_another_for_one_of_its_own() {
    let report = |words: &str, of: Option<Uuid>| {
        let mut body = json!({"category": "fall", "happened_at": now(), "words": words});
        if let Some(of) = of {
            body["of"] = json!(of);
        }
        body
    };
    let mut store = store();
    let first = event(1, "incident.reported", &report("She fell", None));
    let again = event(2, "incident.reported", &report("Nothing happened", Some(first.id)));
    let (thing, second) = (first.id, again.id);
    store.append(&[first, again], None).unwrap();
    // As it stood in the log of an older version.
    store.db.execute("UPDATE event SET about = id", []).unwrap();
    store.rebuild().unwrap();
    assert_eq!(store.follow_up(thing).unwrap().unwrap().title(), "She fell");
    assert_eq!(store.follow_up(second).unwrap(), None);
    assert_eq!(why(&store, thing), [("incident.reported".to_owned(), NotCounted::Begins)]);
}

#[test]
fn a_person_is_set_by_person_set_alone() {
    let mut store = store();
    let set = |n, kind: &str, name: &str, site: Option<Uuid>, role: &str| {
        let body = json!({"person": BOB, "name": name, "role": role, "sites": [ELM], "active": true});
        NewEvent { site, subject: None, ..event(n, kind, &body) }
    };
    store.append(&[set(1, "person.set", "Bob", None, "staff")], None).unwrap();
    let known = store.person(BOB).unwrap();
    for (n, kind, site) in
        [(2, "person.published", None), (3, "person.moved", None), (4, "person.set", Some(ELM))]
    {
        store.append(&[set(n, kind, "Robert", site, "admin")], None).unwrap();
        assert_eq!(store.person(BOB).unwrap(), known, "{kind}");
    }
}
