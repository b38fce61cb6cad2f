//! Charts of what lies between rare events: records (g) or time (t).
//!
//! Invariant: a limit below nought is nought. These are drawn and compared in `docs/insight.md`;
//! the product's own charts watch rare misses by [`super::cusum`], which finds a change sooner at
//! the same rate of false signals.

use super::control::{individuals, mean};
use super::interval::Interval;

/// A centre line and the limits of all points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Between {
    pub centre: f64,
    pub limits: Interval,
}

/// Records from one event to the next: ḡ ± 3√(ḡ(ḡ+1)), not below 0. `None` of nothing or of what is
/// below nought.
///
/// Source: Kaminsky et al., Journal of Quality Technology 1992, 24:63; Benneyan, Health Care
/// Management Science 2001, 4:305.
#[must_use]
pub fn g(between: &[f64]) -> Option<Between> {
    let centre = mean(between).filter(|_| between.iter().all(|n| *n >= 0.0 && n.is_finite()))?;
    let reach = 3.0 * (centre * (centre + 1.0)).sqrt();
    Some(Between { centre, limits: Interval { low: (centre - reach).max(0.0), high: centre + reach } })
}

/// Makes times between events, which are exponential, nearly normal (Nelson 1994).
const POWER: f64 = 3.6;

/// Time from one event to the next: limits of individual values of y^(1/3.6), turned back. Two
/// events at one time have no time between them: `None`, as for fewer than two times.
///
/// Source: Nelson, Journal of Quality Technology 1994, 26:239; Montgomery, section 7.3.5.
#[must_use]
pub fn t(between: &[f64], screened: bool) -> Option<Between> {
    if !between.iter().all(|time| *time > 0.0 && time.is_finite()) {
        return None;
    }
    let even: Vec<f64> = between.iter().map(|time| time.powf(1.0 / POWER)).collect();
    let found = individuals(&even, screened)?;
    let back = |value: f64| value.max(0.0).powf(POWER);
    Some(Between {
        centre: back(found.mean),
        limits: Interval { low: back(found.limits.low), high: back(found.limits.high) },
    })
}
