//! A coaching cycle opened from a record, where what was missed stands there already.

use dioxus::prelude::*;

use super::coach::{Form, Seed};
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::ui::{Page, show};
use crate::engine::api::{RecordView, Request};
use crate::practice::draft::{Answer, Mark};
use crate::practice::follow::Origin;
use crate::practice::standard::Item;

#[component]
pub fn CyclePage(record: String) -> Element {
    let id = id_of(&record).unwrap_or_default();
    let asked = use_ask::<RecordView>(Request::Record { record: id });
    rsx! {
        Page { title: t("cycle-title"), back: Route::RecordPage { id: record.clone() }, test: "cycle-begin",
            {show(&asked, |view| rsx! { Form { key: "{id}", seed: seed(view) } })}
        }
    }
}

/// What a record says of the weakness: its missed items, or what its reviewer marked as not met.
fn seed(view: &RecordView) -> Seed {
    let review = view.record.review().and_then(|entry| entry.review.as_ref());
    let not_met: Vec<(&String, &Answer)> = review
        .map(|review| review.answers.iter().filter(|(_, answer)| answer.mark == Some(Mark::NotMet)).collect())
        .unwrap_or_default();
    let mut missed = view.row.verdict.missed.clone();
    missed.extend(not_met.iter().map(|(id, _)| (*id).clone()));
    let standard = view.standard.as_ref();
    let items: Vec<&Item> = missed.iter().filter_map(|id| standard?.item(id)).collect();
    let answer = |id: &String| {
        let reviewed = not_met.iter().find(|(item, _)| *item == id).map(|(_, answer)| *answer);
        reviewed.or_else(|| view.record.content.answers.get(id))
    };
    let expected = |item: &&Item| names::text(if item.good.is_empty() { &item.text } else { &item.good });
    let expected = items.iter().map(expected).collect::<Vec<_>>().join("\n");
    let weakness: Vec<String> = items.iter().map(|item| weakness(item, answer(&item.id))).collect();
    // An error type of its own competency says more than the standard's.
    let error = not_met.iter().find_map(|(id, answer)| {
        let item = standard?.item(id)?;
        let kind = item.deviations.iter().find(|one| answer.deviations.contains(&one.id))?;
        (!kind.competency.is_empty()).then(|| kind.competency.clone())
    });
    let own = standard.map(|standard| standard.competency.clone()).unwrap_or_default();
    Seed {
        person: view.row.subject,
        site: view.row.site,
        standard: Some(view.row.standard.standard),
        competency: error.unwrap_or(own),
        weakness: weakness.join("\n"),
        expected,
        origin: Origin::Miss { record: view.row.id, items: missed },
        gap: None,
    }
}

/// What was seen, worded as the deviation: an item's own text says what good practice is, and alone
/// would record the weakness as its opposite.
fn weakness(item: &Item, answer: Option<&Answer>) -> String {
    let chosen = answer.map(|answer| answer.deviations.as_slice()).unwrap_or_default();
    let deviations: Vec<String> = item
        .deviations
        .iter()
        .filter(|one| chosen.contains(&one.id))
        .map(|one| names::text(&one.text))
        .collect();
    let item = names::text(&item.text);
    if deviations.is_empty() {
        return t_args("cycle-not-met", &[("item", item.into())]);
    }
    t_args("cycle-deviation", &[("deviation", deviations.join(", ").into()), ("item", item.into())])
}
