//! Thresholds and deadlines: what the organisation decides for itself.
//!
//! Invariant: only what is shown here is changed; the other settings are written back as they were.

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::i18n::{self, t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Fault, Field, Page, Section, Switch, show};
use crate::engine::api::Request;
use crate::insight::scan::reaches;
use crate::practice::settings::Settings;

#[component]
pub fn ThresholdsPage() -> Element {
    let asked = use_ask::<Settings>(Request::Settings);
    rsx! {
        Page { title: t("thresholds-title"), back: Route::PatternsPage {}, test: "thresholds",
            {show(&asked, |settings| rsx! { Form { settings: settings.clone() } })}
        }
    }
}

#[component]
fn Form(settings: Settings) -> Element {
    let app = use_app();
    let mut now = use_signal(|| settings.clone());
    let mut same = use_signal(|| settings.pattern_same_category);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let save = move |()| {
        let Some(me) = app.me() else { return };
        let settings = Settings { pattern_same_category: *same.peek(), ..now.peek().clone() };
        busy.set(true);
        spawn(async move {
            match app.run(Request::SetOrg { name: me.org, settings }).await {
                Ok(_) => {
                    error.set(String::new());
                    app.say(t("follow-written"));
                }
                Err(failure) => error.set(crate::app::codes::failure(&failure)),
            }
            busy.set(false);
        });
    };
    rsx! {
        if !error().is_empty() { Fault { text: error() } }
        Section { title: t("patterns-title"), test: "thresholds-patterns",
            Number { label: t("threshold-pattern-count"), id: "pattern-count", value: now().pattern_count, most: 100, onset: move |n| now.write().pattern_count = n }
            Number { label: t("threshold-pattern-days"), id: "pattern-days", value: now().pattern_days, most: 366, onset: move |n| now.write().pattern_days = n }
            p { class: "hint", "data-test": "threshold-ordinary", {ordinary(now().pattern_count, now().pattern_days)} }
            Switch { label: t("threshold-category"), id: "pattern-category", on: same(), hint: t("threshold-category-hint"), onswitch: move |on: bool| same.set(on) }
        }
        Section { title: t("drift-title"), test: "thresholds-drift",
            Number { label: t("threshold-drift-count"), id: "drift-count", value: now().drift_count, most: 1000, onset: move |n| now.write().drift_count = n }
            Number { label: t("threshold-drift-days"), id: "drift-days", value: now().drift_days, most: 366, onset: move |n| now.write().drift_days = n }
        }
        Section { title: t("timely-title"), test: "thresholds-timely",
            p { class: "hint", {t("thresholds-state")} }
            Number { label: t("threshold-notify"), id: "notify-hours", value: now().notify_hours, most: 8784, onset: move |n| now.write().notify_hours = n }
            Number { label: t("threshold-classify"), id: "classify-hours", value: now().classify_hours, most: 8784, onset: move |n| now.write().classify_hours = n }
            Number { label: t("threshold-investigate"), id: "investigate-hours", value: now().investigate_hours, most: 8784, onset: move |n| now.write().investigate_hours = n }
            Number { label: t("threshold-resolve"), id: "resolve-days", value: now().resolve_days, most: 366, onset: move |n| now.write().resolve_days = n }
            Number { label: t("threshold-action"), id: "action-days", value: now().action_days, most: 366, onset: move |n| now.write().action_days = n }
        }
        Button { busy: busy(), test: "thresholds-save", onclick: save, {t("follow-write")} }
    }
}

/// In how many ordinary years chance alone reaches the threshold.
fn ordinary(count: u32, days: u32) -> String {
    let year = |a_month: f64| {
        let share = reaches(a_month / 30.0, count, f64::from(days), 365.0);
        t_args("insight-percent", &[("n", i18n::decimal((share * 100.0).round()).into())])
    };
    t_args("threshold-ordinary", &[("half", year(0.5).into()), ("one", year(1.0).into())])
}

/// A whole number of at least one; what is none keeps the last that was.
#[component]
fn Number(label: String, id: String, value: u32, most: u32, onset: EventHandler<u32>) -> Element {
    let mut text = use_signal(|| value.to_string());
    let known = move |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=most).contains(n));
    let wrong = known(&text.read()).is_none();
    rsx! {
        Field { label, id, value: text(), inputmode: "numeric", maxlength: 4,
            error: if wrong { t("threshold-wrong") } else { String::new() },
            oninput: move |typed: String| {
                if let Some(n) = known(&typed) {
                    onset.call(n);
                }
                text.set(typed);
            } }
    }
}
