//! A server with an organisation, and logs that speak the protocol to it: what a benchmark sends
//! is made before the clock starts.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, TimeDelta};
use fieldproof::practice::draft::{Answer, Coaching, Content, Mark};
use fieldproof::practice::standard::{Class, Standard};
use fieldproof::practice::starters::starters;
use fieldproof::record::{Draft, Head, id_at};
use fieldproof::sync::exchange;
use fieldproof::sync::wire::{DeviceInfo, Enrol, Enrolled, NDJSON, SyncHeader};
use serde_json::json;
use serde_json::value::to_raw_value;
use sync_server::commands::{init, pair};
use sync_server::seams::Seams;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings};
use tempfile::TempDir;
use uuid::Uuid;

pub const BATCH: u64 = 500;

pub struct World {
    pub dir: TempDir,
    pub storage: Arc<Sqlite>,
    pub server: Option<Server>,
    pub url: String,
    pub org: Uuid,
    pub site: Uuid,
    pub lead: Uuid,
    pub staff: Vec<Uuid>,
    pub check: Standard,
    pub client: reqwest::Client,
}

/// One replica that writes over the protocol.
pub struct Log {
    pub token: String,
    pub replica: Uuid,
    pub author: Uuid,
    pub seq: u64,
    pub head: Head,
}

pub fn id() -> Uuid {
    Seams::default().id().unwrap()
}

impl World {
    pub async fn new() -> World {
        let dir = TempDir::new().unwrap();
        let storage = Arc::new(Sqlite::open(dir.path()).unwrap());
        let made = init(&*storage, &Seams::default(), "Bench Care", "Ada", 60).await.unwrap();
        let settings = Settings { enrols_per_minute: 100_000, ..Settings::default() };
        let server = Server::start("127.0.0.1:0".parse().unwrap(), storage.clone(), settings).await.unwrap();
        let url = format!("http://{}", server.address());
        let check = starters().into_iter().find(|standard| standard.class == Class::Check).unwrap();
        let world = World {
            dir,
            storage,
            server: Some(server),
            url,
            org: made.org,
            site: id(),
            lead: id(),
            staff: (0..30).map(|_| id()).collect(),
            check,
            // What travels is what is weighed.
            client: reqwest::Client::builder().no_gzip().build().unwrap(),
        };
        let mut admin = world.enrol(&made.code).await;
        let mut lines = vec![world.line(
            &mut admin,
            "site.set",
            (None, None),
            &json!({"site": world.site, "name": "North", "programme": "Home care", "active": true}),
        )];
        let staff = world.staff.clone();
        let people =
            std::iter::once((world.lead, "supervisor")).chain(staff.into_iter().map(|id| (id, "staff")));
        for (number, (person, role)) in people.enumerate() {
            let name = format!("Person {number}");
            let body =
                json!({"person": person, "name": name, "role": role, "sites": [world.site], "active": true});
            lines.push(world.line(&mut admin, "person.set", (None, None), &body));
        }
        for standard in starters() {
            let body = serde_json::to_value(&standard).unwrap();
            lines.push(world.line(&mut admin, "standard.published", (None, None), &body));
        }
        let (from, count) = (Head::ZERO, lines.len() as u64);
        let header = admin.header(0, from, count, BTreeMap::new(), 0);
        world.send(&admin, &header, &lines).await;
        world
    }

    /// No server is there any more, and later one is again, at the same address and on the same data.
    pub async fn stop(&mut self, on: &tokio::runtime::Runtime) {
        if let Some(server) = self.server.take() {
            on.spawn(server.stop()).await.unwrap();
        }
    }

    pub async fn start(&mut self, on: &tokio::runtime::Runtime) {
        let address = self.url.trim_start_matches("http://").parse().unwrap();
        self.storage = Arc::new(Sqlite::open(self.dir.path()).unwrap());
        let storage = self.storage.clone();
        let starting = on.spawn(Server::start(address, storage, Settings::default()));
        self.server = Some(starting.await.unwrap().unwrap());
    }

    pub async fn enrol(&self, code: &str) -> Log {
        let replica = id();
        let device = DeviceInfo { name: "bench".into(), platform: "linux".into() };
        let body = serde_json::to_vec(&Enrol { code: code.to_owned(), device, replica }).unwrap();
        let request =
            self.client.post(format!("{}/v1/enrol", self.url)).header("content-type", "application/json");
        let answer = request.body(body).send().await.unwrap().bytes().await.unwrap();
        let enrolled: Enrolled = serde_json::from_slice(&answer).unwrap();
        Log { token: enrolled.token, replica, author: enrolled.person.person, seq: 0, head: Head::ZERO }
    }

    /// A code for one more device of the supervisor.
    pub async fn code(&self) -> String {
        let lead = self.lead.to_string();
        pair(&*self.storage, &Seams::default(), self.org, &lead, 60).await.unwrap().code
    }

    pub fn line(
        &self,
        log: &mut Log,
        kind: &str,
        (site, subject): (Option<Uuid>, Option<Uuid>),
        body: &serde_json::Value,
    ) -> String {
        let start = DateTime::<FixedOffset>::parse_from_rfc3339("2026-05-04T06:00:00.000-05:00").unwrap();
        let at = start + TimeDelta::seconds(i64::try_from(log.seq).unwrap() * 90);
        log.seq += 1;
        let draft = Draft {
            id: id_at(&at, &Seams::default().random().unwrap()),
            replica: log.replica,
            seq: log.seq,
            at,
            author: log.author,
            kind,
            site,
            subject,
            org: None,
            body: &to_raw_value(body).unwrap(),
        };
        let line = draft.write().unwrap();
        log.head = log.head.next(line.as_bytes());
        line.as_str().to_owned()
    }

    /// A medication check as the app writes it: all answered, one missed and coached.
    pub fn check(&self, log: &mut Log) -> String {
        let seq = usize::try_from(log.seq).unwrap();
        let mut content = Content::new(self.check.reference());
        for (number, item) in self.check.items.iter().enumerate() {
            let missed = (seq + number) % 9 == 0;
            let mut answer = Answer::mark(if missed { Mark::NotMet } else { Mark::Met });
            answer.ms = 4_000 + (seq as u64 * 37) % 9_000;
            if missed && let Some(deviation) = item.deviations.first() {
                answer.deviations.push(deviation.id.clone());
                content.coaching.push(Coaching {
                    item: item.id.clone(),
                    said: "Read the label together; say name and dose aloud before the cup leaves the tray."
                        .into(),
                    refresher: deviation.refresher.clone(),
                    look_again: chrono::NaiveDate::from_ymd_opt(2026, 5, 20),
                });
            }
            content.answers.insert(item.id.clone(), answer);
        }
        content.note = "Busy morning, two people off sick. Still calm on the floor.".into();
        content.seconds = 62;
        let subject = self.staff[seq % self.staff.len()];
        let body = serde_json::to_value(content).unwrap();
        self.line(log, "check.submitted", (Some(self.site), Some(subject)), &body)
    }

    /// Bodies of whole batches, uncompressed, ready to be sent.
    pub fn batches(&self, log: &mut Log, batches: u64) -> Vec<Vec<u8>> {
        let mut bodies = Vec::new();
        for _ in 0..batches {
            let (after, head) = (log.seq, log.head);
            let lines: Vec<String> = (0..BATCH).map(|_| self.check(log)).collect();
            let header = log.header(after, head, BATCH, BTreeMap::new(), 0);
            let mut body = serde_json::to_vec(&header).unwrap();
            body.push(b'\n');
            for line in lines {
                body.extend_from_slice(line.as_bytes());
                body.push(b'\n');
            }
            bodies.push(body);
        }
        bodies
    }

    pub async fn post(&self, token: &str, body: Vec<u8>, coding: Option<&str>) -> Vec<u8> {
        post(&self.client, &self.url, token, body, coding).await
    }

    /// Sends lines as the app does (gzip); gives the sizes of request and answer as they travel.
    pub async fn send(&self, log: &Log, header: &SyncHeader, lines: &[String]) -> (usize, usize) {
        let (body, coding) = exchange::write(header, lines, true).unwrap();
        let up = body.len();
        (up, self.post(&log.token, body, coding).await.len())
    }
}

impl Log {
    pub fn header(
        &self,
        after: u64,
        head: Head,
        count: u64,
        cursors: BTreeMap<String, u64>,
        pull: u64,
    ) -> SyncHeader {
        SyncHeader {
            replica: self.replica,
            after,
            head,
            count,
            tip: self.head,
            cursors,
            pull,
            sent_at: "2026-11-22T07:01:00.000Z".into(),
            client: "bench/1".into(),
        }
    }
}

pub async fn post(
    client: &reqwest::Client,
    url: &str,
    token: &str,
    body: Vec<u8>,
    coding: Option<&str>,
) -> Vec<u8> {
    let mut request = client
        .post(format!("{url}/v1/sync"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", NDJSON)
        .header("accept-encoding", "gzip");
    if let Some(coding) = coding {
        request = request.header("content-encoding", coding);
    }
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.bytes().await.unwrap().to_vec()
}
