//! Drift: small errors that repeat, from audits and observations, from what happened, and from what
//! partners and families say; and the records behind each figure.

use dioxus::prelude::*;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::FollowLine;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::today::{RecordLine, join};
use crate::app::ui::{Chip, Empty, Ico, Page, Row, Rows, Section, Tone, show, shown};
use crate::engine::api::{DriftBehind, DriftBehindView, DriftView, Request};
use crate::insight::drift::{BASELINE_DAYS, Change, Drift, Input};

#[component]
pub fn DriftPage() -> Element {
    let asked = use_ask::<DriftView>(Request::Drift);
    rsx! {
        Page { title: t("drift-title"), back: Route::PatternsPage {}, test: "drift",
            {show(&asked, |view| rsx! {
                p { class: "hint", {t_args("drift-rule", &[("count", view.count.into()), ("days", view.days.into())])} }
                p { class: "hint", {t("drift-chance")} }
                if view.drifts.is_empty() {
                    Empty { icon: Ico::Ok, title: t("drift-none"), hint: t("drift-none-hint") }
                }
                for drift in view.drifts.iter().cloned() {
                    One { key: "{drift.competency}", drift, view: view.clone() }
                }
            })}
        }
    }
}

#[component]
fn One(drift: Drift, view: DriftView) -> Element {
    let competency = drift.competency.clone();
    let trend = t_args("drift-before", &[("before", drift.before.into()), ("days", BASELINE_DAYS.into())]);
    let (tone, icon) = match drift.change {
        Change::More => (Tone::Missed, Ico::Warn),
        Change::Steady => (Tone::Plain, Ico::Ok),
        Change::NotKnown => (Tone::Plain, Ico::Info),
    };
    let (agreeing, found_in) = (drift.agreeing(), drift.found_in());
    rsx! {
        Section { title: names::competency(&drift.competency), test: "drift-one",
            div { class: "verdict",
                Chip { tone: Tone::Waiting, icon: Ico::Again, words: t_args("drift-count", &[("n", drift.count.into())]), test: "drift-count" }
                Chip { tone, icon, words: words::change(drift.change), test: "drift-change" }
                if agreeing > 1 {
                    Chip { tone: Tone::Missed, icon: Ico::Warn, words: t_args("drift-agree", &[("n", agreeing.into())]), test: "drift-agree" }
                } else if found_in > 1 {
                    Chip { tone: Tone::Plain, icon: Ico::Info, words: t_args("drift-found-in", &[("n", found_in.into())]), test: "drift-found-in" }
                }
                if drift.complaints_repeat() {
                    Chip { tone: Tone::Missed, icon: Ico::Speech, words: t("drift-complaints"), test: "drift-complaints" }
                }
            }
            p { class: "hint", {trend} }
            Rows {
                for input in drift.inputs.keys().copied() {
                    Row {
                        key: "{input:?}",
                        to: behind(&competency, Some(input), None),
                        title: words::input(input),
                        detail: found(&drift, input),
                        test: "drift-input",
                    }
                }
                for item in drift.items.clone() {
                    Row {
                        key: "{item.standard}-{item.item}",
                        to: behind(&competency, None, Some((item.standard, item.item.clone()))),
                        icon: Ico::No,
                        tone: if item.change == Change::More { Tone::Missed } else { Tone::Plain },
                        title: view.items.get(&DriftView::key(item.standard, &item.item)).map_or_else(|| item.item.clone(), names::text),
                        detail: t_args("drift-item", &[("n", item.missed.into()), ("of", item.of.into()), ("before", item.before.into()), ("all", item.of_before.into()), ("change", words::change(item.change).into())]),
                        test: "drift-item",
                    }
                }
            }
        }
    }
}

/// How many of how many of one input, and how many reports: what its row opens; and what each says of
/// whether it is more than before, where that is not too little to say anything.
fn found(drift: &Drift, input: Input) -> String {
    let looked = drift.looked.get(&input).filter(|found| found.missed > 0);
    let reports = drift.reports.get(&input).filter(|n| **n > 0);
    // What is looked at says of an item whether it is more than before, and not of all that was looked at.
    let items = match drift.items_say(input) {
        Some(Change::More) => t("drift-item-more"),
        Some(_) => t("drift-items-steady"),
        None => String::new(),
    };
    join([
        looked.map_or_else(String::new, |found| {
            t_args("drift-of-looked", &[("n", found.missed.into()), ("of", found.of.into())])
        }),
        items,
        reports.map_or_else(String::new, |n| t_args("drift-reports", &[("n", (*n).into())])),
        drift.reports_say(input).map(words::change).unwrap_or_default(),
    ])
}

fn behind(competency: &str, input: Option<Input>, item: Option<(uuid::Uuid, String)>) -> Route {
    let (standard, item) = item.map_or_else(Default::default, |(id, item)| (id.to_string(), item));
    let input = input.map_or_else(String::new, |input| format!("{input:?}").to_lowercase());
    Route::DriftBehindPage { competency: competency.to_owned(), input, standard, item }
}

#[component]
pub fn DriftBehindPage(competency: String, input: String, standard: String, item: String) -> Element {
    let chosen = Input::ALL.into_iter().find(|one| format!("{one:?}").to_lowercase() == input);
    let item = id_of(&standard).map(|id| (id, item));
    let request = DriftBehind { competency: competency.clone(), input: chosen, item };
    let asked = use_ask::<DriftBehindView>(Request::DriftBehind { behind: request });
    let sub = chosen.map(words::input).unwrap_or_default();
    rsx! {
        Page { title: names::competency(&competency), sub, back: Route::DriftPage {}, test: "drift-behind",
            {show(&asked, |view| rsx! {
                if view.records.is_empty() && view.reports.is_empty() {
                    Empty { icon: Ico::Ok, title: t("drift-none") }
                }
                if !view.reports.is_empty() {
                    Section { title: t("behind-reports"), test: "behind-reports",
                        {shown(view.reports.len(), view.reports_total)}
                        Rows { for row in view.reports.clone() { FollowLine { key: "{row.follow.id}", row } } }
                    }
                }
                if !view.records.is_empty() {
                    Section { title: t("behind-records"), test: "behind-records",
                        {shown(view.records.len(), view.records_total)}
                        Rows { for record in view.records.clone() { RecordLine { key: "{record.id}", record } } }
                    }
                }
            })}
        }
    }
}
