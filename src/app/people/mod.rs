//! People (to come).
use dioxus::prelude::*;
#[component]
pub fn PeoplePage() -> Element {
    rsx! { main { id: "content" } }
}
#[component]
pub fn PersonPage(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
