//! Pairing codes, tokens, rate limits, and what is said to those who have none (PROTOCOL §§3, 4).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;
use serde_json::{Value, json};
use sync_server::storage::Storage;

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
    let mut cast = Cast::new(&world).await;
    let (carol, rita) = (new_id(), new_id());
    cast.admin.set_person(carol, "Carol", "staff", &[cast.north, cast.south]);
    cast.admin.set_person(rita, "Rita", "quality", &[]);
    cast.admin.sync().await;
    let (status, made) = pairing(&cast.alice, cast.bob.person).await;
    assert_eq!(status, 201);
    assert_eq!(try_enrol(&world.url(""), made["code"].as_str().unwrap(), new_id()).await.0, 201);
    for (asking, person, expected) in [
        (&cast.admin, cast.quinn.person, 201),
        (&cast.admin, carol, 201),
        (&cast.quinn, cast.bob.person, 201),
        (&cast.quinn, cast.alice.person, 201),
        (&cast.quinn, cast.quinn.person, 201),
        // Whoever holds the code acts as that person: a quality lead would be an administrator by it,
        // or another quality lead.
        (&cast.quinn, cast.admin.person, 403),
        (&cast.quinn, rita, 403),
        // And a supervisor would read another house.
        (&cast.alice, carol, 403),
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

/// Bodies of the events of a kind that came in a stream.
fn bodies(answer: &Answer, stream: &str, kind: &str) -> Vec<Value> {
    let items = answer.items.iter().filter(|item| item["stream"] == stream && item["event"]["kind"] == kind);
    items.map(|item| item["event"]["body"].clone()).collect()
}

#[tokio::test]
async fn codes_pairing_and_revoking_are_told_to_the_person_and_to_the_organisation() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let bob = cast.bob.person;
    let own = format!("person:{bob}");
    cast.bob.sync().await;
    cast.admin.sync().await;
    // Alice pairs a device as Bob, which Bob knows nothing of.
    let (_, made) = pairing(&cast.alice, bob).await;
    let attacker = Device::enrol(&world.url(""), made["code"].as_str().unwrap()).await;
    let told = cast.bob.sync().await;
    for stream in ["org", own.as_str()] {
        let invited = bodies(&told, stream, "device.invited");
        assert_eq!(invited.len(), 1, "{stream}");
        assert_eq!((&invited[0]["person"], &invited[0]["by"]), (&json!(bob), &json!(cast.alice.person)));
        assert_eq!(invited[0]["until"], made["expires_at"]);
        let paired = bodies(&told, stream, "device.paired");
        assert_eq!(paired.len(), 1, "{stream}");
        assert_eq!(paired[0]["device"], json!(attacker.device));
        assert_eq!(paired[0]["by"], json!(cast.alice.person));
        assert_eq!(paired[0]["pairing"], made["pairing"]);
        assert_eq!((&paired[0]["name"], &paired[0]["platform"]), (&json!("Pixel 8"), &json!("android")));
        assert!(paired[0]["at"].is_string());
    }
    assert_eq!(bodies(&cast.admin.sync().await, "org", "device.paired").len(), 1, "administrators read it");
    // Nothing in it helps anybody to the code itself.
    let code = made["code"].as_str().unwrap();
    assert!(told.raw.iter().all(|line| !line.contains(code)));
    // And the server's replica, in which it stands, is whole.
    assert!(world.storage.revoke(world.org, attacker.device, world.seams.now_ms()).await.unwrap());
    assert!(world.storage.revoke(world.org, attacker.device, world.seams.now_ms()).await.unwrap());
    let told = cast.bob.sync().await;
    let revoked = bodies(&told, &own, "device.revoked");
    assert_eq!(revoked.len(), 1, "once, however often it is revoked");
    assert_eq!(revoked[0]["device"], json!(attacker.device));
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn nobody_writes_that_a_device_was_paired_but_the_server() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let bob = cast.bob.person;
    for kind in ["device.paired", "device.revoked", "device.invited", "device.photographed"] {
        let mut line = cast.admin.draft(kind, None, Some(bob));
        line["body"] = json!({"device": new_id(), "person": bob, "name": "Forged", "platform": "x"});
        cast.admin.put(&line);
        assert_eq!(cast.admin.fate().await.as_deref(), Some("not_permitted"), "{kind}");
        line["author"] = json!(uuid::Uuid::nil());
        (line["seq"], line["id"]) = (json!(cast.admin.lines.len() + 1), json!(new_id()));
        cast.admin.put(&line);
        assert_eq!(cast.admin.fate().await.as_deref(), Some("wrong_author"), "{kind}");
    }
}

#[tokio::test]
async fn a_code_ends_with_the_next_for_the_same_person_with_its_maker_and_with_their_right() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let (bob, alice) = (cast.bob.person, cast.alice.person);
    let enrols = |code: String| {
        let url = world.url("");
        async move { try_enrol(&url, &code, new_id()).await }
    };
    let code = |made: &Value| made["code"].as_str().unwrap().to_owned();
    let (_, first) = pairing(&cast.alice, bob).await;
    let (_, second) = pairing(&cast.quinn, bob).await;
    assert_eq!(enrols(code(&first)).await.0, 403, "the next one took its place");
    assert_eq!(enrols(code(&second)).await.0, 201);

    // Her device is lost: what it made opens nothing any more, and it makes nothing new.
    let (_, made) = pairing(&cast.alice, bob).await;
    world.storage.revoke(world.org, cast.alice.device, world.seams.now_ms()).await.unwrap();
    let (status, body) = enrols(code(&made)).await;
    assert_eq!((status, body["code"].as_str()), (403, Some("code_invalid")));
    assert_eq!(pairing(&cast.alice, bob).await.0, 403);

    // Moved to another house, then to another role, then gone.
    for (role, site, active) in
        [("supervisor", cast.south, true), ("staff", cast.north, true), ("supervisor", cast.north, false)]
    {
        cast.admin.set_person(alice, "Alice", "supervisor", &[cast.north]);
        cast.admin.sync().await;
        let device = world.device(alice).await;
        let (status, made) = pairing(&device, bob).await;
        assert_eq!(status, 201);
        cast.admin.set_person_active(alice, "Alice", role, &[site], active);
        cast.admin.sync().await;
        assert_eq!(enrols(code(&made)).await.0, 403, "{role} at {site}, active: {active}");
    }
    // Nor does one for somebody who took up work at a house of others meanwhile.
    cast.admin.set_person(alice, "Alice", "supervisor", &[cast.north]);
    cast.admin.sync().await;
    let (_, made) = pairing(&world.device(alice).await, bob).await;
    cast.admin.set_person(bob, "Bob", "staff", &[cast.north, cast.south]);
    cast.admin.sync().await;
    assert_eq!(enrols(code(&made)).await.0, 403);
}

#[tokio::test]
async fn nobody_keeps_more_than_twenty_codes_open() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let people: Vec<uuid::Uuid> = (0..21).map(|_| new_id()).collect();
    for (n, person) in people.iter().enumerate() {
        admin.set_person(*person, &format!("Person {n}"), "staff", &[]);
    }
    admin.sync().await;
    let mut last = Value::Null;
    for person in &people[..20] {
        let (status, made) = pairing(&admin, *person).await;
        assert_eq!(status, 201, "{made}");
        last = made;
    }
    let (status, body) = pairing(&admin, people[20]).await;
    assert_eq!((status, body["code"].as_str()), (429, Some("too_many_codes")));
    // Another one for the same person takes the place of the first and is no more.
    let (status, made) = pairing(&admin, people[0]).await;
    assert_eq!(status, 201, "{made}");
    // One that is used makes room, and so does time.
    assert_eq!(try_enrol(&world.url(""), last["code"].as_str().unwrap(), new_id()).await.0, 201);
    assert_eq!(pairing(&admin, people[20]).await.0, 201);
    assert_eq!(pairing(&admin, people[19]).await.0, 429);
    world.ahead.fetch_add(15 * 60 * 1000 + 1, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(pairing(&admin, people[19]).await.0, 201);
    // The operator, who holds the database, is not counted.
    for person in &people {
        let person = person.to_string();
        sync_server::commands::pair(&*world.storage, &world.seams, world.org, &person, 15).await.unwrap();
    }
}

#[tokio::test]
async fn open_codes_are_listed_and_can_be_ended() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let carol = new_id();
    cast.admin.set_person(carol, "Carol", "staff", &[cast.south]);
    cast.admin.sync().await;
    cast.bob.sync().await;
    let ask = |device: &Device, method: reqwest::Method, path: String| {
        let request = device.client.request(method, format!("{}{path}", device.url));
        let request = request.header("authorization", format!("Bearer {}", device.token));
        async move {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            (status, serde_json::from_slice::<Value>(&response.bytes().await.unwrap()).unwrap_or_default())
        }
    };
    let list = |device: &Device| ask(device, reqwest::Method::GET, "/v1/pairings".into());
    let end = |device: &Device, pairing: &Value| {
        ask(device, reqwest::Method::DELETE, format!("/v1/pairings/{}", pairing.as_str().unwrap()))
    };
    let (_, bobs) = pairing(&cast.alice, cast.bob.person).await;
    let (_, carols) = pairing(&cast.quinn, carol).await;
    let ids = |body: &Value| -> Vec<Value> {
        body.as_array().unwrap().iter().map(|row| row["pairing"].clone()).collect()
    };
    let (status, told) = list(&cast.admin).await;
    assert_eq!((status, ids(&told)), (200, vec![bobs["pairing"].clone(), carols["pairing"].clone()]));
    assert_eq!(told[0]["by"], json!(cast.alice.person));
    assert_eq!((&told[0]["person"], &told[0]["expires_at"]), (&json!(cast.bob.person), &bobs["expires_at"]));
    assert!(!told.to_string().contains(bobs["code"].as_str().unwrap()));
    let (_, told) = list(&cast.alice).await;
    assert_eq!(ids(&told), [bobs["pairing"].clone()], "a supervisor sees those of her house");
    assert_eq!(list(&cast.bob).await.0, 403);

    assert_eq!(end(&cast.alice, &carols["pairing"]).await.0, 404, "not hers");
    assert_eq!(end(&cast.bob, &bobs["pairing"]).await.0, 403);
    assert_eq!(end(&cast.quinn, &json!("nonsense")).await.0, 404);
    assert_eq!(end(&cast.quinn, &bobs["pairing"]).await.0, 204);
    assert_eq!(end(&cast.quinn, &bobs["pairing"]).await.0, 404, "ended already");
    let (status, body) = try_enrol(&world.url(""), bobs["code"].as_str().unwrap(), new_id()).await;
    assert_eq!((status, body["code"].as_str()), (403, Some("code_invalid")));
    let told = bodies(&cast.bob.sync().await, "org", "device.cancelled");
    assert_eq!(told, [json!({"pairing": bobs["pairing"], "person": cast.bob.person})]);
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
