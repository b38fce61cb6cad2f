//! Two who did not know of each other: put together where they changed different things, settled by a
//! person where they say different things, told to whoever had no part in it.

use fieldproof::engine::api::{Owed, RecordView, Reply, Request, Settled, Stands};
use fieldproof::practice::draft::{Answer, Content, Mark, Open};
use fieldproof::practice::merge::Field;
use fieldproof::practice::record::State;
use fieldproof::practice::standard::{Class, Form};
use uuid::Uuid;

use crate::run;
use crate::story::{Cast, cast};
use crate::world::{Device, Fault};

async fn amend(device: &Device, record: Uuid, why: &str, change: impl FnOnce(&mut Content)) {
    let begun = device.ask(Request::BeginAmend { record, reason: why.into() }).await;
    let Reply::Draft(view) = begun else { panic!("{begun:?}") };
    let mut draft = view.draft;
    change(&mut draft.content);
    let id = draft.id;
    device.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
    let finished = device.ask(Request::Finish { draft: id }).await;
    assert!(matches!(finished, Reply::Finished { record: of } if of == record), "{finished:?}");
}

fn mark(content: &mut Content, item: &str, mark: Mark) {
    content.answers.insert(item.to_owned(), Answer::mark(mark));
}

async fn read(device: &Device, record: Uuid) -> RecordView {
    match device.ask(Request::Record { record }).await {
        Reply::Record(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// What Today says was decided about this person's change of the record: by whom, why.
async fn told(device: &Device, record: Uuid) -> Option<(String, String, bool)> {
    let Reply::Today(today) = device.ask(Request::Today).await else { panic!() };
    today.owed.into_iter().find_map(|owed| match owed {
        Owed::Told { record: row, by, reason, withdrawn } if row.id == record => {
            Some((by, reason, withdrawn))
        }
        _ => None,
    })
}

async fn settle(device: &Device, record: Uuid, stands: impl Fn(&[Uuid]) -> Uuid, reason: &str) -> Reply {
    let view = read(device, record).await;
    let firsts = |sides: &[Vec<Uuid>]| sides.iter().map(|side| side[0]).collect::<Vec<_>>();
    let choices = view
        .record
        .disputes
        .iter()
        .map(|dispute| Settled {
            field: dispute.field.clone(),
            stands: Stands::Said(stands(&firsts(&dispute.sides))),
        })
        .collect();
    device.ask(Request::Settle { record, tips: view.record.tips, choices, reason: reason.into() }).await
}

/// A check of Bo by Sam that Quinn has, too, and both without signal. With the ids of what is marked.
async fn apart() -> (Cast, Uuid, Vec<String>) {
    let cast = cast().await;
    let record = cast.sam.observe(Class::Check, cast.elm, Some(cast.bo_id), &[]).await;
    cast.sam.synced().await;
    cast.quinn.refresh().await;
    let items = read(&cast.sam, record).await.standard.unwrap().items;
    cast.sam.faults(|| Fault::LostRequest);
    cast.quinn.faults(|| Fault::LostRequest);
    let marks = items.into_iter().filter(|item| item.form == Form::Mark).map(|item| item.id).collect();
    (cast, record, marks)
}

async fn together(devices: &[&Device]) {
    for device in devices {
        device.faults(|| Fault::None);
        device.synced().await;
    }
    for device in devices {
        device.refresh().await;
    }
}

#[test]
fn different_items_merge_by_themselves_and_what_was_merged_says_so() {
    run(async {
        let (Cast { world: _world, sam, bo, quinn, .. }, record, items) = apart().await;
        amend(&sam, record, "looked at the MAR again", |content| {
            mark(content, &items[0], Mark::NotMet);
            content.note = "MAR was in the office".into();
        })
        .await;
        amend(&quinn, record, "saw it on the round", |content| mark(content, &items[1], Mark::NotSeen)).await;
        bo.refresh().await;
        bo.done(Request::Acknowledge { record, note: String::new() }).await;
        bo.synced().await;
        together(&[&sam, &quinn]).await;
        let at_sam = read(&sam, record).await;
        let at_quinn = read(&quinn, record).await;
        assert_eq!(at_sam.record, at_quinn.record, "both devices read the same");
        assert!(at_sam.record.is_merged());
        let content = &at_sam.record.content;
        assert_eq!(content.answers[&items[0]].mark, Some(Mark::NotMet));
        assert_eq!(content.answers[&items[1]].mark, Some(Mark::NotSeen));
        assert_eq!(content.note, "MAR was in the office");
        assert_eq!(
            (at_sam.row.verdict.missed.clone(), at_sam.row.verdict.not_seen),
            (vec![items[0].clone()], 1)
        );
        // Bo had acknowledged what nobody says any more: it waits for Bo again.
        assert_eq!(at_sam.record.state, State::Submitted);
        let changed: Vec<(String, Vec<Field>)> = at_sam
            .record
            .history
            .iter()
            .filter(|entry| entry.verb == "amended")
            .map(|entry| (at_sam.names[&entry.author].clone(), entry.changed.clone()))
            .collect();
        assert!(
            changed.contains(&("Sam".into(), vec![Field::Item(items[0].clone()), Field::Note])),
            "{changed:?}"
        );
        assert!(changed.contains(&("Quinn".into(), vec![Field::Item(items[1].clone())])), "{changed:?}");
        assert_eq!(told(&sam, record).await, None, "nothing was decided over anybody's head");
    });
}

#[test]
fn the_same_item_keeps_both_a_supervisor_settles_it_and_the_other_device_is_told() {
    run(async {
        let (Cast { world: _world, sam, bo, quinn, .. }, record, items) = apart().await;
        amend(&sam, record, "dose was late", |content| mark(content, &items[0], Mark::NotMet)).await;
        amend(&quinn, record, "could not see it", |content| {
            mark(content, &items[0], Mark::NotSeen);
            content.note = "From the doorway".into();
        })
        .await;
        together(&[&sam, &quinn, &bo]).await;

        let view = read(&sam, record).await;
        assert_eq!(view.record.state, State::Conflict);
        assert_eq!(
            view.record.disputes.len(),
            1,
            "the note was changed by one alone: {:?}",
            view.record.disputes
        );
        let authors: Vec<&str> = view.record.disputes[0]
            .events()
            .map(|event| view.record.history.iter().find(|entry| entry.event == event).unwrap())
            .map(|entry| view.names[&entry.author].as_str())
            .collect();
        assert!(authors.contains(&"Sam") && authors.contains(&"Quinn"), "{authors:?}");
        assert_eq!(view.record.content.answers[&items[0]].mark, Some(Mark::NotMet), "the stricter shows");
        let Reply::Today(today) = sam.ask(Request::Today).await else { panic!() };
        assert!(
            today.owed.iter().any(|owed| matches!(owed, Owed::Conflict { record: row } if row.id == record))
        );
        // Bo, whom it is about, reads it and may not decide.
        assert!(matches!(settle(&bo, record, |sides| sides[0], "mine").await, Reply::Failed(_)));

        let sams = |view: &RecordView, sides: &[Uuid]| {
            let by_sam = |id: &&Uuid| {
                let entry = view.record.history.iter().find(|entry| entry.event == **id).unwrap();
                view.names[&entry.author] == "Sam"
            };
            *sides.iter().find(by_sam).unwrap()
        };
        let no_reason = settle(&sam, record, |sides| sams(&view, sides), " ").await;
        assert!(matches!(&no_reason, Reply::NotYet(open) if *open == [Open::NoReason]), "{no_reason:?}");
        sam.done_settling(&settle(&sam, record, |sides| sams(&view, sides), "we talked about it").await);
        sam.synced().await;
        quinn.refresh().await;
        let settled = read(&quinn, record).await;
        assert_eq!(settled.record.state, State::Submitted);
        assert_eq!(settled.record.content.answers[&items[0]].mark, Some(Mark::NotMet));
        assert_eq!(settled.record.content.note, "From the doorway");
        assert_eq!(told(&quinn, record).await, Some(("Sam".into(), "we talked about it".into(), false)));
        assert_eq!(told(&sam, record).await, None);
        // Read once, it is not owed any more; the history keeps both.
        quinn.done(Request::ReadTold { event: settled.told[0] }).await;
        assert_eq!(told(&quinn, record).await, None);
        let history = read(&quinn, record).await.record.history;
        let said: Vec<Option<Mark>> = history
            .iter()
            .filter_map(|entry| entry.content.as_ref())
            .map(|content| content.answers[&items[0]].mark)
            .collect();
        assert!(said.contains(&Some(Mark::NotSeen)) && said.contains(&Some(Mark::NotMet)), "{said:?}");
    });
}

#[test]
fn two_settle_at_once_and_that_is_settled_again() {
    run(async {
        let (Cast { world: _world, sam, quinn, ada, .. }, record, items) = apart().await;
        amend(&sam, record, "late", |content| mark(content, &items[0], Mark::NotMet)).await;
        amend(&quinn, record, "unseen", |content| mark(content, &items[0], Mark::NotSeen)).await;
        together(&[&sam, &quinn]).await;
        sam.faults(|| Fault::LostRequest);
        quinn.faults(|| Fault::LostRequest);
        sam.done_settling(&settle(&sam, record, |sides| sides[0], "as I saw it").await);
        quinn.done_settling(&settle(&quinn, record, |sides| sides[1], "by the camera").await);
        let early = read(&sam, record).await;
        together(&[&sam, &quinn]).await;
        let view = read(&sam, record).await;
        assert_eq!(view.record.state, State::Conflict);
        let between: Vec<Uuid> = view.record.disputes[0].events().collect();
        assert_eq!(between, view.record.tips, "it is between the two settlements alone");
        // What was looked at before the other settlement came is not what is settled now.
        let stale =
            Request::Settle { record, tips: early.record.tips, choices: vec![], reason: "again".into() };
        let stale = sam.ask(stale).await;
        assert!(matches!(&stale, Reply::NotYet(open) if *open == [Open::Changed]), "{stale:?}");
        quinn.done_settling(&settle(&quinn, record, |sides| sides[0], "asked the pharmacy").await);
        together(&[&quinn, &sam, &ada]).await;
        let at_sam = read(&sam, record).await;
        assert_eq!((at_sam.record.state, at_sam.record.disputes.len()), (State::Submitted, 0));
        assert_eq!(at_sam.record, read(&ada, record).await.record);
        // Each was told of the other's settlement at its turn; the last word was Quinn's.
        assert!(told(&sam, record).await.is_some_and(|(by, ..)| by == "Quinn"));
    });
}

#[test]
fn a_withdrawal_stands_and_whoever_amended_meanwhile_is_told() {
    run(async {
        let (Cast { world: _world, sam, quinn, .. }, record, items) = apart().await;
        sam.done(Request::Withdraw { record, reason: "it was Cy".into() }).await;
        amend(&quinn, record, "seen again", |content| mark(content, &items[0], Mark::NotMet)).await;
        together(&[&sam, &quinn]).await;
        let view = read(&quinn, record).await;
        assert_eq!(view.record.state, State::Withdrawn);
        assert_eq!(view.record, read(&sam, record).await.record);
        assert_eq!(told(&quinn, record).await, Some(("Sam".into(), "it was Cy".into(), true)));
        let unseen: usize = view.record.history.iter().map(|entry| entry.unseen.len()).sum();
        assert_eq!(unseen, 1, "and the withdrawal says what it did not know of");
    });
}

impl Device {
    fn done_settling(&self, reply: &Reply) {
        assert!(matches!(reply, Reply::Done), "{reply:?}");
    }
}
