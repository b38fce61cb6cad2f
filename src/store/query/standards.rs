//! Standards as published.

use rusqlite::OptionalExtension;

use super::{StandardRow, json, word};
use crate::practice::standard::{Class, Standard, StandardRef};
use crate::store::{Store, StoreError};

impl Store {
    /// The newest version of each, by class and competency; retired ones last.
    ///
    /// # Errors
    /// As any read.
    pub fn standards(&self) -> Result<Vec<StandardRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT standard, version, class, competency, title, items, retired FROM standard
             WHERE newest = 1 ORDER BY retired, class, competency, standard",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(StandardRow {
                standard: StandardRef { standard: row.get(0)?, version: row.get(1)? },
                class: word(row.get(2)?).unwrap_or(Class::Check),
                competency: row.get(3)?,
                title: json(row, 4)?,
                items: row.get(5)?,
                retired: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One version; `None` while it has not arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn standard(&self, wanted: StandardRef) -> Result<Option<Standard>, StoreError> {
        let json: Option<String> = self
            .db
            .prepare_cached("SELECT json FROM standard WHERE standard = ?1 AND version = ?2")?
            .query_row((wanted.standard, wanted.version), |row| row.get(0))
            .optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }
}
