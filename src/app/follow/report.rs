//! An incident, a near miss or a signal, reported in under a minute: what, where, in words. All that
//! can be said later is optional.

use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::begun::begin_from;
use super::words;
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{
    Banner, Button, Field, Ico, Of, Page, Pick, Pills, Select, Switch, Tone, WhenField, fault, use_when,
};
use crate::app::when;
use crate::engine::api::{PersonRow, Request};
use crate::practice::follow::{
    Category, IncidentReported, Outcome, SignalLogged, Source, Step, is_reportable, led_to,
};
use crate::practice::rights::Role;

const OUTCOMES: [Outcome; 6] = [
    Outcome::PoisonControl,
    Outcome::EmergencyDepartment,
    Outcome::UrgentCare,
    Outcome::Hospital,
    Outcome::Death,
    Outcome::Injury,
];

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum What {
    NearMiss,
    Incident,
    Signal,
}

impl What {
    const ALL: [What; 3] = [What::NearMiss, What::Incident, What::Signal];

    fn code(self) -> &'static str {
        match self {
            What::NearMiss => "near",
            What::Incident => "incident",
            What::Signal => "signal",
        }
    }

    fn words(self) -> String {
        match self {
            What::NearMiss => t("follow-near-miss"),
            What::Incident => t("follow-incident"),
            What::Signal => t("report-signal"),
        }
    }
}

#[component]
pub fn ReportPage() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let sites = app.sites_for("incident.reported");
    let only = match sites.as_slice() {
        [only] => only.site.to_string(),
        _ => String::new(),
    };
    let competencies = use_ask::<Vec<String>>(Request::Competencies);
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    // Nobody's choice until somebody chooses: what is counted by it must have been said.
    let mut what = use_signal(|| None::<What>);
    let mut category = use_signal(|| None::<Category>);
    let mut source = use_signal(|| None::<Source>);
    let mut good = use_signal(|| false);
    let mut competency = use_signal(String::new);
    let mut site = use_signal(|| only.clone());
    let mut subject = use_signal(String::new);
    let mut words_said = use_signal(String::new);
    let mut code = use_signal(String::new);
    let mut outcomes = use_signal(Vec::<Outcome>::new);
    let mut harm = use_signal(String::new);
    let happened = use_when(|| Some(when::now()));
    let form = use_form("report", &"");
    form.keeps("what", what);
    form.keeps("category", category);
    form.keeps("source", source);
    form.keeps("good", good);
    form.keeps("competency", competency);
    form.keeps("site", site);
    form.keeps("subject", subject);
    form.keeps("words", words_said);
    form.keeps("code", code);
    form.keeps("outcomes", outcomes);
    form.keeps("harm", harm);
    form.keeps_moment("happened", happened.typed);
    let near_miss = what() == Some(What::NearMiss);
    let signal = what() == Some(What::Signal);
    let from_partner = source() == Some(Source::PartnerFeedback);
    // What a partner says can be good. Then it is for somebody to hear, and asks nobody for anything.
    let praise = signal && from_partner && good();
    let medication = category() == Some(Category::Medication);
    let led = led_to(&outcomes(), medication.then_some(harm()).as_deref());
    let reportable = what() == Some(What::Incident)
        && category().is_some_and(|category| is_reportable(false, category, &led));
    // Whoever leads may say whose practice it was; staff report what happened, not whom.
    let leads = matches!(app.role(), Role::Supervisor | Role::Quality);
    let names_somebody = leads || praise;
    let mut wrong = Wrong::default();
    match what() {
        None => wrong.say("report-kind", t("report-no-kind")),
        Some(What::Signal) if source().is_none() => wrong.say("report-source", t("report-no-source")),
        Some(What::NearMiss | What::Incident) if category().is_none() => {
            wrong.say("report-category", t("report-no-category"));
        }
        Some(_) => {}
    }
    if !sites.iter().any(|one| one.site.to_string() == site()) {
        wrong.say("report-site", t("report-no-site"));
    }
    wrong.unsaid("report-words", &words_said());
    // Praise need not be of one practice; what an incident was about can be said later.
    if signal && !praise && competency().is_empty() {
        wrong.say("report-competency", t("report-no-practice"));
    }
    if let Err(why) = happened.happened() {
        wrong.say("report-when", fault(why));
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Some(what)) = (form.refuses(&wrong), *what.peek()) else { return };
        let (Ok(site), Ok(happened_at)) = (site.peek().parse::<Uuid>(), happened.happened()) else {
            return;
        };
        let step = if what == What::Signal {
            let Some(source) = *source.peek() else { return };
            Step::SignalLogged(SignalLogged {
                source,
                competency: competency.peek().clone(),
                words: words_said.peek().trim().to_owned(),
                happened_at: Some(happened_at),
                item: None,
                practice_of: None,
                good: praise,
            })
        } else {
            let Some(category) = *category.peek() else { return };
            Step::IncidentReported(IncidentReported {
                near_miss,
                category,
                happened_at,
                words: words_said.peek().trim().to_owned(),
                person_code: code.peek().trim().to_owned(),
                competency: competency.peek().clone(),
                outcomes: if near_miss { Vec::new() } else { outcomes.peek().clone() },
                harm: Some(harm.peek().clone()).filter(|harm| medication && !harm.is_empty()),
                record: None,
                visit_at: None,
                practice_of: None,
            })
        };
        let subject = subject.peek().parse::<Uuid>().ok().filter(|_| names_somebody);
        begin_from(form, step, Some(site), subject, move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let kinds = What::ALL.map(|what| Pick::new(what.code(), what.words()));
    let categories = Category::ALL.map(|category| Pick::new(category.as_str(), words::category(category)));
    let sources = Source::ALL.map(|source| Pick::new(source.as_str(), words::source(source)));
    let practices: Vec<Pick> = competencies.ready().map_or_else(Vec::new, |all| {
        all.iter().map(|code| Pick::new(code.clone(), names::competency(code))).collect()
    });
    let staff: Vec<Pick> = people.ready().map_or_else(Vec::new, |all| {
        let there = |row: &&PersonRow| {
            row.active
                && (row.role == Role::Staff || praise)
                && row.sites.iter().any(|one| one.site.to_string() == site())
        };
        all.iter().filter(there).map(|row| Pick::new(row.person.to_string(), row.shown.clone())).collect()
    });
    // What did not happen reached nobody.
    let harms = words::HARMS.into_iter().filter(|letter| !near_miss || matches!(*letter, "A" | "B"));
    let harms: Vec<Pick> = harms.map(|letter| Pick::new(letter, words::harm(letter))).collect();
    let foot =
        rsx! { Button { busy: (form.busy)(), test: "report-send", onclick: send, {t("report-send")} } };
    rsx! {
        Page { title: t("report-title"), back: Route::FollowsPage {}, foot, test: "report",
            Top { form }
            Pills { legend: t("report-kind"), name: "report-kind", error: shown.at("report-kind"), picks: kinds.to_vec(), chosen: what().map(|what| what.code().to_owned()),
                onchoose: move |kind: String| {
                    what.set(What::ALL.into_iter().find(|one| one.code() == kind));
                    harm.set(String::new());
                } }
            if signal {
                Select { label: t("report-source"), id: "report-source", error: shown.at("report-source"), none: t("report-no-source"), picks: sources.to_vec(),
                    chosen: source().map_or_else(String::new, |source| source.as_str().to_owned()),
                    onchoose: move |chosen: String| source.set(Source::ALL.into_iter().find(|one| one.as_str() == chosen)) }
                if from_partner {
                    Switch { label: t("report-praise"), id: "report-praise", on: good(), hint: t("report-praise-hint"), onswitch: move |on: bool| good.set(on) }
                }
            } else if what().is_some() {
                Select { label: t("report-category"), id: "report-category", error: shown.at("report-category"), none: t("report-no-category"), picks: categories.to_vec(),
                    chosen: category().map_or_else(String::new, |category| category.as_str().to_owned()),
                    onchoose: move |chosen: String| {
                        category.set(Category::ALL.into_iter().find(|one| one.as_str() == chosen));
                    } }
            }
            if sites.len() != 1 {
                Select { label: t("record-site"), id: "report-site", error: shown.at("report-site"), none: t("report-no-site"), chosen: site(),
                    picks: sites.iter().filter(|one| one.active).map(|one| Pick::new(one.site.to_string(), one.shown.clone())).collect::<Vec<_>>(),
                    onchoose: move |chosen: String| site.set(chosen) }
            }
            Field { label: t("report-words"), id: "report-words", error: shown.at("report-words"), value: words_said(), rows: 4, longest: 4000, hint: t("report-words-hint"),
                oninput: move |text: String| words_said.set(text) }
            Select { label: t("report-competency"), id: "report-competency", error: shown.at("report-competency"), none: t("report-competency-none"), chosen: competency(), picks: practices,
                onchoose: move |chosen: String| competency.set(chosen) }
            if what() == Some(What::Incident) {
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
                Reportable {}
            }
            if what().is_some() && !signal && medication {
                Select { label: t("report-harm"), id: "report-harm", none: t("report-harm-none"), chosen: harm(), picks: harms,
                    onchoose: move |chosen: String| harm.set(chosen) }
            }
            if names_somebody && !staff.is_empty() {
                Select { label: if praise { t("report-praise-whom") } else { t("report-about") }, id: "report-about", none: t("report-about-none"), chosen: subject(), picks: staff,
                    onchoose: move |chosen: String| subject.set(chosen) }
            }
            if !signal {
                Field { label: t("capture-code"), id: "report-code", value: code(), optional: true, longest: 20,
                    oninput: move |text: String| code.set(text) }
            }
            WhenField { label: t("report-when"), id: "report-when", error: shown.at("report-when"), when: happened, of: Of::Past }
        }
    }
}

/// That it must be reported outside, and what whoever reads it has to do about it.
#[component]
pub(super) fn Reportable() -> Element {
    let staff = use_app().role() == Role::Staff;
    let text = if staff { t("report-reportable-hint") } else { t("report-reportable-hint-lead") };
    rsx! { Banner { tone: Tone::Missed, icon: Ico::Flag, title: t("report-reportable"), text, test: "reportable" } }
}
