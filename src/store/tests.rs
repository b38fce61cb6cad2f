//! Stories of one device's store, and properties of any.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{json, value::to_raw_value};
use uuid::Uuid;

use super::*;
use crate::practice::draft::{Answer, Content, Mark};
use crate::practice::record::State;
use crate::practice::standard::StandardRef;
use crate::record::{Head, Line, id_at};
use crate::sync::wire::Quarantined;

pub(crate) const ALICE: Uuid = Uuid::from_u128(0xa11ce);
pub(crate) const BOB: Uuid = Uuid::from_u128(0xb0b);
pub(super) const ELM: Uuid = Uuid::from_u128(0xe1);

pub(crate) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T06:55:12.120-05:00").unwrap()
}

fn key() -> Key {
    Key::new([7; 32])
}

pub(crate) fn store() -> Store {
    let mut store = Store::open(Connection::open_in_memory().unwrap(), &key(), true).unwrap();
    store.begin_replica(Uuid::from_u128(1)).unwrap();
    store
}

/// No page more than there are now.
pub(crate) fn full(store: &Store) {
    let pages: i64 = store.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
}

/// The lines of the log do not read any more.
pub(crate) fn spoil_lines(store: &Store) {
    store.db.execute("UPDATE event SET line = 'spoilt'", []).unwrap();
}

pub(super) fn standard() -> StandardRef {
    StandardRef { standard: Uuid::from_u128(0x57), version: 1 }
}

pub(super) fn event(n: u8, kind: &str, body: &serde_json::Value) -> NewEvent {
    let at = now() + TimeDelta::seconds(i64::from(n));
    // The registry is nobody's and nowhere.
    let named = !kind.ends_with(".set");
    NewEvent {
        id: id_at(&at, &[n; 10]),
        at,
        // Only whom it is about says that they have read it.
        author: if kind.ends_with(".acknowledged") { BOB } else { ALICE },
        kind: kind.into(),
        site: named.then_some(ELM),
        subject: named.then_some(BOB),
        body: to_raw_value(body).unwrap(),
    }
}

/// An event of its own id, one second after the one before it, however many there are.
pub(crate) fn numbered(n: u32, kind: &str, body: &serde_json::Value) -> NewEvent {
    let at = now() + TimeDelta::seconds(i64::from(n));
    let mut random = [0_u8; 10];
    random[6..].copy_from_slice(&n.to_be_bytes());
    NewEvent { id: id_at(&at, &random), at, ..event(0, kind, body) }
}

pub(super) fn content(mark: Mark) -> Content {
    let mut content = Content::new(standard());
    content.answers.insert("mar".into(), Answer::mark(mark));
    content
}

fn check(n: u8) -> NewEvent {
    event(n, "check.submitted", &serde_json::to_value(content(Mark::Met)).unwrap())
}

/// Everything that the derived tables say, for comparing two stores.
fn derived(store: &Store) -> BTreeMap<&'static str, Vec<String>> {
    open::DERIVED_TABLES
        .iter()
        .copied()
        .map(|table| {
            let mut statement = store.db.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = statement.column_count();
            let mut rows: Vec<String> = statement
                .query_map([], |row| {
                    Ok((0..columns).map(|column| format!("{:?}|", row.get_ref(column).unwrap())).collect())
                })
                .unwrap()
                .map(Result::unwrap)
                .collect();
            rows.sort();
            (table, rows)
        })
        .collect()
}

#[test]
fn alice_saves_and_the_chain_can_be_recomputed() {
    let mut store = store();
    store.append(&[check(1), check(2)], None).unwrap();
    let log = store.own().unwrap();
    let lines = store.lines_after(&log, 0, 10, 1_000_000).unwrap();
    let head = lines.iter().fold(Head::ZERO, |head, line| head.next(line.as_bytes()));
    assert_eq!((log.seq, log.head), (2, head));
    assert_eq!(store.waiting().unwrap(), 2);
    assert!(store.bytes().unwrap() > 4096);
}

#[test]
fn finishing_twice_writes_once() {
    let mut store = store();
    store.append(&[check(1)], None).unwrap();
    store.append(&[check(1)], None).unwrap();
    assert_eq!(store.own().unwrap().seq, 1);
}

const CHEAP: KdfCost = KdfCost { kib: 64, rounds: 1 };

#[test]
fn a_wrong_pin_opens_nothing_and_the_right_one_the_same_key() {
    let terms = Terms::new(CHEAP, [3; 40]);
    let wrapped = WrappedKey::wrap(&key(), terms, &terms.stretch("123456").unwrap(), false).unwrap();
    assert!(matches!(wrapped.unwrap(&wrapped.stretch("123457").unwrap()), Err(StoreError::WrongPin)));
    let opened = wrapped.unwrap(&wrapped.stretch("123456").unwrap()).unwrap();
    assert_eq!(*opened.pragma(), *key().pragma());
}

#[test]
fn the_right_pin_with_another_devices_secret_or_with_none_opens_nothing() {
    let (terms, here, elsewhere) = (Terms::new(CHEAP, [3; 40]), [5; 32].into(), [6; 32].into());
    let stretched = terms.stretch("123456").unwrap();
    let wrapped = WrappedKey::wrap(&key(), terms, &mix(&here, &stretched), true).unwrap();
    assert!(wrapped.is_bound());
    for wrong in [&stretched, &mix(&elsewhere, &stretched), &mix(&here, &wrapped.stretch("123457").unwrap())]
    {
        assert!(matches!(wrapped.unwrap(wrong), Err(StoreError::WrongPin)));
    }
    assert_eq!(*wrapped.unwrap(&mix(&here, &stretched)).unwrap().pragma(), *key().pragma());
}

/// The value is Python's `hmac.new(bytes(range(32)), bytes([7] * 32), "sha256")`: the browser, whose
/// HMAC is its own, has to come to the same.
#[test]
fn the_mixing_is_hmac_sha256() {
    let secret: [u8; 32] = std::array::from_fn(|n| n as u8);
    let mixed = mix(&secret.into(), &[7; 32].into());
    let hex: String = mixed.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "4739c539ce943412ce955fa24934a7f0333aeb68821c7f2f499d45bc930fafeb");
}

/// As the first version wrote it into `device.db`: no word of a device.
#[test]
fn a_key_from_before_devices_were_bound_is_still_read() {
    let terms = Terms::new(CHEAP, [3; 40]);
    let wrapped = WrappedKey::wrap(&key(), terms, &terms.stretch("123456").unwrap(), false).unwrap();
    let mut json = serde_json::to_value(&wrapped).unwrap();
    assert_eq!(json.as_object_mut().unwrap().remove("bound"), Some(json!(false)));
    let members: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["cost", "nonce", "salt", "wrapped"]);
    assert_eq!(serde_json::from_value::<WrappedKey>(json).unwrap(), wrapped);
}

#[test]
fn the_file_holds_no_readable_text_and_no_other_key_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.db");
    let mut store = Store::open(Connection::open(&path).unwrap(), &key(), true).unwrap();
    store.begin_replica(Uuid::from_u128(1)).unwrap();
    store.append(&[event(1, "signal.logged", &json!({"said": "pen stays on the MAR"}))], None).unwrap();
    drop(store);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for word in ["pen stays", "signal.logged", "SQLite format", &ALICE.to_string()] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} is readable");
        }
    }
    let before = std::fs::read(&path).unwrap();
    let other = Store::open(Connection::open(&path).unwrap(), &Key::new([8; 32]), true);
    assert!(matches!(other, Err(StoreError::Corrupt(_))));
    assert_eq!(std::fs::read(&path).unwrap(), before, "a file that does not open is left alone");
    assert!(Store::open(Connection::open(&path).unwrap(), &key(), true).is_ok());
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("profile.db");
    let store = Store::open(Connection::open(&path).unwrap(), &key(), true).unwrap();
    store.db.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(store);
    assert!(matches!(
        Store::open(Connection::open(&path).unwrap(), &key(), true),
        Err(StoreError::Newer(99))
    ));
}

#[test]
fn a_full_disk_is_named_and_what_was_there_stands() {
    let mut store = store();
    store.append(&[check(1)], None).unwrap();
    full(&store);
    let long = event(2, "signal.logged", &json!({"said": "x".repeat(60_000)}));
    assert!(matches!(store.append(&[long], None), Err(StoreError::Full)));
    assert_eq!(store.own().unwrap().seq, 1);
    let _ = store.db.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()));
    store.append(&[check(3)], None).unwrap();
    assert_eq!(store.own().unwrap().seq, 2);
}

#[test]
fn a_line_of_70_kb_is_refused_before_it_is_written() {
    let mut store = store();
    let long = event(1, "signal.logged", &json!({"said": "x".repeat(70_000)}));
    assert!(matches!(
        store.append(&[long], None),
        Err(StoreError::Line(crate::record::LineError::TooLong(_)))
    ));
    assert_eq!(store.own().unwrap().seq, 0);
}

#[test]
fn after_a_fork_unsent_events_go_on_in_a_new_replica_and_the_old_log_stays() {
    let mut store = store();
    store.append(&[check(1), check(2)], None).unwrap();
    let root = check(2).id;
    let amend =
        json!({"of": root, "base": [root], "reason": "dose was seen", "content": content(Mark::NotMet)});
    store.append(&[event(3, "check.amended", &amend)], None).unwrap();
    let old = store.own().unwrap();
    store.set_held(&old, 1).unwrap();
    let mut n = 100;
    store
        .fork(Uuid::from_u128(2), |at| {
            n += 1;
            id_at(at, &[n; 10])
        })
        .unwrap();
    let log = store.own().unwrap();
    assert_eq!((log.replica, log.seq, log.held), (Uuid::from_u128(2), 2, 0));
    assert_eq!(store.lines_after(&old, 0, 10, 1_000_000).unwrap().len(), 3, "the old log is kept");
    let lines = store.lines_after(&log, 0, 10, 1_000_000).unwrap();
    assert!(lines[0].contains(&format!("\"copied_from\":\"{root}\"")));
    let rows = store.records(&crate::store::query::RecordFilter::default()).unwrap();
    assert_eq!(rows.len(), 2, "each record is there once");
    let copy = Line::read(&lines[0]).unwrap().id;
    let record = store.record(copy).unwrap().unwrap();
    assert_eq!(record.content.answers["mar"].mark, Some(Mark::NotMet), "the amendment found its record");
}

/// A small organisation's lines, as a server would hold them: stream, number, line.
pub(super) fn streams() -> Vec<PulledItem> {
    let replica = Uuid::from_u128(9);
    let mut seq = 0;
    let mut items = Vec::new();
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    let mut say = |streams: &[&str], new: NewEvent| {
        seq += 1;
        let line = crate::record::Draft {
            id: new.id,
            replica,
            seq,
            at: new.at,
            author: new.author,
            kind: &new.kind,
            site: new.site,
            subject: new.subject,
            org: None,
            body: &new.body,
        }
        .write()
        .unwrap();
        for stream in streams {
            let n = numbers.entry((*stream).to_owned()).or_default();
            *n += 1;
            items.push(PulledItem {
                stream: (*stream).to_owned(),
                n: *n,
                own: None,
                received_at: "2026-11-22T12:00:00.000Z".into(),
                line: Some(line.as_str().to_owned()),
            });
        }
    };
    let person = |name: &str, active| json!({"person": BOB, "name": name, "role": "staff", "sites": [ELM], "active": active});
    say(
        &["org"],
        event(
            1,
            "site.set",
            &json!({"site": ELM, "name": "Elm House", "programme": "Homes", "active": true}),
        ),
    );
    say(&["org"], event(2, "person.set", &person("Bob", true)));
    say(&["org"], event(3, "person.set", &person("Bob K.", true)));
    let starter =
        crate::practice::starters::starters().into_iter().find(|starter| starter.item("mar").is_some());
    let standard = starter.map_or(standard(), |starter| {
        say(&["org"], event(4, "standard.published", &serde_json::to_value(&starter).unwrap()));
        starter.reference()
    });
    let of = |mark| {
        let mut content = Content::new(standard);
        content.answers.insert("mar".into(), Answer::mark(mark));
        content
    };
    for n in [10, 20, 30] {
        say(
            &["person:b", "lead:e"],
            event(n, "check.submitted", &serde_json::to_value(of(Mark::NotMet)).unwrap()),
        );
        let root = event(n, "", &json!({})).id;
        let first = event(
            n + 1,
            "check.amended",
            &json!({"of": root, "base": [root], "reason": "a", "content": of(Mark::Met)}),
        );
        let tip = first.id;
        say(&["person:b", "lead:e"], first);
        if n == 20 {
            say(
                &["person:b", "lead:e"],
                event(
                    n + 2,
                    "check.amended",
                    &json!({"of": root, "base": [root], "reason": "b", "content": of(Mark::NotSeen)}),
                ),
            );
        }
        say(&["person:b", "lead:e"], event(n + 3, "check.acknowledged", &json!({"of": root, "base": [tip]})));
        if n == 30 {
            say(
                &["person:b", "lead:e"],
                event(n + 4, "check.withdrawn", &json!({"of": root, "base": [tip], "reason": "twice"})),
            );
        }
    }
    say(&["site:e"], event(50, "task.assigned", &json!({"text": "call the clinic"})));
    let task = event(50, "", &json!({})).id;
    say(&["site:e"], event(51, "task.assigned", &json!({"of": task, "base": task, "owner": BOB})));
    say(&["site:e"], event(52, "task.done", &json!({"of": task, "base": task})));
    say(&["lead:e"], event(60, "balloon.launched", &json!({"of": 7})));
    items
}

pub(super) fn take(store: &mut Store, items: Vec<PulledItem>) -> Taken {
    let log = store.own().unwrap();
    store.take_in(&log, &Intake { items, ..Intake::default() }).unwrap()
}

#[test]
fn what_two_who_did_not_know_of_each_other_wrote_both_stands() {
    let mut store = store();
    take(&mut store, streams());
    let states: Vec<State> = store
        .records(&crate::store::query::RecordFilter::default())
        .unwrap()
        .iter()
        .map(|row| row.state)
        .collect();
    assert_eq!(states, [State::Withdrawn, State::Conflict, State::Acknowledged]);
    assert_eq!(store.person_name(BOB).unwrap(), "Bob K.");
    assert_eq!(store.tasks(None).unwrap().len(), 1);
}

#[test]
fn only_the_newest_look_asks_to_look_again() {
    let mut store = store();
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let coached = |n: u8, day: &str| {
        let mut content = Content::new(standard);
        content.answers.insert("mar".into(), Answer::mark(Mark::NotMet));
        content.coaching = vec![crate::practice::draft::Coaching {
            item: "mar".into(),
            look_again: Some(day.parse().unwrap()),
            ..crate::practice::draft::Coaching::default()
        }];
        event(n, "check.submitted", &serde_json::to_value(content).unwrap())
    };
    store.append(&[coached(70, "2026-11-23"), coached(71, "2026-11-25")], None).unwrap();
    let owed = |store: &Store, who, leads| -> Vec<String> {
        store.look_agains(who, leads).unwrap().iter().map(|look| look.on.to_string()).collect()
    };
    assert_eq!(
        owed(&store, ALICE, false),
        ["2026-11-25"],
        "she wrote both, and the first was looked at since"
    );
    // However many there are of others, none of them takes the place of one's own.
    assert_eq!(owed(&store, BOB, false).len(), 0, "he neither wrote it nor leads there");
    assert_eq!(owed(&store, BOB, true).len(), 1, "he works at Elm, and were he its supervisor …");

    // A look that did not see the item is none; one that did is, whatever else it did not see.
    let looked = |n: u8, mark| {
        let mut content = Content::new(standard);
        content.answers.insert("mar".into(), Answer::mark(mark));
        event(n, "check.submitted", &serde_json::to_value(content).unwrap())
    };
    store.append(&[looked(72, Mark::NotSeen)], None).unwrap();
    assert_eq!(owed(&store, ALICE, false), ["2026-11-25"]);
    store.append(&[looked(73, Mark::Met)], None).unwrap();
    assert_eq!(owed(&store, ALICE, false).len(), 0);
}

/// It went to a stream that its author may not read: only that it is kept apart no longer says so.
#[test]
fn what_was_let_in_where_its_author_does_not_read_needs_nobody() {
    let mut store = store();
    let written = numbered(1, "governance.reviewed", &json!({"month": "2026-10"}));
    store.append(std::slice::from_ref(&written), None).unwrap();
    let log = store.own().unwrap();
    let said = Quarantined {
        seq: 1,
        id: Some(written.id),
        code: "not_permitted".into(),
        field: None,
        message: String::new(),
    };
    let mut told = |quarantined: Vec<Quarantined>, all_quarantined| {
        let intake = Intake { held: Some(1), quarantined, all_quarantined, ..Intake::default() };
        store.take_in(&log, &intake).unwrap();
        (store.needing_someone().unwrap(), store.is_quarantined(written.id).unwrap())
    };
    assert_eq!(told(vec![said], true), (1, true));
    assert_eq!(told(vec![], false), (1, true), "such an answer does not list all of them");
    assert_eq!(told(vec![], true), (0, false));
}

#[test]
fn an_own_event_that_is_not_there_tells_of_an_old_copy_and_the_cursor_waits() {
    let mut store = store();
    let own = PulledItem { stream: "org".into(), n: 1, own: Some(5), received_at: String::new(), line: None };
    assert!(take(&mut store, vec![own]).rolled_back);
    assert_eq!(store.cursors().unwrap().get("org"), Some(&0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any split, repetition, reordering and truncation of what the server sends ends the same,
    /// and so does a replay from the log.
    #[test]
    fn any_way_of_arriving_ends_in_the_same_tables(
        order in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..40),
        streams_first in any::<bool>(),
    ) {
        let all = streams();
        let mut whole = store();
        take(&mut whole, all.clone());

        let mut pieces = store();
        for (from, to) in order {
            let (from, to) = (from.index(all.len()), to.index(all.len()) + 1);
            let mut part: Vec<PulledItem> = all.get(from.min(to)..to.max(from)).unwrap_or_default().to_vec();
            if streams_first {
                part.reverse();
                part.sort_by(|a, b| b.stream.cmp(&a.stream));
            }
            take(&mut pieces, part);
        }
        // Whatever was missed is asked for again from the cursors, until all is there.
        for _ in 0..2 {
            take(&mut pieces, all.clone());
        }
        prop_assert_eq!(derived(&pieces), derived(&whole));
        prop_assert_eq!(pieces.cursors().unwrap(), whole.cursors().unwrap());
        pieces.rebuild().unwrap();
        prop_assert_eq!(derived(&pieces), derived(&whole));
    }
}

#[test]
fn what_came_before_its_kind_was_understood_counts_after_the_update() {
    let mut bob = store();
    let opened = json!({
        "standard": standard().standard, "weakness": "Signs early", "expected": "Signs after",
        "evidence": {"validations": 1}, "due": "2026-12-06"
    });
    let theirs = event(1, "cycle.opened", &opened);
    let line = crate::record::Draft {
        id: theirs.id,
        replica: Uuid::from_u128(9),
        seq: 1,
        at: theirs.at,
        author: ALICE,
        kind: "cycle.opened",
        site: Some(ELM),
        subject: Some(BOB),
        org: None,
        body: &theirs.body,
    };
    // As a version stored it that did not know of cycles.
    bob.db.execute("INSERT INTO replica (id) VALUES (?1)", [Uuid::from_u128(9)]).unwrap();
    bob.db
        .execute(
            "INSERT INTO event (id, replica, seq, kind, line)
             SELECT ?1, key, 1, 'cycle.opened', ?2 FROM replica WHERE id = ?3",
            (theirs.id, line.write().unwrap().as_str(), Uuid::from_u128(9)),
        )
        .unwrap();
    bob.rebuild().unwrap();
    let filter = query::FollowUpFilter::default();
    assert_eq!(bob.follow_ups(&filter).unwrap().len(), 1);
}

#[test]
fn what_a_newer_version_recorded_is_listed_byte_for_byte_and_nothing_else() {
    let mut bob = store();
    let line = |n: u8, v: u8, kind: &str, body: &str| {
        let id = Uuid::from_u128(u128::from(n));
        format!(
            r#"{{"v":{v},"id":"{id}","replica":"{}","seq":{n},"at":"2027-01-01T10:00:00.500-05:00","author":"{ALICE}","kind":"{kind}","site":"{ELM}","subject":"{BOB}","body":{body} }}"#,
            Uuid::from_u128(9)
        )
    };
    let known = serde_json::to_string(&content(Mark::Met)).unwrap();
    let lines = [
        line(1, 1, "check.submitted", &known),
        line(2, 1, "hologram.recorded", r#"{ "frames" : 2.50 }"#),
        line(3, 1, "check.submitted", r#"{"standard":7}"#),
        line(4, 2, "check.submitted", &known),
        line(5, 1, "check.amended", r#"{"of":"00000000-0000-0000-0000-000000000063"}"#),
    ];
    let items = lines.iter().zip(1..).map(|(line, n)| PulledItem {
        stream: "lead:elm".into(),
        n,
        own: None,
        received_at: "2027-01-01T15:00:01.000Z".into(),
        line: Some(line.clone()),
    });
    take(&mut bob, items.collect());
    let listed = |bob: &Store| -> Vec<(String, String)> {
        bob.newer(10).unwrap().rows.into_iter().map(|row| (row.kind, row.line)).collect()
    };
    let expected = [
        (String::new(), lines[3].clone()),
        ("check.submitted".into(), lines[2].clone()),
        ("hologram.recorded".into(), lines[1].clone()),
    ];
    assert_eq!(listed(&bob), expected, "an amendment whose record is elsewhere is no news of a version");
    assert!(bob.newer(10).unwrap().rows.iter().all(|row| row.at.is_some()));
    bob.rebuild().unwrap();
    assert_eq!(listed(&bob), expected);
    // What this device wrote itself was always understood.
    bob.append(&[event(6, "hologram.recorded", &json!({}))], None).unwrap();
    bob.rebuild().unwrap();
    assert_eq!(listed(&bob), expected);
}
