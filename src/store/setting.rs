//! What the organisation decides for itself: its name and its settings, derived and asked for.

use rusqlite::Connection;
use uuid::Uuid;

use super::{Store, StoreError, derive};
use crate::practice::registry::{OrgSet, Set};
use crate::practice::rights::registry_counts;
use crate::practice::settings::Settings;
use crate::practice::settings::single::{Change, Gathered, SettingSet, in_force, in_force_at};
use crate::record::Line;

/// Writes the name that was set last, every change of a setting, and what those come to.
pub(super) fn derive_org(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM org", [])?;
    db.execute("DELETE FROM setting", [])?;
    let mut name = None;
    let mut gathered = Gathered::default();
    for line in derive::registry_lines(db, Uuid::nil(), "")? {
        let Some(envelope) = Line::read(&line).ok().filter(registry_counts) else { continue };
        if let Some(Ok(org)) = OrgSet::of(&envelope) {
            gathered.whole(&envelope, &org.settings);
            name = Some(org.name);
        } else if let Some(Ok(set)) = SettingSet::of(&envelope) {
            gathered.single(&envelope, set);
        }
    }
    let changes = gathered.changes();
    if name.is_none() && changes.is_empty() {
        return Ok(());
    }
    for change in &changes {
        db.prepare_cached("INSERT INTO setting (json) VALUES (?1)")?
            .execute([serde_json::to_string(change)?])?;
    }
    db.execute(
        "INSERT INTO org (id, name, settings) VALUES (0, ?1, ?2)",
        (name.unwrap_or_default(), serde_json::to_string(&in_force(&changes))?),
    )?;
    Ok(())
}

impl Store {
    /// What the organisation has decided for itself; the defaults where it has not.
    ///
    /// # Errors
    /// As any read.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT settings FROM org")?;
        let mut rows = statement.query([])?;
        match rows.next()? {
            Some(row) => Ok(super::query::json::<Settings>(row, 0)?.within_bounds()),
            None => Ok(Settings::default()),
        }
    }

    /// Every change of a setting, in the order of the organisation's stream.
    ///
    /// # Errors
    /// As any read.
    pub fn setting_changes(&self) -> Result<Vec<Change>, StoreError> {
        let mut statement = self.db.prepare_cached("SELECT json FROM setting ORDER BY n")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut changes = Vec::new();
        for row in rows {
            changes.push(serde_json::from_str(&row?)?);
        }
        Ok(changes)
    }

    /// What was in force at a time, in milliseconds since 1970.
    ///
    /// # Errors
    /// As any read.
    pub fn settings_at(&self, at: i64) -> Result<Settings, StoreError> {
        Ok(in_force_at(&self.setting_changes()?, at))
    }
}
