//! Standards: each one a page that can be read in the field.

mod page;

use dioxus::prelude::*;

pub use page::StandardPage;

use super::ask::use_ask;
use super::i18n::{t, t_args};
use super::names;
use super::route::Route;
use super::today::join;
use super::ui::{Chip, Empty, Ico, Page, Row, Rows, Section, Tone, show};
use crate::engine::api::{Request, StandardRow};
use crate::practice::standard::{Class, StandardRef};

#[component]
pub fn StandardsPage() -> Element {
    rsx! {
        Page { title: t("standards-title"), back: Route::MorePage {}, list: rsx! { StandardsList {} }, list_first: true, test: "standards",
            Empty { icon: Ico::Book, title: t("standards-choose") }
        }
    }
}

/// All standards by kind, in the order of the kinds.
#[component]
pub fn StandardsList(#[props(default)] chosen: Option<StandardRef>) -> Element {
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    rsx! {
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
