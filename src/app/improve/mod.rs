//! Improvements (PDSA), with what is done at a site while they run, and the programme's
//! self-assessment (DOMAIN A1, C5, E1).
//!
//! `begin` opens one, `view` shows and stages it, `assess` takes the assessment, `compare` sets those
//! of a programme side by side. Invariant: what is done is told by records; a stage is words.

mod assess;
mod begin;
mod compare;
mod view;
mod words;

pub use assess::AssessPage;
pub use begin::ImprovePage;
pub use compare::{AssessmentsPage, Compared};
pub use view::{Improvement, foot};
