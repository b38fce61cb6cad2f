//! Profiles: pairing a new one, signing in again, and codes for others.
//!
//! Invariant: a profile is listed only after its database exists and its replica was begun, so a
//! crash between leaves nothing half paired.

use std::cell::RefCell;
use std::time::Duration;

use futures::StreamExt;
use uuid::Uuid;

use super::api::{Failure, FailureCode, Reply};
use super::core::Engine;
use super::host::{HttpAnswer, HttpRequest, NetError};
use super::key;
use super::lock;
use crate::store::{Key, ProfileRow, Store};
use crate::sync::exchange;
use crate::sync::wire::{DeviceInfo, Enrol, Enrolled, Pairing, PairingRequest};

const TIMEOUT: Duration = Duration::from_secs(20);
/// Answers to pairing are small; whatever is longer is not from our server.
const LONGEST_ANSWER: usize = 65_536;

/// An enrolment that no profile was written for yet. The code is spent with the first answer, so
/// that whoever then mistypes the PIN tries again with this.
pub(super) struct Pending {
    server: String,
    code: String,
    replica: Uuid,
    enrolled: Enrolled,
}

/// Writes a new profile for who was enrolled, or signs an existing one in again. Who it is says the
/// server, by id: people are renamed.
async fn enrolled(engine: &RefCell<Engine>, pin: &str, pending: &Pending) -> Result<Reply, Failure> {
    let Pending { server, replica, enrolled, .. } = pending;
    let person = enrolled.person.person;
    let known = engine.borrow().profiles.all()?;
    let known = known.into_iter().filter(|row| row.server == *server).collect::<Vec<_>>();
    // Rows that say what became of an earlier profile of this person; a new one takes their place.
    let mut over: Vec<Uuid> = known
        .iter()
        .filter(|row| row.key.is_none() && row.person == Some(person))
        .map(|row| row.profile)
        .collect();
    for row in known.iter().filter(|row| row.key.is_some()) {
        // A row from before the person was kept is found by name, this once.
        if row.person.map_or(row.name != enrolled.person.name, |known| known != person) {
            continue;
        }
        let opened = match key::open(engine, row.profile, pin).await {
            // Nothing opens those records any more, and the lock screen said so: they make room.
            Err(failure) if failure.code == FailureCode::DeviceKeyGone && row.person == Some(person) => {
                over.push(row.profile);
                continue;
            }
            opened => opened?,
        };
        let mut engine = engine.borrow_mut();
        let mut store = engine.open_store(row.profile, &opened.key)?;
        if store.meta("person")? != Some(person.to_string()) {
            continue;
        }
        // The same person again: the token was lost or expired. The old replica belongs to the old
        // device, so the log goes on in a new one, but not yet: what the server holds of the old one,
        // only its next answer says, and what it holds must not be written twice.
        remember(&mut store, pending)?;
        let mut row = engine.row(row.profile)?;
        row.person = Some(person);
        row.name.clone_from(&enrolled.person.name);
        row.org.clone_from(&enrolled.org.name);
        engine.profiles.put(&row)?;
        return engine.take_over(row, store, opened.place);
    }
    let (host, profile) = {
        let engine = engine.borrow();
        (engine.host.clone(), engine.random_id())
    };
    let mut random = [0; 32];
    host.random(&mut random);
    let key = Key::new(random);
    let (wrapped, place) = key::wrapped(&host, profile, &key, pin).await?;
    let row = ProfileRow {
        profile,
        person: Some(person),
        name: enrolled.person.name.clone(),
        org: enrolled.org.name.clone(),
        server: server.clone(),
        key: Some(wrapped),
        wrong_pins: 0,
        wait_until: None,
        left: None,
        waiting: Some(0),
        waiting_since: None,
    };
    let reply = {
        let mut engine = engine.borrow_mut();
        let mut store = engine.open_store(profile, &key)?;
        store.begin_replica(*replica)?;
        remember(&mut store, pending)?;
        engine.profiles.put(&row)?;
        for gone in &over {
            engine.delete_file(*gone);
            engine.profiles.remove(*gone)?;
        }
        engine.take_over(row, store, place)?
    };
    for gone in over {
        lock::unbind(engine, gone).await;
    }
    Ok(reply)
}

fn remember(store: &mut Store, pending: &Pending) -> Result<(), Failure> {
    let Pending { enrolled, replica, .. } = pending;
    for (key, value) in [
        ("person", enrolled.person.person.to_string()),
        ("name", enrolled.person.name.clone()),
        ("role", serde_json::to_string(&enrolled.person.role)?),
        ("org", enrolled.org.org.to_string()),
        ("org_name", enrolled.org.name.clone()),
        ("device", enrolled.device.to_string()),
        ("replica", replica.to_string()),
        ("token", enrolled.token.clone()),
    ] {
        store.set_meta(key, &value)?;
    }
    Ok(())
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
    // Before the code is spent.
    lock::may_choose(pin)?;
    let server = server.trim().trim_end_matches('/').to_owned();
    let code = code.trim().to_owned();
    let pending = engine.borrow_mut().pending.take();
    let pending = match pending.filter(|pending| pending.server == server && pending.code == code) {
        Some(pending) => pending,
        None => enrol(engine, server, code, device).await?,
    };
    let reply = enrolled(engine, pin, &pending).await;
    if reply.is_err() {
        engine.borrow_mut().pending = Some(pending);
    }
    reply
}

async fn enrol(
    engine: &RefCell<Engine>,
    server: String,
    code: String,
    device: DeviceInfo,
) -> Result<Pending, Failure> {
    let (host, replica) = {
        let engine = engine.borrow();
        (engine.host.clone(), engine.random_id())
    };
    let body = serde_json::to_vec(&Enrol { code: code.clone(), device, replica })?;
    let answer = host.http(post(format!("{server}/v1/enrol"), None, body)).await?;
    let enrolled = read_json(answer).await?;
    Ok(Pending { server, code, replica, enrolled })
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

pub(super) fn post(url: String, bearer: Option<String>, body: Vec<u8>) -> HttpRequest {
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

pub(super) async fn read_json<T: serde::de::DeserializeOwned>(mut answer: HttpAnswer) -> Result<T, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.body.next().await {
        let piece: Result<Vec<u8>, NetError> = piece;
        bytes.extend(piece?);
        if bytes.len() > LONGEST_ANSWER {
            return Err(Failure::of(FailureCode::NotFieldproof, "the answer is too long"));
        }
    }
    if matches!(answer.status, 200 | 201) {
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
        (426, _) => Failure::of(FailureCode::Protocol, problem.code),
        (_, "too_many_codes") => Failure::passing(FailureCode::TooManyCodes, problem.code),
        (429 | 500..=599, _) => Failure::passing(FailureCode::ServerBusy, problem.code),
        _ => Failure::of(FailureCode::ServerRefused, problem.code),
    })
}
