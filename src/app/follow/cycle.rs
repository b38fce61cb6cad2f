//! A coaching cycle opened from a record: what was missed stands there already.

use chrono::Days;
use dioxus::prelude::*;

use super::begun::begin;
use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Button, Fault, Field, Page, Pick, Pills, show};
use crate::app::{names, when};
use crate::engine::api::{RecordView, Request};
use crate::practice::follow::{CycleOpened, Evidence, Origin, Step};

/// Two weeks (DOMAIN C3).
const WEEKS: Days = Days::new(14);

#[component]
pub fn CyclePage(record: String) -> Element {
    let id = id_of(&record).unwrap_or_default();
    let asked = use_ask::<RecordView>(Request::Record { record: id });
    rsx! {
        Page { title: t("cycle-title"), back: Route::RecordPage { id: record.clone() }, test: "cycle-begin",
            {show(&asked, |view| rsx! { Form { key: "{id}", view: view.clone() } })}
        }
    }
}

#[component]
fn Form(view: RecordView) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let missed: Vec<String> = view.row.verdict.missed.clone();
    let texts = |good: bool| {
        let items = missed.iter().filter_map(|id| view.standard.as_ref()?.item(id));
        items
            .map(|item| names::text(if good && !item.good.is_empty() { &item.good } else { &item.text }))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut weakness = use_signal(|| texts(false));
    let mut expected = use_signal(|| texts(true));
    let mut checks = use_signal(|| 2_u32);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let row = view.row.clone();
    let competency = view.standard.as_ref().map(|standard| standard.competency.clone()).unwrap_or_default();
    let notes = row.class.is_reviewed();
    let send = move |()| {
        let n = *checks.peek();
        let evidence = if notes {
            Evidence { notes: n, ..Evidence::default() }
        } else {
            Evidence { validations: n, live: 1, ..Evidence::default() }
        };
        let Some(due) = when::now().date_naive().checked_add_days(WEEKS) else { return };
        let step = Step::CycleOpened(CycleOpened {
            standard: row.standard.standard,
            competency: competency.clone(),
            weakness: weakness.peek().trim().to_owned(),
            expected: expected.peek().trim().to_owned(),
            evidence,
            due,
            origin: Origin::Miss { record: row.id, items: row.verdict.missed.clone() },
        });
        let (site, subject) = (row.site, row.subject);
        busy.set(true);
        spawn(async move {
            match begin(app, step, site, subject).await {
                Ok(id) => drop(navigator.replace(Route::FollowPage { id: id.to_string() })),
                Err(why) => error.set(why),
            }
            busy.set(false);
        });
    };
    let numbers = ["1", "2", "3", "5"].map(|n| Pick::new(n, n)).to_vec();
    rsx! {
        p { class: "hint", {t("cycle-hint")} }
        if !error().is_empty() { Fault { text: error() } }
        Field { label: t("cycle-weakness"), id: "cycle-weakness", value: weakness(), rows: 3, maxlength: 2000,
            oninput: move |text: String| weakness.set(text) }
        Field { label: t("follow-expected"), id: "cycle-expected", value: expected(), rows: 3, maxlength: 2000,
            oninput: move |text: String| expected.set(text) }
        Pills { legend: if notes { t("cycle-notes") } else { t("cycle-checks") }, name: "cycle-checks", picks: numbers,
            chosen: Some(checks().to_string()), hint: if notes { String::new() } else { t("cycle-checks-hint") },
            onchoose: move |n: String| checks.set(n.parse().unwrap_or(2)) }
        Button { busy: busy(), test: "cycle-open", onclick: send, {t("cycle-open")} }
    }
}
