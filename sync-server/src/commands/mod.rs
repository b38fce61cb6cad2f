//! What a shell can ask of the server (PROTOCOL §7). Each command opens the database itself, works
//! beside a running server, and takes effect with its own commit.
//!
//! Invariant: with `--json` standard output holds one JSON document and nothing else; what went
//! wrong goes to standard error, and the exit code says whether it did.

mod admin;
mod backup;
mod codes;
#[cfg(feature = "demo")]
mod demo;
mod devices;
mod export;
mod init;
mod moment;
mod names;
mod pair;
mod people;
mod quarantine;
mod restore;
mod revoke;
mod rights;
mod serve;
pub mod settings;
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use uuid::Uuid;

pub use self::init::{Initialised, init};
pub use self::pair::{Paired, pair};
use crate::registry::Registry;
use crate::seams::{NoRandomness, Seams};
use crate::storage::sqlite::{BackupError, Sqlite, file};
use crate::storage::{OrgRow, Storage, StorageError};

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Tls(#[from] crate::tls::TlsError),
    #[error("{0}")]
    Told(String),
}

impl CommandError {
    fn told(what: impl Into<String>) -> CommandError {
        CommandError::Told(what.into())
    }
}

const AFTER: &str = "\
Every option can be given in the environment. Where no data directory is named, the settings of the
service count (/etc/fieldproof/server.env). FIELDPROOF_LOG says how much is logged to standard error:
error, warn, info (what is logged without it), debug, trace, or by part: warn,sync_server::api=debug.";

#[derive(Parser)]
#[command(name = "sync-server", version, about = "Fieldproof's sync server", after_help = AFTER)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    /// Answer with one JSON document.
    #[arg(long, global = true, env = "FIELDPROOF_JSON", value_parser = clap::builder::FalseyValueParser::new())]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Place {
    /// The directory with the database.
    #[arg(
        long,
        global = true,
        env = "FIELDPROOF_DATA",
        value_name = "DIR",
        default_value = "fieldproof-data"
    )]
    data: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Listen for devices, and hand out the app.
    Serve(serve::Serve),
    /// Serve a made-up organisation, to look at; seeds it on the first start.
    #[cfg(feature = "demo")]
    Demo(demo::Demo),
    /// Create an organisation and its first administrator; prints a pairing code.
    Init(init::Init),
    /// Make a pairing code for a person.
    Pair(pair::Pair),
    /// List pairing codes that somebody could still use, or cancel one.
    #[command(subcommand)]
    Codes(codes::Codes),
    /// Make a person an administrator, where nobody is left who could.
    Admin(admin::Admin),
    /// List the people of the registry.
    People(people::People),
    /// List the enrolled devices.
    Devices(devices::Devices),
    /// Revoke a device: it may hand over what it has, and reads nothing more.
    Revoke(revoke::Revoke),
    /// Look at lines that were stored but not applied.
    #[command(subcommand)]
    Quarantine(quarantine::Quarantine),
    /// Walk every replica and stream; exit 1 and name the place where something is wrong.
    Verify {
        /// List the accepted lines that change nothing, because their author may not change what they name.
        #[arg(long)]
        rights: bool,
    },
    /// Write the lines out as they were written.
    Export(export::Export),
    /// Write a copy of the whole database to a file.
    Backup(backup::Backup),
    /// Put a copy in the place of the database.
    Restore(restore::Restore),
}

/// For commands that speak about one organisation.
#[derive(Args)]
struct OrgArg {
    /// The organisation, by id or exact name; needed only where there are several.
    #[arg(long, env = "FIELDPROOF_ORG", value_name = "ORG")]
    org: Option<String>,
}

#[derive(Args)]
struct PairingMinutes {
    /// How long a pairing code lives; thirty days at most.
    #[arg(long, env = "FIELDPROOF_PAIRING_MINUTES", default_value_t = 15, value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=30 * 24 * 60))]
    pairing_minutes: u32,
}

/// For commands whose answer is a link.
#[derive(Args)]
struct Address {
    /// Where people reach the server, as links to it begin: https://sync.example.org
    #[arg(long, env = "FIELDPROOF_URL", value_name = "URL", value_parser = moment::address)]
    url: Option<String>,
}

impl Address {
    fn url(&self) -> &str {
        self.url.as_deref().unwrap_or("http://127.0.0.1:8787")
    }

    /// The link for a code, and what a person should know of it.
    fn tell(&self, code: &str) -> String {
        let link = moment::link(self.url(), code);
        match self.url {
            Some(_) => format!("  {link}\n"),
            None => format!(
                "  {link}\n  (works on this machine only; for phones, say where they reach the server with\n  \
                 --url https://… or FIELDPROOF_URL)\n"
            ),
        }
    }
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// [`CommandError`], to be told as it is.
    pub async fn run(self, out: &mut (dyn Write + Send)) -> Result<ExitCode, CommandError> {
        let data = self.place.data;
        let mut out = Out { json: self.json, to: out };
        match self.command {
            Command::Serve(serve) => serve.run(&data, &mut out).await,
            #[cfg(feature = "demo")]
            Command::Demo(demo) => demo.run(&data, &mut out).await,
            Command::Init(init) => init.run(&data, &mut out).await,
            Command::Pair(pair) => pair.run(&data, &mut out).await,
            Command::Codes(codes) => codes.run(&data, &mut out).await,
            Command::Admin(admin) => admin.run(&data, &mut out).await,
            Command::People(people) => people.run(&data, &mut out).await,
            Command::Devices(devices) => devices.run(&data, &mut out).await,
            Command::Revoke(revoke) => revoke.run(&data, &mut out).await,
            Command::Quarantine(quarantine) => quarantine.run(&data, &mut out).await,
            Command::Verify { rights: true } => rights::run(&data, &mut out),
            Command::Verify { rights: false } => verify::run(&data, &mut out),
            Command::Export(export) => export.run(&data, &mut out).await,
            Command::Backup(backup) => backup.run(&data, &mut out),
            Command::Restore(restore) => restore.run(&data, &mut out),
        }
    }
}

/// Where a command's answer goes, and in which form.
struct Out<'a> {
    json: bool,
    to: &'a mut (dyn Write + Send),
}

impl Out<'_> {
    /// Writes the answer: as JSON, or as the text that `tell` makes.
    fn answer<T: Serialize>(
        &mut self,
        value: &T,
        tell: impl FnOnce(&T) -> String,
    ) -> Result<(), CommandError> {
        let text = if self.json {
            serde_json::to_string(value).map_err(|error| CommandError::told(error.to_string()))?
        } else {
            shown_lines(&tell(value))
        };
        writeln!(self.to, "{}", text.trim_end_matches('\n'))?;
        Ok(self.to.flush()?)
    }
}

/// Words of others as a terminal may show them: in one line, with no sign that steers the terminal and
/// none that turns, hides or joins what stands around it. Such a sign is written as its number.
#[must_use]
pub fn shown(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for sign in words.chars() {
        if steers(sign) {
            text.extend(sign.escape_unicode());
        } else {
            text.push(sign);
        }
    }
    text
}

/// The same for a text of several lines. Nothing reaches a terminal but through here.
#[must_use]
pub fn shown_lines(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            // Soft hyphen, the Arabic letter mark, the Mongolian vowel separator.
            '\u{ad}' | '\u{61c}' | '\u{180e}'
            // A space without width and direction marks (not the joiners between them, which names are
            // written with); ends of lines and paragraphs, embeddings and overrides.
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            // Joiners that nobody sees, isolates, and what was once format.
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Opens a database that must be there.
fn open(data: &Path) -> Result<Sqlite, CommandError> {
    let path = file(data);
    if !path.exists() {
        let path = std::path::absolute(&path).unwrap_or(path);
        return Err(CommandError::told(format!(
            "there is no database at {}: run `init` first, or name the right directory with --data",
            path.display()
        )));
    }
    Ok(Sqlite::open(data)?)
}

/// What root makes in the directory of another user, that user could not open.
fn own_place(data: &Path) -> Result<(), CommandError> {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        let owner = |path: &Path| std::fs::metadata(path).ok().map(|about| about.uid());
        if let (Some(theirs), Some(ours)) = (owner(data), owner(Path::new("/proc/self")))
            && theirs != ours
        {
            return Err(CommandError::told(format!(
                "{} belongs to another user: run this as the service's user (runuser -u fieldproof -- …)",
                data.display()
            )));
        }
    }
    Ok(())
}

/// The organisation meant: the one named, or the only one.
async fn org(storage: &dyn Storage, named: Option<&str>) -> Result<OrgRow, CommandError> {
    let mut orgs = storage.orgs().await?;
    if let Some(named) = named {
        let id: Option<Uuid> = named.parse().ok();
        orgs.retain(|org| Some(org.org) == id || org.name == named);
    }
    match (orgs.pop(), orgs.is_empty()) {
        (Some(org), true) => Ok(org),
        (Some(_), false) => Err(CommandError::told("there are several organisations: say which with --org")),
        (None, _) => Err(CommandError::told("there is no such organisation")),
    }
}

/// The id of a person by id or exact name.
fn person(registry: &Registry, named: &str) -> Result<Uuid, CommandError> {
    if let Some(id) = named.parse().ok().filter(|&id| registry.person(id).is_some()) {
        return Ok(id);
    }
    let people = registry.people();
    let mut found = people.iter().filter(|person| person.name == named);
    match (found.next(), found.next()) {
        (Some(person), None) => Ok(person.person),
        (Some(_), Some(_)) => Err(CommandError::told("several people have this name: give the id")),
        (None, _) => Err(CommandError::told("there is no such person")),
    }
}

/// The world as the process sees it.
fn seams() -> Seams {
    Seams::default()
}
