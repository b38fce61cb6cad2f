//! Told to end, the server ends what was begun, begins nothing, and leaves one plain file.

use std::time::Duration;

use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::common::*;
use crate::process::{Running, told};
use crate::raw::{rest, status, sync_head};

#[tokio::test]
async fn a_sync_that_was_begun_is_answered_and_kept_whichever_signal_comes() {
    for signal in ["-TERM", "-INT"] {
        let dir = TempDir::new().unwrap();
        let data = dir.path().join("data");
        let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
        let mut server = Running::start(&data, &[]);
        let address: std::net::SocketAddr = server.url.trim_start_matches("http://").parse().unwrap();
        let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
        admin.write("balloon.launched", None, None);
        admin.sync().await;
        // One that keeps the line and one that says nothing are no reason to wait.
        let _silent = TcpStream::connect(address).await.unwrap();
        for _ in 0..50 {
            admin.write("balloon.launched", None, None);
        }
        let body = admin.request(1, 51).body();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = sync_head(&admin, &format!("content-length: {}\r\n", body.len()));
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body[..1000]).await.unwrap();
        tokio::time::sleep(Duration::from_millis(300)).await;

        server.signal(signal);
        let begun = std::time::Instant::now();
        while TcpStream::connect(address).await.is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(10), "it still lets others in");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(server.child.try_wait().unwrap().is_none(), "what was begun is waited for");
        stream.write_all(&body[1000..]).await.unwrap();
        let said = rest(&mut stream).await;
        assert_eq!(status(&said), 200, "{signal}: {said}");
        assert!(said.contains("\"accepted\":50") && said.contains("\"done\":true"), "{said}");
        assert!(server.ended(Duration::from_secs(10)).await.success(), "{signal}");

        assert!(!data.join("fieldproof.db-wal").exists() && !data.join("fieldproof.db-shm").exists());
        let report = told(&data, &["verify"]);
        assert_eq!((&report["ok"], report["events"].as_u64()), (&serde_json::json!(true), Some(4 + 51)));
    }
}

#[tokio::test]
async fn one_who_never_ends_is_not_waited_for_for_ever() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let mut server = Running::start(&data, &[]);
    let address: std::net::SocketAddr = server.url.trim_start_matches("http://").parse().unwrap();
    let admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sync_head(&admin, "transfer-encoding: chunked\r\n").as_bytes()).await.unwrap();
    let drip = tokio::spawn(async move {
        while stream.write_all(b"1\r\n \r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.signal("-TERM");
    assert!(server.ended(Duration::from_secs(29)).await.success(), "systemd would kill it after thirty");
    drip.abort();
    assert_eq!(told(&data, &["verify"])["ok"], true);
}
