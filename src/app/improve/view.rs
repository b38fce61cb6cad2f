//! An improvement as it runs: the round of plan, do, study, act; what its focus came to so far; the
//! log of learning; how it ended.

use dioxus::prelude::*;

use super::words;
use crate::app::ask::use_ask;
use crate::app::follow::{go_on, stage as stage_name};
use crate::app::form::{Top, Wrong, use_form, wanted};
use crate::app::i18n::{self, t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{
    Button, Chip, Dialog, Field, Ico, Kind, Pick, Pills, Row, Rows, Said, Section, Tone, reading,
};
use crate::app::when;
use crate::engine::api::{FocusView, FollowUpView, Request, StandardRow};
use crate::practice::follow::{
    About, FollowUp, ImprovementClosed, ImprovementOutcome, ImprovementStaged, ImprovementUpdated, Stage,
    State, Step,
};
use crate::practice::number::Kind as Numbers;

const OUTCOMES: [(&str, ImprovementOutcome); 3] = [
    ("adopted", ImprovementOutcome::Adopted),
    ("adapted", ImprovementOutcome::Adapted),
    ("abandoned", ImprovementOutcome::Abandoned),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Stage(Stage),
    Learn,
    Note,
    Close,
}

impl Act {
    fn title(self) -> String {
        match self {
            Act::Stage(stage) => t_args("improve-stage", &[("stage", stage_name(stage).into())]),
            Act::Learn => t("improve-learn"),
            Act::Note => t("improve-note"),
            Act::Close => t("follow-close"),
        }
    }

    fn label(self) -> String {
        match self {
            Act::Stage(Stage::Plan) => t("stage-plan-words"),
            Act::Stage(Stage::Do) => t("stage-do-words"),
            Act::Stage(Stage::Study) => t("stage-study-words"),
            Act::Stage(_) => t("stage-act-words"),
            Act::Learn => t("improve-learn-words"),
            Act::Note => t("follow-note"),
            Act::Close => t("improve-learned"),
        }
    }

    fn test(self) -> String {
        match self {
            Act::Stage(stage) => format!("stage-{stage:?}").to_lowercase(),
            Act::Learn => "improve-learn".to_owned(),
            Act::Note => "improve-note".to_owned(),
            Act::Close => "improve-close".to_owned(),
        }
    }
}

/// The stage that comes after; a round begins anew after "act".
fn next(follow: &FollowUp) -> Stage {
    match follow.stage() {
        Some(Stage::Plan) => Stage::Do,
        Some(Stage::Do) => Stage::Study,
        Some(Stage::Study) => Stage::Act,
        _ => Stage::Plan,
    }
}

/// How many times it was planned: the number of the round.
fn round(follow: &FollowUp) -> usize {
    let plans = follow
        .history
        .iter()
        .filter(|entry| matches!(&entry.step, Step::ImprovementStaged(body) if body.stage == Stage::Plan));
    plans.count()
}

fn acts(view: &FollowUpView) -> Vec<Act> {
    let may = |verb: &str| view.follow.state.is_open() && view.may.iter().any(|known| known == verb);
    let weekly = view.follow.focus().is_some_and(|focus| focus.weekly_minutes > 0);
    let all = [
        (may("staged"), Act::Stage(next(&view.follow))),
        (may("staged") || (weekly && may("updated")), Act::Learn),
        (may("updated"), Act::Note),
        (may("closed"), Act::Close),
    ];
    all.into_iter().filter(|(may, _)| *may).map(|(_, act)| act).collect()
}

pub fn foot(view: &FollowUpView) -> Option<Element> {
    let act = *acts(view).first()?;
    let follow = view.follow.clone();
    Some(rsx! { One { key: "{act:?}", follow, act, kind: Kind::Primary } })
}

#[component]
pub fn Improvement(view: FollowUpView) -> Element {
    let follow = &view.follow;
    let About::Improvement(body) = &follow.about else { return rsx! {} };
    let stage = follow.stage().map_or_else(|| t("improve-not-begun"), stage_name);
    let closed = follow.history.iter().rev().find_map(|entry| match &entry.step {
        Step::ImprovementClosed(body) => Some(body.clone()),
        _ => None,
    });
    let number = |number: Option<f64>| number.map(i18n::decimal).unwrap_or_default();
    let (from, to) = (when::full_day(body.baseline_from), when::full_day(body.baseline_to));
    let mut facts = vec![
        (t("improve-window"), [from, to].join(" – ")),
        (t("improve-baseline"), number(body.baseline)),
        (t("improve-target"), number(body.target)),
        (t("improve-area"), if body.area.is_empty() { String::new() } else { words::area(&body.area) }),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    rsx! {
        Section { title: t("improve-round"), test: "improve-round",
            div { class: "verdict",
                Chip { tone: Tone::Brand, icon: Ico::Again, words: stage, test: "improve-stage" }
                if round(follow) > 0 {
                    Chip { tone: Tone::Plain, icon: Ico::List, words: t_args("improve-round-n", &[("n", round(follow).into())]), test: "improve-round-n" }
                }
                if let Some(closed) = &closed {
                    Chip {
                        tone: if follow.state == State::Unproven { Tone::Missed } else { words::tone(closed.outcome) },
                        icon: if follow.state == State::Unproven { Ico::Warn } else { words::icon(closed.outcome) },
                        words: words::outcome(closed.outcome), test: "improve-outcome",
                    }
                }
            }
            if let Some(closed) = &closed { Said { text: closed.note.clone(), class: "quote" } }
            dl { class: "card",
                for (label , value) in facts {
                    div { key: "{label}", class: "kv", dt { {label} } dd { {value} } }
                }
            }
        }
        if let Some(focus) = view.focus.clone() { SoFar { view: view.clone(), focus } }
        if acts(&view).contains(&Act::Close) && !follow.was_studied() {
            p { class: "hint", "data-test": "improve-not-studied", {t("improve-not-studied")} }
        }
        div { class: "btn-row", "data-test": "improve-acts",
            for act in acts(&view).into_iter().skip(1) {
                One { key: "{act:?}", follow: follow.clone(), act, kind: Kind::Ghost }
            }
        }
    }
}

/// What the focus came to, each number against what was to be done by now.
#[component]
fn SoFar(view: FollowUpView, focus: FocusView) -> Element {
    let app = use_app();
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let Some(asked) = view.follow.focus().cloned() else { return rsx! {} };
    let by = standards
        .ready()
        .and_then(|rows| rows.iter().find(|row| Some(row.standard.standard) == asked.observe).cloned());
    let of = |done: u32, of: u32| t_args("focus-of", &[("done", done.into()), ("of", of.into())]);
    let mut counts = vec![
        (focus.changes > 0, t("focus-changes"), of(focus.handed_over, focus.changes)),
        (focus.days > 0, t("focus-days"), of(focus.days_done, focus.days)),
        (focus.weeks > 0, t("focus-weeks"), of(focus.weeks_learned, focus.weeks)),
        (
            asked.checklist.is_some(),
            t("focus-on-call"),
            t_args(
                "focus-on-call-before",
                &[("n", focus.on_call.into()), ("before", focus.on_call_before.into())],
            ),
        ),
    ];
    counts.retain(|(shown, ..)| *shown);
    rsx! {
        Section { title: t("focus-title"), test: "focus",
            p { class: "hint", {t_args("focus-runs", &[("from", when::day(asked.from).into()), ("to", when::day_in(asked.to).into())])} }
            dl { class: "card",
                for (_ , label , value) in counts {
                    div { key: "{label}", class: "kv", dt { {label} } dd { {value} } }
                }
            }
            if asked.observe.is_some() {
                Rows { label: t("focus-observed"), test: "focus-observed",
                    for (person , name , seen) in focus.observed.iter().cloned() {
                        Row { key: "{person}", to: by.as_ref().filter(|row| app.may_at(&format!("{}.submitted", row.class.as_str()), view.follow.site)).map(|row| Route::begin_by(row, Some(person), view.follow.site)),
                            icon: Ico::User, tone: Tone::Brand, title: name, test: "focus-person",
                            end: rsx! {
                                Chip {
                                    tone: if seen >= asked.times { Tone::Proven } else { Tone::Waiting },
                                    icon: if seen >= asked.times { Ico::Ok } else { Ico::Clock },
                                    words: of(seen, asked.times),
                                }
                            } }
                    }
                }
            }
        }
    }
}

#[component]
fn One(follow: FollowUp, act: Act, kind: Kind) -> Element {
    let mut open = use_signal(|| wanted("improvement-step", &format!("{} {act:?}", follow.id)));
    rsx! {
        Button { kind, test: act.test(), onclick: move |()| open.set(true), {act.title()} }
        if open() {
            Ask { follow, act, onclose: move |()| open.set(false) }
        }
    }
}

#[component]
fn Ask(follow: FollowUp, act: Act, onclose: EventHandler<()>) -> Element {
    let usual = follow.focus().map_or(10, |focus| focus.weekly_minutes.max(1));
    let mut note = use_signal(String::new);
    let mut minutes = use_signal(|| usual.to_string());
    let mut outcome = use_signal(|| None::<String>);
    let form = use_form("improvement-step", &format!("{} {act:?}", follow.id));
    form.keeps("note", note);
    form.keeps("minutes", minutes);
    form.keeps("outcome", outcome);
    let of = follow.id;
    let learned = reading::count(&minutes(), 1, 480);
    let ended = OUTCOMES.into_iter().find(|(value, _)| outcome().as_deref() == Some(*value));
    let mut wrong = Wrong::default();
    if act == Act::Close && ended.is_none() {
        wrong.say("improve-outcome", t("improve-outcome-missing"));
    }
    if act == Act::Learn && learned.is_none() {
        wrong.say("improve-minutes", t("improve-minutes-missing"));
    }
    wrong.unsaid("improve-words", &note());
    let shown = form.shown(&wrong);
    let send = move |()| {
        if form.refuses(&wrong) {
            return;
        }
        let note = note.peek().trim().to_owned();
        let step = match act {
            Act::Stage(stage) => {
                Step::ImprovementStaged(ImprovementStaged { of, stage, note, minutes: None })
            }
            Act::Learn => Step::ImprovementUpdated(ImprovementUpdated { of, note, minutes: learned }),
            Act::Note => Step::ImprovementUpdated(ImprovementUpdated { of, note, minutes: None }),
            Act::Close => {
                let Some((_, outcome)) = ended else { return };
                Step::ImprovementClosed(ImprovementClosed { of, outcome, note })
            }
        };
        go_on(form, step, move || onclose.call(()));
    };
    let studied = follow.was_studied();
    let can = |outcome: ImprovementOutcome| studied || outcome == ImprovementOutcome::Abandoned;
    let picks: Vec<Pick> = OUTCOMES
        .into_iter()
        .filter(|(_, outcome)| can(*outcome))
        .map(|(value, outcome)| Pick::new(value, words::outcome(outcome)))
        .collect();
    rsx! {
        Dialog { id: "improve-dialog", title: act.title(), onclose, busy: (form.busy)(),
            actions: rsx! { Button { busy: (form.busy)(), test: "improve-send", onclick: send, {t("follow-write")} } },
            Top { form }
            if act == Act::Close {
                if !studied { p { class: "hint", {t("improve-not-studied")} } }
                Pills { legend: t("improve-outcome"), name: "improve-outcome", error: shown.at("improve-outcome"), picks, chosen: outcome(),
                    onchoose: move |value: String| outcome.set(Some(value)) }
            }
            if act == Act::Learn {
                Field { label: t("improve-minutes"), id: "improve-minutes", error: shown.at("improve-minutes"), value: minutes(), number: Numbers::Counted,
                    oninput: move |text: String| minutes.set(text) }
            }
            Field { label: act.label(), id: "improve-words", error: shown.at("improve-words"), value: note(), rows: 4, longest: 4000,
                oninput: move |text: String| note.set(text) }
        }
    }
}
