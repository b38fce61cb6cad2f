//! What goes on day by day in something followed up: the decision aid, shifts looked at, reflection,
//! the steps of a visit at risk, stages and learning of an improvement.
//!
//! Invariant: each act is one step, sent once; who may not write it sees what was done and no button.

use dioxus::prelude::*;

use super::reviewed::Reviewed;
use super::words;
use crate::app::form::{Top, Wrong, use_form, wanted};
use crate::app::i18n::{t, t_args};
use crate::app::today::join;
use crate::app::ui::{Button, Chip, Dialog, Field, Ico, Kind, Pick, Pills, Row, Rows, Section, Tone};
use crate::app::{improve, names, visits, when};
use crate::engine::api::FollowUpView;
use crate::practice::follow::{About, CycleSession, FollowUp, Reflection, SessionKind, ShiftOn, Step};
use crate::practice::standard::Standard;

use super::begun::go_on;

/// What the reader most likely came for, where it is one of these.
pub fn foot(view: &FollowUpView) -> Option<Element> {
    match &view.follow.about {
        About::Report(_) => visits::foot(view),
        About::Improvement(_) => improve::foot(view),
        _ => None,
    }
}

#[component]
pub fn Going(view: FollowUpView) -> Element {
    match &view.follow.about {
        About::Cycle(body) => rsx! {
            if let Some(standard) = view.standard.clone() { Aid { standard } }
            if !body.shifts.is_empty() { Shifts { view: view.clone() } }
            if body.evidence.reflections > 0 { Reflect { view: view.clone() } }
        },
        About::Report(report) if report.visit_at.is_some() => rsx! { visits::Steps { view: view.clone() } },
        About::Improvement(_) => rsx! { improve::Improvement { view: view.clone() } },
        About::Assessment(body) => {
            rsx! { improve::Compared { programme: body.programme.clone(), chosen: view.follow.id } }
        }
        About::Governance(body) => rsx! { Reviewed { body: body.clone(), names: view.names.clone() } },
        _ => rsx! {},
    }
}

/// The one-page decision aid: read from the top, the first that fits decides.
#[component]
pub fn Aid(standard: Standard) -> Element {
    if standard.aid.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("loop-aid"), test: "aid",
            p { class: "hint", {t("loop-aid-hint")} }
            ol { class: "sheet", role: "list",
                for (n , line) in standard.aid.iter().enumerate() {
                    li { key: "{n}", class: "card sheet-item",
                        p { {names::text(&line.when)} }
                        p { class: "row-title", {names::text(&line.then)} }
                    }
                }
            }
        }
    }
}

fn may(view: &FollowUpView, verb: &str) -> bool {
    view.follow.state.is_open() && view.may.iter().any(|known| known == verb)
}

/// The schedule of shadow escalation.
#[component]
fn Shifts(view: FollowUpView) -> Element {
    let mut asked = use_signal(|| {
        let About::Cycle(body) = &view.follow.about else { return None };
        let about = |on: &ShiftOn| format!("{} {} {}", view.follow.id, on.day, on.shift.as_str());
        body.shifts.iter().copied().find(|on| wanted("confirm", &about(on)))
    });
    let About::Cycle(body) = &view.follow.about else { return rsx! {} };
    let today = when::now().date_naive();
    let may = may(&view, "session");
    let looked = |on: &ShiftOn| {
        view.follow.history.iter().rev().find_map(|entry| match &entry.step {
            Step::CycleSession(session) if session.on == Some(*on) => Some(session.clone()),
            _ => None,
        })
    };
    let mut shifts = body.shifts.clone();
    shifts.sort_unstable();
    shifts.dedup();
    rsx! {
        Section { title: t("loop-schedule"), test: "schedule",
            Rows {
                for on in shifts {
                    {
                        let session = looked(&on);
                        let (words, icon, tone) = match &session {
                            Some(session) => match session.agreed {
                                Some(true) => (t("session-confirmed"), Ico::Ok, Tone::Proven),
                                Some(false) => (t("session-not-confirmed"), Ico::No, Tone::Missed),
                                None => (t("loop-no-choice"), Ico::Ok, Tone::Plain),
                            },
                            None if on.day < today => (t("loop-shift-missing"), Ico::Warn, Tone::Missed),
                            None => (t("loop-shift-open"), Ico::Clock, Tone::Waiting),
                        };
                        let open = session.is_none() && may && on.day <= today;
                        rsx! {
                            Row { key: "{on.day}-{on.shift.as_str()}", title: join([when::day(on.day), names::shift(on.shift)]),
                                detail: session.map(|session| session.text).unwrap_or_default(), test: "schedule-row",
                                end: rsx! { Chip { tone, icon, words } } }
                            if open {
                                li { class: "row-li",
                                    div { class: "btn-row",
                                        Button { kind: Kind::Ghost, icon: Ico::Eye, test: "look-at-shift", onclick: move |()| asked.set(Some(on)),
                                            label: t_args("loop-look-at-day", &[("day", when::day_in(on.day).into())]), {t("loop-look-at")} }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        if let Some(on) = asked() {
            Confirm { key: "{on.day}", follow: view.follow.clone(), on, onclose: move |()| asked.set(None) }
        }
    }
}

#[component]
fn Confirm(follow: FollowUp, on: ShiftOn, onclose: EventHandler<()>) -> Element {
    let mut choice = use_signal(|| None::<String>);
    let mut words = use_signal(String::new);
    let form = use_form("confirm", &format!("{} {} {}", follow.id, on.day, on.shift.as_str()));
    form.keeps("choice", choice);
    form.keeps("words", words);
    let of = follow.id;
    let mut wrong = Wrong::default();
    if choice().is_none() {
        wrong.say("choice", t("loop-choice-missing"));
    }
    if choice().as_deref() != Some("none") {
        wrong.unsaid("confirm-words", &words());
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let agreed = match choice.peek().as_deref() {
            Some("same") => Some(true),
            Some("other") => Some(false),
            _ => None,
        };
        let session = CycleSession::new(of, SessionKind::Confirmation, words.peek().trim().to_owned());
        let step = Step::CycleSession(CycleSession { agreed, on: Some(on), ..session });
        go_on(form, step, move || onclose.call(()));
    };
    let none = choice().as_deref() == Some("none");
    let picks = vec![
        Pick::new("same", t("loop-choice-same")),
        Pick::new("other", t("loop-choice-other")),
        Pick::new("none", t("loop-no-choice")),
    ];
    rsx! {
        Dialog { id: "confirm", title: t("loop-look-at"), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "confirm-send", onclick: send, {t("follow-write")} } },
            p { {join([when::day(on.day), names::shift(on.shift)])} }
            Top { form }
            Pills { legend: t("loop-choice"), name: "choice", picks, error: shown.at("choice"), chosen: choice(), onchoose: move |value: String| choice.set(Some(value)) }
            Field { label: t("loop-choice-words"), id: "confirm-words", error: shown.at("confirm-words"), value: words(), rows: 3, optional: none, longest: 2000,
                oninput: move |text: String| words.set(text) }
        }
    }
}

/// An interaction thought through again, in four parts.
#[component]
fn Reflect(view: FollowUpView) -> Element {
    let mut open = use_signal(|| wanted("reflection", &view.follow.id.to_string()));
    let reflections: Vec<Reflection> = view
        .follow
        .history
        .iter()
        .filter_map(|entry| match &entry.step {
            Step::CycleSession(session) => session.reflection.clone(),
            _ => None,
        })
        .collect();
    rsx! {
        Section { title: t("session-reflection"), test: "reflection",
            for (n , reflection) in reflections.iter().enumerate() {
                dl { key: "{n}", class: "card",
                    for (part , said) in reflection.parts() {
                        div { key: "{part}", class: "kv", dt { {words::reflection(part)} } dd { {said.to_owned()} } }
                    }
                }
            }
            if may(&view, "session") {
                Button { kind: Kind::Ghost, icon: Ico::Speech, test: "reflect", onclick: move |()| open.set(true), {t("loop-reflect")} }
            } else if reflections.is_empty() {
                p { class: "hint", {t("loop-reflection-asked")} }
            }
        }
        if open() {
            ReflectNow { follow: view.follow.clone(), onclose: move |()| open.set(false) }
        }
    }
}

#[component]
fn ReflectNow(follow: FollowUp, onclose: EventHandler<()>) -> Element {
    let mut said = use_signal(Reflection::default);
    let form = use_form("reflection", &follow.id);
    form.keeps("said", said);
    let of = follow.id;
    let mut wrong = Wrong::default();
    for (part, words) in said().parts() {
        wrong.unsaid(reflection_field(part), words);
    }
    let shown = form.shown(&wrong);
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let session = CycleSession::new(of, SessionKind::Reflection, String::new());
        let step = Step::CycleSession(CycleSession { reflection: Some(said.peek().clone()), ..session });
        go_on(form, step, move || onclose.call(()));
    };
    rsx! {
        Dialog { id: "reflect-dialog", title: t("loop-reflect"), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "reflect-send", onclick: send, {t("follow-write")} } },
            Top { form }
            Field { label: words::reflection("goal"), id: "reflect-goal", error: shown.at("reflect-goal"), value: said().goal, rows: 2, longest: 1000,
                oninput: move |text: String| said.write().goal = text }
            Field { label: words::reflection("least_restrictive"), id: "reflect-least", error: shown.at("reflect-least"), value: said().least_restrictive, rows: 2, longest: 1000,
                oninput: move |text: String| said.write().least_restrictive = text }
            Field { label: words::reflection("preferences"), id: "reflect-preferences", error: shown.at("reflect-preferences"), value: said().preferences, rows: 2, longest: 1000,
                oninput: move |text: String| said.write().preferences = text }
            Field { label: words::reflection("agreed"), id: "reflect-agreed", error: shown.at("reflect-agreed"), value: said().agreed, rows: 2, longest: 1000,
                oninput: move |text: String| said.write().agreed = text }
        }
    }
}

/// The id of the field for a part of a reflection.
fn reflection_field(part: &str) -> &'static str {
    match part {
        "goal" => "reflect-goal",
        "least_restrictive" => "reflect-least",
        "preferences" => "reflect-preferences",
        _ => "reflect-agreed",
    }
}
