//! The people who use this device: a small database in the clear, beside the encrypted ones.
//!
//! Invariant: it holds what the lock screen shows and the wrapped keys, and nothing of a record.

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use uuid::Uuid;

use super::open::set_durable;
use super::{StoreError, WrappedKey};

pub struct Profiles {
    db: Connection,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    pub profile: Uuid,
    pub name: String,
    pub org: String,
    pub server: String,
    /// `None` once the device was removed from the organisation: nothing can open its records.
    pub key: Option<WrappedKey>,
    /// Wrong PINs since the last right one; kept over restarts.
    pub wrong_pins: u32,
    /// No further try before this moment.
    pub wait_until: Option<DateTime<FixedOffset>>,
}

impl Profiles {
    /// The file's name in the data folder.
    pub const FILE: &str = "device.db";

    /// The name of a profile's own, encrypted database.
    #[must_use]
    pub fn file_of(profile: Uuid) -> String {
        format!("profile-{}.db", profile.simple())
    }

    /// # Errors
    /// As [`super::Store::open`].
    pub fn open(db: Connection, wal: bool) -> Result<Profiles, StoreError> {
        set_durable(&db, wal)?;
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS profile (
                profile BLOB PRIMARY KEY, name TEXT NOT NULL, org TEXT NOT NULL, server TEXT NOT NULL,
                key TEXT NOT NULL, wrong_pins INTEGER NOT NULL DEFAULT 0, wait_until TEXT
            ) STRICT",
        )?;
        Ok(Profiles { db })
    }

    /// # Errors
    /// As any read.
    pub fn all(&self) -> Result<Vec<ProfileRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT profile, name, org, server, key, wrong_pins, wait_until FROM profile ORDER BY name, profile",
        )?;
        let rows = statement.query_map([], |row| {
            let key: String = row.get(4)?;
            let wait: Option<String> = row.get(6)?;
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, key, row.get(5)?, wait))
        })?;
        rows.map(|row| {
            let (profile, name, org, server, key, wrong_pins, wait) = row?;
            Ok(ProfileRow {
                profile,
                name,
                org,
                server,
                key: if key.is_empty() { None } else { Some(serde_json::from_str(&key)?) },
                wrong_pins,
                wait_until: wait.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()),
            })
        })
        .collect()
    }

    /// # Errors
    /// As any write.
    pub fn put(&mut self, row: &ProfileRow) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO profile (profile, name, org, server, key, wrong_pins, wait_until)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute((
                row.profile,
                &row.name,
                &row.org,
                &row.server,
                row.key.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default(),
                row.wrong_pins,
                row.wait_until.map(|at| at.to_rfc3339()),
            ))?;
        Ok(())
    }

    /// # Errors
    /// As any write.
    pub fn remove(&mut self, profile: Uuid) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM profile WHERE profile = ?1", [profile])?;
        Ok(())
    }
}
