//! The names of streams: who reads what, as a word on the wire.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::Role;

/// One audience's sequence of events. The order of the variants is the order in which a pull
/// brings them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stream {
    Org,
    Person(Uuid),
    Site(Uuid),
    Lead(Uuid),
    Quality,
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stream::Org => f.write_str("org"),
            Stream::Person(id) => write!(f, "person:{id}"),
            Stream::Site(id) => write!(f, "site:{id}"),
            Stream::Lead(id) => write!(f, "lead:{id}"),
            Stream::Quality => f.write_str("quality"),
        }
    }
}

/// The text names no stream of version 1. Trying again cannot help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a stream")]
pub struct StreamParseError;

impl FromStr for Stream {
    type Err = StreamParseError;

    fn from_str(text: &str) -> Result<Stream, StreamParseError> {
        let of = |id: &str, make: fn(Uuid) -> Stream| id.parse().map(make).map_err(|_| StreamParseError);
        match text.split_once(':') {
            None if text == "org" => Ok(Stream::Org),
            None if text == "quality" => Ok(Stream::Quality),
            Some(("person", id)) => of(id, Stream::Person),
            Some(("site", id)) => of(id, Stream::Site),
            Some(("lead", id)) => of(id, Stream::Lead),
            _ => Err(StreamParseError),
        }
    }
}

/// The streams that a person reads, in the order of a pull. `own` are the person's sites, `every`
/// those of the organisation (read by quality and admin only).
#[must_use]
pub fn subscriptions(role: Role, person: Uuid, own: &[Uuid], every: &[Uuid]) -> Vec<Stream> {
    let mut streams = vec![Stream::Org];
    match role {
        Role::Staff | Role::Supervisor => {
            streams.push(Stream::Person(person));
            streams.extend(own.iter().copied().map(Stream::Site));
            if role == Role::Supervisor {
                streams.extend(own.iter().copied().map(Stream::Lead));
            }
        }
        Role::Quality | Role::Admin => {
            streams.push(Stream::Quality);
            streams.extend(every.iter().flat_map(|&site| [Stream::Site(site), Stream::Lead(site)]));
        }
    }
    streams.sort_unstable();
    streams.dedup();
    streams
}
