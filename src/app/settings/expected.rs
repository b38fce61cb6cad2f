//! How often each member of staff is observed by each standard in use.

use dioxus::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::pen::{Typed, pen};
use super::words;
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Pick, Select};
use crate::engine::api::SettingsView;
use crate::practice::editing::Often;
use crate::practice::settings::single::expected_key;

/// How often, and within how many days, can be chosen.
const TIMES: [u32; 4] = [1, 2, 3, 4];
const DAYS: [u32; 5] = [7, 14, 30, 60, 90];

#[component]
pub fn Expected(view: SettingsView, standard: Uuid) -> Element {
    let pen = pen();
    let key = expected_key(standard);
    let stands = view.settings.expected.iter().find(|one| one.standard == standard);
    let stands = stands.map(|one| Often { times: one.times, days: one.days });
    let often: Option<Often> = match pen.value(&key) {
        Some(value) => serde_json::from_value(value).unwrap_or_default(),
        None => stands,
    };
    let known = view.known.get(&key).cloned().unwrap_or_default();
    let id = format!("expected-{standard}");
    let (times, days) = (often.map_or(0, |often| often.times), often.map_or(30, |often| often.days));
    let label = words::key(&key, &view);
    let field = id.clone();
    let put = use_callback(move |often: Option<Often>| {
        let value = often.map_or(Value::Null, |often| json!(often));
        pen.typed_in(&key, Typed::valid(String::new(), value, &known, &field));
    });
    let with = |all: &[u32], now: u32| {
        let mut all = all.to_vec();
        if now > 0 && !all.contains(&now) {
            all.push(now);
        }
        all
    };
    let how_often = |n: u32| t_args("write-expected-times", &[("n", n.into())]);
    let within = |n: u32| t_args("write-expected-days", &[("n", n.into())]);
    rsx! {
        Select { label, id: id.clone(), none: t("write-expected-none"), chosen: if times > 0 { times.to_string() } else { String::new() },
            picks: with(&TIMES, times).into_iter().map(|n| Pick::new(n.to_string(), how_often(n))).collect::<Vec<_>>(),
            onchoose: move |value: String| put.call(value.parse().ok().map(|times| Often { times, days })) }
        if times > 0 {
            Select { label: t("write-expected-within"), id: "{id}-days", chosen: days.to_string(),
                picks: with(&DAYS, days).into_iter().map(|n| Pick::new(n.to_string(), within(n))).collect::<Vec<_>>(),
                onchoose: move |value: String| put.call(Some(Often { times, days: value.parse().unwrap_or(days) })) }
        }
    }
}
