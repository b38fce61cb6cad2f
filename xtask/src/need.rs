//! What must be installed for which step, and installing it: with apt, as root or through sudo
//! without a question. Where that is not possible the exact line to run is printed.

use std::path::Path;

use crate::sh::{self, Done};

/// The wasm toolchain for machines where rustup can reach nothing.
pub const WEB: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-19", "clang-19", "llvm-19"];
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
pub const ANDROID: &[&str] =
    &["rustc-web", "cargo-web", "rust-web-src", "clang-19", "llvm-19", "libc6-dev-arm64-cross"];

/// Makes sure that Debian's `packages` are there. On other systems it believes that they are, and
/// the step that needs them says what is missing.
pub fn apt(packages: &[&str]) -> Done {
    if !Path::new("/etc/debian_version").exists() {
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let sudo: &[&str] = if is_root() {
        &[]
    } else if sh::ask(sh::command("sudo").args(["-n", "true"])).is_some() {
        &["sudo", "-n"]
    } else {
        return Err(format!("packages are missing. Install them and start again:\n\n    sudo {line}\n"));
    };
    sh::say(&format!("Installing {}", missing.join(" ")));
    if get(sudo, &["install", "-y", "--no-install-recommends"], &missing).is_ok() {
        return Ok(());
    }
    // The package lists are old or were never fetched.
    get(sudo, &["update"], &[])?;
    get(sudo, &["install", "-y", "--no-install-recommends"], &missing)
        .map_err(|error| format!("{error}\nInstall by hand and start again:\n\n    sudo {line}\n"))
}

fn get(sudo: &[&str], args: &[&str], packages: &[&str]) -> Done {
    let words: Vec<&str> =
        sudo.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).collect();
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
