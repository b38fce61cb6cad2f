//! One person's device: a browser with a profile folder of its own that outlives the browser.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Stdio;

use base64::Engine;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::cdp::Post;
use crate::{look, pictures};

/// What kind of device: its screen in CSS pixels, and whether it is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub width: u32,
    pub height: u32,
    pub touch: bool,
}

pub const PHONE: Shape = Shape { width: 390, height: 844, touch: true };
pub const TABLET: Shape = Shape { width: 1024, height: 768, touch: true };
/// The smallest phone that is promised a primary action in reach (UX 2).
pub const SMALL: Shape = Shape { width: 360, height: 640, touch: true };
/// What a page must fit into without scrolling sideways (WCAG 1.4.10).
pub const NARROW: Shape = Shape { width: 320, height: 640, touch: true };

struct Open {
    driver: Child,
    client: Client,
    browser: Browser,
}

/// The browser's process: none outlives its test, also where that fails.
struct Browser(u32);

impl Drop for Browser {
    fn drop(&mut self) {
        // It has ended by itself where it was closed.
        let _ = std::process::Command::new("kill")
            .args(["-KILL", &self.0.to_string()])
            .stderr(Stdio::null())
            .status();
    }
}

pub struct Device {
    pub name: &'static str,
    pub shape: Shape,
    profile: TempDir,
    open: Option<Open>,
    /// How often the person touched the screen.
    pub taps: u32,
    /// Parts of console messages that this moment of the story explains.
    expected: BTreeSet<&'static str>,
}

impl Device {
    /// A device that was never used before, its browser open on nothing.
    pub async fn new(name: &'static str, shape: Shape) -> Device {
        let mut device = Device::off(name, shape);
        device.launch().await;
        device
    }

    fn off(name: &'static str, shape: Shape) -> Device {
        let profile = tempfile::Builder::new().prefix("fieldproof-browser-").tempdir().unwrap();
        Device { name, shape, profile, open: None, taps: 0, expected: BTreeSet::new() }
    }

    /// Another device with a copy of all that a closed browser keeps.
    pub async fn copied(name: &'static str, from: &Device) -> Device {
        let mut device = Device::off(name, from.shape);
        let from = from.folder().join(".");
        let copy = Command::new("cp").arg("-a").args([&from, &device.folder()]).status().await.unwrap();
        assert!(copy.success());
        device.launch().await;
        device
    }

    /// Where the browser keeps everything.
    pub fn folder(&self) -> PathBuf {
        self.profile.path().to_owned()
    }

    /// Starts the browser with this device's profile.
    pub async fn launch(&mut self) {
        assert!(self.open.is_none(), "{}'s browser is open already", self.name);
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is missing: apt-get install chromium chromium-driver");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver says its port");
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // Whoever does not read it fills the pipe.
        tokio::task::spawn_local(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let args = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--lang=en-US".to_owned(),
            "--force-color-profile=srgb".to_owned(),
            format!("--window-size={},{}", self.shape.width, self.shape.height),
            format!("--user-data-dir={}", self.profile.path().display()),
        ];
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": args },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        let browser = Browser(browser_of(driver.id().unwrap()).expect("chromedriver started a browser"));
        self.open = Some(Open { driver, client, browser });
        self.resize(self.shape).await;
    }

    fn at(&self) -> &Open {
        self.open.as_ref().unwrap_or_else(|| panic!("{}'s browser is closed", self.name))
    }

    pub fn client(&self) -> &Client {
        &self.at().client
    }

    /// Closes the browser as a person would.
    pub async fn close(&mut self) {
        self.check_console().await;
        let Open { mut driver, client, browser } = self.open.take().unwrap();
        client.close().await.unwrap();
        driver.kill().await.unwrap();
        drop(browser);
    }

    /// The browser is killed (SIGKILL) in the middle of whatever it does: no page hears of it.
    pub async fn kill(&mut self) {
        self.check_console().await;
        let Open { mut driver, client, browser } = self.open.take().unwrap();
        drop(browser);
        driver.kill().await.unwrap();
        drop(client);
    }

    /// Another screen for the same page: turned, smaller, a tablet.
    pub async fn resize(&mut self, shape: Shape) {
        self.shape = shape;
        let Shape { width, height, touch } = shape;
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 2, "mobile": touch});
        self.cdp("Emulation.setDeviceMetricsOverride", screen).await;
        // What a larger page zoomed out, or a focus moved, does not stay.
        self.cdp("Emulation.setPageScaleFactor", json!({"pageScaleFactor": 1})).await;
        self.cdp("Emulation.setTouchEmulationEnabled", json!({"enabled": touch, "maxTouchPoints": 5})).await;
    }

    /// What the system says about light and dark.
    pub async fn prefers(&self, theme: &str) {
        let features = json!([
            {"name": "prefers-color-scheme", "value": theme},
            // Pictures and contrasts are of pages at rest.
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        self.client()
            .issue_cmd(Post::cdp(command, &params))
            .await
            .unwrap_or_else(|error| panic!("{}: {command}: {error}", self.name))
    }

    /// Runs `script` as the body of a function with `args`.
    pub async fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.client()
            .execute(script, args)
            .await
            .unwrap_or_else(|error| panic!("{}: a script failed: {error}\n{script}", self.name))
    }

    /// The same for a body that may `await`; what it throws is the answer `{"thrown": …}`.
    pub async fn wait_for(&self, script: &str, args: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async function () {{ {script} }}).apply(null, arguments).then(
               (value) => done(value === undefined ? null : value), (error) => done({{thrown: String(error)}}));"
        );
        let answer = self.client().execute_async(&script, args).await;
        let answer = answer.unwrap_or_else(|error| panic!("{}: a script failed: {error}", self.name));
        assert!(answer.get("thrown").is_none(), "{}: {}", self.name, answer["thrown"]);
        answer
    }

    pub async fn goto(&self, url: &str) {
        self.client().goto(url).await.unwrap_or_else(|error| panic!("{}: {url}: {error}", self.name));
    }

    /// Keeps a picture of what is on the screen now.
    pub async fn picture(&self, name: &str) {
        look::at_rest(self).await;
        let shot = self.cdp("Page.captureScreenshot", json!({"format": "png"})).await;
        let bytes = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap();
        std::fs::write(pictures::next(&format!("{}-{name}", self.name)), bytes).unwrap();
    }

    /// From now on a console message with these words is part of the story.
    pub fn expect(&mut self, words: &'static str) {
        self.expected.insert(words);
    }

    /// Fails on any error, warning or policy violation that nothing explains.
    pub async fn check_console(&self) {
        let log = self.client().issue_cmd(Post::console()).await.unwrap();
        let unexplained: Vec<String> = log
            .as_array()
            .into_iter()
            .flatten()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| format!("{} {}", entry["level"], entry["message"].as_str().unwrap_or_default()))
            .filter(|line| !self.expected.iter().any(|words| line.contains(words)))
            .collect();
        assert!(unexplained.is_empty(), "{}'s console: {unexplained:#?}", self.name);
    }
}

/// The browser that a driver started: its child.
fn browser_of(driver: u32) -> Option<u32> {
    let children = std::fs::read_to_string(format!("/proc/{driver}/task/{driver}/children")).ok()?;
    let child = |list: &str| list.split_whitespace().next().and_then(|id| id.parse().ok());
    child(&children).or_else(|| {
        // Another thread of the driver may have started it.
        std::fs::read_dir(format!("/proc/{driver}/task"))
            .ok()?
            .flatten()
            .find_map(|task| child(&std::fs::read_to_string(task.path().join("children")).ok()?))
    })
}
