//! Pairing (to come).
use dioxus::prelude::*;
#[component]
pub fn Pair() -> Element {
    rsx! { main { id: "content" } }
}
