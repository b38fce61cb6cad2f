//! What tasks share inside one write transaction: registries and the numbers of streams.
//!
//! Invariant: nothing here is believed beyond what the transaction can see. A registry that was
//! kept from before is dropped once another process has committed anything, and one that a transaction
//! changed is kept only once that is committed; numbers of streams are read anew in each transaction
//! and written back before its commit.

use std::collections::HashMap;
use std::sync::Arc;

use fieldproof::practice::rights::{Event, Stream};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::sql;
use crate::ingest::{Facts, read_kept};
use crate::registry::Registry;
use crate::storage::StorageError;

/// Registries kept between transactions, by the organisation's key.
#[derive(Default)]
pub struct Registries {
    kept: HashMap<i64, Arc<Registry>>,
    /// SQLite's count of other connections' commits, when they were kept.
    version: i64,
}

impl Registries {
    /// Keeps what a transaction saw, once it is committed.
    pub fn keep(&mut self, current: HashMap<i64, Arc<Registry>>) {
        self.kept.extend(current);
    }
}

struct Number {
    stream: i64,
    n: u64,
    moved: bool,
}

/// See the module.
pub struct Unit<'c> {
    pub conn: &'c Connection,
    registries: &'c mut Registries,
    current: HashMap<i64, Arc<Registry>>,
    /// Accepted events that lines of this transaction go on with. Only those found: one that is not
    /// there yet may be the next line.
    things: HashMap<(i64, Uuid), Event>,
    numbers: HashMap<(i64, Stream), Number>,
}

impl<'c> Unit<'c> {
    /// `conn` is inside a transaction that holds the write lock.
    pub fn new(conn: &'c Connection, registries: &'c mut Registries) -> Result<Unit<'c>, StorageError> {
        let version =
            conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get::<_, i64>(0))?;
        if registries.version != version {
            registries.kept.clear();
            registries.version = version;
        }
        Ok(Unit {
            conn,
            registries,
            current: HashMap::new(),
            things: HashMap::new(),
            numbers: HashMap::new(),
        })
    }

    /// Writes the numbers back and hands the registries over, to be kept once all is committed.
    pub fn finish(self) -> Result<HashMap<i64, Arc<Registry>>, StorageError> {
        let mut update = self.conn.prepare_cached("UPDATE stream SET n = ?2 WHERE pk = ?1")?;
        for number in self.numbers.values().filter(|number| number.moved) {
            update.execute((number.stream, sql::int(number.n)))?;
        }
        Ok(self.current)
    }

    /// The organisation's key.
    pub fn org(&self, id: Uuid) -> Result<i64, StorageError> {
        let mut find = self.conn.prepare_cached("SELECT pk FROM org WHERE id = ?1")?;
        let found = find.query_row([sql::id(&id)], |row| row.get(0)).optional()?;
        found.ok_or_else(|| StorageError::Damaged("an organisation is missing".into()))
    }

    /// The registry as this transaction sees it.
    pub fn registry(&mut self, org: i64) -> Result<Arc<Registry>, StorageError> {
        if let Some(registry) = self.current.get(&org) {
            return Ok(registry.clone());
        }
        let mut registry = self.registries.kept.remove(&org).unwrap_or_default();
        extend(self.conn, org, &mut registry)?;
        self.current.insert(org, registry.clone());
        Ok(registry)
    }

    /// What was believed of an organisation's registry so far counts no more: an item was changed.
    pub fn forget(&mut self, org: i64) {
        self.current.remove(&org);
        self.registries.kept.remove(&org);
        self.things.retain(|(known, _), _| *known != org);
    }

    /// The accepted event of this id in the organisation, as a line that names it is judged by it.
    pub fn thing(&mut self, org: i64, id: Option<Uuid>) -> Result<Option<Event>, StorageError> {
        let Some(id) = id else { return Ok(None) };
        if let Some(known) = self.things.get(&(org, id)) {
            return Ok(Some(*known));
        }
        let found = accepted(self.conn, org, id)?;
        if let Some(event) = found {
            self.things.insert((org, id), event);
        }
        Ok(found)
    }

    /// Gives an event its place in each of its streams. A change it makes to the registry holds
    /// from the next line on.
    pub fn route(&mut self, org: i64, event: i64, facts: &Facts, now_ms: i64) -> Result<(), StorageError> {
        for stream in facts.streams() {
            let number = match self.numbers.entry((org, stream)) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(number(self.conn, org, stream)?)
                }
            };
            number.n += 1;
            number.moved = true;
            let n = number.n;
            self.conn
                .prepare_cached("INSERT INTO stream_item (stream, n, event) VALUES (?1, ?2, ?3)")?
                .execute((number.stream, sql::int(n), event))?;
            if stream == Stream::Org {
                self.registry(org)?;
                if let Some(registry) = self.current.get_mut(&org) {
                    let change = facts.change.as_ref().and_then(|change| change.as_ref().ok());
                    // Loading it just now may have counted this very item already.
                    if registry.through() < n {
                        Arc::make_mut(registry).apply(n, now_ms, change);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Reads an accepted event; quarantined ones bear no id.
pub fn accepted(conn: &Connection, org: i64, id: Uuid) -> Result<Option<Event>, StorageError> {
    let mut find = conn.prepare_cached("SELECT line FROM event WHERE org = ?1 AND id = ?2")?;
    let mut rows = find.query((org, sql::id(&id)))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let line = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
    Ok(read_kept(line).map(|facts| facts.event()))
}

fn number(conn: &Connection, org: i64, stream: Stream) -> Result<Number, StorageError> {
    let name = stream.to_string();
    let found = conn
        .prepare_cached("SELECT pk, n FROM stream WHERE org = ?1 AND name = ?2")?
        .query_row((org, &name), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((stream, n)) = found {
        return Ok(Number { stream, n: sql::uint(n)?, moved: false });
    }
    let mut insert = conn.prepare_cached("INSERT INTO stream (org, name, n) VALUES (?1, ?2, 0)")?;
    Ok(Number { stream: insert.insert((org, &name))?, n: 0, moved: false })
}

/// Brings a registry up to the `org` stream's end.
fn extend(conn: &Connection, org: i64, registry: &mut Arc<Registry>) -> Result<(), StorageError> {
    // Released from quarantine, an item counts from its release on.
    let mut items = conn.prepare_cached(
        "SELECT i.n, max(e.received_at, coalesce(q.released_at, 0)), e.line
         FROM stream s
         JOIN stream_item i ON i.stream = s.pk
         JOIN event e ON e.pk = i.event
         LEFT JOIN quarantine q ON q.event = e.pk
         WHERE s.org = ?1 AND s.name = 'org' AND i.n > ?2
         ORDER BY i.n",
    )?;
    let mut rows = items.query((org, sql::int(registry.through())))?;
    while let Some(row) = rows.next()? {
        let line = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        let change = read_kept(line).and_then(|facts| facts.change).and_then(Result::ok);
        Arc::make_mut(registry).apply(sql::uint(row.get(0)?)?, row.get(1)?, change.as_ref());
    }
    Ok(())
}
