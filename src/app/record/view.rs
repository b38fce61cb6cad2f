//! One record: what it comes to, what was answered, what was said, and how it came to be.

use dioxus::prelude::*;

use super::actions::Actions;
use super::answers::{Answers, Raw};
use super::dispute::{Disputes, Merged, Told};
use super::fields::author;
use super::history::History;
use super::model::{self, Comes};
use crate::app::i18n::{t, t_args};
use crate::app::refused::Refused;
use crate::app::route::Route;
use crate::app::today::join;
use crate::app::ui::{Banner, Chip, ChipLink, Fault, Heard, Ico, Icon, Row, Rows, Said, Section, Tone};
use crate::app::{codes, names, when};
use crate::engine::api::{RecordView, Sent, TaskRow};
use crate::practice::clock;
use crate::practice::draft::{Coaching, Content};
use crate::practice::record::{Entry, State, Verdict};
use crate::practice::standard::Standard;

#[component]
pub fn RecordDetail(view: RecordView) -> Element {
    let record = &view.record;
    let content = &record.content;
    let standard = view.standard.as_ref();
    let withdrawn = record.history.iter().rev().find(|entry| entry.verb == "withdrawn");
    rsx! {
        div { class: "record",
            Top { view: view.clone() }
            Told { view: view.clone() }
            Heard { events: view.heard.clone() }
            Questions { view: view.clone() }
            if record.state == State::Withdrawn {
                Banner { tone: Tone::Waiting, icon: Ico::No, title: t("record-withdrawn"), text: withdrawn.map(|entry| entry.text.clone()).unwrap_or_default() }
            }
            if let Some((review, void)) = record.review().and_then(|entry| Some((entry.review.clone()?, entry.void))) {
                Banner {
                    tone: if void || record.state == State::Rework { Tone::Waiting } else { Tone::Proven },
                    icon: Ico::Speech, title: if void { t("review-void") } else { names::outcome(review.outcome) }, text: review.feedback.clone(), test: "record-feedback",
                }
                if let Some(standard) = standard {
                    Answers { items: standard.review.clone(), answers: review.answers.clone() }
                }
            }
            if record.state == State::Conflict {
                Disputes { view: view.clone() }
            } else if record.is_merged() {
                Merged { view: view.clone() }
            }
            match standard {
                Some(standard) => rsx! {
                    if !standard.scenario.is_empty() {
                        details { class: "item-good",
                            summary { {t("capture-case")} }
                            p { {names::text(&standard.scenario)} }
                        }
                    }
                    Answers { items: standard.items.clone(), answers: content.answers.clone() }
                    Raw { answers: strangers(Some(standard), content) }
                },
                None => rsx! {
                    Fault { text: t("record-no-standard") }
                    Raw { answers: strangers(None, content) }
                },
            }
            if !content.coaching.is_empty() {
                Coached { coaching: content.coaching.clone(), standard: view.standard.clone() }
            }
            if !view.tasks.is_empty() {
                Tasks { tasks: view.tasks.clone() }
            }
            if !content.note.is_empty() {
                Section { title: t("capture-note"), Said { text: content.note.clone() } }
            }
            Facts { view: view.clone() }
            History { view: view.clone() }
            Refused { rows: view.refused.clone() }
            Actions { view: view.clone() }
            Proof { view: view.clone() }
        }
    }
}

fn strangers(
    standard: Option<&Standard>,
    content: &Content,
) -> Vec<(String, crate::practice::draft::Answer)> {
    let raw = model::strangers(standard, &content.answers);
    raw.into_iter().map(|(id, answer)| (id.clone(), answer.clone())).collect()
}

/// Who asked what and when, while it waits; what the person whom it is about said; and what was answered.
#[component]
fn Questions(view: RecordView) -> Element {
    let record = &view.record;
    let asked = |entry: &Entry| t_args("record-asked", &[("name", author(entry, &view).into())]);
    let answered = |entry: &Entry| t_args("record-answered", &[("name", author(entry, &view).into())]);
    let replied = |entry: &Entry| t_args("record-replied", &[("name", author(entry, &view).into())]);
    let waits = record.state == State::Returned;
    let whose = view.names.get(&record.author).cloned().unwrap_or_else(|| t("record-someone"));
    let mine = |entry: &&Entry| entry.author == view.me;
    rsx! {
        for entry in record.questions().filter(|_| waits).filter(mine) {
            Banner { key: "{entry.event}", tone: Tone::Waiting, icon: Ico::Clock, title: t_args("record-waits", &[("name", whose.clone().into())]),
                text: join([when::day_time(entry.at), entry.text.clone()]), test: "record-waits" }
        }
        for entry in record.questions().filter(|_| waits).filter(|entry| !mine(entry)) {
            Banner { key: "{entry.event}", tone: Tone::Missed, icon: Ico::Back, title: join([asked(entry), when::day_time(entry.at)]), text: entry.text.clone(), test: "record-question" }
        }
        for entry in record.replies() {
            Banner { key: "{entry.event}", tone: Tone::Plain, icon: Ico::Speech, title: join([replied(entry), when::day_time(entry.at)]), text: entry.text.clone(), test: "record-reply" }
        }
        for (entry , _) in record.answered() {
            Banner { key: "{entry.event}", tone: Tone::Proven, icon: Ico::Speech, title: join([answered(entry), when::day_time(entry.at)]), text: entry.text.clone(), test: "record-answer" }
        }
    }
}

/// The verdict in words, and how far the record got.
#[component]
fn Top(view: RecordView) -> Element {
    let (words, icon, tone) = comes_in_words(&view.row.verdict, view.standard.as_ref());
    let (state, state_icon, state_tone) = names::state(view.record.state);
    let (sent, sent_icon, sent_tone) = names::sent(&view.row.sent);
    rsx! {
        div { class: "verdict",
            // While two versions stand, neither is what it comes to.
            if !words.is_empty() && view.record.state != State::Conflict {
                p { class: "verdict-words", "data-test": "verdict",
                    span { class: "st {tone.class()}", Icon { icon } }
                    span { {words} }
                }
            }
            Chip { tone: state_tone, icon: state_icon, words: state, test: "record-state" }
            Chip { tone: sent_tone, icon: sent_icon, words: sent, test: "record-sent" }
        }
        if let Sent::NeedsYou { code, .. } | Sent::DealtWith { code } = &view.row.sent {
            Banner { tone: sent_tone, icon: sent_icon, title: t("done-set-aside"), text: codes::quarantine(code), test: "record-set-aside", ChipLink {} }
        }
    }
}

/// What a filled standard comes to: words, icon, tone. No words where nothing is weighed.
#[must_use]
pub fn comes_in_words(verdict: &Verdict, standard: Option<&Standard>) -> (String, Ico, Tone) {
    match model::comes(verdict, standard) {
        Comes::Met => (t("verdict-met"), Ico::Ok, Tone::Proven),
        // The rule, where something was missed.
        Comes::MetShare { met, of, needed } => {
            let words = t_args(
                "verdict-met-share",
                &[("met", met.into()), ("of", of.into()), ("needed", needed.into())],
            );
            (words, Ico::Ok, Tone::Proven)
        }
        Comes::Critical => (t("verdict-critical"), Ico::No, Tone::Missed),
        Comes::Share { met, seen, needed } => {
            let words = t_args(
                "verdict-share",
                &[("met", met.into()), ("seen", seen.into()), ("needed", needed.into())],
            );
            (words, Ico::No, Tone::Missed)
        }
        Comes::CriticalUnseen => (t("verdict-critical-unseen"), Ico::NotSeen, Tone::Waiting),
        Comes::TooLittle { unseen, of } => {
            let words = t_args("verdict-too-little", &[("n", unseen.into()), ("of", of.into())]);
            (words, Ico::NotSeen, Tone::Waiting)
        }
        Comes::Own => (t("verdict-own"), Ico::NotSeen, Tone::Plain),
        Comes::Declined => (t("verdict-declined"), Ico::NotSeen, Tone::Plain),
        Comes::NothingSeen => (t("verdict-nothing-seen"), Ico::NotSeen, Tone::Plain),
        Comes::NotJudged { unknown: 0 } => (String::new(), Ico::Ok, Tone::Plain),
        Comes::NotJudged { unknown } if standard.is_some_and(|standard| standard.class.is_observation()) => {
            (t_args("verdict-unknown-open", &[("n", unknown.into())]), Ico::Warn, Tone::Waiting)
        }
        Comes::NotJudged { unknown } => {
            (t_args("verdict-unknown", &[("n", unknown.into())]), Ico::Warn, Tone::Waiting)
        }
    }
}

#[component]
fn Coached(coaching: Vec<Coaching>, standard: Option<Standard>) -> Element {
    let item = |id: &str| {
        let item = standard.as_ref().and_then(|standard| standard.item(id));
        item.map_or_else(|| id.to_owned(), |item| names::text(&item.text))
    };
    let refresher = |id: &Option<String>| {
        let known =
            id.as_deref().and_then(|id| standard.as_ref().and_then(|standard| standard.refresher(id)));
        known.map(|refresher| (names::text(&refresher.title), names::text(&refresher.text)))
    };
    rsx! {
        Section { title: t("record-coaching"), test: "record-coaching",
            for said in coaching {
                div { key: "{said.item}", class: "card",
                    p { class: "row-title", {item(&said.item)} }
                    if !said.said.is_empty() {
                        Said { text: said.said.clone() }
                    }
                    if let Some((title , text)) = refresher(&said.refresher) {
                        if text.trim().is_empty() {
                            p { class: "hint", {t_args("record-refresher", &[("title", title.into())])} }
                        } else {
                            details { class: "item-good", "data-test": "record-refresher",
                                summary { {t_args("record-refresher", &[("title", title.into())])} }
                                Said { text }
                            }
                        }
                    }
                    if let Some(day) = said.look_again {
                        p { class: "hint", {t_args("record-look-again", &[("day", when::day_in(day).into())])} }
                    }
                }
            }
        }
    }
}

#[component]
fn Tasks(tasks: Vec<TaskRow>) -> Element {
    rsx! {
        Section { title: t("capture-tasks"), test: "record-tasks",
            Rows {
                for row in tasks {
                    TaskLine { key: "{row.task.id}", row }
                }
            }
        }
    }
}

#[component]
fn TaskLine(row: TaskRow) -> Element {
    let (words, icon, tone) = names::task_state(row.task.state);
    let due = row.task.due.map(|due| t_args("capture-task-by", &[("when", when::short_in(due).into())]));
    let detail = join([row.owner_name.clone(), due.unwrap_or_default(), row.task.note.clone()]);
    rsx! {
        Row { to: Route::TasksPage {}, icon, tone, title: row.task.text.clone(), detail,
            end: rsx! { Chip { tone, icon, words } },
        }
    }
}

/// Who, where, when: both times where they differ.
#[component]
fn Facts(view: RecordView) -> Element {
    let record = &view.record;
    let content = &record.content;
    let back_dated = content.happened_at.is_some();
    let arrived = view.arrived.filter(|arrived| clock::apart(*arrived, record.at)).map(when::here);
    rsx! {
        Section { title: t("record-facts"), test: "record-facts",
            dl { class: "card",
                div { class: "kv", dt { {t("record-by")} } dd { {view.row.author_name.clone()} } }
                if !view.row.subject_name.is_empty() {
                    div { class: "kv", dt { {t("record-about")} } dd { {view.row.subject_name.clone()} } }
                }
                if !view.row.site_name.is_empty() {
                    div { class: "kv", dt { {t("record-site")} } dd { {view.row.site_name.clone()} } }
                }
                if back_dated {
                    div { class: "kv", dt { {t("record-happened")} } dd { {when::day_time(record.happened_at())} } }
                }
                if let Some(begun) = content.begun_at {
                    div { class: "kv", dt { {t("record-begun")} } dd { {when::day_time(begun)} } }
                }
                div { class: "kv", dt { {t("record-recorded")} } dd { {when::day_time(record.at)} } }
                if let Some(arrived) = arrived {
                    div { class: "kv", "data-test": "record-arrived", dt { {t("record-arrived")} } dd { {when::exact(arrived)} } }
                }
                if let Some(shift) = content.shift {
                    div { class: "kv", dt { {t("capture-shift")} } dd { {names::shift(shift)} } }
                }
                if let Some(consent) = content.consent {
                    div { class: "kv", dt { {t("capture-consent-short")} } dd { {names::consent(consent)} } }
                }
                if !content.person_code.is_empty() {
                    div { class: "kv", dt { {t("capture-code")} } dd { {content.person_code.clone()} } }
                }
            }
        }
    }
}

/// What somebody needs who wants to compare it with another copy.
#[component]
fn Proof(view: RecordView) -> Element {
    let record = &view.record;
    let newest = record.history.last().map_or(record.id, |entry| entry.event);
    rsx! {
        details { class: "item-good", "data-test": "record-proof",
            summary { {t("record-proof")} }
            p { {t("record-proof-hint")} }
            p { class: "hint", {t("record-first-event")} }
            p { class: "mono", "data-test": "fingerprint", {model::fingerprint(record.id)} }
            if newest != record.id {
                p { class: "hint", {t("record-newest-event")} }
                p { class: "mono", {model::fingerprint(newest)} }
            }
            p { class: "hint", {t_args("record-version-seconds", &[
                ("version", record.content.standard.version.to_string().into()),
                ("time", when::clock(record.content.seconds).into()),
            ])} }
        }
    }
}
