//! What records come to over time: rates with their uncertainty, run and control charts, whether
//! something holds.
//!
//! Invariant: pure. No clock, no randomness, no I/O; every figure is a function of the facts it is
//! given, and every rule names its source. Nothing here compares one person with another.

pub mod chart;
pub mod control;
pub mod facts;
pub mod figure;
pub mod hold;
pub mod interval;
pub mod measure;
pub mod period;
pub mod run;
pub mod tell;

#[cfg(test)]
mod measure_tests;
#[cfg(test)]
mod tests;
