//! "You owe": one row for each thing, with its word, icon and urgency. Long lists are grouped.

use dioxus::prelude::*;

use super::join;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::ui::{Button, Chip, Empty, Ico, Kind, Row, Rows, Section, Tone};
use crate::app::{follow, names, patterns, when};
use crate::engine::api::Owed;
use crate::practice::follow::Class;
use crate::practice::task::TaskState;

/// Up to this many are one list in the engine's order; more are grouped by kind.
const FLAT: usize = 7;
/// So many of a group are shown before "show all".
const SHOWN: usize = 3;

#[component]
pub fn OwedList(owed: Vec<Owed>) -> Element {
    if owed.is_empty() {
        return rsx! {
            Section { title: t("owed-title"), test: "owed",
                Empty { icon: Ico::Ok, title: t("owed-nothing"), hint: t("owed-nothing-hint") }
            }
        };
    }
    if owed.len() <= FLAT {
        return rsx! {
            Section { title: t("owed-title"), test: "owed",
                Rows {
                    for (n , one) in owed.into_iter().enumerate() {
                        OwedRow { key: "{n}", owed: one, titled: true }
                    }
                }
            }
        };
    }
    // By kind, in the order in which the first of each appears: the most urgent kind stays first.
    let mut groups: Vec<(&'static str, String, Vec<Owed>)> = Vec::new();
    for one in owed {
        let kind = kind(&one);
        match groups.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, _, group)) => group.push(one),
            None => groups.push((kind, group_title(&one), vec![one])),
        }
    }
    rsx! {
        for (kind , title , group) in groups {
            Group { key: "{kind}", kind, title, group }
        }
    }
}

#[component]
fn Group(kind: &'static str, title: String, group: Vec<Owed>) -> Element {
    let mut all = use_signal(|| false);
    let count = group.len();
    let shown = if all() { count } else { SHOWN.min(count) };
    let hidden = count > shown;
    rsx! {
        Section { title: t_args("owed-group", &[("title", title.into()), ("n", count.into())]), test: "owed-{kind}",
            beside: rsx! {
                if hidden {
                    Button { kind: Kind::Quiet, test: "owed-{kind}-all", onclick: move |()| all.set(true), {t_args("owed-show-all", &[("n", count.into())])} }
                }
            },
            Rows {
                for (n , one) in group.into_iter().take(shown).enumerate() {
                    OwedRow { key: "{n}", owed: one, titled: false }
                }
            }
        }
    }
}

fn kind(owed: &Owed) -> &'static str {
    match owed {
        Owed::Returned { .. } => "returned",
        Owed::Review { .. } => "review",
        Owed::Rework { .. } => "rework",
        Owed::Acknowledge { .. } => "acknowledge",
        Owed::Handoff { .. } => "handoff",
        Owed::Task { .. } => "task",
        Owed::LookAgain { .. } => "look-again",
        Owed::Conflict { .. } => "conflict",
        Owed::Told { .. } => "told",
        Owed::FollowUp { row } => match row.follow.class {
            Class::Cycle => "cycle",
            Class::Restriction => "restriction",
            _ => "action",
        },
        Owed::Report { .. } => "report",
        Owed::Pattern { .. } => "pattern",
        Owed::Observe { .. } => "observe",
        Owed::Recheck { .. } => "recheck",
    }
}

fn group_title(owed: &Owed) -> String {
    match owed {
        Owed::Returned { .. } => t("owed-returned"),
        Owed::Review { .. } => t("owed-review"),
        Owed::Rework { .. } => t("owed-rework"),
        Owed::Acknowledge { .. } => t("owed-acknowledge"),
        Owed::Handoff { .. } => t("owed-handoff"),
        Owed::Task { .. } => t("owed-task"),
        Owed::LookAgain { .. } => t("owed-look-again"),
        Owed::Conflict { .. } => t("owed-conflict"),
        Owed::Told { .. } => t("owed-told"),
        Owed::FollowUp { row } => match row.follow.class {
            Class::Cycle => t("owed-follow-cycle"),
            Class::Restriction => t("owed-follow-restriction"),
            _ => t("owed-follow-action"),
        },
        Owed::Report { .. } => t("owed-follow-report"),
        Owed::Pattern { .. } => t("owed-pattern"),
        Owed::Observe { .. } => t("owed-observe"),
        Owed::Recheck { .. } => t("owed-recheck"),
    }
}

/// One thing owed. `titled`: its kind is the title, because no group says it.
#[component]
fn OwedRow(owed: Owed, titled: bool) -> Element {
    let what = group_title(&owed);
    let test = format!("owe-{}", kind(&owed));
    let follow_page = |id: uuid::Uuid| Route::FollowPage { id: id.to_string() };
    let record_page = |id: uuid::Uuid| Route::RecordPage { id: id.to_string() };
    let (to, icon, tone, about, more, end) = match owed {
        Owed::Returned { record, reason } => (
            record_page(record.id),
            Ico::Back,
            Tone::Missed,
            join([
                names::text(&record.title),
                record.subject_name.clone(),
                when::day(record.happened_at.date_naive()),
            ]),
            quoted(&reason),
            None,
        ),
        Owed::Review { record, due } => {
            let (words, over) = when::left(due);
            (
                Route::ReviewPage { id: record.id.to_string() },
                Ico::Pen,
                Tone::Brand,
                join([record.author_name.clone(), names::text(&record.title)]),
                String::new(),
                Some((
                    if over { Tone::Missed } else { Tone::Waiting },
                    if over { Ico::Warn } else { Ico::Clock },
                    words,
                )),
            )
        }
        Owed::Rework { record, feedback } => (
            record_page(record.id),
            Ico::Pen,
            Tone::Waiting,
            names::text(&record.title),
            quoted(&feedback),
            None,
        ),
        Owed::Acknowledge { record, coached } => (
            record_page(record.id),
            Ico::Speech,
            Tone::Brand,
            join([
                names::text(&record.title),
                record.author_name.clone(),
                when::day(record.happened_at.date_naive()),
            ]),
            if coached { t("owed-coached") } else { String::new() },
            None,
        ),
        Owed::Handoff { record } => (
            record_page(record.id),
            Ico::Swap,
            Tone::Brand,
            join([record.site_name.clone(), record.author_name.clone(), when::short(record.happened_at)]),
            String::new(),
            None,
        ),
        Owed::Task { task } => {
            let due = task.task.due.map(|due| {
                let (words, over) = when::left(due);
                (
                    if over { Tone::Missed } else { Tone::Waiting },
                    if over { Ico::Warn } else { Ico::Clock },
                    words,
                )
            });
            let nobody = task.task.state == TaskState::Unowned;
            (
                Route::TasksPage {},
                Ico::Task,
                if nobody { Tone::Waiting } else { Tone::Brand },
                task.task.text.clone(),
                if nobody { t("task-unowned") } else { task.site_name.clone() },
                due,
            )
        }
        Owed::LookAgain { record, on, item: _ } => (
            Route::begin(record.class, record.subject),
            Ico::Again,
            Tone::Brand,
            join([record.subject_name.clone(), names::text(&record.title)]),
            String::new(),
            Some((Tone::Waiting, Ico::Clock, when::day(on))),
        ),
        Owed::Conflict { record } => (
            record_page(record.id),
            Ico::Swap,
            Tone::Missed,
            join([
                names::text(&record.title),
                record.subject_name.clone(),
                when::day(record.happened_at.date_naive()),
            ]),
            t("owed-conflict-hint"),
            None,
        ),
        Owed::Told { record, by, reason, withdrawn } => (
            record_page(record.id),
            Ico::Swap,
            Tone::Waiting,
            join([
                if withdrawn {
                    t_args("owed-told-withdrawn", &[("name", by.into())])
                } else {
                    t_args("owed-told-settled", &[("name", by.into())])
                },
                names::text(&record.title),
                record.subject_name.clone(),
            ]),
            quoted(&reason),
            None,
        ),
        Owed::FollowUp { row } => (
            follow_page(row.follow.id),
            follow::class_icon(row.follow.class),
            if row.follow.class == Class::Restriction { Tone::Missed } else { Tone::Brand },
            join([row.subject_name.clone(), row.follow.title().to_owned()]),
            row.site_name.clone(),
            row.follow.due.map(day_chip),
        ),
        Owed::Report { row, next } => {
            let (words, over) = when::left(next.by);
            (
                follow_page(row.follow.id),
                follow::class_icon(row.follow.class),
                Tone::Brand,
                join([patterns::words::duty(next.duty), row.follow.title().to_owned()]),
                row.site_name.clone(),
                Some((
                    if over { Tone::Missed } else { Tone::Waiting },
                    if over { Ico::Warn } else { Ico::Clock },
                    words,
                )),
            )
        }
        Owed::Pattern { row } => (
            Route::PatternPage {
                report: row.pattern.sightings.first().map(ToString::to_string).unwrap_or_default(),
            },
            Ico::Warn,
            Tone::Missed,
            patterns::words::theme(&row.pattern.theme),
            patterns::words::places(&row),
            Some((
                Tone::Missed,
                Ico::Warn,
                t_args("pattern-count", &[("n", row.pattern.sightings.len().into())]),
            )),
        ),
        Owed::Observe { person, name, standard, missing, by } => (
            Route::begin(standard.class, Some(person)),
            names::class_icon(standard.class),
            Tone::Brand,
            join([name, names::text(&standard.title)]),
            t_args("owed-observe-missing", &[("n", missing.into())]),
            Some(day_chip(by)),
        ),
        Owed::Recheck { row, on } => (
            follow_page(row.follow.id),
            Ico::Again,
            Tone::Brand,
            join([row.subject_name.clone(), row.follow.title().to_owned()]),
            row.site_name.clone(),
            Some(day_chip(on)),
        ),
    };
    let (title, detail) = if titled { (what, join([about, more])) } else { (about, more) };
    let end = end.map(|(tone, icon, words)| rsx! { Chip { tone, icon, words } });
    rsx! {
        Row { to, icon, tone, title, detail, test, end }
    }
}

/// A day with a clock, and whether it is past.
fn day_chip(day: chrono::NaiveDate) -> (Tone, Ico, String) {
    let late = day < when::now().date_naive();
    (
        if late { Tone::Missed } else { Tone::Waiting },
        if late { Ico::Warn } else { Ico::Clock },
        when::day(day),
    )
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { t_args("quoted", &[("text", text.to_owned().into())]) }
}
