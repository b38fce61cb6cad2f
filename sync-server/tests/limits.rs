//! Compression, limits, cut and slow bodies: nothing is stored that did not come whole.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::io::{Read, Write};
use std::time::Duration;

use common::*;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn both_compressions_in_both_directions() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    for _ in 0..50 {
        cast.alice.write("check.submitted", Some(cast.north), Some(cast.bob.person));
    }
    let (alice, mut at) = (&cast.alice, 0);
    for coding in ["gzip", "zstd", "identity"] {
        let plain = alice.request(at, at + 10).body();
        let body = match coding {
            "gzip" => gzip(&plain),
            "zstd" => zstd::encode_all(&*plain, 19).unwrap(),
            _ => plain,
        };
        let response = alice.post(body, &[("content-encoding", coding), ("accept-encoding", coding)]).await;
        assert_eq!(response.status(), 200);
        let told = response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        let packed = response.bytes().await.unwrap();
        let mut plain = String::new();
        match told.as_deref() {
            Some("gzip") => flate2::read::GzDecoder::new(&*packed).read_to_string(&mut plain).map(drop),
            Some("zstd") => {
                zstd::stream::read::Decoder::new(&*packed).unwrap().read_to_string(&mut plain).map(drop)
            }
            None => Read::read_to_string(&mut &*packed, &mut plain).map(drop),
            other => panic!("{other:?}"),
        }
        .unwrap();
        assert_eq!(told.as_deref(), Some(coding).filter(|coding| *coding != "identity"));
        assert_eq!(Answer::read(&plain).counts().0, 10);
        at += 10;
    }
    let response =
        alice.post(alice.request(0, 0).body(), &[("accept-encoding", "gzip;q=0.5, zstd;q=0")]).await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    for (headers, status) in [
        ([("content-encoding", "br")], 415),
        ([("content-encoding", "gzip, zstd")], 415),
        ([("content-type", "application/json")], 415),
        ([("content-encoding", "gzip")], 400),
        ([("content-encoding", "zstd")], 400),
    ] {
        assert_eq!(alice.refused(alice.request(0, 0).body(), &headers).await.0, status, "{headers:?}");
    }
    let typed =
        alice.post(alice.request(0, 0).body(), &[("content-type", "Application/X-NDJSON; charset=utf-8")]);
    assert_eq!(typed.await.status(), 200);
}

#[tokio::test]
async fn bombs_and_floods_are_too_large() {
    let world = World::new().await;
    let admin = world.admin().await;
    let flood = vec![b' '; 200 * 1024 * 1024];
    for (body, coding) in [(gzip(&flood), "gzip"), (zstd::encode_all(&*flood, 3).unwrap(), "zstd")] {
        assert!(body.len() < 300_000);
        let (status, code, _) = admin.refused(body, &[("content-encoding", coding)]).await;
        assert_eq!((status, code.as_str()), (413, "too_large"));
    }
    let (status, code, _) = admin.refused(flood[..20 * 1024 * 1024].to_vec(), &[]).await;
    assert_eq!((status, code.as_str()), (413, "too_large"));
}

#[tokio::test]
async fn a_long_line_is_refused_and_the_longest_is_kept() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let mut line = admin.draft("balloon.launched", None, None);
    line["body"] = json!({"said": "x".repeat(70 * 1024)});
    admin.put(&line);
    let (status, code, _) = admin.refused(admin.request(0, 1).body(), &[]).await;
    assert_eq!((status, code.as_str()), (413, "too_large"));
    admin.lines.clear();
    let spare = 65_536 - admin.draft("balloon.launched", None, None).to_string().len();
    let mut line = admin.draft("balloon.launched", None, None);
    line["body"] = json!({"s": "x".repeat(spare - 6)});
    assert_eq!(line.to_string().len(), 65_536);
    admin.put(&line);
    assert_eq!(admin.sync().await.counts(), (1, 0, 0));
    // Lines that are allowed one by one but not together.
    for _ in 0..65 {
        let mut line = admin.draft("balloon.launched", None, None);
        line["body"] = json!({"s": "x".repeat(65_000)});
        admin.put(&line);
    }
    assert_eq!(admin.refused(admin.request(1, 66).body(), &[]).await.0, 413);
    assert_eq!(admin.send(&admin.request(1, 60)).await.counts(), (59, 0, 0));
    admin.sent = 60;
    assert_eq!(admin.sync().await.counts(), (6, 0, 0));
}

#[tokio::test]
async fn what_is_cut_off_or_slow_is_not_stored() {
    let world = World::with(|settings| settings.patience.piece = Duration::from_millis(300)).await;
    let mut admin = world.admin().await;
    for _ in 0..10 {
        admin.write("balloon.launched", None, None);
    }
    let body = admin.request(0, 10).body();
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/x-ndjson\r\ncontent-length: {}\r\n\r\n",
        admin.token,
        body.len()
    );
    // Cut.
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
    drop(stream);
    // Slow.
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body[..body.len() / 2]).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    // Whole by HTTP's count, but short of lines.
    let mut short = admin.request(0, 10);
    short.lines.pop();
    assert_eq!(admin.refused(short.body(), &[]).await.1, "bad_header");
    let mut torn = admin.request(0, 10).body();
    torn.truncate(torn.len() - 5);
    assert_eq!(admin.refused(torn, &[]).await.1, "tip_mismatch");

    assert_eq!(admin.send(&admin.request(0, 0)).await.first["head"]["seq"], 0);
    // Without the last newline it is whole.
    let mut body = admin.request(0, 10).body();
    body.pop();
    assert_eq!(admin.post(body, &[]).await.status(), 200);
    assert_eq!(admin.send(&admin.request(10, 10)).await.first["head"]["seq"], 10);
}
