//! Today (to come).
use dioxus::prelude::*;
#[component]
pub fn TodayPage() -> Element {
    rsx! { main { id: "content" } }
}
