//! What a person owes, each with what its row says.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    DeviceRow, DraftRow, FollowUpRow, FormRow, NextDuty, OwedTotal, PatternRow, RecordRow, StandardRow,
    TaskRow,
};
use crate::practice::follow::{ShiftOn, Step, Work};

/// What a person owes, and how they may begin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// The gravest first ([`urgency`]): what is due now before what is due later. Of each kind the
    /// first fifty in either part; `totals` says how many there are.
    pub owed: Vec<Owed>,
    #[serde(default)]
    pub totals: Vec<OwedTotal>,
    pub drafts: Vec<DraftRow>,
    /// Forms with text in them that was not sent, the newest first.
    #[serde(default)]
    pub forms: Vec<FormRow>,
    /// Own newest records, to read back.
    pub recent: Vec<RecordRow>,
    /// The organisation has no published standard yet (admin, quality see the way out). Never said
    /// while it is not known.
    pub no_standards: bool,
    /// The organisation's records have not all arrived on this device yet: nothing can be said of what
    /// is not here.
    #[serde(default)]
    pub fetching: bool,
    /// The site of the newest own record or draft: asked once (UX 5).
    pub last_site: Option<Uuid>,
}

/// One thing that somebody owes. The app has words and an icon for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// A device was paired in my name, and I have not looked at it.
    Paired { device: DeviceRow },
    /// A record of mine came back with a question; `by` names everybody who asked and waits.
    Returned {
        record: RecordRow,
        reason: String,
        #[serde(default)]
        by: String,
    },
    /// A scenario or note to review; `due` is 24 hours after it was written.
    Review { record: RecordRow, due: DateTime<FixedOffset> },
    /// My scenario or note was reviewed: to be worked on again.
    Rework { record: RecordRow, feedback: String },
    /// Feedback to read, or an observation of me to acknowledge.
    Acknowledge { record: RecordRow, coached: bool },
    /// A handoff of one of my sites that the incoming shift has not acknowledged.
    Handoff { record: RecordRow },
    /// A task that is mine, or that nobody owns.
    Task { task: TaskRow },
    /// Coaching said: look again on this day. `gone`: the standard asks an item of it no more, so that the
    /// whole of it counts.
    LookAgain { record: RecordRow, on: NaiveDate, gone: bool },
    /// A record in dispute, for somebody who may settle it, or who wrote it.
    Conflict { record: RecordRow },
    /// My amendment was settled by somebody else, or what I amended was `withdrawn` meanwhile; with
    /// the reason that they gave.
    Told { record: RecordRow, by: String, reason: String, withdrawn: bool },
    /// What came of what I did, for me to read: nothing has to be done.
    Heard { of: HeardOf, by: String, words: String },
    /// Somebody tried to change this who may not: `n` events, the newest of `by`, taken in at `at`.
    Refused { of: RefusedOf, n: u32, by: String, at: DateTime<FixedOffset> },
    /// Something followed up waits for me: a cycle to close, a restriction to review, a report to
    /// classify, an action to carry out.
    FollowUp { row: FollowUpRow },
    /// A report's next piece of work, with its deadline.
    Report { row: FollowUpRow, next: NextDuty },
    /// A pattern that no corrective action answers yet.
    Pattern { row: PatternRow },
    /// Someone is to be observed by a standard `missing` more of `of` times until `by`.
    Observe { person: Uuid, name: String, standard: StandardRow, missing: u32, of: u32, by: NaiveDate },
    /// A cycle was closed: does it hold? To be looked at again on or after `on`.
    Recheck { row: FollowUpRow, on: NaiveDate },
    /// A visit is at risk: the steps left, until it is to begin at `at`.
    Visit { row: FollowUpRow, left: Vec<Work>, at: DateTime<FixedOffset> },
    /// An open cycle asks `missing` more of `of` notes of me.
    Write { row: FollowUpRow, standard: StandardRow, missing: u32, of: u32 },
    /// On a scheduled shift somebody's choices are to be looked at; `due` of them are past.
    Confirm { row: FollowUpRow, on: ShiftOn, due: u32 },
    /// The week's piece of learning of a focus was not logged.
    Learn { row: FollowUpRow, by: NaiveDate },
    /// The daily standard of a focus was not gone through today.
    Daily { row: FollowUpRow, standard: StandardRow },
    /// Settings that people changed differently without knowing of each other.
    Unsettled { keys: Vec<String> },
    /// The newest change of shift of a focus had no handoff.
    HandOver { row: FollowUpRow, standard: StandardRow, at: DateTime<FixedOffset> },
}

/// What somebody hears.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a page holds a few of them, each for a moment")]
pub enum HeardOf {
    /// My note or scenario was accepted.
    Accepted(RecordRow),
    /// My question about a record was answered.
    Answered(RecordRow),
    /// The person whom I observed said something to it.
    Replied(RecordRow),
    /// What came of a report of mine, or praise of me.
    Report { row: FollowUpRow, step: Box<Step> },
}

/// What somebody tried to change who may not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a page holds a few of them, each for a moment")]
pub enum RefusedOf {
    Record(RecordRow),
    FollowUp(FollowUpRow),
    Task(TaskRow),
}

impl RefusedOf {
    #[must_use]
    pub fn site(&self) -> Option<Uuid> {
        match self {
            RefusedOf::Record(row) => row.site,
            RefusedOf::FollowUp(row) => row.follow.site,
            RefusedOf::Task(row) => row.task.site,
        }
    }
}
