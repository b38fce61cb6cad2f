//! A device's engine without a machine: memory for files, a clock that stands, and a server that says
//! what it is told to say.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::actor;
use fieldproof::engine::api::{KeyPlace, Reply, Request};
use fieldproof::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use fieldproof::engine::link::{Ask, Told};
use fieldproof::practice::rights::Role;
use fieldproof::store::Secret;
use futures::FutureExt;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use futures::executor::LocalPool;
use futures::future::{LocalBoxFuture, pending, ready};
use futures::task::LocalSpawnExt;
use serde_json::{Value, json};
use uuid::Uuid;

use super::lines::{NORTH, PEOPLE, STANDARD, standard};

/// What `quality` reads; the others read what is theirs of it, and here get all of it: the more, the
/// worse.
const STREAM: &str = "quality";

pub struct Device {
    pub person: Uuid,
    pool: LocalPool,
    asks: UnboundedSender<Ask>,
    told: Rc<RefCell<BTreeMap<u64, Reply>>>,
    server: Rc<Server>,
    next: u64,
}

struct Server {
    role: Role,
    person: Uuid,
    lines: RefCell<Vec<String>>,
    /// How far the device says it has read.
    read: Cell<u64>,
    folder: tempfile::TempDir,
    randoms: Cell<u64>,
}

impl Device {
    pub fn new(role: Role) -> Device {
        let rank = match role {
            Role::Staff => 0,
            Role::Supervisor => 1,
            _ => 2,
        };
        let person: Uuid = PEOPLE[rank].parse().expect("an id");
        let folder = tempfile::tempdir().expect("a folder");
        let server = Rc::new(Server {
            role,
            person,
            lines: RefCell::default(),
            read: Cell::new(0),
            folder,
            randoms: Cell::new(rank as u64),
        });
        let pool = LocalPool::new();
        let (asks, engine) = unbounded();
        let told: Rc<RefCell<BTreeMap<u64, Reply>>> = Rc::default();
        let tell = told.clone();
        let host: Rc<dyn Host> = Rc::new(Machine(server.clone()));
        let run = actor::run(host, engine, move |said| {
            if let Told::Reply { id, reply } = said {
                tell.borrow_mut().insert(id, *reply);
            }
        });
        pool.spawner().spawn_local(run).expect("the engine runs");
        let mut device = Device { person, pool, asks, told, server, next: 0 };
        let paired = device.ask(Request::Pair {
            server: "https://care.example".into(),
            code: "7KQ49XZR".into(),
            device_name: "fuzz".into(),
            platform: "linux".into(),
            pin: "482915".into(),
        });
        assert!(matches!(paired, Reply::Unlocked(_)), "{paired:?}");
        device.take_in(&honest());
        device
    }

    /// What the server has for it from now on, taken in.
    pub fn take_in(&mut self, lines: &[String]) {
        self.server.lines.borrow_mut().extend_from_slice(lines);
        self.settled();
    }

    /// Everything that the server has was read, whatever it was: nothing blocks the sync.
    pub fn settled(&mut self) {
        for _ in 0..4 {
            let _ = self.ask(Request::SyncNow);
        }
        let held = self.server.lines.borrow().len() as u64;
        assert_eq!(self.server.read.get(), held, "the sync goes on over whatever came");
    }

    pub fn ask(&mut self, request: Request) -> Reply {
        self.next += 1;
        let id = self.next;
        self.asks.unbounded_send(Ask { id, request }).expect("the engine listens");
        self.pool.run_until_stalled();
        self.told.borrow_mut().remove(&id).expect("every question is answered")
    }
}

/// Two lines of the office, so that there is something to be spoilt.
fn honest() -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |kind: &str, body: Value| {
        let n = lines.len() + 1;
        let line = json!({
            "v": 1, "id": Uuid::from_u128(0x0193 << 112 | n as u128), "replica": Uuid::from_u128(0x7fff), "seq": n,
            "at": "2026-11-01T08:00:00Z", "author": PEOPLE[2], "kind": kind, "site": null, "subject": null, "body": body,
        });
        lines.push(line.to_string());
    };
    line("org.set", json!({"name": "Willow Care"}));
    line("site.set", json!({"site": NORTH, "name": "North", "programme": "Home care", "active": true}));
    for (person, role) in PEOPLE.iter().zip(["staff", "supervisor", "quality"]) {
        line(
            "person.set",
            json!({"person": person, "name": role, "role": role, "sites": [NORTH], "active": true}),
        );
    }
    let page = standard(&mut ());
    assert!(
        serde_json::from_value::<fieldproof::practice::standard::Standard>(page.clone()).is_ok(),
        "{STANDARD}"
    );
    line("standard.published", page);
    lines
}

struct Machine(Rc<Server>);

impl Host for Machine {
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection> {
        rusqlite::Connection::open(self.0.folder.path().join(name))
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        std::fs::remove_file(self.0.folder.path().join(name)).map_err(|error| error.to_string())
    }

    fn bind(&self, _: Uuid, input: Secret, _: bool) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        ready(Ok(Bound { output: input, place: KeyPlace::PinAlone })).boxed_local()
    }

    fn unbind(&self, _: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        ready(Ok(())).boxed_local()
    }

    fn uptime(&self) -> Duration {
        Duration::from_secs(3_600)
    }

    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-28T14:07:00-05:00").expect("a time")
    }

    fn random(&self, bytes: &mut [u8]) {
        for byte in bytes {
            let n = self
                .0
                .randoms
                .get()
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            self.0.randoms.set(n);
            *byte = n.to_be_bytes()[0];
        }
    }

    fn sleep(&self, _: Duration) -> LocalBoxFuture<'static, ()> {
        pending().boxed_local()
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        ready(Ok(self.0.answer(&request))).boxed_local()
    }

    fn log(&self, text: &str) {
        // A fault of ours that was only logged is one all the same.
        assert!(!text.contains("panick"), "{text}");
    }

    fn wal(&self) -> bool {
        true
    }
}

impl Server {
    fn answer(&self, request: &HttpRequest) -> HttpAnswer {
        let (status, kind, body) = match request.url.rsplit('/').next() {
            Some("enrol") => (201, "application/json", self.enrolled().to_string()),
            Some("sync") => (200, "application/x-ndjson", self.synced(request)),
            Some("capabilities") => (200, "application/json", json!({"protocol": [1]}).to_string()),
            _ => (404, "application/problem+json", json!({"status": 404, "code": "not_found"}).to_string()),
        };
        let body = futures::stream::iter([Ok(body.into_bytes())]);
        HttpAnswer { status, content_type: kind.into(), retry_after: None, body: Box::pin(body) }
    }

    fn enrolled(&self) -> Value {
        json!({
            "token": "secret", "device": Uuid::from_u128(0xd1),
            "org": {"org": Uuid::from_u128(0x07), "name": "Willow Care"},
            "person": {"person": self.person, "name": self.role.as_str(), "role": self.role.as_str(),
                "sites": [NORTH], "active": true},
        })
    }

    fn synced(&self, request: &HttpRequest) -> String {
        let body = if request.content_encoding == Some("gzip") {
            let mut plain = Vec::new();
            let mut unzip = flate2::read::GzDecoder::new(request.body.as_slice());
            std::io::Read::read_to_end(&mut unzip, &mut plain).expect("gzip");
            plain
        } else {
            request.body.clone()
        };
        let text = String::from_utf8(body).expect("text");
        let header: Value = serde_json::from_str(text.lines().next().expect("a header")).expect("a header");
        let (after, count) =
            (header["after"].as_u64().expect("a number"), header["count"].as_u64().expect("a number"));
        let cursor = header["cursors"][STREAM].as_u64().unwrap_or(0);
        self.read.set(cursor);
        let most = header["pull"].as_u64().unwrap_or(0).min(200) as usize;
        let lines = self.lines.borrow();
        let mut answer = json!({
            "head": {"seq": after + count, "hash": header["tip"]}, "accepted": count, "duplicate": 0, "quarantined": [],
            "server_time": "2026-11-28T19:07:00.000Z", "skew_ms": 0,
        })
        .to_string();
        answer.push('\n');
        let mut end = cursor;
        for line in lines.iter().skip(cursor as usize).take(most) {
            end += 1;
            // The line is put in as it is: it need not read as JSON of ours.
            answer.push_str(&format!(
                "{{\"stream\":\"{STREAM}\",\"n\":{end},\"received_at\":\"2026-11-28T19:00:00.000Z\",\"skew_ms\":0,\"event\":{line}}}\n"
            ));
        }
        let more = end < lines.len() as u64;
        let done = json!({"done": true, "cursors": {STREAM: end}, "more": more, "streams": [STREAM]});
        answer.push_str(&done.to_string());
        answer.push('\n');
        answer
    }
}
