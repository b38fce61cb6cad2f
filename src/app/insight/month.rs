//! The month as governance looks at it: what tells beforehand and what tells afterwards, side by
//! side, and the record that it was looked at.

use dioxus::prelude::*;

use super::lens::{self, Part};
use super::plot::to_behind;
use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::{FollowLine, source};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{
    Button, Chip, Dialog, Empty, Field, Go, Ico, Kind, Page, Row, Rows, Section, Switch, Tone, show,
};
use crate::app::when;
use crate::engine::api::{Lens, MonthFigure, MonthView, Plot, Request};
use crate::insight::facts::Theme;
use crate::insight::measure::Measure;
use crate::insight::period::Grain;
use crate::platform;
use crate::practice::follow::{GovernanceReviewed, Step};

#[component]
pub fn MonthPage(back: u32) -> Element {
    let lens = Lens { competency: String::new(), category: None, ..lens::lens() };
    let asked = use_ask::<MonthView>(Request::Month { back, lens });
    let title = asked.ready().map_or_else(|| t("month-title"), |view| when::month_year(view.first));
    let sub =
        asked.ready().map(|view| join([t("month-title"), lens::named(&view.sites)])).unwrap_or_default();
    let mut reviewing = use_signal(|| false);
    let foot = asked.ready().filter(|view| view.may_review).map(|_| {
        rsx! { Button { test: "month-review", onclick: move |()| reviewing.set(true), {t("month-review")} } }
    });
    rsx! {
        Page { title, sub, back: Route::InsightPage {}, foot, test: "month",
            {show(&asked, |view| rsx! {
                if reviewing() {
                    Review { month: view.month.clone(), onclose: move |()| reviewing.set(false) }
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
                        Rows { for theme in view.themes.clone() { ThemeLine { key: "{theme:?}", theme } } }
                    }
                }
                if !view.repeated.is_empty() {
                    Section { title: t("month-repeated"), test: "month-repeated",
                        Rows { for theme in view.repeated.clone() { ThemeLine { key: "{theme:?}", theme } } }
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
    let to = now.as_ref().map(|plot| to_behind(measure, plot.period, Grain::Month));
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
fn ThemeLine(theme: Theme) -> Element {
    let title = if theme.competency.is_empty() {
        t("month-no-competency")
    } else {
        names::competency(&theme.competency)
    };
    let detail = theme.source.map_or_else(|| t("month-incidents"), source);
    rsx! {
        Row { title, detail, test: "month-theme", end: rsx! { span { class: "row-title", "{theme.count}" } } }
    }
}

/// Records that the month was looked at, with the three questions of A4.
#[component]
fn Review(month: String, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let mut role_specific = use_signal(|| false);
    let mut validated = use_signal(|| false);
    let mut changed = use_signal(|| false);
    let mut note = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let send = move |()| {
        let step = Step::GovernanceReviewed(GovernanceReviewed {
            month: month.clone(),
            role_specific: *role_specific.peek(),
            validated_in_practice: *validated.peek(),
            outcome_changed: *changed.peek(),
            note: note.peek().trim().to_owned(),
            about: Vec::new(),
        });
        busy.set(true);
        spawn(async move {
            match app.run(Request::Step { step: Box::new(step), site: None, subject: None }).await {
                Ok(_) => {
                    app.say(t("month-reviewed"));
                    onclose.call(());
                }
                Err(failure) => app.say_failure(&failure),
            }
            busy.set(false);
        });
    };
    let actions =
        rsx! { Button { busy: busy(), test: "month-review-send", onclick: send, {t("month-review-send")} } };
    rsx! {
        Dialog { title: t("month-review"), id: "month-review-dialog", onclose, actions,
            Switch { label: t("month-role-specific"), id: "role-specific", on: role_specific(), onswitch: move |on: bool| role_specific.set(on) }
            Switch { label: t("month-validated"), id: "validated-in-practice", on: validated(), onswitch: move |on: bool| validated.set(on) }
            Switch { label: t("month-changed"), id: "outcome-changed", on: changed(), onswitch: move |on: bool| changed.set(on) }
            Field { label: t("follow-note"), id: "review-note", value: note(), rows: 3, maxlength: 2000, optional: true, oninput: move |text: String| note.set(text) }
        }
    }
}
