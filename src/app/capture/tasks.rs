//! Next-step tasks while a handoff is filled: words, who, by when.
//!
//! Invariant: a task without an owner is allowed and said aloud; a task without words is not.

use dioxus::prelude::*;

use super::area::Area;
use super::desk::{Send, desk};
use super::owner::{DuePick, OwnerPick};
use super::{edit, progress};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Button, Field, Ico, Icon, Kind};
use crate::app::when;
use crate::practice::draft::{LONGEST_CODE, TaskDraft};
use crate::practice::standard::Form;

#[component]
pub fn TaskList() -> Element {
    let desk = desk();
    let count = desk.draft.read().tasks.len();
    let unowned = progress::unowned(&desk.draft.read());
    // Remounts the fields when a task is taken out, so that none shows the words of another.
    let mut turn = use_signal(|| 0_u32);
    rsx! {
        div { class: "tasks", "data-test": "tasks",
            if count == 0 {
                p { class: "hint", {t("capture-no-tasks")} }
            }
            if unowned > 0 {
                p { class: "warn-line", "data-test": "unowned", Icon { icon: Ico::Warn }
                    {t_args("capture-unowned", &[("n", unowned.into())])}
                }
            }
            for index in 0..count {
                TaskCard { key: "{turn}-{index}", index, onremove: move |()| {
                    desk.edit(None, Send::Now, |draft, _| {
                        if index < draft.tasks.len() {
                            draft.tasks.remove(index);
                        }
                    });
                    turn += 1;
                } }
            }
            Button { kind: Kind::Ghost, icon: Ico::Plus, test: "add-task",
                onclick: move |()| {
                    let item = tasks_item(desk);
                    desk.edit(item.as_deref(), Send::Now, |draft, _| {
                        draft.tasks.push(TaskDraft { text: String::new(), owner: None, due: None, person_code: String::new() });
                    });
                    super::desk::focus_later(format!("task-text-{count}"));
                },
                {t("capture-add-task")}
            }
        }
    }
}

/// The item that the tasks answer, for "carry on" and for its time.
fn tasks_item(desk: super::desk::Desk) -> Option<String> {
    let view = desk.standard();
    view.standard.items.iter().find(|item| item.form == Form::Tasks).map(|item| item.id.clone())
}

#[component]
fn TaskCard(index: usize, onremove: EventHandler<()>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let task = use_memo(use_reactive!(|index| desk.draft.read().tasks.get(index).cloned()));
    let Some(task) = task() else { return rsx! {} };
    let item = tasks_item(desk);
    let change = move |send: Send, change: Box<dyn FnOnce(&mut TaskDraft)>| {
        desk.edit(item.as_deref(), send, |draft, _| {
            if let Some(task) = draft.tasks.get_mut(index) {
                change(task);
            }
        });
    };
    let (text, code, due) = (change.clone(), change.clone(), change);
    let number = index + 1;
    let empty = task.text.trim().is_empty() && *desk.pressed.read();
    rsx! {
        div { class: "task", id: "task-{index}", tabindex: "-1", role: "group", "data-test": "task-{index}",
            "aria-label": t_args("capture-task-n", &[("n", number.into())]),
            div { class: "task-head",
                label { class: "label", r#for: "task-text-{index}", {t_args("capture-task-n", &[("n", number.into())])} }
                Button { kind: Kind::Quiet, icon: Ico::Trash, test: "remove-task",
                    label: t_args("capture-remove-task", &[("n", number.into())]),
                    onclick: onremove, {t("capture-remove")}
                }
            }
            if empty {
                p { class: "item-error", Icon { icon: Ico::Warn }
                    {t_args("open-empty-task", &[("n", number.into())])}
                }
            }
            Area { id: "task-text-{index}", value: task.text.clone(), test: "task-text", invalid: empty,
                oninput: move |words: String| text(Send::Gather, Box::new(move |task| task.text = words)),
                onblur: move |()| desk.flush_soon(),
            }
            OwnerPick { name: "owner-{index}", legend: t("capture-task-who"), people: view.people.clone(), owner: task.owner,
                onpick: move |owner| desk.edit(None, Send::Now, |draft, _| edit::set_owner(draft, index, owner)),
            }
            DuePick { name: "due-{index}", legend: t("capture-task-when"), due: task.due,
                onpick: move |at| due(Send::Now, Box::new(move |task| task.due = at)),
            }
            if let Some(at) = task.due {
                p { class: "hint", {t_args("capture-task-by", &[("when", when::short_in(at).into())])} }
            }
            Field { label: t("capture-code"), id: "task-code-{index}", value: task.person_code.clone(), optional: true,
                hint: t("capture-code-hint"), longest: LONGEST_CODE, autocapitalize: "characters",
                oninput: move |words: String| code(Send::Gather, Box::new(move |task| task.person_code = words)),
                onblur: move |()| desk.flush_soon(),
            }
        }
    }
}
