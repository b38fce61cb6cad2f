//! `verify` beside a busy server: it accuses nobody, and afterwards it still finds what was altered.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common::*;
use crate::process::{Running, run, told};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verify_finds_nothing_beside_eight_writers() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let server = Running::start(&data, &["--enrols-per-minute", "100"]);
    let admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    let mut devices = vec![admin];
    for _ in 1..8 {
        let code = told(&data, &["pair", "Ada"])["code"].as_str().unwrap().to_owned();
        devices.push(Device::enrol(&server.url, &code).await);
    }
    let until = Instant::now() + Duration::from_secs(8);
    let writers: Vec<_> = devices
        .into_iter()
        .map(|mut device| {
            tokio::spawn(async move {
                device.pull = 0;
                while Instant::now() < until && device.lines.len() < 2_000 {
                    for _ in 0..10 {
                        device.write("balloon.launched", None, None);
                    }
                    device.sync().await;
                }
                device.lines.len()
            })
        })
        .collect();
    // Checkpoints in between, so that the log is begun anew often.
    let log = rusqlite::Connection::open(data.join("fieldproof.db")).unwrap();
    log.busy_timeout(Duration::from_secs(10)).unwrap();
    let mut rounds = 0;
    while Instant::now() < until {
        let _ = log.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        let data = data.clone();
        let output = tokio::task::spawn_blocking(move || run(&data, &["verify", "--json"])).await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        rounds += 1;
    }
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap();
    }
    println!("{rounds} rounds beside {written} lines");
    assert!(rounds >= 3 && written >= 80, "{rounds} rounds beside {written} lines");

    // A line that is altered is found at once, however often it is read.
    let altered = "UPDATE event SET line = CAST(replace(line, 'balloon', 'baloons') AS BLOB) WHERE seq = 5";
    log.execute(altered, []).unwrap();
    let output = run(&data, &["verify"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && said.contains("line 5: a byte"), "{said}");
    assert!(said.contains("Do not restore a backup yet"), "{said}");
    drop(server);
}
