//! Standards as published.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{StandardRow, json, word};
use crate::practice::rights::registry_counts;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, Standard, StandardRef};
use crate::practice::text::Text;
use crate::record::Line;
use crate::store::{Store, StoreError, derive};

/// An event about a standard, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardLine {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    /// `published` or `retired`.
    pub verb: String,
    pub body: String,
}

/// Standards as they were read while the database had seen so many changes: whatever is written makes
/// them old, because it could be a standard.
#[derive(Default)]
pub(in crate::store) struct Known {
    written: u64,
    standards: BTreeMap<StandardRef, Option<Standard>>,
}

impl Store {
    /// The newest version of each, by class and competency; retired ones last.
    ///
    /// # Errors
    /// As any read.
    pub fn standards(&self) -> Result<Vec<StandardRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT standard, version, class, competency, title, items, retired,
                    ifnull(json_extract(json, '$.cycle'), '{}')
             FROM standard
             WHERE newest = 1 ORDER BY retired, class, competency, standard",
        )?;
        let rows = statement.query_map([], |row| {
            let standard = StandardRef { standard: row.get(0)?, version: row.get(1)? };
            Ok(StandardRow {
                standard,
                setting: Setting::Unknown,
                class: word(row.get(2)?).unwrap_or(Class::Check),
                competency: row.get(3)?,
                title: json(row, 4)?,
                items: row.get(5)?,
                retired: row.get(6)?,
                cycle: json(row, 7)?,
            })
        })?;
        let mut rows = rows.collect::<Result<Vec<StandardRow>, _>>()?;
        for row in &mut rows {
            let observed_in = |found: Option<&Standard>| found.map(Standard::observed_in);
            row.setting = self.with_standard(row.standard, observed_in)?.unwrap_or(Setting::Unknown);
        }
        Ok(rows)
    }

    /// The title of a version as it is shown; empty while it has not arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn title_of(&self, wanted: StandardRef) -> Result<Text, StoreError> {
        let title = self
            .db
            .prepare_cached("SELECT title FROM standard WHERE standard = ?1 AND version = ?2")?
            .query_row((wanted.standard, wanted.version), |row| json(row, 0))
            .optional()?;
        Ok(title.unwrap_or_default())
    }

    /// One version; `None` while it has not arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn standard(&self, wanted: StandardRef) -> Result<Option<Standard>, StoreError> {
        let whole = |found: Option<&Standard>| found.cloned();
        self.with_standard(wanted, whole)
    }

    /// The same, looked at where it lies: a dashboard asks dozens of times for the same few.
    pub(super) fn with_standard<T>(
        &self,
        wanted: StandardRef,
        look: impl FnOnce(Option<&Standard>) -> T,
    ) -> Result<T, StoreError> {
        let written = self.db.total_changes();
        if self.known.borrow().written != written {
            self.known.replace(Known { written, standards: BTreeMap::new() });
        }
        if let Some(known) = self.known.borrow().standards.get(&wanted) {
            return Ok(look(known.as_ref()));
        }
        let json: Option<String> = self
            .db
            .prepare_cached("SELECT json FROM standard WHERE standard = ?1 AND version = ?2")?
            .query_row((wanted.standard, wanted.version), |row| row.get(0))
            .optional()?;
        let standard = json.map(|json| serde_json::from_str(&json)).transpose()?;
        let seen = look(standard.as_ref());
        self.known.borrow_mut().standards.insert(wanted, standard);
        Ok(seen)
    }

    /// All events about one standard in the order of the organisation's stream, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn standard_lines(&self, standard: Uuid) -> Result<Vec<StandardLine>, StoreError> {
        let lines = derive::registry_lines(&self.db, standard, "standard")?;
        let read = |line: &String| {
            let envelope = Line::read(line).ok().filter(registry_counts)?;
            Some(StandardLine {
                event: envelope.id,
                at: envelope.at,
                author: envelope.author,
                verb: envelope.kind.verb().to_owned(),
                body: envelope.body.get().to_owned(),
            })
        };
        Ok(lines.iter().filter_map(read).collect())
    }
}
