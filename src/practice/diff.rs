//! What one version of a standard changed of the one before it, item by item: the automatic part of
//! its log of changes.
//!
//! Invariant: pure, and complete: two versions without a difference are the same page, but for
//! their numbers and their reasons.

use serde::{Deserialize, Serialize};

use super::setting::Setting;
use super::standard::{Choice, Class, Deviation, Form, Item, Refresher, Standard};
use super::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    pub place: Place,
    pub what: What,
}

/// Where on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "at")]
pub enum Place {
    Page,
    /// An item by its words: the new ones, or the last ones of an item that was removed.
    Item {
        id: String,
        text: Text,
    },
    /// One of the items that a reviewer looks at.
    Review {
        id: String,
        text: Text,
    },
    Refresher {
        id: String,
        text: Text,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum What {
    Added,
    Removed,
    /// The same things in another order.
    Reordered,
    Worded {
        part: Part,
        was: Text,
        now: Text,
    },
    Switched {
        part: Part,
        on: bool,
    },
    Form {
        was: Form,
        now: Form,
    },
    Class {
        was: Class,
        now: Class,
    },
    Setting {
        was: Setting,
        now: Setting,
    },
    Share {
        was: f64,
        now: f64,
    },
    /// Something that has no short words of its own.
    Changed {
        part: Part,
    },
}

/// What of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Title,
    Role,
    Purpose,
    Scenario,
    Competency,
    OneAtATime,
    Consent,
    Text,
    Look,
    Good,
    Unit,
    Limits,
    /// Whether a number is counted, and so whole.
    Counted,
    /// The number that another one is a part of.
    PartOf,
    Critical,
    Optional,
    NotSeen,
    NotApplicable,
    Choices,
    Deviations,
    Minutes,
    /// The decision aid.
    Aid,
    /// What a coaching cycle on it asks for.
    Cycle,
    /// Members that this version does not know.
    Other,
}

/// All differences, in the order of the page.
#[must_use]
pub fn diff(was: &Standard, now: &Standard) -> Vec<Difference> {
    let mut found = Found { place: Place::Page, all: Vec::new() };
    found.page(was, now);
    found.items(&was.items, &now.items, |item| Place::Item { id: item.id.clone(), text: item.text.clone() });
    let review = |item: &Item| Place::Review { id: item.id.clone(), text: item.text.clone() };
    found.items(&was.review, &now.review, review);
    found.refreshers(&was.refreshers, &now.refreshers);
    found.all
}

struct Found {
    place: Place,
    all: Vec<Difference>,
}

impl Found {
    fn add(&mut self, what: What) {
        self.all.push(Difference { place: self.place.clone(), what });
    }

    fn worded(&mut self, part: Part, was: &Text, now: &Text) {
        if was != now {
            self.add(What::Worded { part, was: was.clone(), now: now.clone() });
        }
    }

    fn switched(&mut self, part: Part, was: bool, on: bool) {
        if was != on {
            self.add(What::Switched { part, on });
        }
    }

    fn changed<T: PartialEq + ?Sized>(&mut self, part: Part, was: &T, now: &T) {
        if was != now {
            self.add(What::Changed { part });
        }
    }

    fn page(&mut self, was: &Standard, now: &Standard) {
        self.worded(Part::Title, &was.title, &now.title);
        self.worded(Part::Role, &was.role, &now.role);
        self.worded(Part::Purpose, &was.purpose, &now.purpose);
        self.worded(Part::Scenario, &was.scenario, &now.scenario);
        if was.class != now.class {
            self.add(What::Class { was: was.class, now: now.class });
        }
        if was.observed_in() != now.observed_in() {
            self.add(What::Setting { was: was.observed_in(), now: now.observed_in() });
        }
        self.changed(Part::Competency, &was.competency, &now.competency);
        self.switched(Part::OneAtATime, was.one_at_a_time, now.one_at_a_time);
        self.switched(Part::Consent, was.consent, now.consent);
        // Both come from the same few choices or from the same line: no rounding lies between them.
        #[allow(clippy::float_cmp, reason = "see above")]
        if was.share != now.share {
            self.add(What::Share { was: was.share, now: now.share });
        }
        self.changed(Part::Aid, &was.aid, &now.aid);
        self.changed(Part::Cycle, &was.cycle, &now.cycle);
        self.changed(Part::Other, &was.more, &now.more);
    }

    /// Removed ones first, then each that is there now, then whether the order is another.
    fn pairs<'a, T>(
        &mut self,
        was: &'a [T],
        now: &'a [T],
        id: impl Fn(&T) -> &str,
        place: impl Fn(&T) -> Place,
    ) -> Vec<(&'a T, &'a T)> {
        let known = |all: &'a [T], one: &T| all.iter().find(|other| id(other) == id(one));
        for one in was.iter().filter(|one| known(now, one).is_none()) {
            self.place = place(one);
            self.add(What::Removed);
        }
        for one in now.iter().filter(|one| known(was, one).is_none()) {
            self.place = place(one);
            self.add(What::Added);
        }
        let stayed = |all: &'a [T], other: &'a [T]| {
            all.iter().filter(|one| known(other, one).is_some()).map(|one| id(one).to_owned()).collect()
        };
        let (before, after): (Vec<String>, Vec<String>) = (stayed(was, now), stayed(now, was));
        if before != after {
            self.place = Place::Page;
            self.add(What::Reordered);
        }
        now.iter().filter_map(|one| Some((known(was, one)?, one))).collect()
    }

    fn items(&mut self, was: &[Item], now: &[Item], place: impl Fn(&Item) -> Place) {
        for (was, now) in self.pairs(was, now, |item| &item.id, &place) {
            self.place = place(now);
            if was.form != now.form {
                self.add(What::Form { was: was.form, now: now.form });
            }
            self.worded(Part::Text, &was.text, &now.text);
            self.worded(Part::Look, &was.look, &now.look);
            self.worded(Part::Good, &was.good, &now.good);
            self.worded(Part::Unit, &was.unit, &now.unit);
            self.switched(Part::Critical, was.critical, now.critical);
            self.switched(Part::Optional, was.optional, now.optional);
            self.switched(Part::NotSeen, was.not_seen, now.not_seen);
            self.switched(Part::NotApplicable, was.not_applicable, now.not_applicable);
            self.changed(Part::Limits, &(was.min, was.max), &(now.min, now.max));
            self.switched(Part::Counted, was.is_counted(), now.is_counted());
            self.changed(Part::PartOf, &was.whole(), &now.whole());
            self.changed::<[Choice]>(Part::Choices, &was.choices, &now.choices);
            self.changed::<[Deviation]>(Part::Deviations, &was.deviations, &now.deviations);
            self.changed(Part::Other, &was.more, &now.more);
        }
    }

    fn refreshers(&mut self, was: &[Refresher], now: &[Refresher]) {
        let place = |one: &Refresher| Place::Refresher { id: one.id.clone(), text: one.title.clone() };
        for (was, now) in self.pairs(was, now, |refresher| &refresher.id, place) {
            self.place = place(now);
            self.worded(Part::Title, &was.title, &now.title);
            self.worded(Part::Text, &was.text, &now.text);
            self.changed(Part::Minutes, &was.minutes, &now.minutes);
        }
    }
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
