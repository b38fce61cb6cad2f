//! How a record came to be: who changed which item, what was put together and what was settled.
//!
//! Invariant: whatever anybody said of a field that was ever changed is read here.

use std::collections::BTreeSet;

use dioxus::prelude::*;

use super::fields::{self, author};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Said, Section};
use crate::app::when;
use crate::engine::api::RecordView;
use crate::practice::merge::Field;
use crate::practice::record::Entry;
use crate::practice::rights::Rule;
use crate::practice::standard::Class;

/// What a verb did, in a word. One that its class does not have is of a newer version, and shows itself.
fn verb(class: Class, verb: &str) -> String {
    let known = Rule::of(&format!("{}.{verb}", class.as_str())).verb.is_some();
    match verb {
        _ if !known => t_args("verb-other", &[("verb", verb.to_owned().into())]),
        "submitted" => t("verb-submitted"),
        "amended" => t("verb-amended"),
        "withdrawn" => t("verb-withdrawn"),
        "returned" => t("verb-returned"),
        "answered" => t("verb-answered"),
        "acknowledged" => t("verb-acknowledged"),
        "reviewed" => t("verb-reviewed"),
        other => t_args("verb-other", &[("verb", other.to_owned().into())]),
    }
}

/// One line about an entry: the field and what its author said of it.
fn said(entry: &Entry, changed: &BTreeSet<Field>, view: &RecordView) -> Vec<(String, String)> {
    let Some(content) = &entry.content else { return Vec::new() };
    // The first version is read where somebody changed it later; the rest stands above.
    let own = entry.changed.iter().chain(entry.settled.iter().map(|dispute| &dispute.field));
    let fields: Vec<&Field> =
        if entry.event == view.record.id { changed.iter().collect() } else { own.collect() };
    fields
        .into_iter()
        .map(|field| (fields::title(field, view), fields::words(field, content, view)))
        .collect()
}

/// The authors of events, each once.
fn authors(events: &[uuid::Uuid], view: &RecordView) -> String {
    let written = view.record.history.iter().filter(|entry| events.contains(&entry.event));
    let names: BTreeSet<String> = written.map(|entry| author(entry, view)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

#[component]
pub fn History(view: RecordView) -> Element {
    let history = &view.record.history;
    let changed: BTreeSet<Field> = history
        .iter()
        .flat_map(|entry| entry.changed.iter().chain(entry.settled.iter().map(|dispute| &dispute.field)))
        .cloned()
        .collect();
    rsx! {
        Section { title: t("record-history"), test: "record-history",
            ol { class: "card history",
                for entry in history.clone() {
                    li { key: "{entry.event}",
                        p { strong { {verb(view.record.class, &entry.verb)} } " · " {author(&entry, &view)} " · " {when::day_time(entry.at)} }
                        if !entry.text.is_empty() {
                            Said { text: entry.text.clone() }
                        }
                        if !entry.joins.is_empty() {
                            p { class: "hint", {t_args("history-joins", &[("names", authors(&entry.joins, &view).into())])} }
                        }
                        if !entry.settled.is_empty() {
                            p { class: "hint", {t("history-settled")} }
                        }
                        if !entry.unseen.is_empty() {
                            p { class: "hint", {t_args("history-unseen", &[("names", authors(&entry.unseen, &view).into())])} }
                        }
                        for (n , (title , words)) in said(&entry, &changed, &view).into_iter().enumerate() {
                            p { key: "{n}", class: "changed", {t_args("history-changed", &[("field", title.into()), ("words", words.into())])} }
                        }
                    }
                }
            }
        }
    }
}
