//! `cargo xtask …`: builds, runs and checks Fieldproof, and installs what a fresh machine lacks.
//!
//! Invariant: without the feature `pack` this program has no dependencies, and it depends on no
//! other package of the workspace: it must start where nothing else builds yet.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "telling what it does is this program's job")]

mod android;
mod app;
mod clang;
mod deny;
mod mutants;
mod need;
mod npm;
#[cfg(feature = "pack")]
mod pack;
mod sh;
mod test;
mod toolchain;
mod version;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--fresh] [--listen ADDR]   builds app and server, fills a demo organisation, serves it
cargo xtask test [STEP …] [--keep-going]     every check, in the order: format clippy unit doc web
                                             server browser desktop android deny; a step that
                                             cannot run here is skipped and says why
    [--require STEP,…]                       steps that fail where they cannot run, as in CI
cargo xtask dist [DIR]                       server, app and deploy files for real use, in one folder
cargo xtask web [--dev]                      the app for browsers, into target/web/dist
cargo xtask desktop [ARGS …]                 runs the app in a window
cargo xtask android-check                    type-checks the app for Android
cargo xtask bench [ARGS …]                   the benchmarks
cargo xtask noise [SCALE]                    false signals and delays of every statistical rule
cargo xtask sim --seeds N [--from S]         the simulation of many devices; --seed S tells one run
cargo xtask mutants [--only NAME] [--list]   puts faults in and says whether the simulation notices each
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let args: Vec<String> = args.collect();
    let done = match command.as_str() {
        "demo" => app::demo(&args),
        "test" => return test::run(&args),
        "web" => web::build(args.iter().any(|arg| arg == "--dev")).map(drop),
        "dist" => app::dist(&args),
        "desktop" => app::desktop(&args),
        "android-check" => android::ready().and_then(|ready| android::check(&ready)),
        "bench" => app::bench(&args),
        "noise" => app::noise(&args),
        "sim" => app::simulation(&args),
        "mutants" => mutants::run(&args),
        #[cfg(feature = "pack")]
        "pack" => pack::run(&args),
        "" | "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("xtask has no “{other}”.\n\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
