//! Next-step tasks from handoffs: what is open at my sites, who has it, and what came of it.
//!
//! Invariants: the engine decides who may act (a refusal is said in words); the order is open first,
//! then by due time, never by person; how long a task took is said as a fact, not as a score.

mod on_call;
mod order;

use dioxus::prelude::*;
use uuid::Uuid;

pub use on_call::OnCallPage;

use crate::app::ask::use_ask;
use crate::app::capture::people;
use crate::app::form::{Top, use_form, wanted};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{
    Button, Chip, Dialog, Empty, Field, Go, Ico, Kind, Page, Pick, Said, Section, Select, Tone, show,
};
use crate::app::{codes, names, when};
use crate::engine::api::{PersonRow, Request, TaskRow};
use crate::practice::task::TaskState;

#[component]
pub fn TasksPage() -> Element {
    let asked = use_ask::<Vec<TaskRow>>(Request::Tasks { site: None });
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let people = people.ready().map(|people| (*people).clone()).unwrap_or_default();
    let act = use_signal(|| None::<Act>);
    rsx! {
        Page { title: t("nav-tasks"), back: Route::TodayPage {}, test: "tasks-page",
            {show(&asked, |rows| {
                let (open, ended) = order::order(rows);
                rsx! {
                    if open.is_empty() {
                        Empty { icon: Ico::Ok, title: t("tasks-none"), hint: t("tasks-none-hint") }
                    }
                    for row in open {
                        TaskCard { key: "{row.task.id}", row, act }
                    }
                    if !ended.is_empty() {
                        Section { title: t("tasks-ended"), test: "tasks-ended",
                            for row in ended {
                                TaskCard { key: "{row.task.id}", row, act }
                            }
                        }
                    }
                }
            })}
        }
        if let Some(now) = act() {
            Ask { key: "{now:?}", now, people, act }
        }
    }
}

/// What is being done to which task.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Assign(TaskRow),
    Done(TaskRow),
    Cancel(TaskRow),
}

#[component]
fn TaskCard(row: TaskRow, act: Signal<Option<Act>>) -> Element {
    let app = use_app();
    let mut act = act;
    let of = row.clone();
    use_effect(move || {
        let id = of.task.id;
        let acts = [
            ("assign", Act::Assign(of.clone())),
            ("done", Act::Done(of.clone())),
            ("cancel", Act::Cancel(of.clone())),
        ];
        if let Some((_, now)) = acts.into_iter().find(|(code, _)| wanted("task", &format!("{id} {code}"))) {
            act.set(Some(now));
        }
    });
    let task = &row.task;
    let now = when::now();
    let open = order::is_open(&row);
    let late = open && task.due.is_some_and(|due| due < now);
    let (words, icon, tone) = names::task_state(task.state);
    let me = app.me().map(|me| me.person);
    let mine = task.owner.is_some() && task.owner == me;
    let minutes = |to: chrono::DateTime<chrono::FixedOffset>| {
        when::span(u64::try_from((to - task.assigned_at).num_minutes()).unwrap_or(0))
    };
    let took = match (task.state, task.ended_at) {
        (TaskState::Done, Some(at)) => t_args("task-done-after", &[("span", minutes(at).into())]),
        (_, Some(at)) => t_args("task-ended-after", &[("span", minutes(at).into())]),
        (_, None) => t_args("task-open-for", &[("span", minutes(now).into())]),
    };
    let by = task
        .due
        .map(|due| t_args("capture-task-by", &[("when", when::short_in(due).into())]))
        .unwrap_or_default();
    let (first, second, third) = (row.clone(), row.clone(), row.clone());
    let id = task.id;
    rsx! {
        article { class: if open && task.owner.is_none() { "card tone-waiting" } else { "card" }, "data-test": "task-card", "data-task": "{id}",
            div { class: "item-head",
                h2 { class: "item-q", {task.text.clone()} }
                Chip { tone, icon, words, test: "task-state" }
            }
            p { class: "hint", {join([row.owner_name.clone(), by, task.person_code.clone(), row.site_name.clone()])} }
            p { class: "hint", "data-test": "task-time", {took} }
            if late {
                Chip { tone: Tone::Missed, icon: Ico::Clock, words: t("task-late") }
            }
            if !task.note.is_empty() {
                Said { text: task.note.clone() }
            }
            if open && app.may_at("task.assigned", task.site) {
                div { class: "row-actions",
                    if mine {
                        Button { kind: Kind::Primary, icon: Ico::Ok, test: "task-done", onclick: move |()| act.set(Some(Act::Done(first.clone()))), {t("task-act-done")} }
                    } else {
                        Button { kind: Kind::Primary, icon: Ico::User, test: "task-take",
                            onclick: move |()| {
                                let Some(owner) = me else { return };
                                spawn(async move {
                                    match app.run(Request::AssignTask { task: id, owner }).await {
                                        Ok(_) => app.say(t("task-taken")),
                                        Err(failure) => app.say_failure(&failure),
                                    }
                                });
                            },
                            {t("task-act-take")}
                        }
                        Button { kind: Kind::Ghost, icon: Ico::Ok, test: "task-done", onclick: move |()| act.set(Some(Act::Done(first.clone()))), {t("task-act-done")} }
                    }
                    Button { kind: Kind::Ghost, icon: Ico::People, test: "task-assign", onclick: move |()| act.set(Some(Act::Assign(second.clone()))), {t("task-act-assign")} }
                    Button { kind: Kind::Quiet, icon: Ico::No, test: "task-cancel", onclick: move |()| act.set(Some(Act::Cancel(third.clone()))), {t("task-act-cancel")} }
                }
            }
            if let Some(handoff) = task.handoff {
                Go { to: Route::RecordPage { id: handoff.to_string() }, class: "btn quiet", test: "task-handoff", {t("task-open-handoff")} }
            }
        }
    }
}

/// The dialog of one act: whom, or a word.
#[component]
fn Ask(now: Act, people: Vec<PersonRow>, act: Signal<Option<Act>>) -> Element {
    let app = use_app();
    let mut act = act;
    let mut words = use_signal(String::new);
    let mut person = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let (title, row, code) = match &now {
        Act::Assign(row) => (t("task-act-assign"), row.clone(), "assign"),
        Act::Done(row) => (t("task-act-done"), row.clone(), "done"),
        Act::Cancel(row) => (t("task-act-cancel"), row.clone(), "cancel"),
    };
    let own = app.me().map(|me| me.person).unwrap_or_default();
    let picks: Vec<Pick> = people::at_site(&people, row.task.site, own)
        .iter()
        .map(|person| Pick::new(person.person.to_string(), person.shown.clone()))
        .collect();
    let task = row.task.id;
    let form = use_form("task", &format!("{task} {code}"));
    form.keeps("words", words);
    form.keeps("person", person);
    let what = now.clone();
    let send = move |()| {
        let note = words.peek().trim().to_owned();
        let (request, said) = match &what {
            Act::Assign(_) => match Uuid::parse_str(&person.peek()) {
                Ok(owner) => (Request::AssignTask { task, owner }, t("task-assigned-now")),
                Err(_) => return missing.set(true),
            },
            Act::Done(_) => (Request::TaskDone { task, note }, t("task-done-now")),
            Act::Cancel(_) if note.is_empty() => return missing.set(true),
            Act::Cancel(_) => (Request::TaskCancelled { task, note }, t("task-cancelled-now")),
        };
        form.send(request, move |answer| match answer {
            Ok(_) => {
                app.say(said);
                act.set(None);
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    };
    let kind = if matches!(now, Act::Cancel(_)) { Kind::Danger } else { Kind::Primary };
    rsx! {
        Dialog { id: "task-dialog", title: title.clone(), onclose: move |()| act.set(None), busy: (form.busy)(),
            actions: rsx! { Button { kind, busy: (form.busy)(), test: "task-send", onclick: send, {title} } },
            p { {row.task.text.clone()} }
            Top { form }
            match now {
                Act::Assign(_) => rsx! {
                    Select { label: t("capture-task-who"), id: "task-person", picks, chosen: person(), none: t("capture-nobody-chosen"),
                        error: if missing() { t("task-choose") } else { String::new() },
                        onchoose: move |value| {
                            missing.set(false);
                            person.set(value);
                        },
                    }
                },
                Act::Done(_) => rsx! {
                    Field { label: t("task-done-word"), id: "task-words", value: words(), optional: true, rows: 2, longest: 1000, oninput: move |text| words.set(text) }
                },
                Act::Cancel(_) => rsx! {
                    Field { label: t("task-cancel-word"), id: "task-words", value: words(), rows: 2, longest: 1000,
                        error: if missing() { t("act-words-missing") } else { String::new() },
                        oninput: move |text| {
                            missing.set(false);
                            words.set(text);
                        },
                    }
                },
            }
        }
    }
}
