//! What was typed into a form that is no draft of an observation: a report, a step, a review. Kept whole
//! at every change, until it was sent or thrown away.
//!
//! Invariants: it is one person's, and nobody else who unlocks the same device reads it; what was sent is
//! removed in the transaction that writes it, so that no crash offers it a second time.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Store, StoreError};

/// Whose text it is, of which form, and what the form is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormKey {
    pub person: Uuid,
    pub form: String,
    pub about: String,
}

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
        form: &FormKey,
        body: &str,
        now: DateTime<FixedOffset>,
    ) -> Result<(), StoreError> {
        if body.is_empty() {
            return remove(&self.db, form);
        }
        let FormKey { person, form, about } = form;
        self.db
            .prepare_cached(
                "INSERT INTO form_draft (person, form, about, body, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (person, form, about) DO UPDATE SET body = ?4, saved_at = ?5",
            )?
            .execute((person, form, about, body, now.to_rfc3339()))?;
        Ok(())
    }

    /// What is appended next was sent by this form: its kept text goes in the same transaction.
    pub fn send_form(&mut self, form: FormKey) {
        self.sending = Some(form);
    }

    /// Whether the form's text went with what was appended since [`Store::send_form`]. Whatever is
    /// appended from here on takes nothing with it.
    pub fn form_sent(&mut self) -> bool {
        self.sending.take().is_none()
    }

    /// All that a person typed and did not send, the newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn form_drafts(&self, person: Uuid) -> Result<Vec<(FormKey, SavedForm)>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT form, about, body, saved_at FROM form_draft WHERE person = ?1")?;
        let rows = statement.query_map([person], |row| {
            let key = FormKey { person, form: row.get("form")?, about: row.get("about")? };
            Ok((key, row.get::<_, String>("body")?, row.get::<_, String>("saved_at")?))
        })?;
        let mut kept = Vec::new();
        for row in rows {
            let (key, body, at) = row?;
            if let Ok(saved_at) = DateTime::parse_from_rfc3339(&at) {
                kept.push((key, SavedForm { body, saved_at }));
            }
        }
        kept.sort_by(|(one, a), (other, b)| {
            (b.saved_at, &one.form, &one.about).cmp(&(a.saved_at, &other.form, &other.about))
        });
        Ok(kept)
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

pub(super) fn remove(db: &Connection, form: &FormKey) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM form_draft WHERE person = ?1 AND form = ?2 AND about = ?3")?.execute((
        form.person,
        &form.form,
        &form.about,
    ))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::FormKey;
    use crate::store::StoreError;
    use crate::store::tests::{ALICE, BOB, event, now, store};

    fn key(person: Uuid, form: &str, about: &str) -> FormKey {
        FormKey { person, form: form.into(), about: about.into() }
    }

    #[test]
    fn what_was_sent_goes_with_its_text_and_what_was_not_written_leaves_it() {
        let mut store = store();
        let (report, step) = (key(ALICE, "report", ""), key(ALICE, "step", "one"));
        store.save_form_draft(&report, "Fell in the hall", now()).unwrap();
        store.save_form_draft(&step, "Showed how", now()).unwrap();
        let kept = |store: &crate::store::Store, key: &FormKey| {
            store.form_draft(key.person, &key.form, &key.about).unwrap().map(|kept| kept.body)
        };

        // The disk is full: nothing is written, and the text is there to be sent again.
        let pages: i64 = store.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        store.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
        let long = event(1, "signal.logged", &json!({"said": "x".repeat(60_000)}));
        store.send_form(report.clone());
        assert!(matches!(store.append(&[long], None), Err(StoreError::Full)));
        assert!(!store.form_sent());
        assert_eq!(kept(&store, &report).as_deref(), Some("Fell in the hall"));
        let _ = store.db.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()));

        // Written: there is no moment at which both are there.
        store.send_form(report.clone());
        store.append(&[event(2, "signal.logged", &json!({"said": "Fell in the hall"}))], None).unwrap();
        assert!(store.form_sent());
        assert_eq!(kept(&store, &report), None);
        assert_eq!(kept(&store, &step).as_deref(), Some("Showed how"));

        // What is appended later takes nothing with it.
        store.append(&[event(3, "signal.logged", &json!({"said": "Late"}))], None).unwrap();
        assert_eq!(kept(&store, &step).as_deref(), Some("Showed how"));
    }

    #[test]
    fn what_was_typed_survives_a_rebuild_and_is_gone_once_it_was_sent() {
        let mut store = store();
        let body = |store: &crate::store::Store, person, form, about| {
            store.form_draft(person, form, about).unwrap().map(|kept| kept.body)
        };
        store.save_form_draft(&key(ALICE, "report", ""), "Fell in the ha", now()).unwrap();
        store.save_form_draft(&key(ALICE, "report", ""), "Fell in the hall", now()).unwrap();
        store.save_form_draft(&key(ALICE, "step", "one"), "Showed how", now()).unwrap();
        store.rebuild().unwrap();
        assert_eq!(body(&store, ALICE, "report", "").as_deref(), Some("Fell in the hall"));
        assert_eq!(body(&store, ALICE, "step", "one").as_deref(), Some("Showed how"));
        assert_eq!(body(&store, ALICE, "step", "another"), None);
        assert_eq!(body(&store, BOB, "report", ""), None, "it is hers");
        let later = now() + chrono::TimeDelta::minutes(1);
        store.save_form_draft(&key(ALICE, "visit", ""), "At six", later).unwrap();
        let listed = |store: &crate::store::Store, person| -> Vec<String> {
            store.form_drafts(person).unwrap().into_iter().map(|(key, _)| key.form).collect()
        };
        assert_eq!(listed(&store, ALICE), ["visit", "report", "step"], "the newest first");
        assert!(listed(&store, BOB).is_empty(), "what others typed is listed to nobody");
        store.save_form_draft(&key(ALICE, "report", ""), "", now()).unwrap();
        assert_eq!(body(&store, ALICE, "report", ""), None);
        assert_eq!(body(&store, ALICE, "step", "one").as_deref(), Some("Showed how"));
    }
}
