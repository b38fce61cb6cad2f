//! What screens are told of patterns, chains, drift, cohorts and deadlines.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::insight::cohort::Compared;
use crate::insight::drift::{Drift, Input};
use crate::insight::pattern::{Pattern, Recurrence};
use crate::insight::scan::Evidence;
use crate::insight::timely::Timely;
use crate::practice::follow::{Gap, Work};
use crate::practice::text::Text;
use crate::store::query::{FollowUpRow, PersonRow, RecordRow, SiteName};

/// Everything that repeats: what nothing answers yet, and what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternsView {
    /// Newest first.
    pub raised: Vec<PatternRow>,
    /// Corrective actions that answered a pattern, each with its dated chain, newest first.
    pub answered: Vec<Answered>,
    /// How many such actions there are.
    pub answers: u32,
    /// The organisation's threshold: so many …
    pub count: u32,
    /// … within so many days.
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternRow {
    pub pattern: Pattern,
    /// Where it shows.
    pub sites: Vec<SiteName>,
    /// How many of its reports are classified.
    pub classified: u32,
    /// The gravest gap among those: what an action has to answer.
    pub gap: Option<Gap>,
    /// Some report in it must be reported outside.
    pub reportable: bool,
    /// Whether it is more than chance explains; none once it was answered.
    pub evidence: Option<Evidence>,
}

/// A pattern with its reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternView {
    pub row: PatternRow,
    /// Oldest first.
    pub reports: Vec<FollowUpRow>,
    /// The actions that answer it.
    pub actions: Vec<FollowUpRow>,
    /// May open the corrective action: only once it is known which gap it has to answer.
    pub may_act: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The reports that it answers.
    Pattern,
    /// The action was opened.
    Opened,
    /// It was said to be carried out.
    CarriedOut,
    /// It was closed, and nobody had said that it was carried out: an older version wrote that.
    Closed,
    /// It was ended without being carried out.
    NotCarriedOut,
    /// Practice was seen to meet the standard again.
    Revalidated,
    /// Whether it happened again since.
    Recurrence,
}

/// What a link of a chain opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTo {
    /// Exactly what the link counts, as the parts of [`ChainView`] have it.
    Counted,
    FollowUp(Uuid),
}

/// One link of a chain: what, when, how many of how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub what: LinkKind,
    /// None where it has not come to that; of a recurrence the day since when it is watched.
    pub on: Option<NaiveDate>,
    pub n: u32,
    /// Of how many; nought where that is not said. Of a recurrence in how many whole days.
    pub of: u32,
    pub to: Option<LinkTo>,
}

/// A corrective action and its dated chain: pattern → action → re-validated → recurrence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    pub action: FollowUpRow,
    pub links: Vec<Link>,
}

/// The chain of one corrective action, with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainView {
    pub answered: Answered,
    /// None until it was re-validated or closed: nothing has been watched yet.
    pub recurrence: Option<Recurrence>,
    pub again: Vec<FollowUpRow>,
    /// The reports that it answers, oldest first.
    pub reports: Vec<FollowUpRow>,
    /// Who is re-validated and who is not, one row a person; empty where it asks for nobody in particular.
    pub shown: Vec<FollowUpRow>,
    pub not_shown: Vec<FollowUpRow>,
    /// There, the observations that count for it.
    pub proof: Vec<RecordRow>,
    /// Coaching cycles that were opened from it.
    pub cycles: Vec<FollowUpRow>,
    /// Restrictions that were placed with it.
    pub restrictions: Vec<FollowUpRow>,
    /// Its kind does not answer its gap, and no other action for the same reports does.
    pub training_alone: bool,
}

/// Who can be retrained for an action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RetrainView {
    pub action: FollowUpRow,
    /// The title of the standard that it is re-validated by.
    pub standard: Option<Text>,
    /// Active staff where it applies, without those who are being retrained already.
    pub people: Vec<PersonRow>,
    /// Those whose practice its reports were about.
    pub concerned: Vec<Uuid>,
}

/// Small errors that repeat (DOMAIN C2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriftView {
    pub drifts: Vec<Drift>,
    /// The words of the items named, by standard and item.
    pub items: BTreeMap<String, Text>,
    /// From so many on …
    pub count: u32,
    /// … within so many days.
    pub days: u32,
}

impl DriftView {
    /// The key of an item in [`DriftView::items`].
    #[must_use]
    pub fn key(standard: Uuid, item: &str) -> String {
        format!("{standard}/{item}")
    }
}

/// The records behind a figure of drift, the newest first, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DriftBehindView {
    pub records: Vec<RecordRow>,
    pub records_total: u32,
    pub reports: Vec<FollowUpRow>,
    pub reports_total: u32,
}

/// Which records are behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriftBehind {
    pub competency: String,
    /// Any where none is named.
    pub input: Option<Input>,
    /// Only where this item of this standard was missed.
    pub item: Option<(Uuid, String)>,
}

/// What is counted of a cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CohortMeasure {
    /// First looks that did not meet their standard, of all first looks.
    #[default]
    NotMet,
    /// Incidents and near misses: a count, as it is not known how much work they come from.
    Reports,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortsView {
    pub compared: Vec<Compared>,
    pub site_names: BTreeMap<Uuid, String>,
    pub competencies: Vec<String>,
    pub days: u32,
    /// Looks at somebody who was looked at by that standard before, within these days: not counted.
    pub again: u32,
}

/// What was done in time, of what fell due (CMS).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelyView {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub investigated: Timely,
    pub resolved: Timely,
    pub actions: Timely,
    /// Whatever was late, by its id.
    pub late: Vec<FollowUpRow>,
    /// Work that counts as done in time and was entered later than it was done.
    pub entered_later: Vec<EnteredLater>,
}

/// Work on a report that was entered later than it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnteredLater {
    pub row: FollowUpRow,
    pub work: Work,
    pub done: DateTime<FixedOffset>,
    pub entered: DateTime<FixedOffset>,
}
