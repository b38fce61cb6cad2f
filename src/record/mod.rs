//! The event line, its head and its chain: the only form in which anything is kept.
//!
//! Invariant: a line is the exact bytes that its author's device wrote. Nothing here re-serialises
//! a line that was read; members and kinds that this version does not know stay in it for ever.

mod envelope;
mod head;
mod ids;
mod line;
mod strict;
pub mod time;

pub use envelope::{Envelope, Kind};
pub use head::{Head, HeadParseError};
pub use ids::{SERVER, hyphenated, id_at, random_id};
pub use line::{Draft, Line, LineError, MAX_LINE_BYTES, ROOM_FOR_COPY, what_is_wrong};
pub use strict::MAX_DEPTH;

#[cfg(test)]
mod tests;
