//! What every line carries around its body (PROTOCOL §2).

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{LineError, hyphenated};

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
#[derive(Clone, Debug)]
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
    pub kind: Kind<'a>,
    /// The site it belongs to, or null.
    pub site: Option<Uuid>,
    /// The person it is about, or null. Never a person supported.
    pub subject: Option<Uuid>,
    /// The cursor of the `org` stream that the device held when it wrote the line.
    pub org: Option<u64>,
    /// The body's bytes, unread.
    pub body: &'a RawValue,
}

/// The same as it stands in the text, before its time was looked at.
#[derive(Deserialize)]
pub(super) struct Raw<'a> {
    v: u32,
    #[serde(deserialize_with = "id")]
    id: Uuid,
    #[serde(deserialize_with = "id")]
    replica: Uuid,
    pub seq: u64,
    #[serde(borrow)]
    pub at: Cow<'a, str>,
    #[serde(deserialize_with = "id")]
    author: Uuid,
    #[serde(borrow)]
    kind: Kind<'a>,
    #[serde(deserialize_with = "present")]
    site: Option<Uuid>,
    #[serde(deserialize_with = "present")]
    subject: Option<Uuid>,
    #[serde(default)]
    pub org: Option<u64>,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl<'a> Raw<'a> {
    pub fn envelope(self, at: DateTime<FixedOffset>) -> Result<Envelope<'a>, LineError> {
        let Raw { v, id, replica, seq, at: _, author, kind, site, subject, org, body } = self;
        if v != 1 {
            return Err(LineError::Version(v));
        }
        if kind.class().is_empty() || kind.verb().is_empty() {
            return Err(LineError::Kind);
        }
        if !body.get().starts_with('{') {
            return Err(LineError::Body);
        }
        Ok(Envelope { v, id, replica, seq, at, author, kind, site, subject, org, body })
    }
}

/// `site` and `subject` may be null but must be there; a plain `Option` would let them be absent.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Uuid>, D::Error> {
    Ok(Option::<Id>::deserialize(deserializer)?.map(|Id(id)| id))
}

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uuid, D::Error> {
    Id::deserialize(deserializer).map(|Id(id)| id)
}

/// An id in its one form, read without keeping its text.
struct Id(Uuid);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a UUID with hyphens")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                hyphenated(text).map(Id).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
