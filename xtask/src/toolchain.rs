//! Which Rust builds for another target than this machine's: the one that cargo runs here, where it
//! has the target or rustup can fetch it; a distribution's, with the standard library built from its
//! source, only where it is new enough.
//!
//! Invariant: what is decided depends on what programs say now, and on nothing that an earlier run
//! noted down: a failed attempt is forgotten with the process that made it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::clang::Clang;
use crate::sh::{self, Done, at, say};
use crate::version::Version;
use crate::{need, web};

/// A target, and what of the standard library is built from source where it has to be.
pub struct Target {
    pub triple: &'static str,
    std: &'static [&'static str],
}

pub const WASM: Target = Target { triple: "wasm32-unknown-unknown", std: &["std", "panic_abort"] };
pub const ANDROID: Target = Target { triple: "aarch64-linux-android", std: &["std", "panic_unwind"] };

/// How long rustup may take. It shows its progress, and gives up by itself where nothing answers.
const PATIENCE: Duration = Duration::from_secs(300);

/// What is known of this machine.
#[derive(Clone, Debug)]
struct Machine {
    /// What the workspace asks for.
    wanted: Version,
    /// The rustc that cargo runs here.
    own: Option<Version>,
    own_has_target: bool,
    rustup: Attempt,
    /// The distribution's rustc with the source of its library.
    distribution: Option<Version>,
    /// What the distribution's packages would bring.
    offered: Option<Version>,
    packages: Attempt,
}

/// A way to get something.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Attempt {
    /// There is no such program here.
    No,
    Possible,
    Failed(String),
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// With the Rust that cargo runs here.
    Own,
    /// `rustup target add`, then look again.
    Fetch,
    Distribution,
    /// The distribution's packages, then look again.
    Install,
    /// Nothing is left to try.
    Neither(String),
}

fn next(machine: &Machine, target: &str) -> Step {
    let wanted = machine.wanted;
    let new_enough = |version: Option<Version>| version.is_some_and(|version| version >= wanted);
    if new_enough(machine.own) {
        if machine.own_has_target {
            return Step::Own;
        }
        if machine.rustup == Attempt::Possible {
            return Step::Fetch;
        }
    }
    if new_enough(machine.distribution) {
        return Step::Distribution;
    }
    if new_enough(machine.offered) && machine.packages == Attempt::Possible {
        return Step::Install;
    }
    Step::Neither(missing(machine, target))
}

/// What to install, in a sentence or two.
fn missing(machine: &Machine, target: &str) -> String {
    let wanted = machine.wanted;
    let mut text = match (&machine.own, &machine.rustup) {
        (Some(own), Attempt::No) if *own < wanted => {
            format!("Rust {wanted} is needed, and cargo runs {own} here: install Rust from https://rustup.rs")
        }
        (Some(own), _) if *own < wanted => {
            format!("Rust {wanted} is needed, and cargo runs {own} here: rustup update")
        }
        (_, Attempt::Failed(why)) => {
            format!("rustup could not fetch {target} ({why}). Once it can: rustup target add {target}")
        }
        _ => format!("Rust for {target} is missing: install Rust from https://rustup.rs"),
    };
    if let Some(other) = machine.distribution.or(machine.offered) {
        text.push_str(&match (&machine.packages, other < wanted) {
            (_, true) => format!(". (The distribution's own Rust is {other}, too old.)"),
            (Attempt::Failed(why), false) => format!(". (The distribution's packages: {why})"),
            (_, false) => String::new(),
        });
    }
    text
}

/// Who compiles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    Own,
    Distribution,
}

impl Toolchain {
    /// Finds one, or fetches it.
    pub fn find(target: &Target) -> Done<Toolchain> {
        let mut machine = look(target)?;
        loop {
            match next(&machine, target.triple) {
                Step::Own => return Ok(Toolchain::Own),
                Step::Distribution => return Ok(Toolchain::Distribution),
                Step::Fetch => {
                    machine.rustup = match fetch(target.triple) {
                        Ok(()) => Attempt::Failed("the target is still not there".into()),
                        Err(why) => {
                            say(&format!("rustup could not: {why}"));
                            Attempt::Failed(why)
                        }
                    };
                    machine.own_has_target = has_target("rustc", target.triple);
                    if !machine.own_has_target && machine.offered.is_none() && need::has_apt() {
                        need::refresh();
                        machine.offered = need::offered("rustc-web");
                    }
                }
                Step::Install => {
                    machine.packages = need::apt(need::RUST).map_or_else(Attempt::Failed, |()| Attempt::No);
                    machine.distribution = distribution();
                }
                Step::Neither(why) => return Err(why),
            }
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Toolchain::Own => "the Rust that cargo runs here",
            Toolchain::Distribution => "the distribution's Rust",
        }
    }

    /// Its cargo, ready to be told what to do for the target.
    pub fn cargo(self, target: &Target, clang: &Clang) -> Done<Command> {
        let mut cargo = match self {
            Toolchain::Own => sh::cargo(),
            Toolchain::Distribution => {
                let mut cargo = sh::command("/usr/bin/cargo");
                cargo.env("RUSTC_BOOTSTRAP", "1");
                for name in ["RUSTUP_TOOLCHAIN", "RUSTUP_HOME", "RUSTC_WRAPPER"] {
                    cargo.env_remove(name);
                }
                if target.triple == WASM.triple {
                    // rustup's brings a linker of its own.
                    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", clang.linker()?);
                }
                cargo.arg(format!("-Zbuild-std={}", target.std.join(",")));
                cargo
            }
        };
        // Builds of C call LLVM's other tools by name: ranlib, mostly.
        let own = std::env::var_os("PATH").unwrap_or_default();
        let mut path: Vec<PathBuf> = std::env::split_paths(&own).collect();
        if let Some(tools) = clang.ar.parent().filter(|tools| !path.iter().any(|folder| folder == tools)) {
            path.insert(0, tools.to_owned());
        }
        if self == Toolchain::Distribution {
            path.insert(0, "/usr/bin".into());
        }
        cargo.env("PATH", std::env::join_paths(path).map_err(|error| error.to_string())?);
        let triple = target.triple.replace('-', "_");
        cargo.env(format!("CC_{triple}"), &clang.program).env(format!("AR_{triple}"), &clang.ar);
        Ok(cargo)
    }
}

fn look(target: &Target) -> Done<Machine> {
    let wanted = oldest()?;
    let own = sh::ask(sh::command("rustc").arg("--version"));
    let apt = need::has_apt();
    Ok(Machine {
        wanted,
        own: own.as_deref().and_then(Version::read),
        own_has_target: has_target("rustc", target.triple),
        rustup: if sh::has("rustup") { Attempt::Possible } else { Attempt::No },
        distribution: distribution(),
        offered: if apt { need::offered("rustc-web") } else { None },
        packages: if apt { Attempt::Possible } else { Attempt::No },
    })
}

/// The oldest compiler that builds the workspace, as it says itself.
///
/// # Errors
/// Where it does not say.
pub fn oldest() -> Done<Version> {
    let manifest = sh::root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).map_err(at(&manifest))?;
    Ok(wanted(&text).ok_or("Cargo.toml names no rust-version")?)
}

fn wanted(manifest: &str) -> Option<Version> {
    manifest.lines().find_map(|line| line.trim().strip_prefix("rust-version")).and_then(Version::read)
}

/// Whether a compiler has the core library of a target, whoever brought it.
fn has_target(rustc: &str, target: &str) -> bool {
    let folder = sh::ask(sh::command(rustc).args(["--print", "target-libdir", "--target", target]));
    let Some(files) = folder.and_then(|folder| std::fs::read_dir(folder.trim()).ok()) else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
}

/// The distribution's compiler, where it has the source that the library is built from.
fn distribution() -> Option<Version> {
    let rustc = Path::new("/usr/bin/rustc");
    if !rustc.exists() || !Path::new("/usr/bin/cargo").exists() {
        return None;
    }
    let ask = |args: &[&str]| {
        // A link to rustup is no distribution's compiler; without rustup's home it says nothing.
        sh::ask(sh::command("/usr/bin/rustc").args(args).env_remove("RUSTUP_TOOLCHAIN"))
    };
    let root = PathBuf::from(ask(&["--print", "sysroot"])?.trim());
    if !root.join("lib/rustlib/src/rust/library/std/Cargo.toml").exists() {
        return None;
    }
    Version::read(&ask(&["--version"])?)
}

fn fetch(target: &str) -> Done {
    say(&format!("Asking rustup for {target}"));
    let mut child = sh::command("rustup")
        .args(["target", "add", target])
        .env("RUSTUP_MAX_RETRIES", "1")
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("it ended with {status}")),
            Ok(None) if began.elapsed() < PATIENCE => web::pause(Duration::from_millis(100)),
            Ok(None) => {
                // Harmless where it has ended since.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it was not done after {} s", PATIENCE.as_secs()));
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}

#[cfg(test)]
#[path = "toolchain_tests.rs"]
mod tests;
