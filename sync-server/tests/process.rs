//! The real binary as an operator runs it: commands beside a running server, a kill under load,
//! and `verify` against bytes that someone changed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use common::*;
use fieldproof::record::Head;
use serde_json::{Value, json};
use tempfile::TempDir;

fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    command.env("FIELDPROOF_DATA", data).env("FIELDPROOF_LOG", "warn").args(arguments);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    command(data, arguments).output().unwrap()
}

/// Runs with `--json`, expects success, and reads the answer.
fn told(data: &Path, arguments: &[&str]) -> Value {
    let output = command(data, arguments).arg("--json").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

struct Running {
    child: Child,
    url: String,
}

impl Running {
    fn start(data: &Path) -> Running {
        let mut child =
            command(data, &["serve", "--listen", "127.0.0.1:0", "--json", "--enrols-per-minute", "1000"])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        Running { child, url: told["listening"].as_str().unwrap().to_owned() }
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn commands_take_effect_at_once_beside_a_running_server() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    assert!(!run(&data, &["people"]).status.success(), "there is no database yet");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    for member in ["org", "admin", "code", "expires_at"] {
        assert!(made[member].is_string(), "{made}");
    }
    let server = Running::start(&data);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    let site = new_id();
    admin.set_site(site, "North");
    let alice_id = new_id();
    admin.set_person(alice_id, "Alice", "supervisor", &[site]);
    admin.sync().await;

    let people = told(&data, &["people"]);
    assert_eq!(people.as_array().unwrap().len(), 2);
    assert_eq!(
        people[1],
        json!({"person": alice_id, "name": "Alice", "role": "supervisor", "sites": [site], "active": true})
    );
    let paired = told(&data, &["pair", "Alice"]);
    assert_eq!(paired["person"], json!(alice_id));
    let mut alice = Device::enrol(&server.url, paired["code"].as_str().unwrap()).await;
    let bad = alice.write("check.submitted", Some(site), Some(new_id()));
    alice.write("handoff.submitted", Some(site), None);
    alice.sync().await;

    let devices = told(&data, &["devices"]);
    let row = devices.as_array().unwrap().iter().find(|row| row["person"] == json!(alice_id)).unwrap();
    assert_eq!(row["name"], "Pixel 8");
    assert_eq!(row["platform"], "android");
    assert_eq!(row["replicas"], json!([alice.replica]));
    assert_eq!(row["revoked"], false);
    assert!(row["enrolled_at"].is_string() && row["last_sync"].is_string());

    let list = told(&data, &["quarantine", "list"]);
    assert_eq!((&list[0]["code"], &list[0]["id"]), (&json!("unknown_subject"), &json!(bad)));
    let shown = told(&data, &["quarantine", "show", &bad.to_string()]);
    assert_eq!(shown["line"].as_str().unwrap().as_bytes(), alice.lines[0]);
    let refused = run(&data, &["quarantine", "release", &bad.to_string(), "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(serde_json::from_slice::<Value>(&refused.stdout).unwrap()["code"], "unknown_subject");
    let subject: Value = serde_json::from_slice(&alice.lines[0]).unwrap();
    admin.set_person(subject["subject"].as_str().unwrap().parse().unwrap(), "Cy", "staff", &[site]);
    admin.sync().await;
    let place = format!("{}:1", alice.replica);
    assert_eq!(told(&data, &["quarantine", "release", &place])["released"], true);
    assert_eq!(told(&data, &["quarantine", "list"]), json!([]));
    // The server saw it: the marker comes with the next pull.
    let answer = alice.sync().await;
    assert!(answer.items.iter().any(|item| item["own"] == 1));

    told(&data, &["revoke", &alice.device.to_string()]);
    assert_eq!(alice.sync().await.first["revoked"], true);
    assert_eq!(
        told(&data, &["devices"]).as_array().unwrap().iter().filter(|row| row["revoked"] == true).count(),
        1
    );

    let report = told(&data, &["verify"]);
    assert_eq!((&report["ok"], &report["problems"]), (&json!(true), &json!([])));
    // Two of its founding, five of devices and codes, and what the two of them wrote.
    assert_eq!((&report["replicas"], &report["events"]), (&json!(3), &json!(12)));

    // Codes that somebody could still use are listed, without the code, and can be ended.
    assert_eq!(told(&data, &["codes", "list"]), json!([]));
    let made = told(&data, &["pair", "Alice"]);
    let codes = told(&data, &["codes", "list"]);
    assert_eq!((&codes[0]["person"], &codes[0]["by"]), (&json!(alice_id), &Value::Null));
    assert_eq!(codes[0]["expires_at"], made["expires_at"]);
    let pairing = codes[0]["pairing"].as_str().unwrap();
    let shown = String::from_utf8(run(&data, &["codes", "list"]).stdout).unwrap();
    assert!(shown.contains("for Alice") && !shown.contains(made["code"].as_str().unwrap()), "{shown}");
    assert_eq!(told(&data, &["codes", "cancel", pairing])["cancelled"], true);
    assert!(!run(&data, &["codes", "cancel", pairing]).status.success());
    assert_eq!(try_enrol(&server.url, made["code"].as_str().unwrap(), new_id()).await.0, 403);
    // And nobody is locked out of administering.
    assert_eq!(told(&data, &["admin", "Alice"])["person"], json!(alice_id));
    assert_eq!(told(&data, &["people"])[1]["role"], "admin");
    assert!(!run(&data, &["admin", "Nobody"]).status.success());

    // A second organisation has to be told apart.
    let oak = told(&data, &["init", "--org", "Oak Care", "--admin", "Otto"]);
    assert!(!run(&data, &["people"]).status.success());
    assert_eq!(told(&data, &["people", "--org", "Oak Care"])[0]["person"], oak["admin"]);
    assert!(!run(&data, &["init", "--org", "Oak Care", "--admin", "Otto"]).status.success());
    Device::enrol(&server.url, oak["code"].as_str().unwrap()).await;
}

#[tokio::test]
async fn exports_are_the_bytes_and_their_heads() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..20 {
        cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    }
    cast.alice.lines.push(vec![0xff, b'x']);
    cast.alice.sync().await;
    let out = world.dir.path().join("out");
    told(world.dir.path(), &["export", "--format", "jsonl", "--out", out.to_str().unwrap()]);
    let heads: Value = serde_json::from_slice(&std::fs::read(out.join("heads.json")).unwrap()).unwrap();
    let heads = heads.as_object().unwrap();
    assert_eq!(heads.len(), 5, "four devices and the server's own");
    for (replica, told) in heads {
        let file = std::fs::read(out.join(format!("{replica}.jsonl"))).unwrap();
        let lines: Vec<&[u8]> =
            file.split_inclusive(|byte| *byte == b'\n').map(|line| &line[..line.len() - 1]).collect();
        let head = lines.iter().fold(Head::ZERO, |head, line| head.next(line));
        assert_eq!(*told, json!({"seq": lines.len(), "hash": head}));
        if *replica == cast.alice.replica.to_string() {
            assert_eq!(lines, cast.alice.lines);
        }
    }
}

#[tokio::test]
async fn a_backup_comes_back_even_under_a_running_server() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let server = Running::start(&data);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    admin.set_site(new_id(), "North");
    admin.sync().await;
    let copy = dir.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    told(&data, &["backup", copy]);
    assert!(!run(&data, &["backup", copy]).status.success(), "a backup is not written over");

    let later = new_id();
    admin.set_person(later, "Later", "staff", &[]);
    admin.sync().await;
    assert!(!run(&data, &["restore", copy]).status.success(), "not over a database without --force");
    told(&data, &["restore", copy, "--force"]);
    assert!(!told(&data, &["people"]).to_string().contains("Later"));
    // The running server sees what was restored: the device is ahead of it now.
    let (status, code, body) = admin.refused(admin.request(2, 2).body(), &[]).await;
    assert_eq!((status, code.as_str(), &body["have"]), (409, "gap", &json!(1)));
    admin.sent = 1;
    admin.sync().await;
    assert!(told(&data, &["people"]).to_string().contains("Later"));

    let elsewhere = dir.path().join("elsewhere");
    told(&elsewhere, &["restore", copy]);
    assert_eq!(told(&elsewhere, &["verify"])["ok"], true);
    std::fs::write(dir.path().join("junk"), "junk").unwrap();
    assert!(!run(&data, &["restore", dir.path().join("junk").to_str().unwrap(), "--force"]).status.success());
    drop(server);
    assert_eq!(told(&data, &["verify"])["ok"], true);
}

#[tokio::test]
async fn killed_under_load_nothing_that_was_answered_is_lost() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let mut acknowledged = 0;
    let mut server = Running::start(&data);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    for round in 0..3 {
        let killer = server.child.id();
        let kill = tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(400 + 150 * round)).await;
            Command::new("kill").args(["-9", &killer.to_string()]).status().unwrap();
        });
        loop {
            while admin.lines.len() < admin.sent + 100 {
                admin.write("balloon.launched", None, None);
            }
            let request = admin.request(admin.sent, admin.lines.len());
            let sent = admin
                .client
                .post(format!("{}/v1/sync", server.url))
                .header("authorization", format!("Bearer {}", admin.token))
                .header("content-type", "application/x-ndjson")
                .body(request.body())
                .send()
                .await;
            let Ok(response) = sent else { break };
            let Ok(body) = response.text().await else { break };
            assert_eq!(Answer::read(&body).first["head"]["seq"], admin.lines.len());
            admin.sent = admin.lines.len();
            acknowledged = admin.sent;
        }
        kill.await.unwrap();
        let _ = server.child.wait();
        let report = told(&data, &["verify"]);
        assert_eq!(report["ok"], true, "{report}");
        server = Running::start(&data);
        admin.url.clone_from(&server.url);
        // What was answered is there; the rest may be, and is taken up where it ended.
        let answer = admin.send(&admin.request(acknowledged, acknowledged)).await;
        let have = answer.first["head"]["seq"].as_u64().unwrap() as usize;
        assert!(have >= acknowledged && have <= admin.lines.len());
        assert_eq!(answer.first["head"]["hash"], json!(heads(&admin.lines)[have]));
        admin.sent = have;
    }
    assert!(acknowledged > 500, "{acknowledged}");
    // Asked to end, it ends by itself and leaves one plain file.
    server.signal("-TERM");
    assert!(server.child.wait().unwrap().success());
    assert!(!data.join("fieldproof.db-wal").exists());
}

/// Everything is sent fifty times at once, to a process that is killed in the middle of it.
#[tokio::test]
async fn fifty_identical_pushes_at_once_are_stored_once_even_where_a_kill_comes_between() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let mut server = Running::start(&data);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    for _ in 0..400 {
        admin.write("balloon.launched", None, None);
    }
    let mut stored = (0, 0);
    for life in 0..2 {
        let body = admin.request(0, 400).body();
        let tries: Vec<_> = (0..50)
            .map(|_| {
                let (client, body) = (admin.client.clone(), body.clone());
                let (url, token) = (format!("{}/v1/sync", server.url), format!("Bearer {}", admin.token));
                tokio::spawn(async move {
                    let request = client.post(url).header("authorization", token);
                    let sent = request.header("content-type", "application/x-ndjson").body(body).send().await;
                    Some(Answer::read(&sent.ok()?.text().await.ok()?).counts())
                })
            })
            .collect();
        if life == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            server.signal("-9");
            server.child.wait().unwrap();
        }
        for one in tries {
            if let Some((accepted, duplicate, quarantined)) = one.await.unwrap() {
                assert_eq!((accepted + duplicate, quarantined), (400, 0));
                stored = (stored.0 + accepted, stored.1 + duplicate);
            } else {
                assert_eq!(life, 0, "nobody is left without an answer by a server that lives");
            }
        }
        if life == 0 {
            server = Running::start(&data);
            admin.url.clone_from(&server.url);
        }
    }
    // An answer that the kill cut off may have stored them; nobody else did it a second time.
    assert!(stored.0 == 400 || stored.0 == 0, "{stored:?}");
    assert!(stored.1 >= 49 * 400, "{stored:?}");
    drop(server);
    let report = told(&data, &["verify"]);
    assert_eq!(
        (&report["ok"], &report["events"]),
        (&json!(true), &json!(404)),
        "with the four of the server itself: founding, the code, the device"
    );
}

/// A database with a few hundred lines, closed.
async fn sample() -> (World, Cast) {
    let mut world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..300 {
        cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    }
    cast.alice.write("check.submitted", Some(cast.south), Some(cast.bob.person));
    cast.alice.sync().await;
    world.stop().await;
    (world, cast)
}

#[tokio::test]
async fn a_changed_byte_of_a_line_is_named_by_its_place() {
    let (world, cast) = sample().await;
    let data = world.dir.path();
    assert_eq!(told(data, &["verify"])["ok"], true);
    let file = data.join("fieldproof.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let line: Value = serde_json::from_slice(&cast.alice.lines[122]).unwrap();
    let id = line["id"].as_str().unwrap().as_bytes();
    let at = bytes.windows(id.len()).position(|window| window == id).unwrap();
    bytes[at + 40] ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    let output = run(data, &["verify", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["ok"], false);
    let problem = &report["problems"][0];
    assert_eq!((&problem["replica"], &problem["seq"]), (&json!(cast.alice.replica), &json!(123)));
    assert!(problem["what"].is_string());
}

#[tokio::test]
async fn rows_that_are_missing_or_moved_are_named() {
    let (world, cast) = sample().await;
    let file = world.dir.path().join("fieldproof.db");
    let original = std::fs::read(&file).unwrap();
    let (replica, lead) = (cast.alice.replica, format!("lead:{}", cast.north));
    let of = format!("replica = (SELECT pk FROM replica WHERE id = x'{}')", replica.simple());
    let stream = format!("stream = (SELECT pk FROM stream WHERE name = '{lead}')");
    let at_line = |seq: u64| json!({"replica": replica, "seq": seq});
    let at_number = |n: u64| json!({"stream": lead, "n": n});
    for (harm, place) in [
        (format!("DELETE FROM event WHERE {of} AND seq = 7"), at_line(7)),
        (format!("DELETE FROM event WHERE {of} AND seq = 301"), at_line(301)),
        (format!("DELETE FROM stream_item WHERE {stream} AND n = 9"), at_number(9)),
        (format!("DELETE FROM stream_item WHERE {stream} AND n = 300"), at_number(300)),
        (
            format!("UPDATE stream_item SET event = (SELECT max(pk) FROM event) WHERE {stream} AND n = 5"),
            at_number(5),
        ),
        (format!("UPDATE event SET head = zeroblob(32) WHERE {of} AND seq = 8"), at_line(8)),
        (format!("UPDATE event SET received_at = received_at - 1 WHERE {of} AND seq = 12"), at_line(12)),
        (format!("UPDATE event SET id = zeroblob(16) WHERE {of} AND seq = 11"), at_line(11)),
        (format!("DELETE FROM quarantine WHERE {of}"), at_line(301)),
        (format!("UPDATE replica SET head = zeroblob(32) WHERE id = x'{}'", replica.simple()), at_line(301)),
    ] {
        std::fs::write(&file, &original).unwrap();
        let conn = rusqlite::Connection::open(&file).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        assert_eq!(conn.execute(&harm, []).unwrap(), 1, "{harm}");
        drop(conn);
        let found = sync_server::storage::sqlite::verify(world.dir.path());
        assert!(!found.problems.is_empty(), "{harm}");
        let output = run(world.dir.path(), &["verify", "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let named = report["problems"].as_array().unwrap().iter().any(|problem| {
            place.as_object().unwrap().iter().all(|(member, value)| problem[member] == *value)
        });
        assert!(named, "{harm}: {report}");
    }
}

#[tokio::test]
async fn verify_survives_damage_anywhere() {
    let (world, _) = sample().await;
    let file = world.dir.path().join("fieldproof.db");
    let original = std::fs::read(&file).unwrap();
    let mut found = 0;
    // Every 1009th byte, and all of the file's own header.
    let places = (0..100).step_by(9).chain((100..original.len()).step_by(1009));
    let mut tried = 0;
    for at in places {
        let mut bytes = original.clone();
        bytes[at] ^= 0x55;
        let dir = TempDir::new().unwrap();
        std::fs::write(dir.path().join("fieldproof.db"), &bytes).unwrap();
        tried += 1;
        found += u32::from(!sync_server::storage::sqlite::verify(dir.path()).problems.is_empty());
    }
    assert!(found * 10 > tried * 5, "{found} of {tried}");
    std::fs::write(&file, "not a database at all, whatever its name says").unwrap();
    assert_eq!(run(world.dir.path(), &["verify"]).status.code(), Some(1));
}

#[tokio::test]
async fn a_changed_byte_in_the_log_of_a_killed_server_is_seen_and_stays_to_be_seen() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let mut server = Running::start(&data);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    for _ in 0..5 {
        for _ in 0..20 {
            admin.write("balloon.launched", None, None);
        }
        admin.sync().await;
    }
    server.signal("-9");
    server.child.wait().unwrap();
    let log = data.join("fieldproof.db-wal");
    let original = std::fs::read(&log).unwrap();
    assert_eq!(told(&data, &["verify"])["ok"], true);
    assert_eq!(std::fs::read(&log).unwrap(), original, "verify leaves the log as it is");
    for line in [&admin.lines[3], &admin.lines[50], &admin.lines[99]] {
        let line: Value = serde_json::from_slice(line).unwrap();
        let id = line["id"].as_str().unwrap().as_bytes();
        let mut bytes = original.clone();
        // The newest copy of the page: it is written anew with each commit that touches it.
        let at = bytes.windows(id.len()).rposition(|window| window == id).unwrap();
        bytes[at] ^= 1;
        std::fs::write(&log, &bytes).unwrap();
        for _ in 0..2 {
            let output = run(&data, &["verify", "--json"]);
            assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
        }
    }
    std::fs::write(&log, &original).unwrap();
    assert_eq!(told(&data, &["verify"])["ok"], true);
}
