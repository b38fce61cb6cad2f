//! What a device may store and a person may write in a day, and the time that days are counted by.
//!
//! Invariant: a budget that was spent is spent after a restart, too; it is written in the transaction
//! that spends it.

use fieldproof::practice::rights::Role;
use fieldproof::sync::wire::Code;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::sql;
use crate::ingest::{Facts, Reason};
use crate::registry::Registry;
use crate::storage::{Push, StorageError};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The time that the server believed last; in a database of an earlier form, the newest that it holds.
pub fn newest_ms(conn: &Connection) -> Result<Option<i64>, StorageError> {
    Ok(conn.query_row(
        "SELECT coalesce(
             (SELECT at_ms FROM clock),
             (SELECT max(at) FROM (
                 SELECT max(last_sync) AS at FROM device
                 UNION ALL SELECT max(enrolled_at) FROM device
                 UNION ALL SELECT received_at FROM event WHERE pk = (SELECT max(pk) FROM event))))",
        [],
        |row| row.get(0),
    )?)
}

/// Keeps the believed time for the next start.
pub fn keep_time(conn: &Connection, judged_ms: i64) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO clock (one, at_ms) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET at_ms = ?1",
    )?
    .execute([judged_ms])?;
    Ok(())
}

/// Whether a device may store so many bytes more today; if not, the seconds until tomorrow. What it
/// stores first in a day always fits: a budget smaller than a batch must not stop it for ever.
pub fn has_room(
    conn: &Connection,
    device: i64,
    bytes: u64,
    push: &Push,
) -> Result<Result<(), u64>, StorageError> {
    let day = push.judged_ms.div_euclid(DAY_MS);
    let stored: Option<i64> = conn
        .prepare_cached("SELECT bytes FROM device_day WHERE device = ?1 AND day = ?2")?
        .query_row((device, day), |row| row.get(0))
        .optional()?;
    let stored = stored.map_or(Ok(0), sql::uint)?;
    if bytes == 0 || stored == 0 || stored.saturating_add(bytes) <= push.device_bytes_per_day {
        return Ok(Ok(()));
    }
    let left_ms = DAY_MS - push.judged_ms.rem_euclid(DAY_MS);
    Ok(Err(u64::try_from(left_ms).unwrap_or(0).div_ceil(1000).max(1)))
}

/// Counts what was stored.
pub fn spend(conn: &Connection, device: i64, bytes: u64, judged_ms: i64) -> Result<(), StorageError> {
    if bytes > 0 {
        conn.prepare_cached(
            "INSERT INTO device_day (device, day, bytes) VALUES (?1, ?2, ?3)
             ON CONFLICT (device) DO UPDATE
             SET bytes = excluded.bytes + iif(day = excluded.day, bytes, 0), day = excluded.day",
        )?
        .execute((device, judged_ms.div_euclid(DAY_MS), sql::int(bytes)))?;
    }
    Ok(())
}

/// Lines of classes that nobody knows, of one person in one push. The database is asked only where
/// there are any.
pub struct UnknownLines<'p> {
    push: &'p Push,
    org: i64,
    person: Uuid,
    written: Option<u64>,
    new: u64,
}

impl<'p> UnknownLines<'p> {
    pub fn new(push: &'p Push, org: i64, person: Uuid) -> UnknownLines<'p> {
        UnknownLines { push, org, person, written: None, new: 0 }
    }

    /// Counts a line that may be applied; why it may not after all, where there were too many today.
    pub fn count(
        &mut self,
        conn: &Connection,
        facts: &Facts,
        registry: &Registry,
    ) -> Result<Option<Reason>, StorageError> {
        let is_staff = || registry.person(self.person).is_some_and(|person| person.role == Role::Staff);
        if facts.rule.class.is_some() || !is_staff() {
            return Ok(None);
        }
        let written = match self.written {
            Some(written) => written,
            None => self.load(conn)?,
        };
        self.written = Some(written);
        if written.saturating_add(self.new) >= self.push.unknown_lines_per_day {
            let message = "too many lines of kinds that this server does not know in one day".to_owned();
            return Ok(Some(Reason { code: Code::NotPermitted, field: None, message }));
        }
        self.new += 1;
        Ok(None)
    }

    fn day(&self) -> i64 {
        self.push.judged_ms.div_euclid(DAY_MS)
    }

    fn load(&self, conn: &Connection) -> Result<u64, StorageError> {
        let found: Option<i64> = conn
            .prepare_cached("SELECT unknown FROM person_day WHERE org = ?1 AND person = ?2 AND day = ?3")?
            .query_row((self.org, sql::id(&self.person), self.day()), |row| row.get(0))
            .optional()?;
        found.map_or(Ok(0), sql::uint)
    }

    /// Writes the count back.
    pub fn finish(self, conn: &Connection) -> Result<(), StorageError> {
        if self.new > 0 {
            conn.prepare_cached(
                "INSERT INTO person_day (org, person, day, unknown) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (org, person) DO UPDATE
                 SET unknown = excluded.unknown + iif(day = excluded.day, unknown, 0), day = excluded.day",
            )?
            .execute((self.org, sql::id(&self.person), self.day(), sql::int(self.new)))?;
        }
        Ok(())
    }
}
