//! `GET /v1/health` (the process lives), `GET /v1/ready` (a write would be taken), `GET /metrics`.

use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json as object;

use super::problem::Refusal;
use super::{Api, json};

pub async fn health() -> Response {
    json(StatusCode::OK, &object!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

pub async fn ready(State(api): State<Api>) -> Result<Response, Refusal> {
    let ready = tokio::time::timeout(Duration::from_secs(5), api.storage.ready());
    ready.await.map_err(|_| Refusal::unavailable("the database does not answer"))??;
    Ok(json(StatusCode::OK, &object!({"status": "ready"})))
}

pub async fn metrics(State(api): State<Api>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], api.metrics.render()).into_response()
}
