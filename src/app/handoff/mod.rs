//! Next-step tasks. A stub until the task screen is in.

use dioxus::prelude::*;

#[component]
pub fn TasksPage() -> Element {
    rsx! { main { id: "content" } }
}
