//! What the numbers of a rule come to, as they stand in the form: typed, or in force where nothing was.
//!
//! Invariant: a number that cannot be read makes no preview; its name is said instead.

use super::pen::{Pen, Typed};
use super::words;
use crate::app::i18n::{self, t_args};
use crate::engine::api::SettingsView;
use crate::insight::hold::still_needed;
use crate::insight::scan::reaches;

/// A number as it stands in its field, or the name of the setting where it cannot be read.
type Number = Result<u32, String>;

/// The numbers that the previews are of.
pub struct Numbers {
    pattern_count: Number,
    pattern_days: Number,
    hold_looks: Number,
    hold_weeks: Number,
    hold_bands: Number,
}

/// As they stand in the form. Subscribes the caller.
pub fn typed(pen: Pen, view: &SettingsView) -> Numbers {
    let of = |key: &str| number(pen.of(key).as_ref(), key, view);
    Numbers {
        pattern_count: of("pattern_count"),
        pattern_days: of("pattern_days"),
        hold_looks: of("hold_looks"),
        hold_weeks: of("hold_weeks"),
        hold_bands: of("hold_bands"),
    }
}

fn number(typed: Option<&Typed>, key: &str, view: &SettingsView) -> Number {
    let value = typed.map_or_else(|| Some(view.settings.value(key)), |typed| typed.value.clone());
    let number = value.and_then(|value| value.as_u64()).and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| words::key(key, view))
}

/// In how many ordinary years chance alone reaches the threshold of a pattern.
pub fn pattern(numbers: &Numbers) -> String {
    let (count, days) = match (&numbers.pattern_count, &numbers.pattern_days) {
        (Ok(count), Ok(days)) => (*count, *days),
        (Err(name), _) | (_, Err(name)) => return unreadable(name),
    };
    let year = |a_month: f64| {
        let share = reaches(a_month / 30.0, count, f64::from(days), 365.0);
        t_args("insight-percent", &[("n", i18n::decimal((share * 100.0).round()).into())])
    };
    t_args("threshold-ordinary", &[("half", year(0.5).into()), ("one", year(1.0).into())])
}

/// What a cycle needs before it holds, where every re-check is met.
pub fn hold(numbers: &Numbers) -> String {
    let (looks, weeks, bands) = match (&numbers.hold_looks, &numbers.hold_weeks, &numbers.hold_bands) {
        (Ok(looks), Ok(weeks), Ok(bands)) => (*looks, *weeks, *bands),
        (Err(name), ..) | (_, Err(name), _) | (.., Err(name)) => return unreadable(name),
    };
    // Fewer than the statistical rule asks for show nothing, whatever the organisation's own number.
    let least = still_needed(0, 0);
    t_args(
        "hold-preview",
        &[("looks", looks.max(least).into()), ("weeks", weeks.into()), ("bands", bands.into())],
    )
}

fn unreadable(name: &str) -> String {
    t_args("preview-unreadable", &[("name", name.into())])
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;

    use super::*;

    /// The preview followed what was saved: whoever typed 5 read what 3 comes to.
    #[test]
    fn a_preview_is_of_what_is_typed_and_says_what_cannot_be_read() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            let view = SettingsView::default();
            let saved = |key: &str| number(None, key, &view);
            let typed = |text: &str| {
                number(
                    Some(&Typed::valid(text.into(), text.parse::<u32>().unwrap().into(), &[], "")),
                    "",
                    &view,
                )
            };
            let numbers = |pattern_count: Number, hold_looks: Number| Numbers {
                pattern_count,
                pattern_days: saved("pattern_days"),
                hold_looks,
                hold_weeks: saved("hold_weeks"),
                hold_bands: saved("hold_bands"),
            };
            let before = numbers(saved("pattern_count"), saved("hold_looks"));
            let now = numbers(typed("9"), typed("12"));
            assert_ne!(pattern(&before), pattern(&now));
            assert!(hold(&now).contains("12 "), "{}", hold(&now));
            assert!(
                hold(&numbers(typed("9"), typed("2"))).contains("7 "),
                "seven of seven, whatever is typed"
            );

            let wrong = || number(Some(&Typed::wrong("4x".into(), "")), "pattern_count", &view);
            let unread = numbers(wrong(), typed("12"));
            let name = words::key("pattern_count", &view);
            assert_eq!(pattern(&unread), t_args("preview-unreadable", &[("name", name.clone().into())]));
            assert!(pattern(&unread).contains(&name) && hold(&unread).contains("12 "));
        });
    }
}
