//! The bodies of a restriction's events: a time-limited limit on someone's duties until they are
//! re-validated (DOMAIN B3).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Evidence, Mode};

/// `restriction.placed`; the envelope's subject is whose duties are limited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestrictionPlaced {
    /// What they do not do meanwhile, or only with someone beside them.
    pub duties: String,
    pub why: String,
    #[serde(default)]
    pub competency: String,
    /// The standard that the re-validation is observed by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Uuid>,
    /// The items of that standard that a look has to have seen and met to count; none where the whole counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    #[serde(default)]
    pub evidence: Evidence,
    /// Days between two reviews; a week unless somebody said otherwise.
    #[serde(default = "week")]
    pub review_days: u32,
    /// The corrective action it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Uuid>,
}

fn week() -> u32 {
    7
}

/// `restriction.reviewed`: looked at again; it may point to an observation as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictionReviewed {
    pub of: Uuid,
    #[serde(default)]
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
}

/// `restriction.lifted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestrictionLifted {
    pub of: Uuid,
    #[serde(default)]
    pub note: String,
}
