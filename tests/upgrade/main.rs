//! Data of every released version and of every older form, opened by today's code; and the two
//! sides of a sync that are one version apart.
//!
//! `fixtures/NAME/` holds what that version wrote: the server's database, Sam's encrypted profile with
//! the device's file beside it, every line as it was exported, and in `expected.json` what could be
//! seen. A release adds its own (docs/recipes/release.md); none is ever changed or taken away.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod fixture;
mod make;
mod open;
mod versions;
#[path = "../sync/world.rs"]
#[allow(dead_code, reason = "shared with the stories of one version, which use all of it")]
mod world;

/// Runs a story on one thread, as a device's engine does.
fn run<F: Future<Output = ()>>(story: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, story);
}
