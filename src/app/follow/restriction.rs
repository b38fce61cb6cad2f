//! A restriction placed: what someone does not do meanwhile, why, and what lifts it.

use dioxus::prelude::*;
use uuid::Uuid;

use super::begun::begin_from;
use super::items::Items;
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::ui::{Button, Field, Page, Pick, Pills, Select, show};
use crate::engine::api::{PersonView, Request, StandardRow};
use crate::practice::follow::{Evidence, RestrictionPlaced, Step};
use crate::practice::standard::Class;

#[component]
pub fn RestrictPage(person: String) -> Element {
    let id = id_of(&person).unwrap_or_default();
    let asked = use_ask::<PersonView>(Request::Person { person: id });
    let sub = asked.ready().map(|view| view.row.shown.clone()).unwrap_or_default();
    rsx! {
        Page { title: t("restrict-title"), sub, back: Route::PersonPage { id: person.clone() }, test: "restrict",
            {show(&asked, |view| rsx! { Form { key: "{id}", view: view.clone() } })}
        }
    }
}

#[component]
fn Form(view: PersonView) -> Element {
    let navigator = use_navigator();
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let standards: Vec<StandardRow> = standards.ready().map_or_else(Vec::new, |rows| {
        // It is lifted with a live check: what is only ever played through or read at a desk lifts nothing.
        let observed = |row: &&StandardRow| {
            matches!(row.class, Class::Check | Class::Shadow) && row.setting.can_be_live()
        };
        rows.iter().filter(observed).filter(|row| !row.retired).cloned().collect()
    });
    let first_site = view.restrict_at.first().map(|site| site.site.to_string()).unwrap_or_default();
    let mut site = use_signal(|| first_site.clone());
    let mut duties = use_signal(String::new);
    let mut why = use_signal(String::new);
    let mut standard = use_signal(String::new);
    let mut items = use_signal(Vec::<String>::new);
    let mut checks = use_signal(|| 1_u32);
    let form = use_form("restriction", &view.row.person);
    form.keeps("site", site);
    form.keeps("duties", duties);
    form.keeps("why", why);
    form.keeps("standard", standard);
    form.keeps("items", items);
    form.keeps("checks", checks);
    let known = standards.clone();
    let by = known.iter().map(|row| row.standard).find(|one| one.standard.to_string() == standard());
    let person = view.row.person;
    let mut wrong = Wrong::default();
    if duties().trim().is_empty() {
        wrong.say("restrict-duties", t("restrict-words-missing"));
    }
    wrong.unsaid("restrict-why", &why());
    if !known.iter().any(|row| row.standard.standard.to_string() == standard()) {
        wrong.say("restrict-standard", t("restrict-standard-missing"));
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let chosen = known.iter().find(|row| row.standard.standard.to_string() == *standard.peek());
        let (false, Some(chosen), Ok(site)) = (form.refuses(&wrong), chosen, site.peek().parse::<Uuid>())
        else {
            return;
        };
        let step = Step::RestrictionPlaced(RestrictionPlaced {
            duties: duties.peek().trim().to_owned(),
            why: why.peek().trim().to_owned(),
            competency: chosen.competency.clone(),
            standard: Some(chosen.standard.standard),
            items: items.peek().clone(),
            evidence: Evidence { validations: *checks.peek(), live: 1, ..Evidence::default() },
            review_days: 7,
            action: None,
        });
        begin_from(form, step, Some(site), Some(person), move |id| {
            drop(navigator.replace(Route::FollowPage { id: id.to_string() }));
        });
    };
    let picks =
        standards.iter().map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)));
    rsx! {
        p { class: "hint", {t("restrict-hint")} }
        Top { form }
        if view.restrict_at.len() > 1 {
            Select { label: t("record-site"), id: "restrict-site", chosen: site(),
                picks: view.restrict_at.iter().map(|one| Pick::new(one.site.to_string(), one.shown.clone())).collect::<Vec<_>>(),
                onchoose: move |chosen: String| site.set(chosen) }
        }
        Field { label: t("restrict-duties"), id: "restrict-duties", error: shown.at("restrict-duties"), value: duties(), rows: 2, longest: 2000,
            oninput: move |text: String| duties.set(text) }
        Field { label: t("follow-why"), id: "restrict-why", error: shown.at("restrict-why"), value: why(), rows: 2, longest: 2000,
            oninput: move |text: String| why.set(text) }
        Select { label: t("restrict-standard"), id: "restrict-standard", error: shown.at("restrict-standard"), none: t("restrict-standard-none"), chosen: standard(),
            picks: picks.collect::<Vec<_>>(), onchoose: move |chosen: String| {
                standard.set(chosen);
                items.set(Vec::new());
            } }
        if let Some(by) = by {
            Items { key: "{by.standard}", standard: by, chosen: items }
        }
        Pills { legend: t("cycle-checks"), name: "restrict-checks", picks: ["1", "2", "3"].map(|n| Pick::new(n, n)).to_vec(),
            chosen: Some(checks().to_string()), hint: t("cycle-checks-hint"),
            onchoose: move |n: String| checks.set(n.parse().unwrap_or(1)) }
        Button { busy: (form.busy)(), test: "restrict-place", onclick: send, {t("restrict-title")} }
    }
}
