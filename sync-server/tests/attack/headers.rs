//! Heads of requests that no honest client sends.

use crate::common::*;
use crate::raw::{honest, say, status, sync_head};

#[tokio::test]
async fn heads_that_are_too_much_or_none_are_refused_and_closed() {
    let world = World::with(|settings| settings.patience.headers = std::time::Duration::from_secs(2)).await;
    let mut admin = world.admin().await;
    let get = |more: &str| {
        format!("GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n").into_bytes()
    };
    let long = "a".repeat(300_000);
    for (what, bytes, due) in [
        ("one header of 300 kB", get(&format!("x-a: {long}\r\n")), vec![431]),
        ("one header of 40 kB", get(&format!("x-a: {}\r\n", &long[..40_000])), vec![431]),
        ("ten thousand headers", get(&"a: b\r\n".repeat(10_000)), vec![431]),
        ("two hundred headers", get(&"a: b\r\n".repeat(200)), vec![431]),
        ("a long address", format!("GET /{long} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes(), vec![414, 431]),
        ("a long method", format!("{long} / HTTP/1.1\r\n\r\n").into_bytes(), vec![400, 431]),
        ("a name with a space", get("x a: b\r\n"), vec![400]),
        ("a name of nothing", get(": b\r\n"), vec![400]),
        ("a folded header", get("x-a: b\r\n c\r\n"), vec![400]),
        ("a NUL", get("x-a: b\0c\r\n"), vec![400]),
        ("a bare CR", get("x-a: b\rc: d\r\n"), vec![400]),
        ("two lengths", get("content-length: 1\r\ncontent-length: 2\r\n"), vec![400]),
        ("a length with a plus", get("content-length: +1\r\n"), vec![400]),
        ("an unknown transfer coding", get("transfer-encoding: gzip\r\n"), vec![400]),
        (
            "HTTP/2 as it begins",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec(),
            vec![0, 400, 505],
        ),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec(), vec![0, 400]),
        ("HTTP/3.7", b"GET / HTTP/3.7\r\n\r\n".to_vec(), vec![0, 400, 505]),
        ("TLS where there is none", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), vec![0, 400]),
        ("noise", (0..=255u8).cycle().take(10_000).collect(), vec![0, 400]),
    ] {
        let said = say(world.address, &bytes).await;
        assert!(due.contains(&status(&said)), "{what}: {said}");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn odd_heads_that_are_allowed_change_nothing() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    for (what, bytes) in [
        ("text that is not UTF-8", b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-a: \xff\xfe\r\n\r\n".to_vec()),
        ("an address with a scheme", b"GET http://evil.example/v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("a wish for HTTP/2", b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close, upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n".to_vec()),
        ("a wish for a socket", b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n\r\nGET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("HTTP/1.0 without a host", b"GET /v1/health HTTP/1.0\r\n\r\n".to_vec()),
    ] {
        let said = say(world.address, &bytes).await;
        assert_eq!(status(&said), 200, "{what}: {said}");
        assert!(!said.contains("101 Switching"), "{what}");
    }
    for method in ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "get"] {
        let target = if method == "CONNECT" { "evil.example:443" } else { "/v1/sync" };
        let said = say(
            world.address,
            format!("{method} {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes(),
        )
        .await;
        assert!([400, 404, 405].contains(&status(&said)), "{method}: {said}");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn a_head_that_says_two_things_is_not_believed_in_either() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let body = String::from_utf8(admin.request(0, 0).body()).unwrap();
    let length = format!("connection: close\r\ncontent-length: {}\r\n", body.len());
    let own = sync_head(&admin, &length);
    for (what, head, due) in [
        (
            "two tokens",
            sync_head(&admin, &format!("{length}authorization: Bearer {}\r\n", "0".repeat(64))),
            401,
        ),
        (
            "twice the same",
            sync_head(&admin, &format!("{length}authorization: Bearer {}\r\n", admin.token)),
            401,
        ),
        ("two types", sync_head(&admin, &format!("{length}content-type: text/html\r\n")), 415),
        (
            "two codings",
            sync_head(&admin, &format!("{length}content-encoding: gzip\r\ncontent-encoding: identity\r\n")),
            415,
        ),
        ("a list of codings", sync_head(&admin, &format!("{length}content-encoding: gzip, gzip\r\n")), 415),
        (
            "a coding that is no text",
            own.replace("content-length", "content-encoding: g\u{e4}zip\r\ncontent-length"),
            415,
        ),
        ("no type", own.replace("content-type: application/x-ndjson\r\n", ""), 415),
        (
            "another type",
            own.replace("application/x-ndjson", "multipart/form-data; boundary=application/x-ndjson"),
            415,
        ),
        ("as it should be", own.clone(), 200),
    ] {
        let said = say(world.address, format!("{head}{body}").as_bytes()).await;
        assert_eq!(status(&said), due, "{what}: {said}");
    }
    // A second request hidden behind two opinions about where the first one ends is not carried out.
    let hidden = "0\r\n\r\nPOST /v1/sync HTTP/1.1\r\nhost: x\r\nx: ";
    for lengths in [
        format!("content-length: {}\r\ntransfer-encoding: chunked\r\n", hidden.len()),
        format!("transfer-encoding: chunked\r\ncontent-length: {}\r\n", hidden.len()),
        format!("content-length: {}\r\ntransfer-encoding : chunked\r\n", hidden.len()),
        format!("content-length: {}\r\ntransfer-encoding: xchunked\r\n", hidden.len()),
        format!(
            "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\ncontent-length: {}\r\n",
            hidden.len()
        ),
    ] {
        let first = format!("POST /v1/nothing HTTP/1.1\r\nhost: x\r\n{lengths}\r\n{hidden}");
        let second = "GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        let said = say(world.address, format!("{first}{second}").as_bytes()).await;
        let answers: Vec<u16> = said.match_indices("HTTP/1.1 ").map(|(at, _)| status(&said[at..])).collect();
        assert!(matches!(answers[..], [400 | 404] | [404, 200 | 400 | 401]), "{lengths}: {said}");
        assert!(!said.contains("\"head\""), "{said}");
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn every_answer_is_sealed() {
    let world = World::new().await;
    let client = plain_client();
    for (method, path) in [
        ("GET", "/v1/health"),
        ("GET", "/v1/ready"),
        ("GET", "/v1/capabilities"),
        ("GET", "/v1/nothing"),
        ("GET", "/v1"),
        ("GET", "/metrics"),
        ("GET", "/nothing"),
        ("POST", "/v1/enrol"),
        ("POST", "/v1/pairings"),
        ("POST", "/v1/sync"),
        ("PUT", "/v1/sync"),
    ] {
        let response = client.request(method.parse().unwrap(), world.url(path)).send().await.unwrap();
        let headers = response.headers();
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(
                headers.get(name).map(|value| value.to_str().unwrap()),
                Some(value),
                "{method} {path}"
            );
        }
        assert!(!headers.contains_key("server") && !headers.contains_key("access-control-allow-origin"));
    }
}
