//! What a filled standard comes to.
//!
//! Invariant: pure arithmetic on answers; a record whose amendments merged is weighed by the merged
//! content, like any other. What it comes to never hangs on what nobody saw: it is met or not whatever
//! that would have been, or it is not judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::{Answer, Consent, Mark, Open, check_answers};
use super::record::{Outcome, Record, Review};
use super::setting::Setting;
use super::standard::{Class, Form, Item, Standard};

/// What a filled standard comes to.
///
/// It stands in every record's derived row, so that what is nought is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdict {
    #[serde(skip_serializing_if = "is_nought")]
    pub met: u32,
    #[serde(skip_serializing_if = "is_nought")]
    pub not_met: u32,
    /// Not seen, or left without an answer that was asked for.
    #[serde(skip_serializing_if = "is_nought")]
    pub not_seen: u32,
    /// Ids of the items whose answer was that nobody knows, in the order of the standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// Ids of the missed items, in the order of the standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// Some missed item was critical.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// Some critical item was not seen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub critical_unseen: bool,
    /// Whoever observed is who was observed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// The person supported did not agree to someone watching.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub declined: bool,
    /// `None` where it is not judged: too little of it was seen, or nobody may judge it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// Where it was observed; `None` while the version of the standard has not arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
}

/// Why nobody says whether a standard was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// Whoever observed is who was observed.
    Own,
    /// The person supported did not agree to someone watching.
    Declined,
    /// A critical item was not seen.
    CriticalUnseen,
    /// So many answers are that nobody knows.
    Unknown(u32),
    /// What was not seen could turn it.
    TooLittle { unseen: u32, of: u32 },
}

impl Verdict {
    /// Whether all of it was seen and met, and nothing was unknown.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let seen_all = self.not_seen == 0 && !self.critical_unseen;
        seen_all && self.met > 0 && self.not_met == 0 && self.unknown.is_empty()
    }

    /// Why it is not judged, the gravest reason first; `None` where it is, or where there is nothing to judge.
    #[must_use]
    pub fn unjudged(&self) -> Option<Unjudged> {
        let of = self.met.saturating_add(self.not_met).saturating_add(self.not_seen);
        match (self.passed, u32::try_from(self.unknown.len()).unwrap_or(u32::MAX)) {
            (Some(_), _) => None,
            _ if self.own => Some(Unjudged::Own),
            _ if self.declined => Some(Unjudged::Declined),
            _ if self.critical_unseen => Some(Unjudged::CriticalUnseen),
            (None, 0) => (self.not_seen > 0).then_some(Unjudged::TooLittle { unseen: self.not_seen, of }),
            (None, unknown) => Some(Unjudged::Unknown(unknown)),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_nought(n: &u32) -> bool {
    *n == 0
}

/// What a record comes to. Where the person supported did not agree to someone watching, nothing was
/// seen that could be shown to anyone; and nobody judges their own practice: a handoff is filled in by
/// those whose it is.
#[must_use]
pub fn weigh(standard: &Standard, record: &Record) -> Verdict {
    let mut verdict = verdict(standard, &record.content.answers);
    verdict.setting = Some(standard.setting_of(&record.content));
    verdict.own = record.class.is_observation() && record.subject == Some(record.author);
    verdict.declined = standard.consent && record.content.consent == Some(Consent::Declined);
    if verdict.own || verdict.declined || record.class == Class::Handoff {
        verdict.passed = None;
    }
    verdict
}

/// Weighs answers by their standard. It is not met where a critical item was missed, or where too small
/// a share could be met even if all that was not seen had been; it is met where every critical item was,
/// nothing is unknown, and the share is reached even if all that was not seen had been missed. What did
/// not apply counts for nothing.
#[must_use]
pub fn verdict(standard: &Standard, answers: &BTreeMap<String, Answer>) -> Verdict {
    let mut verdict = Verdict::default();
    for item in &standard.items {
        let answer = answers.get(&item.id).filter(|answer| answer.is_given(item.form));
        let unseen = match answer {
            None => !item.optional && matches!(item.form, Form::Mark | Form::Choice),
            Some(answer) => answer.mark == Some(Mark::NotSeen),
        };
        if unseen {
            verdict.critical_unseen |= item.critical;
            verdict.not_seen = verdict.not_seen.saturating_add(u32::from(item.form == Form::Mark));
        }
        let Some(answer) = answer else { continue };
        verdict.critical |= item.critical && answer.mark == Some(Mark::NotMet);
        match answer.mark {
            Some(Mark::Met) => verdict.met = verdict.met.saturating_add(1),
            Some(Mark::NotMet) => {
                verdict.not_met = verdict.not_met.saturating_add(1);
                verdict.missed.push(item.id.clone());
            }
            _ => {}
        }
        if is_unknown(item, answer) {
            verdict.unknown.push(item.id.clone());
        }
    }
    let seen = verdict.met.saturating_add(verdict.not_met);
    let asked = seen.saturating_add(verdict.not_seen);
    if seen > 0 {
        let reaches = |met: u32| f64::from(met) / f64::from(asked) >= standard.share;
        let open = verdict.critical_unseen || !verdict.unknown.is_empty();
        verdict.passed = if verdict.critical || !reaches(verdict.met.saturating_add(verdict.not_seen)) {
            Some(false)
        } else {
            (!open && reaches(verdict.met)).then_some(true)
        };
    }
    verdict
}

/// A critical item that was missed or not seen, or of which nobody knows.
fn forbids_accepting(item: &Item, answer: &Answer) -> bool {
    let mark = matches!(answer.mark, Some(Mark::NotMet | Mark::NotSeen));
    item.critical && (mark || is_unknown(item, answer))
}

fn is_unknown(item: &Item, answer: &Answer) -> bool {
    let chosen = item.choices.iter().find(|choice| Some(&choice.id) == answer.choice.as_ref());
    chosen.is_some_and(|choice| choice.unknown)
}

/// What stands between a review and being sent: what is not answered as the standard wants it, and for one
/// that accepts, each critical item that was missed or not seen.
#[must_use]
pub fn check_review(items: &[Item], review: &Review) -> Vec<Open> {
    let mut open = check_answers(items, &review.answers);
    open.extend(missed_by(items, review).map(|item| Open::CriticalMissed { item: item.id.clone() }));
    open
}

/// The critical items that a review misses although it accepts.
fn missed_by<'a>(items: &'a [Item], review: &'a Review) -> impl Iterator<Item = &'a Item> {
    let accepts = review.outcome == Outcome::Meets;
    items.iter().filter(move |item| {
        accepts && review.answers.get(&item.id).is_some_and(|given| forbids_accepting(item, given))
    })
}

/// Whether a review accepts what misses a critical item. Only an older version, or a device of another make,
/// writes that; it counts for nothing.
#[must_use]
pub fn accepts_a_miss(items: &[Item], review: &Review) -> bool {
    missed_by(items, review).next().is_some()
}
