//! `GET /v1/health` (the process lives), `GET /v1/ready` (there is an organisation, and a write would
//! be taken), `GET /metrics`.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
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
            if api.storage.orgs().await?.is_empty() {
                return Err(Refusal::unavailable("there is no organisation yet: init makes one"));
            }
            *last = Some(Instant::now());
        }
        Ok::<_, Refusal>(())
    };
    let ready = tokio::time::timeout(Duration::from_secs(5), asked);
    ready.await.map_err(|_| Refusal::unavailable("the database does not answer"))??;
    Ok(json(StatusCode::OK, &object!({"status": "ready"})))
}

/// For this machine, or for everyone where that was asked for. A proxy's word that it asks for
/// somebody else counts even where it is not believed otherwise: it can only close.
pub async fn told(
    State(api): State<Api>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let from_here = peer.ip().to_canonical().is_loopback()
        && !headers.contains_key("x-forwarded-for")
        && !headers.contains_key(header::FORWARDED);
    if !from_here && !api.settings.open_metrics {
        return super::not_found().await.into_response();
    }
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
