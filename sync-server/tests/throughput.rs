//! How many events a second are taken durably, over HTTP, with the client on the same cores.
//! Not a test of correctness: `cargo test -p sync-server --release --test throughput -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::time::Instant;

use common::*;
use serde_json::json;

const DEVICES: usize = 8;
const BATCHES: usize = 25;
const BATCH: usize = 500;

/// User and system time of this process so far (Linux counts in hundredths).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn events_a_second() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    let mut loads = Vec::new();
    for _ in 0..DEVICES {
        let mut device = world.device(cast.alice.person).await;
        let mut head = fieldproof::record::Head::ZERO;
        let mut bodies = Vec::new();
        for batch in 0..BATCHES {
            let mut request = device.request(0, 0);
            request.header["after"] = json!(batch * BATCH);
            request.header["head"] = json!(head);
            request.header["count"] = json!(BATCH);
            request.header["pull"] = json!(0);
            for i in 0..BATCH {
                let mut line = device.draft("check.submitted", Some(cast.north), Some(cast.bob.person));
                let millis = u64::try_from(world.seams.now_ms()).unwrap();
                line["id"] = json!(
                    uuid::Builder::from_unix_timestamp_millis(
                        millis + (batch * BATCH + i) as u64,
                        &world.seams.random().unwrap()
                    )
                    .into_uuid()
                );
                line["seq"] = json!(batch * BATCH + i + 1);
                line["body"] = json!({"answers": {"mar": "met", "spot": "not met"}, "said": "x".repeat(800)});
                let line = line.to_string().into_bytes();
                head = head.next(&line);
                request.lines.push(line);
            }
            request.header["tip"] = json!(head);
            bodies.push(request.body());
        }
        device.lines.clear();
        loads.push((device, bodies));
    }
    let bytes: usize = loads.iter().flat_map(|(_, bodies)| bodies).map(Vec::len).sum();
    let (started, worked) = (Instant::now(), cpu_seconds());
    let tasks: Vec<_> = loads
        .into_iter()
        .map(|(device, bodies)| {
            tokio::spawn(async move {
                for body in bodies {
                    let response = device.post(body, &[]).await;
                    assert_eq!(response.status(), 200);
                    let answer = Answer::read(&response.text().await.unwrap());
                    assert_eq!(answer.counts(), (BATCH as u64, 0, 0));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    let events = DEVICES * BATCHES * BATCH;
    let (rate, megabytes) = (events as f64 / seconds, bytes / 1_000_000);
    println!("{events} events ({megabytes} MB) in {seconds:.2} s: {rate:.0}/s");
    // What stays comparable on a machine that has other things to do.
    let worked = (cpu_seconds() - worked) * 1e6 / events as f64;
    println!("{worked:.1} microseconds of processor time an event, client included");
    let found = sync_server::storage::sqlite::verify(world.dir.path());
    assert_eq!(found.problems, []);
}
