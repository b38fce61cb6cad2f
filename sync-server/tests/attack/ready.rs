//! `/v1/ready` says so when no write would be taken, and why.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::common::*;
use crate::process::{command, told};
use crate::raw::honest;

async fn ready(url: &str) -> (u16, String) {
    // What it said a second ago, it may say again.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let response = plain_client().get(format!("{url}/v1/ready")).send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    (status, body["detail"].as_str().unwrap_or_default().to_owned())
}

/// The server on a disk of its own that holds `size` bytes; nothing where the machine allows none.
fn on_a_small_disk(at: &Path, size: u32) -> Option<std::process::Child> {
    for separate in [["--mount", "--propagation=private"].as_slice(), &["--mount", "--map-root-user"]] {
        let mount = format!("mount -t tmpfs -o size={size} tmpfs \"$0\"");
        let probe = Command::new("unshare").args(separate).args(["sh", "-c", &mount]).arg(at).status();
        if !probe.is_ok_and(|status| status.success()) {
            continue;
        }
        let plain = command(&at.join("data"), &["serve", "--listen", "127.0.0.1:0", "--json"]);
        let begin = command(&at.join("data"), &["init", "--org", "Willow Care", "--admin", "Ada", "--json"]);
        let program = plain.get_program();
        let script =
            format!("{mount} && \"$1\" {} > \"$0/made\" && exec \"$1\" {}", words(&begin), words(&plain));
        let mut shell = Command::new("unshare");
        shell.args(separate).args(["sh", "-c", &script]).arg(at).arg(program);
        shell.envs(plain.get_envs().filter_map(|(key, value)| Some((key, value?))));
        return Some(shell.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    }
    None
}

fn words(command: &Command) -> String {
    command.get_args().map(|word| format!("'{}'", word.to_str().unwrap())).collect::<Vec<_>>().join(" ")
}

struct Ended(std::process::Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_not_ready_and_is_again_when_there_is_room() {
    use std::io::{BufRead, BufReader};
    let dir = tempfile::TempDir::new().unwrap();
    let Some(child) = on_a_small_disk(dir.path(), 16 << 20) else {
        eprintln!("LEFT OUT: this machine lets nobody mount a small file system (unshare, tmpfs)");
        return;
    };
    let mut child = Ended(child);
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = serde_json::from_str::<Value>(&line).unwrap()["listening"].as_str().unwrap().to_owned();
    // The disk as the server sees it.
    let disk = PathBuf::from(format!("/proc/{}/root{}", child.0.id(), dir.path().display()));
    let made: Value = serde_json::from_slice(&std::fs::read(disk.join("made")).unwrap()).unwrap();
    let mut admin = Device::enrol(&url, made["code"].as_str().unwrap()).await;
    honest(&mut admin).await;
    assert_eq!(ready(&url).await.0, 200);
    assert!(!disk.join("data/ready.probe").exists(), "nothing is left of the try");

    let mut rest = std::fs::File::create(disk.join("rest")).unwrap();
    while rest.write(&[1; 4096]).is_ok_and(|written| written > 0) {}
    let (status, why) = ready(&url).await;
    assert_eq!((status, why.as_str()), (503, "there is no room on the disk"));
    std::fs::remove_file(disk.join("rest")).unwrap();
    drop(rest);
    assert_eq!(ready(&url).await.0, 200);
    honest(&mut admin).await;
}

#[tokio::test]
async fn a_database_that_takes_no_write_is_not_ready() {
    let dir = tempfile::TempDir::new().unwrap();
    let data = dir.path().join("data");
    told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let server = crate::process::Running::start(&data, &[]);
    assert_eq!(ready(&server.url).await.0, 200);
    // What refuses every write, and lets everything be read.
    let other = rusqlite::Connection::open(data.join("fieldproof.db")).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER closed BEFORE UPDATE ON probe BEGIN SELECT raise(ABORT, 'closed'); END;",
        )
        .unwrap();
    let (status, why) = ready(&server.url).await;
    assert_eq!(status, 503);
    assert!(why.contains("takes no write"), "{why}");
    other.execute_batch("DROP TRIGGER closed").unwrap();
    assert_eq!(ready(&server.url).await.0, 200);
}
