//! The machine that a simulated device runs on: real files, real HTTP, and a clock, a signal and
//! randomness that the demo sets.
//!
//! Invariant: while there is no signal, a request waits and then fails, as it would in a cellar;
//! while there is one, the clock is the real one, so that the skew which the server notes is true.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Local};
use fieldproof::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use fieldproof::platform::NativeHost;
use fieldproof::store::Secret;
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, pending};
use uuid::Uuid;

use super::rng::Rng;

/// What the demo sets while the device runs.
pub struct Dials {
    clock: Cell<DateTime<FixedOffset>>,
    signal: Cell<bool>,
    /// Requests that wait for a signal.
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Dials {
    pub fn new(clock: DateTime<FixedOffset>) -> Rc<Dials> {
        Rc::new(Dials { clock: Cell::new(clock), signal: Cell::new(true), waiting: RefCell::default() })
    }

    /// Moves the clock on; it never goes back, so that a log's times rise.
    pub fn set_clock(&self, at: DateTime<FixedOffset>) {
        self.clock.set(at.max(self.clock.get()));
    }

    pub fn clock(&self) -> DateTime<FixedOffset> {
        self.clock.get()
    }

    pub fn set_signal(&self, signal: bool) {
        self.signal.set(signal);
        if signal {
            for waiting in self.waiting.take() {
                // Whoever gave up waiting needs no answer.
                let _ = waiting.send(());
            }
        }
    }
}

/// See the module.
pub struct SimHost {
    machine: NativeHost,
    dials: Rc<Dials>,
    rng: RefCell<Rng>,
}

impl SimHost {
    /// # Errors
    /// A sentence: the folder cannot be made.
    pub fn new(folder: PathBuf, dials: Rc<Dials>, rng: Rng) -> Result<SimHost, String> {
        Ok(SimHost { machine: NativeHost::new(folder)?, dials, rng: RefCell::new(rng) })
    }
}

impl Host for SimHost {
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
        if self.dials.signal.get() {
            return Local::now().fixed_offset();
        }
        // A moment passes with every look, so that no two things happen at once.
        let now = self.dials.clock.get();
        self.dials.clock.set(now + chrono::TimeDelta::milliseconds(137));
        now
    }

    /// Repeatable: the keys made of it guard databases that are thrown away after the seeding.
    fn random(&self, bytes: &mut [u8]) {
        self.rng.borrow_mut().fill(bytes);
    }

    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        // Without a signal nothing is tried again by itself: months pass in seconds here.
        if self.dials.signal.get() { self.machine.sleep(time) } else { pending().boxed_local() }
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        if self.dials.signal.get() {
            return self.machine.http(request);
        }
        let (sender, signal) = oneshot::channel();
        self.dials.waiting.borrow_mut().push(sender);
        async move {
            let _ = signal.await;
            Err(NetError("no signal".into()))
        }
        .boxed_local()
    }

    fn log(&self, text: &str) {
        tracing::warn!("a demo device: {text}");
    }

    fn wal(&self) -> bool {
        self.machine.wal()
    }
}
