//! Answers read back, misses first.

use std::collections::BTreeMap;

use dioxus::prelude::*;

use super::model::{self, Group};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::ui::{Ico, Icon, Said, Section, Tone};
use crate::practice::draft::Answer;
use crate::practice::standard::{Form, Item};

/// The heading of a group, its icon and tone.
fn heading(group: Group) -> (String, Ico, Tone) {
    match group {
        Group::Missed => (t("mark-not-met"), Ico::No, Tone::Missed),
        Group::Unknown => (t("group-unknown"), Ico::Warn, Tone::Waiting),
        Group::NotSeen => (t("mark-not-seen"), Ico::NotSeen, Tone::Plain),
        Group::Said => (t("group-said"), Ico::Pen, Tone::Brand),
        Group::Met => (t("mark-met"), Ico::Ok, Tone::Proven),
        Group::NotApplicable => (t("mark-not-applicable"), Ico::More, Tone::Plain),
        Group::Open => (t("group-open"), Ico::More, Tone::Plain),
    }
}

/// What was said in answer to an item, in words; the mark itself is the group's heading.
#[must_use]
pub fn said(item: &Item, answer: &Answer) -> String {
    match item.form {
        Form::Mark => {
            let given = item.deviations.iter().filter(|known| answer.deviations.contains(&known.id));
            given.map(|deviation| names::text(&deviation.text)).collect::<Vec<_>>().join(" · ")
        }
        Form::Number => {
            let number = answer.number.map(model::number).unwrap_or_default();
            format!("{number} {}", names::text(&item.unit)).trim().to_owned()
        }
        Form::Choice => {
            let chosen = item.choices.iter().find(|choice| Some(&choice.id) == answer.choice.as_ref());
            let words = chosen.map_or_else(
                || answer.choice.clone().unwrap_or_default(),
                |choice| names::text(&choice.text),
            );
            if answer.text.is_empty() { words } else { format!("{words}\n{}", answer.text) }
        }
        Form::Text | Form::Tasks => answer.text.clone(),
    }
}

/// One answer with its mark in words, for comparing two versions.
#[must_use]
pub fn whole(item: Option<&Item>, answer: Option<&Answer>) -> String {
    let Some(answer) = answer else { return t("group-open") };
    let mark = answer.mark.map(names::mark).unwrap_or_default();
    let said = item.map_or_else(|| raw(answer), |item| said(item, answer));
    crate::app::today::join([mark, said])
}

/// An answer whose item is not known here.
fn raw(answer: &Answer) -> String {
    let number = answer.number.map(model::number);
    let parts = [answer.choice.clone(), number, Some(answer.text.clone())];
    let given = parts.into_iter().flatten().chain(answer.deviations.clone());
    given.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[component]
pub fn Answers(items: Vec<Item>, answers: BTreeMap<String, Answer>) -> Element {
    let groups: Vec<(Group, Vec<Item>)> = model::groups(&items, &answers)
        .into_iter()
        .map(|(group, items)| (group, items.into_iter().cloned().collect()))
        .collect();
    rsx! {
        for (group, items) in groups {
            Section { key: "{group.as_str()}", title: heading(group).0, test: "group-{group.as_str()}",
                ul { class: "rows answers", role: "list",
                    for item in items {
                        li { key: "{item.id}", class: "row-li", "data-test": "answer-{item.id}",
                            div { class: "row",
                                span { class: "st {heading(group).2.class()}", Icon { icon: heading(group).1 } }
                                span { class: "row-text",
                                    span { class: "row-title", {names::text(&item.text)}
                                        if item.critical {
                                            " "
                                            span { class: "crit", {t("capture-critical")} }
                                        }
                                    }
                                    if let Some(words) = answers.get(&item.id).map(|answer| said(&item, answer)).filter(|words| !words.is_empty()) {
                                        Said { text: words, class: "answer-extra" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Answers to items that are not known here: as they stand in the line.
#[component]
pub fn Raw(answers: Vec<(String, Answer)>) -> Element {
    if answers.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("record-raw"), test: "record-raw",
            dl { class: "card",
                for (id, answer) in answers {
                    div { key: "{id}", class: "kv", dt { class: "mono", {id.clone()} } dd { {whole(None, Some(&answer))} } }
                }
            }
        }
    }
}
