//! The server as a process of its own: started, told to end, and started again on the same data.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Where cargo builds, which is where `cargo xtask` puts what it builds.
pub fn target() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |set| root.join(set))
}

/// The built app.
pub fn dist() -> PathBuf {
    let dist = std::env::var_os("FIELDPROOF_DIST").map_or_else(|| target().join("web/dist"), PathBuf::from);
    assert!(dist.join("index.html").exists(), "no app at {}: cargo xtask web builds it", dist.display());
    dist
}

fn program() -> PathBuf {
    if let Some(set) = std::env::var_os("FIELDPROOF_SERVER") {
        return set.into();
    }
    let built = ["release", "debug"].map(|kind| target().join(kind).join("sync-server"));
    let found = built.iter().find(|path| path.exists());
    found.expect("no server: cargo build --release -p sync-server").clone()
}

pub struct Server {
    /// Gone with the server.
    pub folder: TempDir,
    pub data: PathBuf,
    pub dist: PathBuf,
    port: u16,
    process: Option<Child>,
}

impl Server {
    /// A server with a new database; not started.
    pub fn new() -> Server {
        let folder = tempfile::Builder::new().prefix("fieldproof-server-").tempdir().unwrap();
        Server { data: folder.path().join("data"), folder, dist: dist(), port: 0, process: None }
    }

    /// The address, as a browser and a device know it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it, the first time on a free port, later on the same.
    pub async fn start(&mut self) {
        self.run("serve", &["--enrols-per-minute", "10000"]).await;
    }

    async fn run(&mut self, command: &str, args: &[&str]) -> Value {
        let mut process = Command::new(program())
            .args([command, "--json"])
            .args(args)
            .arg("--data")
            .arg(&self.data)
            .arg("--app")
            .arg(&self.dist)
            .args(["--listen", &format!("127.0.0.1:{}", self.port)])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the server says where it listens");
        let said: Value = serde_json::from_str(&line).unwrap();
        self.port = said["listening"].as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        self.process = Some(process);
        said
    }

    /// Starts it with a demo organisation instead; what it says, with links to pair by. Started again
    /// it is an ordinary server on the same data.
    pub async fn demo(&mut self, args: &[&str]) -> Value {
        self.run("demo", args).await
    }

    /// Tells the process to end (SIGTERM) and waits until it is gone.
    pub async fn stop(&mut self) {
        let mut process = self.process.take().expect("the server runs");
        let id = process.id().expect("the server has not ended by itself").to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let ended = process.wait().await.unwrap();
        assert!(ended.success(), "the server ended with {ended}");
    }

    /// Runs one of the server's commands beside it; what it printed and whether it went well.
    pub async fn command(&self, args: &[&str]) -> (bool, String) {
        let done = Command::new(program())
            .args(args)
            .arg("--data")
            .arg(&self.data)
            .output()
            .await
            .expect("the server's command");
        let said = if done.status.success() { done.stdout } else { [done.stdout, done.stderr].concat() };
        (done.status.success(), String::from_utf8(said).unwrap())
    }

    /// The same, for commands that must go well, as JSON.
    pub async fn json(&self, args: &[&str]) -> Value {
        let (good, out) = self.command(&[args, &["--json"]].concat()).await;
        assert!(good, "{args:?} failed: {out}");
        serde_json::from_str(&out).unwrap()
    }

    /// A pairing code for a person, by exact name.
    pub async fn code(&self, name: &str) -> String {
        self.json(&["pair", name]).await["code"].as_str().unwrap().to_owned()
    }

    /// The link that an administrator would send: the server's address goes with the code.
    pub fn link(&self, code: &str) -> String {
        let server = self.url().replace(':', "%3A").replace('/', "%2F");
        format!("{}/#pair={code}&server={server}", self.url())
    }
}
