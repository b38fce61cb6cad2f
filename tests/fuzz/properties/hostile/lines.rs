//! Lines from bytes: sound ones of every kind, each spoilt as the bytes say.

use fieldproof::practice::follow::Step;
use serde_json::{Value, json};
use uuid::Uuid;

/// The people, by their rank in [`super::device::ROLES`], and the sites.
pub const PEOPLE: [&str; 3] = [
    "a1000000-0000-4000-8000-000000000001",
    "a1000000-0000-4000-8000-000000000002",
    "a1000000-0000-4000-8000-000000000003",
];
pub const NORTH: &str = "51000000-0000-4000-8000-000000000001";
pub const STANDARD: &str = "0193e5a0-0000-7000-8000-000000000001";

pub struct Lines {
    pub texts: Vec<String>,
    /// The ids of their events, and what they name.
    pub ids: Vec<Uuid>,
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.next() % of.len()]
    }
}

const OTHERS: &[&str] = &[
    "check.submitted",
    "check.amended",
    "check.withdrawn",
    "check.returned",
    "check.answered",
    "check.acknowledged",
    "check.reviewed",
    "check.invented",
    "shadow.submitted",
    "audit.submitted",
    "note.submitted",
    "note.amended",
    "note.reviewed",
    "scenario.submitted",
    "scenario.reviewed",
    "handoff.submitted",
    "handoff.acknowledged",
    "handoff.withdrawn",
    "task.assigned",
    "task.done",
    "task.cancelled",
    "person.set",
    "person.retired",
    "site.set",
    "org.set",
    "setting.set",
    "standard.published",
    "standard.retired",
    "competency.set",
    "pack.exported",
    "line.taken",
    "device.paired",
    "device.revoked",
    "incident.invented",
    "balloon.launched",
];

const TIMES: &[&str] = &[
    "2026-11-20T10:00:00-05:00",
    "2026-11-27T09:30:00Z",
    "1970-01-02T00:00:00Z",
    "2200-12-30T23:59:59+14:00",
    "1970-01-01T00:00:00Z",
    "2200-12-31T23:59:59Z",
    "2199-12-31T23:59:59.999999999-23:59",
    "2026-02-28T23:59:60Z",
    "2026-11-29T01:00:00Z",
];
const BAD_TIMES: &[&str] = &[
    "+262142-12-31T23:59:59Z",
    "-262143-01-01T00:00:00Z",
    "2026-11-20 10:00:00Z",
    " 2026-11-20T10:00:00Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z",
    "",
    "1969-12-31T23:59:59Z",
];
const DAYS: &[&str] = &[
    "2026-11-20",
    "2026-12-04",
    "1970-01-01",
    "2200-12-31",
    "+262142-12-31",
    "-262143-01-01",
    "0001-01-01",
    "9999-12-31",
    "2201-01-01",
    "not a day",
];

impl Lines {
    pub fn of(data: &[u8]) -> Lines {
        let mut bytes = Bytes(data);
        let mut ids: Vec<Uuid> = Vec::new();
        let mut texts = Vec::new();
        let kinds: Vec<&str> = Step::KINDS.iter().chain(OTHERS).copied().collect();
        while !bytes.0.is_empty() && texts.len() < 24 {
            let kind = *bytes.one(&kinds);
            // Events name those before them, those after them and themselves.
            let own = id_of(data, texts.len());
            let other = |bytes: &mut Bytes| id_of(data, bytes.next() % 24);
            let mut body = body_of(kind, &mut bytes, own, &other);
            for _ in 0..bytes.next() % 4 {
                spoil(&mut body, &mut bytes, &other, 0);
            }
            let at = if bytes.next() % 8 == 7 { bytes.one(BAD_TIMES) } else { bytes.one(TIMES) };
            let id = if bytes.next() % 16 == 15 { other(&mut bytes) } else { own };
            let author = if kind.starts_with("line.") || kind.starts_with("device.") {
                Uuid::nil().to_string()
            } else {
                (*bytes.one(&PEOPLE)).to_owned()
            };
            let line = json!({
                "v": 1, "id": id, "replica": Uuid::from_u128(0x7f00 + (bytes.next() % 3) as u128),
                "seq": texts.len() + 1 + bytes.next() % 4, "at": at, "author": author, "kind": kind,
                "site": if bytes.next() % 5 == 4 { Value::Null } else { json!(NORTH) },
                "subject": if bytes.next() % 3 == 2 { Value::Null } else { json!(bytes.one(&PEOPLE)) },
                "body": body,
            });
            let mut text = line.to_string();
            match bytes.next() % 24 {
                20 => text = text.replacen("\"kind\":", "\"kind\":\"check.submitted\",\"kind\":", 1),
                21 => text = text.replacen("\"body\":{", "\"body\":{\"of\":null,", 1),
                22 => text = text.replacen("\"seq\":", "\"x\":\"\\ud800\",\"seq\":", 1),
                23 => text = text.replacen("\"v\":1", "\"v\":2", 1),
                _ => {}
            }
            if text.len() < 60_000 {
                texts.push(text);
                ids.push(id);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Lines { texts, ids }
    }
}

/// Ids that are the same for the same input, and others for another.
fn id_of(data: &[u8], n: usize) -> Uuid {
    let head = fieldproof::record::Head::ZERO.next(data).next(&[n as u8]);
    let mut bytes: [u8; 16] = head.as_bytes()[..16].try_into().expect("sixteen");
    // Ids rise, as those of one device do.
    bytes[0] = 1;
    bytes[1] = n as u8;
    Uuid::from_bytes(bytes)
}

fn content(bytes: &mut Bytes) -> Value {
    let mut content = json!({
        "standard": STANDARD, "version": 1 + bytes.next() % 2, "shift": bytes.one(&["early", "late", "night"]),
        "person_code": "E-4", "answers": {}, "note": "Calm", "seconds": 62,
        "coaching": [{"item": "read", "said": "Aloud", "look_again": bytes.one(DAYS)}],
    });
    for item in ["read", "hours", "tone", "words"] {
        content["answers"][item] = json!({
            "mark": bytes.one(&["met", "not_met", "not_seen", "not_applicable", "excellent"]),
            "number": bytes.one(&[0.0, 3.0, -1e300, 1e300, 5e-324]), "choice": "calm", "text": "", "ms": 4000,
        });
    }
    if bytes.next().is_multiple_of(3) {
        content["happened_at"] = json!(bytes.one(TIMES));
    }
    content
}

fn body_of(kind: &str, bytes: &mut Bytes, own: Uuid, other: &dyn Fn(&mut Bytes) -> Uuid) -> Value {
    let (of, record, base) = (other(bytes), other(bytes), vec![own, other(bytes), other(bytes)]);
    let (day, later, time) = (bytes.one(DAYS), bytes.one(DAYS), bytes.one(TIMES));
    let (person, note) = (bytes.one(&PEOPLE), "What was seen");
    let evidence = json!({"validations": 2, "live": 1, "notes": bytes.next(), "shifts": 1});
    match kind {
        "cycle.opened" => {
            json!({"standard": STANDARD, "competency": "medication", "weakness": note, "evidence": evidence,
            "due": day, "origin": {"from": "report", "report": of}, "live_by": [STANDARD, of],
            "shifts": [{"day": later, "shift": "night"}, {"day": day, "shift": "early"}]})
        }
        "cycle.session" => {
            json!({"of": of, "what": bytes.one(&["confirmation", "reflection", "coaching"]), "agreed": true,
            "on": {"day": day, "shift": "night"}, "happened_at": time, "minutes": 4_294_967_295_u32})
        }
        "cycle.validated" => {
            json!({"of": of, "record": record, "mode": bytes.one(&["live", "simulated", "note", "dreamt"])})
        }
        "cycle.extended" => json!({"of": of, "due": day, "reason": note}),
        "cycle.closed" => json!({"of": of, "outcome": bytes.one(&["met", "stopped", "left"]), "note": note}),
        "restriction.placed" => {
            json!({"duties": note, "why": note, "competency": "medication", "standard": STANDARD,
            "evidence": evidence, "review_days": bytes.one(&[7_u32, 0, u32::MAX]), "action": of})
        }
        "restriction.reviewed" => json!({"of": of, "record": record, "mode": "live"}),
        "incident.reported" => {
            json!({"near_miss": bytes.next().is_multiple_of(2), "category": bytes.one(&["medication", "death",
            "neglect", "ufo"]), "happened_at": time, "words": note, "competency": bytes.one(&["medication", "", "x"]),
            "outcomes": ["hospital"], "record": record, "visit_at": bytes.one(TIMES)})
        }
        "incident.classified" | "signal.classified" => {
            json!({"of": of, "base": base, "gap": bytes.one(&["knowledge",
            "workflow", "accountability", "none"]), "competency": "medication", "category": "fall"})
        }
        "incident.logged" => {
            json!({"of": of, "work": bytes.one(&["notified", "resolved", "investigation_begun",
            "visit_missed", "danced"]), "done_at": time})
        }
        "signal.logged" => {
            json!({"source": bytes.one(&["partner_feedback", "complaint", "on_call", "dream"]),
            "competency": "medication", "words": note, "happened_at": time})
        }
        "action.opened" => {
            json!({"title": note, "kind": "retraining", "gap": "knowledge", "competency": "medication",
            "reports": [of, record, of], "owner": person, "due": day, "high_risk": true, "standard": STANDARD,
            "evidence": evidence, "watch_days": bytes.one(&[90_u32, 0, u32::MAX])})
        }
        "action.updated" => {
            json!({"of": of, "note": note, "done": bytes.next().is_multiple_of(2), "record": record, "mode": "live"})
        }
        "improvement.opened" => {
            json!({"title": note, "aim": note, "measure": "pass_rate", "standard": STANDARD,
            "baseline_from": day, "baseline_to": later, "baseline": 1e308, "target": -1e308, "target_on": day,
            "focus": {"from": day, "to": later, "checklist": STANDARD, "observe": STANDARD, "times": u32::MAX,
                "daily": STANDARD, "weekly_minutes": u32::MAX}})
        }
        "improvement.staged" => {
            json!({"of": of, "stage": bytes.one(&["plan", "study", "microlearning", "rest"]), "note": note,
            "minutes": u32::MAX})
        }
        "improvement.closed" => json!({"of": of, "outcome": bytes.one(&["adopted", "abandoned", "lost"])}),
        "assessment.submitted" => {
            json!({"programme": "Home care", "scores": {"outcomes_defined": 4, "x": 255}})
        }
        "governance.reviewed" => {
            json!({"month": bytes.one(&["2026-10", "not a month", "999999-99"]), "role_specific": true,
            "validated_in_practice": true, "outcome_changed": false, "about": [of, record]})
        }
        "person.set" => {
            json!({"person": person, "name": bytes.one(&["Bo", "\u{202e}oB", "B\u{0}"]), "role": bytes.one(&["staff",
            "supervisor", "quality", "admin", "owner"]), "sites": [NORTH], "active": true})
        }
        "site.set" => {
            json!({"site": NORTH, "name": "North", "programme": bytes.one(&[json!("Home care"), json!(null)]), "active": true})
        }
        "org.set" => {
            json!({"name": "Willow Care", "settings": {"pattern_count": bytes.next(), "pattern_days": u32::MAX,
            "recheck_days": [u32::MAX, 0, 14], "hold_weeks": u32::MAX, "drift_days": u32::MAX, "classify_hours": u32::MAX,
            "notify_hours": u32::MAX, "action_days": u32::MAX, "expected": [{"standard": STANDARD, "times": u32::MAX,
            "days": u32::MAX}]}})
        }
        "setting.set" => {
            let (expected, shifts) = (format!("expected:{STANDARD}"), format!("shifts:{NORTH}"));
            json!({"key": bytes.one(&[expected.as_str(), &shifts, "pattern_days", "hold_looks", "recheck_days", ""]), "value": bytes.one(&[json!({"times": u32::MAX, "days": 0}), json!(null), json!(u32::MAX),
            json!([0, 14]), json!({"early": 420, "night": 1140}), json!({"early": 65535, "night": 0})]), "base": base,
            "reason": note})
        }
        "standard.published" => standard(bytes),
        "standard.retired" => json!({"standard": STANDARD, "reason": note}),
        "task.assigned" => {
            json!({"of": if bytes.next().is_multiple_of(2) { Value::Null } else { json!(of) }, "base": own, "handoff": record,
            "text": note, "owner": person, "due": time})
        }
        "pack.exported" => json!({"scope": {"person": {"person": person}}, "from": day, "to": later,
            "fingerprint": "00".repeat(32), "lines": u32::MAX, "names": true}),
        "line.taken" => json!({"of": of, "reason": note, "streams": ["quality", "nowhere"]}),
        kind if kind.ends_with(".submitted") => content(bytes),
        kind if kind.ends_with(".amended") => {
            json!({"of": of, "base": base, "reason": "typo", "content": content(bytes)})
        }
        kind if kind.ends_with(".reviewed") => {
            json!({"of": of, "base": base, "note": note, "review": {"outcome":
            bytes.one(&["meets", "rework", "perfect"]), "answers": {"read": {"mark": "met"}}, "feedback": note}})
        }
        _ => {
            json!({"of": of, "base": base, "reason": note, "note": note, "person": person, "site": NORTH, "key": "pattern_days",
            "value": u32::MAX})
        }
    }
}

pub fn standard(bytes: &mut impl Source) -> Value {
    json!({
        "standard": STANDARD, "version": 1 + bytes.number() % 2, "class": "check", "competency": "medication",
        "title": {"en": "Two minutes at the cart"}, "minutes": 2, "share": 0.8,
        "items": [
            {"id": "read", "text": {"en": "Reads the label aloud"}, "form": "mark", "critical": bytes.number().is_multiple_of(2)},
            {"id": "hours", "text": {"en": "Hours late"}, "form": "number"},
            {"id": "tone", "text": {"en": "Tone"}, "form": "choice", "choices": [
                {"id": "calm", "text": {"en": "Calm"}}, {"id": "unknown", "text": {"en": "Unknown"}, "unknown": true}]},
            {"id": "words", "text": {"en": "Words"}, "form": "text"},
        ],
    })
}

/// Where numbers come from: the bytes, or nowhere.
pub trait Source {
    fn number(&mut self) -> usize;
}

impl Source for Bytes<'_> {
    fn number(&mut self) -> usize {
        self.next()
    }
}

impl Source for () {
    fn number(&mut self) -> usize {
        0
    }
}

/// Puts something else in one place of a body.
fn spoil(value: &mut Value, bytes: &mut Bytes, other: &dyn Fn(&mut Bytes) -> Uuid, depth: usize) {
    let go_on = depth < 6 && !bytes.next().is_multiple_of(3);
    match value {
        Value::Object(members) if go_on && !members.is_empty() => {
            let at = bytes.next() % members.len();
            if let Some(member) = members.values_mut().nth(at) {
                spoil(member, bytes, other, depth + 1);
            }
        }
        Value::Array(items) if go_on && !items.is_empty() => {
            let at = bytes.next() % items.len();
            spoil(&mut items[at], bytes, other, depth + 1);
        }
        _ => {
            *value = match bytes.next() % 22 {
                0 => Value::Null,
                1 => json!(u64::MAX),
                2 => json!(i64::MIN),
                3 => json!(u32::MAX),
                4 => json!(-1),
                5 => json!(1.5),
                6 => json!(1e308),
                7 => json!(""),
                8 => json!("x".repeat(9_000)),
                9 => json!("\u{0}\u{202e}\u{feff}\u{10ffff}"),
                10 => json!([]),
                11 => json!({}),
                12 => json!((0..300).collect::<Vec<_>>()),
                13 => json!([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]),
                14 => json!(bytes.one(BAD_TIMES)),
                15 => json!(bytes.one(DAYS)),
                16 => json!(bytes.one(TIMES)),
                17 => json!(true),
                18 => json!(other(bytes)),
                19 => json!(Uuid::nil()),
                20 => json!({"en": {"en": 1}}),
                _ => json!("something_new"),
            }
        }
    }
}
