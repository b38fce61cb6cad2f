//! Lines that the server itself writes, in the one replica of an organisation that no device can take
//! over. They are not judged: what writes them has decided already.

use chrono::DateTime;
use fieldproof::record::{Draft, Head, id_at};
use rusqlite::OptionalExtension;
use serde_json::Value;
use serde_json::value::to_raw_value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::push::NewEvent;
use super::sql;
use super::unit::Unit;
use crate::ingest::read_line;
use crate::storage::StorageError;

/// As many ids are tried. A second one is needed only where somebody took the first on purpose.
const TRIES: u8 = 64;

/// Writes one line and routes it; returns its id. Its author is nobody, the nil UUID: a device can
/// only ever write as its own person, so no line of a device can be taken for one of these.
pub fn write_server_line(
    unit: &mut Unit<'_>,
    org: i64,
    now_ms: i64,
    kind: &str,
    subject: Option<Uuid>,
    body: &Value,
) -> Result<Uuid, StorageError> {
    let found = unit
        .conn
        .prepare_cached(
            "SELECT pk, id, seq, head FROM replica WHERE org = ?1 AND device IS NULL ORDER BY pk LIMIT 1",
        )?
        .query_row([org], |row| {
            Ok((row.get::<_, i64>(0)?, sql::read_id(row, 1), sql::read_uint(row, 2), sql::read_head(row, 3)))
        })
        .optional()?;
    let Some((replica, id, seq, head)) = found else {
        return Err(StorageError::Damaged("the server's own replica is missing".into()));
    };
    let (replica_id, seq, head) = (id?, seq? + 1, head?);
    let wrong = |error: &dyn std::fmt::Display| StorageError::Damaged(error.to_string());
    let body = to_raw_value(body).map_err(|error| wrong(&error))?;
    let at = DateTime::from_timestamp_millis(now_ms).unwrap_or_default().fixed_offset();
    for nonce in 0..TRIES {
        let id = id_at(&at, &mixed(&head, nonce));
        let draft = Draft {
            id,
            replica: replica_id,
            seq,
            at,
            author: Uuid::nil(),
            kind,
            site: None,
            subject,
            org: None,
            body: &body,
        };
        let line = draft.write().map_err(|error| wrong(&error))?;
        let facts = read_line(line.as_bytes()).map_err(|malformed| wrong(&malformed.message))?;
        let head = head.next(line.as_bytes());
        let event = NewEvent { replica, seq, org, now_ms, skew_ms: 0, head };
        let Some(event) = event.insert(unit.conn, Some(id), line.as_bytes())? else { continue };
        unit.route(org, event, &facts, now_ms)?;
        unit.conn.prepare_cached("UPDATE replica SET seq = ?2, head = ?3 WHERE pk = ?1")?.execute((
            replica,
            sql::int(seq),
            head.as_bytes(),
        ))?;
        return Ok(id);
    }
    Err(StorageError::Damaged("no id is free for a line of the server".into()))
}

/// The storage has no randomness: the chain so far is as good, since it never comes again.
fn mixed(head: &Head, nonce: u8) -> [u8; 10] {
    let mut hash = Sha256::new();
    hash.update(b"fieldproof server line");
    hash.update(head.as_bytes());
    hash.update([nonce]);
    hash.finalize().first_chunk().copied().unwrap_or_default()
}
