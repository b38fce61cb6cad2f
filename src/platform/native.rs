//! Desktop, Android and iOS: the webview shows, a thread of its own holds the engine, because the
//! webview's futures stand still while the system pauses it.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local};
use futures::FutureExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::LocalBoxFuture;
use rusqlite::OpenFlags;
use uuid::Uuid;

use super::link::{Heard, ears, line};
use super::{Hint, Kept, Pump, Setting, Start, Storage, http};
use crate::engine::host::{BindError, Bound, Host, HttpAnswer, HttpRequest, NetError};
use crate::engine::link::{Ask, Handle};
use crate::store::{Secret, mix};

mod folder;
mod keys;
#[cfg(any(feature = "desktop", feature = "mobile"))]
mod window;
#[cfg(any(feature = "desktop", feature = "mobile"))]
pub use window::launch;

pub use keys::Keys;

/// A key store that has not answered for so long waits for a person who does not see its question.
const KEY_STORE: Duration = Duration::from_secs(60);

/// The engine's machine on a thread with a current-thread tokio runtime.
pub struct NativeHost {
    folder: PathBuf,
    keys: Keys,
    client: reqwest::Client,
    began: Instant,
}

impl NativeHost {
    /// A device of a test, a measurement or the demo: its keys lie in files beside its folder.
    ///
    /// # Errors
    /// As [`NativeHost::with_keys`].
    pub fn new(folder: PathBuf) -> Result<NativeHost, String> {
        let keys = Keys::in_files(folder::beside(&folder));
        NativeHost::with_keys(folder, keys)
    }

    /// Makes the data folder, readable by this user alone.
    ///
    /// # Errors
    /// A sentence: the folder cannot be made, or TLS cannot be set up.
    pub fn with_keys(folder: PathBuf, keys: Keys) -> Result<NativeHost, String> {
        folder::make(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(NativeHost { folder, keys, client: http::client()?, began: Instant::now() })
    }
}

/// Off the engine's thread: a key store may ask the person first.
async fn ask_keys<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    match tokio::time::timeout(KEY_STORE, tokio::task::spawn_blocking(ask)).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it did not answer".to_owned()),
    }
}

impl Host for NativeHost {
    fn open(&self, name: &str) -> rusqlite::Result<rusqlite::Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        rusqlite::Connection::open_with_flags(self.folder.join(name), flags)
    }

    fn delete(&self, name: &str) -> Result<(), String> {
        for end in ["", "-journal", "-wal", "-shm"] {
            match std::fs::remove_file(self.folder.join(format!("{name}{end}"))) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.to_string()),
                _ => {}
            }
        }
        Ok(())
    }

    fn bind(
        &self,
        profile: Uuid,
        input: Secret,
        make: bool,
    ) -> LocalBoxFuture<'static, Result<Bound, BindError>> {
        let keys = self.keys.clone();
        async move {
            let (secret, place) =
                ask_keys(move || keys.secret(profile, make)).await.map_err(BindError::Unavailable)??;
            Ok(Bound { output: mix(&secret, &input), place })
        }
        .boxed_local()
    }

    fn unbind(&self, profile: Uuid) -> LocalBoxFuture<'static, Result<(), String>> {
        let keys = self.keys.clone();
        async move { ask_keys(move || keys.destroy(profile)).await? }.boxed_local()
    }

    fn uptime(&self) -> Duration {
        self.began.elapsed()
    }

    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }

    fn random(&self, bytes: &mut [u8]) {
        http::random(bytes);
    }

    fn sleep(&self, time: Duration) -> LocalBoxFuture<'static, ()> {
        sleep(time)
    }

    fn http(&self, request: HttpRequest) -> LocalBoxFuture<'static, Result<HttpAnswer, NetError>> {
        http::send(self.client.clone(), request, sleep)
    }

    fn log(&self, text: &str) {
        // Where nobody listens, nothing is lost.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("fieldproof: {text}\n").as_bytes());
    }

    fn wal(&self) -> bool {
        true
    }
}

fn sleep(time: Duration) -> LocalBoxFuture<'static, ()> {
    tokio::time::sleep(time).boxed_local()
}

/// See [`super::connect`].
pub fn connect() -> (Handle, Pump) {
    let (into, heard) = ears();
    let (asks, engine) = unbounded::<Ask>();
    let back = into.clone();
    let thread = std::thread::Builder::new().name("fieldproof-engine".into());
    if let Err(error) = thread.spawn(move || engine_thread(engine, &back)) {
        let _ = into.unbounded_send(Heard::Gone(format!("the engine's thread: {error}")));
    }
    let send = move |ask| asks.unbounded_send(ask).map_err(|_| "the engine stopped".to_owned());
    line(send, into, heard)
}

/// Tells that the engine has gone, also when it goes by a panic.
struct Parting<'a>(&'a UnboundedSender<Heard>, String);

impl Drop for Parting<'_> {
    fn drop(&mut self) {
        let _ = self.0.unbounded_send(Heard::Gone(std::mem::take(&mut self.1)));
    }
}

fn engine_thread(asks: UnboundedReceiver<Ask>, back: &UnboundedSender<Heard>) {
    let mut parting = Parting(back, "the engine stopped".into());
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return parting.1 = error.to_string(),
    };
    let host = match folder::find().and_then(|data| NativeHost::with_keys(data, Keys::of_the_system()?)) {
        Ok(host) => host,
        Err(error) => return parting.1 = error,
    };
    let tell = {
        let back = back.clone();
        move |told| drop(back.unbounded_send(Heard::Told(told)))
    };
    // The engine spawns its sync beside its asks, on this thread.
    tokio::task::LocalSet::new().block_on(&runtime, crate::engine::actor::run(Rc::new(host), asks, tell));
}

/// Who wants to hear of hints: the window's event handler tells them.
static LISTENERS: Mutex<Vec<UnboundedSender<Hint>>> = Mutex::new(Vec::new());

/// See [`super::hints`].
pub fn hints() -> UnboundedReceiver<Hint> {
    let (sender, receiver) = unbounded();
    if let Ok(mut listeners) = LISTENERS.lock() {
        listeners.push(sender);
    }
    receiver
}

#[cfg(any(feature = "desktop", feature = "mobile"))]
fn tell(hint: Hint) {
    if let Ok(mut listeners) = LISTENERS.lock() {
        listeners.retain(|listener| listener.unbounded_send(hint).is_ok());
    }
}

pub async fn persist_storage() -> bool {
    true
}

pub async fn is_persisted() -> bool {
    true
}

pub async fn storage_estimate() -> Option<Storage> {
    let files = std::fs::read_dir(folder::find().ok()?).ok()?;
    let used = files.filter_map(|file| file.ok()?.metadata().ok()).map(|file| file.len()).sum();
    Some(Storage { used, quota: None })
}

pub fn is_second_tab() -> bool {
    false
}

pub fn is_installed() -> bool {
    true
}

pub fn is_ios_tab() -> bool {
    false
}

pub fn setting(setting: Setting) -> Option<String> {
    let text = std::fs::read_to_string(folder::find().ok()?.join(setting.key())).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

pub fn remember(setting: Setting, value: Option<&str>) {
    let Ok(folder) = folder::find() else { return };
    let file = folder.join(setting.key());
    // A preference that cannot be written is asked for again; nothing else depends on it.
    let _ = match value {
        Some(value) => folder::make(&folder).and_then(|()| std::fs::write(file, value)),
        None => std::fs::remove_file(file),
    };
}

/// Runs a script in the window; nothing where there is none (tests).
pub fn script(script: &str) -> bool {
    #[cfg(any(feature = "desktop", feature = "mobile"))]
    return window::script(script);
    #[cfg(not(any(feature = "desktop", feature = "mobile")))]
    {
        let _ = script;
        false
    }
}

/// A Rust string as a JavaScript literal.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub fn show_theme(theme: Option<&str>) {
    script(&match theme {
        Some(theme) => format!("document.documentElement.dataset.theme = {}", literal(theme)),
        None => "delete document.documentElement.dataset.theme".to_owned(),
    });
}

pub fn show_language(language: &str) {
    script(&format!("document.documentElement.lang = {}", literal(language)));
}

pub fn system_languages() -> Vec<String> {
    let from_env = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok()?;
        let language = value.split('.').next().unwrap_or_default().replace('_', "-");
        (!language.is_empty() && language != "C" && language != "POSIX").then_some(language)
    });
    from_env.or_else(|| property("persist.sys.locale")).into_iter().collect()
}

/// A system property; Android has them, elsewhere there are none.
fn property(name: &str) -> Option<String> {
    if !cfg!(target_os = "android") {
        return None;
    }
    let output = std::process::Command::new("/system/bin/getprop").arg(name).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

pub fn apply_update() {}

pub fn seems_offline() -> bool {
    false
}

pub async fn copy(text: &str) -> bool {
    // The webview's page is no secure context on every system, so the old way is the fallback.
    script(&format!(
        "(async t => {{ try {{ await navigator.clipboard.writeText(t) }} catch {{ \
         const a = document.createElement('textarea'); a.value = t; document.body.append(a); \
         a.select(); document.execCommand('copy'); a.remove() }} }})({})",
        literal(text)
    ))
}

pub async fn share(title: &str, text: &str) -> bool {
    // Only the phones' webviews have a share sheet, and none tells us how it went.
    cfg!(any(target_os = "ios", target_os = "android"))
        && script(&format!(
            "navigator.share && navigator.share({{ title: {}, text: {} }}).catch(() => {{}})",
            literal(title),
            literal(text)
        ))
}

pub async fn keep_file(name: &str, _mime: &str, text: &str) -> Option<Kept> {
    let folder = folder::downloads()?;
    let path = folder.join(name);
    folder::make(&folder).and_then(|()| std::fs::write(&path, text)).ok()?;
    Some(Kept::At(path.display().to_string()))
}

pub fn print() {
    script("window.print()");
}

pub fn device_name() -> String {
    let named = property("ro.product.model").or_else(|| std::env::var("COMPUTERNAME").ok()).or_else(|| {
        let name = std::fs::read_to_string("/etc/hostname").ok()?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    });
    named.unwrap_or_else(|| match platform_name() {
        "ios" => "iPhone or iPad".to_owned(),
        "android" => "Android".to_owned(),
        "macos" => "Mac".to_owned(),
        other => other.to_owned(),
    })
}

pub const fn platform_name() -> &'static str {
    if cfg!(target_os = "android") {
        "android"
    } else if cfg!(target_os = "ios") {
        "ios"
    } else if cfg!(target_os = "macos") {
        "macos"
    } else if cfg!(target_os = "windows") {
        "windows"
    } else {
        "linux"
    }
}

/// `fieldproof 'https://server/#pair=CODE&server=…'`: the link, as it is sent to people.
pub fn start_params() -> Start {
    let link = std::env::args().nth(1).unwrap_or_default();
    link.split_once('#').map_or_else(Start::default, |(address, fragment)| {
        let mut start = Start::parse(fragment);
        if let Some(pair) = &mut start.pair
            && pair.server.is_none()
            && address.starts_with("http")
        {
            pair.server = Some(address.trim_end_matches('/').to_owned());
        }
        start
    })
}

pub fn own_server() -> Option<String> {
    None
}

pub fn route() -> String {
    "/".to_owned()
}

pub fn set_route(_route: &str) {}
