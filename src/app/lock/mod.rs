//! The lock screen (to come).
use dioxus::prelude::*;
#[component]
pub fn LockScreen() -> Element {
    rsx! { main { id: "content" } }
}
