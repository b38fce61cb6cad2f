//! What the organisation decides for itself: read with its history, changed one setting at a time.
//!
//! Invariant: only what a person changed is written, on top of what they looked at. What somebody else
//! set meanwhile is never written back.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::api::{
    Change, Failure, FailureCode, Owed, Reply, SettingChange, SettingEntry, SettingsView, Unsettled,
};
use super::core::{Engine, Open, Standing};
use super::owing::Owing;
use super::write::name_of;
use crate::practice::draft::Open as StillOpen;
use crate::practice::settings::Settings;
use crate::practice::settings::single::{self, SettingSet, tips, unsettled};
use crate::store::NewEvent;
use crate::sync::wire::Role;

/// Who decides, by the table that the server judges by.
const DECIDERS: [Role; 2] = [Role::Admin, Role::Quality];
/// The longest words about why a setting was changed, in characters.
const LONGEST_REASON: usize = 2_000;

impl Engine {
    /// Names the organisation, and changes nothing else.
    pub(super) fn rename_org(&mut self, name: &str) -> Result<Reply, Failure> {
        #[derive(Serialize)]
        struct Body {
            name: String,
        }
        self.require(&DECIDERS)?;
        self.append("org.set".into(), None, None, &Body { name: name_of(name, "name")? })?;
        self.changed(Change::Registry);
        self.changed(Change::Profiles);
        Ok(Reply::Done)
    }

    pub(super) fn set_settings(
        &mut self,
        changes: Vec<SettingChange>,
        reason: &str,
    ) -> Result<Reply, Failure> {
        self.require(&DECIDERS)?;
        let reason = reason.trim();
        let now = self.host.now();
        let open = self.opened_ref()?;
        let in_force = open.store.settings()?;
        let all = open.store.setting_changes()?;
        let disputed = unsettled(&all);
        let mut wanted = Vec::new();
        for change in changes {
            let with = in_force.with(&change.key, &change.value);
            // What would be clamped, or is not understood, is not what the person asked for.
            let understood = with.is_some_and(|with| with.value(&change.key) == change.value);
            if !understood {
                return Err(Failure::of(FailureCode::Invalid, change.key));
            }
            if in_force.value(&change.key) != change.value || disputed.contains_key(change.key.as_str()) {
                wanted.push(change);
            }
        }
        if wanted.is_empty() {
            return Ok(Reply::Done);
        }
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
        }
        let author = open.person;
        let mut events = Vec::new();
        for SettingChange { key, value, base } in wanted {
            let body = SettingSet { key, value, base, reason: reason.to_owned() };
            events.push(NewEvent {
                id: self.new_id(&now),
                at: now,
                author,
                kind: "setting.set".into(),
                site: None,
                subject: None,
                body: serde_json::value::to_raw_value(&body)?,
            });
        }
        self.opened()?.store.append_readable(&events, None)?;
        self.wrote();
        self.changed(Change::Registry);
        Ok(Reply::Done)
    }
}

impl Open {
    pub(super) fn settings_view(&self) -> Result<SettingsView, Failure> {
        let changes = self.store.setting_changes()?;
        let (mut titles, mut in_use) = (BTreeMap::new(), Vec::new());
        for row in self.store.standards()? {
            if !row.retired {
                in_use.push(row.standard.standard);
            }
            titles.insert(row.standard.standard, row.title);
        }
        let known = tips(&changes).into_iter();
        let known = known.map(|(key, sides)| (key.to_owned(), ids(&sides))).collect();
        let mut disputed = Vec::new();
        for (key, sides) in unsettled(&changes) {
            let mut entries = Vec::new();
            for side in sides {
                entries.push(self.setting_entry(&changes, side)?);
            }
            disputed.push(Unsettled { key: key.to_owned(), sides: entries });
        }
        let mut log = Vec::new();
        for change in changes.iter().rev() {
            log.push(self.setting_entry(&changes, change)?);
        }
        Ok(SettingsView {
            settings: self.store.settings()?,
            known,
            unsettled: disputed,
            log,
            sites: self.store.site_rows()?,
            standards: titles,
            in_use,
            may_set: DECIDERS.contains(&self.role()?),
        })
    }

    /// A change with what was in force before it: of what it builds on, or the default.
    pub(super) fn setting_entry(
        &self,
        all: &[single::Change],
        change: &single::Change,
    ) -> Result<SettingEntry, Failure> {
        let before = all.iter().find(|other| other.key == change.key && change.base.contains(&other.event));
        let default = || Settings::default().value(&change.key);
        Ok(SettingEntry {
            event: change.event,
            at: change.at,
            by: self.name_of(Some(change.author))?,
            key: change.key.clone(),
            was: before.map_or_else(default, |before| before.value.clone()),
            value: change.value.clone(),
            reason: change.reason.clone(),
        })
    }

    /// Settings that two people changed differently wait for somebody who decides.
    pub(super) fn owe_settings(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        if !DECIDERS.contains(&standing.role) {
            return Ok(());
        }
        let changes = self.store.setting_changes()?;
        let keys: Vec<String> = unsettled(&changes).into_keys().map(str::to_owned).collect();
        if !keys.is_empty() {
            owing.add(Owed::Unsettled { keys });
        }
        Ok(())
    }
}

fn ids(sides: &[&single::Change]) -> Vec<Uuid> {
    sides.iter().map(|side| side.event).collect()
}
