//! A supervisor's answer to a scenario or a note sample: marks, feedback, and one of two outcomes.
//!
//! Invariants: the note is read-only here; what is marked and typed is kept for this person until it is
//! sent; sending happens once.

use std::collections::BTreeMap;

use dioxus::prelude::*;

use crate::app::ask::{Asked, use_ask};
use crate::app::capture::area::Area;
use crate::app::capture::marks::Marks;
use crate::app::capture::number::{self, NumberBox};
use crate::app::capture::{Held, Notes, choose};
use crate::app::form::{Top, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{
    Asking, Button, Chip, Empty, ErrorNote, Fault, Go, Ico, Icon, Kind, Page, Pick, Said, Section, Ticks,
    Tone,
};
use crate::app::{device, names, when};
use crate::engine::api::{RecordView, Reply, Request};
use crate::practice::draft::{Answer, Mark, Open};
use crate::practice::record::{Outcome, Review};
use crate::practice::standard::{Choice, Form, Item};
use crate::practice::verdict::check_review;

#[component]
pub fn ReviewPage(id: String) -> Element {
    let app = use_app();
    let record = id_of(&id).unwrap_or_default();
    let asked = use_ask::<RecordView>(Request::Record { record });
    let back = Route::RecordPage { id: id.clone() };
    match (asked, app.me()) {
        (Asked::Ready(view), Some(_)) if view.may.review => rsx! {
            Reviewing { key: "{id}", view: Held(view) }
        },
        // Somebody else was quicker, or it is not this person's to review.
        (Asked::Ready(_), _) => rsx! {
            Page { title: t("review-title"), back, test: "review",
                Empty { icon: Ico::Ok, title: t("review-not-now"), hint: t("review-not-now-hint"),
                    Go { to: Route::RecordPage { id }, class: "btn", test: "review-open-record", {t("done-open-record")} }
                }
            }
        },
        (Asked::Failed(failure), _) => {
            rsx! { Page { title: t("review-title"), back, ErrorNote { failure } } }
        }
        (Asked::Loading, _) => rsx! { Page { title: t("review-title"), back, Asking {} } },
    }
}

#[component]
fn Reviewing(view: Held<RecordView>) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let view = view.0;
    let record = view.row.id;
    let mut answers = use_signal(BTreeMap::<String, Answer>::new);
    let mut feedback = use_signal(String::new);
    let mut pressed = use_signal(|| false);
    let form = use_form("review", &record);
    form.keeps("answers", answers);
    form.keeps("feedback", feedback);
    let items = view.standard.as_ref().map(|standard| standard.review.clone()).unwrap_or_default();
    // What is open for the outcome that was pressed last; before, what is open for either.
    let mut asked_for = use_signal(|| Outcome::Rework);
    let said = move |outcome| Review {
        outcome,
        answers: answers.peek().clone(),
        feedback: feedback.peek().trim().to_owned(),
    };
    let _ = answers.read();
    let open: Vec<Open> = check_review(&items, &said(asked_for()));
    let no_feedback = feedback.read().trim().is_empty();
    let still = open.len() + usize::from(no_feedback);
    let (asked, all) = (items.clone(), items.clone());
    let send = move |outcome: Outcome| {
        asked_for.set(outcome);
        let review = said(outcome);
        let open = check_review(&asked, &review);
        let first = open.first().and_then(Open::item).map(|item| format!("item-{item}"));
        let empty = feedback.peek().trim().is_empty();
        if let Some(first) = first.or_else(|| empty.then(|| "feedback".to_owned())) {
            pressed.set(true);
            device::focus(&first);
            return;
        }
        form.send(Request::Review { record, review }, move |answer| match answer {
            Ok(Reply::NotYet(_)) => pressed.set(true),
            Ok(_) => {
                app.say(t("review-sent"));
                navigator.replace(Route::RecordPage { id: record.to_string() });
            }
            Err(failure) => app.say_failure(&failure),
        });
    };
    let (mut meets, mut rework) = (send.clone(), send);
    let (clock, over) = when::left(view.record.review_due());
    let tone = if over { Tone::Missed } else { Tone::Waiting };
    rsx! {
        Page { title: t("review-title"), back: Route::RecordPage { id: record.to_string() }, chip: false, test: "review",
            sub: join([names::text(&view.row.title), view.row.subject_name.clone()]),
            beside: rsx! { Chip { tone, icon: Ico::Clock, words: clock, test: "review-clock" } },
            foot: rsx! {
                div { class: "outcomes",
                    Button { kind: Kind::Ghost, icon: Ico::Pen, busy: (form.busy)(), test: "outcome-rework", onclick: move |()| rework(Outcome::Rework), {t("review-send-back")} }
                    Button { icon: Ico::Ok, busy: (form.busy)(), test: "outcome-meets", onclick: move |()| meets(Outcome::Meets), {t("review-accept")} }
                }
            },
            if pressed() && still > 0 {
                Fault { text: t_args("capture-open-points", &[("n", still.into())]) }
            }
            Top { form }
            Written { view: (*view).clone() }
            Section { title: t("review-marks"),
                for item in items {
                    ReviewItem {
                        key: "{item.id} {form.turn()}",
                        answer: answers.read().get(&item.id).cloned(),
                        error: open.iter().find(|open| pressed() && open.item() == Some(&item.id) && !number::is_at_field(open)).cloned(),
                        items: all.clone(),
                        item: item.clone(),
                        onanswer: move |answer| {
                            answers.with_mut(|answers| answers.insert(item.id.clone(), answer));
                        },
                    }
                }
            }
            section { class: "item", id: "review-feedback", "data-test": "review-feedback",
                label { class: "item-q", r#for: "feedback", {t("review-feedback")} }
                p { class: "item-look", {t("review-feedback-hint")} }
                if pressed() && no_feedback {
                    p { class: "item-error", Icon { icon: Ico::Warn } {t("review-feedback-missing")} }
                }
                for turn in [form.turn()] {
                    Area { key: "{turn}", id: "feedback", value: feedback.peek().clone(), least: 4, test: "feedback", invalid: pressed() && no_feedback,
                        oninput: move |text: String| feedback.set(text),
                    }
                }
            }
        }
    }
}

/// What was written, read-only, with the case it answers.
#[component]
fn Written(view: RecordView) -> Element {
    let content = &view.record.content;
    let Some(standard) = view.standard.clone() else {
        return rsx! { Fault { text: t("record-no-standard") } };
    };
    rsx! {
        if !standard.scenario.is_empty() {
            details { class: "item-good",
                summary { {t("capture-case")} }
                p { {names::text(&standard.scenario)} }
            }
        }
        for item in standard.items.iter().filter(|item| item.form != Form::Tasks).cloned() {
            section { key: "{item.id}", class: "note-card", "data-test": "written-{item.id}",
                h2 { {names::text(&item.text)} }
                Said { text: crate::app::record::whole(Some(&item), content.answers.get(&item.id)) }
            }
        }
        if !content.note.is_empty() {
            section { class: "note-card",
                h2 { {t("capture-note")} }
                Said { text: content.note.clone() }
            }
        }
        p { class: "hint", {t_args("review-written", &[("when", when::day_time_in(view.record.written_at()).into())])} }
    }
}

/// One thing that the reviewer looks at.
#[component]
fn ReviewItem(
    item: Item,
    answer: Option<Answer>,
    error: Option<Open>,
    /// All that the reviewer looks at.
    items: Vec<Item>,
    onanswer: EventHandler<Answer>,
) -> Element {
    let question = format!("q-{}", item.id);
    let labelled = question.clone();
    let error_id = format!("e-{}", item.id);
    let described = error.is_some().then(|| error_id.clone());
    let given = answer.clone().unwrap_or_default();
    // The choice that was made, where it asks for words.
    let asks = |choice: &&Choice| choice.note && Some(&choice.id) == given.choice.as_ref();
    let noted = item.choices.iter().find(asks).map(|choice| choice.id.clone());
    let mut notes = use_signal(Notes::new);
    rsx! {
        section { class: "item", id: "item-{item.id}", tabindex: "-1", "data-test": "item-{item.id}", "aria-labelledby": question.clone(),
            if item.critical {
                p { class: "item-head", span { class: "item-flag critical", {t("capture-critical")} } }
            }
            h3 { class: "item-q", id: question.clone(), {names::text(&item.text)} }
            if !item.look.is_empty() {
                p { class: "item-look", {names::text(&item.look)} }
            }
            if let Some(error) = &error {
                p { class: "item-error", id: error_id, Icon { icon: Ico::Warn } {number::wrong(error, &item, &items)} }
            }
            match item.form {
                Form::Choice => rsx! {
                    crate::app::ui::Pills { legend: names::text(&item.text), quiet_legend: true, name: "choice-{item.id}",
                        picks: item.choices.iter().map(|choice| Pick::new(choice.id.clone(), names::text(&choice.text))).collect::<Vec<_>>(),
                        chosen: given.choice.clone(),
                        onchoose: {
                            let (item, given) = (item.clone(), given.clone());
                            move |choice: String| {
                                let mut given = given.clone();
                                notes.with_mut(|notes| choose(&mut given, notes, &item, &choice));
                                onanswer.call(given);
                            }
                        },
                    }
                    // A list of one or none: with another choice the field is another field.
                    for (choice , given) in noted.map(|choice| (choice, given.clone())) {
                        div { key: "{choice}", class: "choice-note",
                            label { class: "label", r#for: "n-{item.id}", {t("capture-choice-note")} }
                            Area { id: "n-{item.id}", value: given.text.clone(), test: "note",
                                oninput: move |text: String| onanswer.call(Answer { text, ..given.clone() }),
                            }
                        }
                    }
                },
                Form::Number => rsx! {
                    NumberBox { item: item.clone(), answer: answer.clone(), labelled: labelled.clone(), described: described.clone(), invalid: error.is_some(),
                        oninput: {
                            let kind = item.number_kind();
                            move |text: String| {
                                let mut given = given.clone();
                                given.type_number(&text, kind);
                                onanswer.call(given);
                            }
                        },
                    }
                },
                Form::Text | Form::Tasks => rsx! {
                    Area { id: "a-{item.id}", labelled: labelled.clone(), described: described.clone(), value: given.text.clone(), test: "text",
                        oninput: move |text: String| onanswer.call(Answer { text, ..given.clone() }),
                    }
                },
                Form::Mark => rsx! {
                    Marks { invalid: error.is_some(), item: item.clone(), answer: answer.clone(), labelled: labelled.clone(), described: described.clone(),
                        onmark: {
                            let given = given.clone();
                            move |mark| {
                                let deviations = if mark == Mark::NotMet { given.deviations.clone() } else { Vec::new() };
                                onanswer.call(Answer { mark: Some(mark), deviations, ..given.clone() });
                            }
                        },
                    }
                    if given.mark == Some(Mark::NotMet) && !item.deviations.is_empty() {
                        Ticks { legend: t("loop-error-type"), name: "errors-{item.id}", chosen: given.deviations.clone(),
                            picks: item.deviations.iter().map(|one| Pick::new(one.id.clone(), names::text(&one.text))).collect::<Vec<_>>(),
                            onchoose: move |deviations: Vec<String>| onanswer.call(Answer { deviations, ..given.clone() }),
                        }
                    }
                },
            }
        }
    }
}
