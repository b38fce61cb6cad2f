//! The heads before and after lines, for those who may read them.

use fieldproof::practice::rights::Stream;
use fieldproof::record::Head;
use fieldproof::sync::wire::Proof;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::sql;
use crate::ingest::read_kept;
use crate::storage::StorageError;

/// Only a line that was let into the streams has its id in `event`, so that what is quarantined
/// proves nothing; where it went is said by the line itself, as it was when it came.
pub fn proofs(
    conn: &mut Connection,
    org: Uuid,
    events: &[Uuid],
    streams: &[Stream],
) -> Result<Vec<Proof>, StorageError> {
    let tx = conn.transaction()?;
    let org: i64 = tx
        .prepare_cached("SELECT pk FROM org WHERE id = ?1")?
        .query_row([sql::id(&org)], |row| row.get(0))?;
    let mut find = tx.prepare_cached(
        "SELECT r.id, e.seq, e.head, before.head, e.line
         FROM event e JOIN replica r ON r.pk = e.replica
         LEFT JOIN event before ON before.replica = e.replica AND before.seq = e.seq - 1
         WHERE e.org = ?1 AND e.id = ?2",
    )?;
    let mut proofs = Vec::new();
    for id in events {
        let found = find
            .query_row((org, sql::id(id)), |row| {
                let seq = sql::read_uint(row, 1);
                let before = match row.get_ref(3)? {
                    rusqlite::types::ValueRef::Null => Ok(Head::ZERO),
                    _ => sql::read_head(row, 3),
                };
                let line: Vec<u8> = row.get(4)?;
                Ok((sql::read_id(row, 0), seq, before, sql::read_head(row, 2), line))
            })
            .optional()?;
        let Some((replica, seq, before, head, line)) = found else { continue };
        if may_read(&line, streams) {
            proofs.push(Proof { id: *id, replica: replica?, seq: seq?, before: before?, head: head? });
        }
    }
    Ok(proofs)
}

fn may_read(line: &[u8], streams: &[Stream]) -> bool {
    read_kept(line).is_some_and(|facts| facts.streams().any(|stream| streams.contains(&stream)))
}
