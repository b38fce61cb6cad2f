//! What the lines mean: standards, records, tasks, what is followed up, the registry, and who may
//! do what.
//!
//! Invariant: pure. No clock, no randomness, no I/O; and every fold takes a *set* of events and
//! gives the same state for any order of arrival.

mod answering;
pub mod clock;
pub mod device;
pub mod diff;
pub mod draft;
pub mod editing;
pub mod follow;
pub mod merge;
pub mod number;
pub mod pin;
pub mod record;
pub mod registry;
pub mod rights;
pub mod setting;
pub mod settings;
pub mod shown;
pub mod standard;
pub mod starters;
pub mod task;
pub mod text;
pub mod told;
pub mod verdict;

#[cfg(test)]
mod tests;
