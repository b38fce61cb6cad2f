//! Lists of records, and one record whole.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rusqlite::{OptionalExtension, Row, ToSql};
use uuid::Uuid;

use super::{BY_OTHERS, COUNTS, Conditions, Page, RecordFilter, RecordRow, Sent, ids, json, time, word};
use crate::practice::record::{self, Record, State};
use crate::practice::standard::{Class, StandardRef};
use crate::record::Line;
use crate::store::{Store, StoreError};

/// How many rows a list gets unless it asks for fewer.
const LIST: u32 = 100;

pub(super) const ROW: &str = "
SELECT record.id, record.class, record.standard, record.version, standard.title,
       record.site, site.shown, record.subject, subject.shown, record.author, author.shown,
       record.at, record.at_east, record.happened, record.happened_east, record.state, record.verdict,
       -- Asked of each record only where anything waits at all: an event's own page is read for it.
       CASE WHEN EXISTS (SELECT 1 FROM replica WHERE own = 1
                           AND held < (SELECT max(seq) FROM event WHERE event.replica = replica.key))
            THEN EXISTS (SELECT 1 FROM event JOIN replica ON replica.key = event.replica
                         WHERE event.about = record.id AND replica.own = 1 AND event.seq > replica.held)
            ELSE 0 END,
       -- The same of what the server set aside: what nobody has dealt with first.
       CASE WHEN EXISTS (SELECT 1 FROM quarantine)
            THEN (SELECT json_array(quarantine.code, quarantine.field, quarantine.message, quarantine.dealt)
                  FROM event JOIN replica ON replica.key = event.replica AND replica.own = 1
                  JOIN quarantine ON quarantine.replica = event.replica AND quarantine.seq = event.seq
                  WHERE event.about = record.id ORDER BY quarantine.dealt, event.key DESC LIMIT 1)
            END,
       (SELECT arrived FROM ahead WHERE ahead.record = record.id)
FROM record
LEFT JOIN standard ON standard.standard = record.standard AND standard.version = record.version
LEFT JOIN site ON site.site = record.site
LEFT JOIN person AS subject ON subject.person = record.subject
LEFT JOIN person AS author ON author.person = record.author ";

pub(super) const NEWEST: &str = "record.happened DESC, record.id DESC";

fn limit(filter: &RecordFilter) -> u32 {
    if filter.limit == 0 { LIST } else { filter.limit }
}

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
        arrived: row
            .get::<_, Option<i64>>(19)?
            .and_then(DateTime::from_timestamp_millis)
            .map(|at| at.fixed_offset()),
        sent: sent(row)?,
    })
}

fn sent(row: &Row) -> rusqlite::Result<Sent> {
    let waiting: bool = row.get(17)?;
    let aside: Option<String> = row.get(18)?;
    let aside =
        aside.and_then(|aside| serde_json::from_str::<(String, Option<String>, String, u8)>(&aside).ok());
    Ok(match aside {
        Some((code, field, message, 0)) => Sent::NeedsYou { code, field, message },
        _ if waiting => Sent::Waiting,
        Some((code, ..)) => Sent::DealtWith { code },
        None => Sent::WithServer,
    })
}

impl Store {
    /// When the server got what began a record, in UTC; none of what this device wrote itself.
    ///
    /// # Errors
    /// As any read.
    pub fn arrived(&self, record: Uuid) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
        let received: Option<Option<i64>> = self
            .db
            .prepare_cached("SELECT received FROM event WHERE id = ?1")?
            .query_row([record], |row| row.get(0))
            .optional()?;
        Ok(received.flatten().and_then(DateTime::from_timestamp_millis).map(|at| at.fixed_offset()))
    }

    /// Records by filter, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn records(&self, filter: &RecordFilter) -> Result<Vec<RecordRow>, StoreError> {
        self.filtered(filter, |condition, values| self.record_rows(condition, values, limit(filter)))
    }

    /// The same, and how many there are.
    ///
    /// # Errors
    /// As any read.
    pub fn records_page(&self, filter: &RecordFilter) -> Result<Page<RecordRow>, StoreError> {
        self.filtered(filter, |condition, values| self.record_page(NEWEST, condition, values, limit(filter)))
    }

    fn filtered<T>(
        &self,
        filter: &RecordFilter,
        read: impl FnOnce(&str, &[&dyn ToSql]) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let class = filter.class.map(Class::as_str);
        let standards = ids(filter.standards.iter().copied())?;
        let since = filter.since.map(|since| since.timestamp_millis());
        let mut asked = Conditions::default();
        asked.given("record.class = ?", class.as_ref());
        asked.given("record.subject = ?", filter.subject.as_ref());
        asked.given("record.site = ?", filter.site.as_ref());
        asked.given("record.author = ?", filter.author.as_ref());
        asked.given(
            "record.standard IN (SELECT unhex(value) FROM json_each(?))",
            (!filter.standards.is_empty()).then_some(&standards),
        );
        asked.given("record.happened >= ?", since.as_ref());
        read(&asked.sql(), &asked.values)
    }

    /// The newest audits of a site as a whole: those that are about nobody.
    ///
    /// # Errors
    /// As any read.
    pub fn audits_of(&self, site: Uuid, limit: u32) -> Result<Vec<RecordRow>, StoreError> {
        let of_it = "record.class = 'audit' AND record.site = ?1 AND record.subject IS NULL";
        self.record_rows(of_it, &[&site], limit)
    }

    /// Records by an SQL condition of this crate's own, newest first.
    pub(crate) fn record_rows(
        &self,
        condition: &str,
        values: &[&dyn ToSql],
        limit: u32,
    ) -> Result<Vec<RecordRow>, StoreError> {
        self.record_rows_by(NEWEST, condition, values, limit)
    }

    pub(super) fn record_rows_by(
        &self,
        order: &str,
        condition: &str,
        values: &[&dyn ToSql],
        limit: u32,
    ) -> Result<Vec<RecordRow>, StoreError> {
        let sql = format!("{ROW} WHERE {condition} ORDER BY {order} LIMIT {limit}");
        let mut statement = self.db.prepare_cached(&sql)?;
        let rows = statement.query_map(values, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first of them, and how many there are.
    pub(super) fn record_page(
        &self,
        order: &str,
        condition: &str,
        values: &[&dyn ToSql],
        limit: u32,
    ) -> Result<Page<RecordRow>, StoreError> {
        let mut statement =
            self.db.prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?;
        let total = statement.query_row(values, |row| row.get(0))?;
        Ok(Page { rows: self.record_rows_by(order, condition, values, limit)?, total })
    }

    /// # Errors
    /// As any read.
    pub fn record_row(&self, id: Uuid) -> Result<Option<RecordRow>, StoreError> {
        Ok(self.record_rows("record.id = ?1", &[&id], 1)?.pop())
    }

    /// A record whole, folded from its lines and judged by its standard.
    ///
    /// # Errors
    /// As any read.
    pub fn record(&self, id: Uuid) -> Result<Option<Record>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT line FROM event WHERE about = ?1 AND hidden = 0")?;
        let lines: Vec<String> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let record = record::fold(lines.iter().filter_map(|line| Line::read(line).ok()));
        match record {
            Some(record) if record.class.is_reviewed() => {
                let standard = self.standard(record.content.standard)?;
                Ok(Some(match standard {
                    Some(standard) => record.judged(&standard),
                    None => record,
                }))
            }
            other => Ok(other),
        }
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
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT happened FROM record
             WHERE subject = ?1 AND standard = ?2 AND happened >= ?3 AND state <> 'withdrawn'
               AND {COUNTS} AND {BY_OTHERS}
             ORDER BY happened"
        ))?;
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
