//! A corrective action opened from a report: kind, owner, date; a warning where training alone
//! would answer a gap that it cannot close.

use chrono::Days;
use dioxus::prelude::*;
use uuid::Uuid;

use super::begun::begin;
use super::words;
use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Banner, Button, Fault, Field, Ico, Page, Pick, Pills, Select, Switch, Tone, show};
use crate::app::when;
use crate::engine::api::{FollowUpView, PersonRow, Request, StandardRow};
use crate::practice::follow::{About, ActionKind, ActionOpened, Evidence, Gap, Step};
use crate::practice::rights::Role;
use crate::practice::standard::Class;

/// Two weeks (DOMAIN A3).
const DUE: Days = Days::new(14);

#[component]
pub fn ActionPage(report: String) -> Element {
    let id = id_of(&report).unwrap_or_default();
    let asked = use_ask::<FollowUpView>(Request::FollowUp { id });
    rsx! {
        Page { title: t("action-title"), back: Route::FollowPage { id: report.clone() }, test: "action-begin",
            {show(&asked, |view| rsx! { Form { key: "{id}", view: view.clone() } })}
        }
    }
}

#[component]
fn Form(view: FollowUpView) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let owners: Vec<PersonRow> = people.ready().map_or_else(Vec::new, |rows| {
        let leads = |row: &&PersonRow| row.active && matches!(row.role, Role::Supervisor | Role::Quality);
        rows.iter().filter(leads).cloned().collect()
    });
    let standards: Vec<StandardRow> = standards.ready().map_or_else(Vec::new, |rows| {
        let observed = |row: &&StandardRow| matches!(row.class, Class::Check | Class::Shadow | Class::Audit);
        rows.iter().filter(observed).filter(|row| !row.retired).cloned().collect()
    });
    let known = match &view.follow.about {
        About::Report(report) => Some(report.clone()),
        _ => None,
    };
    let gap = known.as_ref().and_then(|report| report.gap).unwrap_or(Gap::Unknown);
    let mut title = use_signal(String::new);
    let mut kind =
        use_signal(
            || if gap == Gap::Knowledge { ActionKind::Retraining } else { ActionKind::WorkflowChange },
        );
    let mut owner = use_signal(String::new);
    let mut high_risk = use_signal(|| false);
    let mut standard = use_signal(String::new);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let (report, site) = (view.follow.id, view.follow.site);
    let send = move |()| {
        let Ok(owner) = owner.peek().parse::<Uuid>() else {
            error.set(t("action-owner-none"));
            return;
        };
        let standard = standard.peek().parse::<Uuid>().ok();
        let risky = *high_risk.peek();
        if risky && standard.is_none() {
            error.set(t("restrict-standard-missing"));
            return;
        }
        let Some(due) = when::now().date_naive().checked_add_days(DUE) else { return };
        let checked = risky || *kind.peek() == ActionKind::Retraining && standard.is_some();
        let evidence = if checked {
            Evidence { validations: 1, live: 1, ..Evidence::default() }
        } else {
            Evidence::default()
        };
        let step = Step::ActionOpened(ActionOpened {
            title: title.peek().trim().to_owned(),
            kind: *kind.peek(),
            gap,
            competency: known.as_ref().map(|report| report.competency.clone()).unwrap_or_default(),
            category: known.as_ref().map(|report| report.category),
            reports: vec![report],
            owner,
            due,
            high_risk: risky,
            standard,
            evidence,
            watch_days: 90,
        });
        busy.set(true);
        spawn(async move {
            match begin(app, step, site, None).await {
                Ok(id) => drop(navigator.replace(Route::FollowPage { id: id.to_string() })),
                Err(why) => error.set(why),
            }
            busy.set(false);
        });
    };
    let kinds = ActionKind::ALL.map(|kind| Pick::new(kind.as_str(), words::action(kind)));
    let standard_picks =
        standards.iter().map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)));
    rsx! {
        p { class: "said", {view.follow.title().to_owned()} }
        p { class: "hint", {words::gap(gap)} }
        if !error().is_empty() { Fault { text: error() } }
        Field { label: t("action-what"), id: "action-what", value: title(), rows: 2, maxlength: 500,
            oninput: move |text: String| title.set(text) }
        Pills { legend: t("action-kind"), name: "action-kind", picks: kinds.to_vec(), chosen: Some(kind().as_str().to_owned()),
            onchoose: move |chosen: String| {
                kind.set(ActionKind::ALL.into_iter().find(|one| one.as_str() == chosen).unwrap_or(ActionKind::Supervision));
            } }
        if kind().misses(gap) {
            Banner { tone: Tone::Missed, icon: Ico::Warn, title: t("action-misses"), text: t("action-misses-hint"), test: "action-misses" }
        }
        Select { label: t("follow-owner"), id: "action-owner", none: t("action-owner-none"), chosen: owner(),
            picks: owners.iter().map(|row| Pick::new(row.person.to_string(), row.name.clone())).collect::<Vec<_>>(),
            onchoose: move |chosen: String| owner.set(chosen) }
        Switch { label: t("action-high-risk"), id: "action-high-risk", on: high_risk(), hint: t("action-high-risk-hint"),
            onswitch: move |on: bool| high_risk.set(on) }
        Select { label: t("restrict-standard"), id: "action-standard", none: t("restrict-standard-none"), chosen: standard(),
            picks: standard_picks.collect::<Vec<_>>(), onchoose: move |chosen: String| standard.set(chosen) }
        Button { busy: busy(), test: "action-open", onclick: send, {t("action-title")} }
    }
}
