//! Nobody has to believe us: the exported lines and `sha256sum` give the head that the phone shows.

use std::path::Path;

use tokio::process::Command;

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE};
use crate::fill;
use crate::hands::{tap, tap_at};
use crate::look::{reads, says, sees};

pub async fn anyone_can_check_it() {
    let Cast { mut server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    fill::begin(&mut sam, "check", "Medication two-minute check", Some("Bo Lindqvist")).await;
    fill::all_met(&mut sam).await;
    fill::finish(&mut sam, "done").await;
    says(&sam, "sync-chip", "All synced").await;
    tap(&mut sam, "sync-chip").await;
    sees(&sam, "sync-agrees").await;
    sam.picture("on-this-device").await;
    tap_at(&mut sam, "[data-test='sync-fingerprint-more'] summary", "").await;
    let shown = sees(&sam, "sync-head").await;
    assert_eq!(sees(&sam, "sync-held-head").await, shown, "both sides agree");
    reads(&sam, "Two-minute check").await;
    sam.picture("fingerprint").await;

    let out = server.folder.path().join("export");
    server.json(&["export", "--format", "jsonl", "--out", out.to_str().unwrap()]).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/check-heads.sh");
    let checked = Command::new("bash").arg(script).arg(&out).output().await.unwrap();
    let told = String::from_utf8(checked.stdout).unwrap();
    assert!(checked.status.success(), "{told}");
    let found: Vec<&str> = told.lines().filter(|line| line.ends_with(&shown)).collect();
    assert_eq!(found.len(), 1, "the phone shows {shown}; worked out by hand:\n{told}");
    println!("    sha256sum alone gives {shown}, which the phone shows");
    let replica = found[0].split(' ').next().unwrap().to_owned();

    let verified = server.json(&["verify"]).await;
    assert_eq!(verified["ok"], true, "{verified}");
    sam.close().await;
    server.stop().await;

    // One byte of what Sam wrote, changed behind the server's back.
    let path = server.data.join("fieldproof.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let written = std::fs::read(out.join(format!("{replica}.jsonl"))).unwrap();
    let line = written.split(|byte| *byte == b'\n').next().unwrap();
    let needle = &line[line.len() - 60..];
    let places: Vec<usize> = bytes
        .windows(needle.len())
        .enumerate()
        .filter(|(_, here)| *here == needle)
        .map(|(at, _)| at)
        .collect();
    assert!(!places.is_empty(), "the line lies in the database as it was written");
    for at in places {
        bytes[at + 20] ^= 1;
    }
    std::fs::write(&path, &bytes).unwrap();
    let (good, told) = server.command(&["verify", "--json"]).await;
    assert!(!good, "a changed byte is noticed");
    let told: serde_json::Value = serde_json::from_str(told.lines().next().unwrap()).unwrap();
    let named = told["problems"].as_array().unwrap().iter();
    let named = named.filter(|problem| problem["replica"] == replica.as_str() && problem["seq"] == 1).count();
    assert!(named > 0, "{told}");
    println!("    one byte changed: {}", told["problems"][0]);
}
