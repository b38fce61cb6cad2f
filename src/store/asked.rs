//! Which items the versions of a standard ask.
//!
//! Invariant: an observation by a version that does not ask an item saw nothing of it, as long as the newest
//! version asks it. What the newest version asks no more nobody can see again: the whole standard, which took
//! its place, says what counts then, and every page that names the item says that.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use uuid::Uuid;

use super::query::NamedItem;
use super::{Store, StoreError};
use crate::practice::text::Text;

/// Items that the newest version of a standard asks and this one does not.
pub(super) fn only_by_the_newest(
    db: &Connection,
    standard: Uuid,
    version: u32,
) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT asked.value ->> '$.id' FROM standard, json_each(standard.json, '$.items') AS asked
         WHERE standard.standard = ?1 AND standard.newest AND standard.version <> ?2
           AND NOT EXISTS (
               SELECT 1 FROM standard AS own, json_each(own.json, '$.items') AS item
               WHERE own.standard = ?1 AND own.version = ?2 AND item.value ->> '$.id' = asked.value ->> '$.id')",
    )?;
    let rows = statement.query_map((standard, version), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The same for each version that is known.
pub(super) fn only_by_the_newest_of(
    db: &Connection,
    standard: Uuid,
) -> Result<BTreeMap<u32, BTreeSet<String>>, StoreError> {
    let mut versions = BTreeMap::new();
    let mut statement = db.prepare_cached("SELECT version FROM standard WHERE standard = ?1")?;
    for version in statement.query_map([standard], |row| row.get(0))? {
        let version = version?;
        versions.insert(version, only_by_the_newest(db, standard, version)?.into_iter().collect());
    }
    Ok(versions)
}

impl Store {
    /// An item in the words of the newest version that asks it; its id where none is known that does.
    ///
    /// # Errors
    /// As any read.
    pub fn named_item(&self, standard: Uuid, id: &str) -> Result<NamedItem, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT asked.value ->> '$.text', standard.newest
             FROM standard, json_each(standard.json, '$.items') AS asked
             WHERE standard.standard = ?1 AND asked.value ->> '$.id' = ?2
             ORDER BY standard.version DESC LIMIT 1",
        )?;
        let mut rows = statement.query((standard, id))?;
        let Some(row) = rows.next()? else {
            return Ok(NamedItem { text: Text::from(id), gone: false });
        };
        let text: String = row.get(0)?;
        Ok(NamedItem { text: serde_json::from_str(&text)?, gone: !row.get::<_, bool>(1)? })
    }
}

#[cfg(test)]
#[path = "asked_tests.rs"]
mod tests;
