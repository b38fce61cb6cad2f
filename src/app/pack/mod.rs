//! Evidence packs (DOMAIN D1): one self-contained page of weakness → standard → action → live checks
//! → governance review, with the lines behind it and a button that checks them anew, offline.
//!
//! `page` asks what it shall be about; `parts` writes the first pages and what stands behind them, from
//! `lines` (what was followed up, dated), `told` (what an outsider asks first), `figures` and `plot`, so much
//! of it as `cut` finds room for on two pages of `paper`;
//! `document` puts the file together, seals it and names it (`file`); `words` names people or leaves
//! their names out (`named` finds them in what was typed), `times` leaves out how long an item took. Invariant: what stands in the file comes
//! from the same lines that are in the file, and a name that was to be left out
//! stands nowhere in it where it can be told from an ordinary word.

mod cut;
mod document;
mod figures;
mod file;
mod html;
mod lines;
mod list;
mod named;
mod page;
mod paper;
mod parts;
mod plot;
mod scope;
mod times;
mod told;
mod words;

#[cfg(test)]
#[path = "page_tests.rs"]
mod page_tests;
#[cfg(test)]
mod paper_tests;
#[cfg(test)]
mod row_tests;
#[cfg(test)]
#[path = "tests.rs"]
mod tests;

pub use list::PacksPage;
pub use page::PackPage;
pub use scope::{about, link};
