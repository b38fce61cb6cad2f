//! Opening a page is reading what it tells: it leaves Today.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::state::use_app;
use crate::engine::api::Request;

/// Remembers on this device that these events were read. Shows nothing.
#[component]
pub fn Heard(events: Vec<Uuid>) -> Element {
    let app = use_app();
    use_effect(use_reactive!(|events| {
        let events = events.clone();
        spawn(async move {
            for event in events {
                if let Err(failure) = app.run(Request::ReadTold { event }).await {
                    app.say_failure(&failure);
                }
            }
        });
    }));
    rsx! {}
}
