//! What records come to over time: rates with their uncertainty, run and control charts, whether
//! something holds; and what they say together: patterns, cohorts, drift, work done in time.
//!
//! Invariant: pure. No clock, no randomness, no I/O; every figure is a function of the facts it is
//! given (where people are shuffled, always by the same shuffles), and every rule names its source. Nothing here compares one person with another.

pub mod adds;
pub mod chart;
pub mod cohort;
pub mod control;
pub mod cusum;
pub mod drift;
pub mod facts;
pub mod figure;
pub mod hold;
pub mod interval;
pub mod judge;
pub mod measure;
pub mod pattern;
pub mod period;
pub mod rare;
pub mod ratio;
pub mod run;
pub mod scan;
pub mod tell;
pub mod timely;

#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod measure_tests;
#[cfg(test)]
mod tests;
