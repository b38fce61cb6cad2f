//! Every refusal, as `application/problem+json` (RFC 9457) with a `code` that programs read.
//!
//! Invariant: what is told comes from this server's own words, never from the request's content.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fieldproof::record::Head;
use fieldproof::sync::wire::{PROBLEM_JSON, Problem};

use crate::seams::NoRandomness;
use crate::storage::{Parting, StorageError};

/// A request that was not done. Nothing of it was stored.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    pub code: &'static str,
    detail: String,
    place: Option<Box<Place>>,
    retry_after: Option<u64>,
}

/// Where two logs part.
#[derive(Clone, Debug)]
enum Place {
    Gap { have: u64, head: Head },
    Parting(Parting),
}

impl Refusal {
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Refusal {
        Refusal { status, code, detail: detail.into(), place: None, retry_after: None }
    }

    pub fn bad_header(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad_header", detail)
    }

    pub fn bad_request(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "bad_request", detail)
    }

    pub fn token_unknown() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "token_unknown", "no such token")
    }

    pub fn token_expired() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "token_expired", "the token is too old; pair the device again")
    }

    pub fn not_yours(parting: Option<Parting>) -> Refusal {
        let refusal =
            Refusal::new(StatusCode::FORBIDDEN, "replica_not_yours", "the replica belongs to another device");
        Refusal { place: parting.map(|parting| Box::new(Place::Parting(parting))), ..refusal }
    }

    pub fn not_permitted(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "not_permitted", detail)
    }

    pub fn too_large(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
    }

    pub fn unsupported(detail: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail)
    }

    pub fn gap(have: u64, head: Head) -> Refusal {
        let refusal = Refusal::new(StatusCode::CONFLICT, "gap", "lines before these are missing here");
        Refusal { place: Some(Box::new(Place::Gap { have, head })), ..refusal }
    }

    pub fn fork(parting: Parting) -> Refusal {
        let refusal = Refusal::new(StatusCode::CONFLICT, "fork", "other lines are held at these numbers");
        Refusal { place: Some(Box::new(Place::Parting(parting))), ..refusal }
    }

    pub fn unavailable(detail: impl Into<String>) -> Refusal {
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        Refusal { retry_after: Some(2), ..refusal }
    }

    pub fn too_many_codes(seconds: u64) -> Refusal {
        let detail = "too many of your pairing codes are open: let them be used, or wait until one is over";
        let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many_codes", detail);
        Refusal { retry_after: Some(seconds), ..refusal }
    }

    pub fn day_is_full(seconds: u64) -> Refusal {
        let refusal = Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            "day_is_full",
            "this device stored as much today as a device may",
        );
        Refusal { retry_after: Some(seconds), ..refusal }
    }

    pub fn too_many(seconds: u64) -> Refusal {
        let refusal =
            Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "too many tries; wait");
        Refusal { retry_after: Some(seconds), ..refusal }
    }
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Refusal {
        // The error names the database's trouble, and no content.
        tracing::error!(%error, "storage");
        Refusal::unavailable("the server cannot store or read just now; nothing was stored")
    }
}

impl From<NoRandomness> for Refusal {
    fn from(error: NoRandomness) -> Refusal {
        tracing::error!(%error, "randomness");
        Refusal::unavailable("the server has no random numbers just now")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (mut have, mut head, mut at, mut quarantined) = (None, None, None, Vec::new());
        match self.place.map(|place| *place) {
            None => {}
            Some(Place::Gap { have: n, head: there }) => (have, head) = (Some(n), Some(there)),
            Some(Place::Parting(parting)) => (at, quarantined) = (Some(parting.at), parting.quarantined),
        }
        let problem = Problem {
            kind: "about:blank".into(),
            title: self.status.canonical_reason().unwrap_or("Refused").into(),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code.into(),
            have,
            head,
            at,
            quarantined,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // For the counter of refusals, which does not read bodies.
        response.extensions_mut().insert(Code(self.code));
        response
    }
}

/// The code of a refusal, left on its response.
#[derive(Clone, Copy)]
pub struct Code(pub &'static str);
