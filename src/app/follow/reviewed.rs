//! A governance review read back: its answers, who was there, what was decided, and the figures as they
//! stood then.

use std::collections::BTreeMap;

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::i18n::t;
use crate::app::insight::figure_then;
use crate::app::today::join;
use crate::app::ui::{Chip, Ico, Row, Rows, Section, Tone};
use crate::app::when;
use crate::practice::follow::{Decision, FigureThen, GovernanceReviewed};

/// "October 2026", as it is everywhere.
pub fn month(body: &GovernanceReviewed) -> String {
    body.first().map_or_else(|| body.month.clone(), when::month_year)
}

/// The three answers in a line.
pub fn answers(body: &GovernanceReviewed) -> [(String, bool); 3] {
    [
        (t("month-role-specific"), body.role_specific),
        (t("month-validated"), body.validated_in_practice),
        (t("month-changed"), body.outcome_changed),
    ]
}

#[component]
pub fn Reviewed(body: GovernanceReviewed, names: BTreeMap<Uuid, String>) -> Element {
    let (leading, lagging): (Vec<FigureThen>, Vec<FigureThen>) =
        body.figures.iter().cloned().partition(|figure| figure.leading);
    rsx! {
        Section { title: t("review-answers"), test: "review-answers",
            Rows {
                for (question , yes) in answers(&body) {
                    Row { key: "{question}", title: question, test: "review-answer",
                        end: rsx! {
                            if yes {
                                Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("settings-yes") }
                            } else {
                                Chip { tone: Tone::Waiting, icon: Ico::No, words: t("settings-no") }
                            }
                        } }
                }
            }
        }
        Section { title: t("review-note"), test: "review-said",
            if body.note.is_empty() {
                p { class: "hint", {t("review-no-words")} }
            } else {
                p { class: "quote", {body.note.clone()} }
            }
            p { class: "hint", "data-test": "review-attendance",
                {join([t("review-attended"), if body.attended.is_empty() { t("review-not-kept") } else { body.attended.clone() }])}
            }
        }
        if !body.decisions.is_empty() {
            Section { title: t("review-decisions"), test: "review-decisions",
                Rows { for (n , one) in body.decisions.clone().into_iter().enumerate() { Decided { key: "{n}", one, names: names.clone() } } }
            }
        }
        if body.figures.is_empty() {
            p { class: "hint", "data-test": "review-no-figures", {t("review-figures-not-kept")} }
        } else {
            Then { title: t("month-leading"), figures: leading }
            Then { title: t("month-lagging"), figures: lagging }
        }
    }
}

#[component]
fn Decided(one: Decision, names: BTreeMap<Uuid, String>) -> Element {
    let owner = one.owner.and_then(|owner| names.get(&owner).cloned()).unwrap_or_default();
    rsx! {
        Row { title: one.what.clone(), detail: join([owner, one.due.map(when::full_day).unwrap_or_default()]), test: "review-decided" }
    }
}

/// Figures as they stood when the review was saved.
#[component]
fn Then(title: String, figures: Vec<FigureThen>) -> Element {
    rsx! {
        Section { title: join([title, t("review-then")]), test: "review-figures",
            Rows {
                for figure in figures {
                    {
                        let (name, said, before) = figure_then(&figure);
                        rsx! {
                            Row { key: "{figure.measure}", title: name, detail: join([said, before]), test: "figure-then",
                                end: rsx! {
                                    if figure.signals { Chip { tone: Tone::Waiting, icon: Ico::Chart, words: t("insight-signals") } }
                                } }
                        }
                    }
                }
            }
        }
    }
}
