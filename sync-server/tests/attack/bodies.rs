//! Bodies that are too large, inflate without end, never end, or are made to cost much.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::common::*;
use crate::raw::{connect, honest, rest, status, sync_head};

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

/// A frame that claims a window of 2^`log` bytes and holds nothing.
fn empty_frame(log: u8) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, (log - 10) << 3];
    // One last raw block of no bytes.
    frame.extend([0x01, 0x00, 0x00]);
    frame
}

#[tokio::test]
async fn bombs_of_every_make_are_refused_while_alice_syncs() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let request = cast.quinn.request(0, 0).body();
    let flood = vec![b'\n'; 30 * 1024 * 1024];
    let zstd = |plain: &[u8]| zstd::encode_all(plain, 3).unwrap();
    let many = |piece: Vec<u8>, whole: usize| piece.repeat(whole / piece.len());
    let five = 5 * 1024 * 1024;
    let mut wide = zstd::stream::Encoder::new(Vec::new(), 1).unwrap();
    wide.window_log(27).unwrap();
    wide.write_all(&request).unwrap();
    let wide = wide.finish().unwrap();
    let bombs: Vec<(&str, Vec<u8>, &str, u16)> = vec![
        ("thirty megabytes of newlines", gzip(&flood), "gzip", 413),
        ("the same", zstd(&flood), "zstd", 413),
        ("a bomb in a bomb", gzip(&gzip(&flood)), "gzip", 400),
        ("a bomb in a bomb of another make", zstd(&gzip(&flood)), "zstd", 400),
        ("a bomb of pieces", many(gzip(&flood[..1024 * 1024]), five), "gzip", 413),
        ("a bomb of frames", many(zstd(&flood[..1024 * 1024]), five), "zstd", 413),
        ("half a million empty frames", many(empty_frame(10), five), "zstd", 400),
        ("half a million empty frames with wide windows", many(empty_frame(24), five), "zstd", 400),
        ("a quarter of a million empty members", many(gzip(b""), five), "gzip", 400),
        ("a window of 128 MB", wide, "zstd", 400),
        ("a window of 2 TB", empty_frame(41), "zstd", 400),
        ("cut off", gzip(&request)[..20].to_vec(), "gzip", 400),
        ("something behind it", [zstd(&request), b"more".to_vec()].concat(), "zstd", 400),
        ("five megabytes of newlines as they are", flood[..five].to_vec(), "identity", 400),
    ];
    for (what, bomb, coding, due) in bombs {
        let begun = Instant::now();
        let coding = [("content-encoding", coding)];
        let (refused, ()) = tokio::join!(cast.quinn.refused(bomb, &coding), honest(&mut cast.alice));
        assert_eq!(refused.0, due, "{what}: {:?}", refused.2);
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} took {:?}", begun.elapsed());
    }
    // Newlines behind a good header: many lines, where none was said to come.
    let mut lines = request.clone();
    lines.extend_from_slice(&flood[..4_000_000]);
    assert_eq!(cast.quinn.refused(gzip(&lines), &[("content-encoding", "gzip")]).await.1, "bad_header");
    assert_eq!(cast.quinn.sync().await.first["head"]["seq"], 0, "nothing of all that was stored");
}

#[tokio::test]
async fn a_body_without_end_is_ended() {
    let world = World::with(|settings| {
        settings.patience.whole = Duration::from_secs(2);
        settings.patience.refused = Duration::from_secs(1);
    })
    .await;
    let mut admin = world.admin().await;
    let head = sync_head(&admin, "transfer-encoding: chunked\r\n");
    // As fast as it is taken.
    let mut fast = connect(world.address).await;
    fast.write_all(head.as_bytes()).await.unwrap();
    let chunk = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
    let (mut ear, mut mouth) = fast.into_split();
    let flood = tokio::spawn(async move { while mouth.write_all(&chunk).await.is_ok() {} });
    // And a drop now and then, never silent for long.
    let mut slow = connect(world.address).await;
    slow.write_all(head.as_bytes()).await.unwrap();
    let (mut slow_ear, mut slow_mouth) = slow.into_split();
    let drip = tokio::spawn(async move {
        while slow_mouth.write_all(b"1\r\n \r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    honest(&mut admin).await;
    let mut said = String::new();
    let read = tokio::io::AsyncReadExt::read_to_string(&mut ear, &mut said);
    let _ = tokio::time::timeout(Duration::from_secs(20), read).await.expect("it is read for ever");
    assert!(said.is_empty() || status(&said) == 413, "{said}");
    let mut said = String::new();
    let read = tokio::io::AsyncReadExt::read_to_string(&mut slow_ear, &mut said);
    let _ = tokio::time::timeout(Duration::from_secs(20), read).await.expect("it is waited for for ever");
    assert_eq!(status(&said), 408, "{said}");
    flood.await.unwrap();
    drip.await.unwrap();
    honest(&mut admin).await;
}

#[tokio::test]
async fn chunks_that_are_none_and_lengths_that_lie_end_the_connection() {
    let world = World::with(|settings| {
        settings.patience.piece = Duration::from_millis(500);
        settings.patience.headers = Duration::from_secs(2);
    })
    .await;
    let mut admin = world.admin().await;
    let good = String::from_utf8(admin.request(0, 0).body()).unwrap();
    for (more, body, due) in [
        ("transfer-encoding: chunked\r\n", "zz\r\n\r\n".to_owned(), vec![0, 400]),
        ("transfer-encoding: chunked\r\n", "ffffffffffffffffff\r\n".to_owned(), vec![0, 400]),
        (
            "transfer-encoding: chunked\r\n",
            format!("1;{}\r\n \r\n0\r\n\r\n", "x".repeat(100_000)),
            vec![0, 400],
        ),
        ("content-length: 99999999999999999999\r\n", good.clone(), vec![400]),
        ("content-length: -1\r\n", good.clone(), vec![400]),
        ("content-length: 18446744073709551615\r\n", good.clone(), vec![0, 400, 413, 431]),
        ("content-length: 100000\r\n", good.clone(), vec![408]),
        ("content-length: 1\r\n", good.clone(), vec![400]),
    ] {
        let mut stream = connect(world.address).await;
        let request = format!("{}{body}", sync_head(&admin, more));
        let _ = stream.write_all(request.as_bytes()).await;
        let said = rest(&mut stream).await;
        assert!(due.contains(&status(&said)), "{more}: {said}");
        assert!(!said.contains("\"head\""), "{more}: {said}");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn lines_made_to_cost_much_are_stored_as_they_are_and_cost_little() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    // As deep as may be goes on as it came; sixty thousand brackets do not, wherever they stand.
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let draft = || cast.alice.draft("check.submitted", Some(cast.north), Some(cast.bob.person)).to_string();
    let nested =
        draft().replace(r#""body":{}"#, &format!(r#""body":{{"x":{}{}}}"#, "[".repeat(28), "]".repeat(28)));
    let bottomless = draft().replace(r#""body":{}"#, &format!(r#""body":{{"x":{deep}}}"#));
    cast.alice.lines.extend([nested.clone().into_bytes(), bottomless.into_bytes()]);
    let set = cast.alice.draft("person.set", None, None).to_string();
    cast.alice
        .lines
        .push(set.replace(r#""body":{}"#, &format!(r#""body":{{"person":{deep}}}"#)).into_bytes());
    cast.alice.lines.push(deep.clone().into_bytes());
    let answer = cast.alice.sync().await;
    assert_eq!(answer.quarantined(), ["malformed"; 3]);
    let bob = cast.bob.client.clone();
    let response =
        bob.post(world.url("/v1/sync")).header("authorization", format!("Bearer {}", cast.bob.token));
    let response =
        response.header("content-type", "application/x-ndjson").body(cast.bob.request(0, 0).body());
    assert!(response.send().await.unwrap().text().await.unwrap().contains(&nested), "it goes on as it came");
    cast.bob.pull = 0;

    // Five hundred lines, each with sixty kilobytes where a number belongs: the reasons stay short,
    // and say nothing of what they are about.
    let secret = "Mrs-Hollis-of-number-nine";
    for _ in 0..60 {
        let mut line = cast.bob.draft("incident.reported", Some(cast.north), None);
        line["seq"] = json!(format!("{secret}{}", "x".repeat(60_000)));
        cast.bob.put(&line);
    }
    let answer = cast.bob.sync().await;
    assert_eq!(answer.quarantined(), vec!["malformed"; 60]);
    assert!(answer.raw[0].len() < 60 * 300, "{}", answer.raw[0].len());
    assert!(!answer.raw[0].contains(secret));
    let missing = r#"{"v":1,"id":"01932b6c-7a00-7000-8000-000000000001"}"#;
    cast.bob.lines.push(missing.into());
    let answer = cast.bob.sync().await;
    assert!(answer.raw[0].contains("missing field `replica`"), "what is missing is still named");

    // A header of tens of thousands of cursors, for streams and for nothing.
    cast.quinn.pull = 0;
    let mut request = cast.quinn.request(0, 0);
    let cursors: serde_json::Map<_, _> =
        (0..15_000).map(|_| (format!("lead:{}", new_id()), json!(u64::MAX))).collect();
    request.header["cursors"] = cursors.into();
    let answer = cast.quinn.send(&request).await;
    assert_eq!(answer.done["cursors"], json!({}), "those that it may not read are ignored");
    let nonsense: serde_json::Map<_, _> = (0..60_000).map(|i| (i.to_string(), json!(i))).collect();
    request.header["cursors"] = nonsense.into();
    cast.quinn.send(&request).await;
    request.header["client"] = json!("x".repeat(1024 * 1024));
    assert_eq!(cast.quinn.refused(request.body(), &[]).await.0, 413);
    honest(&mut cast.alice).await;
    assert_eq!(sync_server::storage::sqlite::verify(world.dir.path()).problems, []);
}

#[tokio::test]
async fn a_refused_header_is_not_quoted() {
    let world = World::new().await;
    let admin = world.admin().await;
    let secret = "Mrs-Hollis-of-number-nine";
    for (member, value) in [
        ("replica", json!(secret)),
        ("count", json!(secret)),
        ("cursors", json!({"org": secret})),
        ("sent_at", json!(secret)),
        ("tip", json!(secret)),
        ("protocol", json!(secret)),
    ] {
        let mut request = admin.request(0, 0);
        request.header[member] = value;
        let (_, _, body) = admin.refused(request.body(), &[]).await;
        assert!(!body.to_string().contains("Hollis"), "{body}");
    }
}

#[tokio::test]
async fn a_mountain_of_quarantined_lines_does_not_slow_the_writer() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    admin.lines = vec![b"x".to_vec(); 20_000];
    let mut times = Vec::new();
    while admin.sent < admin.lines.len() {
        let request = admin.request(admin.sent, admin.sent + 500);
        let begun = Instant::now();
        let answer = admin.send(&request).await;
        times.push(begun.elapsed());
        assert_eq!(answer.counts(), (0, 0, 500));
        assert_eq!(answer.first["quarantined"][0]["seq"], admin.sent + 1, "this batch's first");
        admin.sent += 500;
    }
    // The last ones do not cost more than the first, give or take what else the machine does.
    let sum = |times: &[Duration]| times.iter().sum::<Duration>();
    let (early, late) = (sum(&times[..10]), sum(&times[30..]));
    assert!(late < early * 4, "{early:?} became {late:?}");
    // An empty sync hears of the newest; one in the middle of its own batch first.
    let empty = admin.send(&admin.request(20_000, 20_000)).await;
    let seqs = |answer: &Answer| -> Vec<u64> {
        answer.first["quarantined"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["seq"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(seqs(&empty), (19_501..=20_000).collect::<Vec<_>>());
    let middle = admin.send(&admin.request(100, 300)).await;
    assert_eq!(seqs(&middle), (101..=300).chain(19_701..=20_000).collect::<Vec<_>>());
}
