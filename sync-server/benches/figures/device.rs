//! (c) First sync, (e) bytes on the device, (f) screens over a large store: the app's own engine.

use std::rc::Rc;
use std::time::{Duration, Instant};

use fieldproof::engine::actor;
use fieldproof::engine::api::{Lens, RecordFilter, Reply, Request, SyncChip};
use fieldproof::engine::link::Handle;
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use fieldproof::platform::NativeHost;
use futures::channel::mpsc::unbounded;
use tempfile::TempDir;

use super::load::{BATCH, Log, World, post};
use super::raw;
use super::save::saves;
use super::table::{Budget, Table, percentile};

/// A device with the app's engine on the current thread.
pub struct Device {
    pub handle: Handle,
    pub dir: TempDir,
}

impl Device {
    pub fn start() -> Device {
        let dir = TempDir::new().unwrap();
        let host = Rc::new(NativeHost::new(dir.path().join("device")).unwrap());
        let (asks, engine) = unbounded();
        let handle = Handle::new(move |ask| drop(asks.unbounded_send(ask)));
        let told = handle.clone();
        tokio::task::spawn_local(actor::run(host, engine, move |said| told.told(said)));
        Device { handle, dir }
    }

    pub async fn pair(&self, url: &str, code: String) {
        let request = Request::Pair {
            server: url.to_owned(),
            code,
            device_name: "bench".into(),
            platform: "linux".into(),
            pin: "135790".into(),
        };
        let reply = self.handle.ask(request).await;
        assert!(matches!(reply, Reply::Unlocked(_)), "{reply:?}");
    }

    /// Waits until the chip says so for an exchange that began after `asked`.
    pub async fn synced(&self, asked: chrono::DateTime<chrono::FixedOffset>) {
        loop {
            if let Reply::Status(status) = self.handle.ask(Request::Status).await
                && let SyncChip::AllSynced { at } = status.sync
                && at >= asked
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn bytes(&self) -> f64 {
        match self.handle.ask(Request::Sync).await {
            Reply::Sync(view) => view.bytes as f64 / 1e6,
            other => panic!("{other:?}"),
        }
    }

    /// The slower of many times, in milliseconds.
    pub async fn time(&self, request: Request) -> f64 {
        let mut times = Vec::new();
        for _ in 0..40 {
            let began = Instant::now();
            let reply = self.handle.ask(request.clone()).await;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
            assert!(!matches!(reply, Reply::Failed(_)), "{reply:?}");
        }
        percentile(&mut times, 0.95)
    }
}

pub fn local<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, work)
}

fn chart(grain: Grain) -> Request {
    let lens = Lens { grain, periods: 120, ..Lens::default() };
    Request::Chart { measure: Measure::MedicationDeviations, lens }
}

/// The fullest list: a whole month of the log, which begins in May and has a line every 90 seconds.
fn behind() -> Request {
    let month = Grain::Month.of(chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap());
    Request::Behind {
        measure: Measure::MedicationDeviations,
        period: month,
        lens: Lens::default(),
        limit: 50,
    }
}

/// Somebody else writes, until there are so many; gives the bytes of their lines.
async fn fill(world: &World, log: &mut Log, to: u64) -> usize {
    let client = reqwest::Client::new();
    let mut bytes = 0;
    for _ in 0..(to - log.seq) / BATCH {
        for body in world.batches(log, 1) {
            bytes += body.len();
            post(&client, &world.url, &log.token, body, None).await;
        }
    }
    bytes
}

pub fn run(scale: u64, table: &mut Table) {
    let server = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut world = server.block_on(World::new());
    let mut log = server.block_on(async { world.enrol(&world.code().await).await });
    let code = server.block_on(world.code());
    let (first, half, all) = (10_000 / scale, 50_000 / scale, 100_000 / scale);
    let mut written = server.block_on(fill(&world, &mut log, first));
    // The same lines, parsed and inserted in the clear.
    let mut bare = server.block_on(async { world.enrol(&world.code().await).await });
    let bare = raw::intake(world.dir.path(), &world.batches(&mut bare, first / BATCH));
    local(async {
        let device = Device::start();
        let asked = chrono::Local::now().fixed_offset();
        device.pair(&world.url, code).await;
        let began = Instant::now();
        device.synced(asked).await;
        let seconds = began.elapsed().as_secs_f64();
        table.add(
            &format!("(c) native first sync of {first} events, derived tables built"),
            seconds,
            "s",
            Budget::AtMost(2.0),
            Some(first as f64 / bare),
        );
        for count in [half, all] {
            written += fill(&world, &mut log, count).await;
            let asked = chrono::Local::now().fixed_offset();
            device.handle.ask(Request::SyncNow).await;
            device.synced(asked).await;
            let budget = if count == half { Budget::AtMost(80.0) } else { Budget::None };
            let name = format!("(e) {count} events on the device; the lines alone");
            table.add(&name, device.bytes().await, "MB", budget, Some(written as f64 / 1e6));
        }
        screens(&device, &world, all, table).await;
        round_trips(&device, &mut world, &mut log, &server, table).await;
        drop(device.dir);
    });
}

/// Beside each: one row by its key out of as many, in the clear, and its JSON parsed.
async fn screens(device: &Device, world: &World, events: u64, table: &mut Table) {
    let bare = raw::read(world.dir.path(), events, &world.check);
    let standard = Request::Standard { standard: world.check.reference() };
    let begin = Request::Begin { standard: world.check.reference(), site: Some(world.site), subject: None };
    for (name, request) in [
        ("open a standard", standard),
        ("begin a check", begin),
        ("Today", Request::Today),
        ("list of records", Request::Records { filter: RecordFilter::default() }),
        ("list of people", Request::People),
        ("a person", Request::Person { person: world.staff[0] }),
        ("what is on this device", Request::Sync),
        ("dashboard by month", chart(Grain::Month)),
        ("dashboard by week", chart(Grain::Week)),
        ("governance month", Request::Month { back: 0, lens: Lens::default() }),
        ("records behind a month", behind()),
        ("what holds", Request::Holds { lens: Lens::default() }),
        ("items that never tell", Request::Tellings { lens: Lens::default() }),
    ] {
        let name = format!("(f) {name}, {events} events, p95");
        table.add(&name, device.time(request).await, "ms", Budget::AtMost(100.0), Some(bare));
    }
}

/// Twenty own events and fifty of somebody else's, by the app's own engine: how often it asks.
async fn round_trips(
    device: &Device,
    world: &mut World,
    log: &mut Log,
    server: &tokio::runtime::Runtime,
    table: &mut Table,
) {
    let lines: Vec<String> = {
        let (after, head) = (log.seq, log.head);
        let lines: Vec<String> = (0..50).map(|_| world.check(log)).collect();
        let header = log.header(after, head, 50, std::collections::BTreeMap::new(), 0);
        world.send(log, &header, &lines).await;
        lines
    };
    assert_eq!(lines.len(), 50);
    world.stop(server).await;
    saves(device, world, 20).await;
    world.start(server).await;
    let asked = chrono::Local::now().fixed_offset();
    device.handle.ask(Request::SyncNow).await;
    device.synced(asked).await;
    let told = reqwest::get(format!("{}/metrics", world.url)).await.unwrap().text().await.unwrap();
    let count = |name: &str| -> f64 {
        let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap().parse().unwrap()
    };
    assert!(
        count("fieldproof_lines_accepted_total") >= 20.0 && count("fieldproof_items_pulled_total") >= 50.0
    );
    let trips = count("fieldproof_syncs_total");
    table.add("(d) typical sync by the app's engine: round trips", trips, "", Budget::AtMost(1.0), Some(1.0));
}
