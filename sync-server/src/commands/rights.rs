//! `verify --rights`: the accepted lines that change nothing, because their author may not change what
//! they name.

use std::path::Path;
use std::process::ExitCode;

use fieldproof::practice::rights::NotCounted;
use serde::Serialize;
use uuid::Uuid;

use super::{CommandError, Out, shown};
use crate::storage::sqlite::{Void, file, void};

#[derive(Serialize)]
struct Entry {
    replica: Uuid,
    seq: u64,
    id: Uuid,
    kind: String,
    author: Uuid,
    thing: Option<Uuid>,
    why: NotCounted,
}

impl From<Void> for Entry {
    fn from(line: Void) -> Entry {
        let Void { replica, seq, id, kind, author, thing, why } = line;
        Entry { replica, seq, id, kind, author, thing, why }
    }
}

impl Entry {
    fn tell(&self) -> String {
        let Entry { replica, seq, id, kind, author, thing, why } = self;
        let thing = thing.map_or_else(|| "nothing".to_owned(), |thing| thing.to_string());
        format!("{replica}:{seq}  {id}  {}  by {author}  of {thing}: {why}\n", shown(kind))
    }
}

pub fn run(data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
    if !file(data).exists() {
        return Err(CommandError::told(format!("there is no database at {}", file(data).display())));
    }
    let entries: Vec<Entry> = void(data)?.into_iter().map(Entry::from).collect();
    out.answer(&entries, |entries| match entries.len() {
        0 => "every accepted line may change what it names".to_owned(),
        n => {
            let lines: String = entries.iter().map(Entry::tell).collect();
            format!(
                "{lines}{n} accepted lines change nothing: devices keep and show them, and count none of them"
            )
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
