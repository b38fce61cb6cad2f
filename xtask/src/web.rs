//! The app for browsers: wasm → bindings → made small → named by its hash, with the service
//! worker's list → compressed. A build whose inputs have not changed is taken as it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::sh::{self, Done, at, say};
use crate::{need, npm};

const WASM: &str = "wasm32-unknown-unknown";
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
    let toolchain = Toolchain::find()?;
    say(&format!("Building the app for the web ({})", toolchain.name()));
    let wasm = toolchain.build(profile)?;

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

/// Who compiles to wasm.
enum Toolchain {
    Rustup,
    /// Debian's, with the standard library built from its source.
    Debian,
}

impl Toolchain {
    fn find() -> Done<Toolchain> {
        if rustup_target() {
            return Ok(Toolchain::Rustup);
        }
        if !Path::new("/etc/debian_version").exists() {
            return Err(format!("install the wasm target and clang: rustup target add {WASM}"));
        }
        need::apt(need::WEB)?;
        Ok(Toolchain::Debian)
    }

    fn name(&self) -> &'static str {
        match self {
            Toolchain::Rustup => "rustup's toolchain",
            Toolchain::Debian => "Debian's toolchain",
        }
    }

    fn build(&self, profile: &str) -> Done<PathBuf> {
        // A target folder of its own: another toolchain, and the native build stays as it is.
        let target = sh::target().join("web-toolchain");
        let mut cargo = match self {
            Toolchain::Rustup => sh::cargo(),
            Toolchain::Debian => {
                let mut cargo = debian(&["std", "panic_abort"]);
                // Where it is built from source anyway, it can be the small one.
                cargo.arg("-Zbuild-std-features=optimize_for_size");
                cargo
            }
        };
        cargo.args([
            "build",
            "--target",
            WASM,
            "--profile",
            profile,
            "-p",
            "fieldproof",
            "--bin",
            "fieldproof",
        ]);
        cargo.args(["--no-default-features", "--features", "web"]).env("CARGO_TARGET_DIR", &target);
        sh::run(&mut cargo)?;
        let folder = if profile == "dev" { "debug" } else { profile };
        Ok(target.join(WASM).join(folder).join("fieldproof.wasm"))
    }
}

/// Debian's cargo, which builds the standard library for targets that rustup would bring.
pub fn debian(std: &[&str]) -> Command {
    let mut cargo = sh::command("/usr/bin/cargo");
    let path = std::env::var("PATH").unwrap_or_default();
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "/usr/lib/llvm-19/bin/wasm-ld")
        .env("PATH", format!("/usr/lib/llvm-19/bin:/usr/bin:{path}"));
    for name in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTC_WRAPPER"] {
        cargo.env_remove(name);
    }
    cargo.arg(format!("-Zbuild-std={}", std.join(",")));
    cargo
}

/// Whether rustup has the wasm target, or can fetch it within a moment. A failure is remembered for
/// a day, so that a machine without that network does not wait each time.
fn rustup_target() -> bool {
    let listed = || {
        sh::ask(sh::command("rustup").args(["target", "list", "--installed"]))
            .is_some_and(|list| list.lines().any(|line| line.trim() == WASM))
    };
    if !sh::has("rustup") {
        return false;
    }
    if listed() {
        return sh::has("clang");
    }
    let note = sh::target().join("web/no-rustup-target");
    let fresh = note
        .metadata()
        .and_then(|data| data.modified())
        .is_ok_and(|time| time.elapsed().is_ok_and(|age| age < Duration::from_secs(86_400)));
    if fresh {
        return false;
    }
    say(&format!("Asking rustup for {WASM} (20 s at most)"));
    let child = sh::command("rustup")
        .args(["target", "add", WASM])
        .env("RUSTUP_MAX_RETRIES", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = child {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(20) && matches!(child.try_wait(), Ok(None)) {
            pause(Duration::from_millis(100));
        }
        // Harmless where it has ended.
        let _ = child.kill();
        let _ = child.wait();
    }
    if listed() {
        return sh::has("clang");
    }
    let _ = std::fs::create_dir_all(sh::target().join("web")).and_then(|()| std::fs::write(&note, ""));
    false
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
