//! `Authorization: Bearer`: whom a request comes from.

use axum::http::{HeaderMap, header};

use super::problem::Refusal;
use super::{Api, body};
use crate::secrets;
use crate::storage::Caller;

/// The caller, from the database as it is at this moment.
pub async fn caller(api: &Api, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let token = bearer(headers).ok_or_else(Refusal::token_unknown)?;
    let caller = api.storage.caller(secrets::hash_token(token)).await?;
    let caller = caller.ok_or_else(Refusal::token_unknown)?;
    if caller.expires_ms <= api.clock.judged_ms() {
        return Err(Refusal::token_expired());
    }
    Ok(caller)
}

/// The one token. Of two, a proxy may have looked at the one and this server at the other.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = body::only(headers, &header::AUTHORIZATION)?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
