//! TLS as an operator has it: the real process, a certificate of an authority of one's own, and a
//! new one put in its place while a connection goes on.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::*;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::Value;
use tempfile::TempDir;

/// An authority that nobody else trusts, and what it signs.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for this machine until a year, and its key.
    fn sign(&self, until: i32) -> (String, String) {
        let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.0).unwrap().pem(), key.serialize_pem())
    }

    fn client(&self) -> reqwest::Client {
        let root = reqwest::Certificate::from_pem(self.0.pem().as_bytes()).unwrap();
        let builder = reqwest::Client::builder().add_root_certificate(root).no_gzip();
        builder.timeout(Duration::from_secs(20)).build().unwrap()
    }
}

struct Files {
    cert: PathBuf,
    key: PathBuf,
}

impl Files {
    fn put(&self, (cert, key): &(String, String)) {
        std::fs::write(&self.cert, cert).unwrap();
        std::fs::write(&self.key, key).unwrap();
    }
}

fn serve(data: &Path, files: &Files, check: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-server"));
    command.env("FIELDPROOF_DATA", data).env("FIELDPROOF_LOG", "info").arg("--json").arg("serve");
    command.args(["--listen", "127.0.0.1:0", "--tls-check-seconds", check]);
    command.env("FIELDPROOF_TLS_CERT", &files.cert).arg("--tls-key").arg(&files.key);
    command
}

struct Running {
    child: Child,
    url: String,
    log: std::sync::mpsc::Receiver<String>,
}

impl Running {
    fn start(mut command: Command) -> Running {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        let (said, log) = std::sync::mpsc::channel();
        let err = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || err.lines().map_while(Result::ok).for_each(|line| drop(said.send(line))));
        Running { child, url: told["listening"].as_str().unwrap().to_owned(), log }
    }

    fn hang_up(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-HUP", &pid]).status().unwrap().success());
    }

    /// Waits until the log says so.
    fn says(&self, words: &str) {
        while let Ok(line) = self.log.recv_timeout(Duration::from_secs(20)) {
            if line.contains(words) {
                return;
            }
        }
        panic!("the log never said: {words}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn reaches(client: &reqwest::Client, url: &str) -> bool {
    client.get(format!("{url}/v1/ready")).send().await.is_ok_and(|response| response.status() == 200)
}

fn place() -> (TempDir, PathBuf, Files) {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    let files = Files { cert: dir.path().join("cert.pem"), key: dir.path().join("key.pem") };
    (dir, data, files)
}

#[tokio::test]
async fn alice_syncs_over_tls_while_the_certificate_is_exchanged() {
    let (_dir, data, files) = place();
    let (old, new) = (Authority::new(), Authority::new());
    files.put(&old.sign(2090));
    let made = Command::new(env!("CARGO_BIN_EXE_sync-server"))
        .args(["init", "--org", "Willow Care", "--admin", "Alice", "--json", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let mut server = Running::start(serve(&data, &files, "1"));
    assert!(server.url.starts_with("https://"));

    let client = old.client();
    let enrolled = client
        .post(format!("{}/v1/enrol", server.url))
        .header("content-type", "application/json")
        .body(
            serde_json::json!({
                "code": made["code"], "device": {"name": "Pixel 8", "platform": "android"}, "replica": new_id()
            })
            .to_string(),
        );
    let response = enrolled.send().await.unwrap();
    assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
    let enrolled: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    let mut alice = Device {
        url: server.url.clone(),
        token: enrolled["token"].as_str().unwrap().to_owned(),
        device: enrolled["device"].as_str().unwrap().parse().unwrap(),
        person: enrolled["person"]["person"].as_str().unwrap().parse().unwrap(),
        replica: new_id(),
        lines: Vec::new(),
        sent: 0,
        cursors: std::collections::BTreeMap::new(),
        pull: 1000,
        client,
    };
    alice.set_site(new_id(), "North");
    assert_eq!(alice.sync().await.counts(), (1, 0, 0));

    // What speaks no TLS is closed, and what says nothing holds up nobody.
    let address = server.url.trim_start_matches("https://").to_owned();
    let _silent = std::net::TcpStream::connect(&address).unwrap();
    let mut plain = std::net::TcpStream::connect(&address).unwrap();
    plain.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    plain.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut said = Vec::new();
    let _ = plain.read_to_end(&mut said);
    assert!(!String::from_utf8_lossy(&said).contains("HTTP/"), "nothing is answered in plain");

    // A new pair by SIGHUP: alice's connection goes on, a new one meets the new certificate.
    files.put(&new.sign(2091));
    server.hang_up();
    server.says("a new certificate is served; it ends on 2091-01-01");
    alice.set_site(new_id(), "South");
    assert_eq!(alice.sync().await.counts(), (1, 0, 0), "her connection has the old one still");
    assert!(reaches(&new.client(), &server.url).await);
    assert!(!reaches(&old.client(), &server.url).await, "a new connection has the new one");

    // A bad one stays out, by change of the file alone; the next good one comes in the same way.
    let good = new.sign(2092);
    files.put(&(good.0.clone(), new.sign(2092).1));
    server.says("does not belong to the certificate");
    std::fs::write(&files.cert, "no certificate at all").unwrap();
    server.says("there is no certificate in");
    assert!(reaches(&new.client(), &server.url).await, "the one from before is served on");
    files.put(&good);
    server.says("a new certificate is served; it ends on 2092-01-01");
    assert!(reaches(&new.client(), &server.url).await);
    let metrics = new.client().get(format!("{}/metrics", server.url)).send().await.unwrap();
    assert!(metrics.text().await.unwrap().contains("fieldproof_tls_certificate_end_seconds 3849984000"));

    // One who has not even said what it wants does not hold up the end.
    let _silent = std::net::TcpStream::connect(&address).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let begun = std::time::Instant::now();
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(server.child.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn a_pair_that_cannot_be_used_is_refused_at_the_start_in_words() {
    let (_dir, data, files) = place();
    let authority = Authority::new();
    let good = authority.sign(2090);
    for (pair, words) in [
        ((good.0.clone(), authority.sign(2090).1), "does not belong to the certificate"),
        ((String::new(), good.1.clone()), "there is no certificate in"),
        ((good.0.clone(), "nothing".to_owned()), "there is no private key in"),
        (authority.sign(2001), "ended on 2001-01-01"),
    ] {
        files.put(&pair);
        let output = serve(&data, &files, "60").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(words), "{said}");
    }
    std::fs::remove_file(&files.cert).unwrap();
    let output = serve(&data, &files, "60").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("cert.pem cannot be read"));
    assert!(!data.join("fieldproof.db").exists(), "nothing was begun");
}
