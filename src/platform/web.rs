//! The browser. The page asks and shows; a dedicated Worker holds the engine, because the file
//! system that SQLite needs (OPFS with synchronous handles) exists only there. Both run the same
//! wasm module; boot.js compiles it once.
//!
//! Between the two goes JSON text. The page's first message is the compiled module (worker.js takes
//! it); the Worker's first is [`READY`] or [`GONE`] with a reason.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, ErrorEvent, Event, EventTarget, HtmlElement,
    MessageEvent, Navigator, ShareData, Url, Worker, WorkerOptions, WorkerType,
};

use super::link::{Heard, ears, line};
use super::{Hint, Kept, Pump, Setting, Start, Storage};
use crate::engine::link::{Ask, Handle, Told};

mod host;
mod keys;

/// The Worker's database is open for asks.
const READY: &str = "ready";
/// The Worker cannot work; the reason follows.
const GONE: &str = "gone:";

/// Shows the app in the page's `#main`.
#[cfg(feature = "web")]
pub fn launch(root: fn() -> dioxus::prelude::Element) {
    dioxus::launch(root);
}

/// Runs the engine; main calls it where the global scope is a dedicated Worker's.
pub fn run_worker(scope: DedicatedWorkerGlobalScope) {
    let (asks, engine) = unbounded::<Ask>();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let ask = event.data().as_string().and_then(|text| serde_json::from_str::<Ask>(&text).ok());
        if let Some(ask) = ask {
            // Fails only when the engine has gone, and then the page has been told.
            let _ = asks.unbounded_send(ask);
        }
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    spawn_local(async move {
        let post = {
            let scope = scope.clone();
            // Fails only for what cannot be cloned; text always can.
            move |text: &str| drop(scope.post_message(&JsValue::from_str(text)))
        };
        let host = match host::WebHost::install().await {
            Ok(host) => host,
            Err(reason) => return post(&format!("{GONE}{reason}")),
        };
        post(READY);
        let tell = {
            let post = post.clone();
            move |told: Told| match serde_json::to_string(&told) {
                Ok(text) => post(&text),
                Err(error) => post(&format!("{GONE}a reply could not be written: {error}")),
            }
        };
        crate::engine::actor::run(Rc::new(host), engine, tell).await;
        post(&format!("{GONE}the engine stopped"));
    });
}

/// See [`super::connect`].
pub fn connect() -> (Handle, Pump) {
    let (into, heard) = ears();
    if is_second_tab() {
        return refuse("another tab holds the data", into, heard);
    }
    let worker = match start_worker() {
        Ok(worker) => worker,
        Err(error) => return refuse(&format!("the Worker did not start: {error:?}"), into, heard),
    };

    // Asks wait here until the Worker is ready to hear them.
    let early = Rc::new(RefCell::new(Some(Vec::<String>::new())));
    let hear = Closure::<dyn FnMut(MessageEvent)>::new({
        let (into, early, worker) = (into.clone(), early.clone(), worker.clone());
        move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else { return };
            let heard = if text == READY {
                for ask in early.borrow_mut().take().unwrap_or_default() {
                    if let Err(error) = worker.post_message(&JsValue::from_str(&ask)) {
                        let _ = into.unbounded_send(Heard::Gone(format!("{error:?}")));
                    }
                }
                return;
            } else if let Some(reason) = text.strip_prefix(GONE) {
                Heard::Gone(reason.to_owned())
            } else {
                match serde_json::from_str::<Told>(&text) {
                    Ok(told) => Heard::Told(told),
                    Err(error) => Heard::Gone(format!("a reply could not be read: {error}")),
                }
            };
            let _ = into.unbounded_send(heard);
        }
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let fail = Closure::<dyn FnMut(Event)>::new({
        let into = into.clone();
        move |event: Event| {
            let reason = event.dyn_ref::<ErrorEvent>().map_or_else(String::new, ErrorEvent::message);
            let _ = into.unbounded_send(Heard::Gone(format!("the Worker failed: {reason}")));
        }
    });
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    fail.forget();

    let send = move |ask: Ask| {
        let text = serde_json::to_string(&ask).map_err(|error| error.to_string())?;
        if let Some(early) = early.borrow_mut().as_mut() {
            early.push(text);
            return Ok(());
        }
        worker.post_message(&JsValue::from_str(&text)).map_err(|error| format!("{error:?}"))
    };
    line(send, into, heard)
}

fn refuse(
    reason: &str,
    into: futures::channel::mpsc::UnboundedSender<Heard>,
    heard: UnboundedReceiver<Heard>,
) -> (Handle, Pump) {
    let _ = into.unbounded_send(Heard::Gone(reason.to_owned()));
    let reason = reason.to_owned();
    line(move |_| Err(reason.clone()), into, heard)
}

fn start_worker() -> Result<Worker, JsValue> {
    let url = boot("worker").as_string().ok_or("boot.js did not say where the Worker is")?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("fieldproof-engine");
    let worker = Worker::new_with_options(&url, &options)?;
    worker.post_message(&boot("module"))?;
    // boot.js ends it when the browser puts the page aside.
    Reflect::set(&boot_object(), &"running".into(), &worker)?;
    Ok(worker)
}

/// What boot.js left for us in `globalThis.fieldproof`; undefined where it did not.
fn boot(name: &str) -> JsValue {
    Reflect::get(&boot_object(), &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn boot_object() -> JsValue {
    Reflect::get(&js_sys::global(), &"fieldproof".into()).unwrap_or(JsValue::UNDEFINED)
}

fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

fn navigator() -> Option<Navigator> {
    window().map(|window| window.navigator())
}

/// See [`super::hints`].
pub fn hints() -> UnboundedReceiver<Hint> {
    let (sender, receiver) = unbounded();
    let Some(window) = window() else { return receiver };
    let on = |target: &EventTarget, name: &str, hint: fn() -> Hint| {
        let sender = sender.clone();
        let hear = Closure::<dyn FnMut()>::new(move || {
            let _ = sender.unbounded_send(hint());
        });
        if target.add_event_listener_with_callback(name, hear.as_ref().unchecked_ref()).is_ok() {
            hear.forget();
        }
    };
    on(&window, "online", || Hint::Online);
    on(&window, "offline", || Hint::Offline);
    // Safari does not always tell of visibility when a page goes for good.
    on(&window, "pagehide", || Hint::Hidden);
    on(&window, "popstate", || Hint::Route);
    on(&window, "fieldproof-update", || Hint::Update);
    on(&window, "fieldproof-offline", || Hint::OpensOffline(boot("offline").is_truthy()));
    if let Some(document) = window.document() {
        on(&document, "visibilitychange", || {
            let hidden = self::window()
                .and_then(|window| window.document())
                .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Hidden);
            if hidden { Hint::Hidden } else { Hint::Shown }
        });
    }
    if boot("waiting").is_truthy() {
        let _ = sender.unbounded_send(Hint::Update);
    }
    if !boot("offline").is_undefined() {
        let _ = sender.unbounded_send(Hint::OpensOffline(boot("offline").is_truthy()));
    }
    receiver
}

async fn storage_says(ask: impl Fn(&web_sys::StorageManager) -> Result<js_sys::Promise, JsValue>) -> JsValue {
    let Some(navigator) = navigator() else { return JsValue::UNDEFINED };
    // Missing outside a secure context, although web-sys has it as always there.
    if !Reflect::has(&navigator, &"storage".into()).unwrap_or(false) {
        return JsValue::UNDEFINED;
    }
    match ask(&navigator.storage()) {
        Ok(promise) => JsFuture::from(promise).await.unwrap_or(JsValue::UNDEFINED),
        Err(_) => JsValue::UNDEFINED,
    }
}

pub async fn persist_storage() -> bool {
    storage_says(|storage| storage.persist().map(JsCast::unchecked_into)).await.is_truthy()
}

pub async fn is_persisted() -> bool {
    storage_says(|storage| storage.persisted().map(JsCast::unchecked_into)).await.is_truthy()
}

pub async fn storage_estimate() -> Option<Storage> {
    let estimate = storage_says(|storage| storage.estimate().map(JsCast::unchecked_into)).await;
    // Whole numbers of bytes, far below 2^53.
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64().map(|bytes| bytes as u64);
    if !estimate.is_object() {
        return None;
    }
    Some(Storage { used: number("usage")?, quota: number("quota") })
}

pub fn is_second_tab() -> bool {
    boot("second").is_truthy()
}

pub fn is_installed() -> bool {
    let standalone = window()
        .and_then(|window| window.match_media("(display-mode: standalone)").ok().flatten())
        .is_some_and(|query| query.matches());
    // Safari on iOS before 17.
    let ios = navigator()
        .and_then(|navigator| Reflect::get(&navigator, &"standalone".into()).ok())
        .is_some_and(|value| value.is_truthy());
    standalone || ios
}

pub fn is_ios_tab() -> bool {
    is_ios() && !is_installed()
}

fn user_agent() -> String {
    navigator().and_then(|navigator| navigator.user_agent().ok()).unwrap_or_default()
}

fn is_ios() -> bool {
    let agent = user_agent();
    let touch = navigator().is_some_and(|navigator| navigator.max_touch_points() > 1);
    // An iPad calls itself a Mac; no Mac has a touch screen.
    agent.contains("iPhone") || agent.contains("iPad") || (agent.contains("Macintosh") && touch)
}

fn local_storage() -> Option<web_sys::Storage> {
    window().and_then(|window| window.local_storage().ok().flatten())
}

pub fn setting(setting: Setting) -> Option<String> {
    local_storage().and_then(|storage| storage.get_item(setting.key()).ok().flatten())
}

pub fn remember(setting: Setting, value: Option<&str>) {
    let Some(storage) = local_storage() else { return };
    // A full or forbidden localStorage costs a preference, nothing else.
    let _ = match value {
        Some(value) => storage.set_item(setting.key(), value),
        None => storage.remove_item(setting.key()),
    };
}

fn set_root(name: &str, value: Option<&str>) {
    let root = window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

pub fn show_theme(theme: Option<&str>) {
    set_root("data-theme", theme);
}

pub fn show_language(language: &str) {
    set_root("lang", Some(language));
}

pub fn system_languages() -> Vec<String> {
    navigator()
        .map(|navigator| navigator.languages().iter().filter_map(|language| language.as_string()).collect())
        .unwrap_or_default()
}

pub fn apply_update() {
    if let Ok(apply) = boot("apply").dyn_into::<Function>() {
        let _ = apply.call0(&JsValue::UNDEFINED);
    }
}

pub fn seems_offline() -> bool {
    navigator().is_some_and(|navigator| !navigator.on_line())
}

pub async fn copy(text: &str) -> bool {
    let Some(navigator) = navigator() else { return false };
    if !Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

pub async fn share(title: &str, text: &str) -> bool {
    let Some(navigator) = navigator() else { return false };
    if !Reflect::has(&navigator, &"share".into()).unwrap_or(false) {
        return false;
    }
    let data = ShareData::new();
    data.set_title(title);
    data.set_text(text);
    JsFuture::from(navigator.share_with_data(&data)).await.is_ok()
}

pub async fn keep_file(name: &str, mime: &str, text: &str) -> Option<Kept> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = window()?.document()?.create_element("a").ok()?.dyn_into::<HtmlElement>().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    // The browser reads it after this; a minute later it has it.
    spawn_local(async move {
        gloo_timers::future::TimeoutFuture::new(60_000).await;
        let _ = Url::revoke_object_url(&address);
    });
    Some(Kept::Downloads)
}

pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

pub fn device_name() -> String {
    let agent = user_agent();
    let has = |word: &str| agent.contains(word);
    let browser = if has("Edg/") || has("EdgA/") {
        "Edge"
    } else if has("SamsungBrowser") {
        "Samsung Internet"
    } else if has("Firefox") || has("FxiOS") {
        "Firefox"
    } else if has("Chrome") || has("CriOS") {
        "Chrome"
    } else if has("Safari") {
        "Safari"
    } else {
        "Browser"
    };
    let machine = if has("iPhone") {
        "iPhone"
    } else if is_ios() {
        "iPad"
    } else if has("Android") {
        // "(Linux; Android 14; Pixel 8)": the model, where the browser still tells; Chrome says "K".
        let model = agent
            .split(['(', ')'])
            .nth(1)
            .and_then(|inside| inside.split(';').nth(2))
            .map(|model| model.split(" Build").next().unwrap_or_default().trim())
            .filter(|model| model.len() > 1);
        return model.map_or_else(|| format!("{browser}, Android"), |model| format!("{model} ({browser})"));
    } else if has("CrOS") {
        "Chromebook"
    } else if has("Windows") {
        "Windows"
    } else if has("Macintosh") {
        "Mac"
    } else {
        "Linux"
    };
    format!("{browser}, {machine}")
}

pub const fn platform_name() -> &'static str {
    "web"
}

fn fragment() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Replaces what stands behind `#`, without a new entry in the history.
fn replace_fragment(fragment: &str) {
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

pub fn start_params() -> Start {
    let start = Start::parse(&fragment());
    if start != Start::default() {
        replace_fragment("#/");
    }
    start
}

pub fn own_server() -> Option<String> {
    window().and_then(|window| window.location().origin().ok()).filter(|origin| origin.starts_with("http"))
}

pub fn route() -> String {
    let fragment = fragment();
    let route = fragment.trim_start_matches('#');
    if route.starts_with('/') { route.to_owned() } else { "/".to_owned() }
}

pub fn set_route(route: &str) {
    if self::route() == route {
        return;
    }
    let history = window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("#{route}")));
    }
}
