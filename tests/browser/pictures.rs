//! The pictures of a test: `target/browser/TEST/NNN-name.png`, in the order in which they were taken.

use std::path::PathBuf;
use std::sync::Mutex;

use crate::server::target;

static NOW: Mutex<(String, u32)> = Mutex::new((String::new(), 0));

fn folder(test: &str) -> PathBuf {
    target().join("browser").join(test)
}

/// A test begins: its earlier pictures go.
pub fn begin(test: &str) {
    let folder = folder(test);
    // Not there the first time.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    *NOW.lock().unwrap() = (test.to_owned(), 0);
}

/// Where the next picture goes.
pub fn next(name: &str) -> PathBuf {
    let mut now = NOW.lock().unwrap();
    now.1 += 1;
    folder(&now.0).join(format!("{:03}-{name}.png", now.1))
}
