//! What is owed, in two parts: now and next. Long parts are grouped by kind, so that forty names are
//! a heading and three rows. A number in a heading is how many there are, not how many came along.

use dioxus::prelude::*;

use super::row::{OwedRow, group_title, kind};
use crate::app::ask::{PAGE, use_more};
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Button, Empty, Ico, Kind, More, Rows, Section, show, shown_of};
use crate::app::when;
use crate::engine::api::{Owed, OwedKind, OwedPage, OwedTotal, Request};

/// Up to this many are one list in the engine's order; more are grouped by kind.
const FLAT: usize = 7;
/// So many of a group are shown before "show all".
const SHOWN: usize = 3;

#[component]
pub fn OwedList(owed: Vec<Owed>, totals: Vec<OwedTotal>) -> Element {
    if owed.is_empty() {
        return rsx! {
            Section { title: t("owed-title"), test: "owed",
                Empty { icon: Ico::Ok, title: t("owed-nothing"), hint: t("owed-nothing-hint") }
            }
        };
    }
    let now = when::now();
    let (next, now): (Vec<Owed>, Vec<Owed>) = owed.into_iter().partition(|one| one.is_next(now));
    let (later, totals): (Vec<OwedTotal>, Vec<OwedTotal>) = totals.into_iter().partition(|one| one.next);
    rsx! {
        if now.is_empty() {
            Section { title: t("owed-now"), test: "owed",
                p { class: "hint", {t("owed-nothing")} }
            }
        } else {
            Part { title: t("owed-now"), test: "owed", part: now, totals }
        }
        if !next.is_empty() { Part { title: t("owed-next"), test: "owed-next", part: next, totals: later } }
    }
}

#[component]
fn Part(title: String, test: String, part: Vec<Owed>, totals: Vec<OwedTotal>) -> Element {
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
    // By kind, in the order in which the first of each appears: the gravest kind stays first.
    let mut groups: Vec<(OwedKind, String, Vec<Owed>)> = Vec::new();
    for one in part {
        let kind = one.kind();
        match groups.iter_mut().find(|(known, ..)| *known == kind) {
            Some((_, _, group)) => group.push(one),
            None => groups.push((kind, group_title(&one), vec![one])),
        }
    }
    let next = totals.first().is_some_and(|one| one.next);
    let total = |of: OwedKind, came: usize| {
        let came = u32::try_from(came).unwrap_or(u32::MAX);
        totals.iter().find(|one| one.kind == of).map_or(came, |one| one.total.max(came))
    };
    rsx! {
        Section { title, test: test.clone(),
            for (of , title , group) in groups {
                Group { key: "{of:?}", test: "{test}-{kind(of)}", title, total: total(of, group.len()), group, of, next }
            }
        }
    }
}

#[component]
fn Group(test: String, title: String, group: Vec<Owed>, total: u32, of: OwedKind, next: bool) -> Element {
    let mut all = use_signal(|| false);
    let came = u32::try_from(group.len()).unwrap_or(u32::MAX);
    let shown = if all() { group.len() } else { SHOWN.min(group.len()) };
    let hidden = group.len() > shown;
    rsx! {
        section { class: "section", "data-test": "{test}",
            div { class: "section-head",
                h3 { class: "group-title", {t_args("owed-group", &[("title", title.into()), ("n", total.into())])} }
                if hidden {
                    Button { kind: Kind::Quiet, test: "{test}-all", onclick: move |()| all.set(true), {t_args("owed-show-all", &[("n", total.into())])} }
                }
            }
            // More than came along with Today are asked for, page by page.
            if all() && total > came {
                Paged { of, next, test: "{test}-more" }
            } else {
                Rows {
                    for (n , one) in group.into_iter().take(shown).enumerate() {
                        OwedRow { key: "{n}", owed: one, titled: false }
                    }
                }
            }
        }
    }
}

/// All of a kind, fifty at a time.
#[component]
fn Paged(of: OwedKind, next: bool, test: String) -> Element {
    let limit = use_signal(|| PAGE);
    let asked = use_more::<OwedPage>(limit, |limit| Request::Owed { kind: of, next, limit });
    rsx! {
        {show(&asked, |page| rsx! {
            Rows {
                for (n , one) in page.rows.iter().cloned().enumerate() {
                    OwedRow { key: "{n}", owed: one, titled: false }
                }
            }
            {shown_of(page)}
            if page.has_more() { More { limit, test: test.clone() } }
        })}
    }
}
