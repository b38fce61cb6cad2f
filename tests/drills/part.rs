//! This program as one of a drill's own: which part it plays comes by the environment.

use std::path::Path;
use std::process::{Command, ExitCode};

use clap::Parser;
use sync_server::commands::Cli;

/// Names the part; without it this is the test program.
const PART: &str = "FIELDPROOF_DRILL_PART";

/// Plays the part that was asked for, if one was.
pub fn play() -> Option<ExitCode> {
    let part = std::env::var(PART).ok()?;
    match part.as_str() {
        "server" => return Some(server()),
        "phone" => crate::run(crate::phone::play()),
        "full-app" => crate::run(crate::full::app_story()),
        "full-server" => crate::run(crate::full::server_story()),
        other => panic!("no part is called {other}"),
    }
    Some(ExitCode::SUCCESS)
}

/// The server's `main`, but for its log.
fn server() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    match runtime.block_on(Cli::parse().run(&mut std::io::stdout())) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// This program in that part.
pub fn command(part: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(PART, part);
    command
}

/// The same with a file system of so many bytes at `at`, which nobody else sees and which ends with
/// it. `None` where this machine does not allow that.
pub fn command_with_little_room(part: &str, at: &Path, bytes: u64) -> Option<Command> {
    // Root may have a mount namespace; others may be root of a user namespace, where that is on.
    for separate in [["--mount", "--propagation=private"].as_slice(), &["--mount", "--map-root-user"]] {
        let mount = format!("mount -t tmpfs -o size={bytes} tmpfs \"$0\" || exit 1");
        let mut probe = Command::new("unshare");
        probe.args(separate).args(["sh", "-c", &mount]).arg(at);
        if !probe.status().is_ok_and(|status| status.success()) {
            continue;
        }
        let mut command = Command::new("unshare");
        command.args(separate).args(["sh", "-c", &format!("{mount}; exec \"$1\"")]).arg(at);
        command.arg(std::env::current_exe().unwrap()).env(PART, part);
        return Some(command);
    }
    None
}
