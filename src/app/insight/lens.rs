//! Which part of the organisation is looked at. It outlives the page, so that a figure and the
//! records behind it are of the same part, and "back" shows what was there.

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::follow::category;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Pick, Select};
use crate::engine::api::{Lens, Request, SiteRow};
use crate::insight::measure::Measure;

static LENS: GlobalSignal<Lens> = Signal::global(Lens::default);

/// What is looked at now. Subscribes the caller.
pub(super) fn lens() -> Lens {
    LENS.read().clone()
}

pub(super) fn set(change: impl FnOnce(&mut Lens)) {
    change(&mut LENS.write());
}

/// Programme and site, where there are several. A choice of the one takes back the other.
#[component]
pub(super) fn Where(sites: Vec<SiteRow>) -> Element {
    let lens = lens();
    let mut programmes: Vec<String> =
        sites.iter().map(|row| row.programme.clone()).filter(|name| !name.is_empty()).collect();
    programmes.sort();
    programmes.dedup();
    let within = sites.iter().filter(|row| lens.programme.is_empty() || row.programme == lens.programme);
    let picks: Vec<Pick> = within.map(|row| Pick::new(row.site.to_string(), row.shown.clone())).collect();
    rsx! {
        if programmes.len() > 1 {
            Select { label: t("insight-programme"), id: "insight-programme", none: t("insight-all-programmes"), chosen: lens.programme.clone(),
                picks: programmes.into_iter().map(|name| Pick::new(name.clone(), name)).collect::<Vec<_>>(),
                onchoose: move |chosen: String| set(|lens| {
                    lens.programme = chosen;
                    lens.site = None;
                }) }
        }
        if sites.len() > 1 {
            Select { label: t("insight-site"), id: "insight-site", none: t("insight-all-sites"), picks,
                chosen: lens.site.map(|site| site.to_string()).unwrap_or_default(),
                onchoose: move |chosen: String| set(|lens| lens.site = chosen.parse().ok()) }
        }
    }
}

/// The same behind a fold that says what is chosen: on a phone the figures come first.
#[component]
pub(super) fn Part(sites: Vec<SiteRow>) -> Element {
    if sites.len() < 2 {
        return rsx! {};
    }
    rsx! {
        details { "data-test": "insight-part",
            summary { {named(&sites)} }
            div { class: "section", Where { sites } }
        }
    }
}

/// The same on a page whose answer does not bring the sites along.
#[component]
pub(super) fn PartOf() -> Element {
    let own = use_app().me().map(|me| me.sites).unwrap_or_default();
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites).ready().unwrap_or_default();
    let sites = sites.iter().filter(|row| own.iter().any(|site| site.site == row.site)).cloned();
    rsx! { Part { sites: sites.collect::<Vec<_>>() } }
}

/// The part in words, for the line under a title.
pub(super) fn named(sites: &[SiteRow]) -> String {
    let lens = lens();
    match lens.site.and_then(|site| sites.iter().find(|row| row.site == site)) {
        Some(row) => join([row.programme.clone(), row.shown.clone()]),
        None if lens.programme.is_empty() => t("insight-all-sites"),
        None => lens.programme,
    }
}

/// By what else a figure is narrowed, in words: area of practice, kind of report.
pub(super) fn narrowed(measure: Measure, lens: &Lens) -> String {
    let competency = measure.is_by_competency() && !lens.competency.is_empty();
    let kind = lens.category.filter(|_| measure.is_by_category());
    join([
        if competency { names::competency(&lens.competency) } else { String::new() },
        kind.map(category).unwrap_or_default(),
    ])
}
