//! Files and directories for the server's own user alone: they hold everything in plain.
//!
//! Invariant: nothing is made with more rights and narrowed afterwards; there is no moment in which
//! someone else could open it. (Elsewhere than on Unix, what the directory passes on counts.)

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a directory and what is missing above it. One that is there keeps its rights.
///
/// # Errors
/// It cannot be made.
pub fn dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file that is not there yet. A link in its place is not followed.
///
/// # Errors
/// It is there, or cannot be made.
pub fn new_file(path: &Path) -> io::Result<File> {
    writing().create_new(true).open(path)
}

/// Makes a file where it is missing, empty. Of one that is there, whoever is neither its owner nor
/// of its group loses all rights: earlier versions left them what the shell happened to give.
///
/// # Errors
/// It cannot be made or changed.
pub fn file(path: &Path) -> io::Result<()> {
    match new_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => shut(path),
        made => made.map(drop),
    }
}

fn writing() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn shut(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut rights = std::fs::metadata(path)?.permissions();
    if rights.mode() & 0o007 != 0 {
        rights.set_mode(rights.mode() & !0o007);
        std::fs::set_permissions(path, rights)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn shut(_: &Path) -> io::Result<()> {
    Ok(())
}
