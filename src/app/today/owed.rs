//! What is owed, in two parts: now and next. Long parts are grouped by kind, so that forty names are
//! a heading and three rows.

use dioxus::prelude::*;

use super::row::{OwedRow, group_title, kind};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Button, Empty, Ico, Kind, Rows, Section};
use crate::app::when;
use crate::engine::api::Owed;

/// Up to this many are one list in the engine's order; more are grouped by kind.
const FLAT: usize = 7;
/// So many of a group are shown before "show all".
const SHOWN: usize = 3;

#[component]
pub fn OwedList(owed: Vec<Owed>) -> Element {
    if owed.is_empty() {
        return rsx! {
            Section { title: t("owed-title"), test: "owed",
                Empty { icon: Ico::Ok, title: t("owed-nothing"), hint: t("owed-nothing-hint") }
            }
        };
    }
    let today = when::now().date_naive();
    let (next, now): (Vec<Owed>, Vec<Owed>) = owed.into_iter().partition(|one| one.is_next(today));
    rsx! {
        if now.is_empty() {
            Section { title: t("owed-now"), test: "owed",
                p { class: "hint", {t("owed-nothing")} }
            }
        } else {
            Part { title: t("owed-now"), test: "owed", part: now }
        }
        if !next.is_empty() { Part { title: t("owed-next"), test: "owed-next", part: next } }
    }
}

#[component]
fn Part(title: String, test: String, part: Vec<Owed>) -> Element {
    if part.len() <= FLAT {
        return rsx! {
            Section { title, test,
                Rows {
                    for (n , one) in part.into_iter().enumerate() {
                        OwedRow { key: "{n}", owed: one, titled: true }
                    }
                }
            }
        };
    }
    // By kind, in the order in which the first of each appears: the most urgent kind stays first.
    let mut groups: Vec<(&'static str, String, Vec<Owed>)> = Vec::new();
    for one in part {
        let kind = kind(&one);
        match groups.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, _, group)) => group.push(one),
            None => groups.push((kind, group_title(&one), vec![one])),
        }
    }
    rsx! {
        Section { title, test: test.clone(),
            for (kind , title , group) in groups {
                Group { key: "{kind}", test: "{test}-{kind}", title, group }
            }
        }
    }
}

#[component]
fn Group(test: String, title: String, group: Vec<Owed>) -> Element {
    let mut all = use_signal(|| false);
    let count = group.len();
    let shown = if all() { count } else { SHOWN.min(count) };
    let hidden = count > shown;
    rsx! {
        section { class: "section", "data-test": "{test}",
            div { class: "section-head",
                h3 { class: "group-title", {t_args("owed-group", &[("title", title.into()), ("n", count.into())])} }
                if hidden {
                    Button { kind: Kind::Quiet, test: "{test}-all", onclick: move |()| all.set(true), {t_args("owed-show-all", &[("n", count.into())])} }
                }
            }
            Rows {
                for (n , one) in group.into_iter().take(shown).enumerate() {
                    OwedRow { key: "{n}", owed: one, titled: false }
                }
            }
        }
    }
}
