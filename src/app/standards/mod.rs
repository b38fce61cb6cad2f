//! Standards (to come).
use dioxus::prelude::*;
#[component]
pub fn StandardsPage() -> Element {
    rsx! { main { id: "content" } }
}
#[component]
pub fn StandardPage(standard: String, version: u32) -> Element {
    rsx! { main { id: "content", "{standard} {version}" } }
}
