//! What the records come to: charts over time, the month for governance, what holds, items that never
//! tell anything, and the records behind a figure.
//!
//! `words` says it, `plot` draws it, the others are pages. Invariants: every figure says its method
//! and its numbers, opens the records behind it, and stands in a table as well as in the drawing; no
//! page ranks people.

mod behind;
mod dashboard;
mod holds;
mod items;
mod lens;
mod month;
mod plot;
mod review;
mod words;

pub use behind::{BehindPage, ThemePage};
pub use dashboard::InsightPage;
pub use holds::HoldsPage;
pub use items::ItemsPage;
pub use month::MonthPage;
pub use review::{look_at, review_page};
pub use words::{broken, figure_then, looks, missing, stand, summary, tick, why};
