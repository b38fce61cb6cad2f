//! Time that stands still until everybody waits for it, and the machine that a device runs on.
//!
//! Invariant: nothing here reads the real clock or real randomness.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::api::KeyPlace;
use fieldproof::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use fieldproof::store::{Secret, mix};
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, ready};
use uuid::Uuid;

use crate::disk::Disk;
use crate::net::Net;

/// 2026-03-02T08:00Z, in milliseconds.
pub const BEGIN: i64 = 1_772_438_400_000;

pub struct Time {
    now: Arc<AtomicI64>,
    timers: RefCell<BTreeMap<(i64, u64), oneshot::Sender<()>>>,
    next: Cell<u64>,
}

impl Time {
    pub fn new(now: i64) -> Rc<Time> {
        let now = Arc::new(AtomicI64::new(now));
        Rc::new(Time { now, timers: RefCell::default(), next: Cell::new(0) })
    }

    pub fn now(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    pub fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let at = self.now() + time.as_millis().max(1) as i64;
        self.next.set(self.next.get() + 1);
        self.timers.borrow_mut().insert((at, self.next.get()), wake);
        woken.map(drop).boxed_local()
    }

    /// When the next one that somebody still waits for rings.
    pub fn next(&self) -> Option<i64> {
        let mut timers = self.timers.borrow_mut();
        while let Some(first) = timers.first_entry() {
            if !first.get().is_canceled() {
                return Some(first.key().0);
            }
            first.remove();
        }
        None
    }

    /// Moves on and rings what is due.
    pub fn advance(&self, to: i64) {
        self.now.store(to.max(self.now()), Ordering::Relaxed);
        let mut timers = self.timers.borrow_mut();
        while let Some(first) = timers.first_entry() {
            if first.key().0 > to {
                break;
            }
            let _ = first.remove().send(());
        }
    }
}

/// A device's machine. Its clock may be wrong by any amount.
pub struct Machine {
    pub disk: Disk,
    pub time: Rc<Time>,
    /// Milliseconds that its clock is ahead.
    pub ahead: Cell<i64>,
    /// Minutes east of UTC.
    pub zone: Cell<i32>,
    pub net: Rc<Net>,
    pub random: RefCell<fastrand::Rng>,
    /// The last 32 bytes it gave: the database's key, when a device was just paired.
    pub last32: Cell<[u8; 32]>,
    pub said: RefCell<Vec<String>>,
    /// Its key store: no image of its disk has any of this.
    pub secrets: RefCell<BTreeMap<Uuid, [u8; 32]>>,
    /// When its program was started.
    pub started: Cell<i64>,
}

impl Machine {
    pub fn clock(&self) -> i64 {
        self.time.now() + self.ahead.get()
    }
}

impl Host for Machine {
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection> {
        rusqlite::Connection::open(self.disk.path(name))
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        self.disk.delete(name);
        Ok(())
    }

    fn bind(
        &self,
        profile: Uuid,
        input: Secret,
        make: bool,
    ) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        let mut secrets = self.secrets.borrow_mut();
        if make {
            secrets.entry(profile).or_insert_with(|| {
                let mut secret = [0; 32];
                self.random.borrow_mut().fill(&mut secret);
                secret
            });
        }
        let bound = secrets
            .get(&profile)
            .map(|secret| Bound { output: mix(&Secret::new(*secret), &input), place: KeyPlace::System });
        ready(bound.ok_or(BindError::Gone)).boxed_local()
    }

    fn unbind(&self, profile: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        self.secrets.borrow_mut().remove(&profile);
        ready(Ok(())).boxed_local()
    }

    fn uptime(&self) -> Duration {
        Duration::from_millis((self.time.now() - self.started.get()) as u64)
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(self.zone.get() * 60).unwrap();
        DateTime::from_timestamp_millis(self.clock()).unwrap().with_timezone(&zone)
    }

    fn random(&self, bytes: &mut [u8]) {
        self.random.borrow_mut().fill(bytes);
        if let Ok(key) = (&*bytes).try_into() {
            self.last32.set(key);
        }
    }

    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        self.time.sleep(time)
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        self.net.clone().send(request, self.clock(), self.disk.path("")).boxed_local()
    }

    fn log(&self, text: &str) {
        self.said.borrow_mut().push(text.to_owned());
    }

    fn wal(&self) -> bool {
        true
    }
}
