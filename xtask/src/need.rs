//! What must be installed for which step, and installing it: with apt, as root or through sudo
//! without a question. Where that is not possible the exact line to run is printed.

use std::path::Path;

use crate::sh::{self, Done};
use crate::version::Version;

/// A Rust of the distribution's, for machines where rustup can reach nothing.
pub const RUST: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
/// What the native window links to.
pub const WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libdbus-1-dev",
    "libgtk-3-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "libayatana-appindicator3-dev",
];
/// What the server links to: SQLCipher wants OpenSSL.
pub const SERVER: &[&str] = &["build-essential", "pkg-config", "libssl-dev"];
pub const BROWSER: &[&str] = &["chromium", "chromium-driver", "fonts-dejavu-core"];
/// A screen that nobody sees, and a key store on a session bus of its own.
pub const DISPLAY: &[&str] = &["xvfb", "dbus-daemon", "dbus-bin", "gnome-keyring"];
/// Stand-ins for the headers of Android's C library, and what OpenSSL's build asks for.
pub const ANDROID: &[&str] = &["libc6-dev-arm64-cross", "perl", "make"];
/// What fetches and runs tools from npm.
pub const NODE: &[&str] = &["nodejs", "npm"];

/// Whether packages can be asked for at all.
pub fn has_apt() -> bool {
    Path::new("/etc/debian_version").exists() && sh::has("apt-get")
}

/// Makes sure that Debian's `packages` are there. On other systems it believes that they are, and
/// the step that needs them says what is missing.
pub fn apt(packages: &[&str]) -> Done {
    if !has_apt() {
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let Some(sudo) = sudo() else {
        return Err(format!("packages are missing. Install them and start again: sudo {line}"));
    };
    sh::say(&format!("Installing {}", missing.join(" ")));
    if get(sudo, &["install", "-y", "--no-install-recommends"], &missing).is_ok() {
        return Ok(());
    }
    // The package lists are old or were never fetched.
    get(sudo, &["update"], &[])?;
    get(sudo, &["install", "-y", "--no-install-recommends"], &missing)
        .map_err(|error| format!("{error}. Install by hand and start again: sudo {line}"))
}

/// Fetches the lists of packages; where that fails, those from before are believed.
pub fn refresh() {
    if let Some(sudo) = sudo() {
        let _ = get(sudo, &["update"], &[]);
    }
}

/// The version of a package that apt would install.
pub fn offered(package: &str) -> Option<Version> {
    let said = sh::ask(sh::command("apt-cache").args(["policy", package]).env("LC_ALL", "C"))?;
    said.lines().find_map(|line| line.trim().strip_prefix("Candidate:")).and_then(Version::read)
}

/// The numbers of the packages that are called so: 14 and 19 of `clang-14`, `clang-19`, `clang-format-19`.
pub fn numbered(prefix: &str) -> Vec<u32> {
    let said = sh::ask(sh::command("apt-cache").args(["pkgnames", prefix])).unwrap_or_default();
    said.lines().filter_map(|name| name.trim().strip_prefix(prefix)?.parse().ok()).collect()
}

/// How to become root without a question; `None` where there is no way.
fn sudo() -> Option<&'static [&'static str]> {
    if is_root() {
        return Some(&[]);
    }
    sh::ask(sh::command("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
}

fn get(sudo: &[&str], args: &[&str], packages: &[&str]) -> Done {
    let words: Vec<&str> =
        sudo.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).collect();
    let (program, rest) = words.split_first().ok_or("nothing to run")?;
    // Apt's pages of progress help nobody; its errors do.
    sh::run(sh::command(program).args(rest).args(args).args(packages).stdout(std::process::Stdio::null()))
}

fn installed(package: &str) -> bool {
    sh::ask(sh::command("dpkg-query").args(["-W", "-f", "${db:Status-Status}", package]))
        .is_some_and(|status| status.trim() == "installed")
}

fn is_root() -> bool {
    sh::ask(sh::command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}
