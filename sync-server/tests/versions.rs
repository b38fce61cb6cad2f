//! Devices of another version than this server: what it does not know it passes over, keeps or hands
//! on byte for byte, and it says so where it cannot.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test stops at the line that failed

mod common;

use common::*;
use serde_json::{Value, json};

/// What a newer device may write: members, a kind and a class that nobody knows, and its own spacing.
fn newer_lines(alice: &mut Device, site: uuid::Uuid, subject: uuid::Uuid) -> Vec<Vec<u8>> {
    let mut known = alice.draft("check.submitted", Some(site), Some(subject));
    known["spectrum"] = json!([1, "三"]);
    known["body"] = json!({"standard": 7, "mood": {"calm": true}});
    alice.put(&known);
    alice.write("check.levitated", Some(site), Some(subject));
    let odd = alice.draft("hologram.recorded", Some(site), None).to_string();
    let odd = odd.replace("\"v\":1", "\"v\" : 1, \"weight\" : 2.50, \"wéight\" : \"\\u00e9\"");
    alice.lines.push(odd.into_bytes());
    alice.lines.clone()
}

/// The event's bytes in an answer's line, not read and written again.
fn event(raw: &str) -> Option<&str> {
    let (_, event) = raw.split_once("\"event\":")?;
    event.strip_suffix('}')
}

#[tokio::test]
async fn what_a_newer_device_writes_is_kept_and_handed_on_byte_for_byte() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let lines = newer_lines(&mut cast.alice, cast.north, cast.bob.person);
    let answer = cast.alice.sync().await;
    assert_eq!(answer.counts(), (3, 0, 0), "nothing of it is refused or kept apart");

    let answer = cast.quinn.sync().await;
    let events: Vec<&[u8]> = answer.raw.iter().filter_map(|raw| event(raw)).map(str::as_bytes).collect();
    for line in &lines {
        assert!(events.contains(&line.as_slice()), "{}", String::from_utf8_lossy(line));
    }
    // An unknown verb goes where its class goes, an unknown class to quality alone.
    assert!(answer.kinds(&format!("lead:{}", cast.north)).contains(&"check.levitated".to_owned()));
    assert_eq!(answer.kinds("quality"), ["hologram.recorded"]);
    let answer = cast.bob.sync().await;
    assert!(answer.raw.iter().all(|raw| !raw.contains("hologram")));
}

#[tokio::test]
async fn a_newer_devices_header_and_enrolment_may_say_more() {
    let world = World::new().await;
    let code = json!({
        "code": world.code, "lens": "wide", "replica": new_id(),
        "device": {"name": "Prototype", "platform": "glass", "eyes": 2},
    });
    let response = plain_client()
        .post(world.url("/v1/enrol"))
        .header("content-type", "application/json")
        .body(code.to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    let enrolled: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let made = pair_admin(&world).await;
    let mut admin = Device::enrol(&world.url(""), &made).await;
    assert_eq!(enrolled["person"]["person"], json!(admin.person));
    admin.set_site(new_id(), "North");
    let mut request = admin.request(0, 1);
    request.header["wish"] = json!({"faster": true});
    request.header["protocol"] = json!(1);
    request.header["cursors"]["galaxy:milky-way"] = json!(7);
    let answer = admin.send(&request).await;
    assert_eq!(answer.counts(), (1, 0, 0));
    assert!(!answer.streams().contains(&"galaxy:milky-way".to_owned()));
}

async fn pair_admin(world: &World) -> String {
    let org = world.org;
    let admin = world.admin_id.to_string();
    sync_server::commands::pair(&*world.storage, &world.seams, org, &admin, 15).await.unwrap().code
}

#[tokio::test]
async fn an_older_device_that_says_less_is_served_all_the_same() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    admin.set_site(new_id(), "North");
    let mut request = admin.request(0, 1);
    // The members that came later are missing.
    for member in ["cursors", "pull", "client"] {
        request.header.as_object_mut().unwrap().remove(member);
    }
    let answer = admin.send(&request).await;
    assert_eq!((answer.counts(), answer.items.len()), ((1, 0, 0), 0), "without `pull` nothing is pulled");
    admin.sent = 1;
    // It knows nothing of epochs, and what it reads by its cursors is whole and dense.
    let answer = admin.sync().await;
    let numbers: Vec<u64> = answer
        .items
        .iter()
        .filter(|item| item["stream"] == "org")
        .map(|item| item["n"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!(numbers.len() >= 3);
}

#[tokio::test]
async fn a_device_of_the_next_protocol_is_told_so_and_nothing_is_stored() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    admin.set_site(new_id(), "North");
    let mut request = admin.request(0, 1);
    request.header["protocol"] = json!(2);
    // What else stands in a header of the future may not even read.
    request.header["after"] = json!("a1");
    let (status, code, _) = admin.refused(request.body(), &[]).await;
    assert_eq!((status, code.as_str()), (426, "protocol"));
    let capabilities: Value = serde_json::from_str(
        &reqwest::get(world.url("/v1/capabilities")).await.unwrap().text().await.unwrap(),
    )
    .unwrap();
    assert_eq!(capabilities["protocol"], json!([1]), "where it can see what is spoken here");
    let answer = admin.sync().await;
    assert_eq!(answer.counts(), (1, 0, 0));
}
