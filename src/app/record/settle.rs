//! Settling: item by item, one tap each, a reason, done.
//!
//! Invariant: nothing is chosen for the person. What they look at is named when it is sent, so that a
//! change which arrives meanwhile is looked at, too.

use dioxus::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fields::{self, Side};
use crate::app::ask::{Asked, use_ask};
use crate::app::form::{Top, use_form};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{
    Asking, Banner, Button, Empty, ErrorNote, Fault, Field as Words, Ico, Icon, Page, Pick, Pills, Tone,
};
use crate::app::{codes, device, names, when};
use crate::engine::api::{RecordView, Reply, Request, Settled, Stands};
use crate::practice::merge::{Dispute, Field};

#[component]
pub fn SettlePage(id: String) -> Element {
    let record = id_of(&id).unwrap_or_default();
    let asked = use_ask::<RecordView>(Request::Record { record });
    let back = Route::RecordPage { id };
    match asked {
        Asked::Loading => rsx! { Page { title: t("settle-title"), back, test: "settle", Asking {} } },
        Asked::Failed(failure) => {
            rsx! { Page { title: t("settle-title"), back, test: "settle", ErrorNote { failure } } }
        }
        Asked::Ready(view) if view.record.disputes.is_empty() || !view.may.amend => rsx! {
            Page { title: t("settle-title"), back, test: "settle",
                Empty { icon: Ico::Ok, title: t("settle-nothing"), hint: t("settle-nothing-hint") }
            }
        },
        Asked::Ready(view) => rsx! { Settling { key: "{record}", view: (*view).clone(), back } },
    }
}

/// Which sides were tapped, between which versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Chosen {
    tips: Vec<Uuid>,
    choices: Vec<Settled>,
}

impl Chosen {
    /// Whether anything was chosen, and between these versions.
    fn stands(&self, tips: &[Uuid]) -> bool {
        *self == Chosen::default() || (self.tips == tips && !self.choices.is_empty())
    }

    /// What stands of it between these versions: what was chosen between others is chosen anew.
    fn between(&self, tips: &[Uuid]) -> Vec<Settled> {
        if self.tips == tips { self.choices.clone() } else { Vec::new() }
    }
}

#[component]
fn Settling(view: RecordView, back: Route) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let tips = view.record.tips.clone();
    let mut kept = use_signal(Chosen::default);
    let mut reason = use_signal(String::new);
    let mut error = use_signal(String::new);
    let row = view.row.clone();
    let form = use_form("settle", &row.id);
    form.keeps("reason", reason);
    let present = tips.clone();
    form.keeps_if("chosen", kept, move |chosen: &Chosen| chosen.stands(&present));
    // Another version came while it was open: nothing of it is left to be kept.
    use_effect(use_reactive!(|tips| {
        if !kept.peek().stands(&tips) {
            kept.set(Chosen::default());
        }
    }));
    let record = row.id;
    let chosen = kept().between(&tips);
    let (looked_at, choices) = (tips.clone(), chosen.clone());
    let fields: Vec<Field> = view.record.disputes.iter().map(|dispute| dispute.field.clone()).collect();
    let choose = move |(field, stands): (Field, Stands)| {
        error.set(String::new());
        let mut choices = kept.peek().between(&looked_at);
        choices.retain(|known| known.field != field);
        choices.push(Settled { field, stands });
        kept.set(Chosen { tips: looked_at.clone(), choices });
    };
    let send = {
        let back = back.clone();
        move |()| {
            let (fields, back, choices) = (fields.clone(), back.clone(), choices.clone());
            let request = Request::Settle {
                record,
                tips: tips.clone(),
                choices: choices.clone(),
                reason: reason.cloned(),
            };
            form.send(request, move |answer| match answer {
                Ok(Reply::NotYet(open)) => {
                    error.set(open.first().map(codes::open).unwrap_or_default());
                    let unsettled = |field: &Field| choices.iter().all(|one| one.field != *field);
                    let first = fields.iter().position(unsettled);
                    device::focus(
                        &first.map_or_else(|| "settle-reason".to_owned(), |n| format!("settle-{n}")),
                    );
                }
                Ok(_) => {
                    app.say(t("settle-done"));
                    navigator.replace(back);
                }
                Err(failure) => app.say_failure(&failure),
            });
        }
    };
    let reasons = [
        ("talked", t("settle-reason-talked")),
        ("papers", t("settle-reason-papers")),
        ("there", t("settle-reason-there")),
    ];
    let why = reasons.iter().find(|(_, words)| *words == reason()).map(|(code, _)| (*code).to_owned());
    let picks: Vec<Pick> = reasons.iter().map(|(code, words)| Pick::new(*code, words.clone())).collect();
    rsx! {
        Page {
            title: t("settle-title"),
            sub: join([names::text(&row.title), row.subject_name.clone(), when::short(row.happened_at)]),
            back: back.clone(),
            test: "settle",
            foot: rsx! { Button { icon: Ico::Ok, busy: (form.busy)(), test: "settle-send", onclick: send, {t("settle-send")} } },
            div { class: "record settle",
                Banner { tone: Tone::Brand, icon: Ico::Swap, title: t("settle-what"), text: t("settle-hint") }
                Top { form }
                if !error().is_empty() { Fault { text: error() } }
                for (n , dispute) in view.record.disputes.clone().into_iter().enumerate() {
                    One { key: "{n}", n, stands: chosen.iter().find(|one| one.field == dispute.field).map(|one| one.stands),
                        dispute, view: view.clone(), onchoose: choose.clone() }
                }
                div { class: "card",
                    Pills { legend: t("settle-reason"), name: "settle-why", chosen: why, hint: t("settle-reason-hint"), picks,
                        onchoose: move |chosen: String| {
                            if let Some((_, words)) = reasons.iter().find(|(code, _)| *code == chosen) {
                                error.set(String::new());
                                reason.set(words.clone());
                            }
                        },
                    }
                    Words { label: t("settle-reason-own"), id: "settle-reason", value: reason(), rows: 2, longest: 2000,
                        oninput: move |text: String| {
                            error.set(String::new());
                            reason.set(text);
                        },
                    }
                }
            }
        }
    }
}

/// One thing in dispute: each side as a large answer, with who said it.
#[component]
fn One(
    n: usize,
    dispute: Dispute,
    view: RecordView,
    stands: Option<Stands>,
    onchoose: EventHandler<(Field, Stands)>,
) -> Element {
    let sides = fields::sides(&dispute, &view);
    let contents: Vec<_> = sides.iter().map(|side| &side.content).collect();
    let together = dispute.field.together(&contents);
    let both = together.map(|content| fields::words(&dispute.field, &content, &view));
    let mut picks: Vec<(Stands, Side)> =
        sides.into_iter().map(|side| (Stands::Said(side.event), side)).collect();
    if let (Some(words), Some((_, first))) = (both, picks.first().cloned()) {
        let who = vec![t("settle-together")];
        picks.push((Stands::Together, Side { event: Uuid::nil(), words, who, ..first }));
    }
    rsx! {
        fieldset { class: "card settle-one", id: "settle-{n}", tabindex: "-1", "data-test": "settle-{n}",
            legend { class: "row-title", {fields::title(&dispute.field, &view)} }
            div { class: "choices",
                for (at , (pick , side)) in picks.into_iter().enumerate() {
                    label { key: "{side.event}", class: "choice", "data-test": "settle-{n}-{at}",
                        input {
                            r#type: "radio",
                            name: "settle-{n}",
                            value: "{at}",
                            checked: stands == Some(pick),
                            onchange: {
                                let field = dispute.field.clone();
                                move |_| onchoose.call((field.clone(), pick))
                            },
                        }
                        span { class: "choice-face",
                            Icon { icon: Ico::Ok, class: "tick" }
                            span { class: "side",
                                span { class: "said", {side.words} }
                                for (n , who) in side.who.into_iter().enumerate() {
                                    span { key: "{n}", class: "who-said", {who} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_side_that_was_tapped_is_kept_and_is_none_once_another_version_is_there() {
        let tips = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let choice = Settled { field: Field::Item("dose".into()), stands: Stands::Said(tips[0]) };
        let chosen = Chosen { tips: tips.to_vec(), choices: vec![choice.clone()] };
        let kept = serde_json::to_string(&chosen).unwrap();
        let back: Chosen = serde_json::from_str(&kept).unwrap();
        assert_eq!(back.between(&tips), [choice], "as the form keeps it");
        let later = [tips[0], tips[1], Uuid::from_u128(3)];
        assert!(back.between(&later).is_empty());
        // Nothing would be back of it, so it is not brought back, and a form without a choice keeps none.
        assert!(back.stands(&tips) && !back.stands(&later));
        assert!(Chosen::default().stands(&tips) && Chosen::default().stands(&later));
    }
}
