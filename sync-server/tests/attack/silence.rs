//! A whole story with names that are found anywhere, at the most talkative level: the log, the
//! metrics and the refusals know none of them.

use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;

use crate::common::*;
use crate::process::{Running, run, told};
use crate::raw::{say, sync_head};

#[tokio::test]
async fn nothing_that_people_write_or_hold_is_in_the_log_the_metrics_or_a_refusal() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Zephyrine Care", "--admin", "Quetzalia Admin"]);
    let code = made["code"].as_str().unwrap().to_owned();
    let mut server = Running::start(&data, &["--enrols-per-minute", "50", "--behind-proxy"]);
    let address: std::net::SocketAddr = server.url.trim_start_matches("http://").parse().unwrap();
    let mut refusals = String::new();

    // The story: people, places, words, and a device that is revoked.
    let mut admin = Device::enrol(&server.url, &code).await;
    let (site, bo) = (new_id(), new_id());
    admin.set_site(site, "Xanadu House");
    admin.set_person(bo, "Bartholomea Staff", "staff", &[site]);
    admin.sync().await;
    let paired = told(&data, &["pair", "Bartholomea Staff"]);
    let second = paired["code"].as_str().unwrap().to_owned();
    let mut bo = Device::enrol(&server.url, &second).await;
    let mut line = bo.draft("incident.reported", Some(site), None);
    line["body"] = json!({"said": "Mrs Ypsilanti refused her evening tablets"});
    bo.put(&line);
    bo.sync().await;
    // And everything that can go wrong with words in it.
    bo.lines.push(br#"{"v":"Ypsilanti","id":3}"#.to_vec());
    bo.lines.push("Mrs Ypsilanti, not JSON".into());
    bo.write("person.Ypsilanti", Some(site), None);
    bo.write("check.submitted", Some(new_id()), Some(new_id()));
    let mut line = bo.draft("org.set", None, None);
    line["body"] = json!({"name": "Ypsilanti"});
    bo.put(&line);
    bo.sync().await;
    let post =
        |path: &str, body: String, more: &'static [(&'static str, &'static str)], token: Option<&str>| {
            let mut request = plain_client().post(format!("{}{path}", server.url)).body(body);
            for (name, value) in more {
                request = request.header(*name, *value);
            }
            if let Some(token) = token {
                request = request.header("authorization", format!("Bearer {token}"));
            }
            async move { request.send().await.unwrap().text().await.unwrap() }
        };
    let ndjson: &[(&str, &str)] = &[("content-type", "application/x-ndjson")];
    let token = bo.token.clone();
    for (path, body, more, token) in [
        ("/v1/enrol", r#"{"code":"Ypsilanti"}"#.to_owned(), &[][..], None),
        ("/v1/enrol", json!({"code": "YPSILANTI", "device": {"name": "Ypsilanti's tablet", "platform": "x"}, "replica": new_id()}).to_string(), &[("x-forwarded-for", "203.0.113.77")], None),
        ("/v1/sync", "Ypsilanti".to_owned(), ndjson, Some("Ypsilanti-token")),
        ("/v1/sync", "Ypsilanti".to_owned(), ndjson, Some(&token)),
        ("/v1/sync", json!({"replica": "Ypsilanti"}).to_string(), ndjson, Some(&token)),
        ("/v1/sync", json!({"replica": bo.replica, "after": "Ypsilanti"}).to_string(), ndjson, Some(&token)),
        ("/v1/sync", "Ypsilanti".to_owned(), &[("content-type", "text/Ypsilanti")], Some(&token)),
        ("/v1/sync", "Ypsilanti".to_owned(), &[("content-type", "application/x-ndjson"), ("content-encoding", "gzip")], Some(&token)),
        ("/v1/pairings", json!({"person": "Ypsilanti"}).to_string(), &[], Some(&token)),
        ("/v1/pairings", json!({"person": bo.person}).to_string(), &[], Some(&token)),
        ("/v1/Ypsilanti?name=Ypsilanti", String::new(), &[], None),
    ] {
        let said = post(path, body, more, token).await;
        refusals += &said;
        assert!(said.contains("\"code\""), "{path}: {said}");
    }
    let mut fork = bo.request(0, 1);
    fork.lines[0] = br#"{"said":"Ypsilanti"}"#.to_vec();
    refusals += &bo.refused(fork.body(), &[]).await.2.to_string();
    let mut foreign = bo.request(0, 0);
    foreign.header["replica"] = json!(admin.replica);
    refusals += &bo.refused(foreign.body(), &[]).await.2.to_string();
    refusals +=
        &say(address, b"GET /Ypsilanti HTTP/1.1\r\nhost: Ypsilanti\r\nconnection: close\r\nx: \xff\r\n\r\n")
            .await;
    refusals += &say(address, b"Ypsilanti refused\r\n\r\n").await;
    // Cut off in the middle, and a database that fails under a write.
    let mut cut = tokio::net::TcpStream::connect(address).await.unwrap();
    cut.write_all(sync_head(&bo, "content-length: 5000\r\n").as_bytes()).await.unwrap();
    cut.write_all(b"Ypsilanti").await.unwrap();
    drop(cut);
    told(&data, &["revoke", &bo.device.to_string()]);
    bo.write("handoff.submitted", Some(site), None);
    assert_eq!(bo.sync().await.first["revoked"], true);
    let conn = rusqlite::Connection::open(data.join("fieldproof.db")).unwrap();
    conn.execute_batch("CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no room'); END")
        .unwrap();
    admin.set_person(new_id(), "Wilhelmina Later", "staff", &[site]);
    let request = admin.request(admin.sent, admin.lines.len());
    let (status, _, body) = admin.refused(request.body(), &[]).await;
    assert_eq!(status, 503);
    refusals += &body.to_string();
    conn.execute_batch("DROP TRIGGER no; DELETE FROM stream_item WHERE n = 1").unwrap();
    let mut anew = admin.clone();
    anew.cursors.clear();
    let (status, _, body) = anew.refused(anew.request(anew.sent, anew.sent).body(), &[]).await;
    assert_eq!(status, 503, "a stream lacks a number");
    refusals += &body.to_string();
    let metrics = reqwest::get(format!("{}/metrics", server.url)).await.unwrap().text().await.unwrap();
    server.signal("-TERM");
    assert!(server.ended(Duration::from_secs(25)).await.success());

    let log = server.log();
    assert!(log.contains("no room") && log.contains("stopping"), "what went wrong is in it: {log}");
    assert!(metrics.contains("fieldproof_refusals_total{code=\"code_invalid\"}"));
    let ids = [
        made["org"].as_str().unwrap().to_owned(),
        admin.person.to_string(),
        admin.device.to_string(),
        admin.replica.to_string(),
        bo.person.to_string(),
        bo.device.to_string(),
        bo.replica.to_string(),
        site.to_string(),
        site.simple().to_string(),
    ];
    let hash = |secret: [u8; 32]| fieldproof::record::Head::from_bytes(&secret).unwrap().to_string();
    let secrets = [
        code.clone(),
        code.replace('-', ""),
        second,
        hash(sync_server::secrets::hash_code(&code)),
        admin.token.clone(),
        bo.token.clone(),
        hash(sync_server::secrets::hash_token(&bo.token)),
        "Ypsilanti-token".to_owned(),
    ];
    let words = [
        "Zephyrine",
        "Quetzalia",
        "Xanadu",
        "Bartholomea",
        "Ypsilanti",
        "ypsilanti",
        "YPSILANTI",
        "evening tablets",
        "Wilhelmina",
        "Pixel 8",
        "203.0.113.77",
    ];
    let all = words.iter().map(|word| (*word).to_owned()).chain(ids).chain(secrets);
    for told in all {
        for (place, text) in [("the log", &log), ("the metrics", &metrics), ("a refusal", &refusals)] {
            if let Some(at) = text.find(&told) {
                let around: String =
                    text.chars().skip(text[..at].chars().count().saturating_sub(200)).take(500).collect();
                panic!("{told} is in {place}: …{around}…");
            }
        }
    }
    assert!(run(&data, &["people"]).status.success());
}
