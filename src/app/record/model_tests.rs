use serde_json::json;

use super::*;
use crate::practice::draft::Content;

fn standard() -> Standard {
    serde_json::from_value(json!({
        "standard": Uuid::nil(), "version": 1, "class": "check", "competency": "medication",
        "title": {"en": "Medication"},
        "items": [
            {"id": "mar", "form": "mark", "text": {"en": "MAR current"}},
            {"id": "dose", "form": "mark", "text": {"en": "Dose checked"}, "critical": true},
            {"id": "plan", "form": "choice", "text": {"en": "Plan"}, "choices": [
                {"id": "unknown", "text": {"en": "Unknown"}, "unknown": true}]},
            {"id": "word", "form": "text", "text": {"en": "Said"}, "optional": true}
        ]
    }))
    .unwrap()
}

#[allow(clippy::needless_pass_by_value, reason = "each caller makes it for this call")]
fn content(answers: serde_json::Value) -> Content {
    serde_json::from_value(json!({"standard": Uuid::nil(), "version": 1, "answers": answers})).unwrap()
}

#[test]
fn misses_come_first() {
    let content =
        content(json!({"mar": {"mark": "met"}, "dose": {"mark": "not_met"}, "plan": {"choice": "unknown"}}));
    let standard = standard();
    let read: Vec<(Group, Vec<&str>)> = groups(&standard.items, &content.answers)
        .into_iter()
        .map(|(group, items)| (group, items.iter().map(|item| item.id.as_str()).collect()))
        .collect();
    let expected = [
        (Group::Missed, vec!["dose"]),
        (Group::Unknown, vec!["plan"]),
        (Group::Met, vec!["mar"]),
        (Group::Open, vec!["word"]),
    ];
    assert_eq!(read, expected);
}

#[test]
fn the_verdict_names_its_reason() {
    let verdict =
        |met, not_met, critical, passed| Verdict { met, not_met, critical, passed, ..Verdict::default() };
    let mut with = standard();
    with.share = 0.8;
    let mut no_marks = standard();
    no_marks.items.retain(|item| item.form != Form::Mark);
    let marks = Some(&with);
    assert_eq!(comes(&verdict(6, 0, false, Some(true)), marks), Comes::Met);
    let nine_of_ten = Comes::MetShare { met: 9, of: 10, needed: 80 };
    assert_eq!(
        comes(&verdict(9, 1, false, Some(true)), marks),
        nine_of_ten,
        "Met beside a miss names its rule"
    );
    let unknown = Verdict { unknown: vec!["plan".into()], ..verdict(6, 0, false, None) };
    assert_eq!(comes(&unknown, marks), Comes::NotJudged { unknown: 1 }, "not Met beside an Unknown");
    let unseen = Verdict { not_seen: 2, ..verdict(2, 0, false, None) };
    assert_eq!(comes(&unseen, marks), Comes::TooLittle { unseen: 2, of: 4 });
    assert_eq!(comes(&Verdict { critical_unseen: true, ..unseen.clone() }, marks), Comes::CriticalUnseen);
    let both = Verdict { unknown: vec!["plan".into()], ..unseen.clone() };
    assert_eq!(comes(&both, marks), Comes::NotJudged { unknown: 1 }, "the reason that lists give");
    assert_eq!(comes(&Verdict { own: true, critical: true, ..unseen.clone() }, marks), Comes::Own);
    assert_eq!(comes(&Verdict { declined: true, critical: true, ..unseen }, marks), Comes::Declined);
    assert_eq!(comes(&verdict(5, 1, true, Some(false)), marks), Comes::Critical);
    assert_eq!(
        comes(&verdict(3, 2, false, Some(false)), marks),
        Comes::Share { met: 3, seen: 5, needed: 80 }
    );
    assert_eq!(comes(&verdict(0, 0, false, None), marks), Comes::NothingSeen);
    assert_eq!(
        comes(
            &Verdict { unknown: vec!["plan".into()], critical: true, ..Verdict::default() },
            Some(&no_marks)
        ),
        Comes::NotJudged { unknown: 1 }
    );
}

#[test]
fn nothing_answered_is_left_out() {
    let content = content(json!({"mar": {"mark": "met"}, "new": {"text": "from a newer version"}}));
    assert_eq!(strangers(Some(&standard()), &content.answers).len(), 1);
    assert_eq!(strangers(None, &content.answers).len(), 2);
}

#[test]
fn fingerprints_read_in_fours() {
    let read = fingerprint(Uuid::from_u128(0x9f3a_77c0_0000_0000_0000_0000_0000_c21e));
    assert_eq!(read, "9f3a 77c0 0000 0000 0000 0000 0000 c21e");
}

#[test]
fn whoever_asked_waits_and_whoever_is_asked_corrects() {
    use crate::practice::record::{Record, State};

    let [sam, quinn, bo] = [1, 2, 3].map(Uuid::from_u128);
    let question = Uuid::from_u128(9);
    let record = |state: State| -> Record {
        serde_json::from_value(json!({
            "id": Uuid::nil(), "class": "check", "site": null, "subject": bo, "author": sam,
            "at": "2026-11-22T06:55:12-05:00", "state": state, "content": content(json!({})), "tips": [],
            "history": [{"event": question, "at": "2026-11-22T07:55:12-05:00", "author": quinn,
                "verb": "returned", "text": "Which round was this?"}],
            "asking": [question]
        }))
        .unwrap()
    };
    let asked = record(State::Returned);
    assert!(corrects_first(&asked, sam), "it is about what Sam wrote");
    assert!(!corrects_first(&asked, quinn), "Quinn waits");
    assert!(!corrects_first(&asked, bo));
    assert!(corrects_first(&record(State::Rework), sam));
    assert!(!corrects_first(&record(State::Submitted), sam));
}
