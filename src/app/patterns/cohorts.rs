//! Cohorts: which group stands out against the rest, how surely, and what to do about it.
//!
//! Invariant: groups of people or hours in a fixed order, never persons, never by rank (UX 24).

use dioxus::prelude::*;

use super::words;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Card, Chip, Empty, Go, Ico, Page, Pick, Pills, Select, Tone, show};
use crate::engine::api::{CohortMeasure, CohortsView, Request};
use crate::insight::cohort::{Band, Cohort, Compared, Finding, Start, Tally};

#[component]
pub fn CohortsPage() -> Element {
    let mut measure = use_signal(CohortMeasure::default);
    let mut competency = use_signal(String::new);
    let asked = use_ask::<CohortsView>(Request::Cohorts { measure: measure(), competency: competency() });
    let picks = vec![Pick::new("not-met", t("measure-not-met")), Pick::new("reports", t("measure-reports"))];
    let competencies = asked.ready().map(|view| view.competencies.clone()).unwrap_or_default();
    rsx! {
        Page { title: t("cohorts-title"), back: Route::PatternsPage {}, test: "cohorts",
            Pills { legend: t("cohorts-measure"), name: "measure", picks,
                chosen: Some(if measure() == CohortMeasure::NotMet { "not-met" } else { "reports" }.to_owned()),
                onchoose: move |value: String| measure.set(if value == "reports" { CohortMeasure::Reports } else { CohortMeasure::NotMet }) }
            Select { label: t("follow-competency"), id: "cohort-competency", none: t("cohorts-all"), chosen: competency(),
                picks: competencies.iter().map(|code| Pick::new(code.clone(), names::competency(code))).collect::<Vec<_>>(),
                onchoose: move |value: String| competency.set(value) }
            {show(&asked, |view| rsx! {
                if view.compared.is_empty() {
                    Empty { icon: Ico::People, title: t("cohorts-none"), hint: t("cohorts-none-hint") }
                } else {
                    p { class: "hint", {hint(measure(), view)} }
                }
                for compared in view.compared.iter().cloned() {
                    One { key: "{compared.cohort:?}", compared, view: view.clone(), measure: measure(), competency: competency() }
                }
            })}
        }
    }
}

#[component]
fn One(compared: Compared, view: CohortsView, measure: CohortMeasure, competency: String) -> Element {
    let app = use_app();
    let name = match &compared.cohort {
        Cohort::Site(site) => view.site_names.get(site).cloned().unwrap_or_default(),
        Cohort::Programme(name) => name.clone(),
        Cohort::Band(band) => words::band(*band),
        Cohort::Role(role) => names::role(*role),
        Cohort::Start(start) => words::start(*start),
    };
    let over = compared.finding == Finding::Over;
    let (tone, icon, finding) = match compared.finding {
        Finding::Over => (Tone::Missed, Ico::Warn, t("finding-over")),
        Finding::NotShown => (Tone::Plain, Ico::Ok, t("finding-not-shown")),
        Finding::FewCases => (Tone::Plain, Ico::Info, t("finding-few-cases")),
        Finding::FewPeople => (Tone::Plain, Ico::People, t("finding-few-people")),
        Finding::NoExposure => (Tone::Plain, Ico::Info, t("finding-no-exposure")),
    };
    let site = match &compared.cohort {
        Cohort::Site(site) => site.to_string(),
        _ => String::new(),
    };
    let group = group_code(&compared.cohort, measure);
    let may_act = over && app.may("action.opened");
    rsx! {
        Card { tone: if over { Tone::Missed } else { Tone::Plain }, test: "cohort",
            div { class: "item-head",
                h2 { class: "item-q", {name.clone()} }
                Chip { tone, icon, words: finding, test: "cohort-finding" }
            }
            p { class: "hint", {words::cohort_kind(&compared.cohort)} }
            if compared.finding != Finding::FewPeople {
                p { "data-test": "cohort-rates", {rates(measure, &compared.tally, &compared.rest)} }
                if let Some(times) = compared.ratio.filter(|_| compared.finding != Finding::FewCases).and_then(words::times) {
                    p { class: "hint", "data-test": "cohort-ratio", {times} }
                }
            }
            if may_act {
                Go { to: Route::NewActionPage { competency, site, group, title: t_args("cohort-action", &[("name", name.into())]) }, class: "btn ghost", test: "cohort-act", {t("action-title")} }
            }
        }
    }
}

/// Which group stands out in what, the same in every language and for ever: what is typed for a group is
/// kept under it.
fn group_code(cohort: &Cohort, measure: CohortMeasure) -> String {
    let measure = match measure {
        CohortMeasure::NotMet => "notmet",
        CohortMeasure::Reports => "reports",
    };
    let group = match cohort {
        Cohort::Site(site) => format!("site.{site}"),
        Cohort::Programme(name) => format!("programme.{}", name.to_lowercase()),
        Cohort::Band(Band::Day) => "band.day".to_owned(),
        Cohort::Band(Band::Evening) => "band.evening".to_owned(),
        Cohort::Band(Band::Night) => "band.night".to_owned(),
        Cohort::Band(Band::Weekend) => "band.weekend".to_owned(),
        Cohort::Role(role) => format!("role.{}", role.as_str()),
        Cohort::Start(Start::New) => "start.new".to_owned(),
        Cohort::Start(Start::Longer) => "start.longer".to_owned(),
    };
    format!("{measure}.{group}")
}

/// What was compared, and how sure the page is of it.
fn hint(measure: CohortMeasure, view: &CohortsView) -> String {
    match measure {
        CohortMeasure::NotMet => t_args(
            "cohorts-hint",
            &[("days", view.days.into()), ("n", view.compared.len().into()), ("again", view.again.into())],
        ),
        CohortMeasure::Reports => t_args("cohorts-hint-reports", &[("days", view.days.into())]),
    }
}

/// "14 of 40 first looks at 9 people · the rest 7 of 80", or a bare count.
fn rates(measure: CohortMeasure, tally: &Tally, rest: &Tally) -> String {
    let (n, of, people) = (tally.cases.into(), tally.looks.into(), tally.people.into());
    match measure {
        CohortMeasure::NotMet => t_args(
            "rates-observed",
            &[("n", n), ("of", of), ("people", people), ("m", rest.cases.into()), ("all", rest.looks.into())],
        ),
        CohortMeasure::Reports => t_args("rates-reports", &[("n", n), ("people", people)]),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::practice::rights::Role;

    /// What somebody typed for a group is kept under its code: a code that changes loses it.
    #[test]
    fn every_group_has_a_code_of_its_own_that_stays() {
        let site = Cohort::Site(Uuid::from_u128(0xe1));
        let groups = [
            (site.clone(), "site.00000000-0000-0000-0000-0000000000e1"),
            (Cohort::Programme("North Homes".into()), "programme.north homes"),
            (Cohort::Band(Band::Day), "band.day"),
            (Cohort::Band(Band::Evening), "band.evening"),
            (Cohort::Band(Band::Night), "band.night"),
            (Cohort::Band(Band::Weekend), "band.weekend"),
            (Cohort::Role(Role::Staff), "role.staff"),
            (Cohort::Start(Start::New), "start.new"),
            (Cohort::Start(Start::Longer), "start.longer"),
        ];
        for (cohort, code) in &groups {
            assert_eq!(group_code(cohort, CohortMeasure::NotMet), format!("notmet.{code}"));
        }
        assert_ne!(group_code(&site, CohortMeasure::NotMet), group_code(&site, CohortMeasure::Reports));
    }
}
