//! Coaching there and then: what good looks like, what was said, the refresher, when to look again.
//!
//! Invariant: opening the sheet writes nothing. The first word, pill or "Keep" does, and every
//! change after that is saved like any answer.

use dioxus::prelude::*;

use super::area::Area;
use super::desk::{Send, desk};
use super::edit;
use super::when::Again;
use crate::app::device;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::ui::{Button, Dialog, Ico, Icon, Kind, Pick, Pills, Said};
use crate::app::when as clock;
use crate::practice::clock as clock_of;
use crate::practice::draft::{Coaching, LONGEST};
use crate::practice::text::too_many;

/// The pill for "no refresher" and for a day of one's own.
const NONE: &str = "none";
const OTHER: &str = "other";

#[component]
pub fn CoachSheet(item: String) -> Element {
    let desk = desk();
    let view = desk.standard();
    let mut coach = desk.coach;
    let Some(item) = view.standard.item(&item).cloned() else { return rsx! {} };
    let today = clock::now().date_naive();
    let begin = edit::coaching_to_begin(&desk.draft.peek(), &item, Again::ThreeDays.day(today));
    let mut coaching = use_signal(|| begin);
    let kept = edit::coaching(&desk.draft.read(), &item.id).is_some();
    let keep = move |send: Send, change: Box<dyn FnOnce(&mut Coaching)>| {
        coaching.with_mut(change);
        let now = coaching.peek().clone();
        let id = now.item.clone();
        desk.edit(Some(&id), send, |draft, _| edit::set_coaching(draft, now));
    };
    let (mut say, mut refresh, mut again, mut save) = (keep, keep, keep, keep);
    let name = desk.draft.peek().subject.and_then(|subject| {
        view.people.iter().find(|person| person.person == subject).map(|person| person.shown.clone())
    });
    let now = coaching();
    let mut pressed = use_signal(|| false);
    // A day in the past was chosen: what stood there before stays until another one is.
    let past = use_signal(|| false);
    let unsaid = now.said.trim().is_empty();
    let too_long = too_many(&now.said, LONGEST) > 0;
    let missing = pressed() && unsaid;
    let removed = item.id.clone();
    rsx! {
        Dialog { id: "coach", title: t("coach-title"), cancel: false, onclose: move |()| {
                desk.flush_soon();
                coach.set(None);
            },
            actions: rsx! {
                Button { icon: Ico::Ok, test: "coach-keep",
                    onclick: move |()| {
                        pressed.set(true);
                        if unsaid || too_long || past() {
                            device::focus(if unsaid || too_long { "coach-said" } else { "look-again-day" });
                            return;
                        }
                        save(Send::Now, Box::new(|_| {}));
                        coach.set(None);
                    },
                    {t("coach-keep")}
                }
                if kept {
                    Button { kind: Kind::Ghost, icon: Ico::Trash, test: "coach-remove",
                        onclick: move |()| {
                            desk.edit(Some(&removed), Send::Now, |draft, stash| edit::remove_coaching(draft, stash, &removed));
                            coach.set(None);
                        },
                        {t("coach-remove")}
                    }
                } else {
                    Button { kind: Kind::Ghost, test: "coach-close", onclick: move |()| coach.set(None), {t("cancel")} }
                }
            },
            p { class: "sub", {names::text(&item.text)} }
            if !item.good.is_empty() {
                h3 { class: "label", {t("coach-good")} }
                blockquote { class: "quote", "data-test": "coach-good", {names::text(&item.good)} }
            }
            div { class: "field",
                label { class: "label", r#for: "coach-said", {t("coach-said")} }
                if missing {
                    p { class: "error", id: "coach-said-error", Icon { icon: Ico::Warn } {t("act-words-missing")} }
                }
                Area { id: "coach-said", invalid: missing, described: missing.then(|| "coach-said-error".to_owned()), value: now.said.clone(), least: 3, test: "coach-said", placeholder: t("coach-said-hint"),
                    oninput: move |text: String| say(Send::Gather, Box::new(move |coaching| coaching.said = text)),
                    onblur: move |()| desk.flush_soon(),
                }
            }
            Refreshers { chosen: now.refresher.clone(), item: item.id.clone(),
                onchoose: move |refresher: Option<String>| {
                    refresh(Send::Now, Box::new(move |coaching| coaching.refresher = refresher));
                },
            }
            // A re-check is of a person; an audit of a site asks for none.
            if desk.draft.read().subject.is_some() {
                LookAgain { day: now.look_again, past,
                    onchoose: move |day| again(Send::Now, Box::new(move |coaching| coaching.look_again = day)),
                }
            }
            p { class: "hint",
                match name {
                    Some(name) => t_args("coach-acknowledge", &[("name", name.into())]),
                    None => t("coach-acknowledge-they"),
                }
            }
        }
    }
}

/// The refreshers of the standard: the item's own first, as they are the likely ones.
#[component]
fn Refreshers(chosen: Option<String>, item: String, onchoose: EventHandler<Option<String>>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let standard = &view.standard;
    let own = |id: &str| {
        let item = standard.item(&item);
        item.is_some_and(|item| item.deviations.iter().any(|known| known.refresher.as_deref() == Some(id)))
    };
    let mut all = use_signal(|| false);
    let any_own = standard.refreshers.iter().any(|refresher| own(&refresher.id));
    let likely = |id: &str| !any_own || own(id) || chosen.as_deref() == Some(id);
    let hidden = standard.refreshers.iter().filter(|refresher| !likely(&refresher.id)).count();
    let mut refreshers: Vec<_> = standard.refreshers.iter().collect();
    refreshers.sort_by_key(|refresher| !own(&refresher.id));
    refreshers.retain(|refresher| all() || likely(&refresher.id));
    let mut picks: Vec<Pick> = refreshers
        .iter()
        .map(|refresher| {
            let title = names::text(&refresher.title);
            let label = t_args(
                "coach-refresher-minutes",
                &[("title", title.into()), ("n", refresher.minutes.into())],
            );
            Pick::new(refresher.id.clone(), label)
        })
        .collect();
    picks.push(Pick::new(NONE, t("coach-refresher-none")));
    let text =
        chosen.as_deref().and_then(|id| standard.refresher(id)).map(|refresher| names::text(&refresher.text));
    rsx! {
        if !standard.refreshers.is_empty() {
            Pills { legend: t("coach-refresher"), name: "refresher", picks,
                chosen: chosen.unwrap_or_else(|| NONE.to_owned()),
                onchoose: move |value: String| onchoose.call((value != NONE).then_some(value)),
            }
            if hidden > 0 && !all() {
                Button { kind: Kind::Quiet, icon: Ico::Plus, test: "refreshers-all", onclick: move |()| all.set(true),
                    {t_args("coach-refresher-all", &[("n", hidden.into())])}
                }
            }
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                details { class: "item-good",
                    summary { {t("coach-refresher-read")} }
                    Said { text: text }
                }
            }
        }
    }
}

/// When somebody looks again.
#[component]
fn LookAgain(
    day: Option<chrono::NaiveDate>,
    past: Signal<bool>,
    onchoose: EventHandler<Option<chrono::NaiveDate>>,
) -> Element {
    let mut past = past;
    let today = clock::now().date_naive();
    let same = Again::ALL.into_iter().find(|again| Some(again.day(today)) == day);
    let mut other = use_signal(|| day.is_some() && same.is_none());
    let chosen = match same {
        Some(again) if !other() => Some(again.as_str().to_owned()),
        _ if other() => Some(OTHER.to_owned()),
        _ => None,
    };
    let words = |again: Again| match again {
        Again::NextVisit => t("coach-next-visit"),
        Again::ThreeDays => t("coach-three-days"),
        Again::Week => t("coach-week"),
    };
    let mut picks: Vec<Pick> =
        Again::ALL.into_iter().map(|again| Pick::new(again.as_str(), words(again))).collect();
    picks.push(Pick::new(OTHER, t("coach-other-day")));
    rsx! {
        Pills { legend: t("coach-look-again"), name: "look-again", picks, chosen,
            onchoose: move |value: String| match Again::ALL.into_iter().find(|again| again.as_str() == value) {
                Some(again) => {
                    past.set(false);
                    other.set(false);
                    onchoose.call(Some(again.day(clock::now().date_naive())));
                }
                None => other.set(true),
            },
        }
        if other() {
            div { class: "field",
                label { class: "label", r#for: "look-again-day", {t("coach-day")} }
                if past() {
                    p { class: "error", id: "look-again-day-error", Icon { icon: Ico::Warn } {t("loop-due-past")} }
                }
                input {
                    id: "look-again-day",
                    class: "input",
                    r#type: "date",
                    "data-test": "look-again-day",
                    min: today.to_string(),
                    initial_value: day.map(|day| day.to_string()).unwrap_or_default(),
                    "aria-describedby": if past() { "look-again-day-error" },
                    "aria-invalid": if past() { "true" },
                    onchange: move |event| {
                        let chosen = clock_of::day(&event.value());
                        past.set(chosen.is_none_or(|chosen| chosen < clock::now().date_naive()));
                        if !*past.peek() {
                            onchoose.call(chosen);
                        }
                    },
                }
            }
        }
        if let Some(day) = day.filter(|_| !past()) {
            p { class: "hint", "data-test": "look-again-says",
                {t_args("coach-look-again-says", &[("day", clock::day_in(day).into())])}
            }
        }
    }
}
