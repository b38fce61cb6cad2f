//! An incident or a near miss, reported in under a minute: what, where, in words.

use dioxus::prelude::*;
use uuid::Uuid;

use super::begun::begin;
use super::words;
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Banner, Button, Fault, Field, Ico, Page, Pick, Pills, Select, Switch, Tone};
use crate::app::when;
use crate::practice::follow::{Category, IncidentReported, Outcome, Step, is_reportable};

const OUTCOMES: [Outcome; 6] = [
    Outcome::PoisonControl,
    Outcome::EmergencyDepartment,
    Outcome::UrgentCare,
    Outcome::Hospital,
    Outcome::Death,
    Outcome::Injury,
];

#[component]
pub fn ReportPage() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let sites = app.me().map(|me| me.sites).unwrap_or_default();
    let only = match sites.as_slice() {
        [only] => only.site.to_string(),
        _ => String::new(),
    };
    let mut near_miss = use_signal(|| true);
    let mut category = use_signal(|| Category::Medication);
    let mut site = use_signal(|| only.clone());
    let mut words_said = use_signal(String::new);
    let mut code = use_signal(String::new);
    let mut outcomes = use_signal(Vec::<Outcome>::new);
    let mut error = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let reportable = is_reportable(near_miss(), category(), &outcomes());
    let send = move |()| {
        let Ok(site) = site.peek().parse::<Uuid>() else {
            error.set(t("report-no-site"));
            return;
        };
        let step = Step::IncidentReported(IncidentReported {
            near_miss: *near_miss.peek(),
            category: *category.peek(),
            happened_at: when::now(),
            words: words_said.peek().trim().to_owned(),
            person_code: code.peek().trim().to_owned(),
            competency: String::new(),
            outcomes: if *near_miss.peek() { Vec::new() } else { outcomes.peek().clone() },
            harm: None,
            record: None,
        });
        busy.set(true);
        spawn(async move {
            match begin(app, step, Some(site), None).await {
                Ok(id) => drop(navigator.replace(Route::FollowPage { id: id.to_string() })),
                Err(why) => error.set(why),
            }
            busy.set(false);
        });
    };
    let kinds = vec![Pick::new("near", t("follow-near-miss")), Pick::new("incident", t("follow-incident"))];
    let categories = Category::ALL.map(|category| Pick::new(category.as_str(), words::category(category)));
    let foot = rsx! { Button { busy: busy(), test: "report-send", onclick: send, {t("report-send")} } };
    rsx! {
        Page { title: t("report-title"), back: Route::FollowsPage {}, foot, test: "report",
            if !error().is_empty() { Fault { text: error() } }
            Pills { legend: t("report-kind"), name: "report-kind", picks: kinds,
                chosen: Some(if near_miss() { "near" } else { "incident" }.to_owned()),
                onchoose: move |kind: String| near_miss.set(kind == "near") }
            Select { label: t("report-category"), id: "report-category", picks: categories.to_vec(),
                chosen: category().as_str().to_owned(),
                onchoose: move |chosen: String| {
                    category.set(Category::ALL.into_iter().find(|one| one.as_str() == chosen).unwrap_or(Category::Other));
                } }
            if sites.len() != 1 {
                Select { label: t("record-site"), id: "report-site", none: t("report-no-site"), chosen: site(),
                    picks: sites.iter().filter(|one| one.active).map(|one| Pick::new(one.site.to_string(), one.name.clone())).collect::<Vec<_>>(),
                    onchoose: move |chosen: String| site.set(chosen) }
            }
            Field { label: t("report-words"), id: "report-words", value: words_said(), rows: 4, maxlength: 4000, hint: t("report-words-hint"),
                oninput: move |text: String| words_said.set(text) }
            Field { label: t("capture-code"), id: "report-code", value: code(), optional: true, maxlength: 20,
                oninput: move |text: String| code.set(text) }
            if !near_miss() {
                fieldset { class: "pills switches",
                    legend { class: "label", {t("report-outcomes")} }
                    for outcome in OUTCOMES {
                        Switch { key: "{outcome:?}", label: words::outcome(outcome), id: "outcome-{outcome:?}", on: outcomes.read().contains(&outcome),
                            onswitch: move |on: bool| {
                                let mut outcomes = outcomes.write();
                                outcomes.retain(|one| *one != outcome);
                                if on { outcomes.push(outcome); }
                            } }
                    }
                }
            }
            if reportable {
                Banner { tone: Tone::Missed, icon: Ico::Flag, title: t("report-reportable"), text: t("report-reportable-hint"), test: "reportable" }
            }
        }
    }
}
