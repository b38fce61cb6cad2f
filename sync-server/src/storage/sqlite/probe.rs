//! Whether a write would be taken: by writing.

use std::io::Write;
use std::path::Path;

use rusqlite::Connection;

use crate::private;
use crate::storage::StorageError;

const FILE: &str = "ready.probe";
/// The database's log may have room of its own on a full disk, for a while. This much has to be free
/// beside it.
const ROOM: usize = 256 * 1024;

/// Writes a file beside the database and removes it.
///
/// # Errors
/// No room, or no right to write.
pub fn room(directory: &Path) -> Result<(), StorageError> {
    let path = directory.join(FILE);
    // One that a killed server left.
    remove(&path)?;
    let written = private::new_file(&path).and_then(|mut file| {
        file.write_all(&vec![1; ROOM])?;
        file.sync_all()
    });
    let removed = remove(&path);
    written?;
    Ok(removed?)
}

/// Writes to the database what it says already. The commit is durable before it is answered.
///
/// # Errors
/// The database takes no write.
pub fn write(conn: &Connection) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO probe (one, n) VALUES (1, 0) ON CONFLICT (one) DO UPDATE SET n = (n + 1) & 1023",
    )?
    .execute([])?;
    Ok(())
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
