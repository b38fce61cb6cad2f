//! What whoever runs the server does with its commands, and what administrators do.

use fieldproof::engine::api::{Reply, Request};
use sync_server::storage::{QuarantineKey, Release, Storage};

use crate::reached;
use crate::server::wait;
use crate::world::{ADA, Broken, NAMES, World};

/// Judges again all that was kept apart.
pub fn release(world: &mut World) -> Result<(), Broken> {
    world.server.disk.spare();
    world.server.restart()?;
    let (org, storage) = (world.org(), world.server.storage());
    for row in wait(storage.quarantine(org, None)).unwrap() {
        let place = QuarantineKey::Place(row.replica, row.what.seq);
        match wait(storage.release(org, place, world.time.now())).unwrap() {
            Release::Released { .. } => {
                reached::note("released from quarantine");
                let whose = world.devices.iter().find(|device| Some(device.person) == row.person);
                if whose.is_some_and(|device| device.machine.net.offline.get()) {
                    reached::note("released from quarantine while its author's device was away");
                }
            }
            Release::Refused { .. } => reached::note("not released from quarantine"),
            other => return Err(format!("{place:?} cannot be judged again: {other:?}")),
        }
    }
    Ok(())
}

/// Ada says whether somebody still works here.
pub fn active(world: &mut World, who: usize, active: bool) -> Result<(), Broken> {
    if world.boot(ADA)?
        && let Some(Reply::People(people)) = world.ask(ADA, Request::People)
        && let Some(row) = people.iter().find(|row| row.person == world.devices[who].person)
    {
        let (person, name, role) = (Some(row.person), row.name.clone(), row.role);
        let sites = row.sites.iter().map(|site| site.site).collect();
        world.ask(ADA, Request::SetPerson { person, name, role, sites, active });
    }
    Ok(())
}

/// Nobody touches a device for so many days: those that run would look for news every half minute.
pub fn away(world: &mut World, days: i64) {
    for who in 0..NAMES.len() {
        world.quit(who);
    }
    world.pass(days * 24 * 3_600_000);
}
