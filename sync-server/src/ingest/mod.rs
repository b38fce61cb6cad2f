//! What a batch says, without keeping anything: its lines read and hashed once ([`read_batch`]),
//! and each line's fate ([`judge`]).
//!
//! Invariant: pure. Reading needs no registry, so it happens outside the one writer; judging needs
//! the registry at the very number that the line meets, so it happens inside.

mod batch;
mod judge;

pub use batch::{Batch, BatchError, Facts, Limits, Prepared, read_batch, read_kept, read_line};
pub use judge::{Context, Reason, Verdict, judge, names};

#[cfg(test)]
mod tests;
