//! What somebody who leaves had begun and not finished: drafts, texts in forms, standards being written.
//!
//! Invariant: a line for each state of it that has none yet, noted in the transaction that writes the line;
//! nothing is removed here, so that whoever stays after all goes on where they were. The server keeps these
//! lines apart, whether or not their author is active again when they arrive, and nothing is derived from one.

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
use crate::sync::wire::DRAFT_LEFT;

/// What was handed over: each state in the log, as `what` and a fingerprint of it.
const NOTED: &str = "left";

/// A longer text goes in parts of so many letters, each of which fits into a line however it is escaped.
const PART: usize = 8_000;
/// So many bytes of JSON fit into a line as they are.
const WHOLE: usize = MAX_LINE_BYTES / 4 * 3;

/// How much there is of what was not finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unfinished {
    pub observations: u64,
    pub forms: u64,
    pub standards: u64,
}

impl Unfinished {
    fn count(&mut self, what: &str) {
        let place = match what {
            "observation" => &mut self.observations,
            "form" => &mut self.forms,
            "standard" => &mut self.standards,
            _ => return,
        };
        *place = place.saturating_add(1);
    }
}

/// What became of it when the device was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftOver {
    #[serde(flatten)]
    pub handed_over: Unfinished,
    /// There was no room for it, or it goes into no line.
    pub not_sent: Unfinished,
    /// It could not be read how much there was, and how much of it was handed over.
    pub unknown: bool,
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

/// A thing that is not finished and has no line as it stands.
struct Pending {
    /// Under what it is noted, and as what.
    key: String,
    print: String,
    left: Left,
}

impl Left {
    fn key(&self) -> String {
        format!("{} {}", self.what, self.which)
    }

    fn print(&self) -> String {
        Head::ZERO.next(self.text.as_bytes()).to_string()
    }

    /// The bodies of its lines; `as_text`: its JSON, too, goes as text.
    fn bodies(&self, as_text: bool) -> Result<Vec<Box<RawValue>>, StoreError> {
        let fits = !as_text && self.text.len() <= WHOLE && !self.text.contains(['\n', '\r']);
        let whole = fits.then(|| serde_json::from_str::<&RawValue>(&self.text).ok()).flatten();
        let letters: Vec<char> = self.text.chars().collect();
        let parts: Vec<String> = match whole {
            Some(_) => vec![String::new()],
            None => letters.chunks(PART).map(|part| part.iter().collect()).collect(),
        };
        let body = |(place, text): (usize, &String)| {
            serde_json::value::to_raw_value(&Body {
                what: self.what,
                which: &self.which,
                saved_at: &self.saved_at,
                part: place.saturating_add(1),
                parts: parts.len(),
                left: whole,
                text: whole.is_none().then_some(text.as_str()),
            })
        };
        Ok(parts.iter().enumerate().map(body).collect::<Result<_, _>>()?)
    }
}

impl Store {
    /// Writes what is not finished, as it stands, behind the last line: as one, and where there is no room
    /// for all of it or something goes into no line, whatever goes, one by one. False where nothing was
    /// written: all of it is in the log, or no more of it goes.
    ///
    /// # Errors
    /// As any write, except for want of room.
    pub fn hand_over_unfinished(
        &mut self,
        author: Uuid,
        now: DateTime<FixedOffset>,
        mut new_id: impl FnMut() -> Uuid,
    ) -> Result<bool, StoreError> {
        let noted = self.noted()?;
        let mut pending = Vec::new();
        for left in self.unfinished()? {
            let (key, print) = (left.key(), left.print());
            if noted.get(&key) != Some(&print) {
                pending.push(Pending { key, print, left });
            }
        }
        if pending.is_empty() {
            return Ok(false);
        }
        let mut write = |pending: &[Pending], as_text| {
            let written = self.write_unfinished(pending, as_text, author, now, &mut new_id);
            match written {
                Ok(()) => Ok(true),
                Err(error) if error.is_want_of_room() || matches!(error, StoreError::Line(_)) => Ok(false),
                Err(error) => Err(error),
            }
        };
        if write(&pending, false)? {
            return Ok(true);
        }
        let mut some = false;
        for one in pending.chunks(1) {
            some |= write(one, false)? || write(one, true)?;
        }
        Ok(some)
    }

    fn write_unfinished(
        &mut self,
        pending: &[Pending],
        as_text: bool,
        author: Uuid,
        now: DateTime<FixedOffset>,
        new_id: &mut impl FnMut() -> Uuid,
    ) -> Result<(), StoreError> {
        let mut noted = self.noted()?;
        let mut events = Vec::new();
        for Pending { key, print, left } in pending {
            events.extend(left.bodies(as_text)?.into_iter().map(|body| NewEvent {
                id: new_id(),
                at: now,
                author,
                kind: DRAFT_LEFT.to_owned(),
                site: left.site,
                subject: left.subject,
                body,
            }));
            noted.insert(key.clone(), print.clone());
        }
        let tx = self.db.transaction()?;
        append(&tx, &events, 0)?;
        set_meta(&tx, NOTED, &serde_json::to_string(&noted)?)?;
        tx.commit()?;
        Ok(())
    }

    /// How much of it has lines as it stands, and how much has none. What was thrown away or finished since
    /// it was written is neither.
    #[must_use]
    pub fn left_over(&self) -> LeftOver {
        let (Ok(noted), Ok(unfinished)) = (self.noted(), self.unfinished()) else {
            return LeftOver { unknown: true, ..LeftOver::default() };
        };
        let mut left_over = LeftOver::default();
        for left in unfinished {
            let has_lines = noted.get(&left.key()) == Some(&left.print());
            let of = if has_lines { &mut left_over.handed_over } else { &mut left_over.not_sent };
            of.count(left.what);
        }
        left_over
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
#[path = "unfinished_tests.rs"]
mod tests;
