//! Makes a fixture of the version at hand, by its own code and its own doors.

use std::time::Duration;

use fieldproof::engine::api::{RecordFilter, Reply, Request};
use fieldproof::engine::host::{Host, HttpRequest};
use fieldproof::platform::NativeHost;
use fieldproof::practice::draft::{Answer, Mark};
use fieldproof::practice::standard::Class;
use fieldproof::record::Head;
use fieldproof::sync::wire::Role;
use futures::StreamExt;
use serde_json::{Value, json};
use sync_server::seams::Seams;
use sync_server::storage::Storage;
use sync_server::storage::sqlite::Sqlite;
use uuid::Uuid;

use crate::fixture::{self, Expected};
use crate::run;
use crate::world::{Device, World};

/// Named by `FIELDPROOF_FIXTURE`.
#[test]
#[ignore = "writes a fixture, once a release: docs/recipes/release.md"]
fn a_fixture() {
    let name = std::env::var("FIELDPROOF_FIXTURE").expect("FIELDPROOF_FIXTURE names the new fixture");
    let into = fixture::folder().join(name);
    assert!(!into.exists(), "a fixture is never written over");
    run(async move {
        let mut world = World::begin().await;
        let ada = world.paired("ada", &world.admin_code).await;
        ada.done(Request::PublishStarters).await;
        let elm = ada.add_site("Elm House").await;
        let sam_id = ada.add_person("Sam", Role::Supervisor, &[elm]).await;
        let bo_id = ada.add_person("Bo", Role::Staff, &[elm]).await;
        ada.synced().await;
        let sam = world.paired("sam", &ada.code_for(sam_id).await).await;
        let bo = world.paired("bo", &ada.code_for(bo_id).await).await;

        // One of each kind of record, one amended, one withdrawn, one acknowledged.
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[1]).await;
        sam.observe(Class::Shadow, elm, Some(bo_id), &[]).await;
        sam.observe(Class::Handoff, elm, None, &[]).await;
        let wrong = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.done(Request::Withdraw { record: wrong, reason: "wrong person".into() }).await;
        let amend = sam.ask(Request::BeginAmend { record: check, reason: "Second look".into() }).await;
        let Reply::Draft(view) = amend else { panic!("{amend:?}") };
        let reply = sam.ask(Request::Finish { draft: view.draft.id }).await;
        assert!(matches!(reply, Reply::Finished { .. }), "{reply:?}");
        bo.observe(Class::Scenario, elm, None, &[]).await;
        sam.synced().await;
        bo.refresh().await;
        bo.done(Request::Acknowledge { record: check, note: "Heard".into() }).await;
        bo.synced().await;

        // Sam's other phone runs something newer than anybody has.
        let Reply::Record(view) = sam.ask(Request::Record { record: check }).await else { panic!() };
        let content = serde_json::to_value(&view.record.content).unwrap();
        let code = ada.code_for(sam_id).await;
        let newer = newer_phone(&sam.server, &code, sam_id, (elm, bo_id), content).await;
        sam.refresh().await;

        // Without signal: two records wait, and one is being filled.
        world.stop_server().await;
        for _ in 0..2 {
            sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        }
        let draft = half_filled(&sam, elm, bo_id).await;
        let expected = expected(&sam, draft, newer).await;
        std::fs::create_dir_all(&into).unwrap();
        let text = serde_json::to_string_pretty(&expected).unwrap();
        std::fs::write(into.join("expected.json"), text + "\n").unwrap();

        sam.done(Request::Lock).await;
        for entry in std::fs::read_dir(&sam.folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with("-wal") || name.ends_with("-shm") {
                continue;
            }
            if name == "device.db" {
                // It is still open: what lies beside it belongs into it.
                let db = rusqlite::Connection::open(&path).unwrap();
                db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
            }
            fixture::pack(&std::fs::read(&path).unwrap(), &into.join("sam").join(name));
        }
        // The machine's part of the key, for a version that has one.
        for entry in std::fs::read_dir(&sam.keys).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap();
            fixture::pack(&std::fs::read(&path).unwrap(), &into.join("sam.keys").join(name));
        }
        let data = world.server_folder();
        let storage = Sqlite::open(&data).unwrap();
        let mut heads = serde_json::Map::new();
        for row in storage.replicas(None).await.unwrap() {
            let lines = storage.lines(row.replica, 0, usize::MAX).await.unwrap();
            let text: Vec<u8> =
                lines.iter().flat_map(|(_, line)| line.iter().copied().chain([b'\n'])).collect();
            fixture::pack(&text, &into.join("lines").join(format!("{}.jsonl", row.replica)));
            heads.insert(row.replica.to_string(), json!({"seq": row.head.seq, "hash": row.head.hash}));
        }
        storage.close().await;
        fixture::pack(Value::from(heads).to_string().as_bytes(), &into.join("lines/heads.json"));
        let file = std::fs::read(data.join("fieldproof.db")).unwrap();
        fixture::pack(&file, &into.join("server/fieldproof.db"));
    });
}

async fn half_filled(sam: &Device, elm: Uuid, bo: Uuid) -> (Uuid, usize) {
    let Reply::Standards(standards) = sam.ask(Request::Standards).await else { panic!() };
    let standard = standards.iter().find(|row| row.class == Class::Check).unwrap().standard;
    let begin = Request::Begin { standard, site: Some(elm), subject: Some(bo) };
    let Reply::Draft(view) = sam.ask(begin).await else { panic!() };
    let mut draft = view.draft;
    for item in view.standard.items.iter().take(2) {
        draft.content.answers.insert(item.id.clone(), Answer::mark(Mark::NotMet));
    }
    let told = (draft.id, draft.content.answers.len());
    let saved = sam.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
    assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
    told
}

async fn expected(sam: &Device, draft: (Uuid, usize), newer: [String; 3]) -> Expected {
    let filter = RecordFilter { limit: 1_000, ..RecordFilter::default() };
    let Reply::Records(rows) = sam.ask(Request::Records { filter }).await else { panic!() };
    let Reply::Tasks(tasks) = sam.ask(Request::Tasks { site: None }).await else { panic!() };
    let Reply::Sync(view) = sam.ask(Request::Sync).await else { panic!() };
    Expected {
        made_ms: Seams::default().now_ms(),
        records: rows.into_iter().map(|row| (row.id, row.state)).collect(),
        tasks: tasks.len(),
        draft,
        waiting: view.own.seq - view.held.map_or(0, |held| held.seq),
        own: (view.own.seq, view.own.hash.to_string()),
        newer,
    }
}

/// Speaks the protocol by hand, and says things that no version understands yet.
async fn newer_phone(
    server: &str,
    code: &str,
    sam: Uuid,
    (elm, bo): (Uuid, Uuid),
    mut content: Value,
) -> [String; 3] {
    let folder = tempfile::tempdir().unwrap();
    let host = NativeHost::new(folder.path().to_owned()).unwrap();
    let replica = Seams::default().id().unwrap();
    let device = json!({"name": "Prototype", "platform": "glass", "eyes": 2});
    let body = json!({"code": code, "device": device, "replica": replica, "lens": "wide"});
    let answer = post(&host, format!("{server}/v1/enrol"), None, "application/json", body.to_string()).await;
    let enrolled: Value = serde_json::from_str(&answer).unwrap();

    content["mood"] = json!("calm");
    let line = |seq: u64, kind: &str, subject: Option<Uuid>, body: Value| {
        let line = json!({
            "v": 1, "id": Seams::default().id().unwrap(), "replica": replica, "seq": seq,
            "at": "2027-01-01T10:00:00.000-05:00", "author": sam, "kind": kind, "site": elm,
            "subject": subject, "body": body, "spectrum": [1, 2.50, "三"],
        });
        // Spaces and the order of members are the writer's own.
        line.to_string().replacen('{', "{ ", 1)
    };
    let lines = [
        line(1, "hologram.recorded", None, json!({"frames": 3})),
        line(2, "shadow.levitated", Some(bo), json!({"height": 1.5})),
        line(3, "shadow.submitted", Some(bo), content),
    ];
    let tip = lines.iter().fold(Head::ZERO, |head, line| head.next(line.as_bytes()));
    let header = json!({
        "replica": replica, "after": 0, "head": Head::ZERO, "count": 3, "tip": tip, "cursors": {},
        "pull": 0, "sent_at": "2027-01-01T15:00:00Z", "client": "prototype/9", "wish": "faster",
    });
    let body = [vec![header.to_string()], lines.to_vec()].concat().join("\n") + "\n";
    let token = enrolled["token"].as_str().unwrap().to_owned();
    let answer = post(&host, format!("{server}/v1/sync"), Some(token), "application/x-ndjson", body).await;
    let first: Value = serde_json::from_str(answer.lines().next().unwrap()).unwrap();
    assert_eq!((&first["accepted"], &first["quarantined"]), (&json!(3), &json!([])), "{answer}");
    lines
}

async fn post(
    host: &NativeHost,
    url: String,
    bearer: Option<String>,
    content_type: &'static str,
    body: String,
) -> String {
    let request = HttpRequest {
        post: true,
        url,
        bearer,
        content_type,
        content_encoding: None,
        body: body.into_bytes(),
        timeout: Duration::from_secs(20),
    };
    let mut answer = host.http(request).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = answer.body.next().await {
        bytes.extend(piece.unwrap());
    }
    String::from_utf8(bytes).unwrap()
}
