//! Walks every replica and every stream from the bytes up, and names each place that is not right.
//!
//! Invariant: it believes nothing it can compute, stops at no damage, and never panics on any: a
//! page that SQLite cannot read is a problem like a line whose hash is wrong.
//!
//! Invariant: it accuses nobody of what it saw once. What looks wrong is read again, from a new
//! snapshot over a new connection, before it is reported.

use std::collections::HashMap;
use std::path::Path;

use fieldproof::practice::rights::Stream;
use fieldproof::record::Head;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row};
use uuid::Uuid;

use super::{file, sql, wal};
use crate::ingest::read_kept;
use crate::storage::StorageError;

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Database,
    Replica { replica: Uuid, seq: u64 },
    Stream { stream: String, n: u64 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub place: Place,
    pub what: String,
}

/// What was walked and found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    pub replicas: u64,
    pub events: u64,
    pub streams: u64,
    pub problems: Vec<Trouble>,
}

/// More than these are not listed; one is enough to fail.
const MOST: usize = 1000;

impl Verified {
    fn add(&mut self, place: Place, what: impl Into<String>) {
        if self.problems.len() < MOST {
            self.problems.push(Trouble { place, what: what.into() });
        }
    }
}

/// An event that should be in streams, and in which of them it was not met yet.
struct Routed {
    org: i64,
    replica: Uuid,
    seq: u64,
    missing: Vec<Stream>,
    /// The subject's stream, where an older version may have taken the line in without it.
    may_lack: Option<Stream>,
}

/// Verifies the database of a data directory, from one snapshot, beside whatever writes to it.
#[must_use]
pub fn verify(data: &Path) -> Verified {
    confirmed(|| once(data))
}

/// The first reading in which nothing is wrong, or the last.
fn confirmed(mut read: impl FnMut() -> Verified) -> Verified {
    let first = read();
    if first.problems.is_empty() {
        return first;
    }
    let second = read();
    if second.problems.is_empty() {
        tracing::warn!(
            problems = first.problems.len(),
            "what looked wrong at first was right when it was read again: check the disk and the memory"
        );
    }
    second
}

fn once(data: &Path) -> Verified {
    let mut found = Verified::default();
    if let Err(error) = walk(&file(data), &mut found) {
        found.add(Place::Database, error.to_string());
    }
    found
}

fn walk(path: &Path, found: &mut Verified) -> Result<(), StorageError> {
    // Writable only so that SQLite may recover a write-ahead log that a crash left behind.
    let mut conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // What is looked at is left as it was: the log of a crashed server stays for the next look.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.busy_timeout(std::time::Duration::from_secs(30))?;
    match wal::check(&mut conn, path) {
        Ok(None) => {}
        Ok(Some(damage)) => found.add(Place::Database, damage),
        // No accusation of the records: what could not be looked at is said as that.
        Err(error) => found.add(Place::Database, format!("the write-ahead log could not be read: {error}")),
    }
    conn.pragma_update(None, "query_only", "ON")?;
    conn.execute_batch("BEGIN")?;
    if let Err(error) = integrity(&conn, found) {
        found.add(Place::Database, format!("the integrity check failed: {error}"));
    }
    let mut routed = HashMap::new();
    for replica in replicas(&conn, found)? {
        found.replicas += 1;
        walk_replica(&conn, &replica, &mut routed, found);
    }
    if let Err(error) = strays(&conn, found) {
        found.add(Place::Database, error.to_string());
    }
    walk_streams(&conn, &mut routed, found)?;
    for event in routed.into_values() {
        for stream in event.missing.iter().filter(|stream| Some(**stream) != event.may_lack) {
            let place = Place::Replica { replica: event.replica, seq: event.seq };
            found.add(place, format!("the event is missing from the stream {stream}"));
        }
    }
    Ok(())
}

fn integrity(conn: &Connection, found: &mut Verified) -> Result<(), StorageError> {
    let mut check = conn.prepare("PRAGMA integrity_check(100)")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            found.add(Place::Database, said);
        }
    }
    Ok(())
}

struct Replica {
    pk: i64,
    org: i64,
    id: Uuid,
    seq: u64,
    head: Option<Head>,
}

fn replicas(conn: &Connection, found: &mut Verified) -> Result<Vec<Replica>, StorageError> {
    let mut find = conn.prepare("SELECT pk, org, id, seq, head FROM replica ORDER BY pk")?;
    let mut rows = find.query([])?;
    let mut replicas = Vec::new();
    loop {
        let row = match rows.next() {
            Ok(None) => return Ok(replicas),
            Ok(Some(row)) => row,
            Err(error) => {
                found.add(Place::Database, format!("the list of replicas ends early: {error}"));
                return Ok(replicas);
            }
        };
        let read = || -> Result<Replica, StorageError> {
            let head = sql::read_head(row, 4).ok();
            let (pk, org) = (row.get(0)?, row.get(1)?);
            Ok(Replica { pk, org, id: sql::read_id(row, 2)?, seq: sql::read_uint(row, 3)?, head })
        };
        match read() {
            Ok(replica) => replicas.push(replica),
            Err(error) => found.add(Place::Database, format!("a replica cannot be read: {error}")),
        }
    }
}

struct Event {
    pk: i64,
    seq: u64,
    org: i64,
    id: Option<Uuid>,
    head: Option<Head>,
    line: Vec<u8>,
    quarantined: bool,
    received_at: i64,
    skew_ms: i64,
    seal: i64,
}

fn event(row: &Row<'_>) -> Result<Event, StorageError> {
    Ok(Event {
        pk: row.get(0)?,
        seq: sql::read_uint(row, 1)?,
        org: row.get(2)?,
        id: sql::read_id_or_null(row, 3)?,
        head: sql::read_head(row, 4).ok(),
        line: row.get(5)?,
        quarantined: row.get(6)?,
        received_at: row.get(7)?,
        skew_ms: row.get(8)?,
        seal: row.get(9)?,
    })
}

fn walk_replica(
    conn: &Connection,
    replica: &Replica,
    routed: &mut HashMap<i64, Routed>,
    found: &mut Verified,
) {
    let at = |seq| Place::Replica { replica: replica.id, seq };
    let mut seq = 0;
    // The chain from the bytes alone, and the one that the last stored head leads to: where they
    // part and which of them goes on tells a changed line from a changed head.
    let (mut computed, mut stored) = (Head::ZERO, Head::ZERO);
    let mut go = || -> Result<(), StorageError> {
        let mut find = conn.prepare_cached(
            "SELECT e.pk, e.seq, e.org, e.id, e.head, e.line,
                    EXISTS (SELECT 1 FROM quarantine q WHERE q.event = e.pk AND q.released_at IS NULL),
                    e.received_at, e.skew_ms, e.seal
             FROM event e WHERE e.replica = ?1 ORDER BY e.seq",
        )?;
        let mut rows = find.query([replica.pk])?;
        while let Some(row) = rows.next()? {
            found.events += 1;
            let event = event(row)?;
            if event.seq != seq + 1 {
                found.add(at(seq + 1), "a line is missing, or its number was changed");
            }
            seq = event.seq;
            let (by_bytes, by_head) = (computed.next(&event.line), stored.next(&event.line));
            match event.head {
                Some(head) if head == by_bytes || head == by_head => {
                    (computed, stored) = (head, head);
                    if sql::seal(&head, event.received_at, event.skew_ms) != event.seal {
                        found.add(at(seq), "the time of its arrival was changed");
                    }
                }
                head => {
                    found.add(at(seq), "a byte of the line or of its head was changed");
                    (computed, stored) = (by_bytes, head.unwrap_or(by_bytes));
                }
            }
            if event.org != replica.org {
                found.add(at(seq), "the event belongs to another organisation than its replica");
            }
            check_event(&event, replica, routed, found);
        }
        Ok(())
    };
    if let Err(error) = go() {
        found.add(at(seq + 1), format!("cannot be read: {error}"));
        return;
    }
    if seq != replica.seq {
        found.add(at(seq + 1), format!("{} lines were acknowledged, {seq} are there", replica.seq));
    } else if replica.head != Some(stored) && replica.head != Some(computed) {
        found.add(at(seq), "the head that was acknowledged is not that of the lines");
    }
}

/// An event bears its line's id exactly when it is in the streams.
fn check_event(event: &Event, replica: &Replica, routed: &mut HashMap<i64, Routed>, found: &mut Verified) {
    let place = Place::Replica { replica: replica.id, seq: event.seq };
    match (event.id, event.quarantined) {
        (None, true) => {}
        (None, false) => found.add(place, "the event is neither applied nor quarantined"),
        (Some(_), true) => found.add(place, "the event is both applied and quarantined"),
        (Some(id), false) => match read_kept(&event.line) {
            Some(facts) => {
                if facts.id != id {
                    found.add(place, "the event is stored under another id than its line's");
                }
                let mut missing: Vec<Stream> = facts.streams().collect();
                // What says that a line was taken back stands in that line's place as well.
                if facts.taken.is_some() {
                    missing.extend_from_within(..);
                }
                let may_lack = facts.named.subject.filter(|_| facts.rule.subject_came_later());
                let may_lack = may_lack.map(Stream::Person);
                let entry =
                    Routed { org: replica.org, replica: replica.id, seq: event.seq, missing, may_lack };
                routed.insert(event.pk, entry);
            }
            None => found.add(place, "the line was applied but cannot be read"),
        },
    }
}

/// Events of replicas that are not there, and quarantine entries of events that are not.
fn strays(conn: &Connection, found: &mut Verified) -> Result<(), StorageError> {
    for (count, what) in [
        (
            "SELECT count(*) FROM event WHERE replica NOT IN (SELECT pk FROM replica)",
            "lines without a replica",
        ),
        (
            "SELECT count(*) FROM quarantine WHERE event NOT IN (SELECT pk FROM event)",
            "quarantine entries without a line",
        ),
        (
            "SELECT count(*) FROM stream_item WHERE stream NOT IN (SELECT pk FROM stream)",
            "items without a stream",
        ),
    ] {
        let count: i64 = conn.query_row(count, [], |row| row.get(0))?;
        if count != 0 {
            found.add(Place::Database, format!("{count} {what}"));
        }
    }
    Ok(())
}

fn walk_streams(
    conn: &Connection,
    routed: &mut HashMap<i64, Routed>,
    found: &mut Verified,
) -> Result<(), StorageError> {
    let mut streams = conn.prepare("SELECT pk, org, name, n FROM stream ORDER BY pk")?;
    let mut items = conn.prepare("SELECT n, event FROM stream_item WHERE stream = ?1 ORDER BY n")?;
    let mut rows = streams.query([])?;
    while let Some(row) = rows.next()? {
        found.streams += 1;
        let (pk, org): (i64, i64) = (row.get(0)?, row.get(1)?);
        let name = String::from_utf8_lossy(row.get_ref(2)?.as_bytes().unwrap_or_default()).into_owned();
        let end = sql::read_uint(row, 3)?;
        let at = |n| Place::Stream { stream: name.clone(), n };
        let stream: Option<Stream> = name.parse().ok();
        if stream.is_none() {
            found.add(at(0), "the stream's name is none");
        }
        let mut n = 0;
        let mut go = || -> Result<(), StorageError> {
            let mut item_rows = items.query([pk])?;
            while let Some(item) = item_rows.next()? {
                let this = sql::read_uint(item, 0)?;
                if this != n + 1 {
                    found.add(at(n + 1), "the number is missing");
                }
                n = this;
                let event = routed.get_mut(&item.get(1)?).filter(|event| event.org == org);
                let Some(event) = event else {
                    found.add(at(n), "the item points to no applied event of the organisation");
                    continue;
                };
                match event.missing.iter().position(|missing| Some(*missing) == stream) {
                    Some(i) => {
                        event.missing.swap_remove(i);
                    }
                    None => found.add(at(n), "the event does not belong here, or is here twice"),
                }
            }
            Ok(())
        };
        if let Err(error) = go() {
            found.add(at(n + 1), format!("cannot be read: {error}"));
        } else if n != end {
            found.add(at(n + 1), format!("numbers up to {end} were given, items end at {n}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(problems: usize) -> Verified {
        let mut found = Verified { events: problems as u64, ..Verified::default() };
        (0..problems).for_each(|_| found.add(Place::Database, "wrong"));
        found
    }

    #[test]
    fn what_looks_wrong_is_read_again_before_it_is_reported() {
        let told = |readings: &[usize]| {
            let mut left = readings.iter();
            let found = confirmed(|| reading(left.next().copied().unwrap_or(99)));
            (found.problems.len(), left.count())
        };
        assert_eq!(told(&[0, 5]), (0, 1), "a sound reading is not repeated");
        assert_eq!(told(&[3, 0]), (0, 0));
        assert_eq!(told(&[3, 2]), (2, 0));
    }
}
