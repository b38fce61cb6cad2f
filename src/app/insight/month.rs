//! The month as governance looks at it: what tells beforehand and what tells afterwards, side by
//! side, and the record that it was looked at.

use dioxus::prelude::*;

use super::lens::{self, Part};
use super::plot::to_behind;
use super::review::{Review, review_of};
use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::FollowLine;
use crate::app::form::wanted;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{Banner, Button, Chip, Empty, Go, Ico, Kind, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{Lens, MonthFigure, MonthView, Plot, REPEATED_MONTHS, Request};
use crate::insight::facts::Theme;
use crate::insight::measure::Measure;
use crate::insight::period::Grain;
use crate::platform;

#[component]
pub fn MonthPage(back: u32) -> Element {
    let lens = Lens { competency: String::new(), category: None, ..lens::lens() };
    let asked = use_ask::<MonthView>(Request::Month { back, lens });
    let title = asked.ready().map_or_else(|| t("month-title"), |view| when::month_year(view.first));
    let sub =
        asked.ready().map(|view| join([t("month-title"), lens::named(&view.sites)])).unwrap_or_default();
    let mut reviewing = use_signal(|| false);
    let month = asked.ready().map(|view| view.month.clone());
    use_effect(use_reactive!(|month| {
        if month.is_some_and(|month| wanted("month", &review_of(&month))) {
            reviewing.set(true);
        }
    }));
    let foot = asked.ready().filter(|view| view.may_review && !view.running).map(|_| {
        rsx! { Button { test: "month-review", onclick: move |()| reviewing.set(true), {t("month-review")} } }
    });
    rsx! {
        Page { title, sub, back: Route::InsightPage {}, foot, test: "month",
            {show(&asked, |view| rsx! {
                if reviewing() {
                    Review { view: view.clone(), onclose: move |()| reviewing.set(false) }
                }
                if view.running {
                    Banner { tone: Tone::Waiting, icon: Ico::Clock, title: t("month-running"), text: t("month-running-hint"), test: "month-running" }
                }
                div { class: "btn-row",
                    Go { to: Route::MonthPage { back: back + 1 }, class: "btn ghost", test: "month-before", span { class: "btn-words", {t("month-before")} } }
                    if back > 0 {
                        Go { to: Route::MonthPage { back: back - 1 }, class: "btn ghost", test: "month-after", span { class: "btn-words", {t("month-after")} } }
                    }
                }
                Part { sites: view.sites.clone() }
                p { class: "hint", "data-test": "month-signal-rule", {t("month-signal-rule")} }
                div { class: "sides",
                    Side { title: t("month-leading"), figures: view.leading.clone(), test: "month-leading" }
                    Side { title: t("month-lagging"), figures: view.lagging.clone(), test: "month-lagging" }
                }
                Section { title: t("month-themes"), test: "month-themes",
                    if view.themes.is_empty() {
                        p { class: "hint", {t("month-no-themes")} }
                    } else {
                        Rows { for theme in view.themes.clone() { ThemeLine { key: "{theme:?}", theme, period: view.period, months: 1 } } }
                    }
                }
                if !view.repeated.is_empty() {
                    Section { title: t("month-repeated"), test: "month-repeated",
                        Rows { for theme in view.repeated.clone() { ThemeLine { key: "{theme:?}", theme, period: view.period, months: REPEATED_MONTHS } } }
                    }
                }
                Section { title: t("month-reviews"), test: "month-reviews",
                    if view.reviews.is_empty() {
                        Empty { icon: Ico::Eye, title: t("month-not-reviewed") }
                    } else {
                        Rows { for row in view.reviews.clone() { FollowLine { key: "{row.follow.id}", row } } }
                    }
                }
                Button { kind: Kind::Ghost, icon: Ico::Print, test: "month-print", onclick: move |()| platform::print(), {t("insight-print")} }
            })}
        }
    }
}

#[component]
fn Side(title: String, figures: Vec<MonthFigure>, test: String) -> Element {
    rsx! {
        Section { title, test,
            Rows { for figure in figures { Line { key: "{figure.measure:?}", figure } } }
        }
    }
}

fn said(plot: &Plot, measure: Measure) -> String {
    let unit = measure.unit();
    join([words::value(plot.value, unit), words::counts(plot, unit), words::interval(plot)])
}

#[component]
fn Line(figure: MonthFigure) -> Element {
    let MonthFigure { measure, now, before, signals } = figure;
    let detail = now.as_ref().map_or_else(|| t("month-nothing"), |plot| said(plot, measure));
    let to = now.as_ref().filter(|plot| plot.opens(measure));
    let to = to.map(|plot| to_behind(measure, plot.period, Grain::Month));
    let small = now.as_ref().is_some_and(|plot| plot.small);
    rsx! {
        Row { to, title: words::measure(measure), detail, test: "month-figure",
            end: rsx! {
                if small { Chip { tone: Tone::Plain, icon: Ico::Info, words: t("insight-small") } }
                if signals { Chip { tone: Tone::Waiting, icon: Ico::Chart, words: t("insight-signals") } }
            },
            if let Some(before) = before {
                span { class: "row-detail", {t_args("month-was", &[("what", said(&before, measure).into())])} }
            }
        }
    }
}

#[component]
fn ThemeLine(theme: Theme, period: i32, months: u32) -> Element {
    let (title, detail) = words::theme(&theme.competency, theme.source);
    let source = theme.source.map(|source| source.as_str().to_owned()).unwrap_or_default();
    let to = Route::ThemePage { period, months, competency: theme.competency.clone(), source };
    rsx! {
        Row { to, title, detail, test: "month-theme", end: rsx! { span { class: "row-title", "{theme.count}" } } }
    }
}
