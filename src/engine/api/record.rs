//! A record, what stands of it and what may be done with it; what is being filled.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FollowUpRow, PersonRow, RecordRow, RefusedRow, SiteName, TaskRow};
use crate::practice::draft::Draft;
use crate::practice::merge::Field;
use crate::practice::record::Record;
use crate::practice::standard::Standard;
use crate::practice::text::Text;
use crate::store::FormKey;

/// A record with all that is needed to read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordView {
    pub row: RecordRow,
    pub record: Record,
    /// When the server got it, in UTC; none of what this device wrote itself.
    #[serde(default)]
    pub arrived: Option<DateTime<FixedOffset>>,
    /// Null where the standard has not arrived on this device.
    pub standard: Option<Standard>,
    pub tasks: Vec<TaskRow>,
    /// Names of the people in the history.
    pub names: BTreeMap<Uuid, String>,
    pub may: May,
    /// The cycles, restrictions and actions that it is evidence for, oldest first.
    pub evidence_for: Vec<FollowUpRow>,
    /// The events in its history that decided about my amendment, and that I have not read here.
    pub told: Vec<Uuid>,
    /// The events that accepted what I wrote, answered what I asked or reply to what I observed, and that
    /// I have not read here:
    /// opening it is reading them.
    #[serde(default)]
    pub heard: Vec<Uuid>,
    /// What names it and does not count.
    pub refused: Vec<RefusedRow>,
    /// Who is reading.
    pub me: Uuid,
}

/// What stands of one dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub field: Field,
    pub stands: Stands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// What this event says.
    Said(Uuid),
    /// What all sides say, one after the other; for words.
    Together,
}

/// What the person may do with a record now: buttons that would be refused are not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    pub amend: bool,
    pub withdraw: bool,
    /// Return it to its author with a question.
    pub send_back: bool,
    /// Answer what somebody else asked.
    #[serde(default)]
    pub answer: bool,
    /// Answer what the person whom it is about said to it.
    #[serde(default)]
    pub reply: bool,
    pub acknowledge: bool,
    /// Ask whoever observed, after having acknowledged it.
    #[serde(default)]
    pub ask: bool,
    pub review: bool,
    /// Open a coaching cycle from what it shows.
    pub coach: bool,
}

/// What stands in a form that was not sent, in the form's own words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDraft {
    pub body: String,
    pub saved_at: DateTime<FixedOffset>,
}

/// A form that was not sent, to be listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormRow {
    pub key: FormKey,
    /// In the form's own words.
    pub body: String,
    pub saved_at: DateTime<FixedOffset>,
    pub of: FormOf,
}

/// What a form is about, where its name says so and it is known here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a page holds a few of them, each for a moment")]
pub enum FormOf {
    #[default]
    Nothing,
    Record(RecordRow),
    FollowUp(FollowUpRow),
    Task(TaskRow),
    Person(String),
    Standard(Text),
    Site(String),
}

/// A draft with what is needed to fill it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftView {
    pub draft: Draft,
    /// The version that it was begun with (UX 22).
    pub standard: Standard,
    /// Who it can be about: staff of the site, self last.
    pub people: Vec<PersonRow>,
    pub sites: Vec<SiteName>,
    /// A review's feedback, where this is a rework; else empty.
    pub feedback: String,
    /// Seconds that the record took before this amended it: the clock shows what this takes.
    #[serde(default)]
    pub spent_before: u64,
    /// Why this is due, where it looks again at what was coached.
    #[serde(default)]
    pub again: Option<Again>,
}

/// A re-check that this draft is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// When somebody was coached.
    pub coached: NaiveDate,
    /// The day on which to look again.
    pub on: NaiveDate,
    /// What was coached, in the words of the version by which it was missed.
    pub items: Vec<Text>,
    /// The standard asks that no longer: the whole of it is looked at.
    pub gone: bool,
}
