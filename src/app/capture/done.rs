//! After finishing: that it is saved on this device, how far it got, and what comes next.
//!
//! Invariant: "saved" and "sent" are said because the engine said so.

use dioxus::prelude::*;
use uuid::Uuid;

use super::edit;
use crate::app::ask::use_ask;
use crate::app::follow::{wanting, what};
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::record::comes_in_words;
use crate::app::route::Route;
use crate::app::sent::Claim;
use crate::app::state::use_app;
use crate::app::ui::{Banner, Button, ChipLink, Ico, Kind, Page};
use crate::engine::api::{DraftView, RecordView, Reply, Request};
use crate::practice::draft::{Draft, Mark};
use crate::practice::record::Unjudged;
use crate::practice::setting::Setting;
use crate::practice::standard::Class;

/// What is known at the end, so that the screen needs not ask again.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    pub record: Uuid,
    class: Class,
    person: String,
    title: String,
    misses: usize,
    /// A miss that nobody coached yet.
    uncoached: bool,
    coached: bool,
    amends: bool,
}

impl Finished {
    #[must_use]
    pub fn of(record: Uuid, draft: &Draft, view: &DraftView) -> Finished {
        let person = view.people.iter().find(|person| Some(person.person) == draft.subject);
        let missed = |answer: &&crate::practice::draft::Answer| answer.mark == Some(Mark::NotMet);
        Finished {
            record,
            class: draft.class,
            person: person.map(|person| person.shown.clone()).unwrap_or_default(),
            title: names::text(&view.standard.title),
            misses: draft.content.answers.values().filter(missed).count(),
            uncoached: edit::uncoached(&view.standard, draft).is_some(),
            coached: !draft.content.coaching.is_empty(),
            amends: draft.amends.is_some(),
        }
    }
}

#[component]
pub fn Done(finished: Finished) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut busy = use_signal(|| false);
    let record = finished.record;
    let again = finished.class.has_subject() && !finished.class.is_reviewed() && !finished.amends;
    let coach = move |()| {
        if busy() {
            return;
        }
        busy.set(true);
        spawn(async move {
            match app.run(Request::BeginAmend { record, reason: t("done-coaching-reason") }).await {
                Ok(Reply::Draft(view)) => {
                    navigator.replace(Route::Fill { id: view.draft.id.to_string() });
                }
                Ok(_) => {}
                Err(failure) => app.say_failure(&failure),
            }
            busy.set(false);
        });
    };
    rsx! {
        Page { title: t("done-title"), sub: finished.title.clone(), chip: false, test: "done",
            foot: rsx! {
                if again {
                    Leave { to: Route::begin(finished.class, None), kind: Kind::Primary, test: "next-person", {t("done-next-person")} }
                    Leave { to: Route::TodayPage {}, kind: Kind::Ghost, test: "done-today", {t("nav-today")} }
                } else {
                    Leave { to: Route::TodayPage {}, kind: Kind::Primary, test: "done-today", {t("nav-today")} }
                }
            },
            Saved { record, open: finished.uncoached }
            if finished.misses > 0 {
                p { class: "lead", {t_args("done-misses", &[("n", finished.misses.into())])} }
            }
            NotJudged { record }
            EvidenceFor { record }
            if finished.uncoached {
                div { class: "card done-card",
                    p { {t("done-uncoached")} }
                    Button { kind: Kind::Ghost, icon: Ico::Speech, busy: busy(), test: "done-coach", onclick: coach, {t("done-coach")} }
                }
            }
            if finished.coached && !finished.person.is_empty() {
                p { class: "hint", {t_args("coach-acknowledge", &[("name", finished.person.clone().into())])} }
            }
            if finished.class.is_reviewed() {
                p { class: "hint", {t("done-review")} }
            }
            Leave { to: Route::RecordPage { id: record.to_string() }, kind: Kind::Ghost, test: "open-record", {t("done-open-record")} }
        }
    }
}

/// Saved, and how far it got: sent, waiting, set aside by the server, or held up.
#[component]
fn Saved(
    record: Uuid,
    /// Something of it is left to do all the same.
    open: bool,
) -> Element {
    let view = use_ask::<RecordView>(Request::Record { record });
    let app = use_app();
    let status = app.status.read().clone();
    let view = view.ready();
    let claim = Claim::of(view.as_ref().map(|view| &view.row.sent), status.as_deref());
    let shared = status.as_ref().is_some_and(|status| status.profiles.len() > 1);
    let (title, text, icon, tone) = claim.words(open, shared);
    rsx! {
        Banner { tone, icon, title, text, test: "done-saved", ChipLink {} }
    }
}

/// Says that it is not judged, why, and what would make it count.
#[component]
fn NotJudged(record: Uuid) -> Element {
    let view = use_ask::<RecordView>(Request::Record { record });
    let Some(view) = view.ready().filter(|view| view.row.is_not_judged()) else { return rsx! {} };
    let (title, icon, tone) = comes_in_words(&view.row.verdict, view.standard.as_ref());
    let text = match view.row.verdict.unjudged() {
        Some(Unjudged::Own) => t("done-count-own"),
        Some(Unjudged::Declined) => t("done-count-declined"),
        Some(Unjudged::CriticalUnseen) => t("done-count-critical"),
        Some(Unjudged::Unknown(_)) => t("done-count-unknown"),
        Some(Unjudged::TooLittle { .. }) | None => t("done-count-more"),
    };
    rsx! {
        Banner { tone, icon, title, text, test: "done-not-judged" }
    }
}

/// What the observation counts for, so that nobody has to look for it: asked of the engine, not
/// remembered from the form.
#[component]
fn EvidenceFor(record: Uuid) -> Element {
    let view = use_ask::<RecordView>(Request::Record { record });
    let Some(view) = view.ready() else { return rsx! {} };
    let setting = view.row.verdict.setting.unwrap_or(Setting::Unknown);
    rsx! {
        for one in view.evidence_for.iter().map(|row| row.follow.clone()) {
            div { key: "{one.id}", class: "card done-card", "data-test": "done-evidence",
                if one.proof.records.contains(&record) {
                    p { {t_args("done-evidence", &[("what", what(&one).into()), ("setting", names::setting(setting).into())])} }
                } else {
                    p { {t_args("done-no-evidence", &[("what", what(&one).into()), ("result", names::result(&view.row).into())])} }
                }
                p { class: "hint",
                    if one.wanting().is_none() { {t("want-nothing")} } else { {t_args("want-still", &[("what", wanting(one.wanting()).join(", ").into())])} }
                }
                Leave { to: Route::FollowPage { id: one.id.to_string() }, kind: Kind::Ghost, test: "done-cycle", {t("done-open-cycle")} }
            }
        }
    }
}

/// A way on. It takes the place of the draft, so that "back" never leads to a draft that is gone.
#[component]
fn Leave(to: Route, kind: Kind, test: String, children: Element) -> Element {
    let navigator = use_navigator();
    rsx! {
        Button { kind, test,
            onclick: move |()| {
                navigator.replace(to.clone());
            },
            {children}
        }
    }
}
