//! The bodies of a coaching cycle's events: diagnose → coach → validate → close (DOMAIN A2, B1,
//! B2, C3, C4).

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Evidence, Mode};
use crate::practice::draft::Shift;

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
    /// A corrective action, with the items that it names.
    Action {
        action: Uuid,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<String>,
    },
}

/// A shift of somebody's on which the supervisor looks at their choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShiftOn {
    /// The day on which it begins.
    #[serde(deserialize_with = "crate::record::time::day")]
    pub day: NaiveDate,
    pub shift: Shift,
}

/// Most shifts that a schedule has: three a day for four weeks.
pub const MOST_SHIFTS: usize = 84;

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
    #[serde(deserialize_with = "crate::record::time::day")]
    pub due: NaiveDate,
    #[serde(default)]
    pub origin: Origin,
    /// Standards whose live observation counts too; taken from the standard when it was opened, so
    /// that a later version of it changes nothing that was agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub live_by: Vec<Uuid>,
    /// The schedule of shadow escalation: every shift on it is looked at before the cycle closes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<ShiftOn>,
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

/// How an interaction is thought through again (DOMAIN C6); each part in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reflection {
    /// What it was about: safety, stability.
    pub goal: String,
    /// The least restrictive option that would have served it.
    pub least_restrictive: String,
    /// What the person wanted.
    pub preferences: String,
    pub agreed: String,
}

impl Reflection {
    /// Its parts with their names on the wire.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 4] {
        [
            ("goal", &self.goal),
            ("least_restrictive", &self.least_restrictive),
            ("preferences", &self.preferences),
            ("agreed", &self.agreed),
        ]
    }
}

/// `cycle.session`: something was said or looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CycleSession {
    pub of: Uuid,
    pub what: SessionKind,
    #[serde(default)]
    pub text: String,
    /// For a confirmation: the supervisor would have chosen the same. None where there was no
    /// choice to make on that shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<bool>,
    /// For a confirmation: the scheduled shift that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<ShiftOn>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reflection: Option<Reflection>,
    /// When, where that is not when it was written down.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::moment_or_none"
    )]
    pub happened_at: Option<DateTime<FixedOffset>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

impl CycleSession {
    #[must_use]
    pub fn new(of: Uuid, what: SessionKind, text: String) -> CycleSession {
        CycleSession {
            of,
            what,
            text,
            agreed: None,
            on: None,
            reflection: None,
            happened_at: None,
            minutes: None,
        }
    }

    /// A reflection with nothing left out.
    #[must_use]
    pub fn is_reflection(&self) -> bool {
        let whole =
            |reflection: &Reflection| reflection.parts().iter().all(|(_, words)| !words.trim().is_empty());
        self.what == SessionKind::Reflection && self.reflection.as_ref().is_some_and(whole)
    }
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
    #[serde(deserialize_with = "crate::record::time::day")]
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
