//! (g) What a quality lead waits for in a whole organisation: the demo, as large as DESIGN's store.
//!
//! It has many sites, people and kinds of record, which the other rows' store has not, and its stories are
//! told again for every eight sites and half-year. Where a place opens for one of many (a chart, an
//! action's chain, a pattern), the one that takes longest is what is measured.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{Local, TimeDelta};
use fieldproof::engine::api::{
    CohortMeasure, DriftBehind, FollowUpFilter, Lens, PackExported, PackScope, PatternRow, Reply, Request,
};
use fieldproof::insight::drift::Drift;
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use fieldproof::practice::follow::Class;
use fieldproof::record::Head;
use sync_server::commands::pair;
use sync_server::demo::{Plan, Size, seed};
use sync_server::seams::Seams;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings};
use tempfile::TempDir;
use uuid::Uuid;

use super::device::{Device, local};
use super::table::{Budget, Table};

/// What a list shows before it is asked for more.
const PAGE: u32 = 50;

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

/// Every dashboard there is and every page behind one.
async fn dashboards(device: &Device) -> Vec<(String, Request)> {
    hand_out(device).await;
    let lens = Lens::default;
    let mut all = vec![
        ("Today", Request::Today),
        ("governance month", Request::Month { back: 0, lens: lens() }),
        ("governance month before", Request::Month { back: 1, lens: lens() }),
        ("what holds", Request::Holds { lens: lens() }),
        ("items that never tell", Request::Tellings { lens: lens() }),
        ("what repeats", Request::Patterns { limit: PAGE }),
        ("drift", Request::Drift),
        ("cohorts by observations", cohorts(CohortMeasure::NotMet)),
        ("cohorts by reports", cohorts(CohortMeasure::Reports)),
        ("done in time", Request::Timely { days: 90 }),
        ("packs", Request::Packs),
        (
            "follow-up",
            Request::FollowUps {
                filter: FollowUpFilter { ended: true, limit: PAGE, ..FollowUpFilter::default() },
            },
        ),
        ("people", Request::People),
        ("what is on this device", Request::Sync),
    ];
    for (what, asked) in [
        ("slowest chart", charts()),
        ("slowest list behind a point", points(device).await),
        ("slowest pattern", patterns(device).await),
        ("slowest chain of an action", of_actions(device, |action| Request::Chain { action }).await),
        ("slowest retraining", of_actions(device, |action| Request::Retrain { action }).await),
        ("slowest list behind drift", drifts(device).await),
        ("slowest follow-up", follow_ups(device, Vec::new(), |id| Request::FollowUp { id }).await),
    ] {
        let many = asked.len();
        let slowest = slowest(device, asked).await.unwrap_or_else(|| panic!("{what}: there is none"));
        println!("    {what} of {many}: {slowest:?}");
        all.push((what, slowest));
    }
    all.into_iter().map(|(name, request)| (name.to_owned(), request)).collect()
}

/// The one whose best of three takes longest.
async fn slowest(device: &Device, all: Vec<Request>) -> Option<Request> {
    let (mut slowest, mut longest) = (None, Duration::ZERO);
    for request in all {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let began = Instant::now();
            let reply = device.handle.ask(request.clone()).await;
            assert!(!matches!(reply, Reply::Failed(_)), "{reply:?}");
            best = best.min(began.elapsed());
        }
        if best > longest {
            (slowest, longest) = (Some(request), best);
        }
    }
    slowest
}

/// Five hundred packs, as somebody hands out in years. What stands in them does not matter to their list.
async fn hand_out(device: &Device) {
    let Reply::Sites(sites) = device.handle.ask(Request::Sites).await else { panic!("no sites") };
    let to = Local::now().date_naive();
    for number in 0..500_u32 {
        let site = sites[number as usize % sites.len()].site;
        let what = PackExported {
            scope: PackScope::Site { site },
            from: to - TimeDelta::days(90),
            to,
            fingerprint: Head::ZERO.next(&number.to_be_bytes()),
            lines: 200 + number,
            names: true,
        };
        let reply = device.handle.ask(Request::PackExported { what }).await;
        assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
    }
}

fn charts() -> Vec<Request> {
    let chart = |measure, grain| {
        let lens = Lens { grain, ..Lens::default() };
        Request::Chart { measure, lens }
    };
    let of = |measure: Measure| [chart(measure, Grain::Month), chart(measure, Grain::Week)];
    Measure::ALL.into_iter().flat_map(of).collect()
}

/// The records behind this month's point of each measure.
async fn points(device: &Device) -> Vec<Request> {
    let period = Grain::Month.of(Local::now().date_naive());
    let mut all = Vec::new();
    for measure in Measure::ALL {
        for period in [period, period - 1, period - 2] {
            let request = Request::Behind { measure, period, lens: Lens::default(), limit: PAGE };
            if matches!(device.handle.ask(request.clone()).await, Reply::Behind(_)) {
                all.push(request);
            }
        }
    }
    all
}

async fn patterns(device: &Device) -> Vec<Request> {
    let Reply::Patterns(view) = device.handle.ask(Request::Patterns { limit: PAGE }).await else {
        panic!("no patterns")
    };
    let first = |row: &PatternRow| row.pattern.sightings.first().copied();
    view.raised.iter().filter_map(first).map(|report| Request::Pattern { report }).collect()
}

async fn of_actions(device: &Device, request: fn(Uuid) -> Request) -> Vec<Request> {
    follow_ups(device, vec![Class::Action], request).await
}

async fn follow_ups(device: &Device, classes: Vec<Class>, request: fn(Uuid) -> Request) -> Vec<Request> {
    let filter = FollowUpFilter { classes, limit: 2_000, ..FollowUpFilter::default() };
    let Reply::FollowUps(rows) = device.handle.ask(Request::FollowUps { filter }).await else {
        panic!("no follow-ups")
    };
    rows.into_iter().map(|row| request(row.follow.id)).collect()
}

async fn drifts(device: &Device) -> Vec<Request> {
    let Reply::Drift(view) = device.handle.ask(Request::Drift).await else { panic!("no drift") };
    let behind = |competency: String| DriftBehind { competency, input: None, item: None };
    let of = |drift: Drift| Request::DriftBehind { behind: behind(drift.competency) };
    view.drifts.into_iter().map(of).collect()
}

fn cohorts(measure: CohortMeasure) -> Request {
    Request::Cohorts { measure, competency: "medication".into() }
}
