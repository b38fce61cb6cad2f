//! One standard on one page: purpose, what to look at, what good looks like, refreshers.

use dioxus::prelude::*;

use super::StandardsList;
use super::log::Log;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::today::join;
use crate::app::ui::{Ico, Icon, Page, Section, show};
use crate::engine::api::Request;
use crate::practice::standard::{Form, Item, Standard, StandardRef};

#[component]
pub fn StandardPage(standard: String, version: u32) -> Element {
    rsx! {
        match id_of(&standard) {
            Some(id) => rsx! { Reading { standard: StandardRef { standard: id, version } } },
            None => rsx! { crate::app::shell::NotFound { segments: vec![standard] } },
        }
    }
}

#[component]
fn Reading(standard: StandardRef) -> Element {
    let asked = use_ask::<Standard>(Request::Standard { standard });
    let ready = asked.ready();
    let title = ready.as_ref().map_or_else(|| t("loading"), |page| names::text(&page.title));
    let sub = ready
        .as_ref()
        .map(|page| {
            join([
                names::class(page.class),
                names::text(&page.role),
                t_args("standards-version", &[("n", page.version.into())]),
            ])
        })
        .unwrap_or_default();
    rsx! {
        Page { title, sub, back: Route::StandardsPage {}, list: rsx! { StandardsList { chosen: standard } }, test: "standard",
            {show(&asked, |page| rsx! {
                Sheet { page: page.clone() }
                Log { page: page.clone() }
            })}
        }
    }
}

#[component]
pub fn Sheet(page: Standard) -> Element {
    let (purpose, scenario) = (names::text(&page.purpose), names::text(&page.scenario));
    rsx! {
        if !purpose.is_empty() { p { class: "purpose", {purpose} } }
        if !scenario.is_empty() {
            Section { title: t("standard-scenario"), p { class: "quote", {scenario} } }
        }
        crate::app::follow::Aid { standard: page.clone() }
        Section { title: t("standard-items"), test: "standard-items", Items { items: page.items.clone() } }
        if !page.review.is_empty() {
            Section { title: t("standard-review"), test: "standard-review", Items { items: page.review.clone() } }
        }
        if !page.refreshers.is_empty() {
            Section { title: t("standard-refreshers"), test: "standard-refreshers",
                for refresher in page.refreshers.iter() {
                    details { key: "{refresher.id}", class: "card",
                        summary {
                            {t_args("standard-refresher", &[
                                ("title", names::text(&refresher.title).into()),
                                ("n", refresher.minutes.into()),
                            ])}
                        }
                        p { {names::text(&refresher.text)} }
                    }
                }
            }
        }
    }
}

#[component]
fn Items(items: Vec<Item>) -> Element {
    rsx! {
        ol { class: "sheet", role: "list",
            for item in items.iter() {
                ItemLine { key: "{item.id}", whole: named(&items, item.whole()), item: item.clone() }
            }
        }
    }
}

/// The words of the item that another one is a part of.
fn named(items: &[Item], id: Option<&str>) -> Option<String> {
    items.iter().find(|item| Some(item.id.as_str()) == id).map(|item| names::text(&item.text))
}

#[component]
fn ItemLine(item: Item, whole: Option<String>) -> Element {
    let (look, good) = (names::text(&item.look), names::text(&item.good));
    let choices: Vec<String> = item.choices.iter().map(|choice| names::text(&choice.text)).collect();
    let deviations: Vec<String> = item.deviations.iter().map(|one| names::text(&one.text)).collect();
    let unit = names::text(&item.unit);
    rsx! {
        li { class: "card sheet-item",
            p { class: "row-title", {names::text(&item.text)} }
            if item.critical {
                p { class: "crit", Icon { icon: Ico::Warn } {t("standard-critical")} }
            }
            if item.optional {
                p { class: "hint", {t("standard-optional")} }
            }
            if !look.is_empty() { p { class: "hint", {look} } }
            if !good.is_empty() {
                p { class: "quote", strong { {t("standard-good")} } " " {good} }
            }
            if item.form == Form::Choice && !choices.is_empty() {
                p { class: "hint", {t_args("standard-choices", &[("list", choices.join(" · ").into())])} }
            }
            if item.form == Form::Number && !unit.is_empty() {
                p { class: "hint", {t_args("standard-unit", &[("unit", unit.into())])} }
            }
            if let Some(whole) = whole {
                p { class: "hint", {t_args("standard-part-of", &[("whole", whole.into())])} }
            }
            if !deviations.is_empty() {
                p { class: "hint", {t_args("standard-deviations", &[("list", deviations.join(" · ").into())])} }
            }
        }
    }
}
