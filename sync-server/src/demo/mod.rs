//! A believable organisation, written through the product's own doors: each person has a device
//! that runs the app's engine, pairs with a real code, fills drafts and syncs over HTTP.
//!
//! Invariant: nothing here writes to the server's database. What the demo shows is what people with
//! phones could have written, and `verify` says so of every line.

mod cast;
mod days;
mod device;
mod ending;
mod fill;
mod founding;
mod host;
mod react;
mod rng;
mod script;
mod stories;
mod words;
mod world;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use fieldproof::engine::api::{Failure, Lens, Reply, Request, SyncChip};
use fieldproof::practice::draft::Open;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::cast::ORG;
use self::cast::Shape;
use crate::api::Settings;
use crate::commands::CommandError;
use crate::server::Server;
use crate::storage::sqlite::Sqlite;

/// How much to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Six months of eight sites: some five thousand events.
    Demo,
    /// About that many events, by more sites and more time.
    Events(u64),
    /// The demo's people for so many days.
    Days(u32),
    /// The demo's first site alone, for so many days.
    FirstSite(u32),
}

impl Size {
    fn shape(self) -> Shape {
        match self {
            Size::Demo => Shape::DEMO,
            Size::Events(events) => Shape::of_events(events),
            Size::Days(days) => Shape { days: i64::from(days), ..Shape::DEMO },
            Size::FirstSite(days) => Shape { sites: 1, days: i64::from(days) },
        }
    }
}

/// What to seed.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub size: Size,
    /// The same seed writes the same organisation.
    pub seed: u64,
    /// The moment up to which it has been writing: the real now, or a test's.
    pub now: DateTime<FixedOffset>,
}

/// Someone to pair a device for, to see the app with their eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub role: String,
    pub name: String,
    pub person: Uuid,
    /// What there is to see as this person.
    pub about: String,
}

/// What was seeded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seeded {
    pub org: Uuid,
    pub guests: Vec<Guest>,
    /// Lines that devices wrote, without the two of the organisation's founding.
    pub events: u64,
    pub devices: usize,
    pub records: u64,
    /// What "Does it hold?" says to a quality lead of how many closed cycles.
    #[serde(default)]
    pub stands: BTreeMap<String, u32>,
}

/// Why the seeding stopped. What was written until then is thrown away.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(transparent)]
    Command(#[from] CommandError),
    #[error("the device refused: {0}")]
    Failed(#[from] Failure),
    #[error("a draft was not complete: {0:?}")]
    NotYet(Vec<Open>),
    #[error("a device did not get all synced: {0:?}")]
    NotSynced(SyncChip),
    #[error("the engine answered {got} instead of {wanted}")]
    Unexpected { wanted: &'static str, got: String },
    #[error("{0}")]
    Machine(String),
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Storage(#[from] crate::storage::StorageError),
}

/// Seeds an empty data directory. The devices' own files are beside it while it lasts.
/// `tell` hears how far it is.
///
/// # Errors
/// [`SeedError`]; then the directory holds a half-written organisation and is of no use.
pub fn seed(data: &Path, plan: Plan, tell: &(dyn Fn(&str) + Send + Sync)) -> Result<Seeded, SeedError> {
    let devices = devices_folder(data);
    if devices.exists() {
        std::fs::remove_dir_all(&devices)?;
    }
    let server = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let began = Instant::now();
    let result = server.block_on(async {
        let storage = Arc::new(Sqlite::open(data)?);
        let founding =
            crate::commands::init(&*storage, &crate::seams::Seams::default(), cast::ORG, founding::ADMIN, 60)
                .await?;
        // Forty people pair within seconds, all from this machine.
        let settings = Settings { enrols_per_minute: 100_000, ..Settings::default() };
        let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let listening = Server::start(any, storage.clone(), settings).await?;
        let address = format!("http://{}", listening.address());
        let outcome = std::thread::scope(|scope| {
            let thread = scope.spawn(|| devices_thread(&devices, plan, &address, &founding, tell));
            thread.join().unwrap_or_else(|_| Err(SeedError::Machine("the devices' thread ended".into())))
        });
        listening.stop().await;
        outcome
    });
    if devices.exists() {
        std::fs::remove_dir_all(&devices)?;
    }
    let mut seeded = result?;
    let seconds = began.elapsed().as_secs_f32();
    seeded.events = crate::storage::sqlite::verify(data).events;
    tell(&format!("{} events from {} devices in {seconds:.1} s", seeded.events, seeded.devices));
    Ok(seeded)
}

/// What "Does it hold?" says at the end, as the quality lead whose link is printed reads it.
async fn stands(world: &world::World) -> Result<BTreeMap<String, u32>, SeedError> {
    let mut stands = BTreeMap::new();
    let Some(&quality) = world.quality.first() else { return Ok(stands) };
    let device = &world.member(quality)?.device;
    device.at(world.plan.now);
    let rows = match device.ask(Request::Holds { lens: Lens::default() }).await? {
        Reply::Holds(page) => page.rows,
        other => return Err(device::unexpected("Holds", &other)),
    };
    for row in rows {
        let count: &mut u32 = stands.entry(format!("{:?}", row.hold.stand)).or_default();
        *count = count.saturating_add(1);
    }
    Ok(stands)
}

/// Where the devices' databases are while it lasts: in memory where the system has such a place,
/// because each of thousands of saves waits for the disk, and all of them are thrown away.
fn devices_folder(data: &Path) -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        // The same name for the same place, so that what a killed run left is found and removed.
        let place = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        let name = fieldproof::record::Head::ZERO.next(place.to_string_lossy().as_bytes());
        return memory.join(format!("fieldproof-demo-{name}"));
    }
    data.join("seeding-devices")
}

/// All devices live on one thread, as all of an app's engine does on its own.
fn devices_thread(
    folder: &Path,
    plan: Plan,
    server: &str,
    founding: &crate::commands::Initialised,
    tell: &(dyn Fn(&str) + Send + Sync),
) -> Result<Seeded, SeedError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let mut world = founding::found(folder, plan, server, founding, tell).await?;
        days::run(&mut world, tell).await?;
        ending::run(&mut world).await?;
        world.all_synced().await?;
        let stands = stands(&world).await?;
        Ok(Seeded { stands, ..world.seeded(founding.org)? })
    })
}
