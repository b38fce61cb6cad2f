//! The drawing and the table under it. What stands where is [`lay_out`]'s; here it gets words.

use dioxus::prelude::*;

use super::words;
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::ui::Go;
use crate::engine::api::{ChartView, Plot};
use crate::insight::chart::Chart;
use crate::insight::figure::{Dot, Shape, lay_out};
use crate::insight::measure::{Measure, Unit};
use crate::insight::period::Grain;

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 230.0;
/// Half the size of a point's mark, and of what a finger may hit around it.
const DOT: f64 = 3.5;
const FINGER: f64 = 14.0;

pub(super) fn to_behind(measure: Measure, period: i32, grain: Grain) -> Route {
    let grain = if grain == Grain::Week { "week" } else { "month" };
    Route::BehindPage { measure: measure.as_str().to_owned(), period, grain: grain.to_owned() }
}

/// The chart as a drawing. Keyboard and screen readers go by the table, which holds the same and
/// leads to the same places; to the drawing they are told its sentence.
#[component]
pub(super) fn Drawing(view: ChartView, chart: Chart, grain: Grain) -> Element {
    let navigator = use_navigator();
    let unit = view.measure.unit();
    let figure = lay_out(&chart, WIDTH, HEIGHT, (unit == Unit::Share).then_some(1.0));
    let label = format!("{}: {}", words::measure(view.measure), words::summary(&chart, unit));
    let points: Vec<(Dot, i32)> = figure.dots.iter().copied().zip(chart.periods.iter().copied()).collect();
    let labels: Vec<(f64, String)> = figure
        .labelled
        .iter()
        .filter_map(|index| {
            let dot = figure.dots.get(*index)?;
            let period = chart.periods.get(*index)?;
            let plot = view.plots.iter().find(|plot| plot.period == *period)?;
            Some((figure.label_x(*dot), words::short_period(plot, grain)))
        })
        .collect();
    let measure = view.measure;
    let opens: Vec<i32> =
        view.plots.iter().filter(|plot| plot.opens(measure)).map(|plot| plot.period).collect();
    rsx! {
        svg { class: "plot", view_box: "0 0 {WIDTH} {HEIGHT}", role: "img", "aria-label": label, "data-test": "plot",
            for tick in figure.ticks.clone() {
                g { key: "{tick.value}",
                    line { class: "plot-grid", x1: "{figure.left}", x2: "{figure.right}", y1: "{tick.y:.1}", y2: "{tick.y:.1}" }
                    text { class: "plot-text plot-tick", x: "{figure.left - 6.0}", y: "{tick.y + 3.5:.1}", {words::tick(tick.value, unit)} }
                }
            }
            for (x , words) in labels {
                text { key: "{x}", class: "plot-text plot-period", x: "{x:.1}", y: "{HEIGHT - 8.0}", {words} }
            }
            line { class: "plot-centre", x1: "{figure.left}", x2: "{figure.right}", y1: "{figure.centre:.1}", y2: "{figure.centre:.1}" }
            if !figure.upper.is_empty() {
                path { class: "plot-limit", d: "{figure.upper}" }
                path { class: "plot-limit", d: "{figure.lower}" }
            }
            path { class: "plot-line", d: "{figure.line}" }
            for ((dot , period) , opens) in points.into_iter().map(|point| (point, opens.clone())) {
                g { key: "{period}", class: "plot-point", "data-test": "plot-point",
                    onclick: move |_| {
                        if opens.contains(&period) {
                            navigator.push(to_behind(measure, period, grain));
                        }
                    },
                    circle { class: "plot-finger", cx: "{dot.x:.1}", cy: "{dot.y:.1}", r: "{FINGER}" }
                    match dot.shape {
                        Shape::Circle => rsx! { circle { class: "plot-dot", cx: "{dot.x:.1}", cy: "{dot.y:.1}", r: "{DOT}" } },
                        Shape::Diamond | Shape::Triangle => rsx! { polygon { class: "plot-dot plot-sign", points: dot.polygon(DOT + 1.0) } },
                    }
                }
            }
        }
    }
}

/// What the shapes and lines mean; only those that are there.
#[component]
pub(super) fn Key(chart: Chart) -> Element {
    let figure = lay_out(&chart, WIDTH, HEIGHT, None);
    let has = |shape: Shape| figure.dots.iter().any(|dot| dot.shape == shape);
    let mark = |shape: Shape| Dot { x: 8.0, y: 8.0, shape }.polygon(4.5);
    rsx! {
        ul { class: "plot-key", role: "list",
            li {
                svg { view_box: "0 0 16 16", "aria-hidden": "true", line { class: "plot-centre", x1: "0", x2: "16", y1: "8", y2: "8" } }
                {words::centre(&chart)}
            }
            if !chart.limits.is_empty() {
                li {
                    svg { view_box: "0 0 16 16", "aria-hidden": "true", path { class: "plot-limit", d: "M0 8H16" } }
                    {t("insight-key-limits")}
                }
            }
            if has(Shape::Diamond) {
                li {
                    svg { view_box: "0 0 16 16", "aria-hidden": "true", polygon { class: "plot-dot plot-sign", points: mark(Shape::Diamond) } }
                    {t("insight-key-diamond")}
                }
            }
            if has(Shape::Triangle) {
                li {
                    svg { view_box: "0 0 16 16", "aria-hidden": "true", polygon { class: "plot-dot plot-sign", points: mark(Shape::Triangle) } }
                    {t("insight-key-triangle")}
                }
            }
        }
    }
}

/// The points as a table, newest first; each period leads to its records.
#[component]
pub(super) fn Table(view: ChartView, chart: Option<Chart>, grain: Grain) -> Element {
    let unit = view.measure.unit();
    let signs = |period: i32| -> String {
        let signs = chart.as_ref().and_then(|chart| {
            let index = chart.periods.iter().position(|one| *one == period)?;
            chart.signs.get(index)
        });
        signs.into_iter().flatten().map(|sign| words::sign(*sign)).collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<Plot> = view.plots.iter().rev().cloned().collect();
    rsx! {
        div { class: "table-box", tabindex: "0", role: "region", "aria-label": t("insight-table"),
            table { class: "table", "data-test": "plot-table",
                thead {
                    tr {
                        th { scope: "col", if grain == Grain::Month { {t("insight-month")} } else { {t("insight-week")} } }
                        th { scope: "col", class: "number", {t("insight-value")} }
                        th { scope: "col", {t("insight-counted")} }
                    }
                }
                tbody {
                    for plot in rows {
                        tr { key: "{plot.period}",
                            th { scope: "row",
                                if !plot.opens(view.measure) { {words::period(&plot, grain)} } else { Go { to: to_behind(view.measure, plot.period, grain), class: "table-link", test: "plot-row", {words::period(&plot, grain)} } }
                                if plot.so_far { span { class: "hint", {t("insight-so-far")} } }
                            }
                            td { class: "number", if !plot.none { {words::value(plot.value, unit)} } }
                            td {
                                if plot.none { {t("insight-no-records")} } else { {words::counts(&plot, unit)} }
                                if plot.interval.is_some() { span { class: "hint", {words::interval(&plot)} } }
                                if plot.small { span { class: "hint", {t("insight-small")} } }
                                if !signs(plot.period).is_empty() { span { class: "table-sign", {signs(plot.period)} } }
                            }
                        }
                    }
                }
            }
        }
    }
}
