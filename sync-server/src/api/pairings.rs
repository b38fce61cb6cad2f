//! `/v1/pairings`: codes for devices, asked for from the app, listed and ended (PROTOCOL §4).

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use fieldproof::practice::rights::{Role, Whom};
use fieldproof::sync::wire::{OpenPairing, Pairing, PairingRequest, Person};
use uuid::Uuid;

use super::problem::Refusal;
use super::{Api, MINUTE_MS, auth, body, json};
use crate::registry::Registry;
use crate::seams::rfc3339;
use crate::secrets;
use crate::storage::{Caller, Maker, NewPairing, PairingMade, PairingRow};

const LIMIT: usize = 4 * 1024;

pub async fn pair(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let caller = auth::caller(&api, &parts.headers).await?;
    let bytes = body::read(body, LIMIT, api.settings.patience, &mut body::Plenty).await?;
    let PairingRequest { person } =
        serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_request("not a pairing request"))?;

    let registry = api.storage.registry(caller.org).await?;
    let asking = asking(&registry, &caller)?;
    let Some(person) = registry.person(person) else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "unknown_person",
            "no such person in this organisation",
        ));
    };
    if !may_pair(asking, person) {
        return Err(Refusal::not_permitted(match asking.role {
            Role::Quality => "only an administrator may pair a device for an administrator or a quality lead",
            _ => "you may pair devices only for staff who work at your own sites and nowhere else",
        }));
    }
    if !person.active {
        return Err(Refusal::not_permitted("this person is not active"));
    }
    let settings = &api.settings;
    let now_ms = settings.seams.now_ms();
    let expires_ms = now_ms.saturating_add(i64::from(settings.pairing_minutes) * MINUTE_MS);
    let code = secrets::code(settings.seams.random()?);
    let new = NewPairing {
        org: caller.org,
        person: person.person,
        code: secrets::hash_code(&code),
        maker: Some(Maker { person: caller.person, device: caller.device }),
        expires_ms,
        now_ms,
    };
    match api.storage.pair(new).await? {
        PairingMade::Made { pairing } => {
            let made = Pairing { code, expires_at: rfc3339(expires_ms), pairing: Some(pairing) };
            Ok(json(StatusCode::CREATED, &made))
        }
        PairingMade::NotPermitted => Err(Refusal::not_permitted("you may not pair devices")),
        PairingMade::TooMany { until_ms } => {
            let wait = until_ms.saturating_sub(now_ms).max(1000) / 1000;
            Err(Refusal::too_many_codes(u64::try_from(wait).unwrap_or(1)))
        }
    }
}

/// Open codes that the caller made, or could make.
pub async fn list(State(api): State<Api>, headers: HeaderMap) -> Result<Response, Refusal> {
    let caller = auth::caller(&api, &headers).await?;
    let registry = api.storage.registry(caller.org).await?;
    let asking = asking(&registry, &caller)?;
    let open = api.storage.pairings(caller.org, api.settings.seams.now_ms()).await?;
    let told: Vec<OpenPairing> = open
        .into_iter()
        .filter(|row| concerns(&registry, asking, row))
        .map(|row| OpenPairing {
            pairing: row.pairing,
            person: row.person,
            by: row.by,
            made_at: row.made_ms.map(rfc3339),
            expires_at: rfc3339(row.expires_ms),
        })
        .collect();
    Ok(json(StatusCode::OK, &told))
}

/// Ends one of those before its time.
pub async fn cancel(
    State(api): State<Api>,
    Path(pairing): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let caller = auth::caller(&api, &headers).await?;
    let registry = api.storage.registry(caller.org).await?;
    let asking = asking(&registry, &caller)?;
    let now_ms = api.settings.seams.now_ms();
    let unknown = || Refusal::new(StatusCode::NOT_FOUND, "unknown_pairing", "no such open code");
    let pairing: Uuid = pairing.parse().map_err(|_| unknown())?;
    let open = api.storage.pairings(caller.org, now_ms).await?;
    if !open.iter().any(|row| row.pairing == pairing && concerns(&registry, asking, row)) {
        return Err(unknown());
    }
    if !api.storage.cancel_pairing(caller.org, pairing, now_ms).await? {
        return Err(unknown());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The caller as somebody who pairs devices at all.
fn asking<'r>(registry: &'r Registry, caller: &Caller) -> Result<&'r Person, Refusal> {
    let asking = registry.person(caller.person).filter(|asking| asking.active && !caller.revoked);
    asking
        .filter(|asking| asking.role != Role::Staff)
        .ok_or_else(|| Refusal::not_permitted("you may not pair devices"))
}

fn may_pair(asking: &Person, person: &Person) -> bool {
    let whom = Whom { person: person.person, role: person.role, sites: &person.sites };
    asking.role.may_pair(asking.person, &asking.sites, whom)
}

fn concerns(registry: &Registry, asking: &Person, row: &PairingRow) -> bool {
    row.by == Some(asking.person)
        || registry.person(row.person).is_some_and(|person| may_pair(asking, person))
}
