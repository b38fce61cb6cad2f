//! Profiles: pairing a new one, unlocking, and codes for others.
//!
//! Invariant: a profile is listed only after its database exists and its replica was begun, so a
//! crash between leaves nothing half paired.

use std::cell::RefCell;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use futures::StreamExt;
use uuid::Uuid;

use super::api::{Change, Failure, FailureCode, Reply};
use super::core::{Engine, Open, new_id};
use super::host::{HttpAnswer, HttpRequest, NetError};
use super::syncing::Syncing;
use crate::store::{KdfCost, Key, ProfileRow, Profiles, Store, StoreError, WrappedKey};
use crate::sync::exchange;
use crate::sync::wire::{DeviceInfo, Enrol, Enrolled, Pairing, PairingRequest};

const TIMEOUT: Duration = Duration::from_secs(20);
/// Answers to pairing are small; whatever is longer is not from our server.
const LONGEST_ANSWER: usize = 65_536;
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
        let mut salt = [0; 40];
        self.host.random(&mut salt);
        row.key = Some(WrappedKey::wrap(&key, new, KdfCost::DEVICE, salt)?);
        self.profiles.put(&row)?;
        Ok(Reply::Done)
    }

    /// The profile's key, if this is its PIN. Counts wrong ones, over restarts.
    fn key_of(&mut self, row: &mut ProfileRow, pin: &str) -> Result<Key, Failure> {
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

    fn open_store(&self, profile: Uuid, key: &Key) -> Result<Store, Failure> {
        let db = self.host.open(&Profiles::file_of(profile)).map_err(StoreError::from)?;
        Ok(Store::open(db, key, self.host.wal())?)
    }

    /// Makes an opened store the unlocked profile.
    fn take_over(&mut self, row: ProfileRow, store: Store) -> Result<Reply, Failure> {
        let fact = |key: &str| -> Result<String, Failure> {
            store
                .meta(key)?
                .ok_or_else(|| Failure::of(FailureCode::Corrupt, format!("no {key} in the profile")))
        };
        let person = fact("person")?
            .parse()
            .map_err(|_| Failure::of(FailureCode::Corrupt, "the profile's person does not read"))?;
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

    /// Writes a new profile for who was enrolled, or signs an existing one in again.
    fn enrolled(
        &mut self,
        server: String,
        pin: &str,
        replica: Uuid,
        enrolled: &Enrolled,
    ) -> Result<Reply, Failure> {
        let person = enrolled.person.person.to_string();
        let known = self.profiles.all()?.into_iter().filter(|row| row.server == server).collect::<Vec<_>>();
        for mut row in known {
            if row.name != enrolled.person.name || row.key.is_none() {
                continue;
            }
            let key = self.key_of(&mut row, pin)?;
            let mut store = self.open_store(row.profile, &key)?;
            if store.meta("person")?.as_deref() != Some(person.as_str()) {
                continue;
            }
            // The same person again: the token was lost or expired. The old replica belongs to
            // the old device, so the log goes on in the new one.
            remember(&mut store, enrolled)?;
            let host = self.host.clone();
            store.fork(replica, |at| new_id(&*host, at))?;
            return self.take_over(row, store);
        }
        let mut random = [0; 32];
        self.host.random(&mut random);
        let key = Key::new(random);
        let mut salt = [0; 40];
        self.host.random(&mut salt);
        let row = ProfileRow {
            profile: self.random_id(),
            name: enrolled.person.name.clone(),
            org: enrolled.org.name.clone(),
            server,
            key: Some(WrappedKey::wrap(&key, pin, KdfCost::DEVICE, salt)?),
            wrong_pins: 0,
            wait_until: None,
        };
        let mut store = self.open_store(row.profile, &key)?;
        store.begin_replica(replica)?;
        remember(&mut store, enrolled)?;
        self.profiles.put(&row)?;
        self.take_over(row, store)
    }
}

fn remember(store: &mut Store, enrolled: &Enrolled) -> Result<(), Failure> {
    for (key, value) in [
        ("person", enrolled.person.person.to_string()),
        ("name", enrolled.person.name.clone()),
        ("role", serde_json::to_string(&enrolled.person.role)?),
        ("org", enrolled.org.org.to_string()),
        ("org_name", enrolled.org.name.clone()),
        ("device", enrolled.device.to_string()),
        ("token", enrolled.token.clone()),
    ] {
        store.set_meta(key, &value)?;
    }
    Ok(())
}

fn is_pin(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Six wrong: half a minute; then twice as long each time, a day at most.
fn wait_after(wrong: u32) -> Option<chrono::TimeDelta> {
    let over = wrong.checked_sub(FREE_PINS).filter(|over| *over > 0)?;
    let seconds = 15_i64.saturating_mul(1 << over.min(13)).min(86_400);
    chrono::TimeDelta::try_seconds(seconds)
}

/// Pairs: enrols over the network, then writes the profile.
pub(super) async fn pair(
    engine: &RefCell<Engine>,
    server: &str,
    code: &str,
    device: DeviceInfo,
    pin: &str,
) -> Reply {
    Reply::from(try_pair(engine, server, code, device, pin).await)
}

async fn try_pair(
    engine: &RefCell<Engine>,
    server: &str,
    code: &str,
    device: DeviceInfo,
    pin: &str,
) -> Result<Reply, Failure> {
    if !is_pin(pin) {
        return Err(Failure::of(FailureCode::BadPin, ""));
    }
    let server = server.trim().trim_end_matches('/').to_owned();
    let (host, replica) = {
        let engine = engine.borrow();
        (engine.host.clone(), engine.random_id())
    };
    let body = serde_json::to_vec(&Enrol { code: code.trim().to_owned(), device, replica })?;
    let answer = host.http(post(format!("{server}/v1/enrol"), None, body)).await?;
    let enrolled: Enrolled = read_json(answer).await?;
    engine.borrow_mut().enrolled(server, pin, replica, &enrolled)
}

/// Asks the server for a pairing code for someone.
pub(super) async fn make_pairing(engine: &RefCell<Engine>, person: Uuid) -> Reply {
    Reply::from(try_make_pairing(engine, person).await)
}

async fn try_make_pairing(engine: &RefCell<Engine>, person: Uuid) -> Result<Reply, Failure> {
    let request = {
        let engine = engine.borrow();
        let open = engine.opened_ref()?;
        let body = serde_json::to_vec(&PairingRequest { person })?;
        let url = format!("{}/v1/pairings", open.server);
        let token = Some(open.token.clone());
        engine.host.http(post(url, token, body))
    };
    let pairing: Pairing = read_json(request.await?).await?;
    Ok(Reply::Pairing(pairing))
}

fn post(url: String, bearer: Option<String>, body: Vec<u8>) -> HttpRequest {
    HttpRequest {
        post: true,
        url,
        bearer,
        content_type: "application/json",
        content_encoding: None,
        body,
        timeout: TIMEOUT,
    }
}

async fn read_json<T: serde::de::DeserializeOwned>(mut answer: HttpAnswer) -> Result<T, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.body.next().await {
        let piece: Result<Vec<u8>, NetError> = piece;
        bytes.extend(piece?);
        if bytes.len() > LONGEST_ANSWER {
            return Err(Failure::of(FailureCode::NotFieldproof, "the answer is too long"));
        }
    }
    if answer.status == 201 {
        return serde_json::from_slice(&bytes)
            .map_err(|error| Failure::of(FailureCode::NotFieldproof, error.to_string()));
    }
    let Some(problem) = exchange::read_problem(&answer.content_type, &bytes) else {
        return Err(Failure::of(FailureCode::NotFieldproof, format!("status {}", answer.status)));
    };
    Err(match (answer.status, problem.code.as_str()) {
        (_, "code_invalid") => Failure::of(FailureCode::CodeInvalid, problem.code),
        (401, _) => Failure::of(FailureCode::NotPermitted, problem.code),
        (403, _) => Failure::of(FailureCode::NotPermitted, problem.code),
        (404, _) => Failure::of(FailureCode::NotFound, problem.code),
        (429 | 500..=599, _) => Failure::passing(FailureCode::ServerBusy, problem.code),
        _ => Failure::of(FailureCode::Internal, problem.code),
    })
}

/// When the profile was last heard from, for the sync screen.
pub(super) fn time_in(store: &Store, key: &str) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
    Ok(store.meta(key)?.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()))
}
