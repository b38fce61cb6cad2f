//! Sync (to come).
use dioxus::prelude::*;
#[component]
pub fn SyncPage() -> Element {
    rsx! { main { id: "content" } }
}
