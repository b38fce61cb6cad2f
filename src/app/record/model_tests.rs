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
    assert_eq!(comes(&verdict(6, 0, false, Some(true)), true), Comes::Met);
    let unknown = Verdict { unknown: 1, ..verdict(6, 0, false, Some(true)) };
    assert_eq!(comes(&unknown, true), Comes::NotJudged { unknown: 1 }, "not Met beside an Unknown");
    assert_eq!(comes(&verdict(5, 1, true, Some(false)), true), Comes::Critical);
    assert_eq!(comes(&verdict(3, 2, false, Some(false)), true), Comes::Share { met: 3, seen: 5 });
    assert_eq!(comes(&verdict(0, 0, false, None), true), Comes::NothingSeen);
    assert_eq!(
        comes(&Verdict { unknown: 1, critical: true, ..Verdict::default() }, false),
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
