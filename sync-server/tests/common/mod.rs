//! A small world for the tests: a server in this process on a loopback port, and named people
//! with a device each, written against PROTOCOL.md and not against the server's code.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::Duration;

use fieldproof::record::Head;
use serde_json::{Value, json};
use sync_server::commands::{init, pair};
use sync_server::seams::Seams;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings};
use tempfile::TempDir;
use uuid::Uuid;

pub const DAY: i64 = 24 * 60 * 60 * 1000;

pub fn new_id() -> Uuid {
    Seams::default().id().unwrap()
}

/// A server with one organisation, and a clock that tests may move.
pub struct World {
    pub dir: TempDir,
    pub address: SocketAddr,
    pub storage: Arc<Sqlite>,
    pub org: Uuid,
    pub admin_id: Uuid,
    pub code: String,
    pub ahead: Arc<AtomicI64>,
    /// How far the system's clock was set away from the time that passes.
    pub set_off: Arc<AtomicI64>,
    pub seams: Seams,
    server: Option<Server>,
}

impl World {
    pub async fn new() -> World {
        World::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut Settings)) -> World {
        let dir = TempDir::new().unwrap();
        let storage = Arc::new(Sqlite::open(dir.path()).unwrap());
        let ahead = Arc::new(AtomicI64::new(0));
        let set_off = Arc::new(AtomicI64::new(0));
        let (passed, off) = (ahead.clone(), set_off.clone());
        let steady = move || Seams::default().now_ms() + passed.load(SeqCst);
        let wall = steady.clone();
        let seams = Seams::with_clocks(move || wall() + off.load(SeqCst), steady);
        let made = init(&*storage, &seams, "Willow Care", "Ada", 15).await.unwrap();
        let mut settings =
            Settings { seams: seams.clone(), enrols_per_minute: 10_000, ..Settings::default() };
        change(&mut settings);
        let server = Server::start("127.0.0.1:0".parse().unwrap(), storage.clone(), settings).await.unwrap();
        World {
            dir,
            address: server.address(),
            storage,
            org: made.org,
            admin_id: made.admin,
            code: made.code,
            ahead,
            set_off,
            seams,
            server: Some(server),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn pass_days(&self, days: i64) {
        self.ahead.fetch_add(days * DAY, SeqCst);
    }

    /// Sets the clock wrong by so many days; with 0, right again.
    pub fn set_clock_off(&self, days: i64) {
        self.set_off.store(days * DAY, SeqCst);
    }

    /// Ends the server and starts another one on the same data.
    pub async fn restart(&mut self, change: impl FnOnce(&mut Settings)) {
        self.stop().await;
        self.storage = Arc::new(Sqlite::open(self.dir.path()).unwrap());
        let mut settings =
            Settings { seams: self.seams.clone(), enrols_per_minute: 10_000, ..Settings::default() };
        change(&mut settings);
        let server = Server::start(self.address, self.storage.clone(), settings).await.unwrap();
        self.server = Some(server);
    }

    pub async fn stop(&mut self) {
        self.server.take().unwrap().stop().await;
    }

    /// The first administrator, enrolled.
    pub async fn admin(&self) -> Device {
        Device::enrol(&self.url(""), &self.code).await
    }

    /// One more device for a person.
    pub async fn device(&self, person: Uuid) -> Device {
        let made = pair(&*self.storage, &self.seams, self.org, &person.to_string(), 15).await.unwrap();
        Device::enrol(&self.url(""), &made.code).await
    }
}

/// The usual cast: two sites, a supervisor, a staff member and a quality lead.
pub struct Cast {
    pub admin: Device,
    pub alice: Device,
    pub bob: Device,
    pub quinn: Device,
    pub north: Uuid,
    pub south: Uuid,
}

impl Cast {
    /// alice supervises and bob works at North; quinn leads quality.
    pub async fn new(world: &World) -> Cast {
        let mut admin = world.admin().await;
        let (north, south) = (new_id(), new_id());
        admin.set_site(north, "North");
        admin.set_site(south, "South");
        let (alice, bob, quinn) = (new_id(), new_id(), new_id());
        admin.set_person(alice, "Alice", "supervisor", &[north]);
        admin.set_person(bob, "Bob", "staff", &[north]);
        admin.set_person(quinn, "Quinn", "quality", &[]);
        let answer = admin.sync().await;
        assert_eq!(answer.quarantined(), Vec::<String>::new());
        Cast {
            admin,
            alice: world.device(alice).await,
            bob: world.device(bob).await,
            quinn: world.device(quinn).await,
            north,
            south,
        }
    }
}

/// A device as the protocol sees it: a log, its head, a token and cursors.
#[derive(Clone)]
pub struct Device {
    pub url: String,
    pub token: String,
    pub device: Uuid,
    pub person: Uuid,
    pub replica: Uuid,
    pub lines: Vec<Vec<u8>>,
    /// As many of them the server is known to hold.
    pub sent: usize,
    pub cursors: BTreeMap<String, u64>,
    pub pull: u64,
    pub client: reqwest::Client,
}

/// A `200` answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub first: Value,
    pub items: Vec<Value>,
    pub raw: Vec<String>,
    pub done: Value,
}

impl Answer {
    pub fn read(body: &str) -> Answer {
        assert!(body.ends_with('\n'));
        let raw: Vec<String> = body.lines().map(str::to_owned).collect();
        let mut values: Vec<Value> = raw.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let done = values.pop().unwrap();
        assert_eq!(done["done"], true);
        let first = values.remove(0);
        Answer { first, items: values, raw, done }
    }

    /// The codes of the quarantined lines.
    pub fn quarantined(&self) -> Vec<String> {
        let list = self.first["quarantined"].as_array().unwrap();
        list.iter().map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
    }

    pub fn counts(&self) -> (u64, u64, usize) {
        let count = |name: &str| self.first[name].as_u64().unwrap();
        (count("accepted"), count("duplicate"), self.quarantined().len())
    }

    pub fn streams(&self) -> Vec<String> {
        serde_json::from_value(self.done["streams"].clone()).unwrap()
    }

    /// The kinds of the events that came in a stream.
    pub fn kinds(&self, stream: &str) -> Vec<String> {
        let items = self.items.iter().filter(|item| item["stream"] == stream && item.get("event").is_some());
        items.map(|item| item["event"]["kind"].as_str().unwrap().to_owned()).collect()
    }
}

/// A client that shows what came, not what it means. (Other crates of the workspace may turn the
/// client library's own decompression on.)
pub fn plain_client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate();
    builder.timeout(Duration::from_secs(60)).build().unwrap()
}

/// What is to be sent, so that a test can spoil it first.
#[derive(Clone)]
pub struct Request {
    pub header: Value,
    pub lines: Vec<Vec<u8>>,
}

impl Request {
    pub fn body(&self) -> Vec<u8> {
        let mut body = serde_json::to_vec(&self.header).unwrap();
        body.push(b'\n');
        for line in &self.lines {
            body.extend_from_slice(line);
            body.push(b'\n');
        }
        body
    }
}

pub fn heads(lines: &[Vec<u8>]) -> Vec<Head> {
    let mut heads = vec![Head::ZERO];
    for line in lines {
        heads.push(heads.last().unwrap().next(line));
    }
    heads
}

pub async fn try_enrol(url: &str, code: &str, replica: Uuid) -> (u16, Value) {
    let body =
        json!({"code": code, "device": {"name": "Pixel 8", "platform": "android"}, "replica": replica});
    let response = reqwest::Client::new()
        .post(format!("{url}/v1/enrol"))
        .header("content-type", "application/json")
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

impl Device {
    pub async fn enrol(url: &str, code: &str) -> Device {
        let replica = new_id();
        let (status, body) = try_enrol(url, code, replica).await;
        assert_eq!(status, 201, "{body}");
        Device {
            url: url.to_owned(),
            token: body["token"].as_str().unwrap().to_owned(),
            device: body["device"].as_str().unwrap().parse().unwrap(),
            person: body["person"]["person"].as_str().unwrap().parse().unwrap(),
            replica,
            lines: Vec::new(),
            sent: 0,
            cursors: BTreeMap::new(),
            pull: 1000,
            client: plain_client(),
        }
    }

    /// The next line's members, for a test to change and [`Device::put`].
    pub fn draft(&self, kind: &str, site: Option<Uuid>, subject: Option<Uuid>) -> Value {
        json!({
            "v": 1,
            "id": new_id(),
            "replica": self.replica,
            "seq": self.lines.len() + 1,
            "at": "2026-11-22T06:55:12.120-05:00",
            "author": self.person,
            "kind": kind,
            "site": site,
            "subject": subject,
            "body": {},
        })
    }

    pub fn put(&mut self, line: &Value) -> Uuid {
        self.lines.push(line.to_string().into_bytes());
        line["id"].as_str().map_or(Uuid::nil(), |id| id.parse().unwrap())
    }

    pub fn write(&mut self, kind: &str, site: Option<Uuid>, subject: Option<Uuid>) -> Uuid {
        let line = self.draft(kind, site, subject);
        self.put(&line)
    }

    /// Writes a line as someone who last heard of number `org`.
    pub fn write_at(&mut self, org: u64, kind: &str, site: Option<Uuid>, subject: Option<Uuid>) -> Uuid {
        let mut line = self.draft(kind, site, subject);
        line["org"] = json!(org);
        self.put(&line)
    }

    pub fn set_site(&mut self, site: Uuid, name: &str) {
        let mut line = self.draft("site.set", None, None);
        line["body"] = json!({"site": site, "name": name, "programme": "Home care", "active": true});
        self.put(&line);
    }

    pub fn set_person(&mut self, person: Uuid, name: &str, role: &str, sites: &[Uuid]) {
        self.set_person_active(person, name, role, sites, true);
    }

    pub fn set_person_active(&mut self, person: Uuid, name: &str, role: &str, sites: &[Uuid], active: bool) {
        let mut line = self.draft("person.set", None, None);
        line["body"] =
            json!({"person": person, "name": name, "role": role, "sites": sites, "active": active});
        self.put(&line);
    }

    /// The request for lines `after+1 ..= until`.
    pub fn request(&self, after: usize, until: usize) -> Request {
        let heads = heads(&self.lines);
        Request {
            header: json!({
                "replica": self.replica,
                "after": after,
                "head": heads[after],
                "count": until - after,
                "tip": heads[until],
                "cursors": self.cursors,
                "pull": self.pull,
                "sent_at": "2026-11-22T07:01:00Z",
                "client": "test/1",
            }),
            lines: self.lines[after..until].to_vec(),
        }
    }

    pub async fn post(&self, body: Vec<u8>, headers: &[(&str, &str)]) -> reqwest::Response {
        let mut request = self
            .client
            .post(format!("{}/v1/sync", self.url))
            .header("authorization", format!("Bearer {}", self.token));
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/x-ndjson");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body).send().await.unwrap()
    }

    pub async fn send(&self, request: &Request) -> Answer {
        let response = self.post(request.body(), &[]).await;
        let status = response.status().as_u16();
        let body = response.text().await.unwrap();
        assert_eq!(status, 200, "{body}");
        Answer::read(&body)
    }

    /// Expects a refusal: status, code and the whole body.
    pub async fn refused(&self, body: Vec<u8>, headers: &[(&str, &str)]) -> (u16, String, Value) {
        let response = self.post(body, headers).await;
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(body["status"], status);
        (status, body["code"].as_str().unwrap().to_owned(), body)
    }

    /// Sends what is not sent yet and takes what is new.
    pub async fn sync(&mut self) -> Answer {
        let answer = self.send(&self.request(self.sent, self.lines.len())).await;
        let heads = heads(&self.lines);
        assert_eq!(answer.first["head"], json!({"seq": self.lines.len(), "hash": heads[self.lines.len()]}));
        self.sent = self.lines.len();
        self.cursors = serde_json::from_value(answer.done["cursors"].clone()).unwrap();
        answer
    }

    /// What becomes of one line.
    pub async fn fate(&mut self) -> Option<String> {
        let answer = self.sync().await;
        let list = answer.first["quarantined"].as_array().unwrap();
        list.iter().find(|e| e["seq"] == self.lines.len()).map(|e| e["code"].as_str().unwrap().to_owned())
    }
}
