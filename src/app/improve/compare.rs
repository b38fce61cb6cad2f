//! The self-assessments of a programme side by side: what was taken on, and what it came to.
//!
//! Invariant: the newest two stand beside each other with the difference in words; older ones are not
//! lost, each is a line of its own.

use dioxus::prelude::*;
use uuid::Uuid;

use super::words;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Chip, Empty, Go, Ico, Page, Row, Rows, Section, Tone, show};
use crate::app::when;
use crate::engine::api::{FollowUpFilter, FollowUpRow, Request};
use crate::practice::follow::{About, AssessmentSubmitted, Class};

fn all() -> Request {
    let filter = FollowUpFilter { classes: vec![Class::Assessment], ..FollowUpFilter::default() };
    Request::FollowUps { filter }
}

fn body(row: &FollowUpRow) -> Option<&AssessmentSubmitted> {
    match &row.follow.about {
        About::Assessment(body) => Some(body),
        _ => None,
    }
}

#[component]
pub fn AssessmentsPage() -> Element {
    let app = use_app();
    let asked = use_ask::<Vec<FollowUpRow>>(all());
    let quality = app.may("assessment.submitted");
    let foot = quality.then(|| rsx! {
        Go { to: Route::AssessPage { programme: String::new() }, class: "btn", test: "begin-assess", {t("assess-title")} }
    });
    rsx! {
        Page { title: t("assess-all"), back: Route::MorePage {}, foot, test: "assessments",
            {show(&asked, |rows| {
                let mut programmes: Vec<String> = rows.iter().filter_map(body).map(|body| body.programme.clone()).collect();
                programmes.sort_unstable();
                programmes.dedup();
                rsx! {
                    if programmes.is_empty() {
                        Empty { icon: Ico::Chart, title: t("assess-none"), hint: t("assess-none-hint") }
                    }
                    for programme in programmes {
                        Compared { key: "{programme}", programme }
                    }
                }
            })}
        }
    }
}

/// One programme: its newest assessment, or the chosen one, beside the one before it; then all of them.
#[component]
pub fn Compared(programme: String, #[props(default)] chosen: Option<Uuid>) -> Element {
    let asked = use_ask::<Vec<FollowUpRow>>(all());
    let Some(rows) = asked.ready() else { return rsx! {} };
    let mut taken: Vec<&FollowUpRow> =
        rows.iter().filter(|row| body(row).is_some_and(|body| body.programme == programme)).collect();
    // Newest first, however they arrived.
    taken.sort_by_key(|row| std::cmp::Reverse((row.follow.at, row.follow.id)));
    let place = taken.iter().position(|row| Some(row.follow.id) == chosen).unwrap_or(0);
    let Some(shown) = taken.get(place).copied() else { return rsx! {} };
    let Some(newest) = body(shown).cloned() else { return rsx! {} };
    let before = taken.get(place.saturating_add(1)).copied().and_then(body).cloned();
    let shown = shown.follow.id;
    rsx! {
        Section { title: programme.clone(), test: "compared",
            Scores { newest: newest.clone(), before: before.clone() }
            if let Some(before) = before.filter(|before| !before.priorities.is_empty()) {
                p { class: "hint", {t_args("assess-taken-on", &[("areas", list(&before.priorities).into())])} }
            }
            if !newest.priorities.is_empty() {
                Priorities { programme: programme.clone(), priorities: newest.priorities.clone() }
            }
            Rows { label: t("assess-all"),
                for row in taken.iter() {
                    Row { key: "{row.follow.id}", to: Route::FollowPage { id: row.follow.id.to_string() }, icon: Ico::Chart, tone: Tone::Brand, current: row.follow.id == shown,
                        title: when::full_day(row.follow.at.date_naive()), detail: row.owner_name.clone(), test: "assessment-row" }
                }
            }
        }
    }
}

fn list(areas: &[String]) -> String {
    areas.iter().map(|area| words::area(area)).collect::<Vec<_>>().join(", ")
}

/// Each area: what it was, what it is, and which way it went – in words, not by colour alone.
#[component]
fn Scores(newest: AssessmentSubmitted, before: Option<AssessmentSubmitted>) -> Element {
    rsx! {
        Rows { test: "scores",
            for area in AssessmentSubmitted::AREAS {
                {
                    let now = newest.scores.get(area).copied().unwrap_or_default();
                    let was = before.as_ref().and_then(|before| before.scores.get(area).copied());
                    let detail = match was {
                        Some(was) => t_args("assess-before-now", &[("was", words::score(was).into()), ("now", words::score(now).into())]),
                        None => words::score(now),
                    };
                    let (tone, icon, change) = match was {
                        Some(was) if now > was => (Tone::Proven, Ico::Up, t_args("assess-up", &[("n", (now - was).into())])),
                        Some(was) if now < was => (Tone::Missed, Ico::Warn, t_args("assess-down", &[("n", (was - now).into())])),
                        Some(_) => (Tone::Plain, Ico::Ok, t("assess-same")),
                        None => (Tone::Plain, Ico::Chart, t_args("assess-score", &[("n", now.into())])),
                    };
                    rsx! {
                        Row { key: "{area}", title: words::area(area), detail, test: "score-{area}",
                            end: rsx! { Chip { tone, icon, words: change } },
                            if let Some(note) = newest.notes.get(area) {
                                span { class: "row-detail", "data-test": "note-{area}", {t_args("assess-shown-by", &[("note", note.clone().into())])} }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was taken on, each a way to an improvement.
#[component]
fn Priorities(programme: String, priorities: Vec<String>) -> Element {
    let app = use_app();
    let quality = app.may("improvement.opened");
    rsx! {
        Rows { label: t("assess-priorities"), test: "priorities",
            for area in priorities {
                Row { key: "{area}", to: quality.then(|| Route::ImprovePage { programme: programme.clone(), area: area.clone() }),
                    icon: Ico::Flag, tone: Tone::Brand, title: words::area(&area), detail: if quality { t("improve-title") } else { String::new() }, test: "priority" }
            }
        }
    }
}
