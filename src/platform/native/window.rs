//! The native window: a webview with our styles inside its one page.

#[cfg(feature = "desktop")]
use dioxus::desktop as webview;
#[cfg(not(feature = "desktop"))]
use dioxus::mobile as webview;
use dioxus::prelude::*;
use webview::tao::event::{Event, WindowEvent};
use webview::{Config, DesktopContext, WindowBuilder};

use super::{setting, tell};
use crate::platform::{Hint, Setting};

/// The page has no address bar and loads nothing: everything it needs is written into it. Zoom is
/// allowed and the page goes under the notch (the webview's own page forbids both).
const PAGE: &str = include_str!("page.html");

/// The stylesheets, joined by build.rs as the web build joins them.
const STYLES: &str = include_str!(concat!(env!("OUT_DIR"), "/styles.css"));

/// Opens the window and runs the app until it is closed.
pub fn launch(root: fn() -> Element) {
    #[cfg(not(any(target_os = "android", target_os = "ios")))]
    let window = WindowBuilder::new()
        .with_title("Fieldproof")
        .with_inner_size(webview::LogicalSize::new(430.0, 860.0))
        .with_min_inner_size(webview::LogicalSize::new(320.0, 480.0))
        .with_resizable(true);
    #[cfg(any(target_os = "android", target_os = "ios"))]
    let window = WindowBuilder::new().with_title("Fieldproof");

    // What is seen before the page is painted.
    let paper = match setting(Setting::Theme).as_deref() {
        Some("dark") => (0x0f, 0x16, 0x14, 0xff),
        _ => (0xf7, 0xf5, 0xf0, 0xff),
    };
    let config = Config::new()
        .with_window(window)
        .with_custom_index(page())
        .with_disable_context_menu(true)
        .with_menu(None)
        .with_background_color(paper)
        .with_custom_event_handler(|event, _| {
            let hint = match event {
                Event::Resumed | Event::WindowEvent { event: WindowEvent::Focused(true), .. } => Hint::Shown,
                Event::Suspended => Hint::Hidden,
                _ => return,
            };
            tell(hint);
        });
    dioxus::LaunchBuilder::new().with_cfg(config).launch(root);
}

fn page() -> String {
    let attributes = |name: &str, value: Option<String>| {
        value
            .filter(|value| value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            .map_or_else(String::new, |value| format!(" {name}=\"{value}\""))
    };
    PAGE.replace(
        "<html>",
        &format!(
            "<html{}{}>",
            attributes("lang", setting(Setting::Language).or_else(|| Some("en".to_owned()))),
            attributes("data-theme", setting(Setting::Theme))
        ),
    )
    .replace("/* styles */", STYLES)
}

/// Runs a script in the window of the running component.
pub fn script(script: &str) -> bool {
    try_consume_context::<DesktopContext>()
        .is_some_and(|window| window.webview.evaluate_script(script).is_ok())
}
