//! `backup FILE`: one snapshot, while the server goes on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandError, Out};
use crate::storage::sqlite;

#[derive(Args)]
pub struct Backup {
    /// Where to; it must not exist yet.
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        sqlite::backup(data, &self.file)?;
        let bytes = std::fs::metadata(&self.file)?.len();
        let told = json!({"file": self.file, "bytes": bytes});
        out.answer(&told, |_| format!("{bytes} bytes in {}", self.file.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
