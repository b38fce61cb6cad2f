//! Finished records: the list, and one record read back.
//!
//! `model` decides what is said (pure); `view`, `answers`, `dispute` and `history` show it; `actions`
//! are what the reader may do, `settle` is the one that has a page of its own. Invariants: a record is read-only here, every change is a new event with its
//! reason; nothing that was answered is left out; people are never ranked.

mod actions;
mod answers;
pub use actions::act_title;
pub use answers::whole;
mod dispute;
mod fields;
mod history;
mod list;
pub mod model;
mod settle;
mod view;

pub use list::RecordsOf;
pub use settle::SettlePage;
pub use view::comes_in_words;

use dioxus::prelude::*;

use self::list::RecordList;
use self::view::RecordDetail;
use crate::app::ask::{Asked, use_ask};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::id_of;
use crate::app::today::join;
use crate::app::ui::{Asking, Empty, ErrorNote, Ico, Page};
use crate::app::{names, when};
use crate::engine::api::{RecordView, Request};

#[component]
pub fn RecordsPage() -> Element {
    rsx! {
        Page { title: t("nav-records"), list: rsx! { RecordList {} }, list_first: true, test: "records",
            Empty { icon: Ico::List, title: t("record-choose"), hint: t("record-choose-hint") }
        }
    }
}

#[component]
pub fn RecordPage(id: String) -> Element {
    let record = id_of(&id).unwrap_or_default();
    let asked = use_ask::<RecordView>(Request::Record { record });
    let list = rsx! { RecordList { selected: record } };
    match asked {
        Asked::Loading => rsx! {
            Page { title: t("record-title"), back: Route::RecordsPage {}, list, test: "record", Asking {} }
        },
        Asked::Failed(failure) => rsx! {
            Page { title: t("record-title"), back: Route::RecordsPage {}, list, test: "record", ErrorNote { failure } }
        },
        Asked::Ready(view) => {
            let row = &view.row;
            let title = names::text(&row.title);
            rsx! {
                Page {
                    title: if title.is_empty() { names::class(row.class) } else { title },
                    sub: join([row.subject_name.clone(), row.site_name.clone(), when::short(row.happened_at)]),
                    back: Route::RecordsPage {},
                    list,
                    foot: actions::foot(&view),
                    test: "record",
                    RecordDetail { key: "{record}", view: (*view).clone() }
                }
            }
        }
    }
}
