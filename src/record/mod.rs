//! The event line, its head and its chain: the only form in which anything is kept.
//!
//! Invariant: a line is the exact bytes that its author's device wrote. Nothing here re-serialises
//! a line that was read; members and kinds that this version does not know stay in it for ever.

mod envelope;
mod head;
mod ids;
mod line;

pub use envelope::{Envelope, Kind};
pub use head::{Head, HeadParseError};
pub use ids::{id_at, random_id};
pub use line::{Draft, Line, LineError, MAX_LINE_BYTES, what_is_wrong};

#[cfg(test)]
mod tests;
