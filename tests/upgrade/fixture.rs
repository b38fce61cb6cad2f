//! A fixture's files, packed and unpacked, and what its version could see.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use fieldproof::practice::record::State;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
pub struct Expected {
    /// The server's clock when it was made, in milliseconds since 1970.
    pub made_ms: i64,
    /// What Sam's device listed.
    pub records: BTreeMap<Uuid, State>,
    pub tasks: usize,
    /// A draft that Sam was filling, and how many answers it had.
    pub draft: (Uuid, usize),
    /// Records of Sam's that no server had yet.
    pub waiting: u64,
    /// The end of Sam's log.
    pub own: (u64, String),
    /// Lines that no version up to now understands, byte for byte: one that only quality may read,
    /// one at Sam's site, and a check with members that nobody knows.
    pub newer: [String; 3],
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrade/fixtures")
}

/// All of them, oldest name first.
pub fn all() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

/// The file's bytes, zipped, as `NAME.gz` in a fixture.
pub fn pack(bytes: &[u8], to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).unwrap();
    std::fs::write(to.with_added_extension("gz"), gzip.finish().unwrap()).unwrap();
}

/// Every zipped file of a fixture, unzipped into a folder of the same shape.
pub fn unpack(fixture: &Path, into: &Path) {
    for entry in std::fs::read_dir(fixture).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            std::fs::create_dir_all(into.join(name)).unwrap();
            unpack(&path, &into.join(name));
        } else if let Some(plain) = name.strip_suffix(".gz") {
            let mut bytes = Vec::new();
            GzDecoder::new(std::fs::File::open(&path).unwrap()).read_to_end(&mut bytes).unwrap();
            std::fs::write(into.join(plain), bytes).unwrap();
        }
    }
}

pub fn expected(fixture: &Path) -> Expected {
    serde_json::from_slice(&std::fs::read(fixture.join("expected.json")).unwrap()).unwrap()
}
