//! Opening a profile's database: key, durability, migrations of the log, rebuild of the derived.
//!
//! Invariant: a file that cannot be opened is left exactly as it is.

use std::cell::RefCell;

use rusqlite::{Connection, OptionalExtension};

use super::{Key, Store, StoreError};

/// The log's forms, oldest first. Append; never edit one that was released.
const LOG_MIGRATIONS: &[&str] = &[
    include_str!("sql/log_001.sql"),
    include_str!("sql/log_002.sql"),
    include_str!("sql/log_003.sql"),
    include_str!("sql/log_004.sql"),
];

/// Raised whenever `derived.sql` or a fold changes: the next opening replays the log.
const PROJECTION: i64 = 28;

pub(super) const DERIVED_TABLES: &[&str] = &[
    "org",
    "setting",
    "person",
    "person_site",
    "site",
    "standard",
    "record",
    "ahead",
    "acknowledged",
    "look_again",
    "told",
    "task",
    "follow_up",
    "report",
    "evidence",
    "pack",
    "device",
    "invitation",
    "tenure",
    "tally",
    "tally_item",
    "newer",
    "refused",
];

impl Store {
    /// Opens or creates the database behind `db`, which nothing has been run on yet.
    /// `wal` chooses WAL (native) or a rollback journal (web); both wait for the disk.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for a wrong key or a damaged file, [`StoreError::Newer`] for one
    /// that a newer version has written, [`StoreError::Full`].
    pub fn open(db: Connection, key: &Key, wal: bool) -> Result<Store, StoreError> {
        // SQLCipher would write its own words about a wrong key to the terminal.
        db.execute_batch("PRAGMA cipher_log_level = NONE")?;
        db.execute_batch(&key.pragma())?;
        // The first read is where a wrong key or a damaged first page shows.
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        set_durable(&db, wal)?;
        db.set_prepared_statement_cache_capacity(64);
        let mut store = Store { db, known: RefCell::default(), sending: None };
        migrate(&mut store.db, LOG_MIGRATIONS)?;
        if store.meta("projection")?.and_then(|text| text.parse().ok()) != Some(PROJECTION) {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Drops the derived tables and replays the whole log into new ones.
    ///
    /// # Errors
    /// As any write; the old tables stand until the new ones are complete.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        for table in DERIVED_TABLES {
            tx.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        tx.execute_batch(include_str!("sql/derived.sql"))?;
        super::derive::everything(&tx)?;
        set_meta(&tx, "projection", &PROJECTION.to_string())?;
        tx.commit()?;
        Ok(())
    }

    /// A small fact about this profile (person, token, server …).
    ///
    /// # Errors
    /// As any read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// # Errors
    /// As any write.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        set_meta(&self.db, key, value)
    }

    /// Bytes of the database file.
    ///
    /// # Errors
    /// As any read.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        let pages: u64 = self.db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        // SQLCipher answers this one with text.
        let size: String = self.db.query_row("PRAGMA cipher_page_size", [], |row| row.get(0))?;
        Ok(pages * size.parse::<u64>().unwrap_or(0))
    }
}

/// Brings a database to the newest of its forms, as one transaction.
pub(super) fn migrate(db: &mut Connection, forms: &[&str]) -> Result<(), StoreError> {
    let form: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let known = i64::try_from(forms.len()).unwrap_or(i64::MAX);
    if form > known {
        return Err(StoreError::Newer(form));
    }
    if form == known {
        // Nothing is written, so that records can be read on a device that has no room left.
        return Ok(());
    }
    let tx = db.transaction()?;
    for sql in forms.iter().skip(usize::try_from(form).unwrap_or(0)) {
        tx.execute_batch(sql)?;
    }
    tx.execute_batch(&format!("PRAGMA user_version = {known}"))?;
    tx.commit()?;
    Ok(())
}

pub(super) fn set_meta(db: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
    )?
    .execute([key, value])?;
    Ok(())
}

/// `synchronous=FULL` is what "Saved" on a screen stands on.
pub(super) fn set_durable(db: &Connection, wal: bool) -> Result<(), StoreError> {
    let journal = if wal { "WAL" } else { "TRUNCATE" };
    db.execute_batch(&format!(
        "PRAGMA journal_mode = {journal}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"
    ))?;
    Ok(())
}
