//! Lines that were stored but not applied: listing them, and letting one in after all.

use rusqlite::{Connection, ErrorCode};
use uuid::Uuid;

use super::push::read_quarantined;
use super::sql;
use super::unit::Unit;
use crate::ingest::{Context, Prepared, Reason, Verdict, judge, names};
use crate::registry::Arrival;
use crate::storage::{QuarantineKey, QuarantineRow, Release, StorageError};

/// Unreleased lines of an organisation, oldest first.
pub fn list(
    conn: &Connection,
    org: Uuid,
    key: Option<QuarantineKey>,
) -> Result<Vec<QuarantineRow>, StorageError> {
    let (id, place) = match key {
        None => (None, None),
        Some(QuarantineKey::Id(id)) => (Some(id), None),
        Some(QuarantineKey::Place(replica, seq)) => (None, Some((replica, seq))),
    };
    let mut find = conn.prepare_cached(
        "SELECT q.seq, q.id, q.code, q.field, q.message, r.id, d.person, e.received_at, e.line
         FROM quarantine q
         JOIN replica r ON r.pk = q.replica
         JOIN org o ON o.pk = r.org
         JOIN event e ON e.pk = q.event
         LEFT JOIN device d ON d.pk = r.device
         WHERE o.id = ?1 AND q.released_at IS NULL
           AND (?2 IS NULL OR q.id = ?2)
           AND (?3 IS NULL OR (r.id = ?3 AND q.seq = ?4))
         ORDER BY q.event",
    )?;
    let mut rows = find.query((
        sql::id(&org),
        id.as_ref().map(sql::id),
        place.as_ref().map(|(replica, _)| sql::id(replica)),
        place.map(|(_, seq)| sql::int(seq)),
    ))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(QuarantineRow {
            what: read_quarantined(row)?,
            replica: sql::read_id(row, 5)?,
            person: sql::read_id_or_null(row, 6)?,
            received_ms: row.get(7)?,
            line: row.get(8)?,
        });
    }
    Ok(found)
}

/// Judges a quarantined line by the registry as it is now, for what it says: that it came from a
/// revoked device no longer counts, since a person who may has looked at it. What it changes is judged as
/// when it came: nobody lets a line in that may not change what it names.
pub fn release(
    unit: &mut Unit<'_>,
    org: Uuid,
    key: QuarantineKey,
    now_ms: i64,
) -> Result<Release, StorageError> {
    let found = list(unit.conn, org, Some(key))?;
    let row = match found.as_slice() {
        [] => return Ok(Release::NotFound),
        [row] => row,
        several => {
            return Ok(Release::Several(several.iter().map(|row| (row.replica, row.what.seq)).collect()));
        }
    };
    let refused =
        |reason: Reason| Ok(Release::Refused { code: reason.code.as_str(), message: reason.message });
    let org = unit.org(org)?;
    let mut line = Prepared::alone(&row.line);
    if let Ok(facts) = &mut line.read {
        // Today's registry, whatever the line's own number.
        facts.org = None;
    }
    let context = Context {
        replica: row.replica,
        person: row.person.unwrap_or_default(),
        revoked: false,
        arrival: Arrival { now_ms, grace_ms: 0 },
    };
    let thing = unit.thing(org, names(&line))?;
    let registry = unit.registry(org)?;
    let verdict = judge(&line, row.what.seq, &context, &registry, thing.as_ref());
    drop(registry);
    if let Verdict::Quarantine(reason) = verdict {
        return refused(reason);
    }
    let Ok(facts) = &line.read else { return Ok(Release::NotFound) };
    let event: i64 = unit
        .conn
        .prepare_cached(
            "SELECT e.pk FROM event e JOIN replica r ON r.pk = e.replica WHERE r.id = ?1 AND e.seq = ?2",
        )?
        .query_row((sql::id(&row.replica), sql::int(row.what.seq)), |row| row.get(0))?;
    let bears = unit
        .conn
        .prepare_cached("UPDATE event SET id = ?2 WHERE pk = ?1")?
        .execute((event, sql::id(&facts.id)));
    match bears {
        Ok(_) => {}
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            return refused(Reason::duplicate_id());
        }
        Err(error) => return Err(error.into()),
    }
    unit.conn
        .prepare_cached("UPDATE quarantine SET released_at = ?2 WHERE event = ?1")?
        .execute((event, now_ms))?;
    unit.route(org, event, facts, now_ms)?;
    let streams = facts.rule.streams(facts.named).map(|stream| stream.to_string()).collect();
    Ok(Release::Released { streams })
}
