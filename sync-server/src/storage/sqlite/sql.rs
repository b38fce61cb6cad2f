//! Numbers, ids, heads and seals between Rust's types and SQLite's.

use fieldproof::record::Head;
use rusqlite::Row;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::storage::StorageError;

/// Numbers come from counting, or were checked to fit; one that would not is past every row.
pub fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub fn uint(n: i64) -> Result<u64, StorageError> {
    u64::try_from(n).map_err(|_| StorageError::Damaged("a negative number".into()))
}

pub fn id(id: &Uuid) -> &[u8] {
    id.as_bytes()
}

pub fn read_uint(row: &Row<'_>, column: usize) -> Result<u64, StorageError> {
    uint(row.get(column)?)
}

pub fn read_id(row: &Row<'_>, column: usize) -> Result<Uuid, StorageError> {
    let bytes = row.get_ref(column)?.as_blob().map_err(rusqlite::Error::from)?;
    Uuid::from_slice(bytes).map_err(|_| StorageError::Damaged("an id is not 16 bytes long".into()))
}

pub fn read_id_or_null(row: &Row<'_>, column: usize) -> Result<Option<Uuid>, StorageError> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => read_id(row, column).map(Some),
    }
}

pub fn read_head(row: &Row<'_>, column: usize) -> Result<Head, StorageError> {
    let bytes = row.get_ref(column)?.as_blob().map_err(rusqlite::Error::from)?;
    Head::from_bytes(bytes).ok_or_else(|| StorageError::Damaged("a head is not 32 bytes long".into()))
}

/// What a changed time of arrival is found by. No proof against someone who can compute it anew:
/// that is what exported heads in other hands are for.
pub fn seal(head: &Head, received_at: i64, skew_ms: i64) -> i64 {
    let mut hash = Sha256::new();
    hash.update(head.as_bytes());
    hash.update(received_at.to_be_bytes());
    hash.update(skew_ms.to_be_bytes());
    hash.finalize().first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
}
