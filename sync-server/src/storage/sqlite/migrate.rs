//! The database's form, counted in `user_version`, brought up to date one step at a time.

use rusqlite::{Connection, TransactionBehavior};

use crate::storage::StorageError;

/// Step i leads from form i to form i + 1. A step that was released is never changed.
const STEPS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema_002.sql"),
    include_str!("schema_003.sql"),
    include_str!("schema_004.sql"),
];

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

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{STEPS, form, migrate};

    #[test]
    fn a_code_that_an_older_version_made_is_kept_and_can_be_listed() {
        let mut db = Connection::open_in_memory().unwrap();
        for step in &STEPS[..2] {
            db.execute_batch(step).unwrap();
        }
        db.pragma_update(None, "user_version", 2).unwrap();
        db.execute_batch(
            "INSERT INTO org (pk, id, created_at) VALUES (1, zeroblob(16), 0);
             INSERT INTO pairing (org, person, code, expires_at)
             VALUES (1, zeroblob(16), zeroblob(32), 900000), (1, zeroblob(16), randomblob(32), 900000);",
        )
        .unwrap();
        migrate(&mut db).unwrap();
        assert_eq!(form(&db).unwrap(), STEPS.len() as i64);
        let (codes, ids, makers): (i64, i64, i64) = db
            .query_row(
                "SELECT count(*), count(DISTINCT event), count(maker) FROM pairing WHERE length(event) = 16",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .unwrap();
        assert_eq!((codes, ids, makers), (2, 2, 0));
    }
}
