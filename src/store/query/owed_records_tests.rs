//! What is owed of records, counted past every limit.

use chrono::{DateTime, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::{IN_DISPUTE, RETURNED, REWORK, TO_REVIEW};
use crate::practice::draft::{Coaching, Content, Mark};
use crate::store::NewEvent;
use crate::store::query::plan;
use crate::store::query::records::ROW;
use crate::store::tests::{ALICE, BOB, ELM, content, now, numbered, store, streams, take};

const OAK: Uuid = Uuid::from_u128(0x0a);

#[test]
fn what_is_owed_is_read_from_the_index_of_what_is_owed() {
    for (condition, index) in [
        (RETURNED, "record_returned"),
        (REWORK, "record_rework"),
        (TO_REVIEW, "record_review"),
        (IN_DISPUTE, "record_conflict"),
    ] {
        let plan =
            plan(&format!("{ROW} WHERE {condition} ORDER BY record.happened DESC, record.id DESC LIMIT 50"));
        let reads = |step: &&String| step.contains(" record ") || step.ends_with(" record");
        let reads: Vec<&String> = plan.iter().filter(reads).collect();
        assert!(reads[0].contains("INTEGER PRIMARY KEY"), "{condition}: {plan:?}");
        assert!(reads[1].contains(index), "{condition}: {plan:?}");
    }
}

/// A thousand notes wait at Oak House, and those at Elm House are older: whoever leads Elm House reviews
/// all of them, the one that waits longest first.
#[test]
fn notes_to_review_are_those_of_the_sites_that_one_leads_however_many_wait_elsewhere() {
    let mut store = store();
    let note = |n: u32, site| {
        let body = serde_json::to_value(content(Mark::Met)).unwrap();
        NewEvent { site: Some(site), author: BOB, ..numbered(n, "note.submitted", &body) }
    };
    let lines: Vec<NewEvent> =
        (0..120).map(|n| note(n, ELM)).chain((120..1_120).map(|n| note(n, OAK))).collect();
    store.append(&lines, None).unwrap();
    let elm = store.to_review(ALICE, &Some(vec![ELM]), 50).unwrap();
    assert_eq!((elm.rows.len(), elm.total), (50, 120));
    assert_eq!(elm.rows[0].id, lines[0].id, "the one that waits longest");
    assert_eq!(store.to_review(ALICE, &None, 50).unwrap().total, 1_120);
    assert_eq!(store.to_review(ALICE, &Some(vec![]), 50).unwrap().total, 0);
    assert_eq!(store.to_review(BOB, &None, 50).unwrap().total, 0, "nobody reviews their own");
}

#[test]
fn what_there_is_to_acknowledge_is_counted_past_the_page() {
    let mut store = store();
    let body = serde_json::to_value(content(Mark::Met)).unwrap();
    let lines: Vec<NewEvent> = (0..1_000).map(|n| numbered(n, "check.submitted", &body)).collect();
    store.append(&lines, None).unwrap();
    let page = store.to_acknowledge(BOB, 50).unwrap();
    assert_eq!((page.rows.len(), page.total, page.has_more()), (50, 1_000, true));
    assert_eq!(page.rows[0].id, lines[999].id, "newest first");
    assert_eq!(store.to_acknowledge(ALICE, 50).unwrap().total, 0);
}

#[test]
fn tasks_that_are_owed_are_told_apart_by_the_day_and_counted() {
    let mut store = store();
    let due = |hours: i64| now() + chrono::TimeDelta::hours(hours);
    let task = |n: u32, due: Option<DateTime<chrono::FixedOffset>>| {
        numbered(n, "task.assigned", &json!({"text": "Ring", "owner": ALICE, "due": due}))
    };
    let lines: Vec<NewEvent> = (0..500)
        .map(|n| task(n, Some(due(-1))))
        .chain((500..510).map(|n| task(n, None)))
        .chain((510..1_000).map(|n| task(n, Some(due(48)))))
        .collect();
    store.append(&lines, None).unwrap();
    let ends = due(20).timestamp_millis();
    let (today, later) =
        (store.tasks_owed(ALICE, ends, false, 50).unwrap(), store.tasks_owed(ALICE, ends, true, 50).unwrap());
    assert_eq!((today.rows.len(), today.total), (50, 510), "what has no time is owed now");
    assert_eq!((later.rows.len(), later.total), (50, 490));
    assert_eq!(store.tasks(None).unwrap().len(), 1_000, "all that is open is listed");
}

#[test]
fn all_days_to_look_again_are_found() {
    let day = |n: u32| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
    let mut store = store();
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let person = |n: u32| Uuid::from_u128(0x5000 + u128::from(n));
    let mut lines = Vec::new();
    for n in 0..120 {
        let named =
            json!({"person": person(n), "name": "P", "role": "staff", "sites": [ELM], "active": true});
        lines.push(numbered(n, "person.set", &named));
        let mut content = Content { standard, ..content(Mark::NotMet) };
        let look_again = Some(if n < 110 { day(22) } else { day(23) });
        content.coaching = vec![Coaching { item: "mar".into(), look_again, ..Coaching::default() }];
        let seen = numbered(1_000 + n, "check.submitted", &serde_json::to_value(content).unwrap());
        lines.push(NewEvent { subject: Some(person(n)), ..seen });
    }
    store.append(&lines, None).unwrap();
    let owed = store.look_agains(ALICE, false).unwrap();
    let until = |last| owed.iter().filter(|look| look.on <= last).count();
    assert_eq!((until(day(21)), until(day(22)), until(day(23))), (0, 110, 120));
    assert_eq!((owed[0].on, owed[119].on), (day(22), day(23)), "soonest first");
}
