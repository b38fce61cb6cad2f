use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::practice::draft::{Amends, Answer, Consent, TaskDraft};

fn standard(consent: bool) -> Standard {
    serde_json::from_value(json!({
        "standard": Uuid::nil(), "version": 1, "class": "handoff", "competency": "handoff",
        "title": {"en": "Handoff"}, "consent": consent,
        "items": [
            {"id": "risks", "form": "text", "text": {"en": "Top risks"}},
            {"id": "plan", "form": "choice", "text": {"en": "Safety plan"}, "choices": [
                {"id": "known", "text": {"en": "Known"}},
                {"id": "unknown", "text": {"en": "Unknown"}, "unknown": true}]},
            {"id": "pulse", "form": "number", "text": {"en": "Pulse"}, "min": 30.0, "max": 200.0, "optional": true},
            {"id": "next", "form": "tasks", "text": {"en": "Next steps"}}
        ]
    }))
    .unwrap()
}

fn draft() -> Draft {
    serde_json::from_value(json!({
        "id": Uuid::nil(), "class": "handoff", "site": Uuid::nil(), "subject": null,
        "content": {"standard": Uuid::nil(), "version": 1},
        "begun_at": "2026-11-22T07:43:00Z"
    }))
    .unwrap()
}

fn answer(draft: &mut Draft, item: &str, answer: Answer) {
    draft.content.answers.insert(item.into(), answer);
}

#[test]
fn progress_counts_what_must_be_answered() {
    let (standard, mut draft) = (standard(false), draft());
    assert_eq!(progress(&draft, &standard), (0, 2));
    answer(&mut draft, "risks", Answer { text: "P-04 falls".into(), ..Answer::default() });
    answer(&mut draft, "pulse", Answer { number: Some(70.0), ..Answer::default() });
    assert_eq!(progress(&draft, &standard), (1, 2));
}

#[test]
fn the_bar_is_full_only_where_nothing_is_left() {
    let (standard, mut draft) = (standard(false), draft());
    answer(&mut draft, "risks", Answer { text: "P-04 falls".into(), ..Answer::default() });
    answer(&mut draft, "plan", Answer { choice: Some("unknown".into()), ..Answer::default() });
    assert_eq!(progress(&draft, &standard), (2, 2));
    draft.amends = Some(Amends { of: Uuid::nil(), base: Vec::new(), reason: String::new() });
    assert!(draft.open(&standard).contains(&Open::NoReason), "what was revised is not said yet");
    assert_eq!(progress(&draft, &standard), (2, 3));
}

#[test]
fn each_item_says_where_it_stands() {
    let (standard, mut draft) = (standard(false), draft());
    let stands = |draft: &Draft| standard.items.iter().map(|item| stand(draft, item)).collect::<Vec<_>>();
    assert_eq!(stands(&draft), [Stand::Open, Stand::Open, Stand::Optional, Stand::Optional]);
    answer(&mut draft, "risks", Answer { text: "P-04".into(), ..Answer::default() });
    answer(&mut draft, "plan", Answer { choice: Some("unknown".into()), ..Answer::default() });
    answer(&mut draft, "pulse", Answer { number: Some(400.0), ..Answer::default() });
    draft.tasks.push(TaskDraft { text: "Call".into(), owner: None, due: None, person_code: String::new() });
    assert_eq!(stands(&draft), [Stand::Answered, Stand::Unsure, Stand::Wrong, Stand::Unsure]);
    draft.tasks[0].owner = Some(Uuid::nil());
    answer(&mut draft, "plan", Answer { choice: Some("elsewhere".into()), ..Answer::default() });
    assert_eq!(stands(&draft), [Stand::Answered, Stand::Wrong, Stand::Wrong, Stand::Answered]);
}

/// P-N2: also where both numbers are answered by themselves.
#[test]
fn a_part_that_is_more_than_its_whole_is_wrong_where_it_stands_and_said_at_once() {
    let number = |id: &str| json!({"id": id, "form": "number", "text": {"en": id}, "counted": true});
    let mut late = number("late");
    late["part_of"] = json!("due");
    let standard: Standard = serde_json::from_value(json!({
        "standard": Uuid::nil(), "version": 1, "class": "audit", "competency": "medication",
        "title": {"en": "Audit"}, "items": [number("due"), late]
    }))
    .unwrap();
    let mut draft = draft();
    for (id, given) in [("due", 3.0), ("late", 12.0)] {
        answer(&mut draft, id, Answer { number: Some(given), ..Answer::default() });
    }
    let stands = |draft: &Draft| standard.items.iter().map(|item| stand(draft, item)).collect::<Vec<_>>();
    assert_eq!(stands(&draft), [Stand::Answered, Stand::Wrong]);
    assert!(draft.open(&standard).iter().any(|open| wrong(open) && open.item() == Some("late")));
    answer(&mut draft, "due", Answer { text: "a lot".into(), ..Answer::default() });
    assert_eq!(stands(&draft), [Stand::Wrong, Stand::Answered], "what was typed is no answer");
}

#[test]
fn steps_begin_with_consent_and_end_with_finishing() {
    assert_eq!(steps(&standard(true)).first(), Some(&Step::Consent));
    assert_eq!(steps(&standard(false)).first(), Some(&Step::Item(0)));
    assert_eq!(steps(&standard(true)).last(), Some(&Step::End));
}

#[test]
fn opens_where_it_was_left() {
    let (standard, mut draft) = (standard(true), draft());
    assert_eq!(step_to_open(&draft, &standard), 0);
    draft.item = Some("plan".into());
    assert_eq!(step_to_open(&draft, &standard), 2);
    draft.item = Some("gone".into());
    assert_eq!(step_to_open(&draft, &standard), 0);
}

#[test]
fn every_open_point_has_a_place_to_jump_to() {
    let (standard, mut draft) = (standard(true), draft());
    draft.site = None;
    draft.tasks.push(TaskDraft { text: " ".into(), owner: None, due: None, person_code: String::new() });
    let open = draft.open(&standard);
    let places: Vec<(String, usize)> =
        open.iter().map(|open| (anchor(open), step_of(open, &standard))).collect();
    let expected = [("site", 0), ("consent", 0), ("item-risks", 1), ("item-plan", 2), ("task-0", 4)];
    assert_eq!(places, expected.map(|(id, step)| (id.to_owned(), step)));
    draft.content.consent = Some(Consent::Given);
    assert!(!draft.open(&standard).contains(&Open::NoConsent));
}
