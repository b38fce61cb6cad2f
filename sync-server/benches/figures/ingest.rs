//! (a) Intake of the server over HTTP, against the same work done raw; (d) a typical sync.

use std::collections::BTreeMap;
use std::time::Instant;

use fieldproof::record::Head;

use super::load::{BATCH, World, post};
use super::raw;
use super::table::{Budget, Table};

const CLIENTS: u64 = 8;

pub async fn run(scale: u64, table: &mut Table) {
    let world = World::new().await;
    let batches = 25 / scale.min(5);
    let mut loads = Vec::new();
    for _ in 0..CLIENTS {
        let mut log = world.enrol(&world.code().await).await;
        let bodies = world.batches(&mut log, batches);
        loads.push((log, bodies));
    }
    let events = CLIENTS * batches * BATCH;
    let bodies: Vec<Vec<u8>> = loads.iter().flat_map(|(_, bodies)| bodies.clone()).collect();
    let raw = raw::intake(world.dir.path(), &bodies);
    let began = Instant::now();
    let mut tasks = Vec::new();
    for (log, bodies) in loads {
        let (url, client) = (world.url.clone(), reqwest::Client::new());
        tasks.push(tokio::spawn(async move {
            for body in bodies {
                post(&client, &url, &log.token, body, None).await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let rate = events as f64 / began.elapsed().as_secs_f64();
    table.add(
        "(a) server intake, durable, 8 clients × 500",
        rate,
        "events/s",
        Budget::AtLeast(40_000.0),
        Some(raw),
    );
    table.add("(a) intake as a share of raw", 100.0 * rate / raw, "%", Budget::AtLeast(40.0), None);
    typical(&world, table).await;
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

/// Twenty lines up and fifty of somebody else's down. Beside it: those lines alone, gzipped.
async fn typical(world: &World, table: &mut Table) {
    let mut other = world.enrol(&world.code().await).await;
    let mut own = world.enrol(&world.code().await).await;
    // Both are up to date; then the other one writes fifty.
    let cursors = cursors(world, &own).await;
    let down: Vec<String> = (0..50).map(|_| world.check(&mut other)).collect();
    let header = other.header(0, Head::ZERO, 50, BTreeMap::new(), 0);
    world.send(&other, &header, &down).await;
    let up: Vec<String> = (0..20).map(|_| world.check(&mut own)).collect();
    let bare = raw::gzipped(&up) + raw::gzipped(&down);
    let header = own.header(0, Head::ZERO, 20, cursors, 1000);
    let began = Instant::now();
    let (up, down) = world.send(&own, &header, &up).await;
    let ms = began.elapsed().as_secs_f64() * 1000.0;
    table.add(
        "(d) typical sync, 20 up and 50 down: bodies",
        (up + down) as f64 / 1000.0,
        "KB",
        Budget::AtMost(20.0),
        Some(bare as f64 / 1000.0),
    );
    table.add("(d) typical sync: server and loopback", ms, "ms", Budget::None, None);
}

/// Where the streams end now: asked a step beyond their ends, the server says where that is.
async fn cursors(world: &World, log: &super::load::Log) -> BTreeMap<String, u64> {
    let far = [
        "org".to_owned(),
        format!("person:{}", world.lead),
        format!("site:{}", world.site),
        format!("lead:{}", world.site),
    ];
    let far = far.into_iter().map(|name| (name, u64::MAX >> 2)).collect();
    let header = log.header(0, Head::ZERO, 0, far, 0);
    let mut body = serde_json::to_vec(&header).unwrap();
    body.push(b'\n');
    let client = reqwest::Client::new();
    let answer = client
        .post(format!("{}/v1/sync", world.url))
        .header("authorization", format!("Bearer {}", log.token))
        .header("content-type", "application/x-ndjson")
        .body(body)
        .send()
        .await
        .unwrap();
    let text = answer.text().await.unwrap();
    let done: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    serde_json::from_value(done["cursors"].clone()).unwrap()
}
