//! The lines behind what a pack shows, with their places, and the packs that were handed out.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::{Page, RecordRow, json, time};
use crate::practice::told::Told;
use crate::record::Head;
use crate::store::{Store, StoreError};

/// A line as it lies in the log.
#[derive(Clone, Debug)]
pub struct LineRow {
    pub id: Uuid,
    pub line: String,
    /// Where this device's own chain has it: replica, number, head before and after, and whether the
    /// server is known to hold it. None for what others wrote.
    pub own: Option<(Uuid, u64, Head, Head, bool)>,
}

/// A pack that was handed out: when, by whom, and the body of its event.
#[derive(Clone, Debug)]
pub struct PackEntry {
    pub at: DateTime<FixedOffset>,
    pub author_name: String,
    pub body: String,
}

/// So many of them are listed.
const MOST: u32 = 50;

impl Store {
    /// Packs that were handed out, the newest first, and how many there are.
    ///
    /// # Errors
    /// As any read.
    pub fn packs(&self) -> Result<Page<PackEntry>, StoreError> {
        let total = self.count_of("pack", &[])?;
        let mut statement = self.db.prepare_cached(
            "SELECT at, at_east, ifnull(person.shown, ''), json FROM pack
             LEFT JOIN person ON person.person = pack.author ORDER BY at DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([MOST], |row| {
            Ok(PackEntry { at: time(row, 0)?, author_name: row.get(2)?, body: row.get(3)? })
        })?;
        Ok(Page { rows: rows.collect::<Result<_, _>>()?, total })
    }

    /// Everything that was written about one record, standard or follow-up.
    ///
    /// # Errors
    /// As any read.
    pub fn lines_of(&self, about: Uuid) -> Result<Vec<LineRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT event.id, event.line, replica.id, event.seq, before.head, event.head,
                    event.seq <= replica.held
             FROM event
             LEFT JOIN replica ON replica.key = event.replica AND replica.own = 1
             LEFT JOIN event AS before
                    ON before.replica = replica.key AND before.seq = event.seq - 1
             WHERE event.about = ?1 AND event.hidden = 0
             ORDER BY event.key",
        )?;
        let rows = statement.query_map([about], |row| {
            let head = |column| -> rusqlite::Result<Option<Head>> {
                Ok(row.get::<_, Option<Vec<u8>>>(column)?.and_then(|bytes| Head::from_bytes(&bytes)))
            };
            let own = match (row.get(2)?, row.get(3)?, head(5)?) {
                (Some(replica), Some(seq), Some(after)) => {
                    let before = if seq == 1 { Some(Head::ZERO) } else { head(4)? };
                    before.map(|before| (replica, seq, before, after, row.get(6).unwrap_or(false)))
                }
                _ => None,
            };
            Ok(LineRow { id: row.get(0)?, line: row.get(1)?, own })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What nobody judged in these records; those that judged all of it are left out.
    ///
    /// # Errors
    /// As any read.
    pub fn unseen_in(&self, records: &[RecordRow]) -> Result<BTreeMap<Uuid, Vec<String>>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT told FROM record WHERE id = ?1")?;
        let mut unseen = BTreeMap::new();
        for row in records {
            let told: Told = statement.query_row([row.id], |row| json(row, 0))?;
            if !told.unseen.is_empty() {
                unseen.insert(row.id, told.unseen);
            }
        }
        Ok(unseen)
    }
}
