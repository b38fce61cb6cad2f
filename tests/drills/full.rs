//! A file system that fills up, under the app and under the server: a clear word, nothing lost that
//! was answered, and on it goes when there is room.
//!
//! Each story runs in a process of its own, whose mount of a few megabytes nobody else sees. Where a
//! machine allows no such mount, the drill says that it was left out.

use std::io::Write;
use std::path::{Path, PathBuf};

use fieldproof::engine::api::{FailureCode, Reply, Request, SyncChip};

use crate::cast::{self, check, records};
use crate::part;
use crate::server::{Server, command, told};
use crate::world::{Device, PIN, World};

/// Where the little room is, told to the story.
const ROOM: &str = "FIELDPROOF_DRILL_ROOM";

pub fn app() {
    act("full-app", 8 << 20);
}

pub fn server() {
    act("full-server", 6 << 20);
}

fn act(part: &str, bytes: u64) {
    let room = tempfile::tempdir().unwrap();
    let Some(mut story) = part::command_with_little_room(part, room.path(), bytes) else {
        eprintln!("LEFT OUT: this machine lets nobody mount a small file system (unshare, tmpfs)");
        return;
    };
    let status = story.env(ROOM, room.path()).status().unwrap();
    assert!(status.success(), "{part}: {status}");
}

fn room() -> PathBuf {
    PathBuf::from(std::env::var_os(ROOM).unwrap())
}

/// A file that takes so many bytes of the room, to be given back later.
fn ballast(room: &Path, bytes: usize) -> PathBuf {
    let path = room.join("ballast");
    std::fs::write(&path, vec![1; bytes]).unwrap();
    path
}

/// Takes the last free byte, so that not even a small thing finds room.
fn take_the_rest(room: &Path) -> PathBuf {
    let path = room.join("rest");
    let mut file = std::fs::File::create(&path).unwrap();
    while file.write(&[1; 4096]).is_ok_and(|written| written > 0) {}
    path
}

pub async fn app_story() {
    let (room, world) = (room(), World::begin().await);
    let url = format!("http://{}", world.address);
    let cast = cast::cast(world.folder.path(), &url, &world.admin_code).await;
    let sam = Device::start(room.join("sam"), url.clone());
    sam.pair(&cast.ada.code_for(cast.sam).await).await;
    let mut finished = vec![check(&sam, cast.elm, cast.bo, 100).await.unwrap()];
    let ballast = ballast(&room, 4 << 20);
    let refused = loop {
        match check(&sam, cast.elm, cast.bo, 4_000).await {
            Ok(id) => finished.push(id),
            Err(failure) => break failure,
        }
        assert!(finished.len() < 10_000, "the room never ended");
    };
    assert_eq!((refused.code, refused.again), (FailureCode::DiskFull, true), "{refused:?}");
    let rest = take_the_rest(&room);
    for _ in 0..3 {
        let refused = check(&sam, cast.elm, cast.bo, 4_000).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::DiskFull, "{refused:?}");
    }
    // What is here can be read, and the chip goes on telling what is proven.
    finished.sort();
    assert_eq!(records(&sam).await, finished);
    let chip = sam.status().await.sync;
    assert!(!matches!(chip, SyncChip::NotYet | SyncChip::Locked), "{chip:?}");

    // Closed, and opened again without any room: it opens, or says why it does not.
    sam.close().await;
    let again = Device::start(room.join("sam"), url);
    let opened = unlock(&again).await;
    match &opened {
        Reply::Unlocked(_) => assert_eq!(records(&again).await, finished),
        Reply::Failed(failure) => assert_eq!(failure.code, FailureCode::DiskFull, "{failure:?}"),
        other => panic!("{other:?}"),
    }
    println!("opened without room: {}", matches!(opened, Reply::Unlocked(_)));

    std::fs::remove_file(rest).unwrap();
    std::fs::remove_file(ballast).unwrap();
    if !matches!(opened, Reply::Unlocked(_)) {
        let opened = unlock(&again).await;
        assert!(matches!(opened, Reply::Unlocked(_)), "{opened:?}");
    }
    finished.push(check(&again, cast.elm, cast.bo, 100).await.unwrap());
    finished.sort();
    assert_eq!(records(&again).await, finished);
    again.synced().await;
    cast.quinn.refresh().await;
    assert_eq!(records(&cast.quinn).await, finished, "all of it arrived, and nothing twice");
}

async fn unlock(device: &Device) -> Reply {
    match device.ask(Request::Status).await {
        Reply::Status(status) => {
            let profile = status.profiles[0].profile;
            device.ask(Request::Unlock { profile, pin: PIN.into() }).await
        }
        other => other,
    }
}

pub async fn server_story() {
    let (room, folder) = (room(), tempfile::tempdir().unwrap());
    let data = room.join("server");
    let made = told(&data, &["init", "--org", "Harbor", "--admin", "Ada"]);
    let mut server = Server::start(&data, "127.0.0.1:0");
    let (url, listen) = (server.url.clone(), server.address().to_owned());
    let cast = cast::cast(folder.path(), &url, made["code"].as_str().unwrap()).await;
    let sam = Device::start(folder.path().join("sam"), url);
    sam.pair(&cast.ada.code_for(cast.sam).await).await;
    let ballast = ballast(&room, 2 << 20);
    let mut finished = Vec::new();
    // Devices go on working; at some point the server has no room for what they send.
    loop {
        for _ in 0..10 {
            finished.push(check(&sam, cast.elm, cast.bo, 4_000).await.unwrap());
        }
        if full(&sam).await {
            break;
        }
        assert!(finished.len() < 10_000, "the room never ended");
    }
    let rest = take_the_rest(&room);
    finished.push(check(&sam, cast.elm, cast.bo, 4_000).await.unwrap());
    assert!(full(&sam).await, "without room nothing is taken");
    let Reply::Sync(view) = sam.ask(Request::Sync).await else { panic!("no view") };
    let held = view.held.map_or(0, |held| held.seq);
    assert!(held > 0 && held < view.own.seq, "{held} of {}", view.own.seq);

    // Killed with no room, and begun again: it starts, or says why it cannot.
    server.kill();
    match Server::try_start(&data, &listen) {
        Ok(started) => server = started,
        Err(said) => assert!(said.contains("full"), "{said}"),
    }
    std::fs::remove_file(rest).unwrap();
    std::fs::remove_file(ballast).unwrap();
    if !server.runs() {
        server = Server::start(&data, &listen);
    }
    // By the timers alone.
    sam.synced().await;
    cast.quinn.refresh().await;
    finished.sort();
    assert_eq!(records(&cast.quinn).await, finished, "all of it arrived, and nothing twice");
    let verified = command(&data, &["verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    assert_eq!(server.data, data);
}

/// Waits until all is sent, or until the device was told that the server has no room; true then.
async fn full(device: &Device) -> bool {
    for _ in 0..5_000 {
        let Reply::Sync(view) = device.ask(Request::Sync).await else { panic!("no view") };
        match view.chip {
            SyncChip::AllSynced { .. } => return false,
            _ if view.trouble == Some(FailureCode::ServerBusy) => return true,
            _ => tokio::time::sleep(std::time::Duration::from_millis(2)).await,
        }
    }
    panic!("neither sent nor refused");
}
