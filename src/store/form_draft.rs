//! What was typed into a form that is no draft of an observation: a report, a step, a review. Kept whole
//! at every change, until it was sent or thrown away.
//!
//! Invariant: it is one person's. Nobody else who unlocks the same device reads it.

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError};

/// What stands in a form, in the form's own words for it, and when it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedForm {
    pub body: String,
    pub saved_at: DateTime<FixedOffset>,
}

impl Store {
    /// Durable when it returns. An empty body throws away what was kept.
    ///
    /// # Errors
    /// As any write; what was kept before stands then.
    pub fn save_form_draft(
        &mut self,
        person: Uuid,
        form: &str,
        about: &str,
        body: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<(), StoreError> {
        if body.is_empty() {
            self.db
                .prepare_cached("DELETE FROM form_draft WHERE person = ?1 AND form = ?2 AND about = ?3")?
                .execute((person, form, about))?;
            return Ok(());
        }
        self.db
            .prepare_cached(
                "INSERT INTO form_draft (person, form, about, body, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (person, form, about) DO UPDATE SET body = ?4, saved_at = ?5",
            )?
            .execute((person, form, about, body, now.to_rfc3339()))?;
        Ok(())
    }

    /// # Errors
    /// As any read.
    pub fn form_draft(&self, person: Uuid, form: &str, about: &str) -> Result<Option<SavedForm>, StoreError> {
        let found = self
            .db
            .prepare_cached(
                "SELECT body, saved_at FROM form_draft WHERE person = ?1 AND form = ?2 AND about = ?3",
            )?
            .query_row((person, form, about), |row| {
                Ok((row.get::<_, String>("body")?, row.get::<_, String>("saved_at")?))
            })
            .optional()?;
        Ok(found.and_then(|(body, at)| {
            Some(SavedForm { body, saved_at: DateTime::parse_from_rfc3339(&at).ok()? })
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::store::tests::{ALICE, BOB, now, store};

    #[test]
    fn what_was_typed_survives_a_rebuild_and_is_gone_once_it_was_sent() {
        let mut store = store();
        let body = |store: &crate::store::Store, person, form, about| {
            store.form_draft(person, form, about).unwrap().map(|kept| kept.body)
        };
        store.save_form_draft(ALICE, "report", "", "Fell in the ha", now()).unwrap();
        store.save_form_draft(ALICE, "report", "", "Fell in the hall", now()).unwrap();
        store.save_form_draft(ALICE, "step", "one", "Showed how", now()).unwrap();
        store.rebuild().unwrap();
        assert_eq!(body(&store, ALICE, "report", "").as_deref(), Some("Fell in the hall"));
        assert_eq!(body(&store, ALICE, "step", "one").as_deref(), Some("Showed how"));
        assert_eq!(body(&store, ALICE, "step", "another"), None);
        assert_eq!(body(&store, BOB, "report", ""), None, "it is hers");
        store.save_form_draft(ALICE, "report", "", "", now()).unwrap();
        assert_eq!(body(&store, ALICE, "report", ""), None);
        assert_eq!(body(&store, ALICE, "step", "one").as_deref(), Some("Showed how"));
    }
}
