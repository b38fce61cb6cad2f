//! Running things: the demo, the desktop app, benchmarks, the simulation.

use std::path::PathBuf;

use crate::need;
use crate::sh::{self, Done, say};
use crate::web;

/// Builds the server (release: the demo is also what people measure) and gives its program.
pub fn server() -> Done<PathBuf> {
    need::apt(need::SERVER)?;
    say("Building the server");
    sh::run(sh::cargo().args(["build", "--quiet", "--release", "-p", "sync-server"]))?;
    Ok(sh::target().join("release/sync-server"))
}

pub fn demo(args: &[String]) -> Done {
    let dist = web::build(false)?;
    let server = server()?;
    say("Starting the demo");
    let mut demo = sh::command(&server.to_string_lossy());
    demo.arg("demo").arg("--data").arg(sh::target().join("demo")).arg("--app").arg(dist).args(args);
    sh::become_it(demo)
}

pub fn desktop(args: &[String]) -> Done {
    need::apt(need::WINDOW)?;
    say("Building the desktop app");
    sh::run(sh::cargo().args(["build", "--release", "-p", "fieldproof", "--bin", "fieldproof"]))?;
    let mut app = sh::command(&sh::target().join("release/fieldproof").to_string_lossy());
    app.args(args);
    sh::become_it(app)
}

pub fn bench(args: &[String]) -> Done {
    need::apt(need::WINDOW)?;
    let mut any = false;
    for (package, folder) in [("fieldproof", "benches"), ("sync-server", "sync-server/benches")] {
        if sh::root().join(folder).is_dir() {
            any = true;
            say(&format!("Benchmarks of {package}"));
            sh::run(sh::cargo().args(["bench", "-p", package, "--benches", "--"]).args(args))?;
        }
    }
    if crate::test::exists("browser") {
        any = true;
        say("Benchmarks in the browser");
        need::apt(need::BROWSER)?;
        let (dist, server) = (web::build(false)?, server()?);
        sh::run(
            sh::cargo()
                .args(["test", "-p", "fieldproof", "--test", "browser", "--", "--bench"])
                .env("FIELDPROOF_DIST", dist)
                .env("FIELDPROOF_SERVER", server),
        )?;
    }
    if any { Ok(()) } else { Err("there are no benchmarks yet".into()) }
}

pub fn simulation(args: &[String]) -> Done {
    if !crate::test::exists("simulation") {
        return Err("there is no simulation yet".into());
    }
    need::apt(need::WINDOW)?;
    sh::run(
        sh::cargo()
            .args([
                "test",
                "--release",
                "-p",
                "fieldproof",
                "--test",
                "simulation",
                "--",
                "--include-ignored",
            ])
            .args(args),
    )
}
