//! Names as people read and search them: folded to a key, told apart where they look alike, and kept
//! from turning the sentence around them.
//!
//! Invariant: [`tell_apart`] never gives two ids the same text, and every list, search and print takes
//! names from here.

use std::collections::BTreeMap;

use unicode_normalization::char::decompose_compatible;
use uuid::Uuid;

/// Stands between a name and what tells it apart.
const BETWEEN: &str = " · ";
/// From here to [`END_OF_ISOLATE`] a text has a direction of its own (Unicode Standard Annex 9).
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

/// A name as it is searched and sorted by: compatibility forms taken apart, without marks, apostrophes
/// and signs that nobody sees, in small letters, each run of spaces and hyphens as one space.
#[must_use]
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for letter in name.chars().flat_map(folded) {
        if letter != ' ' || !(key.is_empty() || key.ends_with(' ')) {
            key.push(letter);
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// A letter as [`key`] writes it: none, one or several.
pub fn folded(letter: char) -> impl Iterator<Item = char> {
    let (one, several) = match letter {
        '\'' | '`' => (None, Vec::new()),
        '-' => (Some(' '), Vec::new()),
        space if space.is_ascii_whitespace() => (Some(' '), Vec::new()),
        control if control.is_ascii_control() => (None, Vec::new()),
        ascii if ascii.is_ascii() => (Some(ascii.to_ascii_lowercase()), Vec::new()),
        other => (None, folded_beyond_ascii(other)),
    };
    one.into_iter().chain(several)
}

fn folded_beyond_ascii(letter: char) -> Vec<char> {
    let mut letters = Vec::new();
    // These fall apart into a space or a point and a mark.
    match letter {
        '´' | '¨' | '¯' | '¸' => return letters,
        'Ŀ' | 'ŀ' => return vec!['l'],
        _ => {}
    }
    decompose_compatible(letter, |part| {
        for small in part.to_lowercase() {
            if is_hidden(small) || is_mark(small) || matches!(small, '\u{200c}' | '\u{200d}') {
                continue;
            }
            match small {
                '\'' | '`' | '‘' | '’' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '·' =>
                    {}
                '‐'..='―' | '−' | '-' => letters.push(' '),
                space if space.is_whitespace() => letters.push(' '),
                other => match LETTERS.iter().find(|(own, _)| *own == other) {
                    Some((_, plain)) => letters.extend(plain.chars()),
                    None => letters.push(other),
                },
            }
        }
    });
    letters
}

/// Small letters that Unicode does not take apart, and how they are typed without them.
const LETTERS: [(char, &str); 37] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ð', "d"),
    ('đ', "d"),
    ('ɖ', "d"),
    ('ɗ', "d"),
    ('ł', "l"),
    ('ƚ', "l"),
    ('ɫ', "l"),
    ('ø', "o"),
    ('ɔ', "o"),
    ('ı', "i"),
    ('ɨ', "i"),
    ('ȷ', "j"),
    ('ħ', "h"),
    ('ŋ', "n"),
    ('ɲ', "n"),
    ('ƞ', "n"),
    ('ŧ', "t"),
    ('ƭ', "t"),
    ('ƶ', "z"),
    ('ƀ', "b"),
    ('ɓ', "b"),
    ('ƈ', "c"),
    ('ə', "e"),
    ('ǝ', "e"),
    ('ɛ', "e"),
    ('ƒ', "f"),
    ('ǥ', "g"),
    ('ɠ', "g"),
    ('ƙ', "k"),
    ('ĸ', "k"),
    ('ƥ', "p"),
    ('ƴ', "y"),
    ('ς', "σ"),
];

/// Letters of other scripts, and signs, that look like a small Latin letter.
const LOOK_ALIKES: [(char, char); 27] = [
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('н', 'h'),
    ('і', 'l'),
    ('ӏ', 'l'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('α', 'a'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('ν', 'v'),
    ('ι', 'l'),
    ('i', 'l'),
    ('1', 'l'),
    ('|', 'l'),
    ('0', 'o'),
];

/// What two names have in common that nobody can tell apart by eye.
fn look(name: &str) -> String {
    let like =
        |letter| LOOK_ALIKES.iter().find(|(own, _)| *own == letter).map_or(letter, |(_, latin)| *latin);
    key(name).chars().map(like).collect()
}

/// A mark that stands above, below or in a letter, and that search forgives: of Latin, Greek and
/// Cyrillic letters, and the vowel points of Hebrew and Arabic.
#[must_use]
pub fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}'
        | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// A sign that a new name may not have, because nobody sees it and it changes what stands around it:
/// control letters, ends of lines, direction letters and what takes no room. The two joiners that Persian
/// and Indian names are written with are none of these.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || is_direction(letter)
        || matches!(letter,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2028}' | '\u{2029}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A letter that turns the text after it (Unicode Standard Annex 9).
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a new name has a sign that nobody sees.
#[must_use]
pub fn has_hidden(name: &str) -> bool {
    name.chars().any(is_hidden)
}

/// Whether nothing of a name would be seen.
#[must_use]
pub fn is_blank(name: &str) -> bool {
    key(name).is_empty() && !name.chars().any(|letter| letter.is_ascii_graphic())
}

/// A name without the signs that nobody sees: an older version took them.
#[must_use]
pub fn clean(name: &str) -> String {
    let seen = |letter: char| {
        if letter.is_whitespace() { Some(' ') } else { Some(letter).filter(|c| !is_hidden(*c)) }
    };
    let words: String = name.chars().filter_map(seen).collect();
    words.trim().to_owned()
}

/// A text as it goes into a sentence: where it runs from right to left, or would turn what comes after
/// it, it keeps that to itself. Any other text stays as it is.
#[must_use]
pub fn isolate(text: &str) -> String {
    let steers = text.chars().any(is_direction);
    if !steers && !text.chars().any(is_right_to_left) {
        return text.to_owned();
    }
    let inner: String = if steers && !is_balanced(text) {
        text.chars().filter(|letter| !is_direction(*letter)).collect()
    } else {
        text.to_owned()
    };
    if inner.chars().any(is_right_to_left) { format!("{ISOLATE}{inner}{END_OF_ISOLATE}") } else { inner }
}

/// Whether the only direction letters are isolates that this module wrote: each of them ends.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_u32;
    for letter in text.chars().filter(|letter| is_direction(*letter)) {
        match letter {
            ISOLATE => open = open.saturating_add(1),
            END_OF_ISOLATE if open > 0 => open = open.saturating_sub(1),
            _ => return false,
        }
    }
    open == 0
}

/// Letters of the scripts that run from right to left (the blocks that Unicode keeps for them).
fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Joins the parts that are not empty with ` · `, each in its own direction.
#[must_use]
pub fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(isolate).collect();
    parts.join(BETWEEN)
}

/// Whether every word that was typed stands in one of the texts, in any order, whatever its case, accents
/// and apostrophes.
#[must_use]
pub fn finds(typed: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| key(text)).collect();
    key(typed).split(' ').all(|word| texts.iter().any(|text| text.contains(word)))
}

/// Somebody or something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: Uuid,
    pub name: String,
    /// What tells it from others that look alike, the most telling first: a site, a programme.
    pub marks: Vec<String>,
}

/// A name as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The name, and after it [`Self::second`].
    pub shown: String,
    /// What tells it apart; empty where nothing looks like it.
    pub second: String,
}

/// Names of which no two look alike: each alone where nothing else looks like it, else with as many of
/// its marks as it takes, then the end of its id, then its whole id. In the order given.
#[must_use]
pub fn tell_apart(all: &[Named]) -> Vec<Shown> {
    let cleaned: Vec<(String, Vec<String>)> = all.iter().map(steps).collect();
    let mut levels: Vec<usize> = cleaned.iter().map(|(name, _)| usize::from(is_blank(name))).collect();
    let text = |at: usize, level: usize| -> Shown {
        let Some((name, seconds)) = cleaned.get(at) else { return Shown::default() };
        let second = level.checked_sub(1).and_then(|step| seconds.get(step)).cloned().unwrap_or_default();
        Shown { shown: join([name.as_str(), second.as_str()]), second }
    };
    let mut shown: Vec<Shown> = levels.iter().enumerate().map(|(at, level)| text(at, *level)).collect();
    loop {
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, one) in shown.iter().enumerate() {
            alike.entry(look(&one.shown)).or_default().push(at);
        }
        let mut moved = false;
        for at in alike.into_values().filter(|those| those.len() > 1).flatten() {
            let most = cleaned.get(at).map_or(0, |(_, seconds)| seconds.len());
            let (Some(level), Some(one)) = (levels.get_mut(at), shown.get_mut(at)) else { continue };
            if *level < most {
                *level = level.saturating_add(1);
                *one = text(at, *level);
                moved = true;
            }
        }
        if !moved {
            return shown;
        }
    }
}

/// A clean name and, step by step, what can be added to it.
fn steps(of: &Named) -> (String, Vec<String>) {
    let id = of.id.simple().to_string();
    let end = id.get(id.len().saturating_sub(4)..).unwrap_or_default().to_uppercase();
    let marks: Vec<String> = of.marks.iter().filter(|mark| !is_blank(mark)).cloned().collect();
    let mut seconds: Vec<String> =
        (1..=marks.len()).map(|most| join(marks.iter().take(most).map(String::as_str))).collect();
    for last in [end, id] {
        seconds.push(join(marks.iter().map(String::as_str).chain([last.as_str()])));
    }
    (clean(&of.name), seconds)
}

#[cfg(test)]
#[path = "shown_tests.rs"]
mod tests;
