//! `demo`: the server with an organisation to look at, seeded once, and links to look at it with.
//!
//! Invariant: a directory that holds an organisation of somebody's own is never written to, with
//! or without `--fresh`: the demo knows its own by the file that it leaves beside the database.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::Local;
use clap::Args;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::serve::{self, Termination};
use super::{CommandError, Out, moment};
use crate::api::Settings;
use crate::demo::{Guest, Plan, Seeded, Size, seed};
use crate::seams::Seams;
use crate::storage::sqlite::{Sqlite, file};

/// What the demo leaves beside the database.
const MARK: &str = "demo.json";
/// The same organisation for everybody.
const SEED: u64 = 20_261;
/// Half a day: whoever looks at a demo does not hurry.
const PAIRING_MINUTES: u32 = 12 * 60;

#[derive(Args)]
pub struct Demo {
    /// Where to listen.
    #[arg(long, env = "FIELDPROOF_LISTEN", default_value = "127.0.0.1:8787", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The directory with the app's files, to be handed out at `/`.
    #[arg(long, env = "FIELDPROOF_APP", value_name = "DIR")]
    app: Option<PathBuf>,
    /// Throw the demo's data away and begin again.
    #[arg(long)]
    fresh: bool,
    /// Write so many days instead of six months.
    #[arg(long, value_name = "N", conflicts_with = "events")]
    days: Option<u32>,
    /// Write about so many events instead.
    #[arg(long, value_name = "N")]
    events: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct Mark {
    org: Uuid,
    guests: Vec<Guest>,
}

#[derive(Serialize)]
struct Link {
    #[serde(flatten)]
    guest: Guest,
    link: String,
}

#[derive(Serialize)]
struct Welcome {
    listening: String,
    organisation: String,
    /// Each pairs one device, once.
    links: Vec<Link>,
    expires_at: String,
    #[serde(skip)]
    until: String,
}

impl Demo {
    pub(super) async fn run(self, data: &Path, out: &mut Out<'_>) -> Result<ExitCode, CommandError> {
        serve::check_app(self.app.as_deref())?;
        let mut terminated = Termination::new()?;
        let mark = match self.known(data)? {
            Some(mark) => mark,
            None => tokio::select! {
                seeded = self.seed(data) => seeded?,
                // What was half written lies apart and is thrown away by the next start.
                () = terminated.wait() => return Ok(ExitCode::FAILURE),
            },
        };
        let storage = std::sync::Arc::new(Sqlite::open(data)?);
        let settings = Settings {
            app: self.app,
            pairing_minutes: PAIRING_MINUTES,
            // A room full of people looks at it from one address.
            enrols_per_minute: 100,
            // It lies for months between two looks.
            believe_clock: true,
            ..Settings::default()
        };
        let server = serve::listen(self.listen, storage.clone(), settings).await?;
        let listening = format!("http://{}", server.address());
        let welcome = welcome(&storage, mark, listening).await?;
        out.answer(&welcome, Welcome::tell)?;
        terminated.wait().await;
        server.stop().await;
        Ok(ExitCode::SUCCESS)
    }

    /// What was seeded before; nothing where it is to be seeded now.
    fn known(&self, data: &Path) -> Result<Option<Mark>, CommandError> {
        let mark = data.join(MARK);
        let (database, marked) = (file(data).exists(), mark.exists());
        if database && !marked {
            return Err(CommandError::told(format!(
                "{} holds an organisation that is not the demo's: name another directory with --data",
                data.display()
            )));
        }
        if database && !self.fresh {
            let text = std::fs::read(&mark)?;
            return Ok(serde_json::from_slice(&text).ok());
        }
        for name in ["fieldproof.db", "fieldproof.db-wal", "fieldproof.db-shm", MARK] {
            match std::fs::remove_file(data.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Seeds apart, and puts the database in its place once it is whole.
    async fn seed(&self, data: &Path) -> Result<Mark, CommandError> {
        let apart = data.join("seeding");
        if apart.exists() {
            std::fs::remove_dir_all(&apart)?;
        }
        std::fs::create_dir_all(&apart)?;
        let size = match (self.days, self.events) {
            (Some(days), _) => Size::Days(days),
            (None, Some(events)) => Size::Events(events),
            (None, None) => Size::Demo,
        };
        let plan = Plan { size, seed: SEED, now: Local::now().fixed_offset() };
        let place = apart.clone();
        // A thread that nobody waits for: Ctrl-C ends the process at once, however far it is.
        let (done, seeded) = tokio::sync::oneshot::channel();
        std::thread::Builder::new().name("seeding".into()).spawn(move || {
            let outcome = seed(&place, plan, &|line| drop(writeln!(std::io::stderr(), "demo: {line}")));
            // Nobody to tell: the process is ending.
            let _ = done.send(outcome);
        })?;
        let told = |error: &dyn std::fmt::Display| CommandError::told(format!("seeding: {error}"));
        let Seeded { org, guests, .. } =
            seeded.await.map_err(|error| told(&error))?.map_err(|error| told(&error))?;
        let mark = Mark { org, guests };
        // The mark first: a database without one counts as somebody's own.
        std::fs::write(data.join(MARK), serde_json::to_vec_pretty(&mark).map_err(|error| told(&error))?)?;
        std::fs::rename(file(&apart), file(data))?;
        std::fs::remove_dir_all(&apart)?;
        Ok(mark)
    }
}

async fn welcome(storage: &Sqlite, mark: Mark, listening: String) -> Result<Welcome, CommandError> {
    let mut links = Vec::new();
    let (mut expires_at, mut until) = (String::new(), String::new());
    for guest in mark.guests {
        let made =
            super::pair(storage, &Seams::default(), mark.org, &guest.person.to_string(), PAIRING_MINUTES)
                .await?;
        (expires_at, until) = (made.expires_at, moment::until(made.expires_ms));
        links.push(Link { link: moment::link(&listening, &made.code), guest });
    }
    Ok(Welcome { listening, organisation: crate::demo::ORG.to_owned(), links, expires_at, until })
}

impl Welcome {
    fn tell(&self) -> String {
        let mut text = format!(
            "{} is open. Each link pairs one device, once, until {}; the next start makes new ones.\n",
            self.organisation, self.until
        );
        for Link { guest, link } in &self.links {
            text.push_str(&format!("\n{} ({})\n  {link}\n  {}\n", guest.name, guest.role, guest.about));
        }
        text.push_str(&format!(
            "\nThe demo is up: {}\nOpen one of the links above in a browser. End with Ctrl-C; the data stays.",
            self.listening
        ));
        text
    }
}
