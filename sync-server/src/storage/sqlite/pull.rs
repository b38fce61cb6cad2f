//! Items after the caller's cursors, from one snapshot.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::sql;
use crate::storage::{Pull, PullEvent, PullItem, Pulled, StorageError};

/// Reads stream after stream until the limit is reached. Only streams in `pull.streams` are looked
/// at, so a cursor for any other is ignored.
pub fn pull(conn: &mut Connection, pull: &Pull) -> Result<Pulled, StorageError> {
    let tx = conn.transaction()?;
    let org: i64 = tx
        .prepare_cached("SELECT pk FROM org WHERE id = ?1")?
        .query_row([sql::id(&pull.org)], |row| row.get(0))?;
    let replica: Option<i64> = tx
        .prepare_cached("SELECT pk FROM replica WHERE id = ?1")?
        .query_row([sql::id(&pull.replica)], |row| row.get(0))
        .optional()?;

    let epoch = tx
        .prepare_cached("SELECT epoch FROM restored")?
        .query_row([], |row| Ok(sql::read_id(row, 0)))
        .optional()?
        .transpose()?;

    let mut pulled = Pulled { epoch, items: Vec::new(), cursors: BTreeMap::new(), more: false };
    let mut room = Room { items: pull.limit, bytes: pull.bytes };
    for stream in &pull.streams {
        let name = stream.to_string();
        let asked = pull.cursors.get(&name).copied();
        let end: Option<(i64, i64)> = tx
            .prepare_cached("SELECT pk, n FROM stream WHERE org = ?1 AND name = ?2")?
            .query_row((org, &name), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (pk, end) = match end {
            Some((pk, n)) => (pk, sql::uint(n)?),
            None => (0, 0),
        };
        // A cursor past the end can only come from before a restore: what is new from here on
        // must not be passed over.
        let mut cursor = asked.unwrap_or(0).min(end);
        if cursor < end && room.is_left() {
            let mut items = tx.prepare_cached(
                "SELECT i.n, e.replica, e.seq, e.received_at, e.skew_ms, e.line
                 FROM stream_item i JOIN event e ON e.pk = i.event
                 WHERE i.stream = ?1 AND i.n > ?2 ORDER BY i.n LIMIT ?3",
            )?;
            let mut rows = items.query((pk, sql::int(cursor), sql::int(room.items)))?;
            while room.is_left()
                && let Some(row) = rows.next()?
            {
                let n = sql::read_uint(row, 0)?;
                if n != cursor + 1 {
                    // Which one, `verify` says: a person's stream has no place in a log.
                    return Err(StorageError::Damaged("a stream lacks a number".into()));
                }
                let what = if replica == Some(row.get(1)?) {
                    room.take(0);
                    PullEvent::Own(sql::read_uint(row, 2)?)
                } else {
                    let line: Vec<u8> = row.get(5)?;
                    room.take(line.len());
                    PullEvent::Other { received_at_ms: row.get(3)?, skew_ms: row.get(4)?, line }
                };
                pulled.items.push(PullItem { stream: *stream, n, what });
                cursor = n;
            }
        }
        pulled.more |= cursor < end;
        if cursor > 0 || asked.is_some() {
            pulled.cursors.insert(name, cursor);
        }
    }
    Ok(pulled)
}

/// What the answer may still hold.
struct Room {
    items: u64,
    bytes: usize,
}

impl Room {
    fn is_left(&self) -> bool {
        self.items > 0 && self.bytes > 0
    }

    fn take(&mut self, bytes: usize) {
        self.items -= 1;
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}
