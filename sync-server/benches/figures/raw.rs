//! What the machine takes for the bare work, in the same run: no server, no encryption, no screens.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use fieldproof::practice::standard::Standard;
use fieldproof::record::{Head, Line};
use rusqlite::Connection;

use super::table::percentile;

/// Events a second: hash, parse and insert the lines of `bodies` on one thread, one body a
/// transaction, WAL, FULL.
pub fn intake(dir: &Path, bodies: &[Vec<u8>]) -> f64 {
    let db = Connection::open(dir.join("raw.db")).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
        .unwrap();
    db.execute_batch(
        "CREATE TABLE event (pk INTEGER PRIMARY KEY, replica INTEGER NOT NULL, seq INTEGER NOT NULL,
             org INTEGER NOT NULL, id BLOB, received_at INTEGER NOT NULL, skew_ms INTEGER NOT NULL,
             head BLOB NOT NULL, seal INTEGER NOT NULL, line BLOB NOT NULL) STRICT;
         CREATE UNIQUE INDEX event_place ON event (replica, seq);
         CREATE UNIQUE INDEX event_id ON event (org, id) WHERE id IS NOT NULL;
         CREATE TABLE stream_item (stream INTEGER NOT NULL, n INTEGER NOT NULL, event INTEGER NOT NULL,
             PRIMARY KEY (stream, n)) STRICT, WITHOUT ROWID;",
    )
    .unwrap();
    let (mut events, mut n, mut replica) = (0_u64, 0_i64, 0_i64);
    let began = Instant::now();
    for body in bodies {
        let text = std::str::from_utf8(body).unwrap();
        let mut head = Head::ZERO;
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        for line in text.lines().skip(1) {
            let envelope = Line::read(line).unwrap();
            head = head.next(line.as_bytes());
            if envelope.seq == 1 {
                replica += 1;
            }
            db.prepare_cached("INSERT INTO event VALUES (NULL, ?1, ?2, 1, ?3, 0, 0, ?4, 0, ?5)")
                .unwrap()
                .execute((
                    replica,
                    envelope.seq,
                    envelope.id.as_bytes().as_slice(),
                    head.as_bytes().as_slice(),
                    line.as_bytes(),
                ))
                .unwrap();
            n += 1;
            let event = db.last_insert_rowid();
            // The site's leads, and the person it is about.
            for (stream, number) in [(1, n), (2 + n % 30, n)] {
                db.prepare_cached("INSERT INTO stream_item VALUES (?1, ?2, ?3)")
                    .unwrap()
                    .execute((stream, number, event))
                    .unwrap();
            }
            events += 1;
        }
        db.execute_batch("COMMIT").unwrap();
    }
    events as f64 / began.elapsed().as_secs_f64()
}

/// Milliseconds, the slower of many: one row by its key out of so many in the clear, and its JSON
/// parsed.
pub fn read(dir: &Path, rows: u64, standard: &Standard) -> f64 {
    let mut db = Connection::open(dir.join("read.db")).unwrap();
    db.execute_batch("CREATE TABLE page (id INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT").unwrap();
    let json = serde_json::to_string(standard).unwrap();
    let tx = db.transaction().unwrap();
    for id in 0..rows {
        // Rows as long as an event's; the one that is read is the standard.
        let json = if id == rows / 2 { &json } else { &json[..json.len().min(600)] };
        tx.prepare_cached("INSERT INTO page VALUES (?1, ?2)").unwrap().execute((id, json)).unwrap();
    }
    tx.commit().unwrap();
    let mut times = Vec::new();
    for _ in 0..40 {
        let began = Instant::now();
        let json: String =
            db.query_row("SELECT json FROM page WHERE id = ?1", [rows / 2], |row| row.get(0)).unwrap();
        assert_eq!(serde_json::from_str::<Standard>(&json).unwrap(), *standard);
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    percentile(&mut times, 0.95)
}

/// Bytes of these lines and nothing else, gzipped as the app does.
pub fn gzipped(lines: &[String]) -> usize {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for line in lines {
        gzip.write_all(line.as_bytes()).unwrap();
        gzip.write_all(b"\n").unwrap();
    }
    gzip.finish().unwrap().len()
}

/// Milliseconds of each of so many times: 4 KB written and on the disk.
pub fn write(times: usize) -> Vec<f64> {
    let dir = tempfile::TempDir::new().unwrap();
    let mut file = std::fs::File::create(dir.path().join("raw")).unwrap();
    let page = [7_u8; 4096];
    (0..times)
        .map(|_| {
            let began = Instant::now();
            file.write_all(&page).unwrap();
            file.sync_data().unwrap();
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect()
}
