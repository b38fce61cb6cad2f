//! Bytes on a connection, as no client library would send them.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::common::Device;

pub async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.unwrap()
}

/// All that is said until the connection is closed, which has to happen.
pub async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut said)).await;
    // That the other side resets what it closed is its right.
    let _ = read.expect("the server neither answers nor closes");
    String::from_utf8_lossy(&said).into_owned()
}

/// Sends bytes and reads until the end. (It may be over before all is sent.)
pub async fn say(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = connect(address).await;
    let _ = stream.write_all(bytes).await;
    rest(&mut stream).await
}

pub fn status(answer: &str) -> u16 {
    let first = answer.split(' ').nth(1);
    first.and_then(|code| code.parse().ok()).unwrap_or(0)
}

/// The head of a sync, to be followed by `length` bytes.
pub fn sync_head(device: &Device, more: &str) -> String {
    format!(
        "POST /v1/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/x-ndjson\r\n{more}\r\n",
        device.token
    )
}

/// Writes a line and syncs, as an honest device does whatever goes on around it.
pub async fn honest(device: &mut Device) {
    device.write("balloon.launched", None, None);
    let answer = tokio::time::timeout(Duration::from_secs(20), device.sync()).await;
    let answer = answer.expect("an honest device is kept waiting");
    assert_eq!(answer.counts().0, 1);
}
