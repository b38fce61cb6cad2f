//! How sure a rate is: intervals for one, the ratio of two, limits of a funnel, and when a number
//! is too small to say anything.
//!
//! Invariant: every interval lies within what its rate can be, and holds the rate itself.

use serde::{Deserialize, Serialize};
use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF, Gamma, StudentsT};

/// 97.5 % of a standard normal distribution lies below it: two-sided 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// From `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of records: far below 2^52")]
fn real(n: u64) -> f64 {
    n as f64
}

/// Wilson's score interval (95 %) for `x` of `n`: what screens show. `None` for no trials, or for
/// more successes than trials.
///
/// Source: Wilson 1927; Newcombe, Statistics in Medicine 1998, 17:857, method 3.
#[must_use]
pub fn wilson(x: u64, n: u64) -> Option<Interval> {
    if n == 0 || x > n {
        return None;
    }
    let (count, n) = (real(x), real(n));
    let p = count / n;
    let middle = 2.0 * count + Z * Z;
    let half = Z * (Z * Z + 4.0 * count * (1.0 - p)).sqrt();
    let under = 2.0 * (n + Z * Z);
    // At the ends the formula meets the rate itself; rounding must not put it outside.
    Some(Interval {
        low: ((middle - half) / under).clamp(0.0, p),
        high: ((middle + half) / under).clamp(p, 1.0),
    })
}

/// An interval (95 %) for a share whose cases come in clusters: the items of one audit, the doses of
/// one record, the looks at one person. `parts` are so many of so many in each. Answers of one cluster
/// are alike, so the clusters are what counts: Wilson's interval for as many independent cases as
/// would vary like these do, by Student's quantile of the clusters. `None` for fewer than two of
/// them, and where a part is larger than its whole.
///
/// Source: Korn and Graubard, Survey Methodology 1998, 24:193 (effective sample size); Dean and
/// Pagano, Journal of Survey Statistics and Methodology 2015, 3:484 (with Wilson's).
#[must_use]
pub fn clustered(parts: &[(f64, f64)]) -> Option<Interval> {
    let parts: Vec<(f64, f64)> = parts.iter().copied().filter(|(_, n)| *n > 0.0).collect();
    if parts.len() < 2 || !parts.iter().all(|(x, n)| (0.0..=*n).contains(x) && n.is_finite()) {
        return None;
    }
    #[allow(clippy::cast_precision_loss, reason = "a number of records")]
    let clusters = parts.len() as f64;
    let (x, n) = parts.iter().fold((0.0, 0.0), |(all, of), (x, n)| (all + x, of + n));
    let p = x / n;
    let apart: f64 = parts.iter().map(|(x, n)| (x - p * n).powi(2)).sum();
    let variance = clusters / (clusters - 1.0) * apart / (n * n);
    // Where all are the same, nothing is known of how they vary: each cluster is one case.
    let independent = if variance > 0.0 { (p * (1.0 - p) / variance).min(n) } else { clusters };
    let z = StudentsT::new(0.0, 1.0, clusters - 1.0).ok()?.inverse_cdf(0.975);
    let spread = z * z / independent;
    let middle = (p + spread / 2.0) / (1.0 + spread);
    let half = z / (1.0 + spread) * (p * (1.0 - p) / independent + spread / (4.0 * independent)).sqrt();
    Some(Interval { low: (middle - half).clamp(0.0, p), high: (middle + half).clamp(p, 1.0) })
}

/// Clopper and Pearson's exact interval (95 %) for `x` of `n`: what claims to outsiders use, as it
/// never promises more than 95 %. `None` as for [`wilson`].
///
/// Source: Clopper and Pearson 1934, as quantiles of beta distributions; Newcombe 1998, method 5.
#[must_use]
pub fn clopper_pearson(x: u64, n: u64) -> Option<Interval> {
    if n == 0 || x > n {
        return None;
    }
    let beta = |a: f64, b: f64, q: f64| Beta::new(a, b).ok().map(|beta| beta.inverse_cdf(q));
    let (count, rest) = (real(x), real(n.saturating_sub(x)));
    let p = count / real(n);
    let low = if x == 0 { 0.0 } else { beta(count, rest + 1.0, 0.025)? };
    let high = if x == n { 1.0 } else { beta(count + 1.0, rest, 0.975)? };
    Some(Interval { low: low.clamp(0.0, p), high: high.clamp(p, 1.0) })
}

/// How the rate of one group stands to that of another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// First rate over second; infinite where the second saw no event.
    pub ratio: f64,
    /// Exact, 95 %.
    pub interval: Interval,
    /// Two-sided: twice the smaller tail of the conditional binomial, at most 1.
    pub p: f64,
}

impl Ratio {
    /// Whether the first rate is above the second by more than chance (5 %) explains.
    #[must_use]
    pub fn is_above(&self) -> bool {
        self.interval.low > 1.0
    }
}

/// The ratio of two rates: `x1` events in `t1` units of exposure against `x2` in `t2` (visits,
/// shifts, checks, person-days; the same unit in both). `None` without events or exposure.
///
/// Given how many events there were in all, those of the first group are binomial with the share
/// that its exposure and the ratio give. Source: Przyborowski and Wilenski 1940; Clopper-Pearson
/// limits of that share, turned into limits of the ratio.
#[must_use]
pub fn rate_ratio(x1: u64, t1: f64, x2: u64, t2: f64) -> Option<Ratio> {
    let positive = |t: f64| t > 0.0 && t.is_finite();
    let all = x1.checked_add(x2)?;
    if all == 0 || !positive(t1) || !positive(t2) {
        return None;
    }
    let odds = |share: f64| share / (1.0 - share) * t2 / t1;
    let share = clopper_pearson(x1, all)?;
    let same = Binomial::new(t1 / (t1 + t2), all).ok()?;
    let below = same.cdf(x1);
    let above = if x1 == 0 { 1.0 } else { same.sf(x1.saturating_sub(1)) };
    Some(Ratio {
        ratio: real(x1) / t1 / (real(x2) / t2),
        interval: Interval { low: odds(share.low), high: odds(share.high) },
        p: (2.0 * below.min(above)).min(1.0),
    })
}

/// Within what a standardised ratio (observed over expected events) lies by chance alone.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Funnel {
    pub warn: Interval,
    pub act: Interval,
}

/// The funnel's limits at 95 % and 99.8 % for `expected` events. `None` unless that is above 0.
///
/// A site whose own chart signals is not compared on a funnel: its rate is not one number.
/// Source: Spiegelhalter, Statistics in Medicine 2005, 24:1185 (exact Poisson limits).
#[must_use]
pub fn funnel(expected: f64) -> Option<Funnel> {
    if !(expected > 0.0 && expected.is_finite()) {
        return None;
    }
    // A chi-squared quantile of 2k degrees of freedom is twice a gamma quantile of shape k.
    let gamma = |shape: f64, q: f64| Gamma::new(shape, 1.0).ok().map(|gamma| gamma.inverse_cdf(q));
    let limits = |tail: f64| {
        Some(Interval {
            low: gamma(expected, tail)? / expected,
            high: gamma(expected + 1.0, 1.0 - tail)? / expected,
        })
    };
    Some(Funnel { warn: limits(0.025)?, act: limits(0.001)? })
}

/// Below so many cases a share is called small.
const FEW: u64 = 30;
/// An interval wider than this says too little to go by.
const WIDE: f64 = 0.30;

/// Whether so many records are too few to read a rate from that adds up several answers of each.
#[must_use]
pub fn few(records: f64) -> bool {
    records < real(FEW)
}

/// Whether a share is too uncertain to be read as a rate: fewer than 30 cases, or a 95 % interval
/// wider than 30 percentage points. It is still shown, with the warning beside it.
///
/// Source: National Center for Health Statistics, Data Presentation Standards for Proportions
/// (Vital and Health Statistics 2/175, 2017), which suppresses such shares.
#[must_use]
pub fn is_small(x: u64, n: u64) -> bool {
    n < FEW || clopper_pearson(x, n).is_none_or(|interval| interval.width() >= WIDE)
}
