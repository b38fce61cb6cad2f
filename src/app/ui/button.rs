//! Buttons. A busy button keeps the focus and says so; it does not fire again.

use dioxus::prelude::*;

use super::{Ico, Icon};
use crate::app::i18n::t;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one thing that this screen is for.
    #[default]
    Primary,
    Ghost,
    /// Takes something away.
    Danger,
    /// In a row of text: small to the eye, full-sized to the finger.
    Quiet,
}

/// A button. With `submit` it sends its form, and Enter in a field does the same.
#[component]
pub fn Button(
    #[props(default)] kind: Kind,
    #[props(default)] icon: Option<Ico>,
    #[props(default)] busy: bool,
    #[props(default)] submit: bool,
    #[props(default)] test: String,
    /// More for a screen reader than the words on the button.
    #[props(default)]
    label: Option<String>,
    #[props(default)] onclick: EventHandler<()>,
    children: Element,
) -> Element {
    let class = match kind {
        Kind::Primary => "btn",
        Kind::Ghost => "btn ghost",
        Kind::Danger => "btn danger",
        Kind::Quiet => "btn quiet",
    };
    rsx! {
        button {
            r#type: if submit { "submit" } else { "button" },
            class,
            "data-test": test,
            "aria-label": label,
            "aria-disabled": if busy { "true" },
            onclick: move |event| {
                if busy {
                    event.prevent_default();
                } else if !submit {
                    onclick.call(());
                }
            },
            if busy {
                span { class: "spin", "aria-hidden": "true" }
                span { class: "sr", {t("busy")} }
            } else if let Some(icon) = icon {
                Icon { icon }
            }
            span { class: "btn-words", {children} }
        }
    }
}
