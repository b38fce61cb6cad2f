//! What the app says about itself: chips, banners, errors, empty places, and the live region.

use std::time::Duration;

use dioxus::prelude::*;

use super::{Button, Ico, Icon, Kind, Tone};
use crate::app::ask::Asked;
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::{codes, device};
use crate::engine::api::{Change, Failure, SyncChip};

/// A state in a word: always icon and word together.
#[component]
pub fn Chip(tone: Tone, icon: Ico, words: String, #[props(default)] test: String) -> Element {
    rsx! {
        span { class: "chip {tone.class()}", "data-test": test, Icon { icon } span { {words} } }
    }
}

/// Something to know before going on; the actions stand in it.
#[component]
pub fn Banner(
    tone: Tone,
    icon: Ico,
    title: String,
    #[props(default)] text: String,
    #[props(default)] test: String,
    #[props(default)] children: Element,
) -> Element {
    rsx! {
        // A group and no landmark: several of them may say the same.
        div { class: "banner {tone.class()}", role: "group", "aria-label": "{title}", "data-test": test,
            Icon { icon }
            div { class: "banner-words",
                p { class: "banner-title", "{title}" }
                if !text.is_empty() {
                    p { {text} }
                }
                div { class: "banner-actions", {children} }
            }
        }
    }
}

/// The organisation's records are still on their way here: how many came already, and nothing else is
/// claimed.
#[component]
pub fn Fetching() -> Element {
    let app = use_app();
    let came = match app.status.read().as_ref().map(|status| status.sync.clone()) {
        Some(SyncChip::Receiving { items }) => t_args("fetching-so-far", &[("n", items.into())]),
        _ => t("fetching-hint"),
    };
    rsx! {
        div { class: "empty", "data-test": "fetching",
            span { class: "ic", Icon { icon: Ico::Again } }
            p { class: "empty-title", {t("fetching-title")} }
            p { class: "hint", {came} }
        }
    }
}

/// Nothing here, why, and what to do about it. Before all records have ever been here nobody can say that.
#[component]
pub fn Empty(
    icon: Ico,
    title: String,
    #[props(default)] hint: String,
    #[props(default)] children: Element,
) -> Element {
    if use_app().status.read().as_ref().is_some_and(|status| status.fetching) {
        return rsx! { Fetching {} };
    }
    rsx! {
        div { class: "empty", "data-test": "empty",
            span { class: "ic", Icon { icon } }
            p { class: "empty-title", {title} }
            if !hint.is_empty() {
                p { class: "hint", {hint} }
            }
            {children}
        }
    }
}

/// A failure in words; read out when it appears.
#[component]
pub fn ErrorNote(failure: Failure) -> Element {
    rsx! {
        Fault { text: codes::failure(&failure) }
    }
}

/// A fault that the app found itself.
#[component]
pub fn Fault(text: String, #[props(default)] children: Element) -> Element {
    rsx! {
        div { class: "fault", role: "alert", "data-test": "fault",
            Icon { icon: Ico::Warn }
            div { p { {text} } {children} }
        }
    }
}

/// While the engine is asked: nothing for a moment, so that quick answers do not flicker.
#[component]
pub fn Asking() -> Element {
    rsx! {
        p { class: "asking", role: "status", "data-test": "asking",
            span { class: "spin", "aria-hidden": "true" }
            {t("loading")}
        }
    }
}

/// Shows what was asked for, or that it is on its way, or what went wrong.
pub fn show<T>(asked: &Asked<T>, ready: impl FnOnce(&T) -> Element) -> Element {
    match asked {
        Asked::Loading => rsx! { Asking {} },
        Asked::Ready(value) => ready(value),
        Asked::Failed(failure) => {
            let failure = failure.clone();
            rsx! { Again { failure } }
        }
    }
}

/// A failure with "Try again", where trying again can help.
#[component]
fn Again(failure: Failure) -> Element {
    let app = use_app();
    let again = failure.again;
    rsx! {
        Fault { text: codes::failure(&failure),
            if again {
                Button { kind: Kind::Ghost, icon: Ico::Again, test: "try-again",
                    onclick: move |()| {
                        for change in [Change::Records, Change::Drafts, Change::Registry, Change::Standards, Change::Sync] {
                            app.bump(change);
                        }
                    },
                    {t("try-again")}
                }
            }
        }
    }
}

/// The live region: what was done, said once, gone after a while. It outlives the page that said it, so that
/// a screen reader hears it; [`Seen`] shows it.
#[component]
pub fn Toasts() -> Element {
    let mut app = use_app();
    use_effect(move || {
        let Some(turn) = app.toast.read().as_ref().map(|toast| toast.turn) else { return };
        spawn(async move {
            device::sleep(Duration::from_secs(7)).await;
            let same = app.toast.peek().as_ref().is_some_and(|toast| toast.turn == turn);
            if same {
                app.toast.set(None);
            }
        });
    });
    let toast = app.toast.read().clone();
    rsx! {
        div { class: "sr heard", role: "status", "aria-live": "polite", "data-test": "toast-heard",
            if let Some(toast) = toast {
                p { key: "{toast.turn}", {toast.text} }
            }
        }
    }
}

/// The same on the screen: a part of the page, between what scrolls and the buttons, so that it lies over
/// neither. In a dialog, which covers the page, only what went wrong.
#[component]
pub fn Seen(#[props(default)] bad_only: bool) -> Element {
    let app = use_app();
    let toast = app.toast.read().clone().filter(|toast| !(bad_only && toast.good));
    rsx! {
        if let Some(toast) = toast {
            div { class: "toasts", "aria-hidden": "true", "data-test": "toast",
                div { key: "{toast.turn}", class: if toast.good { "toast" } else { "toast toast-bad" },
                    Icon { icon: if toast.good { Ico::Ok } else { Ico::Warn } }
                    span { {toast.text} }
                }
            }
        }
    }
}
