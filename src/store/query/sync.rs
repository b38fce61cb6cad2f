//! Own events and how far each got.

use rusqlite::{OptionalExtension, ToSql};
use uuid::Uuid;

use super::{Sent, SyncRow};
use crate::practice::shown;
use crate::record::Line;
use crate::store::{Store, StoreError};
use crate::sync::wire::DRAFT_LEFT;

const NAMES: &str = "
    LEFT JOIN quarantine ON quarantine.replica = event.replica AND quarantine.seq = event.seq
    LEFT JOIN record ON record.id = event.about
    LEFT JOIN person AS subject ON subject.person = record.subject
    LEFT JOIN site ON site.site = record.site";
/// Lines are dense from 1: how many there are is the last one's number.
const COUNT: &str = "SELECT ifnull(sum(CASE
        WHEN replica.key = (SELECT max(key) FROM replica WHERE own = 1)
        THEN ifnull((SELECT max(seq) FROM event WHERE event.replica = replica.key), 0)
        ELSE replica.held END), 0) FROM replica WHERE own = 1";

impl Store {
    /// Own events, newest first, and how many there are. Old lines that were written anew in a later
    /// replica are left out: their copies stand for them.
    ///
    /// # Errors
    /// As any read.
    pub fn own_events(&self, limit: u32) -> Result<(Vec<SyncRow>, u64), StoreError> {
        let total = self.db.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
        let rows = self.sync_rows(
            &format!(
                "event JOIN replica ON replica.key = event.replica AND replica.own = 1 {NAMES}
                 WHERE event.seq <= replica.held
                    OR replica.key = (SELECT max(key) FROM replica WHERE own = 1)
                 ORDER BY replica.key DESC, event.seq DESC LIMIT ?1"
            ),
            &[&limit],
        )?;
        Ok((rows, total))
    }

    /// All own events that the server has put aside and no person has dealt with, newest first, however
    /// much was written since.
    ///
    /// # Errors
    /// As any read.
    pub fn own_events_needing_you(&self) -> Result<Vec<SyncRow>, StoreError> {
        self.sync_rows(
            &format!(
                "quarantine AS needing
                 CROSS JOIN event ON event.replica = needing.replica AND event.seq = needing.seq
                 JOIN replica ON replica.key = event.replica AND replica.own = 1 {NAMES}
                 WHERE needing.dealt = 0 AND event.kind <> ?1 ORDER BY replica.key DESC, event.seq DESC"
            ),
            &[&DRAFT_LEFT],
        )
    }

    fn sync_rows(&self, from: &str, values: &[&dyn ToSql]) -> Result<Vec<SyncRow>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT replica.id, event.seq, event.id, event.line, event.about, replica.held,
                    quarantine.code, quarantine.field, quarantine.message, quarantine.dealt,
                    record.id IS NOT NULL, subject.shown, site.shown
             FROM {from}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            let line: String = row.get(3)?;
            let envelope = Line::read_kept(&line)?;
            let seq: u64 = row.get(1)?;
            let held: u64 = row.get(5)?;
            let code: Option<String> = row.get(6)?;
            // Quarantine is where what was left unfinished belongs: there is nothing to be done about it.
            let code = code.filter(|_| envelope.kind.as_str() != DRAFT_LEFT);
            let state = match code {
                Some(code) if row.get::<_, Option<bool>>(9)?.unwrap_or(false) => Sent::DealtWith { code },
                Some(code) => Sent::NeedsYou {
                    code,
                    field: row.get(7)?,
                    message: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
                },
                None if seq <= held => Sent::WithServer,
                None => Sent::Waiting,
            };
            let opens: bool = row.get(10)?;
            let names: [Option<String>; 2] = [row.get(11)?, row.get(12)?];
            events.push(SyncRow {
                replica: row.get(0)?,
                seq,
                id: row.get(2)?,
                kind: envelope.kind.as_str().to_owned(),
                at: envelope.at,
                about: names.into_iter().flatten().next().unwrap_or_else(|| named_in(&envelope)),
                record: if opens { row.get(4)? } else { None },
                state,
            });
        }
        Ok(events)
    }

    /// The state of one own event; `None` if it is not own.
    ///
    /// # Errors
    /// As any read.
    pub fn sent(&self, event: Uuid) -> Result<Option<bool>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT event.seq <= replica.held FROM event JOIN replica ON replica.key = event.replica
                 WHERE event.id = ?1 AND replica.own = 1",
            )?
            .query_row([event], |row| row.get(0))
            .optional()?)
    }
}

/// A name or text that the body itself carries: the person or site set, the task.
fn named_in(envelope: &crate::record::Envelope) -> String {
    #[derive(serde::Deserialize)]
    struct Named {
        name: Option<String>,
        text: Option<String>,
    }
    serde_json::from_str::<Named>(envelope.body.get())
        .ok()
        .and_then(|named| named.name.or(named.text))
        .map(|name| shown::join([shown::clean(&name).as_str()]))
        .unwrap_or_default()
}
