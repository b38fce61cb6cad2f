//! The bodies of improvements (PDSA), programme self-assessments and governance reviews
//! (DOMAIN A1, A4, D1, E1).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Focus;

/// `improvement.opened`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImprovementOpened {
    pub title: String,
    /// What shall be different, for whom, by how much, by when.
    pub aim: String,
    /// What is counted to know it.
    pub measure: String,
    /// The standard whose records the measure is computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Uuid>,
    #[serde(default)]
    pub programme: String,
    #[serde(deserialize_with = "crate::record::time::day")]
    pub baseline_from: NaiveDate,
    #[serde(deserialize_with = "crate::record::time::day")]
    pub baseline_to: NaiveDate,
    /// As it was in the baseline window, in the measure's own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::day_or_none"
    )]
    pub target_on: Option<NaiveDate>,
    /// The area of the programme's self-assessment that it answers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// What is done at its site while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Plan,
    Do,
    Study,
    Act,
    /// A weekly ten minutes of learning, logged beside the stages.
    Microlearning,
    #[serde(other)]
    Unknown,
}

/// `improvement.staged`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementStaged {
    pub of: Uuid,
    pub stage: Stage,
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// `improvement.updated`: by a supervisor who carries it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementUpdated {
    pub of: Uuid,
    pub note: String,
    /// How long the week's piece of learning took, where that is what it logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImprovementOutcome {
    Adopted,
    Adapted,
    Abandoned,
    #[serde(other)]
    Unknown,
}

/// `improvement.closed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImprovementClosed {
    pub of: Uuid,
    pub outcome: ImprovementOutcome,
    #[serde(default)]
    pub note: String,
}

/// `assessment.submitted`: a programme's self-assessment; one of several over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentSubmitted {
    pub programme: String,
    /// Area → 1 (not in place) to 4 (works and is checked).
    pub scores: BTreeMap<String, u8>,
    #[serde(default)]
    pub notes: BTreeMap<String, String>,
    /// The areas taken on next.
    #[serde(default)]
    pub priorities: Vec<String>,
}

impl AssessmentSubmitted {
    /// The areas in the order of a page: outcomes and indicators, programme quality, measurement
    /// capacity (DOMAIN E1), each in two parts.
    pub const AREAS: [&'static str; 6] = [
        "outcomes_defined",
        "indicators_used",
        "quality_standards",
        "quality_observed",
        "data_collected",
        "data_understood",
    ];
}

/// What was decided in a review, and who sees to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::day_or_none"
    )]
    pub due: Option<NaiveDate>,
}

/// A figure as it stood when it was looked at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FigureThen {
    /// The code of the measure.
    pub measure: String,
    /// It tells beforehand; else it tells afterwards.
    #[serde(default)]
    pub leading: bool,
    /// `x` of `n`, or a count; none where nothing was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    #[serde(default)]
    pub x: f64,
    #[serde(default)]
    pub n: f64,
    /// Its value in the month before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
    #[serde(default)]
    pub signals: bool,
}

/// `governance.reviewed`: the monthly look (A4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GovernanceReviewed {
    /// The month that was looked at, as `2026-11`. It was over.
    pub month: String,
    pub role_specific: bool,
    pub validated_in_practice: bool,
    pub outcome_changed: bool,
    #[serde(default)]
    pub note: String,
    /// What was looked at: actions, improvements, cycles.
    #[serde(default)]
    pub about: Vec<Uuid>,
    /// Who was there. Empty where an older version wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attended: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// The part that was looked at; neither for the whole organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Uuid>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub programme: String,
    /// The figures as they stood then: they go on changing as records come in late. The engine writes
    /// them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureThen>,
}

impl GovernanceReviewed {
    /// The first day of the month that was looked at.
    #[must_use]
    pub fn first(&self) -> Option<NaiveDate> {
        format!("{}-01", self.month).parse().ok()
    }
}
