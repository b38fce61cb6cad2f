//! The real router over the real storage, on a simulated disk, asked one request at a time.
//!
//! Invariant: while it works the simulated time stands still, so that its threads change nothing
//! about what a seed does.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use fieldproof::engine::host::{HttpRequest, NetError};
use fieldproof::sync::wire::MAX_BATCH_LINES;
use sync_server::ingest::Limits;
use sync_server::seams::Seams;
use sync_server::storage::Storage;
use sync_server::storage::sqlite::{Sqlite, file};
use sync_server::{Settings, router};
use tempfile::TempDir;
use tower_service::Service;

use crate::disk::{Disk, Image};
use crate::machine::Time;
use crate::pace;
use crate::reached;
use crate::sabotage::plain;

/// How long a machine that stopped stays away.
const AWAY_MS: i64 = 20_000;

thread_local! {
    static RUNTIME: tokio::runtime::Runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
}

pub fn wait<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(work))
}

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub retry_after: Option<u64>,
    pub body: Vec<u8>,
}

pub struct Server {
    pub disk: Disk,
    folder: TempDir,
    up: RefCell<Option<(Arc<Sqlite>, Router)>>,
    seams: Seams,
    clock: Arc<AtomicI64>,
    time: Rc<Time>,
    down_since: Cell<i64>,
    /// Whether the stop that is planned takes the power with it.
    pub power: Cell<bool>,
    random: RefCell<fastrand::Rng>,
    pub backup: RefCell<Option<Image>>,
    /// Sabotage: the server's clock is whatever the asking device's says.
    pub trusts_devices: Cell<bool>,
    /// Lines that it takes at once.
    pub batch_lines: Cell<usize>,
}

impl Server {
    pub fn start(time: Rc<Time>, image: &Image, seed: u64) -> Rc<Server> {
        // The folder is real, because the storage makes it; the files in it are not.
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_str().unwrap().to_owned(), image);
        let clock = Arc::new(AtomicI64::new(time.now()));
        let random = Mutex::new(fastrand::Rng::with_seed(seed ^ 0x5e7));
        let read = clock.clone();
        let seams = Seams::new(
            move || read.load(Ordering::Relaxed),
            move |bytes| {
                random.lock().unwrap().fill(bytes);
                Ok(())
            },
        );
        let server = Server {
            disk,
            folder,
            up: RefCell::default(),
            seams,
            clock,
            time,
            down_since: Cell::new(0),
            power: Cell::new(false),
            random: RefCell::new(fastrand::Rng::with_seed(seed ^ 0xd15c)),
            backup: RefCell::default(),
            trusts_devices: Cell::new(false),
            batch_lines: Cell::new(MAX_BATCH_LINES),
        };
        assert!(server.open(), "a server starts on a sound disk");
        Rc::new(server)
    }

    fn open(&self) -> bool {
        let Ok(storage) = Sqlite::open(self.folder.path()) else { return false };
        self.open_doors(Arc::new(storage));
        true
    }

    fn open_doors(&self, storage: Arc<Sqlite>) {
        // Small answers, so that most syncs take several of them.
        let settings = Settings {
            enrols_per_minute: 10_000,
            pull_bytes: 6_000,
            limits: Limits { batch_lines: self.batch_lines.get(), ..Limits::default() },
            seams: self.seams.clone(),
            ..Settings::default()
        };
        let router = wait(async { router(storage.clone(), settings) });
        *self.up.borrow_mut() = Some((storage, router));
    }

    /// Its administrator lets it take so many lines at once.
    pub fn takes(&self, lines: usize) {
        self.batch_lines.set(lines);
        let storage = self.storage();
        self.open_doors(storage);
    }

    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    pub fn seams(&self) -> &Seams {
        self.clock.store(self.time.now(), Ordering::Relaxed);
        &self.seams
    }

    pub fn is_up(&self) -> bool {
        if self.disk.is_dead() && self.up.borrow_mut().take().is_some() {
            self.down_since.set(self.time.now());
        }
        self.up.borrow().is_some()
    }

    /// Stops it now, with or without its power.
    pub fn stop(&self, power: bool) {
        self.power.set(power);
        self.disk.stop();
        self.is_up();
    }

    /// Stops it and puts the backup in the place of its database, with an epoch of its own, as
    /// `restore` does. `false` where there is none.
    pub fn go_back(&self) -> bool {
        let Some(image) = self.backup.borrow().clone() else { return false };
        self.stop(false);
        self.disk.replace(&image);
        self.disk.start(None);
        let mut epoch = [0; 16];
        self.random.borrow_mut().fill(&mut epoch);
        let restored =
            "INSERT INTO restored (one, epoch) VALUES (1, ?1) ON CONFLICT DO UPDATE SET epoch = ?1";
        self.database().execute(restored, [epoch.as_slice()]).unwrap();
        self.disk.stop();
        true
    }

    /// Starts it again, if it is down.
    pub fn restart(&self) -> Result<(), String> {
        if self.is_up() {
            return Ok(());
        }
        let mut random = self.random.borrow_mut();
        self.disk.start(self.power.get().then_some(&mut *random));
        drop(random);
        if self.open() { Ok(()) } else { Err("the server does not start on what its crash left".into()) }
    }

    /// What a client sees of it.
    pub fn call(&self, request: &HttpRequest, device_clock: i64) -> Result<Answer, NetError> {
        let away = || self.time.now() - self.down_since.get() < AWAY_MS;
        if !self.is_up() && (away() || self.restart().is_err()) {
            return Err(NetError("no connection".into()));
        }
        let now = if self.trusts_devices.get() { device_clock } else { self.time.now() };
        self.clock.store(now, Ordering::Relaxed);
        let path = &request.url[request.url.find("/v1").unwrap_or(0)..];
        let mut asked = axum::http::Request::builder()
            .method(if request.post { "POST" } else { "GET" })
            .uri(path)
            .header("content-type", request.content_type);
        if let Some(token) = &request.bearer {
            asked = asked.header("authorization", format!("Bearer {token}"));
        }
        if let Some(encoding) = request.content_encoding {
            asked = asked.header("content-encoding", encoding);
        }
        let mut asked = asked.body(Body::from(request.body.clone())).unwrap();
        asked.extensions_mut().insert(ConnectInfo(std::net::SocketAddr::from(([10, 0, 0, 1], 9))));
        let mut router = self.up.borrow().as_ref().unwrap().1.clone();
        let answer = wait(async {
            let response = router.call(asked).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            let header = |name: &str| parts.headers.get(name)?.to_str().ok().map(str::to_owned);
            let content_type = header("content-type").unwrap_or_default();
            let content_type = content_type.split(';').next().unwrap_or_default().trim().to_owned();
            let retry_after = header("retry-after").and_then(|text| text.parse().ok());
            Answer { status: parts.status.as_u16(), content_type, retry_after, body }
        });
        drop(router);
        // Whoever stopped while answering has not answered.
        if !self.is_up() {
            return Err(NetError("the connection broke".into()));
        }
        count(request, &answer);
        Ok(answer)
    }

    /// The storage beside the server's doors, as its commands use it.
    pub fn storage(&self) -> Arc<Sqlite> {
        self.restart().unwrap();
        self.up.borrow().as_ref().unwrap().0.clone()
    }

    /// A connection of another program to the same file.
    pub fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(file(self.data())).unwrap()
    }

    /// Ends it as an administrator does, and gives what is on the disk then.
    pub fn close(&self) -> Image {
        if let Some((storage, router)) = self.up.borrow_mut().take() {
            drop(router);
            wait(async { storage.close().await });
        }
        self.disk.image()
    }
}

/// Counts what an answer is, and what it says that is new.
fn count(request: &HttpRequest, answer: &Answer) {
    let read = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap_or_default();
    if answer.status != 200 {
        let problem = read(&answer.body);
        let code = problem["code"].as_str().unwrap_or_default();
        reached::note(format!("{} {code}", answer.status).trim().to_owned());
        if code == "replica_not_yours" && problem["at"].is_u64() {
            reached::note("403 replica_not_yours, and where the logs part");
        }
        return;
    }
    reached::note("200");
    let Some((first, done)) = pace::whole(&answer.body) else { return };
    let asked = read(plain(request).lines().next().unwrap_or_default().as_bytes());
    let sent_until = asked["after"].as_u64().unwrap_or(0) + asked["count"].as_u64().unwrap_or(0);
    for (is_so, what) in [
        (done["more"] == true, "and there is more"),
        (first["revoked"] == true, "and the device is revoked"),
        (first["epoch"].is_string(), "and the server was restored"),
        (first["head"]["seq"].as_u64() > Some(sent_until), "and the server holds more than the device wrote"),
    ] {
        if is_so {
            reached::note(format!("200, {what}"));
        }
    }
    for line in first["quarantined"].as_array().into_iter().flatten() {
        if line["seq"].as_u64() > asked["after"].as_u64() {
            reached::note(format!("quarantined: {}", line["code"].as_str().unwrap_or_default()));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.up.borrow_mut().take();
        self.disk.unplug();
    }
}
