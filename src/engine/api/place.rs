//! One person and one site.

use serde::{Deserialize, Serialize};

use super::{FollowUpRow, PairingMay, PersonRow, RecordRow, SiteName, SiteRow, TaskRow};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    pub row: PersonRow,
    /// The newest, and how many there are.
    pub records: Vec<RecordRow>,
    pub records_total: u32,
    /// Whether one may make a pairing code for them.
    pub pairing: PairingMay,
    /// May change name, role, sites (admin).
    pub may_edit: bool,
    /// Cycles and restrictions about them, newest first.
    pub follow_ups: Vec<FollowUpRow>,
    pub follow_ups_total: u32,
    /// The sites at which this person may place a restriction on them.
    pub restrict_at: Vec<SiteName>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    pub row: SiteRow,
    pub people: Vec<PersonRow>,
    /// The newest, and how many there are.
    pub records: Vec<RecordRow>,
    pub records_total: u32,
    /// The newest audits of the site as a whole.
    #[serde(default)]
    pub audits: Vec<RecordRow>,
    pub tasks: Vec<TaskRow>,
    pub may_edit: bool,
}
