//! Limits within which a process stays by itself, and the NHS rules for points that leave it.
//!
//! Invariant: a share's limits lie within 0 and 1, a count's are not below 0; one point has one
//! pair of limits.

use serde::{Deserialize, Serialize};

use super::interval::Interval;

/// A count of events and what it is a count out of: checks, handoffs, doses, days.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    pub x: f64,
    pub n: f64,
}

impl Count {
    /// Whether such a count can be: nothing below nought, and no part larger than its whole.
    #[must_use]
    pub fn is_possible(self, counted: Counted) -> bool {
        let number = |value: f64| value.is_finite() && value >= 0.0;
        number(self.x) && number(self.n) && (counted != Counted::Share || self.x <= self.n)
    }

    /// The rate; 0 where there was nothing to count out of.
    #[must_use]
    pub fn rate(self) -> f64 {
        if self.n > 0.0 { self.x / self.n } else { 0.0 }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a number of points")]
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn moves(values: &[f64]) -> Vec<f64> {
    values.iter().zip(values.iter().skip(1)).map(|(one, next)| (next - one).abs()).collect()
}

/// A chart of individual values with its moving ranges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Individuals {
    pub mean: f64,
    pub limits: Interval,
    /// The mean moving range.
    pub moving: f64,
    /// The limit of a moving range, before screening.
    pub moving_most: f64,
}

/// XmR: x̄ ± 2.66·mR̄, limit of a moving range 3.267·mR̄. Screening drops ranges above that limit
/// once and computes mR̄ again. `None` for fewer than two values.
///
/// Source: Montgomery, Introduction to Statistical Quality Control; Nelson, Journal of Quality
/// Technology 1982, 14:172 (screening); NHSRplotthedots (both).
#[must_use]
pub fn individuals(values: &[f64], screened: bool) -> Option<Individuals> {
    let centre = mean(values).filter(|_| values.iter().all(|value| value.is_finite()))?;
    let ranges = moves(values);
    let all = mean(&ranges)?;
    let most = 3.267 * all;
    let moving = if screened {
        let kept: Vec<f64> = ranges.into_iter().filter(|range| *range <= most).collect();
        mean(&kept).unwrap_or(all)
    } else {
        all
    };
    let reach = 2.66 * moving;
    Some(Individuals {
        mean: centre,
        limits: Interval { low: centre - reach, high: centre + reach },
        moving,
        moving_most: most,
    })
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// So many of so many: each either is or is not (p).
    Share,
    /// Events in an amount of opportunity; there can be several in one (u).
    Rate,
    /// Events, the opportunity being the same each time (c).
    Events,
}

/// A centre line and each point's limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    pub centre: f64,
    pub each: Vec<Interval>,
}

/// Limits at three sigma: p̄ ± 3√(p̄(1−p̄)/nᵢ) within 0 and 1; ū ± 3√(ū/nᵢ) and c̄ ± 3√c̄, not
/// below 0. `prime` multiplies sigma by mean|Δz|/1.128, for numbers so large that their own
/// binomial or Poisson spread is the least of what varies. `None` without points or opportunity, and
/// where a count cannot be.
///
/// Source: Montgomery, chapter 7; Laney, Quality Engineering 2002, 14:531 (p′ and u′).
#[must_use]
pub fn limits(counts: &[Count], counted: Counted, prime: bool) -> Option<Limits> {
    let opportunity = |count: &Count| if counted == Counted::Events { 1.0 } else { count.n };
    let all: f64 = counts.iter().map(opportunity).sum();
    if counts.is_empty() || all <= 0.0 || !counts.iter().all(|count| count.is_possible(counted)) {
        return None;
    }
    let centre = counts.iter().map(|count| count.x).sum::<f64>() / all;
    let spread = if counted == Counted::Share { centre * (1.0 - centre) } else { centre };
    let sigma = |count: &Count| {
        let n = opportunity(count);
        if n > 0.0 { (spread.max(0.0) / n).sqrt() } else { 0.0 }
    };
    let wider = if prime { between(counts, centre, &opportunity, &sigma) } else { 1.0 };
    let most = if counted == Counted::Share { 1.0 } else { f64::INFINITY };
    let each = counts
        .iter()
        .map(|count| {
            // Without opportunity any rate is possible.
            let reach = if opportunity(count) > 0.0 { 3.0 * wider * sigma(count) } else { f64::INFINITY };
            Interval { low: (centre - reach).max(0.0), high: (centre + reach).min(most) }
        })
        .collect();
    Some(Limits { centre, each })
}

/// Laney's sigma of the z-scores: how much more (or less) varies than chance within the samples.
fn between(
    counts: &[Count],
    centre: f64,
    opportunity: &dyn Fn(&Count) -> f64,
    sigma: &dyn Fn(&Count) -> f64,
) -> f64 {
    let z: Vec<f64> = counts
        .iter()
        .filter(|count| opportunity(count) > 0.0 && sigma(count) > 0.0)
        .map(|count| (count.x / opportunity(count) - centre) / sigma(count))
        .collect();
    mean(&moves(&z)).map_or(1.0, |moved| moved / 1.128)
}

fn all_same(sides: &[i8]) -> bool {
    sides.first().is_some_and(|first| *first != 0 && sides.iter().all(|side| side == first))
}

/// Marks every point of any stretch of `length` for which `holds` is true.
fn stretches(points: usize, length: usize, holds: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut marked = vec![false; points];
    for begin in 0..points.saturating_add(1).saturating_sub(length) {
        if holds(begin) {
            marked.iter_mut().skip(begin).take(length).for_each(|mark| *mark = true);
        }
    }
    marked
}

/// Points of seven or more in a row on one side of the mean; one on the mean breaks the row.
///
/// Source: NHS England, Making Data Count; NHSRplotthedots.
#[must_use]
pub fn one_side(sides: &[i8]) -> Vec<bool> {
    stretches(sides.len(), 7, |begin| sides.get(begin..begin.saturating_add(7)).is_some_and(all_same))
}

/// Points of seven that rise, or fall, without a break; two equal ones in a row break it.
///
/// Source: as [`one_side`].
#[must_use]
pub fn one_way(values: &[f64]) -> Vec<bool> {
    let steps: Vec<i8> = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(one, next)| {
            if next > one {
                1
            } else if next < one {
                -1
            } else {
                0
            }
        })
        .collect();
    stretches(values.len(), 7, |begin| steps.get(begin..begin.saturating_add(6)).is_some_and(all_same))
}

/// Points of any three neighbours on one side of the mean of which two or more are beyond two
/// thirds of the limit (`near`).
///
/// Source: as [`one_side`]; which of the three are drawn as a signal is for the chart to say.
#[must_use]
pub fn two_in_three(near: &[bool], sides: &[i8]) -> Vec<bool> {
    stretches(near.len(), 3, |begin| {
        let close = near.iter().skip(begin).take(3).filter(|near| **near).count();
        close >= 2 && sides.get(begin..begin.saturating_add(3)).is_some_and(all_same)
    })
}
