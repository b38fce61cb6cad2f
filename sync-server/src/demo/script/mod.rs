//! Six stories that an organisation of this kind lives through, each told by the people in it: a
//! pattern that was caught, a cycle that held, one that slipped back, restrictions after a cluster of
//! late escalations, a workflow gap wrongly answered by training, and improvements with the looks of
//! governance at all of it.
//!
//! Invariant: days count back from the end of a telling. What lies after now is not told yet, so that what
//! is open at the end is open today; an earlier telling has its ends.

mod evenings;
mod improving;
mod medication;
mod nights;
mod notes;
mod visits;

use fieldproof::practice::standard::Class;
use serde_json::{Value, json};

use super::stories::Facts;

/// A larger organisation is told the stories again: by every eight sites, every so many days.
pub const SITES: usize = 8;
pub const EVERY: i64 = 182;
/// The cycle that holds, whose it is, and of what.
pub const HELD: &str = "held";
pub const HELD_BY: Who = Who::Staff(0, 1);
pub const HELD_OF: &str = "medication";

/// What is told on one day, in the order of its hours.
#[must_use]
pub fn on_day(ago: i64) -> Vec<Act> {
    let mut acts: Vec<Act> = all().filter(|act| act.ago == ago).copied().collect();
    acts.sort_by_key(|act| act.hour);
    acts
}

fn all() -> impl Iterator<Item = &'static Act> {
    let stories =
        [improving::ACTS, medication::ACTS, evenings::ACTS, visits::ACTS, nights::ACTS, notes::ACTS];
    stories.into_iter().flatten()
}

#[derive(Clone, Copy)]
pub enum Who {
    /// Who leads a site.
    Lead(usize),
    /// A site and a place in its team.
    Staff(usize, usize),
    Quality,
}

#[derive(Clone, Copy)]
pub enum What {
    /// Begins what the script calls `name` from here on.
    Begins {
        name: &'static str,
        kind: &'static str,
        site: Option<usize>,
        about: Option<(usize, usize)>,
        body: fn(&Facts) -> Value,
    },
    /// Goes on with it. Left out where a member of its body is not known.
    GoesOn { kind: &'static str, of: &'static str, body: fn(&Facts) -> Value },
    /// An observation: how well it goes is the chance that an item is met.
    Sees { name: &'static str, site: usize, place: usize, class: Class, competency: &'static str, met: f64 },
}

#[derive(Clone, Copy)]
pub struct Act {
    /// Days before the end of a telling; after it where negative.
    pub ago: i64,
    pub hour: u32,
    pub who: Who,
    pub what: What,
}

const fn begins(
    ago: i64,
    hour: u32,
    who: Who,
    name: &'static str,
    kind: &'static str,
    (site, about): (usize, Option<(usize, usize)>),
    body: fn(&Facts) -> Value,
) -> Act {
    Act { ago, hour, who, what: What::Begins { name, kind, site: Some(site), about, body } }
}

/// Of the whole organisation.
const fn of_all(ago: i64, name: &'static str, kind: &'static str, body: fn(&Facts) -> Value) -> Act {
    Act { ago, hour: 14, who: Who::Quality, what: What::Begins { name, kind, site: None, about: None, body } }
}

const fn on(
    ago: i64,
    hour: u32,
    who: Who,
    kind: &'static str,
    of: &'static str,
    body: fn(&Facts) -> Value,
) -> Act {
    Act { ago, hour, who, what: What::GoesOn { kind, of, body } }
}

const fn sees(
    ago: i64,
    hour: u32,
    name: &'static str,
    (site, place): (usize, usize),
    class: Class,
    competency: &'static str,
    met: f64,
) -> Act {
    Act { ago, hour, who: Who::Lead(site), what: What::Sees { name, site, place, class, competency, met } }
}

fn near_miss(facts: &Facts, category: &str, competency: &str, words: &str) -> Value {
    json!({ "near_miss": true, "category": category, "competency": competency,
        "happened_at": facts.now - chrono::TimeDelta::minutes(40), "words": words, "person_code": "P-03" })
}

fn incident(facts: &Facts, category: &str, competency: &str, words: &str) -> Value {
    json!({ "category": category, "competency": competency,
        "happened_at": facts.now - chrono::TimeDelta::hours(3), "words": words, "person_code": "P-05" })
}

fn classified(gap: &str, competency: &str, note: &str) -> Value {
    json!({ "gap": gap, "competency": competency, "note": note })
}

fn proof(facts: &Facts, record: &'static str, mode: &str) -> Value {
    json!({ "record": facts.id(record), "mode": mode })
}

fn said(text: &str, minutes: u32) -> Value {
    json!({ "what": "coaching", "text": text, "minutes": minutes })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{EVERY, What, all};

    #[test]
    fn what_goes_on_has_begun_and_ids_are_given_once() {
        let mut begun: BTreeMap<&str, (i64, u32)> = BTreeMap::new();
        for act in all() {
            if let What::Begins { name, .. } | What::Sees { name, .. } = act.what {
                assert!(begun.insert(name, (-act.ago, act.hour)).is_none(), "{name} is there twice");
            }
        }
        for act in all() {
            if let What::GoesOn { of, .. } = act.what {
                let began = begun.get(of).copied().unwrap_or_else(|| panic!("{of} never begins"));
                assert!(began < (-act.ago, act.hour), "{of} goes on before it began");
            }
            // The last two days are told hour by hour elsewhere; the next telling begins after this one.
            assert!((-60..=170).contains(&act.ago) && !(0..3).contains(&act.ago) && act.hour < 22);
            assert!(act.ago < EVERY);
        }
    }
}
