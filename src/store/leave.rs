//! What a person may no longer read goes from the device.
//!
//! Invariant: nothing goes before all that was written here is with the server. Lines of others go
//! for good; the own log stays whole, because it is one chain, but nothing is derived from those of
//! its lines that are in no readable stream. A stream that may be read again is read from its start.

use rusqlite::{Connection, Transaction};
use uuid::Uuid;

use super::StoreError;
use super::derive::Touched;
use super::log::own;

/// Events that none of the readable streams holds.
const IN_NO_READABLE: &str =
    "NOT EXISTS (SELECT 1 FROM stream_item AS item JOIN stream AS open ON open.key = item.stream
                 WHERE item.event = event.key AND open.readable = 1)";

struct Gone {
    event: i64,
    kind: String,
    about: Option<Uuid>,
}

/// Lets go of the streams that may not be read any more. Call it when every readable stream was
/// read to its end: only then is it known which own lines stand in none.
pub(super) fn let_go(tx: &Transaction, touched: &mut Touched) -> Result<(), StoreError> {
    let left = tx.prepare_cached("SELECT 1 FROM stream WHERE readable = 0")?.exists([])?;
    let log = own(tx)?;
    if !left || log.held < log.seq {
        return Ok(());
    }
    let others = gone(
        tx,
        &format!(
            "SELECT DISTINCT event.key, kind, about FROM stream
             JOIN stream_item ON stream_item.stream = stream.key
             JOIN event ON event.key = stream_item.event
             LEFT JOIN replica ON replica.key = event.replica
             WHERE stream.readable = 0 AND coalesce(replica.own, 0) = 0 AND {IN_NO_READABLE}"
        ),
        touched,
    )?;
    // What lies in quarantine never was in a stream, and its author has to see it.
    let own = gone(
        tx,
        &format!(
            "SELECT event.key, kind, about FROM replica JOIN event ON event.replica = replica.key
             WHERE replica.own = 1 AND event.seq <= replica.held AND hidden = 0 AND about IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM quarantine
                               WHERE quarantine.replica = event.replica AND quarantine.seq = event.seq)
               AND {IN_NO_READABLE}"
        ),
        touched,
    )?;
    tx.execute("DELETE FROM stream_item WHERE stream IN (SELECT key FROM stream WHERE readable = 0)", [])?;
    tx.execute("DELETE FROM stream WHERE readable = 0", [])?;
    for event in others {
        tx.prepare_cached("DELETE FROM newer WHERE event = (SELECT id FROM event WHERE key = ?1)")?
            .execute([event])?;
        tx.prepare_cached("DELETE FROM event WHERE key = ?1")?.execute([event])?;
    }
    for event in own {
        tx.prepare_cached("UPDATE event SET hidden = 1 WHERE key = ?1")?.execute([event])?;
    }
    Ok(())
}

/// An own line stands in a readable stream (again). Tells whether it was hidden before.
pub(super) fn show(db: &Connection, event: i64) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("UPDATE event SET hidden = 0 WHERE key = ?1 AND hidden = 1")?.execute([event])? > 0)
}

fn gone(tx: &Transaction, sql: &str, touched: &mut Touched) -> Result<Vec<i64>, StoreError> {
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement
        .query_map([], |row| Ok(Gone { event: row.get(0)?, kind: row.get(1)?, about: row.get(2)? }))?;
    let mut events = Vec::new();
    for row in rows {
        let row = row?;
        if let Some(about) = row.about {
            touched.add_known(row.kind.split('.').next().unwrap_or(""), about);
        }
        events.push(row.event);
    }
    Ok(events)
}
