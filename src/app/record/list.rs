//! The list of records: newest first, one kind or all.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::{PAGE, use_more};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::today::RecordLine;
use crate::app::ui::{Empty, Ico, More, Pick, Rows, Select, show, shown};
use crate::engine::api::{RecordFilter, RecordRow, Request};
use crate::practice::standard::Class;

/// The filter outlives the page, so that "back" from a record shows the same list.
static KIND: GlobalSignal<Option<Class>> = Signal::global(|| None);
const ALL: &str = "all";

#[component]
pub fn RecordList(#[props(default)] selected: Option<Uuid>) -> Element {
    let mut limit = use_signal(|| PAGE);
    let kind = KIND();
    let asked = use_more::<Vec<RecordRow>>(limit, |limit| Request::Records {
        filter: RecordFilter { class: kind, limit, ..RecordFilter::default() },
    });
    let mut picks = vec![Pick::new(ALL, t("record-all"))];
    picks.extend(Class::ALL.map(|class| Pick::new(class.as_str(), names::class(class))));
    rsx! {
        Select { label: t("record-filter"), id: "record-filter", picks,
            chosen: kind.map_or(ALL, Class::as_str),
            onchoose: move |value: String| {
                *KIND.write() = Class::parse(&value);
                limit.set(PAGE);
            },
        }
        {show(&asked, |records| {
            let more = u32::try_from(records.len()).unwrap_or(u32::MAX) >= limit();
            let records = records.clone();
            rsx! {
                if records.is_empty() {
                    Empty { icon: Ico::List, title: t("record-none"), hint: t("record-none-hint") }
                } else {
                    Rows { label: t("nav-records"), test: "record-list",
                        for record in records {
                            RecordLine { key: "{record.id}", current: selected == Some(record.id), record }
                        }
                    }
                }
                if more { More { limit, test: "more-records" } }
            }
        })}
    }
}

/// The newest records of a page that came with it, how many there are, and a button for more.
#[component]
pub fn RecordsOf(filter: RecordFilter, first: Vec<RecordRow>, total: u32, test: String) -> Element {
    let came = u32::try_from(first.len()).unwrap_or(u32::MAX);
    let limit = use_signal(|| came);
    if limit() <= came {
        return rsx! {
            {shown(first.len(), total)}
            Rows { for record in first { RecordLine { key: "{record.id}", record } } }
            if came < total { More { limit, test } }
        };
    }
    rsx! { Longer { filter, first, total, limit, test } }
}

#[component]
fn Longer(
    filter: RecordFilter,
    first: Vec<RecordRow>,
    total: u32,
    limit: Signal<u32>,
    test: String,
) -> Element {
    let asked = use_more::<Vec<RecordRow>>(limit, |limit| Request::Records {
        filter: RecordFilter { limit, ..filter.clone() },
    });
    // What came with the page stays in place until the longer list is there.
    let rows = asked.ready().map_or(first, |rows| (*rows).clone());
    let more = u32::try_from(rows.len()).is_ok_and(|rows| rows < total);
    rsx! {
        {shown(rows.len(), total)}
        Rows { for record in rows { RecordLine { key: "{record.id}", record } } }
        if more { More { limit, test } }
    }
}
