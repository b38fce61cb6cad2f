//! What no simulator can show: real programs, killed, starved of room and put back from a backup,
//! with real files on real file systems between them.
//!
//! The test program starts itself anew as the programs of a drill: the server's command line as it
//! is, and the native app's engine as `platform::connect` starts it. So nothing has to be built
//! before, and a kill is a kill. Invariant: what was answered before is what counts; a drill writes
//! down each answer it got, and looks for all of them afterwards.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod backup;
mod cast;
mod full;
mod kill;
mod part;
mod phone;
mod server;
#[path = "../sync/world.rs"]
#[allow(dead_code, reason = "shared with the stories inside one process, which use all of it")]
mod world;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    if let Some(done) = part::play() {
        return done;
    }
    let drill = |name: &'static str, drill: fn()| {
        Trial::test(name, move || {
            drill();
            Ok(())
        })
    };
    let drills = vec![
        drill("kill::the_app_killed_while_it_saves_keeps_all_that_it_called_saved", kill::app),
        drill("full::an_app_without_room_says_so_loses_nothing_and_goes_on", full::app),
        drill("full::a_server_without_room_says_so_loses_nothing_and_goes_on", full::server),
        drill(
            "backup::devices_carry_on_after_the_server_was_killed_and_put_back_from_a_backup",
            backup::drill,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), drills).exit_code()
}

/// Runs a story on one thread, as a device's engine does.
fn run<F: Future<Output = ()>>(story: F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, story);
}
