//! What lies on the disk, and another process that keeps the database for itself.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common::*;
use crate::process::{Running, command, told};
use crate::raw::honest;

#[tokio::test]
async fn a_database_that_another_process_holds_is_told_of_in_time_and_nothing_is_half_done() {
    let world = World::new().await;
    let mut cast = Cast::new(&world).await;
    let other = rusqlite::Connection::open(world.dir.path().join("fieldproof.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    cast.alice.write("handoff.submitted", Some(cast.north), None);
    let body = cast.alice.request(0, 1).body();
    // Twenty at once: they wait together and not one after the other.
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (alice, body) = (cast.alice.clone(), body.clone());
            tokio::spawn(async move {
                let response = alice.post(body, &[]).await;
                (response.status().as_u16(), response.headers().contains_key("retry-after"))
            })
        })
        .collect();
    let ready = reqwest::get(world.url("/v1/ready")).await.unwrap().status();
    assert_eq!(ready, 503);
    assert!(begun.elapsed() < Duration::from_secs(10), "whoever watches is told soon");
    for one in tries {
        assert_eq!(one.await.unwrap(), (503, true));
    }
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    // What was refused was not done, then or later.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(cast.alice.send(&cast.alice.request(0, 0)).await.first["head"]["seq"], 0);
    assert_eq!(cast.alice.sync().await.counts(), (1, 0, 0));
    assert_eq!(reqwest::get(world.url("/v1/ready")).await.unwrap().status(), 200);
    honest(&mut cast.bob).await;
}

#[tokio::test]
async fn a_restore_gives_no_lost_tablet_and_no_used_code_its_trust_back() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let made = told(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let server = Running::start(&data, &["--enrols-per-minute", "100"]);
    let code = made["code"].as_str().unwrap();
    let mut admin = Device::enrol(&server.url, code).await;
    honest(&mut admin).await;
    admin.set_person(new_id(), "Ben", "staff", &[]);
    admin.sync().await;
    let code = |of: &str| told(&data, &["pair", of])["code"].as_str().unwrap().to_owned();
    let mut lost = Device::enrol(&server.url, &code("Ada")).await;
    let mut kept = Device::enrol(&server.url, &code("Ada")).await;
    let (used, open) = (code("Ada"), code("Ben"));
    let copy = dir.path().join("copy.db").to_str().unwrap().to_owned();
    told(&data, &["backup", &copy]);

    told(&data, &["revoke", &lost.device.to_string()]);
    assert_eq!(try_enrol(&server.url, &used, new_id()).await.0, 201);
    told(&data, &["restore", &copy, "--force"]);
    assert_eq!(lost.sync().await.first["revoked"], true);
    assert_eq!(try_enrol(&server.url, &used, new_id()).await.0, 403);
    assert_eq!(try_enrol(&server.url, &open, new_id()).await.0, 201);
    honest(&mut kept).await;
    honest(&mut admin).await;
    drop(server);
    assert_eq!(told(&data, &["verify"])["ok"], true);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_can_read_what_the_server_writes() {
    use std::os::unix::fs::PermissionsExt;
    let dir = TempDir::new().unwrap();
    let mode = |name: &str| {
        let path = dir.path().join(name);
        std::fs::metadata(&path).unwrap_or_else(|error| panic!("{name}: {error}")).permissions().mode()
            & 0o777
    };
    // Under a shell that gives everything to everyone.
    let told_openly = |arguments: &[&str]| -> serde_json::Value {
        let plain = command(&dir.path().join("data"), arguments);
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", "umask 0; exec \"$0\" \"$@\" --json"])
            .arg(plain.get_program())
            .args(plain.get_args());
        let output = shell.envs(plain.get_envs().filter_map(|(k, v)| Some((k, v?)))).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let made = told_openly(&["init", "--org", "Willow Care", "--admin", "Ada"]);
    assert_eq!((mode("data"), mode("data/fieldproof.db")), (0o700, 0o600));
    let server = Running::start(&dir.path().join("data"), &[]);
    let mut admin = Device::enrol(&server.url, made["code"].as_str().unwrap()).await;
    honest(&mut admin).await;
    assert_eq!((mode("data/fieldproof.db-wal"), mode("data/fieldproof.db-shm")), (0o600, 0o600));
    let place = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    told_openly(&["backup", &place("copy.db")]);
    assert_eq!(mode("copy.db"), 0o600);
    told_openly(&["export", "--format", "jsonl", "--out", &place("out")]);
    told_openly(&["export", "--format", "jsonl", "--out", &place("out")]);
    assert_eq!((mode("out"), mode("out/heads.json")), (0o700, 0o600));
    assert_eq!(mode(&format!("out/{}.jsonl", admin.replica)), 0o600);
    told_openly(&["--data", &place("again"), "restore", &place("copy.db")]);
    assert_eq!((mode("again"), mode("again/fieldproof.db")), (0o700, 0o600));
    drop(server);

    // One that an earlier version left open to all is shut; what its group may, it may still.
    let database = dir.path().join("data/fieldproof.db");
    std::fs::set_permissions(&database, std::fs::Permissions::from_mode(0o646)).unwrap();
    told(&dir.path().join("data"), &["people"]);
    assert_eq!(mode("data/fieldproof.db"), 0o640);

    // A link that somebody laid where a backup is to be begun is not followed.
    std::os::unix::fs::symlink(dir.path().join("victim"), dir.path().join("second.db.partial")).unwrap();
    told_openly(&["backup", &place("second.db")]);
    assert!(!dir.path().join("victim").exists());
    assert_eq!(mode("second.db"), 0o600);
}
