//! The app for browsers: wasm → bindings → made small → named by its hash, with the service
//! worker's list → compressed. A build whose inputs have not changed is taken as it is.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::clang::Clang;
use crate::npm;
use crate::sh::{self, Done, at, say};
use crate::toolchain::{Toolchain, WASM};

/// Debian's wasm-opt is too old for today's rustc; npm has the current one.
const BINARYEN: &str = "132.0.0";

/// Where the finished app lies.
pub fn dist() -> PathBuf {
    sh::target().join("web/dist")
}

/// Builds the app unless it is there already; gives the folder to serve.
pub fn build(dev: bool) -> Done<PathBuf> {
    let dist = dist();
    let kind = if dev { "dev" } else { "web" };
    let stamp = sh::target().join("web/built");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == kind) && newer(&stamp)? && dist.is_dir() {
        say(&format!("The app is built: {}", dist.display()));
        return Ok(dist);
    }
    // Taken before building: what changes meanwhile makes the build old again.
    let began = SystemTime::now();
    let profile = if dev { "dev" } else { "web" };
    let wasm = compile(profile)?;

    let bindings = sh::target().join("web/bindings");
    say("Writing its bindings");
    pack(&["bindgen", &text(&wasm), &text(&bindings)])?;
    if dev {
        say("Not made smaller: --dev");
    } else {
        shrink(&bindings.join("fieldproof_bg.wasm"))?;
    }
    say("Hashing and compressing");
    pack(&["dist", &text(&bindings), &text(&sh::root().join("assets")), &text(&dist), kind])?;

    std::fs::write(&stamp, kind).map_err(at(&stamp))?;
    let file = std::fs::File::options().append(true).open(&stamp).map_err(at(&stamp))?;
    file.set_modified(began).map_err(at(&stamp))?;
    say(&format!("The app is built: {}", dist.display()));
    Ok(dist)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Whether `stamp` is newer than everything the app is built from.
fn newer(stamp: &Path) -> Done<bool> {
    let built = modified(stamp)?;
    let mut paths: Vec<PathBuf> = [
        "src",
        "assets",
        "xtask/src",
        "xtask/Cargo.toml",
        ".cargo/config.toml",
        "Cargo.toml",
        "Cargo.lock",
        "build.rs",
    ]
    .iter()
    .map(|name| sh::root().join(name))
    .filter(|path| path.exists())
    .collect();
    while let Some(path) = paths.pop() {
        // A folder's own time tells of files that were removed.
        if modified(&path)? > built {
            return Ok(false);
        }
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).map_err(at(&path))? {
                paths.push(entry.map_err(at(&path))?.path());
            }
        }
    }
    Ok(true)
}

fn modified(path: &Path) -> Done<SystemTime> {
    path.metadata().and_then(|data| data.modified()).map_err(at(path))
}

/// This program with what it takes to pack: heavy, so built only when needed, and optimised,
/// because brotli's best level takes a minute otherwise.
fn pack(args: &[&str]) -> Done {
    sh::run(
        sh::cargo()
            .args(["run", "--quiet", "--profile", "tools", "-p", "xtask", "--features", "pack", "--", "pack"])
            .args(args),
    )
}

/// What compiles to wasm, fetched where it is missing.
pub fn ready() -> Done<(Toolchain, Clang)> {
    Ok((Toolchain::find(&WASM)?, Clang::find(WASM.triple)?))
}

/// Compiles to wasm; gives the file.
fn compile(profile: &str) -> Done<PathBuf> {
    let (toolchain, clang) = ready()?;
    say(&format!("Building the app for the web with {} and {}", toolchain.name(), clang.program.display()));
    let mut cargo = toolchain.cargo(&WASM, &clang)?;
    if toolchain == Toolchain::Distribution {
        // Where it is built from source anyway, it can be the small one.
        cargo.arg("-Zbuild-std-features=optimize_for_size");
    }
    // A target folder of its own: another toolchain, and the native build stays as it is.
    let target = sh::target().join("web-toolchain");
    cargo.args(["build", "--target", WASM.triple, "--profile", profile, "-p", "fieldproof"]);
    cargo.args(["--bin", "fieldproof", "--no-default-features", "--features", "web"]);
    sh::run(cargo.env("CARGO_TARGET_DIR", &target))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target.join(WASM.triple).join(folder).join("fieldproof.wasm"))
}

#[allow(clippy::disallowed_methods, reason = "waits for another program; no clock is simulated here")]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Makes the wasm smaller, where npm is there to bring the tool.
fn shrink(wasm: &Path) -> Done {
    let Some(tool) = wasm_opt() else {
        say("Not made smaller: npm is missing or could not bring binaryen (about a tenth more to download)");
        return Ok(());
    };
    say("Making it smaller");
    let out = wasm.with_extension("small");
    let features = [
        "bulk-memory",
        "bulk-memory-opt",
        "multivalue",
        "mutable-globals",
        "nontrapping-float-to-int",
        "reference-types",
        "sign-ext",
    ];
    sh::run(
        sh::command("node")
            // Its stack is too small for large functions otherwise.
            .arg("--stack-size=8192")
            .arg(&tool)
            .arg("-Oz")
            .args(features.map(|feature| format!("--enable-{feature}")))
            .arg(wasm)
            .arg("-o")
            .arg(&out),
    )?;
    std::fs::rename(&out, wasm).map_err(at(wasm))
}

fn wasm_opt() -> Option<PathBuf> {
    npm::fetch("binaryen", BINARYEN, "bin/wasm-opt").ok()
}
