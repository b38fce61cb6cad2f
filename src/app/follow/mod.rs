//! What is followed up: the list, one of them with its evidence and history, and how one begins.
//!
//! `words` says it, `view` shows it, `acts` go on with it, `going` is what goes on day by day; `cycle`,
//! `coach` and `report` begin. Invariant: an
//! act that the engine would refuse for want of evidence says what is wanting, in the same words
//! that the page shows it in.

mod action;
mod acts;
mod assign;
mod begun;
mod coach;
mod cycle;
mod going;
mod in_force;
mod items;
mod report;
mod restriction;
pub mod reviewed;
mod view;
mod words;

use dioxus::prelude::*;

pub use action::{ActionPage, NewActionPage, PatternActionPage};
pub use acts::{act_title, done_at};
pub use assign::{Among, Who};
pub use begun::{begin_from, go_on, send_begun, written};
pub use coach::CoachPage;
pub use cycle::CyclePage;
pub use going::Aid;
pub use in_force::InForce;
pub use report::ReportPage;
pub use restriction::RestrictPage;
pub use words::{
    action, category, class_icon, entered_words, gap, harm, later, log, outcome, refused, source, stage,
    state, state_alone, step as step_words, title, wanting, what, work,
};

use self::view::FollowDetail;
use crate::app::ask::{Asked, PAGE, use_ask, use_more};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Asking, Chip, Empty, ErrorNote, Go, Ico, More, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{FollowUpFilter, FollowUpRow, FollowUpView, Request};
use crate::practice::follow::{About, Class};

#[component]
pub fn FollowsPage() -> Element {
    let (open, ended) = (use_signal(|| PAGE), use_signal(|| PAGE));
    let filter = FollowUpFilter::default;
    let opened = use_more::<Vec<FollowUpRow>>(open, |limit| Request::FollowUps {
        filter: FollowUpFilter { open: true, limit, ..filter() },
    });
    let done = use_more::<Vec<FollowUpRow>>(ended, |limit| Request::FollowUps {
        filter: FollowUpFilter { ended: true, limit, ..filter() },
    });
    let none = |asked: &Asked<Vec<FollowUpRow>>| asked.ready().is_some_and(|rows| rows.is_empty());
    let nothing = none(&opened) && none(&done);
    let foot = use_app().may("incident.reported").then(|| {
        rsx! {
            Go { to: Route::ReportPage {}, class: "btn", test: "begin-report", {t("report-title")} }
        }
    });
    rsx! {
        Page { title: t("follow-title"), back: Route::MorePage {}, foot, test: "follows",
            if nothing {
                Empty { icon: Ico::Flag, title: t("follow-none"), hint: t("follow-none-hint") }
            }
            {show(&opened, |rows| rsx! { Part { title: t("follow-open"), rows: rows.clone(), limit: open, test: "follow-open" } })}
            {show(&done, |rows| rsx! { Part { title: t("follow-ended"), rows: rows.clone(), limit: ended, test: "follow-ended" } })}
        }
    }
}

/// What is open, or what has ended.
#[component]
fn Part(title: String, rows: Vec<FollowUpRow>, limit: Signal<u32>, test: String) -> Element {
    let more = u32::try_from(rows.len()).unwrap_or(u32::MAX) >= limit();
    if rows.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title, test: test.clone(),
            Rows { for row in rows { FollowLine { key: "{row.follow.id}", row } } }
            if more { More { limit, test: "more-{test}" } }
        }
    }
}

/// One of them as a row of a list.
#[component]
pub fn FollowLine(row: FollowUpRow) -> Element {
    let follow = &row.follow;
    let (words, icon, tone) = words::state(&row);
    // A review is told from another one of the same month by its day; what is overdue says since when.
    let due = follow.due.filter(|_| !row.is_late(when::now()));
    let day = if follow.class == Class::Governance { Some(follow.at.date_naive()) } else { due };
    let day = day.map(when::day).unwrap_or_default();
    rsx! {
        Row {
            to: Route::FollowPage { id: follow.id.to_string() },
            icon: class_icon(follow.class),
            tone: Tone::Brand,
            title: title(follow),
            detail: join([what(follow), row.subject_name.clone(), row.site_name.clone(), day]),
            test: "follow-row",
            end: rsx! { Chip { tone, icon, words } },
            if let About::Governance(body) = &follow.about {
                for (question , yes) in reviewed::answers(body) {
                    span { key: "{question}", class: "row-detail", "data-test": "review-answer", {join([question, t(if yes { "settings-yes" } else { "settings-no" })])} }
                }
                if !body.note.is_empty() { span { class: "row-detail", {body.note.clone()} } }
            }
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
