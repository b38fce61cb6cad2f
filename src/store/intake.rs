//! Taking in what a sync answer brings, as one transaction.
//!
//! Invariant: a cursor moves together with the items it counts, and only over numbers that are
//! dense; taking the same answer in twice, or only its beginning, changes nothing that a later
//! whole answer would not bring.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::derive::{self, Touched};
use super::{OwnLog, Store, StoreError};
use super::{aside, leave};
use crate::record::Line;
use crate::sync::wire::{DRAFT_LEFT, Quarantined};

/// One whole item line of an answer.
#[derive(Clone, Debug)]
pub struct PulledItem {
    pub stream: String,
    pub n: u64,
    /// Stands for an event of the calling replica.
    pub own: Option<u64>,
    pub received_at: String,
    /// The line, byte for byte.
    pub line: Option<String>,
}

/// What an answer, or the good beginning of one, says.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The server holds the own log up to here; the hash was compared and agrees.
    pub held: Option<u64>,
    pub quarantined: Vec<Quarantined>,
    /// These are all that is kept apart of the own log: what is not among them was let in.
    pub all_quarantined: bool,
    pub items: Vec<PulledItem>,
    /// The streams that may be read now; `None` if the answer was cut before it said so.
    pub readable: Option<Vec<String>>,
    /// Every readable stream was read to its end.
    pub through: bool,
}

/// What taking in did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub records: bool,
    pub registry: bool,
    pub standards: bool,
    /// An item stands for an own event that this device does not have: it was restored from an
    /// old copy. The cursor stopped before that item.
    pub rolled_back: bool,
}

struct StreamRow {
    key: i64,
    cursor: u64,
}

impl Store {
    /// Where each readable stream was read to.
    ///
    /// # Errors
    /// As any read.
    pub fn cursors(&self) -> Result<std::collections::BTreeMap<String, u64>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT name, cursor FROM stream WHERE readable = 1")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes which restore the server's streams came out of. Where it is another than before, their
    /// numbers mean other events: every cursor goes back to 0, and `true` comes back. Events stay.
    ///
    /// # Errors
    /// As any write.
    pub fn begin_epoch(&mut self, epoch: Option<Uuid>) -> Result<bool, StoreError> {
        let epoch = epoch.map(|epoch| epoch.to_string()).unwrap_or_default();
        if self.meta("epoch")?.unwrap_or_default() == epoch {
            return Ok(false);
        }
        let tx = self.db.transaction()?;
        // Without numbers, the registry's lines go by their order of arrival until they are read again.
        tx.execute("DELETE FROM stream_item", [])?;
        tx.execute("UPDATE stream SET cursor = 0", [])?;
        super::open::set_meta(&tx, "epoch", &epoch)?;
        tx.commit()?;
        Ok(true)
    }

    /// Takes in an answer to a request that was made for `log`.
    ///
    /// # Errors
    /// As any write; then nothing of it was taken in.
    pub fn take_in(&mut self, log: &OwnLog, intake: &Intake) -> Result<Taken, StoreError> {
        let tx = self.db.transaction()?;
        let mut touched = Touched::default();
        let mut taken = Taken::default();
        if let Some(held) = intake.held {
            tx.prepare_cached("UPDATE replica SET held = ?2 WHERE key = ?1 AND held < ?2")?
                .execute((log.key, held))?;
        }
        for quarantined in &intake.quarantined {
            quarantine(&tx, log, quarantined, &mut touched)?;
        }
        if let (Some(held), true) = (intake.held, intake.all_quarantined) {
            let_in_elsewhere(&tx, log, held, &intake.quarantined, &mut touched)?;
        }
        let mut streams = HashMap::new();
        let mut replicas = HashMap::new();
        for item in &intake.items {
            let stream = stream_row(&tx, &mut streams, &item.stream)?;
            if item.n != stream.cursor + 1 {
                // Known already, or a number is missing before it: the next request asks from
                // the cursor.
                continue;
            }
            let Some(event) = event_of(&tx, log, item, &mut replicas, &mut touched)? else {
                taken.rolled_back = true;
                break;
            };
            stream.cursor = item.n;
            tx.prepare_cached("INSERT OR IGNORE INTO stream_item (stream, n, event) VALUES (?1, ?2, ?3)")?
                .execute((stream.key, item.n, event))?;
        }
        for row in streams.values() {
            tx.prepare_cached("UPDATE stream SET cursor = ?2 WHERE key = ?1")?
                .execute((row.key, row.cursor))?;
        }
        if let Some(readable) = &intake.readable {
            set_readable(&tx, readable)?;
            if intake.through && !taken.rolled_back {
                leave::let_go(&tx, &mut touched)?;
            }
        }
        derive::again(&tx, &touched)?;
        tx.commit()?;
        taken.standards = touched.has_standards();
        taken.records = touched.has_records() || taken.standards;
        taken.registry = touched.has_registry();
        Ok(taken)
    }

    /// Marks a quarantined own event as dealt with by a person.
    ///
    /// # Errors
    /// As any write.
    pub fn deal_with(&mut self, replica: Uuid, seq: u64) -> Result<(), StoreError> {
        self.db.execute(
            "UPDATE quarantine SET dealt = 1 WHERE seq = ?2 AND replica = (SELECT key FROM replica WHERE id = ?1)",
            (replica, seq),
        )?;
        Ok(())
    }

    /// The same by the event's id, wherever it stands in the own logs.
    ///
    /// # Errors
    /// As any write.
    pub fn deal_with_event(&mut self, event: Uuid) -> Result<(), StoreError> {
        self.db.execute(
            "UPDATE quarantine SET dealt = 1
             WHERE (replica, seq) = (SELECT replica, seq FROM event WHERE id = ?1)",
            [event],
        )?;
        Ok(())
    }

    /// Whether an own event was kept apart by the server.
    ///
    /// # Errors
    /// As any read.
    pub fn is_quarantined(&self, event: Uuid) -> Result<bool, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT 1 FROM event JOIN quarantine USING (replica, seq) WHERE event.id = ?1")?
            .exists([event])?)
    }

    /// How many own events lie in quarantine after a person has dealt with them.
    ///
    /// # Errors
    /// As any read.
    pub fn set_aside(&self) -> Result<u64, StoreError> {
        self.apart(true)
    }

    /// How many quarantined own events nobody has dealt with.
    ///
    /// # Errors
    /// As any read.
    pub fn needing_someone(&self) -> Result<u64, StoreError> {
        self.apart(false)
    }

    /// Whatever was left unfinished is meant to lie there, and nobody ever wrote it as a record.
    fn apart(&self, dealt: bool) -> Result<u64, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT count(*) FROM quarantine
                 WHERE dealt = ?1
                   AND NOT EXISTS (SELECT 1 FROM event
                                   WHERE event.replica = quarantine.replica AND event.seq = quarantine.seq
                                     AND event.kind = ?2)",
            )?
            .query_row((dealt, DRAFT_LEFT), |row| row.get(0))?)
    }
}

fn quarantine(
    tx: &Transaction,
    log: &OwnLog,
    said: &Quarantined,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO quarantine (replica, seq, code, field, message) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (replica, seq) DO NOTHING",
    )?
    .execute((log.key, said.seq, &said.code, &said.field, &said.message))?;
    let line: Option<String> = tx
        .prepare_cached("SELECT line FROM event WHERE replica = ?1 AND seq = ?2")?
        .query_row((log.key, said.seq), |row| row.get(0))
        .optional()?;
    if let Some(envelope) = line.as_deref().and_then(|line| Line::read(line).ok()) {
        touched.add(&envelope);
    }
    Ok(())
}

/// What the server keeps apart no longer was let in, whether or not its author reads the stream that it
/// went to.
fn let_in_elsewhere(
    tx: &Transaction,
    log: &OwnLog,
    held: u64,
    still: &[Quarantined],
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let still: Vec<u64> = still.iter().map(|line| line.seq).collect();
    let let_in: Vec<(i64, String)> = tx
        .prepare_cached(
            "SELECT event.key, event.line FROM quarantine JOIN event USING (replica, seq)
             WHERE replica = ?1 AND seq <= ?2 AND seq NOT IN (SELECT value FROM json_each(?3))",
        )?
        .query_map((log.key, held, serde_json::to_string(&still)?), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (event, line) in let_in {
        release(tx, event)?;
        if let Ok(envelope) = Line::read(&line) {
            touched.add(&envelope);
        }
    }
    Ok(())
}

fn stream_row<'a>(
    tx: &Transaction,
    streams: &'a mut HashMap<String, StreamRow>,
    name: &str,
) -> Result<&'a mut StreamRow, StoreError> {
    if !streams.contains_key(name) {
        tx.prepare_cached("INSERT OR IGNORE INTO stream (name) VALUES (?1)")?.execute([name])?;
        let row = tx
            .prepare_cached("SELECT key, cursor FROM stream WHERE name = ?1")?
            .query_row([name], |row| Ok(StreamRow { key: row.get(0)?, cursor: row.get(1)? }))?;
        streams.insert(name.to_owned(), row);
    }
    streams.get_mut(name).ok_or_else(|| StoreError::Corrupt("a stream went missing".into()))
}

/// The row of the event behind an item, written if it is new. `None` for an own number that this
/// device does not have.
fn event_of(
    tx: &Transaction,
    log: &OwnLog,
    item: &PulledItem,
    replicas: &mut HashMap<Uuid, i64>,
    touched: &mut Touched,
) -> Result<Option<i64>, StoreError> {
    if let Some(seq) = item.own {
        let own: Option<(i64, String)> = tx
            .prepare_cached("SELECT key, line FROM event WHERE replica = ?1 AND seq = ?2")?
            .query_row((log.key, seq), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((key, line)) = &own
            && let Ok(envelope) = Line::read(line)
        {
            let back = aside::give_back(tx, *key, envelope.id)?;
            if leave::show(tx, *key)? || back || item.stream == "org" {
                // It may be read again, or its place in the order of the registry is known only now.
                touched.add(&envelope);
            }
            release(tx, *key)?;
        }
        return Ok(own.map(|(key, _)| key));
    }
    let text = item.line.as_deref().unwrap_or("");
    let received = received(item);
    match Line::read(text) {
        Ok(envelope) => {
            let known: Option<i64> = tx
                .prepare_cached("SELECT key FROM event WHERE id = ?1")?
                .query_row([envelope.id], |row| row.get(0))
                .optional()?;
            if let Some(known) = known {
                // It may be an own line of a replica that is written no more.
                release(tx, known)?;
                let back = aside::give_back(tx, known, envelope.id)?;
                if leave::show(tx, known)? || back || item.stream == "org" {
                    touched.add(&envelope);
                }
                aside::take_back(tx, &envelope, touched)?;
                return Ok(Some(known));
            }
            let replica = replica_key(tx, replicas, envelope.replica)?;
            let about = touched.add(&envelope);
            let mut insert = tx.prepare_cached(
                "INSERT INTO event (id, replica, seq, kind, about, line, received)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (replica, seq) DO NOTHING",
            )?;
            let kind = envelope.kind.as_str();
            let placed = insert.execute((envelope.id, replica, envelope.seq, kind, about, text, received))?;
            if placed == 0 {
                // Its place is taken by another event, which an honest server never sends. It is
                // kept all the same, without a place.
                insert.execute((envelope.id, None::<i64>, None::<u64>, kind, about, text, received))?;
            }
            let key = tx.last_insert_rowid();
            if about.is_none() || !aside::reads(&envelope) {
                derive::newer(tx, envelope.id)?;
            }
            aside::take_back(tx, &envelope, touched)?;
            Ok(Some(key))
        }
        Err(_) => keep_unread(tx, item, text).map(Some),
    }
}

/// A line that was let in is no longer quarantined.
fn release(tx: &Transaction, event: i64) -> Result<(), StoreError> {
    tx.prepare_cached(
        "DELETE FROM quarantine WHERE (replica, seq) = (SELECT replica, seq FROM event WHERE key = ?1)",
    )?
    .execute([event])?;
    Ok(())
}

/// Milliseconds since 1970; `None` where the server did not say, or not so that it reads.
fn received(item: &PulledItem) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(&item.received_at).ok().map(|at| at.timestamp_millis())
}

/// A line that this version cannot read is kept as it is, under an id of its stream and number.
fn keep_unread(tx: &Transaction, item: &PulledItem, text: &str) -> Result<i64, StoreError> {
    let name = format!("{}/{}", item.stream, item.n);
    let id = crate::record::Head::ZERO.next(name.as_bytes());
    let id = Uuid::from_slice(id.as_bytes().get(..16).unwrap_or(&[0; 16])).unwrap_or(Uuid::nil());
    tx.prepare_cached("INSERT OR IGNORE INTO event (id, kind, line, received) VALUES (?1, '', ?2, ?3)")?
        .execute((id, text, received(item)))?;
    derive::newer(tx, id)?;
    Ok(tx.prepare_cached("SELECT key FROM event WHERE id = ?1")?.query_row([id], |row| row.get(0))?)
}

fn replica_key(tx: &Transaction, known: &mut HashMap<Uuid, i64>, replica: Uuid) -> Result<i64, StoreError> {
    if let Some(key) = known.get(&replica) {
        return Ok(*key);
    }
    tx.prepare_cached("INSERT OR IGNORE INTO replica (id) VALUES (?1)")?.execute([replica])?;
    let key =
        tx.prepare_cached("SELECT key FROM replica WHERE id = ?1")?.query_row([replica], |row| row.get(0))?;
    known.insert(replica, key);
    Ok(key)
}

fn set_readable(tx: &Transaction, readable: &[String]) -> Result<(), StoreError> {
    tx.execute("UPDATE stream SET readable = 0", [])?;
    for name in readable {
        tx.prepare_cached(
            "INSERT INTO stream (name, readable) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET readable = 1",
        )?
        .execute([name])?;
    }
    Ok(())
}
