//! What somebody who leaves had begun and not finished: drafts, texts in forms, standards being written.
//!
//! Invariant: a line for each state of it that has none yet, noted in the transaction that writes the line;
//! nothing is removed here, so that whoever stays after all goes on where they were.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::log::append;
use super::open::set_meta;
use super::{NewEvent, Store, StoreError};
use crate::practice::draft::Draft;
use crate::record::{Head, MAX_LINE_BYTES};

/// The kind of such a line. It is of no class of the table of rights: from a device that is removed the
/// server keeps every line apart, and nothing is ever derived from this one.
pub const KIND: &str = "draft.left";

/// What was handed over: each state in the log, as `what` and a fingerprint of it.
const NOTED: &str = "left";

/// A longer text goes in parts of so many letters, each of which fits into a line however it is escaped.
const PART: usize = 8_000;
/// So many bytes of JSON fit into a line as they are.
const WHOLE: usize = MAX_LINE_BYTES / 4 * 3;

/// How much of what was not finished was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unfinished {
    pub observations: u64,
    pub forms: u64,
    pub standards: u64,
}

/// One thing that is not finished.
struct Left {
    what: &'static str,
    /// Which one, among those of its kind.
    which: String,
    saved_at: String,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    text: String,
}

#[derive(Serialize)]
struct Body<'a> {
    what: &'a str,
    which: &'a str,
    saved_at: &'a str,
    part: usize,
    parts: usize,
    /// As it was kept, where that is JSON and fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl Store {
    /// Writes what is not finished, as it stands, behind the last line. False where all of it is in the log.
    ///
    /// # Errors
    /// As any write; then nothing was appended.
    pub fn hand_over_unfinished(
        &mut self,
        author: Uuid,
        now: DateTime<FixedOffset>,
        mut new_id: impl FnMut() -> Uuid,
    ) -> Result<bool, StoreError> {
        let mut noted = self.noted()?;
        let mut events = Vec::new();
        for left in self.unfinished()? {
            let print = Head::ZERO.next(left.text.as_bytes()).to_string();
            let key = format!("{} {}", left.what, left.which);
            if noted.get(&key) == Some(&print) {
                continue;
            }
            let fits = left.text.len() <= WHOLE && !left.text.contains(['\n', '\r']);
            let whole = fits.then(|| serde_json::from_str::<&RawValue>(&left.text).ok()).flatten();
            let letters: Vec<char> = left.text.chars().collect();
            let parts: Vec<String> = match whole {
                Some(_) => vec![String::new()],
                None => letters.chunks(PART).map(|part| part.iter().collect()).collect(),
            };
            for (place, text) in parts.iter().enumerate() {
                let body = Body {
                    what: left.what,
                    which: &left.which,
                    saved_at: &left.saved_at,
                    part: place.saturating_add(1),
                    parts: parts.len(),
                    left: whole,
                    text: whole.is_none().then_some(text.as_str()),
                };
                events.push(NewEvent {
                    id: new_id(),
                    at: now,
                    author,
                    kind: KIND.to_owned(),
                    site: left.site,
                    subject: left.subject,
                    body: serde_json::value::to_raw_value(&body)?,
                });
            }
            noted.insert(key, print);
        }
        if events.is_empty() {
            return Ok(false);
        }
        let tx = self.db.transaction()?;
        append(&tx, &events, 0)?;
        set_meta(&tx, NOTED, &serde_json::to_string(&noted)?)?;
        tx.commit()?;
        Ok(true)
    }

    /// How much of it has lines.
    ///
    /// # Errors
    /// As any read.
    pub fn handed_over(&self) -> Result<Unfinished, StoreError> {
        let mut count = Unfinished::default();
        for key in self.noted()?.into_keys() {
            match key.split(' ').next() {
                Some("observation") => count.observations = count.observations.saturating_add(1),
                Some("form") => count.forms = count.forms.saturating_add(1),
                Some("standard") => count.standards = count.standards.saturating_add(1),
                _ => {}
            }
        }
        Ok(count)
    }

    fn noted(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(match self.meta(NOTED)? {
            Some(noted) => serde_json::from_str(&noted)?,
            None => BTreeMap::new(),
        })
    }

    fn unfinished(&self) -> Result<Vec<Left>, StoreError> {
        let mut left = Vec::new();
        let mut statement = self.db.prepare("SELECT id, json, saved_at FROM draft ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, text): (Uuid, String) = (row.get("id")?, row.get("json")?);
            // One that does not read is handed over as well: a person may read what this version cannot.
            let draft = serde_json::from_str::<Draft>(&text).ok();
            if draft.as_ref().is_some_and(|draft| draft.trial) {
                continue;
            }
            left.push(Left {
                what: "observation",
                which: id.to_string(),
                saved_at: row.get("saved_at")?,
                site: draft.as_ref().and_then(|draft| draft.site),
                subject: draft.as_ref().and_then(|draft| draft.subject),
                text,
            });
        }
        let mut statement =
            self.db.prepare("SELECT form, about, body, saved_at FROM form_draft ORDER BY form, about")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (form, about): (String, String) = (row.get("form")?, row.get("about")?);
            left.push(Left {
                what: "form",
                which: format!("{form} {about}").trim_end().to_owned(),
                saved_at: row.get("saved_at")?,
                site: None,
                subject: None,
                text: row.get("body")?,
            });
        }
        let mut statement = self.db.prepare("SELECT id, json, saved_at FROM standard_draft ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            left.push(Left {
                what: "standard",
                which: row.get::<_, Uuid>("id")?.to_string(),
                saved_at: row.get("saved_at")?,
                site: None,
                subject: None,
                text: row.get("json")?,
            });
        }
        Ok(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::draft::Mark;
    use crate::store::FormKey;
    use crate::store::tests::{ALICE, BOB, ELM, content, now, store};

    fn hand_over(store: &mut Store, next: &mut u128) -> bool {
        store
            .hand_over_unfinished(ALICE, now(), || {
                *next += 1;
                Uuid::from_u128(*next)
            })
            .unwrap()
    }

    fn written(store: &Store) -> Vec<serde_json::Value> {
        let log = store.own().unwrap();
        let lines = store.lines_after(&log, 0, 100, 10_000_000).unwrap();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn each_state_of_what_is_not_finished_is_written_once_and_stays_where_it_was() {
        let (mut store, mut next) = (store(), 0x900);
        assert!(!hand_over(&mut store, &mut next), "nothing was begun");
        let mut draft: Draft = serde_json::from_value(serde_json::json!({
            "id": Uuid::from_u128(7), "class": "check", "content": content(Mark::NotMet),
            "site": ELM, "subject": BOB, "begun_at": now(),
        }))
        .unwrap();
        store.save_draft(&draft, now()).unwrap();
        let form = FormKey { person: ALICE, form: "report".into(), about: String::new() };
        store.save_form_draft(&form, "Fell in the hall", now()).unwrap();
        assert!(hand_over(&mut store, &mut next));
        assert!(!hand_over(&mut store, &mut next), "all of it is in the log");
        let lines = written(&store);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["kind"], KIND);
        assert_eq!(lines[0]["site"], serde_json::json!(ELM));
        assert_eq!(serde_json::from_value::<Draft>(lines[0]["body"]["left"].clone()).unwrap(), draft);
        assert_eq!(lines[1]["body"]["text"], "Fell in the hall");
        let both = Unfinished { observations: 1, forms: 1, standards: 0 };
        assert_eq!(store.handed_over().unwrap(), both);

        // It is still there to go on with, and what it comes to later is written, too.
        draft.subject = None;
        store.save_draft(&draft, now()).unwrap();
        assert!(hand_over(&mut store, &mut next));
        assert_eq!((written(&store).len(), store.handed_over().unwrap()), (3, both));
        assert_eq!(store.draft(draft.id).unwrap().unwrap().draft, draft);
        store.rebuild().unwrap();
        assert_eq!(store.newer(10).unwrap().total, 0, "nothing is derived from it");
    }

    #[test]
    fn what_is_longer_than_a_line_goes_in_parts() {
        let (mut store, mut next) = (store(), 0x900);
        let form = FormKey { person: ALICE, form: "report".into(), about: "one".into() };
        let text = "\u{1}\"ñ\u{1f600}".repeat(10_000);
        store.save_form_draft(&form, &text, now()).unwrap();
        assert!(hand_over(&mut store, &mut next));
        let parts = written(&store);
        let whole: String = parts.iter().map(|line| line["body"]["text"].as_str().unwrap()).collect();
        assert_eq!((whole, parts[0]["body"]["parts"].as_u64()), (text, Some(5)));
        assert_eq!(store.handed_over().unwrap(), Unfinished { forms: 1, ..Unfinished::default() });
    }
}
