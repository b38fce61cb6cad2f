//! WebDriver commands that the client library has no name for: Chromium's own protocol and its log.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
pub struct Post {
    /// Below the session.
    path: &'static str,
    body: Value,
}

impl Post {
    /// A command of Chromium's DevTools protocol.
    pub fn cdp(command: &str, params: &Value) -> Post {
        Post { path: "goog/cdp/execute", body: json!({"cmd": command, "params": params}) }
    }

    /// What the console got since the last time.
    pub fn console() -> Post {
        Post { path: "se/log", body: json!({"type": "browser"}) }
    }
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
