//! Adding and changing a site.

use dioxus::prelude::*;
use uuid::Uuid;

use super::{id_or_new, name_error};
use crate::app::ask::use_ask;
use crate::app::codes;
use crate::app::form::{Top, Wrong, use_form};
use crate::app::i18n::{t, t_args};
use crate::app::route::Route;
use crate::app::state::{id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{Button, Field, Ico, Page, Switch, show};
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
    let sites = use_ask::<Vec<SiteRow>>(Request::Sites).ready().unwrap_or_default();
    let (mut name, mut programme) = (use_signal(|| first.name), use_signal(|| first.programme));
    let mut active = use_signal(|| first.active);
    let form = use_form("site", &id_or_new(site));
    form.keeps("name", name);
    form.keeps("programme", programme);
    form.keeps("active", active);
    let errors = form.shown(&wrong(&name(), &programme()));
    let save = use_callback(move |(): ()| {
        if form.refuses(&wrong(&name.peek(), &programme.peek())) {
            return;
        }
        let request = Request::SetSite {
            site,
            name: name.peek().trim().to_owned(),
            programme: programme.peek().trim().to_owned(),
            active: *active.peek(),
        };
        form.send(request, move |answer| match answer {
            Ok(Reply::Written { id }) => {
                app.say(t("admin-saved"));
                navigator.replace(Route::SitePage { id: id.to_string() });
            }
            Ok(_) => {}
            Err(failure) => form.fail(codes::failure(&failure)),
        });
    });
    let title = if site.is_some() { t("admin-site-edit") } else { t("sites-add") };
    let back = site.map_or(Route::SitesPage {}, |id| Route::SitePage { id: id.to_string() });
    let foot = rsx! {
        Button { icon: Ico::Ok, busy: (form.busy)(), test: "save-site", onclick: move |()| save.call(()), {t("admin-save")} }
    };
    rsx! {
        Page { title, back, foot, test: "admin-site",
            form {
                class: "form",
                novalidate: true,
                onsubmit: move |event| {
                    event.prevent_default();
                    save.call(());
                },
                Top { form }
                Field {
                    label: t("admin-site-name"),
                    id: "site-name",
                    hint: same_name(&sites, site, &name()).map(twin_words).unwrap_or_default(),
                    value: name(),
                    error: errors.at("site-name"),
                    longest: 120,
                    oninput: move |text: String| name.set(text),
                }
                Field {
                    label: t("admin-programme"),
                    id: "site-programme",
                    hint: other_spelling(&sites, site, &programme())
                        .map_or_else(|| t("admin-programme-hint"), |known| t_args("admin-programme-like", &[("programme", known.into())])),
                    error: errors.at("site-programme"),
                    optional: true,
                    value: programme(),
                    longest: 120,
                    oninput: move |text: String| programme.set(text),
                }
                if site.is_some() {
                    Switch {
                        id: "site-active",
                        label: t("admin-site-active"),
                        hint: t("admin-site-active-hint"),
                        on: active(),
                        onswitch: move |on: bool| active.set(on),
                    }
                }
            }
        }
    }
}

fn wrong(name: &str, programme: &str) -> Wrong {
    let mut wrong = Wrong::default();
    if let Some(why) = name_error(name, t("admin-site-name-missing")) {
        wrong.say("site-name", why);
    }
    if shown::has_hidden(programme.trim()) {
        wrong.say("site-programme", t("admin-name-hidden"));
    }
    wrong
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
    fn another_site_of_the_same_name_is_warned_about_but_not_the_site_itself() {
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
