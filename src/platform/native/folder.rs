//! Where the app's files lie on each system. `FIELDPROOF_DATA` goes before all, so that a test or a
//! second copy has a folder of its own.

use std::path::{Path, PathBuf};

/// # Errors
/// A sentence, where the system does not say where files may lie.
pub fn find() -> Result<PathBuf, String> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = set("FIELDPROOF_DATA") {
        return Ok(folder);
    }
    let folder = if cfg!(target_os = "android") {
        android()
    } else if cfg!(any(target_os = "ios", target_os = "macos")) {
        set("HOME").map(|home| home.join("Library/Application Support/org.fieldproof.app"))
    } else if cfg!(target_os = "windows") {
        // Local, not Roaming: a copy on another machine would write on in the same log.
        set("LOCALAPPDATA").map(|data| data.join("Fieldproof"))
    } else {
        set("XDG_DATA_HOME")
            .filter(|folder| folder.is_absolute())
            .or_else(|| set("HOME").map(|home| home.join(".local/share")))
            .map(|data| data.join("fieldproof"))
    };
    folder.ok_or_else(|| "the system names no folder for data; set FIELDPROOF_DATA".to_owned())
}

/// Where the device's part of the keys lies when the system has no key store: never inside the data
/// folder, and where whatever copies that one does not look.
///
/// # Errors
/// As [`find`].
pub fn keys() -> Result<PathBuf, String> {
    if cfg!(target_os = "android") {
        // Android itself never takes this folder into a backup.
        return Ok(find()?.with_file_name("no_backup").join("keys"));
    }
    let config = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    match config.or(home).filter(|_| cfg!(target_os = "linux")) {
        Some(config) if std::env::var_os("FIELDPROOF_DATA").is_none() => Ok(config.join("fieldproof/keys")),
        _ => Ok(beside(&find()?)),
    }
}

/// The folder of the same name that ends in `.keys`.
pub fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".keys");
    folder.with_file_name(name)
}

/// The app's private folder, found without Java: a process is called by its package, and its user
/// is the Android user times 100,000 and the app's number. The manifest keeps the app on internal
/// storage, where this holds.
fn android() -> Option<PathBuf> {
    let name = std::fs::read_to_string("/proc/self/cmdline").ok()?;
    let package = name.split(['\0', ':']).next().filter(|package| package.contains('.'))?;
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    let uid: u32 = uid.split_whitespace().next()?.parse().ok()?;
    Some(PathBuf::from(format!("/data/user/{}/{package}/files", uid / 100_000)))
}

/// Where a file goes that a person wants to hand on: the downloads, or beside the data where the
/// system has none that we may write to.
pub fn downloads() -> Option<PathBuf> {
    let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    let downloads = home.map(|home| home.join("Downloads")).filter(|folder| folder.is_dir());
    let set = std::env::var_os("FIELDPROOF_DATA").is_some();
    downloads.filter(|_| !set).or_else(|| find().ok().map(|data| data.join("exports")))
}

/// Makes the folder, for this user alone where the system knows of that.
pub fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
