//! The race of a reader with a writer that begins the log anew.

#![allow(clippy::unwrap_used, clippy::panic)] // a test stops at the line that failed

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::*;

fn database(dir: &TempDir) -> (PathBuf, Connection) {
    let path = dir.path().join("x.db");
    let conn = Connection::open(&path).unwrap();
    conn.busy_timeout(Duration::from_secs(10)).unwrap();
    conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE t (x BLOB)")
        .unwrap();
    (path, conn)
}

fn log(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    path.into()
}

fn write(conn: &Connection, times: u32) {
    for _ in 0..times {
        conn.execute("INSERT INTO t VALUES (randomblob(3000))", []).unwrap();
    }
}

#[test]
fn a_log_that_was_begun_anew_under_the_reader_is_read_again_and_no_damage() {
    let dir = TempDir::new().unwrap();
    let (path, conn) = database(&dir);
    write(&conn, 50);
    let before = std::fs::read(log(&path)).unwrap();
    // All of it goes into the database, and the next write begins the log from the front.
    conn.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())).unwrap();
    write(&conn, 2);
    let after = std::fs::read(log(&path)).unwrap();

    // The header was read before, the rest after: what a reader without a lock may see.
    let mut raced = before.get(..HEADER).unwrap().to_vec();
    raced.extend_from_slice(after.get(HEADER..).unwrap());
    let seen = walk(&*raced);
    assert!(seen.is_err(), "this is how a sound log came to look damaged");
    let mut other = Connection::open(&path).unwrap();
    assert_eq!(confirm(&mut other, &path, seen.as_ref()).unwrap(), None);

    // Damage that is really there is still there on the second reading.
    let mut damaged = after;
    *damaged.get_mut(HEADER + FRAME + 100).unwrap() ^= 1;
    std::fs::write(log(&path), damaged).unwrap();
    assert!(check(&mut other, &path).unwrap().unwrap().contains("frame 1"));
}

#[test]
fn a_log_is_never_called_damaged_beside_a_writer() {
    let dir = TempDir::new().unwrap();
    let (path, conn) = database(&dir);
    // Begun anew every few pages, so that the reader meets it all the time.
    conn.pragma_update(None, "wal_autocheckpoint", 8).unwrap();
    let done = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let done = done.clone();
        move || {
            while !done.load(SeqCst) {
                write(&conn, 1);
            }
        }
    });
    let mut reader = Connection::open(&path).unwrap();
    reader.busy_timeout(Duration::from_secs(10)).unwrap();
    let (begun, mut raced, mut rounds) = (Instant::now(), 0u32, 0u32);
    while begun.elapsed() < Duration::from_secs(3) {
        raced += u32::from(look(&path).is_err());
        assert_eq!(check(&mut reader, &path).unwrap(), None);
        rounds += 1;
    }
    done.store(true, SeqCst);
    writer.join().unwrap();
    println!("{raced} of {rounds} readings without the lock looked damaged");
}
