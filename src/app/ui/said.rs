//! Words of other people, of whatever length somebody made them.

use dioxus::prelude::*;

use crate::app::i18n::t_args;

/// As many characters are shown at once; more are folded away behind a line that says how many.
const AT_ONCE: usize = 2_000;

/// What somebody wrote. `class` says how it looks.
#[component]
pub fn Said(text: String, #[props(default = "said".to_owned())] class: String) -> Element {
    let (first, rest) = folded(&text);
    let n = u64::try_from(rest.chars().count()).unwrap_or(u64::MAX);
    rsx! {
        p { class: "{class}", {first.to_owned()} }
        if !rest.is_empty() {
            details { "data-test": "said-rest",
                summary { {t_args("said-rest", &[("n", n.into())])} }
                p { class: "{class}", {rest.to_owned()} }
            }
        }
    }
}

/// What is shown at once, and what is folded away.
fn folded(text: &str) -> (&str, &str) {
    let cut = text.char_indices().nth(AT_ONCE).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(cut).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_folded_between_characters_and_a_short_one_is_whole() {
        assert_eq!(folded("Calm"), ("Calm", ""));
        let long = "\u{1f642}".repeat(AT_ONCE + 3);
        let (first, rest) = folded(&long);
        assert_eq!((first.chars().count(), rest.chars().count()), (AT_ONCE, 3));
    }
}
