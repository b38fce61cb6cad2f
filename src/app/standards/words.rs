//! What is wrong with a standard, and what a version changed, in plain sentences.

use crate::app::i18n::{Lang, lang, t, t_args};
use crate::app::names;
use crate::practice::diff::{Difference, Part, Place, What};
use crate::practice::standard::{Fault, Form};
use crate::practice::text::Text;

/// A title, or that it has none yet.
#[must_use]
pub fn title(title: &Text) -> String {
    if title.is_empty() { t("write-untitled") } else { names::text(title) }
}

/// What is wrong, and what to do about it.
#[must_use]
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::Title => t("fault-title"),
        Fault::Competency => t("fault-competency"),
        Fault::NoItems => t("fault-no-items"),
        Fault::Share => t("fault-share"),
        Fault::Review => t("fault-review"),
        Fault::ItemText => t("fault-item-text"),
        Fault::Choices => t("fault-choices"),
        Fault::ChoiceText => t("fault-choice-text"),
        Fault::Tasks => t("fault-tasks"),
        Fault::Critical => t("fault-critical"),
        Fault::Limits => t("fault-limits"),
        Fault::LimitsNotWhole => t("fault-limits-not-whole"),
        Fault::TooLong => t("fault-too-long"),
        Fault::LostWhole => t("fault-lost-whole"),
        Fault::LostRefresher => t("fault-lost-refresher"),
        Fault::RefresherTitle => t("fault-refresher-title"),
        // The editor makes none of these; a copy of a damaged page could have them.
        Fault::Version | Fault::ItemId | Fault::ChoiceId | Fault::RefresherId => t("fault-damaged"),
    }
}

#[must_use]
pub fn form(form: Form) -> String {
    match form {
        Form::Mark => t("form-mark"),
        Form::Number => t("form-number"),
        Form::Choice => t("form-choice"),
        Form::Text => t("form-text"),
        Form::Tasks => t("form-tasks"),
    }
}

fn part(part: Part) -> String {
    match part {
        Part::Title => t("part-title"),
        Part::Role => t("part-role"),
        Part::Purpose => t("part-purpose"),
        Part::Scenario => t("standard-scenario"),
        Part::Competency => t("part-competency"),
        Part::OneAtATime => t("part-one-at-a-time"),
        Part::Consent => t("part-consent"),
        Part::Text => t("part-text"),
        Part::Look => t("part-look"),
        Part::Good => t("standard-good"),
        Part::Unit => t("part-unit"),
        Part::Limits => t("part-limits"),
        Part::Counted => t("part-counted"),
        Part::PartOf => t("part-part-of"),
        Part::Critical => t("part-critical"),
        Part::Optional => t("part-optional"),
        Part::NotSeen => t("part-not-seen"),
        Part::NotApplicable => t("part-not-applicable"),
        Part::Choices => t("part-choices"),
        Part::Deviations => t("part-deviations"),
        Part::Minutes => t("part-minutes"),
        Part::Aid => t("loop-aid"),
        Part::Cycle => t("loop-plan"),
        Part::Other => t("part-other"),
    }
}

/// Where on the page; empty for the page itself.
fn place(place: &Place) -> String {
    match place {
        Place::Page => String::new(),
        Place::Item { text, .. } | Place::Review { text, .. } => title(text),
        Place::Refresher { text, .. } => t_args("diff-refresher", &[("title", title(text).into())]),
    }
}

/// The words that differ: in the language on screen, else in the one in which they do.
fn worded(was: &Text, now: &Text) -> (String, String) {
    let here = lang();
    let in_it = |lang: Lang| (was.only(lang.tag()).to_owned(), now.only(lang.tag()).to_owned());
    let differs = |lang: &Lang| was.only(lang.tag()) != now.only(lang.tag());
    let first = std::iter::once(here).chain(Lang::ALL).find(differs);
    let (was, now) = first.map_or_else(|| (names::text(was), names::text(now)), in_it);
    let or_none = |words: String| if words.is_empty() { t("diff-nothing") } else { words };
    (or_none(was), or_none(now))
}

/// A share of 0 to 1 as a percentage.
#[must_use]
pub fn share(share: f64) -> String {
    t_args("write-share-percent", &[("n", (share * 100.0).round().into())])
}

/// "Dose checked · critical: now yes".
#[must_use]
pub fn difference(difference: &Difference) -> (String, String) {
    let what = match &difference.what {
        What::Added => t("diff-added"),
        What::Removed => t("diff-removed"),
        What::Reordered => t("diff-reordered"),
        What::Worded { part: of, was, now } => {
            let (was, now) = worded(was, now);
            t_args("diff-worded", &[("part", part(*of).into()), ("was", was.into()), ("now", now.into())])
        }
        What::Switched { part: of, on: true } => t_args("diff-on", &[("part", part(*of).into())]),
        What::Switched { part: of, on: false } => t_args("diff-off", &[("part", part(*of).into())]),
        What::Form { was, now } => from_to(t("part-form"), form(*was), form(*now)),
        What::Class { was, now } => from_to(t("part-class"), names::class(*was), names::class(*now)),
        What::Setting { was, now } => from_to(t("part-setting"), names::setting(*was), names::setting(*now)),
        What::Share { was, now } => from_to(t("part-share"), share(*was), share(*now)),
        What::Changed { part: of } => t_args("diff-changed", &[("part", part(*of).into())]),
    };
    (place(&difference.place), what)
}

fn from_to(part: String, was: String, now: String) -> String {
    t_args("diff-from-to", &[("part", part.into()), ("was", was.into()), ("now", now.into())])
}
