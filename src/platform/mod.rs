//! What differs between web, desktop, Android and iOS: where files lie, how the engine is started,
//! and the small services of the machine. The same functions exist everywhere, so that no screen
//! asks which platform it is on.
//!
//! Invariant: what the app does with data goes through the engine; nothing here reads or writes a
//! record. What is remembered here (theme, language) is not about people and is not encrypted.

use futures::channel::mpsc::UnboundedReceiver;
use futures::future::LocalBoxFuture;

use crate::engine::link::Handle;

mod http;
mod link;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
use native as machine;
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
use web as machine;
mod start;
#[cfg(test)]
mod tests;

#[cfg(all(not(target_arch = "wasm32"), any(feature = "desktop", feature = "mobile")))]
pub use native::launch;
#[cfg(not(target_arch = "wasm32"))]
pub use native::script;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Keys, NativeHost};
pub use start::{Pairing, Start};
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub use web::launch;
#[cfg(target_arch = "wasm32")]
pub use web::run_worker;

/// Carries what the engine says to the [`Handle`]. The app spawns it once, in its root scope, and
/// never drops it: while it does not run, no reply arrives.
pub type Pump = LocalBoxFuture<'static, ()>;

/// Starts the engine on a thread (native) or in a Worker (web) of its own.
///
/// Where the engine cannot start or dies, every request is answered with
/// `FailureCode::Internal`, the reason in its detail; none hangs.
pub fn connect() -> (Handle, Pump) {
    machine::connect()
}

/// Something that the machine noticed. All of them are hints: none proves that the network works,
/// and none may be needed for the data to be safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The network may be back: a good time for `Request::SyncNow`.
    Online,
    Offline,
    /// The app came to the front: a good time for `Request::SyncNow`.
    Shown,
    /// The app went to the back; on phones it may never come to the front again.
    Hidden,
    /// A new version is downloaded and waits. Show the banner; [`apply_update`] on the person's tap.
    Update,
    /// Whether the app would open without signal: every file of it is kept here, or one could not be had
    /// yet and is tried again.
    OpensOffline(bool),
    /// The person went back or forward in the browser: read [`route`] again.
    Route,
}

/// The hints from now on (an update that waits already is told at once). Each call gets its own.
pub fn hints() -> UnboundedReceiver<Hint> {
    machine::hints()
}

/// Asks the browser to keep the data when space runs out (UX 25: ask after the first save). True
/// where it is granted, and always on native, where nothing is thrown away.
pub async fn persist_storage() -> bool {
    machine::persist_storage().await
}

/// Whether the data is kept when space runs out, without asking for it.
pub async fn is_persisted() -> bool {
    machine::is_persisted().await
}

/// How much of the space is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    pub used: u64,
    /// What the app may use in all; none where the machine does not say.
    pub quota: Option<u64>,
}

/// None where the machine does not say.
pub async fn storage_estimate() -> Option<Storage> {
    machine::storage_estimate().await
}

/// Another tab holds the data (UX 29). Then [`connect`] starts no engine; when the other tab
/// closes, this one loads itself anew.
pub fn is_second_tab() -> bool {
    machine::is_second_tab()
}

/// Started from an icon of its own (home screen, desktop, store), not in a browser tab.
pub fn is_installed() -> bool {
    machine::is_installed()
}

/// In a browser tab on an iPhone or iPad, where unused storage goes after seven days (UX 26).
pub fn is_ios_tab() -> bool {
    machine::is_ios_tab()
}

/// What is remembered outside the encrypted databases: read before anyone has unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `light` or `dark`; missing means "as the system". Use [`set_theme`] to change it.
    Theme,
    /// `en` or `es`; missing means "as the system". Use [`set_language`] to change it.
    Language,
}

impl Setting {
    /// The name under which boot.js, too, reads it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Setting::Theme => "fieldproof.theme",
            Setting::Language => "fieldproof.language",
        }
    }
}

/// What was chosen before, on this device.
pub fn setting(setting: Setting) -> Option<String> {
    machine::setting(setting)
}

/// `light`, `dark`, or none for "as the system": shows it now and remembers it. Call it in an event
/// handler or an effect (the native window is found through Dioxus' context).
pub fn set_theme(theme: Option<&str>) {
    machine::remember(Setting::Theme, theme);
    machine::show_theme(theme);
}

/// Remembers the language and tells the document, so that screen readers pronounce it right. Call
/// it in an event handler or an effect.
pub fn set_language(language: &str) {
    machine::remember(Setting::Language, Some(language));
    machine::show_language(language);
}

/// The languages that the machine is set to, most wanted first, like `es-MX`.
pub fn system_languages() -> Vec<String> {
    machine::system_languages()
}

/// Starts the waiting version: the page loads anew. Nothing happens where none waits. Never call it
/// over an open draft that has not been saved (UX 27).
pub fn apply_update() {
    machine::apply_update();
}

/// Whether the machine believes to be offline. A hint: `true` is reliable, `false` is not.
pub fn seems_offline() -> bool {
    machine::seems_offline()
}

/// Puts `text` on the clipboard; false where the machine refused. Call it in an event handler.
pub async fn copy(text: &str) -> bool {
    machine::copy(text).await
}

/// Opens the machine's share sheet; false where there is none or the person closed it: offer
/// [`copy`] then. Call it in an event handler.
pub async fn share(title: &str, text: &str) -> bool {
    machine::share(title, text).await
}

/// Where a file was put for the person to hand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Where the browser puts what is downloaded.
    Downloads,
    At(String),
}

/// Puts a file where the person finds it; none where the machine would not. Call it in an event
/// handler. `name` is ours: letters, digits, `-` and `.`.
pub async fn keep_file(name: &str, mime: &str, text: &str) -> Option<Kept> {
    machine::keep_file(name, mime, text).await
}

/// Opens the machine's print window for what is shown.
pub fn print() {
    machine::print();
}

/// What this device may call itself when it is paired, like `Pixel 8` or `Chrome on Windows`.
pub fn device_name() -> String {
    machine::device_name()
}

/// The platform as enrolment knows it: `web`, `android`, `ios`, `linux`, `macos`, `windows`.
pub const fn platform_name() -> &'static str {
    machine::platform_name()
}

/// What the app was opened with: a pairing link or a shortcut. Reading it on the web takes the
/// pairing code out of the address, so that no screenshot or bookmark holds it; so it is there once.
pub fn start_params() -> Start {
    machine::start_params()
}

/// The server that the app was loaded from; none on native, where it comes with the pairing link or
/// is typed.
pub fn own_server() -> Option<String> {
    machine::own_server()
}

/// Where in the app the address points, like `/records`; `/` at the start. On native there is no
/// address: it is always `/`.
pub fn route() -> String {
    machine::route()
}

/// Puts a place of the app into the address and the browser's history, so that the back button
/// works ([`Hint::Route`] tells of it). Put no names and no codes into it. Nothing on native.
pub fn set_route(route: &str) {
    machine::set_route(route);
}
