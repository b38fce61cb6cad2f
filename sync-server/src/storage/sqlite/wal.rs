//! Damage in the write-ahead log, which SQLite itself passes over in silence: at the first frame
//! whose checksum is wrong it takes the log to end, and commits behind it are gone unseen.
//!
//! Invariant: only reads. A torn end, as a kill leaves it, is no damage: what was not written to
//! its last byte was never answered.
//!
//! Invariant: nothing is called damaged that was read while somebody could write. A running server
//! begins the log anew and overwrites it from the front; a reader in the middle then sees the first
//! half of one log and the second half of another. So what looks wrong is read again under the lock
//! of writers.

use std::io::{BufReader, Read};
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::storage::StorageError;

const HEADER: usize = 32;
const FRAME: usize = 24;

/// Looks through the log beside a database, if there is one. The damage that is there while nobody
/// writes, or nothing.
///
/// # Errors
/// What looked damaged could not be read again, because others kept the database busy.
pub fn check(conn: &mut Connection, database: &Path) -> Result<Option<String>, StorageError> {
    confirm(conn, database, look(database).as_ref())
}

/// Reads again under the lock of writers what looked wrong without it.
fn confirm(
    conn: &mut Connection,
    database: &Path,
    seen: Result<&(), &String>,
) -> Result<Option<String>, StorageError> {
    if seen.is_ok() {
        return Ok(None);
    }
    // Rolled back when it is dropped: it only keeps others from writing.
    let _nobody_writes = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    Ok(look(database).err())
}

fn look(database: &Path) -> Result<(), String> {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    match std::fs::File::open(Path::new(&path)) {
        Ok(file) => walk(BufReader::new(file)),
        Err(_) => Ok(()),
    }
}

/// The running checksum: pairs of words, in the byte order that the header's magic names.
#[derive(Clone, Copy)]
struct Sum {
    big_endian: bool,
    s: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let word = |bytes: &[u8]| {
            let bytes = bytes.try_into().unwrap_or_default();
            if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
        };
        for pair in bytes.as_chunks::<8>().0 {
            let (a, b) = pair.split_at(4);
            self.s.0 = self.s.0.wrapping_add(word(a)).wrapping_add(self.s.1);
            self.s.1 = self.s.1.wrapping_add(word(b)).wrapping_add(self.s.0);
        }
    }
}

/// The big-endian word at an offset.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn walk(mut log: impl Read) -> Result<(), String> {
    let mut header = [0; HEADER];
    if log.read_exact(&mut header).is_err() {
        return Ok(());
    }
    let magic = word(&header, 0);
    let mut sum = Sum { big_endian: magic & 1 == 1, s: (0, 0) };
    sum.add(header.get(..HEADER - 8).unwrap_or_default());
    let page = word(&header, 8) as usize;
    let sound = matches!(magic, 0x377f_0682 | 0x377f_0683)
        && sum.s == (word(&header, 24), word(&header, 28))
        && page.is_power_of_two()
        && (512..=65_536).contains(&page);
    if !sound {
        return Err("the header of the write-ahead log was changed: what it held cannot be read".to_owned());
    }
    let salts = (word(&header, 16), word(&header, 20));
    let mut bytes = vec![0; FRAME + page];
    let mut broken = None;
    for number in 1u64.. {
        if log.read_exact(&mut bytes).is_err() {
            break;
        }
        let (frame, content) = bytes.split_at(FRAME);
        // Frames of an earlier round through the file bear other salts.
        let of_this_round = (word(frame, 8), word(frame, 12)) == salts;
        if broken.is_none() {
            let mut next = sum;
            next.add(frame.get(..8).unwrap_or_default());
            next.add(content);
            if of_this_round && next.s == (word(frame, 16), word(frame, 20)) {
                sum = next;
                continue;
            }
            broken = Some(number);
        }
        let ends_a_commit = word(frame, 4) != 0;
        if let Some(broken) = broken.filter(|_| of_this_round && ends_a_commit) {
            return Err(format!(
                "a byte of the write-ahead log was changed at frame {broken}: commits from there on cannot be read"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "wal_tests.rs"]
mod tests;
