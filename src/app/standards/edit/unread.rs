//! Limits as they are typed, where they are no number.
//!
//! Invariant: what could not be read never takes a limit away, and stays, with why, until it can be read or
//! its item is gone: also while the item is closed. Until then the page is not published.

use std::collections::BTreeMap;

use crate::practice::number::{self, Reading};
use crate::practice::standard::{Form, Item, Standard};
use crate::practice::text::Text;

/// An end of what a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    Least,
    Most,
}

impl End {
    pub const ALL: [End; 2] = [End::Least, End::Most];

    /// The id of its field.
    #[must_use]
    pub fn field(self, item: &str) -> String {
        match self {
            End::Least => format!("item-min-{item}"),
            End::Most => format!("item-max-{item}"),
        }
    }

    pub fn of(self, item: &mut Item) -> &mut Option<f64> {
        match self {
            End::Least => &mut item.min,
            End::Most => &mut item.max,
        }
    }
}

/// By item and end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(BTreeMap<(String, End), String>);

/// What was typed as a limit of an item, and what of it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub item: String,
    pub title: Text,
    pub end: End,
    pub read: Reading,
}

impl Unread {
    /// Notes what is typed; true where it is a number, or nothing.
    pub fn types(&mut self, item: &str, end: End, text: &str, read: Reading) -> bool {
        let key = (item.to_owned(), end);
        if matches!(read, Reading::Nothing | Reading::Number(_)) {
            self.0.remove(&key);
            return true;
        }
        self.0.insert(key, text.to_owned());
        false
    }

    /// What was typed at this end and could not be read.
    #[must_use]
    pub fn text(&self, item: &str, end: End) -> Option<String> {
        self.0.get(&(item.to_owned(), end)).cloned()
    }

    /// All that stands in the way, in the order of the page: of items that are there, and numbers.
    #[must_use]
    pub fn of(&self, standard: &Standard) -> Vec<Typed> {
        let items = standard.items.iter().chain(&standard.review).filter(|item| item.form == Form::Number);
        let typed = items.flat_map(|item| {
            End::ALL.into_iter().filter_map(|end| {
                let text = self.text(&item.id, end)?;
                let read = number::read(&text, item.number_kind());
                Some(Typed { item: item.id.clone(), title: item.text.clone(), end, read })
            })
        });
        typed.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard() -> Standard {
        let standard = crate::practice::starters::starters();
        let with_number = |one: &Standard| one.items.iter().any(|item| item.form == Form::Number);
        standard.into_iter().find(with_number).unwrap()
    }

    #[test]
    fn what_cannot_be_read_stands_in_the_way_until_it_can_and_takes_no_limit_away() {
        let mut standard = standard();
        let item = standard.items.iter_mut().find(|item| item.form == Form::Number).unwrap();
        (item.counted, item.part_of) = (Some(false), None);
        item.min = Some(10.0);
        let (id, kind) = (item.id.clone(), item.number_kind());
        let mut unread = Unread::default();
        let types =
            |unread: &mut Unread, text: &str| unread.types(&id, End::Least, text, number::read(text, kind));
        assert!(!types(&mut unread, "1.240"), "one thousand, or one and a quarter?");
        assert_eq!(unread.text(&id, End::Least).as_deref(), Some("1.240"), "the field opens with it again");
        let typed = unread.of(&standard);
        assert_eq!((typed.len(), &typed[0].item, typed[0].end), (1, &id, End::Least));
        assert!(matches!(typed[0].read, Reading::Either { .. }));
        // What holds no number any more has no limits.
        let mut gone = standard.clone();
        gone.items.retain(|item| item.id != id);
        assert!(unread.of(&gone).is_empty());
        assert!(types(&mut unread, "1240") && unread.of(&standard).is_empty());
        assert!(!types(&mut unread, "1.240") && types(&mut unread, "") && unread.of(&standard).is_empty());
    }
}
