//! The bodies of a corrective action's events, and when its kind does not answer its gap
//! (DOMAIN A3, B4).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::report::Category;
use super::{Evidence, Gap, Mode};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// A fifteen-minute refresher and validation in the field.
    Retraining,
    /// The way of working, a form, a tool or a handover is changed.
    WorkflowChange,
    /// Who is answerable is made clear, and looked at.
    Supervision,
    Staffing,
    Equipment,
    #[serde(other)]
    Unknown,
}

impl ActionKind {
    pub const ALL: [ActionKind; 5] = [
        ActionKind::Retraining,
        ActionKind::WorkflowChange,
        ActionKind::Supervision,
        ActionKind::Staffing,
        ActionKind::Equipment,
    ];

    /// The code that stands in lines and locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ActionKind::Retraining => "retraining",
            ActionKind::WorkflowChange => "workflow_change",
            ActionKind::Supervision => "supervision",
            ActionKind::Staffing => "staffing",
            ActionKind::Equipment => "equipment",
            ActionKind::Unknown => "unknown",
        }
    }

    /// Training alone does not mend the way work is laid out, nor who is answerable for it.
    #[must_use]
    pub fn misses(self, gap: Gap) -> bool {
        self == ActionKind::Retraining && matches!(gap, Gap::Workflow | Gap::Accountability)
    }
}

/// `action.opened`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionOpened {
    pub title: String,
    pub kind: ActionKind,
    pub gap: Gap,
    pub competency: String,
    /// With the competency: what counts as the same thing happening again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// The incidents, near misses and signals that it answers, each once.
    #[serde(default, deserialize_with = "each_once")]
    pub reports: Vec<Uuid>,
    pub owner: Uuid,
    #[serde(deserialize_with = "crate::record::time::day")]
    pub due: NaiveDate,
    /// Somebody can come to harm: it closes only with its re-validation.
    #[serde(default)]
    pub high_risk: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Uuid>,
    /// The items of that standard that a look has to have seen and met to count; none where the whole counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    #[serde(default)]
    pub evidence: Evidence,
    /// For how many days after closing the same thing happening again is counted against it.
    #[serde(default = "quarter")]
    pub watch_days: u32,
}

/// A line may name one twice; it is one all the same.
fn each_once<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Uuid>, D::Error> {
    let mut named = Vec::<Uuid>::deserialize(deserializer)?;
    let mut seen = std::collections::BTreeSet::new();
    named.retain(|report| seen.insert(*report));
    Ok(named)
}

fn quarter() -> u32 {
    90
}

/// `action.updated`: by whoever carries it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionUpdated {
    pub of: Uuid,
    #[serde(default)]
    pub note: String,
    /// It was carried out; what is left is to see that it holds.
    #[serde(default)]
    pub done: bool,
    /// An observation that re-validates the practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
}

/// `action.reassigned`: by whoever leads there. Somebody else carries it out, or by another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionReassigned {
    pub of: Uuid,
    pub owner: Uuid,
    #[serde(deserialize_with = "crate::record::time::day")]
    pub due: NaiveDate,
    pub reason: String,
}

/// `action.reviewed`: looked at in a governance review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionReviewed {
    pub of: Uuid,
    #[serde(default)]
    pub note: String,
}

/// `action.closed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionClosed {
    pub of: Uuid,
    #[serde(default)]
    pub note: String,
    /// It ends without having been carried out: the note says why, and nothing is proven by it. A version
    /// that does not know this member reads it as closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_carried_out: bool,
}
