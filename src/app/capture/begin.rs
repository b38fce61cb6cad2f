//! Beginning: the standard, the site, and whom it is about, with as little asked as can be.
//!
//! Invariant: one tap on a person begins, once; what is known already (site, standard, oneself) is
//! not asked again (UX 5).

use dioxus::prelude::*;
use uuid::Uuid;

use super::people::{self, SEARCH_FROM};
use crate::app::ask::{Asked, use_ask};
use crate::app::follow::InForce;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::{Ctx, failure_of, id_of, use_app};
use crate::app::today::join;
use crate::app::ui::{
    Asking, Button, Empty, ErrorNote, Field, Go, Ico, Icon, Page, Pick, Pills, Row, RowText, Rows, Section,
    Select,
};
use crate::app::when;
use crate::engine::api::{DraftRow, FailureCode, Me, PersonRow, Reply, Request, StandardRow, Today};
use crate::practice::rights::Role;
use crate::practice::shown::finds;
use crate::practice::standard::{Class, StandardRef};

/// More sites than this are a select instead of pills.
const MANY: usize = 6;

#[component]
pub fn Begin(class: String, person: String, site: String, standard: String) -> Element {
    match Class::parse(&class) {
        Some(class) => rsx! {
            BeginClass { key: "{class:?}-{person}-{site}-{standard}", class, person: id_of(&person), wanted: id_of(&site), by: id_of(&standard) }
        },
        None => rsx! {
            Page { title: t("not-found-title"), back: Route::TodayPage {},
                ErrorNote { failure: failure_of(FailureCode::NotFound) }
            }
        },
    }
}

#[component]
fn BeginClass(class: Class, person: Option<Uuid>, wanted: Option<Uuid>, by: Option<Uuid>) -> Element {
    let app = use_app();
    let standards = use_ask::<Vec<StandardRow>>(Request::Standards);
    let today = use_ask::<Today>(Request::Today);
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let title = names::class(class);
    let (Some(all), Some(today), Some(people), Some(me)) =
        (standards.ready(), today.ready(), people.ready(), app.me())
    else {
        let failure = [failed(&standards), failed(&today), failed(&people)].into_iter().flatten().next();
        return rsx! {
            Page { title, back: Route::TodayPage {},
                match failure {
                    Some(failure) => rsx! { ErrorNote { failure } },
                    None => rsx! { Asking {} },
                }
            }
        };
    };
    let mut standards = people::standards(&all, class);
    // Whoever was sent here to observe by one standard is not asked which.
    if standards.iter().any(|row| Some(row.standard.standard) == by) {
        standards.retain(|row| Some(row.standard.standard) == by);
    }
    if standards.is_empty() {
        let office = matches!(me.role, Role::Admin | Role::Quality);
        return rsx! {
            Page { title, back: Route::TodayPage {},
                Empty { icon: Ico::Book, title: t("begin-no-standard"), hint: if office { t("begin-no-standard-office") } else { t("begin-no-standard-hint") },
                    if office {
                        Go { to: Route::StandardsPage {}, class: "btn", test: "begin-standards", {t("nav-standards")} }
                    }
                }
            }
        };
    }
    let chosen = people::preselect(&standards, &today.recent, class);
    rsx! {
        Choosing { class, standards, chosen, drafts: people::carry_on(&today.drafts, class, person),
            whole: class == Class::Audit && wanted.is_some() && person.is_none(),
            site: wanted.or_else(|| people::site_of(&people, person, people::site(&me.sites, &today))), person, people: (*people).clone(), me }
    }
}

fn failed<T>(asked: &Asked<T>) -> Option<crate::engine::api::Failure> {
    match asked {
        Asked::Failed(failure) => Some(failure.clone()),
        _ => None,
    }
}

/// Begins a draft and goes to it, in place of this page: "back" leads to Today, not to a second one.
async fn begin(app: Ctx, standard: StandardRef, site: Option<Uuid>, subject: Option<Uuid>) -> Option<Route> {
    match app.run(Request::Begin { standard, site, subject }).await {
        Ok(Reply::Draft(view)) => Some(Route::Fill { id: view.draft.id.to_string() }),
        Ok(_) => None,
        Err(failure) => {
            app.say_failure(&failure);
            None
        }
    }
}

#[component]
fn Choosing(
    class: Class,
    standards: Vec<StandardRow>,
    chosen: Option<StandardRef>,
    drafts: Vec<DraftRow>,
    site: Option<Uuid>,
    /// Whom it is about, where that was chosen on the way here.
    person: Option<Uuid>,
    /// An audit of the site, as was chosen on the way here.
    whole: bool,
    people: Vec<PersonRow>,
    me: Me,
) -> Element {
    let app = use_app();
    let navigator = use_navigator();
    let mut standard = use_signal(|| chosen);
    let mut place = use_signal(|| site);
    let mut busy = use_signal(|| false);
    // Nobody observes their own practice.
    let person = person.filter(|person| *person != me.person);
    let alone = whole || person.is_some() || !class.has_subject() || class.is_reviewed();
    let own = me.person;
    let everyone = people.clone();
    // Whom it is about stands above, where that was chosen on the way here.
    let whom =
        person.and_then(|person| people.iter().find(|row| row.person == person)).map(|row| row.shown.clone());
    let wanted_site = person.is_some() && site.is_some();
    let start = use_callback(move |subject: Option<Uuid>| {
        let Some(standard) = *standard.peek() else { return };
        if *busy.peek() {
            return;
        }
        busy.set(true);
        let chosen = *place.peek();
        let site = chosen.or_else(|| people::only_site(&everyone, subject));
        spawn(async move {
            if let Some(to) = begin(app, standard, site, subject).await {
                navigator.replace(to);
            }
            busy.set(false);
        });
    });
    let about = if class.is_reviewed() { Some(own) } else { person };
    // Nothing to choose and nothing to carry on with: straight in.
    let straight = alone && standards.len() == 1 && drafts.is_empty() && site.is_some();
    use_hook(move || {
        if straight {
            start.call(about);
        }
    });
    let sites: Vec<Pick> = app
        .sites_for(&format!("{}.submitted", class.as_str()))
        .iter()
        .map(|site| Pick::new(site.site.to_string(), site.shown.clone()))
        .collect();
    let many_sites = sites.len() > 1;
    let site_name = me.sites.iter().find(|site| Some(site.site) == place()).map(|site| site.shown.clone());
    let picks: Vec<Pick> = standards
        .iter()
        .map(|row| Pick::new(row.standard.standard.to_string(), names::text(&row.title)))
        .collect();
    let only = if let [only] = standards.as_slice() { Some(names::text(&only.title)) } else { None };
    let site_name = site_name.filter(|_| !many_sites || wanted_site);
    let sub = join([whom, only, site_name].map(Option::unwrap_or_default));
    rsx! {
        Page { title: names::class(class), sub, back: Route::TodayPage {}, test: "begin",
            CarryOn { drafts: drafts.clone() }
            if place().is_some() { InForce { site: place() } }
            if standards.len() > 1 {
                Pills { legend: t("begin-standard"), name: "standard", picks,
                    chosen: standard().map(|standard| standard.standard.to_string()),
                    onchoose: move |value: String| {
                        let found = standards.iter().find(|row| row.standard.standard.to_string() == value);
                        standard.set(found.map(|row| row.standard));
                    },
                }
            }
            if sites.len() > MANY {
                Select { label: t("capture-site"), id: "site", picks: sites, none: t("capture-site"),
                    chosen: place().map(|site| site.to_string()).unwrap_or_default(),
                    onchoose: move |value: String| place.set(Uuid::parse_str(&value).ok()),
                }
            } else if many_sites {
                Pills { legend: t("capture-site"), name: "site", picks: sites, chosen: place().map(|site| site.to_string()),
                    onchoose: move |value: String| place.set(Uuid::parse_str(&value).ok()),
                }
            }
            if alone {
                if place().is_some() {
                    Button { icon: Ico::Plus, busy: busy(), test: "begin-now", onclick: move |()| start.call(about),
                        if drafts.is_empty() { {t("begin-now")} } else { {t("begin-new")} }
                    }
                } else {
                    p { class: "hint", if many_sites { {t("begin-choose-site")} } else { {t("begin-no-site")} } }
                }
            } else {
                if class == Class::Audit && place().is_some() {
                    Button { icon: Ico::Site, busy: busy(), test: "whole-site", onclick: move |()| start.call(None), {t("begin-whole-site")} }
                }
                PeopleList { people: people::at_site(&people, place(), own), busy: busy(), onpick: move |person| start.call(Some(person)) }
            }
        }
    }
}

/// Drafts of the same class come first: most who come back want to go on.
#[component]
fn CarryOn(drafts: Vec<DraftRow>) -> Element {
    if drafts.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { title: t("carry-on-yes"), test: "begin-drafts",
            Rows {
                for draft in drafts {
                    Row {
                        key: "{draft.draft}",
                        to: Route::Fill { id: draft.draft.to_string() },
                        icon: Ico::Pen,
                        title: if draft.subject_name.is_empty() { names::text(&draft.title) } else { draft.subject_name.clone() },
                        detail: t_args("begin-draft", &[
                            ("title", names::text(&draft.title).into()),
                            ("open", draft.open.into()),
                            ("when", when::short_in(draft.saved_at).into()),
                        ]),
                        test: "begin-draft",
                    }
                }
            }
        }
    }
}

#[component]
fn PeopleList(people: Vec<PersonRow>, busy: bool, onpick: EventHandler<Uuid>) -> Element {
    let mut typed = use_signal(String::new);
    if people.is_empty() {
        return rsx! { Empty { icon: Ico::People, title: t("begin-nobody"), hint: t("begin-nobody-hint") } };
    }
    let search = people.len() >= SEARCH_FROM;
    let found: Vec<PersonRow> =
        people.into_iter().filter(|person| finds(&typed.read(), &[&person.shown])).collect();
    rsx! {
        h2 { class: "begin-who", id: "begin-who", {t("capture-who")} }
        if search {
            Field { label: t("begin-search"), id: "people-search", value: typed(), quiet_label: true, placeholder: t("begin-search"),
                kind: "search", oninput: move |text| typed.set(text) }
        }
        p { class: "sr", role: "status", {t_args("begin-found", &[("n", found.len().into())])} }
        if found.is_empty() {
            p { class: "hint", {t("begin-none-found")} }
        }
        ul { class: "rows", role: "list", "aria-labelledby": "begin-who", "data-test": "begin-people",
            for person in found {
                li { key: "{person.person}", class: "row-li",
                    button {
                        r#type: "button",
                        class: "row",
                        "data-test": "pick-{person.person}",
                        "aria-disabled": if busy { "true" },
                        onclick: move |_| onpick.call(person.person),
                        span { class: "st tone-brand", Icon { icon: Ico::User } }
                        RowText {
                            title: person.shown.clone(),
                            detail: last(&person),
                        }
                        Icon { icon: Ico::Next, class: "row-next" }
                    }
                }
            }
        }
    }
}

/// "Medication · Sat 22 Nov", or that nothing was observed yet.
fn last(person: &PersonRow) -> String {
    match &person.last {
        Some(record) => t_args(
            "begin-last",
            &[
                ("title", names::text(&record.title).into()),
                ("day", when::day_in(record.happened_at.date_naive()).into()),
            ],
        ),
        None => t("begin-never"),
    }
}
