//! Something followed up, with all that is needed to read it and to go on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FollowUpRow, NamedItem, RecordRow, RefusedRow};
use crate::practice::follow::{FollowUp, Step};
use crate::practice::settings::Settings;
use crate::practice::standard::Standard;

/// Something that begins to be followed up: where, and about whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewStep {
    pub step: Step,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
}

/// Something followed up with all that is needed to read it and to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUpView {
    pub row: FollowUpRow,
    /// With its history.
    pub follow: FollowUp,
    /// The observations that it points to, and those that a person may point to next.
    pub records: Vec<RecordRow>,
    /// The reports that an action answers.
    pub reports: Vec<FollowUpRow>,
    /// Names of the people in the history.
    pub names: BTreeMap<Uuid, String>,
    /// The events that tell me what came of it, and that I have not read here: opening it is reading them.
    #[serde(default)]
    pub heard: Vec<Uuid>,
    /// The items of its standard that a look has to have seen and met to count; none where the whole counts.
    #[serde(default)]
    pub items: Vec<NamedItem>,
    /// The cycles and restrictions that an action opened and that keep it from being closed.
    #[serde(default)]
    pub still_open: Vec<FollowUpRow>,
    /// What names it and does not count.
    pub refused: Vec<RefusedRow>,
    /// The verbs that this person may go on with.
    pub may: Vec<String>,
    /// May open a corrective action about it.
    pub may_act: bool,
    /// The newest version of the standard that a cycle is about: its decision aid, what it asks.
    pub standard: Option<Standard>,
    /// How far a focus got, where an improvement has one.
    pub focus: Option<FocusView>,
    /// What was in force when it was written: a report's deadlines stay what they were.
    #[serde(default)]
    pub settings: Settings,
}

/// What was done of a focus so far, each against what was to be done by now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocusView {
    /// Each member of staff at the site, by name, and how often they were observed.
    pub observed: Vec<(Uuid, String, u32)>,
    /// Changes of shift, and how many of them had a handoff.
    pub changes: u32,
    pub handed_over: u32,
    pub days: u32,
    /// Days on which the daily standard was gone through.
    pub days_done: u32,
    pub weeks: u32,
    pub weeks_learned: u32,
    /// Questions to on-call about missing information, in the same days before it began …
    pub on_call_before: u32,
    /// … and since.
    pub on_call: u32,
}
