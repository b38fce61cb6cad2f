//! Appending to the own log, and reading it back for a batch.
//!
//! Invariant: lines of an own replica are dense from 1, each with the head after it, written in
//! one durable transaction together with what follows from it.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::derive::{self, Touched};
use super::{Store, StoreError, aside, form_draft};
use crate::record::{Draft, Envelope, Head, Kind, Line, LineError, MAX_LINE_BYTES, ROOM_FOR_COPY};

/// An event before it has a place in the log.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub id: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    pub kind: String,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub body: Box<RawValue>,
}

/// Where an own log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnLog {
    pub(super) key: i64,
    pub replica: Uuid,
    pub seq: u64,
    pub head: Head,
    /// How far the server is proven to hold it.
    pub held: u64,
}

impl Store {
    /// Begins a new own replica; from here on it is the one that is written.
    ///
    /// # Errors
    /// As any write.
    pub fn begin_replica(&mut self, replica: Uuid) -> Result<(), StoreError> {
        self.db.execute("INSERT INTO replica (id, own) VALUES (?1, 1)", [replica])?;
        Ok(())
    }

    /// Whether anything was ever read or written of a replica.
    ///
    /// # Errors
    /// As any read.
    pub fn knows_replica(&self, replica: Uuid) -> Result<bool, StoreError> {
        Ok(self.db.prepare_cached("SELECT 1 FROM replica WHERE id = ?1")?.exists([replica])?)
    }

    /// The own log that is being written.
    ///
    /// # Errors
    /// As any read; [`StoreError::Corrupt`] where no replica was begun.
    pub fn own(&self) -> Result<OwnLog, StoreError> {
        own(&self.db)
    }

    /// The same, where every body reads as its kind asks: a year that was mistyped makes no line that
    /// nobody could show.
    ///
    /// # Errors
    /// As [`Store::append`]; [`StoreError::Unread`] where a body would not read.
    pub fn append_readable(&mut self, events: &[NewEvent], draft: Option<Uuid>) -> Result<(), StoreError> {
        for event in events {
            let line = Envelope {
                v: 1,
                id: event.id,
                replica: Uuid::nil(),
                seq: 1,
                at: event.at,
                author: event.author,
                kind: Kind(event.kind.as_str().into()),
                site: event.site,
                subject: event.subject,
                org: None,
                body: &event.body,
            };
            if !aside::reads(&line) {
                return Err(StoreError::Unread);
            }
        }
        self.append(events, draft)
    }

    /// Appends events and removes the draft or the form's text that they came from, durably, as one.
    /// An event whose id is in the log already is left out, so that finishing twice writes once.
    ///
    /// # Errors
    /// As any write; then nothing was appended and the draft stands.
    pub fn append(&mut self, events: &[NewEvent], draft: Option<Uuid>) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        append(&tx, events, ROOM_FOR_COPY)?;
        if let Some(draft) = draft {
            tx.execute("DELETE FROM draft WHERE id = ?1", [draft])?;
            tx.execute("DELETE FROM standard_draft WHERE id = ?1", [draft])?;
        }
        if let Some(form) = &self.sending {
            form_draft::remove(&tx, form)?;
        }
        tx.commit()?;
        self.sending = None;
        Ok(())
    }

    /// Up to `limit` lines after number `after` of an own replica, at most `bytes` together but at
    /// least one.
    ///
    /// # Errors
    /// As any read.
    pub fn lines_after(
        &self,
        log: &OwnLog,
        after: u64,
        limit: usize,
        bytes: usize,
    ) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached("SELECT line FROM event WHERE replica = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3")?;
        let rows = statement
            .query_map((log.key, after, u64::try_from(limit).unwrap_or(u64::MAX)), |row| {
                row.get::<_, String>(0)
            })?;
        let mut lines: Vec<String> = Vec::new();
        let mut size = 0;
        for line in rows {
            let line = line?;
            size += line.len() + 1;
            if size > bytes && !lines.is_empty() {
                break;
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// The head of the own log after number `seq`; `None` beyond its end.
    ///
    /// # Errors
    /// As any read.
    pub fn own_head(&self, log: &OwnLog, seq: u64) -> Result<Option<Head>, StoreError> {
        if seq == 0 {
            return Ok(Some(Head::ZERO));
        }
        let bytes: Option<Vec<u8>> = self
            .db
            .prepare_cached("SELECT head FROM event WHERE replica = ?1 AND seq = ?2")?
            .query_row((log.key, seq), |row| row.get(0))
            .optional()?;
        Ok(bytes.and_then(|bytes| Head::from_bytes(&bytes)))
    }

    /// How many own events the server is not proven to hold. Events of an abandoned replica that
    /// were written anew in a later one do not count: their copies do.
    ///
    /// # Errors
    /// As any read.
    pub fn waiting(&self) -> Result<u64, StoreError> {
        let log = self.own()?;
        Ok(log.seq - log.held.min(log.seq))
    }

    /// The same, and when the first of them was written.
    ///
    /// # Errors
    /// As any read.
    pub fn waiting_since(&self) -> Result<(u64, Option<DateTime<FixedOffset>>), StoreError> {
        let waiting = self.waiting()?;
        if waiting == 0 {
            return Ok((0, None));
        }
        let log = self.own()?;
        let first: Option<String> = self
            .db
            .prepare_cached("SELECT line FROM event WHERE replica = ?1 AND seq = ?2")?
            .query_row((log.key, log.held.saturating_add(1)), |row| row.get(0))
            .optional()?;
        let since = first.map(|line| Line::read_kept(&line).map(|envelope| envelope.at)).transpose()?;
        Ok((waiting, since))
    }

    /// Notes that the server holds the own log up to `seq`. The caller has compared the hash.
    ///
    /// # Errors
    /// As any write.
    pub fn set_held(&mut self, log: &OwnLog, seq: u64) -> Result<(), StoreError> {
        self.db.execute("UPDATE replica SET held = ?2 WHERE key = ?1 AND held < ?2", (log.key, seq))?;
        Ok(())
    }

    /// The server says that it holds less than was proven before: it was restored from a backup.
    /// What lies behind `seq` is unsent again.
    ///
    /// # Errors
    /// As any write.
    pub fn lower_held(&mut self, log: &OwnLog, seq: u64) -> Result<(), StoreError> {
        self.db.execute("UPDATE replica SET held = ?2 WHERE key = ?1 AND held > ?2", (log.key, seq))?;
        Ok(())
    }

    /// Leaves the own replica as it is and goes on in a new one: after a fork, or when the server
    /// holds more than this device wrote (it was restored from an old copy). Events that the
    /// server is not proven to hold are written anew, naming what they were copied from.
    ///
    /// # Errors
    /// As any write; then the old replica is still the one that is written.
    pub fn fork(
        &mut self,
        replica: Uuid,
        mut new_id: impl FnMut(&DateTime<FixedOffset>) -> Uuid,
    ) -> Result<(), StoreError> {
        let old = self.own()?;
        let tx = self.db.transaction()?;
        let unsent: Vec<String> = {
            let mut statement =
                tx.prepare("SELECT line FROM event WHERE replica = ?1 AND seq > ?2 ORDER BY seq")?;
            let rows = statement.query_map((old.key, old.held), |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        tx.execute("INSERT INTO replica (id, own) VALUES (?1, 1)", [replica])?;
        let mut copied = HashMap::new();
        let mut copies = Vec::with_capacity(unsent.len());
        for line in unsent {
            let envelope = Line::read_kept(&line)?;
            let id = new_id(&envelope.at);
            copied.insert(envelope.id, id);
            // A line of an older version can be so long that its copy has no room to name it.
            let named = line.len() <= MAX_LINE_BYTES.saturating_sub(ROOM_FOR_COPY);
            copies.push(copy_of(&envelope, id, &copied, named)?);
            // The old line stays in the log under its own number; what it meant is carried by
            // the copy, so it must not be folded a second time.
            tx.prepare_cached("UPDATE event SET about = NULL WHERE id = ?1")?.execute([envelope.id])?;
        }
        append(&tx, &copies, 0)?;
        derive::everything_again(&tx)?;
        tx.commit()?;
        Ok(())
    }
}

/// The same event under a new id. References to events that were copied before it are carried
/// over to their copies, so that an amendment still finds its record. A reference is a string that
/// is an id and nothing else: an id that somebody wrote into a sentence stays as they wrote it.
fn copy_of(
    envelope: &crate::record::Envelope,
    id: Uuid,
    copied: &HashMap<Uuid, Uuid>,
    named: bool,
) -> Result<NewEvent, StoreError> {
    let mut body: serde_json::Map<String, Value> = serde_json::from_str(envelope.body.get())?;
    body.values_mut().for_each(|value| carry_over(value, copied));
    if named {
        body.insert("copied_from".into(), envelope.id.to_string().into());
    }
    Ok(NewEvent {
        id,
        at: envelope.at,
        author: envelope.author,
        kind: envelope.kind.as_str().to_owned(),
        site: envelope.site,
        subject: envelope.subject,
        body: serde_json::value::to_raw_value(&body)?,
    })
}

/// How an id is written in a line.
const ID_LENGTH: usize = 36;

/// Puts the copies' ids in the place of those that were copied: one look-up a string.
fn carry_over(value: &mut Value, copied: &HashMap<Uuid, Uuid>) {
    match value {
        Value::String(text) if text.len() == ID_LENGTH => {
            if let Some(new) = Uuid::try_parse(text).ok().and_then(|old| copied.get(&old)) {
                *text = new.to_string();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| carry_over(value, copied)),
        Value::Object(members) => members.values_mut().for_each(|value| carry_over(value, copied)),
        _ => {}
    }
}

pub(super) fn own(db: &Connection) -> Result<OwnLog, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT replica.key, replica.id, held, event.seq, event.head FROM replica
             LEFT JOIN event ON event.key =
                 (SELECT key FROM event WHERE replica = replica.key ORDER BY seq DESC LIMIT 1)
             WHERE own = 1 ORDER BY replica.key DESC LIMIT 1",
        )?
        .query_row([], |row| {
            let head: Option<Vec<u8>> = row.get(4)?;
            Ok(OwnLog {
                key: row.get(0)?,
                replica: row.get(1)?,
                held: row.get(2)?,
                seq: row.get::<_, Option<u64>>(3)?.unwrap_or(0),
                head: head.and_then(|head| Head::from_bytes(&head)).unwrap_or(Head::ZERO),
            })
        })
        .optional()?;
    found.ok_or_else(|| StoreError::Corrupt("no own replica".into()))
}

/// Writes events behind the last, each with so many bytes less than a line may have.
pub(super) fn append(tx: &Transaction, events: &[NewEvent], room: usize) -> Result<(), StoreError> {
    let mut log = own(tx)?;
    let org: u64 = tx
        .query_row("SELECT cursor FROM stream WHERE name = 'org'", [], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let mut touched = Touched::default();
    for event in events {
        let known = tx.prepare_cached("SELECT 1 FROM event WHERE id = ?1")?.exists([event.id])?;
        if known {
            continue;
        }
        let line = Draft {
            id: event.id,
            replica: log.replica,
            seq: log.seq + 1,
            at: event.at,
            author: event.author,
            kind: &event.kind,
            site: event.site,
            subject: event.subject,
            org: Some(org),
            body: &event.body,
        }
        .write()?;
        if line.as_bytes().len() > MAX_LINE_BYTES.saturating_sub(room) {
            return Err(LineError::TooLong(line.as_bytes().len()).into());
        }
        log.seq += 1;
        log.head = log.head.next(line.as_bytes());
        let about = touched.add(&line.envelope()?);
        tx.prepare_cached(
            "INSERT INTO event (id, replica, seq, kind, about, line, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((event.id, log.key, log.seq, &event.kind, about, line.as_str(), log.head.as_bytes().as_slice()))?;
    }
    derive::again(tx, &touched)
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
