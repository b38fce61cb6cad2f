//! A supervisor pairs a device as somebody of her house: that person's own phone says so, in the words
//! that a person acts on.

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE};
use crate::hands::tap;
use crate::look::{gone, reads, says, sees};
use crate::world;

pub async fn who_pairs_as_me_is_told_to_me() {
    let Cast { server, bo, .. } = cast().await;
    let mut phone = Device::new("bo", PHONE).await;
    pair(&mut phone, &server, "Bo Lindqvist").await;
    let native = |name: &str| world::Device::start(server.folder.path().join(name), server.url());
    let sam = native("sam-desk");
    sam.pair(&server.code("Sam Rivera").await).await;
    let tablet = native("sams-tablet");
    tablet.pair(&sam.code_for(bo).await).await;

    phone.run("location.hash = '/sync'", vec![]).await;
    tap(&mut phone, "sync-now").await;
    phone.run("location.hash = '/'", vec![]).await;
    says(&phone, "owe-paired", "A device was paired in your name").await;
    says(&phone, "owe-paired", "Sam Rivera").await;
    phone.picture("today").await;
    tap(&mut phone, "owe-paired").await;
    says(&phone, "device-new", "Code from Sam Rivera").await;
    reads(&phone, "tell an administrator now").await;
    phone.picture("devices").await;
    tap(&mut phone, "device-mine").await;
    gone(&phone, "device-new").await;
    sees(&phone, "devices-mine").await;
    phone.run("location.hash = '/'", vec![]).await;
    sees(&phone, "today").await;
    gone(&phone, "owe-paired").await;
    phone.check_console().await;
}
