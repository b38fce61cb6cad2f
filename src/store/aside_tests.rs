//! What is kept and not shown, and that the rest is.

use serde_json::{Value, json};
use uuid::Uuid;

use super::tests::{content, store, take};
use super::{PulledItem, Store, query};
use crate::practice::draft::Mark;
use crate::record::SERVER;

const ELM: Uuid = Uuid::from_u128(0xe1);
const BO: Uuid = Uuid::from_u128(0xb0);

fn id(n: u64) -> Uuid {
    Uuid::from_u128(u128::from(n) << 64)
}

fn line(n: u64, kind: &str, body: &Value) -> Value {
    let author = if kind.starts_with("line.") { SERVER } else { Uuid::from_u128(0xa1) };
    let registry = kind.ends_with(".set");
    json!({
        "v": 1, "id": id(n), "replica": Uuid::from_u128(9), "seq": n, "at": "2026-11-22T06:55:12Z", "author": author,
        "kind": kind, "site": if registry { None } else { Some(ELM) }, "subject": if registry { None } else { Some(BO) },
        "body": body,
    })
}

fn items(from: u64, lines: &[String]) -> Vec<PulledItem> {
    let item = |(n, line): (u64, &String)| PulledItem {
        stream: "lead:elm".into(),
        n,
        own: None,
        received_at: "2026-11-22T12:00:00Z".into(),
        line: Some(line.clone()),
    };
    (from..).zip(lines).map(item).collect()
}

fn incident(words: &str) -> Value {
    json!({"near_miss": true, "category": "fall", "happened_at": "2026-11-22T06:00:00Z", "words": words})
}

fn shown(store: &Store) -> Vec<String> {
    let rows = store.follow_ups(&query::FollowUpFilter::default()).unwrap();
    let mut titles: Vec<String> = rows.iter().map(|row| row.follow.title().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn a_line_that_does_not_read_is_set_aside_and_the_rest_of_its_batch_is_shown() {
    let mut store = store();
    let far = "+262142-12-31T23:59:59Z";
    let text = |n, body: &Value| line(n, "incident.reported", body).to_string();
    let check = serde_json::to_value(content(Mark::Met)).unwrap();
    let mut odd_check = check.clone();
    odd_check["happened_at"] = json!("9999-12-31T23:59:59Z");
    let lines = [
        text(1, &incident("far")).replacen("2026-11-22T06:55:12Z", far, 1),
        text(2, &incident("far inside")).replacen("2026-11-22T06:00:00Z", far, 1),
        text(3, &incident("twice")).replacen(
            "\"category\":\"fall\"",
            "\"category\":\"fall\",\"category\":\"death\"",
            1,
        ),
        text(4, &incident("sound")),
        line(5, "cycle.closed", &json!({"of": id(4), "outcome": 7})).to_string(),
        line(
            6,
            "person.set",
            &json!({"person": BO, "name": "Bo", "role": "staff", "sites": [], "active": true}),
        )
        .to_string(),
        line(
            7,
            "person.set",
            &json!({"person": BO, "name": "Bo", "role": "root", "sites": [], "active": true}),
        )
        .to_string(),
        line(
            8,
            "person.invented",
            &json!({"person": BO, "name": "Eve", "role": "admin", "sites": [], "active": true}),
        )
        .to_string(),
        line(9, "check.submitted", &odd_check).to_string(),
        line(10, "check.submitted", &check).to_string(),
        line(11, "pack.exported", &json!({"names": true})).to_string(),
        // Names a pack as if it were a record: a second row of it would end the replay.
        line(12, "check.amended", &json!({"of": id(11), "reason": "x", "content": check})).to_string(),
    ];
    take(&mut store, items(1, &lines));
    let look = |store: &Store| {
        assert_eq!(shown(store), ["sound"]);
        assert_eq!(
            store.person(BO).unwrap().map(|bo| (bo.name, bo.role.as_str())),
            Some(("Bo".into(), "staff"))
        );
        assert_eq!(store.records(&query::RecordFilter::default()).unwrap().len(), 1);
        let aside: Vec<String> = store.newer(50).unwrap().rows.into_iter().map(|row| row.line).collect();
        let expected: Vec<&String> = [8, 6, 4, 2, 1, 0].iter().map(|at| &lines[*at]).collect();
        assert_eq!(aside.iter().collect::<Vec<_>>(), expected, "newest first");
        assert_eq!(store.aside().unwrap(), 6);
    };
    look(&store);
    store.rebuild().unwrap();
    look(&store);
}

#[test]
fn what_was_taken_back_is_shown_no_more_until_it_is_let_in_again() {
    let mut store = store();
    let text = |n, words: &str| line(n, "incident.reported", &incident(words)).to_string();
    take(&mut store, items(1, &[text(1, "bad"), text(2, "good")]));
    assert_eq!(shown(&store), ["bad", "good"]);
    let taken = |n: u64| {
        let body = json!({"of": id(1), "reason": "It ends the app", "streams": ["lead:elm"]});
        line(n, "line.taken", &body).to_string()
    };
    // Somebody else's word counts for nothing.
    let other = taken(3).replacen(&SERVER.to_string(), &BO.to_string(), 1);
    take(&mut store, items(3, &[other]));
    assert_eq!(shown(&store), ["bad", "good"]);
    take(&mut store, items(4, &[taken(4)]));
    let look = |store: &Store| {
        assert_eq!(shown(store), ["good"]);
        assert_eq!(store.newer(9).unwrap().rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
    };
    look(&store);
    store.rebuild().unwrap();
    look(&store);
    take(&mut store, items(5, &[text(1, "bad")]));
    assert_eq!((shown(&store), store.aside().unwrap()), (vec!["bad".into(), "good".into()], 0));
    store.rebuild().unwrap();
    assert_eq!(shown(&store), ["bad", "good"]);
    take(&mut store, items(6, &[taken(6)]));
    look(&store);
}

/// Its envelope did not read, so it stands under another id than its own.
#[test]
fn a_line_that_never_read_is_taken_back_too() {
    let mut store = store();
    let bad = line(1, "incident.reported", &incident("bad")).to_string().replacen(
        "2026-11-22T06:55:12Z",
        "soon",
        1,
    );
    take(&mut store, items(1, std::slice::from_ref(&bad)));
    let body = json!({"of": id(1), "reason": "", "streams": ["lead:elm"]});
    take(&mut store, items(2, &[line(2, "line.taken", &body).to_string()]));
    assert_eq!(store.newer(9).unwrap().rows.into_iter().map(|row| row.line).collect::<Vec<_>>(), [bad]);
}
