//! The lock: who has the PIN has the key, and a removed device has neither.
//!
//! Invariant: without the PIN nothing of a profile is readable; wrong ones are counted in the file,
//! so that neither a restart nor another screen gives more tries. The wait between tries goes by the
//! wall clock, which a thief can set; so no try comes sooner than [`HOLD`] of running time after the
//! last one or the app's start, whatever the clock says, and a clock set back makes nobody wait
//! longer than the rule.

use std::cell::RefCell;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use uuid::Uuid;

use super::api::{Change, Failure, FailureCode, KeyPlace, Reply};
use super::core::{Engine, Open};
use super::key;
use super::syncing::Syncing;
use crate::practice::pin;
use crate::store::{Key, OwnLog, ProfileRow, Profiles, Store, StoreError, WrappedKey};

/// Wrong PINs that cost nothing; each further one doubles the wait.
const FREE_PINS: u32 = 5;
/// What each further one costs in running time at the least: the first of the waits.
const HOLD: Duration = Duration::from_secs(30);

pub(super) async fn unlock(engine: &RefCell<Engine>, profile: Uuid, pin: &str) -> Reply {
    Reply::from(try_unlock(engine, profile, pin).await)
}

async fn try_unlock(engine: &RefCell<Engine>, profile: Uuid, pin: &str) -> Result<Reply, Failure> {
    let opened = key::open(engine, profile, pin).await?;
    let mut engine = engine.borrow_mut();
    let store = engine.open_store(profile, &opened.key)?;
    let row = engine.row(profile)?;
    engine.take_over(row, store, opened.place)
}

/// Wraps the same key by another PIN: one durable write, so that a crash leaves either the old PIN
/// or the new one, and no record is written anew. A wrong old PIN counts as at the lock.
pub(super) async fn change_pin(engine: &RefCell<Engine>, old: &str, new: &str) -> Reply {
    Reply::from(try_change_pin(engine, old, new).await)
}

async fn try_change_pin(engine: &RefCell<Engine>, old: &str, new: &str) -> Result<Reply, Failure> {
    let profile = engine.borrow().opened_ref()?.profile;
    may_choose(new)?;
    let opened = key::open(engine, profile, old).await?;
    let host = engine.borrow().host.clone();
    let (wrapped, place) = key::wrapped(&host, profile, &opened.key, new).await?;
    if opened.place != KeyPlace::PinAlone && !wrapped.is_bound() {
        // The device's part is not given up for a new PIN.
        return Err(Failure::passing(FailureCode::KeyStoreAway, "while changing the PIN"));
    }
    let mut engine = engine.borrow_mut();
    engine.rewrapped(profile, wrapped)?;
    engine.opened()?.key_place = place;
    Ok(Reply::Done)
}

/// The server holds all that this device wrote, and has removed it: its key is wiped first, the
/// device's part of it with it, then its records, and the lock screen says so (PROTOCOL §5).
pub(super) async fn wipe(engine: &RefCell<Engine>) -> Result<(), Failure> {
    let Some(profile) = engine.borrow_mut().wipe()? else { return Ok(()) };
    unbind(engine, profile).await;
    Ok(())
}

/// A crash between wiping a key and what belongs to it leaves a file and a secret that open nothing:
/// both go now.
pub(super) async fn sweep(engine: &RefCell<Engine>) {
    let wiped = engine.borrow().wiped();
    for profile in wiped {
        engine.borrow().delete_file(profile);
        unbind(engine, profile).await;
    }
}

/// Destroys the device's part of a key that nothing needs any more.
pub(super) async fn unbind(engine: &RefCell<Engine>, profile: Uuid) {
    let host = engine.borrow().host.clone();
    if let Err(cause) = host.unbind(profile).await {
        host.log(&format!("a device's part of a key could not be destroyed: {cause}"));
    }
}

impl Engine {
    pub(super) fn row(&self, profile: Uuid) -> Result<ProfileRow, Failure> {
        self.profiles.all()?.into_iter().find(|row| row.profile == profile).ok_or_else(Failure::not_found)
    }

    /// The profile's wrapped key, if a PIN may be tried now.
    pub(super) fn may_try(&mut self, profile: Uuid) -> Result<WrappedKey, Failure> {
        let mut row = self.row(profile)?;
        let Some(key) = row.key.clone() else { return Err(Failure::not_permitted()) };
        let Some(full) = wait_after(row.wrong_pins) else { return Ok(key) };
        let now = self.host.now();
        if row.wait_until.is_some_and(|until| until - now > full) {
            // The clock was set back; from here on it counts anew.
            row.wait_until = Some(now + full);
            self.profiles.put(&row)?;
        }
        let by_clock = row.wait_until.map_or(TimeDelta::zero(), |until| until - now);
        let since =
            self.host.uptime().saturating_sub(self.tried.get(&profile).copied().unwrap_or(self.begun));
        let by_running = TimeDelta::from_std(HOLD.saturating_sub(since)).unwrap_or_default();
        let wait = by_clock.max(by_running);
        if wait > TimeDelta::zero() {
            // In whole seconds, and never none while there is some.
            let seconds = (wait + TimeDelta::milliseconds(999)).num_seconds();
            return Err(Failure::passing(FailureCode::TooManyPins, seconds.to_string()));
        }
        Ok(key)
    }

    /// Counts a wrong PIN, or forgets those before the right one.
    pub(super) fn judge(&mut self, profile: Uuid, tried: Result<Key, StoreError>) -> Result<Key, Failure> {
        let mut row = self.row(profile)?;
        match tried {
            Ok(key) => {
                if row.wrong_pins > 0 {
                    row.wrong_pins = 0;
                    row.wait_until = None;
                    self.profiles.put(&row)?;
                }
                Ok(key)
            }
            Err(StoreError::WrongPin) => {
                row.wrong_pins = row.wrong_pins.saturating_add(1);
                row.wait_until = wait_after(row.wrong_pins).map(|wait| self.host.now() + wait);
                self.tried.insert(profile, self.host.uptime());
                self.profiles.put(&row)?;
                let left = FREE_PINS.saturating_add(1).saturating_sub(row.wrong_pins);
                Err(Failure::of(FailureCode::WrongPin, left.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a key's new wrapping in the place of the old one.
    pub(super) fn rewrapped(&mut self, profile: Uuid, key: WrappedKey) -> Result<(), Failure> {
        let mut row = self.row(profile)?;
        row.key = Some(key);
        self.profiles.put(&row)?;
        Ok(())
    }

    fn wipe(&mut self) -> Result<Option<Uuid>, Failure> {
        let Some(Open { profile, store, .. }) = self.open.take() else { return Ok(None) };
        let left = store.left_over();
        drop(store);
        if let Ok(mut row) = self.row(profile) {
            row.key = None;
            row.left = Some(left);
            (row.waiting, row.waiting_since) = (Some(0), None);
            if self.profiles.put(&row).is_err() {
                // Without room not even that a key is gone can be written: what it opens makes some.
                self.delete_file(profile);
                self.profiles.put(&row)?;
            }
        }
        self.delete_file(profile);
        self.changed(Change::Profiles);
        self.changed(Change::Sync);
        Ok(Some(profile))
    }

    /// Profiles that were removed and whose names are still on the list.
    fn wiped(&self) -> Vec<Uuid> {
        let rows = self.profiles.all().unwrap_or_default().into_iter();
        rows.filter(|row| row.key.is_none()).map(|row| row.profile).collect()
    }

    /// Deletes a profile's database. Where that fails the file stays, and nothing opens it.
    pub(super) fn delete_file(&self, profile: Uuid) {
        if let Err(cause) = self.host.delete(&Profiles::file_of(profile)) {
            self.host.log(&format!("a wiped database could not be deleted: {cause}"));
        }
    }

    /// Keeps beside the names how much the unlocked person has not sent, so that whoever takes the device
    /// next sees it. Where that cannot be written it is tried again with whatever comes next, locking included.
    pub(super) fn note_waiting(&mut self) {
        let noted = self.try_note_waiting();
        match (noted, self.open.as_mut()) {
            (Ok(noted), Some(open)) => open.noted = noted,
            (Err(failure), _) => self.host.log(&format!("how much waits could not be noted: {failure}")),
            (Ok(_), None) => {}
        }
    }

    fn try_note_waiting(&mut self) -> Result<Option<OwnLog>, Failure> {
        let Some(open) = self.open.as_ref() else { return Ok(None) };
        let log = Some(open.store.own()?);
        if open.noted == log {
            return Ok(log);
        }
        let (waiting, since) = open.store.waiting_since()?;
        let mut row = self.row(open.profile)?;
        if (row.waiting, row.waiting_since) != (Some(waiting), since) {
            (row.waiting, row.waiting_since) = (Some(waiting), since);
            self.profiles.put(&row)?;
        }
        Ok(log)
    }

    pub(super) fn forget(&mut self, profile: Uuid) -> Result<Reply, Failure> {
        if self.row(profile)?.key.is_some() {
            return Err(Failure::not_permitted());
        }
        self.profiles.remove(profile)?;
        self.changed(Change::Profiles);
        Ok(Reply::Done)
    }

    pub(super) fn open_store(&self, profile: Uuid, key: &Key) -> Result<Store, Failure> {
        let db = self.host.open(&Profiles::file_of(profile)).map_err(StoreError::from)?;
        Ok(Store::open(db, key, self.host.wal())?)
    }

    /// Makes an opened store the unlocked profile.
    pub(super) fn take_over(
        &mut self,
        mut row: ProfileRow,
        store: Store,
        key_place: KeyPlace,
    ) -> Result<Reply, Failure> {
        let fact = |key: &str| -> Result<String, Failure> {
            store
                .meta(key)?
                .ok_or_else(|| Failure::of(FailureCode::Corrupt, format!("no {key} in the profile")))
        };
        let person: Uuid = fact("person")?
            .parse()
            .map_err(|_| Failure::of(FailureCode::Corrupt, "the profile's person does not read"))?;
        if row.person != Some(person) {
            row.person = Some(person);
            self.profiles.put(&row)?;
        }
        let token = fact("token")?;
        let syncing = Syncing::restored(&store)?;
        let open = Open {
            profile: row.profile,
            store,
            person,
            server: row.server,
            token,
            key_place,
            syncing,
            noted: None,
        };
        let me = open.me()?;
        // Whoever was unlocked before is no more.
        self.lock();
        self.open = Some(open);
        self.note_waiting();
        self.hurry = true;
        self.changed(Change::Profiles);
        self.changed(Change::Sync);
        Ok(Reply::Unlocked(Box::new(me)))
    }
}

/// Whether a PIN may be chosen here.
pub(super) fn may_choose(pin: &str) -> Result<(), Failure> {
    if !pin::is_pin(pin) {
        return Err(Failure::of(FailureCode::BadPin, ""));
    }
    if pin::is_easy(pin) {
        return Err(Failure::of(FailureCode::EasyPin, ""));
    }
    Ok(())
}

/// Six wrong: half a minute; then twice as long each time, a day at most.
fn wait_after(wrong: u32) -> Option<TimeDelta> {
    let over = wrong.checked_sub(FREE_PINS).filter(|over| *over > 0)?;
    let seconds = 15_i64.saturating_mul(1 << over.min(13)).min(86_400);
    TimeDelta::try_seconds(seconds)
}

/// When the profile was last heard from, for the sync screen.
pub(super) fn time_in(store: &Store, key: &str) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
    Ok(store.meta(key)?.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()))
}
