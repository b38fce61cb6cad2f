//! The people who use this device: a small database in the clear, beside the encrypted ones.
//!
//! Invariant: it holds what the lock screen shows (names, how much of each waits and since when) and the
//! wrapped keys, and nothing of a record.

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use uuid::Uuid;

use super::open::{migrate, set_durable};
use super::{LeftOver, StoreError, WrappedKey};

/// The table's forms, oldest first. Append; never edit one that was released. (Files from before
/// they were counted have the first, under number 0.)
const MIGRATIONS: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS profile (
        profile BLOB PRIMARY KEY, name TEXT NOT NULL, org TEXT NOT NULL, server TEXT NOT NULL,
        key TEXT NOT NULL, wrong_pins INTEGER NOT NULL DEFAULT 0, wait_until TEXT
    ) STRICT",
    "ALTER TABLE profile ADD COLUMN person BLOB",
    // What was handed over when the device was removed; how much is not sent, and since when. Null where
    // that is not known: the profile was not opened since this is kept.
    "ALTER TABLE profile ADD COLUMN left_over TEXT;
     ALTER TABLE profile ADD COLUMN waiting INTEGER;
     ALTER TABLE profile ADD COLUMN waiting_since TEXT",
];

pub struct Profiles {
    db: Connection,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    pub profile: Uuid,
    /// Who it belongs to on its server; `None` in a row that was written before this was kept, until
    /// it is next unlocked.
    pub person: Option<Uuid>,
    pub name: String,
    pub org: String,
    pub server: String,
    /// `None` once the device was removed from the organisation: nothing can open its records.
    pub key: Option<WrappedKey>,
    /// Wrong PINs since the last right one; kept over restarts.
    pub wrong_pins: u32,
    /// No further try before this moment.
    pub wait_until: Option<DateTime<FixedOffset>>,
    /// What became of what was not finished when the device was removed; `None` where an older version wiped
    /// it unsent.
    pub left: Option<LeftOver>,
    /// How many own events the server is not known to hold; `None` where that is not known.
    pub waiting: Option<u64>,
    /// When the first of those was written.
    pub waiting_since: Option<DateTime<FixedOffset>>,
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
        let mut profiles = Profiles { db };
        migrate(&mut profiles.db, MIGRATIONS)?;
        Ok(profiles)
    }

    /// # Errors
    /// As any read.
    pub fn all(&self) -> Result<Vec<ProfileRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT profile, name, org, server, key, wrong_pins, wait_until, person, left_over, waiting,
                    waiting_since
             FROM profile ORDER BY name, profile",
        )?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get("key")?;
            let left: Option<String> = row.get("left_over")?;
            let time = |name: &str| -> rusqlite::Result<Option<DateTime<FixedOffset>>> {
                let at: Option<String> = row.get(name)?;
                Ok(at.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()))
            };
            all.push(ProfileRow {
                profile: row.get("profile")?,
                person: row.get("person")?,
                name: row.get("name")?,
                org: row.get("org")?,
                server: row.get("server")?,
                key: if key.is_empty() { None } else { Some(serde_json::from_str(&key)?) },
                wrong_pins: row.get("wrong_pins")?,
                wait_until: time("wait_until")?,
                left: left.and_then(|left| serde_json::from_str(&left).ok()),
                waiting: row.get("waiting")?,
                waiting_since: time("waiting_since")?,
            });
        }
        Ok(all)
    }

    /// # Errors
    /// As any write.
    pub fn put(&mut self, row: &ProfileRow) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO profile (profile, name, org, server, key, wrong_pins, wait_until, person,
                                                 left_over, waiting, waiting_since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute((
                row.profile,
                &row.name,
                &row.org,
                &row.server,
                row.key.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default(),
                row.wrong_pins,
                row.wait_until.map(|at| at.to_rfc3339()),
                row.person,
                row.left.as_ref().map(serde_json::to_string).transpose()?,
                row.waiting,
                row.waiting_since.map(|at| at.to_rfc3339()),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// As the first released form left it: no number, no person.
    fn older() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE IF NOT EXISTS profile (
                profile BLOB PRIMARY KEY, name TEXT NOT NULL, org TEXT NOT NULL, server TEXT NOT NULL,
                key TEXT NOT NULL, wrong_pins INTEGER NOT NULL DEFAULT 0, wait_until TEXT
            ) STRICT",
        )
        .unwrap();
        db.execute(
            "INSERT INTO profile VALUES (?1, 'Alice', 'Harbor', 'http://s', '', 3, NULL)",
            [Uuid::from_u128(7)],
        )
        .unwrap();
        db
    }

    #[test]
    fn an_older_device_file_keeps_its_profiles_and_their_wrong_pins_and_learns_who_they_are() {
        let mut profiles = Profiles::open(older(), true).unwrap();
        let mut row = profiles.all().unwrap().pop().unwrap();
        assert_eq!((row.name.as_str(), row.wrong_pins, row.person), ("Alice", 3, None));
        assert_eq!((row.left, row.waiting), (None, None), "not known is not none");
        row.person = Some(Uuid::from_u128(0xa11ce));
        // As it was first written.
        row.left = serde_json::from_str(r#"{"observations":2,"forms":0,"standards":0}"#).unwrap();
        assert_eq!(row.left.map(|left| left.handed_over.observations), Some(2));
        (row.waiting, row.waiting_since) =
            (Some(1), Some(DateTime::parse_from_rfc3339("2026-11-27T16:30:00-05:00").unwrap()));
        profiles.put(&row).unwrap();
        let profiles = Profiles::open(profiles.db, true).unwrap();
        assert_eq!(profiles.all().unwrap(), [row]);
    }

    #[test]
    fn a_newer_device_file_is_left_alone() {
        let db = older();
        db.execute_batch("PRAGMA user_version = 99").unwrap();
        assert!(matches!(Profiles::open(db, true), Err(StoreError::Newer(99))));
    }
}
