//! The improvement loop, one story a system (`docs/coverage.md`): named devices with real engines,
//! the real server between them, some of it offline.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    reason = "a test stops at the line that failed; the world is shared with tests/sync"
)]

#[path = "../sync/world.rs"]
mod world;

mod a1_handoff;
mod a2_medication;
mod a3_pattern;
mod a4_governance;
mod answered;
mod b1_escalation;
mod b2_documentation;
mod b3_cohort;
mod b3_restriction;
mod b4_actions;
mod b4_in_time;
mod c1_standards;
mod c2_drift;
mod c3_cycle;
mod c4_scenario;
mod c5_visits;
mod c6_rights;
mod c7_measures;
mod cast;
mod closing;
mod d1_evidence;
mod d2_holds;
mod e1_programme;
mod ends;
mod figures;
mod forms;
mod hears;
mod live_and_everybody;
mod measured;
mod offers;
mod settings;
mod site_and_praise;
mod when;
mod whole;

/// Runs a story on one thread, as a device's engine does.
fn run<F: Future<Output = ()>>(story: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, story);
}
