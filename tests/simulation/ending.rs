//! What must be true at the end: nothing lost, nothing twice, devices and server agree.
//!
//! Invariant: it looks at the bytes on the disks, not at what the code under test says of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use fieldproof::store::{Key, Profiles, Store};
use uuid::Uuid;

use crate::disk::Disk;
use crate::oracle::{Bytes, ServerLine, claims, server_lines};
use crate::world::{Broken, NAMES, World, open_with};
use crate::{dishonest, law, reference};

/// Everything that must hold once all is mended and at rest. The devices of `rebuilt` derive all anew.
pub fn ending(world: &mut World, rebuilt: &[usize]) -> Result<(), Broken> {
    claims(world, 0..NAMES.len())?;
    let lines = server_lines(world);
    let mut from: HashMap<Uuid, Uuid> = HashMap::new();
    for line in &lines {
        remember_origin(&mut from, &line.line);
    }
    {
        let alive = (0..NAMES.len()).filter(|who| !world.devices[*who].removed);
        let databases: Vec<(&str, rusqlite::Connection)> =
            alive.map(|who| (world.devices[who].name, world.database(who))).collect();
        let server = world.server.database();
        for (name, device) in &databases {
            agrees(name, device, &server, &lines, &mut from)?;
        }
        nothing_lost_or_twice(world, &lines, &from)?;
        same_screens(&databases)?;
        // A device keeps what a restored server lost.
        if world.server.backup.borrow().is_none() {
            for (name, device) in &databases {
                only_what_may_be_read(name, device)?;
            }
            nothing_points_to_what_was_left(&lines)?;
        }
    }
    law::judged(world)?;
    for who in 0..NAMES.len() {
        if !world.devices[who].removed {
            reference::shows(world, who)?;
        }
    }
    dishonest::nobody_fails(world)?;
    for who in rebuilt {
        if !world.devices[*who].removed {
            derived_again(world, *who)?;
        }
    }
    world.server.close();
    let verified = sync_server::storage::sqlite::verify(world.server.data());
    if !verified.problems.is_empty() {
        return Err(format!("verify: {:?}", verified.problems));
    }
    Ok(())
}

/// Nothing of others lies on a device that stands in no stream its person reads, and nothing of its own that
/// does is hidden.
fn only_what_may_be_read(name: &str, device: &rusqlite::Connection) -> Result<(), Broken> {
    let readable = "EXISTS (SELECT 1 FROM stream_item i JOIN stream s ON s.key = i.stream
                            WHERE i.event = e.key AND s.readable = 1)";
    let count = |condition: String| -> u64 {
        let count = format!(
            "SELECT count(*) FROM event e LEFT JOIN replica r ON r.key = e.replica WHERE {condition}"
        );
        device.query_row(&count, [], |row| row.get(0)).unwrap()
    };
    let kept = count(format!("coalesce(r.own, 0) = 0 AND NOT {readable}"));
    if kept > 0 {
        return Err(format!("{name}'s device keeps {kept} lines that {name} may not read"));
    }
    let hidden = count(format!("e.hidden = 1 AND {readable}"));
    if hidden > 0 {
        return Err(format!("{name}'s device hides {hidden} lines that {name} may read"));
    }
    Ok(())
}

/// What was copied into a new replica takes what points to it along.
fn nothing_points_to_what_was_left(lines: &[ServerLine]) -> Result<(), Broken> {
    let there: HashSet<Uuid> = lines.iter().filter_map(|line| line.id).collect();
    for line in lines.iter().filter(|line| !line.quarantined) {
        let Ok(said) = serde_json::from_slice::<serde_json::Value>(&line.line) else { continue };
        let of: Option<Uuid> = said["body"]["of"].as_str().and_then(|of| of.parse().ok());
        if let Some(of) = of.filter(|of| !there.contains(of) && said["body"]["copied_from"].is_string()) {
            return Err(format!("a copied line goes on with {of}, which is nowhere"));
        }
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
    let twice = applied.iter().find(|(_, n)| **n > 1);
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

/// What two devices derive from the same lines is the same, whenever and in whatever order the lines
/// came to each.
fn same_screens(databases: &[(&str, rusqlite::Connection)]) -> Result<(), Broken> {
    let mut seen: HashMap<(String, Vec<Uuid>), (String, &str)> = HashMap::new();
    for (device, db) in databases {
        let mut lines: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let mut find =
            db.prepare("SELECT about, id FROM event WHERE about IS NOT NULL AND hidden = 0").unwrap();
        let rows = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        for (about, id) in rows.map(Result::unwrap) {
            lines.entry(about).or_default().push(id);
        }
        // What lies in quarantine is shown to its author alone.
        let mut find = db.prepare("SELECT about FROM event JOIN quarantine USING (replica, seq)").unwrap();
        let apart = find.query_map([], |row| row.get::<_, Option<Uuid>>(0)).unwrap();
        let apart: HashSet<Uuid> = apart.filter_map(Result::unwrap).collect();
        // A follow-up hangs on the observations that it points to as well.
        let mut find = db.prepare("SELECT follow_up, record FROM evidence").unwrap();
        let evidence = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let evidence: Vec<(Uuid, Uuid)> = evidence.map(Result::unwrap).collect();
        for table in ["record", "task", "follow_up"] {
            for (id, row) in rows_of(db, table) {
                let pointed = evidence.iter().filter(|(from, _)| *from == id).map(|(_, record)| *record);
                let abouts: Vec<Uuid> = std::iter::once(id).chain(pointed).collect();
                if abouts.iter().any(|about| apart.contains(about)) {
                    continue;
                }
                let mut ids: Vec<Uuid> =
                    abouts.iter().filter_map(|about| lines.get(about)).flatten().copied().collect();
                ids.sort();
                let (known, name) =
                    seen.entry((format!("{table} {id}"), ids)).or_insert_with(|| (row.clone(), *device));
                if *known != row {
                    return Err(format!(
                        "{name} and {device} do not agree about {table} {id}: {known} and {row}"
                    ));
                }
            }
        }
    }
    Ok(())
}

fn rows_of(db: &rusqlite::Connection, table: &str) -> Vec<(Uuid, String)> {
    let mut all = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = all.column_count();
    let rows = all.query_map([], |row| {
        let values = (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at));
        Ok((row.get("id")?, format!("{:?}", values.collect::<Result<Vec<_>, _>>()?)))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// A device has, byte for byte, what the server has for it, and both keep the same lines apart.
fn agrees(
    name: &str,
    device: &rusqlite::Connection,
    server: &rusqlite::Connection,
    lines: &[ServerLine],
    from: &mut HashMap<Uuid, Uuid>,
) -> Result<(), Broken> {
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
    // What the device wrote and has, in whichever of its replicas.
    for line in lines.iter().filter(|line| line.quarantined) {
        let place = (line.replica, line.seq);
        let wrote = own.get(&place).is_some_and(|here| here.as_bytes() == line.line);
        if wrote && !apart.contains(&place) {
            return Err(format!("the server keeps {name}'s line {place:?} apart and {name} does not know"));
        }
    }
    proven(device, name, &own, lines)
}

/// Whatever a device counts as held, in any of its replicas, stands there byte for byte.
fn proven(
    device: &rusqlite::Connection,
    name: &str,
    own: &BTreeMap<(Uuid, u64), String>,
    lines: &[ServerLine],
) -> Result<(), Broken> {
    let there: HashMap<(Uuid, u64), &Bytes> =
        lines.iter().map(|line| ((line.replica, line.seq), &line.line)).collect();
    let mut held = device.prepare("SELECT id, held FROM replica WHERE own = 1").unwrap();
    let held: HashMap<Uuid, u64> =
        held.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let lacks = own.iter().find(|((replica, seq), line)| {
        held.get(replica).is_some_and(|held| seq <= held)
            && there.get(&(*replica, *seq)).is_none_or(|there| *there != line.as_bytes())
    });
    match lacks {
        Some((place, _)) => Err(format!("{name} counts line {place:?} as held; the server has it not")),
        None => Ok(()),
    }
}

/// The rows of every derived table, in SQL's own words.
fn dump(db: &rusqlite::Connection) -> BTreeMap<String, Vec<String>> {
    const LOG: [&str; 10] = [
        "meta",
        "replica",
        "event",
        "stream",
        "stream_item",
        "quarantine",
        "draft",
        "read_told",
        "standard_draft",
        "form_draft",
    ];
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
