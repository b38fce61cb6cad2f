//! Ada administers; Sam supervises Elm House, where Bo works; Quinn is the quality lead. Each has a
//! device with a real engine. Mal and Max work there too, and whatever sends for them is dishonest. Every run starts from one snapshot of their disks and the server's.
//!
//! Invariant: a world is a function of its seed and its steps.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::LazyLock;
use std::task::{Context, Poll};

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::actor;
use fieldproof::engine::api::{FailureCode, Reply, Request, Status, SyncView};
use fieldproof::engine::host::Host;
use fieldproof::engine::link::{Ask, Handle};
use fieldproof::store::{KdfCost, Profiles, Terms, WrappedKey};
use fieldproof::sync::wire::Role;
use futures::channel::mpsc::unbounded;
use futures::executor::LocalPool;
use futures::future::RemoteHandle;
use futures::task::{LocalSpawnExt, noop_waker};
use sync_server::commands::init;
use sync_server::secrets;
use sync_server::storage::{NewPairing, Storage};
use uuid::Uuid;

use crate::disk::{Disk, Image};
use crate::machine::{BEGIN, Machine, Time};
use crate::net::Net;
use crate::pace::Pace;
use crate::raw::Raw;
use crate::reached;
use crate::sabotage::Sabotage;
use crate::server::{Server, wait};

pub const PIN: &str = "135790";
pub const NAMES: [&str; 4] = ["Ada", "Sam", "Bo", "Quinn"];
pub const ADA: usize = 0;
pub const SAM: usize = 1;
pub const BO: usize = 2;
pub const QUINN: usize = 3;

/// What broke, in words.
pub type Broken = String;

/// One thing that a device said it has.
#[derive(Clone, Copy, Debug)]
pub struct Saved {
    pub id: Uuid,
}

pub struct Device {
    pub name: &'static str,
    pub person: Uuid,
    pub profile: Uuid,
    pub key: [u8; 32],
    pub machine: Rc<Machine>,
    handle: Option<Handle>,
    task: Option<RemoteHandle<()>>,
    /// Whether the next stop takes the power with it.
    pub power: bool,
    pub saved: Vec<Saved>,
    pub copy: Option<Image>,
    /// Somebody let its token grow old, or put an old one back.
    pub token_gone: bool,
    /// Revoked and wiped.
    pub removed: bool,
    /// When it last said that it was synced, and how many whole answers it had had when it was looked
    /// at; none where it was started since.
    pub synced: Option<(Option<DateTime<FixedOffset>>, u64)>,
}

struct Paired {
    person: Uuid,
    profile: Uuid,
    key: [u8; 32],
    image: Image,
    secret: [u8; 32],
}

struct Snapshot {
    server: Image,
    devices: Vec<Paired>,
    sites: [Uuid; 2],
    liars: [Uuid; 2],
    now: i64,
}

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(snapshot);

pub struct World {
    pub time: Rc<Time>,
    pool: LocalPool,
    pub server: Rc<Server>,
    pub devices: Vec<Device>,
    pub sites: [Uuid; 2],
    /// Mal, who works at the first site, and Max, who supervises at both: no device of theirs is honest.
    pub liars: [Uuid; 2],
    pub raw: [Option<Raw>; 2],
    pub random: fastrand::Rng,
}

impl World {
    pub fn new(seed: u64, sabotage: Sabotage) -> World {
        let snapshot = &*SNAPSHOT;
        let mut world = World::over(snapshot.now, &snapshot.server, seed);
        (world.sites, world.liars) = (snapshot.sites, snapshot.liars);
        for (paired, name) in snapshot.devices.iter().zip(NAMES) {
            world.add(name, &paired.image);
            let device = world.devices.last_mut().unwrap();
            (device.person, device.profile, device.key) = (paired.person, paired.profile, paired.key);
            device.machine.net.key.set(paired.key);
            device.machine.secrets.borrow_mut().insert(paired.profile, paired.secret);
            device.machine.net.sabotage.set(sabotage);
        }
        sabotage.prepare(&world);
        world
    }

    fn over(now: i64, server: &Image, seed: u64) -> World {
        let time = Time::new(now);
        let server = Server::start(time.clone(), server, seed);
        let random = fastrand::Rng::with_seed(seed);
        let pool = LocalPool::new();
        let nobody = [Uuid::nil(); 2];
        let (devices, raw) = (Vec::new(), [None, None]);
        World { time, pool, server, devices, sites: nobody, liars: nobody, raw, random }
    }

    fn add(&mut self, name: &'static str, image: &Image) {
        let disk = Disk::new(Disk::fresh_name(), image);
        let net = Rc::new(Net {
            faults: RefCell::default(),
            offline: Cell::new(false),
            server: self.server.clone(),
            time: self.time.clone(),
            spawner: self.pool.spawner(),
            random: RefCell::new(self.random.fork()),
            sabotage: Cell::new(Sabotage::None),
            not_heard: Cell::default(),
            key: Cell::default(),
            pace: Pace::default(),
            disk: disk.clone(),
            slow: Cell::default(),
        });
        let machine = Rc::new(Machine {
            disk,
            time: self.time.clone(),
            ahead: Cell::new(0),
            zone: Cell::new(60),
            net,
            random: RefCell::new(self.random.fork()),
            last32: Cell::default(),
            said: RefCell::default(),
            secrets: RefCell::default(),
            started: Cell::new(self.time.now()),
        });
        self.devices.push(Device {
            name,
            person: Uuid::nil(),
            profile: Uuid::nil(),
            key: [0; 32],
            machine,
            handle: None,
            task: None,
            power: false,
            saved: Vec::new(),
            copy: None,
            token_gone: false,
            removed: false,
            synced: None,
        });
    }

    /// Everybody does what can be done without time passing.
    fn settle(&mut self) {
        self.pool.run_until_stalled();
        for device in &mut self.devices {
            if device.machine.disk.is_dead() && device.handle.is_some() {
                device.machine.net.pace.forget();
                device.handle = None;
                device.task = None;
            }
        }
        self.server.is_up();
        // What was dropped lets go of its files.
        self.pool.run_until_stalled();
    }

    pub fn pass(&mut self, ms: i64) {
        let until = self.time.now() + ms;
        self.settle();
        while let Some(next) = self.time.next().filter(|next| *next <= until) {
            self.time.advance(next);
            self.settle();
        }
        self.time.advance(until);
        self.settle();
    }

    pub fn is_up(&self, who: usize) -> bool {
        self.devices[who].handle.is_some()
    }

    /// Asks as a screen does. `None`: the device stopped before it could answer.
    pub fn ask(&mut self, who: usize, request: Request) -> Option<Reply> {
        let handle = self.devices[who].handle.clone()?;
        self.devices[who].machine.net.pace.asked();
        let mut asked = Box::pin(async move { handle.ask(request).await });
        let waker = noop_waker();
        let until = self.time.now() + 120_000;
        loop {
            if let Poll::Ready(reply) = asked.as_mut().poll(&mut Context::from_waker(&waker)) {
                self.settle();
                let gone =
                    matches!(&reply, Reply::Failed(failure) if failure.detail == "the engine went away");
                return (!gone).then_some(reply);
            }
            self.settle();
            if let Poll::Ready(reply) = asked.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Some(reply);
            }
            if !self.is_up(who) {
                return None;
            }
            match self.time.next().filter(|next| *next <= until) {
                Some(next) => self.time.advance(next),
                None => return None,
            }
        }
    }

    fn run_engine(&mut self, who: usize) {
        let (asks, inbox) = unbounded::<Ask>();
        let handle = Handle::new(move |ask| drop(asks.unbounded_send(ask)));
        let ear = handle.clone();
        let machine = self.devices[who].machine.clone();
        machine.started.set(self.time.now());
        machine.net.pace.forget();
        // A disk without room may not have kept what was said last.
        self.devices[who].synced = None;
        let engine = actor::run(machine, inbox, move |told| ear.told(told));
        let task = self.pool.spawner().spawn_local_with_handle(engine).unwrap();
        self.devices[who].handle = Some(handle);
        self.devices[who].task = Some(task);
    }

    /// Starts a device that is down, up to its lock screen.
    pub fn start(&mut self, who: usize) {
        if !self.is_up(who) {
            let power = self.devices[who].power;
            let machine = self.devices[who].machine.clone();
            let mut random = self.random.fork();
            machine.disk.start(power.then_some(&mut random));
            self.devices[who].power = false;
            self.run_engine(who);
        }
    }

    /// Starts a device that is down and opens its profile. `false`: not now (no room, stopped again,
    /// or removed).
    pub fn boot(&mut self, who: usize) -> Result<bool, Broken> {
        if self.devices[who].removed {
            return Ok(false);
        }
        self.start(who);
        let Some(status) = self.status(who)? else { return Ok(false) };
        if status.me.is_some() {
            return Ok(true);
        }
        let profile = self.devices[who].profile;
        if status.profiles.iter().any(|row| row.profile == profile && row.removed) {
            self.devices[who].removed = true;
            reached::note("a device was wiped");
            return Ok(false);
        }
        let name = self.devices[who].name;
        match self.ask(who, Request::Unlock { profile, pin: PIN.into() }) {
            Some(Reply::Unlocked(_)) => Ok(true),
            None => Ok(false),
            Some(_) if self.excused(who) => Ok(false),
            Some(other) => Err(format!("{name}'s device does not open any more: {other:?}")),
        }
    }

    /// Whether a failure may come from its disk just now.
    pub fn excused(&self, who: usize) -> bool {
        let disk = &self.devices[who].machine.disk;
        disk.is_dead() || disk.is_full()
    }

    pub fn status(&mut self, who: usize) -> Result<Option<Status>, Broken> {
        let name = self.devices[who].name;
        match self.ask(who, Request::Status) {
            Some(Reply::Status(status)) => Ok(Some(*status)),
            None => Ok(None),
            Some(_) if self.excused(who) => Ok(None),
            // There was no room to begin with: the screen was told, and the next ask tries again.
            Some(Reply::Failed(failure)) if failure.code == FailureCode::DiskFull && failure.again => {
                Ok(None)
            }
            Some(other) => Err(format!("{name}'s device does not say how it stands: {other:?}")),
        }
    }

    pub fn sync_view(&mut self, who: usize) -> Result<Option<SyncView>, Broken> {
        let name = self.devices[who].name;
        match self.ask(who, Request::Sync) {
            Some(Reply::Sync(view)) => Ok(Some(*view)),
            None => Ok(None),
            Some(Reply::Failed(failure)) if failure.code == FailureCode::Locked => Ok(None),
            Some(_) if self.excused(who) => Ok(None),
            // As for the status: what failed for want of room is tried again with the next ask.
            Some(Reply::Failed(failure)) if failure.code == FailureCode::DiskFull && failure.again => {
                Ok(None)
            }
            Some(other) => Err(format!("{name}'s sync screen stays empty: {other:?}")),
        }
    }

    /// Stops a device now; `power`: what was not synced may be lost.
    pub fn stop(&mut self, who: usize, power: bool) {
        self.devices[who].machine.disk.stop();
        self.devices[who].power |= power;
        self.settle();
    }

    /// Ends a device's program as its system does.
    pub fn quit(&mut self, who: usize) {
        self.devices[who].handle = None;
        self.devices[who].task = None;
        self.devices[who].machine.net.pace.forget();
        self.settle();
    }

    pub fn org(&self) -> Uuid {
        wait(self.server.storage().orgs()).unwrap()[0].org
    }

    /// A code from the server's own command, for a person who has to pair again.
    pub fn code_for(&self, person: Uuid) -> String {
        let storage = self.server.storage();
        let now_ms = self.time.now();
        let code = secrets::code(self.server.seams().random().unwrap());
        let pairing = NewPairing {
            org: self.org(),
            person,
            code: secrets::hash_code(&code),
            maker: None,
            expires_ms: now_ms + 900_000,
            now_ms,
        };
        wait(storage.pair(pairing)).unwrap();
        code
    }

    pub fn pair(&mut self, who: usize, code: String) -> Option<Reply> {
        let request = Request::Pair {
            server: "https://sync.example".into(),
            code,
            device_name: self.devices[who].name.into(),
            platform: "linux".into(),
            pin: PIN.into(),
        };
        self.devices[who].machine.net.pace.forget();
        let reply = self.ask(who, request);
        self.devices[who].machine.net.pace.forget();
        if matches!(reply, Some(Reply::Unlocked(_))) {
            reached::note("a person signed in again");
        }
        reply
    }

    /// A device's database, opened beside it.
    pub fn database(&self, who: usize) -> rusqlite::Connection {
        let device = &self.devices[who];
        let path = device.machine.disk.path(&Profiles::file_of(device.profile));
        open_with(&path, &device.key)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        for device in &mut self.devices {
            device.handle = None;
            device.task = None;
        }
        self.pool.run_until_stalled();
        for device in &self.devices {
            device.machine.disk.unplug();
        }
    }
}

pub fn open_with(path: &str, key: &[u8; 32]) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(path).unwrap();
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    db.execute_batch(&format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{hex}'\"")).unwrap();
    db
}

fn written(reply: Option<Reply>) -> Uuid {
    match reply {
        Some(Reply::Written { id }) => id,
        other => panic!("{other:?}"),
    }
}

fn snapshot() -> Snapshot {
    let mut world = World::over(BEGIN, &Image::new(), 1);
    let seams = world.server.seams().clone();
    let storage = world.server.storage();
    let made = wait(init(&*storage, &seams, "Harbor", "Ada", 15)).unwrap();
    drop(storage);
    let pair = |world: &mut World, who: usize, person: Uuid, code: String| {
        world.add(NAMES[who], &Image::new());
        world.devices[who].person = person;
        world.run_engine(who);
        let reply = world.pair(who, code);
        assert!(matches!(reply, Some(Reply::Unlocked(_))), "{reply:?}");
        world.devices[who].key = world.devices[who].machine.last32.get();
        world.pass(5_000);
    };
    pair(&mut world, ADA, made.admin, made.code);
    assert!(matches!(world.ask(ADA, Request::PublishStarters), Some(Reply::Done)));
    let sites = ["Elm House", "Oak House"].map(|name| {
        let request =
            Request::SetSite { site: None, name: name.into(), programme: "Homes".into(), active: true };
        written(world.ask(ADA, request))
    });
    let mut people = Vec::new();
    for (name, role, own) in [
        ("Sam", Role::Supervisor, vec![sites[0]]),
        ("Bo", Role::Staff, vec![sites[0]]),
        ("Quinn", Role::Quality, vec![]),
        ("Mal", Role::Staff, vec![sites[0]]),
        ("Max", Role::Supervisor, sites.to_vec()),
    ] {
        let request = Request::SetPerson { person: None, name: name.into(), role, sites: own, active: true };
        people.push(written(world.ask(ADA, request)));
    }
    world.pass(60_000);
    let liars = [people[3], people[4]];
    for (who, person) in (1..NAMES.len()).zip(people) {
        let code = world.code_for(person);
        pair(&mut world, who, person, code);
    }
    world.pass(120_000);
    let now = world.time.now();
    let mut devices = Vec::new();
    for who in 0..NAMES.len() {
        let status = world.status(who).unwrap().unwrap();
        world.quit(who);
        let device = &world.devices[who];
        let profile = status.profiles[0].profile;
        // A key that is quick to unwrap: a device is started many times in each of many runs.
        let db = rusqlite::Connection::open(device.machine.disk.path(Profiles::FILE)).unwrap();
        let mut profiles = Profiles::open(db, true).unwrap();
        let mut row = profiles.all().unwrap().remove(0);
        let mix = |stretched| {
            let bound = futures::executor::block_on(device.machine.bind(profile, stretched, false));
            bound.unwrap_or_else(|error| panic!("{error}")).output
        };
        let stored = row.key.unwrap();
        let key = stored.unwrap(&mix(stored.stretch(PIN).unwrap())).unwrap();
        let terms = Terms::new(KdfCost { kib: 8, rounds: 1 }, [who as u8; 40]);
        let bound = mix(terms.stretch(PIN).unwrap());
        row.key = Some(WrappedKey::wrap(&key, terms, &bound, true).unwrap());
        profiles.put(&row).unwrap();
        drop(profiles);
        let image = device.machine.disk.image();
        let secret = device.machine.secrets.borrow()[&profile];
        devices.push(Paired { person: device.person, profile, key: device.key, image, secret });
    }
    // What it took to make this is nobody's run.
    reached::take();
    Snapshot { server: world.server.close(), devices, sites, liars, now }
}
