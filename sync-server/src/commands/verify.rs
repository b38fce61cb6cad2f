//! `verify`: says that all is as it was written, or where it is not.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use uuid::Uuid;

use super::{CommandError, Out, shown};
use crate::storage::sqlite::{Place, Trouble, file, verify};

#[derive(Serialize)]
struct Report {
    ok: bool,
    replicas: u64,
    events: u64,
    streams: u64,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    #[serde(skip_serializing_if = "Option::is_none")]
    replica: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<u64>,
    what: String,
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        let bare = Problem { replica: None, seq: None, stream: None, n: None, what: trouble.what };
        match trouble.place {
            Place::Database => bare,
            Place::Replica { replica, seq } => Problem { replica: Some(replica), seq: Some(seq), ..bare },
            Place::Stream { stream, n } => Problem { stream: Some(stream), n: Some(n), ..bare },
        }
    }
}

impl Problem {
    fn tell(&self) -> String {
        let place = match (self.replica, &self.stream) {
            (Some(replica), _) => format!("replica {replica} line {}", self.seq.unwrap_or_default()),
            (None, Some(stream)) => format!("stream {} number {}", shown(stream), self.n.unwrap_or_default()),
            (None, None) => "database".to_owned(),
        };
        format!("{place}: {}\n", shown(&self.what))
    }
}

/// A backup that is restored too soon loses what came after it.
const WHAT_TO_DO: &str = "Do not restore a backup yet: run `verify` again, check the disk, and copy the data \
     directory away. docs/operations.md says what comes then.";

pub fn run(data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
    if !file(data).exists() {
        return Err(CommandError::told(format!("there is no database at {}", file(data).display())));
    }
    let found = verify(data);
    let report = Report {
        ok: found.problems.is_empty(),
        replicas: found.replicas,
        events: found.events,
        streams: found.streams,
        problems: found.problems.into_iter().map(Problem::from).collect(),
    };
    out.answer(&report, |report| {
        let walked =
            format!("{} replicas, {} events, {} streams: ", report.replicas, report.events, report.streams);
        let found: String = report.problems.iter().map(Problem::tell).collect();
        walked
            + &if report.ok {
                "all as it was written".to_owned()
            } else {
                format!("problems\n{found}{WHAT_TO_DO}")
            }
    })?;
    Ok(if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
