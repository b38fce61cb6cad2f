//! One item of a standard: its question, how to look, the answer, and its error.
//!
//! Invariant: the card is painted anew only when its own answer changed, so that forty items answer
//! a tap as fast as six.

use dioxus::prelude::*;

use super::area::Area;
use super::choice::Choices;
use super::desk::{Send, desk};
use super::marks::{Marks, Miss};
use super::number::{self, NumberBox};
use super::tasks::TaskList;
use super::{edit, progress};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::ui::{Button, Ico, Icon, Kind};
use crate::practice::draft::{Answer, Mark, Open};
use crate::practice::standard::{Form, Item};

/// The card of the item at `index`.
#[component]
pub fn ItemCard(index: usize) -> Element {
    let desk = desk();
    let view = desk.standard();
    let Some(item) = view.standard.items.get(index).cloned() else { return rsx! {} };
    let id = item.id.clone();
    let answer = use_memo(use_reactive!(|id| desk.draft.read().content.answers.get(&id).cloned()));
    let shown = item.clone();
    let stand = use_memo(use_reactive!(|shown| progress::stand(&desk.draft.read(), &shown)));
    let wanted = item.id.clone();
    let open = use_memo(use_reactive!(|wanted| {
        let of_item = |open: &Open| open.item() == Some(&wanted);
        let mut open = desk.open().into_iter().filter(|open| !number::is_at_field(open));
        open.find(of_item).filter(|open| *desk.pressed.read() || progress::wrong(open))
    }));
    let mark_missed = answer.read().as_ref().is_some_and(|answer| answer.mark == Some(Mark::NotMet));
    let question = format!("q-{}", item.id);
    let labelled = question.clone();
    let cleared = item.id.clone();
    let error = open().map(|open| number::wrong(&open, &item, &view.standard.items));
    let error_id = format!("e-{}", item.id);
    let described = if error.is_some() { Some(error_id.clone()) } else { None };
    rsx! {
        section {
            id: progress::item_anchor(&item.id),
            class: "item",
            tabindex: "-1",
            "data-stand": stand().as_str(),
            "data-test": "item-{item.id}",
            "aria-labelledby": question.clone(),
            div { class: "item-head",
                h2 { class: "item-q", id: question.clone(), {names::text(&item.text)} }
                if item.critical {
                    span { class: "item-flag critical", {t("capture-critical")} }
                } else if item.optional {
                    span { class: "item-flag", {t("capture-optional")} }
                }
            }
            if !item.look.is_empty() {
                p { class: "item-look", {names::text(&item.look)} }
            }
            if let Some(error) = error {
                p { class: "item-error", id: error_id, "data-test": "error-{item.id}",
                    Icon { icon: Ico::Warn }
                    {error}
                }
            }
            AnswerField { item: item.clone(), answer: answer(), labelled, described }
            if mark_missed {
                if let Some(answer) = answer() {
                    Miss { item: item.clone(), answer }
                }
            }
            if item.optional && answer().is_some() && matches!(item.form, Form::Mark | Form::Choice) {
                Button { kind: Kind::Quiet, icon: Ico::Again, test: "clear", onclick: move |()| {
                        desk.edit(None, Send::Now, |draft, stash| edit::clear(draft, stash, &cleared));
                    },
                    {t("capture-clear")}
                }
            }
            if !item.good.is_empty() {
                details { class: "item-good",
                    summary { {t("capture-good")} }
                    p { {names::text(&item.good)} }
                }
            }
        }
    }
}

#[component]
fn AnswerField(item: Item, answer: Option<Answer>, labelled: String, described: Option<String>) -> Element {
    let desk = desk();
    let invalid = described.is_some();
    match item.form {
        Form::Mark => {
            let id = item.id.clone();
            rsx! {
                Marks { item, answer, labelled, described, invalid,
                    onmark: move |mark| desk.edit(Some(&id), Send::Now, |draft, stash| {
                        edit::set_mark(draft, stash, &id, mark);
                    }),
                }
            }
        }
        Form::Choice => rsx! { Choices { item, answer, labelled, described, invalid } },
        Form::Number => {
            let (id, kind) = (item.id.clone(), item.number_kind());
            rsx! {
                NumberBox { item: item.clone(), answer, labelled, described, invalid,
                    oninput: move |text: String| desk.edit(Some(&id), Send::Gather, |draft, _| {
                        edit::answer_mut(draft, &id).type_number(&text, kind);
                        edit::drop_if_empty(draft, &item);
                    }),
                    onblur: move |()| desk.flush_soon(),
                }
            }
        }
        Form::Text => {
            let id = item.id.clone();
            rsx! {
                Area { id: "a-{item.id}", labelled, described, invalid, least: 3, test: "text",
                    value: answer.map(|answer| answer.text).unwrap_or_default(),
                    oninput: move |text: String| desk.edit(Some(&id), Send::Gather, |draft, _| {
                        edit::answer_mut(draft, &id).text = text;
                        edit::drop_if_empty(draft, &item);
                    }),
                    onblur: move |()| desk.flush_soon(),
                }
            }
        }
        Form::Tasks => rsx! { TaskList {} },
    }
}
