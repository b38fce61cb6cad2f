//! The bodies of a coaching cycle's events: diagnose → coach → validate → close (DOMAIN A2, B1,
//! B2, C3, C4).

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Evidence, Mode};

/// What a cycle was opened from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "from")]
pub enum Origin {
    /// Somebody saw a need.
    #[default]
    Hand,
    /// Items missed in an observation.
    Miss { record: Uuid, items: Vec<String> },
    /// An incident, near miss or signal.
    Report { report: Uuid },
    /// A corrective action.
    Action { action: Uuid },
}

/// `cycle.opened`; the envelope's subject is who is coached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CycleOpened {
    pub standard: Uuid,
    #[serde(default)]
    pub competency: String,
    /// What was seen, in words.
    pub weakness: String,
    /// What good practice looks like instead.
    #[serde(default)]
    pub expected: String,
    #[serde(default)]
    pub evidence: Evidence,
    /// When it is followed up; two weeks after opening unless somebody said otherwise.
    pub due: NaiveDate,
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    Coaching,
    /// The ten-minute weekly piece, or the fifteen-minute refresher.
    Microlearning,
    /// A choice on shift that the supervisor looked at (shadow escalation).
    Confirmation,
    /// Reflection: goal, least restrictive option, preferences, agreed follow-up.
    Reflection,
    #[serde(other)]
    Other,
}

/// `cycle.session`: something was said or looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleSession {
    pub of: Uuid,
    pub what: SessionKind,
    #[serde(default)]
    pub text: String,
    /// For a confirmation: the supervisor would have chosen the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<bool>,
    /// When, where that is not when it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<DateTime<FixedOffset>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// `cycle.validated`: this observation tests the coached standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleValidated {
    pub of: Uuid,
    pub record: Uuid,
    pub mode: Mode,
}

/// `cycle.extended`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleExtended {
    pub of: Uuid,
    pub due: NaiveDate,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CycleOutcome {
    /// The evidence asked for is there.
    Met,
    /// It ends without: somebody left, or another way was chosen. Never counted as held.
    Stopped,
    #[serde(other)]
    Unknown,
}

/// `cycle.closed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleClosed {
    pub of: Uuid,
    pub outcome: CycleOutcome,
    #[serde(default)]
    pub note: String,
}
