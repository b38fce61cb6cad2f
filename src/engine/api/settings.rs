//! What the organisation decides for itself, as its page shows it and as it is changed there.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::SiteRow;
use crate::practice::settings::Settings;
use crate::practice::text::Text;

/// A value for one setting (`practice::settings::single` has the keys).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingChange {
    pub key: String,
    pub value: Value,
    /// The events of this setting that the person looked at: [`SettingsView::known`].
    pub base: Vec<Uuid>,
}

/// One change of a setting, as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingEntry {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub by: String,
    pub key: String,
    /// What was in force before it; null for none.
    pub was: Value,
    pub value: Value,
    /// Empty where an older app wrote it.
    pub reason: String,
}

/// A setting that people changed differently without knowing of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsettled {
    pub key: String,
    /// The first of them is in force until somebody settles it.
    pub sides: Vec<SettingEntry>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SettingsView {
    /// What is in force.
    pub settings: Settings,
    /// For each setting that was ever changed, the events to build on.
    pub known: BTreeMap<String, Vec<Uuid>>,
    pub unsettled: Vec<Unsettled>,
    /// Every change, newest first.
    pub log: Vec<SettingEntry>,
    pub sites: Vec<SiteRow>,
    /// Titles of the standards.
    pub standards: BTreeMap<Uuid, Text>,
    /// Those that are not retired, in the order of their list.
    pub in_use: Vec<Uuid>,
    /// May change them (admin, quality).
    pub may_set: bool,
}
