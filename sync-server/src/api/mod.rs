//! HTTP: what a request may ask, and how each answer looks (PROTOCOL §§3–5, 7).
//!
//! Invariant: stateless beside the storage. What is kept here (counters, tries of an address) may
//! be lost at any moment; so several servers can stand before one database.

mod app_files;
mod auth;
mod body;
mod capabilities;
mod enrol;
mod health;
mod limiter;
mod pairings;
mod problem;
mod proofs;
mod sync;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::sync::Semaphore;

pub use body::Patience;

use self::limiter::Limiter;
use self::problem::Refusal;
use crate::ingest::Limits;
use crate::metrics::Metrics;
use crate::seams::Seams;
use crate::storage::Storage;
use crate::tls::Tls;

/// What can be set from outside. The defaults are the protocol's.
#[derive(Clone)]
pub struct Settings {
    pub pairing_minutes: u32,
    pub token_days: u32,
    /// How long a right that was taken away still counts for what was written before.
    pub grace_days: u32,
    pub enrols_per_minute: u32,
    /// Believe `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Where the app's files are, if this server hands them out.
    pub app: Option<PathBuf>,
    pub limits: Limits,
    pub max_pull: u64,
    /// An answer ends after the item that passes so many bytes of lines.
    pub pull_bytes: usize,
    /// Syncs at work at once; more are told to come back.
    pub syncs_at_once: usize,
    pub patience: Patience,
    pub seams: Seams,
    /// The certificate to speak TLS with; none where a proxy does, or on loopback.
    pub tls: Option<Tls>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            pairing_minutes: 15,
            token_days: 90,
            grace_days: 45,
            enrols_per_minute: 10,
            behind_proxy: false,
            app: None,
            limits: Limits::default(),
            max_pull: fieldproof::sync::wire::MAX_PULL,
            pull_bytes: 4 * 1024 * 1024,
            syncs_at_once: 256,
            patience: Patience::default(),
            seams: Seams::default(),
            tls: None,
        }
    }
}

pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;
pub(crate) const MINUTE_MS: i64 = 60 * 1000;

/// What every request sees.
#[derive(Clone)]
struct Api(Arc<Shared>);

struct Shared {
    storage: Arc<dyn Storage>,
    settings: Settings,
    metrics: Metrics,
    limiter: Limiter,
    at_once: Arc<Semaphore>,
}

impl std::ops::Deref for Api {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// The whole server as a router, over any storage.
pub fn router(storage: Arc<dyn Storage>, settings: Settings) -> Router {
    let app = settings.app.clone();
    let api = Api(Arc::new(Shared {
        limiter: Limiter::new(settings.enrols_per_minute),
        at_once: Arc::new(Semaphore::new(settings.syncs_at_once)),
        metrics: Metrics::default(),
        storage,
        settings,
    }));
    let v1 = Router::new()
        .route("/capabilities", get(capabilities::capabilities))
        .route("/enrol", post(enrol::enrol))
        .route("/pairings", post(pairings::pair))
        .route("/sync", post(sync::sync))
        .route("/proofs", post(proofs::proofs))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .fallback(|| async { Refusal::new(StatusCode::NOT_FOUND, "not_found", "no such address") })
        .method_not_allowed_fallback(|| async {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "not with this method")
        })
        .layer(middleware::from_fn_with_state(api.clone(), finish));
    let whole = Router::new().nest("/v1", v1).route("/metrics", get(health::told)).with_state(api);
    match app {
        Some(dir) => whole.fallback_service(app_files::service(dir)),
        None => whole.fallback(|| async {
            Refusal::new(StatusCode::NOT_FOUND, "not_found", "no such address").into_response()
        }),
    }
}

/// Counts refusals, and forbids that anything under `/v1` is kept or guessed at on the way.
async fn finish(State(api): State<Api>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(code) = response.extensions().get::<problem::Code>() {
        api.metrics.refused(code.0);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A JSON answer.
fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
