//! The fill screen: an observation as one page, or one item at a time.
//!
//! Invariant: nothing on this page is lost by leaving it. Every change is in the draft and on its
//! way to the disk before the next one can be made; "Saved" is said by the engine alone.

use std::rc::Rc;

use dioxus::prelude::*;
use futures::StreamExt;

use super::about::{After, Before};
use super::coach::CoachSheet;
use super::consent::ConsentCard;
use super::desk::{Desk, desk, use_desk};
use super::done::{Done, Finished};
use super::finish::{Foot, OpenPoints};
use super::item::ItemCard;
use super::progress::{self, Stand, Step};
use super::tasks::TaskList;
use super::timing::TICK_MS;
use crate::app::ask::{Asked, use_ask};
use crate::app::follow::InForce;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Asking, Button, Dialog, Empty, ErrorNote, Go, Ico, Icon, Kind, Page, RowText, Tone};
use crate::app::{device, names, when};
use crate::engine::api::{DraftView, FailureCode, Request};
use crate::platform::{self, Hint};
use crate::practice::standard::{Class, Form};

/// The place of a draft. Another id is another desk.
#[component]
pub fn Fill(id: String) -> Element {
    rsx! {
        FillDraft { key: "{id}", id: id.clone() }
    }
}

#[component]
fn FillDraft(id: String) -> Element {
    let mut app = use_app();
    let draft = id_of(&id).unwrap_or_default();
    let asked = use_ask::<DraftView>(Request::Draft { draft });
    // Somebody who is here needs no offer to carry on.
    use_effect(move || app.carried_on.set(true));
    match asked {
        Asked::Loading => rsx! { Page { title: t("capture-opening"), back: Route::TodayPage {}, Asking {} } },
        Asked::Failed(failure) if failure.code == FailureCode::NotFound => rsx! {
            Page { title: t("capture-gone"), back: Route::TodayPage {}, test: "draft-gone",
                Empty { icon: Ico::Search, title: t("capture-gone"), hint: t("capture-gone-hint"),
                    Go { to: Route::TodayPage {}, class: "btn", test: "gone-today", {t("nav-today")} }
                    Go { to: Route::RecordsPage {}, class: "btn ghost", test: "gone-records", {t("nav-records")} }
                }
            }
        },
        Asked::Failed(failure) => rsx! {
            Page { title: t("capture-gone"), back: Route::TodayPage {}, ErrorNote { failure } }
        },
        Asked::Ready(view) => match app.me() {
            Some(me) => rsx! { Filling { view: Held(view), person: me.person } },
            None => rsx! {},
        },
    }
}

/// A view by identity: it is asked for once, so comparing what is in it would only cost time.
#[derive(Clone)]
pub struct Held<T>(pub Rc<T>);

impl<T> PartialEq for Held<T> {
    fn eq(&self, other: &Held<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[component]
fn Filling(view: Held<DraftView>, person: uuid::Uuid) -> Element {
    let app = use_app();
    let desk = use_desk(app, person, &view.0);
    let finished = use_signal(|| None::<Finished>);
    let discarding = use_signal(|| false);
    let listing = use_signal(|| false);
    use_hook(|| carry_on(desk));
    use_hook(|| watch(desk));
    if let Some(finished) = finished() {
        return rsx! { Done { finished } };
    }
    let view = view.0;
    let standard = &view.standard;
    let handoff = standard.class == Class::Handoff;
    let single = standard.one_at_a_time;
    let side = handoff || single;
    let class = match (single, handoff) {
        (true, _) => "fill fill-single",
        (false, true) => "fill fill-handoff",
        (false, false) => "fill fill-page",
    };
    let list = side.then(|| rsx! { StepList { listing } });
    let (trial, id) = (desk.draft.peek().trial, desk.draft.peek().id);
    let back = if trial { Route::EditStandardPage { id: id.to_string() } } else { Route::TodayPage {} };
    let coach = desk.coach.read().clone();
    rsx! {
        Page {
            title: names::text(&standard.title),
            sub: subtitle(desk),
            back,
            chip: false,
            beside: rsx! { Timer {} },
            list,
            list_first: listing(),
            test: "fill",
            foot: rsx! { Foot { finished, single, listing } },
            div { class,
                if trial { super::trial::Trial {} }
                Progress {}
                OpenPoints {}
                if handoff { InForce { site: desk.draft.read().site } }
                Before {}
                Steps { single, discarding }
                if !trial { Discard { discarding } }
            }
        }
        if let Some(item) = coach {
            CoachSheet { key: "{item}", item }
        }
    }
}

/// "Marcus T. · Elm House · 07:42", of what is known.
fn subtitle(desk: Desk) -> String {
    let view = desk.standard();
    let draft = desk.draft.read();
    let person = view.people.iter().find(|person| Some(person.person) == draft.subject);
    let site = view.sites.iter().find(|site| Some(site.site) == draft.site);
    let at = draft.content.happened_at.unwrap_or(draft.begun_at);
    let person = person.map(|person| person.shown.clone()).unwrap_or_default();
    join([person, site.map(|site| site.shown.clone()).unwrap_or_default(), when::short(at)])
}

/// Goes to where it was left, if it was left in the middle.
fn carry_on(desk: Desk) {
    let left_at = desk.draft.peek().item.clone();
    if let Some(item) = left_at {
        super::desk::focus_later(progress::item_anchor(&item));
    }
}

/// Counts active seconds, and saves what was gathered when the screen goes out of sight.
fn watch(desk: Desk) {
    spawn(async move {
        let mut hints = platform::hints();
        while let Some(hint) = hints.next().await {
            match hint {
                Hint::Hidden => desk.hide(true),
                Hint::Shown => desk.hide(false),
                _ => {}
            }
        }
    });
}

/// The running time; its own component, so that a second costs one repaint of one chip.
#[component]
fn Timer() -> Element {
    let desk = desk();
    let mut seconds = use_signal(|| desk.timing.peek().seconds());
    // An amendment has a time of its own, beside that of what it amends.
    let before = desk.view.peek().spent_before;
    use_future(move || async move {
        loop {
            device::sleep(std::time::Duration::from_millis(TICK_MS.into())).await;
            seconds.set(desk.tick());
        }
    });
    rsx! {
        span { class: "chip tone-brand timer", "data-test": "timer", role: "timer", "aria-label": t("capture-timer"),
            Icon { icon: Ico::Clock }
            span { {when::clock(seconds().saturating_sub(before))} }
        }
    }
}

/// How many of the items that must be answered are.
#[component]
fn Progress() -> Element {
    let desk = desk();
    let now = use_memo(move || progress::progress(&desk.draft.read(), &desk.view.read().standard));
    let (done, of) = now();
    rsx! {
        div { class: "progress",
            progress { max: "{of.max(1)}", value: "{done}", "aria-label": t("capture-progress"), "data-test": "progress" }
            span { class: "progress-words", {t_args("capture-progress-words", &[("done", done.into()), ("of", of.into())])} }
        }
    }
}

/// All steps, or the one that it is the turn of.
#[component]
fn Steps(single: bool, discarding: Signal<bool>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let now = *desk.step.read();
    let steps = progress::steps(&view.standard);
    // A handoff whose standard has no place for tasks still keeps those that "unknown" brought.
    let has_tasks = view.standard.items.iter().any(|item| item.form == Form::Tasks);
    let loose_tasks = view.standard.class == Class::Handoff && !has_tasks;
    let mut discard = discarding;
    let shown = steps.into_iter().enumerate().filter(|(at, _)| !single || *at == now);
    rsx! {
        for (at, step) in shown {
            div { key: "{at}", class: if at == now { "step step-now" } else { "step" },
                match step {
                    Step::Consent => rsx! { ConsentCard { ondiscard: move |()| discard.set(true) } },
                    Step::Item(index) => rsx! { ItemCard { index } },
                    Step::End => rsx! {
                        if loose_tasks {
                            section { class: "item", "aria-label": t("capture-tasks"),
                                h2 { class: "item-q", {t("capture-tasks")} }
                                TaskList {}
                            }
                        }
                        After {}
                    },
                }
            }
        }
    }
}

/// The list of steps: beside the detail on a tablet, behind a button on a phone.
#[component]
fn StepList(listing: Signal<bool>) -> Element {
    let desk = desk();
    let view = desk.standard();
    let mut listing = listing;
    let mut current = desk.step;
    let single = view.standard.one_at_a_time;
    rsx! {
        ol { class: "rows step-rows", "aria-label": t("capture-list"), "data-test": "step-list",
            for (at, step) in progress::steps(&view.standard).into_iter().enumerate() {
                li { key: "{at}", class: "row-li",
                    button {
                        r#type: "button",
                        class: "row",
                        "data-test": "step-{at}",
                        "aria-current": if *current.read() == at { "step" },
                        onclick: move |_| {
                            if let Some(field) = desk.unread_here().filter(|_| single) {
                                listing.set(false);
                                device::focus(&field);
                                return;
                            }
                            current.set(at);
                            listing.set(false);
                            device::focus("content");
                        },
                        StepRow { step }
                    }
                }
            }
        }
    }
}

#[component]
fn StepRow(step: Step) -> Element {
    let desk = desk();
    let view = desk.standard();
    let draft = desk.draft.read();
    let (title, stand) = match &step {
        Step::Consent => {
            let stand = if draft.content.consent.is_some() { Stand::Answered } else { Stand::Open };
            (t("capture-consent-short"), stand)
        }
        Step::Item(index) => match view.standard.items.get(*index) {
            Some(item) => (names::text(&item.text), progress::stand(&draft, item)),
            None => (String::new(), Stand::Open),
        },
        Step::End => (t("capture-after"), Stand::Optional),
    };
    let of_tasks = |index: usize| view.standard.items.get(index).is_some_and(|item| item.form == Form::Tasks);
    let tasks = matches!(step, Step::Item(index) if of_tasks(index));
    let (icon, tone, words) = match stand {
        Stand::Open => (Ico::Pen, Tone::Brand, t("stand-open")),
        Stand::Optional => (Ico::Pen, Tone::Plain, t("stand-optional")),
        Stand::Answered => (Ico::Ok, Tone::Proven, t("stand-answered")),
        Stand::Missed => (Ico::No, Tone::Missed, t("mark-not-met")),
        Stand::NotSeen => (Ico::NotSeen, Tone::Plain, t("mark-not-seen")),
        Stand::Unsure if tasks => (Ico::Clock, Tone::Waiting, t("stand-unowned")),
        Stand::Unsure => (Ico::Clock, Tone::Waiting, t("stand-unsure")),
        Stand::Wrong => (Ico::Warn, Tone::Missed, t("stand-wrong")),
    };
    rsx! {
        span { class: "st {tone.class()}", Icon { icon } }
        RowText { title, detail: words }
    }
}

/// Throwing the draft away, after a question.
#[component]
fn Discard(discarding: Signal<bool>) -> Element {
    let app = use_app();
    let desk = desk();
    let navigator = use_navigator();
    let mut asking = discarding;
    let busy = *desk.busy.read();
    rsx! {
        div { class: "fill-discard",
            Button { kind: Kind::Quiet, icon: Ico::Trash, test: "discard", onclick: move |()| asking.set(true), {t("capture-discard")} }
        }
        if asking() {
            Dialog { id: "discard-dialog", title: t("capture-discard-title"), onclose: move |()| asking.set(false),
                actions: rsx! {
                    Button { kind: Kind::Danger, icon: Ico::Trash, busy, test: "discard-yes",
                        onclick: move |()| {
                            spawn(async move {
                                if desk.discard().await {
                                    app.say(t("capture-discarded"));
                                    navigator.replace(Route::TodayPage {});
                                }
                            });
                        },
                        {t("capture-discard-yes")}
                    }
                },
                p { {t("capture-discard-text")} }
            }
        }
    }
}
