//! The main job without its screens: devices with real engines and encrypted files, the real
//! server, and everything that a bad network does between them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod conflicts;
mod devices;
mod dishonest;
mod faults;
mod leaving;
mod paired;
#[path = "../../sync-server/tests/common/mod.rs"]
mod protocol;
mod story;
#[allow(dead_code, reason = "shared with tests/drills and tests/upgrade, which use the rest")]
mod world;

/// Runs a story on one thread, as a device's engine does.
fn run<F: Future<Output = ()>>(story: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, story);
}
