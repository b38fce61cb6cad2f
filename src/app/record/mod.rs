//! Finished records. A stub until the record screens are in.

use dioxus::prelude::*;

#[component]
pub fn RecordsPage() -> Element {
    rsx! { main { id: "content" } }
}

#[component]
pub fn RecordPage(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
