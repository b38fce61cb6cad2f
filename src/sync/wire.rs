//! The types of PROTOCOL §§3–6, one for one, used by both sides.
//!
//! Invariant: event lines inside a response are carried as raw text and come out byte for byte.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

pub use crate::practice::rights::Role;
use crate::record::Head;

/// The protocol version of this code.
pub const PROTOCOL: u32 = 1;
pub const MAX_BATCH_LINES: usize = 500;
pub const MAX_BATCH_BYTES: usize = 4_194_304;
pub const MAX_PULL: u64 = 1000;
/// As many quarantined lines are listed in one answer; fewer are all there are.
pub const MAX_QUARANTINED: usize = 500;
pub const NDJSON: &str = "application/x-ndjson";
pub const PROBLEM_JSON: &str = "application/problem+json";

/// `GET /v1/capabilities`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    pub protocol: Vec<u32>,
    pub max_line_bytes: usize,
    pub max_batch_lines: usize,
    pub max_batch_bytes: usize,
    pub max_pull: u64,
    pub encodings: Vec<String>,
    pub server_time: String,
}

/// `POST /v1/enrol`, the request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enrol {
    pub code: String,
    pub device: DeviceInfo,
    pub replica: Uuid,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    pub name: String,
    pub platform: String,
}

/// `POST /v1/enrol`, the answer (`201`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Enrolled {
    pub token: String,
    pub device: Uuid,
    pub person: Person,
    pub org: Org,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub person: Uuid,
    pub name: String,
    pub role: Role,
    pub sites: Vec<Uuid>,
    pub active: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub org: Uuid,
    pub name: String,
}

/// `POST /v1/pairings`, the request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PairingRequest {
    pub person: Uuid,
}

/// `POST /v1/pairings`, the answer (`201`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pairing {
    pub code: String,
    pub expires_at: String,
    /// The event that tells of it, by which it is listed and ended. An older server does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairing: Option<Uuid>,
}

/// `GET /v1/pairings`: one of the codes that somebody could still use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenPairing {
    pub pairing: Uuid,
    pub person: Uuid,
    /// Null where the operator's command made it.
    pub by: Option<Uuid>,
    pub made_at: Option<String>,
    pub expires_at: String,
}

/// So many events may be asked of at once.
pub const MAX_PROOFS: usize = 250;

/// `POST /v1/proofs`, the request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProofRequest {
    /// At most [`MAX_PROOFS`].
    pub events: Vec<Uuid>,
}

/// `POST /v1/proofs`, the answer: unknown and unreadable events are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proofs {
    pub proofs: Vec<Proof>,
}

/// Where a line stands in its replica's chain: `SHA-256(before ‖ line) = head`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub id: Uuid,
    pub replica: Uuid,
    pub seq: u64,
    pub before: Head,
    pub head: Head,
}

/// First line of `POST /v1/sync`; `count` event lines follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncHeader {
    pub replica: Uuid,
    /// The number after which the lines begin.
    pub after: u64,
    /// `head(after)`.
    pub head: Head,
    pub count: u64,
    /// `head(after + count)`.
    pub tip: Head,
    #[serde(default)]
    pub cursors: BTreeMap<String, u64>,
    /// At most this many items come back.
    #[serde(default)]
    pub pull: u64,
    pub sent_at: String,
    #[serde(default)]
    pub client: String,
}

/// First line of a sync response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncAnswer {
    /// How far the server holds the calling replica.
    pub head: ServerHead,
    pub accepted: u64,
    pub duplicate: u64,
    pub quarantined: Vec<Quarantined>,
    pub server_time: String,
    /// Device clock minus server clock, in milliseconds; negative where the device is behind.
    pub skew_ms: i64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// Changes when the server was restored from a backup: then streams bear other numbers, and
    /// every one is read from 0 again (docs/protocol.md, §8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerHead {
    pub seq: u64,
    pub hash: Head,
}

/// One line that was stored but could not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    pub seq: u64,
    /// Null where the line is too malformed to have one.
    pub id: Option<Uuid>,
    /// Kept as text: a newer server may know more codes than [`Code`].
    pub code: String,
    pub field: Option<String>,
    pub message: String,
}

/// Why a line was quarantined (PROTOCOL §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    Malformed,
    WrongReplica,
    WrongSeq,
    WrongAuthor,
    DuplicateId,
    NotPermitted,
    UnknownSite,
    UnknownSubject,
    InvalidBody,
    RevokedDevice,
    /// It had been let in, and an operator took it back ([`Taken`]).
    Taken,
}

impl Code {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Malformed => "malformed",
            Code::WrongReplica => "wrong_replica",
            Code::WrongSeq => "wrong_seq",
            Code::WrongAuthor => "wrong_author",
            Code::DuplicateId => "duplicate_id",
            Code::NotPermitted => "not_permitted",
            Code::UnknownSite => "unknown_site",
            Code::UnknownSubject => "unknown_subject",
            Code::InvalidBody => "invalid_body",
            Code::RevokedDevice => "revoked_device",
            Code::Taken => "taken",
        }
    }
}

/// The body of `line.taken`, which only the server writes: an operator took a line out of the streams
/// that it had been let into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The event's id.
    pub of: Uuid,
    /// Why, in the operator's words.
    #[serde(default)]
    pub reason: String,
    /// Where it stood, and where this line stands instead.
    pub streams: Vec<String>,
}

/// The kind of a line with something that its author had begun and not finished when their device was
/// removed (PROTOCOL §5). It stays in quarantine, whoever sends it and whenever.
pub const DRAFT_LEFT: &str = "draft.left";

impl Taken {
    pub const KIND: &'static str = "line.taken";
}

/// A stream item that brings an event, and one that stands for an event the device wrote itself.
#[derive(Debug, Serialize, Deserialize)]
pub struct Item<'a> {
    #[serde(borrow)]
    pub stream: std::borrow::Cow<'a, str>,
    pub n: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<std::borrow::Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skew_ms: Option<i64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub event: Option<&'a RawValue>,
}

/// Last line of a sync response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDone {
    pub done: bool,
    pub cursors: BTreeMap<String, u64>,
    pub more: bool,
    /// The streams that may be read now.
    pub streams: Vec<String>,
}

/// Every refusal: `application/problem+json` (RFC 9457) with a `code` that programs read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    #[serde(rename = "type", default = "about_blank")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    #[serde(default)]
    pub detail: String,
    pub code: String,
    /// With `gap`: how far the server holds the replica.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub have: Option<u64>,
    /// With `gap`: the head there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
    /// With `fork`: the first number that differs. With `replica_not_yours`, where the other device
    /// is of the same person: the first number that is not held as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// With `at`: unreleased lines of that replica before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quarantined: Vec<Quarantined>,
}

fn about_blank() -> String {
    "about:blank".into()
}
