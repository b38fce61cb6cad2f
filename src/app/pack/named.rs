//! Where a text names somebody.
//!
//! Invariant: a word of `ordinary.txt` is taken for a name only where it is written as one, since a number in
//! the place of every "tan" would tell whose name that is. What cannot be told apart stays as it
//! was typed; the pack says so.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::practice::shown::{folded, is_mark};

/// English and Spanish words that people are called by, too.
const ORDINARY: &str = include_str!("ordinary.txt");
/// The next word is somebody.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "dra",
    "prof",
    "nurse",
    "sr",
    "sra",
    "srta",
    "don",
    "dona",
    "enf",
    "enfermera",
    "enfermero",
    "lic",
    "senor",
    "senora",
];
/// The most characters between two words of one name: a comma and a space, a full stop and a space.
const GAP: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Not in `ordinary.txt`: a name in capitals and in small letters.
    Name,
    /// One letter, with a full stop after it.
    Initial,
    /// An ordinary word of the pack's language: at the start of a sentence its capital says nothing.
    Word,
    /// An ordinary word of the other language only.
    Foreign,
    /// A word that English writes with a capital wherever it stands: "May".
    Capital,
    /// "de la" inside a name: a name alone only behind a title. As a name's first or last part it is a word.
    Particle,
}

#[derive(Clone, Debug)]
struct Part {
    folded: String,
    kind: Kind,
}

/// The names that are looked for.
pub struct Known<K> {
    people: Vec<(K, Vec<Part>)>,
}

/// Where a name stands, and whose it is; `None` where it may be any of several people's.
pub struct Hit<K> {
    pub at: Range<usize>,
    pub whose: Option<K>,
}

struct Word {
    at: Range<usize>,
    folded: String,
    capital: bool,
    /// In capitals throughout.
    shouted: bool,
}

fn fold(text: &str) -> String {
    text.chars().flat_map(folded).collect()
}

/// One letter of an alphabet. A sign of a script that writes a word with one is a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_mark(*c));
    letters.next().is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase())
        && letters.next().is_none()
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    let ends = text.char_indices().map(|(at, c)| (at, is_part(c))).chain([(text.len(), false)]);
    for (at, inside) in ends {
        match (from, inside) {
            (None, true) => from = Some(at),
            (Some(begin), false) => {
                let said = text.get(begin..at).unwrap_or_default();
                words.push(Word {
                    at: begin..at,
                    folded: fold(said),
                    // A script without small letters has no capitals either.
                    capital: said.chars().next().is_some_and(|c| !c.is_lowercase()),
                    shouted: said.chars().filter(|c| c.is_uppercase()).count() > 1
                        && !said.chars().any(char::is_lowercase),
                });
                from = None;
            }
            _ => {}
        }
    }
    words
}

/// What each ordinary word is, for a pack in a language.
fn ordinary(lang: &str) -> BTreeMap<String, Kind> {
    let mut kinds = BTreeMap::new();
    let mut kind = Kind::Foreign;
    for line in ORDINARY.lines() {
        if let Some(section) = line.strip_prefix("# ") {
            kind = match section {
                "particles" => Kind::Particle,
                "always capital" => Kind::Capital,
                section if section == lang => Kind::Word,
                _ => Kind::Foreign,
            };
            continue;
        }
        for word in line.split_whitespace() {
            let known = kinds.entry(fold(word)).or_insert(kind);
            if kind != Kind::Foreign {
                *known = kind;
            }
        }
    }
    kinds
}

impl<K: Copy + PartialEq> Known<K> {
    pub fn new<'a>(names: impl Iterator<Item = (K, &'a str)>, lang: &str) -> Known<K> {
        let ordinary = ordinary(lang);
        let part = |said: &str, inside: bool| {
            let folded = fold(said);
            let kind = match ordinary.get(&folded) {
                _ if is_initial(said) => Kind::Initial,
                Some(Kind::Particle) if !inside => Kind::Word,
                Some(kind) => *kind,
                None => Kind::Name,
            };
            Part { folded, kind }
        };
        let parts = |name: &str| -> Vec<Part> {
            let said: Vec<&str> = name.split(|c: char| !is_part(c)).filter(|said| !said.is_empty()).collect();
            let inside = |at: usize| at > 0 && at.saturating_add(1) < said.len();
            said.iter().enumerate().map(|(at, said)| part(said, inside(at))).collect()
        };
        let mut people: Vec<_> = names.map(|(whose, name)| (whose, parts(name))).collect();
        // The longest name first: part of it may be somebody else's.
        people.sort_by_key(|(_, parts)| std::cmp::Reverse(parts.len()));
        Known { people }
    }

    /// Every name in a text, from its beginning to its end; none overlaps another.
    pub fn find(&self, text: &str) -> Vec<Hit<K>> {
        let words = words(text);
        let mut taken = vec![false; words.len()];
        let mut hits = Vec::new();
        for (whose, parts) in self.people.iter().filter(|(_, parts)| parts.len() > 1) {
            for first in 0..words.len() {
                let Some(run) = words.get(first..first.saturating_add(parts.len())) else { break };
                let free = taken.iter().skip(first).take(run.len()).all(|taken| !taken);
                if free && is_whole(text, run, parts) {
                    taken.iter_mut().skip(first).take(run.len()).for_each(|taken| *taken = true);
                    let (Some(one), Some(last)) = (run.first(), run.last()) else { continue };
                    let namesake =
                        self.people.iter().any(|(other, its)| other != whose && is_same(its, parts));
                    let whose = (!namesake).then_some(*whose);
                    hits.push(Hit { at: one.at.start..last.at.end, whose });
                }
            }
        }
        for (n, word) in words.iter().enumerate().filter(|(n, _)| taken.get(*n) == Some(&false)) {
            let context = Context { text, words: &words, n };
            let named: Vec<_> = self
                .people
                .iter()
                .filter_map(|(whose, parts)| context.name_of(word, *whose, parts))
                .collect();
            let Some(kind) = named.first().map(|one| one.kind) else { continue };
            let end = word.at.end.saturating_add(usize::from(kind == Kind::Initial));
            hits.push(Hit { at: word.at.start..end, whose: only_one(&named) });
        }
        hits.sort_by_key(|hit| hit.at.start);
        hits
    }
}

/// One of those whose name a word may be.
struct Named<K> {
    whose: K,
    kind: Kind,
    /// Another part of the same name stands beside it.
    beside: bool,
}

/// Whose of them it is: another part of the name beside it tells those apart who share this one.
fn only_one<K: Copy>(named: &[Named<K>]) -> Option<K> {
    let by_neighbour = |one: &&Named<K>| one.beside;
    let mut told = named.iter().filter(by_neighbour);
    match (told.next(), told.next(), named) {
        (Some(one), None, _) | (None, _, [one]) => Some(one.whose),
        _ => None,
    }
}

fn is_same(one: &[Part], other: &[Part]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.folded == other.folded)
}

/// Whether two words can belong to one name, by what stands between them.
fn are_neighbours(text: &str, one: &Word, next: &Word) -> bool {
    let between = text.get(one.at.end..next.at.start).unwrap_or_default();
    let initial = one.folded.chars().count() == 1;
    between.chars().count() <= GAP
        && between.chars().all(|c| !matches!(c, '!' | '?' | ':' | ';' | '\n') && (c != '.' || initial))
}

/// Whether these words are a name from its first part to its last. Ordinary words among them are written as
/// names are, or the whole is in small letters and holds some part that is nothing but a name.
fn is_whole(text: &str, run: &[Word], parts: &[Part]) -> bool {
    let same = run.iter().zip(parts).all(|(word, part)| word.folded == part.folded);
    let together = run.windows(2).all(|two| matches!(two, [one, next] if are_neighbours(text, one, next)));
    if !same || !together {
        return false;
    }
    let ordinary = |part: &Part| matches!(part.kind, Kind::Word | Kind::Foreign | Kind::Capital);
    let capitals = run.iter().zip(parts).all(|(word, part)| word.capital || !ordinary(part));
    let small = run.iter().all(|word| !word.capital);
    capitals || (small && parts.iter().any(|part| part.kind == Kind::Name))
}

struct Context<'a> {
    text: &'a str,
    words: &'a [Word],
    n: usize,
}

impl Context<'_> {
    fn before(&self) -> Option<&Word> {
        self.words.get(self.n.checked_sub(1)?)
    }

    fn after(&self) -> Option<&Word> {
        self.words.get(self.n.saturating_add(1))
    }

    /// What this word is in somebody's name, where it is a part of it.
    fn name_of<K>(&self, word: &Word, whose: K, parts: &[Part]) -> Option<Named<K>> {
        let mut same = parts.iter().enumerate().filter(|(_, part)| part.folded == word.folded);
        let (at, part) = same.find(|(at, part)| self.is_named(word, parts, *at, part.kind))?;
        Some(Named { whose, kind: part.kind, beside: self.beside_a_part(word, parts, at) })
    }

    /// Whether this word is part `at` of a name, and not only the same letters.
    fn is_named(&self, word: &Word, parts: &[Part], at: usize, kind: Kind) -> bool {
        if kind == Kind::Name {
            return true;
        }
        if !word.capital {
            return false;
        }
        if kind == Kind::Particle {
            return self.after_a_title(word);
        }
        if kind == Kind::Initial {
            let after = self.text.get(word.at.end..).unwrap_or_default();
            let goes_on = |rest: &str| rest.trim_start().chars().next().is_some_and(char::is_lowercase);
            return after
                .strip_prefix('.')
                .is_some_and(|rest| goes_on(rest) || self.beside_a_part(word, parts, at));
        }
        if self.after_a_title(word) || self.beside_a_part(word, parts, at) {
            return true;
        }
        match kind {
            Kind::Word => !self.begins_a_sentence(word) && !self.is_among_capitals(word),
            Kind::Foreign => !self.is_among_capitals(word),
            Kind::Name | Kind::Initial | Kind::Capital | Kind::Particle => false,
        }
    }

    fn after_a_title(&self, word: &Word) -> bool {
        self.before().is_some_and(|title| {
            let between = self.text.get(title.at.end..word.at.start).unwrap_or_default();
            TITLES.contains(&title.folded.as_str())
                && matches!(between, " " | ". " | "." | "\u{a0}" | ".\u{a0}")
        })
    }

    /// Another part of the same name stands beside it, in the order of the name or with a comma between.
    fn beside_a_part(&self, word: &Word, parts: &[Part], at: usize) -> bool {
        let is = |other: &Word, in_order: &dyn Fn(usize) -> bool, comma: bool| {
            let part = |(n, part): (usize, &Part)| {
                n != at
                    && part.kind != Kind::Particle
                    && part.folded == other.folded
                    && (in_order(n) || comma)
            };
            other.capital && parts.iter().enumerate().any(part)
        };
        let comma = |one: &Word, next: &Word| {
            self.text.get(one.at.end..next.at.start).is_some_and(|between| between.contains(','))
        };
        let before = self.before().filter(|one| are_neighbours(self.text, one, word));
        let after = self.after().filter(|next| are_neighbours(self.text, word, next));
        before.is_some_and(|one| is(one, &|n| n < at, comma(one, word)))
            || after.is_some_and(|next| is(next, &|n| n > at, comma(word, next)))
    }

    /// Whether its capital may come from where it stands.
    fn begins_a_sentence(&self, word: &Word) -> bool {
        let before = self.text.get(..word.at.start).unwrap_or_default();
        for c in before.chars().rev() {
            match c {
                '\n' | '.' | '!' | '?' | '…' | ':' | ';' | '·' | '•' | '*' | '¿' | '¡' | '"' | '“' | '«'
                | '‘' => return true,
                c if c.is_whitespace() => {}
                _ => return false,
            }
        }
        true
    }

    /// Where everything is in capitals, they say nothing.
    fn is_among_capitals(&self, word: &Word) -> bool {
        let shouted = |other: Option<&Word>| other.is_some_and(|other| other.shouted);
        word.shouted && (shouted(self.before()) || shouted(self.after()))
    }
}

#[cfg(test)]
#[path = "named_tests.rs"]
mod tests;
