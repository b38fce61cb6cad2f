//! What a filled standard told beyond "met": for measures, which add it up over many records.
//!
//! Invariant: depends on the answers, the reviews and the version of the standard alone. Most records told
//! nothing beyond their verdict; theirs is empty and takes no room.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::{Answer, Mark};
use super::record::Record;
use super::standard::{Form, Standard};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Items that could not be judged: not seen, not applicable, or left open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<String>,
    /// Numbers in thousandths: whole, so that sums do not depend on their order.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, i64>,
    /// Review items that a review ever marked as not met: rework mends the note, not that it happened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<String>,
    /// Review items that a review ever marked as met or not met: of so many was something found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviewed: Vec<String>,
}

/// Above this (in thousandths) a number is no count or score; a sum of many stays within 64 bits.
const MOST: f64 = 1e12;

impl Told {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Told::default()
    }
}

/// Reads it from a record's answers and reviews.
#[must_use]
pub fn told(standard: &Standard, record: &Record) -> Told {
    Told {
        found: marked(standard, record, &[Mark::NotMet]),
        reviewed: marked(standard, record, &[Mark::Met, Mark::NotMet]),
        ..answered(standard, &record.content.answers)
    }
}

/// Review items that any review gave one of these marks, in the order of the standard, each once.
fn marked(standard: &Standard, record: &Record, marks: &[Mark]) -> Vec<String> {
    let reviews = || record.history.iter().filter_map(|entry| entry.review.as_ref());
    let given = |id: &String| {
        reviews().any(|review| {
            review.answers.get(id).and_then(|it| it.mark).is_some_and(|mark| marks.contains(&mark))
        })
    };
    standard.review.iter().map(|item| &item.id).filter(|id| given(id)).cloned().collect()
}

fn answered(standard: &Standard, answers: &BTreeMap<String, Answer>) -> Told {
    let mut told = Told::default();
    for item in &standard.items {
        let Some(answer) = answers.get(&item.id).filter(|answer| answer.is_given(item.form)) else {
            if matches!(item.form, Form::Mark | Form::Choice) {
                told.unseen.push(item.id.clone());
            }
            continue;
        };
        if matches!(answer.mark, Some(Mark::NotSeen | Mark::NotApplicable | Mark::Unknown)) {
            told.unseen.push(item.id.clone());
        }
        if let (Form::Number, Some(number)) = (item.form, answer.number)
            && number.is_finite()
        {
            #[allow(clippy::cast_possible_truncation, reason = "clamped to well within 64 bits")]
            told.numbers.insert(item.id.clone(), (number * 1000.0).round().clamp(-MOST, MOST) as i64);
        }
    }
    told
}
