//! The records behind one figure: exactly those that it was folded from.

use chrono::NaiveDate;
use dioxus::prelude::*;
use uuid::Uuid;

use super::{lens, words};
use crate::app::ask::{PAGE, use_more};
use crate::app::follow::FollowLine;
use crate::app::i18n::t_args;
use crate::app::route::Route;
use crate::app::today::{RecordLine, join};
use crate::app::ui::{Empty, Ico, More, Page, Row, Rows, Tone, show};
use crate::app::{names, when};
use crate::engine::api::{Behind, FollowUpRow, Lens, RecordRow, Request, TaskRow, ThemeOf};
use crate::insight::measure::Measure;
use crate::insight::period::Grain;
use crate::practice::follow::Source;
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
    let (when, none) = spelled(grain, first);
    rsx! {
        Page { title: words::measure(measure), sub: join([when, lens.programme.clone(), lens::narrowed(measure, &lens)]), back: Route::InsightPage {}, test: "behind",
            {show(&asked, |behind| rsx! { List { behind: behind.clone(), measure, limit, none, hint: words::measure(measure) } })}
        }
    }
}

/// A week by its first day, or a month; and that nothing was in it.
fn spelled(grain: Grain, first: NaiveDate) -> (String, String) {
    if grain == Grain::Week {
        let day = when::full_day(first);
        (day.clone(), t_args("behind-none-week", &[("when", day.into())]))
    } else {
        let month = when::month_year(first);
        (month.clone(), t_args("behind-none", &[("when", month.into())]))
    }
}

/// The reports of a theme of the monthly review.
#[component]
pub fn ThemePage(period: i32, months: u32, competency: String, source: String) -> Element {
    let theme = ThemeOf { competency: competency.clone(), source: source_of(&source), period, months };
    let lens = Lens { grain: Grain::Month, competency: String::new(), category: None, ..lens::lens() };
    let limit = use_signal(|| PAGE);
    let asked = use_more::<Behind>(limit, |limit| Request::ThemeBehind {
        theme: theme.clone(),
        lens: lens.clone(),
        limit,
    });
    let back = Grain::Month.of(when::now().date_naive()).saturating_sub(period);
    let back = u32::try_from(back).unwrap_or(0);
    let until = when::month_year(Grain::Month.first_day(period));
    let (when, none) = if months > 1 {
        let since = period.saturating_sub_unsigned(months.saturating_sub(1));
        let since = when::month_year(Grain::Month.first_day(since));
        (
            t_args("behind-months", &[("from", since.clone().into()), ("to", until.clone().into())]),
            t_args("behind-none-months", &[("from", since.into()), ("to", until.into())]),
        )
    } else {
        spelled(Grain::Month, Grain::Month.first_day(period))
    };
    let (title, from) = words::theme(&competency, theme.source);
    rsx! {
        Page { title: title.clone(), sub: join([from, when, lens.programme.clone()]), back: Route::MonthPage { back }, test: "theme",
            {show(&asked, |behind| rsx! { List { behind: behind.clone(), limit, none, hint: title } })}
        }
    }
}

/// A source from the address: none for incidents and near misses.
fn source_of(code: &str) -> Option<Source> {
    let known = Source::ALL.into_iter().find(|source| source.as_str() == code);
    known.or_else(|| (!code.is_empty()).then_some(Source::Unknown))
}

/// What is behind a figure; where nothing is, of what and when there was none.
#[component]
fn List(behind: Behind, measure: Option<Measure>, limit: Signal<u32>, none: String, hint: String) -> Element {
    let shown = behind.records.len() + behind.follow_ups.len() + behind.tasks.len();
    let adds = |id: Uuid| measure.and_then(|measure| words::adds(measure, *behind.adds.get(&id)?));
    if shown == 0 {
        return rsx! { Empty { icon: Ico::List, title: none, hint } };
    }
    rsx! {
        p { class: "hint", "data-test": "behind-count", {t_args("behind-count", &[("shown", shown.into()), ("n", behind.count.into())])} }
        if let Some(judged) = behind.judged {
            p { class: "hint", "data-test": "behind-judged", {t_args("behind-judged", &[("n", judged.into()), ("of", behind.count.into())])} }
        }
        Rows { test: "behind-list",
            for record in behind.records.clone() {
                Missed { key: "{record.id}", missed: behind.missed.get(&record.id).cloned().unwrap_or_default(), adds: adds(record.id), record }
            }
            for row in behind.follow_ups.clone() {
                Counted { key: "{row.follow.id}", adds: adds(row.follow.id), row }
            }
            for row in behind.tasks.clone() { Done { key: "{row.task.id}", row } }
        }
        if (shown as u64) < u64::from(behind.count) { More { limit, test: "more-behind" } }
    }
}

/// A report with what it adds to the figure.
#[component]
fn Counted(row: FollowUpRow, adds: Option<String>) -> Element {
    rsx! {
        FollowLine { row }
        if let Some(adds) = adds {
            li { class: "behind-missed", "data-test": "behind-adds", {adds} }
        }
    }
}

/// A record with what it adds to the figure, and what was missed in it.
#[component]
fn Missed(record: RecordRow, missed: Vec<Text>, adds: Option<String>) -> Element {
    let what = missed.iter().map(names::text).collect::<Vec<_>>().join(", ");
    rsx! {
        RecordLine { record }
        if let Some(adds) = adds {
            li { class: "behind-missed", "data-test": "behind-adds", {adds} }
        }
        if !missed.is_empty() {
            li { class: "behind-missed", "data-test": "behind-missed", {t_args("behind-missed", &[("what", what.into())])} }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::i18n::{Lang, show_in};

    #[test]
    fn nothing_behind_a_figure_is_said_of_a_week_and_of_a_month_in_their_own_words() {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            let first = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
            show_in(Lang::En);
            assert_eq!(spelled(Grain::Week, first).1, "None in the week of 16 Nov 2026");
            assert_eq!(spelled(Grain::Month, first).1, "None in Nov 2026");
            show_in(Lang::Es);
            assert_eq!(spelled(Grain::Week, first).1, "Nada en la semana del 16 nov 2026");
            assert_eq!(spelled(Grain::Month, first).1, "Nada en nov 2026");
        });
    }
}
