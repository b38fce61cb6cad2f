//! The records, reports, cycles and tasks behind a figure: what opens when it is tapped.
//!
//! Invariant: a list holds exactly what the figure was folded from, and says how many there are where
//! it is cut.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::insight::{DAY, taken};
use super::{COUNTS, FollowUpRow, RecordRow, Scope, Span, TaskRow};
use crate::insight::adds::adds;
use crate::insight::facts::{ActionFact, comes_back};
use crate::insight::measure::Measure;
use crate::practice::follow::Source;
use crate::practice::record::{State, Verdict};
use crate::practice::standard::{Class, StandardRef};
use crate::practice::told::Told;
use crate::store::{Store, StoreError};

/// It came to "met" or "not met": a note by its review, anything else by its verdict.
pub(super) const JUDGED: &str = "(record.state IN ('meets', 'rework')
    OR (record.state IN ('submitted', 'acknowledged', 'returned') AND record.verdict ->> '$.passed' IS NOT NULL))";

/// By period, what each record adds.
pub type Parts = BTreeMap<i32, Vec<(f64, f64)>>;

impl Store {
    /// Whether records by a version of a standard are what a share is of: one that does not ask for the
    /// safety plan says nothing of whether it was known.
    ///
    /// # Errors
    /// As any read.
    pub fn asks_for(&self, measure: Measure, by: StandardRef) -> Result<bool, StoreError> {
        if measure != Measure::SafetyPlanUnknown {
            return Ok(true);
        }
        Ok(self.standard(by)?.is_some_and(|standard| measure.is_asked_by(&standard)))
    }

    /// Corrective actions that were closed, once for each site at which the same happening again counts:
    /// their own, and those of the reports that they answer.
    ///
    /// # Errors
    /// As any read.
    pub fn actions_by_site(&self) -> Result<Vec<ActionFact>, StoreError> {
        let mut facts = self.action_facts()?;
        let mut elsewhere = self.db.prepare_cached(
            "SELECT DISTINCT report.site FROM follow_up AS action, json_each(action.json, '$.about.action.reports') AS named
             JOIN follow_up AS report ON report.id = unhex(replace(named.value, '-', ''))
             WHERE action.id = ?1 AND report.site IS NOT NULL AND report.site <> action.site",
        )?;
        for fact in facts.clone().into_iter().filter(|fact| fact.site.is_some()) {
            let sites = elsewhere.query_map([fact.id], |row| row.get(0))?;
            for site in sites {
                facts.push(ActionFact { site: site?, ..fact.clone() });
            }
        }
        Ok(facts)
    }

    /// The records behind a figure, newest first, and how many there are.
    ///
    /// # Errors
    /// As any read.
    pub fn records_behind(
        &self,
        measure: Measure,
        span: Span,
        scope: &Scope,
        limit: u32,
    ) -> Result<(Vec<RecordRow>, u32), StoreError> {
        let kinds = self.kinds()?;
        let takes = |class: Class, competency: &str| measure.takes(class, competency);
        let mut standards: BTreeSet<String> = BTreeSet::new();
        for by in kinds.keys().filter(|by| taken(&kinds, **by, scope, &takes)) {
            if self.asks_for(measure, *by)? {
                standards.insert(format!("{}.{}", hex(by.standard), by.version));
            }
        }
        let sites: Option<Vec<String>> =
            scope.sites.as_ref().map(|sites| sites.iter().map(|site| hex(*site)).collect());
        let (standards, sites) = (serde_json::to_string(&standards)?, serde_json::to_string(&sites)?);
        // The first two narrow it by the index; the author's own clock decides.
        let condition = format!(
            "record.happened BETWEEN ?1 AND ?2
            AND record.happened + record.happened_east * 1000 >= ?3
            AND record.happened + record.happened_east * 1000 < ?4
            AND {COUNTS}
            AND lower(hex(record.standard)) || '.' || record.version IN (SELECT value FROM json_each(?5))
            AND (?6 = 'null' OR lower(hex(record.site)) IN (SELECT value FROM json_each(?6)))
            AND (NOT ?7 OR {JUDGED})
            AND (CASE WHEN ifnull(record.verdict ->> '$.setting', '') IN ('live', 'desk') THEN ?8 ELSE ?9 END)
            AND (?10 = 'null' OR EXISTS (
                     SELECT 1 FROM json_each(iif(record.told = '', '{{}}', record.told), '$.numbers') AS given
                     WHERE ?10 = '[]' OR given.key IN (SELECT value FROM json_each(?10))))"
        );
        // What was not judged is not in the rate, so it is not behind it; nor what gave no number.
        let judged = measure.is_of_judged();
        let (live, played) = (measure.takes_played(false), measure.takes_played(true));
        let numbers = serde_json::to_string(&measure.needs_number())?;
        let (first, end) = (span.first(), span.end());
        let values: [&dyn rusqlite::ToSql; 10] = [
            &(first - DAY),
            &(end + DAY),
            &first,
            &end,
            &standards,
            &sites,
            &judged,
            &live,
            &played,
            &numbers,
        ];
        let count = self
            .db
            .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
            .query_row(&values[..], |row| row.get(0))?;
        Ok((self.record_rows(&condition, &values, limit)?, count))
    }

    /// What each record adds to a share that holds several answers of each, by period: so many of so
    /// many.
    ///
    /// # Errors
    /// As any read.
    pub fn parts(&self, measure: Measure, span: Span, scope: &Scope) -> Result<Parts, StoreError> {
        let kinds = self.kinds()?;
        let takes = |class: Class, competency: &str| measure.takes(class, competency);
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT standard, version, site, happened, happened_east, ifnull(verdict ->> '$.met', 0),
                    ifnull(verdict ->> '$.not_met', 0), told
             FROM record WHERE happened BETWEEN ?1 AND ?2 AND class = 'audit' AND {COUNTS}"
        ))?;
        let mut rows = statement.query((span.first() - DAY, span.end() + DAY))?;
        let mut parts = Parts::new();
        while let Some(row) = rows.next()? {
            let by = StandardRef { standard: row.get(0)?, version: row.get(1)? };
            let at = super::time(row, 3)?;
            if !taken(&kinds, by, scope, &takes) || !scope.has(row.get(2)?) || !span.holds(at) {
                continue;
            }
            // An empty column is no JSON, and tells nothing.
            let told: Told = serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or_default();
            if let Some(part) = measure.part(row.get(5)?, row.get(6)?, &told.numbers) {
                parts.entry(span.grain.of(at.date_naive())).or_default().push(part);
            }
        }
        Ok(parts)
    }

    /// The reports behind a figure, how many there are, and which of them came back; for recurrence those
    /// first.
    ///
    /// # Errors
    /// As any read.
    pub fn reports_behind(
        &self,
        measure: Measure,
        span: Span,
        scope: &Scope,
        limit: u32,
    ) -> Result<(Vec<FollowUpRow>, u32, BTreeSet<Uuid>), StoreError> {
        let mut facts = self.report_facts(span, scope)?;
        facts.retain(|fact| measure.counts(fact));
        let actions = if measure == Measure::Recurrence { self.actions_by_site()? } else { Vec::new() };
        let back: BTreeSet<Uuid> =
            facts.iter().filter(|fact| comes_back(fact, &actions).is_some()).map(|fact| fact.id).collect();
        facts.sort_by_key(|fact| (!back.contains(&fact.id), std::cmp::Reverse((fact.at, fact.id))));
        let (rows, count) = self.follow_ups_of(facts.into_iter().map(|fact| fact.id).collect(), limit)?;
        Ok((rows, count, back))
    }

    /// The reports of a theme: about one competency (empty for none yet), from one source (none for incidents
    /// and near misses). Newest first, and how many there are.
    ///
    /// # Errors
    /// As any read.
    pub fn theme_behind(
        &self,
        span: Span,
        scope: &Scope,
        (competency, source): (&str, Option<Source>),
        limit: u32,
    ) -> Result<(Vec<FollowUpRow>, u32), StoreError> {
        let mut facts = self.report_facts(span, scope)?;
        facts.retain(|fact| fact.competency == competency && fact.source == source);
        facts.sort_by_key(|fact| std::cmp::Reverse((fact.at, fact.id)));
        self.follow_ups_of(facts.into_iter().map(|fact| fact.id).collect(), limit)
    }

    /// What each of these records adds to a share.
    ///
    /// # Errors
    /// As any read.
    pub fn adds(
        &self,
        measure: Measure,
        records: impl Iterator<Item = Uuid>,
    ) -> Result<BTreeMap<Uuid, (f64, f64)>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, state, verdict, told FROM record WHERE id IN (SELECT unhex(value) FROM json_each(?1))",
        )?;
        let mut rows = statement.query([super::ids(records)?])?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let verdict: Verdict = super::json(row, 2)?;
            let met = State::parse(&row.get::<_, String>(1)?).and_then(|state| state.result(verdict.passed));
            if let Some(part) = adds(measure, met, &verdict, &super::json(row, 3)?) {
                found.insert(row.get(0)?, part);
            }
        }
        Ok(found)
    }

    /// The cycles behind a figure.
    ///
    /// # Errors
    /// As any read.
    pub fn cycles_behind(
        &self,
        span: Span,
        scope: &Scope,
        limit: u32,
    ) -> Result<(Vec<FollowUpRow>, u32), StoreError> {
        let ids = self.cycle_spans(span, scope)?.into_iter().map(|fact| fact.id).collect();
        self.follow_ups_of(ids, limit)
    }

    fn follow_ups_of(&self, ids: Vec<Uuid>, limit: u32) -> Result<(Vec<FollowUpRow>, u32), StoreError> {
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let mut rows = Vec::new();
        for id in ids.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            rows.extend(self.follow_up_rows("follow_up.id = ?1", &[&id])?);
        }
        Ok((rows, count))
    }

    /// The tasks behind a figure.
    ///
    /// # Errors
    /// As any read.
    pub fn tasks_behind(
        &self,
        span: Span,
        scope: &Scope,
        limit: u32,
    ) -> Result<(Vec<TaskRow>, u32), StoreError> {
        let facts = self.task_spans(span, scope)?;
        let count = u32::try_from(facts.len()).unwrap_or(u32::MAX);
        let mut rows = Vec::new();
        for fact in facts.into_iter().rev().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            rows.extend(self.task(fact.id)?);
        }
        Ok((rows, count))
    }
}

fn hex(id: Uuid) -> String {
    id.simple().to_string()
}
