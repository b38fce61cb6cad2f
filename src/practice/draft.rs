//! An observation while it is being filled, and what "finished" asks of it.
//!
//! Invariant: a draft holds exactly what the body of its `submitted` event will hold, so that
//! finishing adds nothing and loses nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::merge::Field;
use super::number::{self, Reading};
use super::setting::Setting;
use super::standard::{Class, Form, Item, Standard, StandardRef};
use super::text::too_many;
use crate::record::time;

/// The longest text of one field, in letters: many of them fit into the 64 KB of a record.
pub const LONGEST: u32 = 4_000;
/// The longest code of a person supported.
pub const LONGEST_CODE: u32 = 20;

/// The four marks. One that a newer version added reads as `Unknown` and stays in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Met,
    NotMet,
    NotSeen,
    NotApplicable,
    #[serde(other)]
    Unknown,
}

/// What was answered to one item. Which member is used depends on the item's form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Ids of the item's deviations, where the mark is "not met".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<String>,
    /// `None` where what was typed reads as no number: it then stands in `text`, so that it is not lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Milliseconds spent on the item; staff are told that this is kept (UX 14).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ms: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Answer {
    #[must_use]
    pub fn mark(mark: Mark) -> Answer {
        Answer { mark: Some(mark), ..Answer::default() }
    }

    /// Whether anything was answered, by the item's form.
    #[must_use]
    pub fn is_given(&self, form: Form) -> bool {
        match form {
            Form::Mark => self.mark.is_some(),
            Form::Number => self.number.is_some(),
            Form::Choice => self.choice.is_some(),
            Form::Text => !self.text.trim().is_empty(),
            // The tasks themselves are the answer; "no tasks" is one too.
            Form::Tasks => true,
        }
    }

    /// Whether something was typed for a number that reads as none.
    #[must_use]
    pub fn is_unread(&self, form: Form) -> bool {
        form == Form::Number && self.number.is_none() && !self.text.trim().is_empty()
    }

    /// Takes what was typed for a number: as the number it is, else as it was typed.
    pub fn type_number(&mut self, text: &str, kind: number::Kind) {
        self.number = number::read(text, kind).number();
        self.text = if self.number.is_some() { String::new() } else { text.to_owned() };
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shift {
    Early,
    Late,
    Night,
}

impl Shift {
    pub const ALL: [Shift; 3] = [Shift::Early, Shift::Late, Shift::Night];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Shift::Early => "early",
            Shift::Late => "late",
            Shift::Night => "night",
        }
    }
}

/// Whether the person supported agreed to someone watching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    Given,
    Declined,
    NotPresent,
}

/// What was said about one miss, and when to look again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coaching {
    /// The item that was missed.
    pub item: String,
    pub said: String,
    /// Id of the refresher it points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresher: Option<String>,
    /// The day to look again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look_again: Option<NaiveDate>,
}

/// A next-step task, before its handoff is finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDraft {
    pub text: String,
    /// Who does it; nobody yet where it is null.
    #[serde(default)]
    pub owner: Option<Uuid>,
    #[serde(default)]
    pub due: Option<DateTime<FixedOffset>>,
    /// Site-local code of the person supported.
    #[serde(default)]
    pub person_code: String,
}

/// The part that stands in the event's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    #[serde(flatten)]
    pub standard: StandardRef,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
    /// When it happened, where that is not when it was recorded (back-dating, UX 17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<DateTime<FixedOffset>>,
    /// When it was begun, where that is not when it was finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<DateTime<FixedOffset>>,
    /// Where it was observed, said when beginning where the standard leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
    /// Site-local code of the person supported who was present, never a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person_code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coaching: Vec<Coaching>,
    /// Anything else, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Seconds of active filling.
    #[serde(default)]
    pub seconds: u64,
}

impl Content {
    /// The content of a line; `None` where it does not read, or speaks of a time that no line may. A
    /// draft, which can hold any date that was typed by mistake, is read without that.
    #[must_use]
    pub fn read(body: &str) -> Option<Content> {
        serde_json::from_str::<Content>(body).ok().filter(Content::fits)
    }

    /// Whether its times are such as a line may speak of.
    #[must_use]
    pub fn fits(&self) -> bool {
        let mut days = self.coaching.iter().filter_map(|coaching| coaching.look_again);
        let mut times = [self.happened_at, self.begun_at].into_iter().flatten();
        times.all(time::moment_fits) && days.all(time::day_fits)
    }

    /// Whether both say the same, however long it took to say it.
    #[must_use]
    pub fn says_as(&self, other: &Content) -> bool {
        let plain = |content: &Content| {
            let mut content = content.clone();
            content.seconds = 0;
            content.answers.values_mut().for_each(|answer| answer.ms = 0);
            content
        };
        plain(self) == plain(other)
    }

    /// Nothing filled in yet.
    #[must_use]
    pub fn new(standard: StandardRef) -> Content {
        Content {
            standard,
            shift: None,
            happened_at: None,
            begun_at: None,
            setting: None,
            person_code: String::new(),
            consent: None,
            answers: BTreeMap::new(),
            coaching: Vec::new(),
            note: String::new(),
            seconds: 0,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub id: Uuid,
    pub class: Class,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub content: Content,
    #[serde(default)]
    pub tasks: Vec<TaskDraft>,
    /// The item that was last touched: where "carry on" continues.
    #[serde(default)]
    pub item: Option<String>,
    pub begun_at: DateTime<FixedOffset>,
    /// The record that this draft amends or reworks; none for a new one.
    #[serde(default)]
    pub amends: Option<Amends>,
    /// The quarantined event that this new record stands for (`body.corrects`).
    #[serde(default)]
    pub corrects: Option<Uuid>,
    /// A standard that is being written is tried out: this never becomes a record. The draft has the
    /// id of the editing, and is filled by what stands there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trial: bool,
}

/// What a draft changes, where it is not new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amends {
    /// The record: the id of its `submitted` event.
    pub of: Uuid,
    /// The newest events of it that the author saw.
    pub base: Vec<Uuid>,
    pub reason: String,
}

/// One thing that stands between a draft and "finished". The app has a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// An item that must be answered is not.
    Unanswered {
        item: String,
    },
    /// A number outside the item's limits.
    OutOfRange {
        item: String,
    },
    /// What was typed for a number is none, or could be either of two.
    NotANumber {
        item: String,
    },
    /// A number with decimals, where something is counted.
    NotWhole {
        item: String,
    },
    /// A part that is more than its whole: the number of the item `whole`.
    MoreThanWhole {
        item: String,
        whole: String,
    },
    /// A choice that the standard does not have, or a mark that the item does not allow.
    NotAllowed {
        item: String,
    },
    /// An answer to an item that the standard does not have.
    UnknownItem {
        item: String,
    },
    /// A choice that says nothing without words.
    Unsaid {
        item: String,
    },
    /// A critical item was missed: what misses it cannot be accepted.
    CriticalMissed {
        item: String,
    },
    /// Nobody was chosen.
    NoSubject,
    NoSite,
    NoConsent,
    /// Nobody said whether this is real practice or a simulation.
    NoSetting,
    /// A time that is to be said and is not, or does not read: by the id of its field. `when` is that of the
    /// record itself ([`super::clock::asks_when`]).
    NoTime {
        field: String,
    },
    /// A next-step task without words.
    EmptyTask {
        index: usize,
    },
    /// Coaching without a word of what was said.
    EmptyCoaching {
        item: String,
    },
    /// A day to check again that was over before the draft was begun.
    PastDay {
        item: String,
    },
    /// An amendment without its reason.
    NoReason,
    /// An amendment that says what stands already.
    NothingChanged,
    /// A text that is too long, and by how many letters. It is kept whole.
    TooLong {
        at: Long,
        by: usize,
    },
    /// Nobody has said yet what stands of this.
    InDispute {
        field: Field,
    },
    /// Something changed since the person looked.
    Changed,
}

/// Where a text is too long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Long {
    Answer {
        item: String,
    },
    Coaching {
        item: String,
    },
    Note,
    /// The code of the person supported.
    Code,
    Task {
        index: usize,
    },
    Reason,
}

impl Open {
    /// The item to jump to, where there is one.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        match self {
            Open::Unanswered { item }
            | Open::OutOfRange { item }
            | Open::NotANumber { item }
            | Open::NotWhole { item }
            | Open::MoreThanWhole { item, .. }
            | Open::NotAllowed { item }
            | Open::UnknownItem { item }
            | Open::Unsaid { item }
            | Open::CriticalMissed { item }
            | Open::EmptyCoaching { item }
            | Open::PastDay { item }
            | Open::TooLong { at: Long::Answer { item } | Long::Coaching { item }, .. } => Some(item),
            _ => None,
        }
    }
}

impl Draft {
    /// What is still open, in the order of the page. Empty means that it can be finished.
    #[must_use]
    pub fn open(&self, standard: &Standard) -> Vec<Open> {
        let mut open = Vec::new();
        if self.site.is_none() && !self.trial {
            open.push(Open::NoSite);
        }
        if self.class.needs_subject() && self.subject.is_none() && !self.trial {
            open.push(Open::NoSubject);
        }
        let said = self.content.setting.is_some_and(|setting| Setting::CHOICES.contains(&setting));
        if standard.observed_in() == Setting::Either && !said {
            open.push(Open::NoSetting);
        }
        if standard.consent && self.content.consent.is_none() {
            open.push(Open::NoConsent);
        }
        open.extend(check_answers(&standard.items, &self.content.answers));
        for (index, task) in self.tasks.iter().enumerate() {
            if task.text.trim().is_empty() {
                open.push(Open::EmptyTask { index });
            }
        }
        // What an older record says already is not said anew by amending it.
        let new = self.amends.is_none() && self.corrects.is_none();
        for coaching in self.content.coaching.iter().filter(|_| new) {
            if coaching.said.trim().is_empty() {
                open.push(Open::EmptyCoaching { item: coaching.item.clone() });
            }
            // Against the day on which it was begun: a draft that lay for a week can still be finished.
            if coaching.look_again.is_some_and(|day| day < self.begun_at.date_naive()) {
                open.push(Open::PastDay { item: coaching.item.clone() });
            }
        }
        if self.amends.as_ref().is_some_and(|amends| amends.reason.trim().is_empty()) {
            open.push(Open::NoReason);
        }
        open.extend(self.too_long());
        open
    }

    /// Every text that is too long, in the order of the page but for tasks.
    fn too_long(&self) -> impl Iterator<Item = Open> {
        let content = &self.content;
        let reason = self.amends.iter().map(|amends| (Long::Reason, &amends.reason, LONGEST));
        let code = std::iter::once((Long::Code, &content.person_code, LONGEST_CODE));
        let answers = content.answers.iter();
        let answers =
            answers.map(|(item, given)| (Long::Answer { item: item.clone() }, &given.text, LONGEST));
        let coaching = content.coaching.iter();
        let coaching = coaching.map(|one| (Long::Coaching { item: one.item.clone() }, &one.said, LONGEST));
        let tasks = self.tasks.iter().enumerate().flat_map(|(index, task)| {
            [(&task.text, LONGEST), (&task.person_code, LONGEST_CODE)]
                .map(|(text, longest)| (Long::Task { index }, text, longest))
        });
        let note = std::iter::once((Long::Note, &content.note, LONGEST));
        let all = reason.chain(code).chain(answers).chain(coaching).chain(tasks).chain(note);
        all.filter_map(|(at, text, longest)| {
            let by = too_many(text, longest);
            (by > 0).then_some(Open::TooLong { at, by })
        })
    }
}

impl Draft {
    /// The same as [`Draft::open`], and when it was observed where only its author can say
    /// ([`super::clock::asks_when`]); `worked`: seconds.
    #[must_use]
    pub fn open_at(&self, standard: &Standard, worked: u64, now: DateTime<FixedOffset>) -> Vec<Open> {
        let mut open = self.open(standard);
        if super::clock::asks_when(self, worked, now) {
            open.push(Open::NoTime { field: "when".into() });
        }
        open
    }
}

/// Checks answers against the items they should answer: for drafts, and for a reviewer's answers.
#[must_use]
pub fn check_answers(items: &[Item], answers: &BTreeMap<String, Answer>) -> Vec<Open> {
    let mut open: Vec<Open> = items.iter().flat_map(|item| check(item, answers)).collect();
    for item in answers.keys().filter(|id| !items.iter().any(|item| item.id == **id)) {
        open.push(Open::UnknownItem { item: item.clone() });
    }
    open
}

/// The first thing that is wrong with the answer to one item, beside all others.
#[must_use]
pub fn check_item(item: &Item, answers: &BTreeMap<String, Answer>) -> Option<Open> {
    check(item, answers).into_iter().next()
}

fn check(item: &Item, answers: &BTreeMap<String, Answer>) -> Vec<Open> {
    let mut open = Vec::new();
    let id = || item.id.clone();
    match answers.get(&item.id) {
        Some(answer) if answer.is_given(item.form) => {
            if !allowed(item, answer) {
                open.push(Open::NotAllowed { item: id() });
            }
            if asks_for_words(item, answer) && answer.text.trim().is_empty() {
                open.push(Open::Unsaid { item: id() });
            }
            open.extend(answer.number.and_then(|number| number_stands(item, number, answers)));
        }
        // Also where it is optional: nothing that was typed is left out without a word.
        Some(answer) if answer.is_unread(item.form) => open.push(match unread(item, &answer.text) {
            Reading::NotWhole => Open::NotWhole { item: id() },
            _ => Open::NotANumber { item: id() },
        }),
        _ if item.optional || item.form == Form::Tasks => {}
        _ => open.push(Open::Unanswered { item: id() }),
    }
    open
}

/// How what was typed for a number, and is kept as text because it reads as none, reads now.
fn unread(item: &Item, text: &str) -> Reading {
    number::read(text, item.number_kind())
}

/// What is wrong with a number: with itself, or beside the one that it is a part of.
fn number_stands(item: &Item, number: f64, answers: &BTreeMap<String, Answer>) -> Option<Open> {
    let id = || item.id.clone();
    let below = item.least().is_some_and(|least| number < least);
    if !number.is_finite() || below || item.max.is_some_and(|most| number > most) {
        return Some(Open::OutOfRange { item: id() });
    }
    if item.is_counted() && number.fract() != 0.0 {
        return Some(Open::NotWhole { item: id() });
    }
    let whole = item.whole()?;
    let of = answers.get(whole)?.number?;
    (number > of).then(|| Open::MoreThanWhole { item: id(), whole: whole.to_owned() })
}

fn asks_for_words(item: &Item, answer: &Answer) -> bool {
    let chosen = item.choices.iter().find(|choice| Some(&choice.id) == answer.choice.as_ref());
    chosen.is_some_and(|choice| choice.note)
}

fn allowed(item: &Item, answer: &Answer) -> bool {
    let mark = match answer.mark {
        Some(Mark::NotSeen) => item.not_seen,
        Some(Mark::NotApplicable) => item.not_applicable,
        Some(Mark::Unknown) => false,
        Some(Mark::Met | Mark::NotMet) | None => true,
    };
    let choice =
        answer.choice.as_ref().is_none_or(|chosen| item.choices.iter().any(|choice| choice.id == *chosen));
    let deviations =
        answer.deviations.iter().all(|given| item.deviations.iter().any(|deviation| deviation.id == *given));
    mark && choice && deviations
}
