//! The four steps about a visit at risk, each with the time it was done.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::follow::{Among, Who, done_at, go_on, log, work};
use crate::app::form::{Top, Wrong, use_form, wanted};
use crate::app::i18n::{t, t_args};
use crate::app::today::join;
use crate::app::ui::{
    Button, Chip, Dialog, Field, Ico, Kind, Of, Row, Rows, Section, Tone, WhenField, use_when,
};
use crate::app::{names, when};
use crate::engine::api::{FollowUpView, Request, StandardRow};
use crate::practice::follow::{About, FollowUp, IncidentLogged, Report, Step, Work};
use crate::practice::standard::{Class, Standard, StandardRef};

fn report(follow: &FollowUp) -> Option<&Report> {
    match &follow.about {
        About::Report(report) => Some(report),
        _ => None,
    }
}

fn may_log(view: &FollowUpView) -> bool {
    view.may.iter().any(|verb| verb == "logged")
}

fn leads(view: &FollowUpView) -> bool {
    view.may.iter().any(|verb| verb == "classified")
}

/// What of the steps left is this reader's.
fn own(view: &FollowUpView) -> Vec<Work> {
    let mut left = report(&view.follow).map(Report::visit_steps).unwrap_or_default();
    left.retain(|step| may_log(view) && (leads(view) || *step != Work::CoverInPlace));
    left
}

/// The next step, in the thumb's reach.
pub fn foot(view: &FollowUpView) -> Option<Element> {
    let next = own(view).first().copied()?;
    let follow = view.follow.clone();
    Some(rsx! { Log { key: "{next:?}", follow, step: next, kind: Kind::Primary } })
}

#[component]
pub fn Steps(view: FollowUpView) -> Element {
    let Some(report) = report(&view.follow) else { return rsx! {} };
    let left = report.visit_steps();
    let clock = report.visit_at.map(|at| (when::day_time(at), when::left(at)));
    rsx! {
        Section { title: t("visit-steps"), test: "visit-steps",
            if let Some((at , (words , over))) = clock {
                div { class: "verdict",
                    Chip { tone: Tone::Plain, icon: Ico::Clock, words: at }
                    if !left.is_empty() {
                        Chip { tone: if over { Tone::Missed } else { Tone::Waiting }, icon: if over { Ico::Warn } else { Ico::Clock }, words, test: "visit-clock" }
                    }
                }
            }
            Rows {
                for step in Work::VISIT {
                    {
                        let done = report.work.get(&step).copied();
                        let (words, icon, tone) = match done {
                            Some(at) => (when::short(at), Ico::Ok, Tone::Proven),
                            None if step == Work::CoverInPlace && !leads(&view) => {
                                (t("visit-with-supervisor"), Ico::User, Tone::Plain)
                            }
                            None => (t("loop-shift-open"), Ico::Clock, Tone::Waiting),
                        };
                        let detail = if step == Work::CoverInPlace { cover(&view) } else { String::new() };
                        rsx! { Row { key: "{step:?}", title: work(step), detail, test: "visit-step", end: rsx! { Chip { tone, icon, words } } } }
                    }
                }
                if let Some(at) = report.work.get(&Work::VisitMissed).copied() {
                    Row { title: work(Work::VisitMissed), test: "visit-missed", end: rsx! { Chip { tone: Tone::Missed, icon: Ico::No, words: when::short(at) } } }
                }
            }
            if left.contains(&Work::PersonContacted) { Script {} }
            if may_log(&view) && !left.is_empty() {
                div { class: "btn-row",
                    for step in own(&view).into_iter().skip(1) {
                        Log { key: "{step:?}", follow: view.follow.clone(), step, kind: Kind::Ghost }
                    }
                    Log { follow: view.follow.clone(), step: Work::VisitMissed, kind: Kind::Danger }
                }
            }
        }
    }
}

/// Who goes, what was said of it, and who arranged it.
fn cover(view: &FollowUpView) -> String {
    let arranged = view.follow.history.iter().find_map(|entry| match &entry.step {
        Step::IncidentLogged(body) if body.work == Work::CoverInPlace => Some((entry.author, body)),
        _ => None,
    });
    let Some((by, body)) = arranged else { return String::new() };
    let name = |person: Uuid| view.names.get(&person).cloned().unwrap_or_default();
    let goes = body.who.map(name).filter(|name| !name.is_empty());
    join([
        goes.map(|name| t_args("visit-cover-who", &[("name", name.into())])).unwrap_or_default(),
        body.note.clone(),
        t_args("visit-cover-by", &[("name", name(by).into())]),
    ])
}

/// The agreed words for the call, as the organisation's standard for visits has them.
#[component]
fn Script() -> Element {
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let wanted = |row: &&StandardRow| row.competency == "visits" && row.class == Class::Audit && !row.retired;
    let row = standards.ready().and_then(|rows| rows.iter().find(wanted).cloned());
    rsx! {
        if let Some(row) = row { Words { key: "{row.standard.version}", standard: row.standard } }
    }
}

#[component]
fn Words(standard: StandardRef) -> Element {
    let asked = use_ask::<Standard>(Request::Standard { standard });
    let item = asked.ready().and_then(|page| page.item("contacted").cloned());
    rsx! {
        if let Some(item) = item {
            p { class: "quote", "data-test": "visit-script", strong { {t("visit-script")} } " " {names::text(&item.look)} }
        }
    }
}

#[component]
fn Log(follow: FollowUp, step: Work, kind: Kind) -> Element {
    let mut open = use_signal(|| wanted("visit-step", &format!("{} {step:?}", follow.id)));
    let test = format!("visit-{step:?}").to_lowercase();
    rsx! {
        Button { kind, test, onclick: move |()| open.set(true), {log(step)} }
        if open() {
            Ask { follow, step, onclose: move |()| open.set(false) }
        }
    }
}

#[component]
fn Ask(follow: FollowUp, step: Work, onclose: EventHandler<()>) -> Element {
    let mut note = use_signal(String::new);
    let who = use_signal(String::new);
    let site = follow.site;
    let done = use_when(|| Some(when::now()));
    let now = use_signal(|| done.typed.peek().clone());
    let form = use_form("visit-step", &format!("{} {step:?}", follow.id));
    form.keeps("note", note);
    form.keeps("who", who);
    form.keeps("done", done.typed);
    let of = follow.id;
    let needed = step == Work::AttemptWritten;
    let done_at = done_at(done, &now.peek(), &follow);
    let mut wrong = Wrong::default();
    if step == Work::CoverInPlace && who().is_empty() && note().trim().is_empty() {
        wrong.say("visit-who", t("visit-cover-missing"));
    }
    if let Err(why) = &done_at {
        wrong.say("visit-step-when", why.clone());
    }
    if needed {
        wrong.unsaid("visit-note", &note());
    }
    let shown = form.shown(&wrong);
    let done_at = done_at.ok().flatten();
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let (note, who) = (note.peek().trim().to_owned(), who.peek().parse::<Uuid>().ok());
        let body = IncidentLogged { of, work: step, done_at, note, who };
        go_on(form, Step::IncidentLogged(body), move || onclose.call(()));
    };
    rsx! {
        Dialog { id: "visit-dialog", title: work(step), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "visit-step-send", onclick: send, {t("follow-write")} } },
            Top { form }
            if step == Work::CoverInPlace {
                Who { label: t("visit-cover-whom"), id: "visit-who", none: t("visit-cover-other"), site, among: Among::Everyone, chosen: who, error: shown.at("visit-who") }
            }
            WhenField { label: t("work-when"), id: "visit-step-when", error: shown.at("visit-step-when"), when: done, of: Of::Past }
            Field { label: if needed { t("visit-attempt-words") } else { t("follow-note") }, id: "visit-note", error: shown.at("visit-note"), value: note(), rows: 3,
                optional: !needed, longest: 1000, oninput: move |text: String| note.set(text) }
        }
    }
}
