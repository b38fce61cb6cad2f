//! Marks as large buttons, and what a miss asks next: what was wrong, and coaching in one tap.
//!
//! Invariant: each mark is a native radio button, so that keyboard and screen reader get what they
//! expect; icon and word say the same as the colour.

use dioxus::prelude::*;

use super::desk::{Send, desk};
use super::edit;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::ui::{Button, Ico, Icon, Kind};
use crate::app::when;
use crate::practice::draft::{Answer, Mark};
use crate::practice::standard::Item;

/// The marks that an item allows, in the order of the buttons.
#[must_use]
pub fn allowed(item: &Item) -> Vec<Mark> {
    let mut marks = vec![Mark::Met, Mark::NotMet];
    marks.extend(item.not_seen.then_some(Mark::NotSeen));
    marks.extend(item.not_applicable.then_some(Mark::NotApplicable));
    marks
}

/// The icon and the name in tests and styles of a mark.
#[must_use]
pub fn look(mark: Mark) -> (Ico, &'static str) {
    match mark {
        Mark::Met => (Ico::Ok, "met"),
        Mark::NotMet => (Ico::No, "not-met"),
        Mark::NotSeen => (Ico::NotSeen, "not-seen"),
        Mark::NotApplicable => (Ico::More, "not-applicable"),
        Mark::Unknown => (Ico::Info, "unknown"),
    }
}

/// The buttons of one item. `onmark` saves; a review uses them, too.
#[component]
pub fn Marks(
    item: Item,
    answer: Option<Answer>,
    labelled: String,
    described: Option<String>,
    invalid: bool,
    onmark: EventHandler<Mark>,
) -> Element {
    let given = answer.and_then(|answer| answer.mark);
    let name = format!("mark-{}", item.id);
    rsx! {
        div {
            class: "marks",
            role: "radiogroup",
            "aria-labelledby": labelled,
            "aria-describedby": described,
            "aria-invalid": if invalid { "true" },
            for mark in allowed(&item) {
                label { key: "{look(mark).1}", class: "mark", "data-mark": look(mark).1, "data-test": "mark-{look(mark).1}",
                    input {
                        r#type: "radio",
                        name: name.clone(),
                        value: look(mark).1,
                        checked: given == Some(mark),
                        onchange: move |_| onmark.call(mark),
                    }
                    span { class: "mark-face",
                        Icon { icon: look(mark).0 }
                        span { {names::mark(mark)} }
                    }
                }
            }
        }
    }
}

/// What a miss asks: the deviations, and coaching.
#[component]
pub fn Miss(item: Item, answer: Answer) -> Element {
    let desk = desk();
    let coached = edit::coaching(&desk.draft.read(), &item.id).cloned();
    let (id, undone) = (item.id.clone(), item.id.clone());
    let removed = coached.is_none() && desk.removed_coaching(&item.id);
    let mut coach = desk.coach;
    rsx! {
        div { class: "miss",
            if !item.deviations.is_empty() {
                fieldset { class: "ticks",
                    legend { {t("capture-deviations")} }
                    for deviation in item.deviations.clone() {
                        label { key: "{deviation.id}", class: "pill", "data-test": "deviation-{deviation.id}",
                            input {
                                r#type: "checkbox",
                                checked: answer.deviations.contains(&deviation.id),
                                onchange: {
                                    let (item, deviation) = (item.id.clone(), deviation.id.clone());
                                    move |_| {
                                        desk.edit(Some(&item), Send::Now, |draft, _| {
                                            edit::toggle_deviation(draft, &item, &deviation);
                                        });
                                    }
                                },
                            }
                            span { class: "pill-words", Icon { icon: Ico::Ok, class: "pill-tick" } {names::text(&deviation.text)} }
                        }
                    }
                }
            }
            div { class: "miss-coach",
                Button {
                    kind: if coached.is_some() { Kind::Ghost } else { Kind::Primary },
                    icon: Ico::Speech,
                    test: "coach-now",
                    onclick: move |()| coach.set(Some(id.clone())),
                    if coached.is_some() { {t("capture-coaching-change")} } else { {t("capture-coach-now")} }
                }
                if removed {
                    p { class: "hint", role: "status", "data-test": "coach-removed", {t("coach-removed")} }
                    Button { kind: Kind::Ghost, icon: Ico::Again, test: "coach-undo",
                        onclick: move |()| desk.edit(Some(&undone), Send::Now, |draft, stash| {
                            edit::restore_coaching(draft, stash, &undone);
                        }),
                        {t("coach-undo")}
                    }
                }
                if let Some(coaching) = coached {
                    p { class: "hint", "data-test": "coached",
                        match coaching.look_again {
                            Some(day) => t_args("capture-coached-again", &[("day", when::day_in(day).into())]),
                            None => t("capture-coached"),
                        }
                    }
                }
            }
        }
    }
}
