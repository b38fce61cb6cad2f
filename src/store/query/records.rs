//! Lists of records, and one record whole.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rusqlite::{OptionalExtension, Row, ToSql};
use uuid::Uuid;

use super::{Conditions, RecordFilter, RecordRow, json, time, word};
use crate::practice::record::{self, Record, State};
use crate::practice::standard::{Class, StandardRef};
use crate::record::Line;
use crate::store::{Store, StoreError};

/// How many rows a list gets unless it asks for fewer.
const LIST: u32 = 100;

const ROW: &str = "
SELECT record.id, record.class, record.standard, record.version, standard.title,
       record.site, site.name, record.subject, subject.name, record.author, author.name,
       record.at, record.at_east, record.happened, record.happened_east, record.state, record.verdict,
       -- Asked of each record only where anything waits at all: an event's own page is read for it.
       CASE WHEN EXISTS (SELECT 1 FROM replica WHERE own = 1
                           AND held < (SELECT max(seq) FROM event WHERE event.replica = replica.key))
            THEN EXISTS (SELECT 1 FROM event JOIN replica ON replica.key = event.replica
                         WHERE event.about = record.id AND replica.own = 1 AND event.seq > replica.held)
            ELSE 0 END
FROM record
LEFT JOIN standard ON standard.standard = record.standard AND standard.version = record.version
LEFT JOIN site ON site.site = record.site
LEFT JOIN person AS subject ON subject.person = record.subject
LEFT JOIN person AS author ON author.person = record.author ";

/// What somebody owes, by the index that holds nothing else. Left to itself SQLite reads all that this
/// person ever wrote, or all records in the order of their days: a supervisor of years has tens of
/// thousands of them, and one that came back.
pub(crate) const RETURNED: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_returned WHERE author = ?1 AND state = 'returned')";
pub(crate) const REWORK: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_rework WHERE subject = ?1 AND state = 'rework')";
/// Notes of others that wait for their review.
pub(crate) const TO_REVIEW: &str = "record.rowid IN (
    SELECT rowid FROM record INDEXED BY record_review WHERE state = 'awaiting_review' AND subject <> ?1)";
/// Versions that nobody has settled yet.
pub(crate) const IN_DISPUTE: &str =
    "record.rowid IN (SELECT rowid FROM record INDEXED BY record_conflict WHERE state = 'conflict')";

fn read(row: &Row) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        id: row.get(0)?,
        class: word(row.get(1)?).unwrap_or(Class::Check),
        standard: StandardRef { standard: row.get(2)?, version: row.get(3)? },
        title: json(row, 4)?,
        site: row.get(5)?,
        site_name: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        subject: row.get(7)?,
        subject_name: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
        author: row.get(9)?,
        author_name: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
        at: time(row, 11)?,
        happened_at: time(row, 13)?,
        state: word(row.get(15)?).unwrap_or(State::Submitted),
        verdict: json(row, 16)?,
        waiting: row.get(17)?,
    })
}

impl Store {
    /// Records by filter, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn records(&self, filter: &RecordFilter) -> Result<Vec<RecordRow>, StoreError> {
        let class = filter.class.map(Class::as_str);
        let mut asked = Conditions::default();
        asked.given("record.class = ?", class.as_ref());
        asked.given("record.subject = ?", filter.subject.as_ref());
        asked.given("record.site = ?", filter.site.as_ref());
        asked.given("record.author = ?", filter.author.as_ref());
        let limit = if filter.limit == 0 { LIST } else { filter.limit };
        self.record_rows(&asked.sql(), &asked.values, limit)
    }

    /// Records by an SQL condition of this crate's own, newest first.
    pub(crate) fn record_rows(
        &self,
        condition: &str,
        values: &[&dyn ToSql],
        limit: u32,
    ) -> Result<Vec<RecordRow>, StoreError> {
        let sql =
            format!("{ROW} WHERE {condition} ORDER BY record.happened DESC, record.id DESC LIMIT {limit}");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(values, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// # Errors
    /// As any read.
    pub fn record_row(&self, id: Uuid) -> Result<Option<RecordRow>, StoreError> {
        Ok(self.record_rows("record.id = ?1", &[&id], 1)?.pop())
    }

    /// A record whole, folded from its lines.
    ///
    /// # Errors
    /// As any read.
    pub fn record(&self, id: Uuid) -> Result<Option<Record>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT line FROM event WHERE about = ?1 AND hidden = 0")?;
        let lines: Vec<String> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(record::fold(lines.iter().filter_map(|line| Line::read(line).ok())))
    }

    /// When somebody was last observed by a standard, whichever version.
    ///
    /// # Errors
    /// As any read.
    pub fn last_observed(
        &self,
        subject: Uuid,
        standard: Uuid,
    ) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
        Ok(self.observed(subject, standard, 0)?.pop())
    }

    /// When somebody was observed by a standard since the beginning of a day (UTC), oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn observed_since(
        &self,
        subject: Uuid,
        standard: Uuid,
        day: NaiveDate,
    ) -> Result<Vec<DateTime<FixedOffset>>, StoreError> {
        self.observed(subject, standard, day.and_time(NaiveTime::MIN).and_utc().timestamp_millis())
    }

    fn observed(
        &self,
        subject: Uuid,
        standard: Uuid,
        since: i64,
    ) -> Result<Vec<DateTime<FixedOffset>>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT happened FROM record
             WHERE subject = ?1 AND standard = ?2 AND happened >= ?3 AND state <> 'withdrawn'
             ORDER BY happened",
        )?;
        let rows = statement.query_map((subject, standard, since), |row| row.get::<_, i64>(0))?;
        rows.map(|at| Ok(DateTime::from_timestamp_millis(at?).unwrap_or_default().fixed_offset())).collect()
    }

    /// The newest reason, feedback or note on a record.
    ///
    /// # Errors
    /// As any read.
    pub fn record_word(&self, id: Uuid) -> Result<String, StoreError> {
        let word = self
            .db
            .prepare_cached("SELECT word FROM record WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(word.unwrap_or_default())
    }

    /// Whether something was coached in a record.
    ///
    /// # Errors
    /// As any read.
    pub fn was_coached(&self, id: Uuid) -> Result<bool, StoreError> {
        let coached = self
            .db
            .prepare_cached("SELECT coached FROM record WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        Ok(coached.unwrap_or(false))
    }

    /// Days on which coaching said to look again, where nobody has looked at that person by that
    /// standard since: record, item, day; soonest first. Of those that `author` wrote and, where they
    /// lead them, of the sites where they work.
    ///
    /// # Errors
    /// As any read.
    pub fn look_agains(
        &self,
        author: Uuid,
        leads: bool,
        until: &str,
        limit: u32,
    ) -> Result<Vec<(Uuid, String, String)>, StoreError> {
        // Only the newest record of a person by a standard can still ask for a look: one index
        // lookup for each pair, however many records there are.
        let mut statement = self.db.prepare_cached(
            "SELECT look_again.record, look_again.item, look_again.day
             FROM (SELECT (SELECT id FROM record
                           WHERE record.subject = person.person AND record.standard = known.standard
                             AND record.state <> 'withdrawn'
                           ORDER BY record.happened DESC, record.id DESC LIMIT 1) AS id
                   FROM person CROSS JOIN (SELECT DISTINCT standard FROM standard) AS known
                   WHERE ?4 OR person.person IN (SELECT subject FROM record WHERE author = ?3)) AS newest
             JOIN look_again ON look_again.record = newest.id
             JOIN record ON record.id = newest.id
             WHERE look_again.day <= ?1
               AND (record.author = ?3
                    OR (?4 AND record.site IN (SELECT site FROM person_site WHERE person = ?3)))
             ORDER BY look_again.day, look_again.record LIMIT ?2",
        )?;
        let rows = statement
            .query_map((until, limit, author, leads), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether an event of that id is in the log.
    ///
    /// # Errors
    /// As any read.
    pub fn has_event(&self, id: Uuid) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM event WHERE id = ?1")?.exists([id])?)
    }

    /// The record that an event in the log belongs to.
    ///
    /// # Errors
    /// As any read.
    pub fn subject_of(&self, event: Uuid) -> Result<Option<Uuid>, StoreError> {
        let about: Option<Option<Uuid>> = self
            .db
            .prepare_cached("SELECT about FROM event WHERE id = ?1")?
            .query_row([event], |row| row.get(0))
            .optional()?;
        Ok(about.flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_DISPUTE, RETURNED, REWORK, ROW, TO_REVIEW};
    use crate::store::query::plan;

    #[test]
    fn what_is_owed_is_read_from_the_index_of_what_is_owed() {
        for (condition, index) in [
            (RETURNED, "record_returned"),
            (REWORK, "record_rework"),
            (TO_REVIEW, "record_review"),
            (IN_DISPUTE, "record_conflict"),
        ] {
            let plan = plan(&format!(
                "{ROW} WHERE {condition} ORDER BY record.happened DESC, record.id DESC LIMIT 50"
            ));
            let reads = |step: &&String| step.contains(" record ") || step.ends_with(" record");
            let reads: Vec<&String> = plan.iter().filter(reads).collect();
            assert!(reads[0].contains("INTEGER PRIMARY KEY"), "{condition}: {plan:?}");
            assert!(reads[1].contains(index), "{condition}: {plan:?}");
        }
    }
}
