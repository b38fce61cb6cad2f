//! `restore FILE`: a backup in the place of the database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{CommandError, Out, seams};
use crate::storage::sqlite;

#[derive(Args)]
pub struct Restore {
    /// What `backup` wrote.
    file: PathBuf,
    /// Replace the database that is there. Lines that came after the backup are lost here until
    /// the devices that wrote them sync again.
    #[arg(long)]
    force: bool,
}

impl Restore {
    pub(super) fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        super::own_place(data)?;
        sqlite::restore(data, &self.file, self.force, seams().id()?)?;
        out.answer(&json!({"restored": true}), |_| "restored".to_owned())?;
        Ok(ExitCode::SUCCESS)
    }
}
