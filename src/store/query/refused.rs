//! What was refused: kept, because everything is, and shown where it was meant to change something.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{time, word};
use crate::practice::rights::NotCounted;
use crate::store::{Store, StoreError};

/// An event that does not count for the thing that it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    pub event: Uuid,
    pub kind: String,
    pub why: NotCounted,
    pub author_name: String,
    /// By its author's clock.
    pub at: DateTime<FixedOffset>,
}

/// A thing with events that were refused lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedThing {
    pub thing: Uuid,
    pub count: u32,
    /// Who wrote the newest of them.
    pub author_name: String,
    /// When the server took the newest of them in.
    pub at: DateTime<FixedOffset>,
}

impl Store {
    /// What was refused for a thing, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn refused_for(&self, thing: Uuid) -> Result<Vec<RefusedRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT event, kind, why, ifnull(person.shown, ''), at, at_east FROM refused
             LEFT JOIN person ON person.person = refused.author
             WHERE thing = ?1 ORDER BY event",
        )?;
        let rows = statement.query_map([thing], |row| {
            Ok(RefusedRow {
                event: row.get(0)?,
                kind: row.get(1)?,
                why: word(row.get(2)?).unwrap_or(NotCounted::Nothing),
                author_name: row.get(3)?,
                at: time(row, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every thing with events that were refused since `since`, by the server's clock where it is known:
    /// their authors' own could say anything. The newest first.
    ///
    /// # Errors
    /// As any read.
    pub fn refused_since(&self, since: DateTime<FixedOffset>) -> Result<Vec<RefusedThing>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT thing, count(*), ifnull(person.shown, ''), max(ifnull(event.received, refused.at)) AS newest
             FROM refused JOIN event ON event.id = refused.event
             LEFT JOIN person ON person.person = refused.author
             WHERE ifnull(event.received, refused.at) >= ?1
             GROUP BY thing ORDER BY newest DESC, thing",
        )?;
        let rows = statement.query_map([since.timestamp_millis()], |row| {
            let newest = DateTime::from_timestamp_millis(row.get(3)?).unwrap_or_default();
            Ok(RefusedThing {
                thing: row.get(0)?,
                count: row.get(1)?,
                author_name: row.get(2)?,
                at: newest.fixed_offset(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
