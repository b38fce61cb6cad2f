//! Sites (to come).
use dioxus::prelude::*;
#[component]
pub fn SitesPage() -> Element {
    rsx! { main { id: "content" } }
}
#[component]
pub fn SitePage(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
