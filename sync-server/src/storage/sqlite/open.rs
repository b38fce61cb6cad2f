//! How connections are opened: every setting, once.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::storage::StorageError;

/// The database's file inside the data directory.
pub const FILE: &str = "fieldproof.db";

/// How long a writer waits for another process: some ten seconds. A busy server gives the lock away for moments
/// only, so a waiting command asks often instead of ever more rarely, as SQLite's own waiting does.
pub fn wait(asked: i32) -> bool {
    // A receiver that nobody sends to: a pause on a plain thread.
    let (_held, never) = mpsc::channel::<()>();
    let _ = never.recv_timeout(Duration::from_micros(500));
    asked < 20_000
}

/// A connection that writes. `synchronous=FULL` makes a commit in WAL mode durable when it returns.
pub fn writer(path: &Path) -> Result<Connection, StorageError> {
    let mut conn = Connection::open(path)?;
    conn.busy_handler(Some(wait))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // The references in the schema are for its reader. `verify` walks them; paying for each of
    // them on every line would cost a third of the intake.
    conn.pragma_update(None, "foreign_keys", "OFF")?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    conn.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    conn.pragma_update(None, "journal_size_limit", 67_108_864)?;
    conn.pragma_update(None, "trusted_schema", "OFF")?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

/// A connection that only reads. It sees every commit that was made before its transaction began.
pub fn reader(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_handler(Some(wait))?;
    conn.pragma_update(None, "query_only", "ON")?;
    conn.pragma_update(None, "cache_size", -8_192)?;
    conn.set_prepared_statement_cache_capacity(32);
    Ok(conn)
}
