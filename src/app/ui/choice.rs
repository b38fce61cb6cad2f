//! One of several: pills for a few, a select for many, a switch for yes and no. Real radio buttons
//! and checkboxes, so that arrows, space and screen readers work as everywhere.

use dioxus::prelude::*;

use super::{Ico, Icon};

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    pub value: String,
    pub label: String,
}

impl Pick {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Pick {
        Pick { value: value.into(), label: label.into() }
    }
}

/// A few choices in a row that wraps.
#[component]
pub fn Pills(
    /// What is chosen here; read out with every pill.
    legend: String,
    /// Unique on the page: it ties the radio buttons together, and prefixes their ids.
    name: String,
    picks: Vec<Pick>,
    #[props(default)] chosen: Option<String>,
    onchoose: EventHandler<String>,
    /// The legend is for screen readers only, because a heading above says the same.
    #[props(default)]
    quiet_legend: bool,
    #[props(default)] hint: String,
    #[props(default)] error: String,
) -> Element {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = describe(&hint, &hint_id, &error, &error_id);
    rsx! {
        // Focused by the app where nothing is chosen yet; it is not a control.
        fieldset { class: "pills", id: "{name}", tabindex: "-1", "data-test": "{name}", "aria-describedby": described,
            legend { class: if quiet_legend { "sr" } else { "label" }, {legend} }
            if !hint.is_empty() {
                p { class: "hint", id: hint_id, {hint} }
            }
            if !error.is_empty() {
                p { class: "error", id: error_id, Icon { icon: Ico::Warn } {error} }
            }
            div { class: "pill-row",
                for pick in picks {
                    label { key: "{pick.value}", class: "pill",
                        input {
                            r#type: "radio",
                            name: "{name}",
                            id: "{name}-{pick.value}",
                            value: "{pick.value}",
                            "data-test": "{name}-{pick.value}",
                            checked: chosen.as_ref() == Some(&pick.value),
                            onchange: {
                                let value = pick.value.clone();
                                move |_| onchoose.call(value.clone())
                            },
                        }
                        span { class: "pill-words", Icon { icon: Ico::Ok, class: "pill-tick" } {pick.label} }
                    }
                }
            }
        }
    }
}

/// Several of a few, in a row that wraps.
#[component]
pub fn Ticks(
    legend: String,
    /// Unique on the page: it prefixes the ids.
    name: String,
    picks: Vec<Pick>,
    chosen: Vec<String>,
    onchoose: EventHandler<Vec<String>>,
    #[props(default)] hint: String,
    #[props(default)] error: String,
) -> Element {
    let hint_id = format!("{name}-hint");
    let error_id = format!("{name}-error");
    let described = describe(&hint, &hint_id, &error, &error_id);
    rsx! {
        fieldset { class: "pills", id: "{name}", tabindex: "-1", "data-test": "{name}", "aria-describedby": described,
            legend { class: "label", {legend} }
            if !hint.is_empty() {
                p { class: "hint", id: hint_id, {hint} }
            }
            if !error.is_empty() {
                p { class: "error", id: error_id, Icon { icon: Ico::Warn } {error} }
            }
            div { class: "pill-row",
                for pick in picks {
                    label { key: "{pick.value}", class: "pill",
                        input {
                            r#type: "checkbox",
                            id: "{name}-{pick.value}",
                            "data-test": "{name}-{pick.value}",
                            checked: chosen.contains(&pick.value),
                            onchange: {
                                let (value, mut now) = (pick.value.clone(), chosen.clone());
                                now.retain(|one| *one != value);
                                move |event: FormEvent| {
                                    let mut now = now.clone();
                                    if event.checked() {
                                        now.push(value.clone());
                                    }
                                    onchoose.call(now);
                                }
                            },
                        }
                        span { class: "pill-words", Icon { icon: Ico::Ok, class: "pill-tick" } {pick.label} }
                    }
                }
            }
        }
    }
}

/// One of many.
#[component]
pub fn Select(
    label: String,
    id: String,
    picks: Vec<Pick>,
    #[props(default)] chosen: String,
    onchoose: EventHandler<String>,
    #[props(default)] hint: String,
    #[props(default)] error: String,
    /// Shown, and sent as empty, while nothing is chosen.
    #[props(default)]
    none: Option<String>,
) -> Element {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = describe(&hint, &hint_id, &error, &error_id);
    rsx! {
        div { class: "field",
            label { class: "label", r#for: "{id}", {label} }
            if !hint.is_empty() {
                p { class: "hint", id: hint_id, {hint} }
            }
            if !error.is_empty() {
                p { class: "error", id: error_id, Icon { icon: Ico::Warn } {error} }
            }
            select {
                id: "{id}",
                class: "input",
                "data-test": "{id}",
                "aria-describedby": described,
                onchange: move |event| onchoose.call(event.value()),
                if let Some(none) = none {
                    option { value: "", selected: chosen.is_empty(), {none} }
                }
                for pick in picks {
                    option { key: "{pick.value}", value: "{pick.value}", selected: chosen == pick.value, {pick.label} }
                }
            }
        }
    }
}

/// Yes or no.
#[component]
pub fn Switch(
    label: String,
    id: String,
    on: bool,
    onswitch: EventHandler<bool>,
    #[props(default)] hint: String,
) -> Element {
    let hint_id = format!("{id}-hint");
    let described = (!hint.is_empty()).then(|| hint_id.clone());
    rsx! {
        label { class: "switch", r#for: "{id}",
            input {
                r#type: "checkbox",
                id: "{id}",
                "data-test": "{id}",
                checked: on,
                "aria-describedby": described,
                onchange: move |event| onswitch.call(event.checked()),
            }
            span { class: "switch-words",
                span { {label} }
                if !hint.is_empty() {
                    span { class: "hint", id: hint_id, {hint} }
                }
            }
        }
    }
}

/// The ids that describe a control, for `aria-describedby`.
pub(super) fn describe(hint: &str, hint_id: &str, error: &str, error_id: &str) -> Option<String> {
    let ids: Vec<&str> = [(error, error_id), (hint, hint_id)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(_, id)| id)
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
