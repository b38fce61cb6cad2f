//! What goes into an evidence pack (DOMAIN D1): asked for by a screen, gathered by the engine.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ChainView, FailureCode, HoldRow, RecordRow};
use crate::practice::follow::FollowUp;
use crate::practice::rights::NotCounted;
use crate::practice::standard::Standard;
use crate::record::Head;

/// What a pack is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "about")]
pub enum PackScope {
    Person {
        person: Uuid,
    },
    /// A team is who works at a site.
    Site {
        site: Uuid,
    },
    /// One competency, at one site or at all that this person sees: what a pattern is made of.
    Theme {
        competency: String,
        site: Option<Uuid>,
    },
    /// A cycle, restriction, action or improvement, with what it answers and what proves it.
    FollowUp {
        id: Uuid,
    },
}

/// Everything that a pack is written from. Only what this device holds and this person may read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackView {
    pub scope: PackScope,
    /// Its name in words: a person's, a site's, a competency's code, a title.
    pub name: String,
    /// Of a theme at one site: its name.
    pub place: String,
    pub org: String,
    pub by: Uuid,
    pub at: DateTime<FixedOffset>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Oldest first.
    pub records: Vec<RecordRow>,
    /// With their histories, oldest first.
    pub follow_ups: Vec<FollowUp>,
    /// What was said about what was missed, by the observation.
    pub coached: BTreeMap<Uuid, Vec<PackCoached>>,
    /// What nobody judged of an observation: items that were not seen, did not apply or were left open.
    pub unseen: BTreeMap<Uuid, Vec<String>>,
    /// Who reviewed a note or a written case as it stands, and when.
    pub reviewed: BTreeMap<Uuid, PackReviewed>,
    /// Of each corrective action.
    pub chains: Vec<ChainView>,
    /// Of each coaching cycle that was closed with its evidence.
    pub holds: Vec<HoldRow>,
    /// Governance reviews of the period that are about something else: they are not in it.
    pub elsewhere: u32,
    /// The versions that something was observed by, and those that were in force in the period: of the
    /// standards that the pack is about, of a theme all of its own.
    pub standards: Vec<PackStandard>,
    /// The lines of all of these, by replica and number.
    pub lines: Vec<PackLine>,
    /// Names of everybody on the registry of this device: what is taken out of texts without names.
    pub names: BTreeMap<Uuid, String>,
    /// How those are shown who look like somebody else, or write from right to left.
    #[serde(default)]
    pub shown: BTreeMap<Uuid, String>,
    /// Why the server could not be asked for the chains of others' lines.
    pub unasked: Option<FailureCode>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackStandard {
    pub standard: Standard,
    /// From when it was in force.
    pub published: DateTime<FixedOffset>,
    pub author: Uuid,
    /// When the next version came into force, or it was retired; none while it is in force.
    pub until: Option<DateTime<FixedOffset>>,
    /// It ended because the standard was retired.
    pub retired: bool,
}

/// What was said to somebody about an observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackCoached {
    /// The item that was missed; empty where it was said of the whole.
    pub item: String,
    pub said: String,
}

/// A review of what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackReviewed {
    pub by: Uuid,
    pub at: DateTime<FixedOffset>,
}

/// A line, byte for byte, and where it stands in its chain as far as that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLine {
    pub id: Uuid,
    pub line: String,
    /// The record, standard or follow-up that it is about.
    pub about: Uuid,
    pub place: Option<PackPlace>,
    /// Why it does not count for what it is about, where it does not.
    pub refused: Option<NotCounted>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackPlace {
    pub replica: Uuid,
    pub seq: u64,
    pub before: Head,
    pub head: Head,
    /// The server told it, or holds it; else only this device says so.
    pub server: bool,
}

impl PackPlace {
    /// Whether the line stands there: `SHA-256(before ‖ line) = head`.
    #[must_use]
    pub fn holds(&self, line: &str) -> bool {
        self.before.next(line.as_bytes()) == self.head
    }
}

/// `pack.exported`: that somebody made a pack, with its fingerprint, so that a copy can be held
/// against what was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackExported {
    pub scope: PackScope,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// As it stands at the foot of the pack.
    pub fingerprint: Head,
    pub lines: u32,
    /// Staff are named in it.
    pub names: bool,
}

/// A pack that was handed out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackRow {
    pub at: DateTime<FixedOffset>,
    pub author_name: String,
    /// What it was about, as [`PackView::name`]; empty where that is not on this device any more.
    pub name: String,
    pub what: PackExported,
}
