//! A sum that finds a lasting rise of something rare: CUSUM against a frozen baseline.
//!
//! Each period adds what went wrong and takes away what is allowed for; the sum never falls below
//! nought. The limit of a period is the smallest that the sum reaches there with at most the stated
//! probability where nothing changed and no limit was reached before: found by following the sum's
//! whole distribution, not by simulation, for the very numbers of records that there were, and over
//! every rate that the baseline leaves likely. So a short baseline gives wide limits, never more
//! false signals.
//!
//! Invariant: the limit of a period depends on the baseline and on how much was looked at until
//! then, never on what was found.
//!
//! Sources: Page, Biometrika 1954, 41:100 (the sum); Brook and Evans, Biometrika 1972, 59:539 (its
//! distribution as a Markov chain); Lucas, Technometrics 1985, 27:129 (counts); Shen et al.,
//! Operations Research 2013, 61:1178, and Zhang and Woodall, Statistics in Medicine 2015, 34:3336
//! (limits by period that hold a probability for whatever sample sizes come); Clopper and Pearson,
//! Biometrika 1934, 26:404, and Garwood, Biometrika 1936, 28:437 (exact upper bounds).

use serde::{Deserialize, Serialize};
use statrs::distribution::{Beta, ContinuousCDF, Gamma};

use super::control::Count;

/// How what goes wrong is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// So many of so many looked at: binomial.
    Share,
    /// Events in an amount of opportunity: Poisson.
    Rate,
}

/// A chart where nothing changed signals in at most so large a share of years.
pub const FALSE_A_YEAR: f64 = 0.05;
/// The share that limits are worked out for. That charts go on for years and their baselines are of
/// the same practice makes up the rest of what is promised (measured: `cargo xtask noise`).
pub const NOMINAL: f64 = 0.035;

/// The rise that a sum is tuned to find soonest: so many times the odds (of a share) or the rate.
/// Where less than one event is usual in a period, nothing smaller can be told from chance in a few
/// of them. Other rises are found too, a little later than by a sum tuned to them.
#[must_use]
pub fn times(usual_each: f64) -> f64 {
    if usual_each < 1.0 { 6.0 } else { 3.0 }
}

/// Steps of the sum in one event: allowances are rounded to so much.
const STEPS: f64 = 10.0;
/// Between these probabilities, one rate stands for all that the baseline leaves likely. They lie close
/// where rates are high: there a sum signals soonest, and leaving the rarest of them out would promise
/// too much.
const CUTS: [f64; 20] = [
    0.0, 0.02, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.78, 0.85, 0.9, 0.94, 0.965, 0.98, 0.99, 0.996,
    0.999, 1.0,
];
/// Numbers of events rarer than this are left out of the distribution.
const TINY: f64 = 1e-12;

/// The sum after a period, in events, and its limit there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sum {
    pub sum: f64,
    pub limit: f64,
}

impl Sum {
    #[must_use]
    pub fn signals(self) -> bool {
        self.sum >= self.limit
    }
}

/// The probability of each number of events from 0 on, as far as any is likely.
fn events(law: Law, n: f64, rate: f64) -> Vec<f64> {
    let mut found = Vec::new();
    let (odds, mut term) = match law {
        Law::Share => (rate / (1.0 - rate).max(TINY), n * (1.0 - rate).max(TINY).ln()),
        Law::Rate => (rate * n, -rate * n),
    };
    // Logarithms: the first term of many records is smaller than any float.
    let (mut k, mut below) = (0.0_f64, 0.0);
    loop {
        let p = term.exp();
        found.push(p);
        below += p;
        let next = match law {
            Law::Share => odds * (n - k) / (k + 1.0),
            Law::Rate => odds / (k + 1.0),
        };
        if next <= 0.0 || (below > 0.5 && p < TINY) || found.len() > 20_000 {
            return found;
        }
        term += next.ln();
        k += 1.0;
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, not negative, bounded")]
fn steps(events: f64) -> usize {
    (events * STEPS).round().clamp(0.0, 1e9) as usize
}

#[allow(clippy::cast_precision_loss, reason = "steps of a sum")]
fn in_events(steps: usize) -> f64 {
    steps as f64 / STEPS
}

/// What is allowed for in one unit of opportunity, where `rate` was usual: the point at which a
/// number of events is as likely under the usual rate as under the greater one.
#[must_use]
pub fn allowance(law: Law, rate: f64, times: f64) -> f64 {
    match law {
        Law::Share => {
            let rate = rate.clamp(1e-6, 1.0 - 1e-6);
            let more = times * rate / (1.0 - rate + times * rate);
            let good = ((1.0 - rate) / (1.0 - more)).ln();
            good / (good + (more / rate).ln())
        }
        Law::Rate => rate * (times - 1.0) / times.ln(),
    }
}

/// The distribution of the sum where nothing changed, for one usual rate.
#[derive(Clone, Debug)]
struct Chain {
    rate: f64,
    /// By the sum in steps; what reached a limit is no longer in it.
    at: Vec<f64>,
}

impl Chain {
    fn go(&mut self, law: Law, n: f64, allowed: usize) {
        let events = events(law, n, self.rate);
        let event = steps(1.0);
        let mut next = vec![0.0; self.at.len().saturating_add(events.len().saturating_mul(event))];
        for (sum, here) in self.at.iter().enumerate().filter(|(_, here)| **here > TINY * TINY) {
            for (x, p) in events.iter().enumerate() {
                if let Some(there) =
                    next.get_mut(sum.saturating_add(x.saturating_mul(event)).saturating_sub(allowed))
                {
                    *there += here * p;
                }
            }
        }
        self.at = next;
    }
}

/// The sum as it goes on from period to period.
#[derive(Clone, Debug)]
pub struct Cusum {
    law: Law,
    allowance: f64,
    /// The share that may signal falsely in one period, and what the periods before left unused of
    /// theirs, as much as one again: numbers of events are whole, so a limit seldom uses all of it.
    /// Saved up for longer, a year's share would be spent on a single miss.
    each: f64,
    spare: f64,
    chains: Vec<Chain>,
    sum: usize,
}

impl Cusum {
    /// Begins a sum against a baseline. `yearly` is the share of years in which it may signal where
    /// nothing changed, `periods` how many make a year. `None` where the baseline holds nothing.
    #[must_use]
    pub fn new(law: Law, baseline: Count, periods: f64, yearly: f64, times: f64) -> Option<Cusum> {
        let Count { x, n } = baseline;
        if !(n > 0.0 && x >= 0.0 && (law == Law::Rate || x <= n)) {
            return None;
        }
        // The distribution whose quantiles are the exact upper bounds: a baseline of few misses may have been
        // a good stretch, and a sum against too good a rate signals where nothing changed.
        let likely = |q: f64| match law {
            Law::Share => Some(Beta::new(x + 1.0, (n - x).max(0.5)).ok()?.inverse_cdf(q)),
            Law::Rate => Some(Gamma::new(x + 1.0, n).ok()?.inverse_cdf(q)),
        };
        let mut chains = Vec::new();
        for (from, to) in CUTS.iter().zip(CUTS.iter().skip(1)) {
            chains.push(Chain { rate: likely(f64::midpoint(*from, *to))?, at: vec![to - from] });
        }
        let usual = match law {
            Law::Share => (x + 0.5) / (n + 1.0),
            Law::Rate => (x + 0.5) / n,
        };
        let each = 1.0 - (1.0 - yearly).powf(1.0 / periods);
        Some(Cusum { law, allowance: allowance(law, usual, times), each, spare: 0.0, chains, sum: 0 })
    }

    /// Goes on with a baseline that has become longer; the sum stays where it is, and so does what is
    /// known of it, rate by rate: where more goes wrong, sums stand higher.
    #[must_use]
    pub fn with(self, longer: Cusum) -> Cusum {
        let all: f64 = self.chains.iter().flat_map(|chain| &chain.at).sum();
        if all <= 0.0 {
            return longer;
        }
        let chains = longer
            .chains
            .into_iter()
            .zip(self.chains)
            .map(|(new, old)| Chain { at: old.at.into_iter().map(|here| here / all).collect(), ..new })
            .collect();
        Cusum { sum: self.sum, spare: self.spare, chains, ..longer }
    }

    /// Takes a period in. `None` where its numbers cannot be.
    pub fn add(&mut self, count: Count) -> Option<Sum> {
        let Count { x, n } = count;
        if !(n >= 0.0 && x >= 0.0 && n.is_finite() && (self.law == Law::Rate || x <= n)) {
            return None;
        }
        let allowed = steps(self.allowance * n);
        for chain in &mut self.chains {
            chain.go(self.law, n, allowed);
        }
        let limit = self.limit();
        for chain in &mut self.chains {
            chain.at.truncate(limit);
        }
        self.sum = self.sum.saturating_add(steps(x)).saturating_sub(allowed);
        Some(Sum { sum: in_events(self.sum), limit: in_events(limit) })
    }

    /// The smallest sum that is reached with at most the stated probability by those that reached
    /// no limit before.
    fn limit(&mut self) -> usize {
        let alive: f64 = self.chains.iter().flat_map(|chain| &chain.at).sum();
        let length = self.chains.iter().map(|chain| chain.at.len()).max().unwrap_or(0);
        let may = self.each + self.spare;
        let (mut reached, mut limit) = (0.0, length.max(1));
        // A sum of nought is no signal.
        for sum in (1..length).rev() {
            let here: f64 = self.chains.iter().filter_map(|chain| chain.at.get(sum)).sum();
            if reached + here > may * alive {
                break;
            }
            (reached, limit) = (reached + here, sum);
        }
        self.spare = (may - reached / alive.max(TINY)).clamp(0.0, self.each);
        limit
    }
}

/// The mean number of periods until a sum with one fixed limit signals, for one rate and the same
/// opportunity each time: what published tables give, and what [`Cusum`] is checked against. The
/// allowance, the limit and where the sum begins are in events. `None` where it never signals.
///
/// Source: Brook and Evans 1972: the solution of (I − Q) a = 1 over the sums below the limit.
#[must_use]
pub fn mean_run(
    law: Law,
    n: f64,
    rate: f64,
    allowance: f64,
    limit: f64,
    begin: f64,
    each: u32,
) -> Option<f64> {
    let each_event = usize::try_from(each).ok().filter(|each| *each > 0)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and bounded")]
    let to_steps = |events: f64| (events * f64::from(each)).round().clamp(0.0, 1e6) as usize;
    let (allowed, size) = (to_steps(allowance), to_steps(limit));
    let events = events(law, n, rate);
    // Gauss-Seidel: a sum of what comes next, one period further on.
    let mut runs = vec![1.0_f64; size];
    for _ in 0..200_000 {
        let mut moved = 0.0_f64;
        for sum in (0..size).rev() {
            let mut next = 1.0;
            let mut here = 0.0;
            for (x, p) in events.iter().enumerate() {
                let there = sum.saturating_add(x.saturating_mul(each_event)).saturating_sub(allowed);
                if there == sum {
                    here += p;
                } else {
                    next += p * runs.get(there).copied().unwrap_or(0.0);
                }
            }
            let better = if here < 1.0 { next / (1.0 - here) } else { return None };
            if let Some(run) = runs.get_mut(sum) {
                moved = moved.max((better - *run).abs() / better);
                *run = better;
            }
        }
        if moved < 1e-11 {
            break;
        }
    }
    runs.get(to_steps(begin)).copied()
}
