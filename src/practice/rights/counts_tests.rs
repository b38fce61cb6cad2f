//! Who may change what, walked over class, verb and thing; and what each attack comes to.

use proptest::prelude::*;
use serde_json::json;

use super::super::{Named, Rule, TABLE};
use super::*;
use crate::practice::draft::Content;
use crate::practice::standard::StandardRef;
use crate::practice::{follow, record, task};
use crate::record::{Draft, Line};

const NORTH: Uuid = Uuid::from_u128(0x51);
const SOUTH: Uuid = Uuid::from_u128(0x52);
const SAM: Uuid = Uuid::from_u128(0xa1);
const BO: Uuid = Uuid::from_u128(0xb2);
const CY: Uuid = Uuid::from_u128(0xc3);
const THING: Uuid = Uuid::from_u128(0x77);
const LATER: Uuid = Uuid::from_u128(0x88);

fn event(id: Uuid, kind: &str, author: Uuid, site: Uuid, subject: Option<Uuid>, of: Of) -> Event {
    Event {
        id,
        rule: Rule::of(kind),
        named: Named { author, site: Some(site), subject, practice_of: None },
        of,
    }
}

fn thing(kind: &str) -> Event {
    event(THING, kind, SAM, NORTH, Some(BO), Of::Nothing)
}

fn later(kind: &str, author: Uuid, site: Uuid, subject: Option<Uuid>) -> Event {
    event(LATER, kind, author, site, subject, Of::Thing(THING))
}

/// Every class that has things, with a verb that begins one.
fn beginnings() -> Vec<(&'static str, String)> {
    let rows = TABLE.iter().filter(|row| !Rule::of(&format!("{}.x", row.name)).is_registry());
    let with_things = rows.filter_map(|row| {
        let begins = |verb: &&super::super::Verb| matches!(verb.place, Place::Begins | Place::Either);
        Some((row.name, format!("{}.{}", row.name, row.verbs.iter().find(begins)?.name)))
    });
    with_things.collect()
}

#[test]
fn a_later_event_counts_only_for_a_thing_of_its_own_class_site_and_person() {
    let (mut counted, mut refused) = (0, 0);
    for (class, begun) in beginnings() {
        let thing = thing(&begun);
        assert!(thing.begins() && thing.thing() == Some(THING), "{begun}");
        for row in TABLE {
            for verb in row.verbs {
                let kind = format!("{}.{}", row.name, verb.name);
                // The author is whoever the verb is for: only the thing can be wrong here.
                let author = if verb.may == SUBJECT { BO } else { SAM };
                let mine = row.name == class && verb.place != Place::Begins;
                let right = later(&kind, author, NORTH, Some(BO));
                let expected = match (mine, verb.place) {
                    (true, _) => Ok(()),
                    (false, Place::Begins) => Err(NotCounted::Begins),
                    (false, _) => Err(NotCounted::Class),
                };
                assert_eq!(counts(&thing, &right), expected, "{kind} of a {class}");
                if !mine {
                    refused += 1;
                    continue;
                }
                counted += 1;
                let elsewhere = later(&kind, author, SOUTH, Some(BO));
                assert_eq!(counts(&thing, &elsewhere), Err(NotCounted::Site), "{kind}");
                let of_another = later(&kind, author, NORTH, Some(CY));
                let expected = if class == "action" { Ok(()) } else { Err(NotCounted::Subject) };
                assert_eq!(counts(&thing, &of_another), expected, "{kind}");
                let other = Event { of: Of::Thing(Uuid::from_u128(1)), ..right };
                assert_eq!(counts(&thing, &other), Err(NotCounted::Nothing), "{kind}");
                // What it names went on with something itself: it began nothing.
                let no_thing = Event { of: Of::Thing(Uuid::from_u128(1)), ..thing };
                assert!(counts(&no_thing, &right).is_err(), "{kind}");
            }
        }
    }
    assert!(counted >= 40 && refused > 500, "{counted} {refused}");
}

#[test]
fn an_unknown_verb_of_a_known_class_never_counts_and_of_another_class_is_refused() {
    for (class, begun) in beginnings() {
        let kind = format!("{class}.photographed");
        assert_eq!(counts(&thing(&begun), &later(&kind, SAM, NORTH, Some(BO))), Err(NotCounted::Verb));
        assert!(counts(&thing(&begun), &later("note.photographed", SAM, NORTH, Some(BO))).is_err());
        assert_eq!(
            counts(&thing(&begun), &later("balloon.launched", SAM, NORTH, Some(BO))),
            Err(NotCounted::Class)
        );
    }
}

#[test]
fn nobody_decides_about_themselves() {
    let by = |kind: &str, begun: &str, author: Uuid, began: Uuid| {
        let thing = Event { named: Named { author: began, ..thing(begun).named }, ..thing(begun) };
        counts(&thing, &later(kind, author, NORTH, Some(BO)))
    };
    for class in ["scenario", "note"] {
        let (begun, reviewed) = (format!("{class}.submitted"), format!("{class}.reviewed"));
        assert_eq!(by(&reviewed, &begun, BO, BO), Err(NotCounted::Own));
        assert_eq!(by(&reviewed, &begun, SAM, BO), Ok(()));
        let amended = format!("{class}.amended");
        assert_eq!(by(&amended, &begun, BO, BO), Ok(()));
        assert_eq!(by(&amended, &begun, SAM, BO), Err(NotCounted::Author));
    }
    for (kind, begun) in [
        ("check.amended", "check.submitted"),
        ("shadow.withdrawn", "shadow.submitted"),
        ("audit.returned", "audit.submitted"),
        ("shadow.answered", "shadow.submitted"),
        ("cycle.closed", "cycle.opened"),
        ("cycle.validated", "cycle.opened"),
        ("restriction.lifted", "restriction.placed"),
    ] {
        assert_eq!(by(kind, begun, BO, SAM), Err(NotCounted::Own), "{kind} of what Sam wrote about Bo");
        assert_eq!(by(kind, begun, BO, BO), Ok(()), "{kind} of what Bo wrote of himself");
        assert_eq!(by(kind, begun, CY, SAM), Ok(()), "{kind} by somebody else who may");
    }
    assert_eq!(by("check.acknowledged", "check.submitted", BO, SAM), Ok(()));
    assert_eq!(by("check.acknowledged", "check.submitted", CY, SAM), Err(NotCounted::Author));
}

#[test]
fn a_report_is_gone_on_with_about_nobody_or_whoever_reported_it() {
    for (begun, kind) in [
        ("incident.reported", "incident.classified"),
        ("incident.reported", "incident.logged"),
        ("signal.logged", "signal.classified"),
    ] {
        let report = event(THING, begun, BO, NORTH, None, Of::Nothing);
        for (subject, expected) in [(None, Ok(())), (Some(BO), Ok(())), (Some(CY), Err(NotCounted::Subject))]
        {
            assert_eq!(counts(&report, &later(kind, SAM, NORTH, subject)), expected, "{kind} {subject:?}");
        }
    }
    assert_eq!(
        counts(&thing("signal.logged"), &later("signal.logged", SAM, NORTH, Some(BO))),
        Err(NotCounted::Begins)
    );
}

fn line(n: u8, kind: &str, author: Uuid, body: &serde_json::Value) -> Line {
    let body = serde_json::value::to_raw_value(body).unwrap();
    let draft = Draft {
        id: Uuid::from_u128(u128::from(n) + 0x77),
        replica: author,
        seq: 1,
        at: chrono::DateTime::parse_from_rfc3339("2026-11-22T06:55:12.120-05:00").unwrap(),
        author,
        kind,
        site: Some(NORTH),
        subject: Some(BO),
        org: None,
        body: &body,
    };
    draft.write().unwrap()
}

fn answers(mark: &str) -> serde_json::Value {
    let mut content = Content::new(StandardRef { standard: Uuid::nil(), version: 1 });
    content.answers.insert("mar".into(), serde_json::from_value(json!({"mark": mark})).unwrap());
    serde_json::to_value(content).unwrap()
}

fn envelopes(lines: &[Line]) -> Vec<Envelope<'_>> {
    lines.iter().map(|line| line.envelope().unwrap()).collect()
}

#[test]
fn a_check_stays_as_it_was_whatever_the_person_checked_sends() {
    let check = line(0, "check.submitted", SAM, &answers("not_met"));
    let amended = json!({"of": THING, "base": [THING], "reason": "better", "content": answers("met")});
    let withdrawn = json!({"of": THING, "base": [THING], "reason": "gone"});
    let approved = json!({"of": THING, "base": [THING], "review": {"outcome": "meets", "feedback": "Fine"}});
    let mut lines = vec![
        check.clone(),
        line(1, "note.amended", BO, &amended),
        line(2, "scenario.amended", BO, &amended),
        line(3, "note.withdrawn", BO, &withdrawn),
        line(4, "handoff.withdrawn", BO, &withdrawn),
        line(5, "incident.withdrawn", BO, &withdrawn),
        line(6, "note.reviewed", BO, &approved),
        line(7, "note.submitted", BO, &json!({"of": THING, "answers": {}})),
        line(8, "check.amended", BO, &amended),
        line(9, "task.done", BO, &withdrawn),
    ];
    let alone = record::fold(envelopes(&[check])).unwrap();
    assert_eq!(record::fold(envelopes(&lines)).unwrap(), alone);
    lines.reverse();
    let split = split(envelopes(&lines)).unwrap();
    let why: Vec<NotCounted> = split.refused.iter().map(|(_, why)| *why).collect();
    use NotCounted::{Begins, Class, Own};
    assert_eq!(why, [Class, Class, Class, Class, Class, Class, Begins, Own, Class]);
    assert!(split.counted.is_empty() && split.unknown.is_empty());
}

#[test]
fn a_verb_that_its_class_does_not_have_approves_and_withdraws_nothing() {
    let note = line(0, "note.submitted", BO, &answers("met"));
    let approved = json!({"of": THING, "base": [THING], "review": {"outcome": "meets", "feedback": "Fine"}});
    let lines = [
        note,
        line(1, "note.withdrawn", SAM, &json!({"of": THING, "base": [THING], "reason": "gone"})),
        line(2, "note.approved", SAM, &approved),
    ];
    let record = record::fold(envelopes(&lines)).unwrap();
    assert_eq!((record.state, record.review(), record.word()), (record::State::AwaitingReview, None, ""));
    assert_eq!(record.history.len(), 3, "they are read all the same");
}

#[test]
fn a_reports_words_stay_those_of_whoever_reported_it() {
    let reported = |words: &str| json!({"category": "fall", "happened_at": "2026-11-22T06:00:00Z", "words": words, "near_miss": false});
    let report = line(0, "incident.reported", BO, &reported("Sam shouted at her"));
    let mut again = reported("Nothing happened");
    again["of"] = json!(THING);
    let lines = [line(1, "incident.reported", SAM, &again), report.clone()];
    let fold = |lines: &[Line]| follow::fold(envelopes(lines), &|_| None).unwrap();
    assert_eq!(fold(&lines), fold(std::slice::from_ref(&report)));
    assert_eq!(fold(&lines).title(), "Sam shouted at her");
    assert_eq!(follow::fold(envelopes(&lines[..1]), &|_| None), None, "and it begins nothing of its own");
}

#[test]
fn a_task_is_given_on_by_naming_it_and_begun_by_naming_nothing() {
    let begun = line(0, "task.assigned", SAM, &json!({"text": "Call the clinic"}));
    let given = line(1, "task.assigned", SAM, &json!({"of": THING, "base": THING, "owner": BO}));
    let elsewhere = line(2, "task.done", SAM, &json!({"of": Uuid::from_u128(5)}));
    let task = task::fold(envelopes(&[given.clone(), elsewhere, begun])).unwrap();
    assert_eq!((task.owner, task.state), (Some(BO), task::TaskState::Assigned));
    assert_eq!(task::fold(envelopes(&[given])), None);
}

#[test]
fn both_sides_read_what_is_named_in_one_way() {
    let of = |body: &str| Of::read(&RawValue::from_string(body.to_owned()).unwrap());
    let id = THING.to_string();
    assert_eq!(of("{}"), Of::Nothing);
    assert_eq!(of(r#"{"of":null}"#), Of::Nothing);
    assert_eq!(of(r#"{"about":"\"of\"","note":{"of":1}}"#), Of::Nothing, "only the body's own member");
    assert_eq!(of(&format!(r#"{{"of":"{id}"}}"#)), Of::Thing(THING));
    assert_eq!(of(&format!(r#"{{"\u006ff":"{id}"}}"#)), Of::Thing(THING), "a name written with an escape");
    for bad in [r#"{"of":7}"#, r#"{"of":"x"}"#, r#"{"of":[]}"#, &format!(r#"{{"of":"{id}","of":"{id}"}}"#)] {
        assert_eq!(of(bad), Of::Unreadable, "{bad}");
    }
}

#[test]
fn the_registry_is_set_by_its_own_verbs_with_nobody_named() {
    let set = |kind: &str, site: Option<Uuid>, subject: Option<Uuid>| {
        let body = serde_json::value::to_raw_value(&json!({"person": BO})).unwrap();
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-22T06:55:12Z").unwrap();
        let (id, replica) = (THING, SAM);
        let draft =
            Draft { id, replica, seq: 1, at, author: SAM, kind, site, subject, org: None, body: &body };
        registry_counts(&draft.write().unwrap().envelope().unwrap())
    };
    assert!(set("standard.published", None, None) && set("standard.retired", None, None));
    for kind in ["org.set", "person.set", "site.set"] {
        assert!(set(kind, None, None), "{kind}");
        assert!(!set(kind, Some(NORTH), None) && !set(kind, None, Some(BO)), "{kind}");
    }
    for kind in ["person.published", "person.retired", "org.retired", "site.moved", "standard.set"] {
        assert!(!set(kind, None, None), "{kind}");
    }
}

proptest! {
    /// Whatever lines there are, in whatever order: a record is what it is without all that are refused.
    #[test]
    fn what_is_refused_leaves_no_trace(
        picks in prop::collection::vec((0usize..TABLE.len(), 0usize..6, prop::bool::ANY, 0usize..3), 0..12),
        seed in any::<u64>(),
    ) {
        let mut lines = vec![line(0, "check.submitted", SAM, &answers("not_met"))];
        for (n, (row, verb, named, author)) in picks.into_iter().enumerate() {
            let verbs = TABLE[row].verbs;
            let kind = format!("{}.{}", TABLE[row].name, verbs[verb % verbs.len()].name);
            let of = if named { THING } else { Uuid::from_u128(5) };
            let body = json!({"of": of, "base": [THING], "reason": "r", "content": answers("met")});
            lines.push(line(u8::try_from(n).unwrap() + 1, &kind, [SAM, BO, CY][author], &body));
        }
        let parts = split(envelopes(&lines)).unwrap();
        let refused: Vec<Uuid> = parts.refused.iter().map(|(envelope, _)| envelope.id).collect();
        let kept: Vec<Line> =
            lines.iter().filter(|line| !refused.contains(&line.envelope().unwrap().id)).cloned().collect();
        let whole = record::fold(envelopes(&lines));
        prop_assert_eq!(&whole, &record::fold(envelopes(&kept)));
        let mut state = seed;
        for i in (1..lines.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            lines.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(whole, record::fold(envelopes(&lines)));
    }
}

/// Whoever leads decides what a report comes to, and not where it is about their own practice.
#[test]
fn nobody_decides_about_a_report_of_their_own_practice() {
    for (begun, kind) in
        [("incident.reported", "incident.classified"), ("signal.logged", "signal.classified")]
    {
        let of = |practice_of| {
            let thing = event(THING, begun, BO, NORTH, Some(BO), Of::Nothing);
            Event { named: Named { practice_of, ..thing.named }, ..thing }
        };
        let by = |author| later(kind, author, NORTH, Some(BO));
        assert_eq!(counts(&of(Some(SAM)), &by(SAM)), Err(NotCounted::Own), "{kind}");
        assert_eq!(counts(&of(Some(SAM)), &by(CY)), Ok(()), "{kind}");
        assert_eq!(counts(&of(None), &by(SAM)), Ok(()), "{kind}");
        // Whoever reported their own practice is not kept from going on with it.
        assert_eq!(counts(&of(Some(BO)), &by(BO)), Ok(()), "{kind}");
    }
}

/// The same, read from lines: a report names whose practice it is about in its body; what an older version
/// wrote named them as its subject.
#[test]
fn whose_practice_a_report_is_about_is_read_from_its_line() {
    let refused = |report: &Line, by: Uuid| {
        let classified = line(1, "incident.classified", by, &json!({"of": THING, "base": [THING]}));
        split(envelopes(&[report.clone(), classified]))
            .unwrap()
            .refused
            .iter()
            .map(|(_, why)| *why)
            .collect::<Vec<_>>()
    };
    let named = line(0, "incident.reported", BO, &json!({"practice_of": SAM}));
    assert_eq!(refused(&named, SAM), [NotCounted::Own]);
    assert_eq!(refused(&named, CY), []);
    let older = line(0, "incident.reported", CY, &json!({}));
    assert_eq!(refused(&older, BO), [NotCounted::Own]);
    assert_eq!(refused(&older, SAM), []);
}
