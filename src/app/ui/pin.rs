//! A six-digit PIN in one field: paste and password managers work (UX 6), digits can be shown.

use dioxus::prelude::*;

use super::choice::describe;
use super::{Ico, Icon};
use crate::app::i18n::t;

#[component]
pub fn PinField(
    label: String,
    id: String,
    value: String,
    oninput: EventHandler<String>,
    /// A PIN being chosen, not the known one: password managers then offer to keep it.
    #[props(default)]
    fresh: bool,
    #[props(default)] hint: String,
    #[props(default)] error: String,
) -> Element {
    let mut shown = use_signal(|| false);
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = describe(&hint, &hint_id, &error, &error_id);
    let invalid = (!error.is_empty()).then_some("true");
    rsx! {
        div { class: "field",
            label { class: "label", r#for: "{id}", {label} }
            if !hint.is_empty() {
                p { class: "hint", id: hint_id, {hint} }
            }
            if !error.is_empty() {
                p { class: "error", id: error_id, Icon { icon: Ico::Warn } {error} }
            }
            div { class: "pin",
                input {
                    id: "{id}",
                    class: "input pin-input",
                    "data-test": "{id}",
                    r#type: if shown() { "text" } else { "password" },
                    inputmode: "numeric",
                    autocomplete: if fresh { "new-password" } else { "current-password" },
                    value,
                    "aria-describedby": described,
                    "aria-invalid": invalid,
                    oninput: move |event| oninput.call(digits(&event.value())),
                }
                button {
                    r#type: "button",
                    class: "btn quiet",
                    "aria-pressed": if shown() { "true" } else { "false" },
                    "aria-controls": "{id}",
                    "data-test": "{id}-show",
                    onclick: move |_| shown.toggle(),
                    Icon { icon: if shown() { Ico::NotSeen } else { Ico::Eye } }
                    span { if shown() { {t("pin-hide")} } else { {t("pin-show")} } }
                }
            }
        }
    }
}

/// What was typed or pasted, as at most six digits: "12 34-56" is a PIN, too.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}
