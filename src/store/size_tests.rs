//! DESIGN's budget of bytes on the device, held by what each event costs.

use chrono::{DateTime, NaiveDate, TimeDelta};
use rusqlite::Connection;
use serde_json::value::to_raw_value;
use uuid::Uuid;

use super::*;
use crate::practice::draft::{Answer, Coaching, Content, Mark};
use crate::practice::record::Verdict;
use crate::practice::standard::{Class, Standard};
use crate::practice::starters::starters;
use crate::record::{Draft, Head, id_at};

const EVENTS: u64 = 3_000;

/// Ten bytes or sixteen without a pattern, the same in every run: ids are as scattered as in life.
fn scattered<const N: usize>(of: &str) -> [u8; N] {
    Head::ZERO.next(of.as_bytes()).as_bytes()[..N].try_into().unwrap()
}

/// A medication check as the benchmark writes it: all answered, one in nine missed and coached.
fn check(standard: &Standard, seq: u64) -> PulledItem {
    let mut content = Content::new(standard.reference());
    for (number, item) in standard.items.iter().enumerate() {
        let missed = (seq + number as u64).is_multiple_of(9);
        let mut answer = Answer::mark(if missed { Mark::NotMet } else { Mark::Met });
        answer.ms = 4_000 + (seq * 37) % 9_000;
        if missed && let Some(deviation) = item.deviations.first() {
            answer.deviations.push(deviation.id.clone());
            content.coaching.push(Coaching {
                item: item.id.clone(),
                said: "Read the label together; say name and dose aloud before the cup leaves the tray."
                    .into(),
                refresher: deviation.refresher.clone(),
                look_again: NaiveDate::from_ymd_opt(2026, 5, 20),
            });
        }
        content.answers.insert(item.id.clone(), answer);
    }
    content.note = "Busy morning, two people off sick. Still calm on the floor.".into();
    content.seconds = 62;
    let at = DateTime::parse_from_rfc3339("2026-05-04T06:00:00.000-05:00").unwrap()
        + TimeDelta::seconds(i64::try_from(seq).unwrap() * 90);
    let person = |n: u64| Uuid::from_bytes(scattered(&format!("person {n}")));
    let line = Draft {
        id: id_at(&at, &scattered(&format!("event {seq}"))),
        replica: person(0),
        seq: seq + 1,
        at,
        author: person(1),
        kind: "check.submitted",
        site: Some(person(2)),
        subject: Some(person(3 + seq % 30)),
        org: None,
        body: &to_raw_value(&content).unwrap(),
    };
    item("lead:e", seq, &line)
}

fn published(standard: &Standard) -> PulledItem {
    let at = DateTime::parse_from_rfc3339("2026-05-04T05:00:00.000-05:00").unwrap();
    let line = Draft {
        id: id_at(&at, &scattered("standard")),
        replica: Uuid::from_bytes(scattered("person 0")),
        seq: 1,
        at,
        author: Uuid::from_bytes(scattered("person 1")),
        kind: "standard.published",
        site: None,
        subject: None,
        org: None,
        body: &to_raw_value(standard).unwrap(),
    };
    item("org", 1, &line)
}

fn item(stream: &str, n: u64, line: &Draft) -> PulledItem {
    PulledItem {
        stream: stream.into(),
        n,
        own: None,
        received_at: "2026-11-22T12:00:00.000Z".into(),
        line: Some(line.write().unwrap().as_str().to_owned()),
    }
}

#[test]
fn fifty_thousand_checks_fit_into_80_mb() {
    let folder = tempfile::tempdir().unwrap();
    let db = Connection::open(folder.path().join("profile.db")).unwrap();
    let mut store = Store::open(db, &Key::new([7; 32]), true).unwrap();
    store.begin_replica(Uuid::from_u128(1)).unwrap();
    let standard = starters().into_iter().find(|standard| standard.class == Class::Check).unwrap();
    let log = store.own().unwrap();
    let take = |store: &mut Store, items| {
        store.take_in(&log, &Intake { items, ..Intake::default() }).unwrap();
    };
    // A verdict is derived only where the standard is known.
    take(&mut store, vec![published(&standard)]);
    let first_bytes = store.bytes().unwrap();
    for first in (1..=EVENTS).step_by(500) {
        take(&mut store, (first..first + 500).map(|seq| check(&standard, seq)).collect());
    }
    let rows = store.records(&query::RecordFilter::default()).unwrap();
    assert_eq!(rows[0].at.to_rfc3339(), "2026-05-07T09:00:00-05:00", "the author's own time and offset");
    assert_ne!(rows[0].verdict, Verdict::default());
    let each = (store.bytes().unwrap() - first_bytes) / EVENTS;
    assert!(first_bytes + each * 50_000 <= 80_000_000, "{first_bytes} bytes and {each} an event");
}
