//! `GET /v1/capabilities`: what this server speaks and how much it takes, for anyone.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use fieldproof::sync::wire::{Capabilities, PROTOCOL};

use super::{Api, json};
use crate::seams::rfc3339;

pub async fn capabilities(State(api): State<Api>) -> Response {
    let limits = &api.settings.limits;
    let capabilities = Capabilities {
        protocol: vec![PROTOCOL],
        max_line_bytes: limits.line_bytes,
        max_batch_lines: limits.batch_lines,
        max_batch_bytes: limits.batch_bytes,
        max_pull: api.settings.max_pull,
        encodings: vec!["zstd".into(), "gzip".into()],
        server_time: rfc3339(api.settings.seams.now_ms()),
    };
    json(StatusCode::OK, &capabilities)
}
