//! Questions to the derived tables, by feature. Each has a limit, so that no list grows without
//! bound with the store.

mod behind;
mod behind_drift;
mod devices;
mod due;
mod follow_ups;
mod insight;
mod newer;
mod owed;
mod owed_records;
mod packs;
mod people;
mod records;
mod refused;
mod reports;
mod rows;
mod standards;
mod sync;
mod tasks;
mod told;

pub use behind::Parts;
pub use devices::{CodeRow, DeviceRow};
pub use follow_ups::{FollowUpFilter, FollowUpRow, NextDuty};
pub use insight::{LooksAfter, Scope, Span};
pub use owed::{ReportsOwed, Sites, VisitsOwed};
pub use owed_records::LookAgain;
pub use packs::{LineRow, PackEntry};
pub use people::sees_all_sites;
pub use refused::{RefusedRow, RefusedThing};
pub use rows::*;
pub(super) use standards::Known;
pub use standards::{StandardLine, VersionInForce};

use chrono::{DateTime, FixedOffset};
use rusqlite::{Row, ToSql};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::sync::wire::Role;

/// Of a record: nobody observed themselves. A note and a handoff are written by those whose practice they are.
const BY_OTHERS: &str = "(author IS NOT subject OR class NOT IN ('check', 'shadow', 'audit'))";

/// It counts in figures: it is neither taken back nor contested, nobody observed themselves, and nobody was
/// watched without the consent that the standard asks for. `store::tally` asks the same of a row.
const COUNTS: &str = "record.state NOT IN ('withdrawn', 'conflict')
    AND instr(record.verdict, '\"own\":true') = 0 AND instr(record.verdict, '\"declined\":true') = 0";

/// A time from its milliseconds at `index` and its offset in the column after it. Both were written
/// by this app; what is no time shows as 1970 rather than hiding its row.
pub(super) fn time(row: &Row, index: usize) -> rusqlite::Result<DateTime<FixedOffset>> {
    let east = FixedOffset::east_opt(row.get(index + 1)?);
    let at = DateTime::from_timestamp_millis(row.get(index)?).unwrap_or_default();
    Ok(east.map_or_else(|| at.fixed_offset(), |east| at.with_timezone(&east)))
}

/// A value from its stored JSON, or its default where a newer version has written another form.
pub(super) fn json<T: DeserializeOwned + Default>(row: &Row, index: usize) -> rusqlite::Result<T> {
    let text: Option<String> = row.get(index)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// The conditions of a list, each with its value. Only what is asked for stands in the statement, so that
/// an index can answer it.
#[derive(Default)]
struct Conditions<'a> {
    said: Vec<&'static str>,
    values: Vec<&'a dyn ToSql>,
}

impl<'a> Conditions<'a> {
    /// One with a `?` for its value, where there is one.
    fn given<T: ToSql>(&mut self, condition: &'static str, value: Option<&'a T>) {
        if let Some(value) = value {
            self.said.push(condition);
            self.values.push(value);
        }
    }

    /// As SQL; true where nothing is asked.
    fn sql(&self) -> String {
        if self.said.is_empty() { "1".to_owned() } else { self.said.join(" AND ") }
    }
}

/// Ids for `IN (SELECT unhex(value) FROM json_each(…))`.
fn ids(of: impl Iterator<Item = Uuid>) -> Result<String, serde_json::Error> {
    serde_json::to_string(&of.map(|id| id.simple().to_string()).collect::<Vec<_>>())
}

/// A word of ours (state, class …) from its stored text.
fn word<T: DeserializeOwned>(text: String) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text)).ok()
}

fn role(text: String) -> Role {
    word(text).unwrap_or(Role::Staff)
}

/// How our SQLite would read it, step by step; every parameter given is an empty id.
#[cfg(test)]
pub(super) fn plan(sql: &str) -> Vec<String> {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    let store = super::Store::open(db, &super::Key::new([7; 32]), false).unwrap();
    let mut statement = store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let given = vec![[0_u8; 16]; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(given), |row| row.get(3)).unwrap();
    rows.map(Result::unwrap).collect()
}
