//! The name of the organisation, as it stands on every screen and pack.

use dioxus::prelude::*;

use super::name_error;
use crate::app::codes;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::ui::{Button, Field, Ico, Page};
use crate::engine::api::Request;

#[component]
pub fn AdminOrg() -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut name = use_signal(|| app.me().map(|me| me.org).unwrap_or_default());
    let form = use_form("org", &"");
    form.keeps("name", name);
    let shown = form.shown(&wrong(&name()));
    let save = use_callback(move |(): ()| {
        if form.refuses(&wrong(&name.peek())) {
            return;
        }
        form.send(Request::RenameOrg { name: name.peek().trim().to_owned() }, move |answer| match answer {
            Ok(_) => {
                app.say(t("admin-saved"));
                navigator.replace(Route::MorePage {});
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    });
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: (form.busy)(), test: "save-org", onclick: move |()| save.call(()), {t("admin-save")} }
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
                Top { form }
                Field { label: t("org-name"), id: "org-name", value: name(), error: shown.at("org-name"), hint: t("org-name-hint"), longest: 120,
                    oninput: move |text: String| name.set(text) }
            }
        }
    }
}

fn wrong(name: &str) -> Wrong {
    let mut wrong = Wrong::default();
    if let Some(why) = name_error(name, t("org-name-missing")) {
        wrong.say("org-name", why);
    }
    wrong
}
