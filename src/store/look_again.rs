//! Days on which coaching said to look again, and whether anybody has.
//!
//! Invariant: a row is owed until a later observation of the same person by the same standard saw its item;
//! where the newest version asks the item no more, until one came to a verdict on the whole. Today says so.
//! That depends on every record of the two, so it is worked out again for both together whenever one of
//! their records was derived; a list of what is owed then reads what is owed and nothing else.

use std::collections::BTreeSet;

use rusqlite::Connection;
use uuid::Uuid;

use super::StoreError;
use crate::practice::record::Record;

/// The people and standards whose records were derived.
#[derive(Default)]
pub(super) struct Looks {
    pairs: BTreeSet<(Uuid, Uuid)>,
}

impl Looks {
    /// A record of theirs came, went or changed.
    pub(super) fn touch(&mut self, subject: Option<Uuid>, standard: Uuid) {
        self.pairs.extend(subject.map(|subject| (subject, standard)));
    }

    /// Writes the days of a record. One about nobody, an audit of a site, asks for no look at a person.
    pub(super) fn add(&mut self, db: &Connection, record: &Record) -> Result<(), StoreError> {
        self.touch(record.subject, record.content.standard.standard);
        if record.subject.is_none() {
            return Ok(());
        }
        for coaching in &record.content.coaching {
            let Some(day) = coaching.look_again else { continue };
            db.prepare_cached("INSERT OR IGNORE INTO look_again (record, item, day) VALUES (?1, ?2, ?3)")?
                .execute((record.id, &coaching.item, day.to_string()))?;
        }
        Ok(())
    }

    /// Works out what is owed. Nobody looks again at themselves; what is contested, or was made by a
    /// standard that has not arrived, saw nothing yet.
    pub(super) fn write(self, db: &Connection) -> Result<(), StoreError> {
        let mut settle = db.prepare_cached(
            "UPDATE look_again SET owed = NOT EXISTS (
                 SELECT 1 FROM record AS own
                 JOIN record AS newer ON newer.subject = ?1 AND newer.standard = ?2
                      AND newer.state <> 'withdrawn' AND newer.happened >= own.happened
                 WHERE own.id = look_again.record
                   AND (newer.happened, newer.id) > (own.happened, own.id)
                   AND newer.state <> 'conflict' AND newer.author <> newer.subject
                   AND newer.verdict ->> '$.setting' IS NOT NULL
                   AND CASE
                       WHEN EXISTS (SELECT 1 FROM standard, json_each(standard.json, '$.items') AS asked
                                    WHERE standard.standard = newer.standard AND standard.version = newer.version
                                      AND asked.value ->> '$.id' = look_again.item)
                       THEN NOT EXISTS (
                           SELECT 1 FROM json_each(iif(newer.told = '', '{}', newer.told), '$.unseen') AS unseen
                           WHERE unseen.value = look_again.item)
                       ELSE newer.verdict ->> '$.passed' IS NOT NULL AND NOT EXISTS (
                           SELECT 1 FROM standard, json_each(standard.json, '$.items') AS asked
                           WHERE standard.standard = newer.standard AND standard.newest
                             AND asked.value ->> '$.id' = look_again.item)
                       END)
             WHERE record IN (SELECT id FROM record
                              WHERE subject = ?1 AND standard = ?2 AND state <> 'withdrawn' AND coached)",
        )?;
        for pair in self.pairs {
            settle.execute(pair)?;
        }
        Ok(())
    }
}
