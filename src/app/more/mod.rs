//! More (to come).
use dioxus::prelude::*;
#[component]
pub fn MorePage() -> Element {
    rsx! { main { id: "content" } }
}
