//! `backup FILE`, `backup --keep N DIR`: one snapshot, while the server goes on.
//!
//! Invariant: a backup that was made before goes only after a new one is whole, and of what lies in
//! the directory only files that bear the names of this command.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, NaiveDateTime, Utc};
use clap::Args;
use serde_json::json;

use super::{CommandError, Out, seams};
use crate::private;
use crate::storage::sqlite;

#[derive(Args)]
pub struct Backup {
    /// Where to; it must not exist yet. With --keep, the directory with the backups.
    file: PathBuf,
    /// Write a file named by the time into the directory, and keep the newest N of such files.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// How a backup in a directory is called: by its moment, in UTC, so that names sort by age.
const NAME: &str = "fieldproof-%Y-%m-%dT%H%M%SZ.db";

impl Backup {
    pub(super) fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let (file, removed) = match self.keep {
            None => {
                sqlite::backup(data, &self.file)?;
                (self.file, Vec::new())
            }
            Some(keep) => rotate(data, &self.file, keep, seams().now_ms())?,
        };
        let bytes = std::fs::metadata(&file)?.len();
        let told = json!({"file": file, "bytes": bytes, "removed": removed});
        out.answer(&told, |_| {
            let mut text = format!("{bytes} bytes in {}", file.display());
            for old in &removed {
                text.push_str(&format!("\nremoved {}", old.display()));
            }
            text
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// One more backup in the directory, and those gone that are too many; which file, and which.
fn rotate(data: &Path, dir: &Path, keep: u32, now_ms: i64) -> Result<(PathBuf, Vec<PathBuf>), CommandError> {
    private::dir(dir)?;
    let now = DateTime::<Utc>::from_timestamp_millis(now_ms).unwrap_or_default();
    let file = dir.join(now.format(NAME).to_string());
    sqlite::backup(data, &file)?;
    let mut made = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && is_ours(&entry.file_name().to_string_lossy()) {
            made.push(entry.path());
        }
    }
    made.sort();
    // Whatever the clock said: the one that was just made stays.
    made.retain(|path| *path != file);
    let others = usize::try_from(keep).unwrap_or(usize::MAX).saturating_sub(1);
    let mut removed = made;
    removed.truncate(removed.len().saturating_sub(others));
    for old in &removed {
        std::fs::remove_file(old)?;
    }
    Ok((file, removed))
}

fn is_ours(name: &str) -> bool {
    NaiveDateTime::parse_from_str(name, NAME).is_ok_and(|time| time.format(NAME).to_string() == name)
}

#[cfg(test)]
#[path = "backup_tests.rs"]
mod tests;
