//! Two changed the same check without signal; Sam settles it on the phone in a few taps, and Quinn's
//! tablet, in Spanish, tells her.

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::draft::{Answer, Mark};
use fieldproof::practice::standard::{Class, Form};
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, PIN, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::hands::{paste, tap};
use crate::look::{gone, says, sees};
use crate::world;

/// Changes a record on a device without screens.
pub async fn amend(device: &world::Device, record: Uuid, why: &str, answers: &[(&str, Mark)], note: &str) {
    let begun = device.ask(Request::BeginAmend { record, reason: why.into() }).await;
    let Reply::Draft(view) = begun else { panic!("{begun:?}") };
    let mut draft = view.draft;
    for (item, mark) in answers {
        draft.content.answers.insert((*item).to_owned(), Answer::mark(*mark));
    }
    draft.content.note = note.to_owned();
    let id = draft.id;
    device.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
    let finished = device.ask(Request::Finish { draft: id }).await;
    assert!(matches!(finished, Reply::Finished { .. }), "{finished:?}");
}

/// A check of Bo that Sam and Quinn changed without knowing of each other: one mark and the note in
/// dispute, another mark changed by Quinn alone. They write on devices without screens.
pub async fn disputed(cast: &Cast) -> Uuid {
    let native = |name: &str| world::Device::start(cast.server.folder.path().join(name), cast.server.url());
    let (sam, quinn) = (native("sam-desk"), native("quinn-desk"));
    sam.pair(&cast.server.code("Sam Rivera").await).await;
    quinn.pair(&cast.server.code("Quinn Abara").await).await;
    let record = sam.observe(Class::Check, cast.elm, Some(cast.bo), &[]).await;
    sam.synced().await;
    quinn.refresh().await;
    for device in [&sam, &quinn] {
        device.faults(|| world::Fault::LostRequest);
    }
    let Reply::Record(view) = sam.ask(Request::Record { record }).await else { panic!("no record") };
    let items = view.standard.expect("its standard").items.into_iter();
    let marks: Vec<String> = items.filter(|item| item.form == Form::Mark).map(|item| item.id).collect();
    let sams = [(marks[0].as_str(), Mark::NotMet)];
    amend(&sam, record, "Looked at the sheet again", &sams, "The sheet was in the office").await;
    let quinns = [(marks[0].as_str(), Mark::NotSeen), (marks[1].as_str(), Mark::NotSeen)];
    amend(&quinn, record, "Saw it from the doorway", &quinns, "The round was early").await;
    for device in [&sam, &quinn] {
        device.faults(|| world::Fault::None);
        device.synced().await;
    }
    record
}

pub async fn settled_on_the_phone_and_told_on_the_tablet() {
    let cast = cast().await;
    let record = disputed(&cast).await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &cast.server, "Sam Rivera").await;
    let mut quinn = Device::new("quinn", TABLET).await;
    quinn.goto(&cast.server.link(&cast.server.code("Quinn Abara").await)).await;
    sees(&quinn, "pair").await;
    tap(&mut quinn, "language-es").await;
    tap(&mut quinn, "pair-next").await;
    paste(&mut quinn, "pin-new", PIN).await;
    paste(&mut quinn, "pin-again", PIN).await;
    tap(&mut quinn, "pair-finish").await;
    sees(&quinn, "owe-conflict").await;
    quinn.run("location.hash = arguments[0]", vec![json!(format!("/settle/{record}"))]).await;
    sees(&quinn, "settle-0").await;
    quinn.picture("settle").await;

    let before = sam.taps;
    tap(&mut sam, "owe-conflict").await;
    sees(&sam, "conflict").await;
    sam.picture("in-dispute").await;
    tap(&mut sam, "go-settle").await;
    sees(&sam, "settle-0").await;
    // Nothing is chosen for her: sent too early, it says what is missing.
    tap(&mut sam, "settle-send").await;
    says(&sam, "fault", "Choose which is right").await;
    tap(&mut sam, "settle-0-0").await;
    // The notes of both can stand together.
    tap(&mut sam, "settle-1-2").await;
    sam.picture("settle").await;
    tap(&mut sam, "settle-why-talked").await;
    tap(&mut sam, "settle-send").await;
    says(&sam, "toast", "Resolved").await;
    sees(&sam, "record").await;
    assert!(sam.taps - before <= 8, "a few taps: {}", sam.taps - before);
    says(&sam, "record-history", "Resolved the difference").await;
    sam.picture("settled").await;
    sees(&sam, "sync-chip").await;
    crate::look::until(
        &sam,
        "all synced",
        "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")",
        vec![],
    )
    .await;

    quinn.run("location.hash = '/sync'", vec![]).await;
    tap(&mut quinn, "sync-now").await;
    quinn.run("location.hash = '/'", vec![]).await;
    says(&quinn, "owe-told", "Sam Rivera").await;
    quinn.picture("told-today").await;
    tap(&mut quinn, "owe-told").await;
    says(&quinn, "told", "We talked about it").await;
    quinn.picture("told").await;
    tap(&mut quinn, "told-read").await;
    gone(&quinn, "told").await;
    sam.check_console().await;
    quinn.check_console().await;
}
