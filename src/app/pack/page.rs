//! Making a pack: the period, names or none, and the file.
//!
//! Invariant: the file is written before anything says so, and its fingerprint is in the log before
//! it can be handed on.

use chrono::{Days, NaiveDate};
use dioxus::prelude::*;

use super::document::{self, Choices, Document};
use super::scope;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Banner, Button, Card, Fault, Field, Ico, Page, Pick, Pills, Switch, Tone};
use crate::app::{codes, when};
use crate::engine::api::{FollowUpView, PackExported, PackScope, PersonView, Reply, Request, SiteView};
use crate::platform::{self, Kept};

/// The periods that are asked for most, in days.
const PERIODS: [u64; 4] = [30, 91, 182, 365];

#[component]
pub fn PackPage(about: String) -> Element {
    match scope::about(&about) {
        Some(scope) => rsx! { Making { key: "{about}", scope } },
        None => rsx! { crate::app::shell::NotFound { segments: vec![about] } },
    }
}

#[component]
fn Making(scope: PackScope) -> Element {
    rsx! {
        Page { title: t("pack-title"), back: Route::PacksPage {}, test: "pack",
            Named { scope: scope.clone() }
            Form { scope }
        }
    }
}

/// What it is about, by name.
#[component]
fn Named(scope: PackScope) -> Element {
    match scope {
        PackScope::Person { person } => {
            let view = use_ask::<PersonView>(Request::Person { person });
            let name = view.ready().map(|view| view.row.shown.clone()).unwrap_or_default();
            rsx! { p { class: "said", {name} } }
        }
        PackScope::Site { site } => {
            let view = use_ask::<SiteView>(Request::Site { site });
            let name = view.ready().map(|view| view.row.shown.clone()).unwrap_or_default();
            rsx! { p { class: "said", {name} } }
        }
        PackScope::FollowUp { id } => {
            let view = use_ask::<FollowUpView>(Request::FollowUp { id });
            let name = view.ready().map(|view| view.follow.title().to_owned()).unwrap_or_default();
            rsx! { p { class: "said", {name} } }
        }
        PackScope::Theme { competency, site: None } => {
            rsx! { p { class: "said", {names::competency(&competency)} } }
        }
        PackScope::Theme { competency, site: Some(site) } => {
            let view = use_ask::<SiteView>(Request::Site { site });
            let name = view.ready().map(|view| view.row.shown.clone()).unwrap_or_default();
            rsx! { p { class: "said", {join([names::competency(&competency), name])} } }
        }
    }
}

#[component]
fn Form(scope: PackScope) -> Element {
    let app = use_app();
    let today = when::now().date_naive();
    let before = move |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let mut from = use_signal(|| before(PERIODS[2]).to_string());
    let mut to = use_signal(|| today.to_string());
    // Whoever reads it outside need not know who it was: names are chosen, not left in.
    let mut shown = use_signal(|| false);
    let mut times = use_signal(|| false);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let mut made = use_signal(|| None::<Document>);
    let mut kept = use_signal(|| None::<Kept>);
    let chosen =
        PERIODS.into_iter().find(|days| before(*days).to_string() == from() && to() == today.to_string());
    let make = move |()| {
        let days = (from.peek().parse::<NaiveDate>(), to.peek().parse::<NaiveDate>());
        let (Ok(first), Ok(last)) = days else {
            error.set(t("pack-no-days"));
            return;
        };
        if first > last {
            error.set(t("pack-days-order"));
            return;
        }
        error.set(String::new());
        made.set(None);
        kept.set(None);
        busy.set(true);
        let scope = scope.clone();
        spawn(async move {
            let asked = app.run(Request::MakePack { scope: scope.clone(), from: first, to: last }).await;
            match asked {
                Ok(Reply::Pack(view)) => {
                    let choices = Choices { names: *shown.peek(), times: *times.peek() };
                    let document = document::write(&view, choices);
                    let what = PackExported {
                        scope,
                        from: first,
                        to: last,
                        fingerprint: document.fingerprint,
                        lines: u32::try_from(document.lines).unwrap_or(u32::MAX),
                        names: choices.names,
                    };
                    match app.run(Request::PackExported { what }).await {
                        Ok(_) => made.set(Some(document)),
                        Err(failure) => error.set(codes::failure(&failure)),
                    }
                }
                Ok(_) => {}
                Err(failure) => error.set(codes::failure(&failure)),
            }
            busy.set(false);
        });
    };
    rsx! {
        p { class: "hint", {t("pack-hint")} }
        if !error().is_empty() { Fault { text: error() } }
        Pills { legend: t("pack-period-ask"), name: "pack-period",
            picks: PERIODS.map(|days| Pick::new(days.to_string(), period(days))).to_vec(),
            chosen: chosen.map(|days| days.to_string()),
            onchoose: move |days: String| {
                from.set(before(days.parse().unwrap_or(PERIODS[0])).to_string());
                to.set(today.to_string());
            } }
        Field { label: t("pack-from"), id: "pack-from", kind: "date", value: from(), oninput: move |text: String| from.set(text) }
        Field { label: t("pack-to"), id: "pack-to", kind: "date", value: to(), oninput: move |text: String| to.set(text) }
        Switch { label: t("pack-names"), id: "pack-names", on: shown(), hint: t("pack-names-hint"),
            onswitch: move |on: bool| { shown.set(on); made.set(None); kept.set(None); } }
        Switch { label: t("pack-times"), id: "pack-times", on: times(), hint: t("pack-times-hint"),
            onswitch: move |on: bool| { times.set(on); made.set(None); kept.set(None); } }
        Button { busy: busy(), icon: Ico::List, test: "pack-make", onclick: make, {t("pack-make")} }
        if let Some(document) = made() {
            Made { document: document.clone() }
            if !shown() {
                Banner { tone: Tone::Waiting, icon: Ico::Eye, title: t("pack-read-first"), text: t("pack-read-first-hint"), test: "pack-read-first" }
            }
            Button { icon: Ico::Share, test: "pack-save",
                onclick: move |()| {
                    let document = document.clone();
                    spawn(async move {
                        match platform::keep_file(&document.file, "text/html", &document.html).await {
                            Some(place) => kept.set(Some(place)),
                            None => error.set(t("pack-not-saved")),
                        }
                    });
                },
                {t("pack-save")}
            }
        }
        p { class: "hint", role: "status", "data-test": "pack-kept",
            match kept() {
                Some(Kept::Downloads) => t("pack-in-downloads"),
                Some(Kept::At(path)) => t_args("pack-kept-at", &[("path", path.into())]),
                None => String::new(),
            }
        }
    }
}

fn period(days: u64) -> String {
    match days {
        30 => t("pack-month-1"),
        91 => t("pack-month-3"),
        182 => t("pack-month-6"),
        _ => t("pack-month-12"),
    }
}

/// What the pack holds, and how far it proves itself.
#[component]
fn Made(document: Document) -> Element {
    let number = |n: usize| u64::try_from(n).unwrap_or(0);
    let unplaced = document.lines - document.proven - document.own;
    rsx! {
        Card { tone: Tone::Proven, test: "pack-made",
            p { class: "said", {t_args("pack-ready", &[("n", number(document.lines).into())])} }
            if document.proven > 0 { p { class: "hint", {t_args("pack-proven", &[("n", number(document.proven).into())])} } }
            if document.own > 0 { p { class: "hint", {t_args("pack-own", &[("n", number(document.own).into())])} } }
            if document.shortened > 0 { p { class: "hint", {t_args("pack-shortened", &[("n", number(document.shortened).into())])} } }
            if document.left_out > 0 { p { class: "hint", {t_args("pack-left-out", &[("n", number(document.left_out).into())])} } }
            p { class: "hint", {t("pack-fingerprint")} }
            p { class: "mono", "data-test": "pack-fingerprint", {document.fingerprint.to_string()} }
        }
        if unplaced > 0 {
            Banner { tone: Tone::Waiting, icon: Ico::Warn, title: t_args("pack-unplaced", &[("n", number(unplaced).into())]),
                text: t("pack-unplaced-hint"), test: "pack-unplaced" }
        }
        if document.lines == 0 {
            Banner { tone: Tone::Waiting, icon: Ico::Warn, title: t("pack-empty"), text: t("pack-empty-hint"), test: "pack-empty" }
        }
    }
}
