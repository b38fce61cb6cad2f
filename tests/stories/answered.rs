//! U24: a question about a record is answered without a correction, and whoever asked hears it. U8: so is
//! what the person whom an observation is about says to it.

use fieldproof::engine::api::{HeardOf, Owed, RecordView, Reply, Request};
use fieldproof::practice::record::State;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::Device;

async fn view(device: &Device, record: Uuid) -> RecordView {
    match device.ask(Request::Record { record }).await {
        Reply::Record(view) => *view,
        other => panic!("{other:?}"),
    }
}

async fn asks(device: &Device, record: Uuid) -> Option<String> {
    device.today().await.owed.into_iter().find_map(|one| match one {
        Owed::Returned { record: row, reason, .. } if row.id == record => Some(reason),
        _ => None,
    })
}

/// Who asks, as Today names them.
async fn asked_by(device: &Device, record: Uuid) -> Option<String> {
    device.today().await.owed.into_iter().find_map(|one| match one {
        Owed::Returned { record: row, by, .. } if row.id == record => Some(by),
        _ => None,
    })
}

/// What this device's Today says that somebody answered.
async fn heard(device: &Device, record: Uuid) -> Option<(String, String)> {
    device.today().await.owed.into_iter().find_map(|one| match one {
        Owed::Heard { of: HeardOf::Answered(row), by, words } if row.id == record => Some((by, words)),
        _ => None,
    })
}

#[test]
fn u24_a_question_is_answered_without_a_correction_and_whoever_asked_hears_it() {
    run(async {
        let Cast { world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        quinn.refresh().await;
        assert!(!view(&quinn, check).await.may.answer, "nobody asked");
        quinn.done(Request::Return { record: check, reason: "Which round was this?".into() }).await;
        assert!(!view(&quinn, check).await.may.answer, "nobody answers only themselves");
        quinn.synced().await;

        sam.refresh().await;
        let asked = view(&sam, check).await;
        assert!(asked.may.answer && asked.may.amend);
        assert_eq!(asks(&sam, check).await.as_deref(), Some("Which round was this?"));
        assert_eq!(asked_by(&sam, check).await.as_deref(), Some("Quinn"), "Today says who asks");
        let questions = asked.record.asking.clone();
        let empty = Request::Answer { record: check, questions: questions.clone(), note: "  ".into() };
        assert!(matches!(sam.ask(empty).await, Reply::NotYet(_)), "an answer says something");
        bo.refresh().await;
        let answer = Request::Answer { record: check, questions, note: "The one at eight".into() };
        assert!(!view(&bo, check).await.may.answer);
        assert!(matches!(bo.ask(answer.clone()).await, Reply::Failed(_)), "whom it is about does not answer");
        sam.done(answer).await;
        let answered = view(&sam, check).await;
        assert_eq!((answered.record.state, answered.may.answer), (State::Submitted, false));
        assert_eq!(asks(&sam, check).await, None);
        sam.synced().await;

        quinn.refresh().await;
        let said = view(&quinn, check).await;
        assert_eq!(said.record.state, State::Submitted);
        assert_eq!(said.record.history.last().unwrap().text, "The one at eight");
        assert_eq!(heard(&quinn, check).await, Some(("Sam".into(), "The one at eight".into())));
        // Opening it is reading it.
        assert_eq!(said.heard.len(), 1);
        quinn.done(Request::ReadTold { event: said.heard[0] }).await;
        assert_eq!(heard(&quinn, check).await, None);
        assert!(world.quarantined().await.is_empty(), "the server takes the answer");
    });
}

#[test]
fn u24_what_was_asked_without_the_answerer_knowing_stays_open() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        quinn.refresh().await;
        quinn.done(Request::Return { record: check, reason: "Which round?".into() }).await;
        quinn.synced().await;
        sam.refresh().await;
        let questions = view(&sam, check).await.record.asking;
        quinn.done(Request::Return { record: check, reason: "And who was there?".into() }).await;
        quinn.synced().await;
        // The second question arrives between reading the first and answering it.
        sam.refresh().await;
        sam.done(Request::Answer { record: check, questions, note: "The one at eight".into() }).await;
        assert_eq!(view(&sam, check).await.record.state, State::Returned);
        assert_eq!(asks(&sam, check).await.as_deref(), Some("And who was there?"));
    });
}

/// What this device's Today says that somebody replied to an observation.
async fn replied(device: &Device, record: Uuid) -> Option<(String, String)> {
    device.today().await.owed.into_iter().find_map(|one| match one {
        Owed::Heard { of: HeardOf::Replied(row), by, words } if row.id == record => Some((by, words)),
        _ => None,
    })
}

fn acknowledge(record: Uuid, words: &str) -> Request {
    Request::Acknowledge { record, note: words.into() }
}

#[test]
fn u8_a_reply_reaches_the_observer_who_answers_it_and_later_questions_too() {
    run(async {
        let Cast { world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.synced().await;
        bo.refresh().await;
        assert!(!view(&bo, check).await.may.ask, "acknowledging comes first");
        bo.done(acknowledge(check, "The chart was missing")).await;
        bo.done(acknowledge(check, "The chart was missing")).await;
        assert!(!view(&bo, check).await.may.acknowledge);
        let said = view(&bo, check).await.record.history;
        let said = said.iter().filter(|entry| entry.verb == "acknowledged").count();
        assert_eq!(said, 1, "a second tap says nothing twice");
        bo.synced().await;

        sam.refresh().await;
        quinn.refresh().await;
        assert_eq!(replied(&sam, check).await, Some(("Bo".into(), "The chart was missing".into())));
        assert_eq!(replied(&quinn, check).await, None, "the observer is there to hear it");
        let seen = view(&sam, check).await;
        assert_eq!((seen.record.state, seen.heard.len()), (State::Acknowledged, 1));
        let replies: Vec<Uuid> = seen.record.open_replies().map(|reply| reply.event).collect();
        assert!(seen.may.reply && !seen.may.answer, "a reply holds nothing open");
        sam.done(Request::ReadTold { event: seen.heard[0] }).await;
        assert_eq!(replied(&sam, check).await, None);
        let answer = Request::Answer { record: check, questions: replies, note: "It is there now".into() };
        assert!(matches!(bo.ask(answer.clone()).await, Reply::Failed(_)), "nobody answers themselves");
        sam.done(answer).await;
        assert!(!view(&sam, check).await.may.reply);
        sam.synced().await;

        bo.refresh().await;
        assert_eq!(heard(&bo, check).await, Some(("Sam".into(), "It is there now".into())));
        let asking = view(&bo, check).await;
        assert!(asking.may.ask);
        assert!(
            matches!(bo.ask(acknowledge(check, " ")).await, Reply::NotYet(_)),
            "a question says something"
        );
        bo.done(acknowledge(check, "Which round was it?")).await;
        bo.synced().await;
        sam.refresh().await;
        assert_eq!(replied(&sam, check).await, Some(("Bo".into(), "Which round was it?".into())));
        assert_eq!(view(&sam, check).await.record.state, State::Acknowledged);
        assert!(world.quarantined().await.is_empty());
    });
}

#[test]
fn u8_a_reply_to_somebody_who_left_reaches_whoever_leads_there() {
    run(async {
        let Cast { world, ada, sam, bo, elm, bo_id, .. } = cast().await;
        let dee_id = ada.add_person("Dee", Role::Supervisor, &[elm]).await;
        ada.synced().await;
        let dee = world.paired("dee", &ada.code_for(dee_id).await).await;
        dee.refresh().await;
        let check = dee.observe(Class::Check, elm, Some(bo_id), &[]).await;
        dee.synced().await;
        bo.refresh().await;
        bo.done(acknowledge(check, "The chart was missing")).await;
        bo.synced().await;
        sam.refresh().await;
        assert_eq!(replied(&sam, check).await, None);
        let leaves = Request::SetPerson {
            person: Some(dee_id),
            name: "Dee".into(),
            role: Role::Supervisor,
            sites: vec![elm],
            active: false,
        };
        ada.done(leaves).await;
        ada.synced().await;
        sam.refresh().await;
        bo.refresh().await;
        assert_eq!(replied(&sam, check).await, Some(("Bo".into(), "The chart was missing".into())));
        assert_eq!(replied(&bo, check).await, None, "nobody hears themselves");
        let seen = view(&sam, check).await;
        sam.done(Request::ReadTold { event: seen.heard[0] }).await;
        assert_eq!(replied(&sam, check).await, None);
    });
}
