//! What repeats: patterns with their dated chains, drift, cohorts and work done in time.
//!
//! `list` and `one` show patterns, `chain` their line of dates, `counted` what its links
//! count, `retrain` begins the retraining,
//! `drift`, `cohorts` and `timely` the other questions. Invariant: every figure says how many of how
//! many and opens the records behind it; nobody is ranked.

mod chain;
mod cohorts;
mod counted;
mod drift;
mod list;
mod one;
mod retrain;
mod timely;
pub mod words;

pub use chain::{ChainSection, link_words, said, strength};
pub use cohorts::CohortsPage;
pub use counted::CountedPage;
pub use drift::{DriftBehindPage, DriftPage};
pub use list::PatternsPage;
pub use one::PatternPage;
pub use retrain::RetrainPage;
pub use timely::TimelyPage;
