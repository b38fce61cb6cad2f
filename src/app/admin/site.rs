//! Adding and changing a site.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Button, Fault, Field, Ico, Page, Switch, show};
use crate::app::{codes, device};
use crate::engine::api::{Reply, Request, SiteRow, SiteView};
use crate::practice::shown;

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
    let mut programme_error = use_signal(String::new);
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites).ready().unwrap_or_default();
    let mut fault = use_signal(String::new);
    let mut busy = use_signal(|| false);
    let save = use_callback(move |(): ()| {
        if *busy.peek() {
            return;
        }
        let filled = form.peek().clone();
        let of_name =
            if shown::is_blank(&filled.name) { t("admin-site-name-missing") } else { hidden(&filled.name) };
        let of_programme = hidden(&filled.programme);
        let wrong = [(&of_name, "site-name"), (&of_programme, "site-programme")];
        let first = wrong.into_iter().find(|(error, _)| !error.is_empty()).map(|(_, field)| field);
        name_error.set(of_name);
        programme_error.set(of_programme);
        if let Some(field) = first {
            device::focus(field);
            return;
        }
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
                    hint: same_name(&sites, site, &now.name).map(twin_words).unwrap_or_default(),
                    value: now.name.clone(),
                    error: name_error(),
                    maxlength: 120,
                    oninput: move |text: String| form.with_mut(|form| form.name = text),
                }
                Field {
                    label: t("admin-programme"),
                    id: "site-programme",
                    hint: other_spelling(&sites, site, &now.programme)
                        .map_or_else(|| t("admin-programme-hint"), |known| t_args("admin-programme-like", &[("programme", known.into())])),
                    error: programme_error(),
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

/// What is said of a text with something in it that nobody sees; else nothing.
fn hidden(text: &str) -> String {
    if shown::has_hidden(text.trim()) { t("admin-name-hidden") } else { String::new() }
}

/// The first other site of the same name. It can be right: then lists show what tells the two apart.
fn same_name<'a>(sites: &'a [SiteRow], site: Option<Uuid>, name: &str) -> Option<&'a SiteRow> {
    let key = shown::key(name);
    sites.iter().find(|row| Some(row.site) != site && !key.is_empty() && shown::key(&row.name) == key)
}

fn twin_words(twin: &SiteRow) -> String {
    let site = join([twin.name.clone(), twin.programme.clone()]);
    t_args("admin-site-twin", &[("site", site.into())])
}

/// A programme of another site that differs by capitals, accents or spaces only: no two programmes are
/// meant by that.
fn other_spelling(sites: &[SiteRow], site: Option<Uuid>, programme: &str) -> Option<String> {
    let (key, written) = (shown::key(programme), programme.trim());
    let others = || sites.iter().filter(|row| Some(row.site) != site).map(|row| row.programme.as_str());
    if others().any(|known| known == written) {
        return None;
    }
    others().find(|known| !key.is_empty() && shown::key(known) == key).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(n: u128, name: &str, programme: &str) -> SiteRow {
        SiteRow {
            site: Uuid::from_u128(n),
            name: name.into(),
            shown: name.into(),
            programme: programme.into(),
            active: true,
            people: 0,
            last: None,
        }
    }

    #[test]
    fn a_second_site_of_one_name_is_warned_of_and_itself_is_none() {
        let sites = [site(1, "Maple House", "North"), site(2, "Elm House", "")];
        assert_eq!(same_name(&sites, None, " maple  house "), Some(&sites[0]));
        assert_eq!(same_name(&sites, Some(Uuid::from_u128(1)), "Maple House"), None);
        assert_eq!(same_name(&sites, None, "Oak Lodge"), None);
        assert_eq!(same_name(&sites, None, ""), None);
    }

    #[test]
    fn a_programme_is_warned_of_where_only_its_spelling_differs() {
        let sites = [site(1, "Maple House", "Residential"), site(2, "Elm House", "")];
        assert_eq!(other_spelling(&sites, None, "residential ").as_deref(), Some("Residential"));
        assert_eq!(other_spelling(&sites, None, "Residential"), None);
        assert_eq!(other_spelling(&sites, None, ""), None);
        assert_eq!(other_spelling(&sites, Some(Uuid::from_u128(1)), "RESIDENTIAL"), None);
    }
}
