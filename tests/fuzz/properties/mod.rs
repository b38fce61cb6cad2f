//! What must hold for any bytes at all, whoever sends them: one body for `cargo fuzz` and for the
//! bounded runs of the test command.
//!
//! Each part has `check`, which panics where its promise is broken, and `seeds`, well-formed inputs to
//! begin from.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken promise stops here"
)]

pub mod header;
pub mod hostile;
pub mod line;
pub mod request;
pub mod standard;
