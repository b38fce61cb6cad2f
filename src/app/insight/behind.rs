//! The records behind one figure: exactly those that it was folded from.

use dioxus::prelude::*;

use super::{lens, words};
use crate::app::ask::{PAGE, use_more};
use crate::app::follow::FollowLine;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::today::{RecordLine, join};
use crate::app::ui::{Empty, Ico, More, Page, Row, Rows, Tone, show};
use crate::app::{names, when};
use crate::engine::api::{Behind, Lens, RecordRow, Request, TaskRow};
use crate::insight::measure::Measure;
use crate::insight::period::Grain;
use crate::practice::text::Text;

#[component]
pub fn BehindPage(measure: String, period: i32, grain: String) -> Element {
    let measure = Measure::parse(&measure).unwrap_or(Measure::PassRate);
    let grain = if grain == "week" { Grain::Week } else { Grain::Month };
    let lens = Lens { grain, ..lens::lens() };
    let limit = use_signal(|| PAGE);
    let asked =
        use_more::<Behind>(limit, |limit| Request::Behind { measure, period, lens: lens.clone(), limit });
    let first = grain.first_day(period);
    let when = if grain == Grain::Week { when::full_day(first) } else { when::month_year(first) };
    rsx! {
        Page { title: words::measure(measure), sub: join([when, lens.programme.clone(), lens::narrowed(measure, &lens)]), back: Route::InsightPage {}, test: "behind",
            {show(&asked, |behind| {
                let shown = behind.records.len() + behind.follow_ups.len() + behind.tasks.len();
                rsx! {
                    p { class: "hint", "data-test": "behind-count", {t_args("behind-count", &[("shown", shown.into()), ("n", behind.count.into())])} }
                    if shown == 0 {
                        Empty { icon: Ico::List, title: t("behind-none") }
                    }
                    Rows { test: "behind-list",
                        for record in behind.records.clone() {
                            Missed { key: "{record.id}", missed: behind.missed.get(&record.id).cloned().unwrap_or_default(), record }
                        }
                        for row in behind.follow_ups.clone() { FollowLine { key: "{row.follow.id}", row } }
                        for row in behind.tasks.clone() { Done { key: "{row.task.id}", row } }
                    }
                    if (shown as u64) < u64::from(behind.count) { More { limit, test: "more-behind" } }
                }
            })}
        }
    }
}

/// A record with what was missed in it.
#[component]
fn Missed(record: RecordRow, missed: Vec<Text>) -> Element {
    if missed.is_empty() {
        return rsx! { RecordLine { record } };
    }
    let what = missed.iter().map(names::text).collect::<Vec<_>>().join(", ");
    rsx! {
        RecordLine { record }
        li { class: "behind-missed", "data-test": "behind-missed", {t_args("behind-missed", &[("what", what.into())])} }
    }
}

#[component]
fn Done(row: TaskRow) -> Element {
    let ended = row.task.ended_at.map(when::short).unwrap_or_default();
    rsx! {
        Row { to: Route::TasksPage {}, icon: Ico::Task, tone: Tone::Brand, title: row.task.text.clone(),
            detail: join([row.owner_name.clone(), row.site_name.clone(), ended]), test: "task-row" }
    }
}
