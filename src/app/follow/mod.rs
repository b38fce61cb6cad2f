//! What is followed up: the list, one of them with its evidence and history, and how one begins.
//!
//! `words` says it, `view` shows it, `acts` go on with it, `going` is what goes on day by day; `cycle`,
//! `coach` and `report` begin. Invariant: an
//! act that the engine would refuse for want of evidence says what is wanting, in the same words
//! that the page shows it in.

mod action;
mod acts;
mod begun;
mod coach;
mod cycle;
mod going;
mod in_force;
mod report;
mod restriction;
mod view;
mod words;

use dioxus::prelude::*;

pub use action::{ActionPage, NewActionPage, PatternActionPage};
pub use acts::send_step;
pub use begun::begin;
pub use coach::CoachPage;
pub use cycle::CyclePage;
pub use going::Aid;
pub use in_force::InForce;
pub use report::ReportPage;
pub use restriction::RestrictPage;
pub use words::{action, category, class_icon, gap, source, stage, step as step_words, what, work};

use self::view::FollowDetail;
use crate::app::ask::{Asked, use_ask};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::today::join;
use crate::app::ui::{Asking, Chip, Empty, ErrorNote, Go, Ico, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{FollowUpFilter, FollowUpRow, FollowUpView, Request};

#[component]
pub fn FollowsPage() -> Element {
    let asked = use_ask::<Vec<FollowUpRow>>(Request::FollowUps { filter: FollowUpFilter::default() });
    let foot = rsx! {
        Go { to: Route::ReportPage {}, class: "btn", test: "begin-report", {t("report-title")} }
    };
    rsx! {
        Page { title: t("follow-title"), back: Route::MorePage {}, foot, test: "follows",
            {show(&asked, |rows| {
                let (open, ended): (Vec<_>, Vec<_>) =
                    rows.iter().cloned().partition(|row| row.follow.state.is_open());
                rsx! {
                    if rows.is_empty() {
                        Empty { icon: Ico::Flag, title: t("follow-none"), hint: t("follow-none-hint") }
                    }
                    if !open.is_empty() {
                        Section { title: t("follow-open"), test: "follow-open",
                            Rows { for row in open { FollowLine { key: "{row.follow.id}", row } } }
                        }
                    }
                    if !ended.is_empty() {
                        Section { title: t("follow-ended"), test: "follow-ended",
                            Rows { for row in ended { FollowLine { key: "{row.follow.id}", row } } }
                        }
                    }
                }
            })}
        }
    }
}

/// One of them as a row of a list.
#[component]
pub fn FollowLine(row: FollowUpRow) -> Element {
    let follow = &row.follow;
    let (words, icon, tone) = words::state(follow);
    let due = follow.due.map(when::day).unwrap_or_default();
    rsx! {
        Row {
            to: Route::FollowPage { id: follow.id.to_string() },
            icon: class_icon(follow.class),
            tone: Tone::Brand,
            title: follow.title().to_owned(),
            detail: join([what(follow), row.subject_name.clone(), row.site_name.clone(), due]),
            test: "follow-row",
            end: rsx! { Chip { tone, icon, words } },
        }
    }
}

#[component]
pub fn FollowPage(id: String) -> Element {
    let id = id_of(&id).unwrap_or_default();
    match use_ask::<FollowUpView>(Request::FollowUp { id }) {
        Asked::Loading => rsx! {
            Page { title: t("follow-title"), back: Route::FollowsPage {}, test: "follow", Asking {} }
        },
        Asked::Failed(failure) => rsx! {
            Page { title: t("follow-title"), back: Route::FollowsPage {}, test: "follow", ErrorNote { failure } }
        },
        Asked::Ready(view) => rsx! {
            Page {
                title: what(&view.follow),
                sub: join([view.row.subject_name.clone(), view.row.site_name.clone()]),
                back: Route::FollowsPage {},
                foot: going::foot(&view).or_else(|| acts::foot(&view)),
                test: "follow",
                FollowDetail { key: "{id}", view: (*view).clone() }
            }
        },
    }
}
