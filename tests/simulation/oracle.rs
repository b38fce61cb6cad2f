//! What must be true: after each step of every screen, and at the end of everything.
//!
//! Invariant: it looks at the bytes on the disks, not at what the code under test says of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use fieldproof::engine::api::{Sent, SyncChip};
use fieldproof::store::{Key, Profiles, Store};
use uuid::Uuid;

use crate::disk::Disk;
use crate::world::{Broken, NAMES, Saved, World, open_with};

type Bytes = Vec<u8>;

fn uuid(bytes: &[u8]) -> Uuid {
    Uuid::from_slice(bytes).unwrap_or_default()
}

pub fn ids_on_device(world: &World, who: usize) -> HashSet<Uuid> {
    let db = world.database(who);
    let mut find = db.prepare("SELECT id FROM event").unwrap();
    find.query_map([], |row| row.get::<_, Uuid>(0)).unwrap().map(Result::unwrap).collect()
}

/// A line as the server has it.
struct ServerLine {
    replica: Uuid,
    seq: u64,
    id: Option<Uuid>,
    line: Bytes,
    quarantined: bool,
}

fn server_lines(world: &World) -> Vec<ServerLine> {
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
    let Some(view) = world.sync_view(who)? else { return Ok(()) };
    let device = &mut world.devices[who];
    let known: HashSet<Uuid> = device.saved.iter().map(|saved| saved.id).collect();
    device.saved.extend(
        view.events.iter().map(|row| Saved { id: row.id }).filter(|saved| !known.contains(&saved.id)),
    );
    let name = device.name;
    let Some(db) = db else { return Ok(()) };
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
    if matches!(view.chip, SyncChip::AllSynced { .. }) {
        if view.own.seq > 0
            && server_head(db, view.replica, view.own.seq).as_deref()
                != Some(view.own.hash.as_bytes().as_slice())
        {
            return Err(format!("{name}'s screen says that all is synced; the server lacks something"));
        }
        let apart: u64 = db
            .query_row(
                "SELECT count(*) FROM quarantine q JOIN replica r ON r.pk = q.replica
                 WHERE r.id = ?1 AND q.seq <= ?2 AND q.released_at IS NULL",
                (view.replica.as_bytes().as_slice(), view.own.seq),
                |row| row.get(0),
            )
            .unwrap();
        if apart > 0 {
            return Err(format!("{name}'s screen says that all is synced; {apart} lines are quarantined"));
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

/// Everything that must hold once all is mended and at rest.
pub fn ending(world: &mut World) -> Result<(), Broken> {
    claims(world, 0..NAMES.len())?;
    let lines = server_lines(world);
    let mut from: HashMap<Uuid, Uuid> = HashMap::new();
    for line in &lines {
        remember_origin(&mut from, &line.line);
    }
    for who in 0..NAMES.len() {
        if !world.devices[who].removed {
            agrees(world, who, &lines, &mut from)?;
        }
    }
    nothing_lost_or_twice(world, &lines, &from)?;
    for who in 0..NAMES.len() {
        if !world.devices[who].removed {
            derived_again(world, who)?;
        }
    }
    world.server.close();
    let verified = sync_server::storage::sqlite::verify(world.server.data());
    if !verified.problems.is_empty() {
        return Err(format!("verify: {:?}", verified.problems));
    }
    Ok(())
}

/// From a copy's id to the id it was copied from.
fn remember_origin(from: &mut HashMap<Uuid, Uuid>, line: &[u8]) {
    let Ok(line) = serde_json::from_slice::<serde_json::Value>(line) else { return };
    let read = |value: &serde_json::Value| value.as_str().and_then(|text| text.parse().ok());
    if let (Some(id), Some(old)) = (read(&line["id"]), read(&line["body"]["copied_from"])) {
        from.insert(id, old);
    }
}

fn origin(from: &HashMap<Uuid, Uuid>, mut id: Uuid) -> Uuid {
    while let Some(old) = from.get(&id) {
        id = *old;
    }
    id
}

fn nothing_lost_or_twice(
    world: &World,
    lines: &[ServerLine],
    from: &HashMap<Uuid, Uuid>,
) -> Result<(), Broken> {
    let mut applied: HashMap<Uuid, u32> = HashMap::new();
    let mut held: HashSet<Uuid> = HashSet::new();
    for line in lines {
        let Some(id) = line.id else { continue };
        held.insert(origin(from, id));
        if !line.quarantined {
            *applied.entry(origin(from, id)).or_default() += 1;
        }
    }
    for device in &world.devices {
        for saved in &device.saved {
            if !held.contains(&origin(from, saved.id)) {
                return Err(format!("{} was told “Saved”, and {} is nowhere", device.name, saved.id));
            }
        }
    }
    // Open: who signs in again before an answer has come copies what the server may hold already
    // (scenarios::an_answer_is_lost_and_then_the_token_grows_old).
    let again = world.devices.iter().filter(|device| device.signed_in_again);
    let excepted: HashSet<Uuid> =
        again.flat_map(|device| &device.saved).map(|saved| origin(from, saved.id)).collect();
    let twice = applied.iter().find(|(id, n)| **n > 1 && (world.strict || !excepted.contains(*id)));
    if let Some((id, n)) = twice {
        let places: Vec<String> = lines
            .iter()
            .filter(|line| line.id.is_some_and(|line| origin(from, line) == *id))
            .map(|line| format!("{}/{}", line.replica, line.seq))
            .collect();
        return Err(format!("{id} is there {n} times: {}", places.join(", ")));
    }
    Ok(())
}

/// A device has, byte for byte, what the server has for it, and both keep the same lines apart.
fn agrees(
    world: &World,
    who: usize,
    lines: &[ServerLine],
    from: &mut HashMap<Uuid, Uuid>,
) -> Result<(), Broken> {
    let name = world.devices[who].name;
    let (device, server) = (world.database(who), world.server.database());
    let mut own = device
        .prepare(
            "SELECT r.id, e.seq, e.line FROM event e JOIN replica r ON r.key = e.replica WHERE r.own = 1",
        )
        .unwrap();
    let own: BTreeMap<(Uuid, u64), String> = own
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for line in own.values() {
        remember_origin(from, line.as_bytes());
    }
    let mut items = device
        .prepare(
            "SELECT s.name, i.n, e.line FROM stream_item i JOIN stream s ON s.key = i.stream
             JOIN event e ON e.key = i.event WHERE s.readable = 1",
        )
        .unwrap();
    let here: BTreeMap<(String, u64), Bytes> = items
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?.into_bytes())))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut readable = device.prepare("SELECT name FROM stream WHERE readable = 1").unwrap();
    let readable: HashSet<String> =
        readable.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut items = server
        .prepare(
            "SELECT s.name, i.n, e.line FROM stream_item i JOIN stream s ON s.pk = i.stream
             JOIN event e ON e.pk = i.event",
        )
        .unwrap();
    let there: BTreeMap<(String, u64), Bytes> = items
        .query_map([], |row| Ok(((row.get::<_, String>(0)?, row.get(1)?), row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .filter(|((stream, _), _)| readable.contains(stream))
        .collect();
    if let Some((place, _)) = there.iter().find(|(place, line)| here.get(*place) != Some(line)) {
        return Err(format!("{name}'s device has not what the server has at {place:?}"));
    }
    if here.len() != there.len() {
        return Err(format!("{name}'s device has {} items, the server {}", here.len(), there.len()));
    }
    let mut apart =
        device.prepare("SELECT r.id, q.seq FROM quarantine q JOIN replica r ON r.key = q.replica").unwrap();
    let apart: HashSet<(Uuid, u64)> =
        apart.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for place in &apart {
        let line = lines.iter().find(|line| line.quarantined && (line.replica, line.seq) == *place);
        let Some(line) = line else {
            return Err(format!("{name}'s device shows {place:?} as quarantined; the server does not"));
        };
        if own.get(place).is_none_or(|here| here.as_bytes() != line.line) {
            return Err(format!("{name} cannot read the quarantined line {place:?}"));
        }
    }
    let replica: Uuid = device
        .query_row("SELECT id FROM replica WHERE own = 1 ORDER BY key DESC LIMIT 1", [], |row| row.get(0))
        .unwrap();
    for line in lines.iter().filter(|line| line.quarantined && line.replica == replica) {
        if !apart.contains(&(line.replica, line.seq)) {
            return Err(format!(
                "the server keeps {name}'s line {} apart and {name} does not know",
                line.seq
            ));
        }
    }
    Ok(())
}

/// The rows of every derived table, in SQL's own words.
fn dump(db: &rusqlite::Connection) -> BTreeMap<String, Vec<String>> {
    const LOG: [&str; 7] = ["meta", "replica", "event", "stream", "stream_item", "quarantine", "draft"];
    let mut find = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = find.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let derived = tables.into_iter().filter(|name| !LOG.contains(&name.as_str()));
    let rows = |table: &str| {
        let mut all = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = all.column_count();
        let mut rows: Vec<String> = all
            .query_map([], |row| {
                let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
                Ok(format!("{:?}", values.collect::<Result<Vec<_>, _>>()?))
            })
            .unwrap()
            .map(Result::unwrap)
            .collect();
        rows.sort();
        rows
    };
    derived.map(|table| (table.clone(), rows(&table))).collect()
}

/// What was derived step by step is what a rebuild derives from the log.
fn derived_again(world: &mut World, who: usize) -> Result<(), Broken> {
    world.quit(who);
    let device = &world.devices[who];
    let copy = Disk::new(Disk::fresh_name(), &device.machine.disk.image());
    let path = copy.path(&Profiles::file_of(device.profile));
    let before = dump(&open_with(&path, &device.key));
    let db = rusqlite::Connection::open(&path).unwrap();
    let rebuilt = Store::open(db, &Key::new(device.key), true).and_then(|mut store| store.rebuild());
    let after = dump(&open_with(&path, &device.key));
    copy.unplug();
    rebuilt.map_err(|error| format!("{}'s store cannot be rebuilt: {error}", device.name))?;
    for (table, rows) in &before {
        let again = &after[table];
        if let Some(row) = rows.iter().find(|row| !again.contains(row)) {
            return Err(format!("{}: a row of {table} is not what a rebuild gives: {row}", device.name));
        }
        if rows.len() != again.len() {
            return Err(format!("{}: a rebuild gives more rows of {table}", device.name));
        }
    }
    Ok(())
}
