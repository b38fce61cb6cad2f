//! A page: header, main landmark, and what stays in reach of the thumb at the bottom.
//!
//! Invariant: one `h1` and one `main` a page, and the `h1` takes the focus when the page appears, so
//! that a screen reader reads where it is and the keyboard begins there.

use dioxus::prelude::*;

use super::{ChipLink, Ico, Icon};
use crate::app::device;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;

/// A screen behind the lock.
#[component]
pub fn Page(
    title: String,
    /// What the window and the browser's history say instead, where the title names a person: that
    /// list is kept when the app is locked, and others read it.
    #[props(default)]
    window: String,
    #[props(default)] sub: String,
    /// Where "back" leads when the person came here from outside.
    #[props(default)]
    back: Option<Route>,
    /// The chip that tells how far the records got.
    #[props(default = true)]
    chip: bool,
    /// Instead of the chip, or beside it.
    #[props(default)]
    beside: Option<Element>,
    /// Stays at the bottom: the primary action.
    #[props(default)]
    foot: Option<Element>,
    /// The list beside the detail, from 900 px on; on a phone it is a page of its own.
    #[props(default)]
    list: Option<Element>,
    /// On a phone, the list is the page (nothing is chosen yet).
    #[props(default)]
    list_first: bool,
    #[props(default)] test: String,
    children: Element,
) -> Element {
    let in_window = if window.is_empty() { title.clone() } else { window };
    use_effect(use_reactive!(|in_window| {
        device::title(&t_args("window-title", &[("title", in_window.into())]));
    }));
    use_effect(use_reactive!(|title| {
        // Read, so that another title moves the focus again.
        let _ = &title;
        // The page may be the same component with another record in it.
        device::focus("page-title");
    }));
    let side = list.is_some();
    let class = match (side, list_first) {
        (false, _) => "page",
        (true, false) => "page split split-detail",
        (true, true) => "page split split-list",
    };
    rsx! {
        div { class, "data-test": test,
            header { class: "top",
                if let Some(back) = back { BackLink { back } }
                div { class: "top-words",
                    h1 { id: "page-title", tabindex: "-1", {title} }
                    if !sub.is_empty() {
                        p { class: "sub", {sub} }
                    }
                }
                if let Some(beside) = beside { {beside} }
                if chip { ChipLink {} }
            }
            // In the tab order, because it scrolls: a page of text alone has nothing else to hold the keys.
            main { id: "content", class: "main", tabindex: "0",
                if let Some(list) = list {
                    div { class: "pane-list", {list} }
                    div { class: "pane-detail", {children} }
                } else {
                    {children}
                }
            }
            if let Some(foot) = foot {
                footer { class: "foot", {foot} }
            }
        }
    }
}

#[component]
fn BackLink(back: Route) -> Element {
    let navigator = use_navigator();
    let href = format!("#{back}");
    rsx! {
        a {
            class: "back",
            href,
            "data-test": "back",
            "aria-label": t("back"),
            onclick: move |event| {
                event.prevent_default();
                if navigator.can_go_back() {
                    navigator.go_back();
                } else {
                    navigator.replace(back.clone());
                }
            },
            Icon { icon: Ico::Back }
        }
    }
}

/// A part of a page under its own heading.
#[component]
pub fn Section(
    title: String,
    #[props(default)] test: String,
    /// Beside the heading: "Show all".
    #[props(default)]
    beside: Option<Element>,
    children: Element,
) -> Element {
    rsx! {
        section { class: "section", "data-test": test,
            div { class: "section-head",
                h2 { {title} }
                if let Some(beside) = beside { {beside} }
            }
            {children}
        }
    }
}
