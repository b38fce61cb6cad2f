//! Standards: one-page, role-specific practice expectations in observable terms, versioned.
//!
//! The same form is the body of `standard.published` and of the files in `assets/standards/`.
//! Invariant: a published version is never changed; a change is a new version.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::follow::Evidence;
use super::setting::Setting;
use super::text::{Text, too_many};
use super::{number, starters};

/// The longest texts, in letters: what fits one page on a phone, with room for Spanish.
pub const LONGEST_TITLE: u32 = 120;
pub const LONGEST_TEXT: u32 = 240;
pub const LONGEST_WORDS: u32 = 2000;
/// A deviation or a choice.
pub const LONGEST_PART: u32 = 60;
pub const LONGEST_UNIT: u32 = 30;
pub const LONGEST_COMPETENCY: u32 = 40;

/// Which kind of observation a standard is filled as; also the class of its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The two-minute check.
    Check,
    /// The shadow observation.
    Shadow,
    Audit,
    Handoff,
    Scenario,
    Note,
}

impl Class {
    pub const ALL: [Class; 6] =
        [Class::Check, Class::Shadow, Class::Audit, Class::Handoff, Class::Scenario, Class::Note];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Check => "check",
            Class::Shadow => "shadow",
            Class::Audit => "audit",
            Class::Handoff => "handoff",
            Class::Scenario => "scenario",
            Class::Note => "note",
        }
    }

    #[must_use]
    pub fn parse(class: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|known| known.as_str() == class)
    }

    /// Written by the person it is about, and reviewed by a supervisor.
    #[must_use]
    pub fn is_reviewed(self) -> bool {
        matches!(self, Class::Scenario | Class::Note)
    }

    /// What somebody saw of practice, or of what it left behind; a handoff is written by those whose practice
    /// it is, and a note is reviewed.
    #[must_use]
    pub fn is_observation(self) -> bool {
        matches!(self, Class::Check | Class::Shadow | Class::Audit)
    }

    /// Whether it must be about one member of staff; an audit can be about a site as a whole.
    #[must_use]
    pub fn needs_subject(self) -> bool {
        self.has_subject() && self != Class::Audit
    }

    /// Can be about one member of staff (a handoff is about a site and a shift).
    #[must_use]
    pub fn has_subject(self) -> bool {
        self != Class::Handoff
    }
}

/// Names one version of one standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StandardRef {
    pub standard: Uuid,
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    /// The same for all versions.
    pub standard: Uuid,
    /// 1, 2, 3 …
    pub version: u32,
    pub class: Class,
    /// What it trains, as a short stable code (`medication`, `escalation` …).
    pub competency: String,
    /// Whose practice it describes, as words on the page ("Support worker").
    #[serde(default)]
    pub role: Text,
    pub title: Text,
    /// Why it exists, in a sentence or two.
    #[serde(default)]
    pub purpose: Text,
    /// The written or spoken case, for scenario notes and simulated calls.
    #[serde(default)]
    pub scenario: Text,
    /// Where it is observed; `None` in versions from before standards said so
    /// ([`Standard::observed_in`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
    /// One item at a time instead of one scrollable page (UX 9: for rare forms).
    #[serde(default)]
    pub one_at_a_time: bool,
    /// The person supported is present: their consent is asked and recorded.
    #[serde(default)]
    pub consent: bool,
    /// The least share of met items for the whole to be met, 0 to 1; a missed critical item fails
    /// it in any case.
    #[serde(default = "all")]
    pub share: f64,
    pub items: Vec<Item>,
    /// What the reviewer looks at, for classes that are reviewed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub review: Vec<Item>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refreshers: Vec<Refresher>,
    /// The one-page decision aid, read from the top: the first that fits decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aid: Vec<Threshold>,
    /// What a coaching cycle on it asks for.
    #[serde(default, skip_serializing_if = "CyclePlan::is_none")]
    pub cycle: CyclePlan,
    /// What changed in this version and why, for the log of changes.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub change: Text,
    /// Members of a newer version of the app: kept, so that a next version written here has them.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

fn all() -> f64 {
    1.0
}

/// One line of a decision aid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// What is seen.
    pub when: Text,
    /// Whom to call, and how soon.
    pub then: Text,
}

/// What a coaching cycle on a standard asks for unless whoever opens it says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CyclePlan {
    /// Where it has a live validation, no cycle on the standard does without one.
    pub evidence: Evidence,
    /// Other standards by which the same practice is observed live.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub live_by: Vec<Uuid>,
    /// Choices are looked at shift by shift for two weeks (shadow escalation).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shifts: bool,
}

impl Standard {
    /// The least share of met items in whole percent, as it is shown.
    #[must_use]
    pub fn percent_needed(&self) -> u32 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 to 100")]
        let percent = (self.share * 100.0).clamp(0.0, 100.0).round() as u32;
        percent
    }
}

impl CyclePlan {
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == CyclePlan::default()
    }
}

/// What is filled in for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Met / not met / not seen / not applicable.
    Mark,
    Number,
    /// One of `choices`, with a note where the choice asks for one.
    Choice,
    Text,
    /// Next-step tasks with owner and time; only in handoffs.
    Tasks,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable within the standard over all versions.
    pub id: String,
    pub form: Form,
    pub text: Text,
    /// How to look at it: what to ask or where to look.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub look: Text,
    /// What good looks like: read out when it is missed.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub good: Text,
    /// A miss fails the whole.
    #[serde(default)]
    pub critical: bool,
    /// May be left open when finishing.
    #[serde(default)]
    pub optional: bool,
    /// "Not seen" is a valid answer (marks only).
    #[serde(default = "yes")]
    pub not_seen: bool,
    /// "Not applicable" is a valid answer (marks only).
    #[serde(default)]
    pub not_applicable: bool,
    /// What can be wrong: each points to the refresher for that deviation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<Deviation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Limits and unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub unit: Text,
    /// A number that is counted, so that it is whole; `None` in versions from before items said so
    /// ([`Item::is_counted`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<bool>,
    /// The id of the number that this one is a part of, and cannot be more than ([`Item::whole`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Members of a newer version of the app.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

fn yes() -> bool {
    true
}

impl Item {
    /// Whether its number is counted. Versions that do not say so go by the starter that the item came from.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.form == Form::Number && self.counted.unwrap_or_else(|| starters::counted(&self.id).is_some())
    }

    /// The id of the number that it is a part of.
    #[must_use]
    pub fn whole(&self) -> Option<&str> {
        if self.form != Form::Number {
            return None;
        }
        match self.counted {
            Some(_) => self.part_of.as_deref(),
            None => starters::counted(&self.id).flatten(),
        }
    }

    /// How what is typed into its field is read.
    #[must_use]
    pub fn number_kind(&self) -> number::Kind {
        if self.is_counted() { number::Kind::Counted } else { number::Kind::Measured }
    }

    /// The least number that it takes: nothing is counted below 0.
    #[must_use]
    pub fn least(&self) -> Option<f64> {
        self.min.or_else(|| self.is_counted().then_some(0.0))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    pub id: String,
    pub text: Text,
    /// The refresher for this deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresher: Option<String>,
    /// The competency that this error shows a want of, where it is not the standard's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub competency: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub id: String,
    pub text: Text,
    /// This choice means that nobody knows: it is counted, and asks who will find out.
    #[serde(default)]
    pub unknown: bool,
    /// A note belongs to this choice.
    #[serde(default)]
    pub note: bool,
}

/// A few minutes of reading or practice for one deviation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refresher {
    pub id: String,
    pub title: Text,
    pub minutes: u32,
    #[serde(default)]
    pub text: Text,
}

/// What is wrong with a standard, by the place in it: an item's or a refresher's id, or a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{place}: {what}")]
pub struct StandardError {
    pub place: String,
    pub what: Fault,
}

/// The app has a sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    #[error("versions begin at 1")]
    Version,
    #[error("a title is needed")]
    Title,
    #[error("the competency that it trains is needed")]
    Competency,
    #[error("at least one item is needed")]
    NoItems,
    #[error("the share is between 0 and 1")]
    Share,
    #[error("scenario and note standards have review items, others have none")]
    Review,
    #[error("each item has an id of its own")]
    ItemId,
    #[error("an item says what to look at")]
    ItemText,
    #[error("choice items have choices, others have none")]
    Choices,
    #[error("next-step tasks belong to handoffs")]
    Tasks,
    #[error("only a mark or a choice can be critical")]
    Critical,
    #[error("the least is not above the most")]
    Limits,
    #[error("the limits of what is counted are whole")]
    LimitsNotWhole,
    #[error("a text is too long")]
    TooLong,
    #[error("a part belongs to another number of the same page")]
    LostWhole,
    #[error("each choice and each deviation has an id of its own")]
    ChoiceId,
    #[error("each choice and each deviation has words")]
    ChoiceText,
    #[error("a deviation points to a refresher that is not there")]
    LostRefresher,
    #[error("each refresher has an id of its own")]
    RefresherId,
    #[error("each refresher has a title")]
    RefresherTitle,
}

impl Standard {
    #[must_use]
    pub fn reference(&self) -> StandardRef {
        StandardRef { standard: self.standard, version: self.version }
    }

    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().chain(&self.review).find(|item| item.id == id)
    }

    #[must_use]
    pub fn refresher(&self, id: &str) -> Option<&Refresher> {
        self.refreshers.iter().find(|refresher| refresher.id == id)
    }

    /// Checks what the types cannot: unique ids, texts present, references that lead somewhere.
    /// All faults at once, so that an author mends them in one go.
    #[must_use]
    pub fn faults(&self) -> Vec<StandardError> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, place: &str, what| {
            if wrong {
                faults.push(StandardError { place: place.to_owned(), what });
            }
        };
        fault(self.version == 0, "version", Fault::Version);
        fault(self.title.is_empty(), "title", Fault::Title);
        fault(self.competency.trim().is_empty(), "competency", Fault::Competency);
        fault(self.items.is_empty(), "items", Fault::NoItems);
        fault(!(0.0..=1.0).contains(&self.share), "share", Fault::Share);
        fault(self.class.is_reviewed() == self.review.is_empty(), "review", Fault::Review);
        let mut seen = BTreeSet::new();
        for item in self.items.iter().chain(&self.review) {
            for (wrong, what) in self.faults_of(item, seen.insert(item.id.as_str())) {
                fault(wrong, &item.id, what);
            }
        }
        let ids = self.refreshers.iter().map(|refresher| &refresher.id);
        fault(twice(ids), "refreshers", Fault::RefresherId);
        for refresher in &self.refreshers {
            fault(refresher.title.is_empty(), &refresher.id, Fault::RefresherTitle);
        }
        for (place, text, longest) in self.texts() {
            fault(text.0.values().any(|words| too_many(words, longest) > 0), place, Fault::TooLong);
        }
        fault(too_many(&self.competency, LONGEST_COMPETENCY) > 0, "competency", Fault::TooLong);
        faults
    }

    /// Every text that is written on a phone, with its place and how long it can be.
    fn texts(&self) -> Vec<(&str, &Text, u32)> {
        let mut texts = vec![
            ("title", &self.title, LONGEST_TITLE),
            ("role", &self.role, LONGEST_TITLE),
            ("purpose", &self.purpose, LONGEST_TEXT),
            ("scenario", &self.scenario, LONGEST_WORDS),
        ];
        for item in self.items.iter().chain(&self.review) {
            let of_item = [
                (&item.text, LONGEST_TITLE),
                (&item.look, LONGEST_TEXT),
                (&item.good, LONGEST_WORDS),
                (&item.unit, LONGEST_UNIT),
            ];
            let parts = item.choices.iter().map(|choice| &choice.text);
            let parts = parts.chain(item.deviations.iter().map(|deviation| &deviation.text));
            let all = of_item.into_iter().chain(parts.map(|text| (text, LONGEST_PART)));
            texts.extend(all.map(|(text, longest)| (item.id.as_str(), text, longest)));
        }
        for one in &self.refreshers {
            let id = one.id.as_str();
            texts.extend([(id, &one.title, LONGEST_TITLE), (id, &one.text, LONGEST_WORDS)]);
        }
        texts
    }

    fn faults_of(&self, item: &Item, is_first: bool) -> [(bool, Fault); 11] {
        let marked = item.form == Form::Mark || item.form == Form::Choice;
        let lost =
            |refresher: &Option<String>| refresher.as_ref().is_some_and(|id| self.refresher(id).is_none());
        let wordless = item.choices.iter().any(|choice| choice.text.is_empty())
            || item.deviations.iter().any(|deviation| deviation.text.is_empty());
        let has_whole = |whole: &str| {
            let all = if self.items.iter().any(|one| one.id == item.id) { &self.items } else { &self.review };
            whole != item.id && all.iter().any(|one| one.id == whole && one.form == Form::Number)
        };
        let same = twice(item.choices.iter().map(|choice| &choice.id))
            || twice(item.deviations.iter().map(|deviation| &deviation.id));
        [
            (item.id.is_empty() || !is_first, Fault::ItemId),
            (item.text.is_empty(), Fault::ItemText),
            ((item.form == Form::Choice) == item.choices.is_empty(), Fault::Choices),
            (item.form == Form::Tasks && self.class != Class::Handoff, Fault::Tasks),
            (item.critical && !marked, Fault::Critical),
            (item.min.zip(item.max).is_some_and(|(min, max)| min > max), Fault::Limits),
            (
                item.is_counted() && [item.min, item.max].into_iter().flatten().any(|n| n.fract() != 0.0),
                Fault::LimitsNotWhole,
            ),
            (item.part_of.as_ref().is_some_and(|whole| !has_whole(whole)), Fault::LostWhole),
            (same, Fault::ChoiceId),
            (wordless, Fault::ChoiceText),
            (item.deviations.iter().any(|deviation| lost(&deviation.refresher)), Fault::LostRefresher),
        ]
    }
}

fn twice<'a>(ids: impl Iterator<Item = &'a String>) -> bool {
    let mut seen = BTreeSet::new();
    !ids.into_iter().all(|id| seen.insert(id))
}
