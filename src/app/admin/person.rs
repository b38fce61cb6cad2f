//! Adding and changing a person.

use std::collections::BTreeSet;

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Button, Fault, Field, Ico, Icon, Page, Pick, Pills, Switch, show};
use crate::app::{codes, device};
use crate::engine::api::{FailureCode, PersonView, Reply, Request, SiteRow};
use crate::practice::rights::Role;
use crate::practice::shown;

/// `id` is a person's, or `new`.
#[component]
pub fn AdminPerson(id: String) -> Element {
    let person = id_of(&id);
    rsx! {
        match person {
            Some(person) => rsx! { Existing { key: "{person}", person } },
            None => rsx! { PersonForm { person: None, first: Filled::default() } },
        }
    }
}

/// What the form begins with.
#[derive(Clone, Debug, PartialEq)]
struct Filled {
    name: String,
    role: Role,
    sites: BTreeSet<Uuid>,
    active: bool,
}

impl Default for Filled {
    fn default() -> Filled {
        Filled { name: String::new(), role: Role::Staff, sites: BTreeSet::new(), active: true }
    }
}

#[component]
fn Existing(person: Uuid) -> Element {
    let view = use_ask::<PersonView>(Request::Person { person });
    rsx! {
        {match view.ready() {
            Some(view) => {
                let first = Filled {
                    name: view.row.name.clone(),
                    role: view.row.role,
                    sites: view.row.sites.iter().map(|site| site.site).collect(),
                    active: view.row.active,
                };
                rsx! { PersonForm { person, first } }
            }
            None => rsx! {
                Page { title: t("admin-person-edit"), back: Route::PeoplePage {}, {show(&view, |_| rsx! {})} }
            },
        }}
    }
}

#[component]
fn PersonForm(person: Option<Uuid>, first: Filled) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut form = use_signal(|| first);
    let mut name_error = use_signal(String::new);
    let mut role_error = use_signal(String::new);
    let mut fault = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites);
    let save = use_callback(move |(): ()| {
        if *busy.peek() {
            return;
        }
        let filled = form.peek().clone();
        if shown::is_blank(&filled.name) {
            name_error.set(t("admin-name-missing"));
            device::focus("person-name");
            return;
        }
        if shown::has_hidden(filled.name.trim()) {
            name_error.set(t("admin-name-hidden"));
            device::focus("person-name");
            return;
        }
        name_error.set(String::new());
        role_error.set(String::new());
        fault.set(String::new());
        busy.set(true);
        let request = Request::SetPerson {
            person,
            name: filled.name.trim().to_owned(),
            role: filled.role,
            sites: filled.sites.into_iter().collect(),
            active: filled.active,
        };
        spawn(async move {
            match app.run(request).await {
                Ok(Reply::Written { id }) => {
                    app.say(t("admin-saved"));
                    navigator.replace(Route::PersonPage { id: id.to_string() });
                }
                Ok(_) => {}
                Err(failure) if failure.code == FailureCode::LastAdmin => {
                    role_error.set(codes::failure(&failure));
                    device::focus("role-error");
                }
                Err(failure) => fault.set(codes::failure(&failure)),
            }
            busy.set(false);
        });
    });
    let title = if person.is_some() { t("admin-person-edit") } else { t("people-add") };
    let back = person.map_or(Route::PeoplePage {}, |id| Route::PersonPage { id: id.to_string() });
    let roles = [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin];
    let picks: Vec<Pick> =
        roles.into_iter().map(|role| Pick::new(role.as_str(), names::role(role))).collect();
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: busy(), test: "save-person", onclick: move |()| save.call(()), {t("admin-save")} }
    };
    let now = form.read().clone();
    rsx! {
        Page { title, back, foot, test: "admin-person",
            form {
                class: "form",
                novalidate: true,
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Field {
                    label: t("admin-name"),
                    id: "person-name",
                    value: now.name.clone(),
                    error: name_error(),
                    maxlength: 120,
                    oninput: move |text: String| form.with_mut(|form| form.name = text),
                }
                Pills {
                    legend: t("admin-role"),
                    name: "role",
                    hint: role_hint(now.role),
                    picks,
                    chosen: now.role.as_str().to_owned(),
                    onchoose: move |name: String| {
                        if let Some(role) = Role::named(&name) {
                            form.with_mut(|form| form.role = role);
                        }
                    },
                }
                if !role_error().is_empty() {
                    p { class: "error", id: "role-error", tabindex: "-1", role: "alert", "data-test": "role-error",
                        Icon { icon: Ico::Warn }
                        {role_error()}
                    }
                }
                fieldset { class: "pills", "data-test": "person-sites",
                    legend { class: "label", {t("admin-sites")} }
                    {show(&sites, |sites| rsx! {
                        if sites.is_empty() {
                            p { class: "hint", {t("sites-none-hint")} }
                        }
                        for site in sites.iter().filter(|site| site.active || now.sites.contains(&site.site)).cloned() {
                            Switch {
                                key: "{site.site}",
                                id: "site-{site.site}",
                                label: site.shown.clone(),
                                on: now.sites.contains(&site.site),
                                onswitch: move |on: bool| form.with_mut(|form| {
                                    if on {
                                        form.sites.insert(site.site);
                                    } else {
                                        form.sites.remove(&site.site);
                                    }
                                }),
                            }
                        }
                    })}
                }
                if person.is_some() {
                    Switch {
                        id: "person-active",
                        label: t("admin-person-active"),
                        hint: t("admin-person-active-hint"),
                        on: now.active,
                        onswitch: move |on: bool| form.with_mut(|form| form.active = on),
                    }
                }
                if !fault().is_empty() { Fault { text: fault() } }
            }
        }
    }
}

fn role_hint(role: Role) -> String {
    match role {
        Role::Staff => t("role-staff-hint"),
        Role::Supervisor => t("role-supervisor-hint"),
        Role::Quality => t("role-quality-hint"),
        Role::Admin => t("role-admin-hint"),
    }
}
