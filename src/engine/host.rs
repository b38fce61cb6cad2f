//! What the engine needs from the machine it runs on: files, time, randomness, timers, the
//! network. The simulator brings its own, so that every run can be replayed from a seed.
//!
//! Invariant: the engine reaches the outside world through this trait and nothing else.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use futures::future::LocalBoxFuture;
use futures::stream::LocalBoxStream;

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
