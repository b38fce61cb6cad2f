//! What was understood of a number that somebody typed, and what is asked where it was not.

use crate::app::i18n::{self, t, t_args};
use crate::practice::number::{self, Kind, Reading};

/// "= 1240": what is stored, where that is written otherwise than it was typed. Empty where it is not.
#[must_use]
pub fn understood(typed: &str, read: Reading) -> String {
    match read {
        Reading::Number(number) if typed.trim() != i18n::number(number) => {
            t_args("number-understood", &[("n", i18n::number(number).into())])
        }
        _ => String::new(),
    }
}

/// Why it is no number yet.
#[must_use]
pub fn unread(read: Reading) -> Option<String> {
    match read {
        Reading::Nothing | Reading::Number(_) => None,
        Reading::Either { thousands, decimals } => Some(t_args(
            "number-either",
            &[("thousands", i18n::number(thousands).into()), ("decimals", i18n::number(decimals).into())],
        )),
        Reading::NotWhole => Some(t("number-not-whole")),
        Reading::NotANumber => Some(t("capture-not-a-number")),
    }
}

/// A number for a form: `None` where nothing was typed.
///
/// # Errors
/// The sentence that says why it is none.
pub fn number(text: &str, kind: Kind) -> Result<Option<f64>, String> {
    let read = number::read(text, kind);
    match unread(read) {
        Some(why) => Err(why),
        None => Ok(read.number()),
    }
}

/// A count within its limits.
#[must_use]
pub fn count(text: &str, least: u32, most: u32) -> Option<u32> {
    let number = number::read(text, Kind::Counted).number()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within u32")]
    (f64::from(least)..=f64::from(most)).contains(&number).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;

    use super::*;
    use crate::app::i18n::{Lang, show_in};

    #[test]
    fn what_was_understood_is_shown_where_it_was_typed_otherwise() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            let shown = |typed: &str, kind| understood(typed, number::read(typed, kind));
            show_in(Lang::En);
            assert_eq!(shown("1,240", Kind::Counted), "= 1240");
            assert_eq!(shown("1240", Kind::Counted), "");
            assert_eq!(shown("37,5", Kind::Measured), "= 37.5");
            assert_eq!(shown("1,240", Kind::Measured), "", "nothing is understood of it");
            let asked = unread(number::read("1,240", Kind::Measured)).unwrap();
            assert!(asked.contains("1240") && asked.contains("1.24"), "{asked}");
            show_in(Lang::Es);
            assert_eq!(shown("1.240", Kind::Counted), "= 1240");
            assert_eq!(shown("37,5", Kind::Measured), "");
            let asked = unread(number::read("1.240", Kind::Measured)).unwrap();
            assert!(asked.contains("1240") && asked.contains("1,24"), "{asked}");
            show_in(Lang::En);
        });
    }

    #[test]
    fn a_count_is_taken_within_its_limits_alone() {
        assert_eq!(count("1,240", 1, 8784), Some(1240));
        assert_eq!(count("0", 1, 100), None);
        assert_eq!(count("12.5", 1, 100), None);
        assert_eq!(count("", 1, 100), None);
        assert_eq!(count("8785", 1, 8784), None);
    }
}
