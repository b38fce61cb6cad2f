//! HTTP: what a request may ask, and how each answer looks (PROTOCOL §§3–5, 7).
//!
//! Invariant: stateless beside the storage. What is kept here (counters, tries of an address) may
//! be lost at any moment; so several servers can stand before one database.

mod app_files;
mod auth;
mod body;
mod capabilities;
mod clock;
mod enrol;
mod health;
mod limiter;
mod origin;
mod pairings;
mod problem;
mod proofs;
mod sync;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post};
use tokio::sync::Semaphore;
use uuid::Uuid;

pub use body::Patience;
pub use limiter::network;

use self::clock::Clock;
use self::limiter::Limiter;
use self::origin::Origin;
use self::problem::Refusal;
use crate::ingest::Limits;
use crate::lanes::Lanes;
use crate::memory::{Memory, Shares};
use crate::metrics::Metrics;
use crate::seams::Seams;
use crate::storage::Storage;
use crate::tls::Tls;
use crate::turns::Turns;

/// What can be set from outside. The defaults are the protocol's.
#[derive(Clone)]
pub struct Settings {
    pub pairing_minutes: u32,
    pub token_days: u32,
    /// How long a right that was taken away still counts for what was written before.
    pub grace_days: u32,
    /// Enrolments that one address may try in a minute.
    pub enrols_per_minute: u32,
    /// Wrong pairing codes in a minute, from wherever, after which all have to wait.
    pub wrong_codes_per_minute: u32,
    /// Connections at once; more wait in the system's queue.
    pub connections: usize,
    /// Connections at once from one address; more are closed. Not behind a proxy, which has one.
    pub connections_per_address: usize,
    /// Believe `X-Forwarded-For`: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// Whether anyone may read `/metrics`, not only this machine.
    pub open_metrics: bool,
    /// Where the app's files are, if this server hands them out.
    pub app: Option<PathBuf>,
    pub limits: Limits,
    pub max_pull: u64,
    /// An answer ends after the item that passes so many bytes of lines.
    pub pull_bytes: usize,
    /// Syncs at work at once; more are told to come back.
    pub syncs_at_once: usize,
    /// Of one device, of one person with all their devices, of one organisation: each fewer, so that
    /// nobody takes all the places.
    pub syncs_of_one_device: usize,
    pub syncs_of_one_person: usize,
    pub syncs_of_one_org: usize,
    /// What requests and answers of syncs may hold in memory.
    pub memory: Shares,
    /// What one device may store in a day, in bytes of lines.
    pub device_bytes_per_day: u64,
    /// How many lines of classes that nobody knows a staff member may write in a day.
    pub unknown_lines_per_day: u64,
    pub patience: Patience,
    pub seams: Seams,
    /// Believe the system's clock, however far it is from the times that the database knows.
    pub believe_clock: bool,
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
            wrong_codes_per_minute: 600,
            connections: 16_384,
            connections_per_address: 512,
            behind_proxy: false,
            open_metrics: false,
            app: None,
            limits: Limits::default(),
            max_pull: fieldproof::sync::wire::MAX_PULL,
            pull_bytes: 4 * 1024 * 1024,
            syncs_at_once: 256,
            syncs_of_one_device: 64,
            syncs_of_one_person: 64,
            syncs_of_one_org: 192,
            memory: Shares::default(),
            device_bytes_per_day: 100_000_000,
            unknown_lines_per_day: 1_000,
            patience: Patience::default(),
            seams: Seams::default(),
            believe_clock: false,
            tls: None,
        }
    }
}

const READ_AT_ONCE: usize = 4;
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;
pub(crate) const MINUTE_MS: i64 = 60 * 1000;

/// What every request sees.
#[derive(Clone)]
struct Api(Arc<Shared>);

struct Shared {
    storage: Arc<dyn Storage>,
    settings: Settings,
    metrics: Metrics,
    clock: Clock,
    limiter: Limiter,
    origin: Origin,
    at_once: Arc<Semaphore>,
    of_one_device: Turns<Uuid>,
    of_one_person: Turns<Uuid>,
    of_one_org: Turns<Uuid>,
    memory: Arc<Memory>,
    /// Bodies that are inflated and read at once, one of each person: each takes a core and, at worst, 16 MB.
    reading: Lanes<Uuid>,
    ready: tokio::sync::Mutex<Option<health::Probe>>,
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
        limiter: Limiter::new(settings.enrols_per_minute, settings.wrong_codes_per_minute),
        origin: Origin::default(),
        clock: Clock::new(settings.seams.clone(), storage.newest_ms(), settings.believe_clock),
        ready: tokio::sync::Mutex::default(),
        at_once: Arc::new(Semaphore::new(settings.syncs_at_once)),
        of_one_device: Turns::new(settings.syncs_of_one_device),
        of_one_person: Turns::new(settings.syncs_of_one_person),
        of_one_org: Turns::new(settings.syncs_of_one_org),
        memory: Memory::new(settings.memory),
        reading: Lanes::new(READ_AT_ONCE),
        metrics: Metrics::default(),
        storage,
        settings,
    }));
    let v1 = Router::new()
        .route("/capabilities", get(capabilities::capabilities))
        .route("/enrol", post(enrol::enrol))
        .route("/pairings", post(pairings::pair).get(pairings::list))
        .route("/pairings/{pairing}", delete(pairings::cancel))
        .route("/sync", post(sync::sync))
        .route("/proofs", post(proofs::proofs))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .fallback(not_found)
        .method_not_allowed_fallback(|| async {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "not with this method")
        });
    let finish = middleware::from_fn_with_state(api.clone(), finish);
    let metrics = get(health::told).layer(finish.clone());
    let whole =
        Router::new().nest("/v1", v1.layer(finish.clone())).route("/metrics", metrics).with_state(api);
    match app {
        Some(dir) => whole.fallback_service(app_files::service(dir)),
        None => whole.fallback_service(any(not_found).layer(finish)),
    }
}

async fn not_found() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "not_found", "no such address")
}

/// For every answer that is no file of the app: a browser is to show, run, keep and share nothing of it.
const SEALED: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Turns away what another site's page sends by a visitor's browser, counts refusals, and seals.
async fn finish(State(api): State<Api>, request: Request, next: Next) -> Response {
    let mut response = match of_another_site(&request) {
        true => Refusal::new(StatusCode::FORBIDDEN, "cross_site", "not from another site").into_response(),
        false => next.run(request).await,
    };
    if let Some(code) = response.extensions().get::<problem::Code>() {
        api.metrics.refused(code.0);
    }
    for (name, value) in SEALED {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Browsers say so themselves. No answer of ours could be read there (there is no CORS), but a page
/// full of visitors could use up the tries for pairing codes.
fn of_another_site(request: &Request) -> bool {
    let from = request.headers().get("sec-fetch-site").map(HeaderValue::as_bytes);
    !request.method().is_safe() && matches!(from, Some(b"cross-site" | b"same-site"))
}

/// A JSON answer.
fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
