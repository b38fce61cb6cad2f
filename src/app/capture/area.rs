//! A text field that grows with what is written, and says how much room is left, or how much is too long.
//!
//! Invariant: the field keeps its own text while it is on screen. It is given the draft's text once,
//! so that a slow save or a re-render can never take back a letter that was just typed.

use dioxus::prelude::*;

use crate::app::i18n::t_args;
use crate::app::ui::length::use_length;
use crate::app::ui::{Ico, Icon};
use crate::practice::draft::LONGEST;

/// What is left is said from here on; before that it would only be noise.
const SAY_FROM: usize = 400;
/// Letters in a line of a narrow phone, to guess the height where the browser cannot.
const LINE: usize = 36;

/// How many lines high a field is for its text.
#[must_use]
pub fn rows(text: &str, least: usize) -> usize {
    let lines: usize = text.split('\n').map(|line| line.chars().count() / LINE + 1).sum();
    lines.clamp(least, 14)
}

/// How many letters are left, where that is worth saying; nothing where there are too many.
#[must_use]
pub fn left(text: &str) -> Option<usize> {
    let left = usize::try_from(LONGEST).unwrap_or(usize::MAX).checked_sub(text.chars().count())?;
    (left <= SAY_FROM).then_some(left)
}

#[component]
pub fn Area(
    id: String,
    /// Read by a screen reader where no `label` element names the field.
    #[props(default)]
    label: Option<String>,
    #[props(default)] labelled: Option<String>,
    #[props(default)] described: Option<String>,
    value: String,
    #[props(default = 2)] least: usize,
    #[props(default)] invalid: bool,
    #[props(default)] placeholder: Option<String>,
    #[props(default)] test: String,
    oninput: EventHandler<String>,
    #[props(default)] onblur: EventHandler<()>,
) -> Element {
    let first = use_hook(|| value.clone());
    let mut written = use_signal(|| value.clone());
    let left = left(&written.read());
    let too_long = use_length(&id, &written.read(), Some(LONGEST));
    let invalid = invalid || !too_long.is_empty();
    let long_id = format!("{id}-long");
    let described = match described {
        described if too_long.is_empty() => described,
        Some(described) => Some(format!("{described} {long_id}")),
        None => Some(long_id.clone()),
    };
    let high = rows(&written.read(), least);
    rsx! {
        textarea {
            id,
            class: "input area",
            "aria-label": label,
            "aria-labelledby": labelled,
            "aria-describedby": described,
            "aria-invalid": if invalid { "true" },
            "data-test": test,
            rows: "{high}",
            // Else the browser writes what was typed to its own disk, readable, to restore tabs.
            autocomplete: "off",
            placeholder,
            initial_value: first,
            oninput: move |event| {
                written.set(event.value());
                oninput.call(event.value());
            },
            onblur: move |_| onblur.call(()),
        }
        if !too_long.is_empty() {
            p { class: "error", id: long_id, role: "status", Icon { icon: Ico::Warn } {too_long} }
        }
        if let Some(left) = left {
            p { class: "hint", {t_args("capture-letters-left", &[("n", left.into())])} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_with_the_text_and_no_further_than_the_screen() {
        assert_eq!(rows("", 2), 2);
        assert_eq!(rows(&"word ".repeat(20), 2), 3);
        assert_eq!(rows("a\nb\nc\nd", 2), 4);
        assert_eq!(rows(&"x".repeat(4_000), 2), 14);
    }

    #[test]
    fn says_what_is_left_only_near_the_end() {
        assert_eq!(left("short"), None);
        assert_eq!(left(&"x".repeat(3_990)), Some(10));
        assert_eq!(left(&"x".repeat(4_000)), Some(0));
        assert_eq!(left(&"x".repeat(4_001)), None, "that it is too long is said instead");
    }
}
