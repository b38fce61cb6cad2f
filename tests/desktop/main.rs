//! The same app as a window: it pairs, saves, is killed, and finds it again.
//!
//! Needs a display (`cargo xtask test desktop` brings Xvfb) and the server's program
//! (`FIELDPROOF_SERVER`).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops at the line that failed"
)]

mod inspector;
mod keyring;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use inspector::Inspector;
use serde_json::Value;

const PIN: &str = "135790";

/// Killed with the test, also where it fails.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn server() -> PathBuf {
    std::env::var_os("FIELDPROOF_SERVER").expect("cargo xtask test desktop sets FIELDPROOF_SERVER").into()
}

fn said(data: &Path, arguments: &[&str]) -> Value {
    let out =
        Command::new(server()).args(arguments).arg("--json").env("FIELDPROOF_DATA", data).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap()
}

fn serve(data: &Path) -> (Process, String) {
    let mut process = Command::new(server())
        .args(["serve", "--json", "--listen", "127.0.0.1:0"])
        .env("FIELDPROOF_DATA", data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    let port = said["listening"].as_str().unwrap().rsplit(':').next().unwrap();
    let address = format!("127.0.0.1:{}", port.trim_end_matches('/'));
    (Process(process), address)
}

/// No session bus: then a file beside the data folder is the way.
const NO_BUS: &str = "unix:path=/nowhere";

fn window(data: &Path, link: &str, bus: &str) -> (Process, Inspector) {
    // A free port: taken, and given back just before the window takes it.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let process = Command::new(env!("CARGO_BIN_EXE_fieldproof"))
        .arg(link)
        .env("FIELDPROOF_DATA", data)
        .env("WEBKIT_INSPECTOR_HTTP_SERVER", format!("127.0.0.1:{port}"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("LANG", "en_US.UTF-8")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    (Process(process), Inspector::connect(port))
}

fn pair(screen: &mut Inspector) {
    screen.sees("pair");
    screen.tap("[data-test='pair-next']");
    screen.write("[data-test='pin-new'] input, input[data-test='pin-new']", PIN);
    screen.write("[data-test='pin-again'] input, input[data-test='pin-again']", PIN);
    screen.tap("[data-test='pair-finish']");
    screen.sees("today");
}

fn unlock(screen: &mut Inspector, pin: &str) {
    screen.write("[data-test='pin'] input, input[data-test='pin']", pin);
    // The sixth digit has opened already; a thumb taps all the same, and must not change what is said.
    screen.run("document.querySelector(\"[data-test='unlock']\")?.click()");
}

#[test]
#[ignore = "needs a display and the server's program: cargo xtask test desktop"]
fn the_window_pairs_saves_is_killed_and_finds_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, phone) = (folder.path().join("server"), folder.path().join("phone"));
    let made = said(&data, &["init", "--org", "Harbor", "--admin", "Ada Stone"]);
    let (_server, address) = serve(&data);
    let code = made["code"].as_str().unwrap();

    let link = format!("http://{address}/#pair={code}");
    let (mut ada, mut screen) = window(&phone, &link, NO_BUS);
    pair(&mut screen);
    screen.sees("no-standards");
    screen.tap("[data-test='no-standards'] button");
    // Published, saved, and with the server: the chip says so only then.
    let synced = "document.querySelector(\"[data-test='sync-chip']\").innerText.includes('All synced')";
    screen.until("begin", "!document.querySelector(\"[data-test='no-standards']\")");
    screen.until("all synced", synced);
    let devices = said(&data, &["devices"]);
    assert_eq!(devices.as_array().unwrap().len(), 1);
    let _ = ada.0.kill();
    drop((ada, screen));

    let (_ada, mut screen) = window(&phone, "", NO_BUS);
    unlock(&mut screen, "000000");
    screen.until("a wrong PIN is told", "document.body.innerText.includes('does not open these records')");
    unlock(&mut screen, PIN);
    screen.sees("today");
    screen.tap("[data-test='nav-more']");
    screen.tap("[data-test='more-standards']");
    let keys = std::fs::read_dir(folder.path().join("phone.keys")).unwrap().count();
    assert_eq!(keys, 1, "the device's part of the key lies outside the data folder");
    screen.until("the standards", "document.body.innerText.includes('Medication two-minute check')");
    for entry in std::fs::read_dir(&phone).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let word = b"Medication two-minute check";
            assert!(
                !bytes.windows(word.len()).any(|window| window == word),
                "{} is readable",
                path.display()
            );
        }
    }
}

#[test]
#[ignore = "needs a display and the server's program: cargo xtask test desktop"]
fn the_systems_key_store_keeps_the_devices_part_and_when_it_is_away_that_is_told() {
    let session = keyring::Session::start();
    let key_store = session.key_store();
    let folder = tempfile::tempdir().unwrap();
    let (data, phone) = (folder.path().join("server"), folder.path().join("phone"));
    let made = said(&data, &["init", "--org", "Harbor", "--admin", "Ada Stone"]);
    let (_server, address) = serve(&data);
    let link = format!("http://{address}/#pair={}", made["code"].as_str().unwrap());

    let (ada, mut screen) = window(&phone, &link, &session.address);
    pair(&mut screen);
    screen.tap("[data-test='nav-more']");
    screen.until(
        "where the key lies",
        "document.querySelector(\"[data-test='key-place']\").innerText.includes('key store of the system')",
    );
    assert!(!folder.path().join("phone.keys").exists(), "no file where there is a key store");
    drop((ada, screen));

    // Away: told, and nothing is lost.
    drop(key_store);
    session.wait_until(false);
    let (ada, mut screen) = window(&phone, "", &session.address);
    unlock(&mut screen, PIN);
    screen
        .until("it is told", "document.body.innerText.includes('key store of this device does not answer')");
    drop((ada, screen));

    // Back, as after a login.
    let _key_store = session.key_store();
    let (_ada, mut screen) = window(&phone, "", &session.address);
    unlock(&mut screen, PIN);
    screen.sees("today");
}
