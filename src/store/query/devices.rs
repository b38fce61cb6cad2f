//! Devices that were paired, codes that may still pair one, and which of them a person has not looked
//! at yet.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Row, ToSql};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::{Store, StoreError};

/// A device of somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRow {
    pub device: Uuid,
    pub person: Uuid,
    pub person_name: String,
    pub name: String,
    pub platform: String,
    /// Who made the code; none where a command of the server did.
    pub by: Option<Uuid>,
    pub by_name: String,
    /// The event that told of its pairing; none for one from before such events.
    pub event: Option<Uuid>,
    pub paired_at: Option<DateTime<FixedOffset>>,
    pub revoked_at: Option<DateTime<FixedOffset>>,
    /// Its person has looked at it on this device.
    pub read: bool,
}

/// A code that could still pair a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    pub pairing: Uuid,
    pub person: Uuid,
    pub person_name: String,
    pub by: Option<Uuid>,
    pub by_name: String,
    pub until: DateTime<FixedOffset>,
}

const DEVICES: &str = "
    SELECT device.device, device.person, coalesce(whose.shown, ''), device.name, device.platform,
           device.made_by, coalesce(maker.shown, ''), device.event, device.paired, device.revoked,
           EXISTS (SELECT 1 FROM read_told WHERE read_told.event = device.event)
    FROM device
    LEFT JOIN person AS whose ON whose.person = device.person
    LEFT JOIN person AS maker ON maker.person = device.made_by";

impl Store {
    /// Devices of one person or of all, those in use first, then the newest.
    ///
    /// # Errors
    /// As any read.
    pub fn devices(&self, person: Option<Uuid>) -> Result<Vec<DeviceRow>, StoreError> {
        const ORDER: &str = "ORDER BY device.revoked IS NOT NULL, device.paired DESC, device.device";
        match person {
            Some(person) => self.device_rows(&format!("WHERE device.person = ?1 {ORDER}"), &[&person]),
            None => self.device_rows(ORDER, &[]),
        }
    }

    /// Devices in use in a person's name, besides the one `here`, that they have not looked at.
    ///
    /// # Errors
    /// As any read.
    pub fn devices_to_look_at(&self, person: Uuid, here: Option<Uuid>) -> Result<Vec<DeviceRow>, StoreError> {
        self.device_rows(
            "WHERE device.person = ?1 AND device.device IS NOT ?2
               AND device.revoked IS NULL AND device.event IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM read_told WHERE read_told.event = device.event)
             ORDER BY device.paired DESC, device.device",
            &[&person, &here],
        )
    }

    fn device_rows(&self, which: &str, values: &[&dyn ToSql]) -> Result<Vec<DeviceRow>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!("{DEVICES} {which}"))?;
        let rows = statement.query_map(values, |row| {
            Ok(DeviceRow {
                device: row.get(0)?,
                person: row.get(1)?,
                person_name: row.get(2)?,
                name: row.get(3)?,
                platform: row.get(4)?,
                by: row.get(5)?,
                by_name: row.get(6)?,
                event: row.get(7)?,
                paired_at: moment(row, 8)?,
                revoked_at: moment(row, 9)?,
                read: row.get(10)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Codes for one person or for all that were neither used, cancelled nor followed by another, and
    /// are not over at `now`; the newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn open_codes(
        &self,
        person: Option<Uuid>,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<CodeRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT code.pairing, code.person, coalesce(whose.shown, ''), code.made_by, coalesce(maker.shown, ''),
                    code.until
             FROM invitation AS code
             LEFT JOIN person AS whose ON whose.person = code.person
             LEFT JOIN person AS maker ON maker.person = code.made_by
             WHERE code.until > ?1 AND code.cancelled = 0 AND (?2 IS NULL OR code.person = ?2)
               AND NOT EXISTS (SELECT 1 FROM device WHERE device.pairing = code.pairing)
               AND NOT EXISTS (SELECT 1 FROM invitation AS later
                               WHERE later.person = code.person
                                 AND (later.made, later.pairing) > (code.made, code.pairing))
             ORDER BY code.made DESC, code.pairing",
        )?;
        let rows = statement.query_map((now.timestamp_millis(), person), |row| {
            Ok(CodeRow {
                pairing: row.get(0)?,
                person: row.get(1)?,
                person_name: row.get(2)?,
                by: row.get(3)?,
                by_name: row.get(4)?,
                until: moment(row, 5)?.unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The server's own clock is in UTC; the screen shows it where the reader is.
fn moment(row: &Row, index: usize) -> rusqlite::Result<Option<DateTime<FixedOffset>>> {
    let millis: Option<i64> = row.get(index)?;
    Ok(millis.and_then(DateTime::from_timestamp_millis).map(|at| at.fixed_offset()))
}
