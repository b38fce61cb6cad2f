//! The C compiler for SQLCipher where it is built for another target: the newest clang on this
//! machine that shows that it can.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::need;
use crate::sh::{self, Done};
use crate::version::Version;

/// The oldest that was seen to build the app's C parts for the web.
const OLDEST: u32 = 16;
/// What is installed where none is there: what everything was tried with, or what there is instead.
const TRIED: u32 = 19;

pub struct Clang {
    pub program: PathBuf,
    pub ar: PathBuf,
    version: u32,
}

impl Clang {
    /// Finds one that compiles for the target, or installs it.
    pub fn find(target: &str) -> Done<Clang> {
        if let Some(clang) = Clang::here(target) {
            return Ok(clang);
        }
        let wish = format!("clang {OLDEST} or newer that compiles for {target}, and its llvm-ar");
        let Some(version) = offered() else {
            return Err(format!("{wish} are needed: {}", by_hand()));
        };
        need::apt(&[format!("clang-{version}").as_str(), format!("llvm-{version}").as_str()])?;
        Clang::here(target).ok_or_else(|| format!("{wish} are needed: clang-{version} of apt did not do"))
    }

    fn here(target: &str) -> Option<Clang> {
        // Whoever set one means that one.
        let set = std::env::var_os(format!("CC_{}", target.replace('-', "_"))).map(PathBuf::from);
        let mut found: Vec<(u32, PathBuf)> = set
            .map_or_else(candidates, |set| vec![set])
            .into_iter()
            .filter_map(|path| {
                let said = sh::ask(sh::command(&path.to_string_lossy()).arg("--version"))?;
                Some((Version::read(&said)?.0, path))
            })
            .filter(|(version, _)| *version >= OLDEST)
            .collect();
        found.sort();
        found.into_iter().rev().find_map(|(version, program)| {
            let ar = ar(&program, version)?;
            compiles(&program, target).then_some(Clang { program, ar, version })
        })
    }

    /// The linker for wasm, where Rust brings none: of the same LLVM.
    pub fn linker(&self) -> Done<PathBuf> {
        let find = || beside(&self.program, self.version, "wasm-ld");
        if let Some(found) = find() {
            return Ok(found);
        }
        need::apt(&[format!("lld-{}", self.version).as_str()])?;
        find().ok_or_else(|| format!("wasm-ld of LLVM {} is needed: install lld", self.version))
    }
}

/// The version to install; nothing where apt has none that would do.
fn offered() -> Option<u32> {
    if !need::has_apt() {
        return None;
    }
    choose(&need::numbered("clang-")).or_else(|| {
        // On a machine that is new, the lists of packages may never have been fetched.
        need::refresh();
        choose(&need::numbered("clang-"))
    })
}

/// Of the versions that apt offers.
fn choose(offered: &[u32]) -> Option<u32> {
    if offered.contains(&TRIED) {
        return Some(TRIED);
    }
    offered.iter().copied().filter(|version| *version >= OLDEST).max()
}

fn by_hand() -> &'static str {
    if cfg!(target_os = "macos") {
        "brew install llvm (Xcode's has no wasm)"
    } else {
        "install clang and llvm"
    }
}

/// `clang` and `clang-NN` in the PATH, and LLVM's own folders.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(["/opt/homebrew/opt/llvm/bin", "/usr/local/opt/llvm/bin"].map(PathBuf::from));
    for base in ["/usr/lib", "/usr/local/lib"] {
        let inside = std::fs::read_dir(base).into_iter().flatten().flatten();
        let llvm = inside.filter(|entry| entry.file_name().to_string_lossy().starts_with("llvm"));
        folders.extend(llvm.map(|entry| entry.path().join("bin")));
    }
    let mut found = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if is_clang(&entry.file_name().to_string_lossy()) {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Not `clang++`, `clang-format`, `clang-cl`.
fn is_clang(name: &str) -> bool {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    match name.strip_prefix("clang") {
        Some("") => true,
        Some(rest) => rest
            .strip_prefix('-')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())),
        None => false,
    }
}

fn ar(clang: &Path, version: u32) -> Option<PathBuf> {
    beside(clang, version, "llvm-ar")
}

/// A tool of the same LLVM: where clang lies, where it really lies, or by number in the PATH.
fn beside(clang: &Path, version: u32, tool: &str) -> Option<PathBuf> {
    let real = clang.canonicalize().unwrap_or_else(|_| clang.to_owned());
    let own = format!("/usr/lib/llvm-{version}/bin");
    let folders = [clang.parent(), real.parent(), Some(Path::new(&own))];
    let names = [tool.to_owned(), format!("{tool}-{version}")];
    let near =
        folders.into_iter().flatten().flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    let mut all = near.chain(names.iter().filter_map(|name| sh::which(name)));
    all.find(|path| path.is_file())
}

/// Shown, not believed: an LLVM may have been built without the target.
fn compiles(clang: &Path, target: &str) -> bool {
    let child = sh::command(&clang.to_string_lossy())
        .args([&format!("--target={target}"), "-x", "c", "-c", "-O1", "-o", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return false };
    if let Some(mut to) = child.stdin.take() {
        // It may have given up before it read.
        let _ = to.write_all(
            b"int sum(const int *of, int many) { int s = 0; while (many--) s += of[many]; return s; }",
        );
    }
    child.wait_with_output().is_ok_and(|output| {
        let begin: &[u8] = if target.starts_with("wasm") { b"\0asm" } else { b"\x7fELF" };
        output.status.success() && output.stdout.starts_with(begin)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tried_is_installed_before_what_is_newest() {
        assert_eq!(choose(&[13, 14, 16, 19, 22]), Some(19));
        assert_eq!(choose(&[14, 18, 22]), Some(22));
        assert_eq!(choose(&[13, 14]), None);
        assert_eq!(choose(&[]), None);
    }

    #[test]
    fn only_the_c_compiler_is_one() {
        for name in ["clang", "clang-19", "clang.exe"] {
            assert!(is_clang(name), "{name}");
        }
        for name in ["clang++", "clang-format", "clang-cl", "clang-", "clang-19-format", "clangd"] {
            assert!(!is_clang(name), "{name}");
        }
    }

    #[test]
    fn what_cannot_compile_is_not_taken() {
        assert!(!compiles(Path::new("/nowhere/clang"), "wasm32-unknown-unknown"));
        // Says nothing, and ends well: as a wrapper that is broken would.
        assert!(!compiles(Path::new("/bin/true"), "wasm32-unknown-unknown"));
    }
}
