//! `GET /v1/health` (the process lives), `GET /v1/ready` (a write would be taken), `GET /metrics`.

use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json as object;

use super::problem::Refusal;
use super::{Api, json};
use crate::metrics;

pub async fn health() -> Response {
    json(StatusCode::OK, &object!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

/// Anyone may ask, so the database is asked by one at a time and once a second at most: the queue
/// of writes is for devices.
pub async fn ready(State(api): State<Api>) -> Result<Response, Refusal> {
    let asked = async {
        let mut last = api.ready.lock().await;
        if last.is_none_or(|at: Instant| at.elapsed() > Duration::from_secs(1)) {
            *last = None;
            api.storage.ready().await?;
            *last = Some(Instant::now());
        }
        Ok::<_, Refusal>(())
    };
    let ready = tokio::time::timeout(Duration::from_secs(5), asked);
    ready.await.map_err(|_| Refusal::unavailable("the database does not answer"))??;
    Ok(json(StatusCode::OK, &object!({"status": "ready"})))
}

pub async fn told(State(api): State<Api>) -> Response {
    let mut text = api.metrics.render();
    if let Some(tls) = &api.settings.tls {
        metrics::gauge(
            &mut text,
            "fieldproof_tls_certificate_end_seconds",
            "When the certificate ends, in seconds since 1970",
            tls.ends_ms() / 1000,
        );
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
