//! A standard while somebody writes it, and each thing that a tap does to it.
//!
//! Invariant: ids of what was published are never given to anything else, in this version or a later
//! one, because records are kept by them; so new ones carry a part that is this editing's own.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use uuid::Uuid;

use super::standard::{Choice, Class, CyclePlan, Deviation, Form, Item, Refresher, Standard, StandardRef};
use super::text::Text;

/// So many items are more than one page.
pub const MOST_ITEMS: usize = 40;
pub const MOST_CHOICES: usize = 12;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Editing {
    /// Also the id of the event that it becomes, so that publishing twice writes once.
    pub id: Uuid,
    pub standard: Standard,
    /// The version that it was begun from: as the next of it, or as a copy.
    #[serde(default)]
    pub from: Option<StandardRef>,
    /// How often each member of staff is to be observed by it; none: not said.
    #[serde(default)]
    pub expected: Option<Often>,
    /// What that was when this was begun; none where an older version began it.
    #[serde(default)]
    pub expected_from: Option<ExpectedFrom>,
    /// How many ids were made here.
    #[serde(default)]
    pub made: u32,
    pub begun_at: DateTime<FixedOffset>,
}

/// `times` observations within `days` days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Often {
    pub times: u32,
    pub days: u32,
}

/// How often everybody was observed by a standard, and the events that said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedFrom {
    pub often: Option<Often>,
    pub base: Vec<Uuid>,
}

/// A page with nothing on it.
#[must_use]
pub fn blank(standard: Uuid, class: Class) -> Standard {
    Standard {
        standard,
        version: 1,
        class,
        competency: String::new(),
        role: Text::default(),
        title: Text::default(),
        purpose: Text::default(),
        scenario: Text::default(),
        setting: None,
        one_at_a_time: false,
        consent: false,
        share: 1.0,
        items: Vec::new(),
        review: Vec::new(),
        refreshers: Vec::new(),
        aid: Vec::new(),
        cycle: CyclePlan::default(),
        change: Text::default(),
        more: Map::new(),
    }
}

/// The items that are observed, or those that a reviewer looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum List {
    Items,
    Review,
}

impl Editing {
    /// It goes on from its own standard, rather than beginning another one.
    #[must_use]
    pub fn is_next_version(&self) -> bool {
        self.from.is_some_and(|from| from.standard == self.standard.standard)
    }

    /// An id that nothing had before.
    fn new_id(&mut self) -> String {
        self.made = self.made.saturating_add(1);
        let own: String = self.id.simple().to_string().chars().rev().take(6).collect();
        format!("n{own}-{}", self.made)
    }

    pub fn list(&mut self, list: List) -> &mut Vec<Item> {
        match list {
            List::Items => &mut self.standard.items,
            List::Review => &mut self.standard.review,
        }
    }

    #[must_use]
    pub fn list_of(&self, list: List) -> &[Item] {
        match list {
            List::Items => &self.standard.items,
            List::Review => &self.standard.review,
        }
    }

    pub fn item(&mut self, list: List, id: &str) -> Option<&mut Item> {
        self.list(list).iter_mut().find(|item| item.id == id)
    }

    /// Adds an item at the end; gives its id. Nothing where the page is full.
    pub fn add_item(&mut self, list: List) -> Option<String> {
        if self.list(list).len() >= MOST_ITEMS {
            return None;
        }
        let id = self.new_id();
        self.list(list).push(Item {
            id: id.clone(),
            form: Form::Mark,
            text: Text::default(),
            look: Text::default(),
            good: Text::default(),
            critical: false,
            optional: false,
            not_seen: true,
            not_applicable: false,
            deviations: Vec::new(),
            choices: Vec::new(),
            min: None,
            max: None,
            unit: Text::default(),
            counted: None,
            part_of: None,
            more: Map::new(),
        });
        Some(id)
    }

    pub fn remove_item(&mut self, list: List, id: &str) {
        self.list(list).retain(|item| item.id != id);
        self.release_parts(list, id);
    }

    /// A number that is gone has no parts.
    fn release_parts(&mut self, list: List, whole: &str) {
        for item in self.list(list).iter_mut().filter(|item| item.part_of.as_deref() == Some(whole)) {
            item.part_of = None;
        }
    }

    /// Says whether an item counts, and what it is a part of; both, so that it no longer goes by the starter
    /// that it came from.
    pub fn set_number(&mut self, list: List, id: &str, counted: bool, part_of: Option<String>) {
        if let Some(item) = self.item(list, id) {
            (item.counted, item.part_of) = (Some(counted), part_of);
        }
    }

    /// One place up (`-1`) or down (`1`); at the end of the list it stays.
    pub fn move_item(&mut self, list: List, id: &str, up: bool) {
        let items = self.list(list);
        let Some(at) = items.iter().position(|item| item.id == id) else { return };
        let to = if up { at.checked_sub(1) } else { at.checked_add(1).filter(|to| *to < items.len()) };
        if let Some(to) = to {
            items.swap(at, to);
        }
    }

    /// What is filled in. What only the old kind could have goes; two choices stand ready for a
    /// choice, so that it is never without.
    pub fn set_form(&mut self, list: List, id: &str, form: Form) {
        let ready = [self.new_id(), self.new_id()];
        let Some(item) = self.item(list, id) else { return };
        item.form = form;
        if !matches!(form, Form::Mark | Form::Choice) {
            item.critical = false;
        }
        if form != Form::Mark {
            item.deviations.clear();
        }
        if form != Form::Number {
            (item.min, item.max, item.unit) = (None, None, Text::default());
            (item.counted, item.part_of) = (None, None);
        } else if item.counted.is_none() {
            // What is written anew counts something, unless its author says that it measures.
            (item.counted, item.part_of) = (Some(true), None);
        }
        if form != Form::Number {
            self.release_parts(list, id);
        }
        let Some(item) = self.item(list, id) else { return };
        if form == Form::Choice {
            if item.choices.is_empty() {
                item.choices.extend(ready.map(choice));
            }
        } else {
            item.choices.clear();
        }
    }

    pub fn add_choice(&mut self, list: List, item: &str) {
        let id = self.new_id();
        if let Some(item) = self.item(list, item).filter(|item| item.choices.len() < MOST_CHOICES) {
            item.choices.push(choice(id));
        }
    }

    pub fn add_deviation(&mut self, list: List, item: &str) {
        let id = self.new_id();
        if let Some(item) = self.item(list, item).filter(|item| item.deviations.len() < MOST_CHOICES) {
            item.deviations.push(Deviation {
                id,
                text: Text::default(),
                refresher: None,
                competency: String::new(),
            });
        }
    }

    pub fn add_refresher(&mut self) {
        let id = self.new_id();
        if self.standard.refreshers.len() < MOST_CHOICES {
            let (title, text) = (Text::default(), Text::default());
            self.standard.refreshers.push(Refresher { id, title, minutes: 5, text });
        }
    }

    /// Takes a refresher away, and from the deviations that pointed to it.
    pub fn remove_refresher(&mut self, id: &str) {
        self.standard.refreshers.retain(|refresher| refresher.id != id);
        for item in self.standard.items.iter_mut().chain(&mut self.standard.review) {
            for deviation in item.deviations.iter_mut().filter(|one| one.refresher.as_deref() == Some(id)) {
                deviation.refresher = None;
            }
        }
    }
}

fn choice(id: String) -> Choice {
    Choice { id, text: Text::default(), unknown: false, note: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editing() -> Editing {
        Editing {
            id: Uuid::from_u128(0x0a0b_0c0d),
            standard: blank(Uuid::from_u128(7), Class::Check),
            from: None,
            expected: None,
            expected_from: None,
            made: 0,
            begun_at: DateTime::default(),
        }
    }

    #[test]
    fn buttons_move_an_item_and_an_id_is_never_given_twice() {
        let mut editing = editing();
        let ids: Vec<String> = (0..3).map(|_| editing.add_item(List::Items).unwrap()).collect();
        editing.move_item(List::Items, &ids[2], true);
        editing.move_item(List::Items, &ids[0], true);
        editing.move_item(List::Items, &ids[1], false);
        let order: Vec<_> = editing.standard.items.iter().map(|item| item.id.clone()).collect();
        assert_eq!(order, [ids[0].clone(), ids[2].clone(), ids[1].clone()]);
        editing.remove_item(List::Items, &ids[1]);
        let new = editing.add_item(List::Items).unwrap();
        assert!(!ids.contains(&new), "{new}");
        while editing.add_item(List::Items).is_some() {}
        assert_eq!(editing.standard.items.len(), MOST_ITEMS);
    }

    #[test]
    fn another_kind_of_item_leaves_nothing_behind_that_it_cannot_have() {
        let mut editing = editing();
        let id = editing.add_item(List::Items).unwrap();
        editing.item(List::Items, &id).unwrap().critical = true;
        editing.add_deviation(List::Items, &id);
        editing.set_form(List::Items, &id, Form::Choice);
        let item = editing.item(List::Items, &id).unwrap().clone();
        assert_eq!((item.choices.len(), item.deviations.len(), item.critical), (2, 0, true));
        editing.set_form(List::Items, &id, Form::Number);
        let item = editing.item(List::Items, &id).unwrap();
        assert_eq!((item.choices.len(), item.critical), (0, false));
    }

    #[test]
    fn a_new_number_counts_and_a_whole_that_goes_leaves_no_parts() {
        let mut editing = editing();
        let ids: Vec<String> = (0..2).map(|_| editing.add_item(List::Items).unwrap()).collect();
        for id in &ids {
            editing.set_form(List::Items, id, Form::Number);
        }
        assert!(editing.standard.items.iter().all(Item::is_counted));
        editing.set_number(List::Items, &ids[1], true, Some(ids[0].clone()));
        assert_eq!(editing.standard.items[1].whole(), Some(ids[0].as_str()));
        editing.set_form(List::Items, &ids[0], Form::Text);
        assert_eq!((editing.standard.items[1].whole(), editing.standard.items[0].counted), (None, None));
    }

    #[test]
    fn a_refresher_that_goes_is_pointed_to_by_nothing() {
        let mut editing = editing();
        let id = editing.add_item(List::Items).unwrap();
        editing.add_refresher();
        editing.add_deviation(List::Items, &id);
        let refresher = editing.standard.refreshers[0].id.clone();
        editing.item(List::Items, &id).unwrap().deviations[0].refresher = Some(refresher.clone());
        editing.remove_refresher(&refresher);
        assert_eq!(editing.standard.items[0].deviations[0].refresher, None);
    }
}
