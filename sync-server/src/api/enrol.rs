//! `POST /v1/enrol`: a pairing code for a token (PROTOCOL §4).

use std::sync::atomic::Ordering::Relaxed;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use fieldproof::sync::wire::{Enrol, Enrolled, Org};

use super::problem::Refusal;
use super::{Api, DAY_MS, body, json};
use crate::secrets;
use crate::storage::{Enrolment, NewDevice};

/// A request of this kind is short.
const LIMIT: usize = 16 * 1024;
const LONGEST_NAME: usize = 200;

pub async fn enrol(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let settings = &api.settings;
    let now_ms = settings.seams.now_ms();
    let address = api.origin.address(&parts, settings.behind_proxy);
    if let Err(seconds) = api.limiter.take(address, now_ms) {
        body::discard(body, settings.patience).await;
        return Err(Refusal::too_many(seconds));
    }
    let Enrol { code, device: info, replica } = read(&api, body).await?;
    for word in [&info.name, &info.platform] {
        // Signs that steer a terminal have no place in what `devices` will print there.
        if word.chars().count() > LONGEST_NAME || word.chars().any(char::is_control) {
            return Err(Refusal::bad_request("the device's name or platform is too long, or no plain text"));
        }
    }
    let token = secrets::token(settings.seams.random()?);
    let device = settings.seams.id()?;
    let new = NewDevice {
        code: secrets::hash_code(&code),
        device,
        info,
        replica,
        token: secrets::hash_token(&token),
        token_expires_ms: api.clock.judged_ms().saturating_add(i64::from(settings.token_days) * DAY_MS),
        now_ms,
    };
    match api.storage.enrol(new).await? {
        Enrolment::Done { org, org_name, person } => {
            api.metrics.enrolled.fetch_add(1, Relaxed);
            let org = Org { org, name: org_name };
            Ok(json(StatusCode::CREATED, &Enrolled { token, device, person, org }))
        }
        // Whether wrong, used or old is not for a guesser to know.
        Enrolment::CodeInvalid => {
            api.limiter.wrong(now_ms);
            Err(Refusal::new(StatusCode::FORBIDDEN, "code_invalid", "this pairing code is not valid"))
        }
        Enrolment::NotYours => Err(Refusal::not_yours(None)),
    }
}

async fn read(api: &Api, body: Body) -> Result<Enrol, Refusal> {
    let bytes = body::read(body, LIMIT, api.settings.patience, &mut body::Plenty).await?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_request("not an enrolment"))
}
