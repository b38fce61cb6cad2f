//! What one record adds to a share that it is counted in, so that whoever opens "2 of 5" sees which two.
//!
//! Invariant: added up over what a figure opens, it is the figure.

use super::measure::{Measure, SAFETY_PLAN, Unit};
use crate::practice::told::Told;
use crate::practice::verdict::Verdict;

/// So many of so many, by a record's result, marks and numbers. Only of shares of records, and only for a
/// record that is behind one.
#[must_use]
pub fn adds(measure: Measure, met: Option<bool>, verdict: &Verdict, told: &Told) -> Option<(f64, f64)> {
    let one = |counts: bool| Some((f64::from(u8::from(counts)), 1.0));
    match measure {
        _ if measure.unit() != Unit::Share => None,
        Measure::PassRate | Measure::SimulatedMet | Measure::PaperMet => one(met == Some(true)),
        Measure::HandoffComplete => one(verdict.is_whole()),
        Measure::SafetyPlanUnknown => one(verdict.unknown.iter().any(|item| item == SAFETY_PLAN)),
        _ => measure.part(f64::from(verdict.met), f64::from(verdict.not_met), &told.numbers),
    }
}
