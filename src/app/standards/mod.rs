//! Standards: each one a page that can be read in the field, and the place where they are written.
//!
//! `page` reads one, `log` says how it came to be, `new` and `edit` are for those who write them.
//! Invariant: who may not write them sees no button for it.

mod edit;
mod log;
mod new;
mod page;
mod words;

use dioxus::prelude::*;

pub use edit::EditStandardPage;
pub use new::NewStandardPage;
pub use page::StandardPage;

use super::ask::use_ask;
use super::i18n::{t, t_args};
use super::names;
use super::route::Route;
use super::state::{Ctx, use_app};
use super::today::join;
use super::ui::{Chip, Empty, Go, Ico, Page, Row, Rows, Section, Tone, show};
use super::when;
use crate::engine::api::{Request, StandardDraftRow, StandardRow};
use crate::practice::rights::Role;
use crate::practice::standard::{Class, StandardRef};

/// Whether who is unlocked writes standards.
fn writes(app: Ctx) -> bool {
    matches!(app.role(), Role::Admin | Role::Quality)
}

#[component]
pub fn StandardsPage() -> Element {
    let foot = writes(use_app()).then(|| {
        rsx! {
            Go { to: Route::NewStandardPage {}, class: "btn", test: "new-standard", span { class: "btn-words", {t("write-new")} } }
        }
    });
    rsx! {
        Page { title: t("standards-title"), back: Route::MorePage {}, list: rsx! { StandardsList {} }, list_first: true, foot, test: "standards",
            Empty { icon: Ico::Book, title: t("standards-choose") }
        }
    }
}

/// Those being written here first, then all by kind, in the order of the kinds.
#[component]
pub fn StandardsList(#[props(default)] chosen: Option<StandardRef>) -> Element {
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    rsx! {
        if writes(use_app()) { BeingWritten {} }
        {show(&standards, |rows| {
            let groups: Vec<(Class, Vec<StandardRow>)> = Class::ALL
                .into_iter()
                .map(|class| (class, rows.iter().filter(|row| row.class == class).cloned().collect::<Vec<_>>()))
                .filter(|(_, rows)| !rows.is_empty())
                .collect();
            rsx! {
                if groups.is_empty() {
                    Empty { icon: Ico::Book, title: t("today-no-standards"), hint: t("today-no-standards-ask") }
                }
                for (class , rows) in groups {
                    Section { key: "{class.as_str()}", title: names::class(class), test: "standards-{class.as_str()}",
                        Rows {
                            for row in rows {
                                StandardLine { key: "{row.standard.standard}", current: Some(row.standard) == chosen, row }
                            }
                        }
                    }
                }
            }
        })}
    }
}

/// What is being written on this device.
#[component]
fn BeingWritten() -> Element {
    let drafts = use_ask::<Vec<StandardDraftRow>>(Request::StandardDrafts);
    let rows = drafts.ready().map(|rows| (*rows).clone()).unwrap_or_default();
    if rows.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("write-drafts"), test: "standard-drafts",
            Rows {
                for row in rows {
                    Row {
                        key: "{row.id}",
                        to: Route::EditStandardPage { id: row.id.to_string() },
                        icon: Ico::Pen,
                        tone: Tone::Waiting,
                        title: words::title(&row.title),
                        detail: join([
                            names::class(row.class),
                            t_args("standards-version", &[("n", row.version.into())]),
                            when::short(row.saved_at),
                        ]),
                        test: "standard-draft-row",
                    }
                }
            }
        }
    }
}

#[component]
fn StandardLine(row: StandardRow, current: bool) -> Element {
    let retired = row.retired;
    rsx! {
        Row {
            to: Route::StandardPage { standard: row.standard.standard.to_string(), version: row.standard.version },
            icon: names::class_icon(row.class),
            tone: Tone::Brand,
            title: names::text(&row.title),
            detail: join([
                t_args("standards-items", &[("n", row.items.into())]),
                t_args("standards-version", &[("n", row.standard.version.into())]),
            ]),
            current,
            test: "standard-row",
            end: rsx! {
                if retired {
                    Chip { tone: Tone::Plain, icon: Ico::No, words: t("standards-retired") }
                }
            },
        }
    }
}
