//! Every kind of event of what is followed up, once: its name on the wire and its body.
//!
//! Invariant: a body that does not read as this version's is no step: its event stays in the log
//! and shows as one of a newer version.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{
    ActionClosed, ActionOpened, ActionReassigned, ActionReviewed, ActionUpdated, AssessmentSubmitted,
    Classified, CycleClosed, CycleExtended, CycleOpened, CycleSession, CycleValidated, GovernanceReviewed,
    ImprovementClosed, ImprovementOpened, ImprovementStaged, ImprovementUpdated, IncidentLogged,
    IncidentReported, RestrictionLifted, RestrictionPlaced, RestrictionReviewed, SignalLogged,
};
use crate::record::Envelope;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Cycle,
    Restriction,
    Incident,
    Signal,
    Action,
    Improvement,
    Assessment,
    Governance,
}

impl Class {
    pub const ALL: [Class; 8] = [
        Class::Cycle,
        Class::Restriction,
        Class::Incident,
        Class::Signal,
        Class::Action,
        Class::Improvement,
        Class::Assessment,
        Class::Governance,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Cycle => "cycle",
            Class::Restriction => "restriction",
            Class::Incident => "incident",
            Class::Signal => "signal",
            Class::Action => "action",
            Class::Improvement => "improvement",
            Class::Assessment => "assessment",
            Class::Governance => "governance",
        }
    }

    #[must_use]
    pub fn parse(class: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|known| known.as_str() == class)
    }
}

macro_rules! steps {
    ($($kind:literal $variant:ident $of:ident,)*) => {
        /// One thing that happened to something followed up.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Step {
            $(#[serde(rename = $kind)] $variant($variant),)*
            #[serde(rename = "signal.classified")]
            SignalClassified(Classified),
        }

        impl Step {
            /// Every kind that is a step.
            pub const KINDS: &'static [&'static str] = &[$($kind,)* "signal.classified"];

            /// The event's kind.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Step::$variant(_) => $kind,)*
                    Step::SignalClassified(_) => "signal.classified",
                }
            }

            /// The event's body.
            ///
            /// # Errors
            /// Where a number in it is not one of JSON's (a NaN).
            pub fn body(&self) -> serde_json::Result<Box<RawValue>> {
                match self {
                    $(Step::$variant(body) => serde_json::value::to_raw_value(body),)*
                    Step::SignalClassified(body) => serde_json::value::to_raw_value(body),
                }
            }

            /// The step that an event is; `None` for other kinds and for bodies that do not read.
            #[must_use]
            pub fn read(envelope: &Envelope) -> Option<Step> {
                let body = envelope.body.get();
                Some(match envelope.kind.as_str() {
                    $($kind => Step::$variant(serde_json::from_str(body).ok()?),)*
                    "signal.classified" => Step::SignalClassified(serde_json::from_str(body).ok()?),
                    _ => return None,
                })
            }

            /// What it goes on with; `None` where it begins something.
            #[must_use]
            pub fn of(&self) -> Option<Uuid> {
                match self {
                    $(Step::$variant(_body) => steps!(@$of _body),)*
                    Step::SignalClassified(body) => Some(body.of),
                }
            }
        }
    };
    (@begins $body:ident) => { None };
    (@goes_on $body:ident) => { Some($body.of) };
}

steps! {
    "cycle.opened" CycleOpened begins,
    "cycle.session" CycleSession goes_on,
    "cycle.validated" CycleValidated goes_on,
    "cycle.extended" CycleExtended goes_on,
    "cycle.closed" CycleClosed goes_on,
    "restriction.placed" RestrictionPlaced begins,
    "restriction.reviewed" RestrictionReviewed goes_on,
    "restriction.lifted" RestrictionLifted goes_on,
    "incident.reported" IncidentReported begins,
    "incident.classified" Classified goes_on,
    "incident.logged" IncidentLogged goes_on,
    "signal.logged" SignalLogged begins,
    "action.opened" ActionOpened begins,
    "action.updated" ActionUpdated goes_on,
    "action.reassigned" ActionReassigned goes_on,
    "action.reviewed" ActionReviewed goes_on,
    "action.closed" ActionClosed goes_on,
    "improvement.opened" ImprovementOpened begins,
    "improvement.staged" ImprovementStaged goes_on,
    "improvement.updated" ImprovementUpdated goes_on,
    "improvement.closed" ImprovementClosed goes_on,
    "assessment.submitted" AssessmentSubmitted begins,
    "governance.reviewed" GovernanceReviewed begins,
}

impl Step {
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        Class::parse(self.kind().split_once('.')?.0)
    }

    /// Somebody whom it gives something to do: a new owner, an investigator, who covers a visit.
    #[must_use]
    pub fn names(&self) -> Option<Uuid> {
        match self {
            Step::IncidentLogged(body) => body.who,
            Step::ActionReassigned(body) => Some(body.owner),
            _ => None,
        }
    }

    /// The observation that it points to as evidence.
    #[must_use]
    pub fn points_to(&self) -> Option<Uuid> {
        match self {
            Step::CycleValidated(body) => Some(body.record),
            Step::RestrictionReviewed(body) => body.record,
            Step::ActionUpdated(body) => body.record,
            _ => None,
        }
    }
}
