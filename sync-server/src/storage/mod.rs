//! What the server needs of a database, in its own words, so that a second one can stand behind it.
//!
//! Invariants that every back end keeps:
//! 1. A batch is stored whole or not at all, durably, before [`Storage::push`] returns.
//! 2. Numbers of a stream are dense and given inside the transaction that stores the event, so
//!    that no reader can pass a number that commits later.
//! 3. Everything is keyed by organisation; nothing crosses from one to another.
//! 4. Nothing is remembered beyond a transaction without being checked against the database in
//!    the next: other processes write to it too.
//! 5. Codes and tokens are known only by their SHA-256.
//!
//! No clock and no randomness: times (milliseconds since 1970) and ids come in as arguments.

pub mod sqlite;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use fieldproof::practice::rights::Stream;
use fieldproof::record::Head;
use fieldproof::sync::wire::{DeviceInfo, Person, Proof, Quarantined, ServerHead};
use uuid::Uuid;

use crate::ingest::Batch;
use crate::registry::Registry;

/// SHA-256 of a code or token.
pub type Secret = [u8; 32];

/// The database could not do it. Nothing was stored; trying again may help unless said otherwise.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The queue of writes is full.
    #[error("the server has too much to do")]
    Busy,
    /// The server is going down.
    #[error("the storage is closed")]
    Closed,
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// What is stored contradicts itself. `verify` says where.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The database was written by a newer version of the server.
    #[error("this database has form {found}; this server knows forms up to {known}")]
    TooNew { found: i64, known: i64 },
}

/// Whom a token stands for.
#[derive(Clone, Debug)]
pub struct Caller {
    pub org: Uuid,
    pub device: Uuid,
    pub person: Uuid,
    pub expires_ms: i64,
    /// The device itself was revoked. (Its person may be inactive besides: the registry knows.)
    pub revoked: bool,
}

/// One sync's upward half.
#[derive(Debug)]
pub struct Push {
    pub caller: Caller,
    pub batch: Batch,
    pub now_ms: i64,
    pub grace_ms: i64,
    /// How long the token lives on from now.
    pub token_ms: i64,
    /// The time to judge by: `now_ms` as long as the system's clock is believed. Tokens, lost rights
    /// and a day's budgets go by it.
    pub judged_ms: i64,
    /// What the device may store in a day, in bytes of lines.
    pub device_bytes_per_day: u64,
    /// How many lines of unknown classes a staff member may write in a day.
    pub unknown_lines_per_day: u64,
    /// Places and memory that are given back once nothing of the push is left.
    pub held: Held,
}

/// Something that is given back when it is dropped, whatever it is.
#[derive(Default)]
pub struct Held(pub Option<Box<dyn Any + Send + Sync>>);

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

#[derive(Debug)]
pub enum Pushed {
    Stored(Stored),
    /// Refused; nothing was stored.
    Refused(PushRefusal),
}

/// What a push did.
#[derive(Clone, Debug)]
pub struct Stored {
    pub head: ServerHead,
    pub accepted: u64,
    pub duplicate: u64,
    /// Codes of the lines that this push newly quarantined.
    pub newly_quarantined: Vec<&'static str>,
    /// Every unreleased line of the replica, this batch's first, at most [`MAX_QUARANTINED`].
    pub quarantined: Vec<Quarantined>,
    pub revoked: bool,
    /// What the caller may read now; empty for one who is revoked.
    pub streams: Vec<Stream>,
}

pub use fieldproof::sync::wire::MAX_QUARANTINED;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PushRefusal {
    /// The device is gone since its token was checked.
    NoDevice,
    /// Another device's; told where the logs part if that is one of the same person.
    NotYours(Option<Parting>),
    TipMismatch,
    /// A revoked device goes on only in replicas that it had.
    NewReplicaOfRevoked,
    /// The device stored as much today as it may; there is room again after so many seconds.
    DayIsFull {
        seconds: u64,
    },
    Gap {
        have: u64,
        head: Head,
    },
    Fork(Parting),
}

/// Where a replica as it is held parts from the one that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    /// The first number that is not held as it was sent; one beyond the batch where all of it is.
    pub at: u64,
    /// Unreleased lines before it, at most [`MAX_QUARANTINED`]: whoever goes on in another replica
    /// hears of them now or never.
    pub quarantined: Vec<Quarantined>,
}

/// One sync's downward half.
#[derive(Clone, Debug)]
pub struct Pull {
    pub org: Uuid,
    pub replica: Uuid,
    /// What may be read, in order.
    pub streams: Vec<Stream>,
    /// Where the caller stands, by a stream's name; unreadable ones are ignored.
    pub cursors: BTreeMap<String, u64>,
    pub limit: u64,
    /// Stop after the item that passes this many bytes of lines.
    pub bytes: usize,
}

#[derive(Clone, Debug)]
pub struct Pulled {
    /// The restore that the streams came out of, from the same snapshot as the items.
    pub epoch: Option<Uuid>,
    pub items: Vec<PullItem>,
    pub cursors: BTreeMap<String, u64>,
    pub more: bool,
}

#[derive(Clone, Debug)]
pub struct PullItem {
    pub stream: Stream,
    pub n: u64,
    pub what: PullEvent,
}

#[derive(Clone, Debug)]
pub enum PullEvent {
    /// The caller wrote it, at this number of its replica.
    Own(u64),
    Other {
        received_at_ms: i64,
        skew_ms: i64,
        line: Vec<u8>,
    },
}

/// As many codes of one maker may be open at once, which is a room full of people.
pub const MAX_OPEN_CODES: u64 = 20;

/// Who makes a pairing code in the app, and on which device.
#[derive(Clone, Copy, Debug)]
pub struct Maker {
    pub person: Uuid,
    pub device: Uuid,
}

/// A pairing code that was made for someone.
#[derive(Clone, Copy, Debug)]
pub struct NewPairing {
    pub org: Uuid,
    pub person: Uuid,
    pub code: Secret,
    /// None where the operator's own command makes it.
    pub maker: Option<Maker>,
    pub expires_ms: i64,
    pub now_ms: i64,
}

/// What became of a code that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairingMade {
    /// `pairing` is the event that tells of it.
    Made { pairing: Uuid },
    /// Its maker may not, or no longer.
    NotPermitted,
    /// [`MAX_OPEN_CODES`] of this maker are open, the first until then.
    TooMany { until_ms: i64 },
}

/// A code that somebody could still use.
#[derive(Clone, Debug)]
pub struct PairingRow {
    pub pairing: Uuid,
    pub person: Uuid,
    /// None for the operator.
    pub by: Option<Uuid>,
    /// Not known of codes that an older version made.
    pub made_ms: Option<i64>,
    pub expires_ms: i64,
}

/// An installation that brings a pairing code.
#[derive(Clone, Debug)]
pub struct NewDevice {
    pub code: Secret,
    pub device: Uuid,
    pub info: DeviceInfo,
    pub replica: Uuid,
    pub token: Secret,
    pub token_expires_ms: i64,
    pub now_ms: i64,
}

#[derive(Clone, Debug)]
pub enum Enrolment {
    Done {
        org: Uuid,
        org_name: String,
        person: Person,
    },
    /// Wrong, used, too old, ended with its maker, or for someone no longer active.
    CodeInvalid,
    NotYours,
}

/// An organisation's first lines, written by the server itself in a replica of its own.
#[derive(Clone, Debug)]
pub struct NewOrg {
    pub org: Uuid,
    pub replica: Uuid,
    pub admin: Uuid,
    pub lines: Vec<Bytes>,
    pub pairing: NewPairing,
    pub now_ms: i64,
}

#[derive(Clone, Debug)]
pub struct OrgRow {
    pub org: Uuid,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub device: Uuid,
    pub person: Uuid,
    pub info: DeviceInfo,
    pub replicas: Vec<Uuid>,
    pub enrolled_ms: i64,
    pub last_sync_ms: Option<i64>,
    pub revoked_ms: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct QuarantineRow {
    pub replica: Uuid,
    pub person: Option<Uuid>,
    pub received_ms: i64,
    pub what: Quarantined,
    pub line: Vec<u8>,
}

/// Which quarantined line is meant: by its event's id, or by its place.
#[derive(Clone, Copy, Debug)]
pub enum QuarantineKey {
    Id(Uuid),
    Place(Uuid, u64),
}

#[derive(Clone, Debug)]
pub enum Release {
    Released {
        streams: Vec<String>,
    },
    /// It still may not be applied, for this code and reason.
    Refused {
        code: &'static str,
        message: String,
    },
    NotFound,
    /// Several quarantined lines bear this id.
    Several(Vec<(Uuid, u64)>),
}

/// Taking a line back that had been let into the streams.
#[derive(Clone, Debug)]
pub struct Taking {
    pub key: QuarantineKey,
    /// In the operator's words; the line's author and whoever received it read them.
    pub reason: String,
    pub now_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Took {
    /// It stands in none of these any more.
    Taken { streams: Vec<String> },
    /// No such line stands in a stream.
    NotFound,
    /// It is itself the server's word that another was taken back.
    IsWord,
}

#[derive(Clone, Debug)]
pub struct ReplicaRow {
    pub org: Uuid,
    pub replica: Uuid,
    /// Null for the server's own.
    pub device: Option<Uuid>,
    pub head: ServerHead,
}

/// See the module.
#[async_trait]
pub trait Storage: Send + Sync + 'static {
    /// Whom a token stands for, as of this moment.
    async fn caller(&self, token: Secret) -> Result<Option<Caller>, StorageError>;
    /// PROTOCOL §5, steps 1 (replica) to 5.
    async fn push(&self, push: Push) -> Result<Pushed, StorageError>;
    /// Items after the cursors, from one snapshot that includes every push answered before.
    async fn pull(&self, pull: Pull) -> Result<Pulled, StorageError>;
    /// The people and sites as of now.
    async fn registry(&self, org: Uuid) -> Result<Arc<Registry>, StorageError>;
    /// Makes a code: it takes the place of any other for the same person.
    async fn pair(&self, pairing: NewPairing) -> Result<PairingMade, StorageError>;
    /// Codes that still let somebody in, oldest first.
    async fn pairings(&self, org: Uuid, now_ms: i64) -> Result<Vec<PairingRow>, StorageError>;
    /// Ends a code before its time; `false` where there is none such.
    async fn cancel_pairing(&self, org: Uuid, pairing: Uuid, now_ms: i64) -> Result<bool, StorageError>;
    async fn enrol(&self, device: NewDevice) -> Result<Enrolment, StorageError>;
    async fn create_org(&self, org: NewOrg) -> Result<(), StorageError>;
    async fn orgs(&self) -> Result<Vec<OrgRow>, StorageError>;
    async fn devices(&self, org: Uuid) -> Result<Vec<DeviceRow>, StorageError>;
    /// `false` where the organisation has no such device. Revoking twice keeps the first time.
    async fn revoke(&self, org: Uuid, device: Uuid, now_ms: i64) -> Result<bool, StorageError>;
    /// Makes somebody an active administrator; `false` where nobody bears this id.
    async fn make_admin(&self, org: Uuid, person: Uuid, now_ms: i64) -> Result<bool, StorageError>;
    /// Unreleased lines, oldest first.
    async fn quarantine(
        &self,
        org: Uuid,
        key: Option<QuarantineKey>,
    ) -> Result<Vec<QuarantineRow>, StorageError>;
    /// Judges a quarantined line again by today's registry and lets it into its streams if it may.
    async fn release(&self, org: Uuid, key: QuarantineKey, now_ms: i64) -> Result<Release, StorageError>;
    /// Takes a line out of its streams; in each of its places stands the event that says so.
    async fn take(&self, org: Uuid, taking: Taking) -> Result<Took, StorageError>;
    async fn replicas(&self, org: Option<Uuid>) -> Result<Vec<ReplicaRow>, StorageError>;
    /// Lines of a replica after a number, with that many bytes or one line at least.
    async fn lines(
        &self,
        replica: Uuid,
        after: u64,
        bytes: usize,
    ) -> Result<Vec<(u64, Vec<u8>)>, StorageError>;
    /// Where those of `events` that go to one of `streams` stand in their chains. Unknown,
    /// quarantined and unreadable ones are left out alike.
    async fn proofs(
        &self,
        org: Uuid,
        events: Vec<Uuid>,
        streams: Vec<Stream>,
    ) -> Result<Vec<Proof>, StorageError>;
    /// The newest time that the storage knew when it was opened, as far as it was believed.
    fn newest_ms(&self) -> Option<i64>;
    /// Whether a write would be taken now: tries one.
    async fn ready(&self) -> Result<(), StorageError>;
    /// Finishes what is queued and closes. Later calls answer [`StorageError::Closed`].
    async fn close(&self);
}
