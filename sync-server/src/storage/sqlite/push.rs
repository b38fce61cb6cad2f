//! PROTOCOL §5, steps 1 (the replica's owner) to 4, inside the write transaction.

use fieldproof::record::Head;
use fieldproof::sync::wire::{Code, Quarantined, ServerHead};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::budget::{self, UnknownLines};
use super::sql;
use super::unit::Unit;
use crate::ingest::{Context, Prepared, Reason, Verdict, judge, names};
use crate::registry::{Arrival, Registry};
use crate::storage::{MAX_QUARANTINED, Parting, Push, PushRefusal, Pushed, StorageError, Stored};

/// A replica as it stands in the transaction. Its key is missing until it is bound.
struct Replica {
    pk: Option<i64>,
    seq: u64,
    head: Head,
}

/// Stores a batch, or says why not. Nothing is written before every refusal is excluded.
pub fn push(unit: &mut Unit<'_>, push: &Push) -> Result<Pushed, StorageError> {
    let header = &push.batch.header;
    // Read again: another process may have revoked the device since its token was checked.
    let device = unit
        .conn
        .prepare_cached("SELECT pk, org, person, revoked_at IS NOT NULL FROM device WHERE id = ?1")?
        .query_row([sql::id(&push.caller.device)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, sql::read_id(row, 2), row.get::<_, bool>(3)?))
        })
        .optional()?;
    let Some((device, org, person, revoked)) = device else {
        return Ok(Pushed::Refused(PushRefusal::NoDevice));
    };
    let person = person?;
    let mut replica = match find(unit.conn, header.replica, device)? {
        Found::Own(replica) => replica,
        Found::Another(replica) => {
            let parting = match replica {
                Some(replica) => first_not_held(unit.conn, push, &replica)?,
                None => None,
            };
            return Ok(Pushed::Refused(PushRefusal::NotYours(parting)));
        }
    };
    let new = match new_lines(unit.conn, push, &replica)? {
        Ok(new) => new,
        Err(refusal) => return Ok(Pushed::Refused(refusal)),
    };
    let duplicate = push.batch.lines.len() - new.len();
    let inactive = |registry: &Registry| registry.person(person).is_none_or(|person| !person.active);
    if replica.pk.is_none() && (revoked || inactive(&*unit.registry(org)?)) {
        return Ok(Pushed::Refused(PushRefusal::NewReplicaOfRevoked));
    }
    let bytes = new.iter().map(|line| push.batch.bytes(line).len() as u64).sum();
    if let Err(seconds) = budget::has_room(unit.conn, device, bytes, push)? {
        return Ok(Pushed::Refused(PushRefusal::DayIsFull { seconds }));
    }

    let pk = match replica.pk {
        Some(pk) => pk,
        None => bind(unit.conn, header.replica, org, Some(device))?,
    };
    let mut unknown = UnknownLines::new(push, org, person);
    let skew_ms = push.batch.sent_at_ms.saturating_sub(push.now_ms);
    let mut accepted = 0;
    let mut newly_quarantined = Vec::new();
    for line in new {
        let seq = replica.seq + 1;
        // Taken anew for each line, which may change it, and let go before it does: a registry that
        // nobody else holds is changed in place.
        let thing = unit.thing(org, names(line))?;
        let registry = unit.registry(org)?;
        let context = Context {
            replica: header.replica,
            person,
            revoked: revoked || inactive(&registry),
            arrival: Arrival { now_ms: push.judged_ms, grace_ms: push.grace_ms },
        };
        let stored = NewEvent { replica: pk, seq, org, now_ms: push.now_ms, skew_ms, head: line.head };
        let bytes = push.batch.bytes(line);
        let mut verdict = judge(line, seq, &context, &registry, thing.as_ref());
        if let (Verdict::Accept, Ok(facts)) = (&verdict, &line.read)
            && let Some(reason) = unknown.count(unit.conn, facts, &registry)?
        {
            verdict = Verdict::Quarantine(reason);
        }
        drop(registry);
        let reason = match (verdict, &line.read) {
            (Verdict::Accept, Ok(facts)) => match stored.insert(unit.conn, Some(facts.id), bytes)? {
                Some(event) => {
                    unit.route(org, event, facts, push.now_ms)?;
                    None
                }
                None => Some(Reason::duplicate_id()),
            },
            (Verdict::Quarantine(reason), _) => Some(reason),
            // A line that could not be read is never accepted.
            (Verdict::Accept, Err(malformed)) => {
                Some(Reason { code: Code::Malformed, field: None, message: malformed.message.clone() })
            }
        };
        match reason {
            None => accepted += 1,
            Some(reason) => {
                stored.quarantine(unit.conn, line, &reason, bytes)?;
                newly_quarantined.push(reason.code.as_str());
            }
        }
        replica.seq = seq;
        replica.head = line.head;
    }
    unknown.finish(unit.conn)?;
    budget::spend(unit.conn, device, bytes, push.judged_ms)?;
    unit.conn.prepare_cached("UPDATE replica SET seq = ?2, head = ?3 WHERE pk = ?1")?.execute((
        pk,
        sql::int(replica.seq),
        replica.head.as_bytes(),
    ))?;
    let registry = unit.registry(org)?;
    let revoked = revoked || inactive(&registry);
    touch(unit.conn, device, push, revoked)?;
    Ok(Pushed::Stored(Stored {
        head: ServerHead { seq: replica.seq, hash: replica.head },
        accepted,
        duplicate: duplicate as u64,
        newly_quarantined,
        quarantined: quarantined(unit.conn, pk, header.after, header.after + header.count)?,
        revoked,
        streams: if revoked { Vec::new() } else { registry.subscriptions(person) },
    }))
}

enum Found {
    /// The device owns it, or nobody does yet.
    Own(Replica),
    /// Another device's, or the server's own; with the replica where that device is of the same
    /// person in the same organisation.
    Another(Option<Replica>),
}

fn find(conn: &Connection, replica: Uuid, device: i64) -> Result<Found, StorageError> {
    let mut find = conn.prepare_cached(
        "SELECT r.pk, r.device, r.seq, r.head,
                EXISTS (SELECT 1 FROM device theirs JOIN device mine USING (org, person)
                        WHERE theirs.pk = r.device AND mine.pk = ?2)
         FROM replica r WHERE r.id = ?1",
    )?;
    let mut rows = find.query((sql::id(&replica), device))?;
    let Some(row) = rows.next()? else {
        return Ok(Found::Own(Replica { pk: None, seq: 0, head: Head::ZERO }));
    };
    let found =
        Replica { pk: Some(row.get(0)?), seq: sql::read_uint(row, 2)?, head: sql::read_head(row, 3)? };
    Ok(if row.get::<_, Option<i64>>(1)? == Some(device) {
        Found::Own(found)
    } else {
        Found::Another(row.get::<_, bool>(4)?.then_some(found))
    })
}

/// The first number from the batch on that is not held as the batch has it. Who signs in again learns
/// by it what the device of before had handed over, and writes none of that a second time.
fn first_not_held(
    conn: &Connection,
    push: &Push,
    replica: &Replica,
) -> Result<Option<Parting>, StorageError> {
    let header = &push.batch.header;
    Ok(match new_lines(conn, push, replica)? {
        Ok(new) => Some(parting(conn, replica, header.after + header.count - new.len() as u64 + 1)?),
        Err(PushRefusal::Gap { have, .. }) => Some(parting(conn, replica, have + 1)?),
        Err(PushRefusal::Fork(parting)) => Some(parting),
        Err(_) => None,
    })
}

fn parting(conn: &Connection, replica: &Replica, at: u64) -> Result<Parting, StorageError> {
    let quarantined = match replica.pk {
        Some(pk) => quarantined(conn, pk, at, at)?.into_iter().filter(|line| line.seq < at).collect(),
        None => Vec::new(),
    };
    Ok(Parting { at, quarantined })
}

/// Binds a replica that nobody has yet.
pub fn bind(conn: &Connection, replica: Uuid, org: i64, device: Option<i64>) -> Result<i64, StorageError> {
    let mut insert =
        conn.prepare_cached("INSERT INTO replica (org, id, device, seq, head) VALUES (?1, ?2, ?3, 0, ?4)")?;
    Ok(insert.insert((org, sql::id(&replica), device, Head::ZERO.as_bytes()))?)
}

/// Steps 2 and 3: the batch's lines that are not held yet, or the refusal.
fn new_lines<'p>(
    conn: &Connection,
    push: &'p Push,
    replica: &Replica,
) -> Result<Result<&'p [Prepared], PushRefusal>, StorageError> {
    let header = &push.batch.header;
    if !push.batch.tip_agrees {
        return Ok(Err(PushRefusal::TipMismatch));
    }
    if header.after > replica.seq {
        return Ok(Err(PushRefusal::Gap { have: replica.seq, head: replica.head }));
    }
    if head_at(conn, replica, header.after)? != header.head {
        return Ok(Err(PushRefusal::Fork(parting(conn, replica, header.after)?)));
    }
    let lines = push.batch.lines.as_slice();
    let overlap = usize::try_from(replica.seq - header.after).unwrap_or(usize::MAX).min(lines.len());
    let (held, new) = lines.split_at_checked(overlap).unwrap_or((lines, &[]));
    let mut seq = header.after;
    // The chain makes the last one speak for all; only where it differs is the place looked for.
    if let Some(last) = held.last()
        && head_at(conn, replica, header.after + held.len() as u64)? != last.head
    {
        for line in held {
            seq += 1;
            if head_at(conn, replica, seq)? != line.head {
                return Ok(Err(PushRefusal::Fork(parting(conn, replica, seq)?)));
            }
        }
    }
    Ok(Ok(new))
}

fn head_at(conn: &Connection, replica: &Replica, seq: u64) -> Result<Head, StorageError> {
    if seq == 0 {
        return Ok(Head::ZERO);
    }
    if seq == replica.seq {
        return Ok(replica.head);
    }
    let mut find = conn.prepare_cached("SELECT head FROM event WHERE replica = ?1 AND seq = ?2")?;
    let mut rows = find.query((replica.pk, sql::int(seq)))?;
    match rows.next()? {
        Some(row) => sql::read_head(row, 0),
        None => Err(StorageError::Damaged("a line of a replica is missing".into())),
    }
}

/// A line's row, before it is known whether it may bear its id.
#[derive(Clone, Copy)]
pub struct NewEvent {
    pub replica: i64,
    pub seq: u64,
    pub org: i64,
    pub now_ms: i64,
    pub skew_ms: i64,
    pub head: Head,
}

impl NewEvent {
    /// Stores the line and returns its key; `None`, and nothing stored, where the id is taken.
    pub fn insert(
        &self,
        conn: &Connection,
        id: Option<Uuid>,
        line: &[u8],
    ) -> Result<Option<i64>, StorageError> {
        let stored = conn
            .prepare_cached(
                "INSERT INTO event (replica, seq, org, id, received_at, skew_ms, head, seal, line)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (org, id) WHERE id IS NOT NULL DO NOTHING",
            )?
            .execute((
                self.replica,
                sql::int(self.seq),
                self.org,
                id.as_ref().map(sql::id),
                self.now_ms,
                self.skew_ms,
                self.head.as_bytes(),
                sql::seal(&self.head, self.now_ms, self.skew_ms),
                line,
            ))?;
        Ok((stored == 1).then(|| conn.last_insert_rowid()))
    }

    fn quarantine(
        &self,
        conn: &Connection,
        line: &Prepared,
        reason: &Reason,
        bytes: &[u8],
    ) -> Result<(), StorageError> {
        let event = self
            .insert(conn, None, bytes)?
            .ok_or_else(|| StorageError::Damaged("a line without an id was not stored".into()))?;
        let id = line.read.as_ref().map_or_else(|malformed| malformed.id, |facts| Some(facts.id));
        conn.prepare_cached(
            "INSERT INTO quarantine (event, replica, seq, id, code, field, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            event,
            self.replica,
            sql::int(self.seq),
            id.as_ref().map(sql::id),
            reason.code.as_str(),
            reason.field,
            &reason.message,
        ))?;
        Ok(())
    }
}

/// A sync renews the token, except that of a device that should be gone. Its end never moves back: a
/// clock that was wrong for a minute would sign out everybody who synced in it.
fn touch(conn: &Connection, device: i64, push: &Push, revoked: bool) -> Result<(), StorageError> {
    let expires = if revoked { 0 } else { push.judged_ms.saturating_add(push.token_ms) };
    conn.prepare_cached(
        "UPDATE device SET last_sync = ?2, token_expires_at = max(token_expires_at, ?3) WHERE pk = ?1",
    )?
    .execute((device, push.now_ms, expires))?;
    budget::keep_time(conn, push.judged_ms)
}

/// The unreleased lines of a replica: those of this batch first, then the newest others. A device
/// whose answer was lost so hears of them with the next one, whatever that one carries.
///
/// Each part is as many steps through an index as it finds lines: a device that piles up millions
/// of them must not make everybody wait here, inside the writer.
fn quarantined(
    conn: &Connection,
    replica: i64,
    after: u64,
    until: u64,
) -> Result<Vec<Quarantined>, StorageError> {
    const OF_THIS_BATCH: &str = "SELECT seq, id, code, field, message FROM quarantine
         WHERE replica = ?1 AND released_at IS NULL AND seq > ?2 AND seq <= ?3
         ORDER BY seq DESC LIMIT ?4";
    const OTHERS: &str = "SELECT seq, id, code, field, message FROM quarantine
         WHERE replica = ?1 AND released_at IS NULL AND NOT (seq > ?2 AND seq <= ?3)
         ORDER BY seq DESC LIMIT ?4";
    let mut found = Vec::new();
    for query in [OF_THIS_BATCH, OTHERS] {
        let (from, room) = (found.len(), MAX_QUARANTINED.saturating_sub(found.len()));
        let mut find = conn.prepare_cached(query)?;
        let mut rows = find.query((replica, sql::int(after), sql::int(until), sql::int(room as u64)))?;
        while let Some(row) = rows.next()? {
            found.push(read_quarantined(row)?);
        }
        found.get_mut(from..).unwrap_or_default().reverse();
    }
    Ok(found)
}

/// Reads `seq, id, code, field, message`.
pub fn read_quarantined(row: &rusqlite::Row<'_>) -> Result<Quarantined, StorageError> {
    Ok(Quarantined {
        seq: sql::read_uint(row, 0)?,
        id: sql::read_id_or_null(row, 1)?,
        code: row.get(2)?,
        field: row.get(3)?,
        message: row.get(4)?,
    })
}
