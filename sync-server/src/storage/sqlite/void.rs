//! Accepted lines that count for nothing: taken in before the server judged a line by what it changes,
//! or before the thing that it names had arrived.
//!
//! Invariant: it asks the same function as devices do, so what is listed is what no device folds.

use std::path::Path;

use fieldproof::practice::rights::{Event, NotCounted, Of, counts, registry_counts};
use fieldproof::record::{Line, SERVER};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::unit::accepted;
use super::{file, sql};
use crate::storage::StorageError;

/// An accepted line that changes nothing, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    pub replica: Uuid,
    pub seq: u64,
    pub id: Uuid,
    pub kind: String,
    pub author: Uuid,
    /// What it names, where it names something.
    pub thing: Option<Uuid>,
    pub why: NotCounted,
}

/// Walks every accepted line of a data directory, from one snapshot, beside whatever writes to it.
///
/// # Errors
/// As any read.
pub fn void(data: &Path) -> Result<Vec<Void>, StorageError> {
    // Writable only so that SQLite may recover a write-ahead log that a crash left behind.
    let conn = Connection::open_with_flags(file(data), OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.busy_timeout(std::time::Duration::from_secs(30))?;
    conn.pragma_update(None, "query_only", "ON")?;
    conn.execute_batch("BEGIN")?;
    let mut lines = conn.prepare(
        "SELECT event.org, replica.id, event.seq, event.line FROM event
         JOIN replica ON replica.pk = event.replica
         WHERE event.id IS NOT NULL ORDER BY event.pk",
    )?;
    let mut rows = lines.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        // What cannot be read was never accepted; that it is there is for `verify` to say.
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let Ok(envelope) = Line::read(text) else { continue };
        // The server's own word was never judged.
        if envelope.author == SERVER {
            continue;
        }
        let event = Event::read(&envelope);
        if let Err(why) = judged(&conn, row.get(0)?, &event, registry_counts(&envelope))? {
            found.push(Void {
                replica: sql::read_id(row, 1)?,
                seq: sql::read_uint(row, 2)?,
                id: event.id,
                kind: envelope.kind.as_str().to_owned(),
                author: event.named.author,
                thing: if let Of::Thing(thing) = event.of { Some(thing) } else { None },
                why,
            });
        }
    }
    Ok(found)
}

fn judged(
    conn: &Connection,
    org: i64,
    event: &Event,
    registry: bool,
) -> Result<Result<(), NotCounted>, StorageError> {
    if event.rule.is_registry() {
        return Ok(if registry { Ok(()) } else { Err(NotCounted::Verb) });
    }
    Ok(match event.of {
        Of::Nothing => Ok(()),
        Of::Unreadable => Err(NotCounted::Nothing),
        Of::Thing(thing) => match accepted(conn, org, thing)? {
            Some(thing) => counts(&thing, event),
            // Nobody can judge it yet.
            None => event.alone(),
        },
    })
}
