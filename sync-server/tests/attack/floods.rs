//! Valid tokens that flood the server: each person has a share, and the others go on.

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use crate::common::*;
use crate::process::{Running, told};
use crate::raw::{connect, honest, sync_head};

/// The most memory that a process ever held, in megabytes.
#[cfg(target_os = "linux")]
fn peak_megabytes(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
}

/// Four megabytes in one batch.
fn large(device: &mut Device) -> Vec<u8> {
    for _ in 0..64 {
        let mut line = device.draft("balloon.launched", None, None);
        line["body"] = json!({"noise": "noise ".repeat(10_000)});
        device.put(&line);
    }
    device.request(0, 64).body()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_tokens_of_one_person_neither_stop_the_others_nor_fill_the_memory() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let server = Running::start(&data, &["--enrols-per-minute", "100"]);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    let mallory = new_id();
    let site = new_id();
    admin.set_site(site, "North");
    admin.set_person(mallory, "Mallory", "staff", &[site]);
    admin.sync().await;
    let calm = peak_megabytes(server.child.id());

    let mut bodies = Vec::new();
    for token in 0..5 {
        let code = told(&data, &["pair", &mallory.to_string()])["code"].as_str().unwrap().to_owned();
        let mut device = Device::enrol(&server.url, &code).await;
        let plain = large(&mut device);
        device.lines.clear();
        // Half of them small on the wire and large inside.
        let (body, coding) = match token % 2 {
            0 => (Bytes::from(plain), "identity"),
            _ => (Bytes::from(zstd::encode_all(&*plain, 1).unwrap()), "zstd"),
        };
        bodies.push((device, body, coding));
    }
    let until = Instant::now() + Duration::from_secs(12);
    let mut flood = Vec::new();
    for (device, body, coding) in &bodies {
        for _ in 0..64 {
            let coding = *coding;
            let (client, url, token, body) =
                (device.client.clone(), device.url.clone(), device.token.clone(), body.clone());
            flood.push(tokio::spawn(async move {
                let mut refused = 0u32;
                while Instant::now() < until {
                    let request = client
                        .post(format!("{url}/v1/sync"))
                        .header("authorization", format!("Bearer {token}"))
                        .header("content-type", "application/x-ndjson")
                        .header("content-encoding", coding);
                    if let Ok(response) = request.body(body.clone()).send().await {
                        refused += u32::from(response.status() == 503);
                    }
                }
                refused
            }));
        }
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    // Somebody else hands over a line now and then, and is never turned away.
    let (mut slowest, mut syncs) = (Duration::ZERO, 0);
    while Instant::now() + Duration::from_secs(1) < until {
        let begun = Instant::now();
        honest(&mut admin).await;
        slowest = slowest.max(begun.elapsed());
        syncs += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut refused = 0;
    for task in flood {
        refused += task.await.unwrap();
    }
    let peak = peak_megabytes(server.child.id());
    println!(
        "{syncs} honest syncs, the slowest {slowest:?}; {refused} refused; {calm} MB before, {peak} MB at most"
    );
    assert!(refused > 0, "it was no flood");
    assert!(syncs >= 2 && slowest < Duration::from_secs(6), "{syncs} syncs, the slowest {slowest:?}");
    assert!(peak < calm + 300, "{calm} MB before, {peak} MB at most");
}

#[tokio::test]
async fn one_person_with_many_devices_has_one_share_of_places() {
    let world = World::with(|settings| {
        settings.syncs_at_once = 20;
        settings.syncs_of_one_device = 3;
        settings.syncs_of_one_person = 4;
    })
    .await;
    let mut cast = Cast::new(&world).await;
    let second = world.device(cast.bob.person).await;
    let mut held = Vec::new();
    for device in [&cast.bob, &cast.bob, &second, &second] {
        let mut stream = connect(world.address).await;
        let head = sync_head(device, "connection: close\r\ncontent-length: 1000\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    for device in [&cast.bob, &second] {
        let (status, code, _) = device.refused(device.request(0, 0).body(), &[]).await;
        assert_eq!((status, code.as_str()), (503, "unavailable"));
    }
    honest(&mut cast.alice).await;
    drop(held);
    tokio::time::sleep(Duration::from_millis(300)).await;
    honest(&mut cast.bob).await;
}

#[tokio::test]
async fn what_one_person_announces_leaves_the_memory_of_the_others_alone() {
    const MB: usize = 1024 * 1024;
    let world = World::with(|settings| {
        settings.memory.of_one_person = 3 * MB;
        settings.memory.of_one_org = 10 * MB;
    })
    .await;
    let mut cast = Cast::new(&world).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(world.address).await;
        let head = sync_head(&cast.bob, &format!("connection: close\r\ncontent-length: {MB}\r\n"));
        stream.write_all(head.as_bytes()).await.unwrap();
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let response = cast.bob.post(cast.bob.request(0, 0).body(), &[]).await;
    assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (503, true));
    honest(&mut cast.alice).await;
    honest(&mut cast.quinn).await;
    drop(held);
    tokio::time::sleep(Duration::from_millis(300)).await;
    honest(&mut cast.bob).await;
}

/// Writes a line of about so many bytes.
fn write_bytes(device: &mut Device, site: uuid::Uuid, bytes: usize) {
    let mut line = device.draft("handoff.submitted", Some(site), None);
    line["body"] = json!({"said": "x".repeat(bytes)});
    device.put(&line);
}

#[tokio::test]
async fn a_device_stores_so_much_a_day_and_a_restart_gives_nothing_back() {
    fn few(settings: &mut sync_server::Settings) {
        settings.device_bytes_per_day = 100_000;
    }
    let mut world = World::with(few).await;
    let mut cast = Cast::new(&world).await;
    let mut second = world.device(cast.bob.person).await;
    let (north, mut stored) = (cast.north, 0);
    loop {
        write_bytes(&mut cast.bob, north, 30_000);
        let response = cast.bob.post(cast.bob.request(cast.bob.sent, cast.bob.lines.len()).body(), &[]).await;
        if response.status() == 429 {
            let wait: u64 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
            assert!((1..=86_400).contains(&wait), "{wait}");
            let text = response.text().await.unwrap();
            assert!(text.contains("\"day_is_full\""), "{text}");
            break;
        }
        assert_eq!(response.status(), 200);
        cast.bob.sent = cast.bob.lines.len();
        stored += 1;
    }
    assert_eq!(stored, 3);
    // It still reads, and hands over again what is there already.
    assert_eq!(cast.bob.send(&cast.bob.request(0, 3)).await.counts(), (0, 3, 0));
    // Another device, of the same person too, has a day of its own.
    write_bytes(&mut second, north, 60_000);
    assert_eq!(second.sync().await.counts().0, 1);
    honest(&mut cast.alice).await;

    world.restart(few).await;
    let (status, code, _) = cast.bob.refused(cast.bob.request(3, 4).body(), &[]).await;
    assert_eq!((status, code.as_str()), (429, "day_is_full"));
    world.pass_days(1);
    assert_eq!(cast.bob.sync().await.counts().0, 1, "nothing was lost by it");
    // One line that is larger than a whole day's budget still arrives, first thing in a day.
    world.pass_days(1);
    world.restart(|settings| settings.device_bytes_per_day = 10_000).await;
    write_bytes(&mut cast.bob, north, 30_000);
    assert_eq!(cast.bob.sync().await.counts().0, 1);
}

#[tokio::test]
async fn a_revoked_device_goes_on_only_in_replicas_that_it_had() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    honest(&mut cast.bob).await;
    let others = |device: &Device| Device { replica: new_id(), lines: Vec::new(), sent: 0, ..device.clone() };
    let mut before = others(&cast.bob);
    honest(&mut before).await;
    use sync_server::storage::Storage;
    assert!(world.storage.revoke(world.org, cast.bob.device, world.seams.now_ms()).await.unwrap());
    for _ in 0..3 {
        let mut fresh = others(&cast.bob);
        fresh.write("handoff.submitted", Some(cast.north), None);
        let (status, code, _) = fresh.refused(fresh.request(0, 1).body(), &[]).await;
        assert_eq!((status, code.as_str()), (403, "not_permitted"));
    }
    for device in [&mut cast.bob, &mut before] {
        device.write("handoff.submitted", Some(cast.north), None);
        assert_eq!(device.sync().await.first["revoked"], true);
    }
    // The same for whoever is no longer active.
    cast.admin.set_person_active(cast.alice.person, "Alice", "supervisor", &[cast.north], false);
    cast.admin.sync().await;
    let mut fresh = others(&cast.alice);
    fresh.write("handoff.submitted", Some(cast.north), None);
    assert_eq!(fresh.refused(fresh.request(0, 1).body(), &[]).await.0, 403);
    let replicas = world.storage.devices(world.org).await.unwrap();
    let of =
        |device: &Device| replicas.iter().find(|row| row.device == device.device).unwrap().replicas.len();
    assert_eq!((of(&cast.bob), of(&cast.alice)), (2, 1));
}

#[tokio::test]
async fn lines_that_nobody_knows_are_counted_for_staff() {
    let few = |settings: &mut sync_server::Settings| settings.unknown_lines_per_day = 20;
    let mut world = World::with(few).await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..15 {
        cast.bob.write("balloon.launched", None, None);
    }
    assert_eq!(cast.bob.sync().await.counts(), (15, 0, 0));
    world.restart(few).await;
    let mut second = world.device(cast.bob.person).await;
    for _ in 0..8 {
        second.write("kite.flown", None, None);
    }
    second.write("handoff.submitted", Some(cast.north), None);
    let answer = second.sync().await;
    assert_eq!(answer.counts(), (6, 0, 3), "five were left, and a handoff is no stranger");
    let told = &answer.first["quarantined"][0];
    assert_eq!(told["code"], "not_permitted");
    assert!(told["message"].as_str().unwrap().contains("too many"), "{told}");
    // Who has a wider task may write more.
    for _ in 0..25 {
        cast.alice.write("balloon.launched", None, None);
    }
    assert_eq!(cast.alice.sync().await.counts(), (25, 0, 0));
    world.pass_days(1);
    cast.bob.write("balloon.launched", None, None);
    assert_eq!(cast.bob.sync().await.counts(), (1, 0, 0));
}
