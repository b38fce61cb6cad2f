//! What a filled standard comes to.
//!
//! Invariant: pure arithmetic on answers; a record whose amendments merged is weighed by the merged
//! content, like any other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::draft::{Answer, Consent, Content, Mark, Open, check_answers};
use super::record::{Outcome, Review};
use super::setting::Setting;
use super::standard::{Item, Standard};

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
    #[serde(skip_serializing_if = "is_nought")]
    pub not_seen: u32,
    /// Handoff items whose answer was "unknown".
    #[serde(skip_serializing_if = "is_nought")]
    pub unknown: u32,
    /// Ids of the missed items, in the order of the standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// Some missed item was critical.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// `None` where nothing that counts was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
    /// Where it was observed; `None` while the version of the standard has not arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_nought(n: &u32) -> bool {
    *n == 0
}

/// What a record comes to. Where the person supported did not agree to someone watching, nothing
/// was seen that could be shown to anyone.
#[must_use]
pub fn weigh(standard: &Standard, content: &Content) -> Verdict {
    let mut verdict = verdict(standard, &content.answers);
    verdict.setting = Some(standard.setting_of(content));
    if standard.consent && content.consent == Some(Consent::Declined) {
        verdict.passed = None;
    }
    verdict
}

/// Weighs answers by their standard: no critical item missed, and the share of met items among
/// those seen at least the standard's.
#[must_use]
pub fn verdict(standard: &Standard, answers: &BTreeMap<String, Answer>) -> Verdict {
    let mut verdict = Verdict::default();
    for item in &standard.items {
        let Some(answer) = answers.get(&item.id) else { continue };
        verdict.critical |= fails(item, answer);
        match answer.mark {
            Some(Mark::Met) => verdict.met = verdict.met.saturating_add(1),
            Some(Mark::NotMet) => {
                verdict.not_met = verdict.not_met.saturating_add(1);
                verdict.missed.push(item.id.clone());
            }
            Some(Mark::NotSeen) => verdict.not_seen = verdict.not_seen.saturating_add(1),
            _ => {}
        }
        if is_unknown(item, answer) {
            verdict.unknown = verdict.unknown.saturating_add(1);
        }
    }
    let seen = verdict.met.saturating_add(verdict.not_met);
    if seen > 0 {
        let share = f64::from(verdict.met) / f64::from(seen);
        verdict.passed = Some(!verdict.critical && share >= standard.share);
    }
    verdict
}

/// A critical item that was missed, or of which nobody knows.
fn fails(item: &Item, answer: &Answer) -> bool {
    item.critical && (answer.mark == Some(Mark::NotMet) || is_unknown(item, answer))
}

fn is_unknown(item: &Item, answer: &Answer) -> bool {
    let chosen = item.choices.iter().find(|choice| Some(&choice.id) == answer.choice.as_ref());
    chosen.is_some_and(|choice| choice.unknown)
}

/// What stands between a review and being sent: what is not answered as the standard wants it, and for one
/// that accepts, each critical item that was missed.
#[must_use]
pub fn check_review(items: &[Item], review: &Review) -> Vec<Open> {
    let mut open = check_answers(items, &review.answers);
    if review.outcome == Outcome::Meets {
        let missed = |item: &&Item| review.answers.get(&item.id).is_some_and(|given| fails(item, given));
        let missed = items.iter().filter(missed);
        open.extend(missed.map(|item| Open::CriticalMissed { item: item.id.clone() }));
    }
    open
}
