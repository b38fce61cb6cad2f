//! One thing owed: its word, where it leads, its urgency. And the kind by which it is grouped.

use dioxus::prelude::*;

use super::join;
use crate::app::admin::paired;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Chip, Ico, Row, Tone};
use crate::app::{follow, names, patterns, when};
use crate::engine::api::{FollowUpRow, HeardOf, Owed, OwedKind, RefusedOf};
use crate::practice::follow::{About, Class, State, Step};
use crate::practice::task::TaskState;

/// Its name in tests and keys.
pub fn kind(of: OwedKind) -> &'static str {
    match of {
        OwedKind::Paired => "paired",
        OwedKind::Returned => "returned",
        OwedKind::Review => "review",
        OwedKind::Rework => "rework",
        OwedKind::Acknowledge => "acknowledge",
        OwedKind::Handoff => "handoff",
        OwedKind::Task => "task",
        OwedKind::LookAgain => "look-again",
        OwedKind::Conflict => "conflict",
        OwedKind::Told => "told",
        OwedKind::Heard => "heard",
        OwedKind::Refused => "refused",
        OwedKind::Cycle => "cycle",
        OwedKind::Restriction => "restriction",
        OwedKind::Improvement => "improvement",
        OwedKind::Action => "action",
        OwedKind::Report => "report",
        OwedKind::Pattern => "pattern",
        OwedKind::Observe => "observe",
        OwedKind::Recheck => "recheck",
        OwedKind::Visit => "visit",
        OwedKind::Write => "write",
        OwedKind::Confirm => "confirm",
        OwedKind::Learn => "learn",
        OwedKind::Daily => "daily",
        OwedKind::HandOver => "hand-over",
        OwedKind::Unsettled => "unsettled",
    }
}

/// The words for its kind.
pub fn group_title(owed: &Owed) -> String {
    match owed.kind() {
        OwedKind::Paired => t("owed-paired"),
        OwedKind::Returned => t("owed-returned"),
        OwedKind::Review => t("owed-review"),
        OwedKind::Rework => t("owed-rework"),
        OwedKind::Acknowledge => t("owed-acknowledge"),
        OwedKind::Handoff => t("owed-handoff"),
        OwedKind::Task => t("owed-task"),
        OwedKind::LookAgain => t("owed-look-again"),
        OwedKind::Conflict => t("owed-conflict"),
        OwedKind::Told => t("owed-told"),
        OwedKind::Heard => t("owed-heard"),
        OwedKind::Refused => t("owed-refused"),
        OwedKind::Cycle => t("owed-follow-cycle"),
        OwedKind::Restriction => t("owed-follow-restriction"),
        OwedKind::Improvement => t("owed-improvement"),
        OwedKind::Action => t("owed-follow-action"),
        OwedKind::Report => t("owed-follow-report"),
        OwedKind::Pattern => t("owed-pattern"),
        OwedKind::Observe => t("owed-observe"),
        OwedKind::Recheck => t("owed-recheck"),
        OwedKind::Visit => t("owed-visit"),
        OwedKind::Write => t("owed-write"),
        OwedKind::Confirm => t("owed-confirm"),
        OwedKind::Learn => t("owed-learn"),
        OwedKind::Daily => t("owed-daily"),
        OwedKind::HandOver => t("owed-hand-over"),
        OwedKind::Unsettled => t("owed-unsettled"),
    }
}

/// One thing owed. `titled`: its kind is the title, because no group says it.
#[component]
pub fn OwedRow(owed: Owed, titled: bool) -> Element {
    let me = use_app().me().map(|me| me.person);
    let what = group_title(&owed);
    let test = format!("owe-{}", kind(owed.kind()));
    let follow_page = |id: uuid::Uuid| Route::FollowPage { id: id.to_string() };
    let record_page = |id: uuid::Uuid| Route::RecordPage { id: id.to_string() };
    let (to, icon, tone, about, more, end) = match owed {
        Owed::Paired { device } => (
            Route::DevicesPage {},
            Ico::Key,
            Tone::Missed,
            join([device.name.clone(), paired(&device)]),
            String::new(),
            None,
        ),
        Owed::Returned { record, reason, by } => (
            record_page(record.id),
            Ico::Back,
            Tone::Missed,
            join([
                if by.is_empty() { by } else { t_args("record-asked", &[("name", by.into())]) },
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
            join([names::text(&record.title), record.author_name.clone(), when::short(record.happened_at)]),
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
        Owed::LookAgain { record, on, gone } => (
            Route::again(&record),
            Ico::Again,
            Tone::Brand,
            join([record.subject_name.clone(), names::text(&record.title)]),
            join([
                t_args(
                    "owed-look-again-after",
                    &[("day", when::day_in(record.happened_at.date_naive()).into())],
                ),
                record.site_name.clone(),
                if gone { t("owed-look-again-gone") } else { String::new() },
            ]),
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
        Owed::Heard { of, by, words } => match of {
            HeardOf::Accepted(row) => (
                record_page(row.id),
                Ico::Ok,
                Tone::Proven,
                join([t_args("heard-accepted", &[("name", by.into())]), names::text(&row.title)]),
                quoted(&words),
                None,
            ),
            HeardOf::Answered(row) => (
                record_page(row.id),
                Ico::Speech,
                Tone::Brand,
                join([
                    t_args("heard-answered", &[("name", by.into())]),
                    names::text(&row.title),
                    row.subject_name.clone(),
                ]),
                quoted(&words),
                None,
            ),
            HeardOf::Replied(row) => (
                record_page(row.id),
                Ico::Speech,
                Tone::Brand,
                join([t_args("heard-replied", &[("name", by.into())]), names::text(&row.title)]),
                quoted(&words),
                None,
            ),
            HeardOf::Report { row, step } => {
                let (what, note) = follow::step_words(&step);
                let praise = matches!(*step, Step::SignalLogged(_));
                let what = if praise { t("heard-praise") } else { what };
                (
                    follow_page(row.follow.id),
                    if praise { Ico::Ok } else { follow::class_icon(row.follow.class) },
                    if praise { Tone::Proven } else { Tone::Brand },
                    join([what, row.follow.title().to_owned()]),
                    join([if praise { String::new() } else { quoted(&note) }, by]),
                    None,
                )
            }
        },
        Owed::Refused { of, n, by, at } => {
            let (to, what, whom) = match of {
                RefusedOf::Record(row) => (record_page(row.id), names::text(&row.title), row.subject_name),
                RefusedOf::FollowUp(row) => {
                    (follow_page(row.follow.id), row.follow.title().to_owned(), row.subject_name)
                }
                RefusedOf::Task(row) => (Route::TasksPage {}, row.task.text, row.owner_name),
            };
            let by = t_args("owed-refused-by", &[("n", n.into()), ("name", by.into())]);
            (to, Ico::No, Tone::Missed, join([what, whom]), join([by, when::day(at.date_naive())]), None)
        }
        Owed::FollowUp { row } => (
            follow_page(row.follow.id),
            follow::class_icon(row.follow.class),
            if row.follow.class == Class::Restriction { Tone::Missed } else { Tone::Brand },
            join([row.subject_name.clone(), row.follow.title().to_owned()]),
            row.site_name.clone(),
            // What was closed without its evidence is never only a day.
            if row.is_late(when::now()) || row.follow.state == State::Unproven {
                Some(follow_chip(&row))
            } else {
                row.follow.due.map(day_chip)
            },
        ),
        Owed::Report { row, next } => {
            let (late, words) = (row.is_late(when::now()), when::left(next.by).0);
            (
                follow_page(row.follow.id),
                follow::class_icon(row.follow.class),
                Tone::Brand,
                join([
                    t_args("owed-next-duty", &[("what", patterns::words::duty(next.duty).into())]),
                    row.follow.title().to_owned(),
                ]),
                row.site_name.clone(),
                Some(if late { follow_chip(&row) } else { (Tone::Waiting, Ico::Clock, words) }),
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
        Owed::Observe { person, name, standard, missing, of, by } => (
            Route::begin_by(&standard, Some(person), None),
            names::class_icon(standard.class),
            Tone::Brand,
            join([name, names::text(&standard.title)]),
            t_args("owed-observe-of", &[("done", of.saturating_sub(missing).into()), ("of", of.into())]),
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
        Owed::Visit { row, left, at } => {
            let (words, over) = when::left(at);
            let code = match &row.follow.about {
                About::Report(report) => report.person_code.clone(),
                _ => String::new(),
            };
            (
                follow_page(row.follow.id),
                Ico::Warn,
                Tone::Missed,
                join([code, row.site_name.clone()]),
                left.first().map(|step| follow::work(*step)).unwrap_or_default(),
                Some((
                    if over { Tone::Missed } else { Tone::Waiting },
                    if over { Ico::Warn } else { Ico::Clock },
                    words,
                )),
            )
        }
        Owed::Write { row, standard, missing, of } => (
            Route::begin_by(&standard, None, row.follow.site),
            names::class_icon(standard.class),
            Tone::Brand,
            names::text(&standard.title),
            t_args("owed-observe-of", &[("done", of.saturating_sub(missing).into()), ("of", of.into())]),
            row.follow.due.map(day_chip),
        ),
        Owed::Confirm { row, on, due } => (
            follow_page(row.follow.id),
            Ico::Eye,
            Tone::Brand,
            join([row.subject_name.clone(), names::shift(on.shift)]),
            if due > 1 { t_args("owed-confirm-due", &[("n", due.into())]) } else { String::new() },
            Some(day_chip(on.day)),
        ),
        Owed::Learn { row, by } => (
            follow_page(row.follow.id),
            Ico::Book,
            Tone::Brand,
            join([row.follow.title().to_owned(), row.site_name.clone()]),
            String::new(),
            Some(day_chip(by)),
        ),
        Owed::Daily { row, standard } => (
            // An audit is about the site. Where the standard is another, whoever goes through it stands for it.
            Route::begin_by(&standard, me.filter(|_| standard.class.needs_subject()), row.follow.site),
            names::class_icon(standard.class),
            Tone::Brand,
            join([names::text(&standard.title), row.site_name.clone()]),
            String::new(),
            Some(day_chip(when::now().date_naive())),
        ),
        Owed::Unsettled { keys } => (
            Route::ThresholdsPage {},
            Ico::Swap,
            Tone::Missed,
            t_args("owed-unsettled-of", &[("n", keys.len().into())]),
            t("settings-unsettled-hint"),
            None,
        ),
        Owed::HandOver { row, standard, at } => (
            Route::begin_by(&standard, None, row.follow.site),
            Ico::Swap,
            Tone::Waiting,
            join([row.site_name.clone(), when::short(at)]),
            row.follow.title().to_owned(),
            None,
        ),
    };
    let (title, detail) = if titled { (what, join([about, more])) } else { (about, more) };
    let end = end.map(|(tone, icon, words)| rsx! { Chip { tone, icon, words } });
    rsx! {
        Row { to, icon, tone, title, detail, test, end }
    }
}

/// Where something followed up stands, as its page says it.
fn follow_chip(row: &FollowUpRow) -> (Tone, Ico, String) {
    let (words, icon, tone) = follow::state(row);
    (tone, icon, words)
}

/// A day with a clock, and whether it is past.
fn day_chip(day: chrono::NaiveDate) -> (Tone, Ico, String) {
    let late = day < when::now().date_naive();
    (
        if late { Tone::Missed } else { Tone::Waiting },
        if late { Ico::Warn } else { Ico::Clock },
        if late { t_args("owed-late", &[("day", when::day_in(day).into())]) } else { when::day(day) },
    )
}

fn quoted(text: &str) -> String {
    if text.is_empty() { String::new() } else { t_args("quoted", &[("text", text.to_owned().into())]) }
}
