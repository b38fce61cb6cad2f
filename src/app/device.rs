//! Small services of the page that only screens need: focus, title, timers, "is it hidden".
//! Everything else is `platform`.
//!
//! Invariant: no script is evaluated on the web (the content policy forbids it); on native the
//! webview is our own and a line of script is the only way in.

use std::time::Duration;

/// Resolves after `time`.
pub async fn sleep(time: Duration) {
    #[cfg(target_arch = "wasm32")]
    gloo_timers::future::sleep(time).await;
    #[cfg(not(target_arch = "wasm32"))]
    tokio::time::sleep(time).await;
}

/// Moves the focus to the element with this id, and scrolls it into view.
pub fn focus(id: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
    #[cfg(not(target_arch = "wasm32"))]
    script(&format!("document.getElementById({id:?})?.focus()"));
}

/// Names the window: it is what a screen reader says first after a change of place.
pub fn title(title: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(document) = document() {
        document.set_title(title);
    }
    #[cfg(not(target_arch = "wasm32"))]
    script(&format!("document.title = {title:?}"));
}

/// Tells the document its language, so that screen readers pronounce it right. Does not remember it:
/// that is for a language that a person chose.
pub fn language(tag: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
    #[cfg(not(target_arch = "wasm32"))]
    script(&format!("document.documentElement.lang = {tag:?}"));
}

/// Remembers what has the focus, to give it back by [`focus_back`] when a dialog closes.
pub fn keep_focus() {
    #[cfg(target_arch = "wasm32")]
    {
        use wasm_bindgen::JsCast;
        let active = document()
            .and_then(|document| document.active_element())
            .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        KEPT.with_borrow_mut(|kept| *kept = active);
    }
    #[cfg(not(target_arch = "wasm32"))]
    script("window.fieldproofFocus = document.activeElement");
}

/// Gives the focus back to what had it before the dialog.
pub fn focus_back() {
    #[cfg(target_arch = "wasm32")]
    if let Some(element) = KEPT.with_borrow_mut(Option::take) {
        let _ = element.focus();
    }
    #[cfg(not(target_arch = "wasm32"))]
    script("window.fieldproofFocus?.focus()");
}

/// Whether nobody can see the app now.
#[must_use]
pub fn hidden() -> bool {
    #[cfg(target_arch = "wasm32")]
    return document().is_some_and(|document| document.hidden());
    #[cfg(not(target_arch = "wasm32"))]
    false
}

/// Goes one entry back in the browser's history; false where there is none.
pub fn back() -> bool {
    #[cfg(target_arch = "wasm32")]
    return web_sys::window()
        .and_then(|window| window.history().ok())
        .is_some_and(|history| history.back().is_ok());
    #[cfg(not(target_arch = "wasm32"))]
    false
}

/// Puts a place into the address without adding an entry to the browser's history.
pub fn replace_route(route: &str) {
    #[cfg(target_arch = "wasm32")]
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let null = wasm_bindgen::JsValue::NULL;
        let _ = history.replace_state_with_url(&null, "", Some(&format!("#{route}")));
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = route;
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    static KEPT: std::cell::RefCell<Option<web_sys::HtmlElement>> = const { std::cell::RefCell::new(None) };
}

#[cfg(target_arch = "wasm32")]
fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|window| window.document())
}

#[cfg(target_arch = "wasm32")]
fn element(id: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    document().and_then(|document| document.get_element_by_id(id)).and_then(|element| element.dyn_into().ok())
}

#[cfg(not(target_arch = "wasm32"))]
fn script(script: &str) {
    // Without a window, as in a test, there is nothing to run it in.
    let _ = crate::platform::script(script);
}
