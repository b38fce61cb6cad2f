//! `setting.set`: one setting an event, and what a set of them comes to.
//!
//! Each names in `base` the events of its setting that its author knew. Two that did not know of each
//! other are both kept until somebody writes a third that knows both; meanwhile the one that the server
//! took in first is in force. The `org.set` lines of older apps carry all settings at once: each counts as
//! one change of every setting in which it differs from the `org.set` before it.
//!
//! Invariant: what a setting comes to depends on its events and on their numbers in the `org` stream, so
//! that it is the same on every device. What this version does not understand changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Expectation, Settings, ShiftTimes};
use crate::practice::editing::Often;
use crate::practice::registry::{InvalidBody, Set};
use crate::record::Envelope;

/// Before the id of a standard: how often everybody is observed by it. Its value: [`Often`] or null.
pub const EXPECTED: &str = "expected:";
/// Before the id of a site: when its shifts change. Its value: [`ShiftTimes`] or null.
pub const SHIFTS: &str = "shifts:";
/// The most characters of a key and of a reason in a new line.
const LONGEST_KEY: usize = 100;
const LONGEST_REASON: usize = 2_000;

/// The body of `setting.set`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingSet {
    pub key: String,
    pub value: Value,
    /// The events of this setting that its author knew.
    #[serde(default)]
    pub base: Vec<Uuid>,
    #[serde(default)]
    pub reason: String,
}

impl Set for SettingSet {
    const KIND: &'static str = "setting.set";

    fn read(body: &str) -> Result<SettingSet, InvalidBody> {
        let set: SettingSet = serde_json::from_str(body)
            .map_err(|_| InvalidBody { field: "body", message: "must name a key and have a value" })?;
        if set.key.trim().is_empty() {
            return Err(InvalidBody { field: "key", message: "must be text and not blank" });
        }
        Ok(set)
    }

    fn fits(&self) -> Result<(), InvalidBody> {
        if self.key.chars().count() > LONGEST_KEY {
            return Err(InvalidBody { field: "key", message: "must have at most 100 characters" });
        }
        if self.reason.chars().count() > LONGEST_REASON {
            return Err(InvalidBody { field: "reason", message: "must have at most 2000 characters" });
        }
        Ok(())
    }
}

/// One setting was given a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    pub key: String,
    pub value: Value,
    /// The events of this setting that it builds on.
    pub base: Vec<Uuid>,
    /// Empty where an older app wrote it.
    pub reason: String,
}

/// The key of the expectation of a standard.
#[must_use]
pub fn expected_key(standard: Uuid) -> String {
    format!("{EXPECTED}{standard}")
}

/// The key of the shift times of a site.
#[must_use]
pub fn shifts_key(site: Uuid) -> String {
    format!("{SHIFTS}{site}")
}

/// The standard whose expectation a key names.
#[must_use]
pub fn expected_of(key: &str) -> Option<Uuid> {
    key.strip_prefix(EXPECTED).and_then(|id| Uuid::parse_str(id).ok())
}

/// The site whose shift times a key names.
#[must_use]
pub fn shifts_of(key: &str) -> Option<Uuid> {
    key.strip_prefix(SHIFTS).and_then(|id| Uuid::parse_str(id).ok())
}

impl Settings {
    /// Gives one setting a value; `None` where this version does not know the key or cannot read the
    /// value.
    #[must_use]
    pub fn with(&self, key: &str, value: &Value) -> Option<Settings> {
        let mut settings = self.clone();
        if let Some(standard) = expected_of(key) {
            let often: Option<Often> = serde_json::from_value(value.clone()).ok()?;
            settings.expected.retain(|one| one.standard != standard);
            let expects = |often: Often| Expectation { standard, times: often.times, days: often.days };
            settings.expected.extend(often.map(expects));
        } else if let Some(site) = shifts_of(key) {
            let times: Option<ShiftTimes> = serde_json::from_value(value.clone()).ok()?;
            settings.shifts.remove(&site);
            if let Some(times) = times {
                settings.shifts.insert(site, times.sound()?);
            }
        } else {
            let mut all = whole(self);
            *all.get_mut(key).filter(|_| key != "expected" && key != "shifts")? = value.clone();
            settings = serde_json::from_value(Value::Object(all)).ok()?;
        }
        Some(settings.within_bounds())
    }

    /// The value of one setting as `setting.set` writes it; null where there is none.
    #[must_use]
    pub fn value(&self, key: &str) -> Value {
        self.flat().remove(key).unwrap_or_default()
    }

    /// Every setting by its key.
    fn flat(&self) -> BTreeMap<String, Value> {
        let mut all = whole(self);
        all.remove("expected");
        all.remove("shifts");
        let mut flat: BTreeMap<String, Value> = all.into_iter().collect();
        for one in &self.expected {
            let often = Often { times: one.times, days: one.days };
            flat.insert(expected_key(one.standard), serde_json::to_value(often).unwrap_or_default());
        }
        for (site, times) in &self.shifts {
            flat.insert(shifts_key(*site), serde_json::to_value(times).unwrap_or_default());
        }
        flat
    }
}

fn whole(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(all)) => all,
        _ => Map::new(),
    }
}

/// Gathers the changes of lines that come in the order of the `org` stream.
#[derive(Debug, Default)]
pub struct Gathered {
    changes: Vec<Change>,
    /// The settings of the last `org.set`, and which event set each of them.
    before: Settings,
    set_by: BTreeMap<String, Uuid>,
}

impl Gathered {
    /// A `setting.set`; one that this version cannot read changes nothing.
    pub fn single(&mut self, line: &Envelope, set: SettingSet) {
        if Settings::default().with(&set.key, &set.value).is_none() {
            return;
        }
        let SettingSet { key, value, base, reason } = set;
        self.changes.push(Change {
            event: line.id,
            at: line.at,
            author: line.author,
            key,
            value,
            base,
            reason,
        });
    }

    /// The settings of an `org.set`; one without any names the organisation alone.
    pub fn whole(&mut self, line: &Envelope, settings: &Value) {
        if !settings.is_object() {
            return;
        }
        let Ok(now) = serde_json::from_value::<Settings>(settings.clone()) else { return };
        let now = now.within_bounds();
        let (was, is) = (self.before.flat(), now.flat());
        let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for key in keys {
            let value = is.get(key).cloned().unwrap_or_default();
            if was.get(key).cloned().unwrap_or_default() == value {
                continue;
            }
            let base = self.set_by.insert(key.clone(), line.id).into_iter().collect();
            self.changes.push(Change {
                event: line.id,
                at: line.at,
                author: line.author,
                key: key.clone(),
                value,
                base,
                reason: String::new(),
            });
        }
        self.before = now;
    }

    #[must_use]
    pub fn changes(self) -> Vec<Change> {
        self.changes
    }
}

/// The changes of each setting that nothing else builds on, in the order of the stream: more than one
/// where people did not know of each other.
#[must_use]
pub fn tips(changes: &[Change]) -> BTreeMap<&str, Vec<&Change>> {
    let mut built_on: BTreeSet<(&str, Uuid)> = BTreeSet::new();
    for change in changes {
        let others = change.base.iter().filter(|base| **base != change.event);
        built_on.extend(others.map(|base| (change.key.as_str(), *base)));
    }
    let mut tips: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        if !built_on.contains(&(change.key.as_str(), change.event)) {
            tips.entry(&change.key).or_default().push(change);
        }
    }
    tips
}

/// The sides of each setting that people set to different values without knowing of each other.
#[must_use]
pub fn unsettled(changes: &[Change]) -> BTreeMap<&str, Vec<&Change>> {
    let mut tips = tips(changes);
    tips.retain(|_, sides| {
        sides.iter().any(|side| sides.first().is_some_and(|first| first.value != side.value))
    });
    tips
}

/// What is in force: of sides that are unsettled, the one that came first.
#[must_use]
pub fn in_force(changes: &[Change]) -> Settings {
    let mut settings = Settings::default();
    for (key, sides) in tips(changes) {
        let with = sides.first().and_then(|first| settings.with(key, &first.value));
        settings = with.unwrap_or(settings);
    }
    settings
}

/// What was in force at a time, in milliseconds since 1970: what had been set by then, by the clocks of
/// those who set it.
#[must_use]
pub fn in_force_at(changes: &[Change], at: i64) -> Settings {
    let by_then: Vec<Change> =
        changes.iter().filter(|change| change.at.timestamp_millis() <= at).cloned().collect();
    in_force(&by_then)
}

/// What was in force at any time, worked out once: for questions about many things of different days.
#[derive(Clone, Debug)]
pub struct InForce {
    /// From when on, ascending, in milliseconds since 1970; what nobody set is in force from the beginning.
    since: Vec<(i64, Settings)>,
}

impl Default for InForce {
    fn default() -> InForce {
        InForce::of(&[])
    }
}

impl InForce {
    #[must_use]
    pub fn of(changes: &[Change]) -> InForce {
        let times: BTreeSet<i64> = changes.iter().map(|change| change.at.timestamp_millis()).collect();
        let begun = (i64::MIN, Settings::default());
        let since = times.into_iter().map(|at| (at, in_force_at(changes, at)));
        InForce { since: std::iter::once(begun).chain(since).collect() }
    }

    #[must_use]
    pub fn at(&self, at: i64) -> Settings {
        let began = self.since.partition_point(|(since, _)| *since <= at);
        let newest = began.checked_sub(1).and_then(|newest| self.since.get(newest));
        newest.map(|(_, settings)| settings.clone()).unwrap_or_default()
    }

    /// Each stretch of time: from when on, until before when, and what was in force.
    pub fn stretches(&self) -> impl Iterator<Item = (i64, i64, &Settings)> {
        let ends = self.since.iter().skip(1).map(|(since, _)| *since).chain([i64::MAX]);
        self.since.iter().zip(ends).map(|((since, settings), until)| (*since, until, settings))
    }
}

/// What came into force whenever one setting was changed.
#[must_use]
pub fn history(changes: &[Change], key: &str) -> Vec<Settings> {
    let of_it: Vec<Change> = changes.iter().filter(|change| change.key == key).cloned().collect();
    of_it.iter().map(|change| in_force_at(&of_it, change.at.timestamp_millis())).collect()
}

#[cfg(test)]
#[path = "single_tests.rs"]
mod tests;
