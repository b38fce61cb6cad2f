//! Running things: the demo, the desktop app, benchmarks, the simulation.

use std::path::{Path, PathBuf};

use crate::need;
use crate::sh::{self, Done, at, say};
use crate::web;

/// Builds the server (release: the demo is also what people measure) and gives its program.
pub fn server() -> Done<PathBuf> {
    need::apt(need::SERVER)?;
    say("Building the server");
    sh::run(sh::cargo().args(["build", "--quiet", "--release", "-p", "sync-server"]))?;
    Ok(sh::target().join("release/sync-server"))
}

/// All that a server needs, in one folder: its program (without what makes the demo), the app, and the
/// files that docs/operations.md installs.
pub fn dist(args: &[String]) -> Done {
    let folder = match args {
        [] => sh::target().join("dist"),
        [folder] if !folder.starts_with('-') => std::path::absolute(folder).map_err(at(Path::new(folder)))?,
        _ => return Err("dist takes one folder: cargo xtask dist [DIR]".into()),
    };
    let app = web::build(false)?;
    need::apt(need::SERVER)?;
    say("Building the server");
    let build = ["build", "--quiet", "--release", "-p", "sync-server", "--no-default-features"];
    sh::run(sh::cargo().args(build))?;
    std::fs::create_dir_all(&folder).map_err(at(&folder))?;
    for (from, name) in [(app, "app"), (sh::root().join("sync-server/deploy"), "deploy")] {
        let to = folder.join(name);
        if to.exists() {
            std::fs::remove_dir_all(&to).map_err(at(&to))?;
        }
        copy(&from, &to)?;
    }
    let program = folder.join("sync-server");
    // A program that runs cannot be written over; it can be replaced.
    if program.exists() {
        std::fs::remove_file(&program).map_err(at(&program))?;
    }
    std::fs::copy(sh::target().join("release/sync-server"), &program).map_err(at(&program))?;
    say(&format!("Server, app and deploy files: {}", folder.display()));
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Done {
    std::fs::create_dir_all(to).map_err(at(to))?;
    for entry in std::fs::read_dir(from).map_err(at(from))? {
        let path = entry.map_err(at(from))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target).map_err(at(&path))?;
        }
    }
    Ok(())
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
        let mut cargo = sh::cargo();
        cargo.args(["test", "-p", "fieldproof", "--test", "browser", "--", "--bench"]);
        if args.iter().any(|arg| arg == "--quick") {
            cargo.env("FIELDPROOF_EVENTS", "1000");
        }
        sh::run(cargo.env("FIELDPROOF_DIST", dist).env("FIELDPROOF_SERVER", server))?;
    }
    if any { Ok(()) } else { Err("there are no benchmarks yet".into()) }
}

/// Prints what docs/insight.md states of every rule, by simulation with the product's own functions.
pub fn noise(args: &[String]) -> Done {
    sh::run(sh::cargo().args(["run", "--profile", "tools", "-p", "noise", "--"]).args(args))
}

/// `--seeds N [--from S]` runs many, `--seed S` tells one; in a profile of its own, because it is
/// the disks' and the folds' speed that counts, and their checks that must stay on.
pub fn simulation(args: &[String]) -> Done {
    let mut cargo = sh::cargo();
    cargo.args(["test", "--profile", "sim", "-p", "fieldproof", "--no-default-features"]);
    cargo.args(["--features", "client", "--test", "simulation", "--"]);
    cargo.args(["--ignored", "--exact", "runs::asked_for", "--nocapture"]);
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a number"))?;
        match name.as_str() {
            "--seeds" => cargo.env("FIELDPROOF_SIM_SEEDS", value),
            "--from" => cargo.env("FIELDPROOF_SIM_FROM", value),
            "--seed" => {
                cargo.env("FIELDPROOF_SIM_FROM", value);
                cargo.env("FIELDPROOF_SIM_SEEDS", "1").env("FIELDPROOF_SIM_TELL", "1")
            }
            other => return Err(format!("the simulation has no “{other}”")),
        };
    }
    sh::run(&mut cargo)
}
