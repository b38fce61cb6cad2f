//! cargo-deny: what may come into the build, and from where (deny.toml). One of this version or newer
//! that is there is taken; else it is built once, into a folder below `target`.

use std::path::{Path, PathBuf};

use crate::need;
use crate::sh::{self, Done, say};
use crate::version::Version;

const WANTED: Version = Version(0, 20);
/// The exact one that is built, so that it is the same everywhere.
const PINNED: &str = "0.20.2";

/// The program, installed where it is missing.
pub fn ready() -> Done<PathBuf> {
    if let Some(found) = sh::which("cargo-deny").filter(|found| version(found) >= Some(WANTED)) {
        return Ok(found);
    }
    let folder = sh::target().join("installed");
    let program = folder.join("bin/cargo-deny");
    if version(&program) >= Some(WANTED) {
        return Ok(program);
    }
    need::apt(need::SERVER)?;
    say(&format!("Building cargo-deny {PINNED}, once; it takes some minutes"));
    let built = sh::run(
        sh::cargo()
            .args(["install", "cargo-deny", "--version", PINNED, "--locked", "--quiet", "--root"])
            .arg(&folder)
            // Its licence search wants some speed; nobody else does.
            .env("CARGO_TARGET_DIR", folder.join("building"))
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    );
    // Half of a gigabyte that nobody needs again.
    let _ = std::fs::remove_dir_all(folder.join("building"));
    built.map_err(|error| {
        format!("cargo-deny {PINNED} could not be built ({error}): is crates.io to be reached?")
    })?;
    Ok(program)
}

fn version(program: &Path) -> Option<Version> {
    Version::read(&sh::ask(sh::command(&program.to_string_lossy()).arg("--version"))?)
}

/// Licences, bans and sources need no network beyond what is built anyway. Known faults do: where their
/// database is not to be had, that is said, and is no failure.
pub fn check(program: &Path) -> Done {
    let deny = |args: &[&str]| sh::run(sh::command(&program.to_string_lossy()).args(args));
    deny(&["--locked", "check", "bans", "licenses", "sources"])?;
    say("Asking for the database of known faults");
    let fetched = sh::ask(sh::command(&program.to_string_lossy()).args(["fetch", "db"])).is_some();
    if !fetched {
        say(
            "Known faults were not looked for: their database (github.com/rustsec/advisory-db) is not to be reached",
        );
        return Ok(());
    }
    deny(&["--locked", "--offline", "check", "advisories"])
}
