//! `GET /v1/health` (the process lives), `GET /v1/ready` (there is an organisation, and a write would
//! be taken), `GET /metrics`.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json as object;

use super::problem::Refusal;
use super::{Api, json, origin};
use crate::metrics;
use crate::storage::StorageError;

pub async fn health() -> Response {
    json(StatusCode::OK, &object!({"status": "ok", "version": env!("CARGO_PKG_VERSION")}))
}

/// What came of the last try, and when.
pub struct Probe {
    at: Instant,
    failed: Option<&'static str>,
}

/// Anyone may ask, so a write is tried by one at a time and once a second at most: the queue of writes
/// is for devices.
pub async fn ready(State(api): State<Api>) -> Result<Response, Refusal> {
    let asked = async {
        let mut last = api.ready.lock().await;
        if let Some(probe) = last.as_ref().filter(|probe| probe.at.elapsed() <= Duration::from_secs(1)) {
            return probe.failed;
        }
        *last = None;
        let failed = match tried(&api).await {
            Ok(true) => None,
            // Asked anew each time: whoever just made one is not told that there is none.
            Ok(false) => return Some("there is no organisation yet: init makes one"),
            Err(error) => {
                tracing::error!(%error, "not ready");
                Some(reason(&error))
            }
        };
        *last = Some(Probe { at: Instant::now(), failed });
        failed
    };
    let ready = tokio::time::timeout(Duration::from_secs(5), asked);
    if let Some(failed) = ready.await.map_err(|_| Refusal::unavailable("the database does not answer"))? {
        return Err(Refusal::unavailable(failed));
    }
    // Writes are taken: devices go on. But somebody has to look.
    Ok(match api.clock.doubt() {
        None => json(StatusCode::OK, &object!({"status": "ready"})),
        Some(doubt) => json(
            StatusCode::OK,
            &object!({
                "status": "degraded",
                "clock": doubt.as_str(),
                "detail": "the system's clock is far from the time that this server knows, and is not believed",
            }),
        ),
    })
}

/// Whether there is an organisation, where a write was taken.
async fn tried(api: &Api) -> Result<bool, StorageError> {
    api.storage.ready().await?;
    Ok(!api.storage.orgs().await?.is_empty())
}

/// Why no write is taken, for whoever runs the machine.
fn reason(error: &StorageError) -> &'static str {
    let full = "there is no room on the disk";
    let locked = "the database may not be written";
    match error {
        StorageError::Busy => "another process holds the database",
        StorageError::Closed => "the server is going down",
        StorageError::Damaged(_) => "the database is damaged: run `verify`",
        StorageError::TooNew { .. } => "the database was written by a newer version",
        StorageError::File(error) => match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => full,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => locked,
            _ => "the data directory cannot be written",
        },
        StorageError::Database(error) => match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => full,
            Some(rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::PermissionDenied) => locked,
            Some(rusqlite::ErrorCode::DatabaseBusy) => "another process holds the database",
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                "the database is damaged: run `verify`"
            }
            _ => "the database takes no write",
        },
    }
}

/// For this machine alone unless said otherwise: counts tell when a house is busy and when somebody
/// tries codes. To others there is no such address.
pub async fn told(State(api): State<Api>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if !api.settings.open_metrics && !origin::is_local(&parts) {
        return super::not_found().await.into_response();
    }
    let mut text = api.metrics.render();
    metrics::gauge(
        &mut text,
        "fieldproof_clock_doubted",
        "1 while the system's clock is not believed",
        i64::from(api.clock.doubt().is_some()),
    );
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
