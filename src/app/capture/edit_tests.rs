use super::*;
use crate::practice::draft::Shift;
use crate::practice::standard::{Choice, Deviation};
use crate::practice::text::Text;

fn draft() -> Draft {
    // From JSON, so that a member that a later version adds takes its default.
    serde_json::from_value(serde_json::json!({
        "id": Uuid::nil(), "class": "check", "site": null, "subject": null,
        "content": {"standard": Uuid::nil(), "version": 1},
        "begun_at": "2026-11-22T07:43:00Z"
    }))
    .unwrap()
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T07:43:00+00:00").unwrap()
}

fn item(form: Form) -> Item {
    Item {
        id: "signed".into(),
        form,
        text: Text::from("Signed at the time"),
        look: Text::default(),
        good: Text::default(),
        critical: false,
        optional: true,
        not_seen: true,
        not_applicable: false,
        deviations: vec![
            Deviation {
                id: "blank".into(),
                text: Text::from("Left blank"),
                refresher: None,
                competency: String::new(),
            },
            Deviation {
                id: "late".into(),
                text: Text::from("Late"),
                refresher: Some("sign".into()),
                competency: String::new(),
            },
        ],
        choices: ["known", "unknown"]
            .map(|id| Choice {
                id: id.into(),
                text: Text::from(id),
                unknown: id == "unknown",
                note: id == "known",
            })
            .to_vec(),
        min: None,
        max: None,
        unit: Text::default(),
        counted: None,
        part_of: None,
        more: serde_json::Map::new(),
    }
}

#[test]
fn a_slip_from_not_met_to_met_and_back_loses_nothing() {
    let (mut draft, mut stash) = (draft(), Stash::default());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    toggle_deviation(&mut draft, "signed", "late");
    set_coaching(
        &mut draft,
        Coaching { item: "signed".into(), said: "Pen stays".into(), ..Coaching::default() },
    );
    let before = draft.clone();
    set_mark(&mut draft, &mut stash, "signed", Mark::Met);
    assert!(draft.content.coaching.is_empty());
    assert!(draft.content.answers["signed"].deviations.is_empty());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    assert_eq!(draft, before);
}

/// U6: one tap destroys nothing.
#[test]
fn removed_coaching_comes_back_and_never_over_what_was_coached_since() {
    let (mut draft, mut stash) = (draft(), Stash::default());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    let said = |said: &str| Coaching { item: "signed".into(), said: said.into(), ..Coaching::default() };
    set_coaching(&mut draft, said("Pen stays"));
    let before = draft.clone();
    remove_coaching(&mut draft, &mut stash, "signed");
    assert!(draft.content.coaching.is_empty() && stash.has_coaching("signed"));
    restore_coaching(&mut draft, &mut stash, "signed");
    assert_eq!((&draft, stash.has_coaching("signed")), (&before, false));
    remove_coaching(&mut draft, &mut stash, "signed");
    set_coaching(&mut draft, said("Signs before the door"));
    restore_coaching(&mut draft, &mut stash, "signed");
    assert_eq!(draft.content.coaching, [said("Signs before the door")]);
}

#[test]
fn coaching_of_an_answer_that_was_cleared_comes_back_with_its_mark() {
    let (mut draft, mut stash) = (draft(), Stash::default());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    set_coaching(
        &mut draft,
        Coaching { item: "signed".into(), said: "Pen stays".into(), ..Coaching::default() },
    );
    let before = draft.clone();
    clear(&mut draft, &mut stash, "signed");
    assert!(draft.content.answers.is_empty() && draft.content.coaching.is_empty());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    assert_eq!(draft, before);
}

#[test]
fn deviations_belong_to_a_miss() {
    let (mut draft, mut stash) = (draft(), Stash::default());
    set_mark(&mut draft, &mut stash, "signed", Mark::Met);
    toggle_deviation(&mut draft, "signed", "late");
    assert!(draft.content.answers["signed"].deviations.is_empty());
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    toggle_deviation(&mut draft, "signed", "late");
    toggle_deviation(&mut draft, "signed", "blank");
    toggle_deviation(&mut draft, "signed", "late");
    assert_eq!(draft.content.answers["signed"].deviations, ["blank"]);
}

#[test]
fn the_time_of_an_answer_survives_a_change_of_mind() {
    let (mut draft, mut stash) = (draft(), Stash::default());
    answer_mut(&mut draft, "signed").ms = 900;
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    set_mark(&mut draft, &mut stash, "signed", Mark::NotSeen);
    assert_eq!(draft.content.answers["signed"].ms, 900);
}

#[test]
fn a_note_goes_with_its_choice_and_comes_back() {
    let (mut draft, mut stash, item) = (draft(), Stash::default(), item(Form::Choice));
    set_choice(&mut draft, &mut stash, &item, "known");
    answer_mut(&mut draft, "signed").text = "In the red folder".into();
    set_choice(&mut draft, &mut stash, &item, "unknown");
    assert_eq!(draft.content.answers["signed"].text, "");
    set_choice(&mut draft, &mut stash, &item, "known");
    assert_eq!(draft.content.answers["signed"].text, "In the red folder");
}

#[test]
fn a_reviewers_words_of_one_choice_are_not_sent_with_another() {
    let (item, mut notes) = (item(Form::Choice), Notes::new());
    let mut answer = Answer::default();
    choose(&mut answer, &mut notes, &item, "known");
    answer.text = "In the red folder".into();
    choose(&mut answer, &mut notes, &item, "unknown");
    assert_eq!((answer.choice.as_deref(), answer.text.as_str()), (Some("unknown"), ""));
    choose(&mut answer, &mut notes, &item, "known");
    assert_eq!(answer.text, "In the red folder");
}

#[test]
fn coaching_opens_with_the_refresher_of_the_deviation() {
    let (mut draft, mut stash, item) = (draft(), Stash::default(), item(Form::Mark));
    set_mark(&mut draft, &mut stash, "signed", Mark::NotMet);
    toggle_deviation(&mut draft, "signed", "blank");
    toggle_deviation(&mut draft, "signed", "late");
    let day = now().date_naive();
    let opened = coaching_to_begin(&draft, &item, day);
    assert_eq!(opened.refresher.as_deref(), Some("sign"));
    assert_eq!(opened.look_again, Some(day));
    let kept = Coaching { said: "Agreed".into(), refresher: None, ..opened };
    set_coaching(&mut draft, kept.clone());
    set_coaching(&mut draft, kept.clone());
    assert_eq!(draft.content.coaching.len(), 1);
    assert_eq!(coaching_to_begin(&draft, &item, day), kept);
}

#[test]
fn finding_out_makes_one_task_however_often_it_is_tapped() {
    let mut draft = draft();
    draft.content.person_code = "P-07".into();
    find_out(&mut draft, "Find out: safety plan", |task| task.owner = Some(Uuid::max()));
    find_out(&mut draft, "Find out: safety plan", |task| task.due = Some(now()));
    assert_eq!(draft.tasks.len(), 1);
    let task = finding_out(&draft, "Find out: safety plan").unwrap();
    assert_eq!((task.owner, task.due, task.person_code.as_str()), (Some(Uuid::max()), Some(now()), "P-07"));
}

#[test]
fn back_dating_moves_the_shift_unless_somebody_chose_another() {
    let mut draft = draft();
    draft.content.shift = Some(Shift::Early);
    let night = DateTime::parse_from_rfc3339("2026-11-21T23:10:00+00:00").unwrap();
    set_happened(&mut draft, Some(night), now(), ShiftTimes::default());
    assert_eq!(draft.content.shift, Some(Shift::Night));
    draft.content.shift = Some(Shift::Late);
    set_happened(&mut draft, None, now(), ShiftTimes::default());
    assert_eq!(draft.content.shift, Some(Shift::Late));
}

#[test]
fn an_emptied_field_is_no_answer() {
    let (mut draft, item) = (draft(), item(Form::Text));
    answer_mut(&mut draft, "signed").text = "  ".into();
    drop_if_empty(&mut draft, &item);
    assert!(draft.content.answers.is_empty());
}

/// P-N1: what reads as no number is neither lost nor taken for one.
#[test]
fn what_was_typed_for_a_number_stays_until_it_is_one() {
    let (mut draft, mut item) = (draft(), item(Form::Number));
    item.counted = Some(true);
    let mut typed = |text: &str| {
        answer_mut(&mut draft, "signed").type_number(text, item.number_kind());
        drop_if_empty(&mut draft, &item);
        draft.content.answers.get("signed").map(|answer| (answer.number, answer.text.clone()))
    };
    assert_eq!(typed("12.5"), Some((None, "12.5".to_owned())));
    assert_eq!(typed("1,240"), Some((Some(1240.0), String::new())));
    assert_eq!(typed(" "), None);
}
