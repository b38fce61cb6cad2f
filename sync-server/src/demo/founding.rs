//! The first day: sites, people, standards, and a paired device for everybody.
//!
//! Invariant: the administrator's own device does it, with the requests that its screens send.

use std::collections::BTreeSet;
use std::path::Path;

use fieldproof::engine::api::{Reply, Request};
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use super::cast::{self, STAFF_PER_SITE, Shape};
use super::device::{Device, unexpected};
use super::rng::Rng;
use super::stories::Told;
use super::world::{Member, Site, Story, World};
use super::{Plan, SeedError};
use crate::commands::Initialised;

pub const ADMIN: &str = "Priya Raman";
const QUALITY: [&str; 2] = ["Dolores Whitfield", "Tomasz Zielinski"];
const PHONES: [(&str, &str); 5] = [
    ("Pixel 8", "android"),
    ("Galaxy A15", "android"),
    ("iPhone 13", "ios"),
    ("Moto G54", "android"),
    ("Tablet of the site", "web"),
];

/// Someone to be added, before the server knows them.
struct New {
    name: String,
    role: Role,
    sites: Vec<usize>,
}

/// Founds the organisation and pairs everybody.
///
/// # Errors
/// [`SeedError`].
pub async fn found(
    folder: &Path,
    plan: Plan,
    server: &str,
    founding: &Initialised,
    tell: &(dyn Fn(&str) + Send + Sync),
) -> Result<World, SeedError> {
    let shape = plan.size.shape();
    let mut rng = Rng::new(plan.seed);
    let admin =
        Device::pair(folder.join("0"), rng.apart(), server, founding.code.clone(), "Office laptop", "web")
            .await?;
    let first_day = plan.now.date_naive() - chrono::TimeDelta::days(shape.days);
    let member = |device, name: &str, story, base| Member {
        device,
        name: name.to_owned(),
        story,
        base,
        coached: std::collections::BTreeMap::new(),
        wrote: false,
    };
    let mut world = World {
        plan,
        shape,
        people: vec![member(admin, ADMIN, Story::Steady, 0.9)],
        sites: Vec::new(),
        quality: Vec::new(),
        leads: Vec::new(),
        standards: Vec::new(),
        rng,
        records: 0,
        told: Told::default(),
        holds: BTreeSet::new(),
    };
    let morning = world.moment(first_day, 0, 5);
    world.member(0)?.device.at(morning);

    for index in 0..shape.sites {
        let (name, programme) = cast::site(index);
        let request = Request::SetSite { site: None, name, programme: programme.to_owned(), active: true };
        let id = written(&world.member(0)?.device, request).await?;
        world.sites.push(Site { id, programme, lead: 0, staff: Vec::new() });
    }
    publish(&mut world).await?;

    let people = newcomers(shape);
    let mut ids = Vec::new();
    for new in &people {
        let sites: Vec<Uuid> =
            new.sites.iter().filter_map(|&site| world.sites.get(site)).map(|site| site.id).collect();
        let request =
            Request::SetPerson { person: None, name: new.name.clone(), role: new.role, sites, active: true };
        ids.push(written(&world.member(0)?.device, request).await?);
    }
    world.sync(&[0]).await?;

    tell(&format!("pairing {} devices", people.len() + 1));
    for (new, id) in people.into_iter().zip(ids) {
        let index = world.people.len();
        let code = code_for(&world.member(0)?.device, id).await?;
        let (phone, platform) = world.rng.pick(&PHONES).copied().unwrap_or(("Phone", "android"));
        let chance = world.rng.apart();
        let device =
            Device::pair(folder.join(index.to_string()), chance, server, code, phone, platform).await?;
        let (story, base) = story(index, new.role, &mut world.rng);
        world.people.push(member(device, &new.name, story, base));
        match new.role {
            Role::Quality => world.quality.push(index),
            Role::Supervisor => world.leads.push(index),
            Role::Staff | Role::Admin => {}
        }
        for place in new.sites {
            let Some(site) = world.sites.get_mut(place) else { continue };
            if new.role == Role::Supervisor { site.lead = index } else { site.staff.push(index) }
        }
    }
    Ok(world)
}

fn newcomers(shape: Shape) -> Vec<New> {
    let quality =
        QUALITY.iter().map(|name| New { name: (*name).to_owned(), role: Role::Quality, sites: Vec::new() });
    let leads = (0..shape.leads()).map(|lead| New {
        name: cast::lead(lead),
        role: Role::Supervisor,
        sites: (0..shape.sites).filter(|&site| Shape::lead_of(site) == lead).collect(),
    });
    let staff = (0..shape.sites * STAFF_PER_SITE).map(|index| New {
        name: cast::staff(index),
        role: Role::Staff,
        sites: vec![index / STAFF_PER_SITE],
    });
    quality.chain(leads).chain(staff).collect()
}

/// Every fifth of the staff begins weak and improves; one of the first site slips back later.
fn story(index: usize, role: Role, rng: &mut Rng) -> (Story, f64) {
    let spread = f64::from(i32::try_from(rng.below(14)).unwrap_or(0)) / 100.0;
    let first_of_staff = 1 + QUALITY.len() + Shape::DEMO.leads();
    if role != Role::Staff {
        (Story::Steady, 0.93)
    } else if index == first_of_staff + 1 {
        (Story::SlipsBack, 0.6)
    } else if index.is_multiple_of(5) {
        (Story::Improves, 0.58 + spread / 2.0)
    } else {
        (Story::Steady, 0.82 + spread)
    }
}

/// Publishes the starter standards and reads them back.
async fn publish(world: &mut World) -> Result<(), SeedError> {
    // A device that has not heard from the server yet cannot know what is missing.
    world.sync(&[0]).await?;
    let device = &world.member(0)?.device;
    device.ask(Request::PublishStarters).await?;
    let Reply::Standards(rows) = device.ask(Request::Standards).await? else {
        return Err(SeedError::Machine("no standards".into()));
    };
    let mut standards = Vec::new();
    for row in rows {
        match device.ask(Request::Standard { standard: row.standard }).await? {
            Reply::Standard(standard) => standards.push(*standard),
            other => return Err(unexpected("Standard", &other)),
        }
    }
    world.standards = standards;
    Ok(())
}

async fn written(device: &Device, request: Request) -> Result<Uuid, SeedError> {
    match device.ask(request).await? {
        Reply::Written { id } => Ok(id),
        other => Err(unexpected("Written", &other)),
    }
}

async fn code_for(admin: &Device, person: Uuid) -> Result<String, SeedError> {
    admin.online();
    let reply = admin.ask(Request::MakePairing { person }).await?;
    match reply {
        Reply::Pairing(pairing) => Ok(pairing.code),
        other => Err(unexpected("Pairing", &other)),
    }
}
