//! The server as a process of its own, and its commands beside it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};

use serde_json::Value;

use crate::part;

pub struct Server {
    pub data: PathBuf,
    pub url: String,
    child: Child,
}

/// Runs one command over a data folder.
pub fn command(data: &Path, arguments: &[&str]) -> Output {
    part::command("server").env("FIELDPROOF_DATA", data).args(arguments).arg("--json").output().unwrap()
}

/// The same, which must succeed, and its answer.
pub fn told(data: &Path, arguments: &[&str]) -> Value {
    let output = command(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

impl Server {
    /// Starts it at `listen`, or gives what it said instead.
    pub fn try_start(data: &Path, listen: &str) -> Result<Server, String> {
        let mut child = part::command("server")
            .env("FIELDPROOF_DATA", data)
            .args(["serve", "--json", "--enrols-per-minute", "1000", "--listen", listen])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let said = child.wait_with_output().unwrap().stderr;
            return Err(String::from_utf8_lossy(&said).into_owned());
        }
        let listening: Value = serde_json::from_str(&line).unwrap();
        let url = listening["listening"].as_str().unwrap().to_owned();
        Ok(Server { data: data.to_owned(), url, child })
    }

    pub fn start(data: &Path, listen: &str) -> Server {
        Server::try_start(data, listen).unwrap()
    }

    /// The address by which devices know it.
    pub fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// `kill -9`: nothing in the process hears of it.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
