//! Beginning and filling an observation. A stub until the capture screens are in.

use dioxus::prelude::*;

#[component]
pub fn Begin(class: String, person: String, site: String) -> Element {
    rsx! { main { id: "content", "{class} {person} {site}" } }
}

#[component]
pub fn Fill(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
