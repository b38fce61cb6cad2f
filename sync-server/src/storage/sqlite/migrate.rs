//! The database's form, counted in `user_version`, brought up to date one step at a time.

use rusqlite::{Connection, TransactionBehavior};

use crate::storage::StorageError;

/// Step i leads from form i to form i + 1. A step that was released is never changed.
const STEPS: &[&str] = &[include_str!("schema.sql"), include_str!("schema_002.sql")];

fn form(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings the database to the newest form. Several processes may try at once: one does it.
pub fn migrate(conn: &mut Connection) -> Result<(), StorageError> {
    let known = STEPS.len() as i64;
    if form(conn)? == known {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = form(&tx)?;
    let Some(steps) = usize::try_from(found).ok().and_then(|found| STEPS.get(found..)) else {
        return Err(StorageError::TooNew { found, known });
    };
    for step in steps {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", known)?;
    tx.commit()?;
    Ok(())
}
