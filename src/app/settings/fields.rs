//! Whole numbers within their bounds, and a list of days.

use dioxus::prelude::*;
use serde_json::json;

use super::pen::{Typed, pen};
use super::words;
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Field, reading};
use crate::engine::api::SettingsView;
use crate::practice::number::Kind;

/// The most re-checks of a closed cycle, and the last day of one.
const MOST_RECHECKS: usize = 12;
const LAST_RECHECK: u32 = 366;

/// A number; what is none stays in the field with what would be one, and nothing is saved.
#[component]
pub fn Number(view: SettingsView, setting: String, id: String, least: u32, most: u32) -> Element {
    let pen = pen();
    let typed = pen.of(&setting);
    let stands = view.settings.value(&setting);
    let text = typed.as_ref().map_or_else(|| stands.to_string(), |typed| typed.text.clone());
    let wrong = typed.is_some_and(|typed| typed.value.is_none());
    let known = view.known.get(&setting).cloned().unwrap_or_default();
    let bounds = t_args("settings-wrong", &[("least", least.into()), ("most", most.into())]);
    rsx! {
        Field { label: words::key(&setting, &view), id: id.clone(), value: text, number: Kind::Counted,
            error: if wrong { bounds } else { String::new() },
            oninput: move |text: String| {
                let typed = match reading::count(&text, least, most) {
                    Some(number) => Typed::valid(text, json!(number), &known, &id),
                    None => Typed::wrong(text, &id),
                };
                pen.typed_in(&setting, typed);
            } }
    }
}

/// "14, 28, 56" as days that follow each other; at least one.
fn days(text: &str) -> Option<Vec<u32>> {
    let days: Option<Vec<u32>> = text.split(',').map(|day| reading::count(day, 1, LAST_RECHECK)).collect();
    let rises = |days: &Vec<u32>| days.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    days.filter(|days| rises(days) && days.len() <= MOST_RECHECKS)
}

/// The days on which a closed cycle is looked at again.
#[component]
pub fn Days(view: SettingsView) -> Element {
    const KEY: &str = "recheck_days";
    const ID: &str = "recheck-days";
    let pen = pen();
    let typed = pen.of(KEY);
    let stands = words::days(&view.settings.recheck_days);
    let text = typed.as_ref().map_or(stands, |typed| typed.text.clone());
    let wrong = typed.is_some_and(|typed| typed.value.is_none());
    let known = view.known.get(KEY).cloned().unwrap_or_default();
    rsx! {
        Field { label: words::key(KEY, &view), id: ID, value: text, hint: t("settings-recheck-hint"), longest: 60,
            error: if wrong { t("settings-recheck-wrong") } else { String::new() },
            oninput: move |text: String| {
                let typed = match days(&text) {
                    Some(days) => Typed::valid(text, json!(days), &known, ID),
                    None => Typed::wrong(text, ID),
                };
                pen.typed_in(KEY, typed);
            } }
    }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_follow_each_other() {
        assert_eq!(days(" 14,28 , 56"), Some(vec![14, 28, 56]));
        for wrong in ["", "14,14", "28, 14", "0, 3", "7;14", "400"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
