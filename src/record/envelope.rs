//! What every line carries around its body (PROTOCOL §2).

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

/// `class.verb`, as written. Unknown classes and verbs are ordinary kinds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind<'a>(#[serde(borrow)] pub Cow<'a, str>);

impl Kind<'_> {
    /// The part before the first dot: who may read and write it hangs on this.
    #[must_use]
    pub fn class(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(class, _)| class)
    }

    /// The part after the first dot; empty where there is none.
    #[must_use]
    pub fn verb(&self) -> &str {
        self.0.split_once('.').map_or("", |(_, verb)| verb)
    }

    /// The whole `class.verb`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The members of a line that this version reads. It borrows the line; the line stays the record.
#[derive(Clone, Debug, Deserialize)]
pub struct Envelope<'a> {
    /// Version of the line's form: 1.
    pub v: u32,
    /// The event's own id, UUIDv7.
    pub id: Uuid,
    /// The log that it was written to.
    pub replica: Uuid,
    /// Its place there: 1, 2, 3 …
    pub seq: u64,
    /// When it happened by the device's clock, with the device's offset.
    pub at: DateTime<FixedOffset>,
    /// The person who wrote it.
    pub author: Uuid,
    #[serde(borrow)]
    pub kind: Kind<'a>,
    /// The site it belongs to, or null.
    #[serde(deserialize_with = "present")]
    pub site: Option<Uuid>,
    /// The person it is about, or null. Never a person supported.
    #[serde(deserialize_with = "present")]
    pub subject: Option<Uuid>,
    /// The cursor of the `org` stream that the device held when it wrote the line.
    #[serde(default)]
    pub org: Option<u64>,
    /// The body's bytes, unread.
    #[serde(borrow)]
    pub body: &'a RawValue,
}

/// `site` and `subject` may be null but must be there; a plain `Option` would let them be absent.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Uuid>, D::Error> {
    Option::deserialize(deserializer)
}
