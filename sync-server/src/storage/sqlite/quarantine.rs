//! Lines that were stored but not applied: listing them, and letting one in after all.

use fieldproof::sync::wire::{Code, Taken};
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use uuid::Uuid;

use super::push::read_quarantined;
use super::server_line::write_server_line;
use super::sql;
use super::unit::Unit;
use crate::ingest::{Context, Prepared, Reason, Verdict, judge, names, read_kept};
use crate::registry::Arrival;
use crate::storage::{QuarantineKey, QuarantineRow, Release, StorageError, Taking, Took};

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
    let streams = facts.streams().map(|stream| stream.to_string()).collect();
    Ok(Release::Released { streams })
}

/// Takes a line out of its streams. Their numbers stay dense: in its places, and once more at each
/// end for whoever has passed them, stands the server's word that it was taken back. The line itself
/// stays in its chain, as one in quarantine, so that `release` can let it in again.
pub fn take(unit: &mut Unit<'_>, org: Uuid, taking: &Taking) -> Result<Took, StorageError> {
    let org = unit.org(org)?;
    let (id, place) = match taking.key {
        QuarantineKey::Id(id) => (Some(id), None),
        QuarantineKey::Place(replica, seq) => (None, Some((replica, seq))),
    };
    // Two statements, so that each has its index.
    let by = match place {
        None => "e.org = ?1 AND e.id = ?2 AND ?3 IS NULL AND ?4 IS NULL",
        Some(_) => {
            "e.org = ?1 AND ?2 IS NULL AND e.replica = (SELECT pk FROM replica WHERE id = ?3) AND e.seq = ?4
             AND e.id IS NOT NULL"
        }
    };
    let found: Option<(i64, i64, i64, Vec<u8>)> = unit
        .conn
        .prepare_cached(&format!("SELECT e.pk, e.replica, e.seq, e.line FROM event e WHERE {by}"))?
        .query_row(
            (
                org,
                id.as_ref().map(sql::id),
                place.as_ref().map(|(replica, _)| sql::id(replica)),
                place.map(|(_, seq)| sql::int(seq)),
            ),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((event, replica, seq, line)) = found else { return Ok(Took::NotFound) };
    let facts = read_kept(&line)
        .ok_or_else(|| StorageError::Damaged("a line in the streams cannot be read".into()))?;
    if facts.taken.is_some() {
        return Ok(Took::IsWord);
    }
    // Where it stands: an older version may have taken it in without its subject's stream.
    let mut streams: Vec<String> = unit
        .conn
        .prepare_cached(
            "SELECT DISTINCT s.name FROM stream s JOIN stream_item i ON i.stream = s.pk
             WHERE s.org = ?1 AND i.event = ?2",
        )?
        .query_map((org, event), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let place = |name: &String| facts.streams().position(|stream| stream.to_string() == *name);
    streams.sort_by_key(place);
    let body = Taken { of: facts.id, reason: taking.reason.clone(), streams: streams.clone() };
    let body = serde_json::to_value(&body).map_err(|error| StorageError::Damaged(error.to_string()))?;
    let said = write_server_line(unit, org, taking.now_ms, Taken::KIND, None, &body)?;
    let said: i64 = unit
        .conn
        .prepare_cached("SELECT pk FROM event WHERE org = ?1 AND id = ?2")?
        .query_row((org, sql::id(&said)), |row| row.get(0))?;
    for stream in &streams {
        unit.conn
            .prepare_cached(
                "UPDATE stream_item SET event = ?3
                 WHERE stream = (SELECT pk FROM stream WHERE org = ?1 AND name = ?2) AND event = ?4",
            )?
            .execute((org, stream, said, event))?;
    }
    unit.conn.prepare_cached("UPDATE event SET id = NULL WHERE pk = ?1")?.execute([event])?;
    unit.conn
        .prepare_cached(
            "INSERT INTO quarantine (event, replica, seq, id, code, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (event) DO UPDATE
             SET code = excluded.code, field = NULL, message = excluded.message, released_at = NULL",
        )?
        .execute((event, replica, seq, sql::id(&facts.id), Code::Taken.as_str(), &taking.reason))?;
    unit.forget(org);
    Ok(Took::Taken { streams })
}
