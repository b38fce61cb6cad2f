//! What the engine needs from the machine it runs on: files, a secret of its own, time, randomness,
//! timers, the network. The simulator brings its own, so that every run can be replayed from a seed.
//!
//! Invariant: the engine reaches the outside world through this trait and nothing else.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use futures::future::LocalBoxFuture;
use futures::stream::LocalBoxStream;
use uuid::Uuid;

use super::api::KeyPlace;
use crate::store::Secret;

/// Lives on the engine's own thread or Worker, so nothing here needs to be `Send`.
pub trait Host {
    /// Opens the SQLite file `name` in the data folder, creating it where it is missing. No key is
    /// set and no statement has run on the connection.
    ///
    /// # Errors
    /// Whatever SQLite says, a full disk included.
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection>;

    /// Deletes the SQLite file `name` and what belongs to it; fine where it is not there.
    ///
    /// # Errors
    /// A sentence for the log.
    fn delete(&self, name: &str) -> Result<(), String>;

    /// Mixes this device's secret for `profile` into `input`: HMAC-SHA256 keyed by it. The secret
    /// does not lie with the files that [`Host::open`] opens, so that a copy of them has none of it.
    /// `make`: where there is no secret yet, one is made, and is durable before this resolves.
    ///
    /// # Errors
    /// [`BindError`].
    fn bind(
        &self,
        profile: Uuid,
        input: Secret,
        make: bool,
    ) -> LocalBoxFuture<'static, Result<Bound, BindError>>;

    /// Destroys the secret of `profile`; fine where there is none.
    ///
    /// # Errors
    /// A sentence for the log.
    fn unbind(&self, profile: Uuid) -> LocalBoxFuture<'static, Result<(), String>>;

    /// How long this process has run, by a clock that nobody can set.
    fn uptime(&self) -> Duration;

    /// The wall clock with the device's offset from UTC.
    fn now(&self) -> DateTime<FixedOffset>;

    /// Fills `bytes` from a cryptographic source.
    fn random(&self, bytes: &mut [u8]);

    /// Resolves after `time`.
    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()>;

    /// Sends one HTTP request and gives the answer as soon as its head is there.
    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>>;

    /// Writes the cause of a trouble where whoever looks into it finds it. Nothing personal.
    fn log(&self, text: &str);

    /// Whether this file system journals in WAL mode (native) or by a rollback journal (web).
    fn wal(&self) -> bool;
}

/// What [`Host::bind`] gives.
pub struct Bound {
    pub output: Secret,
    /// Where the secret lies, for the screens.
    pub place: KeyPlace,
}

/// Why the device's secret could not be mixed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    /// There is none, and none was to be made: whatever it had bound never opens again.
    #[error("this device has no secret for the profile")]
    Gone,
    /// The key store did not answer, is locked, or does not exist here. May pass.
    #[error("the key store: {0}")]
    Unavailable(String),
}

#[derive(Clone, Debug)]
pub struct HttpRequest {
    pub post: bool,
    pub url: String,
    pub bearer: Option<String>,
    pub content_type: &'static str,
    /// `gzip`, or none.
    pub content_encoding: Option<&'static str>,
    pub body: Vec<u8>,
    /// After this long without a byte the request counts as lost.
    pub timeout: Duration,
}

pub struct HttpAnswer {
    pub status: u16,
    /// Lower-case, without parameters.
    pub content_type: String,
    /// Seconds, where the server said so.
    pub retry_after: Option<u64>,
    /// Decoded pieces; an error is the last one.
    pub body: LocalBoxStream<'static, Result<Vec<u8>, NetError>>,
}

/// The network failed before or during an answer. Trying again later can help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NetError(pub String);
