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
/// Also while somebody asks about it: what was coached is for them to read.
const UNREAD: &str =
    "record.subject = ?1 AND record.author <> ?1 AND record.state IN ('submitted', 'returned')
    AND record.class IN ('check', 'shadow', 'audit')
    AND NOT EXISTS (SELECT 1 FROM acknowledged WHERE acknowledged.record = record.id AND person = ?1)";

/// One row for each record, of people who still work here.
const LOOKS: &str = "SELECT look_again.record, min(look_again.day) AS day,
            ifnull(max(look_again.item <> '' AND (
                SELECT NOT EXISTS (SELECT 1 FROM json_each(standard.json, '$.items') AS asked
                                   WHERE asked.value ->> '$.id' = look_again.item)
                FROM standard WHERE standard.standard = record.standard AND standard.newest)), 0) AS gone
     FROM look_again
     JOIN record ON record.id = look_again.record
     JOIN person ON person.person = record.subject
     WHERE look_again.owed AND record.state <> 'withdrawn' AND person.active
       AND (record.author = ?1
            OR (?2 AND record.site IN (SELECT site FROM person_site WHERE person = ?1)))
     GROUP BY look_again.record
     ORDER BY day, look_again.record";

/// A day on which to look again at what a record found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAgain {
    pub record: Uuid,
    /// The soonest of its items' days.
    pub on: NaiveDate,
    /// The newest version of the standard asks one of the items no more.
    pub gone: bool,
}

pub(super) fn sites(sites: &Sites) -> Result<Option<String>, serde_json::Error> {
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

    /// All days on which coaching said to look again, one of each record, where nobody has looked at that
    /// since; soonest first. Of those that `author` wrote and, where they lead them, of the sites where they
    /// work. They are counted as they are read: finding them is what takes its time, and is done once.
    ///
    /// # Errors
    /// As any read.
    pub fn look_agains(&self, author: Uuid, leads: bool) -> Result<Vec<LookAgain>, StoreError> {
        let mut statement = self.db.prepare_cached(LOOKS)?;
        let rows = statement.query_map((author, leads), |row| {
            let day: String = row.get(1)?;
            // It is written as a date, and compared as one.
            Ok(LookAgain { record: row.get(0)?, on: day.parse().unwrap_or_default(), gone: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
#[path = "owed_records_tests.rs"]
mod tests;
