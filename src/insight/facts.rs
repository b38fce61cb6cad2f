//! Facts, and how they become the points of a chart.
//!
//! Invariant: a point depends on the *set* of facts; the same facts are behind it when it is opened.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::measure::{HOURS_TO_REPORT, Measure, Need, SAFETY_PLAN, Unit};
use super::period::Grain;
use super::run::median;
use crate::practice::follow::{Category, Source};
use crate::record::time;

/// Records by one standard in one period, added up: of one site, or of all of a scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub period: i32,
    pub standard: Uuid,
    pub version: u32,
    /// All that count: neither withdrawn nor contested, by others, with the consent that was asked for.
    pub seen: i64,
    /// Those that came to "met" or "not met".
    pub judged: i64,
    pub passed: i64,
    /// Marks.
    pub met: i64,
    pub missed: i64,
    /// Records in which nothing was unknown and nothing missed.
    pub whole: i64,
    /// Of these, what was simulated.
    pub played: Played,
}

/// The part of a tally that was played through: it is never added to what was seen in practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Played {
    pub seen: i64,
    pub judged: i64,
    pub passed: i64,
    /// Marks.
    pub missed: i64,
}

/// The same for one item that told something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemTally {
    pub period: i32,
    pub standard: Uuid,
    pub version: u32,
    pub item: String,
    pub missed: i64,
    pub unknown: i64,
    pub unseen: i64,
    /// Numbers given, and their sum in thousandths (whole numbers add up in any order).
    pub given: i64,
    pub total: i64,
}

/// An incident, near miss or signal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFact {
    pub id: Uuid,
    pub site: Option<Uuid>,
    pub at: DateTime<FixedOffset>,
    pub near_miss: bool,
    pub source: Option<Source>,
    pub category: Category,
    pub competency: String,
}

/// A corrective action that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionFact {
    pub id: Uuid,
    pub site: Option<Uuid>,
    pub closed: DateTime<FixedOffset>,
    pub competency: String,
    pub category: Option<Category>,
    pub watch_days: u32,
}

/// Something that took its time: a cycle from opening to closing, a task from being handed on to
/// being done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanFact {
    pub id: Uuid,
    pub site: Option<Uuid>,
    pub from: DateTime<FixedOffset>,
    pub to: DateTime<FixedOffset>,
}

/// What was expected at the end of a period, and what of it was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueFact {
    pub period: i32,
    pub due: u32,
    pub done: u32,
}

/// The facts that a measure needs; the others stay empty.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub tallies: Vec<Tally>,
    pub items: Vec<ItemTally>,
    pub reports: Vec<ReportFact>,
    pub actions: Vec<ActionFact>,
    pub spans: Vec<SpanFact>,
    pub due: Vec<DueFact>,
}

/// One point: `x` of `n`, or the middle of `n` values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub period: i32,
    pub x: f64,
    pub n: f64,
    /// The measured value: what the figure says. Of events it is how many there were.
    pub value: f64,
    /// How many records, reports or spans it was folded from: where several numbers come from one
    /// record, they are what says how sure it is.
    pub records: f64,
}

#[allow(clippy::cast_precision_loss, reason = "sums of records: far below 2^52")]
fn real(n: i64) -> f64 {
    n as f64
}

fn thousandths(total: i64) -> f64 {
    real(total) / 1000.0
}

/// The points of a measure, oldest first. A period without anything to count out of has none; where
/// events are counted, each period of `known` (from the first to the last of which records exist)
/// that saw none is a nought.
#[must_use]
pub fn points(measure: Measure, grain: Grain, facts: &Facts, known: (i32, i32)) -> Vec<Point> {
    let mut sums: BTreeMap<i32, (f64, f64, f64)> = BTreeMap::new();
    let mut add = |period: i32, x: f64, n: f64, records: f64| {
        let sum = sums.entry(period).or_default();
        sum.0 += x;
        sum.1 += n;
        sum.2 += records;
    };
    match measure.needs() {
        Need::Tallies => {
            for tally in &facts.tallies {
                let played = tally.played;
                let live = |all: i64, played: i64| all.saturating_sub(played);
                let (x, n, records) = match measure {
                    Measure::PassRate => {
                        let judged = live(tally.judged, played.judged);
                        (live(tally.passed, played.passed), judged, judged)
                    }
                    Measure::SimulatedMet => (played.passed, played.judged, played.judged),
                    Measure::PaperMet => (tally.passed, tally.judged, tally.judged),
                    Measure::MedicationDeviations => {
                        let seen = live(tally.seen, played.seen);
                        (live(tally.missed, played.missed), seen, seen)
                    }
                    Measure::AuditMet => (tally.met, tally.met.saturating_add(tally.missed), tally.seen),
                    _ => (tally.whole, tally.seen, tally.seen),
                };
                add(tally.period, real(x), real(n), real(records));
            }
        }
        Need::Items => of_items(measure, facts, &mut add),
        Need::Due => {
            for due in &facts.due {
                add(due.period, f64::from(due.done), f64::from(due.due), f64::from(due.done));
            }
        }
        Need::Reports => {
            for report in facts.reports.iter().filter(|report| measure.counts(report)) {
                let again = measure != Measure::Recurrence || comes_back(report, &facts.actions).is_some();
                add(grain.of(report.at.date_naive()), f64::from(u8::from(again)), 1.0, 1.0);
            }
        }
        Need::Cycles | Need::Tasks => return of_spans(measure, grain, &facts.spans),
    }
    let events = measure.unit() == Unit::Events;
    if events {
        for period in known.0..=known.1 {
            sums.entry(period).or_default();
        }
    } else {
        // A part larger than its whole was typed wrong: no figure is made of it.
        let share = measure.unit() == Unit::Share;
        sums.retain(|_, (x, n, _)| *n > 0.0 && (!share || *x <= *n));
    }
    let value = |x: f64, n: f64| match n {
        _ if events => x,
        n if n > 0.0 => x / n,
        _ => 0.0,
    };
    let point = |(period, (x, n, records))| Point { period, x, n, value: value(x, n), records };
    sums.into_iter().map(point).collect()
}

fn of_items(measure: Measure, facts: &Facts, add: &mut dyn FnMut(i32, f64, f64, f64)) {
    for item in &facts.items {
        let id = item.item.as_str();
        match measure {
            Measure::SafetyPlanUnknown if id == SAFETY_PLAN => {
                add(item.period, real(item.unknown), 0.0, 0.0);
            }
            Measure::VarianceHours if id == HOURS_TO_REPORT => {
                add(item.period, thousandths(item.total), real(item.given), real(item.given));
            }
            Measure::Confidence => {
                add(item.period, thousandths(item.total), real(item.given), real(item.given));
            }
            _ => {
                let Some((over, under)) = measure.items() else { continue };
                if over.contains(&id) {
                    add(item.period, thousandths(item.total), 0.0, 0.0);
                }
                if under.contains(&id) {
                    // Each record gives each of its numbers once; the first stands for it.
                    let records = if under.first() == Some(&id) { real(item.given) } else { 0.0 };
                    add(item.period, 0.0, thousandths(item.total), records);
                }
            }
        }
    }
    if measure == Measure::SafetyPlanUnknown {
        for tally in &facts.tallies {
            add(tally.period, 0.0, real(tally.seen), real(tally.seen));
        }
    }
}

fn of_spans(measure: Measure, grain: Grain, spans: &[SpanFact]) -> Vec<Point> {
    let seconds = if measure.unit() == Unit::Days { 86_400.0 } else { 3_600.0 };
    let mut values: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    for span in spans {
        // A clock that was set back between the two makes no time of less than nothing.
        let took = real(time::between(&span.from, &span.to).num_seconds().max(0)) / seconds;
        values.entry(grain.of(span.to.date_naive())).or_default().push(took);
    }
    let point = |(period, values): (i32, Vec<f64>)| {
        let n = real(i64::try_from(values.len()).unwrap_or(i64::MAX));
        Some(Point { period, x: values.iter().sum(), n, value: median(&values)?, records: n })
    };
    values.into_iter().filter_map(point).collect()
}

/// The corrective action after whose closing this happened again: about the same competency (and
/// category, where the action names one) at the same site, within the days that it is watched.
#[must_use]
pub fn comes_back(report: &ReportFact, actions: &[ActionFact]) -> Option<Uuid> {
    let same = |action: &&ActionFact| {
        let until = time::after(action.closed, TimeDelta::days(i64::from(action.watch_days.min(3_660))));
        !action.competency.is_empty()
            && action.competency == report.competency
            && action.category.is_none_or(|category| category == report.category)
            && (action.site.is_none() || action.site == report.site)
            && action.closed < report.at
            && report.at <= until
    };
    actions.iter().filter(same).map(|action| action.id).min()
}

/// A theme: how often reports about one competency came from one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    pub competency: String,
    /// None for incidents and near misses.
    pub source: Option<Source>,
    pub count: u32,
}

/// Themes by how often they were reported (C7), the most frequent first.
#[must_use]
pub fn themes<'a>(reports: impl IntoIterator<Item = &'a ReportFact>) -> Vec<Theme> {
    let mut counts: BTreeMap<(String, Option<Source>), u32> = BTreeMap::new();
    for report in reports {
        let count = counts.entry((report.competency.clone(), report.source)).or_default();
        *count = count.saturating_add(1);
    }
    let mut themes: Vec<Theme> =
        counts.into_iter().map(|((competency, source), count)| Theme { competency, source, count }).collect();
    themes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.competency.cmp(&b.competency)));
    themes
}
