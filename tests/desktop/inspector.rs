//! WebKit's own remote inspector, which a debug build of the window opens on request: how a test
//! sees and taps what is on the screen.
//!
//! The page is reached through `Target.sendMessageToTarget`, as Safari's inspector reaches it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

pub struct Inspector {
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    page: String,
    next: u64,
}

impl Inspector {
    /// Waits until the window has a page that can be inspected.
    pub fn connect(port: u16) -> Inspector {
        let began = Instant::now();
        loop {
            if let Some(socket) = socket_of(port) {
                let url = format!("ws://127.0.0.1:{port}{socket}");
                if let Ok((socket, _)) = tungstenite::connect(&url) {
                    if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
                        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                    }
                    let mut inspector = Inspector { socket, page: String::new(), next: 0 };
                    inspector.find_page();
                    return inspector;
                }
            }
            assert!(began.elapsed() < Duration::from_secs(60), "no window came up");
            pause();
        }
    }

    fn find_page(&mut self) {
        loop {
            let said = self.hear();
            let target = &said["params"]["targetInfo"];
            if said["method"] == "Target.targetCreated" && target["type"] == "page" {
                self.page = target["targetId"].as_str().unwrap().to_owned();
                return;
            }
        }
    }

    fn hear(&mut self) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().expect("the window is still there") {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    /// What an expression of the page comes to.
    pub fn run(&mut self, expression: &str) -> Value {
        self.next += 1;
        let id = self.next;
        let asked = json!({"id": id, "method": "Runtime.evaluate",
            "params": {"expression": expression, "returnByValue": true}});
        let sent = json!({"id": 1_000_000 + id, "method": "Target.sendMessageToTarget",
            "params": {"targetId": self.page, "message": asked.to_string()}});
        self.socket.send(Message::text(sent.to_string())).unwrap();
        loop {
            let said = self.hear();
            if said["method"] == "Target.dispatchMessageFromTarget" {
                let inner: Value = serde_json::from_str(said["params"]["message"].as_str().unwrap()).unwrap();
                if inner["id"] == id {
                    return inner["result"]["result"]["value"].clone();
                }
            }
        }
    }

    /// Waits until the expression is true.
    pub fn until(&mut self, what: &str, expression: &str) {
        let began = Instant::now();
        while self.run(expression) != json!(true) {
            let text = || "document.body.innerText.slice(0, 600)";
            assert!(
                began.elapsed() < Duration::from_secs(40),
                "{what} never came; the window says: {}",
                self.run(text())
            );
            pause();
        }
    }

    /// Waits for an element by its `data-test` name.
    pub fn sees(&mut self, name: &str) {
        self.until(name, &format!("!!document.querySelector(\"[data-test='{name}']\")"));
    }

    /// Taps the first element of a selector.
    pub fn tap(&mut self, selector: &str) {
        let found = format!(
            "(() => {{ const e = document.querySelector(\"{selector}\"); return !!e && !e.disabled; }})()"
        );
        self.until(selector, &found);
        self.run(&format!("document.querySelector(\"{selector}\").click()"));
    }

    /// Writes into a field as typing would.
    pub fn write(&mut self, selector: &str, text: &str) {
        self.until(selector, &format!("!!document.querySelector(\"{selector}\")"));
        self.run(&format!(
            "(() => {{ const e = document.querySelector(\"{selector}\"); e.focus(); e.value = \"{text}\";
             e.dispatchEvent(new Event('input', {{bubbles: true}})); e.dispatchEvent(new Event('change', {{bubbles: true}})); }})()"
        ));
    }
}

/// The path of the page's socket, from the inspector's own list.
fn socket_of(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(2))).ok()?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok()?;
    let mut page = Vec::new();
    let _ = stream.read_to_end(&mut page);
    let page = String::from_utf8_lossy(&page).into_owned();
    let from = page.find("/socket/")?;
    let path: String =
        page.get(from..)?.chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect();
    Some(path)
}

#[allow(clippy::disallowed_methods, reason = "another process is waited for, and nothing tells when")]
pub fn pause() {
    std::thread::sleep(Duration::from_millis(100));
}
