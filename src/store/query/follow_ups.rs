//! What is followed up, as screens list it.

use rusqlite::ToSql;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Conditions, json};
use crate::practice::follow::{Class, FollowUp};
use crate::practice::settings::Settings;
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
}

const MOST: u32 = 200;
/// What has not ended: as the index `follow_up_due` says it, so that it answers.
const OPEN: &str = "follow_up.state IN ('open', 'worked', 'unproven')";
const ENDED: &str = "follow_up.state NOT IN ('open', 'worked', 'unproven')";

impl Store {
    /// Newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn follow_ups(&self, filter: &FollowUpFilter) -> Result<Vec<FollowUpRow>, StoreError> {
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
        if filter.open {
            asked.said.push(OPEN);
        }
        if filter.ended {
            asked.said.push(ENDED);
        }
        let limit = if filter.limit == 0 { MOST } else { filter.limit };
        let order = format!("ORDER BY follow_up.happened DESC, follow_up.id DESC LIMIT {limit}");
        self.follow_up_rows(&format!("{} {order}", asked.sql()), &asked.values)
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
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT follow_up.json, ifnull(site.name, ''), ifnull(subject.name, ''), ifnull(owner.name, '')
             FROM follow_up
             LEFT JOIN site ON site.site = follow_up.site
             LEFT JOIN person AS subject ON subject.person = follow_up.subject
             LEFT JOIN person AS owner ON owner.person = follow_up.owner
             WHERE {condition}"
        ))?;
        let rows = statement
            .query_map(values, |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        rows.map(|row| {
            let (follow, site_name, subject_name, owner_name) = row?;
            Ok(FollowUpRow { follow: serde_json::from_str(&follow)?, site_name, subject_name, owner_name })
        })
        .collect()
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

    /// What the organisation has decided for itself; the defaults where it has not.
    ///
    /// # Errors
    /// As any read.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT settings FROM org")?;
        let mut rows = statement.query([])?;
        match rows.next()? {
            Some(row) => Ok(json(row, 0)?),
            None => Ok(Settings::default()),
        }
    }
}
