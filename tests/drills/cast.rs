//! Ada administers; Sam supervises Elm House, where Bo works; Quinn is the quality lead.

use std::path::Path;

use fieldproof::engine::api::{Failure, RecordFilter, Reply, Request};
use fieldproof::practice::draft::{Answer, Consent, Mark};
use fieldproof::practice::standard::{Class, Form, Item};
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::world::Device;

pub struct Cast {
    pub ada: Device,
    pub quinn: Device,
    pub elm: Uuid,
    pub sam: Uuid,
    pub bo: Uuid,
}

/// Pairs the administrator and the quality lead, and makes the others known.
pub async fn cast(folder: &Path, url: &str, code: &str) -> Cast {
    let ada = Device::start(folder.join("ada"), url.to_owned());
    ada.pair(code).await;
    ada.done(Request::PublishStarters).await;
    let elm = ada.add_site("Elm House").await;
    let sam = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
    let bo = ada.add_person("Bo", Role::Staff, &[elm]).await;
    let quinn = ada.add_person("Quinn", Role::Quality, &[]).await;
    ada.synced().await;
    let code = ada.code_for(quinn).await;
    let quinn = Device::start(folder.join("quinn"), url.to_owned());
    quinn.pair(&code).await;
    Cast { ada, quinn, elm, sam, bo }
}

/// The ids of all records that a device shows, sorted.
pub async fn records(device: &Device) -> Vec<Uuid> {
    let filter = RecordFilter { limit: 100_000, ..RecordFilter::default() };
    match device.ask(Request::Records { filter }).await {
        Reply::Records(rows) => {
            let mut ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            ids.sort();
            ids
        }
        other => panic!("{other:?}"),
    }
}

/// A check, answered and finished as a person would, with a note of so many bytes.
///
/// # Errors
/// What the engine said to the step that it could not do.
pub async fn check(device: &Device, site: Uuid, subject: Uuid, note: usize) -> Result<Uuid, Failure> {
    let refused = |reply: Reply| match reply {
        Reply::Failed(failure) => failure,
        other => panic!("{other:?}"),
    };
    let standards = match device.ask(Request::Standards).await {
        Reply::Standards(standards) => standards,
        other => return Err(refused(other)),
    };
    let standard = standards.iter().find(|row| row.class == Class::Check).unwrap().standard;
    let begin = Request::Begin { standard, site: Some(site), subject: Some(subject) };
    let view = match device.ask(begin).await {
        Reply::Draft(view) => view,
        other => return Err(refused(other)),
    };
    let mut draft = view.draft;
    for item in &view.standard.items {
        draft.content.answers.insert(item.id.clone(), answer(item));
    }
    if view.standard.consent {
        draft.content.consent = Some(Consent::Given);
    }
    draft.content.note = "a".repeat(note);
    let id = draft.id;
    match device.ask(Request::SaveDraft { draft: Box::new(draft) }).await {
        Reply::Saved { .. } => {}
        other => return Err(refused(other)),
    }
    match device.ask(Request::Finish { draft: id }).await {
        Reply::Finished { record } => Ok(record),
        other => Err(refused(other)),
    }
}

/// The best answer to an item of any form.
pub fn answer(item: &Item) -> Answer {
    match item.form {
        Form::Mark => Answer::mark(Mark::Met),
        Form::Number => Answer { number: Some(item.min.unwrap_or(0.0)), ..Answer::default() },
        Form::Choice => Answer {
            choice: item.choices.first().map(|choice| choice.id.clone()),
            text: "As on the night before".into(),
            ..Answer::default()
        },
        Form::Text | Form::Tasks => {
            Answer { text: "Took the cup with both hands".into(), ..Answer::default() }
        }
    }
}
