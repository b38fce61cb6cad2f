//! Each fixture, opened by today's code: readable, derived, and syncing on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use fieldproof::engine::api::{RecordFilter, Reply, Request};
use fieldproof::practice::draft::{Answer, Mark};
use fieldproof::practice::record::State;
use fieldproof::practice::standard::Form;
use fieldproof::record::Head;
use fieldproof::sync::wire::Role;
use serde_json::{Value, json};
use sync_server::commands::pair;
use sync_server::seams::Seams;
use sync_server::storage::Storage;
use sync_server::storage::sqlite::{Sqlite, verify};
use sync_server::{Server, Settings};
use uuid::Uuid;

use crate::fixture::{self, Expected};
use crate::run;
use crate::world::{Device, PIN};

#[test]
fn data_of_every_version_is_read_and_goes_on() {
    let all = fixture::all();
    assert!(all.len() >= 2, "the fixtures are gone");
    for fixture in all {
        println!("{}", fixture.display());
        run(async move {
            let folder = tempfile::tempdir().unwrap();
            fixture::unpack(&fixture, folder.path());
            open(folder.path(), &fixture::expected(&fixture)).await;
        });
    }
}

async fn open(folder: &Path, expected: &Expected) {
    // A day later, by the server's clock: tokens of those days are good.
    let clock = expected.made_ms + 86_400_000;
    let seams = Seams::with_clock(move || clock);
    let storage = Arc::new(Sqlite::open(&folder.join("server")).unwrap());
    the_same_lines(&folder.join("lines"), &*storage).await;
    let settings = Settings { seams: seams.clone(), enrols_per_minute: 1_000, ..Settings::default() };
    let server = Server::start(([127, 0, 0, 1], 0).into(), storage.clone(), settings).await.unwrap();
    let url = format!("http://{}", server.address());

    let sam = sam(&folder.join("sam"), &url).await;
    assert_eq!(listed(&sam).await, expected.records);
    let Reply::Tasks(tasks) = sam.ask(Request::Tasks { site: None }).await else { panic!() };
    assert_eq!(tasks.len(), expected.tasks);
    for record in expected.records.keys() {
        let Reply::Record(view) = sam.ask(Request::Record { record: *record }).await else {
            panic!("{record} does not open")
        };
        assert!(view.standard.is_some(), "{record} has lost its standard");
    }
    let Reply::Sync(view) = sam.ask(Request::Sync).await else { panic!() };
    assert_eq!((view.own.seq, view.own.hash.to_string()), expected.own);
    let kept: Vec<&str> = view.newer.iter().map(|row| row.line.as_str()).collect();
    assert_eq!(kept, [&expected.newer[1]], "a line that nobody understands, byte for byte");

    // What waited is sent, and the draft is finished.
    sam.synced().await;
    let finished = finish(&sam, expected.draft).await;
    sam.synced().await;
    let mut all = expected.records.clone();
    all.insert(finished, State::Submitted);
    assert_eq!(listed(&sam).await, all);

    // Somebody new reads what was written then and now, and the lines of nobody's version.
    let org = storage.orgs().await.unwrap()[0].org;
    let registry = storage.registry(org).await.unwrap();
    let ada = registry.people().iter().find(|person| person.role == Role::Admin).unwrap().person;
    let code = pair(&*storage, &seams, org, &ada.to_string(), 15).await.unwrap().code;
    let new = Device::start(folder.join("new"), url);
    new.pair(&code).await;
    assert_eq!(listed(&new).await, all);
    let Reply::Sync(view) = new.ask(Request::Sync).await else { panic!() };
    let mut kept: Vec<&str> = view.newer.iter().map(|row| row.line.as_str()).collect();
    kept.sort_unstable_by_key(|line| expected.newer.iter().position(|known| known == line));
    assert_eq!(kept, [&expected.newer[0], &expected.newer[1]]);
    server.stop().await;
    let verified = verify(&folder.join("server"));
    assert!(verified.problems.is_empty(), "{:?}", verified.problems);
    assert!(storage.ready().await.is_err(), "closed with its server");
}

/// The server gives out the very bytes that were exported then, and the heads over them.
async fn the_same_lines(lines: &Path, storage: &dyn Storage) {
    let heads: BTreeMap<Uuid, Value> =
        serde_json::from_slice(&std::fs::read(lines.join("heads.json")).unwrap()).unwrap();
    assert_eq!(storage.replicas(None).await.unwrap().len(), heads.len());
    for (replica, told) in heads {
        let kept = std::fs::read(lines.join(format!("{replica}.jsonl"))).unwrap();
        let stored = storage.lines(replica, 0, usize::MAX).await.unwrap();
        let stored: Vec<u8> =
            stored.iter().flat_map(|(_, line)| line.iter().copied().chain([b'\n'])).collect();
        assert_eq!(stored, kept);
        let whole = kept.strip_suffix(b"\n").unwrap_or(&kept).split(|byte| *byte == b'\n');
        let (mut seq, mut head) = (0, Head::ZERO);
        for line in whole.filter(|_| !kept.is_empty()) {
            (seq, head) = (seq + 1, head.next(line));
        }
        assert_eq!(told, json!({"seq": seq, "hash": head}));
    }
}

/// Sam's device, unlocked, with the server at another address than it was.
async fn sam(folder: &Path, url: &str) -> Device {
    let db = rusqlite::Connection::open(folder.join("device.db")).unwrap();
    db.execute("UPDATE profile SET server = ?1", [url]).unwrap();
    drop(db);
    let sam = Device::start(folder.to_owned(), url.to_owned());
    // Nothing is sent until it was seen what is there.
    let profile = sam.status().await.profiles[0].profile;
    let opened = sam.ask(Request::Unlock { profile, pin: PIN.into() }).await;
    assert!(matches!(opened, Reply::Unlocked(_)), "{opened:?}");
    sam
}

async fn listed(device: &Device) -> BTreeMap<Uuid, State> {
    let filter = RecordFilter { limit: 1_000, ..RecordFilter::default() };
    match device.ask(Request::Records { filter }).await {
        Reply::Records(rows) => rows.into_iter().map(|row| (row.id, row.state)).collect(),
        other => panic!("{other:?}"),
    }
}

/// Answers what is open in the draft, and finishes it.
async fn finish(sam: &Device, (id, answers): (Uuid, usize)) -> Uuid {
    let Reply::Draft(view) = sam.ask(Request::Draft { draft: id }).await else { panic!("the draft is gone") };
    let mut draft = view.draft;
    assert_eq!(draft.content.answers.len(), answers);
    for item in &view.standard.items {
        let answer = match item.form {
            Form::Mark => Answer::mark(Mark::Met),
            Form::Choice => Answer {
                choice: item.choices.first().map(|choice| choice.id.clone()),
                text: "As on the night before".into(),
                ..Answer::default()
            },
            Form::Number => Answer { number: item.min, ..Answer::default() },
            Form::Text | Form::Tasks => Answer { text: "Calm".into(), ..Answer::default() },
        };
        if !draft.content.answers.get(&item.id).is_some_and(|given| given.is_given(item.form)) {
            draft.content.answers.insert(item.id.clone(), answer);
        }
    }
    // It lay since that version was there: whoever finishes it says when it was.
    draft.content.happened_at.get_or_insert(draft.begun_at);
    let saved = sam.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
    assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
    match sam.ask(Request::Finish { draft: id }).await {
        Reply::Finished { record } => record,
        other => panic!("{other:?}"),
    }
}
