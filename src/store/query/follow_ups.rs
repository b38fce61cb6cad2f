//! What is followed up, as screens list it.

use std::cell::OnceCell;

use chrono::{DateTime, FixedOffset};
use rusqlite::ToSql;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Conditions, Page};
use crate::practice::follow::{About, Class, Duty, FollowUp, duties};
use crate::practice::settings::single::InForce;
use crate::store::{Store, StoreError, follow_up};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowUpFilter {
    /// Any of these; none for all.
    pub classes: Vec<Class>,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub competency: String,
    /// Only what has not ended.
    pub open: bool,
    /// Only what has.
    pub ended: bool,
    /// Only what was under way between two moments, in milliseconds since 1970.
    pub under_way: Option<(i64, i64)>,
    /// At most this many; 0 means 200.
    pub limit: u32,
}

/// One of them with the names looked up. Its history is empty: [`Store::follow_up`] brings it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUpRow {
    pub follow: FollowUp,
    pub site_name: String,
    pub subject_name: String,
    pub owner_name: String,
    /// Whoever carries it out is not active any more.
    #[serde(default)]
    pub owner_left: bool,
    /// A report: the next piece of work that it asks for, by the deadlines in force when it was made.
    #[serde(default)]
    pub next: Option<NextDuty>,
}

/// The next piece of work that a report asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextDuty {
    pub duty: Duty,
    pub by: DateTime<FixedOffset>,
}

impl NextDuty {
    /// None where all is done, or it has ended, or it asks nobody for anything.
    #[must_use]
    pub fn of(follow: &FollowUp, in_force: &InForce) -> Option<NextDuty> {
        let asks = matches!(&follow.about, About::Report(report) if !report.good) && follow.state.is_open();
        let settings = asks.then(|| in_force.at(follow.at.timestamp_millis()))?;
        let open = duties(follow, &settings).into_iter().find(|(.., done)| done.is_none());
        open.map(|(duty, by, _)| NextDuty { duty, by })
    }
}

impl FollowUpRow {
    /// Whether somebody still has to do something and its day, or the deadline of a report's next work, is
    /// past. A day is over when the next one begins.
    #[must_use]
    pub fn is_late(&self, now: DateTime<FixedOffset>) -> bool {
        let past = match self.next {
            Some(next) => next.by < now,
            None => self.follow.due.is_some_and(|due| due < now.date_naive()),
        };
        self.follow.state.is_open() && past
    }
}

const MOST: u32 = 200;
/// The names of whom and what they are about.
const NAMES: &str = "LEFT JOIN site ON site.site = follow_up.site
             LEFT JOIN person AS subject ON subject.person = follow_up.subject
             LEFT JOIN person AS owner ON owner.person = follow_up.owner";
/// What has not ended: as the index `follow_up_due` says it, so that it answers.
const OPEN: &str = "follow_up.state IN ('open', 'worked', 'unproven')";
const LASTED: &str = "(follow_up.ended IS NULL OR follow_up.ended >= ?
                       OR follow_up.state IN ('open', 'worked', 'unproven'))";
const ENDED: &str = "follow_up.state NOT IN ('open', 'worked', 'unproven')";

impl Store {
    /// Newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups(&self, filter: &FollowUpFilter) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_ups_by(filter, |condition, values| {
            let order = "ORDER BY follow_up.happened DESC, follow_up.id DESC";
            let limit = if filter.limit == 0 { MOST } else { filter.limit };
            self.follow_up_rows(&format!("{condition} {order} LIMIT {limit}"), values)
        })
    }

    /// The same, and how many there are.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups_page(&self, filter: &FollowUpFilter) -> Result<Page<FollowUpRow>, StoreError> {
        let total = self.follow_ups_by(filter, |condition, values| {
            self.count_of(&format!("follow_up WHERE {condition}"), values)
        })?;
        Ok(Page { rows: self.follow_ups(filter)?, total })
    }

    fn follow_ups_by<T>(
        &self,
        filter: &FollowUpFilter,
        read: impl FnOnce(&str, &[&dyn ToSql]) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let classes = serde_json::to_string(&filter.classes)?;
        let mut asked = Conditions::default();
        asked.given(
            "follow_up.class IN (SELECT value FROM json_each(?))",
            (!filter.classes.is_empty()).then_some(&classes),
        );
        asked.given("follow_up.site = ?", filter.site.as_ref());
        asked.given("follow_up.subject = ?", filter.subject.as_ref());
        asked
            .given("follow_up.competency = ?", (!filter.competency.is_empty()).then_some(&filter.competency));
        // What was under way is what had begun by its last day and had not ended before its first; what was
        // ended without its evidence has not ended.
        let (from, until) = filter.under_way.unzip();
        asked.given(LASTED, from.as_ref());
        asked.given("follow_up.happened < ?", until.as_ref());
        if filter.open {
            asked.said.push(OPEN);
        }
        if filter.ended {
            asked.said.push(ENDED);
        }
        read(&asked.sql(), &asked.values)
    }

    /// Those that a condition over `follow_up` finds, with an order and a limit of its own.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_up_rows(
        &self,
        condition: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<FollowUpRow>, StoreError> {
        self.read_follow_ups(&format!("follow_up {NAMES} WHERE {condition}"), values)
    }

    /// Those whose ids a query finds, in an order over its columns, which are named `found`.
    pub(super) fn follow_up_rows_of(
        &self,
        found: &str,
        order: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<FollowUpRow>, StoreError> {
        let from = format!(
            "{found} AS found CROSS JOIN follow_up ON follow_up.id = found.id {NAMES} ORDER BY {order}"
        );
        self.read_follow_ups(&from, values)
    }

    fn read_follow_ups(&self, from: &str, values: &[&dyn ToSql]) -> Result<Vec<FollowUpRow>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT follow_up.json, ifnull(site.shown, ''), ifnull(subject.shown, ''), ifnull(owner.shown, ''),
                    ifnull(NOT owner.active, 0)
             FROM {from}"
        ))?;
        let rows = statement.query_map(values, |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let in_force = OnceCell::new();
        let in_force = || match in_force.get() {
            Some(known) => Ok::<&InForce, StoreError>(known),
            None => Ok(in_force.get_or_init({
                let known = InForce::of(&self.setting_changes()?);
                || known
            })),
        };
        // One that does not read, whatever the reason, must not keep the others from being shown.
        rows.filter_map(|row| {
            let (follow, site_name, subject_name, owner_name, owner_left) = match row {
                Ok((json, site, subject, owner, left)) => {
                    (serde_json::from_str::<FollowUp>(&json).ok()?, site, subject, owner, left)
                }
                Err(error) => return Some(Err(error.into())),
            };
            let next = match &follow.about {
                About::Report(_) => in_force().map(|known| NextDuty::of(&follow, known)),
                _ => Ok(None),
            };
            Some(next.map(|next| FollowUpRow {
                follow,
                site_name,
                subject_name,
                owner_name,
                owner_left,
                next,
            }))
        })
        .collect()
    }

    /// What is open about a person and can take an observation as evidence: cycles and restrictions,
    /// oldest first, all of them.
    ///
    /// # Errors
    /// As any read.
    pub fn open_for_evidence(&self, subject: Uuid) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(
            "follow_up.subject = ?1 AND follow_up.class IN ('cycle', 'restriction')
               AND follow_up.state IN ('open', 'worked', 'unproven')
             ORDER BY follow_up.happened, follow_up.id",
            &[&subject],
        )
    }

    /// Those that point to an observation as evidence, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups_pointing_to(&self, record: Uuid) -> Result<Vec<FollowUpRow>, StoreError> {
        self.follow_up_rows(
            "follow_up.id IN (SELECT follow_up FROM evidence WHERE record = ?1)
             ORDER BY follow_up.happened, follow_up.id",
            &[&record],
        )
    }

    /// One of them with its history.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_up(&self, id: Uuid) -> Result<Option<FollowUp>, StoreError> {
        follow_up::folded(&self.db, id)
    }
}
