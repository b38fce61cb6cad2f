//! How sure a comparison of two rates can be.
//!
//! Invariant: exact, not approximate: small numbers are what community care has.

use serde::{Deserialize, Serialize};

use super::interval::rate_ratio;

/// A rate against another, with the bounds of its 95 % interval. No upper bound where the other has
/// no case at all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// None where the other rate is nought.
    pub ratio: Option<f64>,
    pub low: f64,
    pub high: Option<f64>,
}

/// The ratio of two rates (cases over exposure), as [`rate_ratio`] has it, in a form that JSON can
/// carry: it has no infinity. `None` where there is no case or no exposure.
#[must_use]
pub fn ratio(cases: u32, exposure: f64, others: u32, others_exposure: f64) -> Option<Ratio> {
    let found = rate_ratio(cases.into(), exposure, others.into(), others_exposure)?;
    let finite = |value: f64| value.is_finite().then_some(value);
    Some(Ratio { ratio: finite(found.ratio), low: found.interval.low, high: finite(found.interval.high) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// R's manual of `poisson.test`: "These are paraphrased from data sets in the ISwR package":
    /// 11 cases in 800 against 21 in 3011.
    #[test]
    fn the_example_of_rs_poisson_test() {
        let found = ratio(11, 800.0, 21, 3011.0).unwrap();
        assert!((found.ratio.unwrap() - 1.971_488).abs() < 1e-6);
        assert!((found.low - 0.858_426_4).abs() < 1e-6, "{found:?}");
        assert!((found.high.unwrap() - 4.277_265_9).abs() < 1e-6, "{found:?}");
    }

    /// Three of three in equal exposures: the lower bound of the share is 0.025^(1/3) (Clopper and
    /// Pearson 1934, closed form for all of n).
    #[test]
    fn with_no_case_among_the_others_there_is_no_upper_bound() {
        let found = ratio(3, 1.0, 0, 1.0).unwrap();
        let share = 0.025_f64.powf(1.0 / 3.0);
        assert_eq!((found.ratio, found.high), (None, None));
        assert!((found.low - share / (1.0 - share)).abs() < 1e-9);
        assert_eq!(ratio(0, 1.0, 0, 1.0), None);
        assert_eq!(ratio(1, 0.0, 1, 1.0), None);
    }

    proptest! {
        #[test]
        fn turning_it_round_turns_the_interval_round(a in 1_u32..60, b in 1_u32..60, x in 1.0..500.0_f64, y in 1.0..500.0_f64) {
            let (one, other) = (ratio(a, x, b, y).unwrap(), ratio(b, y, a, x).unwrap());
            prop_assert!((one.low * other.high.unwrap() - 1.0).abs() < 1e-6);
            prop_assert!(one.low <= one.ratio.unwrap() && one.ratio <= one.high);
        }

        #[test]
        fn more_of_the_same_is_surer(a in 1_u32..20, b in 1_u32..20) {
            let (few, many) = (ratio(a, 1.0, b, 1.0).unwrap(), ratio(a * 9, 1.0, b * 9, 1.0).unwrap());
            prop_assert!(many.low >= few.low && many.high <= few.high);
        }
    }
}
