//! Which items of a standard an observation has to have seen and met, chosen where a restriction or an action
//! begins.

use dioxus::prelude::*;

use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::ui::{Pick, Ticks};
use crate::engine::api::Request;
use crate::practice::standard::{Form, Standard, StandardRef};

/// None chosen: the standard as a whole.
#[component]
pub fn Items(standard: StandardRef, chosen: Signal<Vec<String>>) -> Element {
    let mut chosen = chosen;
    let asked = use_ask::<Standard>(Request::Standard { standard });
    let picks: Vec<Pick> = asked.ready().map_or_else(Vec::new, |standard| {
        let marked = standard.items.iter().filter(|item| item.form == Form::Mark);
        marked.map(|item| Pick::new(item.id.clone(), names::text(&item.text))).collect()
    });
    // A choice that was kept from before a newer version is not sent unseen.
    use_effect(move || {
        let Some(standard) = asked.ready() else { return };
        let gone = chosen.read().iter().any(|id| standard.item(id).is_none());
        if gone {
            chosen.write().retain(|id| standard.item(id).is_some());
        }
    });
    if picks.is_empty() {
        return rsx! {};
    }
    rsx! {
        Ticks { legend: t("evidence-which"), name: "evidence-items", picks, chosen: chosen(), hint: t("evidence-which-hint"),
            onchoose: move |items: Vec<String>| chosen.set(items) }
    }
}
