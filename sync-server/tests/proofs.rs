//! Where lines stand in their chains: told to whom may read them, checked with SHA-256 alone.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::{Cast, Device, World, heads};
use serde_json::{Value, json};
use uuid::Uuid;

async fn ask(device: &Device, events: &[Uuid]) -> (u16, Value) {
    let response = device
        .client
        .post(format!("{}/v1/proofs", device.url))
        .header("authorization", format!("Bearer {}", device.token))
        .header("content-type", "application/json")
        .body(json!({ "events": events }).to_string())
        .send()
        .await
        .unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

fn ids(answer: &Value) -> Vec<Uuid> {
    let proofs = answer["proofs"].as_array().unwrap();
    proofs.iter().map(|proof| proof["id"].as_str().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn quinn_gets_the_heads_around_a_line_and_bob_only_of_what_he_may_read() {
    let world = World::new().await;
    let Cast { mut alice, bob, quinn, north, south, .. } = Cast::new(&world).await;
    let about_bob = alice.write("check.submitted", Some(north), Some(bob.person));
    let about_alice = alice.write("audit.submitted", Some(north), Some(alice.person));
    let quarantined = alice.write("check.submitted", Some(south), Some(bob.person));
    assert_eq!(alice.sync().await.quarantined(), ["not_permitted"]);

    let (status, answer) = ask(&quinn, &[about_bob, about_alice, quarantined, Uuid::nil()]).await;
    assert_eq!((status, ids(&answer)), (200, vec![about_bob, about_alice]));
    let heads = heads(&alice.lines);
    for (at, proof) in answer["proofs"].as_array().unwrap().iter().enumerate() {
        let id = [about_bob, about_alice][at];
        let expected = json!({"id": id, "replica": alice.replica, "seq": at + 1,
            "before": heads[at], "head": heads[at + 1]});
        assert_eq!(proof, &expected);
    }
    assert_eq!(ids(&ask(&bob, &[about_bob, about_alice, quarantined]).await.1), vec![about_bob]);
}

#[tokio::test]
async fn nothing_is_told_to_other_organisations_to_the_revoked_or_for_too_much_at_once() {
    let world = World::new().await;
    let Cast { admin, mut alice, bob, north, .. } = Cast::new(&world).await;
    let event = alice.write("check.submitted", Some(north), Some(bob.person));
    alice.sync().await;
    assert_eq!(ids(&ask(&admin, &[event]).await.1), vec![event]);

    let many: Vec<Uuid> = (0..251).map(|_| event).collect();
    assert_eq!(ask(&admin, &many).await.0, 400);
    sync_server::storage::Storage::revoke(&*world.storage, world.org, bob.device, 1).await.unwrap();
    let (status, answer) = ask(&bob, &[event]).await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("not_permitted")));
    let stranger = Device { token: "x".repeat(43), ..admin };
    assert_eq!(ask(&stranger, &[event]).await.0, 401);

    let made = sync_server::commands::init(&*world.storage, &world.seams, "Other", "Eve", 15).await.unwrap();
    let eve = Device::enrol(&world.url(""), &made.code).await;
    assert_eq!(ids(&ask(&eve, &[event]).await.1), Vec::<Uuid>::new());
}
