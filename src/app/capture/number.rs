//! The field of a number: its unit and limits, what was understood of what was typed, and what is wrong.
//!
//! Invariant: what stands under the field is what is stored; where it could be either of two numbers, the
//! person is asked and none is stored.

use dioxus::prelude::*;
use fluent_bundle::FluentValue;

use crate::app::i18n::{self, t_args};
use crate::app::ui::{Ico, Icon, reading};
use crate::app::{codes, names};
use crate::practice::draft::{Answer, Open};
use crate::practice::number;
use crate::practice::standard::Item;

#[component]
pub fn NumberBox(
    item: Item,
    answer: Option<Answer>,
    labelled: String,
    described: Option<String>,
    invalid: bool,
    oninput: EventHandler<String>,
    #[props(default)] onblur: EventHandler<()>,
) -> Element {
    let first = use_hook(|| {
        let answer = answer.unwrap_or_default();
        answer.number.map_or(answer.text, i18n::number)
    });
    let mut typed = use_signal(|| first.clone());
    // On the way to "1,240" nobody is told that "1,2" is not whole.
    let mut left = use_signal(|| true);
    let kind = item.number_kind();
    let read = number::read(&typed.read(), kind);
    let understood = reading::understood(&typed.read(), read);
    let unread = reading::unread(read).filter(|_| left());
    let refused = invalid || unread.is_some();
    let unit = names::text(&item.unit);
    let hint = format!("u-{}", item.id);
    let limits = match (item.min, item.max) {
        (Some(min), Some(max)) => t_args("capture-limits", &[("min", said(min)), ("max", said(max))]),
        _ => String::new(),
    };
    rsx! {
        div { class: "number",
            input {
                id: "a-{item.id}",
                class: "input number-input",
                r#type: "text",
                inputmode: if item.is_counted() { "numeric" } else { "decimal" },
                autocomplete: "off",
                "aria-labelledby": labelled,
                "aria-describedby": match described { Some(error) => format!("{error} {hint}"), None => hint.clone() },
                "aria-invalid": if refused { "true" },
                "data-test": "number",
                initial_value: first,
                oninput: move |event| {
                    left.set(false);
                    typed.set(event.value());
                    oninput.call(event.value());
                },
                onblur: move |_| {
                    left.set(true);
                    onblur.call(());
                },
            }
            span { class: "number-unit", id: hint, {unit} " " {limits} }
        }
        p { class: "hint understood", role: "status", "data-test": "understood", {understood} }
        if let Some(unread) = unread {
            p { class: "item-error", role: "alert", Icon { icon: Ico::Warn } {unread} }
        }
    }
}

fn said(number: f64) -> FluentValue<'static> {
    i18n::number(number).into()
}

/// Whether the field itself says this of its text: it is not said once more above it.
#[must_use]
pub fn is_at_field(open: &Open) -> bool {
    matches!(open, Open::TooLong { .. } | Open::NotANumber { .. } | Open::NotWhole { .. })
}

/// What is wrong with the answer to an item, with the numbers that it is measured by.
pub fn wrong(open: &Open, item: &Item, items: &[Item]) -> String {
    match (open, item.least(), item.max) {
        (Open::OutOfRange { .. }, Some(min), Some(max)) => {
            t_args("capture-between", &[("min", said(min)), ("max", said(max))])
        }
        (Open::OutOfRange { .. }, Some(min), None) => t_args("capture-at-least", &[("min", said(min))]),
        (Open::OutOfRange { .. }, None, Some(max)) => t_args("capture-at-most", &[("max", said(max))]),
        (Open::MoreThanWhole { whole, .. }, ..) => {
            let whole = items.iter().find(|item| item.id == *whole).map(|item| names::text(&item.text));
            t_args("capture-more-than-whole", &[("whole", whole.unwrap_or_default().into())])
        }
        _ => codes::open(open),
    }
}
