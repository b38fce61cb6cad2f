//! Pairing codes, tokens, rate limits, and what is said to those who have none (PROTOCOL §§3, 4).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;
use serde_json::{Value, json};

async fn pairing(device: &Device, person: uuid::Uuid) -> (u16, Value) {
    let response = device
        .client
        .post(format!("{}/v1/pairings", device.url))
        .header("authorization", format!("Bearer {}", device.token))
        .body(json!({"person": person}).to_string())
        .send()
        .await
        .unwrap();
    (response.status().as_u16(), serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

#[tokio::test]
async fn a_code_is_worth_one_device_however_it_is_typed() {
    let world = World::new().await;
    let typed = world.code.to_lowercase().replace('-', "");
    let (status, body) = try_enrol(&world.url(""), &typed, new_id()).await;
    assert_eq!(status, 201);
    assert_eq!(body["person"]["name"], "Ada");
    assert_eq!(body["person"]["role"], "admin");
    assert_eq!(body["org"], json!({"org": world.org, "name": "Willow Care"}));

    // Used, wrong and old: one and the same answer.
    let (used_status, used) = try_enrol(&world.url(""), &world.code, new_id()).await;
    let (wrong_status, wrong) = try_enrol(&world.url(""), "0000-0000", new_id()).await;
    let made =
        sync_server::commands::pair(&*world.storage, &world.seams, world.org, "Ada", 15).await.unwrap();
    world.ahead.fetch_add(15 * 60 * 1000 + 1, std::sync::atomic::Ordering::SeqCst);
    let (old_status, old) = try_enrol(&world.url(""), &made.code, new_id()).await;
    assert_eq!([used_status, wrong_status, old_status], [403; 3]);
    assert_eq!(used["code"], "code_invalid");
    assert!(used == wrong && wrong == old);
}

#[tokio::test]
async fn two_at_once_do_not_share_a_code() {
    let world = World::new().await;
    let url = world.url("");
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (url, code) = (url.clone(), world.code.clone());
            tokio::spawn(async move { try_enrol(&url, &code, new_id()).await.0 })
        })
        .collect();
    let mut done = Vec::new();
    for one in tries {
        done.push(one.await.unwrap());
    }
    assert_eq!(done.iter().filter(|status| **status == 201).count(), 1);
    assert_eq!(done.iter().filter(|status| **status == 403).count(), 19);
}

#[tokio::test]
async fn a_replica_of_another_device_is_not_given_away_and_the_code_stays_good() {
    let world = World::new().await;
    let admin = world.admin().await;
    let made =
        sync_server::commands::pair(&*world.storage, &world.seams, world.org, "Ada", 15).await.unwrap();
    let (status, body) = try_enrol(&world.url(""), &made.code, admin.replica).await;
    assert_eq!((status, body["code"].as_str()), (403, Some("replica_not_yours")));
    assert_eq!(try_enrol(&world.url(""), &made.code, new_id()).await.0, 201);
}

#[tokio::test]
async fn the_eleventh_try_in_a_minute_waits() {
    let world = World::with(|settings| settings.enrols_per_minute = 10).await;
    for _ in 0..10 {
        assert_eq!(try_enrol(&world.url(""), "wrong", new_id()).await.0, 403);
    }
    let body = json!({"code": world.code, "device": {"name": "", "platform": ""}, "replica": new_id()});
    let client = reqwest::Client::new();
    let response = client.post(world.url("/v1/enrol")).body(body.to_string()).send().await.unwrap();
    assert_eq!(response.status(), 429);
    let wait: u64 = response.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    // An address that a client claims is not believed without a proxy.
    let claimed = client.post(world.url("/v1/enrol")).header("x-forwarded-for", "10.1.1.1").body("{}");
    assert_eq!(claimed.send().await.unwrap().status(), 429);
    world.ahead.fetch_add(60_000, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(try_enrol(&world.url(""), &world.code, new_id()).await.0, 201);
}

#[tokio::test]
async fn who_may_pair_whom() {
    let world = World::new().await;
    let cast = Cast::new(&world).await;
    let (status, made) = pairing(&cast.alice, cast.bob.person).await;
    assert_eq!(status, 201);
    assert_eq!(try_enrol(&world.url(""), made["code"].as_str().unwrap(), new_id()).await.0, 201);
    for (asking, person, expected) in [
        (&cast.admin, cast.quinn.person, 201),
        (&cast.quinn, cast.bob.person, 201),
        (&cast.quinn, cast.alice.person, 201),
        (&cast.quinn, cast.quinn.person, 201),
        // Whoever holds the code acts as that person: a quality lead would be an administrator by it.
        (&cast.quinn, cast.admin.person, 403),
        (&cast.alice, cast.quinn.person, 403),
        (&cast.alice, cast.alice.person, 403),
        (&cast.bob, cast.bob.person, 403),
        (&cast.admin, new_id(), 404),
    ] {
        let (status, body) = pairing(asking, person).await;
        assert_eq!(status, expected, "{body}");
        if expected == 403 {
            assert_eq!(body["code"], "not_permitted");
        }
    }
}

#[tokio::test]
async fn tokens_are_unknown_or_expired_and_live_on_by_syncing() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let mut stranger = admin.clone();
    stranger.token = "0".repeat(64);
    let (status, code, _) = stranger.refused(stranger.request(0, 0).body(), &[]).await;
    assert_eq!((status, code.as_str()), (401, "token_unknown"));
    world.pass_days(60);
    admin.sync().await;
    world.pass_days(60);
    admin.sync().await;
    world.pass_days(91);
    let (status, code, _) = admin.refused(admin.request(0, 0).body(), &[]).await;
    assert_eq!((status, code.as_str()), (401, "token_expired"));
}

#[tokio::test]
async fn what_anyone_may_ask() {
    let world = World::new().await;
    let get = |path: &str| reqwest::get(world.url(path));
    let capabilities: Value =
        serde_json::from_slice(&get("/v1/capabilities").await.unwrap().bytes().await.unwrap()).unwrap();
    assert_eq!(capabilities["protocol"], json!([1]));
    assert_eq!(capabilities["max_line_bytes"], 65536);
    assert_eq!(capabilities["max_batch_lines"], 500);
    assert_eq!(capabilities["max_batch_bytes"], 4_194_304);
    assert_eq!(capabilities["max_pull"], 1000);
    assert_eq!(capabilities["encodings"], json!(["zstd", "gzip"]));
    for path in ["/v1/health", "/v1/ready", "/metrics"] {
        assert_eq!(get(path).await.unwrap().status(), 200, "{path}");
    }
    for (path, status) in [("/v1/nothing", 404), ("/v1/sync", 405), ("/nothing", 404)] {
        let response = get(path).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
    let metrics = get("/metrics").await.unwrap().text().await.unwrap();
    assert!(metrics.contains("fieldproof_refusals_total{code=\"not_found\"} 2"), "{metrics}");
    assert!(!metrics.contains("Ada") && !metrics.contains("Willow"));
}
