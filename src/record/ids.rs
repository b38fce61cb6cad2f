//! Identifiers made from a time and random bytes that the caller brings, so that a run can be
//! replayed from a seed.

use chrono::{DateTime, TimeZone};
use uuid::{Builder, Uuid};

/// The author of lines that the server itself writes: nobody can be it, because a device writes as
/// its own person.
pub const SERVER: Uuid = Uuid::nil();

/// An id in the one form in which lines carry it, with hyphens: braces, a `urn:` before it or no hyphens
/// at all are other texts for the same number, and not every reader takes them.
#[must_use]
pub fn hyphenated(text: &str) -> Option<Uuid> {
    Some(text).filter(|text| text.len() == 36)?.parse().ok()
}

/// A UUIDv7 for the given moment and ten random bytes. A time before 1970 counts as 1970.
#[must_use]
pub fn id_at<Tz: TimeZone>(at: &DateTime<Tz>, random: &[u8; 10]) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, random).into_uuid()
}

/// A UUIDv4 of sixteen random bytes: for replicas, people and sites, where no order is wanted.
#[must_use]
pub fn random_id(random: [u8; 16]) -> Uuid {
    Builder::from_random_bytes(random).into_uuid()
}
