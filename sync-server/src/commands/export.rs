//! `export`: every line of every replica, as it was written, and the heads to check them by.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use fieldproof::sync::wire::ServerHead;
use serde_json::json;
use uuid::Uuid;

use super::{CommandError, OrgArg, Out};
use crate::private;
use crate::storage::Storage;

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The lines as they were written, one file a replica.
    Jsonl,
}

#[derive(Args)]
pub struct Export {
    #[arg(long, env = "FIELDPROOF_FORMAT", value_enum, default_value = "jsonl")]
    format: Format,
    /// The directory to write to.
    #[arg(long, env = "FIELDPROOF_OUT", value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    org: OrgArg,
}

/// Lines held in memory at once.
const PIECE: usize = 4 * 1024 * 1024;

impl Export {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        match self.format {
            Format::Jsonl => self.lines(data, out).await,
        }
    }

    async fn lines(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let org = super::org(&storage, self.org.org.as_deref()).await?;
        private::dir(&self.out)?;
        let mut heads: BTreeMap<Uuid, ServerHead> = BTreeMap::new();
        let mut events = 0;
        for row in storage.replicas(Some(org.org)).await? {
            write_lines(&storage, row.replica, row.head.seq, &self.out).await?;
            events += row.head.seq;
            heads.insert(row.replica, row.head);
        }
        storage.close().await;
        let text =
            serde_json::to_string_pretty(&heads).map_err(|error| CommandError::told(error.to_string()))?;
        fresh(&self.out.join("heads.json"))?.write_all(text.as_bytes())?;
        let told = json!({"out": self.out, "replicas": heads.len(), "events": events});
        out.answer(&told, |_| format!("{events} lines of {} replicas", heads.len()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// An empty file in the place of what an earlier export may have left.
fn fresh(path: &Path) -> std::io::Result<std::fs::File> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => private::new_file(path),
    }
}

/// Up to the number that `heads.json` will say: a running server may go on writing meanwhile.
async fn write_lines(
    storage: &dyn Storage,
    replica: Uuid,
    until: u64,
    dir: &Path,
) -> Result<(), CommandError> {
    let mut file = std::io::BufWriter::new(fresh(&dir.join(format!("{replica}.jsonl")))?);
    let mut after = 0;
    while after < until {
        let lines = storage.lines(replica, after, PIECE).await?;
        let before = after;
        for (seq, line) in lines.into_iter().take_while(|(seq, _)| *seq <= until) {
            file.write_all(&line)?;
            file.write_all(b"\n")?;
            after = seq;
        }
        if after == before {
            return Err(CommandError::told(format!(
                "replica {replica} ends at {after}, not {until}: run `verify`"
            )));
        }
    }
    Ok(file.flush()?)
}
