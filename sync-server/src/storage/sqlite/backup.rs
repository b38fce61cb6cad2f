//! Copies of the whole database, in both directions, safe beside a running server.

use std::collections::HashSet;
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
/// moment, so that no device takes its numbers for those it knew, and what was ended in the database
/// that it replaces stays ended.
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
    // Where what is there cannot be read any more, there is nothing to keep.
    if let Ok(ended) = ended(&target) {
        keep_ended(&marked, &ended)?;
    }
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

/// What was ended in a database that is to be replaced.
struct Ended {
    /// Devices, and when they were revoked.
    revoked: Vec<(Vec<u8>, i64)>,
    /// Hashes of the pairing codes that are still open.
    open: HashSet<Vec<u8>>,
}

fn ended(database: &Path) -> rusqlite::Result<Ended> {
    let mut conn = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.busy_handler(Some(open::wait))?;
    let mut revoked = conn.prepare("SELECT id, revoked_at FROM device WHERE revoked_at IS NOT NULL")?;
    let mut open = conn.prepare("SELECT code FROM pairing")?;
    Ok(Ended {
        revoked: revoked.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?,
        open: open.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?,
    })
}

/// The way back brings no trust back: a tablet that was lost since stays revoked, and a code that
/// was used since stays used.
fn keep_ended(copy: &Connection, ended: &Ended) -> rusqlite::Result<()> {
    for (device, at) in &ended.revoked {
        copy.execute("UPDATE device SET revoked_at = coalesce(revoked_at, ?2) WHERE id = ?1", (device, at))?;
    }
    let mut codes = copy.prepare("SELECT code FROM pairing")?;
    let codes: Vec<Vec<u8>> = codes.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for code in codes.iter().filter(|code| !ended.open.contains(*code)) {
        copy.execute("DELETE FROM pairing WHERE code = ?1", [code])?;
    }
    Ok(())
}

/// Removes a file; fine where there is none.
fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
