//! What does not count for the thing that it names, from the log to its derived rows.
//!
//! Invariant: as all that is derived, the rows of a thing depend on the set of its lines. While the
//! event that begins it has not arrived there are none: nothing can be judged then.

use rusqlite::Connection;
use uuid::Uuid;

use super::StoreError;
use crate::practice::rights::split;
use crate::record::Line;

/// Writes anew what is refused of the lines about a thing.
pub(super) fn write(db: &Connection, thing: Uuid, lines: &[String]) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM refused WHERE thing = ?1")?.execute([thing])?;
    // What began it names nothing; alone it refuses nothing.
    if lines.len() < 2 {
        return Ok(());
    }
    let Some(split) = split(lines.iter().filter_map(|line| Line::read(line).ok())) else { return Ok(()) };
    for (envelope, why) in split.refused {
        db.prepare_cached(
            "INSERT OR REPLACE INTO refused (event, thing, author, kind, why, at, at_east)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            envelope.id,
            thing,
            envelope.author,
            envelope.kind.as_str(),
            why.as_str(),
            envelope.at.timestamp_millis(),
            envelope.at.offset().local_minus_utc(),
        ))?;
    }
    Ok(())
}
