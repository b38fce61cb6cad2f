//! Admin (to come).
use dioxus::prelude::*;
#[component]
pub fn AdminPerson(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
#[component]
pub fn AdminSite(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
