//! The app's files as a browser gets them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use common::*;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn types_policy_caching_compression_and_no_way_out() {
    let files = tempfile::TempDir::new().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(files.path().join(name), bytes).unwrap();
    put("index.html", b"<!doctype html><title>Fieldproof</title>");
    put("sw.js", b"self.x = 1");
    put("app-1f0c33a9d2.wasm", &[0; 5000]);
    put("app-1f0c33a9d2.wasm.br", b"packed");
    put("app.webmanifest", b"{}");
    put("en.ftl", b"a = b");
    put("boot.mjs", &[b'x'; 4000]);
    std::fs::write(files.path().parent().unwrap().join("secret-outside.txt"), "no").unwrap();
    let root = files.path().to_owned();
    let world = World::with(|settings| settings.app = Some(root)).await;
    let client = plain_client();
    let get = |path: &str, accept: &str| {
        client.get(world.url(path)).header("accept-encoding", accept.to_owned()).send()
    };

    for (path, kind, keep) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/today/checks", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/boot.mjs", "text/javascript; charset=utf-8", "no-cache"),
        ("/app.webmanifest", "application/manifest+json", "no-cache"),
        ("/en.ftl", "text/plain; charset=utf-8", "no-cache"),
        ("/app-1f0c33a9d2.wasm", "application/wasm", "public, max-age=31536000, immutable"),
    ] {
        let response = get(path, "identity").await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let headers = response.headers();
        assert_eq!(headers["content-type"], kind, "{path}");
        assert_eq!(headers["cache-control"], keep, "{path}");
        assert_eq!(headers["content-security-policy"], POLICY);
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert!(headers.contains_key("permissions-policy") && headers.contains_key("etag"));
    }
    let packed = get("/app-1f0c33a9d2.wasm", "gzip, br").await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert_eq!(packed.bytes().await.unwrap(), "packed");
    let packed = get("/boot.mjs", "gzip").await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(packed.bytes().await.unwrap().len() < 200);

    let tag = get("/", "identity").await.unwrap().headers()["etag"].clone();
    let again =
        client.get(world.url("/")).header("if-none-match", &tag).header("accept-encoding", "identity");
    assert_eq!(again.send().await.unwrap().status(), 304);
    put("index.html", b"<!doctype html><title>Fieldproof, newer</title>");
    let again =
        client.get(world.url("/")).header("if-none-match", &tag).header("accept-encoding", "identity");
    assert_eq!(again.send().await.unwrap().status(), 200);

    for path in [
        "/%2e%2e/secret-outside.txt",
        "/..%2fsecret-outside.txt",
        "/a/%2e%2e/%2e%2e/secret-outside.txt",
        "/none.js",
    ] {
        // The client tidies plain dots away, so that the raw path is sent by hand.
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    // What is no file and no address of the app is not there; the app's own addresses get the app.
    std::fs::create_dir(files.path().join("pictures")).unwrap();
    for path in [
        "/assets/none",
        "/icons/none",
        "/pictures/none",
        "/pictures",
        "/.well-known/security",
        "/.well-known/assetlinks.json",
        "/metrics/none",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/robots.txt",
        "/favicon.ico",
        "/today/none.png",
    ] {
        let missing = client.get(world.url(path)).send().await.unwrap();
        assert_eq!(missing.status(), 404, "{path}");
        assert_eq!(missing.headers()["content-type"], "application/problem+json", "{path}");
    }
    for path in ["/today", "/records/0193", "/assetsabout"] {
        let app = client.get(world.url(path)).send().await.unwrap();
        assert_eq!(
            (app.status().as_u16(), &app.headers()["content-type"]),
            (200, &"text/html; charset=utf-8".parse().unwrap()),
            "{path}"
        );
    }
    assert_eq!(client.post(world.url("/")).send().await.unwrap().status(), 405);
    // The interface stays what it is beside the app.
    assert_eq!(reqwest::get(world.url("/v1/nothing")).await.unwrap().status(), 404);
    assert_eq!(reqwest::get(world.url("/v1/health")).await.unwrap().status(), 200);
}
