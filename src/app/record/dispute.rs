//! What several people changed without knowing of each other, for whoever reads the record: put
//! together where they changed different things, side by side where they say different things, and
//! told to those who had no part in what was decided.

use dioxus::prelude::*;
use uuid::Uuid;

use super::fields;
use crate::app::i18n::{t, t_args};
use crate::app::state::use_app;
use crate::app::ui::{Banner, Button, Ico, Kind, Said, Tone};
use crate::engine::api::{RecordView, Request};
use crate::practice::merge::Dispute;
use crate::practice::record::Entry;

/// Nothing is in dispute, and yet nobody wrote what is read here whole.
#[component]
pub fn Merged(view: RecordView) -> Element {
    let tips = view.record.history.iter().filter(|entry| view.record.tips.contains(&entry.event));
    let names: Vec<String> = tips.map(|entry| fields::who(entry, &view)).collect();
    rsx! {
        Banner { tone: Tone::Brand, icon: Ico::Swap, title: t("merged-title"), text: t("merged-text"), test: "merged",
            for (n , name) in names.into_iter().enumerate() {
                p { key: "{n}", class: "hint", {name} }
            }
        }
    }
}

/// Everything in dispute: what each side says, who and when.
#[component]
pub fn Disputes(view: RecordView) -> Element {
    rsx! {
        div { class: "compare", "data-test": "conflict",
            Banner { tone: Tone::Missed, icon: Ico::Swap, title: t("conflict-title"),
                text: if view.may.amend { t("conflict-text-settle") } else { t("conflict-text") },
            }
            for (at , dispute) in view.record.disputes.clone().into_iter().enumerate() {
                div { key: "{at}", class: "card",
                    p { class: "row-title", {fields::title(&dispute.field, &view)} }
                    div { class: "compare-two",
                        for side in fields::sides(&dispute, &view) {
                            div { key: "{side.event}",
                                for (n , who) in side.who.into_iter().enumerate() {
                                    p { key: "{n}", class: "who-said", {who} }
                                }
                                Said { text: side.words }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was decided about my amendment, until I say that I have read it.
#[component]
pub fn Told(view: RecordView) -> Element {
    let told: Vec<Entry> =
        view.record.history.iter().filter(|entry| view.told.contains(&entry.event)).cloned().collect();
    rsx! {
        for entry in told {
            ToldOne { key: "{entry.event}", entry, view: view.clone() }
        }
    }
}

#[component]
fn ToldOne(entry: Entry, view: RecordView) -> Element {
    let app = use_app();
    let mut busy = use_signal(|| false);
    let event = entry.event;
    let name = fields::author(&entry, &view);
    let title = if entry.settled.is_empty() {
        t_args("told-withdrawn", &[("name", name.into())])
    } else {
        t_args("told-settled", &[("name", name.into())])
    };
    let lines: Vec<String> =
        entry.settled.iter().filter_map(|dispute| mine_and_what_stands(dispute, &entry, &view)).collect();
    rsx! {
        Banner { tone: Tone::Waiting, icon: Ico::Swap, title, text: t_args("quoted", &[("text", entry.text.clone().into())]), test: "told",
            for (n , line) in lines.into_iter().enumerate() {
                p { key: "{n}", {line} }
            }
            Button { kind: Kind::Ghost, icon: Ico::Ok, busy: busy(), test: "told-read",
                onclick: move |()| {
                    busy.set(true);
                    spawn(async move {
                        if let Err(failure) = app.run(Request::ReadTold { event }).await {
                            app.say_failure(&failure);
                        }
                        busy.set(false);
                    });
                },
                {t("told-read")}
            }
        }
    }
}

/// "Dose checked: you said Not met. What stands: Met", where I had a side in it.
fn mine_and_what_stands(dispute: &Dispute, settled: &Entry, view: &RecordView) -> Option<String> {
    let mine = |event: Uuid| {
        view.record.history.iter().find(|entry| entry.event == event && entry.author == view.me)
    };
    let mine = dispute.events().find_map(mine)?;
    Some(t_args(
        "told-line",
        &[
            ("field", fields::title(&dispute.field, view).into()),
            ("mine", fields::words(&dispute.field, mine.content.as_ref()?, view).into()),
            ("stands", fields::words(&dispute.field, settled.content.as_ref()?, view).into()),
        ],
    ))
}
