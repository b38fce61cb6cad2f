//! A visit at risk (DOMAIN C5): said in a minute, then four steps before it is to begin – supervisor
//! told, person contacted by the script, the attempt written down, cover in place.
//!
//! Invariant: the clock is the visit's own time; each step keeps when it was done, and a visit that
//! was missed all the same is no near miss any more.

mod steps;

use chrono::TimeDelta;
use dioxus::prelude::*;
use uuid::Uuid;

pub use steps::{Steps, foot};

use crate::app::follow::begin_from;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Field, Of, Page, Pick, Pills, Select, WhenField, fault, use_when};
use crate::app::when;
use crate::practice::clock::Fault;
use crate::practice::follow::{Category, IncidentReported, Step};

/// What usually puts a visit at risk; in words, because that is what the record keeps.
fn reasons() -> [(&'static str, String); 4] {
    [
        ("away", t("visit-away")),
        ("late", t("visit-late")),
        ("unanswered", t("visit-unanswered")),
        ("other", t("visit-other")),
    ]
}

#[component]
pub fn VisitPage() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let sites = app.sites_for("incident.reported");
    let only = match sites.as_slice() {
        [only] => only.site.to_string(),
        _ => String::new(),
    };
    let mut site = use_signal(|| only.clone());
    let mut code = use_signal(String::new);
    let at = use_when(|| Some(when::now() + TimeDelta::hours(1)));
    let mut reason = use_signal(|| None::<String>);
    let mut words = use_signal(String::new);
    let form = use_form("visit", &"");
    form.keeps("site", site);
    form.keeps("code", code);
    form.keeps_moment("at", at.typed);
    form.keeps("reason", reason);
    form.keeps("words", words);
    let why =
        reasons().into_iter().find(|(value, _)| Some(*value) == reason().as_deref()).map(|(_, why)| why);
    let visit_at = at.visit();
    let mut wrong = Wrong::default();
    if !sites.iter().any(|one| one.site.to_string() == site()) {
        wrong.say("visit-site", t("report-no-site"));
    }
    if code().trim().is_empty() {
        wrong.say("visit-code", t("visit-code-missing"));
    }
    match visit_at {
        Ok(_) => {}
        Err(Fault::Missing) => wrong.say("visit-at", t("visit-when-missing")),
        Err(why) => wrong.say("visit-at", fault(why)),
    }
    if why.is_none() {
        wrong.say("visit-why", t("visit-why-missing"));
    }
    // "Something else" alone says nothing.
    let needed = reason().as_deref() == Some("other");
    if needed {
        wrong.unsaid("visit-words", &words());
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Ok(visit_at), Some(why)) = (form.refuses(&wrong), visit_at, why.clone()) else {
            return;
        };
        let Ok(site) = site.peek().parse::<Uuid>() else { return };
        let said = words.peek().trim().to_owned();
        let whole = [why, said].into_iter().filter(|part| !part.is_empty());
        let step = Step::IncidentReported(IncidentReported {
            near_miss: true,
            category: Category::MissedVisit,
            happened_at: when::now(),
            words: whole.collect::<Vec<_>>().join(": "),
            person_code: code.peek().trim().to_owned(),
            competency: "visits".into(),
            outcomes: Vec::new(),
            harm: None,
            record: None,
            visit_at: Some(visit_at),
            practice_of: None,
        });
        begin_from(form, step, Some(site), None, move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let picks = reasons().map(|(value, words)| Pick::new(value, words)).to_vec();
    rsx! {
        Page { title: t("visit-title"), back: Route::TodayPage {}, test: "visit",
            foot: rsx! { Button { busy: (form.busy)(), test: "visit-send", onclick: send, {t("visit-send")} } },
            Top { form }
            if sites.len() != 1 {
                Select { label: t("record-site"), id: "visit-site", error: shown.at("visit-site"), none: t("report-no-site"), chosen: site(),
                    picks: sites.iter().filter(|one| one.active).map(|one| Pick::new(one.site.to_string(), one.shown.clone())).collect::<Vec<_>>(),
                    onchoose: move |chosen: String| site.set(chosen) }
            }
            Field { label: t("capture-code"), id: "visit-code", error: shown.at("visit-code"), value: code(), longest: 20, hint: t("visit-code-hint"),
                oninput: move |text: String| code.set(text) }
            WhenField { label: t("visit-at"), id: "visit-at", error: shown.at("visit-at"), when: at, of: Of::Visit }
            Pills { legend: t("visit-why"), name: "visit-why", error: shown.at("visit-why"), picks, chosen: reason(),
                onchoose: move |value: String| reason.set(Some(value)) }
            Field { label: t("visit-words"), id: "visit-words", error: shown.at("visit-words"), value: words(), rows: 2, optional: !needed, longest: 1000,
                oninput: move |text: String| words.set(text) }
        }
    }
}
