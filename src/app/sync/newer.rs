//! What others recorded and this app does not show (a newer version, a wrong form, taken back): said
//! plainly, and readable as it was written.

use dioxus::prelude::*;

use super::kind::kind_words;
use crate::app::i18n::{t, t_args};
use crate::app::ui::{Ico, Icon, RowText, Rows, Said, Section, Tone, shown};
use crate::app::when;
use crate::engine::api::NewerRow;

#[component]
pub fn Newer(rows: Vec<NewerRow>, total: u32) -> Element {
    if rows.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("newer-title"), test: "sync-newer",
            p { class: "hint", {t_args("newer-hint", &[("n", total.into())])} }
            {shown(rows.len(), total)}
            Rows {
                for row in rows {
                    Entry { key: "{row.id}", row }
                }
            }
        }
    }
}

#[component]
fn Entry(row: NewerRow) -> Element {
    let title = if row.kind.is_empty() { t("newer-unread") } else { kind_words(&row.kind) };
    let detail = row.at.map(when::short).unwrap_or_default();
    rsx! {
        li { class: "row-li",
            div { class: "row", "data-test": "newer-row",
                span { class: "st {Tone::Plain.class()}", Icon { icon: Ico::Info } }
                RowText { title, detail }
            }
            details {
                summary { {t("newer-line")} }
                Said { text: row.line, class: "mono" }
            }
        }
    }
}
