//! Organisations, pairing codes and devices.

use fieldproof::record::Head;
use fieldproof::sync::wire::DeviceInfo;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::push::{NewEvent, bind};
use super::sql;
use super::unit::Unit;
use crate::ingest::read_line;
use crate::storage::{
    Caller, DeviceRow, Enrolment, NewDevice, NewOrg, NewPairing, OrgRow, Secret, StorageError,
};

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

/// Keeps a new code, and forgets those that are too old.
pub fn pair(unit: &Unit<'_>, pairing: &NewPairing) -> Result<(), StorageError> {
    let org = unit.org(pairing.org)?;
    unit.conn.prepare_cached("DELETE FROM pairing WHERE expires_at <= ?1")?.execute([pairing.now_ms])?;
    unit.conn
        .prepare_cached("INSERT INTO pairing (org, person, code, expires_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute((org, sql::id(&pairing.person), pairing.code.as_slice(), pairing.expires_ms))?;
    Ok(())
}

/// Takes a code for a device, once: the code is gone with the transaction that makes the device.
pub fn enrol(unit: &mut Unit<'_>, new: &NewDevice) -> Result<Enrolment, StorageError> {
    let found = unit
        .conn
        .prepare_cached("SELECT pk, org, person FROM pairing WHERE code = ?1 AND expires_at > ?2")?
        .query_row((new.code.as_slice(), new.now_ms), |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, sql::read_id(row, 2)))
        })
        .optional()?;
    let Some((pairing, org, person)) = found else { return Ok(Enrolment::CodeInvalid) };
    let registry = unit.registry(org)?;
    let Some(person) = registry.person(person?).filter(|person| person.active).cloned() else {
        return Ok(Enrolment::CodeInvalid);
    };
    let taken: Option<i64> = unit
        .conn
        .prepare_cached("SELECT pk FROM replica WHERE id = ?1")?
        .query_row([sql::id(&new.replica)], |row| row.get(0))
        .optional()?;
    if taken.is_some() {
        return Ok(Enrolment::NotYours);
    }
    unit.conn.prepare_cached("DELETE FROM pairing WHERE pk = ?1")?.execute([pairing])?;
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
    let id = unit
        .conn
        .prepare_cached("SELECT id FROM org WHERE pk = ?1")?
        .query_row([org], |row| Ok(sql::read_id(row, 0)))??;
    Ok(Enrolment::Done { org: id, org_name: registry.name().to_owned(), person })
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
    pair(unit, &new.pairing)
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

/// Marks a device revoked; `false` where there is none such.
pub fn revoke(unit: &Unit<'_>, org: Uuid, device: Uuid, now_ms: i64) -> Result<bool, StorageError> {
    let org = unit.org(org)?;
    let changed = unit
        .conn
        .prepare_cached("UPDATE device SET revoked_at = coalesce(revoked_at, ?3) WHERE org = ?1 AND id = ?2")?
        .execute((org, sql::id(&device), now_ms))?;
    Ok(changed == 1)
}
