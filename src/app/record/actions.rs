//! What the reader may do with a record. Buttons that would be refused are not there.
//!
//! Invariant: each act asks for its reason or word in a dialog, is sent once, and says what came of it.

use dioxus::prelude::*;
use uuid::Uuid;

use super::model;
use crate::app::codes;
use crate::app::form::{Top, use_form, wanted};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Dialog, Field, Go, Ico, Kind};
use crate::engine::api::{RecordView, Reply, Request};
use crate::practice::record::State;
use crate::practice::standard::Class;

/// The acts that ask for a word first.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Act {
    Acknowledge,
    ReadBack,
    /// Of these questions: what is asked meanwhile stays open.
    Answer(Vec<Uuid>),
    /// To what the person whom it is about said.
    Reply(Vec<Uuid>),
    /// By the person whom it is about, once they acknowledged it.
    Ask,
    Return,
    Withdraw,
}

/// What an act is called by the code that its form is kept under.
#[must_use]
pub fn act_title(code: &str) -> String {
    let acts = [
        Act::Acknowledge,
        Act::ReadBack,
        Act::Answer(Vec::new()),
        Act::Reply(Vec::new()),
        Act::Ask,
        Act::Return,
        Act::Withdraw,
    ];
    let known = acts.into_iter().find(|act| act.code() == code);
    known.map_or_else(|| t("record-title"), |act| act.title())
}

impl Act {
    /// Whether its form was tapped in the list of what was not sent.
    fn wanted(self, record: Uuid) -> Option<Act> {
        wanted("act", &format!("{record} {}", self.code())).then_some(self)
    }

    /// Under which what is typed is kept: also where one more question was asked meanwhile.
    fn code(&self) -> &'static str {
        match self {
            Act::Answer(_) => "answer",
            Act::Reply(_) => "reply",
            Act::Ask => "ask",
            Act::Acknowledge => "acknowledge",
            Act::ReadBack => "read-back",
            Act::Return => "return",
            Act::Withdraw => "withdraw",
        }
    }

    fn title(&self) -> String {
        match self {
            Act::Answer(_) => t("act-answer"),
            Act::Reply(_) => t("act-reply"),
            Act::Acknowledge => t("act-acknowledge"),
            Act::ReadBack => t("act-read-back"),
            Act::Ask | Act::Return => t("act-return"),
            Act::Withdraw => t("act-withdraw"),
        }
    }

    fn label(&self) -> String {
        match self {
            Act::Answer(_) | Act::Reply(_) => t("act-answer-word"),
            Act::Acknowledge => t("act-acknowledge-word"),
            Act::ReadBack => t("act-read-back-word"),
            Act::Ask | Act::Return => t("act-return-question"),
            Act::Withdraw => t("act-withdraw-reason"),
        }
    }

    fn hint(&self) -> String {
        match self {
            Act::Answer(_) => t("act-answer-hint"),
            Act::Reply(_) => t("act-reply-hint"),
            Act::Ask => t("act-ask-hint"),
            Act::Acknowledge => t("act-acknowledge-hint"),
            Act::ReadBack => t("act-read-back-hint"),
            Act::Return => t("act-return-hint"),
            Act::Withdraw => t("act-withdraw-hint"),
        }
    }

    fn done(&self) -> String {
        match self {
            Act::Answer(_) | Act::Reply(_) => t("act-answered"),
            Act::Acknowledge | Act::ReadBack => t("act-acknowledged"),
            Act::Ask | Act::Return => t("act-returned"),
            Act::Withdraw => t("act-withdrawn"),
        }
    }

    fn request(self, record: Uuid, words: String) -> Request {
        match self {
            Act::Acknowledge | Act::ReadBack | Act::Ask => Request::Acknowledge { record, note: words },
            Act::Answer(questions) | Act::Reply(questions) => {
                Request::Answer { record, questions, note: words }
            }
            Act::Return => Request::Return { record, reason: words },
            Act::Withdraw => Request::Withdraw { record, reason: words },
        }
    }

    /// Whether it can be done without a word.
    fn optional(&self) -> bool {
        matches!(self, Act::Acknowledge | Act::ReadBack)
    }
}

/// The one thing that this reader most likely came for, in the thumb's reach.
pub fn foot(view: &RecordView) -> Option<Element> {
    let (record, may) = (view.row.id, view.may);
    let class = view.row.class;
    if may.review {
        return Some(rsx! {
            Go { to: Route::ReviewPage { id: record.to_string() }, class: "btn", test: "go-review", {t("act-review")} }
        });
    }
    if may.acknowledge {
        return Some(rsx! { Acknowledge { record, class } });
    }
    if may.amend && view.record.state == State::Conflict {
        return Some(rsx! {
            Go { to: Route::SettlePage { id: record.to_string() }, class: "btn", test: "go-settle", span { class: "btn-words", {t("act-settle")} } }
        });
    }
    if may.answer {
        return Some(rsx! { Answer { record, questions: view.record.asking.clone() } });
    }
    if may.amend && model::corrects_first(&view.record, view.me) {
        return Some(rsx! { Amend { record, state: view.record.state, kind: Kind::Primary } });
    }
    None
}

#[component]
fn Acknowledge(record: Uuid, class: Class) -> Element {
    let mut act = use_signal(|| Act::Acknowledge.wanted(record).or_else(|| Act::ReadBack.wanted(record)));
    let wanted = if class == Class::Handoff { Act::ReadBack } else { Act::Acknowledge };
    let title = wanted.title();
    rsx! {
        Button { icon: Ico::Ok, test: "acknowledge", onclick: move |()| act.set(Some(wanted.clone())), {title} }
        if let Some(now) = act() {
            Ask { record, act: now, onclose: move |()| act.set(None) }
        }
    }
}

#[component]
fn Answer(record: Uuid, questions: Vec<Uuid>) -> Element {
    let asked = questions.clone();
    let mut act = use_signal(|| Act::Answer(asked).wanted(record));
    let wanted = Act::Answer(questions);
    let title = wanted.title();
    rsx! {
        Button { icon: Ico::Speech, test: "answer", onclick: move |()| act.set(Some(wanted.clone())), {title} }
        if let Some(now) = act() {
            Ask { record, act: now, onclose: move |()| act.set(None) }
        }
    }
}

/// Opens a draft that amends, corrects or reworks the record.
#[component]
fn Amend(record: Uuid, state: State, kind: Kind) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut busy = use_signal(|| false);
    rsx! {
        Button { kind, icon: Ico::Pen, busy: busy(), test: "amend",
            onclick: move |()| {
                busy.set(true);
                spawn(async move {
                    match app.run(Request::BeginAmend { record, reason: String::new() }).await {
                        Ok(Reply::Draft(view)) => {
                            navigator.push(Route::Fill { id: view.draft.id.to_string() });
                        }
                        Ok(_) => {}
                        Err(failure) => app.say_failure(&failure),
                    }
                    busy.set(false);
                });
            },
            match state {
                State::Rework => t("act-rework"),
                State::Returned => t("act-correct"),
                _ => t("act-amend"),
            }
        }
    }
}

/// The rarer acts, at the end of the page.
#[component]
pub fn Actions(view: RecordView) -> Element {
    let record = view.row.id;
    let may = view.may;
    let mut act = use_signal(|| {
        let replies = view.record.open_replies().map(|reply| reply.event).collect();
        let offered = [
            (may.reply, Act::Reply(replies)),
            (may.ask, Act::Ask),
            (may.send_back, Act::Return),
            (may.withdraw, Act::Withdraw),
        ];
        offered.into_iter().filter(|(may, _)| *may).find_map(|(_, act)| act.wanted(record))
    });
    let state = view.record.state;
    let in_foot = !may.review
        && !may.acknowledge
        && !may.answer
        && (state == State::Conflict || model::corrects_first(&view.record, view.me));
    let replies: Vec<Uuid> = view.record.open_replies().map(|reply| reply.event).collect();
    if !(may.amend || may.send_back || may.withdraw || may.coach || may.reply || may.ask) {
        return rsx! {};
    }
    rsx! {
        div { class: "btn-row record-actions", "data-test": "record-actions",
            if may.reply {
                Button { kind: Kind::Ghost, icon: Ico::Speech, test: "reply", onclick: move |()| act.set(Some(Act::Reply(replies.clone()))), {t("act-reply")} }
            }
            if may.ask {
                Button { kind: Kind::Ghost, icon: Ico::Speech, test: "ask", onclick: move |()| act.set(Some(Act::Ask)), {Act::Ask.title()} }
            }
            if may.amend && !in_foot {
                Amend { record, state, kind: Kind::Ghost }
            }
            if may.coach {
                Go { to: Route::CyclePage { record: record.to_string() }, class: "btn ghost", test: "open-cycle", span { class: "btn-words", {t("cycle-title")} } }
            }
            if may.send_back {
                Button { kind: Kind::Ghost, icon: Ico::Back, test: "return", onclick: move |()| act.set(Some(Act::Return)), {Act::Return.title()} }
            }
            if may.withdraw {
                Button { kind: Kind::Danger, icon: Ico::No, test: "withdraw", onclick: move |()| act.set(Some(Act::Withdraw)), {Act::Withdraw.title()} }
            }
        }
        if let Some(now) = act() {
            Ask { record, act: now, onclose: move |()| act.set(None) }
        }
    }
}

/// The dialog of one act.
#[component]
fn Ask(record: Uuid, act: Act, onclose: EventHandler<()>) -> Element {
    let app = use_app();
    let mut words = use_signal(String::new);
    let mut missing = use_signal(|| false);
    let form = use_form("act", &format!("{record} {}", act.code()));
    form.keeps("words", words);
    let optional = act.optional();
    let (title, hint, label) = (act.title(), act.hint(), act.label());
    let kind = if act == Act::Withdraw { Kind::Danger } else { Kind::Primary };
    let send = move |()| {
        if words.peek().trim().is_empty() && !optional {
            missing.set(true);
            crate::app::device::focus("act-words");
            return;
        }
        let said = act.done();
        form.send(act.clone().request(record, words.peek().trim().to_owned()), move |answer| match answer {
            Ok(Reply::NotYet(_)) => missing.set(true),
            Ok(_) => {
                app.say(said);
                onclose.call(());
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    };
    rsx! {
        Dialog { id: "act", title: title.clone(), onclose, busy: (form.busy)(),
            actions: rsx! {
                Button { kind, busy: (form.busy)(), test: "act-send", onclick: send, {title} }
            },
            p { class: "hint", {hint} }
            Top { form }
            Field { label, id: "act-words", value: words(), rows: 3, optional, longest: 2000,
                error: if missing() { t("act-words-missing") } else { String::new() },
                oninput: move |text: String| {
                    missing.set(false);
                    words.set(text);
                },
            }
        }
    }
}
