//! Charts as the product draws them, month by month.

use fastrand::Rng;
use fieldproof::insight::chart::{Method, of_counts, of_values};
use fieldproof::insight::control::{Count, Counted};
use fieldproof::insight::cusum::Law;
use fieldproof::insight::facts::Point;
use fieldproof::insight::judge::{Judged, Told, judge, watch};
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use fieldproof::insight::rare;

use crate::{Line, binomial, exponential, poisson, share};

/// Months that are known before the year that is watched.
const KNOWN: i32 = 60;
const YEAR: i32 = 12;
/// Months that a chart shows.
const SHOWN: i32 = 24;

/// What a month looks like: drawn anew each time, before and after the change.
pub struct Case {
    pub name: &'static str,
    pub measure: Measure,
    pub month: fn(&mut Rng, bool) -> (f64, f64, f64),
}

fn shares(random: &mut Rng, n: u32, p: f64) -> (f64, f64, f64) {
    let x = binomial(random, n, p);
    (x, f64::from(n), x / f64::from(n))
}

fn pick(changed: bool, before: f64, after: f64) -> f64 {
    if changed { after } else { before }
}

/// Fifteen items an audit, whose answers are alike.
fn audits(random: &mut Rng, audits: u32, mean: f64) -> (f64, f64, f64) {
    let (mut x, mut n) = (0.0, 0.0);
    for _ in 0..audits {
        let p = crate::beta(random, mean, 0.15);
        x += binomial(random, 15, p);
        n += 15.0;
    }
    (x, n, x / n)
}

fn median_of(random: &mut Rng, n: usize, mean: f64) -> (f64, f64, f64) {
    let mut all: Vec<f64> = (0..n).map(|_| exponential(random, mean)).collect();
    all.sort_by(f64::total_cmp);
    let middle = all.get(n / 2).copied().unwrap_or(0.0);
    (all.iter().sum(), f64::from(u32::try_from(n).unwrap_or(0)), middle)
}

pub const CASES: [Case; 14] = [
    Case {
        name: "8 looks a month, 98 % met, then 90 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 8, pick(c, 0.98, 0.90)),
    },
    Case {
        name: "8 looks a month, 95 % met, then 75 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 8, pick(c, 0.95, 0.75)),
    },
    Case {
        name: "8 looks a month, 90 % met, then 70 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 8, pick(c, 0.90, 0.70)),
    },
    Case {
        name: "8 looks a month, 80 % met, then 60 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 8, pick(c, 0.80, 0.60)),
    },
    Case {
        name: "8 looks a month, 60 % met, then 40 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 8, pick(c, 0.60, 0.40)),
    },
    Case {
        name: "30 looks a month, 98 % met, then 90 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 30, pick(c, 0.98, 0.90)),
    },
    Case {
        name: "30 looks a month, 90 % met, then 80 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 30, pick(c, 0.90, 0.80)),
    },
    Case {
        name: "120 looks a month, 99 % met, then 96 %",
        measure: Measure::PassRate,
        month: |r, c| shares(r, 120, pick(c, 0.99, 0.96)),
    },
    Case {
        name: "near misses, 0.3 a month, then 0.9",
        measure: Measure::NearMisses,
        month: |r, c| (poisson(r, pick(c, 0.3, 0.9)), 0.0, 0.0),
    },
    Case {
        name: "near misses, 1 a month, then 3",
        measure: Measure::NearMisses,
        month: |r, c| (poisson(r, pick(c, 1.0, 3.0)), 0.0, 0.0),
    },
    Case {
        name: "near misses, 8 a month, then 14",
        measure: Measure::NearMisses,
        month: |r, c| (poisson(r, pick(c, 8.0, 14.0)), 0.0, 0.0),
    },
    Case {
        name: "4 audits a month of 15 items, 85 % met, then 75 %",
        measure: Measure::AuditMet,
        month: |r, c| audits(r, 4, pick(c, 0.85, 0.75)),
    },
    Case {
        name: "4 audits a month of 15 items, 98 % met, then 90 %",
        measure: Measure::AuditMet,
        month: |r, c| audits(r, 4, pick(c, 0.98, 0.90)),
    },
    Case {
        name: "days to close, 5 cycles a month, 14 days, then 28",
        measure: Measure::DaysToClose,
        month: |r, c| median_of(r, 5, pick(c, 14.0, 28.0)),
    },
];

pub fn point(period: i32, (x, n, value): (f64, f64, f64)) -> Point {
    Point { period, x, n, value, records: n }
}

/// The chart as it is seen in month `now`, which has just begun.
fn seen(measure: Measure, points: &[Point], now: i32) -> Option<Judged> {
    let until: Vec<Point> = points.iter().copied().filter(|point| point.period <= now).collect();
    judge(measure, Grain::Month, &until, 0, now - SHOWN + 1, now - 1)
}

/// When a chart comes to signal that did not when the year began.
pub enum Came {
    /// It signalled already: nothing can come.
    SignalledBefore,
    Never,
    In(i32),
}

impl Came {
    fn of(signals_before: bool, first: Option<i32>) -> Came {
        match first {
            _ if signals_before => Came::SignalledBefore,
            Some(month) => Came::In(month),
            None => Came::Never,
        }
    }
}

/// The first month of those watched in which a chart signals.
pub fn comes_to_signal(measure: Measure, points: &[Point], from: i32, to: i32) -> Came {
    let signals = |now: i32| seen(measure, points, now).is_some_and(|found| found.chart.signals_now());
    Came::of(signals(from), (from + 1..=to).find(|now| signals(*now)))
}

/// How often something came, of the charts that did not signal before (Pollak 1985: the delay is that of
/// charts that had not signalled when the change came).
struct Tally<const N: usize> {
    calm: u32,
    within: [u32; N],
}

impl<const N: usize> Tally<N> {
    fn new() -> Tally<N> {
        Tally { calm: 0, within: [0; N] }
    }

    /// `months` from `since` on.
    fn add(&mut self, came: &Came, since: i32, months: [i32; N]) {
        let after = match came {
            Came::SignalledBefore => return,
            Came::Never => None,
            Came::In(month) => Some(*month - since),
        };
        self.calm += 1;
        for (count, within) in self.within.iter_mut().zip(months) {
            *count += u32::from(after.is_some_and(|after| after <= within));
        }
    }

    fn shares(&self) -> [f64; N] {
        self.within.map(|count| share(count, self.calm))
    }
}

/// The sum by its nominal rate and by how long practice is known: what `cusum::NOMINAL` was
/// chosen by.
pub fn nominal(runs: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for (good, bad) in [(0.98, 0.90), (0.95, 0.75), (0.80, 0.60)] {
        for known in [24, 36, 60] {
            for yearly in [0.03, 0.04, 0.05] {
                lines.push(by_nominal(runs, (good, bad), known, yearly));
            }
        }
    }
    lines
}

fn by_nominal(runs: u32, (good, bad): (f64, f64), known: i32, yearly: f64) -> Line {
    let mut random = Rng::with_seed(0x70);
    let (mut calm, mut fell) = (Tally::<1>::new(), Tally::<2>::new());
    for _ in 0..runs {
        let from = known + random.i32(0..YEAR);
        let mut came = |changed: bool| {
            let month = |at: i32| {
                let met = pick(changed && at >= from, good, bad);
                (at, Count { x: 8.0 - binomial(&mut random, 8, met), n: 8.0 })
            };
            let counts: Vec<(i32, Count)> = (0..from + YEAR).map(month).collect();
            let told = watch(Law::Share, Grain::Month, &counts, 0, yearly).each;
            let signals = |wanted: &dyn Fn(i32) -> bool| {
                told.iter().find(|(at, told)| wanted(*at) && *told == Told::Signals).map(|(at, _)| *at)
            };
            Came::of(signals(&|at| at == from - 1).is_some(), signals(&|at| at >= from))
        };
        calm.add(&came(false), from - 1, [12]);
        fell.add(&came(true), from - 1, [3, 4]);
    }
    let [noise] = calm.shares();
    let [three, four] = fell.shares();
    Line {
        what: format!("8 looks a month, {good} then {bad}, {known} months known, nominal {yearly}"),
        false_a_year: Some(noise),
        found: vec![("3 months".to_owned(), three), ("4 months".to_owned(), four)],
        most: None,
    }
}

pub fn chosen(runs: u32) -> Vec<Line> {
    CASES.iter().map(|case| one(case, runs)).collect()
}

fn one(case: &Case, runs: u32) -> Line {
    let mut random = Rng::with_seed(0x5eed);
    let (mut still, mut moved) = (Tally::<1>::new(), Tally::<3>::new());
    let mut methods = [0_u32; 3];
    for _ in 0..runs {
        // Where in a round of the baseline the watched year begins is chance.
        let from = KNOWN + random.i32(0..YEAR);
        let calm: Vec<Point> =
            (0..=from + YEAR).map(|month| point(month, (case.month)(&mut random, false))).collect();
        still.add(&comes_to_signal(case.measure, &calm, from, from + YEAR), from, [12]);
        let changed: Vec<Point> =
            (0..=from + YEAR).map(|month| point(month, (case.month)(&mut random, month >= from))).collect();
        // The month `from` is the first changed one; it is over, and judged, in the next.
        moved.add(&comes_to_signal(case.measure, &changed, from, from + YEAR), from, [3, 4, 12]);
        if let Some(found) = seen(case.measure, &calm, from + YEAR) {
            let place = match found.chart.method {
                Method::Cusum => 0,
                Method::Anhoej => 1,
                _ => 2,
            };
            if let Some(count) = methods.get_mut(place) {
                *count += 1;
            }
        }
    }
    let names = ["sum", "run chart", "no rule"];
    let used: Vec<String> = names
        .iter()
        .zip(methods)
        .filter(|(_, count)| *count * 50 > runs)
        .map(|(name, count)| format!("{name} {:.0} %", share(count, runs) * 100.0))
        .collect();
    let [noise] = still.shares();
    let names = ["3 months", "4 months", "a year"].map(str::to_owned);
    Line {
        what: format!("{} ({})", case.name, used.join(", ")),
        false_a_year: Some(noise),
        found: names.into_iter().zip(moved.shares()).collect(),
        most: Some(0.05),
    }
}

/// Whether a chart of another method comes to signal at some look of a year that did not before it.
fn year_of(
    runs: u32,
    name: &str,
    draw: &mut dyn FnMut(&mut Rng) -> Count,
    signals: &dyn Fn(&[Count]) -> bool,
) -> Line {
    let mut random = Rng::with_seed(0xa17);
    let mut noise = 0;
    for _ in 0..runs {
        let all: Vec<Count> = (0..SHOWN + YEAR).map(|_| draw(&mut random)).collect();
        let at = |from: i32| {
            let from = usize::try_from(from).unwrap_or(0);
            let shown = usize::try_from(SHOWN).unwrap_or(0);
            all.get(from..from + shown).is_some_and(signals)
        };
        let mut before = at(0);
        for month in 1..=YEAR {
            let now = at(month);
            if now && !before {
                noise += 1;
                break;
            }
            before = now;
        }
    }
    Line { what: name.to_owned(), false_a_year: Some(share(noise, runs)), found: Vec::new(), most: None }
}

pub fn not_offered(runs: u32) -> Vec<Line> {
    let by = |method: Method, counted: Counted| {
        move |counts: &[Count]| of_counts(method, counts, counted).is_some_and(|chart| chart.signals())
    };
    let looks = |n: u32, p: f64| move |random: &mut Rng| Count { x: binomial(random, n, p), n: f64::from(n) };
    let events = |mean: f64| move |random: &mut Rng| Count { x: poisson(random, mean), n: 1.0 };
    let between = |chart: fn(&[f64]) -> Option<rare::Between>| {
        move |counts: &[Count]| {
            let values: Vec<f64> = counts.iter().map(|count| count.x).collect();
            chart(&values).is_some_and(|found| values.iter().any(|value| !found.limits.holds(*value)))
        }
    };
    let runs_alone = |counts: &[Count]| {
        let values: Vec<f64> = counts.iter().map(|count| count.rate()).collect();
        of_values(Method::Anhoej, &values).is_some_and(|chart| chart.runs.is_long())
    };
    let crossings_alone = |counts: &[Count]| {
        let values: Vec<f64> = counts.iter().map(|count| count.rate()).collect();
        of_values(Method::Anhoej, &values).is_some_and(|chart| chart.runs.crosses_seldom())
    };
    vec![
        year_of(
            runs,
            "Anhøj, both rules, any of 24 months, continuous",
            &mut |r| Count { x: exponential(r, 10.0), n: 1.0 },
            &by(Method::Anhoej, Counted::Rate),
        ),
        year_of(
            runs,
            "Anhøj, long runs alone, any of 24 months, continuous",
            &mut |r| Count { x: exponential(r, 10.0), n: 1.0 },
            &runs_alone,
        ),
        year_of(
            runs,
            "Anhøj, crossings alone, continuous",
            &mut |r| Count { x: exponential(r, 10.0), n: 1.0 },
            &crossings_alone,
        ),
        year_of(
            runs,
            "p chart with runs, 8 looks, 96 %",
            &mut looks(8, 0.96),
            &by(Method::Control, Counted::Share),
        ),
        year_of(
            runs,
            "p chart with runs, 30 looks, 90 %",
            &mut looks(30, 0.90),
            &by(Method::Control, Counted::Share),
        ),
        year_of(
            runs,
            "c chart with runs, 4 a month",
            &mut events(4.0),
            &by(Method::Control, Counted::Events),
        ),
        year_of(runs, "p prime, 30 looks, 90 %", &mut looks(30, 0.90), &by(Method::Prime, Counted::Share)),
        year_of(runs, "XmR, NHS rules, 8 looks, 96 %", &mut looks(8, 0.96), &by(Method::Nhs, Counted::Share)),
        year_of(
            runs,
            "XmR, NHS rules, 30 looks, 90 %",
            &mut looks(30, 0.90),
            &by(Method::Nhs, Counted::Share),
        ),
        year_of(
            runs,
            "XmR screened, NHS rules, 30 looks, 90 %",
            &mut looks(30, 0.90),
            &by(Method::NhsScreened, Counted::Share),
        ),
        year_of(
            runs,
            "g chart, one miss in 25 records (24 misses shown, 12 more)",
            &mut |r| Count { x: exponential(r, 24.5).floor(), n: 1.0 },
            &between(rare::g),
        ),
        year_of(
            runs,
            "t chart, one miss in 25 days (24 misses shown, 12 more)",
            &mut |r| Count { x: exponential(r, 25.0) + 1e-6, n: 1.0 },
            &between(|values| rare::t(values, false)),
        ),
    ]
}
