//! The bodies of incidents, near misses and signals, and what makes one reportable (DOMAIN A3, B4,
//! C2, C7).
//!
//! Categories and outcome boxes: 42 CFR 441.302(a)(6), the federal floor of a critical incident.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    AbuseVerbal,
    AbusePhysical,
    AbuseSexual,
    AbusePsychological,
    AbuseEmotional,
    Neglect,
    Exploitation,
    /// Misuse of restrictive interventions or seclusion.
    Restraint,
    Medication,
    /// An unexplained or unanticipated death.
    Death,
    Fall,
    /// A deterioration that was seen or passed on too late.
    Escalation,
    Handoff,
    MissedVisit,
    Documentation,
    Equipment,
    Other,
    #[serde(other)]
    Unknown,
}

impl Category {
    /// All that a person can choose, the common ones of a shift first.
    pub const ALL: [Category; 17] = [
        Category::Medication,
        Category::Fall,
        Category::Escalation,
        Category::Handoff,
        Category::MissedVisit,
        Category::Documentation,
        Category::Equipment,
        Category::Neglect,
        Category::AbuseVerbal,
        Category::AbusePhysical,
        Category::AbuseSexual,
        Category::AbusePsychological,
        Category::AbuseEmotional,
        Category::Exploitation,
        Category::Restraint,
        Category::Death,
        Category::Other,
    ];

    /// The code that stands in lines and locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Category::AbuseVerbal => "abuse_verbal",
            Category::AbusePhysical => "abuse_physical",
            Category::AbuseSexual => "abuse_sexual",
            Category::AbusePsychological => "abuse_psychological",
            Category::AbuseEmotional => "abuse_emotional",
            Category::Neglect => "neglect",
            Category::Exploitation => "exploitation",
            Category::Restraint => "restraint",
            Category::Medication => "medication",
            Category::Death => "death",
            Category::Fall => "fall",
            Category::Escalation => "escalation",
            Category::Handoff => "handoff",
            Category::MissedVisit => "missed_visit",
            Category::Documentation => "documentation",
            Category::Equipment => "equipment",
            Category::Other => "other",
            Category::Unknown => "unknown",
        }
    }
}

/// What it led to. Any of the first five makes a medication error reportable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    PoisonControl,
    EmergencyDepartment,
    UrgentCare,
    Hospital,
    Death,
    Injury,
    #[serde(other)]
    Unknown,
}

/// Which of the three kinds of gap; only the first is solved by training (DOMAIN B4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    Knowledge,
    Workflow,
    Accountability,
    #[serde(other)]
    Unknown,
}

impl Gap {
    /// The code that stands in lines and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Gap::Knowledge => "knowledge",
            Gap::Workflow => "workflow",
            Gap::Accountability => "accountability",
            Gap::Unknown => "unknown",
        }
    }
}

/// `incident.reported`: an incident or a near miss. The envelope's subject is who reported it, so that
/// they hear what comes of it. Lines of older versions name there whose practice it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentReported {
    #[serde(default)]
    pub near_miss: bool,
    pub category: Category,
    /// When it happened; identified and reported are the event's own time.
    #[serde(deserialize_with = "crate::record::time::moment")]
    pub happened_at: DateTime<FixedOffset>,
    pub words: String,
    /// Site-local code, never a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person_code: String,
    /// What practice it is about; whoever classifies it can say otherwise.
    #[serde(default)]
    pub competency: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// NCC MERP index, A to I, for medication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harm: Option<String>,
    /// The observation during which it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    /// A visit at risk: when it is to begin. The clock of its four steps.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::moment_or_none"
    )]
    pub visit_at: Option<DateTime<FixedOffset>>,
    /// The member of staff whose practice it was; they do not receive it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice_of: Option<Uuid>,
}

/// `incident.classified` and `signal.classified`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Classified {
    pub of: Uuid,
    /// The classifications that the author had seen.
    #[serde(default)]
    pub base: Vec<Uuid>,
    pub gap: Gap,
    pub competency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    #[serde(default)]
    pub note: String,
}

/// The verbs of incident management after reporting and triage (CMS): each keeps its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// The authority that must know was told.
    Notified,
    InvestigationBegun,
    Resolved,
    /// Looked at again after it was resolved.
    Tracked,
    /// Looked at together with others like it.
    Trended,
    /// The four steps of a visit at risk (DOMAIN C5) …
    SupervisorTold,
    PersonContacted,
    /// … the attempt with its time and answer in words …
    AttemptWritten,
    CoverInPlace,
    /// … and the end that they are there to prevent.
    VisitMissed,
    #[serde(other)]
    Unknown,
}

impl Work {
    /// What is done about a visit at risk, in order.
    pub const VISIT: [Work; 4] =
        [Work::SupervisorTold, Work::PersonContacted, Work::AttemptWritten, Work::CoverInPlace];

    /// Whether whoever reported a visit at risk does it. Cover is for whoever leads to find, and what
    /// they log stays with those who lead.
    #[must_use]
    pub fn is_reporters(self) -> bool {
        self != Work::CoverInPlace
    }
}

/// `incident.logged`: a piece of work on it was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentLogged {
    pub of: Uuid,
    pub work: Work,
    /// When it was done, where that is not when it was written down.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::moment_or_none"
    )]
    pub done_at: Option<DateTime<FixedOffset>>,
    #[serde(default)]
    pub note: String,
    /// Who does it: the investigator, or whoever covers the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Uuid>,
}

/// Where a signal came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    DocumentationAudit,
    IncidentTheme,
    PartnerFeedback,
    Complaint,
    /// A question to on-call that a good handoff would have answered.
    OnCall,
    #[serde(other)]
    Unknown,
}

impl Source {
    /// All that a person can choose.
    pub const ALL: [Source; 5] = [
        Source::PartnerFeedback,
        Source::Complaint,
        Source::DocumentationAudit,
        Source::IncidentTheme,
        Source::OnCall,
    ];

    /// The code that stands in lines and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Source::DocumentationAudit => "documentation_audit",
            Source::IncidentTheme => "incident_theme",
            Source::PartnerFeedback => "partner_feedback",
            Source::Complaint => "complaint",
            Source::OnCall => "on_call",
            Source::Unknown => "unknown",
        }
    }
}

/// `signal.logged`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalLogged {
    pub source: Source,
    /// The practice it is about: the theme that signals are counted by.
    pub competency: String,
    pub words: String,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::record::time::moment_or_none"
    )]
    pub happened_at: Option<DateTime<FixedOffset>>,
    /// For a question to on-call: the item of the handoff that would have answered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// As in [`IncidentReported`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice_of: Option<Uuid>,
    /// Praise: somebody outside says that it goes well. The envelope's subject is whom they praise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub good: bool,
}

impl IncidentReported {
    /// What it led to: what was ticked, and what its harm says. In the NCC MERP Index for
    /// Categorizing Medication Errors F is harm with a stay in hospital, and I a death.
    #[must_use]
    pub fn led_to(&self) -> Vec<Outcome> {
        led_to(&self.outcomes, self.harm.as_deref())
    }
}

/// As [`IncidentReported::led_to`], of what is being typed.
#[must_use]
pub fn led_to(ticked: &[Outcome], harm: Option<&str>) -> Vec<Outcome> {
    let said = match harm {
        Some("F") => Some(Outcome::Hospital),
        Some("I") => Some(Outcome::Death),
        _ => None,
    };
    let mut led_to = ticked.to_vec();
    led_to.extend(said.filter(|said| !ticked.contains(said)));
    led_to
}

/// Whether it has to be reported outside (42 CFR 441.302(a)(6)). A near miss did not happen.
#[must_use]
pub fn is_reportable(near_miss: bool, category: Category, outcomes: &[Outcome]) -> bool {
    if near_miss {
        return false;
    }
    match category {
        Category::AbuseVerbal
        | Category::AbusePhysical
        | Category::AbuseSexual
        | Category::AbusePsychological
        | Category::AbuseEmotional
        | Category::Neglect
        | Category::Exploitation
        | Category::Restraint
        | Category::Death => true,
        Category::Medication => {
            outcomes.iter().any(|outcome| !matches!(outcome, Outcome::Injury | Outcome::Unknown))
        }
        _ => outcomes.contains(&Outcome::Death),
    }
}
