//! The name of the organisation, as it stands on every screen and pack.

use dioxus::prelude::*;

use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Fault, Field, Ico, Page};
use crate::app::{codes, device};
use crate::engine::api::Request;
use crate::practice::shown;

#[component]
pub fn AdminOrg() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut name = use_signal(|| app.me().map(|me| me.org).unwrap_or_default());
    let mut name_error = use_signal(String::new);
    let mut fault = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let save = use_callback(move |(): ()| {
        if *busy.peek() {
            return;
        }
        let wanted = name.peek().trim().to_owned();
        let error = if shown::is_blank(&wanted) {
            t("org-name-missing")
        } else if shown::has_hidden(&wanted) {
            t("admin-name-hidden")
        } else {
            String::new()
        };
        if !error.is_empty() {
            name_error.set(error);
            device::focus("org-name");
            return;
        }
        name_error.set(String::new());
        fault.set(String::new());
        busy.set(true);
        spawn(async move {
            match app.run(Request::RenameOrg { name: wanted }).await {
                Ok(_) => {
                    app.say(t("admin-saved"));
                    navigator.replace(Route::MorePage {});
                }
                Err(failure) => fault.set(codes::failure(&failure)),
            }
            busy.set(false);
        });
    });
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: busy(), test: "save-org", onclick: move |()| save.call(()), {t("admin-save")} }
    };
    rsx! {
        Page { title: t("org-title"), back: Route::MorePage {}, foot, test: "admin-org",
            form {
                class: "form",
                novalidate: true,
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Field { label: t("org-name"), id: "org-name", value: name(), error: name_error(), hint: t("org-name-hint"), maxlength: 120,
                    oninput: move |text: String| name.set(text) }
                if !fault().is_empty() { Fault { text: fault() } }
            }
        }
    }
}
