//! Fieldproof's sync server, as a library: its binary, its tests and the simulator all run this.
//!
//! Top to bottom: `commands` (what a shell can ask), `server` (listening), `tls`, `api` (HTTP), `storage`
//! (a trait, and SQLite behind it), and below them what is pure: `ingest` (what becomes of a
//! line), `registry` (people and sites at any number of the `org` stream), `secrets`.
//! Who may write and read what stands in `fieldproof::practice::rights`, shared with the app.

pub mod api;
pub mod commands;
#[cfg(feature = "demo")]
pub mod demo;
pub mod ingest;
mod lanes;
pub mod memory;
pub mod metrics;
mod notify;
mod private;
pub mod registry;
pub mod seams;
pub mod secrets;
pub mod server;
pub mod storage;
pub mod tls;
mod turns;

pub use api::{Settings, router};
pub use server::Server;
