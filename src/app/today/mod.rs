//! Today: what I owe, my drafts, and how to begin.
//!
//! Invariant: the order of what is owed is the engine's (the gravest first); the screen groups but
//! never ranks, and never hides without saying how many.

mod begin;
mod owed;
mod row;

use dioxus::prelude::*;

use super::ask::use_ask;
use super::follow::InForce;
use super::form::KeptForms;
use super::i18n::{t, t_args};
use super::names;
use super::route::Route;
use super::state::{Ctx, use_app};
use super::ui::{Banner, Button, Chip, Empty, Fetching, Ico, Page, Row, Rows, Section, Tone, show};
use super::when;
use crate::engine::api::{DraftRow, FormRow, RecordRow, Request, Sent, Today};
use crate::practice::record::State;
use crate::practice::rights::Role;

#[component]
pub fn TodayPage() -> Element {
    let app = use_app();
    let today = use_ask::<Today>(Request::Today);
    let sub = place_and_shift(app, today.ready().and_then(|today| today.last_site));
    let nothing_to_begin = today.ready().is_some_and(|today| today.no_standards || today.fetching);
    let foot = (!nothing_to_begin).then(|| rsx! { begin::Begin {} });
    rsx! {
        Page { title: t("today-title"), sub, foot, test: "today",
            {show(&today, |today| rsx! {
                if today.fetching { Fetching {} }
                if today.no_standards { NoStandards {} }
                // Before all is here, an empty list would be no promise.
                if !today.fetching || !today.owed.is_empty() {
                    owed::OwedList { owed: today.owed.clone(), totals: today.totals.clone() }
                }
                if app.role() == Role::Supervisor { InForce { site: None } }
                if !today.drafts.is_empty() || !today.forms.is_empty() {
                    Drafts { drafts: today.drafts.clone(), forms: today.forms.clone() }
                }
                if !today.recent.is_empty() { Recent { recent: today.recent.clone() } }
            })}
        }
    }
}

/// "Elm House · early shift": the site that was worked at last, else the only one.
fn place_and_shift(app: Ctx, last: Option<uuid::Uuid>) -> String {
    let sites = app.me().map(|me| me.sites).unwrap_or_default();
    let site = sites.iter().find(|site| Some(site.site) == last).or(match sites.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let shift = names::shift(app.shifts_at(site.map(|site| site.site)).shift_at(when::now()));
    match site {
        Some(site) => {
            t_args("today-site-shift", &[("site", site.shown.clone().into()), ("shift", shift.into())])
        }
        None => shift,
    }
}

/// A new organisation has no standard to observe by.
#[component]
fn NoStandards() -> Element {
    let app = use_app();
    let mut busy = use_signal(|| false);
    if !matches!(app.role(), Role::Admin | Role::Quality) {
        return rsx! { Empty { icon: Ico::Book, title: t("today-no-standards"), hint: t("today-no-standards-ask") } };
    }
    rsx! {
        Banner { tone: Tone::Brand, icon: Ico::Book, title: t("today-no-standards"), text: t("today-no-standards-add"), test: "no-standards",
            Button { busy: busy(), icon: Ico::Plus, test: "add-starters",
                onclick: move |()| {
                    busy.set(true);
                    spawn(async move {
                        match app.run(Request::PublishStarters).await {
                            Ok(_) => app.say(t("today-starters-added")),
                            Err(failure) => app.say_failure(&failure),
                        }
                        busy.set(false);
                    });
                },
                {t("today-add-starters")}
            }
        }
    }
}

#[component]
fn Drafts(drafts: Vec<DraftRow>, forms: Vec<FormRow>) -> Element {
    let n = drafts.len().saturating_add(forms.len());
    rsx! {
        Section { title: t_args("today-drafts", &[("n", n.into())]), test: "drafts",
            if !drafts.is_empty() { Rows {
                for draft in drafts {
                    Row {
                        key: "{draft.draft}",
                        to: Route::Fill { id: draft.draft.to_string() },
                        icon: names::class_icon(draft.class),
                        tone: Tone::Brand,
                        title: names::text(&draft.title),
                        detail: join([draft.subject_name.clone(), draft.site_name.clone(), when::short(draft.saved_at)]),
                        test: "draft",
                        end: rsx! {
                            if draft.open == 0 {
                                Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("today-draft-complete") }
                            } else {
                                Chip { tone: Tone::Waiting, icon: Ico::Pen, words: t_args("today-draft-open", &[("n", draft.open.into())]) }
                            }
                        },
                    }
                }
            } }
            if !forms.is_empty() { KeptForms { rows: forms } }
        }
    }
}

#[component]
fn Recent(recent: Vec<RecordRow>) -> Element {
    rsx! {
        Section { title: t("today-recent"), test: "recent",
            Rows {
                for record in recent {
                    RecordLine { key: "{record.id}", record }
                }
            }
        }
    }
}

/// "arrived 27 Nov 2026", where the record says a later time than that.
fn arrived(record: &RecordRow) -> String {
    let at = record.arrived.map(when::here);
    at.map(|at| t_args("record-arrived-in", &[("day", when::full_day(at.date_naive()).into())]))
        .unwrap_or_default()
}

/// A record as a row of a list: what, about whom, when, where it stands. For every list of records.
#[component]
pub fn RecordLine(record: RecordRow, #[props(default)] current: bool) -> Element {
    let (words, icon, tone) = names::state(record.state);
    let (sent, sent_icon, sent_tone) = names::sent(&record.sent);
    let row_icon = names::class_icon(record.class);
    let result = record.result();
    let unknown = u64::try_from(record.verdict.unknown.len()).unwrap_or(u64::MAX);
    // That somebody has read it is no success, where what they read is that it was not met.
    let (icon, tone) = if result == Some(false) { (Ico::Speech, Tone::Plain) } else { (icon, tone) };
    rsx! {
        Row {
            to: Route::RecordPage { id: record.id.to_string() },
            icon: row_icon,
            tone: Tone::Brand,
            title: names::text(&record.title),
            detail: join([record.subject_name.clone(), record.site_name.clone(), when::short(record.happened_at), arrived(&record)]),
            current,
            test: "record-row",
            end: rsx! {
                if record.sent != Sent::WithServer {
                    Chip { tone: sent_tone, icon: sent_icon, words: sent, test: "row-sent" }
                }
                match result {
                    Some(true) => rsx! { Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("mark-met") } },
                    Some(false) => rsx! { Chip { tone: Tone::Missed, icon: Ico::No, words: t("mark-not-met") } },
                    None if record.is_not_judged() => rsx! {
                        Chip { tone: Tone::Waiting, icon: Ico::NotSeen, words: names::not_judged(&record.verdict), test: "not-judged" }
                    },
                    None if unknown > 0 && !matches!(record.state, State::Withdrawn | State::Conflict) => rsx! {
                        Chip { tone: Tone::Waiting, icon: Ico::Warn, words: t_args("verdict-unknown", &[("n", unknown.into())]) }
                    },
                    None => rsx! {},
                }
                Chip { tone, icon, words }
            },
        }
    }
}

/// Joins the parts that are not empty with ` · `, each in its own direction.
#[must_use]
#[allow(clippy::needless_pass_by_value, reason = "parts are made where they are joined")]
pub fn join<const N: usize>(parts: [String; N]) -> String {
    crate::practice::shown::join(parts.iter().map(String::as_str))
}
