//! Pairing codes: made, listed, cancelled, taken, and told of.
//!
//! Invariant: a code opens something only as long as its maker could make it now. It ends with its
//! maker's device or right, with the next code for the same person, and at its time.

use fieldproof::practice::rights::Whom;
use fieldproof::sync::wire::Person;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;
use uuid::Uuid;

use super::server_line::write_server_line;
use super::sql;
use super::unit::Unit;
use crate::registry::Registry;
use crate::seams::rfc3339;
use crate::storage::{MAX_OPEN_CODES, NewPairing, PairingMade, PairingRow, Secret, StorageError};

/// A code as it is kept.
pub struct Kept {
    pub pk: i64,
    pub org: i64,
    pub row: PairingRow,
    /// The device that it was made on was revoked, or is gone.
    orphaned: bool,
}

const KEPT: &str = "SELECT p.pk, p.org, p.event, p.person, p.maker, p.made_at, p.expires_at,
           p.maker_device IS NOT NULL AND NOT EXISTS
               (SELECT 1 FROM device d WHERE d.pk = p.maker_device AND d.revoked_at IS NULL)
    FROM pairing p";

impl Kept {
    fn read(row: &Row<'_>) -> Result<Kept, StorageError> {
        Ok(Kept {
            pk: row.get(0)?,
            org: row.get(1)?,
            row: PairingRow {
                pairing: sql::read_id(row, 2)?,
                person: sql::read_id(row, 3)?,
                by: sql::read_id_or_null(row, 4)?,
                made_ms: row.get(5)?,
                expires_ms: row.get(6)?,
            },
            orphaned: row.get(7)?,
        })
    }

    /// The person whom it lets in, if it still lets anybody in.
    pub fn lets_in<'r>(&self, registry: &'r Registry) -> Option<&'r Person> {
        let person = registry.person(self.row.person)?;
        let made = self.row.by.is_none_or(|by| !self.orphaned && may_pair(registry, by, person));
        (person.active && made).then_some(person)
    }
}

/// Whether somebody of the registry may make a code for somebody now.
pub fn may_pair(registry: &Registry, by: Uuid, person: &Person) -> bool {
    let whom = Whom { person: person.person, role: person.role, sites: &person.sites };
    registry.person(by).is_some_and(|by| by.active && by.role.may_pair(by.person, &by.sites, whom))
}

/// Keeps a new code and tells of it. It takes the place of any other for the same person.
pub fn pair(unit: &mut Unit<'_>, new: &NewPairing) -> Result<PairingMade, StorageError> {
    let org = unit.org(new.org)?;
    let mut maker_device = None;
    if let Some(maker) = new.maker {
        // Read again: another process may have revoked the device since its token was checked.
        let device: Option<i64> = unit
            .conn
            .prepare_cached("SELECT pk FROM device WHERE org = ?1 AND id = ?2 AND revoked_at IS NULL")?
            .query_row((org, sql::id(&maker.device)), |row| row.get(0))
            .optional()?;
        let registry = unit.registry(org)?;
        let may = registry.person(new.person).is_some_and(|person| may_pair(&registry, maker.person, person));
        if device.is_none() || !may {
            return Ok(PairingMade::NotPermitted);
        }
        maker_device = device;
    }
    unit.conn.prepare_cached("DELETE FROM pairing WHERE expires_at <= ?1")?.execute([new.now_ms])?;
    if let Some(maker) = new.maker {
        let (open, first): (u64, Option<i64>) = unit
            .conn
            .prepare_cached(
                "SELECT count(*), min(expires_at) FROM pairing WHERE org = ?1 AND maker = ?2 AND person <> ?3",
            )?
            .query_row((org, sql::id(&maker.person), sql::id(&new.person)), |row| Ok((row.get(0)?, row.get(1)?)))?;
        if open >= MAX_OPEN_CODES {
            return Ok(PairingMade::TooMany { until_ms: first.unwrap_or(new.expires_ms) });
        }
    }
    unit.conn
        .prepare_cached("DELETE FROM pairing WHERE org = ?1 AND person = ?2")?
        .execute((org, sql::id(&new.person)))?;
    let by = new.maker.map(|maker| maker.person);
    let body = json!({"person": new.person, "by": by, "until": rfc3339(new.expires_ms)});
    let event = write_server_line(unit, org, new.now_ms, "device.invited", Some(new.person), &body)?;
    unit.conn
        .prepare_cached(
            "INSERT INTO pairing (org, person, code, expires_at, event, maker, maker_device, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute((
            org,
            sql::id(&new.person),
            new.code.as_slice(),
            new.expires_ms,
            sql::id(&event),
            by.as_ref().map(sql::id),
            maker_device,
            new.now_ms,
        ))?;
    Ok(PairingMade::Made { pairing: event })
}

/// A code that was brought, as long as its time is not over.
pub fn brought(conn: &Connection, code: &Secret, now_ms: i64) -> Result<Option<Kept>, StorageError> {
    let mut find = conn.prepare_cached(&format!("{KEPT} WHERE p.code = ?1 AND p.expires_at > ?2"))?;
    let mut rows = find.query((code.as_slice(), now_ms))?;
    rows.next()?.map(Kept::read).transpose()
}

/// Those that still let somebody in, oldest first.
pub fn list(unit: &mut Unit<'_>, org: Uuid, now_ms: i64) -> Result<Vec<PairingRow>, StorageError> {
    let org = unit.org(org)?;
    let registry = unit.registry(org)?;
    let mut find =
        unit.conn.prepare_cached(&format!("{KEPT} WHERE p.org = ?1 AND p.expires_at > ?2 ORDER BY p.pk"))?;
    let mut rows = find.query((org, now_ms))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let kept = Kept::read(row)?;
        if kept.lets_in(&registry).is_some() {
            found.push(kept.row);
        }
    }
    Ok(found)
}

/// Ends one before its time, and tells of that; `false` where there is none such.
pub fn cancel(unit: &mut Unit<'_>, org: Uuid, pairing: Uuid, now_ms: i64) -> Result<bool, StorageError> {
    let org = unit.org(org)?;
    let gone = unit
        .conn
        .prepare_cached("DELETE FROM pairing WHERE org = ?1 AND event = ?2 RETURNING person")?
        .query_row((org, sql::id(&pairing)), |row| Ok(sql::read_id(row, 0)))
        .optional()?;
    let Some(person) = gone.transpose()? else { return Ok(false) };
    let body = json!({"pairing": pairing, "person": person});
    write_server_line(unit, org, now_ms, "device.cancelled", Some(person), &body)?;
    Ok(true)
}
