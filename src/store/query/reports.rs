//! What patterns, drift and cohorts count, from derived tables alone.
//!
//! Invariant: nothing here folds or reads JSON per report, and each question is bounded by a day, so
//! that it stays quick however long the log is. Observations that were withdrawn or stand in conflict count
//! nowhere, nor does what is never judged; a rate is of the looks in which something was judged.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use uuid::Uuid;

use super::{role, time, word};
use crate::insight::drift::{Input, Judged, Looked, Slips};
use crate::insight::pattern::Sighting;
use crate::practice::follow::{Category, Gap, Source};
use crate::practice::standard::Class;
use crate::store::{Store, StoreError};
use crate::sync::wire::Role;

/// An observation's result with what a cohort is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Result {
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    /// The subject's role now.
    pub role: Option<Role>,
    /// When the subject was first known at a site; staff only.
    pub started: Option<DateTime<Utc>>,
    pub happened_at: DateTime<FixedOffset>,
    pub passed: bool,
    pub standard: Uuid,
}

/// It is neither taken back nor contested, nobody observed themselves, and it is of practice that can be
/// judged: handoffs and written cases are none, nor is what was watched without consent.
pub(super) const STANDS: &str = "record.state NOT IN ('withdrawn', 'conflict')
    AND record.class IN ('check', 'shadow', 'audit', 'note')
    AND (record.author IS NOT record.subject OR record.class = 'note')
    AND instr(record.verdict, '\"declined\":true') = 0";
/// Something was missed in it; of a note, a reviewer found it missing.
pub(super) const MISSED: &str = "iif(record.class = 'note', instr(record.told, '\"found\":['),
    instr(record.verdict, '\"missed\":[')) > 0";
/// Something in it was met or missed; of a note, a reviewer said so.
const JUDGED: &str = "iif(record.class = 'note', instr(record.told, '\"reviewed\":['),
    instr(record.verdict, '\"met\":') + instr(record.verdict, '\"not_met\":')) > 0";
/// What was missed in it, one item a row; an empty column is no JSON.
pub(super) const ITEMS_MISSED: &str = "json_each(
    iif(record.class = 'note', iif(record.told = '', '{}', record.told), record.verdict),
    iif(record.class = 'note', '$.found', '$.missed'))";

impl Store {
    /// Incidents and near misses that happened since, oldest first; of one competency where one is
    /// named.
    ///
    /// # Errors
    /// As any read.
    pub fn sightings(
        &self,
        since: DateTime<FixedOffset>,
        competency: Option<&str>,
    ) -> std::result::Result<Vec<Sighting>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, site, competency, category, happened, happened_east, gap, reportable FROM report
             WHERE happened >= ?1 AND source IN ('near_miss', 'incident') AND (?2 IS NULL OR competency = ?2)
             ORDER BY happened, id",
        )?;
        let rows = statement.query_map((since.timestamp_millis(), competency), |row| {
            Ok(Sighting {
                id: row.get(0)?,
                site: row.get(1)?,
                competency: row.get(2)?,
                category: word(row.get(3)?).unwrap_or(Category::Unknown),
                at: time(row, 4)?,
                gap: row.get::<_, Option<String>>(6)?.map(|gap| word(gap).unwrap_or(Gap::Unknown)),
                reportable: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How often what went wrong since `middle`, and from `first` until then.
    ///
    /// # Errors
    /// As any read.
    pub fn slips(
        &self,
        first: DateTime<FixedOffset>,
        middle: DateTime<FixedOffset>,
    ) -> std::result::Result<Vec<Slips>, StoreError> {
        let bounds = (first.timestamp_millis(), middle.timestamp_millis());
        let mut slips = Vec::new();
        let mut statement = self.db.prepare_cached(
            "SELECT source, competency, sum(happened >= ?2), sum(happened < ?2) FROM report
             WHERE happened >= ?1 AND competency <> '' GROUP BY source, competency",
        )?;
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            slips.push(Slips {
                input: input_of_report(&row.get::<_, String>(0)?),
                competency: row.get(1)?,
                item: None,
                count: row.get(2)?,
                before: row.get(3)?,
            });
        }
        self.missed_items(&mut slips, bounds)?;
        Ok(slips)
    }

    /// What an observer saw missed, and what a reviewer found.
    fn missed_items(
        &self,
        slips: &mut Vec<Slips>,
        bounds: (i64, i64),
    ) -> std::result::Result<(), StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT standard.class, standard.competency, record.standard, missed.value,
                    sum(record.happened >= ?2), sum(record.happened < ?2)
             FROM record
             JOIN standard ON standard.standard = record.standard AND standard.version = record.version
             JOIN {ITEMS_MISSED} AS missed
             WHERE record.happened >= ?1 AND {STANDS}
               AND {MISSED}
             GROUP BY 1, 2, 3, 4"
        ))?;
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            slips.push(Slips {
                input: input_of_class(&row.get::<_, String>(0)?),
                competency: row.get(1)?,
                item: Some((row.get(2)?, row.get(3)?)),
                count: row.get(4)?,
                before: row.get(5)?,
            });
        }
        Ok(())
    }

    /// How often practice was looked at since a moment and something in it judged; a note once it was
    /// reviewed.
    ///
    /// # Errors
    /// As any read.
    pub fn looked(&self, since: DateTime<FixedOffset>) -> std::result::Result<Vec<Looked>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT standard.class, standard.competency, sum(counted.n), sum(counted.missed)
             FROM (SELECT standard, version, count(*) AS n, sum({MISSED}) AS missed
                   FROM record
                   WHERE happened >= ?1 AND {STANDS} AND {JUDGED}
                   GROUP BY standard, version) AS counted
             JOIN standard ON standard.standard = counted.standard AND standard.version = counted.version
             GROUP BY 1, 2"
        ))?;
        let rows = statement.query_map([since.timestamp_millis()], |row| {
            Ok(Looked {
                input: input_of_class(&row.get::<_, String>(0)?),
                competency: row.get(1)?,
                count: row.get(2)?,
                missed: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// In how many looks by a standard one of its items was met or missed, since `middle` and from `first`
    /// until then: a look past it, an item that did not apply and a version that does not ask for it are
    /// none.
    ///
    /// # Errors
    /// As any read.
    pub fn judged(
        &self,
        (standard, item): (Uuid, &str),
        first: DateTime<FixedOffset>,
        middle: DateTime<FixedOffset>,
    ) -> std::result::Result<Judged, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT ifnull(sum(happened >= ?4), 0), ifnull(sum(happened < ?4), 0) FROM record
             WHERE record.standard = ?1 AND record.happened >= ?3 AND {STANDS} AND {JUDGED}
               AND CASE WHEN record.class = 'note'
                   THEN EXISTS (
                            SELECT 1 FROM json_each(iif(record.told = '', '{{}}', record.told), '$.reviewed')
                            WHERE value = ?2)
                   ELSE record.version IN (
                            SELECT asks.version FROM standard AS asks, json_each(asks.json, '$.items') AS item
                            WHERE asks.standard = ?1 AND item.value ->> '$.id' = ?2
                              AND item.value ->> '$.form' = 'mark')
                        AND NOT EXISTS (
                            SELECT 1 FROM json_each(iif(record.told = '', '{{}}', record.told), '$.unseen')
                            WHERE value = ?2)
                   END"
        ))?;
        let asked = (standard, item, first.timestamp_millis(), middle.timestamp_millis());
        Ok(statement.query_row(asked, |row| Ok(Judged { now: row.get(0)?, before: row.get(1)? }))?)
    }

    /// Results of observations since, oldest first, of one competency or of all; those in which
    /// nothing that counts was seen are left out.
    ///
    /// # Errors
    /// As any read.
    pub fn results(
        &self,
        since: DateTime<FixedOffset>,
        competency: &str,
    ) -> std::result::Result<Vec<Result>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT record.site, record.subject, person.role, record.happened, record.happened_east,
                    instr(record.verdict, '\"passed\":true') > 0,
                    (SELECT min(since) FROM tenure WHERE tenure.person = record.subject), record.standard
             FROM record
             LEFT JOIN person ON person.person = record.subject
             WHERE record.happened >= ?1 AND {STANDS} AND instr(record.verdict, '\"passed\":') > 0
               AND record.class IN ('check', 'shadow', 'audit')
               AND (?2 = '' OR EXISTS (SELECT 1 FROM standard WHERE standard.standard = record.standard
                                       AND standard.version = record.version AND standard.competency = ?2))
             ORDER BY record.happened, record.id"
        ))?;
        let rows = statement.query_map((since.timestamp_millis(), competency), |row| {
            Ok(Result {
                site: row.get(0)?,
                subject: row.get(1)?,
                role: row.get::<_, Option<String>>(2)?.map(role),
                happened_at: time(row, 3)?,
                passed: row.get(5)?,
                started: row.get::<_, Option<i64>>(6)?.and_then(DateTime::from_timestamp_millis),
                standard: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// When the first of the staff was known at a site.
    ///
    /// # Errors
    /// As any read.
    pub fn first_start(&self) -> std::result::Result<Option<DateTime<Utc>>, StoreError> {
        let first: Option<i64> =
            self.db.prepare_cached("SELECT min(since) FROM tenure")?.query_row([], |row| row.get(0))?;
        Ok(first.and_then(DateTime::from_timestamp_millis))
    }

    /// How many active people work at each site, by role.
    ///
    /// # Errors
    /// As any read.
    pub fn staffing(&self) -> std::result::Result<BTreeMap<(Uuid, Role), u32>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT person_site.site, person.role, count(*) FROM person_site JOIN person USING (person)
             WHERE person.active GROUP BY 1, 2",
        )?;
        let rows = statement.query_map([], |row| Ok(((row.get(0)?, role(row.get(1)?)), row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The competencies that standards and reports name, by their codes.
    ///
    /// # Errors
    /// As any read.
    pub fn competencies(&self) -> std::result::Result<Vec<String>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT competency FROM standard WHERE competency <> '' AND NOT retired
             UNION SELECT competency FROM report WHERE competency <> '' ORDER BY 1",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Where a report's words in the table `report` count: `near_miss`, `incident`, or a signal's source.
fn input_of_report(source: &str) -> Input {
    match word::<Source>(source.to_owned()) {
        Some(Source::DocumentationAudit) => Input::Audit,
        Some(Source::PartnerFeedback | Source::OnCall) => Input::Partner,
        Some(Source::Complaint) => Input::Complaint,
        Some(Source::IncidentTheme | Source::Unknown) | None => Input::Theme,
    }
}

fn input_of_class(class: &str) -> Input {
    match word::<Class>(class.to_owned()) {
        Some(Class::Audit | Class::Note) => Input::Audit,
        _ => Input::Observation,
    }
}

#[cfg(test)]
#[path = "reports_tests.rs"]
mod tests;
