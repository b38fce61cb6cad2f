//! Devices and pairing codes, as the server tells of them (docs/protocol.md, §8).
//!
//! Invariant: only lines of the server itself count. They have no author, and a device can write as
//! nobody but its own person.

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use uuid::Uuid;

use crate::record::Envelope;

/// The class of these events.
pub const CLASS: &str = "device";

/// A device that was paired for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    pub person: Uuid,
    pub name: String,
    pub platform: String,
    /// Who made the code; none where the operator's command did.
    pub by: Option<Uuid>,
    /// The code that it was paired with.
    pub pairing: Option<Uuid>,
    /// The event that tells of the pairing, and when it was; none for a device from before such events,
    /// of which only its revoking was told.
    pub event: Option<Uuid>,
    pub at: Option<DateTime<FixedOffset>>,
    pub revoked_at: Option<DateTime<FixedOffset>>,
}

/// A code that was made for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub person: Uuid,
    pub by: Option<Uuid>,
    pub at: DateTime<FixedOffset>,
    pub until: DateTime<FixedOffset>,
    pub cancelled: bool,
}

/// What the events about one id come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Device(Paired),
    Code(Invited),
}

#[derive(Deserialize)]
struct Body {
    device: Option<Uuid>,
    pairing: Option<Uuid>,
    person: Uuid,
    by: Option<Uuid>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    platform: String,
    until: Option<DateTime<FixedOffset>>,
}

fn read(envelope: &Envelope) -> Option<Body> {
    let ours = envelope.kind.class() == CLASS && envelope.author.is_nil();
    if !ours {
        return None;
    }
    let body: Body = serde_json::from_str(envelope.body.get()).ok()?;
    (envelope.subject == Some(body.person)).then_some(body)
}

/// The device or the code that an event is about.
#[must_use]
pub fn subject_of(envelope: &Envelope) -> Option<Uuid> {
    let body = read(envelope)?;
    match envelope.kind.verb() {
        "invited" => Some(envelope.id),
        "cancelled" => body.pairing,
        "paired" | "revoked" => body.device,
        _ => None,
    }
}

/// What a set of events about one device, or about one code, comes to.
pub fn fold<'a>(events: impl Iterator<Item = Envelope<'a>>) -> Option<Told> {
    let (mut paired, mut revoked, mut invited, mut cancelled) = (None, None, None, false);
    // Of two that say the same thing the one with the smaller id counts: order decides nothing.
    let first = |known: &mut Option<(Uuid, DateTime<FixedOffset>, Body)>, envelope: &Envelope, body: Body| {
        if known.as_ref().is_none_or(|(id, ..)| envelope.id < *id) {
            *known = Some((envelope.id, envelope.at, body));
        }
    };
    for envelope in events {
        let Some(body) = read(&envelope) else { continue };
        match envelope.kind.verb() {
            "invited" => first(&mut invited, &envelope, body),
            "paired" => first(&mut paired, &envelope, body),
            "revoked" => first(&mut revoked, &envelope, body),
            "cancelled" => cancelled = true,
            _ => {}
        }
    }
    if let Some((_, at, body)) = invited {
        let until = body.until?;
        return Some(Told::Code(Invited { person: body.person, by: body.by, at, until, cancelled }));
    }
    let revoked_at = revoked.as_ref().map(|(_, at, _)| *at);
    let (event, at) = paired.as_ref().map(|(id, at, _)| (*id, *at)).unzip();
    let (_, _, body) = paired.or(revoked)?;
    let Body { person, name, platform, by, pairing, .. } = body;
    Some(Told::Device(Paired { person, name, platform, by, pairing, event, at, revoked_at }))
}

#[cfg(test)]
#[path = "device_tests.rs"]
mod tests;
