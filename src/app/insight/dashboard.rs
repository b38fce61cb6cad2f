//! One measure over time, and the way to the other pages.

use dioxus::prelude::*;

use super::lens::{self, Where};
use super::plot::{Drawing, Key, Table};
use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::category;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{
    Banner, Button, Empty, Ico, Kind, Page, Pick, Pills, Row, Rows, Section, Select, Tone, show,
};
use crate::app::when;
use crate::engine::api::{ChartView, Plot, Request};
use crate::insight::measure::Measure;
use crate::insight::period::Grain;
use crate::platform;
use crate::practice::follow::Category;

/// What was looked at last, so that "back" from the records shows the same chart.
static CHOSEN: GlobalSignal<Measure> = Signal::global(|| Measure::PassRate);

#[component]
pub fn InsightPage() -> Element {
    let measure = CHOSEN();
    let lens = lens::lens();
    let asked = use_ask::<ChartView>(Request::Chart { measure, lens: lens.clone() });
    // Those that can have data here, and the one that is looked at.
    let offered = asked.ready().map_or_else(|| Measure::ALL.to_vec(), |view| view.offered.clone());
    let measures: Vec<Pick> = Measure::ALL
        .into_iter()
        .filter(|one| *one == measure || offered.contains(one))
        .map(|measure| Pick::new(measure.as_str(), words::measure(measure)))
        .collect();
    let grains = vec![Pick::new("month", t("insight-by-month")), Pick::new("week", t("insight-by-week"))];
    // What is looked at stands above the fold that chooses it: a part is never taken for the whole.
    let sub = asked
        .ready()
        .map(|view| join([lens::named(&view.sites), lens::narrowed(measure, &lens), words::measure(measure)]))
        .unwrap_or_default();
    let period = asked.ready().map(|view| shown_days(&view.plots)).unwrap_or_default();
    rsx! {
        Page { title: t("insight-title"), sub, period, back: Route::MorePage {}, test: "insight",
            Rows { label: t("insight-pages"),
                Row { to: Route::MonthPage { back: 0 }, icon: Ico::List, tone: Tone::Brand, title: t("month-title"), test: "insight-month" }
                Row { to: Route::HoldsPage {}, icon: Ico::Eye, tone: Tone::Brand, title: t("hold-title"), test: "insight-holds" }
                Row { to: Route::ItemsPage {}, icon: Ico::Task, tone: Tone::Brand, title: t("items-title"), test: "insight-items" }
            }
            Section { title: t("insight-over-time"), test: "insight-chart",
                Select { label: t("insight-measure"), id: "insight-measure", picks: measures, chosen: measure.as_str(),
                    onchoose: move |chosen: String| *CHOSEN.write() = Measure::parse(&chosen).unwrap_or(Measure::PassRate) }
                details { "data-test": "insight-narrow",
                    summary { {t("insight-narrow")} }
                    div { class: "section",
                        if let Some(view) = asked.ready() {
                            Where { sites: view.sites.clone() }
                            if measure.is_by_category() {
                                Select { label: t("insight-kind"), id: "insight-kind", none: t("insight-all-kinds"),
                                    picks: Category::ALL.map(|kind| Pick::new(kind.as_str(), category(kind))).to_vec(),
                                    chosen: lens.category.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
                                    onchoose: move |chosen: String| lens::set(|lens| lens.category = Category::ALL.into_iter().find(|kind| kind.as_str() == chosen)) }
                            }
                            if measure.is_by_competency() {
                                Select { label: t("insight-competency"), id: "insight-competency", none: t("insight-all-competencies"),
                                    picks: view.competencies.iter().map(|name| Pick::new(name.clone(), names::competency(name))).collect::<Vec<_>>(),
                                    chosen: lens.competency.clone(),
                                    onchoose: move |chosen: String| lens::set(|lens| lens.competency = chosen) }
                            }
                        }
                        Pills { legend: t("insight-grain"), name: "insight-grain", picks: grains,
                            chosen: Some(if lens.grain == Grain::Week { "week" } else { "month" }.to_owned()),
                            onchoose: move |chosen: String| lens::set(|lens| lens.grain = if chosen == "week" { Grain::Week } else { Grain::Month }) }
                    }
                }
            }
            {show(&asked, |view| rsx! { Shown { view: view.clone(), grain: lens.grain } })}
        }
    }
}

/// From the first day that is shown to the last; the period that runs ends today.
fn shown_days(plots: &[Plot]) -> String {
    let days = plots.first().zip(plots.last());
    let until = |last: &Plot| if last.so_far { last.last.min(when::now().date_naive()) } else { last.last };
    days.map(|(first, last)| {
        let (from, to) = (first.first.to_string(), until(last).to_string());
        t_args("pack-period", &[("from", from.into()), ("to", to.into())])
    })
    .unwrap_or_default()
}

#[component]
fn Shown(view: ChartView, grain: Grain) -> Element {
    let unit = view.measure.unit();
    let Some(chart) = view.chart.clone() else {
        let hint =
            if view.nothing_expected { t("insight-nothing-expected") } else { words::meaning(view.measure) };
        return rsx! { Empty { icon: Ico::Chart, title: t("insight-none"), hint } };
    };
    let gaps = words::gaps(&view.plots, grain);
    let running = words::running(&view.plots, grain, unit);
    rsx! {
        figure { class: "card chart", "data-test": "chart",
            figcaption {
                p { class: "row-title", {words::measure(view.measure)} }
                p { class: "hint", {words::meaning(view.measure)} }
            }
            Drawing { view: view.clone(), chart: chart.clone(), grain }
            Key { chart: chart.clone() }
            p { class: "chart-summary", "data-test": "chart-summary", {words::summary(&chart, unit)} }
            if !running.is_empty() {
                p { class: "hint", "data-test": "chart-running", {running} }
            }
            if let Some(since) = view.since {
                p { class: "chart-summary", "data-test": "chart-since", {words::since(since, grain)} }
            }
            if !gaps.is_empty() {
                p { class: "hint", "data-test": "chart-gaps", {gaps} }
            }
            if let Some(why) = view.why {
                p { class: "hint", "data-test": "chart-method", {words::why(why)} }
            }
        }
        for note in chart.notes.clone() {
            Banner { key: "{note:?}", tone: Tone::Waiting, icon: Ico::Info, title: words::note(note), test: "chart-note" }
        }
        Table { view: view.clone(), chart: Some(chart), grain }
        Button { kind: Kind::Ghost, icon: Ico::Print, test: "insight-print", onclick: move |()| platform::print(), {t("insight-print")} }
    }
}
