//! The native app's engine in a process of its own, as `platform::connect` starts it, tapped without
//! end. It tells on its standard output what it holds when it opens, and then each answer that the
//! engine gave: what stands there was promised to a person.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fieldproof::engine::api::{DraftView, RecordFilter, Reply, Request, SyncChip};
use fieldproof::engine::link::Handle;
use fieldproof::platform;
use fieldproof::practice::standard::{Class, StandardRef};
use uuid::Uuid;

use crate::cast::answer;
use crate::part;
use crate::world::PIN;

/// What the phone is told: `site subject [server code]`, or `rest`.
const ORDERS: &str = "FIELDPROOF_DRILL_ORDERS";

/// The phone over a folder, with its orders.
pub fn command(folder: &Path, orders: &str) -> Command {
    let mut command = part::command("phone");
    command.env("FIELDPROOF_DATA", folder).env(ORDERS, orders);
    // The keys of a phone that is killed a hundred times do not belong into anybody's key store.
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    command
}

/// One line, out of this process before anything else happens.
fn tell(line: &str) {
    let mut out = std::io::stdout();
    out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
}

pub async fn play() {
    let (engine, pump) = platform::connect();
    tokio::task::spawn_local(pump);
    let orders = std::env::var(ORDERS).unwrap();
    let orders: Vec<&str> = orders.split(' ').collect();
    open(&engine, &orders).await;
    tell_all(&engine).await;
    if let [site, subject, ..] = orders[..] {
        let (site, subject) = (site.parse().unwrap(), subject.parse().unwrap());
        loop {
            fill(&engine, site, subject).await;
        }
    }
    rest(&engine).await;
}

/// Unlocks the profile, or pairs where there is none yet.
async fn open(engine: &Handle, orders: &[&str]) {
    let Reply::Status(status) = engine.ask(Request::Status).await else { panic!("no status") };
    let request = match (status.profiles.first(), orders) {
        (Some(profile), _) => Request::Unlock { profile: profile.profile, pin: PIN.into() },
        (None, [_, _, server, code]) => Request::Pair {
            server: (*server).to_owned(),
            code: (*code).to_owned(),
            device_name: "drill".into(),
            platform: "linux".into(),
            pin: PIN.into(),
        },
        _ => panic!("no profile, and no code to pair with"),
    };
    let reply = engine.ask(request).await;
    assert!(matches!(reply, Reply::Unlocked(_)), "{reply:?}");
}

/// What is here: each record, and each draft with its number of answers.
async fn tell_all(engine: &Handle) {
    let filter = RecordFilter { limit: 100_000, ..RecordFilter::default() };
    let Reply::Records(records) = engine.ask(Request::Records { filter }).await else { panic!("no records") };
    for record in records {
        tell(&format!("holds {}", record.id));
    }
    for view in drafts(engine).await {
        tell(&format!("drafts {} {}", view.draft.id, view.draft.content.answers.len()));
    }
    tell("open");
}

async fn drafts(engine: &Handle) -> Vec<DraftView> {
    let Reply::Drafts(rows) = engine.ask(Request::Drafts).await else { panic!("no drafts") };
    let mut views = Vec::new();
    for row in rows {
        let Reply::Draft(view) = engine.ask(Request::Draft { draft: row.draft }).await else {
            panic!("a draft that is listed does not open")
        };
        views.push(*view);
    }
    views
}

/// Carries on with the draft that is there, or begins one; one answer at a time, then finishes it.
async fn fill(engine: &Handle, site: Uuid, subject: Uuid) {
    let view = match drafts(engine).await.pop() {
        Some(view) => view,
        None => {
            let Some(standard) = check(engine).await else {
                // The first sync has not brought it yet.
                return tokio::time::sleep(Duration::from_millis(5)).await;
            };
            let begin = Request::Begin { standard, site: Some(site), subject: Some(subject) };
            let Reply::Draft(view) = engine.ask(begin).await else { panic!("no draft") };
            *view
        }
    };
    let mut draft = view.draft;
    for item in &view.standard.items {
        if draft.content.answers.contains_key(&item.id) {
            continue;
        }
        draft.content.answers.insert(item.id.clone(), answer(item));
        let saved = engine.ask(Request::SaveDraft { draft: Box::new(draft.clone()) }).await;
        assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
        tell(&format!("saved {} {}", draft.id, draft.content.answers.len()));
    }
    let finished = engine.ask(Request::Finish { draft: draft.id }).await;
    let Reply::Finished { record } = finished else { panic!("{finished:?}") };
    tell(&format!("finished {record}"));
}

async fn check(engine: &Handle) -> Option<StandardRef> {
    let Reply::Standards(standards) = engine.ask(Request::Standards).await else { panic!("no standards") };
    standards.iter().find(|row| row.class == Class::Check).map(|row| row.standard)
}

/// Waits until the server is proven to hold the whole log, by number and by hash.
async fn rest(engine: &Handle) {
    loop {
        let Reply::Status(status) = engine.ask(Request::Status).await else { panic!("no status") };
        if matches!(status.sync, SyncChip::AllSynced { .. }) {
            return tell("synced");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
