//! What a fork carries over: references and nothing else, in a time that grows with the lines alone.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::tests::{numbered, store};
use super::copy_of;
use crate::record::{Line, LineError, MAX_LINE_BYTES, ROOM_FOR_COPY, id_at};
use crate::store::{NewEvent, StoreError};

fn new_ids() -> impl FnMut(&chrono::DateTime<chrono::FixedOffset>) -> Uuid {
    let mut n = 0_u128;
    move |at| {
        n += 1;
        let bytes = (1_000_000 + n).to_be_bytes();
        id_at(at, &bytes[6..].try_into().unwrap())
    }
}

fn body_of(line: &str) -> Value {
    serde_json::from_str(Line::read(line).unwrap().body.get()).unwrap()
}

#[test]
fn references_are_carried_over_and_what_people_wrote_is_not_touched() {
    let mut store = store();
    let first = numbered(1, "incident.reported", &json!({"near_miss": true}));
    let elsewhere = Uuid::from_u128(0xe15e);
    let note = format!("See {} on the old phone", first.id);
    let second = numbered(
        2,
        "action.opened",
        &json!({
            "of": first.id, "base": [first.id, elsewhere], "reports": [first.id],
            "origin": {"report": {"report": first.id}}, "note": note, "count": 2, "open": null,
        }),
    );
    store.append(&[first.clone(), second.clone()], None).unwrap();
    store.fork(Uuid::from_u128(2), new_ids()).unwrap();
    let lines = store.lines_after(&store.own().unwrap(), 0, 10, 1_000_000).unwrap();
    let copy = Line::read(&lines[0]).unwrap().id;
    assert_ne!(copy, first.id);
    assert_eq!(body_of(&lines[0]), json!({"near_miss": true, "copied_from": first.id}));
    assert_eq!(
        body_of(&lines[1]),
        json!({
            "of": copy, "base": [copy, elsewhere], "reports": [copy],
            "origin": {"report": {"report": copy}}, "note": note, "count": 2, "open": null,
            "copied_from": second.id,
        })
    );
}

/// What is as long as a line may be is refused when it is written, not when it has to be copied; and what an
/// older version wrote so long goes on all the same.
#[test]
fn a_line_leaves_room_for_its_copy() {
    let mut store = store();
    let note = |n: u32, length: usize| {
        numbered(n, "incident.reported", &json!({"near_miss": true, "words": "x".repeat(length)}))
    };
    let short =
        store.append(&[note(1, 1)], None).map(|()| store.lines_after(&store.own().unwrap(), 0, 10, 100_000));
    let rest = MAX_LINE_BYTES - short.unwrap().unwrap()[0].len() + 1;
    let full = store.append(&[note(2, rest)], None);
    assert!(matches!(full, Err(StoreError::Line(LineError::TooLong(_)))), "{full:?}");
    store.append(&[note(3, rest - ROOM_FOR_COPY)], None).unwrap();
    {
        let tx = store.db.transaction().unwrap();
        super::append(&tx, &[note(4, rest)], 0).unwrap();
        tx.commit().unwrap();
    }
    store.fork(Uuid::from_u128(2), new_ids()).unwrap();
    let lines = store.lines_after(&store.own().unwrap(), 0, 10, 1_000_000).unwrap();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].contains("copied_from") && !lines[2].contains("copied_from"));
}

/// A phone that was offline for weeks has thousands of lines to carry over: how many there were before
/// must not slow down each of those that follow.
#[test]
fn carrying_a_line_over_takes_no_longer_the_more_were_carried_before() {
    let copied: HashMap<Uuid, Uuid> =
        (0..100_000_u128).map(|n| (Uuid::from_u128(n), Uuid::from_u128(n + 1_000_000))).collect();
    let mut store = store();
    let body = json!({"of": Uuid::from_u128(99_999), "base": [Uuid::from_u128(5)], "note": "x".repeat(400)});
    store.append(&[numbered(1, "incident.logged", &body)], None).unwrap();
    let lines = store.lines_after(&store.own().unwrap(), 0, 1, 1_000_000).unwrap();
    let line = Line::read(&lines[0]).unwrap();
    let began = Instant::now();
    for _ in 0..500 {
        let copy = copy_of(&line, Uuid::nil(), &copied, true).unwrap();
        assert!(copy.body.get().contains(&Uuid::from_u128(1_099_999).to_string()));
    }
    let took = began.elapsed();
    assert!(took < Duration::from_secs(2), "500 lines among 100,000 took {took:?}");
}

#[test]
fn two_thousand_unsent_lines_are_carried_over() {
    let mut store = store();
    let lines: Vec<NewEvent> = (0..2_000)
        .map(|n| numbered(n, "signal.logged", &json!({"source": "on_call", "words": "Asked", "n": n})))
        .collect();
    store.append(&lines, None).unwrap();
    let began = Instant::now();
    store.fork(Uuid::from_u128(2), new_ids()).unwrap();
    let took = began.elapsed();
    assert_eq!(store.own().unwrap().seq, 2_000);
    assert!(took < Duration::from_secs(20), "{took:?}");
}

/// `cargo test -- --ignored ten_thousand --nocapture` says how long it takes.
#[test]
#[ignore = "a measurement"]
fn ten_thousand_unsent_lines_are_measured() {
    let mut store = store();
    let lines: Vec<NewEvent> = (0..10_000)
        .map(|n| numbered(n, "signal.logged", &json!({"source": "on_call", "words": "Asked", "n": n})))
        .collect();
    store.append(&lines, None).unwrap();
    let began = Instant::now();
    store.fork(Uuid::from_u128(2), new_ids()).unwrap();
    eprintln!("10,000 unsent lines: {:?}", began.elapsed());
    assert_eq!(store.own().unwrap().seq, 10_000);
}
