//! A dialog that keeps the focus inside, closes by Esc, and gives the focus back.
//!
//! Made of plain elements: the browser's own modal needs a script call that a native webview and a
//! strict content policy do not share.

use dioxus::prelude::*;

use super::{Button, Kind};
use crate::app::device;
use crate::app::i18n::t;

#[component]
pub fn Dialog(
    title: String,
    /// Unique on the page.
    id: String,
    onclose: EventHandler<()>,
    /// The action; the dialog brings its own "Cancel".
    actions: Element,
    #[props(default = true)] cancel: bool,
    children: Element,
) -> Element {
    use_hook(device::keep_focus);
    use_drop(device::focus_back);
    let title_id = format!("{id}-title");
    let first = title_id.clone();
    let again = title_id.clone();
    rsx! {
        div { class: "scrim", onclick: move |_| onclose.call(()),
            // Whoever tabs out at either end comes back to the title.
            span { tabindex: "0", class: "sr", onfocus: move |_| device::focus(&first) }
            div {
                class: "dialog",
                role: "dialog",
                "aria-modal": "true",
                "aria-labelledby": "{title_id}",
                id: "{id}",
                "data-test": "{id}",
                onclick: move |event| event.stop_propagation(),
                onkeydown: move |event| {
                    if event.key() == Key::Escape {
                        event.stop_propagation();
                        onclose.call(());
                    }
                },
                h2 {
                    id: "{title_id}",
                    tabindex: "-1",
                    onmounted: move |event| async move {
                        let _ = event.set_focus(true).await;
                    },
                    {title}
                }
                div { class: "dialog-body", {children} }
                div { class: "dialog-actions",
                    {actions}
                    if cancel {
                        Button { kind: Kind::Ghost, test: "{id}-cancel", onclick: move |()| onclose.call(()), {t("cancel")} }
                    }
                }
            }
            span { tabindex: "0", class: "sr", onfocus: move |_| device::focus(&again) }
        }
    }
}
