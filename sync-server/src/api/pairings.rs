//! `POST /v1/pairings`: a code for someone else's device, asked for from the app (PROTOCOL §4).

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use fieldproof::practice::rights::Role;
use fieldproof::sync::wire::{Pairing, PairingRequest};

use super::problem::Refusal;
use super::{Api, MINUTE_MS, auth, body, json};
use crate::seams::rfc3339;
use crate::secrets;
use crate::storage::NewPairing;

const LIMIT: usize = 4 * 1024;

pub async fn pair(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let caller = auth::caller(&api, &parts.headers).await?;
    let bytes = body::read(body, LIMIT, api.settings.patience).await?;
    let PairingRequest { person } =
        serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_request("not a pairing request"))?;

    let registry = api.storage.registry(caller.org).await?;
    let asking = registry.person(caller.person).filter(|asking| asking.active && !caller.revoked);
    let Some(asking) = asking.filter(|asking| asking.role != Role::Staff) else {
        return Err(Refusal::not_permitted("you may not pair devices"));
    };
    let Some(person) = registry.person(person) else {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "unknown_person",
            "no such person in this organisation",
        ));
    };
    if !asking.role.may_pair(&asking.sites, person.role, &person.sites) {
        return Err(Refusal::not_permitted(match asking.role {
            Role::Quality => "only an administrator may pair a device for an administrator",
            _ => "you may pair devices only for staff at your own sites",
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
        expires_ms,
        now_ms,
    };
    api.storage.pair(new).await?;
    Ok(json(StatusCode::CREATED, &Pairing { code, expires_at: rfc3339(expires_ms) }))
}
