//! A new standard: from nothing, or with the words of one that is there.

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Empty, Ico, Page, Pick, Pills, Select};
use crate::engine::api::{BeginFrom, Reply, Request, StandardRow};
use crate::practice::standard::Class;

#[component]
pub fn NewStandardPage() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let rows = standards.ready().map(|rows| (*rows).clone()).unwrap_or_default();
    let mut class = use_signal(|| Class::Check);
    let mut copy = use_signal(String::new);
    let mut busy = use_signal(|| false);
    if !super::writes(app) {
        return rsx! {
            Page { title: t("write-new"), back: Route::StandardsPage {}, test: "standard-new",
                Empty { icon: Ico::Lock, title: t("failure-not-permitted") }
            }
        };
    }
    let known = rows.clone();
    let begin = move |()| {
        let chosen = known.iter().find(|row| row.standard.standard.to_string() == *copy.peek());
        let from = chosen.map_or(BeginFrom::Nothing(*class.peek()), |row| BeginFrom::Copy(row.standard));
        busy.set(true);
        spawn(async move {
            match app.run(Request::BeginStandard { from }).await {
                Ok(Reply::StandardDraft(view)) => {
                    navigator.replace(Route::EditStandardPage { id: view.editing.id.to_string() });
                }
                Ok(_) => {}
                Err(failure) => app.say_failure(&failure),
            }
            busy.set(false);
        });
    };
    let picks: Vec<Pick> = rows
        .iter()
        .map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)))
        .collect();
    let blank = copy.read().is_empty();
    rsx! {
        Page { title: t("write-new"), back: Route::StandardsPage {}, test: "standard-new",
            foot: rsx! { Button { icon: Ico::Pen, busy: busy(), test: "write-begin", onclick: begin, {t("write-begin")} } },
            div { class: "form",
                p { class: "hint", {t("write-new-hint")} }
                Select { label: t("write-from"), id: "write-from", picks, none: t("write-from-nothing"), chosen: copy(),
                    onchoose: move |value: String| copy.set(value) }
                if blank {
                    Pills { legend: t("part-class"), name: "write-class", chosen: Some(class().as_str().to_owned()),
                        picks: Class::ALL.map(|class| Pick::new(class.as_str(), names::class(class))).to_vec(),
                        onchoose: move |value: String| class.set(Class::parse(&value).unwrap_or(Class::Check)) }
                }
            }
        }
    }
}
