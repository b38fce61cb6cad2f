//! Drafts: saved whole at every tap, removed in the same transaction that writes their record.

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError};
use crate::practice::draft::Draft;

#[derive(Clone, Debug, PartialEq)]
pub struct SavedDraft {
    pub draft: Draft,
    pub saved_at: DateTime<FixedOffset>,
}

impl Store {
    /// Durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Full`] and others; the older state of the draft stands then.
    pub fn save_draft(&mut self, draft: &Draft, now: DateTime<FixedOffset>) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO draft (id, json, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET json = ?2, saved_at = ?3",
            )?
            .execute((draft.id, serde_json::to_string(draft)?, now.to_rfc3339()))?;
        Ok(())
    }

    /// # Errors
    /// As any write.
    pub fn discard_draft(&mut self, draft: Uuid) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM draft WHERE id = ?1", [draft])?;
        Ok(())
    }

    /// # Errors
    /// As any read.
    pub fn draft(&self, draft: Uuid) -> Result<Option<SavedDraft>, StoreError> {
        let found = self
            .db
            .prepare_cached("SELECT json, saved_at FROM draft WHERE id = ?1")?
            .query_row([draft], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        found.map(|(json, at)| saved(&json, &at)).transpose()
    }

    /// The one touched last comes first.
    ///
    /// # Errors
    /// As any read.
    pub fn drafts(&self) -> Result<Vec<SavedDraft>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT json, saved_at FROM draft ORDER BY saved_at DESC, id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| row.map_err(StoreError::from).and_then(|(json, at)| saved(&json, &at))).collect()
    }
}

fn saved(json: &str, at: &str) -> Result<SavedDraft, StoreError> {
    let draft: Draft = serde_json::from_str(json)?;
    let saved_at = DateTime::parse_from_rfc3339(at).unwrap_or(draft.begun_at);
    Ok(SavedDraft { draft, saved_at })
}
