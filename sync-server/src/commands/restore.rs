//! `restore FILE`: a backup in the place of the database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandError, Out};
use crate::storage::sqlite;

#[derive(Args)]
pub struct Restore {
    /// What `backup` wrote.
    file: PathBuf,
    /// Replace the database that is there. Lines that came after the backup are lost here; devices
    /// that still hold them will not send them again by themselves.
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(super) fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        sqlite::restore(data, &self.file, self.force)?;
        out.answer(&json!({"restored": true}), |_| "restored".to_owned())?;
        Ok(ExitCode::SUCCESS)
    }
}
