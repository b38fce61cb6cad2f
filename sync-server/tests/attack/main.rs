//! The server as others will attack it. Each attack goes to a real listener or the real process, and
//! each ends with an honest device that syncs as if nothing were.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

#[path = "../common/mod.rs"]
mod common;

mod bodies;
mod codes;
mod connections;
mod database;
mod floods;
mod headers;
mod metrics;
mod orgs;
mod paths;
mod process;
mod raw;
mod ready;
mod rights;
mod shutdown;
mod silence;
mod terminal;
mod verify;
