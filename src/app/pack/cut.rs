//! How much of everything stands on the first two pages, so that they are two on A4 and on US Letter.
//!
//! Invariant: the least cut that fits is taken, and the last fits whatever was typed; what is cut stands
//! whole behind these pages, and they say so.

use std::cell::Cell;

use super::paper;

/// The first pages.
const PAGES: usize = 2;

/// So many rows of each kind, and so many letters of each.
#[derive(Clone, Copy, Debug)]
struct Least {
    misses: usize,
    told: usize,
    said: usize,
    newest: usize,
    letters: usize,
    /// Whether the months are drawn there.
    drawn: bool,
}

const LADDER: [Least; 9] = [
    Least { misses: 6, told: 4, said: 3, newest: 4, letters: 600, drawn: true },
    Least { misses: 6, told: 4, said: 3, newest: 4, letters: 280, drawn: true },
    Least { misses: 5, told: 3, said: 3, newest: 3, letters: 240, drawn: true },
    Least { misses: 5, told: 3, said: 2, newest: 2, letters: 200, drawn: true },
    Least { misses: 4, told: 2, said: 2, newest: 2, letters: 160, drawn: true },
    Least { misses: 3, told: 2, said: 1, newest: 1, letters: 140, drawn: true },
    Least { misses: 3, told: 1, said: 1, newest: 1, letters: 100, drawn: true },
    Least { misses: 2, told: 1, said: 1, newest: 1, letters: 80, drawn: false },
    Least { misses: 1, told: 1, said: 1, newest: 0, letters: 40, drawn: false },
];

/// What a list is of: each has its own share of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// Items that were missed.
    Misses,
    /// Restrictions, chains, verdicts, shares.
    Told,
    /// Words of coaching.
    Said,
    /// Dated steps.
    Newest,
}

pub struct Cut {
    least: Option<Least>,
    shortened: Cell<bool>,
}

impl Cut {
    /// Nothing is cut.
    pub fn none() -> Cut {
        Cut { least: None, shortened: Cell::new(false) }
    }

    pub fn most(&self, rows: Rows) -> usize {
        self.least.map_or(usize::MAX, |least| match rows {
            Rows::Misses => least.misses,
            Rows::Told => least.told,
            Rows::Said => least.said,
            Rows::Newest => least.newest,
        })
    }

    pub fn is_drawn(&self) -> bool {
        self.least.is_none_or(|least| least.drawn)
    }

    /// A text as it stands here, with `…` where it is shortened.
    pub fn text(&self, text: &str) -> String {
        let short = self.least.and_then(|least| shortened(text, least.letters));
        if short.is_some() {
            self.shortened.set(true);
        }
        short.unwrap_or_else(|| text.to_owned())
    }

    /// Whether a text stands here whole.
    pub fn is_whole(&self, text: &str) -> bool {
        self.least.is_none_or(|least| text.chars().count() <= least.letters)
    }

    /// Whether anything was shortened.
    pub fn has_shortened(&self) -> bool {
        self.shortened.get()
    }
}

/// The first letters of a text that has more, up to the end of a word where one is near.
pub fn shortened(text: &str, letters: usize) -> Option<String> {
    text.char_indices().nth(letters)?;
    let (end, _) = text.char_indices().nth(letters.saturating_sub(1))?;
    let kept = text.get(..end).unwrap_or_default();
    let word = kept.rfind(' ').filter(|at| at.saturating_mul(2) > kept.len());
    Some(format!("{}…", kept.get(..word.unwrap_or(end)).unwrap_or_default().trim_end()))
}

/// The first pages as they fit, behind what stands on them already.
pub fn fitted(before: &str, write: impl Fn(&Cut) -> String) -> (String, Cut) {
    let mut ladder = LADDER.iter();
    loop {
        let least = ladder.next().copied();
        let cut = Cut { least: least.or(LADDER.last().copied()), shortened: Cell::new(false) };
        let page = write(&cut);
        if least.is_none() || paper::pages(&format!("{before}{page}")) <= PAGES {
            return (page, cut);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_a_word_and_says_so() {
        assert_eq!(shortened("Count at the change", 19), None);
        assert_eq!(shortened("Count at the change of shift", 19).as_deref(), Some("Count at the…"));
        assert_eq!(shortened("Zusammenzählen", 6).as_deref(), Some("Zusam…"));
        assert_eq!(shortened("é é é", 2).as_deref(), Some("é…"));
    }

    #[test]
    fn what_fits_is_not_cut() {
        let text = "Two late calls ".repeat(20);
        let (page, cut) = fitted("", |cut| format!("<p>{}</p>", cut.text(&text)));
        assert!(page.contains(&text) && !cut.has_shortened() && cut.most(Rows::Misses) == 6);
        let many = |cut: &Cut| format!("<p>{}</p>", cut.text(&text)).repeat(40);
        let (page, cut) = fitted("", many);
        assert!(paper::pages(&page) <= 2 && cut.has_shortened());
    }
}
