//! From the log to the derived tables, one subject at a time.
//!
//! Invariant: what is written for a subject depends on the *set* of its events (and, for the
//! registry, on their numbers in the `org` stream), so any order of arrival ends in the same rows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use uuid::Uuid;

use super::look_again::Looks;
use super::tally::{self, Counted, Tallies};
use super::{StoreError, aside, follow_up, names, refused};
use crate::practice::clock::APART;
use crate::practice::device;
use crate::practice::follow;
use crate::practice::record::{self, Record, Verdict};
use crate::practice::registry::{PersonSet, Set, SiteSet};
use crate::practice::rights::{registry_counts, thing_of};
use crate::practice::standard::{Class, Standard, StandardRef};
use crate::practice::task;
use crate::practice::told::{self, Told};
use crate::record::{Envelope, Line};
use crate::sync::wire::Role;

/// The subjects whose events changed, so that each is folded once per batch.
#[derive(Debug, Default)]
pub(super) struct Touched {
    org: bool,
    people: BTreeSet<Uuid>,
    sites: BTreeSet<Uuid>,
    standards: BTreeSet<Uuid>,
    records: BTreeSet<Uuid>,
    tasks: BTreeSet<Uuid>,
    follow_ups: BTreeSet<Uuid>,
    packs: BTreeSet<Uuid>,
    /// Devices and pairing codes.
    devices: BTreeSet<Uuid>,
}

impl Touched {
    /// Notes what the event is about and returns it; `None` for kinds that this version keeps
    /// without understanding them.
    pub(super) fn add(&mut self, envelope: &Envelope) -> Option<Uuid> {
        let about = subject_of(envelope)?;
        self.add_known(envelope.kind.class(), about);
        Some(about)
    }

    pub(super) fn add_known(&mut self, class: &str, about: Uuid) {
        match class {
            "org" | "setting" => self.org = true,
            "person" => drop(self.people.insert(about)),
            "site" => drop(self.sites.insert(about)),
            "standard" => drop(self.standards.insert(about)),
            "task" => drop(self.tasks.insert(about)),
            "pack" => drop(self.packs.insert(about)),
            device::CLASS => drop(self.devices.insert(about)),
            // What the server says of a line changes that line's thing, and is none itself.
            "line" => {}
            class if follow::Class::parse(class).is_some() => drop(self.follow_ups.insert(about)),
            _ => drop(self.records.insert(about)),
        }
    }

    pub(super) fn has_records(&self) -> bool {
        !self.records.is_empty() || !self.tasks.is_empty() || !self.follow_ups.is_empty()
    }

    pub(super) fn has_registry(&self) -> bool {
        self.org || !self.people.is_empty() || !self.sites.is_empty() || !self.devices.is_empty()
    }

    pub(super) fn has_standards(&self) -> bool {
        !self.standards.is_empty()
    }
}

fn subject_of(envelope: &Envelope) -> Option<Uuid> {
    // By that one member, as the server reads it: what stands beside it is no matter for whom it names.
    let named = |member: &str| -> Option<Uuid> {
        let body: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(envelope.body.get()).ok()?;
        Uuid::deserialize(body.get(member)?).ok()
    };
    match envelope.kind.class() {
        "org" | "setting" => Some(Uuid::nil()),
        class @ ("person" | "site" | "standard") => named(class),
        "pack" | "line" => Some(envelope.id),
        device::CLASS => device::subject_of(envelope),
        // The thing that it names, whatever that is: its lines are judged by the thing when it is folded.
        _ => thing_of(envelope),
    }
}

/// Folds everything that was touched. Standards come first: records are weighed by them.
pub(super) fn again(db: &Connection, touched: &Touched) -> Result<(), StoreError> {
    if touched.org {
        super::setting::derive_org(db)?;
    }
    for person in &touched.people {
        derive_person(db, *person)?;
    }
    for site in &touched.sites {
        derive_site(db, *site)?;
    }
    if !touched.people.is_empty() || !touched.sites.is_empty() {
        names::tell_apart(db)?;
    }
    let mut records = touched.records.clone();
    for standard in &touched.standards {
        derive_standard(db, *standard)?;
        let mut statement = db.prepare_cached("SELECT id FROM record WHERE standard = ?1")?;
        for record in statement.query_map([standard], |row| row.get(0))? {
            records.insert(record?);
        }
    }
    if touched.has_standards() {
        names::tell_standards_apart(db)?;
    }
    let (mut standards, mut sums) = (Standards::default(), Sums::default());
    for record in &records {
        derive_record(db, *record, &mut standards, &mut sums)?;
    }
    sums.tallies.write(db)?;
    sums.looks.write(db)?;
    for task in &touched.tasks {
        derive_task(db, *task)?;
    }
    for about in &touched.devices {
        super::device::derive(db, *about)?;
    }
    for pack in &touched.packs {
        derive_pack(db, *pack)?;
    }
    follow_up::again(db, &touched.follow_ups, &records, &touched.people)
}

/// Folds the whole log into empty derived tables.
pub(super) fn everything(db: &Connection) -> Result<(), StoreError> {
    learn(db)?;
    db.execute(
        "INSERT OR IGNORE INTO newer (event)
         SELECT event.id FROM event LEFT JOIN replica ON replica.key = event.replica
         WHERE about IS NULL AND coalesce(own, 0) = 0",
        [],
    )?;
    aside::note_all(db)?;
    let mut touched = Touched::default();
    let mut statement = db.prepare("SELECT kind, about FROM event WHERE about IS NOT NULL AND hidden = 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        touched.add_known(kind.split('.').next().unwrap_or(""), row.get(1)?);
    }
    again(db, &touched)
}

/// Says what those events are about that came before this version, which understands their kind:
/// they were kept, and now they count. Own ones were always understood; where they are about
/// nothing, they were copied into a newer replica. And those that an older version took for the
/// beginning of something although they name another thing.
fn learn(db: &Connection) -> Result<(), StoreError> {
    let mut statement = db.prepare(
        "SELECT key, line, 1 FROM event
         WHERE about IS NULL AND kind <> ''
           AND NOT EXISTS (SELECT 1 FROM replica WHERE replica.key = event.replica AND own = 1)
         UNION ALL
         SELECT key, line, 0 FROM event
         WHERE about = id AND (kind = 'setting.set' OR instr(line, '\"of\"') > 0 OR instr(line, '\\u') > 0)",
    )?;
    let mut known = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let line: String = row.get(1)?;
        if let Some(about) = Line::read(&line).ok().and_then(|envelope| subject_of(&envelope)) {
            known.push((row.get::<_, i64>(0)?, about, row.get::<_, bool>(2)?));
        }
    }
    for (key, about, is_new) in known {
        db.prepare_cached("UPDATE event SET about = ?2 WHERE key = ?1")?.execute((key, about))?;
        // What an older word of the server took back may have been let in again since.
        if !is_new {
            continue;
        }
        let line: String =
            db.prepare_cached("SELECT line FROM event WHERE key = ?1")?.query_row([key], |row| row.get(0))?;
        if let Ok(said) = Line::read(&line) {
            aside::take_back(db, &said, &mut Touched::default())?;
        }
    }
    Ok(())
}

/// Notes a line of somebody else's that this version does not understand, by the event's id.
pub(super) fn newer(db: &Connection, event: Uuid) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO newer (event)
         SELECT event.id FROM event LEFT JOIN replica ON replica.key = event.replica
         WHERE event.id = ?1 AND coalesce(own, 0) = 0",
    )?
    .execute([event])?;
    Ok(())
}

/// The same of a record whose first line has a content that does not read; taken back once it does.
fn readable(db: &Connection, record: Uuid, readable: bool) -> Result<(), StoreError> {
    if readable {
        db.prepare_cached("DELETE FROM newer WHERE event = ?1")?.execute([record])?;
        return Ok(());
    }
    // The first line of a record has the record's id.
    newer(db, record)
}

/// Empties the derived tables and folds the whole log anew.
pub(super) fn everything_again(db: &Connection) -> Result<(), StoreError> {
    for table in super::open::DERIVED_TABLES {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    everything(db)
}

pub(super) fn lines_about(db: &Connection, about: Uuid) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT line FROM event WHERE about = ?1 AND hidden = 0")?;
    let rows = statement.query_map([about], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The registry's lines about one subject in the order of the `org` stream; own ones that have no
/// number yet come last, as they will. Quarantined ones never took effect. No class means any.
pub(super) fn registry_lines(db: &Connection, about: Uuid, class: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT line FROM event
         LEFT JOIN stream ON stream.name = 'org'
         LEFT JOIN stream_item ON stream_item.event = event.key AND stream_item.stream = stream.key
         WHERE about = ?1 AND hidden = 0 AND (?2 = '' OR kind LIKE ?2 || '.%')
           AND NOT EXISTS (SELECT 1 FROM quarantine
                           WHERE quarantine.replica = event.replica AND quarantine.seq = event.seq)
         ORDER BY n IS NULL, n, event.key",
    )?;
    let rows = statement.query_map((about, class), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest line about a subject that sets it, by the reader that the server has too.
fn newest<T: Set>(db: &Connection, about: Uuid, class: &str) -> Result<Option<T>, StoreError> {
    Ok(registry_lines(db, about, class)?.iter().rev().find_map(|line| {
        let envelope = Line::read(line).ok().filter(registry_counts)?;
        T::of(&envelope).and_then(Result::ok)
    }))
}

fn derive_person(db: &Connection, person: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM person WHERE person = ?1")?.execute([person])?;
    db.prepare_cached("DELETE FROM person_site WHERE person = ?1")?.execute([person])?;
    derive_tenure(db, person)?;
    if let Some(body) = newest::<PersonSet>(db, person, "person")? {
        names::insert_person(db, &body)?;
        for site in body.sites {
            db.prepare_cached("INSERT OR IGNORE INTO person_site (person, site) VALUES (?1, ?2)")?
                .execute((person, site))?;
        }
    }
    Ok(())
}

/// When somebody worked where: from each line about them to the next. Of whom observations were due
/// in a month hangs on who worked there then, not on who does today.
fn derive_tenure(db: &Connection, person: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM tenure WHERE person = ?1")?.execute([person])?;
    let mut since: BTreeMap<Uuid, i64> = BTreeMap::new();
    let write = |site: Uuid, from: i64, until: Option<i64>| -> Result<(), StoreError> {
        db.prepare_cached("INSERT INTO tenure (person, site, since, until) VALUES (?1, ?2, ?3, ?4)")?
            .execute((person, site, from, until))?;
        Ok(())
    };
    for line in registry_lines(db, person, "person")? {
        let Ok(envelope) = Line::read(&line) else { continue };
        if !registry_counts(&envelope) {
            continue;
        }
        let Some(Ok(body)) = PersonSet::of(&envelope) else { continue };
        let at = envelope.at.timestamp_millis();
        let works = body.active && body.role == Role::Staff;
        let sites: BTreeSet<Uuid> = body.sites.into_iter().filter(|_| works).collect();
        for site in since.keys().copied().filter(|site| !sites.contains(site)).collect::<Vec<_>>() {
            if let Some(from) = since.remove(&site) {
                write(site, from, Some(at))?;
            }
        }
        for site in sites {
            since.entry(site).or_insert(at);
        }
    }
    for (site, from) in since {
        write(site, from, None)?;
    }
    Ok(())
}

fn derive_site(db: &Connection, site: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM site WHERE site = ?1")?.execute([site])?;
    if let Some(body) = newest::<SiteSet>(db, site, "site")? {
        names::insert_site(db, &body)?;
    }
    Ok(())
}

fn derive_standard(db: &Connection, id: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM standard WHERE standard = ?1")?.execute([id])?;
    let mut retired = false;
    let mut versions = BTreeMap::<u32, (Standard, String)>::new();
    for line in registry_lines(db, id, "standard")? {
        let Ok(envelope) = Line::read(&line) else { continue };
        if !registry_counts(&envelope) {
            continue;
        }
        match envelope.kind.verb() {
            "retired" => retired = true,
            "published" => {
                if let Ok(standard) = serde_json::from_str::<Standard>(envelope.body.get()) {
                    retired = false;
                    // A published version is never changed: the first with its number stands.
                    versions
                        .entry(standard.version)
                        .or_insert_with(|| (standard, envelope.body.get().to_owned()));
                }
            }
            _ => {}
        }
    }
    let newest = versions.keys().next_back().copied();
    for (version, (standard, json)) in versions {
        db.prepare_cached(
            "INSERT INTO standard (standard, version, class, competency, title, items, newest, retired, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            id,
            version,
            standard.class.as_str(),
            standard.competency,
            serde_json::to_string(&standard.title)?,
            standard.items.len(),
            newest == Some(version),
            retired,
            json,
        ))?;
    }
    Ok(())
}

/// What a batch of records comes to beside their own rows.
#[derive(Default)]
struct Sums {
    tallies: Tallies,
    looks: Looks,
}

fn derive_record(
    db: &Connection,
    id: Uuid,
    standards: &mut Standards,
    sums: &mut Sums,
) -> Result<(), StoreError> {
    let lines = lines_about(db, id)?;
    let gone = db
        .prepare_cached(&format!("DELETE FROM record WHERE id = ?1 RETURNING {}, subject", tally::COLUMNS))?
        .query_row([id], |row| Ok((Counted::read(row)?, row.get("subject")?)))
        .optional()?;
    // What hangs on a row is written with it: where there was none, nothing hangs.
    if let Some((gone, subject)) = gone {
        sums.tallies.take_away(&gone);
        sums.looks.touch(subject, gone.standard());
        for sql in [
            "DELETE FROM acknowledged WHERE record = ?1",
            "DELETE FROM look_again WHERE record = ?1",
            "DELETE FROM told WHERE record = ?1",
            "DELETE FROM ahead WHERE record = ?1",
        ] {
            db.prepare_cached(sql)?.execute([id])?;
        }
    }
    refused::write(db, id, &lines)?;
    let record = record::fold(lines.iter().filter_map(|line| Line::read(line).ok()));
    // What is no record at all, only names another thing or came before its beginning, is none that a
    // newer version wrote.
    if record.is_some() || begins_record(&lines, id) {
        readable(db, id, record.is_some())?;
    }
    let Some(record) = record else { return Ok(()) };
    let standard = standards.of(db, record.content.standard)?;
    let record = match standard {
        Some(standard) => record.judged(standard),
        None => record,
    };
    let (verdict, told) = weigh(standard, &record);
    insert_record(db, &record, &verdict, &told)?;
    let by = (record.content.standard.standard, record.content.standard.version);
    let (at, state) = (record.happened_at(), record.state.as_str());
    sums.tallies.add(&Counted::new(at, record.site, by, state, &verdict, &told));
    sums.looks.add(db, &record)
}

/// Whether one of the lines begins a record of this id.
fn begins_record(lines: &[String], id: Uuid) -> bool {
    lines.iter().filter_map(|line| Line::read(line).ok()).any(|envelope| {
        envelope.id == id && Class::parse(envelope.kind.class()).is_some() && thing_of(&envelope) == Some(id)
    })
}

/// The verdict by the version of the standard that the record was filled with, and what it told
/// beside; all zero while that version has not arrived.
fn weigh(standard: Option<&Standard>, record: &Record) -> (Verdict, Told) {
    standard
        .map(|standard| (record::weigh(standard, record), told::told(standard, record)))
        .unwrap_or_default()
}

/// The standards of a batch, each read once: a first sync weighs ten thousand records by a dozen.
#[derive(Default)]
struct Standards(BTreeMap<StandardRef, Option<Standard>>);

impl Standards {
    fn of(&mut self, db: &Connection, by: StandardRef) -> Result<Option<&Standard>, StoreError> {
        let known = match self.0.entry(by) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let json: Option<String> = db
                    .prepare_cached("SELECT json FROM standard WHERE standard = ?1 AND version = ?2")?
                    .query_row((by.standard, by.version), |row| row.get(0))
                    .optional()?;
                place.insert(json.and_then(|json| serde_json::from_str(&json).ok()))
            }
        };
        Ok(known.as_ref())
    }
}

fn insert_record(db: &Connection, record: &Record, verdict: &Verdict, told: &Told) -> Result<(), StoreError> {
    let happened = record.happened_at();
    db.prepare_cached(
        "INSERT INTO record (id, class, standard, version, site, subject, author, at, at_east, happened,
                             happened_east, state, verdict, told, coached, word)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?
    .execute((
        record.id,
        record.class.as_str(),
        record.content.standard.standard,
        record.content.standard.version,
        record.site,
        record.subject,
        record.author,
        record.at.timestamp_millis(),
        record.at.offset().local_minus_utc(),
        happened.timestamp_millis(),
        happened.offset().local_minus_utc(),
        record.state.as_str(),
        serde_json::to_string(verdict)?,
        if told.is_empty() { String::new() } else { serde_json::to_string(told)? },
        !record.content.coaching.is_empty(),
        record.word(),
    ))?;
    db.prepare_cached(
        "INSERT INTO ahead (record, arrived)
         SELECT id, received FROM event WHERE id = ?1 AND ?2 - received > ?3",
    )?
    .execute((record.id, record.at.timestamp_millis(), APART.num_milliseconds()))?;
    for person in &record.acknowledged_by {
        db.prepare_cached("INSERT INTO acknowledged (record, person) VALUES (?1, ?2)")?
            .execute((record.id, person))?;
    }
    let tell = |person: Uuid, entry: &record::Entry, instead: Option<Uuid>| {
        db.prepare_cached(
            "INSERT OR IGNORE INTO told (person, event, record, at, site) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((person, entry.event, record.id, entry.at.timestamp_millis(), instead))
    };
    for (entry, people) in record.told().into_iter().chain(record.answered()) {
        for person in people {
            tell(person, entry, None)?;
        }
    }
    for entry in record.accepted() {
        tell(record.author, entry, None)?;
    }
    for entry in record.replies() {
        tell(record.author, entry, record.site)?;
    }
    Ok(())
}

fn derive_task(db: &Connection, id: Uuid) -> Result<(), StoreError> {
    let lines = lines_about(db, id)?;
    refused::write(db, id, &lines)?;
    db.prepare_cached("DELETE FROM task WHERE id = ?1")?.execute([id])?;
    if let Some(task) = task::fold(lines.iter().filter_map(|line| Line::read(line).ok())) {
        db.prepare_cached(
            "INSERT INTO task (id, site, handoff, owner, state, due, assigned, ended, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            id,
            task.site,
            task.handoff,
            task.owner,
            task.state.as_str(),
            task.due.map(|due| due.timestamp_millis()),
            task.assigned_at.timestamp_millis(),
            task.ended_at.map(|at| at.timestamp_millis()),
            serde_json::to_string(&task)?,
        ))?;
    }
    Ok(())
}

fn derive_pack(db: &Connection, id: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM pack WHERE id = ?1")?.execute([id])?;
    let lines = lines_about(db, id)?;
    refused::write(db, id, &lines)?;
    for line in lines {
        let Ok(envelope) = Line::read(&line) else { continue };
        // Another event can name it, and is no pack.
        if envelope.id != id || envelope.kind.as_str() != "pack.exported" {
            continue;
        }
        db.prepare_cached("INSERT INTO pack (id, at, at_east, author, json) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((
                id,
                envelope.at.timestamp_millis(),
                envelope.at.offset().local_minus_utc(),
                envelope.author,
                envelope.body.get(),
            ))?;
    }
    Ok(())
}
