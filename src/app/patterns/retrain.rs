//! Retraining for an action: the people concerned, each with a cycle of two weeks – the fifteen-minute
//! refresher and a check in the field – and, where they must not go on alone, a restriction until then.
//!
//! Invariant: a person who has a cycle from this action already is not offered again, unless it ended
//! early.

use chrono::Days;
use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::follow::send_begun;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::ui::{Button, Empty, Field, Ico, Icon, Page, Switch, show};
use crate::app::when;
use crate::engine::api::{NewStep, PersonRow, Request, RetrainView};
use crate::practice::follow::{About, ActionOpened, CycleOpened, Evidence, Origin, RestrictionPlaced, Step};

/// Field validation within two weeks (DOMAIN A3).
const DUE: Days = Days::new(14);

#[component]
pub fn RetrainPage(action: String) -> Element {
    let id = id_of(&action).unwrap_or_default();
    let asked = use_ask::<RetrainView>(Request::Retrain { action: id });
    let sub = asked.ready().map(|view| view.action.follow.title().to_owned()).unwrap_or_default();
    rsx! {
        Page { title: t("retrain-title"), sub, back: Route::FollowPage { id: action.clone() }, test: "retrain",
            {show(&asked, |view| rsx! { Form { key: "{id}", view: view.clone() } })}
        }
    }
}

#[component]
fn Form(view: RetrainView) -> Element {
    let navigator = use_navigator();
    let concerned = view.concerned.clone();
    let mut chosen = use_signal(|| concerned);
    let mut limit = use_signal(|| false);
    let mut duties = use_signal(String::new);
    let form = use_form("retrain", &view.action.follow.id);
    form.keeps("chosen", chosen);
    form.keeps("limit", limit);
    form.keeps("duties", duties);
    let About::Action(action) = view.action.follow.about.clone() else { return rsx! {} };
    let id = view.action.follow.id;
    let site = view.action.follow.site;
    let standard = view.standard.as_ref().map(names::text).unwrap_or_default();
    let people = view.people.clone();
    let everyone = people.clone();
    let nobody = !everyone.iter().any(|person| chosen.read().contains(&person.person));
    let mut wrong = Wrong::default();
    if nobody {
        wrong.say("retrain-people", t("retrain-nobody"));
    }
    if limit() && duties().trim().is_empty() {
        wrong.say("retrain-duties", t("retrain-duties-missing"));
    }
    let shown = form.shown(&wrong);
    let unchosen = shown.at("retrain-people");
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let picked: Vec<PersonRow> =
            everyone.iter().filter(|person| chosen.peek().contains(&person.person)).cloned().collect();
        let limits = limit.peek().then(|| duties.peek().trim().to_owned());
        let Some(begun) = retrain(id, site, &action, picked, limits.as_deref()) else {
            return form.fail(t("restrict-standard-missing"));
        };
        let begun = Request::BeginAll { begun };
        send_begun(form, begun, move |_| drop(navigator.replace(Route::FollowPage { id: id.to_string() })));
    };
    rsx! {
        p { class: "hint", {t("retrain-hint")} }
        if !standard.is_empty() {
            p { class: "said", {t_args("retrain-standard", &[("standard", standard.into())])} }
        }
        Top { form }
        if people.is_empty() {
            Empty { icon: Ico::Ok, title: t("retrain-none-left") }
        } else {
            fieldset { class: "pills switches", id: "retrain-people", tabindex: "-1", "data-test": "retrain-people",
                legend { class: "label", {t("retrain-who")} }
                if !unchosen.is_empty() { p { class: "error", Icon { icon: Ico::Warn } {unchosen} } }
                for person in people {
                    Switch { key: "{person.person}", id: "retrain-{person.person}", on: chosen.read().contains(&person.person),
                        label: person.shown.clone(),
                        onswitch: move |on: bool| {
                            let mut chosen = chosen.write();
                            chosen.retain(|one| *one != person.person);
                            if on { chosen.push(person.person); }
                        } }
                }
            }
            Switch { label: t("retrain-limit"), id: "retrain-limit", on: limit(), hint: t("restrict-hint"),
                onswitch: move |on: bool| limit.set(on) }
            if limit() {
                Field { label: t("restrict-duties"), id: "retrain-duties", error: shown.at("retrain-duties"), value: duties(), rows: 2, longest: 2000,
                    oninput: move |text: String| duties.set(text) }
            }
            Button { busy: (form.busy)(), test: "retrain-send", onclick: send, {t("retrain-send")} }
        }
    }
}

/// One cycle each, and one restriction each where duties are limited: written together, so that nobody is
/// restricted twice. None where the action names no standard to show it by.
fn retrain(
    id: Uuid,
    site: Option<Uuid>,
    action: &ActionOpened,
    people: Vec<PersonRow>,
    limits: Option<&str>,
) -> Option<Vec<NewStep>> {
    let standard = action.standard?;
    let due = when::now().date_naive().checked_add_days(DUE)?;
    let evidence = Evidence { validations: 1, live: 1, ..Evidence::default() };
    let mut begun = Vec::new();
    for person in people {
        let site = site.or_else(|| person.sites.first().map(|site| site.site));
        let mut begin = |step| {
            begun.push(NewStep { step, site, subject: Some(person.person) });
        };
        if let Some(duties) = limits {
            begin(Step::RestrictionPlaced(RestrictionPlaced {
                duties: duties.to_owned(),
                why: action.title.clone(),
                competency: action.competency.clone(),
                standard: Some(standard),
                items: action.items.clone(),
                evidence,
                review_days: 7,
                action: Some(id),
            }));
        }
        begin(Step::CycleOpened(CycleOpened {
            standard,
            competency: action.competency.clone(),
            weakness: action.title.clone(),
            expected: t("retrain-expected"),
            evidence,
            due,
            origin: Origin::Action { action: id, items: action.items.clone() },
            live_by: Vec::new(),
            shifts: Vec::new(),
        }));
    }
    Some(begun)
}
