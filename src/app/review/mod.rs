//! Reviewing a scenario or a note. A stub until the review screen is in.

use dioxus::prelude::*;

#[component]
pub fn ReviewPage(id: String) -> Element {
    rsx! { main { id: "content", "{id}" } }
}
