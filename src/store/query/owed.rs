//! What somebody owes of what is followed up: each question with all its conditions, its order and its
//! limit together, and how many there are.
//!
//! Invariant: nothing is asked of rows after they were cut. What decides is a column of `report`, so that
//! what waits is counted by its index, however much was ever reported.

use chrono::{DateTime, FixedOffset};
use rusqlite::ToSql;
use uuid::Uuid;

use super::{FollowUpRow, Page, Scope, ids, time};
use crate::practice::follow::Class;
use crate::practice::settings::single::InForce;
use crate::store::follow_up::HOLDING_OPEN;
use crate::store::{Store, StoreError};

/// The sites that a question is about; none for everywhere.
pub type Sites = Option<Vec<Uuid>>;

/// Which visits at risk somebody owes.
#[derive(Clone, Debug)]
pub struct VisitsOwed {
    /// Theirs are those that they reported, as long as something is left for them to do …
    pub person: Uuid,
    /// … and all at the sites that they lead.
    pub led: Vec<Uuid>,
    /// Visits since then come first, the soonest first; older ones follow, the newest first. In
    /// milliseconds since 1970.
    pub since: i64,
    pub limit: u32,
}

/// Which reports somebody owes the next piece of work on.
#[derive(Clone, Debug)]
pub struct ReportsOwed {
    /// Where they may classify.
    pub sites: Sites,
    /// Nobody works on a report about themselves.
    pub person: Uuid,
    /// Each report has the deadlines that were in force when it was made.
    pub in_force: InForce,
    /// When the day of whoever asks ends, in milliseconds since 1970.
    pub day_ends: i64,
    /// What can wait until after that, or what cannot.
    pub later: bool,
    pub limit: u32,
}

/// Later than any deadline: what is done has none.
const NEVER: i64 = i64::MAX;

const VISITS: &str = "report INDEXED BY report_visit
     WHERE report.open AND report.visit_at IS NOT NULL
       AND (report.site IN (SELECT unhex(value) FROM json_each(?2))
            OR (report.reporter = ?1 AND report.visit_reporter))";

/// The open reports that ask for work: the deadline of the next piece, and whether an authority waits for
/// it. A visit at risk is owed with its steps; a question to on-call is counted, and classifying each
/// would be work without a use.
const WAITING: &str = "(SELECT id,
        min(iif(gap IS NULL, reported + classify, ?2),
            iif(source = 'incident' AND reportable AND NOT notified, reported + notify, ?2),
            iif(source = 'incident' AND NOT investigated, reported + investigate, ?2),
            iif(source = 'incident' AND NOT resolved, reported + resolve, ?2)) AS due,
        source = 'incident' AND reportable AND NOT (notified AND investigated) AS grave
     FROM report INDEXED BY report_open
     CROSS JOIN (SELECT value ->> 0 AS since, value ->> 1 AS until, value ->> 2 AS classify, value ->> 3 AS notify,
                        value ->> 4 AS investigate, value ->> 5 AS resolve FROM json_each(?1)) AS in_force
     WHERE open AND visit_at IS NULL AND source <> 'on_call' AND subject IS NOT ?3
       AND (?4 IS NULL OR site IN (SELECT unhex(value) FROM json_each(?4)))
       AND reported >= since AND reported < until) AS waiting
     WHERE waiting.due < ?2 AND (waiting.grave OR waiting.due < ?5) <> ?6";

impl Store {
    /// Visits at risk: all that are left to be seen to, however much else waits.
    ///
    /// # Errors
    /// As any read.
    pub fn visits_owed(&self, asked: &VisitsOwed) -> Result<Page<FollowUpRow>, StoreError> {
        let led = ids(asked.led.iter().copied())?;
        let total = self.count_of(VISITS, &[&asked.person, &led])?;
        let rows = self.follow_up_rows_of(
            &format!(
                "(SELECT report.id, visit_at < ?3 AS past, iif(visit_at < ?3, -visit_at, visit_at) AS at
                  FROM {VISITS} ORDER BY past, at, report.id LIMIT ?4)"
            ),
            "found.past, found.at, found.id",
            &[&asked.person, &led, &asked.since, &asked.limit],
        )?;
        Ok(Page { rows, total })
    }

    /// Reports whose next piece of work waits: those that an authority waits for first, then by deadline.
    ///
    /// # Errors
    /// As any read.
    pub fn reports_owed(&self, asked: &ReportsOwed) -> Result<Page<FollowUpRow>, StoreError> {
        let sites = asked.sites.as_ref().map(|sites| ids(sites.iter().copied())).transpose()?;
        let hour = |hours: u32| i64::from(hours.min(24 * 366)) * 3_600_000;
        let stretches = asked.in_force.stretches().map(|(since, until, settings)| {
            let resolve = hour(settings.resolve_days.min(366).saturating_mul(24));
            let (notify, investigate) = (hour(settings.notify_hours), hour(settings.investigate_hours));
            [since, until, hour(settings.classify_hours), notify, investigate, resolve]
        });
        let in_force = serde_json::to_string(&stretches.collect::<Vec<_>>())?;
        let values: [&dyn ToSql; 6] =
            [&in_force, &NEVER, &asked.person, &sites, &asked.day_ends, &asked.later];
        let total = self.count_of(WAITING, &values)?;
        let rows = self.follow_up_rows_of(
            &format!(
                "(SELECT id, due, grave FROM {WAITING} ORDER BY grave DESC, due, id LIMIT {})",
                asked.limit
            ),
            "found.grave DESC, found.due, found.id",
            &values,
        )?;
        Ok(Page { rows, total })
    }

    /// All of these classes that have not ended, soonest due first. There are as many as people are coached
    /// and restricted and actions run, not as many as were ever written.
    ///
    /// # Errors
    /// As any read.
    pub fn open_follow_ups(&self, classes: &[Class]) -> Result<Vec<FollowUpRow>, StoreError> {
        let classes = serde_json::to_string(classes)?;
        self.follow_up_rows(
            "follow_up.state IN ('open', 'worked', 'unproven')
             AND follow_up.class IN (SELECT value FROM json_each(?1))
             ORDER BY follow_up.due IS NULL, follow_up.due, follow_up.happened, follow_up.id",
            &[&classes],
        )
    }

    /// All cycles that were opened from a corrective action and restrictions that were placed with it,
    /// oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups_of_action(&self, action: Uuid) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(&format!("{OF_ACTION} ORDER BY follow_up.happened, follow_up.id"), &[&action])
    }

    /// What holds an action open ([`HOLDING_OPEN`]), oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn holding_open(&self, action: Uuid, site: Option<Uuid>) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(
            &format!("{HOLDING_OPEN} ORDER BY follow_up.happened, follow_up.id"),
            &[&action, &site],
        )
    }

    /// All cycles and corrective actions that name a report, oldest first: those that were opened from it
    /// are among them. No screen waits for it.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups_naming(&self, report: Uuid) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(
            "follow_up.class IN ('cycle', 'action') AND instr(follow_up.json, ?1) > 0
             ORDER BY follow_up.happened, follow_up.id",
            &[&report.to_string()],
        )
    }

    /// All open cycles of a person.
    ///
    /// # Errors
    /// As any read.
    pub fn open_cycles_of(&self, subject: Uuid) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(
            "follow_up.subject = ?1 AND follow_up.class = 'cycle'
             AND follow_up.state IN ('open', 'worked', 'unproven') ORDER BY follow_up.id",
            &[&subject],
        )
    }

    /// All cycles that were closed with what was asked since a moment (milliseconds since 1970), oldest
    /// first.
    ///
    /// # Errors
    /// As any read.
    pub fn cycles_closed_since(&self, since: i64) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(&format!("{CLOSED} ORDER BY follow_up.ended, follow_up.id"), &[&since])
    }

    /// Such cycles at these sites and about this competency, newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn cycles_closed_within(
        &self,
        scope: &Scope,
        since: i64,
        limit: u32,
    ) -> Result<Page<FollowUpRow>, StoreError> {
        let sites = scope.sites.as_ref().map(|sites| ids(sites.iter().copied())).transpose()?;
        let condition = format!(
            "{CLOSED} AND (?2 IS NULL OR follow_up.site IN (SELECT unhex(value) FROM json_each(?2)))
             AND (?3 = '' OR follow_up.competency = ?3)"
        );
        let values: [&dyn ToSql; 3] = [&since, &sites, &scope.competency];
        let total = self.count_of(&format!("follow_up WHERE {condition}"), &values)?;
        let order = "ORDER BY follow_up.ended DESC, follow_up.id DESC";
        let rows = self.follow_up_rows(&format!("{condition} {order} LIMIT {limit}"), &values)?;
        Ok(Page { rows, total })
    }

    /// How many notes of a person's by a standard, written since a moment (milliseconds since 1970), still
    /// wait for their review or were sent back by it.
    ///
    /// # Errors
    /// As any read.
    pub fn notes_under_way(&self, person: Uuid, standard: Uuid, since: i64) -> Result<u32, StoreError> {
        self.count_of(
            "record WHERE subject = ?1 AND standard = ?2 AND at >= ?3 AND state IN ('awaiting_review', 'rework')",
            &[&person, &standard, &since],
        )
    }

    /// When a standard was filled at a site since a moment (milliseconds since 1970), oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn filled_at(
        &self,
        site: Uuid,
        standard: Uuid,
        since: i64,
    ) -> Result<Vec<DateTime<FixedOffset>>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT happened, happened_east FROM record
             WHERE site = ?1 AND standard = ?2 AND happened >= ?3 AND state <> 'withdrawn' ORDER BY happened",
        )?;
        let rows = statement.query_map((site, standard, since), |row| time(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many questions to on-call were noted at a site, from one moment to before another (milliseconds
    /// since 1970).
    ///
    /// # Errors
    /// As any read.
    pub fn asked_on_call(&self, site: Uuid, from: i64, before: i64) -> Result<u32, StoreError> {
        self.count_of(
            "report WHERE site = ?1 AND source = 'on_call' AND happened >= ?2 AND happened < ?3",
            &[&site, &from, &before],
        )
    }

    pub(super) fn count_of(&self, from: &str, values: &[&dyn ToSql]) -> Result<u32, StoreError> {
        let mut statement = self.db.prepare_cached(&format!("SELECT count(*) FROM {from}"))?;
        Ok(statement.query_row(values, |row| row.get(0))?)
    }
}

/// What claims an action of another site is none of its own.
const OF_ACTION: &str = "follow_up.action = ?1 AND NOT EXISTS (
    SELECT 1 FROM follow_up AS named
    WHERE named.id = ?1 AND named.site IS NOT NULL AND named.site IS NOT follow_up.site)";
const CLOSED: &str = "follow_up.class = 'cycle' AND follow_up.state = 'closed' AND follow_up.ended >= ?1";

#[cfg(test)]
#[path = "owed_tests.rs"]
mod tests;
