//! A chart: points, the centre line, limits where the method has them, and which points signal.
//!
//! Invariant: one chart has one centre line over all of its points. It is never moved because
//! points moved (no rephasing by itself): that is a person's finding, not arithmetic's.

use serde::{Deserialize, Serialize};

use super::control::{Count, Counted, individuals, limits, one_side, one_way, two_in_three};
use super::interval::Interval;
use super::run::{self, Runs, median, mostly_on_centre, runs};

/// How a chart is read. Its name stands on every chart, because the methods differ in what they
/// make of points on the centre line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Run chart about the median by Anhøj's rules: the quiet one, so the default. On 24 random
    /// points it signals falsely in 3 to 5 of 100 charts, the NHS rules in about 15.
    #[default]
    Anhoej,
    /// NHS plot-the-dots: individual values and moving ranges.
    Nhs,
    /// The same with limits from the screened moving range.
    NhsScreened,
    /// p, u or c by what is counted, with Anhøj's rules about the mean.
    Control,
    /// Laney's p′ or u′.
    Prime,
    /// One-sided, exact CUSUM against a frozen baseline ([`super::cusum`]); drawn by
    /// [`super::judge`] alone.
    Cusum,
    /// The points and their median; no rule is applied.
    Plain,
}

impl Method {
    /// Those that need nothing but the points.
    pub const ALL: [Method; 6] =
        [Method::Anhoej, Method::Nhs, Method::NhsScreened, Method::Control, Method::Prime, Method::Plain];
}

/// Why a point is drawn as a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Outside the limits.
    Outside,
    /// Part of a run that is longer than chance (Anhøj), or of seven on one side (NHS).
    Shift,
    /// Part of seven that rise or fall.
    Trend,
    /// One of two in three that are near a limit.
    NearLimit,
    /// The sum of what went wrong has reached its limit (CUSUM).
    Risen,
}

/// What a reader has to know before believing the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// More than half of the points lie on the median: runs say nothing. A chart with limits does.
    MostlyOnCentre { on: usize, of: usize },
    /// Fewer useful points than the rules need.
    TooFew { have: usize, need: usize },
    /// Limits from fewer than 12 points are trial limits.
    TrialLimits { points: usize },
    /// The line crosses the centre less often than chance leaves it: a drift, or two levels.
    CrossesSeldom { crossings: usize, least: usize },
}

/// NHS England's guidance calls limits from fewer points provisional.
const TRIAL: usize = 12;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    pub method: Method,
    pub values: Vec<f64>,
    /// Median (run chart) or mean.
    pub centre: f64,
    /// One a point; empty for a run chart.
    pub limits: Vec<Interval>,
    /// One a point; empty where it does not signal.
    pub signs: Vec<Vec<Sign>>,
    pub runs: Runs,
    pub notes: Vec<Note>,
    /// The period of each point: where one is left out, nothing was counted.
    pub periods: Vec<i32>,
    /// So many of the points were judged, from the oldest on; a period that is not over is drawn
    /// and not judged.
    pub judged: usize,
}

impl Chart {
    /// Whether anything but chance is at work, by the chart's method.
    #[must_use]
    pub fn signals(&self) -> bool {
        self.signs.iter().any(|signs| !signs.is_empty())
            || self.notes.iter().any(|note| matches!(note, Note::CrossesSeldom { .. }))
    }

    /// Whether the method found enough points to say anything at all: without, "no signal" would be
    /// a verdict that nobody came to.
    #[must_use]
    pub fn has_verdict(&self) -> bool {
        let mute = |note: &Note| matches!(note, Note::TooFew { .. } | Note::MostlyOnCentre { .. });
        self.method != Method::Plain && !self.notes.iter().any(mute)
    }

    /// Whether it signals at the newest point that is judged: what is over is history.
    #[must_use]
    pub fn signals_now(&self) -> bool {
        let newest = self.signs.get(self.judged.saturating_sub(1));
        newest.is_some_and(|signs| !signs.is_empty())
            || self.notes.iter().any(|note| matches!(note, Note::CrossesSeldom { .. }))
    }
}

/// Draws up a chart of rates. `counted` says what kind of rate; of the methods that need none
/// (`Anhoej`, `Nhs`) it is not read. `None` without points, and where a count cannot be.
#[must_use]
pub fn of_counts(method: Method, counts: &[Count], counted: Counted) -> Option<Chart> {
    if !counts.iter().all(|count| count.is_possible(counted)) {
        return None;
    }
    let prime = match method {
        Method::Control => false,
        Method::Prime => counted != Counted::Events,
        _ => {
            return of_values(method, &counts.iter().map(|count| value(*count, counted)).collect::<Vec<_>>());
        }
    };
    let values: Vec<f64> = counts.iter().map(|count| value(*count, counted)).collect();
    let limits = limits(counts, counted, prime)?;
    let mut chart = begin(method, values, limits.centre);
    chart.limits = limits.each;
    mark_outside(&mut chart);
    by_anhoej(&mut chart);
    note_trial(&mut chart);
    Some(chart)
}

fn value(count: Count, counted: Counted) -> f64 {
    if counted == Counted::Events { count.x } else { count.rate() }
}

/// Draws up a chart of measured values (days, hours, scores). Control limits of what is not counted
/// are those of individual values. `None` without points, and where a value is none.
#[must_use]
pub fn of_values(method: Method, values: &[f64]) -> Option<Chart> {
    if !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    match method {
        Method::Plain | Method::Cusum => Some(begin(Method::Plain, values.to_vec(), median(values)?)),
        Method::Anhoej => {
            let mut chart = begin(method, values.to_vec(), median(values)?);
            let on = values.len().saturating_sub(chart.runs.useful);
            if mostly_on_centre(values, chart.centre) {
                chart.notes.push(Note::MostlyOnCentre { on, of: values.len() });
            } else {
                by_anhoej(&mut chart);
            }
            Some(chart)
        }
        Method::Nhs | Method::NhsScreened | Method::Control | Method::Prime => {
            by_nhs(if method == Method::NhsScreened { method } else { Method::Nhs }, values)
        }
    }
}

pub(super) fn begin(method: Method, values: Vec<f64>, centre: f64) -> Chart {
    Chart {
        method,
        runs: runs(&values, centre),
        signs: vec![Vec::new(); values.len()],
        limits: Vec::new(),
        notes: Vec::new(),
        periods: (0..).take(values.len()).collect(),
        judged: values.len(),
        centre,
        values,
    }
}

fn mark(chart: &mut Chart, which: &[bool], sign: Sign) {
    for (signs, marked) in chart.signs.iter_mut().zip(which) {
        if *marked {
            signs.push(sign);
        }
    }
}

fn mark_outside(chart: &mut Chart) {
    let outside: Vec<bool> =
        chart.values.iter().zip(&chart.limits).map(|(value, limits)| !limits.holds(*value)).collect();
    mark(chart, &outside, Sign::Outside);
}

fn by_anhoej(chart: &mut Chart) {
    let runs = chart.runs;
    if !runs.enough() {
        chart.notes.push(Note::TooFew { have: runs.useful, need: run::LEAST });
        return;
    }
    if runs.is_long() {
        let above = |value: &f64| *value > chart.centre;
        let side = chart.values.get(runs.span.0).map(above);
        // Points on the centre line between them are no part of it.
        let long: Vec<bool> = chart
            .values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                (runs.span.0..=runs.span.1).contains(&index)
                    && Some(above(value)) == side
                    && (*value < chart.centre || above(value))
            })
            .collect();
        mark(chart, &long, Sign::Shift);
    }
    if runs.crosses_seldom() {
        chart.notes.push(Note::CrossesSeldom { crossings: runs.crossings, least: runs.crossings_least });
    }
}

fn by_nhs(method: Method, values: &[f64]) -> Option<Chart> {
    let Some(found) = individuals(values, method == Method::NhsScreened) else {
        // One point alone has no range.
        let mut chart = begin(method, values.to_vec(), *values.first()?);
        note_trial(&mut chart);
        return Some(chart);
    };
    let mut chart = begin(method, values.to_vec(), found.mean);
    chart.limits = vec![found.limits; values.len()];
    mark_outside(&mut chart);
    let sides: Vec<i8> = values
        .iter()
        .map(|value| i8::from(*value > found.mean).saturating_sub(i8::from(*value < found.mean)))
        .collect();
    let third = 2.0 / 3.0 * 2.66 * found.moving;
    let near: Vec<bool> =
        values.iter().map(|value| found.limits.holds(*value) && (value - found.mean).abs() > third).collect();
    let of_three = two_in_three(&near, &sides);
    let near: Vec<bool> = near.iter().zip(&of_three).map(|(near, three)| *near && *three).collect();
    mark(&mut chart, &one_side(&sides), Sign::Shift);
    mark(&mut chart, &one_way(values), Sign::Trend);
    mark(&mut chart, &near, Sign::NearLimit);
    note_trial(&mut chart);
    Some(chart)
}

fn note_trial(chart: &mut Chart) {
    if chart.values.len() < TRIAL {
        chart.notes.push(Note::TrialLimits { points: chart.values.len() });
    }
}
