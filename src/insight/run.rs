//! Runs: is a line of points about its centre more orderly than chance leaves it?
//!
//! Invariant: points on the centre line are no use and are skipped, so that they neither break nor
//! extend a run; what is found does not change when all values are moved or stretched.

use serde::{Deserialize, Serialize};

/// Fewer useful points than this say nothing either way (Anhøj and Olesen 2014).
pub const LEAST: usize = 10;

/// What the runs of a chart come to, with the bounds that chance would keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {
    /// Points that are not on the centre line.
    pub useful: usize,
    /// Useful points in the longest run on one side.
    pub longest: usize,
    /// The longest that is still chance.
    pub longest_most: usize,
    /// First and last index of the longest run (the first of them, where there are several).
    pub span: (usize, usize),
    pub crossings: usize,
    /// The fewest crossings that are still chance.
    pub crossings_least: usize,
}

impl Runs {
    #[must_use]
    pub fn enough(&self) -> bool {
        self.useful >= LEAST
    }

    #[must_use]
    pub fn is_long(&self) -> bool {
        self.enough() && self.longest > self.longest_most
    }

    #[must_use]
    pub fn crosses_seldom(&self) -> bool {
        self.enough() && self.crossings < self.crossings_least
    }

    #[must_use]
    pub fn signals(&self) -> bool {
        self.is_long() || self.crosses_seldom()
    }
}

/// The middle value, or the mean of the two in the middle; `None` of nothing.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*sorted.get(middle.checked_sub(1)?)?, upper))
}

/// Side of the centre line: above, below, or on it.
fn side(value: f64, centre: f64) -> i8 {
    if value > centre {
        1
    } else if value < centre {
        -1
    } else {
        0
    }
}

/// Anhøj's rules: a run longer than round(log2 n) + 3, or fewer crossings than the 5 % quantile of
/// Binomial(n − 1, 0.5), n being the useful points.
///
/// Source: Anhøj and Olesen, PLoS ONE 2014, 9:e113825; Anhøj, PLoS ONE 2015, 10:e0121349.
#[must_use]
pub fn runs(values: &[f64], centre: f64) -> Runs {
    let useful: Vec<(usize, i8)> = values
        .iter()
        .enumerate()
        .map(|(index, value)| (index, side(*value, centre)))
        .filter(|(_, side)| *side != 0)
        .collect();
    let (mut longest, mut span, mut crossings) = (0, (0, 0), 0);
    let (mut length, mut begin, mut before) = (0_usize, 0, 0);
    for (index, side) in &useful {
        if *side == before {
            length = length.saturating_add(1);
        } else {
            crossings = usize::from(before != 0).saturating_add(crossings);
            (length, begin, before) = (1, *index, *side);
        }
        if length > longest {
            (longest, span) = (length, (begin, *index));
        }
    }
    let n = useful.len();
    Runs {
        useful: n,
        longest,
        longest_most: longest_most(n),
        span,
        crossings,
        crossings_least: crossings_least(n),
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the logarithm of a number of points is small and not negative"
)]
fn longest_most(n: usize) -> usize {
    if n == 0 { 0 } else { ((n as f64).log2().round() as usize).saturating_add(3) }
}

/// The smallest k with P(X ≤ k) ≥ 5 % for X ~ Binomial(n − 1, 0.5).
#[allow(clippy::cast_precision_loss, reason = "a number of points")]
fn crossings_least(n: usize) -> usize {
    let trials = n.saturating_sub(1);
    // The first term of a long chart would be smaller than any float: its terms are taken as
    // logarithms and summed after.
    let mut log_term = -(trials as f64) * std::f64::consts::LN_2;
    let mut below = log_term.exp();
    let mut k = 0_usize;
    while below < 0.05 && k < trials {
        log_term += (trials.saturating_sub(k) as f64).ln() - (k.saturating_add(1) as f64).ln();
        below += log_term.exp();
        k = k.saturating_add(1);
    }
    k
}

/// Whether more than half of the points lie on the centre line: then runs say nothing, as most
/// points are no use (common where nearly every check is met in full).
#[must_use]
pub fn mostly_on_centre(values: &[f64], centre: f64) -> bool {
    let on = values.iter().filter(|value| side(**value, centre) == 0).count();
    on.saturating_mul(2) > values.len()
}
