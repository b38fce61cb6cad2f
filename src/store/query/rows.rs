//! The rows that screens list: plain data, with the names already looked up.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::record::{State, Verdict};
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, CyclePlan, StandardRef};
use crate::practice::task::Task;
use crate::practice::text::Text;
use crate::sync::wire::Role;

/// The first rows of a list, and how many there are in all: what a screen counts is `total`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub total: u32,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Page { rows: Vec::new(), total: 0 }
    }
}

impl<T> Page<T> {
    /// The first of all there are.
    #[must_use]
    pub fn first(mut all: Vec<T>, limit: u32) -> Page<T> {
        let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Page { rows: all, total }
    }

    /// Whether rows were left off.
    #[must_use]
    pub fn has_more(&self) -> bool {
        u32::try_from(self.rows.len()).is_ok_and(|rows| rows < self.total)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteName {
    pub site: Uuid,
    /// Its name as it is shown: no two sites look alike (`practice::shown`).
    pub shown: String,
    pub active: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordFilter {
    pub class: Option<Class>,
    pub subject: Option<Uuid>,
    pub site: Option<Uuid>,
    pub author: Option<Uuid>,
    /// By any of these, whichever version; none for all.
    pub standards: Vec<Uuid>,
    /// Only what happened since.
    pub since: Option<DateTime<FixedOffset>>,
    /// At most this many; 0 means 100.
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordRow {
    pub id: Uuid,
    pub class: Class,
    pub standard: StandardRef,
    pub title: Text,
    pub site: Option<Uuid>,
    pub site_name: String,
    pub subject: Option<Uuid>,
    pub subject_name: String,
    pub author: Uuid,
    pub author_name: String,
    pub at: DateTime<FixedOffset>,
    pub happened_at: DateTime<FixedOffset>,
    pub state: State,
    pub verdict: Verdict,
    /// When the server got it, in UTC, where it says that it was written more than five minutes after that:
    /// the clock of the device that wrote it was ahead. Not known of what this device wrote itself.
    #[serde(default)]
    pub arrived: Option<DateTime<FixedOffset>>,
    /// How far what this device wrote of it got; what others wrote came from the server.
    pub sent: Sent,
}

impl RecordRow {
    /// Whether it stands and its standard was met; `None` where it counts for neither.
    #[must_use]
    pub fn met(&self) -> Option<bool> {
        self.state.result(self.verdict.passed)
    }

    /// The same, where the state does not say it already.
    #[must_use]
    pub fn result(&self) -> Option<bool> {
        matches!(self.state, State::Submitted | State::Acknowledged | State::Returned)
            .then(|| self.met())
            .flatten()
    }

    /// An observation that stands and has marks, and of which nobody says whether the standard was met.
    #[must_use]
    pub fn is_not_judged(&self) -> bool {
        let settled = matches!(self.state, State::Submitted | State::Acknowledged | State::Returned);
        let marks = self.verdict.met > 0 || self.verdict.not_met > 0 || self.verdict.not_seen > 0;
        self.class.is_observation() && settled && marks && self.met().is_none()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    pub draft: Uuid,
    pub class: Class,
    pub title: Text,
    pub subject: Option<Uuid>,
    pub subject_name: String,
    pub site_name: String,
    pub item: Option<String>,
    /// Items that still have to be answered, and other open points.
    pub open: u32,
    pub saved_at: DateTime<FixedOffset>,
    /// It amends or reworks a record.
    pub amends: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskRow {
    pub task: Task,
    pub owner_name: String,
    pub site_name: String,
}

/// The newest observation of somebody, or at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub title: Text,
    pub happened_at: DateTime<FixedOffset>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonRow {
    pub person: Uuid,
    /// The name alone, for the form that changes it; anywhere else stands `shown`.
    pub name: String,
    /// The name, and after it `second`: no two people look alike (`practice::shown`, UX 16).
    pub shown: String,
    /// What tells them from others of the same name: their site, or the end of the id; else empty.
    pub second: String,
    pub role: Role,
    pub sites: Vec<SiteName>,
    pub active: bool,
    /// The newest observation of them that this device knows.
    pub last: Option<Seen>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteRow {
    pub site: Uuid,
    /// The name alone, for the form that changes it; anywhere else stands `shown`.
    pub name: String,
    pub shown: String,
    pub programme: String,
    pub active: bool,
    pub people: u32,
    /// The newest record at the site.
    pub last: Option<Seen>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardRow {
    pub standard: StandardRef,
    pub class: Class,
    pub competency: String,
    pub title: Text,
    pub items: u32,
    pub retired: bool,
    /// Where it is observed: in real practice, played through, either, or at a desk.
    pub setting: Setting,
    /// What a coaching cycle on it asks for.
    #[serde(default)]
    pub cycle: CyclePlan,
}

/// An item that coaching, a restriction or an action names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedItem {
    pub text: Text,
    /// The newest version of its standard asks it no more: the whole of the standard counts in its place.
    pub gone: bool,
}

/// One own event and how far it got.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncRow {
    pub replica: Uuid,
    pub seq: u64,
    pub id: Uuid,
    pub kind: String,
    pub at: DateTime<FixedOffset>,
    /// Name of whom or what it is about, where known.
    pub about: String,
    /// The record it belongs to, where it opens as one.
    pub record: Option<Uuid>,
    pub state: Sent,
}

/// A line that was recorded by a newer version of the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewerRow {
    pub id: Uuid,
    /// `class.verb`; empty where not even that can be read.
    pub kind: String,
    pub at: Option<DateTime<FixedOffset>>,
    /// As it was written, byte for byte.
    pub line: String,
}

/// How far what was written here got. Of several lines the gravest counts: what needs a person, then what
/// waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sent {
    /// Durable here, not yet known to be with the server.
    Waiting,
    WithServer,
    /// Stored by the server and kept apart, with its reason.
    NeedsYou {
        code: String,
        field: Option<String>,
        message: String,
    },
    /// Was quarantined; a person has dealt with it.
    DealtWith {
        code: String,
    },
}
