//! The lock: who has the PIN has the key, and a removed device has neither.
//!
//! Invariant: without the PIN nothing of a profile is readable; wrong ones are counted in the file,
//! so that neither a restart nor another screen gives more tries.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::api::{Change, Failure, FailureCode, Reply};
use super::core::{Engine, Open};
use super::syncing::Syncing;
use crate::store::{KdfCost, Key, ProfileRow, Profiles, Store, StoreError, WrappedKey};

/// Wrong PINs that cost nothing; each further one doubles the wait.
const FREE_PINS: u32 = 5;

impl Engine {
    pub(super) fn unlock(&mut self, profile: Uuid, pin: &str) -> Result<Reply, Failure> {
        let mut row = self
            .profiles
            .all()?
            .into_iter()
            .find(|row| row.profile == profile)
            .ok_or_else(Failure::not_found)?;
        let key = self.key_of(&mut row, pin)?;
        let store = self.open_store(profile, &key)?;
        self.take_over(row, store)
    }

    /// Wraps the same key by another PIN: one durable write, so that a crash leaves either the old
    /// PIN or the new one, and no record is written anew. A wrong old PIN counts as at the lock.
    pub(super) fn change_pin(&mut self, old: &str, new: &str) -> Result<Reply, Failure> {
        let profile = self.opened_ref()?.profile;
        if !is_pin(new) {
            return Err(Failure::of(FailureCode::BadPin, ""));
        }
        let mut row = self
            .profiles
            .all()?
            .into_iter()
            .find(|row| row.profile == profile)
            .ok_or_else(Failure::not_found)?;
        let key = self.key_of(&mut row, old)?;
        row.key = Some(self.wrapped(&key, new)?);
        self.profiles.put(&row)?;
        Ok(Reply::Done)
    }

    pub(super) fn wrapped(&self, key: &Key, pin: &str) -> Result<WrappedKey, Failure> {
        let mut salt = [0; 40];
        self.host.random(&mut salt);
        Ok(WrappedKey::wrap(key, pin, KdfCost::DEVICE, salt)?)
    }

    /// The profile's key, if this is its PIN. Counts wrong ones, over restarts.
    pub(super) fn key_of(&mut self, row: &mut ProfileRow, pin: &str) -> Result<Key, Failure> {
        let now = self.host.now();
        if let Some(wait) = row.wait_until.map(|until| (until - now).num_seconds()).filter(|wait| *wait > 0) {
            return Err(Failure::passing(FailureCode::TooManyPins, wait.to_string()));
        }
        let Some(key) = &row.key else { return Err(Failure::not_permitted()) };
        match key.unwrap(pin) {
            Ok(key) => {
                if row.wrong_pins > 0 {
                    row.wrong_pins = 0;
                    row.wait_until = None;
                    self.profiles.put(row)?;
                }
                Ok(key)
            }
            Err(StoreError::WrongPin) => {
                row.wrong_pins += 1;
                row.wait_until = wait_after(row.wrong_pins).map(|wait| now + wait);
                self.profiles.put(row)?;
                Err(Failure::of(FailureCode::WrongPin, ""))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The server holds all that this device wrote, and has removed it: its key is wiped first,
    /// then its records, and the lock screen says so (PROTOCOL §5).
    pub(super) fn wipe(&mut self) -> Result<(), Failure> {
        let Some(Open { profile, store, .. }) = self.open.take() else { return Ok(()) };
        drop(store);
        if let Some(mut row) = self.profiles.all()?.into_iter().find(|row| row.profile == profile) {
            row.key = None;
            self.profiles.put(&row)?;
        }
        self.delete_file(profile);
        self.changed(Change::Profiles);
        self.changed(Change::Sync);
        Ok(())
    }

    /// Deletes a profile's database. Where that fails the file stays, and nothing opens it.
    pub(super) fn delete_file(&self, profile: Uuid) {
        if let Err(cause) = self.host.delete(&Profiles::file_of(profile)) {
            self.host.log(&format!("a wiped database could not be deleted: {cause}"));
        }
    }

    pub(super) fn forget(&mut self, profile: Uuid) -> Result<Reply, Failure> {
        let row = self.profiles.all()?.into_iter().find(|row| row.profile == profile);
        if row.ok_or_else(Failure::not_found)?.key.is_some() {
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
    pub(super) fn take_over(&mut self, mut row: ProfileRow, store: Store) -> Result<Reply, Failure> {
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
        let open = Open { profile: row.profile, store, person, server: row.server, token, syncing };
        let me = open.me()?;
        self.open = Some(open);
        self.hurry = true;
        self.changed(Change::Profiles);
        self.changed(Change::Sync);
        Ok(Reply::Unlocked(Box::new(me)))
    }
}

pub(super) fn is_pin(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Six wrong: half a minute; then twice as long each time, a day at most.
fn wait_after(wrong: u32) -> Option<chrono::TimeDelta> {
    let over = wrong.checked_sub(FREE_PINS).filter(|over| *over > 0)?;
    let seconds = 15_i64.saturating_mul(1 << over.min(13)).min(86_400);
    chrono::TimeDelta::try_seconds(seconds)
}

/// When the profile was last heard from, for the sync screen.
pub(super) fn time_in(store: &Store, key: &str) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
    Ok(store.meta(key)?.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()))
}
