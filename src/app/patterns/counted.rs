//! What a link of an action's chain counts: its reports, who is re-validated and who is not, what happened
//! again.
//!
//! Invariant: as many rows as the link says, in each part.

use dioxus::prelude::*;

use super::chain::test;
use crate::app::ask::use_ask;
use crate::app::follow::FollowLine;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::today::RecordLine;
use crate::app::ui::{Empty, Ico, Page, Rows, Section, show};
use crate::engine::api::{ChainView, FollowUpRow, LinkKind, RecordRow, Request};

#[component]
pub fn CountedPage(action: String, link: String) -> Element {
    let id = id_of(&action).unwrap_or_default();
    let asked = use_ask::<ChainView>(Request::Chain { action: id });
    let kinds = [LinkKind::Pattern, LinkKind::Revalidated, LinkKind::Recurrence];
    let kind = kinds.into_iter().find(|kind| test(*kind) == link);
    let title = match kind {
        Some(LinkKind::Revalidated) => t("chain-revalidated"),
        Some(LinkKind::Recurrence) => t("chain-recurrence"),
        _ => t("pattern-reports"),
    };
    let sub = asked.ready().map(|view| view.answered.action.follow.title().to_owned()).unwrap_or_default();
    rsx! {
        Page { title, sub, back: Route::FollowPage { id: action.clone() }, test: "counted",
            {show(&asked, |view| match kind {
                Some(LinkKind::Revalidated) => rsx! { Revalidated { view: view.clone() } },
                Some(LinkKind::Recurrence) => rsx! { Part { title: reports(view.again.len()), rows: view.again.clone(), none: t("counted-none-again"), test: "counted-again" } },
                _ => rsx! { Answered { view: view.clone() } },
            })}
        }
    }
}

fn reports(n: usize) -> String {
    t_args("chain-pattern", &[("n", n.into())])
}

/// The reports that it answers, and how many of them this device does not have.
#[component]
fn Answered(view: ChainView) -> Element {
    let here = view.reports.len();
    let named =
        view.answered.links.iter().find(|link| link.what == LinkKind::Pattern).map_or(0, |link| link.n);
    let elsewhere = usize::try_from(named).unwrap_or(usize::MAX).saturating_sub(here);
    rsx! {
        Part { title: reports(here), rows: view.reports, none: t("counted-none-reports"), test: "counted-reports" }
        if elsewhere > 0 {
            p { class: "hint", "data-test": "counted-elsewhere", {t_args("counted-elsewhere", &[("n", elsewhere.into())])} }
        }
    }
}

/// Who showed it, and who has not.
#[component]
fn Revalidated(view: ChainView) -> Element {
    let ChainView { shown, not_shown, proof, .. } = view;
    if shown.is_empty() && not_shown.is_empty() {
        return rsx! { Observed { proof } };
    }
    rsx! {
        if !shown.is_empty() {
            Part { title: t_args("counted-shown", &[("n", shown.len().into())]), rows: shown, none: String::new(), test: "counted-shown" }
        }
        if !not_shown.is_empty() {
            Part { title: t_args("counted-not-shown", &[("n", not_shown.len().into())]), rows: not_shown, none: String::new(), test: "counted-not-shown" }
        }
    }
}

#[component]
fn Observed(proof: Vec<RecordRow>) -> Element {
    if proof.is_empty() {
        return rsx! { Empty { icon: Ico::Eye, title: t("counted-none-shown") } };
    }
    rsx! {
        Section { title: t_args("counted-proof", &[("n", proof.len().into())]), test: "counted-proof",
            Rows { for record in proof { RecordLine { key: "{record.id}", record } } }
        }
    }
}

#[component]
fn Part(title: String, rows: Vec<FollowUpRow>, none: String, test: String) -> Element {
    if rows.is_empty() {
        return rsx! { Empty { icon: Ico::List, title: none } };
    }
    rsx! {
        Section { title, test,
            Rows { for row in rows { FollowLine { key: "{row.follow.id}", row } } }
        }
    }
}
