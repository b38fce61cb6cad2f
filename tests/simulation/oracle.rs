//! What must be true of every screen after each step, and whether a device is at rest.
//!
//! Invariant: it looks at the bytes on the disks, not at what the code under test says of them.

use std::collections::HashSet;

use fieldproof::engine::api::{Sent, SyncChip};
use uuid::Uuid;

use crate::law;
use crate::sabotage::Sabotage;
use crate::world::{Broken, Saved, World};

pub type Bytes = Vec<u8>;

fn uuid(bytes: &[u8]) -> Uuid {
    Uuid::from_slice(bytes).unwrap_or_default()
}

pub fn ids_on_device(world: &World, who: usize) -> HashSet<Uuid> {
    let db = world.database(who);
    let mut find = db.prepare("SELECT id FROM event").unwrap();
    find.query_map([], |row| row.get::<_, Uuid>(0)).unwrap().map(Result::unwrap).collect()
}

/// A line as the server has it.
pub struct ServerLine {
    pub replica: Uuid,
    pub seq: u64,
    pub id: Option<Uuid>,
    pub line: Bytes,
    pub quarantined: bool,
}

pub fn server_lines(world: &World) -> Vec<ServerLine> {
    let db = world.server.database();
    let mut find = db
        .prepare(
            "SELECT r.id, e.seq, coalesce(e.id, q.id), e.line, e.id IS NULL
             FROM event e JOIN replica r ON r.pk = e.replica LEFT JOIN quarantine q ON q.event = e.pk
             ORDER BY e.pk",
        )
        .unwrap();
    let rows = find.query_map([], |row| {
        Ok(ServerLine {
            replica: uuid(&row.get::<_, Bytes>(0)?),
            seq: row.get(1)?,
            id: row.get::<_, Option<Bytes>>(2)?.map(|id| uuid(&id)),
            line: row.get(3)?,
            quarantined: row.get(4)?,
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

pub fn ids_on_server(world: &World) -> HashSet<Uuid> {
    server_lines(world).into_iter().filter_map(|line| line.id).collect()
}

/// The head that the server has of a replica at a number.
fn server_head(db: &rusqlite::Connection, replica: Uuid, seq: u64) -> Option<Bytes> {
    db.query_row(
        "SELECT e.head FROM event e JOIN replica r ON r.pk = e.replica WHERE r.id = ?1 AND e.seq = ?2",
        (replica.as_bytes().as_slice(), seq),
        |row| row.get(0),
    )
    .ok()
}

/// No screen claims more than is true. Also notes what it shows as saved.
pub fn claims(world: &mut World, whose: impl Iterator<Item = usize>) -> Result<(), Broken> {
    // What is claimed while the server is down is looked at when there is a disk to look at.
    let server = world.server.is_up().then(|| world.server.database());
    for who in whose {
        claims_of(world, who, server.as_ref())?;
    }
    Ok(())
}

fn claims_of(world: &mut World, who: usize, db: Option<&rusqlite::Connection>) -> Result<(), Broken> {
    if !world.is_up(who) {
        return Ok(());
    }
    if world.excused(who) {
        world.devices[who].machine.net.pace.forget();
    }
    let (net, name) = (world.devices[who].machine.net.clone(), world.devices[who].name);
    if net.sabotage.get() == Sabotage::None
        && let Some(wrong) = net.pace.wrong(world.time.now())
    {
        return Err(format!("{name}'s device {wrong}"));
    }
    let Some(view) = world.sync_view(who)? else { return Ok(()) };
    let device = &mut world.devices[who];
    let through = net.pace.through.get();
    let before = device.synced.replace((view.last_synced, through));
    // It was through to the end only if an answer said that there is no more. A device that lost its
    // power may go back to an earlier time, which was true then.
    if net.sabotage.get() == Sabotage::None
        && before.is_some_and(|(at, answers)| view.last_synced > at && answers == through)
    {
        return Err(format!(
            "{name}'s screen says it synced at {:?}, while there was more to read",
            view.last_synced
        ));
    }
    let known: HashSet<Uuid> = device.saved.iter().map(|saved| saved.id).collect();
    device.saved.extend(
        view.events.iter().map(|row| Saved { id: row.id }).filter(|saved| !known.contains(&saved.id)),
    );
    let Some(db) = db.filter(|_| !device.machine.net.not_heard.get()) else { return Ok(()) };
    if let Some(held) = view.held.filter(|held| held.seq > 0)
        && server_head(db, view.replica, held.seq).as_deref() != Some(held.hash.as_bytes().as_slice())
    {
        return Err(format!("{name}'s screen says the server holds {} lines; it does not", held.seq));
    }
    for row in view.events.iter().filter(|row| row.state == Sent::WithServer) {
        if server_head(db, row.replica, row.seq).is_none() {
            return Err(format!("{name}'s screen says that line {} is with the server; it is not", row.seq));
        }
    }
    let aside = match view.chip {
        SyncChip::AllSynced { .. } => Some(0),
        SyncChip::SetAside { count, .. } => Some(count),
        _ => None,
    };
    if let Some(aside) = aside {
        if view.own.seq > 0
            && server_head(db, view.replica, view.own.seq).as_deref()
                != Some(view.own.hash.as_bytes().as_slice())
        {
            return Err(format!("{name}'s screen says that all is synced; the server lacks something"));
        }
        let apart: u64 = db
            .query_row(
                // What was left unfinished (`draft.left`) belongs there.
                "SELECT count(*) FROM quarantine q JOIN replica r ON r.pk = q.replica
                 JOIN event e ON e.pk = q.event
                 WHERE r.id = ?1 AND q.seq <= ?2 AND q.released_at IS NULL
                   AND instr(CAST(e.line AS TEXT), '\"kind\":\"draft.left\"') = 0",
                (view.replica.as_bytes().as_slice(), view.own.seq),
                |row| row.get(0),
            )
            .unwrap();
        if apart > aside {
            return Err(format!(
                "{name}'s screen says that all is synced but {aside}; {apart} lines are quarantined"
            ));
        }
    }
    Ok(())
}

/// Why a device has not sent and read everything, if it has not.
pub fn not_at_rest(world: &mut World, who: usize) -> Result<Option<String>, Broken> {
    if world.devices[who].removed {
        return Ok(None);
    }
    let name = world.devices[who].name;
    let Some(view) = world.sync_view(who)? else { return Ok(Some(format!("{name}'s device is down"))) };
    let settled = matches!(
        view.chip,
        SyncChip::AllSynced { .. } | SyncChip::SetAside { .. } | SyncChip::NeedsYou { .. }
    );
    if !settled {
        return Ok(Some(format!("{name}'s chip says {:?}", view.chip)));
    }
    if let Some(why) = law::reads_wrongly(world, &law::registry(world), who) {
        return Ok(Some(why));
    }
    let (device, server) = (world.database(who), world.server.database());
    let own = server_head(&server, view.replica, view.own.seq);
    if view.own.seq > 0 && own.as_deref() != Some(view.own.hash.as_bytes().as_slice()) {
        return Ok(Some(format!("{name}'s log is not with the server")));
    }
    let mut find = device.prepare("SELECT name, cursor FROM stream WHERE readable = 1").unwrap();
    let streams: Vec<(String, u64)> =
        find.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (stream, cursor) in streams {
        let end: u64 = server
            .query_row("SELECT n FROM stream WHERE name = ?1", [&stream], |row| row.get(0))
            .unwrap_or(0);
        if end != cursor {
            return Ok(Some(format!("{name} has read {cursor} of {end} of {stream}")));
        }
    }
    Ok(None)
}
