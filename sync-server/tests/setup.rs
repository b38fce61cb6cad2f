//! From nothing to a server that phones reach, as an operator does it: `init` tells the next step,
//! commands find the service's data, `serve` refuses where there is nothing to serve, and what is
//! shipped in `deploy` does what it says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use common::*;
use serde_json::{Value, json};
use sync_server::seams::Seams;
use sync_server::storage::sqlite::Sqlite;
use sync_server::{Server, Settings, commands};
use tempfile::TempDir;

/// The program in an environment that holds nothing of ours.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("FIELDPROOF_"))
    {
        command.env_remove(name);
    }
    command.env("FIELDPROOF_SETTINGS", "/nowhere/server.env").env("TZ", "UTC").args(arguments);
    command
}

fn with_data(data: &Path, arguments: &[&str]) -> Command {
    let mut command = program(arguments);
    command.arg("--data").arg(data);
    command
}

/// What it said, and that it went well.
fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Why it refused.
fn refused(command: &mut Command) -> String {
    let Output { status, stderr, stdout } = command.output().unwrap();
    assert!(!status.success(), "{}", String::from_utf8_lossy(&stdout));
    String::from_utf8(stderr).unwrap()
}

fn place() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    (dir, data)
}

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn nothing_is_served_where_there_is_no_organisation() {
    let (_dir, data) = place();
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let why = refused(&mut with_data(&data, &serve));
    assert!(why.contains("run `init` first") && why.contains(data.to_str().unwrap()), "{why}");
    assert!(!data.exists(), "a wrong name leaves nothing behind");
    // A database without an organisation: `init` was ended in the middle.
    let storage = Arc::new(Sqlite::open(&data).unwrap());
    let why = refused(&mut with_data(&data, &serve));
    assert!(why.contains("run `init` first") && why.contains(data.to_str().unwrap()), "{why}");

    // And a server that has none, however it came to it, is not ready.
    let server = Server::start("127.0.0.1:0".parse().unwrap(), storage.clone(), Settings::default());
    let server = server.await.unwrap();
    let ready = format!("http://{}/v1/ready", server.address());
    let answer = reqwest::get(&ready).await.unwrap();
    assert_eq!(answer.status(), 503);
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(body["code"], "unavailable");
    commands::init(&*storage, &Seams::default(), "Willow Care", "Ada", 15).await.unwrap();
    assert_eq!(reqwest::get(&ready).await.unwrap().status(), 200);
    server.stop().await;
}

#[test]
fn a_number_that_makes_no_sense_is_refused() {
    let (_dir, data) = place();
    said(&mut with_data(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]));
    for arguments in [
        &["pair", "Ada", "--pairing-minutes", "0"][..],
        &["pair", "Ada", "--pairing-minutes", "5256000"],
        &["serve", "--pairing-minutes", "0"],
        &["serve", "--token-days", "0"],
        &["serve", "--enrols-per-minute", "0"],
        &["serve", "--connections-per-address", "0"],
        &["serve", "--tls-check-seconds", "0"],
        &["backup", "x", "--keep", "0"],
        &["pair", "Ada", "--url", "sync.example.org"],
        &["export", "--format", "csv", "--out", "x"],
    ] {
        let why = refused(&mut with_data(&data, arguments));
        assert!(why.contains("invalid value"), "{arguments:?}: {why}");
    }
    said(&mut with_data(&data, &["pair", "Ada", "--pairing-minutes", "10080"]));
}

#[test]
fn init_and_pair_give_the_link_and_say_what_comes_next() {
    let (_dir, data) = place();
    let mut init = with_data(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]);
    let text = said(init.env("FIELDPROOF_URL", "https://sync.example.org/"));
    assert!(text.contains("https://sync.example.org/#pair=") && text.contains(" UTC"), "{text}");
    assert!(text.contains("Next:") && text.contains("sync-server pair 'Ada'"), "{text}");
    let told: Value = serde_json::from_str(&said(&mut with_data(&data, &["pair", "Ada", "--json"]))).unwrap();
    let code = told["code"].as_str().unwrap();
    assert_eq!(told["link"], json!(format!("http://127.0.0.1:8787/#pair={code}")));
    // By both clocks where they differ; and that the address is this machine's is said.
    let text = said(with_data(&data, &["pair", "Ada"]).env("TZ", "America/New_York"));
    assert!(text.contains(" here (") && text.contains(" UTC)"), "{text}");
    assert!(text.contains("this machine only") && text.contains("FIELDPROOF_URL"), "{text}");
}

#[test]
fn commands_find_the_data_of_the_service() {
    let (dir, data) = place();
    let settings = dir.path().join("server.env");
    let text =
        format!("# ours\nFIELDPROOF_DATA=\"{}\"\nFIELDPROOF_URL=https://care.example\n", data.display());
    std::fs::write(&settings, text).unwrap();
    let typed = |arguments: &[&str]| {
        let mut command = program(arguments);
        command.env("FIELDPROOF_SETTINGS", &settings).current_dir(dir.path());
        command
    };
    let text = said(&mut typed(&["init", "--org", "Willow Care", "--admin", "Ada"]));
    assert!(data.join("fieldproof.db").exists() && text.contains("https://care.example/#pair="), "{text}");
    said(&mut typed(&["pair", "Ada"]));
    // Whoever names a directory means that one, and nothing of the file.
    let other = dir.path().join("other");
    let why = refused(typed(&["pair", "Ada"]).arg("--data").arg(&other));
    assert!(why.contains(other.to_str().unwrap()), "{why}");
    refused(typed(&["pair", "Ada"]).env("FIELDPROOF_DATA", &other));
    let text = said(typed(&["pair", "Ada"]).env("FIELDPROOF_DATA", &data));
    assert!(text.contains("http://127.0.0.1:8787/#pair="), "{text}");
    // One that is there and cannot be read is no reason to work on another database.
    let why = refused(typed(&["pair", "Ada"]).env("FIELDPROOF_SETTINGS", dir.path()));
    assert!(why.contains("settings cannot be read"), "{why}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn systemd_hears_that_the_server_is_ready_once_it_answers() {
    let (dir, data) = place();
    said(&mut with_data(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]));
    let path = dir.path().join("notify");
    let socket = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
    let mut command = with_data(&data, &["serve", "--listen", "127.0.0.1:0", "--json"]);
    let mut server = Running(command.env("NOTIFY_SOCKET", &path).stdout(Stdio::piped()).spawn().unwrap());
    let mut state = [0; 64];
    let length = socket.recv(&mut state).unwrap();
    assert_eq!(&state[..length], b"READY=1");
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let ready = reqwest::get(format!("{}/v1/ready", told["listening"].as_str().unwrap())).await.unwrap();
    assert_eq!(ready.status(), 200);
    let id = server.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let length = socket.recv(&mut state).unwrap();
    assert_eq!(&state[..length], b"STOPPING=1");
    assert!(server.0.wait().unwrap().success());
}

#[tokio::test]
async fn the_figures_are_for_this_machine() {
    let closed = World::new().await;
    let client = reqwest::Client::new();
    let ask = |world: &World, header: Option<(&str, &str)>| {
        let request = client.get(world.url("/metrics"));
        let request = match header {
            Some((name, value)) => request.header(name, value),
            None => request,
        };
        async move { request.send().await.unwrap().status() }
    };
    assert_eq!(ask(&closed, None).await, 200);
    assert_eq!(ask(&closed, Some(("x-forwarded-for", "192.0.2.7"))).await, 404);
    assert_eq!(ask(&closed, Some(("forwarded", "for=192.0.2.7"))).await, 404);
    let open = World::with(|settings| settings.open_metrics = true).await;
    assert_eq!(ask(&open, Some(("x-forwarded-for", "192.0.2.7"))).await, 200);
    assert!(include_str!("../deploy/Caddyfile").contains("respond /metrics* 404"));
}

#[test]
fn the_drill_says_whether_the_newest_backup_is_sound() {
    let (dir, data) = place();
    said(&mut with_data(&data, &["init", "--org", "Willow Care", "--admin", "Ada"]));
    let (backups, place) = (dir.path().join("backups"), dir.path().join("place"));
    std::fs::create_dir(&place).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/fieldproof-drill");
    let drill = || {
        let programs = Path::new(env!("CARGO_BIN_EXE_sync-server")).parent().unwrap();
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("sh");
        command.arg(&script).arg(&backups).env("PATH", path).env("FIELDPROOF_DRILL", &place);
        command
    };
    assert!(refused(&mut drill()).contains("no backup"));
    said(&mut with_data(&data, &["backup", "--keep", "3", backups.to_str().unwrap()]));
    let text = said(&mut drill());
    assert!(text.contains("restored") && text.contains("fieldproof-2"), "{text}");
    // A newer one that is damaged is the one that is drilled.
    std::fs::write(backups.join("fieldproof-2999-01-01T000000Z.db"), "junk").unwrap();
    assert!(refused(&mut drill()).contains("not a sound Fieldproof database"));
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0, "it leaves nothing behind");
}

#[test]
fn help_offers_only_what_there_is() {
    let mut all = said(&mut program(&["--help"]));
    for command in ["serve", "init", "pair", "export", "backup", "restore", "verify"] {
        all.push_str(&said(&mut program(&[command, "--help"])));
    }
    for word in ["postgres", "csv", "xlsx", "fhir"] {
        assert!(!all.contains(word), "{word} is offered");
    }
    assert!(all.contains("FIELDPROOF_LOG"));
    // What the shipped settings name is a setting.
    for line in include_str!("../deploy/server.env").lines() {
        let Some((name, _)) =
            line.trim_start_matches('#').split_once('=').filter(|(name, _)| !name.contains(' '))
        else {
            continue;
        };
        let known = all.contains(&format!("[env: {name}=")) || name == "FIELDPROOF_LOG";
        assert!(known, "{name} is no setting");
    }
}
