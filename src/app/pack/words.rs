//! Who is called what in a pack: by name, or by a number where names are to be left out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::named::Known;
use crate::app::i18n::{lang, t, t_args};

pub struct Names<'a> {
    known: &'a BTreeMap<Uuid, String>,
    /// How those are shown who look like somebody else.
    told_apart: Option<&'a BTreeMap<Uuid, String>>,
    shown: bool,
    finder: Known<Uuid>,
    /// In the order in which people come up.
    numbers: RefCell<Vec<Uuid>>,
}

impl<'a> Names<'a> {
    pub fn new(known: &'a BTreeMap<Uuid, String>, shown: bool) -> Names<'a> {
        let named = known.iter().filter(|_| !shown).map(|(person, name)| (*person, name.as_str()));
        let finder = Known::new(named, lang().tag());
        Names { known, told_apart: None, shown, finder, numbers: RefCell::default() }
    }

    /// With what tells those apart who look alike.
    pub fn shown_as(self, told_apart: &'a BTreeMap<Uuid, String>) -> Names<'a> {
        Names { told_apart: Some(told_apart), ..self }
    }

    /// A name, or "Staff 3".
    pub fn of(&self, person: Uuid) -> String {
        if self.shown {
            let told_apart = self.told_apart.and_then(|all| all.get(&person));
            let name = told_apart.or_else(|| self.known.get(&person)).filter(|name| !name.is_empty());
            return name.cloned().unwrap_or_else(|| t("pack-somebody"));
        }
        let mut numbers = self.numbers.borrow_mut();
        let at = numbers.iter().position(|known| *known == person).unwrap_or_else(|| {
            numbers.push(person);
            numbers.len() - 1
        });
        t_args("pack-staff", &[("n", u64::try_from(at + 1).unwrap_or(1).into())])
    }

    /// Whether staff are named.
    pub fn are_shown(&self) -> bool {
        self.shown
    }

    /// A text with the names of staff taken out of it, where they are to be left out.
    pub fn text(&self, text: &str) -> String {
        if self.shown {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for hit in self.finder.find(text) {
            out.push_str(text.get(from..hit.at.start).unwrap_or_default());
            out.push_str(&hit.whose.map_or_else(|| t("pack-somebody"), |whose| self.of(whose)));
            from = hit.at.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    /// Whether a line may stand in the pack: not where it names somebody who is to be left out.
    ///
    /// What people wrote is looked through as it reads, not as JSON writes it: `\u00e9` is an é, and a
    /// short name is not found in the name of a member.
    pub fn may_show(&self, line: &str) -> bool {
        if self.shown {
            return true;
        }
        let names = |text: &str| !self.finder.find(text).is_empty();
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
