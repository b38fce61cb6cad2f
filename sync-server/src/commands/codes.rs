//! `codes`: pairing codes that somebody could still use, and ending one. The codes themselves are told
//! only once, to whoever makes them: the server keeps their hashes.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::names::Names;
use super::{CommandError, OrgArg, Out, seams};
use crate::seams::rfc3339;
use crate::storage::{PairingRow, Storage};

#[derive(Subcommand)]
pub enum Codes {
    /// Those that somebody could still use.
    List(List),
    /// End one before its time.
    Cancel(Cancel),
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    org: OrgArg,
}

#[derive(Args)]
pub struct Cancel {
    /// The pairing's id, as `codes list` shows it.
    pairing: Uuid,
    #[command(flatten)]
    org: OrgArg,
}

#[derive(Serialize)]
struct Entry {
    pairing: Uuid,
    person: Uuid,
    /// Null for the operator's own command.
    by: Option<Uuid>,
    made_at: Option<String>,
    expires_at: String,
}

impl Entry {
    fn new(row: &PairingRow) -> Entry {
        Entry {
            pairing: row.pairing,
            person: row.person,
            by: row.by,
            made_at: row.made_ms.map(rfc3339),
            expires_at: rfc3339(row.expires_ms),
        }
    }

    fn tell(&self, names: &Names) -> String {
        let by = self.by.map_or("a command of this server", |by| names.person(by));
        format!("{}  for {}  by {by}  until {}\n", self.pairing, names.person(self.person), self.expires_at)
    }
}

impl Codes {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let now_ms = seams().now_ms();
        match self {
            Codes::List(list) => {
                let org = super::org(&storage, list.org.org.as_deref()).await?.org;
                let registry = storage.registry(org).await?;
                let names = Names::of(&registry);
                let rows = storage.pairings(org, now_ms).await?;
                let entries: Vec<Entry> = rows.iter().map(Entry::new).collect();
                out.answer(&entries, |entries| {
                    let lines: String = entries.iter().map(|entry| entry.tell(&names)).collect();
                    if lines.is_empty() { "no code is open".to_owned() } else { lines }
                })?;
            }
            Codes::Cancel(cancel) => {
                let org = super::org(&storage, cancel.org.org.as_deref()).await?.org;
                if !storage.cancel_pairing(org, cancel.pairing, now_ms).await? {
                    return Err(CommandError::told("there is no such code, or it is used or over"));
                }
                let told = json!({"pairing": cancel.pairing, "cancelled": true});
                out.answer(&told, |_| format!("{} is cancelled", cancel.pairing))?;
            }
        }
        storage.close().await;
        Ok(ExitCode::SUCCESS)
    }
}
