//! `quarantine list|show|release|take`: lines that were stored but not applied.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{CommandError, OrgArg, Out, seams, shown};
use crate::seams::rfc3339;
use crate::storage::{QuarantineKey, QuarantineRow, Release, Storage, Taking, Took};

#[derive(Subcommand)]
pub enum Quarantine {
    /// Those that were not released.
    List(List),
    /// One of them, with its line.
    Show(One),
    /// Judge one again by today's registry, and apply it if it may be.
    Release(One),
    /// Take back a line that was applied: out of every stream, by an event that says so. It stays in
    /// its log, and `release` lets it in again.
    Take(Take),
}

#[derive(Args)]
pub struct List {
    #[command(flatten)]
    org: OrgArg,
}

#[derive(Args)]
pub struct One {
    /// The event's id, or its place as REPLICA:SEQ.
    id: String,
    #[command(flatten)]
    org: OrgArg,
}

#[derive(Args)]
pub struct Take {
    #[command(flatten)]
    one: One,
    /// Why, for the line's author and everyone who received it.
    #[arg(long, value_name = "WORDS", default_value = "")]
    reason: String,
}

/// As many characters of a reason travel with the event.
const MOST_REASON: usize = 1_000;

#[derive(Serialize)]
struct Entry {
    replica: Uuid,
    seq: u64,
    id: Option<Uuid>,
    code: String,
    field: Option<String>,
    message: String,
    person: Option<Uuid>,
    received_at: String,
    /// With `show` only; bytes that are no UTF-8 appear as U+FFFD.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<String>,
}

impl Entry {
    fn new(row: QuarantineRow, with_line: bool) -> Entry {
        Entry {
            replica: row.replica,
            seq: row.what.seq,
            id: row.what.id,
            code: row.what.code,
            field: row.what.field,
            message: row.what.message,
            person: row.person,
            received_at: rfc3339(row.received_ms),
            line: with_line.then(|| String::from_utf8_lossy(&row.line).into_owned()),
        }
    }

    fn tell(&self) -> String {
        let id = self.id.map_or_else(|| "no id".to_owned(), |id| id.to_string());
        let place = format!("{}:{}", self.replica, self.seq);
        let head = format!("{place}  {id}  {}  {}  {}\n", self.received_at, self.code, self.message);
        self.line.as_ref().map_or(head.clone(), |line| format!("{head}{}\n", shown(line)))
    }
}

impl Quarantine {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        let storage = super::open(data)?;
        let code = match self {
            Quarantine::List(list) => {
                let org = super::org(&storage, list.org.org.as_deref()).await?.org;
                let rows = storage.quarantine(org, None).await?;
                let entries: Vec<_> = rows.into_iter().map(|row| Entry::new(row, false)).collect();
                out.answer(&entries, |entries| entries.iter().map(Entry::tell).collect())?;
                ExitCode::SUCCESS
            }
            Quarantine::Show(one) => {
                let org = super::org(&storage, one.org.org.as_deref()).await?.org;
                let rows = storage.quarantine(org, Some(key(&one.id)?)).await?;
                let mut entries: Vec<_> = rows.into_iter().map(|row| Entry::new(row, true)).collect();
                match (entries.pop(), entries.is_empty()) {
                    (Some(entry), true) => out.answer(&entry, Entry::tell)?,
                    (None, _) => return Err(CommandError::told("there is no such line in quarantine")),
                    (Some(last), false) => {
                        entries.push(last);
                        let places = entries.iter().map(|entry| (entry.replica, entry.seq)).collect();
                        return Err(several(places));
                    }
                }
                ExitCode::SUCCESS
            }
            Quarantine::Release(one) => {
                let org = super::org(&storage, one.org.org.as_deref()).await?.org;
                match storage.release(org, key(&one.id)?, seams().now_ms()).await? {
                    Release::Released { streams } => {
                        let told = json!({"released": true, "streams": streams});
                        out.answer(&told, |_| format!("released to {}", streams.join(", ")))?;
                        ExitCode::SUCCESS
                    }
                    Release::Refused { code, message } => {
                        let told = json!({"released": false, "code": code, "message": message});
                        out.answer(&told, |_| format!("not released: {code}: {message}"))?;
                        ExitCode::FAILURE
                    }
                    Release::NotFound => {
                        return Err(CommandError::told("there is no such line in quarantine"));
                    }
                    Release::Several(places) => return Err(several(places)),
                }
            }
            Quarantine::Take(take) => {
                let org = super::org(&storage, take.one.org.org.as_deref()).await?.org;
                if take.reason.chars().count() > MOST_REASON {
                    return Err(CommandError::told("a reason has at most 1000 characters"));
                }
                let now_ms = seams().now_ms();
                let taking = Taking { key: key(&take.one.id)?, reason: take.reason, now_ms };
                match storage.take(org, taking).await? {
                    Took::Taken { streams } => {
                        let told = json!({"taken": true, "streams": streams});
                        out.answer(&told, |_| format!("taken out of {}", streams.join(", ")))?;
                        ExitCode::SUCCESS
                    }
                    Took::NotFound => {
                        return Err(CommandError::told("there is no such line in the streams"));
                    }
                    Took::IsWord => {
                        return Err(CommandError::told(
                            "this event says that another line was taken: release that one instead",
                        ));
                    }
                }
            }
        };
        storage.close().await;
        Ok(code)
    }
}

fn key(text: &str) -> Result<QuarantineKey, CommandError> {
    let place = || {
        let (replica, seq) = text.rsplit_once(':')?;
        Some(QuarantineKey::Place(replica.parse().ok()?, seq.parse().ok()?))
    };
    let id = text.parse().ok().map(QuarantineKey::Id);
    id.or_else(place).ok_or_else(|| CommandError::told("give an event's id, or its place as REPLICA:SEQ"))
}

fn several(places: Vec<(Uuid, u64)>) -> CommandError {
    let places: Vec<_> = places.into_iter().map(|(replica, seq)| format!("{replica}:{seq}")).collect();
    CommandError::told(format!("several lines bear this id: {}", places.join(", ")))
}
