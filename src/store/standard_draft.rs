//! Standards that are being written: saved whole at every tap, removed in the same transaction that
//! writes their version.

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError};
use crate::practice::editing::Editing;

#[derive(Clone, Debug, PartialEq)]
pub struct SavedEditing {
    pub editing: Editing,
    pub saved_at: DateTime<FixedOffset>,
}

impl Store {
    /// Durable when it returns.
    ///
    /// # Errors
    /// As any write; the older state stands then.
    pub fn save_standard_draft(
        &mut self,
        editing: &Editing,
        now: DateTime<FixedOffset>,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO standard_draft (id, json, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET json = ?2, saved_at = ?3",
            )?
            .execute((editing.id, serde_json::to_string(editing)?, now.to_rfc3339()))?;
        Ok(())
    }

    /// Throws it away, with what it was tried out with and what was typed to publish it.
    ///
    /// # Errors
    /// As any write.
    pub fn discard_standard_draft(&mut self, id: Uuid) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        tx.execute("DELETE FROM standard_draft WHERE id = ?1", [id])?;
        tx.execute("DELETE FROM draft WHERE id = ?1", [id])?;
        tx.execute("DELETE FROM form_draft WHERE form = 'publish' AND about = ?1", [id.to_string()])?;
        tx.commit()?;
        Ok(())
    }

    /// # Errors
    /// As any read.
    pub fn standard_draft(&self, id: Uuid) -> Result<Option<SavedEditing>, StoreError> {
        let found = self
            .db
            .prepare_cached("SELECT json, saved_at FROM standard_draft WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        found.map(|(json, at)| saved(&json, &at)).transpose()
    }

    /// The one touched last comes first.
    ///
    /// # Errors
    /// As any read.
    pub fn standard_drafts(&self) -> Result<Vec<SavedEditing>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT json, saved_at FROM standard_draft ORDER BY saved_at DESC, id")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| row.map_err(StoreError::from).and_then(|(json, at)| saved(&json, &at))).collect()
    }
}

fn saved(json: &str, at: &str) -> Result<SavedEditing, StoreError> {
    let editing: Editing = serde_json::from_str(json)?;
    let saved_at = DateTime::parse_from_rfc3339(at).unwrap_or(editing.begun_at);
    Ok(SavedEditing { editing, saved_at })
}
