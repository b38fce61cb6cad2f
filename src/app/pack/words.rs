//! Who is called what in a pack: by name, or by a number where names are to be left out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use crate::app::i18n::{t, t_args};

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
                text = replace_word(&text, &part, &self.of(*person));
            }
        }
        text
    }

    /// Whether a line may stand in the pack: not where it names somebody who is to be left out.
    ///
    /// What people wrote is looked through as it reads, not as JSON writes it: `\u00e9` is an é, and a
    /// short name is not found in the name of a member.
    pub fn may_show(&self, line: &str) -> bool {
        if self.shown {
            return true;
        }
        let parts: Vec<String> = self.known.values().flat_map(|name| parts(name)).collect();
        let names = |text: &str| parts.iter().any(|part| find_word(text, part, 0).is_some());
        match serde_json::from_str::<Value>(line) {
            Ok(value) => !any_text(&value, &names),
            Err(_) => !names(line),
        }
    }
}

/// Whether any text in a value is as asked. Ids are not words: parts of them only look like it.
fn any_text(value: &Value, asked: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => text.parse::<Uuid>().is_err() && asked(text),
        Value::Array(values) => values.iter().any(|value| any_text(value, asked)),
        Value::Object(members) => members.values().any(|value| any_text(value, asked)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The whole name first, then its parts. A part of one letter is an initial: alone it is a name only
/// with a full stop after it.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let whole = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    let words = name.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty());
    let words = words.map(|word| if is_initial(word) { format!("{word}.") } else { word.to_owned() });
    let mut longest_first: Vec<String> = words.collect();
    longest_first.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    whole.into_iter().chain(longest_first)
}

/// One letter of an alphabet. A sign of a script that writes a word with one is a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| !is_mark(*c));
    letters.next().is_some_and(|letter| letter.is_lowercase() || letter.is_uppercase())
        && letters.next().is_none()
}

/// A letter as it is compared: small, and without its accents.
fn folded(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().filter(|c| !is_mark(*c)).flat_map(|c| {
        let (base, second) = without_accent(c);
        [Some(base), second].into_iter().flatten()
    })
}

/// An accent that stands by itself behind its letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// A small Latin letter without what is written around it; a few become two.
fn without_accent(c: char) -> (char, Option<char>) {
    const LETTERS: [(char, &str); 24] = [
        ('a', "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặ"),
        ('b', "ƀɓ"),
        ('c', "çćĉċč"),
        ('d', "ďđðɖɗ"),
        ('e', "èéêëēĕėęěȅȇȩẹẻẽếềểễệ"),
        ('g', "ĝğġģǧǵ"),
        ('h', "ĥħȟ"),
        ('i', "ìíîïĩīĭįıǐȉȋỉị"),
        ('j', "ĵǰ"),
        ('k', "ķǩ"),
        ('l', "ĺļľŀł"),
        ('m', "ḿ"),
        ('n', "ñńņňŉǹ"),
        ('o', "òóôõöøōŏőơǒǫȍȏȫȭȯọỏốồổỗộớờởỡợ"),
        ('p', "ṕ"),
        ('r', "ŕŗřȑȓ"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"),
        ('v', "ṽ"),
        ('w', "ŵẁẃẅ"),
        ('x', "ẋẍ"),
        ('y', "ýÿŷȳẏỳỵỷỹ"),
        ('z', "źżžƶ"),
    ];
    match c {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        c if c.is_ascii() => (c, None),
        c => (LETTERS.iter().find(|(_, with)| with.contains(c)).map_or(c, |(base, _)| *base), None),
    }
}

/// Where `word` stands in `text` as a word of its own, whatever its case and accents.
fn find_word(text: &str, word: &str, from: usize) -> Option<(usize, usize)> {
    let wanted: Vec<char> = word.chars().flat_map(folded).collect();
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_mark(c));
    let mut before = text.get(..from)?.chars().next_back();
    for (at, first) in text.get(from..)?.char_indices() {
        let rest = text.get(from + at..)?;
        if !is_part(before)
            && let Some(end) = matched(rest, &wanted)
            && !(wanted.last().is_some_and(|last| last.is_alphanumeric())
                && is_part(rest.get(end..).and_then(|after| after.chars().next())))
        {
            return Some((from + at, from + at + end));
        }
        before = Some(first);
    }
    None
}

/// How much of the beginning of a text reads as these folded letters, accents behind them included.
fn matched(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    let mut end = 0;
    if left.is_empty() {
        return None;
    }
    for (offset, c) in text.char_indices() {
        if left.is_empty() && !is_mark(c) {
            break;
        }
        for letter in folded(c) {
            left = left.split_first().filter(|(first, _)| **first == letter)?.1;
        }
        end = offset + c.len_utf8();
    }
    left.is_empty().then_some(end)
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
