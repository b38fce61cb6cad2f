//! One person's device: the engine of the app itself, asked as the screens ask it.
//!
//! Invariant: there is no other way from the demo to a record than a [`Request`].

use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Local};
use fieldproof::engine::actor;
use fieldproof::engine::api::{Change, DraftView, Reply, Request, SyncChip, Today};
use fieldproof::engine::link::Handle;
use fieldproof::practice::draft::Draft;
use fieldproof::practice::standard::StandardRef;
use futures::channel::mpsc::unbounded;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::SeedError;
use super::host::{Dials, SimHost};
use super::rng::Rng;

/// Everybody's PIN in the demo's own devices, which nobody else can reach.
const PIN: &str = "135790";
/// An exchange over loopback that takes longer than this will not end.
const PATIENCE: Duration = Duration::from_secs(60);

/// See the module.
pub struct Device {
    pub person: Uuid,
    handle: Handle,
    dials: Rc<Dials>,
    heard: Rc<Notify>,
    engine: JoinHandle<()>,
}

impl Drop for Device {
    fn drop(&mut self) {
        self.engine.abort();
    }
}

impl Device {
    /// Starts the engine on the current thread's task set, and pairs it with a code.
    ///
    /// # Errors
    /// [`SeedError`]: no folder, or the server refused.
    pub async fn pair(
        folder: PathBuf,
        rng: Rng,
        server: &str,
        code: String,
        name: &str,
        platform: &str,
    ) -> Result<Device, SeedError> {
        let dials = Dials::new(DateTime::<FixedOffset>::default());
        let host = Rc::new(SimHost::new(folder, dials.clone(), rng).map_err(SeedError::Machine)?);
        let (asks, engine) = unbounded();
        let handle = Handle::new(move |ask| drop(asks.unbounded_send(ask)));
        let heard = Rc::new(Notify::new());
        let notify = heard.clone();
        handle.on_change(move |changes| {
            if changes.contains(&Change::Sync) {
                notify.notify_one();
            }
        });
        let told = handle.clone();
        let engine = tokio::task::spawn_local(actor::run(host, engine, move |said| told.told(said)));
        let mut device = Device { person: Uuid::nil(), handle, dials, heard, engine };
        let request = Request::Pair {
            server: server.to_owned(),
            code,
            device_name: name.to_owned(),
            platform: platform.to_owned(),
            pin: PIN.to_owned(),
        };
        match device.ask(request).await? {
            Reply::Unlocked(me) => device.person = me.person,
            other => return Err(unexpected("Unlocked", &other)),
        }
        device.sync().await?;
        Ok(device)
    }

    /// Asks the engine; a failure is an error.
    ///
    /// # Errors
    /// [`SeedError::Failed`].
    pub async fn ask(&self, request: Request) -> Result<Reply, SeedError> {
        match self.handle.ask(request).await {
            Reply::Failed(failure) => Err(failure.into()),
            Reply::NotYet(open) => Err(SeedError::NotYet(open)),
            reply => Ok(reply),
        }
    }

    /// Goes on without a signal, at a time of its own.
    pub fn at(&self, time: DateTime<FixedOffset>) {
        self.dials.set_signal(false);
        self.dials.set_clock(time);
    }

    /// Has a signal, for a request that needs one.
    pub fn online(&self) {
        self.dials.set_signal(true);
    }

    /// The device's own time while it has no signal.
    pub fn clock(&self) -> DateTime<FixedOffset> {
        self.dials.clock()
    }

    /// Exchanges with the server until the chip says that all is synced.
    ///
    /// # Errors
    /// [`SeedError::NotSynced`] where it says something else for too long.
    pub async fn sync(&self) -> Result<(), SeedError> {
        let asked = Local::now().fixed_offset();
        self.dials.set_signal(true);
        self.ask(Request::SyncNow).await?;
        let synced = async {
            loop {
                if let SyncChip::AllSynced { at } = self.chip().await?
                    && at >= asked
                {
                    return Ok::<(), SeedError>(());
                }
                self.heard.notified().await;
            }
        };
        match tokio::time::timeout(PATIENCE, synced).await {
            Ok(done) => done?,
            Err(_) => return Err(SeedError::NotSynced(self.chip().await?)),
        }
        self.dials.set_signal(false);
        Ok(())
    }

    /// # Errors
    /// As [`Device::ask`].
    pub async fn chip(&self) -> Result<SyncChip, SeedError> {
        match self.ask(Request::Status).await? {
            Reply::Status(status) => Ok(status.sync),
            other => Err(unexpected("Status", &other)),
        }
    }

    /// # Errors
    /// As [`Device::ask`].
    pub async fn today(&self) -> Result<Today, SeedError> {
        match self.ask(Request::Today).await? {
            Reply::Today(today) => Ok(*today),
            other => Err(unexpected("Today", &other)),
        }
    }

    /// A new record: begun, filled, saved, finished.
    ///
    /// # Errors
    /// As [`Device::ask`]; [`SeedError::NotYet`] where `fill` left something open.
    pub async fn record(
        &self,
        standard: StandardRef,
        site: Option<Uuid>,
        subject: Option<Uuid>,
        fill: impl FnOnce(&mut Draft, &DraftView),
    ) -> Result<Uuid, SeedError> {
        let begun = self.ask(Request::Begin { standard, site, subject }).await?;
        self.fill_and_finish(begun, fill).await
    }

    /// A change of a record that exists, with its reason.
    ///
    /// # Errors
    /// As [`Device::record`].
    pub async fn amend(
        &self,
        record: Uuid,
        reason: &str,
        fill: impl FnOnce(&mut Draft, &DraftView),
    ) -> Result<Uuid, SeedError> {
        let begun = self.ask(Request::BeginAmend { record, reason: reason.to_owned() }).await?;
        self.fill_and_finish(begun, fill).await
    }

    async fn fill_and_finish(
        &self,
        begun: Reply,
        fill: impl FnOnce(&mut Draft, &DraftView),
    ) -> Result<Uuid, SeedError> {
        let Reply::Draft(view) = begun else { return Err(unexpected("Draft", &begun)) };
        let mut draft = view.draft.clone();
        fill(&mut draft, &view);
        // Filling took as long as it says.
        let seconds = i64::try_from(draft.content.seconds).unwrap_or(0);
        self.dials.set_clock(self.clock() + chrono::TimeDelta::seconds(seconds));
        let id = draft.id;
        self.ask(Request::SaveDraft { draft: Box::new(draft) }).await?;
        match self.ask(Request::Finish { draft: id }).await? {
            Reply::Finished { record } => Ok(record),
            other => Err(unexpected("Finished", &other)),
        }
    }
}

/// The engine answered with something that this question never gets.
pub fn unexpected(wanted: &'static str, got: &Reply) -> SeedError {
    let text = format!("{got:?}");
    SeedError::Unexpected { wanted, got: text.chars().take(80).collect() }
}
