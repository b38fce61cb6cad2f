//! From the log to the tables of devices and pairing codes.

use rusqlite::Connection;
use uuid::Uuid;

use super::StoreError;
use super::derive::lines_about;
use crate::practice::device::{self, Told};
use crate::record::Line;

/// Folds what is known of one device or one code.
pub(super) fn derive(db: &Connection, about: Uuid) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM device WHERE device = ?1")?.execute([about])?;
    db.prepare_cached("DELETE FROM invitation WHERE pairing = ?1")?.execute([about])?;
    let lines = lines_about(db, about)?;
    match device::fold(lines.iter().filter_map(|line| Line::read(line).ok())) {
        None => {}
        Some(Told::Device(told)) => {
            db.prepare_cached(
                "INSERT INTO device (device, person, name, platform, made_by, pairing, event, paired, revoked)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((
                about,
                told.person,
                told.name,
                told.platform,
                told.by,
                told.pairing,
                told.event,
                told.at.map(|at| at.timestamp_millis()),
                told.revoked_at.map(|at| at.timestamp_millis()),
            ))?;
        }
        Some(Told::Code(told)) => {
            db.prepare_cached(
                "INSERT INTO invitation (pairing, person, made_by, made, until, cancelled)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                about,
                told.person,
                told.by,
                told.at.timestamp_millis(),
                told.until.timestamp_millis(),
                told.cancelled,
            ))?;
        }
    }
    Ok(())
}
