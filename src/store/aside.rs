//! Lines that are kept and not shown as what they say: those that do not read, and those that an
//! operator took back. Neither ever keeps the rest of a batch from being taken in.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::derive::{self, Touched};
use super::{Store, StoreError};
use crate::practice::draft::Content;
use crate::practice::follow::Step;
use crate::practice::record;
use crate::practice::registry::{OrgSet, PersonSet, Set, SiteSet};
use crate::practice::settings::single::SettingSet;
use crate::practice::standard::{Class, Standard};
use crate::practice::task::TaskBody;
use crate::record::{Envelope, Line, SERVER};
use crate::sync::wire::Taken;

/// `event.hidden` of a line that was taken back; 1 is for own lines in no readable stream.
const TAKEN_BACK: u8 = 2;

impl Store {
    /// How many lines of others are kept here and not shown as what they say.
    ///
    /// # Errors
    /// As any read.
    pub fn aside(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM newer CROSS JOIN event ON event.id = newer.event
                   WHERE hidden <> 1 AND event.kind <> 'draft.left'";
        Ok(self.db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }
}

/// Whether the body of a line reads as its kind asks. A kind that this version does not know asks
/// nothing of it, and nor does an unknown verb of a class that it knows.
pub(super) fn reads(line: &Envelope) -> bool {
    let body = line.body.get();
    let kind = line.kind.as_str();
    let set = [
        OrgSet::of(line).map(|set| set.is_ok()),
        SiteSet::of(line).map(|set| set.is_ok()),
        PersonSet::of(line).map(|set| set.is_ok()),
        SettingSet::of(line).map(|set| set.is_ok()),
    ];
    if let Some(reads) = set.into_iter().flatten().next() {
        return reads;
    }
    match (line.kind.class(), line.kind.verb()) {
        ("standard", "published") => serde_json::from_str::<Standard>(body).is_ok(),
        ("task", _) => TaskBody::read(body).is_some(),
        (class, verb) if Class::parse(class).is_some() => {
            // An observation begins with what was submitted; all else changes it.
            if verb == "submitted" {
                Content::read(body).is_some()
            } else {
                record::Change::read(body).is_some()
            }
        }
        _ if Step::KINDS.contains(&kind) => Step::read(line).is_some(),
        _ => true,
    }
}

/// Notes every line of the log that does not read, or was taken back: once, where the derived tables are made anew.
pub(super) fn note_all(db: &Connection) -> Result<(), StoreError> {
    db.execute("INSERT OR IGNORE INTO newer (event) SELECT id FROM event WHERE hidden = ?1", [TAKEN_BACK])?;
    let mut statement = db.prepare("SELECT id, line FROM event WHERE about IS NOT NULL AND hidden = 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let sound = matches!(row.get_ref(1)?.as_str().map(Line::read), Ok(Ok(line)) if reads(&line));
        if !sound {
            derive::newer(db, row.get(0)?)?;
        }
    }
    Ok(())
}

/// The server says that a line was taken back: what that one says is derived no more.
pub(super) fn take_back(db: &Connection, said: &Envelope, touched: &mut Touched) -> Result<(), StoreError> {
    if said.kind.as_str() != Taken::KIND || said.author != SERVER {
        return Ok(());
    }
    let Ok(taken) = serde_json::from_str::<Taken>(said.body.get()) else { return Ok(()) };
    let of: Option<(i64, String, Option<Uuid>)> = db
        .prepare_cached("SELECT key, kind, about FROM event WHERE id = ?1")?
        .query_row([taken.of], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let key = match of {
        Some((key, kind, about)) => {
            if let Some(about) = about {
                touched.add_known(kind.split('.').next().unwrap_or(""), about);
            }
            key
        }
        // One that never read stands under another id; there are few of them.
        None => match unread(db, taken.of)? {
            Some(key) => key,
            None => return Ok(()),
        },
    };
    db.prepare_cached("UPDATE event SET hidden = ?2 WHERE key = ?1")?.execute((key, TAKEN_BACK))?;
    db.prepare_cached("INSERT OR IGNORE INTO newer (event) SELECT id FROM event WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}

fn unread(db: &Connection, id: Uuid) -> Result<Option<i64>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT event.key FROM newer CROSS JOIN event ON event.id = newer.event
             WHERE event.kind = '' AND instr(event.line, ?1) > 0 LIMIT 1",
        )?
        .query_row([format!("\"id\":\"{id}\"")], |row| row.get(0))
        .optional()?;
    Ok(found)
}

/// It was let in again after it had been taken back.
pub(super) fn give_back(db: &Connection, event: i64, id: Uuid) -> Result<bool, StoreError> {
    let back = db
        .prepare_cached("UPDATE event SET hidden = 0 WHERE key = ?1 AND hidden = ?2")?
        .execute((event, TAKEN_BACK))?;
    if back > 0 {
        db.prepare_cached("DELETE FROM newer WHERE event = ?1")?.execute([id])?;
    }
    Ok(back > 0)
}
