//! What an older server let in: lines that ended an app at every start, and lines that two readers read
//! differently. They are put into the server's streams here as that server did, because this one
//! refuses them (sync-server/tests/attack/strict.rs), and reach the apps of those who were attacked.

use std::collections::BTreeSet;

use bytes::Bytes;
use fieldproof::record::Head;
use fieldproof::sync::wire::Enrolled;
use serde_json::{Value, json};
use sync_server::ingest::{Limits, Prepared, read_batch};
use sync_server::storage::sqlite::Sqlite;
use sync_server::storage::{Caller, Push, Pushed, Storage};
use uuid::Uuid;

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::hands::tap;
use crate::look::{reads, says, sees};
use crate::server::Server;

/// A program of somebody's own, enrolled as that person, that writes what it likes.
struct Mallory {
    enrolled: Enrolled,
    replica: Uuid,
    /// Each line as it is sent, and the sound one that an older server took it for.
    lines: Vec<(String, String)>,
}

impl Mallory {
    async fn enrol(server: &Server, person: &str) -> Mallory {
        let replica = sync_server::seams::Seams::default().id().unwrap();
        let body = json!({
            "code": server.code(person).await, "device": {"name": "curl", "platform": "linux"}, "replica": replica,
        });
        let answer = reqwest::Client::new()
            .post(format!("{}/v1/enrol", server.url()))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 201);
        let enrolled = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        Mallory { enrolled, replica, lines: Vec::new() }
    }

    /// Writes a line in which `from` became `to`; nothing is changed where both are empty.
    fn write(&mut self, kind: &str, site: Option<Uuid>, body: &Value, from: &str, to: &str) -> Uuid {
        let id = sync_server::seams::Seams::default().id().unwrap();
        let person = self.enrolled.person.person;
        let sound = json!({
            "v": 1, "id": id, "replica": self.replica, "seq": self.lines.len() + 1, "at": "2026-11-22T06:55:12-05:00",
            "author": person, "kind": kind, "site": site, "subject": null, "body": body,
        })
        .to_string();
        assert!(sound.contains(from), "{sound}");
        self.lines.push((sound.replacen(from, to, 1), sound));
        id
    }

    /// Into the streams, past the reader of today.
    async fn push(&self, server: &Server) {
        let storage = Sqlite::open(&server.data).unwrap();
        let tip = self.lines.iter().fold(Head::ZERO, |head, (line, _)| head.next(line.as_bytes()));
        let mut body = json!({
            "replica": self.replica, "after": 0, "head": Head::ZERO, "count": self.lines.len(), "tip": tip,
            "sent_at": "2026-11-22T12:00:00Z",
        })
        .to_string();
        for (line, _) in &self.lines {
            body.push('\n');
            body.push_str(line);
        }
        body.push('\n');
        let mut batch = read_batch(Bytes::from(body), &Limits::default()).unwrap();
        for (prepared, (_, sound)) in batch.lines.iter_mut().zip(&self.lines) {
            prepared.read = Prepared::alone(sound.as_bytes()).read;
        }
        let now_ms = sync_server::seams::Seams::default().now_ms();
        let caller = Caller {
            org: self.enrolled.org.org,
            device: self.enrolled.device,
            person: self.enrolled.person.person,
            expires_ms: i64::MAX,
            revoked: false,
        };
        let push = Push {
            caller,
            batch,
            now_ms,
            grace_ms: 0,
            token_ms: 0,
            judged_ms: now_ms,
            device_bytes_per_day: u64::MAX,
            unknown_lines_per_day: u64::MAX,
            held: sync_server::storage::Held::default(),
        };
        let Pushed::Stored(stored) = storage.push(push).await.unwrap() else { panic!("refused") };
        assert_eq!(stored.accepted, self.lines.len() as u64, "{:?}", stored.quarantined);
        storage.close().await;
    }
}

fn incident(words: &str) -> Value {
    json!({
        "near_miss": true, "category": "medication", "happened_at": "2026-11-22T06:00:00-05:00", "words": words,
        "competency": "medication",
    })
}

const FAR: &str = "+262142-12-31T23:59:59Z";

pub async fn no_line_ends_an_app_and_none_is_read_in_two_ways() {
    let Cast { mut server, elm, bo, .. } = cast().await;
    let mut cy = Mallory::enrol(&server, "Cy Marsh").await;
    let site = Some(elm);
    // The one that ended Today of everybody who leads at Elm House.
    let far = cy.write("incident.reported", site, &incident("Far off"), "2026-11-22T06:55:12-05:00", FAR);
    cy.write("incident.reported", site, &incident("Far off"), "2026-11-22T06:00:00-05:00", FAR);
    cy.write(
        "incident.reported",
        site,
        &incident("x"),
        "\"category\":\"medication\"",
        "\"category\":\"fall\",\"category\":\"death\"",
    );
    cy.write("incident.reported", site, &incident("Dose ready after the window"), "", "");
    cy.push(&server).await;
    let mut quinn = Mallory::enrol(&server, "Quinn Abara").await;
    let settings = json!({"name": "Harbor Homes", "settings": {
        "recheck_days": [u32::MAX], "pattern_days": u32::MAX, "hold_weeks": u32::MAX, "notify_hours": u32::MAX,
    }});
    quinn.write("org.set", None, &settings, "", "");
    let twice =
        json!({"person": bo, "name": "Bo Lindqvist", "role": "staff", "sites": [elm], "active": true});
    quinn.push(&server).await;
    let mut ada = Mallory::enrol(&server, "Ada Okafor").await;
    ada.write("person.set", None, &twice, "\"role\":\"staff\"", "\"role\":\"staff\",\"role\":\"admin\"");
    ada.push(&server).await;
    assert_eq!(server.json(&["verify"]).await["ok"], true, "what an older server took in still verifies");

    // Nobody is an administrator for the server who is staff on every screen.
    let people = server.json(&["people"]).await;
    let shown = people.as_array().unwrap().iter().find(|person| person["name"] == "Bo Lindqvist").unwrap();
    assert_eq!(shown["role"], "staff");

    for (who, name, shape, aside) in [("quinn", "Quinn Abara", TABLET, 4), ("sam", "Sam Rivera", PHONE, 4)] {
        let mut device = Device::new(who, shape).await;
        pair(&mut device, &server, name).await;
        sees(&device, "today").await;
        device.picture("today").await;
        reads(&device, "Dose ready after the window").await;
        tap(&mut device, "sync-chip").await;
        says(&device, "sync-newer", &format!("{aside} entries")).await;
        device.picture("set-aside").await;
        // And at the next start.
        device.close().await;
        device.launch().await;
        crate::cast::open(&mut device, &server).await;
        crate::cast::unlock(&mut device).await;
        sees(&device, "today").await;
        device.check_console().await;
        device.close().await;
    }

    // The operator takes it back beside the running server: whoever pairs from now on never receives it.
    let told = server.json(&["quarantine", "take", &far.to_string(), "--reason", "It ends older apps"]).await;
    assert_eq!(told["taken"], true, "{told}");
    assert_eq!(server.json(&["verify"]).await["ok"], true);
    let streams: BTreeSet<&str> =
        told["streams"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(streams.contains(format!("lead:{elm}").as_str()), "{streams:?}");
    let mut anew = Device::new("sam-anew", PHONE).await;
    pair(&mut anew, &server, "Sam Rivera").await;
    tap(&mut anew, "sync-chip").await;
    says(&anew, "sync-newer", "3 entries").await;
    anew.check_console().await;
    server.stop().await;
}
