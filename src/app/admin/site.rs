//! Adding and changing a site.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Button, Fault, Field, Ico, Page, Switch, show};
use crate::app::{codes, device};
use crate::engine::api::{Reply, Request, SiteView};

/// `id` is a site's, or `new`.
#[component]
pub fn AdminSite(id: String) -> Element {
    rsx! {
        match id_of(&id) {
            Some(site) => rsx! { Existing { key: "{site}", site } },
            None => rsx! { SiteForm { site: None, first: Filled { active: true, ..Filled::default() } } },
        }
    }
}

/// What the form begins with.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filled {
    name: String,
    programme: String,
    active: bool,
}

#[component]
fn Existing(site: Uuid) -> Element {
    let view = use_ask::<SiteView>(Request::Site { site });
    rsx! {
        {match view.ready() {
            Some(view) => {
                let row = &view.row;
                let first = Filled { name: row.name.clone(), programme: row.programme.clone(), active: row.active };
                rsx! { SiteForm { site, first } }
            }
            None => rsx! {
                Page { title: t("admin-site-edit"), back: Route::SitesPage {}, {show(&view, |_| rsx! {})} }
            },
        }}
    }
}

#[component]
fn SiteForm(site: Option<Uuid>, first: Filled) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut form = use_signal(|| first);
    let mut name_error = use_signal(String::new);
    let mut fault = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let save = use_callback(move |(): ()| {
        if *busy.peek() {
            return;
        }
        let filled = form.peek().clone();
        if filled.name.trim().is_empty() {
            name_error.set(t("admin-site-name-missing"));
            device::focus("site-name");
            return;
        }
        name_error.set(String::new());
        fault.set(String::new());
        busy.set(true);
        let request = Request::SetSite {
            site,
            name: filled.name.trim().to_owned(),
            programme: filled.programme.trim().to_owned(),
            active: filled.active,
        };
        spawn(async move {
            match app.run(request).await {
                Ok(Reply::Written { id }) => {
                    app.say(t("admin-saved"));
                    navigator.replace(Route::SitePage { id: id.to_string() });
                }
                Ok(_) => {}
                Err(failure) => fault.set(codes::failure(&failure)),
            }
            busy.set(false);
        });
    });
    let title = if site.is_some() { t("admin-site-edit") } else { t("sites-add") };
    let back = site.map_or(Route::SitesPage {}, |id| Route::SitePage { id: id.to_string() });
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: busy(), test: "save-site", onclick: move |()| save.call(()), {t("admin-save")} }
    };
    let now = form.read().clone();
    rsx! {
        Page { title, back, foot, test: "admin-site",
            form {
                class: "form",
                novalidate: true,
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Field {
                    label: t("admin-site-name"),
                    id: "site-name",
                    value: now.name.clone(),
                    error: name_error(),
                    maxlength: 120,
                    oninput: move |text: String| form.with_mut(|form| form.name = text),
                }
                Field {
                    label: t("admin-programme"),
                    id: "site-programme",
                    hint: t("admin-programme-hint"),
                    optional: true,
                    value: now.programme.clone(),
                    maxlength: 120,
                    oninput: move |text: String| form.with_mut(|form| form.programme = text),
                }
                if site.is_some() {
                    Switch {
                        id: "site-active",
                        label: t("admin-site-active"),
                        hint: t("admin-site-active-hint"),
                        on: now.active,
                        onswitch: move |on: bool| form.with_mut(|form| form.active = on),
                    }
                }
                if !fault().is_empty() { Fault { text: fault() } }
            }
        }
    }
}
