//! A real server on loopback and devices with real engines, real encrypted files and a network
//! that fails on command.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::actor;
use fieldproof::engine::api::{Reply, Request, Status, SyncChip};
use fieldproof::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use fieldproof::engine::link::{Ask, Handle};
use fieldproof::platform::{Keys, NativeHost};
use fieldproof::practice::draft::{Answer, Consent, Mark};
use fieldproof::practice::standard::{Class, Form, StandardRef};
use fieldproof::store::Secret;
use fieldproof::sync::wire::Role;
use futures::channel::mpsc::unbounded;
use futures::future::LocalBoxFuture;
use futures::{FutureExt, StreamExt};
use sync_server::commands::{init, pair};
use sync_server::seams::Seams;
use sync_server::storage::Storage;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings};
use tempfile::TempDir;
use uuid::Uuid;

pub const PIN: &str = "135790";

/// What happens to the next exchanges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The request never arrives.
    LostRequest,
    /// The server works, the answer never arrives.
    LostAnswer,
    /// The answer ends after so many bytes.
    Cut(usize),
    /// The request arrives twice.
    Twice,
    /// The request before the last arrives once more, after this one.
    Late,
    /// A captive portal answers.
    Portal,
    Busy,
    /// The server refuses with this status and code.
    Refused(u16, &'static str),
}

/// From an answer's bytes to others.
pub type Reword = fn(Vec<u8>) -> Vec<u8>;

pub struct Net {
    pub fault: RefCell<Box<dyn FnMut() -> Fault>>,
    /// What a server of another version makes of a good answer.
    pub reword: RefCell<Option<Reword>>,
    before: RefCell<Option<HttpRequest>>,
    pub exchanges: Cell<u64>,
    /// How many days the device's clock is behind the system's: what happened earlier is played so.
    pub days_ago: Cell<i64>,
}

/// A native machine with that network and hurried timers.
struct TestHost {
    machine: NativeHost,
    net: Rc<Net>,
}

impl Host for TestHost {
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection> {
        self.machine.open(name)
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        self.machine.delete(name)
    }

    fn bind(
        &self,
        profile: Uuid,
        input: Secret,
        make: bool,
    ) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        self.machine.bind(profile, input, make)
    }

    fn unbind(&self, profile: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        self.machine.unbind(profile)
    }

    fn uptime(&self) -> Duration {
        self.machine.uptime()
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.machine.now() - chrono::TimeDelta::days(self.net.days_ago.get())
    }

    fn random(&self, bytes: &mut [u8]) {
        self.machine.random(bytes);
    }

    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        // Pauses pass a thousand times faster; the time-out of an exchange stays what it is.
        let time = if time >= Duration::from_secs(60) { time } else { time / 1000 };
        tokio::time::sleep(time).boxed_local()
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        let fault = (self.net.fault.borrow_mut())();
        self.net.exchanges.set(self.net.exchanges.get() + 1);
        let send = |request: &HttpRequest| self.machine.http(request.clone());
        let first = send(&request);
        let late = self.net.before.replace(Some(request.clone()));
        let late = late.filter(|_| fault == Fault::Late).map(|late| send(&late));
        let again = (fault == Fault::Twice).then(|| send(&request));
        let reword = *self.net.reword.borrow();
        async move {
            match fault {
                Fault::LostRequest => return Err(NetError("lost".into())),
                Fault::Portal => return Ok(said(200, "text/html", b"<html>Welcome to Hotel WiFi".to_vec())),
                Fault::Busy => return Ok(said(503, "application/problem+json", problem(503, "busy"))),
                Fault::Refused(status, code) => {
                    return Ok(said(status, "application/problem+json", problem(status, code)));
                }
                _ => {}
            }
            let mut answer = whole(first.await?).await?;
            if let (200, Some(reword)) = (answer.0, reword) {
                answer.2 = reword(answer.2);
            }
            if let Some(late) = late {
                whole(late.await?).await?;
            }
            match fault {
                Fault::LostAnswer => Err(NetError("lost".into())),
                Fault::Cut(at) => {
                    let (status, kind, mut bytes) = answer;
                    bytes.truncate(at % (bytes.len() + 1));
                    Ok(said(status, &kind, bytes))
                }
                Fault::Twice => match again {
                    Some(again) => {
                        let (status, kind, bytes) = whole(again.await?).await?;
                        Ok(said(status, &kind, bytes))
                    }
                    None => Err(NetError("lost".into())),
                },
                _ => Ok(said(answer.0, &answer.1, answer.2)),
            }
        }
        .boxed_local()
    }

    fn log(&self, text: &str) {
        self.machine.log(text);
    }

    fn wal(&self) -> bool {
        true
    }
}

fn problem(status: u16, code: &str) -> Vec<u8> {
    format!(r#"{{"type":"about:blank","title":"{code}","status":{status},"detail":"","code":"{code}"}}"#)
        .into_bytes()
}

async fn whole(mut answer: HttpAnswer) -> Result<(u16, String, Vec<u8>), NetError> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.body.next().await {
        bytes.extend(piece?);
    }
    Ok((answer.status, answer.content_type, bytes))
}

fn said(status: u16, content_type: &str, bytes: Vec<u8>) -> HttpAnswer {
    HttpAnswer {
        status,
        content_type: content_type.to_owned(),
        retry_after: None,
        body: futures::stream::iter([Ok(bytes)]).boxed_local(),
    }
}

/// The system's clock, so many days on.
fn later(days: i64) -> Seams {
    Seams::with_clock(move || Seams::default().now_ms() + days * 86_400_000)
}

/// Tokens of two weeks, so that a month without signal outlasts them.
fn settings(days: i64) -> Settings {
    Settings { enrols_per_minute: 10_000, token_days: 14, seams: later(days), ..Settings::default() }
}

pub struct World {
    pub folder: TempDir,
    server: Option<Server>,
    pub address: SocketAddr,
    pub admin_code: String,
}

impl World {
    /// An organisation with its administrator's code.
    pub async fn begin() -> World {
        let folder = tempfile::tempdir().unwrap();
        let storage = Sqlite::open(&folder.path().join("server")).unwrap();
        let made = init(&storage, &Seams::default(), "Harbor", "Ada", 15).await.unwrap();
        let server = Server::start(([127, 0, 0, 1], 0).into(), Arc::new(storage), settings(0)).await.unwrap();
        let address = server.address();
        World { folder, server: Some(server), address, admin_code: made.code }
    }

    pub async fn stop_server(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    pub async fn start_server(&mut self) {
        self.start_server_later(0).await;
    }

    /// The server is back, and its clock says that so many days have passed.
    pub async fn start_server_later(&mut self, days: i64) {
        let storage = Sqlite::open(&self.server_folder()).unwrap();
        self.server = Some(Server::start(self.address, Arc::new(storage), settings(days)).await.unwrap());
    }

    /// A pairing code from the server's command line, made so many days later.
    pub async fn code_later(&self, person: Uuid, days: i64) -> String {
        let storage = Sqlite::open(&self.server_folder()).unwrap();
        let org = storage.orgs().await.unwrap()[0].org;
        let made = pair(&storage, &later(days), org, &person.to_string(), 15).await.unwrap();
        storage.close().await;
        made.code
    }

    /// Revokes all devices of a person, beside the server or while it is stopped.
    pub async fn revoke_devices_of(&self, person: Uuid) {
        let storage = Sqlite::open(&self.server_folder()).unwrap();
        let org = storage.orgs().await.unwrap()[0].org;
        for device in storage.devices(org).await.unwrap() {
            if device.person == person {
                assert!(storage.revoke(org, device.device, Seams::default().now_ms()).await.unwrap());
            }
        }
        storage.close().await;
    }

    /// Revokes the one device that a person paired last.
    pub async fn revoke_newest_device_of(&self, person: Uuid) {
        let storage = Sqlite::open(&self.server_folder()).unwrap();
        let org = storage.orgs().await.unwrap()[0].org;
        let devices = storage.devices(org).await.unwrap();
        let newest =
            devices.iter().filter(|device| device.person == person).max_by_key(|row| row.enrolled_ms);
        assert!(storage.revoke(org, newest.unwrap().device, Seams::default().now_ms()).await.unwrap());
        storage.close().await;
    }

    /// The lines that the server keeps apart.
    pub async fn quarantined(&self) -> Vec<String> {
        let storage = Sqlite::open(&self.server_folder()).unwrap();
        let org = storage.orgs().await.unwrap()[0].org;
        let rows = storage.quarantine(org, None).await.unwrap();
        storage.close().await;
        rows.into_iter().map(|row| String::from_utf8(row.line).unwrap()).collect()
    }

    pub fn server_folder(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    /// A device that nobody has paired yet.
    pub fn device(&self, name: &str) -> Device {
        Device::start(self.folder.path().join(name), format!("http://{}", self.address))
    }

    /// A paired device, signed in.
    pub async fn paired(&self, name: &str, code: &str) -> Device {
        let device = self.device(name);
        device.pair(code).await;
        device
    }
}

pub struct Device {
    pub folder: PathBuf,
    /// Where this machine keeps what no copy of the folder has.
    pub keys: PathBuf,
    pub server: String,
    pub net: Rc<Net>,
    handle: Handle,
    engine: tokio::task::JoinHandle<()>,
}

impl Device {
    /// A machine with this folder. Its keys lie beside it, so that a copy is on another machine.
    pub fn start(folder: PathBuf, server: String) -> Device {
        let keys = folder.with_extension("keys");
        Device::start_with(folder, keys, server)
    }

    /// The same with the keys of a machine that there is already.
    pub fn start_with(folder: PathBuf, keys: PathBuf, server: String) -> Device {
        let net = Rc::new(Net {
            fault: RefCell::new(Box::new(|| Fault::None)),
            reword: RefCell::default(),
            before: RefCell::default(),
            exchanges: Cell::new(0),
            days_ago: Cell::new(0),
        });
        let machine = NativeHost::with_keys(folder.clone(), Keys::in_files(keys.clone())).unwrap();
        let host = TestHost { machine, net: net.clone() };
        let (asks, inbox) = unbounded::<Ask>();
        let handle = Handle::new(move |ask| drop(asks.unbounded_send(ask)));
        let ear = handle.clone();
        let engine = tokio::task::spawn_local(actor::run(Rc::new(host), inbox, move |told| ear.told(told)));
        Device { folder, keys, server, net, handle, engine }
    }

    /// The app is gone from memory, and its files are closed.
    pub async fn close(self) {
        self.engine.abort();
        let _ = self.engine.await;
    }

    pub fn faults(&self, fault: impl FnMut() -> Fault + 'static) {
        *self.net.fault.borrow_mut() = Box::new(fault);
    }

    pub async fn ask(&self, request: Request) -> Reply {
        self.handle.ask(request).await
    }

    pub async fn done(&self, request: Request) {
        let reply = self.ask(request).await;
        assert!(matches!(reply, Reply::Done | Reply::Written { .. }), "{reply:?}");
    }

    pub async fn pair(&self, code: &str) {
        let reply = self
            .ask(Request::Pair {
                server: self.server.clone(),
                code: code.to_owned(),
                device_name: "test".into(),
                platform: "linux".into(),
                pin: PIN.into(),
            })
            .await;
        assert!(matches!(reply, Reply::Unlocked(_)), "{reply:?}");
        self.synced().await;
    }

    pub async fn status(&self) -> Status {
        match self.ask(Request::Status).await {
            Reply::Status(status) => *status,
            other => panic!("{other:?}"),
        }
    }

    /// Waits, with timers alone, until all is synced.
    pub async fn synced(&self) {
        self.until(|chip| matches!(chip, SyncChip::AllSynced { .. })).await;
    }

    /// Asks for one more exchange, so that what others wrote before now is here.
    pub async fn refresh(&self) {
        self.refresh_anyway().await;
        self.synced().await;
    }

    /// The same on a device where something needs a person.
    pub async fn refresh_anyway(&self) {
        let before = self.last_synced().await;
        self.done(Request::SyncNow).await;
        for _ in 0..5_000 {
            if self.last_synced().await > before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("no exchange came to its end");
    }

    async fn last_synced(&self) -> Option<DateTime<FixedOffset>> {
        match self.ask(Request::Sync).await {
            Reply::Sync(view) => view.last_synced,
            other => panic!("{other:?}"),
        }
    }

    pub async fn until(&self, reached: impl Fn(&SyncChip) -> bool) {
        for _ in 0..5_000 {
            let chip = self.status().await.sync;
            if reached(&chip) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // The whole view says why.
        panic!("never reached: {:#?}", self.ask(Request::Sync).await);
    }

    /// Waits until so many profiles on this device were removed.
    pub async fn until_removed(&self, count: usize) {
        for _ in 0..5_000 {
            if self.status().await.profiles.iter().filter(|profile| profile.removed).count() == count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("never removed: {:#?}", self.status().await);
    }

    pub async fn add_site(&self, name: &str) -> Uuid {
        let request =
            Request::SetSite { site: None, name: name.into(), programme: "Homes".into(), active: true };
        match self.ask(request).await {
            Reply::Written { id } => id,
            other => panic!("{other:?}"),
        }
    }

    pub async fn add_person(&self, name: &str, role: Role, sites: &[Uuid]) -> Uuid {
        let sites = sites.to_vec();
        let request = Request::SetPerson { person: None, name: name.into(), role, sites, active: true };
        match self.ask(request).await {
            Reply::Written { id } => id,
            other => panic!("{other:?}"),
        }
    }

    pub async fn code_for(&self, person: Uuid) -> String {
        match self.ask(Request::MakePairing { person }).await {
            Reply::Pairing(pairing) => pairing.code,
            other => panic!("{other:?}"),
        }
    }

    /// Fills a standard of the class, all met but the items named, and finishes it.
    pub async fn observe(&self, class: Class, site: Uuid, subject: Option<Uuid>, missed: &[usize]) -> Uuid {
        let Reply::Standards(standards) = self.ask(Request::Standards).await else { panic!("no standards") };
        let row = standards.iter().find(|row| row.class == class).expect("a standard of this class");
        self.observe_by(row.standard, site, subject, missed).await
    }

    /// Fills one standard in the same way.
    pub async fn observe_by(
        &self,
        standard: StandardRef,
        site: Uuid,
        subject: Option<Uuid>,
        missed: &[usize],
    ) -> Uuid {
        self.observe_with(standard, site, subject, missed, Consent::Given).await
    }

    /// The same, with what the person supported said to being watched.
    pub async fn observe_with(
        &self,
        standard: StandardRef,
        site: Uuid,
        subject: Option<Uuid>,
        missed: &[usize],
        consent: Consent,
    ) -> Uuid {
        let Reply::Draft(view) = self.ask(Request::Begin { standard, site: Some(site), subject }).await
        else {
            panic!("no draft")
        };
        let mut draft = view.draft;
        for (index, item) in view.standard.items.iter().enumerate() {
            let mark = if missed.contains(&index) { Mark::NotMet } else { Mark::Met };
            let answer = match item.form {
                Form::Mark => Answer::mark(mark),
                Form::Number => Answer { number: Some(item.min.unwrap_or(0.0)), ..Answer::default() },
                Form::Choice => Answer {
                    choice: item.choices.first().map(|choice| choice.id.clone()),
                    text: "As on the night before".into(),
                    ..Answer::default()
                },
                Form::Text => {
                    Answer { text: "Breathing faster, called the nurse".into(), ..Answer::default() }
                }
                Form::Tasks => continue,
            };
            draft.content.answers.insert(item.id.clone(), answer);
        }
        if view.standard.consent {
            draft.content.consent = Some(consent);
        }
        let id = draft.id;
        let saved = self.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        assert!(matches!(saved, Reply::Saved { .. }), "{saved:?}");
        match self.ask(Request::Finish { draft: id }).await {
            Reply::Finished { record } => record,
            other => panic!("{other:?}"),
        }
    }
}
