//! The app's own files, handed out so that a browser takes it as the app it is: right types, the
//! strict policy it was built for, kept for ever where the name says what is inside.
//!
//! Invariant: only plain files below the directory leave it, whatever the address says.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any};
use bytes::Bytes;
use fieldproof::record::Head;

use super::body::{Coding, accepts};
use super::problem::Refusal;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    ),
    (header::VARY, "accept-encoding"),
];

/// The codings that a file may lie packed in beside itself, and how its name then ends.
const FORMS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// Where no route of the app is, whether or not the directory is there.
const NO_ROUTES: [&str; 5] = ["v1", "assets", "icons", "metrics", ".well-known"];

/// What is kept in memory of compressed files; more is forgotten all at once.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

#[derive(Clone)]
struct Files(Arc<Shared>);

struct Shared {
    root: PathBuf,
    kept: Mutex<HashMap<(PathBuf, Option<&'static str>), Kept>>,
}

/// A file as it is sent, as long as it has not changed.
#[derive(Clone)]
struct Kept {
    changed: Option<SystemTime>,
    len: u64,
    etag: String,
    bytes: Bytes,
}

/// A service for everything that no other route takes.
pub fn service(root: PathBuf) -> MethodRouter {
    any(answer).with_state(Files(Arc::new(Shared { root, kept: Mutex::default() })))
}

async fn answer(State(files): State<Files>, request: Request) -> Response {
    let mut response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
        let found = tokio::task::spawn_blocking(move || files.find(&path, &headers)).await;
        found.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    } else {
        Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "not with this method")
            .into_response()
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name.clone(), HeaderValue::from_static(value));
    }
    response
}

impl Files {
    fn find(&self, address: &str, headers: &HeaderMap) -> Response {
        let missing = || Refusal::new(StatusCode::NOT_FOUND, "not_found", "no such file").into_response();
        let Some(relative) = safe(address) else { return missing() };
        let path = match self.file(&relative) {
            Some(path) => path,
            // An address of the app itself, which its own router will understand.
            None if self.may_be_route(&relative) => match self.file(Path::new("index.html")) {
                Some(path) => path,
                None => return missing(),
            },
            None => return missing(),
        };
        self.send(&path, headers).unwrap_or_else(|_| missing())
    }

    /// Whether an address may be one of the app's own. What looks like a file, or like one of a
    /// directory that is there or that programs look into, is a file that is missing: the app in its
    /// place would be taken for a picture, a script, or somebody's statement.
    fn may_be_route(&self, relative: &Path) -> bool {
        let mut parts = relative.components();
        let first = parts.next().map_or_else(String::new, |first| first.as_os_str().to_string_lossy().into());
        let has_dot = relative.file_name().is_some_and(|name| name.to_string_lossy().contains('.'));
        !has_dot && !NO_ROUTES.contains(&&*first) && !self.0.root.join(first).is_dir()
    }

    /// A plain file below the root, links resolved. A packed form is a form of another file and has
    /// no address of its own.
    fn file(&self, relative: &Path) -> Option<PathBuf> {
        let path = self.below(relative)?;
        let packed = FORMS.iter().any(|(_, ending)| path.extension().is_some_and(|own| own == *ending));
        (!packed || !path.with_extension("").is_file()).then_some(path)
    }

    fn below(&self, path: &Path) -> Option<PathBuf> {
        let root = self.0.root.canonicalize().ok()?;
        let path = root.join(path).canonicalize().ok()?;
        (path.starts_with(&root) && path.is_file()).then_some(path)
    }

    fn send(&self, path: &Path, headers: &HeaderMap) -> std::io::Result<Response> {
        let kind = kind(path);
        let (coding, kept) = self.best(path, kind, headers)?;
        let mut response = Response::new(Body::empty());
        let out = response.headers_mut();
        if let Ok(etag) = HeaderValue::from_str(&kept.etag) {
            out.insert(header::ETAG, etag);
        }
        let keep = if is_named_by_content(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(coding) = coding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if known
            .is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == kept.etag))
        {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        } else {
            *response.body_mut() = Body::from(kept.bytes);
        }
        Ok(response)
    }

    /// The smallest form that the browser takes: packed beforehand, else packed here, else plain.
    fn best(
        &self,
        path: &Path,
        kind: &str,
        headers: &HeaderMap,
    ) -> std::io::Result<(Option<&'static str>, Kept)> {
        for (coding, ending) in FORMS {
            let mut sibling = path.as_os_str().to_owned();
            sibling.push(".");
            sibling.push(ending);
            if accepts(headers, coding)
                && let Some(sibling) = self.below(Path::new(&sibling))
            {
                return Ok((Some(coding), self.load(&sibling, Coding::Identity)?));
            }
        }
        let coding = if packs(kind) { Coding::for_answer(headers) } else { Coding::Identity };
        Ok((coding.name(), self.load(path, coding)?))
    }

    fn load(&self, path: &Path, coding: Coding) -> std::io::Result<Kept> {
        let about = std::fs::metadata(path)?;
        let (changed, len) = (about.modified().ok(), about.len());
        let key = (path.to_owned(), coding.name());
        let lock = || self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = lock().get(&key).filter(|kept| kept.changed == changed && kept.len == len) {
            return Ok(kept.clone());
        }
        let bytes = Bytes::from(coding.apply(std::fs::read(path)?)?);
        // A hash of what is sent: forms of different compression have different tags, as they must.
        let hash = Head::ZERO.next(&bytes).to_string();
        let etag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
        let kept = Kept { changed, len, etag, bytes };
        let mut all = lock();
        if all.values().map(|kept| kept.bytes.len()).sum::<usize>() + kept.bytes.len() > KEPT_BYTES {
            all.clear();
        }
        all.insert(key, kept.clone());
        Ok(kept)
    }
}

/// The path below the root that an address means; `None` for one that tries to be anything else.
fn safe(address: &str) -> Option<PathBuf> {
    let plain = decode(address)?;
    let mut path = PathBuf::new();
    for part in plain.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') && part != ".well-known" || part.contains(['\\', '\0', ':']) {
            return None;
        }
        path.push(part);
    }
    if path.as_os_str().is_empty() {
        path.push("index.html");
    }
    Some(path)
}

/// Undoes `%41` once; `None` where it is no UTF-8 or no escape.
fn decode(address: &str) -> Option<String> {
    let mut plain = Vec::with_capacity(address.len());
    let mut bytes = address.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
            let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
            plain.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            plain.push(byte);
        }
    }
    String::from_utf8(plain).ok()
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "woff2" => "font/woff2",
        "ftl" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn packs(kind: &str) -> bool {
    !matches!(kind, "image/png" | "image/webp" | "image/jpeg" | "font/woff2")
}

/// Eight or more hex digits standing alone in the name before its ending: `app-1f0c33a9.wasm`.
fn is_named_by_content(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut parts = stem.split(|sign: char| !sign.is_ascii_alphanumeric());
    parts.any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_directory() {
        for bad in [
            "/../etc/passwd",
            "/a/../../b",
            "/%2e%2e/x",
            "/..%2fx",
            "/a\\..\\b",
            "/%00",
            "/.env",
            "/c:/x",
            "/%zz",
        ] {
            assert_eq!(safe(bad), None, "{bad}");
        }
        assert_eq!(safe("/"), Some("index.html".into()));
        assert_eq!(safe("//a//b.js"), Some("a/b.js".into()));
    }

    #[test]
    fn only_a_name_that_holds_its_content_is_kept_for_ever() {
        for name in ["app-1f0c33a9.wasm", "app.0123456789abcdef.js", "x_deadbeef_bg.wasm"] {
            assert!(is_named_by_content(Path::new(name)), "{name}");
        }
        for name in ["index.html", "sw.js", "facade.css", "feedbacked.js", "abc.12345678"] {
            assert!(!is_named_by_content(Path::new(name)), "{name}");
        }
    }
}
