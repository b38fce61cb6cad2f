//! What the organisation decides for itself: thresholds, deadlines, when practice holds, shift times.
//!
//! `pen` holds what is being typed, `fields` and `shifts` are the form, `log` the history and what is not
//! settled, `words` says each setting and value. Invariant: only what was typed here is written, on top of
//! what stood there when it was typed.

mod expected;
mod fields;
mod log;
mod pen;
mod preview;
mod shifts;
pub mod words;

use dioxus::prelude::*;

use self::fields::{Days, Number};
use self::pen::{Pen, Typed};
use crate::app::ask::use_ask;
use crate::app::form::{Top, use_form};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Field, Page, Section, Switch, show};
use crate::app::{codes, device};
use crate::engine::api::{Reply, Request, SettingsView};

#[component]
pub fn ThresholdsPage() -> Element {
    let asked = use_ask::<SettingsView>(Request::SettingsView);
    rsx! {
        Page { title: t("thresholds-title"), back: Route::PatternsPage {}, test: "thresholds",
            {show(&asked, |view| rsx! {
                log::Unsettled { view: view.clone() }
                if view.may_set { Form { view: view.clone() } }
                log::Log { view: view.clone() }
            })}
        }
    }
}

#[component]
fn Form(view: SettingsView) -> Element {
    let app = use_app();
    let pen = use_context_provider(Pen::new);
    let (mut reason, mut missing) = (use_signal(String::new), use_signal(|| false));
    let form = use_form("settings", &"");
    form.keeps("typed", pen.typed);
    form.keeps("reason", reason);
    let save = move |()| {
        // A number that cannot be is at its field; nothing is saved beside it.
        if let Some(wrong) = pen.first_wrong() {
            device::focus(&wrong);
            return;
        }
        let changes = pen.changes();
        if changes.is_empty() {
            app.say(t("settings-nothing"));
            return;
        }
        form.send(Request::SetSettings { changes, reason: reason.cloned() }, move |answer| match answer {
            Ok(Reply::NotYet(_)) => {
                missing.set(true);
                device::focus("settings-reason");
            }
            Ok(_) => {
                form.again();
                app.say(t("follow-written"));
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    };
    let same = pen.value("pattern_same_category").and_then(|value| value.as_bool());
    let same = same.unwrap_or(view.settings.pattern_same_category);
    let known = view.known.get("pattern_same_category").cloned().unwrap_or_default();
    rsx! {
        Top { form }
        Section { title: t("patterns-title"), test: "thresholds-patterns",
            Number { view: view.clone(), setting: "pattern_count", id: "pattern-count", least: 2, most: 100 }
            Number { view: view.clone(), setting: "pattern_days", id: "pattern-days", least: 1, most: 366 }
            p { class: "hint", "data-test": "threshold-ordinary", {preview::pattern(&preview::typed(pen, &view))} }
            Switch { label: t("threshold-category"), id: "pattern-category", on: same, hint: t("threshold-category-hint"),
                onswitch: move |on: bool| pen.typed_in("pattern_same_category", Typed::valid(on.to_string(), on.into(), &known, "pattern-category")) }
        }
        Section { title: t("drift-title"), test: "thresholds-drift",
            Number { view: view.clone(), setting: "drift_count", id: "drift-count", least: 2, most: 1000 }
            Number { view: view.clone(), setting: "drift_days", id: "drift-days", least: 7, most: 366 }
        }
        Section { title: t("timely-title"), test: "thresholds-timely",
            p { class: "hint", {t("thresholds-state")} }
            Number { view: view.clone(), setting: "notify_hours", id: "notify-hours", least: 1, most: 8784 }
            Number { view: view.clone(), setting: "classify_hours", id: "classify-hours", least: 1, most: 8784 }
            Number { view: view.clone(), setting: "investigate_hours", id: "investigate-hours", least: 1, most: 8784 }
            Number { view: view.clone(), setting: "resolve_days", id: "resolve-days", least: 1, most: 366 }
            Number { view: view.clone(), setting: "action_days", id: "action-days", least: 1, most: 366 }
        }
        Section { title: t("hold-title"), test: "thresholds-hold",
            p { class: "hint", {t("settings-hold-hint")} }
            Number { view: view.clone(), setting: "hold_looks", id: "hold-looks", least: 1, most: 100 }
            Number { view: view.clone(), setting: "hold_weeks", id: "hold-weeks", least: 0, most: 52 }
            Number { view: view.clone(), setting: "hold_bands", id: "hold-bands", least: 1, most: 4 }
            p { class: "hint", "data-test": "hold-preview", {preview::hold(&preview::typed(pen, &view))} }
            Days { view: view.clone() }
        }
        Section { title: t("settings-shifts"), test: "thresholds-shifts",
            p { class: "hint", {t("settings-shifts-hint")} }
            for site in view.sites.iter().filter(|site| site.active) {
                shifts::Site { key: "{site.site}", view: view.clone(), site: site.clone() }
            }
        }
        Section { title: t("settings-expected"), test: "thresholds-expected",
            p { class: "hint", {t("settings-expected-hint")} }
            for standard in view.in_use.iter().copied() {
                expected::Expected { key: "{standard}", view: view.clone(), standard }
            }
        }
        Field { label: t("settings-reason"), id: "settings-reason", value: reason(), rows: 2, longest: 2000,
            hint: t("settings-reason-hint"),
            error: if missing() { t("act-words-missing") } else { String::new() },
            oninput: move |text: String| {
                missing.set(false);
                reason.set(text);
            } }
        Button { busy: (form.busy)(), test: "thresholds-save", onclick: save, {t("follow-write")} }
    }
}
