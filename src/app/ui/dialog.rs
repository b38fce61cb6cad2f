//! A dialog that keeps the focus inside, closes by Esc, and gives the focus back. While what it asked for is
//! on its way it stays open: whoever closed it then would not learn whether it was done.
//!
//! Made of plain elements: the browser's own modal needs a script call that a native webview and a
//! strict content policy do not share.

use dioxus::prelude::*;

use super::Seen;
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
    /// What it asked for is on its way.
    #[props(default)]
    busy: bool,
    children: Element,
) -> Element {
    use_hook(device::keep_focus);
    use_drop(device::focus_back);
    let title_id = format!("{id}-title");
    let first = title_id.clone();
    let again = title_id.clone();
    let close = move || {
        if !busy {
            onclose.call(());
        }
    };
    rsx! {
        div { class: "scrim", onclick: move |_| close(),
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
                        close();
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
                Seen { bad_only: true }
                div { class: "dialog-actions",
                    {actions}
                    if cancel {
                        button { r#type: "button", class: "btn ghost", "data-test": "{id}-cancel", "aria-disabled": if busy { "true" }, onclick: move |_| close(),
                            span { class: "btn-words", {t("cancel")} }
                        }
                    }
                }
            }
            span { tabindex: "0", class: "sr", onfocus: move |_| device::focus(&again) }
        }
    }
}
