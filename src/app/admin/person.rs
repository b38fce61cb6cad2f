//! Adding and changing a person.

use std::collections::BTreeSet;

use dioxus::prelude::*;
use uuid::Uuid;

use super::{id_or_new, name_error};
use crate::app::ask::use_ask;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::t;
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::ui::{Button, Field, Ico, Icon, Page, Pick, Pills, Switch, show};
use crate::app::{codes, device};
use crate::engine::api::{FailureCode, PersonView, Reply, Request, SiteRow};
use crate::practice::rights::Role;

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
    let (mut name, mut role) = (use_signal(|| first.name), use_signal(|| first.role));
    let (mut at, mut active) = (use_signal(|| first.sites), use_signal(|| first.active));
    let mut role_error = use_signal(String::new);
    let form = use_form("person", &id_or_new(person));
    form.keeps("name", name);
    form.keeps("role", role);
    form.keeps("sites", at);
    form.keeps("active", active);
    let shown = form.shown(&wrong(&name()));
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites);
    let save = use_callback(move |(): ()| {
        if form.refuses(&wrong(&name.peek())) {
            return;
        }
        role_error.set(String::new());
        let request = Request::SetPerson {
            person,
            name: name.peek().trim().to_owned(),
            role: *role.peek(),
            sites: at.peek().iter().copied().collect(),
            active: *active.peek(),
        };
        form.send(request, move |answer| match answer {
            Ok(Reply::Written { id }) => {
                app.say(t("admin-saved"));
                navigator.replace(Route::PersonPage { id: id.to_string() });
            }
            Ok(_) => {}
            Err(failure) if failure.code == FailureCode::LastAdmin => {
                role_error.set(codes::failure(&failure));
                device::focus("role-error");
            }
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    });
    let title = if person.is_some() { t("admin-person-edit") } else { t("people-add") };
    let back = person.map_or(Route::PeoplePage {}, |id| Route::PersonPage { id: id.to_string() });
    let roles = [Role::Staff, Role::Supervisor, Role::Quality, Role::Admin];
    let picks: Vec<Pick> =
        roles.into_iter().map(|role| Pick::new(role.as_str(), names::role(role))).collect();
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: (form.busy)(), test: "save-person", onclick: move |()| save.call(()), {t("admin-save")} }
    };
    rsx! {
        Page { title, back, foot, test: "admin-person",
            form {
                class: "form",
                novalidate: true,
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Top { form }
                Field {
                    label: t("admin-name"),
                    id: "person-name",
                    value: name(),
                    error: shown.at("person-name"),
                    longest: 120,
                    oninput: move |text: String| name.set(text),
                }
                Pills {
                    legend: t("admin-role"),
                    name: "role",
                    hint: role_hint(role()),
                    picks,
                    chosen: role().as_str().to_owned(),
                    onchoose: move |chosen: String| {
                        if let Some(chosen) = Role::named(&chosen) {
                            role.set(chosen);
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
                        for site in sites.iter().filter(|site| site.active || at.read().contains(&site.site)).cloned() {
                            Switch {
                                key: "{site.site}",
                                id: "site-{site.site}",
                                label: site.shown.clone(),
                                on: at.read().contains(&site.site),
                                onswitch: move |on: bool| {
                                    let mut at = at.write();
                                    if on { at.insert(site.site) } else { at.remove(&site.site) };
                                },
                            }
                        }
                    })}
                }
                if person.is_some() {
                    Switch {
                        id: "person-active",
                        label: t("admin-person-active"),
                        hint: t("admin-person-active-hint"),
                        on: active(),
                        onswitch: move |on: bool| active.set(on),
                    }
                }
            }
        }
    }
}

fn wrong(name: &str) -> Wrong {
    let mut wrong = Wrong::default();
    if let Some(why) = name_error(name, t("admin-name-missing")) {
        wrong.say("person-name", why);
    }
    wrong
}

fn role_hint(role: Role) -> String {
    match role {
        Role::Staff => t("role-staff-hint"),
        Role::Supervisor => t("role-supervisor-hint"),
        Role::Quality => t("role-quality-hint"),
        Role::Admin => t("role-admin-hint"),
    }
}
