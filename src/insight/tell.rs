//! Items that never tell anything: proposed for removal, with the numbers (DOMAIN A1).
//!
//! Invariant: nothing is removed by itself; a critical item is never proposed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::{ItemTally, Tally};
use super::interval::clopper_pearson;
use crate::practice::standard::{Form, Standard, StandardRef};
use crate::practice::text::Text;

/// From so many judgements on, an item that never told anything is proposed: with 72 of 72 the exact
/// upper bound (Clopper and Pearson, 95 %) of the share in which it would tell is 4.99 %, below one
/// in twenty. With 60 of 60 it is 5.96 %.
pub const ENOUGH: i64 = 72;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    pub item: String,
    pub text: Text,
    pub critical: bool,
    /// Records in which it was asked.
    pub asked: i64,
    /// Of these, it was missed or unknown.
    pub told: i64,
    /// Of these, it could not be seen or did not apply: it had no chance to tell anything.
    pub unseen: i64,
    /// The share of judgements in which it tells something is below this (Clopper-Pearson, 95 %).
    pub at_most: f64,
    /// It never told anything in enough judgements, and nobody comes to harm without it.
    pub propose: bool,
}

/// Tallies added up over periods and sites: an organisation has tens of thousands of them.
pub struct Counts {
    /// Records by the version that they were filled by.
    pub seen: BTreeMap<StandardRef, i64>,
    /// By standard and item: told something, could not be judged.
    items: BTreeMap<(Uuid, String), (i64, i64)>,
}

impl Counts {
    #[must_use]
    pub fn of(tallies: &[Tally], items: &[ItemTally]) -> Counts {
        let mut counts = Counts { seen: BTreeMap::new(), items: BTreeMap::new() };
        for tally in tallies {
            let by = StandardRef { standard: tally.standard, version: tally.version };
            let seen = counts.seen.entry(by).or_default();
            *seen = seen.saturating_add(tally.seen);
        }
        for tally in items {
            let (told, unseen) = counts.items.entry((tally.standard, tally.item.clone())).or_default();
            *told = told.saturating_add(tally.missed).saturating_add(tally.unknown);
            *unseen = unseen.saturating_add(tally.unseen);
        }
        counts
    }
}

/// What each mark and choice of a standard told. `versions` are all that records were filled by, so
/// that an item is held against the records that asked it.
#[must_use]
pub fn tellings(
    newest: &Standard,
    versions: &BTreeMap<StandardRef, Standard>,
    counts: &Counts,
) -> Vec<Telling> {
    let mut all = Vec::new();
    for item in newest.items.iter().filter(|item| matches!(item.form, Form::Mark | Form::Choice)) {
        // A choice without "unknown" has nothing to tell in this sense: it describes.
        if item.form == Form::Choice && item.choices.iter().all(|choice| !choice.unknown) {
            continue;
        }
        let asks = |by: &StandardRef| {
            by.standard == newest.standard
                && versions
                    .get(by)
                    .is_some_and(|version| version.items.iter().any(|other| other.id == item.id))
        };
        let asked: i64 =
            counts.seen.iter().filter(|(by, _)| asks(by)).map(|(_, seen)| *seen).fold(0, i64::saturating_add);
        let told = counts.items.get(&(newest.standard, item.id.clone()));
        let (told, unseen) = told.copied().unwrap_or_default();
        let positive = |n: i64| u64::try_from(n).unwrap_or(0);
        all.push(Telling {
            item: item.id.clone(),
            text: item.text.clone(),
            critical: item.critical,
            asked,
            told,
            unseen,
            at_most: clopper_pearson(positive(told), positive(asked.saturating_sub(unseen)))
                .map_or(1.0, |share| share.high),
            propose: told == 0 && asked.saturating_sub(unseen) >= ENOUGH && !item.critical,
        });
    }
    all
}
