//! A record as it is read back: the verdict in words, the answers in the order that matters.
//!
//! Invariant: pure, and nothing that was answered is left out, even where the standard does not
//! know it or is not on this device.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::practice::draft::{Answer, Mark};
use crate::practice::record::{Record, State, Unjudged, Verdict};
use crate::practice::standard::{Form, Item, Standard};

/// Whether correcting it is what this reader most likely came for: it was sent back, or somebody else asks
/// about what they wrote. Whoever asked waits for the answer.
#[must_use]
pub fn corrects_first(record: &Record, me: Uuid) -> bool {
    match record.state {
        State::Rework => true,
        State::Returned => record.author == me && record.questions().any(|question| question.author != me),
        _ => false,
    }
}

/// What a record comes to, for the line of words at its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comes {
    Met,
    /// Met with something missed: `met` of `of`, where so many percent are needed. What was not seen counts
    /// as missed here.
    MetShare {
        met: u32,
        of: u32,
        needed: u32,
    },
    /// A critical item was missed, or is unknown.
    Critical,
    /// Too small a share was met: `met` of `seen`, where so many percent are needed.
    Share {
        met: u32,
        seen: u32,
        needed: u32,
    },
    /// Nothing that counts was seen.
    NothingSeen,
    /// Whether it was met hangs on a critical item that was not seen.
    CriticalUnseen,
    /// Whether it was met hangs on what was not seen: `unseen` of `of`.
    TooLittle {
        unseen: u32,
        of: u32,
    },
    /// Whoever observed is who was observed.
    Own,
    /// The person supported did not agree to someone watching.
    Declined,
    /// It is not judged (a handoff, a note); only what is unknown counts.
    NotJudged {
        unknown: u32,
    },
}

/// The verdict as a sentence's key and numbers.
#[must_use]
pub fn comes(verdict: &Verdict, standard: Option<&Standard>) -> Comes {
    let marks = standard.is_none_or(has_marks);
    let unknown = u32::try_from(verdict.unknown.len()).unwrap_or(u32::MAX);
    let seen = verdict.met.saturating_add(verdict.not_met);
    match verdict.passed {
        Some(true) => match standard.filter(|_| verdict.not_met > 0) {
            Some(standard) => Comes::MetShare {
                met: verdict.met,
                of: seen.saturating_add(verdict.not_seen),
                needed: standard.percent_needed(),
            },
            None => Comes::Met,
        },
        Some(false) if verdict.critical && marks => Comes::Critical,
        Some(false) => {
            Comes::Share { met: verdict.met, seen, needed: standard.map_or(100, Standard::percent_needed) }
        }
        // The same reason as in lists and packs.
        None => match verdict.unjudged().filter(|_| marks) {
            Some(Unjudged::Own) => Comes::Own,
            Some(Unjudged::Declined) => Comes::Declined,
            Some(Unjudged::CriticalUnseen) => Comes::CriticalUnseen,
            Some(Unjudged::TooLittle { unseen, of }) => Comes::TooLittle { unseen, of },
            // A handoff and a written case are no observation of anybody.
            None if marks && standard.is_none_or(|standard| standard.class.is_observation()) => {
                Comes::NothingSeen
            }
            Some(Unjudged::Unknown(_)) | None => Comes::NotJudged { unknown },
        },
    }
}

/// Whether anything in the standard is marked.
#[must_use]
pub fn has_marks(standard: &Standard) -> bool {
    standard.items.iter().any(|item| item.form == Form::Mark)
}

/// Where a line belongs, in the order of reading: what was missed comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Missed,
    Unknown,
    NotSeen,
    /// Texts, numbers and choices.
    Said,
    Met,
    NotApplicable,
    /// Left open where that was allowed.
    Open,
}

impl Group {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Missed => "missed",
            Group::Unknown => "unknown",
            Group::NotSeen => "not-seen",
            Group::Said => "said",
            Group::Met => "met",
            Group::NotApplicable => "not-applicable",
            Group::Open => "open",
        }
    }
}

fn group(item: &Item, answer: Option<&Answer>) -> Group {
    let Some(answer) = answer.filter(|answer| answer.is_given(item.form)) else { return Group::Open };
    let unknown =
        item.choices.iter().any(|choice| choice.unknown && Some(&choice.id) == answer.choice.as_ref());
    match answer.mark {
        Some(Mark::Met) => Group::Met,
        Some(Mark::NotMet) => Group::Missed,
        Some(Mark::NotSeen) => Group::NotSeen,
        Some(Mark::NotApplicable) => Group::NotApplicable,
        _ if unknown => Group::Unknown,
        _ => Group::Said,
    }
}

/// The items of a standard by group, each group in the order of the standard. Next-step tasks are
/// shown apart.
#[must_use]
pub fn groups<'a>(items: &'a [Item], answers: &BTreeMap<String, Answer>) -> Vec<(Group, Vec<&'a Item>)> {
    let mut groups: BTreeMap<Group, Vec<&Item>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.form != Form::Tasks) {
        groups.entry(group(item, answers.get(&item.id))).or_default().push(item);
    }
    groups.into_iter().collect()
}

/// Answers that no item of the standard asks for: shown raw, under their id.
#[must_use]
pub fn strangers<'a>(
    standard: Option<&Standard>,
    answers: &'a BTreeMap<String, Answer>,
) -> Vec<(&'a String, &'a Answer)> {
    answers.iter().filter(|(id, _)| standard.and_then(|standard| standard.item(id)).is_none()).collect()
}

/// A fingerprint that people can read to each other: the id in groups of four.
#[must_use]
pub fn fingerprint(id: Uuid) -> String {
    let digits = id.simple().to_string();
    let mut out = String::with_capacity(39);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A number as it was written: no trailing zero.
#[must_use]
pub fn number(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
