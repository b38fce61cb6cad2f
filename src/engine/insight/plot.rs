//! The figures of a chart as screens show them: with their intervals, and with the periods that have
//! none.

use chrono::{DateTime, FixedOffset};

use crate::engine::api::Plot;
use crate::insight::facts::Point;
use crate::insight::interval::{clustered, few, is_small, wilson};
use crate::insight::measure::{Measure, Unit};
use crate::insight::period::Grain;
use crate::store::query::{Parts, Span};

/// The newest period of a span that is over.
pub(super) fn over(span: Span, now: DateTime<FixedOffset>) -> i32 {
    span.to.min(span.grain.of(now.date_naive()) - 1)
}

/// All periods from the first figure to the last that is over, or that has one.
pub(super) fn plots(
    measure: Measure,
    span: Span,
    found: &[Point],
    parts: &Parts,
    now: DateTime<FixedOffset>,
) -> Vec<Plot> {
    let shown = || found.iter().filter(|point| point.period >= span.from);
    let Some(first) = shown().map(|point| point.period).min() else { return Vec::new() };
    let last = shown().map(|point| point.period).max().unwrap_or(first).max(over(span, now));
    let empty = |period| Point { period, x: 0.0, n: 0.0, value: 0.0, records: 0.0 };
    (first..=last)
        .map(|period| match shown().find(|point| point.period == period) {
            Some(point) => {
                let plot = plot(measure, span.grain, *point, now);
                let by_record = parts.get(&period).and_then(|parts| clustered(parts));
                Plot { interval: plot.interval.or(by_record), ..plot }
            }
            None => Plot {
                interval: None,
                small: false,
                none: true,
                ..plot(measure, span.grain, empty(period), now)
            },
        })
        .collect()
}

pub(super) fn plot(measure: Measure, grain: Grain, point: Point, now: DateTime<FixedOffset>) -> Plot {
    let last = grain.last_day(point.period);
    // Several answers of one record are alike: an interval that took each for a case of its own would
    // promise too much, and the records are what can be few.
    let alone = measure.unit() == Unit::Share && !measure.is_clustered();
    let share = alone.then(|| (whole(point.x), whole(point.n)));
    Plot {
        period: point.period,
        first: grain.first_day(point.period),
        last,
        x: point.x,
        n: point.n,
        value: point.value,
        interval: share.and_then(|(x, n)| wilson(x, n)),
        small: match share {
            Some((x, n)) => is_small(x, n),
            None if measure.is_clustered() => few(point.records),
            None => point.n < 5.0 && measure.unit() != Unit::Events,
        },
        so_far: last >= now.date_naive(),
        none: false,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, clamped to be one")]
fn whole(n: f64) -> u64 {
    n.round().clamp(0.0, 1e15) as u64
}
