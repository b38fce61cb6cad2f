//! Organisations, devices, and who administers them.

use fieldproof::record::Head;
use fieldproof::sync::wire::{DeviceInfo, Role};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;
use uuid::Uuid;

use super::push::{NewEvent, bind};
use super::server_line::write_server_line;
use super::unit::Unit;
use super::{pairings, sql};
use crate::ingest::read_line;
use crate::seams::rfc3339;
use crate::storage::{Caller, DeviceRow, Enrolment, NewDevice, NewOrg, OrgRow, Secret, StorageError};

/// Looks a token up by its hash: a comparison of hashes tells a guesser nothing.
pub fn caller(conn: &Connection, token: &Secret) -> Result<Option<Caller>, StorageError> {
    let mut find = conn.prepare_cached(
        "SELECT o.id, d.id, d.person, d.token_expires_at, d.revoked_at IS NOT NULL
         FROM device d JOIN org o ON o.pk = d.org WHERE d.token = ?1",
    )?;
    let mut rows = find.query([token.as_slice()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Caller {
        org: sql::read_id(row, 0)?,
        device: sql::read_id(row, 1)?,
        person: sql::read_id(row, 2)?,
        expires_ms: row.get(3)?,
        revoked: row.get(4)?,
    }))
}

/// Takes a code for a device, once: the code is gone with the transaction that makes the device.
pub fn enrol(unit: &mut Unit<'_>, new: &NewDevice) -> Result<Enrolment, StorageError> {
    let Some(code) = pairings::brought(unit.conn, &new.code, new.now_ms)? else {
        return Ok(Enrolment::CodeInvalid);
    };
    let org = code.org;
    let registry = unit.registry(org)?;
    let Some(person) = code.lets_in(&registry).cloned() else { return Ok(Enrolment::CodeInvalid) };
    let taken: Option<i64> = unit
        .conn
        .prepare_cached("SELECT pk FROM replica WHERE id = ?1")?
        .query_row([sql::id(&new.replica)], |row| row.get(0))
        .optional()?;
    if taken.is_some() {
        return Ok(Enrolment::NotYours);
    }
    unit.conn.prepare_cached("DELETE FROM pairing WHERE pk = ?1")?.execute([code.pk])?;
    let device = unit
        .conn
        .prepare_cached(
            "INSERT INTO device (org, id, person, name, platform, token, token_expires_at, enrolled_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .insert((
            org,
            sql::id(&new.device),
            sql::id(&person.person),
            &new.info.name,
            &new.info.platform,
            new.token.as_slice(),
            new.token_expires_ms,
            new.now_ms,
        ))?;
    bind(unit.conn, new.replica, org, Some(device))?;
    let org_name = registry.name().to_owned();
    drop(registry);
    let body = json!({
        "device": new.device,
        "person": person.person,
        "name": new.info.name,
        "platform": new.info.platform,
        "pairing": code.row.pairing,
        "by": code.row.by,
        "at": rfc3339(new.now_ms),
    });
    write_server_line(unit, org, new.now_ms, "device.paired", Some(person.person), &body)?;
    let id = unit
        .conn
        .prepare_cached("SELECT id FROM org WHERE pk = ?1")?
        .query_row([org], |row| Ok(sql::read_id(row, 0)))??;
    Ok(Enrolment::Done { org: id, org_name, person })
}

/// Creates an organisation with the lines that the server writes for it, past all judging: nobody
/// is there yet who could have the right to.
pub fn create_org(unit: &mut Unit<'_>, new: &NewOrg) -> Result<(), StorageError> {
    let org = unit
        .conn
        .prepare_cached("INSERT INTO org (id, created_at) VALUES (?1, ?2)")?
        .insert((sql::id(&new.org), new.now_ms))?;
    let replica = bind(unit.conn, new.replica, org, None)?;
    let mut head = Head::ZERO;
    let mut seq = 0;
    for line in &new.lines {
        let facts = read_line(line).map_err(|malformed| StorageError::Damaged(malformed.message))?;
        head = head.next(line);
        seq += 1;
        let event = NewEvent { replica, seq, org, now_ms: new.now_ms, skew_ms: 0, head }
            .insert(unit.conn, Some(facts.id), line)?
            .ok_or_else(|| StorageError::Damaged("a new id exists already".into()))?;
        unit.route(org, event, &facts, new.now_ms)?;
    }
    unit.conn.prepare_cached("UPDATE replica SET seq = ?2, head = ?3 WHERE pk = ?1")?.execute((
        replica,
        sql::int(seq),
        head.as_bytes(),
    ))?;
    pairings::pair(unit, &new.pairing)?;
    Ok(())
}

/// All organisations, with their names.
pub fn orgs(unit: &mut Unit<'_>) -> Result<Vec<OrgRow>, StorageError> {
    let mut find = unit.conn.prepare_cached("SELECT pk, id FROM org ORDER BY pk")?;
    let mut rows = find.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name = unit.registry(row.get(0)?)?.name().to_owned();
        found.push(OrgRow { org: sql::read_id(row, 1)?, name });
    }
    Ok(found)
}

/// An organisation's devices, oldest first.
pub fn devices(conn: &Connection, org: Uuid) -> Result<Vec<DeviceRow>, StorageError> {
    let mut find = conn.prepare_cached(
        "SELECT d.id, d.person, d.name, d.platform, d.enrolled_at, d.last_sync, d.revoked_at, d.pk
         FROM device d JOIN org o ON o.pk = d.org WHERE o.id = ?1 ORDER BY d.pk",
    )?;
    let mut of = conn.prepare_cached("SELECT id FROM replica WHERE device = ?1 ORDER BY pk")?;
    let mut rows = find.query([sql::id(&org)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut replicas = Vec::new();
        let mut replica_rows = of.query([row.get::<_, i64>(7)?])?;
        while let Some(replica) = replica_rows.next()? {
            replicas.push(sql::read_id(replica, 0)?);
        }
        found.push(DeviceRow {
            device: sql::read_id(row, 0)?,
            person: sql::read_id(row, 1)?,
            info: DeviceInfo { name: row.get(2)?, platform: row.get(3)? },
            replicas,
            enrolled_ms: row.get(4)?,
            last_sync_ms: row.get(5)?,
            revoked_ms: row.get(6)?,
        });
    }
    Ok(found)
}

/// Marks a device revoked and tells of it; `false` where there is none such. Codes that were made on it
/// let nobody in any more ([`pairings`]).
pub fn revoke(unit: &mut Unit<'_>, org: Uuid, device: Uuid, now_ms: i64) -> Result<bool, StorageError> {
    let org = unit.org(org)?;
    let found = unit
        .conn
        .prepare_cached(
            "SELECT person, name, platform, revoked_at IS NOT NULL FROM device WHERE org = ?1 AND id = ?2",
        )?
        .query_row((org, sql::id(&device)), |row| {
            let info = DeviceInfo { name: row.get(1)?, platform: row.get(2)? };
            Ok((sql::read_id(row, 0), info, row.get::<_, bool>(3)?))
        })
        .optional()?;
    let Some((person, info, already)) = found else { return Ok(false) };
    if already {
        return Ok(true);
    }
    unit.conn.prepare_cached("UPDATE device SET revoked_at = ?3 WHERE org = ?1 AND id = ?2")?.execute((
        org,
        sql::id(&device),
        now_ms,
    ))?;
    let person = person?;
    let body = json!({
        "device": device,
        "person": person,
        "name": info.name,
        "platform": info.platform,
        "at": rfc3339(now_ms),
    });
    write_server_line(unit, org, now_ms, "device.revoked", Some(person), &body)?;
    Ok(true)
}

/// Makes somebody of the registry an active administrator, by a line of the server's own: the way back
/// for an organisation that has none who can sign in. `false` where nobody bears this id.
pub fn make_admin(unit: &mut Unit<'_>, org: Uuid, person: Uuid, now_ms: i64) -> Result<bool, StorageError> {
    let org = unit.org(org)?;
    let Some(known) = unit.registry(org)?.person(person).cloned() else { return Ok(false) };
    if known.active && known.role == Role::Admin {
        return Ok(true);
    }
    let body = json!({
        "person": person,
        "name": known.name,
        "role": Role::Admin,
        "sites": known.sites,
        "active": true,
    });
    write_server_line(unit, org, now_ms, "person.set", None, &body)?;
    Ok(true)
}
