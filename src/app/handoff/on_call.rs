//! A question to on-call that a good handoff would have answered (DOMAIN A1): counted in two taps.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::follow::begin_from;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Field, Page, Pick, Pills, Select, show};
use crate::app::when;
use crate::engine::api::{Request, StandardRow};
use crate::practice::follow::{SignalLogged, Source, Step};
use crate::practice::standard::{Class, Form, Standard, StandardRef};

#[component]
pub fn OnCallPage() -> Element {
    let asked = use_ask::<Vec<StandardRow>>(Request::Standards);
    rsx! {
        Page { title: t("on-call-title"), back: Route::TodayPage {}, test: "on-call",
            {show(&asked, |rows| {
                let wanted = |row: &&StandardRow| row.class == Class::Handoff && !row.retired && row.competency == "handoff";
                match rows.iter().find(wanted) {
                    Some(row) => rsx! { WithItems { standard: row.standard } },
                    None => rsx! { Ask { picks: Vec::new() } },
                }
            })}
        }
    }
}

#[component]
fn WithItems(standard: StandardRef) -> Element {
    let asked = use_ask::<Standard>(Request::Standard { standard });
    rsx! {
        {show(&asked, |page| {
            let said = page.items.iter().filter(|item| item.form != Form::Mark);
            let picks: Vec<Pick> = said.map(|item| Pick::new(item.id.clone(), names::text(&item.text))).collect();
            rsx! { Ask { picks } }
        })}
    }
}

#[component]
fn Ask(picks: Vec<Pick>) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let sites = app.sites_for("signal.logged");
    let only = match sites.as_slice() {
        [only] => only.site.to_string(),
        _ => String::new(),
    };
    let mut site = use_signal(|| only.clone());
    let mut item = use_signal(|| None::<String>);
    let mut words = use_signal(String::new);
    let form = use_form("on-call", &"");
    form.keeps("site", site);
    form.keeps("item", item);
    form.keeps("words", words);
    let mut all = picks;
    all.push(Pick::new("", t("category-other")));
    let known = all.clone();
    let mut wrong = Wrong::default();
    if !sites.iter().any(|one| one.site.to_string() == site()) {
        wrong.say("on-call-site", t("report-no-site"));
    }
    if item().is_none() {
        wrong.say("on-call-item", t("on-call-missing"));
    }
    // "Something else" alone says nothing.
    let needed = item().as_deref() == Some("");
    if needed {
        wrong.unsaid("on-call-words", &words());
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        let (false, Some(chosen)) = (form.refuses(&wrong), item.peek().clone()) else { return };
        let Ok(site) = site.peek().parse::<Uuid>() else { return };
        let label = known.iter().find(|pick| pick.value == chosen).map(|pick| pick.label.clone());
        let said = words.peek().trim().to_owned();
        let whole = [label.unwrap_or_default(), said].into_iter().filter(|part| !part.is_empty());
        let step = Step::SignalLogged(SignalLogged {
            source: Source::OnCall,
            competency: "handoff".into(),
            words: whole.collect::<Vec<_>>().join(": "),
            happened_at: Some(when::now()),
            item: Some(chosen).filter(|item| !item.is_empty()),
            practice_of: None,
            good: false,
        });
        begin_from(form, step, Some(site), None, move |_| drop(navigator.replace(Route::TodayPage {})));
    };
    rsx! {
        p { class: "hint", {t("on-call-hint")} }
        Top { form }
        if sites.len() != 1 {
            Select { label: t("record-site"), id: "on-call-site", error: shown.at("on-call-site"), none: t("report-no-site"), chosen: site(),
                picks: sites.iter().filter(|one| one.active).map(|one| Pick::new(one.site.to_string(), one.shown.clone())).collect::<Vec<_>>(),
                onchoose: move |chosen: String| site.set(chosen) }
        }
        Pills { legend: t("on-call-what"), name: "on-call-item", error: shown.at("on-call-item"), picks: all, chosen: item(), onchoose: move |value: String| item.set(Some(value)) }
        Field { label: t("follow-note"), id: "on-call-words", error: shown.at("on-call-words"), value: words(), rows: 2, optional: !needed, longest: 1000,
            oninput: move |text: String| words.set(text) }
        Button { busy: (form.busy)(), test: "on-call-send", onclick: send, {t("on-call-send")} }
    }
}
