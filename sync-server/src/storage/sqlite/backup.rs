//! Copies of the whole database, in both directions, safe beside a running server.

use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::{file, migrate, open, sql};
use crate::private;
use crate::storage::StorageError;

/// Why a copy was not made. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} exists already")]
    Exists(PathBuf),
    #[error("{0} is not there")]
    Missing(PathBuf),
    #[error("{0} is not a sound Fieldproof database")]
    NotSound(PathBuf),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> BackupError {
        BackupError::Storage(error.into())
    }
}

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> BackupError {
        BackupError::Storage(error.into())
    }
}

/// Writes one snapshot of the database to `target`, whole or not at all.
///
/// # Errors
/// [`BackupError`]: the target exists, there is no database, or a file cannot be written.
pub fn backup(data: &Path, target: &Path) -> Result<(), BackupError> {
    let source = file(data);
    if !source.exists() {
        return Err(BackupError::Missing(source));
    }
    if target.exists() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    let mut partial = target.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    remove(&partial)?;
    private::new_file(&partial)?;
    let conn = Connection::open_with_flags(&source, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.execute("VACUUM INTO ?1", [partial.to_string_lossy()])?;
    // On the disk before it bears its name, so that what bears the name is whole.
    std::fs::File::open(&partial)?.sync_all()?;
    std::fs::rename(&partial, target)?;
    if let Some(parent) = target.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(())
}

/// Puts a copy in the place of the database: in one transaction, so that a server that runs on it
/// goes on with the old content or the new, never between. The copy bears `epoch` from its first
/// moment, so that no device takes its numbers for those it knew.
///
/// # Errors
/// [`BackupError`]: the copy is not sound, or a database is there already and `force` is not set.
pub fn restore(data: &Path, from: &Path, force: bool, epoch: Uuid) -> Result<(), BackupError> {
    if !from.exists() {
        return Err(BackupError::Missing(from.to_owned()));
    }
    let target = file(data);
    if target.exists() && !force {
        return Err(BackupError::Exists(target));
    }
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let sound = |source: &Connection| -> rusqlite::Result<bool> {
        source.query_row("SELECT count(*) FROM stream_item", [], |_| Ok(()))?;
        source.query_row("PRAGMA integrity_check(1)", [], |row| Ok(row.get::<_, String>(0)? == "ok"))
    };
    if !sound(&source).unwrap_or(false) {
        return Err(BackupError::NotSound(from.to_owned()));
    }
    private::dir(data)?;
    let apart = data.join("restoring.db");
    remove(&apart)?;
    private::new_file(&apart)?;
    source.execute("VACUUM INTO ?1", [apart.to_string_lossy()])?;
    let mut marked = Connection::open(&apart)?;
    migrate::migrate(&mut marked)?;
    marked.execute(
        "INSERT INTO restored (one, epoch) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET epoch = ?1",
        [sql::id(&epoch)],
    )?;
    private::file(&target)?;
    let mut conn = open::writer(&target)?;
    {
        let copy = Backup::new(&marked, &mut conn)?;
        let mut tries = 0;
        loop {
            match copy.step(-1)? {
                StepResult::Done => break,
                // Another process writes just now; `wait` gives up after a while.
                _ if open::wait(tries) => tries += 1,
                _ => return Err(BackupError::Storage(StorageError::Busy)),
            }
        }
    }
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    drop(marked);
    remove(&apart)?;
    Ok(())
}

/// Removes a file; fine where there is none.
fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
