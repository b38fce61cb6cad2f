//! A labelled field: label above, hint and error tied to it, "(optional)" in words.

use dioxus::prelude::*;

use super::choice::describe;
use super::length::use_length;
use super::{Ico, Icon, reading};
use crate::app::i18n::t_args;
use crate::practice::number;

#[component]
pub fn Field(
    label: String,
    /// Unique on the page.
    id: String,
    value: String,
    oninput: EventHandler<String>,
    #[props(default)] hint: String,
    #[props(default)] error: String,
    #[props(default)] optional: bool,
    /// The label is for screen readers only (a search field with its icon).
    #[props(default)]
    quiet_label: bool,
    /// Several lines.
    #[props(default)]
    rows: Option<u32>,
    #[props(default = "text".to_owned())] kind: String,
    #[props(default)] inputmode: Option<String>,
    /// A number is typed: what was understood of it stands under the field.
    #[props(default)]
    number: Option<number::Kind>,
    /// What was understood of what is typed, where that is no number.
    #[props(default)]
    understood: Option<String>,
    /// The error comes while it is typed, and not when it is sent.
    #[props(default)]
    live: bool,
    #[props(default = "off".to_owned())] autocomplete: String,
    #[props(default)] autocapitalize: Option<String>,
    #[props(default)] placeholder: Option<String>,
    /// The last day and time that can be, of a field for those; some years ahead where nothing is said.
    #[props(default)]
    max: Option<String>,
    /// In letters. A longer text stays, and says how many are too many.
    #[props(default)]
    longest: Option<u32>,
    /// When the field is left.
    #[props(default)]
    onblur: EventHandler<()>,
) -> Element {
    let too_long = use_length(&id, &value, longest);
    let error = if error.is_empty() { too_long } else { error };
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = describe(&hint, &hint_id, &error, &error_id);
    let understood =
        understood.or_else(|| number.map(|kind| reading::understood(&value, number::read(&value, kind))));
    let understood_id = format!("{id}-understood");
    let described = match (&understood, described) {
        (Some(_), Some(described)) => Some(format!("{described} {understood_id}")),
        (Some(_), None) => Some(understood_id.clone()),
        (None, described) => described,
    };
    let inputmode = inputmode.or_else(|| {
        number.map(|kind| if kind == number::Kind::Counted { "numeric" } else { "decimal" }.to_owned())
    });
    let invalid = (!error.is_empty()).then_some("true");
    // With both bounds a browser takes no year of two or of five digits.
    let (min, max) = match kind.as_str() {
        "date" => (Some("2000-01-01"), max.or_else(|| Some("2099-12-31".into()))),
        "datetime-local" => (Some("2000-01-01T00:00"), max.or_else(|| Some("2099-12-31T23:59".into()))),
        _ => (None, None),
    };
    let words = if optional { t_args("optional", &[("label", label.clone().into())]) } else { label };
    rsx! {
        div { class: "field",
            label { class: if quiet_label { "sr" } else { "label" }, r#for: "{id}", {words} }
            if !hint.is_empty() {
                p { class: "hint", id: hint_id, {hint} }
            }
            if !error.is_empty() {
                p { class: "error", id: error_id, role: live.then_some("alert"), Icon { icon: Ico::Warn } {error} }
            }
            if let Some(rows) = rows {
                textarea {
                    id: "{id}",
                    class: "input",
                    "data-test": "{id}",
                    rows: "{rows}",
                    value,
                    autocomplete,
                    placeholder,
                    "aria-describedby": described,
                    "aria-invalid": invalid,
                    oninput: move |event| oninput.call(event.value()),
                    onblur: move |_| onblur.call(()),
                }
            } else {
                input {
                    id: "{id}",
                    class: "input",
                    "data-test": "{id}",
                    r#type: kind,
                    value,
                    inputmode,
                    autocomplete,
                    autocapitalize,
                    placeholder,
                    min,
                    max,
                    "aria-describedby": described,
                    "aria-invalid": invalid,
                    oninput: move |event| oninput.call(event.value()),
                    onblur: move |_| onblur.call(()),
                }
            }
            if let Some(understood) = understood {
                p { class: "hint understood", id: understood_id, role: "status", "data-test": "{id}-understood", {understood} }
            }
        }
    }
}
