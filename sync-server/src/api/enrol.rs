//! `POST /v1/enrol`: a pairing code for a token (PROTOCOL §4).

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::Ordering::Relaxed;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode};
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
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let settings = &api.settings;
    let now_ms = settings.seams.now_ms();
    let address = address(&parts.headers, peer, settings.behind_proxy);
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
        token_expires_ms: now_ms.saturating_add(i64::from(settings.token_days) * DAY_MS),
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
    let bytes = body::read(body, LIMIT, api.settings.patience).await?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_request("not an enrolment"))
}

/// Whose tries these are. What a proxy appended last is what it saw itself; all before it is the
/// client's word.
fn address(headers: &HeaderMap, peer: Option<IpAddr>, behind_proxy: bool) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !behind_proxy {
        return peer;
    }
    let last = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    last.and_then(|value| value.rsplit(',').next()).and_then(|ip| ip.trim().parse().ok()).unwrap_or(peer)
}
