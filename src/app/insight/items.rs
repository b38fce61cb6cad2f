//! Items that never tell anything, with the numbers: for whoever writes the next version.

use dioxus::prelude::*;

use super::lens;
use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::ui::{Chip, Empty, Ico, Page, Row, Rows, Section, Tone, show};
use crate::engine::api::{Request, TellingRow};
use crate::insight::tell::Telling;

#[component]
pub fn ItemsPage() -> Element {
    let asked = use_ask::<Vec<TellingRow>>(Request::Tellings { lens: lens::lens() });
    rsx! {
        Page { title: t("items-title"), back: Route::InsightPage {}, test: "items",
            p { class: "hint", {t("items-rule")} }
            lens::PartOf {}
            {show(&asked, |rows| {
                let mut rows = rows.clone();
                // What is proposed first.
                rows.sort_by_key(|row| !row.items.iter().any(|item| item.propose));
                rsx! {
                    if rows.is_empty() {
                        Empty { icon: Ico::Task, title: t("items-none"), hint: t("items-none-hint") }
                    }
                    for row in rows {
                        Section { key: "{row.standard.standard.standard}", title: names::text(&row.standard.title), test: "items-standard",
                            Rows {
                                for item in row.items.clone() { Item { key: "{item.item}", item } }
                            }
                        }
                    }
                }
            })}
        }
    }
}

#[component]
fn Item(item: Telling) -> Element {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share in percent")]
    let most = (item.at_most * 100.0).ceil().clamp(0.0, 100.0) as u32;
    let detail = t_args(
        "items-numbers",
        &[
            ("told", item.told.into()),
            ("asked", item.asked.into()),
            ("unseen", item.unseen.into()),
            ("most", most.into()),
        ],
    );
    rsx! {
        Row { title: names::text(&item.text), detail, test: "items-row",
            end: rsx! {
                if item.propose {
                    Chip { tone: Tone::Waiting, icon: Ico::Trash, words: t("items-propose") }
                } else if item.told == 0 && item.critical {
                    Chip { tone: Tone::Plain, icon: Ico::Flag, words: t("items-critical") }
                } else if item.told > 0 {
                    Chip { tone: Tone::Proven, icon: Ico::Ok, words: t("items-tells") }
                }
            },
        }
    }
}
