//! What whoever runs the server does with its commands.

use sync_server::storage::{QuarantineKey, Release, Storage};

use crate::reached;
use crate::server::wait;
use crate::world::{Broken, World};

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
