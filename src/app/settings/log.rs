//! How the settings came to be what they are, and those that two people set differently.

use dioxus::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::words;
use crate::app::form::{Top, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Banner, Button, Field, Ico, Kind, Row, Rows, Section, Tone};
use crate::app::{device, when};
use crate::engine::api::{
    Reply, Request, SettingChange, SettingEntry, SettingsView, Unsettled as UnsettledSetting,
};

/// The settings that wait for somebody to settle them.
#[component]
pub fn Unsettled(view: SettingsView) -> Element {
    rsx! {
        for one in view.unsettled.clone() {
            Settle { key: "{one.key}", known: view.known.get(&one.key).cloned().unwrap_or_default(), view: view.clone(), one }
        }
    }
}

#[component]
fn Settle(view: SettingsView, one: UnsettledSetting, known: Vec<Uuid>) -> Element {
    let app = use_app();
    let (mut reason, mut missing) = (use_signal(String::new), use_signal(|| false));
    let form = use_form("settle-setting", &one.key);
    form.keeps("reason", reason);
    let key = one.key.clone();
    let field = format!("settle-{}", key.replace([':', '_'], "-"));
    let reason_field = field.clone();
    let keep = use_callback(move |value: Value| {
        let change = SettingChange { key: key.clone(), value, base: known.clone() };
        let field = reason_field.clone();
        let request = Request::SetSettings { changes: vec![change], reason: reason.cloned() };
        form.send(request, move |answer| match answer {
            Ok(Reply::NotYet(_)) => {
                missing.set(true);
                device::focus(&field);
            }
            Ok(_) => app.say(t("follow-written")),
            Err(failure) => app.say_failure(&failure),
        });
    });
    let title = t_args("settings-unsettled", &[("setting", words::key(&one.key, &view).into())]);
    rsx! {
        Banner { tone: Tone::Missed, icon: Ico::Swap, title, text: t("settings-unsettled-hint"), test: "unsettled",
            if view.may_set {
                Top { form }
                Field { label: t("settings-reason"), id: field, value: reason(), rows: 2, longest: 2000,
                    error: if missing() { t("act-words-missing") } else { String::new() },
                    oninput: move |text: String| {
                        missing.set(false);
                        reason.set(text);
                    } }
            }
            for side in one.sides.clone() {
                Side { key: "{side.event}", side, may_keep: view.may_set, busy: (form.busy)(), onkeep: move |value: Value| keep.call(value) }
            }
        }
    }
}

/// What one of them set, by whom, when and why.
#[component]
fn Side(side: SettingEntry, may_keep: bool, busy: bool, onkeep: EventHandler<Value>) -> Element {
    let said = words::value(&side.key, &side.value);
    let value = side.value.clone();
    rsx! {
        div { class: "form",
            p { {join([said.clone(), side.by.clone(), when::day_time(side.at), side.reason.clone()])} }
            if may_keep {
                Button { kind: Kind::Ghost, busy, test: "settle-keep", onclick: move |()| onkeep.call(value.clone()),
                    {t_args("settings-keep", &[("value", said.into())])}
                }
            }
        }
    }
}

/// Every change with who, when and why, newest first.
#[component]
pub fn Log(view: SettingsView) -> Element {
    if view.log.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("settings-log"), test: "settings-log",
            Rows {
                for entry in view.log.clone() {
                    Entry { key: "{entry.event}-{entry.key}", entry, view: view.clone() }
                }
            }
        }
    }
}

#[component]
fn Entry(entry: SettingEntry, view: SettingsView) -> Element {
    let change = t_args(
        "settings-from-to",
        &[
            ("was", words::value(&entry.key, &entry.was).into()),
            ("now", words::value(&entry.key, &entry.value).into()),
        ],
    );
    rsx! {
        Row { title: words::key(&entry.key, &view), detail: join([change, entry.by.clone(), when::short(entry.at)]), test: "setting-entry",
            if !entry.reason.is_empty() { span { class: "row-detail", {entry.reason.clone()} } }
        }
    }
}
