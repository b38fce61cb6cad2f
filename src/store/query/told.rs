//! What was decided about a person's amendments without them, and whether they have read it.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::owed_records::sites;
use super::{Page, Sites};
use crate::store::{Store, StoreError};

const UNREAD: &str = "told WHERE at >= ?2
    AND (person = ?1
         OR (site IS NOT NULL AND (?3 IS NULL OR site IN (SELECT unhex(value) FROM json_each(?3)))
             AND NOT EXISTS (
                 SELECT 1 FROM person
                 WHERE person.person = told.person AND person.active
                   AND (person.role = 'quality'
                        OR (person.role = 'supervisor'
                            AND EXISTS (SELECT 1 FROM person_site
                                        WHERE person_site.person = told.person
                                          AND person_site.site = told.site))))))
    AND NOT EXISTS (SELECT 1 FROM read_told WHERE read_told.event = told.event)";

impl Store {
    /// The records and events that a person has to be told of and has not read here, decided since
    /// `since`; newest first. So are replies to the observations of those who no longer lead at one of the
    /// sites that this person leads (`led`).
    ///
    /// # Errors
    /// As any read.
    pub fn told(
        &self,
        person: Uuid,
        since: DateTime<FixedOffset>,
        led: &Sites,
        limit: u32,
    ) -> Result<Page<(Uuid, Uuid)>, StoreError> {
        let since = since.timestamp_millis();
        let led = sites(led)?;
        let mut counted = self.db.prepare_cached(&format!("SELECT count(*) FROM {UNREAD}"))?;
        let total = counted.query_row((person, since, &led), |row| row.get(0))?;
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT record, event FROM {UNREAD} ORDER BY at DESC, event DESC LIMIT ?4"
        ))?;
        let rows = statement.query_map((person, since, &led, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Page { rows: rows.collect::<Result<_, _>>()?, total })
    }

    /// Whether what an event decided was read here.
    ///
    /// # Errors
    /// As any read.
    pub fn has_read(&self, event: Uuid) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM read_told WHERE event = ?1")?.exists([event])?)
    }

    /// Remembers on this device that it was read.
    ///
    /// # Errors
    /// As any write.
    pub fn read_told(&mut self, event: Uuid) -> Result<(), StoreError> {
        self.db.execute("INSERT OR IGNORE INTO read_told (event) VALUES (?1)", [event])?;
        Ok(())
    }
}
