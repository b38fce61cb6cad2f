use bytes::Bytes;
use fieldproof::practice::rights::Role;
use fieldproof::record::Head;
use fieldproof::sync::wire::{Code, Person};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::registry::{Arrival, Change, Registry};

const REPLICA: Uuid = Uuid::from_u128(0x7f);
const AUTHOR: Uuid = Uuid::from_u128(0xa1);
const SITE: Uuid = Uuid::from_u128(0x51);

fn registry(role: Role) -> Registry {
    let mut registry = Registry::default();
    registry.apply(1, 0, Some(&Change::Site { site: SITE, name: "North".into() }));
    let person = Person { person: AUTHOR, name: "A".into(), role, sites: vec![SITE], active: true };
    registry.apply(2, 0, Some(&Change::Person(person)));
    registry
}

fn context(revoked: bool) -> Context {
    Context { replica: REPLICA, person: AUTHOR, revoked, arrival: Arrival { now_ms: 0, grace_ms: 0 } }
}

fn line(kind: &str) -> Value {
    json!({
        "v": 1, "id": Uuid::from_u128(9), "replica": REPLICA, "seq": 1, "at": "2026-11-22T06:55:12Z",
        "author": AUTHOR, "kind": kind, "site": SITE, "subject": AUTHOR, "body": {},
    })
}

fn fate(line: &[u8], role: Role, revoked: bool) -> Option<Code> {
    match judge(&Prepared::alone(line), 1, &context(revoked), &registry(role), None) {
        Verdict::Accept => None,
        Verdict::Quarantine(reason) => Some(reason.code),
    }
}

#[test]
fn the_first_thing_wrong_is_named() {
    let mut worst = line("person.set");
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Admin, false), Some(Code::InvalidBody));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::NotPermitted));
    worst["kind"] = json!("check.submitted");
    worst["subject"] = json!(Uuid::from_u128(5));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::UnknownSubject));
    worst["site"] = json!(Uuid::from_u128(5));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::UnknownSite));
    worst["author"] = json!(Uuid::from_u128(5));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::WrongAuthor));
    worst["seq"] = json!(2);
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::WrongSeq));
    worst["replica"] = json!(Uuid::from_u128(5));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::WrongReplica));
    worst["v"] = json!(2);
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, false), Some(Code::Malformed));
    assert_eq!(fate(worst.to_string().as_bytes(), Role::Staff, true), Some(Code::RevokedDevice));
}

fn body(lines: &[Vec<u8>]) -> Vec<u8> {
    let tip = lines.iter().fold(Head::ZERO, |head, line| head.next(line));
    let header = json!({
        "replica": REPLICA, "after": 0, "head": Head::ZERO, "count": lines.len(), "tip": tip,
        "sent_at": "2026-11-22T07:01:00Z",
    });
    let mut body = header.to_string().into_bytes();
    for line in lines {
        body.push(b'\n');
        body.extend_from_slice(line);
    }
    body.push(b'\n');
    body
}

proptest! {
    /// Whatever the lines are, they come out of a batch as they went in, with the chain over them.
    #[test]
    fn lines_come_out_as_they_went_in(lines in prop::collection::vec(prop::collection::vec(any::<u8>().prop_filter("newline", |b| *b != b'\n'), 0..80), 0..20)) {
        let batch = read_batch(Bytes::from(body(&lines)), &Limits::default()).unwrap();
        prop_assert!(batch.tip_agrees);
        let out: Vec<Vec<u8>> = batch.lines.iter().map(|line| batch.bytes(line).to_vec()).collect();
        prop_assert_eq!(out, lines);
    }

    /// No body at all makes the reader panic, and none is half taken.
    #[test]
    fn any_body_is_read_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>(), flip in any::<u8>()) {
        let _ = read_batch(Bytes::from(bytes.clone()), &Limits::default());
        let mut good = body(&[line("check.submitted").to_string().into_bytes()]);
        let at = cut.index(good.len());
        good[at] ^= flip;
        let _ = read_batch(Bytes::from(good.clone()), &Limits::default());
        good.truncate(at);
        bytes.append(&mut good);
        let _ = read_batch(Bytes::from(bytes), &Limits::default());
    }

    /// Every line has a fate, and one that is accepted could be read and goes somewhere.
    #[test]
    fn every_line_has_a_fate(kind in "[a-z]{1,12}\\.[a-z]{1,12}", member in prop::sample::select(vec!["v", "id", "seq", "author", "site", "subject", "org", "body"]), value in prop::sample::select(vec![json!(null), json!(1), json!(-1), json!("x"), json!({}), json!([]), json!(SITE)]), role in 0usize..4) {
        let role = [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin][role];
        let mut line = line(&kind);
        line[member] = value;
        let bytes = line.to_string().into_bytes();
        if fate(&bytes, role, false).is_none() {
            let facts = read_line(&bytes).unwrap();
            prop_assert!(facts.rule.streams(facts.named).count() > 0);
            prop_assert_eq!(facts.named.author, AUTHOR);
        }
    }
}
