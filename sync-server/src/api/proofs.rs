//! `POST /v1/proofs`: where lines stand in the chains of their replicas (docs/protocol.md, §9).
//!
//! A device holds its own chain; of what others wrote it has the lines only. With the head before a
//! line and the head after it anyone can check the line, so that an evidence pack needs no trust in
//! whoever made it. Invariant: nobody learns of a line that they may not read.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use fieldproof::sync::wire::{MAX_PROOFS, ProofRequest, Proofs};

use super::problem::Refusal;
use super::{Api, auth, body, json};

const LIMIT: usize = 64 * 1024;

pub async fn proofs(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let caller = auth::caller(&api, &parts.headers).await?;
    let bytes = body::read(body, LIMIT, api.settings.patience, &mut body::Plenty).await?;
    let ProofRequest { events } =
        serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_request("not a request for proofs"))?;
    if events.len() > MAX_PROOFS {
        return Err(Refusal::bad_request("too many events at once"));
    }
    let registry = api.storage.registry(caller.org).await?;
    // Empty for one who is not active.
    let streams = registry.subscriptions(caller.person);
    if caller.revoked || streams.is_empty() {
        return Err(Refusal::not_permitted("this device reads nothing any more"));
    }
    let proofs = api.storage.proofs(caller.org, events, streams).await?;
    Ok(json(StatusCode::OK, &Proofs { proofs }))
}
