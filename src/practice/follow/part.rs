//! The five parts of evidence of improvement (DOMAIN D1): weakness → standard → action → live
//! checks → governance review, and which of them a step belongs to.
//!
//! Invariant: every step belongs to exactly one part, so that a page that shows the five shows all.

use serde::{Deserialize, Serialize};

use super::{Mode, Step};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Weakness,
    Standard,
    Action,
    Check,
    Governance,
}

impl Part {
    pub const ALL: [Part; 5] = [Part::Weakness, Part::Standard, Part::Action, Part::Check, Part::Governance];

    /// The code that stands in classes and test names.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Weakness => "weakness",
            Part::Standard => "standard",
            Part::Action => "action",
            Part::Check => "check",
            Part::Governance => "governance",
        }
    }
}

impl Step {
    /// Which of the five it belongs to. What points to an observation is a check; what ends or
    /// reviews is governance.
    #[must_use]
    pub fn part(&self) -> Part {
        match self {
            // Somebody outside saw that it goes well: nothing is weak there.
            Step::SignalLogged(body) if body.good => Part::Check,
            Step::IncidentReported(_)
            | Step::SignalLogged(_)
            | Step::Classified(_)
            | Step::SignalClassified(_) => Part::Weakness,
            Step::CycleClosed(_)
            | Step::RestrictionLifted(_)
            | Step::ActionReviewed(_)
            | Step::ActionClosed(_)
            | Step::ImprovementClosed(_)
            | Step::AssessmentSubmitted(_)
            | Step::GovernanceReviewed(_) => Part::Governance,
            Step::RestrictionReviewed(body) if body.record.is_none() => Part::Governance,
            step if step.points_to().is_some() => Part::Check,
            _ => Part::Action,
        }
    }

    /// How the observation that it points to tests the standard.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        match self {
            Step::CycleValidated(body) => Some(body.mode),
            Step::RestrictionReviewed(body) => body.record.map(|_| body.mode.unwrap_or(Mode::Live)),
            Step::ActionUpdated(body) => body.record.map(|_| body.mode.unwrap_or(Mode::Live)),
            _ => None,
        }
    }
}
