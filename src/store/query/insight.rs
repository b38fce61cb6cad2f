//! Facts for dashboards: compact rows, added up by period already or few by nature. What they come to
//! is worked out in [`crate::insight`].
//!
//! Invariant: what a figure is folded from here is what `behind` finds.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use rusqlite::Row;
use uuid::Uuid;

use super::{BY_OTHERS, word};
use crate::insight::facts::{ActionFact, ItemTally, Played, ReportFact, SpanFact, Tally};
use crate::insight::hold::Look;
use crate::insight::period::Grain;
use crate::practice::follow::{Category, Source};
use crate::practice::record::Verdict;
use crate::practice::setting::Setting;
use crate::practice::settings::ShiftBook;
use crate::practice::standard::{Class, StandardRef};
use crate::practice::told::Told;
use crate::store::tally::ALL;
use crate::store::{Store, StoreError, asked};

/// Whose facts: of some sites, or of all; about one competency, or any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub sites: Option<BTreeSet<Uuid>>,
    /// Empty for any.
    pub competency: String,
    /// Of reports: only what is of this kind.
    pub category: Option<Category>,
}

impl Scope {
    #[must_use]
    pub fn has(&self, site: Option<Uuid>) -> bool {
        self.sites.as_ref().is_none_or(|sites| site.is_some_and(|site| sites.contains(&site)))
    }

    #[must_use]
    pub fn is_about(&self, competency: &str) -> bool {
        self.competency.is_empty() || self.competency == competency
    }
}

/// Periods from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub grain: Grain,
    pub from: i32,
    pub to: i32,
}

/// The class and competency of each version of a standard.
pub(super) type Kinds = BTreeMap<StandardRef, (Option<Class>, String)>;

pub(super) const DAY: i64 = 86_400_000;

pub(super) fn millis(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

impl Span {
    pub(super) fn first(self) -> i64 {
        millis(self.grain.first_day(self.from))
    }

    /// The first moment after it.
    pub(super) fn end(self) -> i64 {
        let last = self.grain.last_day(self.to);
        millis(last.checked_add_days(Days::new(1)).unwrap_or(last))
    }

    /// Whether a time lies in it by its own clock.
    pub(super) fn holds(self, at: DateTime<FixedOffset>) -> bool {
        (self.from..=self.to).contains(&self.grain.of(at.date_naive()))
    }
}

pub(super) fn utc(millis: i64) -> DateTime<FixedOffset> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().fixed_offset()
}

/// Which looks a closed cycle is weighed by.
#[derive(Clone, Debug)]
pub struct LooksAfter<'a> {
    pub subject: Uuid,
    /// The cycle's own first, then those that stand for it.
    pub standards: Vec<Uuid>,
    pub after: DateTime<FixedOffset>,
    /// Items of the cycle's own standard: a look that missed one of them again was not met, whatever share
    /// the standard lets pass.
    pub coached: &'a [String],
}

impl Store {
    /// The class and competency of every version of a standard.
    pub(super) fn kinds(&self) -> Result<Kinds, StoreError> {
        let mut statement =
            self.db.prepare_cached("SELECT standard, version, class, competency FROM standard")?;
        let rows = statement.query_map([], |row| {
            let by = StandardRef { standard: row.get(0)?, version: row.get(1)? };
            Ok((by, (word(row.get(2)?), row.get(3)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Records added up, by the standards that a condition takes.
    ///
    /// # Errors
    /// As any read.
    pub fn tallies(
        &self,
        span: Span,
        scope: &Scope,
        takes: &dyn Fn(Class, &str) -> bool,
    ) -> Result<Vec<Tally>, StoreError> {
        let columns = "period, standard, version, seen, judged, passed, met, missed, whole,
                       played_seen, played_judged, played_passed, played_missed FROM tally";
        self.added_up(columns, span, scope, takes, |row| {
            let by = StandardRef { standard: row.get(1)?, version: row.get(2)? };
            let tally = Tally {
                period: row.get(0)?,
                standard: by.standard,
                version: by.version,
                seen: row.get(3)?,
                judged: row.get(4)?,
                passed: row.get(5)?,
                met: row.get(6)?,
                missed: row.get(7)?,
                whole: row.get(8)?,
                played: Played {
                    seen: row.get(9)?,
                    judged: row.get(10)?,
                    passed: row.get(11)?,
                    missed: row.get(12)?,
                },
            };
            Ok((by, tally))
        })
    }

    /// The same by item, for the items that told something.
    ///
    /// # Errors
    /// As any read.
    pub fn item_tallies(
        &self,
        span: Span,
        scope: &Scope,
        takes: &dyn Fn(Class, &str) -> bool,
    ) -> Result<Vec<ItemTally>, StoreError> {
        let columns =
            "period, standard, version, item, missed, unknown, unseen, given, total FROM tally_item";
        self.added_up(columns, span, scope, takes, |row| {
            let by = StandardRef { standard: row.get(1)?, version: row.get(2)? };
            let tally = ItemTally {
                period: row.get(0)?,
                standard: by.standard,
                version: by.version,
                item: row.get(3)?,
                missed: row.get(4)?,
                unknown: row.get(5)?,
                unseen: row.get(6)?,
                given: row.get(7)?,
                total: row.get(8)?,
            };
            Ok((by, tally))
        })
    }

    /// Sums of a span, under the sites of a scope: under one row for all of them where all are meant.
    fn added_up<T>(
        &self,
        columns: &str,
        span: Span,
        scope: &Scope,
        takes: &dyn Fn(Class, &str) -> bool,
        read: fn(&Row) -> rusqlite::Result<(StandardRef, T)>,
    ) -> Result<Vec<T>, StoreError> {
        let kinds = self.kinds()?;
        let sites = match &scope.sites {
            Some(sites) => super::ids(sites.iter().copied())?,
            None => serde_json::to_string(&ALL.map(|byte| format!("{byte:02x}")))?,
        };
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT {columns}
             WHERE grain = ?1 AND site IN (SELECT unhex(value) FROM json_each(?2)) AND period BETWEEN ?3 AND ?4"
        ))?;
        let rows = statement.query_map((span.grain.code(), sites, span.from, span.to), read)?;
        let mut sums = Vec::new();
        for row in rows {
            let (by, sum) = row?;
            if taken(&kinds, by, scope, takes) {
                sums.push(sum);
            }
        }
        Ok(sums)
    }

    /// Incidents, near misses and signals.
    ///
    /// # Errors
    /// As any read.
    pub fn report_facts(&self, span: Span, scope: &Scope) -> Result<Vec<ReportFact>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, site, competency, json ->> '$.about.report.happened_at', json ->> '$.about.report.near_miss',
                    json ->> '$.about.report.source', json ->> '$.about.report.category'
             FROM follow_up WHERE class IN ('incident', 'signal') AND happened BETWEEN ?1 AND ?2
               AND NOT ifnull(json ->> '$.about.report.good', 0)",
        )?;
        // Wide enough for any clock's offset; the author's own clock decides below.
        let rows = statement.query_map((span.first() - DAY, span.end() + DAY), |row| {
            let happened: Option<String> = row.get(3)?;
            let Some(at) = happened.and_then(|text| DateTime::parse_from_rfc3339(&text).ok()) else {
                return Ok(None);
            };
            Ok(Some(ReportFact {
                id: row.get(0)?,
                site: row.get(1)?,
                competency: row.get(2)?,
                near_miss: row.get::<_, Option<bool>>(4)?.unwrap_or(false),
                source: row.get::<_, Option<String>>(5)?.and_then(word::<Source>),
                category: row
                    .get::<_, Option<String>>(6)?
                    .and_then(word::<Category>)
                    .unwrap_or(Category::Unknown),
                at,
            }))
        })?;
        let mut facts: Vec<ReportFact> = rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        facts.retain(|fact| {
            span.holds(fact.at)
                && scope.has(fact.site)
                && scope.is_about(&fact.competency)
                && scope.category.is_none_or(|category| category == fact.category)
        });
        Ok(facts)
    }

    /// Corrective actions that were closed.
    ///
    /// # Errors
    /// As any read.
    pub fn action_facts(&self) -> Result<Vec<ActionFact>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, site, ended, competency, json ->> '$.about.action.category', json ->> '$.about.action.watch_days'
             FROM follow_up WHERE class = 'action' AND state IN ('closed', 'unproven') AND ended IS NOT NULL",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(ActionFact {
                id: row.get(0)?,
                site: row.get(1)?,
                closed: utc(row.get(2)?),
                competency: row.get(3)?,
                category: row.get::<_, Option<String>>(4)?.and_then(word::<Category>),
                watch_days: row.get::<_, Option<u32>>(5)?.unwrap_or(0),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Coaching cycles that were closed with their evidence, by the day of closing (UTC).
    ///
    /// # Errors
    /// As any read.
    pub fn cycle_spans(&self, span: Span, scope: &Scope) -> Result<Vec<SpanFact>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, site, happened, ended, competency FROM follow_up
             WHERE class = 'cycle' AND state = 'closed' AND ended >= ?1 AND ended < ?2",
        )?;
        let rows = statement.query_map((span.first(), span.end()), |row| {
            let competency: String = row.get(4)?;
            Ok((span_fact(row)?, competency))
        })?;
        let spans: Vec<(SpanFact, String)> = rows.collect::<Result<_, _>>()?;
        let kept = spans.into_iter().filter(|(fact, about)| scope.has(fact.site) && scope.is_about(about));
        Ok(kept.map(|(fact, _)| fact).collect())
    }

    /// Tasks that were done, by the day they were done on (UTC).
    ///
    /// # Errors
    /// As any read.
    pub fn task_spans(&self, span: Span, scope: &Scope) -> Result<Vec<SpanFact>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT id, site, assigned, ended FROM task
             WHERE state = 'done' AND ended >= ?1 AND ended < ?2",
        )?;
        let rows = statement.query_map((span.first(), span.end()), span_fact)?;
        let mut spans: Vec<SpanFact> = rows.collect::<Result<_, _>>()?;
        spans.retain(|fact| scope.has(fact.site));
        Ok(spans)
    }

    /// The looks of others at a person after a cycle was closed, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub fn looks(&self, looks: &LooksAfter, shifts: &ShiftBook) -> Result<Vec<Look>, StoreError> {
        let LooksAfter { subject, standards, after, coached } = looks;
        let unasked = match standards.first() {
            Some(own) if !coached.is_empty() => asked::only_by_the_newest_of(&self.db, *own)?,
            _ => BTreeMap::new(),
        };
        let by = super::ids(standards.iter().copied())?;
        let mut statement = self.db.prepare_cached(
            "SELECT id, happened, happened_east, standard, verdict, site, told, version FROM record
             WHERE subject = ?1 AND author <> ?1 AND record.standard IN (SELECT unhex(value) FROM json_each(?2)) AND happened > ?3
               AND state IN ('submitted', 'acknowledged', 'returned')
             ORDER BY happened",
        )?;
        let rows = statement.query_map((subject, by, after.timestamp_millis()), |row| {
            let verdict: Verdict = super::json(row, 4)?;
            // A fact of the observation: no standard and no class makes what was simulated real practice.
            let live = verdict.setting == Some(Setting::Live);
            let own = Some(row.get::<_, Uuid>(3)?) == standards.first().copied();
            let told: Told = super::json(row, 6)?;
            // What was coached has to be seen: a look past it says nothing of it.
            let version = unasked.get(&row.get::<_, u32>(7)?);
            let past = |item: &String| {
                told.unseen.contains(item) || version.is_some_and(|items| items.contains(item))
            };
            let shown = !own || !coached.iter().any(past);
            Ok(verdict.passed.filter(|_| shown).map(|passed| {
                let at = super::time(row, 1)?;
                Ok::<_, rusqlite::Error>(Look {
                    record: row.get(0)?,
                    at,
                    shifts: shifts.at(row.get(5)?, at),
                    live,
                    passed: passed && !(own && verdict.missed.iter().any(|item| coached.contains(item))),
                    critical: verdict.critical,
                })
            }))
        })?;
        let mut looks = Vec::new();
        for row in rows {
            if let Some(look) = row? {
                looks.push(look?);
            }
        }
        Ok(looks)
    }

    /// Marks met, and marks given, of a person by a standard after one time and until another.
    ///
    /// # Errors
    /// As any read.
    pub fn marks(
        &self,
        subject: Uuid,
        standard: Uuid,
        after: DateTime<FixedOffset>,
        until: DateTime<FixedOffset>,
    ) -> Result<(u32, u32), StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT ifnull(sum(verdict ->> '$.met'), 0),
                    ifnull(sum(verdict ->> '$.met'), 0) + ifnull(sum(verdict ->> '$.not_met'), 0)
             FROM record
             WHERE subject = ?1 AND standard = ?2 AND happened > ?3 AND happened <= ?4
               AND state NOT IN ('withdrawn', 'conflict') AND {BY_OTHERS}"
        ))?;
        let times = (subject, standard, after.timestamp_millis(), until.timestamp_millis());
        Ok(statement.query_row(times, |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// When the oldest record that this device knows happened.
    ///
    /// # Errors
    /// As any read.
    pub fn first_happened(&self) -> Result<Option<DateTime<FixedOffset>>, StoreError> {
        let first: Option<i64> =
            self.db.prepare_cached("SELECT min(happened) FROM record")?.query_row([], |row| row.get(0))?;
        Ok(first.map(utc))
    }
}

fn span_fact(row: &Row) -> rusqlite::Result<SpanFact> {
    Ok(SpanFact { id: row.get(0)?, site: row.get(1)?, from: utc(row.get(2)?), to: utc(row.get(3)?) })
}

/// Whether a version of a standard is of a class and competency that are asked for.
pub(super) fn taken(
    kinds: &Kinds,
    by: StandardRef,
    scope: &Scope,
    takes: &dyn Fn(Class, &str) -> bool,
) -> bool {
    kinds.get(&by).is_some_and(|(class, competency)| {
        scope.is_about(competency) && class.is_some_and(|class| takes(class, competency))
    })
}
