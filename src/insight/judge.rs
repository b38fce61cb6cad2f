//! Which method reads a measure's points, why, and what it finds.
//!
//! One method a chart, chosen by the data and said: a run chart about the median where points
//! spread about it, an exact sum (CUSUM) where what goes wrong is rare, the bare points where no
//! rule holds. Rules are not stacked: each of them signals falsely now and then, all together often.
//!
//! Invariant: only periods that are over are judged, and none is judged by a baseline that it is
//! part of. What was said of a period does not change when later ones come.

use serde::{Deserialize, Serialize};

use super::chart::{Chart, Method, Note, Sign, begin, of_values};
use super::control::Count;
use super::cusum::{Cusum, Law, NOMINAL, times};
use super::facts::Point;
use super::measure::{Measure, NoRule};
use super::period::Grain;
use super::run::{LEAST, median, mostly_on_centre};

/// Why a chart is read as it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Points spread about their median.
    Spread,
    /// So little goes wrong in a period, in the mean, that most points lie on the median.
    Rare { mean: f64 },
    /// Neighbouring points share records.
    Overlap,
    /// It grows with what was ever answered.
    Grows,
    /// Numbers of one record hang together, and most points lie on the median.
    Clustered,
    /// Too few periods are over.
    TooFew { have: usize, need: usize },
}

/// Fewer than this go wrong in a period, in the mean: then counts are taken as counts.
const RARE: f64 = 3.0;
/// A baseline of fewer periods says too little about what is usual.
const BASELINE: usize = 8;
/// Quiet years that a baseline is made of at most, so that it follows practice that got better.
const YEARS: usize = 5;

/// A chart and why it is read so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub chart: Chart,
    pub why: Why,
    /// Of a sum: the period from which on more went wrong, where it signals.
    pub since: Option<i32>,
}

/// Periods after which a baseline is taken anew, and periods in a year.
#[must_use]
pub fn round(grain: Grain) -> (i32, f64) {
    match grain {
        Grain::Month => (12, 12.0),
        Grain::Week => (26, 52.0),
    }
}

/// Periods that a first baseline takes.
fn length(grain: Grain) -> usize {
    usize::try_from(round(grain).0).unwrap_or(0)
}

/// The first period that has to be known to judge those shown from `shown` on; `first` is the first
/// of which anything is known, `last` the newest.
#[must_use]
pub fn history(grain: Grain, first: i32, shown: i32, last: i32) -> i32 {
    let (round, _) = round(grain);
    let years = i32::try_from(YEARS).unwrap_or(0);
    let begun = last.saturating_sub(first).max(0).checked_div(round).unwrap_or(0);
    let skipped = begun.saturating_sub(years).max(0).saturating_mul(round);
    shown.min(first.saturating_add(skipped)).max(first)
}

/// Judges the points of a measure and draws those from `shown` on. `first` is the period from which
/// on points are known ([`history`]); what lies after `over` has not ended. `None` without points.
#[must_use]
pub fn judge(
    measure: Measure,
    grain: Grain,
    points: &[Point],
    first: i32,
    shown: i32,
    over: i32,
) -> Option<Judged> {
    let drawn: Vec<Point> = points.iter().copied().filter(|point| point.period >= shown).collect();
    let ended: Vec<Point> = points.iter().copied().filter(|point| point.period <= over).collect();
    let values: Vec<f64> = drawn.iter().map(|point| value(measure, *point)).collect();
    let judged = drawn.iter().filter(|point| point.period <= over).count();
    let (method, mut why) = choose(measure, values.get(..judged).unwrap_or_default(), &ended);
    let mut since = None;
    let sum = match method {
        Method::Cusum => by_cusum(measure, grain, &ended, first, &drawn, &values, &mut since),
        _ => None,
    };
    let mut chart = match sum {
        Some(chart) => chart,
        None if method == Method::Cusum => {
            // There is no year before that any of them could be held against.
            why = Why::TooFew { have: ended.len(), need: ended.len().max(length(grain)).saturating_add(1) };
            by_median(Method::Plain, values, judged)?
        }
        None => by_median(method, values, judged)?,
    };
    if let Why::TooFew { have, need } = why {
        chart.notes = vec![Note::TooFew { have, need }];
    }
    chart.periods = drawn.iter().map(|point| point.period).collect();
    chart.judged = judged;
    // A signal that is over is no news of now.
    let since = since.filter(|_| chart.signals_now());
    Some(Judged { chart, why, since })
}

fn value(measure: Measure, point: Point) -> f64 {
    use super::control::Counted;
    match measure.unit().counted() {
        Some(Counted::Events) => point.x,
        Some(_) => Count { x: point.x, n: point.n }.rate(),
        None => point.value,
    }
}

fn choose(measure: Measure, values: &[f64], ended: &[Point]) -> (Method, Why) {
    match measure.no_rule() {
        Some(NoRule::Overlap) => return (Method::Plain, Why::Overlap),
        Some(NoRule::Grows) => return (Method::Plain, Why::Grows),
        None => {}
    }
    let on_median = median(values).is_some_and(|centre| mostly_on_centre(values, centre));
    if let Some(mean) = wrong_each(measure, ended)
        && (mean < RARE || on_median)
    {
        let have = ended
            .iter()
            .filter(|point| measure.wrong(point.x, point.n).is_some_and(|(_, count)| count.n > 0.0))
            .count();
        if have <= BASELINE {
            return (Method::Plain, Why::TooFew { have, need: BASELINE + 1 });
        }
        return (Method::Cusum, Why::Rare { mean });
    }
    if values.len() < LEAST {
        return (Method::Plain, Why::TooFew { have: values.len(), need: LEAST });
    }
    if on_median {
        return (Method::Plain, Why::Clustered);
    }
    (Method::Anhoej, Why::Spread)
}

#[allow(clippy::cast_precision_loss, reason = "a number of periods")]
fn wrong_each(measure: Measure, ended: &[Point]) -> Option<f64> {
    let mut wrong = 0.0;
    for point in ended {
        wrong += measure.wrong(point.x, point.n)?.1.x;
    }
    (!ended.is_empty()).then(|| wrong / ended.len() as f64)
}

/// By rules about the median; what is not over is added after.
fn by_median(method: Method, values: Vec<f64>, judged: usize) -> Option<Chart> {
    let mut ended = values;
    let running = ended.split_off(judged.min(ended.len()));
    let mut chart = if ended.is_empty() {
        begin(Method::Plain, Vec::new(), median(&running)?)
    } else {
        of_values(method, &ended)?
    };
    // Long runs alone: looked at month by month, the rule about crossings would signal falsely in one
    // year of nine beside it (docs/insight.md).
    chart.notes.retain(|note| !matches!(note, Note::CrossesSeldom { .. }));
    chart.signs.extend(running.iter().map(|_| Vec::new()));
    chart.values.extend(running);
    Some(chart)
}

fn by_cusum(
    measure: Measure,
    grain: Grain,
    ended: &[Point],
    first: i32,
    drawn: &[Point],
    values: &[f64],
    since: &mut Option<i32>,
) -> Option<Chart> {
    let wrong: Vec<(i32, Count)> =
        ended.iter().filter_map(|point| Some((point.period, measure.wrong(point.x, point.n)?.1))).collect();
    let law = measure.wrong(0.0, 0.0)?.0;
    let sums = watch(law, grain, &wrong, first, NOMINAL);
    if sums.each.iter().all(|(_, told)| *told == Told::NoBaseline) {
        return None;
    }
    let usual = sums.usual.unwrap_or(0.0);
    // The line is drawn in the measure's own terms.
    let centre = match measure.wrong(1.0, 1.0) {
        Some((Law::Share, count)) if count.x == 0.0 => 1.0 - usual,
        _ => usual,
    };
    let mut chart = begin(Method::Cusum, values.to_vec(), centre);
    let mut rising: Option<usize> = None;
    for (index, point) in drawn.iter().enumerate() {
        let told = sums.each.iter().find(|(period, _)| *period == point.period).map(|(_, told)| *told);
        match told {
            None | Some(Told::NoBaseline) => continue,
            Some(Told::Calm) => {
                rising = None;
                continue;
            }
            Some(Told::Rising) => {
                rising.get_or_insert(index);
                continue;
            }
            Some(Told::Signals) => {}
        }
        let begun = *rising.get_or_insert(index);
        for (place, signs) in chart.signs.iter_mut().enumerate().take(index.saturating_add(1)).skip(begun) {
            let sign = if place == index { Sign::Risen } else { Sign::Shift };
            if signs.is_empty() {
                signs.push(sign);
            }
        }
        *since = drawn.get(begun).map(|point| point.period);
    }
    Some(chart)
}

/// What the sum says of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// There is no baseline yet.
    NoBaseline,
    /// It stands at nought.
    Calm,
    /// It is above, and below its limit.
    Rising,
    /// It has reached its limit and was not back at nought since.
    Signals,
}

/// What was told of each period.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    pub each: Vec<(i32, Told)>,
    /// The rate of the baseline that the newest was judged by.
    pub usual: Option<f64>,
}

/// A stretch of periods added up.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    x: f64,
    n: f64,
    periods: usize,
}

impl Stretch {
    fn and(self, other: Stretch) -> Stretch {
        Stretch {
            x: self.x + other.x,
            n: self.n + other.n,
            periods: self.periods.saturating_add(other.periods),
        }
    }
}

/// Follows counts from period to period, with a nominal share of years that signal falsely. The
/// baseline is what lies before the year (of weeks: half year) that a period is in; it is taken anew
/// when one is over. What was counted since the sum left nought is no part of it once the sum has
/// signalled, until it is back there: practice that got worse and stays so never becomes part, so that
/// nothing but a person's word makes it the usual one.
#[must_use]
pub fn watch(law: Law, grain: Grain, counts: &[(i32, Count)], first: i32, yearly: f64) -> Sums {
    let (length, periods) = round(grain);
    let mut sums = Sums::default();
    let mut years: Vec<Stretch> = Vec::new();
    let mut cusum: Option<Cusum> = None;
    // What is usual of this year; what has been counted since the sum left nought; whether that
    // signalled.
    let (mut year, mut usual, mut open, mut signals) = (None, Stretch::default(), Stretch::default(), false);
    for (period, count) in counts.iter().filter(|(_, count)| count.n > 0.0) {
        let now = period.saturating_sub(first).checked_div_euclid(length).unwrap_or(0);
        if year.replace(now) != Some(now) && usual.periods > 0 {
            years.push(std::mem::take(&mut usual));
            let surplus = years.len().saturating_sub(YEARS);
            years.drain(..surplus);
            let all = years.iter().fold(Stretch::default(), |all, year| all.and(*year));
            // Leaving out what only happens to be rising would make the usual rate look better than it is.
            let all = if signals { all } else { all.and(open) };
            if all.periods >= BASELINE {
                #[allow(clippy::cast_precision_loss, reason = "a number of periods")]
                let each = all.x / all.periods as f64;
                let baseline = Count { x: all.x, n: all.n };
                if let Some(longer) = Cusum::new(law, baseline, periods, yearly, times(each)) {
                    sums.usual = Some(baseline.rate());
                    cusum = Some(match cusum {
                        Some(old) => old.with(longer),
                        None => longer,
                    });
                }
            }
        }
        open = open.and(Stretch { x: count.x, n: count.n, periods: 1 });
        let told = match cusum.as_mut().and_then(|cusum| cusum.add(*count)) {
            None => Told::NoBaseline,
            Some(sum) if sum.sum <= 0.0 => Told::Calm,
            Some(sum) if signals || sum.signals() => Told::Signals,
            Some(_) => Told::Rising,
        };
        match told {
            Told::NoBaseline | Told::Calm => usual = usual.and(std::mem::take(&mut open)),
            Told::Rising | Told::Signals => {}
        }
        signals = told == Told::Signals;
        sums.each.push((*period, told));
    }
    sums
}
