//! Cards and rows: the whole row is the link, with its name as text inside.

use dioxus::prelude::*;

use std::time::Duration;

use super::{Button, Ico, Icon, Kind, Tone};
use crate::app::ask::PAGE;
use crate::app::device;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::engine::api::Page as ListPage;

/// More rows than any screen shows at once.
const FIRST: usize = 30;
/// So many more each time the screen was painted, about every [`FRAME`].
const STEP: usize = 60;
const FRAME: Duration = Duration::from_millis(16);

/// A link to another place in the app.
#[component]
pub fn Go(
    to: Route,
    #[props(default)] class: String,
    #[props(default)] test: String,
    /// It leads to where the person is.
    #[props(default)]
    current: bool,
    #[props(default)] label: Option<String>,
    /// Called before the place changes.
    #[props(default)]
    onclick: EventHandler<()>,
    children: Element,
) -> Element {
    let navigator = use_navigator();
    // With the fragment, "open in a new tab" and "copy link" lead to the same place.
    let href = format!("#{to}");
    rsx! {
        a {
            class,
            href,
            "data-test": test,
            "aria-current": if current { "page" },
            "aria-label": label,
            onclick: move |event| {
                let modifiers = event.modifiers();
                if modifiers.ctrl() || modifiers.meta() || modifiers.shift() {
                    return;
                }
                event.prevent_default();
                onclick.call(());
                navigator.push(to.clone());
            },
            {children}
        }
    }
}

/// Something set apart on the page.
#[component]
pub fn Card(#[props(default)] tone: Tone, #[props(default)] test: String, children: Element) -> Element {
    rsx! {
        div { class: "card {tone.class()}", "data-test": test, {children} }
    }
}

/// A list of rows.
#[component]
pub fn Rows(
    /// What the list holds, for a screen reader, where no heading says so.
    #[props(default)]
    label: Option<String>,
    #[props(default)] test: String,
    children: Element,
) -> Element {
    rsx! {
        ul { class: "rows", role: "list", "aria-label": label, "data-test": test, {children} }
    }
}

/// A list that may have hundreds of rows: what a screen can show comes first, the rest right behind,
/// so that nobody waits for rows that they cannot see.
#[component]
pub fn LongRows(
    #[props(default)] label: Option<String>,
    #[props(default)] test: String,
    rows: Vec<Element>,
) -> Element {
    let mut shown = use_signal(|| FIRST);
    let total = rows.len();
    use_effect(use_reactive!(|total| {
        spawn(async move {
            while *shown.peek() < total {
                device::sleep(FRAME).await;
                shown += STEP;
            }
        });
    }));
    rsx! {
        Rows { label, test, {rows.into_iter().take(shown())} }
    }
}

/// "50 of 510", where a list shows only the first of what there is.
pub fn shown_of<T>(page: &ListPage<T>) -> Element {
    shown(page.rows.len(), page.total)
}

/// The same for a list that came with something else.
pub fn shown(rows: usize, total: u32) -> Element {
    if u32::try_from(rows).unwrap_or(u32::MAX) >= total {
        return rsx! {};
    }
    rsx! {
        p { class: "hint", "data-test": "list-of", {t_args("list-of", &[("shown", rows.into()), ("total", total.into())])} }
    }
}

/// Under a list of `crate::app::ask::use_more`, where there are more.
#[component]
pub fn More(limit: Signal<u32>, #[props(default = PAGE)] by: u32, test: String) -> Element {
    let mut limit = limit;
    rsx! {
        Button { kind: Kind::Ghost, test, onclick: move |()| limit += by, {t("list-more")} }
    }
}

/// One row: icon, title, a line under it, something at the end. With `to` the whole row is a link.
#[component]
pub fn Row(
    #[props(default)] to: Option<Route>,
    #[props(default)] icon: Option<Ico>,
    #[props(default)] tone: Tone,
    title: String,
    #[props(default)] detail: String,
    /// The open one, where list and detail stand side by side.
    #[props(default)]
    current: bool,
    #[props(default)] test: String,
    /// A chip or a word before the arrow.
    #[props(default)]
    end: Option<Element>,
    /// More lines under the detail; no links or buttons where the row is a link.
    #[props(default)]
    children: Element,
) -> Element {
    let linked = to.is_some();
    let inner = rsx! {
        if let Some(icon) = icon {
            span { class: "st {tone.class()}", Icon { icon } }
        }
        RowText { title, detail, {children} }
        if let Some(end) = end {
            span { class: "row-end", {end} }
        }
        if linked {
            Icon { icon: Ico::Next, class: "row-next" }
        }
    };
    rsx! {
        li { class: "row-li",
            match to {
                Some(to) => rsx! { Go { to, class: "row", test, current, {inner} } },
                None => rsx! { div { class: "row", "data-test": test, {inner} } },
            }
        }
    }
}

/// The words of a row.
#[component]
pub fn RowText(
    title: String,
    #[props(default)] detail: String,
    #[props(default)] children: Element,
) -> Element {
    rsx! {
        span { class: "row-text",
            span { class: "row-title", {title} }
            if !detail.is_empty() {
                span { class: "row-detail", {detail} }
            }
            {children}
        }
    }
}
