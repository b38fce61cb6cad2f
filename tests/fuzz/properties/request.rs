//! The server's whole way from a request to its answer, called in this process: whatever comes, it
//! answers with a form of its own, never with a fault of its own, and what it stored verifies.
//!
//! The first byte chooses the door, the second how the request is dressed, the rest is the body. With
//! the right dress the bytes become the lines of a well-formed exchange, so that they get past the
//! first door.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use fieldproof::record::Head;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sync_server::commands::init;
use sync_server::seams::Seams;
use sync_server::storage::sqlite::{Sqlite, verify};
use sync_server::{Settings, router};
use tempfile::TempDir;
use tower_service::Service;
use uuid::Uuid;

use super::{header, line};

/// The server of this thread, with one enrolled device.
struct World {
    runtime: tokio::runtime::Runtime,
    router: Router,
    folder: TempDir,
    token: String,
    person: String,
    /// Requests since the whole database was verified.
    since: u32,
}

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

pub fn check(data: &[u8]) {
    let [door, dress, body @ ..] = data else { return };
    WORLD.with_borrow_mut(|world| world.ask(*door, *dress, body));
}

impl World {
    fn new() -> World {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (router, code) = runtime.block_on(async {
            let storage = Arc::new(Sqlite::open(folder.path()).unwrap());
            let made = init(&*storage, &Seams::default(), "Willow Care", "Ada", 15).await.unwrap();
            let settings = Settings { enrols_per_minute: u32::MAX, ..Settings::default() };
            (router(storage, settings), made.code)
        });
        let mut world =
            World { runtime, router, folder, token: String::new(), person: String::new(), since: 0 };
        let enrol = json!({
            "code": code, "device": {"name": "fuzz", "platform": "linux"}, "replica": Uuid::from_u128(1),
        });
        let request = Request::post("/v1/enrol").header("content-type", "application/json");
        let (status, _, answer) = world.call(request.body(Body::from(enrol.to_string())).unwrap());
        assert_eq!(status, StatusCode::CREATED);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        world.token = answer["token"].as_str().unwrap().to_owned();
        world.person = answer["person"]["person"].as_str().unwrap().to_owned();
        world
    }

    fn call(&mut self, mut request: Request<Body>) -> (StatusCode, String, Vec<u8>) {
        let peer = axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 9)));
        request.extensions_mut().insert(peer);
        self.runtime.block_on(async {
            let answer = self.router.call(request).await.unwrap();
            let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
            let (status, kind) = (answer.status(), kind.unwrap_or_default().to_owned());
            (status, kind, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
        })
    }

    fn ask(&mut self, door: u8, dress: u8, body: &[u8]) {
        let (method, path) = match door % 16 {
            0..=8 => ("POST", "/v1/sync".to_owned()),
            9 | 10 => ("POST", "/v1/enrol".to_owned()),
            11 => ("POST", "/v1/pairings".to_owned()),
            12 => ("GET", "/v1/capabilities".to_owned()),
            13 => ("GET", "/metrics".to_owned()),
            14 => ("PUT", "/v1/sync".to_owned()),
            _ => ("GET", format!("/{}", path_of(body))),
        };
        let replica = replica_of(body);
        let body =
            if dress & 1 == 1 && path == "/v1/sync" { self.exchange(replica, body) } else { body.to_vec() };
        let (coding, body) = match dress >> 1 & 3 {
            0 => (None, body),
            1 => (Some("gzip"), zipped(&body)),
            // A claim that is not true.
            2 => (Some("zstd"), body),
            _ => (None, body),
        };
        let kind = match dress >> 3 & 3 {
            0..=2 if path == "/v1/sync" => "application/x-ndjson",
            0..=2 => "application/json",
            _ => "text/plain",
        };
        let mut request = Request::builder().method(method).uri(&path).header("content-type", kind);
        if let Some(coding) = coding {
            request = request.header("content-encoding", coding);
        }
        request = match dress >> 5 & 7 {
            7 => request,
            6 => request.header("authorization", "Bearer nobody's"),
            _ => request.header("authorization", format!("Bearer {}", self.token)),
        };
        let Ok(request) = request.body(Body::from(body)) else { return };
        let (status, kind, answer) = self.call(request);
        assert!(status.as_u16() < 500, "{status}: {}", String::from_utf8_lossy(&answer));
        if path.starts_with("/v1/") && !status.is_success() {
            assert_eq!(kind, "application/problem+json");
            let problem: Value = serde_json::from_slice(&answer).expect("a problem");
            assert_eq!(problem["status"], status.as_u16());
            assert!(problem["code"].is_string());
        }
        if path == "/v1/sync" && status == StatusCode::OK {
            let text = std::str::from_utf8(&answer).expect("an answer of text");
            for line in text.lines() {
                serde_json::from_str::<Value>(line).expect("every line of an answer is JSON");
            }
            let last = text.lines().last().expect("an answer has an end");
            assert_eq!(serde_json::from_str::<Value>(last).unwrap()["done"], true);
            let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
            assert!(first["head"]["seq"].is_u64());
        }
        self.since += 1;
        if self.since == 256 {
            self.since = 0;
            let verified = verify(self.folder.path());
            assert!(verified.problems.is_empty(), "{:?}", verified.problems);
        }
    }

    /// A well-formed exchange with these bytes as its lines; the device's own person stands in them
    /// for whoever was named.
    fn exchange(&self, replica: Uuid, body: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(body);
        let text = text
            .replace("a1000000-0000-4000-8000-000000000001", &self.person)
            .replace("7f0c5a0b-0000-4000-8000-000000000001", &replica.to_string());
        let lines: Vec<&[u8]> = text.as_bytes().split(|byte| *byte == b'\n').take(400).collect();
        let tip = lines.iter().fold(Head::ZERO, |head, line| head.next(line));
        let header = json!({
            "replica": replica, "after": 0, "head": Head::ZERO, "count": lines.len(), "tip": tip,
            "cursors": {}, "pull": 20, "sent_at": "2026-11-22T07:01:00Z", "client": "fuzz/1",
        });
        let mut whole = header.to_string().into_bytes();
        for line in lines {
            whole.push(b'\n');
            whole.extend_from_slice(line);
        }
        whole.push(b'\n');
        whole
    }
}

/// Each body has a replica of its own, the same whenever it comes again.
fn replica_of(body: &[u8]) -> Uuid {
    let head = Head::ZERO.next(body);
    Uuid::from_slice(&head.as_bytes()[..16]).unwrap()
}

fn path_of(body: &[u8]) -> String {
    body.iter().take(60).map(|byte| char::from(byte % 94 + 33)).collect()
}

fn zipped(body: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(body).unwrap();
    gzip.finish().unwrap()
}

pub fn seeds() -> Vec<Vec<u8>> {
    let dressed = |door: u8, dress: u8, body: &[u8]| [&[door, dress], body].concat();
    let mut seeds = Vec::new();
    for (number, line) in line::seeds().iter().enumerate() {
        seeds.push(dressed(0, if number % 2 == 0 { 1 } else { 3 }, line));
    }
    seeds.push(dressed(0, 1, &line::seeds().join(&b'\n')));
    for body in header::seeds() {
        seeds.push(dressed(0, 0, &body));
    }
    seeds.push(dressed(9, 0, br#"{"code":"7KQ4-9XZR","device":{"name":"Pixel 8","platform":"android"},"replica":"7f0c5a0b-0000-4000-8000-000000000002"}"#));
    seeds.push(dressed(11, 0, br#"{"person":"a1000000-0000-4000-8000-000000000001"}"#));
    for door in 12..16 {
        seeds.push(dressed(door, 0, b"..//etc/passwd"));
    }
    seeds
}
