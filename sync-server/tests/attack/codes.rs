//! Guessing of pairing codes and tokens, from one address, from many, and by other people's browsers.

use std::sync::atomic::Ordering::SeqCst;

use serde_json::{Value, json};

use crate::common::*;
use crate::raw::honest;

/// Tries a code as it would come through a proxy that saw `from`. Status, body and `Retry-After`.
async fn try_from(world: &World, from: &str, code: &str) -> (u16, Value, Option<u64>) {
    let body = json!({"code": code, "device": {"name": "x", "platform": "x"}, "replica": new_id()});
    let request = reqwest::Client::new().post(world.url("/v1/enrol")).header("x-forwarded-for", from);
    let response = request.body(body.to_string()).send().await.unwrap();
    let status = response.status().as_u16();
    let wait = response.headers().get("retry-after").map(|wait| wait.to_str().unwrap().parse().unwrap());
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap(), wait)
}

#[tokio::test]
async fn behind_a_proxy_the_last_address_counts_and_a_whole_network_is_one() {
    let world = World::with(|settings| {
        settings.behind_proxy = true;
        settings.enrols_per_minute = 10;
    })
    .await;
    let mut admin = world.admin().await;
    for i in 0..10 {
        // What a client claims before the proxy's own word is worth nothing.
        assert_eq!(try_from(&world, &format!("10.9.8.{i}, 203.0.113.7"), "wrong").await.0, 403);
    }
    for from in ["203.0.113.7", "10.1.1.1,203.0.113.7", " 203.0.113.7 ", "::ffff:203.0.113.7"] {
        let (status, body, wait) = try_from(&world, from, "wrong").await;
        assert_eq!((status, &body["code"]), (429, &json!("too_many_requests")), "{from}");
        assert!((1..=60).contains(&wait.unwrap()));
    }
    for i in 0..10 {
        assert_eq!(try_from(&world, &format!("2001:db8::{i:x}"), "wrong").await.0, 403);
    }
    assert_eq!(try_from(&world, "2001:db8::ffff:1:2:3", "wrong").await.0, 429, "of the same /64");
    assert_eq!(try_from(&world, "2001:db8:0:1::1", "wrong").await.0, 403, "of another one");
    // Whoever leaves it out, or writes nonsense, counts as the proxy itself, as Ada did.
    for i in 0..12 {
        let status = try_from(&world, "nonsense", "wrong").await.0;
        assert_eq!(status, if i < 9 { 403 } else { 429 });
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn a_proxy_that_writes_ports_still_tells_the_phones_apart() {
    let world = World::with(|settings| {
        settings.behind_proxy = true;
        settings.enrols_per_minute = 10;
    })
    .await;
    let mut admin = world.admin().await;
    for i in 1..=14 {
        assert_eq!(try_from(&world, &format!("198.51.100.{i}:50{i}"), "wrong").await.0, 403, "{i}");
    }
    for i in 1..=14 {
        assert_eq!(try_from(&world, &format!("[2001:db8:0:{i}::1]:443"), "wrong").await.0, 403, "{i}");
    }
    // Another port of the same phone is the same phone.
    for port in 1..=9 {
        assert_eq!(try_from(&world, &format!("198.51.100.1:{port}"), "wrong").await.0, 403);
    }
    for same in ["198.51.100.1:10", "198.51.100.1", "10.0.0.1, 198.51.100.1:77"] {
        assert_eq!(try_from(&world, same, "wrong").await.0, 429, "{same}");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn without_a_proxy_nothing_that_is_claimed_counts() {
    let world = World::with(|settings| settings.enrols_per_minute = 10).await;
    let mut admin = world.admin().await;
    for i in 0..9 {
        assert_eq!(try_from(&world, &format!("10.0.0.{i}"), "wrong").await.0, 403);
    }
    assert_eq!(try_from(&world, "10.0.1.1", "wrong").await.0, 429);
    honest(&mut admin).await;
}

#[tokio::test]
async fn what_is_no_enrolment_at_all_is_a_try_too() {
    let world = World::with(|settings| settings.enrols_per_minute = 10).await;
    let client = reqwest::Client::new();
    for i in 0..12 {
        let response = client.post(world.url("/v1/enrol")).body("{").send().await.unwrap();
        assert_eq!(response.status(), if i < 10 { 400 } else { 429 });
    }
}

#[tokio::test]
async fn a_thousand_addresses_share_the_wrong_tries_of_one_server() {
    let world = World::with(|settings| {
        settings.behind_proxy = true;
        settings.wrong_codes_per_minute = 40;
    })
    .await;
    let mut admin = world.admin().await;
    let mut statuses = std::collections::BTreeMap::new();
    for i in 0..60 {
        *statuses.entry(try_from(&world, &format!("10.0.{i}.1"), "wrong").await.0).or_insert(0) += 1;
    }
    assert_eq!(statuses, std::collections::BTreeMap::from([(403, 40), (429, 20)]));
    // A right code has to wait as well, or a right one could be told by it; who is enrolled goes on.
    let made =
        sync_server::commands::pair(&*world.storage, &world.seams, world.org, "Ada", 15).await.unwrap();
    assert_eq!(try_from(&world, "198.51.100.1", &made.code).await.0, 429);
    honest(&mut admin).await;
    world.ahead.fetch_add(60_000, SeqCst);
    assert_eq!(try_from(&world, "198.51.100.1", &made.code).await.0, 201, "nobody used it up");
    // Right ones do not count: a whole organisation may be enrolled in a minute.
    for _ in 0..45 {
        let made =
            sync_server::commands::pair(&*world.storage, &world.seams, world.org, "Ada", 15).await.unwrap();
        assert_eq!(try_from(&world, "198.51.100.1", &made.code).await.0, 201);
    }
}

#[tokio::test]
async fn wrong_used_old_and_inactive_look_the_same_to_the_last_header() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let pair = |name: &'static str| {
        let (storage, seams) = (world.storage.clone(), world.seams.clone());
        async move { sync_server::commands::pair(&*storage, &seams, world.org, name, 15).await.unwrap().code }
    };
    let (old, gone) = (pair("Ada").await, pair("Bob").await);
    cast.admin.set_person_active(cast.bob.person, "Bob", "staff", &[cast.north], false);
    cast.admin.sync().await;
    let look = |code: String| {
        let url = world.url("/v1/enrol");
        async move {
            let body = json!({"code": code, "device": {"name": "x", "platform": "x"}, "replica": new_id()});
            let response = reqwest::Client::new().post(url).body(body.to_string()).send().await.unwrap();
            let mut headers = response.headers().clone();
            headers.remove("date");
            (response.status(), format!("{headers:?}"), response.text().await.unwrap())
        }
    };
    let inactive = look(gone).await;
    world.ahead.fetch_add(15 * 60 * 1000 + 1, SeqCst);
    let wrong = look("0000-0000".to_owned()).await;
    assert_eq!(wrong.0, 403);
    for (what, seen) in [
        ("inactive", inactive),
        ("old", look(old).await),
        ("used", look(world.code.clone()).await),
        ("empty", look(String::new()).await),
        ("long", look("7".repeat(10_000)).await),
        ("not ASCII", look("７ＫＱ４-９ＸＺＲ".to_owned()).await),
    ] {
        assert_eq!(seen, wrong, "{what}");
    }
    honest(&mut cast.admin).await;
}

#[tokio::test]
async fn no_form_of_a_token_but_the_token_opens_anything() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let token = admin.token.clone();
    let hash =
        fieldproof::record::Head::from_bytes(&sync_server::secrets::hash_token(&token)).unwrap().to_string();
    let body = admin.request(0, 0).body();
    let wrong = [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Bearer {}", &token[..63]),
        format!("Bearer {token}0"),
        format!("Bearer {}", token.to_uppercase()),
        format!("Bearer {hash}"),
        format!("Basic {token}"),
        token.clone(),
        format!("Bearer {token} {token}"),
        format!("Bearer {token},Bearer {token}"),
        format!("Bearer {}", "a".repeat(10_000)),
        "Bearer ' OR 1=1 --".to_owned(),
    ];
    let mut answers = std::collections::BTreeSet::new();
    for value in wrong {
        let request = admin.client.post(world.url("/v1/sync")).header("content-type", "application/x-ndjson");
        let response = request.header("authorization", &value).body(body.clone()).send().await.unwrap();
        assert_eq!(response.status(), 401, "{value}");
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        answers.insert(response.text().await.unwrap());
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    for path in ["/v1/sync", "/v1/pairings"] {
        let response = admin.client.post(world.url(path)).body("{}").send().await.unwrap();
        assert_eq!(response.status(), 401, "{path} without any");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn a_page_of_another_site_can_neither_read_an_answer_nor_use_up_tries() {
    let world = World::with(|settings| settings.enrols_per_minute = 2).await;
    let client = reqwest::Client::new();
    for from in ["cross-site", "same-site"] {
        for _ in 0..3 {
            let request = client.post(world.url("/v1/enrol")).header("sec-fetch-site", from);
            let response = request.header("origin", "https://evil.example").body("{}").send().await.unwrap();
            assert_eq!(response.status(), 403);
            assert!(response.text().await.unwrap().contains("cross_site"));
        }
    }
    for path in ["/v1/enrol", "/v1/sync", "/v1/pairings", "/v1/capabilities", "/metrics", "/"] {
        for method in [reqwest::Method::OPTIONS, reqwest::Method::GET] {
            let request = client.request(method, world.url(path)).header("origin", "https://evil.example");
            let request = request.header("access-control-request-method", "POST");
            let response =
                request.header("access-control-request-headers", "authorization").send().await.unwrap();
            assert!(
                !response.headers().keys().any(|name| name.as_str().starts_with("access-control")),
                "{path}: {response:?}"
            );
        }
    }
    // The app's own page is not another site's.
    let body = json!({"code": world.code, "device": {"name": "x", "platform": "web"}, "replica": new_id()});
    let own = client.post(world.url("/v1/enrol")).header("sec-fetch-site", "same-origin");
    assert_eq!(own.body(body.to_string()).send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn a_device_whose_name_steers_a_terminal_is_not_enrolled() {
    let world = World::new().await;
    let body =
        json!({"code": world.code, "device": {"name": "\u{1b}[2Jx", "platform": "x"}, "replica": new_id()});
    let enrol =
        |body: Value| reqwest::Client::new().post(world.url("/v1/enrol")).body(body.to_string()).send();
    assert_eq!(enrol(body).await.unwrap().status(), 400);
    world.admin().await;
}
