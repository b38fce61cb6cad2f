//! The organisation of the tests. Ada administers; Sam supervises Elm House, where Bo and Cy work;
//! Quinn is the quality lead. Set up through the product's own doors: `init`, the administrator's
//! own device, pairing codes.

use fieldproof::engine::api::Request;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::device::Device;
use crate::hands::{paste, tap};
use crate::look::{gone, sees};
use crate::server::Server;
use crate::world;

pub const PIN: &str = "135790";

/// Words of the console that a stopped server explains.
pub const NO_SERVER: &str = "net::ERR_CONNECTION_REFUSED";

pub struct Cast {
    pub server: Server,
    /// The administrator's device: the engine without screens.
    pub ada: world::Device,
    pub elm: Uuid,
    pub sam: Uuid,
    pub bo: Uuid,
}

/// The organisation, its server running.
pub async fn cast() -> Cast {
    let mut server = Server::new();
    let made = server.json(&["init", "--org", "Harbor Homes", "--admin", "Ada Okafor"]).await;
    server.start().await;
    let ada = world::Device::start(server.folder.path().join("ada"), server.url());
    ada.pair(made["code"].as_str().unwrap()).await;
    ada.done(Request::PublishStarters).await;
    let elm = ada.add_site("Elm House").await;
    let sam = ada.add_person("Sam Rivera", Role::Supervisor, &[elm]).await;
    let bo = ada.add_person("Bo Lindqvist", Role::Staff, &[elm]).await;
    ada.add_person("Cy Marsh", Role::Staff, &[elm]).await;
    ada.add_person("Quinn Abara", Role::Quality, &[]).await;
    ada.synced().await;
    Cast { server, ada, elm, sam, bo }
}

/// Pairs the device by a link, with a pasted PIN, up to Today with everything there.
pub async fn pair(device: &mut Device, server: &Server, person: &str) {
    pair_online(device, server, person).await;
    // From here on the app needs no network: its worker has every file.
    device.wait_for("await navigator.serviceWorker.ready", vec![]).await;
}

/// The same, and the app may need the network still.
pub async fn pair_online(device: &mut Device, server: &Server, person: &str) {
    let link = server.link(&server.code(person).await);
    device.goto(&link).await;
    sees(device, "pair").await;
    tap(device, "pair-next").await;
    paste(device, "pin-new", PIN).await;
    paste(device, "pin-again", PIN).await;
    tap(device, "pair-finish").await;
    sees(device, "today").await;
    crate::look::says(device, "sync-chip", "All synced").await;
}

/// Opens the app from its icon, as after a restart of the device.
pub async fn open(device: &mut Device, server: &Server) {
    device.goto(&format!("{}/", server.url())).await;
    sees(device, "lock").await;
}

/// Unlocks the one profile of the device: the sixth digit is enough.
pub async fn unlock(device: &mut Device) {
    paste(device, "pin", PIN).await;
    gone(device, "lock").await;
}
