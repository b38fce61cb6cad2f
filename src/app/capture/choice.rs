//! One of several answers as rows, a note where the choice wants one, and "who will find out" where
//! nobody knows.
//!
//! Invariant: an unknown answer is a good answer. It is kept as it is, and asks for the next step
//! instead of for another answer.

use dioxus::prelude::*;

use super::area::Area;
use super::desk::{Send, desk};
use super::edit;
use super::owner::{DuePick, OwnerPick};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::ui::{Ico, Icon};
use crate::practice::draft::Answer;
use crate::practice::standard::{Class, Item};

#[component]
pub fn Choices(
    item: Item,
    answer: Option<Answer>,
    labelled: String,
    described: Option<String>,
    invalid: bool,
) -> Element {
    let desk = desk();
    let chosen = answer.as_ref().and_then(|answer| answer.choice.clone());
    let given = item.choices.iter().find(|choice| Some(&choice.id) == chosen.as_ref()).cloned();
    let note = answer.map(|answer| answer.text).unwrap_or_default();
    let handoff = desk.standard().standard.class == Class::Handoff;
    let id = item.id.clone();
    rsx! {
        div {
            class: "choices",
            role: "radiogroup",
            "aria-labelledby": labelled,
            "aria-describedby": described,
            "aria-invalid": if invalid { "true" },
            for choice in item.choices.clone() {
                label { key: "{choice.id}", class: "choice", "data-test": "choice-{choice.id}",
                    input {
                        r#type: "radio",
                        name: "choice-{item.id}",
                        value: "{choice.id}",
                        checked: chosen.as_ref() == Some(&choice.id),
                        onchange: {
                            let (item, choice) = (item.clone(), choice.id.clone());
                            move |_| desk.edit(Some(&item.id), Send::Now, |draft, stash| {
                                edit::set_choice(draft, stash, &item, &choice);
                            })
                        },
                    }
                    span { class: "choice-face",
                        Icon { icon: if choice.unknown { Ico::Warn } else { Ico::Ok }, class: "tick" }
                        span { {names::text(&choice.text)} }
                    }
                }
            }
        }
        if let Some(choice) = given {
            if choice.note {
                div { class: "choice-note",
                    label { class: "label", r#for: "n-{id}", {t("capture-choice-note")} }
                    Area { key: "{choice.id}", id: "n-{id}", value: note, test: "note",
                        oninput: {
                            let id = id.clone();
                            move |text: String| desk.edit(Some(&id), Send::Gather, |draft, _| {
                                edit::answer_mut(draft, &id).text = text;
                            })
                        },
                        onblur: move |()| desk.flush_soon(),
                    }
                }
            }
            if choice.unknown && handoff {
                FindOut { item: item.clone() }
            }
        }
    }
}

/// Nobody knows: who will find out, and by when? Either answer makes it a next-step task.
#[component]
fn FindOut(item: Item) -> Element {
    let desk = desk();
    let view = desk.standard();
    let text = t_args("capture-find-out-task", &[("item", names::text(&item.text).into())]);
    let task = edit::finding_out(&desk.draft.read(), &text).cloned();
    let (owner, due) = task.as_ref().map_or((None, None), |task| (task.owner, task.due));
    let id = item.id.clone();
    rsx! {
        div { class: "find-out", "data-test": "find-out",
            p { class: "quote", {t("capture-find-out")} }
            OwnerPick { name: "finder-{item.id}", legend: t("capture-find-out-who"), people: view.people.clone(), owner, asked: task.is_some(),
                onpick: {
                    let (id, text) = (id.clone(), text.clone());
                    move |owner| desk.edit(Some(&id), Send::Now, |draft, _| {
                        edit::find_out(draft, &text, |task| task.owner = owner);
                    })
                },
            }
            DuePick { name: "find-by-{item.id}", legend: t("capture-find-out-when"), due,
                onpick: {
                    let (id, text) = (id.clone(), text.clone());
                    move |due| desk.edit(Some(&id), Send::Now, |draft, _| {
                        edit::find_out(draft, &text, |task| task.due = due);
                    })
                },
            }
            if task.is_some() {
                p { class: "hint", {t("capture-find-out-added")} }
            }
        }
    }
}
