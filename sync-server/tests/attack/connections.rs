//! Connections that are many, slow or deaf.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::common::*;
use crate::raw::{connect, honest, rest, status, sync_head};

/// The same device, speaking from another address of this machine.
fn from(device: &Device, address: &str) -> Device {
    let address: IpAddr = address.parse().unwrap();
    let client =
        reqwest::Client::builder().no_gzip().no_brotli().no_zstd().no_deflate().local_address(address);
    Device { client: client.timeout(Duration::from_secs(30)).build().unwrap(), ..device.clone() }
}

async fn connect_from(world: &World, address: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    socket.connect(world.address).await.unwrap()
}

/// Whether the other side has closed by now.
async fn closed(stream: &mut TcpStream) -> bool {
    let mut byte = [0];
    let read = tokio::time::timeout(Duration::from_millis(200), stream.read(&mut byte)).await;
    matches!(read, Ok(Ok(0) | Err(_)))
}

#[tokio::test]
async fn slow_heads_and_idle_connections_end_by_themselves() {
    let world = World::with(|settings| settings.patience.headers = Duration::from_millis(500)).await;
    let mut admin = world.admin().await;
    let mut silent = connect(world.address).await;
    let mut begun = connect(world.address).await;
    begun.write_all(b"POST /v1/sync HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let (mut ear, mut mouth) = connect(world.address).await.into_split();
    let drip = tokio::spawn(async move {
        // One more header now and then, as a slow loris does.
        let _ = mouth.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n").await;
        while mouth.write_all(b"x-a: b\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    // One that was served and then keeps the line.
    let mut served = connect(world.address).await;
    served.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    honest(&mut admin).await;
    let started = Instant::now();
    assert!(!rest(&mut silent).await.contains("200"));
    assert!(!rest(&mut begun).await.contains("200"));
    assert!(rest(&mut served).await.contains("200 OK"));
    let mut said = String::new();
    let read = ear.read_to_string(&mut said);
    let _ = tokio::time::timeout(Duration::from_secs(10), read).await.expect("the loris is listened to");
    assert!(!said.contains("200"), "{said}");
    assert!(started.elapsed() < Duration::from_secs(10));
    drip.await.unwrap();
    honest(&mut admin).await;
}

#[tokio::test]
async fn one_address_cannot_have_all_connections() {
    let world = World::with(|settings| settings.connections_per_address = 20).await;
    let admin = world.admin().await;
    let mut bob = from(&admin, "127.0.0.2");
    let mut held = Vec::new();
    for _ in 0..60 {
        held.push(connect_from(&world, "127.0.0.3").await);
    }
    honest(&mut bob).await;
    let mut open = Vec::new();
    for mut stream in held {
        if !closed(&mut stream).await {
            open.push(stream);
        }
    }
    assert_eq!(open.len(), 20);
    drop(open);
    // Its places come back when its connections end.
    let begun = Instant::now();
    loop {
        let mut again = connect_from(&world, "127.0.0.3").await;
        let _ = again.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
        if rest(&mut again).await.contains("200 OK") {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    honest(&mut bob).await;
}

#[tokio::test]
async fn many_addresses_together_hold_others_up_only_until_their_time_is_over() {
    let world = World::with(|settings| {
        settings.connections = 10;
        settings.patience.headers = Duration::from_millis(500);
    })
    .await;
    let mut admin = from(&world.admin().await, "127.0.0.2");
    let mut held = Vec::new();
    for i in 3..40 {
        held.push(connect_from(&world, &format!("127.0.0.{i}")).await);
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn two_hundred_idle_connections_are_no_matter() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    let mut held = Vec::new();
    for _ in 0..200 {
        held.push(connect(world.address).await);
    }
    honest(&mut admin).await;
    assert!(!closed(&mut held[0]).await);
}

#[tokio::test]
async fn one_who_does_not_take_the_answer_is_let_go() {
    let files = tempfile::TempDir::new().unwrap();
    std::fs::write(files.path().join("index.html"), "x").unwrap();
    // More than the system takes into its own hands on the way.
    let noise: Vec<u8> =
        (0..48 * 1024 * 1024u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(files.path().join("picture.png"), &noise).unwrap();
    let root = files.path().to_owned();
    let world = World::with(|settings| {
        settings.app = Some(root);
        settings.patience.answer = Duration::from_millis(500);
    })
    .await;
    let mut admin = world.admin().await;
    let mut deaf = connect(world.address).await;
    deaf.write_all(b"GET /picture.png HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    honest(&mut admin).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut got = Vec::new();
    let _ =
        tokio::time::timeout(Duration::from_secs(20), deaf.read_to_end(&mut got)).await.expect("still open");
    assert!(got.len() < noise.len(), "all {} bytes were waited for", got.len());
    // Who takes it, however little at a time, gets all.
    let got = plain_client().get(world.url("/picture.png")).send().await.unwrap().bytes().await.unwrap();
    assert!(got == noise);
}

#[tokio::test]
async fn one_device_cannot_have_all_places_at_work() {
    let world = World::with(|settings| {
        settings.syncs_at_once = 6;
        settings.syncs_of_one_device = 3;
    })
    .await;
    let mut cast = Cast::new(&world).await;
    let mut held = Vec::new();
    let head = sync_head(&cast.bob, "connection: close\r\ncontent-length: 1000000\r\n");
    for _ in 0..6 {
        let mut stream = connect(world.address).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&[b' '; 5000]).await.unwrap();
        held.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    honest(&mut cast.alice).await;
    let (status_of_bob, code, _) = cast.bob.refused(cast.bob.request(0, 0).body(), &[]).await;
    assert_eq!((status_of_bob, code.as_str()), (503, "unavailable"));
    let mut refused = 0;
    for mut stream in held {
        // Those beyond the third were refused, which they hear once they have said their part.
        let _ = stream.write_all(&vec![b' '; 995_000]).await;
        refused += u32::from(status(&rest(&mut stream).await) == 503);
    }
    assert_eq!(refused, 3);
    honest(&mut cast.bob).await;
}
