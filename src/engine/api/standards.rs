//! Standards as they are written here, and the log of their changes.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::diff::Difference;
use crate::practice::editing::{Editing, Often};
use crate::practice::standard::{Class, Standard, StandardRef};
use crate::practice::text::Text;

/// What a standard is begun from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "begin", content = "from")]
pub enum BeginFrom {
    Nothing(Class),
    /// A standard of its own with the same words.
    Copy(StandardRef),
    /// The next version of this standard.
    Next(Uuid),
}

/// A standard that is being written, in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardDraftRow {
    pub id: Uuid,
    pub title: Text,
    pub class: Class,
    /// The version that it would become now.
    pub version: u32,
    /// How many things stand between it and being published.
    pub faults: u32,
    pub saved_at: DateTime<FixedOffset>,
}

/// A standard that is being written, with what the editor needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardDraftView {
    pub editing: Editing,
    /// The newest published version of the same standard.
    pub before: Option<Standard>,
    /// How often everybody was observed by it when this was begun.
    #[serde(default)]
    pub expected_before: Option<Often>,
    /// `before` is newer than what this was begun from: somebody else published meanwhile.
    pub overtaken: bool,
    /// The competencies that standards here train already.
    pub competencies: Vec<String>,
}

/// How a standard came to be what it is, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardLog {
    pub entries: Vec<Logged>,
    pub retired: bool,
    /// How often everybody is observed by it now; none: not said.
    #[serde(default)]
    pub expected: Option<Often>,
    /// May write the next version, copy it and retire it.
    pub may_edit: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logged {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub by: String,
    pub did: Did,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "did")]
pub enum Did {
    Published {
        version: u32,
        /// What changed and why, in its author's words.
        change: Text,
        /// Of the version before it; none for the first.
        differences: Option<Vec<Difference>>,
        /// Another one of this number was published before it, and that one stands.
        beaten: bool,
    },
    Retired {
        reason: String,
    },
    /// How often everybody is observed by it was changed; none: not said.
    Expected {
        was: Option<Often>,
        now: Option<Often>,
        reason: String,
    },
}
