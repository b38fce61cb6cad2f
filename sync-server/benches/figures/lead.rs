//! (g) What a quality lead waits for in a whole organisation: the demo, as large as DESIGN's store.
//!
//! It has many sites, people and kinds of record, which the other rows' store has not; but its stories
//! are told once, so few incidents, cycles and actions lie behind what counts those.

use std::sync::Arc;
use std::time::Instant;

use chrono::Local;
use fieldproof::engine::api::{CohortMeasure, Lens, Reply, Request};
use fieldproof::insight::chart::Method;
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use sync_server::commands::pair;
use sync_server::demo::{Plan, Size, seed};
use sync_server::seams::Seams;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings};
use tempfile::TempDir;

use super::device::{Device, local};
use super::table::{Budget, Table};

pub fn run(scale: u64, table: &mut Table) {
    let dir = TempDir::new().unwrap();
    let size = Size::Events(100_000 / scale);
    let seeded = seed(dir.path(), Plan { size, seed: 1, now: Local::now().fixed_offset() }, &|_| ()).unwrap();
    let lead = seeded.guests.iter().find(|guest| guest.role.contains("quality")).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (server, code) = runtime.block_on(async {
        let storage = Arc::new(Sqlite::open(dir.path()).unwrap());
        let code =
            pair(&*storage, &Seams::default(), seeded.org, &lead.person.to_string(), 60).await.unwrap();
        let any = "127.0.0.1:0".parse().unwrap();
        (Server::start(any, storage, Settings::default()).await.unwrap(), code.code)
    });
    let events = seeded.events;
    local(async {
        let device = Device::start();
        let asked = Local::now().fixed_offset();
        device.pair(&format!("http://{}", server.address()), code).await;
        let began = Instant::now();
        device.synced(asked).await;
        let seconds = began.elapsed().as_secs_f64() / (events as f64 / 10_000.0);
        let name = format!("(g) quality lead's first sync of {events} events, for each 10000");
        table.add(&name, seconds, "s", Budget::AtMost(2.0), None);
        for (name, request) in dashboards(&device).await {
            let name = format!("(g) {name}, organisation of {events} events, p95");
            table.add(&name, device.time(request).await, "ms", Budget::AtMost(100.0), None);
        }
        drop(device.dir);
    });
    runtime.block_on(server.stop());
}

/// Every dashboard there is. Of the charts, each measure by month and by week, the one that took
/// longest when it was first asked for.
async fn dashboards(device: &Device) -> Vec<(String, Request)> {
    let mut all: Vec<(String, Request)> = [
        ("Today", Request::Today),
        ("governance month", Request::Month { back: 0, lens: Lens::default() }),
        ("governance month before", Request::Month { back: 1, lens: Lens::default() }),
        ("what holds", Request::Holds { lens: Lens::default() }),
        ("items that never tell", Request::Tellings { lens: Lens::default() }),
        ("what repeats", Request::Patterns),
        ("drift", Request::Drift),
        ("cohorts by observations", cohorts(CohortMeasure::NotMet)),
        ("cohorts by reports", cohorts(CohortMeasure::Reports)),
        ("done in time", Request::Timely { days: 90 }),
        ("packs", Request::Packs),
    ]
    .into_iter()
    .map(|(name, request)| (name.to_owned(), request))
    .collect();
    let (mut slowest, mut took) = (None, 0.0);
    for measure in Measure::ALL {
        for (grain, word) in [(Grain::Month, "month"), (Grain::Week, "week")] {
            let lens = Lens { grain, ..Lens::default() };
            let request = Request::Chart { measure, method: Method::Anhoej, lens };
            let began = Instant::now();
            let reply = device.handle.ask(request.clone()).await;
            assert!(matches!(reply, Reply::Chart(_)), "{reply:?}");
            let seconds = began.elapsed().as_secs_f64();
            if seconds > took {
                (slowest, took) =
                    (Some((format!("slowest chart ({measure:?} by {word})"), request)), seconds);
            }
        }
    }
    all.extend(slowest);
    all
}

fn cohorts(measure: CohortMeasure) -> Request {
    Request::Cohorts { measure, competency: "medication".into() }
}
