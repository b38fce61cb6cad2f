use super::*;
use crate::practice::draft::Mark;
use crate::store::query::Sent;
use crate::store::tests::{ALICE, BOB, ELM, content, full, now, numbered, store};
use crate::store::{FormKey, Intake, PulledItem};
use crate::sync::wire::Quarantined;

fn hand_over(store: &mut Store, next: &mut u128) -> bool {
    store
        .hand_over_unfinished(ALICE, now(), || {
            *next += 1;
            Uuid::from_u128(*next)
        })
        .unwrap()
}

fn handed(handed_over: Unfinished) -> LeftOver {
    LeftOver { handed_over, ..LeftOver::default() }
}

fn form(about: &str) -> FormKey {
    FormKey { person: ALICE, form: "report".into(), about: about.into() }
}

fn written(store: &Store) -> Vec<serde_json::Value> {
    let log = store.own().unwrap();
    let lines = store.lines_after(&log, 0, 100, 10_000_000).unwrap();
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_state_of_what_is_not_finished_is_written_once_and_stays_where_it_was() {
    let (mut store, mut next) = (store(), 0x900);
    assert!(!hand_over(&mut store, &mut next), "nothing was begun");
    let mut draft: Draft = serde_json::from_value(serde_json::json!({
        "id": Uuid::from_u128(7), "class": "check", "content": content(Mark::NotMet),
        "site": ELM, "subject": BOB, "begun_at": now(),
    }))
    .unwrap();
    store.save_draft(&draft, now()).unwrap();
    let form = FormKey { person: ALICE, form: "report".into(), about: String::new() };
    store.save_form_draft(&form, "Fell in the hall", now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    assert!(!hand_over(&mut store, &mut next), "all of it is in the log");
    let lines = written(&store);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["kind"], DRAFT_LEFT);
    assert_eq!(lines[0]["site"], serde_json::json!(ELM));
    assert_eq!(serde_json::from_value::<Draft>(lines[0]["body"]["left"].clone()).unwrap(), draft);
    assert_eq!(lines[1]["body"]["text"], "Fell in the hall");
    let both = Unfinished { observations: 1, forms: 1, standards: 0 };
    assert_eq!(store.left_over(), handed(both));

    // It is still there to go on with, and what it comes to later is written, too.
    draft.subject = None;
    store.save_draft(&draft, now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    assert_eq!((written(&store).len(), store.left_over()), (3, handed(both)));
    assert_eq!(store.draft(draft.id).unwrap().unwrap().draft, draft);
    store.rebuild().unwrap();
    assert_eq!(store.newer(10).unwrap().total, 0, "nothing is derived from it");
}

#[test]
fn what_is_longer_than_a_line_goes_in_parts() {
    let (mut store, mut next) = (store(), 0x900);
    let form = FormKey { person: ALICE, form: "report".into(), about: "one".into() };
    let text = "\u{1}\"ñ\u{1f600}".repeat(10_000);
    store.save_form_draft(&form, &text, now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    let parts = written(&store);
    let whole: String = parts.iter().map(|line| line["body"]["text"].as_str().unwrap()).collect();
    assert_eq!((whole, parts[0]["body"]["parts"].as_u64()), (text, Some(5)));
    assert_eq!(store.left_over(), handed(Unfinished { forms: 1, ..Unfinished::default() }));
}

/// It is sent and then thrown away, or goes on: the lock screen says neither more nor less than there is.
#[test]
fn only_what_was_still_there_is_said_to_be_handed_over() {
    let (mut store, mut next) = (store(), 0x900);
    store.save_form_draft(&form("one"), "Fell in the hall", now()).unwrap();
    store.save_form_draft(&form("two"), "Second", now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    store.save_form_draft(&form("one"), "", now()).unwrap();
    assert_eq!(store.left_over(), handed(Unfinished { forms: 1, ..Unfinished::default() }));
    store.save_form_draft(&form("two"), "Second, and more", now()).unwrap();
    let not_sent = Unfinished { forms: 1, ..Unfinished::default() };
    assert_eq!(store.left_over(), LeftOver { not_sent, ..LeftOver::default() });
    store.set_meta(NOTED, "spoilt").unwrap();
    assert_eq!(store.left_over(), LeftOver { unknown: true, ..LeftOver::default() });
}

#[test]
fn without_room_for_all_of_it_what_goes_is_handed_over_and_the_rest_is_counted() {
    let (mut store, mut next) = (store(), 0x900);
    store.save_form_draft(&form("a long one"), &"x".repeat(60_000), now()).unwrap();
    store.save_form_draft(&form("b short one"), "Fell in the hall", now()).unwrap();
    full(&store);
    assert!(hand_over(&mut store, &mut next), "the short one goes");
    assert!(!hand_over(&mut store, &mut next), "and no more does");
    let lines = written(&store);
    assert_eq!((lines.len(), &lines[0]["body"]["text"]), (1, &"Fell in the hall".into()));
    let one = Unfinished { forms: 1, ..Unfinished::default() };
    assert_eq!(store.left_over(), LeftOver { handed_over: one, not_sent: one, unknown: false });
}

#[test]
fn what_no_line_takes_as_it_is_goes_as_text_and_holds_nothing_else_up() {
    let (mut store, mut next) = (store(), 0x900);
    let twice = r#"{"a":{"b":1,"b":2}}"#;
    store.save_form_draft(&form("a"), twice, now()).unwrap();
    store.save_form_draft(&form("b"), "Second", now()).unwrap();
    // A place that is longer than a line goes into none.
    store.save_form_draft(&form(&"c".repeat(70_000)), "Third", now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    assert!(!hand_over(&mut store, &mut next));
    let texts: Vec<_> = written(&store).iter().map(|line| line["body"]["text"].clone()).collect();
    assert_eq!(texts, [twice, "Second"]);
    let (handed_over, not_sent) =
        (Unfinished { forms: 2, ..Unfinished::default() }, Unfinished { forms: 1, ..Unfinished::default() });
    assert_eq!(store.left_over(), LeftOver { handed_over, not_sent, unknown: false });
}

/// Whoever is active again after all has nothing to do about it, and reads nothing of it as an event.
#[test]
fn what_lies_apart_of_it_needs_nobody_and_is_of_no_newer_version() {
    let (mut store, mut next) = (store(), 0x900);
    store.save_form_draft(&form("one"), "Fell in the hall", now()).unwrap();
    assert!(hand_over(&mut store, &mut next));
    let log = store.own().unwrap();
    let apart = |seq| Quarantined {
        seq,
        id: None,
        code: "revoked_device".into(),
        field: None,
        message: String::new(),
    };
    let intake = Intake { held: Some(1), quarantined: vec![apart(1)], ..Intake::default() };
    store.take_in(&log, &intake).unwrap();
    assert_eq!((store.needing_someone().unwrap(), store.set_aside().unwrap()), (0, 0));
    assert_eq!(store.own_events_needing_you().unwrap(), []);
    assert_eq!(store.own_events(9).unwrap().0[0].state, Sent::WithServer);
    // What the person did write still needs them.
    store.append(&[numbered(1, "handoff.submitted", &serde_json::json!({}))], None).unwrap();
    let intake = Intake { held: Some(2), quarantined: vec![apart(1), apart(2)], ..Intake::default() };
    store.take_in(&log, &intake).unwrap();
    assert_eq!(store.needing_someone().unwrap(), 1);
    let needing = store.own_events_needing_you().unwrap();
    assert_eq!(needing.iter().map(|row| row.seq).collect::<Vec<_>>(), [2]);

    // An older server let one of somebody else's through.
    let line = serde_json::json!({
        "v": 1, "id": Uuid::from_u128(0xd), "replica": Uuid::from_u128(0xe), "seq": 1, "at": now(),
        "author": BOB, "kind": DRAFT_LEFT, "site": null, "subject": null, "body": {"text": "Half"},
    });
    let item = PulledItem {
        stream: "quality".into(),
        n: 1,
        own: None,
        received_at: String::new(),
        line: Some(line.to_string()),
    };
    store.take_in(&log, &Intake { items: vec![item], ..Intake::default() }).unwrap();
    for _ in 0..2 {
        let newer = store.newer(9).unwrap();
        assert_eq!((newer.total, newer.rows.len(), store.aside().unwrap()), (0, 0, 0));
        store.rebuild().unwrap();
    }
}
