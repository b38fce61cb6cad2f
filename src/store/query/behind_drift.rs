//! The records and reports behind a figure of drift: the same conditions as the figures in `reports`, and
//! how many there are.

use uuid::Uuid;

use super::records::NEWEST;
use super::reports::{ITEMS_MISSED, MISSED, STANDS};
use super::{FollowUpRow, Page, RecordRow};
use crate::store::{Store, StoreError};

impl Store {
    /// Observations by a standard since a moment (milliseconds since 1970) in which an item was missed, or
    /// found missing by a reviewer; newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn records_missing(
        &self,
        standard: Uuid,
        item: &str,
        since: i64,
        limit: u32,
    ) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(
            NEWEST,
            &format!(
                "record.standard = ?1 AND record.happened >= ?2
             AND {STANDS}
             AND EXISTS (SELECT 1 FROM {ITEMS_MISSED} WHERE value = ?3)"
            ),
            &[&standard, &since, &item],
            limit,
        )
    }

    /// Observations of these classes about a competency, since a moment, in which anything was missed;
    /// newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn records_with_misses(
        &self,
        competency: &str,
        classes: &[&str],
        since: i64,
        limit: u32,
    ) -> Result<Page<RecordRow>, StoreError> {
        self.record_page(
            NEWEST,
            &format!(
                "record.happened >= ?2 AND record.class IN (SELECT value FROM json_each(?3))
             AND EXISTS (SELECT 1 FROM standard AS by WHERE by.standard = record.standard
                         AND by.version = record.version AND by.competency = ?1)
             AND {MISSED} AND {STANDS}"
            ),
            &[&competency, &since, &serde_json::to_string(classes)?],
            limit,
        )
    }

    /// Reports about a competency from these sources, since a moment; newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn reports_about(
        &self,
        competency: &str,
        sources: &[&str],
        since: i64,
        limit: u32,
    ) -> Result<Page<FollowUpRow>, StoreError> {
        let found = "report WHERE competency = ?1 AND happened >= ?2
                     AND source IN (SELECT value FROM json_each(?3))";
        let sources = serde_json::to_string(sources)?;
        let total = self.count_of(found, &[&competency, &since, &sources])?;
        let rows = self.follow_up_rows_of(
            &format!("(SELECT id, happened FROM {found} ORDER BY happened DESC, id DESC LIMIT ?4)"),
            "found.happened DESC, found.id DESC",
            &[&competency, &since, &sources, &limit],
        )?;
        Ok(Page { rows, total })
    }
}
