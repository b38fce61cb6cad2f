//! Going on: the one act that the reader most likely came for, and the others.
//!
//! Invariant: an act is one step, sent once; what is wanting is said in the dialog.

use chrono::{DateTime, Days, FixedOffset, TimeDelta};
use dioxus::prelude::*;
use uuid::Uuid;

use super::assign::{Among, Reassign, Who};
use super::begun::{go_on, written};
use super::words;
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form, wanted};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::state::{Ctx, use_app};
use crate::app::ui::{
    Button, Dialog, Field, Ico, Kind, Of, Pick, Pills, Select, When, WhenField, fault, use_when,
};
use crate::app::when;
use crate::engine::api::{FollowUpView, Request};
use crate::practice::follow::{
    About, ActionClosed, ActionUpdated, Class, Classified, CycleClosed, CycleExtended, CycleOutcome,
    CycleSession, CycleValidated, FollowUp, Gap, IncidentLogged, RestrictionLifted, RestrictionReviewed,
    SessionKind, State, Step, Work,
};
use crate::practice::setting::Setting;

/// What a reader may do next, each with words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Session,
    Confirmed,
    Extend,
    Close,
    Stop,
    Review,
    Classify,
    Notified,
    Investigate,
    Resolve,
    Tracked,
    Trended,
    CarriedOut,
    NotCarriedOut,
    Reassign,
}

/// What an act is called by the name that its form is kept under.
#[must_use]
pub fn act_title(name: &str) -> String {
    let acts = [
        Act::Session,
        Act::Confirmed,
        Act::Extend,
        Act::Close,
        Act::Stop,
        Act::Review,
        Act::Classify,
        Act::Notified,
        Act::Investigate,
        Act::Resolve,
        Act::Tracked,
        Act::Trended,
        Act::CarriedOut,
        Act::NotCarriedOut,
        Act::Reassign,
    ];
    let known = acts.into_iter().find(|act| format!("{act:?}") == name);
    known.map_or_else(|| t("follow-title"), Act::title)
}

impl Act {
    fn title(self) -> String {
        match self {
            Act::Session => t("session-coaching"),
            Act::Confirmed => t("log-confirmed"),
            Act::Extend => t("follow-extend"),
            Act::Close => t("follow-close"),
            Act::Stop => t("follow-stop"),
            Act::Review => t("log-review"),
            Act::Classify => t("follow-classify"),
            Act::Notified => words::log(Work::Notified),
            Act::Investigate => words::log(Work::InvestigationBegun),
            Act::Resolve => words::log(Work::Resolved),
            Act::Tracked => words::log(Work::Tracked),
            Act::Trended => words::log(Work::Trended),
            Act::CarriedOut => t("log-carried-out"),
            Act::NotCarriedOut => t("action-give-up"),
            Act::Reassign => t("action-reassign"),
        }
    }

    /// Whether it is a piece of work on a report, whose time counts and is often typed in later.
    fn is_work(self) -> bool {
        matches!(self, Act::Notified | Act::Investigate | Act::Resolve | Act::Tracked | Act::Trended)
    }

    /// Which acts make sense now, the likeliest first.
    fn of(view: &FollowUpView) -> Vec<Act> {
        let follow = &view.follow;
        let may = |verb: &str| view.may.iter().any(|known| known == verb);
        let proven = follow.wanting().is_none();
        let mut acts = Vec::new();
        let mut act = |when: bool, act: Act| {
            if when {
                acts.push(act);
            }
        };
        let open = follow.state.is_open();
        match &follow.about {
            About::Cycle(body) if open => {
                act(may("closed") && proven, Act::Close);
                act(may("session"), Act::Session);
                act(
                    may("session") && body.evidence.confirmations > 0 && body.shifts.is_empty(),
                    Act::Confirmed,
                );
                act(may("extended"), Act::Extend);
                act(may("closed"), Act::Stop);
            }
            About::Restriction(_) if open => {
                act(may("lifted") && proven, Act::Close);
                act(may("reviewed"), Act::Review);
            }
            About::Report(report) => {
                // Praise asks nobody for anything. What is done about an incident is for whoever leads.
                let leads = may("classified") && !report.good;
                act(leads, Act::Classify);
                for work in report.work_next() {
                    let logs = leads && may("logged");
                    match work {
                        Work::Notified => act(logs, Act::Notified),
                        Work::InvestigationBegun => act(logs, Act::Investigate),
                        Work::Resolved => act(logs, Act::Resolve),
                        Work::Tracked => act(logs, Act::Tracked),
                        Work::Trended => act(logs, Act::Trended),
                        _ => {}
                    }
                }
            }
            About::Action(_) if open => {
                let done = follow.was_carried_out();
                act(may("updated") && !done, Act::CarriedOut);
                act(may("closed") && done && proven && view.still_open.is_empty(), Act::Close);
                act(may("reassigned"), Act::Reassign);
                act(may("closed") && !done && follow.state == State::Open, Act::NotCarriedOut);
            }
            _ => {}
        }
        acts
    }

    fn step(
        self,
        follow: &FollowUp,
        note: String,
        gap: Option<Gap>,
        competency: String,
        who: Option<Uuid>,
        done_at: Option<DateTime<FixedOffset>>,
    ) -> Option<Step> {
        let of = follow.id;
        let session = |what, agreed| {
            Step::CycleSession(CycleSession { agreed, ..CycleSession::new(of, what, note.clone()) })
        };
        let logged =
            |work| Step::IncidentLogged(IncidentLogged { of, work, done_at, note: note.clone(), who });
        Some(match self {
            Act::Session => session(SessionKind::Coaching, None),
            Act::Confirmed => session(SessionKind::Confirmation, Some(true)),
            Act::Extend => Step::CycleExtended(CycleExtended {
                of,
                // A week from the day that was agreed, or from today where that is over.
                due: follow.due?.max(when::now().date_naive()).checked_add_days(Days::new(7))?,
                reason: note,
            }),
            Act::Close => match follow.class {
                Class::Restriction => Step::RestrictionLifted(RestrictionLifted { of, note }),
                Class::Action => Step::ActionClosed(ActionClosed { of, note, not_carried_out: false }),
                _ => Step::CycleClosed(CycleClosed { of, outcome: CycleOutcome::Met, note }),
            },
            Act::Stop => Step::CycleClosed(CycleClosed { of, outcome: CycleOutcome::Stopped, note }),
            Act::Review => {
                Step::RestrictionReviewed(RestrictionReviewed { of, note, record: None, mode: None })
            }
            Act::Classify => {
                let About::Report(report) = &follow.about else { return None };
                let body =
                    Classified { of, base: report.tips.clone(), gap: gap?, competency, category: None, note };
                if follow.class == Class::Signal {
                    Step::SignalClassified(body)
                } else {
                    Step::Classified(body)
                }
            }
            Act::Notified => logged(Work::Notified),
            Act::Investigate => logged(Work::InvestigationBegun),
            Act::Resolve => logged(Work::Resolved),
            Act::Tracked => logged(Work::Tracked),
            Act::Trended => logged(Work::Trended),
            Act::CarriedOut => {
                Step::ActionUpdated(ActionUpdated { of, note, done: true, record: None, mode: None })
            }
            Act::NotCarriedOut => Step::ActionClosed(ActionClosed { of, note, not_carried_out: true }),
            // It has a form of its own.
            Act::Reassign => return None,
        })
    }
}

/// How many acts stand in the thumb's reach: the likeliest, and none on what has ended.
fn in_foot(view: &FollowUpView) -> usize {
    usize::from(view.follow.state.is_open())
}

/// The likeliest act, in the thumb's reach.
pub fn foot(view: &FollowUpView) -> Option<Element> {
    let act = *Act::of(view).first().filter(|_| in_foot(view) > 0)?;
    let follow = view.follow.clone();
    Some(rsx! { One { key: "{act:?}", follow, act, kind: Kind::Primary } })
}

/// The others, at the end of the page.
#[component]
pub fn More(view: FollowUpView) -> Element {
    let mut acts = Act::of(&view).into_iter().skip(in_foot(&view)).peekable();
    if acts.peek().is_none() {
        return rsx! {};
    }
    rsx! {
        div { class: "btn-row record-actions", "data-test": "follow-acts",
            for act in acts {
                One { key: "{act:?}", follow: view.follow.clone(), act, kind: Kind::Ghost }
            }
        }
    }
}

#[component]
fn One(follow: FollowUp, act: Act, kind: Kind) -> Element {
    let mut open = use_signal(|| match act {
        Act::Reassign => wanted("reassign", &follow.id.to_string()),
        act => wanted("step", &format!("{} {act:?}", follow.id)),
    });
    let test = format!("act-{act:?}").to_lowercase();
    let known = matches!(&follow.about, About::Report(report) if report.gap.is_some());
    let title = if act == Act::Classify && known { t("follow-reclassify") } else { act.title() };
    rsx! {
        Button { kind, test, onclick: move |()| open.set(true), {title} }
        if open() && act == Act::Reassign {
            Reassign { follow, onclose: move |()| open.set(false) }
        } else if open() {
            Ask { follow, act, onclose: move |()| open.set(false) }
        }
    }
}

/// When a piece of work was done, as typed; none where the field was left as it stood: done as it is written.
///
/// # Errors
/// A sentence where that is still to come, or before what was reported.
pub fn done_at(
    done: When,
    left_as: &str,
    follow: &FollowUp,
) -> Result<Option<DateTime<FixedOffset>>, String> {
    if *done.typed.read() == left_as {
        return Ok(None);
    }
    let began = match &follow.about {
        // Who told others before writing it down here told them before that.
        About::Report(report) if report.visit_at.is_some() => report.happened_at - TimeDelta::days(1),
        About::Report(report) => report.happened_at,
        _ => follow.at,
    };
    match done.happened() {
        Err(why) => Err(fault(why)),
        Ok(at) if at < began => Err(t("work-before")),
        Ok(at) => Ok(Some(at)),
    }
}

#[component]
fn Ask(follow: FollowUp, act: Act, onclose: EventHandler<()>) -> Element {
    let mut note = use_signal(String::new);
    let mut gap = use_signal(|| None::<Gap>);
    let tag = match &follow.about {
        About::Report(report) => report.tag().to_owned(),
        _ => String::new(),
    };
    let competency = use_signal(|| tag);
    let who = use_signal(String::new);
    let site = follow.site;
    let optional =
        act.is_work() || act == Act::Classify || (act == Act::Close && follow.class != Class::Action);
    let done = use_when(|| Some(when::now()));
    let now = use_signal(|| done.typed.peek().clone());
    let form = use_form("step", &format!("{} {act:?}", follow.id));
    form.keeps("note", note);
    form.keeps("gap", gap);
    form.keeps("competency", competency);
    form.keeps("who", who);
    form.keeps("done", done.typed);
    let done_at = if act.is_work() { done_at(done, &now.peek(), &follow) } else { Ok(None) };
    let mut wrong = Wrong::default();
    if act == Act::Classify && gap().is_none() {
        wrong.say("gap", t("gap-missing"));
    }
    if act == Act::Investigate && who().is_empty() {
        wrong.say("investigator", t("investigator-none"));
    }
    if let Err(why) = &done_at {
        wrong.say("work-when", why.clone());
    }
    if !optional {
        wrong.unsaid("follow-note", &note());
    }
    let shown = form.shown(&wrong);
    let done_at = done_at.ok().flatten();
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let (said, who) = (note.peek().trim().to_owned(), who.peek().parse::<Uuid>().ok());
        let step = act.step(&follow, said, *gap.peek(), competency.peek().clone(), who, done_at);
        if let Some(step) = step {
            go_on(form, step, move || onclose.call(()));
        }
    };
    rsx! {
        Dialog { id: "follow-act", title: act.title(), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "follow-act-send", onclick: send, {t("follow-write")} } },
            Top { form }
            if act == Act::Classify {
                Pills {
                    legend: t("follow-gap"), name: "gap",
                    picks: words::GAPS.map(|gap| Pick::new(gap.as_str(), words::gap(gap))).to_vec(),
                    chosen: gap().map(|gap| gap.as_str().to_owned()),
                    onchoose: move |value: String| gap.set(words::GAPS.into_iter().find(|one| one.as_str() == value)),
                    hint: t("gap-hint"), error: shown.at("gap"),
                }
                Practice { competency }
            }
            if act == Act::Investigate {
                Who { label: t("investigator"), id: "investigator", none: t("investigator-none"), site, among: Among::Leads, chosen: who, error: shown.at("investigator") }
            }
            if act == Act::NotCarriedOut {
                p { class: "hint", {t("action-give-up-hint")} }
            }
            if act.is_work() {
                WhenField { label: t("work-when"), id: "work-when", when: done, of: Of::Past, error: shown.at("work-when") }
            }
            Field { label: t("follow-note"), id: "follow-note", value: note(), rows: 3, optional, longest: 2000, error: shown.at("follow-note"),
                oninput: move |text: String| note.set(text),
            }
        }
    }
}

/// What practice a report is about: the tag that patterns and drift count by.
#[component]
fn Practice(competency: Signal<String>) -> Element {
    let mut competency = competency;
    let known = use_ask::<Vec<String>>(Request::Competencies);
    let mut codes = known.ready().map(|codes| (*codes).clone()).unwrap_or_default();
    if !codes.contains(&competency()) {
        codes.insert(0, competency());
    }
    rsx! {
        Select { label: t("report-competency"), id: "classify-competency", chosen: competency(),
            picks: codes.iter().map(|code| Pick::new(code.clone(), names::competency(code))).collect::<Vec<_>>(),
            onchoose: move |code: String| competency.set(code) }
    }
}

/// Counts an observation as evidence, in one tap. Whether it was real practice is a fact of the
/// observation, so nobody is asked.
#[component]
pub fn Count(follow: FollowUp, record: Uuid, setting: Setting) -> Element {
    let app = use_app();
    let of = follow.id;
    let class = follow.class;
    let mode = setting.mode();
    let count = move |()| {
        let step = match class {
            Class::Restriction => Step::RestrictionReviewed(RestrictionReviewed {
                of,
                note: t("evidence-counted"),
                record: Some(record),
                mode: Some(mode),
            }),
            Class::Action => Step::ActionUpdated(ActionUpdated {
                of,
                note: String::new(),
                done: false,
                record: Some(record),
                mode: Some(mode),
            }),
            _ => Step::CycleValidated(CycleValidated { of, record, mode }),
        };
        spawn(async move {
            if let Err(why) = send_step(app, step).await {
                app.say(why);
            }
        });
    };
    rsx! {
        li { class: "row-li",
            div { class: "btn-row",
                Button { kind: Kind::Ghost, icon: Ico::Ok, test: "count", onclick: count, {t("evidence-count")} }
            }
        }
    }
}

/// Sends a step; an error is a sentence for the person.
pub async fn send_step(app: Ctx, step: Step) -> Result<(), String> {
    let answer = app.run(Request::Step { step: Box::new(step), site: None, subject: None }).await;
    written(answer).map(|_| app.say(t("follow-written")))
}
