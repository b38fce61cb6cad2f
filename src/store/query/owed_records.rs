//! What somebody owes of records and tasks: each question with all its conditions, its order and its
//! limit together, and how many there are.

use chrono::NaiveDate;
use uuid::Uuid;

use super::records::NEWEST;
use super::{Page, RecordRow, Sites, ids};
use crate::store::{Store, StoreError};

/// What somebody owes is read by the index that holds nothing else. Left to itself SQLite reads all that
/// this person ever wrote, or all records in the order of their days: a supervisor of years has tens of
/// thousands of them, and one that came back.
const RETURNED: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_returned WHERE author = ?1 AND state = 'returned')";
const REWORK: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_rework WHERE subject = ?1 AND state = 'rework')";
/// Notes of others that wait for their review.
const TO_REVIEW: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_review WHERE state = 'awaiting_review' AND subject <> ?1
       AND (?2 IS NULL OR site IN (SELECT unhex(value) FROM json_each(?2))))";
/// Versions that nobody has settled yet.
const IN_DISPUTE: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_conflict WHERE state = 'conflict'
       AND (author = ?1 OR ?2 IS NULL OR site IN (SELECT unhex(value) FROM json_each(?2))))";
const HANDOFFS: &str = "record.class = 'handoff' AND record.happened >= ?2 AND record.state = 'submitted'
    AND record.author <> ?1
    AND EXISTS (SELECT 1 FROM person_site WHERE person_site.person = ?1 AND person_site.site = record.site)";
const UNREAD: &str = "record.subject = ?1 AND record.author <> ?1 AND record.state = 'submitted'
    AND record.class IN ('check', 'shadow', 'audit')";

/// Only the newest record of a person by a standard can still ask for a look: one index lookup for each
/// pair, however many records there are.
const LOOKS: &str = "SELECT look_again.record, look_again.item, look_again.day
     FROM (SELECT (SELECT id FROM record
                   WHERE record.subject = person.person AND record.standard = known.standard
                     AND record.state <> 'withdrawn'
                   ORDER BY record.happened DESC, record.id DESC LIMIT 1) AS id
           FROM person CROSS JOIN (SELECT DISTINCT standard FROM standard) AS known
           WHERE ?2 OR person.person IN (SELECT subject FROM record WHERE author = ?1)) AS newest
     JOIN look_again ON look_again.record = newest.id
     JOIN record ON record.id = newest.id
     WHERE look_again.day <= ?3
       AND (record.author = ?1
            OR (?2 AND record.site IN (SELECT site FROM person_site WHERE person = ?1)))
     ORDER BY look_again.day, look_again.record, look_again.item";

/// A day on which to look again, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAgain {
    pub record: Uuid,
    pub item: String,
    pub on: NaiveDate,
}

fn sites(sites: &Sites) -> Result<Option<String>, serde_json::Error> {
    sites.as_ref().map(|sites| ids(sites.iter().copied())).transpose()
}

impl Store {
    /// Records of this person's that came back with a question, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn returned(&self, author: Uuid, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(NEWEST, RETURNED, &[&author], limit)
    }

    /// Records in dispute that this person wrote, or that are at these sites; newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn in_dispute(&self, author: Uuid, led: &Sites, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(NEWEST, IN_DISPUTE, &[&author, &sites(led)?], limit)
    }

    /// Notes and scenarios of others at these sites that wait for their review, those that wait longest
    /// first.
    ///
    /// # Errors
    /// As any read.
    pub fn to_review(&self, person: Uuid, led: &Sites, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page("record.at, record.id", TO_REVIEW, &[&person, &sites(led)?], limit)
    }

    /// Notes of this person's that a review sent back, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn to_rework(&self, person: Uuid, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(NEWEST, REWORK, &[&person], limit)
    }

    /// Handoffs of others at this person's sites, written since a moment (milliseconds since 1970), that
    /// nobody has taken over; newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn handoffs_owed(&self, person: Uuid, since: i64, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(NEWEST, HANDOFFS, &[&person, &since], limit)
    }

    /// Observations of this person that they have not acknowledged, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn to_acknowledge(&self, person: Uuid, limit: u32) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(NEWEST, UNREAD, &[&person], limit)
    }

    /// All days until one (counted in) on which coaching said to look again, where nobody has looked at
    /// that person by that standard since; soonest first. Of those that `author` wrote and, where they
    /// lead them, of the sites where they work. They are counted as they are read: finding them is what
    /// takes its time, and is done once.
    ///
    /// # Errors
    /// As any read.
    pub fn look_agains(
        &self,
        author: Uuid,
        leads: bool,
        until: NaiveDate,
    ) -> Result<Vec<LookAgain>, StoreError> {
        let mut statement = self.db.prepare_cached(LOOKS)?;
        let rows = statement.query_map((author, leads, until.to_string()), |row| {
            let day: String = row.get(2)?;
            // It is written as a date, and compared as one.
            Ok(LookAgain { record: row.get(0)?, item: row.get(1)?, on: day.parse().unwrap_or_default() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
#[path = "owed_records_tests.rs"]
mod tests;
