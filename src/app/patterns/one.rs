//! One pattern: the reports that make it, and the action that answers it.

use dioxus::prelude::*;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::FollowLine;
use crate::app::follow::gap as gap_words;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::ui::{Banner, Go, Ico, Page, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{PatternView, Request};
use crate::practice::follow::Gap;

#[component]
pub fn PatternPage(report: String) -> Element {
    let id = id_of(&report).unwrap_or_default();
    let asked = use_ask::<PatternView>(Request::Pattern { report: id });
    let ready = asked.ready();
    let title =
        ready.as_ref().map_or_else(|| t("patterns-one"), |view| words::theme(&view.row.pattern.theme));
    let sub = ready.as_ref().map(|view| words::places(&view.row)).unwrap_or_default();
    let act = ready.as_ref().is_some_and(|view| view.may_act && view.actions.is_empty());
    let foot = act.then(|| {
        rsx! { Go { to: Route::PatternActionPage { report: report.clone() }, class: "btn", test: "pattern-act", {t("action-title")} } }
    });
    rsx! {
        Page { title, sub, back: Route::PatternsPage {}, foot, test: "pattern",
            {show(&asked, |view| rsx! { Detail { key: "{id}", view: view.clone() } })}
        }
    }
}

#[component]
fn Detail(view: PatternView) -> Element {
    let row = &view.row;
    let all = row.pattern.sightings.len();
    let from = when::full_day(row.pattern.first.date_naive());
    let to = when::full_day(row.pattern.last.date_naive());
    let unclassified = usize::try_from(row.classified).unwrap_or(0) < all;
    rsx! {
        p { class: "said", "data-test": "pattern-said",
            {t_args("pattern-said", &[("n", all.into()), ("from", from.into()), ("to", to.into())])}
        }
        if let Some(evidence) = row.evidence {
            p { class: "hint", "data-test": "pattern-evidence", {words::evidence(evidence)} }
        }
        if view.actions.is_empty() {
            match row.gap {
                None => rsx! {
                    Banner { tone: Tone::Waiting, icon: Ico::Pen, title: t("pattern-classify"), text: t("pattern-classify-hint"), test: "pattern-classify" }
                },
                Some(gap) => rsx! {
                    p { class: "hint", "data-test": "pattern-gap",
                        {t_args("pattern-gap", &[("gap", gap_words(gap).into()), ("n", row.classified.into()), ("of", all.into())])}
                    }
                    if gap != Gap::Knowledge {
                        Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("action-misses"), text: t("action-misses-hint"), test: "pattern-misses" }
                    }
                },
            }
            if unclassified && row.gap.is_some() {
                p { class: "hint", {t("pattern-some-open")} }
            }
        } else {
            Section { title: t("pattern-actions"), test: "pattern-actions",
                Rows { for row in view.actions.clone() { FollowLine { key: "{row.follow.id}", row } } }
            }
        }
        Section { title: t("pattern-reports"), test: "pattern-reports",
            Rows { for row in view.reports.clone() { FollowLine { key: "{row.follow.id}", row } } }
        }
    }
}
