//! Who is called what in a pack: by name, or by a number where names are to be left out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use uuid::Uuid;

use crate::app::i18n::{t, t_args};

/// Shorter parts of a name stand in too many other words to be taken out of texts.
const SHORTEST: usize = 3;

pub struct Names<'a> {
    known: &'a BTreeMap<Uuid, String>,
    shown: bool,
    /// In the order in which people come up.
    numbers: RefCell<Vec<Uuid>>,
}

impl<'a> Names<'a> {
    pub fn new(known: &'a BTreeMap<Uuid, String>, shown: bool) -> Names<'a> {
        Names { known, shown, numbers: RefCell::default() }
    }

    /// A name, or "Staff 3".
    pub fn of(&self, person: Uuid) -> String {
        if self.shown {
            let name = self.known.get(&person).filter(|name| !name.is_empty());
            return name.cloned().unwrap_or_else(|| t("pack-somebody"));
        }
        let mut numbers = self.numbers.borrow_mut();
        let at = numbers.iter().position(|known| *known == person).unwrap_or_else(|| {
            numbers.push(person);
            numbers.len() - 1
        });
        t_args("pack-staff", &[("n", u64::try_from(at + 1).unwrap_or(1).into())])
    }

    /// A text with the names of staff taken out of it, where they are to be left out.
    pub fn text(&self, text: &str) -> String {
        if self.shown {
            return text.to_owned();
        }
        let mut text = text.to_owned();
        for (person, name) in self.known {
            for part in parts(name) {
                text = replace_word(&text, part, &self.of(*person));
            }
        }
        text
    }

    /// Whether a line may stand in the pack: not where it names somebody who is to be left out.
    pub fn may_show(&self, line: &str) -> bool {
        self.shown
            || !self.known.values().any(|name| parts(name).any(|part| find_word(line, part, 0).is_some()))
    }
}

/// The whole name first, then its parts.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let whole = Some(name.trim()).filter(|name| !name.is_empty());
    let words = name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    whole.into_iter().chain(words.filter(|word| word.chars().count() >= SHORTEST))
}

/// Where `word` stands in `text` as a word of its own, in whatever case.
fn find_word(text: &str, word: &str, from: usize) -> Option<(usize, usize)> {
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut before = text.get(..from)?.chars().next_back();
    for (at, first) in text.get(from..)?.char_indices() {
        let rest = text.get(from + at..)?;
        let mut end = rest.len();
        let mut matched = 0;
        for (offset, c) in rest.char_indices() {
            if matched == wanted.len() {
                end = offset;
                break;
            }
            let lower: Vec<char> = c.to_lowercase().collect();
            if wanted.get(matched..matched + lower.len()) != Some(lower.as_slice()) {
                matched = usize::MAX;
                break;
            }
            matched += lower.len();
        }
        if matched == wanted.len() && !wanted.is_empty() {
            let after = rest.get(end..).and_then(|after| after.chars().next());
            if !is_part(before) && !is_part(after) {
                return Some((from + at, from + at + end));
            }
        }
        before = Some(first);
    }
    None
}

fn replace_word(text: &str, word: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((start, end)) = find_word(text, word, from) {
        out.push_str(text.get(from..start).unwrap_or_default());
        out.push_str(with);
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
