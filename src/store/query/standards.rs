//! Standards as published.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{StandardRow, json, word};
use crate::practice::rights::registry_counts;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, Standard, StandardRef};
use crate::practice::text::Text;
use crate::record::Line;
use crate::store::{Store, StoreError, derive};

/// An event about a standard, as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardLine {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    /// `published` or `retired`.
    pub verb: String,
    pub body: String,
}

/// A stretch of time in which a version was in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionInForce {
    pub version: u32,
    pub since: DateTime<FixedOffset>,
    /// Who put it into force.
    pub author: Uuid,
    pub until: Option<DateTime<FixedOffset>>,
    /// It ended because the standard was retired.
    pub retired: bool,
}

impl VersionInForce {
    fn end(stretches: &mut [VersionInForce], at: DateTime<FixedOffset>, retired: bool) {
        if let Some(last) = stretches.last_mut().filter(|last| last.until.is_none()) {
            // By a clock that went wrong it would have ended before it began.
            (last.until, last.retired) = (Some(at.max(last.since)), retired);
        }
    }
}

/// Standards as they were read while the database had seen so many changes: whatever is written makes
/// them old, because it could be a standard.
#[derive(Default)]
pub(in crate::store) struct Known {
    written: u64,
    standards: BTreeMap<StandardRef, Option<Standard>>,
}

impl Store {
    /// The newest version of each, by class and competency; retired ones last.
    ///
    /// # Errors
    /// As any read.
    pub fn standards(&self) -> Result<Vec<StandardRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT standard, version, class, competency, title, items, retired,
                    ifnull(json_extract(json, '$.cycle'), '{}')
             FROM standard
             WHERE newest = 1 ORDER BY retired, class, competency, standard",
        )?;
        let rows = statement.query_map([], |row| {
            let standard = StandardRef { standard: row.get(0)?, version: row.get(1)? };
            Ok(StandardRow {
                standard,
                setting: Setting::Unknown,
                class: word(row.get(2)?).unwrap_or(Class::Check),
                competency: row.get(3)?,
                title: json(row, 4)?,
                items: row.get(5)?,
                retired: row.get(6)?,
                cycle: json(row, 7)?,
            })
        })?;
        let mut rows = rows.collect::<Result<Vec<StandardRow>, _>>()?;
        for row in &mut rows {
            let observed_in = |found: Option<&Standard>| found.map(Standard::observed_in);
            row.setting = self.with_standard(row.standard, observed_in)?.unwrap_or(Setting::Unknown);
        }
        Ok(rows)
    }

    /// The title of a version as it is shown; empty while it has not arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn title_of(&self, wanted: StandardRef) -> Result<Text, StoreError> {
        let title = self
            .db
            .prepare_cached("SELECT title FROM standard WHERE standard = ?1 AND version = ?2")?
            .query_row((wanted.standard, wanted.version), |row| json(row, 0))
            .optional()?;
        Ok(title.unwrap_or_default())
    }

    /// One version; `None` while it has not arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn standard(&self, wanted: StandardRef) -> Result<Option<Standard>, StoreError> {
        let whole = |found: Option<&Standard>| found.cloned();
        self.with_standard(wanted, whole)
    }

    /// The same, looked at where it lies: a dashboard asks dozens of times for the same few.
    pub(super) fn with_standard<T>(
        &self,
        wanted: StandardRef,
        look: impl FnOnce(Option<&Standard>) -> T,
    ) -> Result<T, StoreError> {
        let written = self.db.total_changes();
        if self.known.borrow().written != written {
            self.known.replace(Known { written, standards: BTreeMap::new() });
        }
        if let Some(known) = self.known.borrow().standards.get(&wanted) {
            return Ok(look(known.as_ref()));
        }
        let json: Option<String> = self
            .db
            .prepare_cached("SELECT json FROM standard WHERE standard = ?1 AND version = ?2")?
            .query_row((wanted.standard, wanted.version), |row| row.get(0))
            .optional()?;
        let standard = json.map(|json| serde_json::from_str(&json)).transpose()?;
        let seen = look(standard.as_ref());
        self.known.borrow_mut().standards.insert(wanted, standard);
        Ok(seen)
    }

    /// When each version of a standard was in force, as the log of its changes tells it: the first with its
    /// number stands, the highest is in force, and whatever is published after "retired" brings it back.
    ///
    /// # Errors
    /// As any read.
    pub fn in_force(&self, standard: Uuid) -> Result<Vec<VersionInForce>, StoreError> {
        let mut stretches: Vec<VersionInForce> = Vec::new();
        let mut highest = 0;
        for StandardLine { at, author, verb, body, .. } in self.standard_lines(standard)? {
            if verb == "retired" {
                VersionInForce::end(&mut stretches, at, true);
                continue;
            }
            // What does not read is no version, here as in what is derived.
            let Some(Standard { version, .. }) =
                Some(&body).filter(|_| verb == "published").and_then(|body| serde_json::from_str(body).ok())
            else {
                continue;
            };
            let is_retired = stretches.last().is_some_and(|last| last.retired);
            let stretch =
                |version, until| VersionInForce { version, since: at, author, until, retired: false };
            if version > highest {
                VersionInForce::end(&mut stretches, at, false);
                highest = version;
                stretches.push(stretch(version, None));
                continue;
            }
            // Published when a higher one was there already: it was never in force, but can have been used.
            if stretches.iter().all(|known| known.version != version) {
                stretches.insert(stretches.len().saturating_sub(1), stretch(version, Some(at)));
            }
            if is_retired {
                stretches.push(stretch(highest, None));
            }
        }
        Ok(stretches)
    }

    /// The standards of an area of practice, retired ones too.
    ///
    /// # Errors
    /// As any read.
    pub fn standards_of(&self, competency: &str) -> Result<Vec<Uuid>, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT DISTINCT standard FROM standard WHERE competency = ?1")?;
        let rows = statement.query_map([competency], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All events about one standard in the order of the organisation's stream, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn standard_lines(&self, standard: Uuid) -> Result<Vec<StandardLine>, StoreError> {
        let lines = derive::registry_lines(&self.db, standard, "standard")?;
        let read = |line: &String| {
            let envelope = Line::read(line).ok().filter(registry_counts)?;
            Some(StandardLine {
                event: envelope.id,
                at: envelope.at,
                author: envelope.author,
                verb: envelope.kind.verb().to_owned(),
                body: envelope.body.get().to_owned(),
            })
        };
        Ok(lines.iter().filter_map(read).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use crate::store::NewEvent;
    use crate::store::tests::{event, store};

    const ROUNDS: Uuid = Uuid::from_u128(0xc1);

    fn published(n: u8, version: u32) -> NewEvent {
        let body = json!({"standard": ROUNDS, "version": version, "class": "check", "competency": "medication",
            "title": {"en": "Rounds"}, "items": [{"id": "a", "form": "mark", "text": {"en": "A"}}]});
        event(n, "standard.published", &body)
    }

    fn retired(n: u8) -> NewEvent {
        event(n, "standard.retired", &json!({"standard": ROUNDS, "reason": "Not used"}))
    }

    /// By version: the seconds from when to when, and whether it was retired then.
    fn stretches(events: &[NewEvent]) -> Vec<(u32, i64, Option<i64>, bool)> {
        let mut store = store();
        store.append(events, None).unwrap();
        let seconds =
            |at: chrono::DateTime<chrono::FixedOffset>| (at - event(0, "x.y", &json!({})).at).num_seconds();
        let stretches = store.in_force(ROUNDS).unwrap();
        stretches
            .iter()
            .map(|one| (one.version, seconds(one.since), one.until.map(seconds), one.retired))
            .collect()
    }

    /// Screens go on with the one before; a pack that said it had ended would name no other.
    #[test]
    fn a_version_that_does_not_read_ends_none() {
        let body = json!({"standard": ROUNDS, "version": 2, "class": "check", "items": 7});
        let unread = event(3, "standard.published", &body);
        assert_eq!(stretches(&[published(1, 1), unread]), [(1, 1, None, false)]);
    }

    #[test]
    fn a_version_is_in_force_until_the_next_comes_or_the_standard_is_retired() {
        assert_eq!(
            stretches(&[published(1, 1), published(3, 2), retired(5), published(8, 3)]),
            [(1, 1, Some(3), false), (2, 3, Some(5), true), (3, 8, None, false)]
        );
        assert_eq!(stretches(&[]), []);
    }

    #[test]
    fn the_first_with_its_number_stands_and_publishing_again_brings_back_what_was_retired() {
        assert_eq!(
            stretches(&[published(1, 1), published(2, 1), retired(5), published(8, 1)]),
            [(1, 1, Some(5), true), (1, 8, None, false)]
        );
        // A lower number that came late was never in force.
        assert_eq!(
            stretches(&[published(1, 1), published(3, 3), published(4, 2)]),
            [(1, 1, Some(3), false), (2, 4, Some(4), false), (3, 3, None, false)]
        );
    }
}
