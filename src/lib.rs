//! Fieldproof's layers, lowest first. A layer may use those above it in this list and none below:
//! `record` (the event line and its chain), `practice` (what the lines mean), `insight` (what they
//! come to over time), `store`
//! (encrypted SQLite), `sync` (the wire), `engine` (the one owner of store
//! and sync), `app` (screens), `platform` (what differs between the machines it runs on).
//!
//! The server takes this crate without features: it sees `record`, `practice` and the wire types.

#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "client")]
pub mod engine;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod insight;
#[cfg(feature = "client")]
pub mod platform;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod practice;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod record;
#[cfg(feature = "client")]
pub mod store;
pub mod sync;
