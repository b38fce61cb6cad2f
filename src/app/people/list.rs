//! The list of people, with search and the own sites first.

use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::ask::use_ask;
use crate::app::i18n::{t, t_args};
use crate::app::names;
use crate::app::route::Route;
use crate::app::state::use_app;
use crate::app::today::join;
use crate::app::ui::{Chip, Empty, Field, Go, Ico, Icon, LongRows, Page, Pick, Row, Select, Tone, show};
use crate::app::when;
use crate::engine::api::{Me, PersonRow, Request};
use crate::practice::rights::Role;
use crate::practice::shown::finds;

/// From this many names on there is a search field.
const SEARCH_FROM: usize = 9;

#[component]
pub fn PeoplePage() -> Element {
    let app = use_app();
    let foot = app.may("person.set").then(|| {
        rsx! {
            Go { to: Route::AdminPerson { id: "new".into() }, class: "btn", test: "add-person",
                Icon { icon: Ico::Plus }
                span { {t("people-add")} }
            }
        }
    });
    rsx! {
        Page { title: t("people-title"), list: rsx! { PeopleList {} }, list_first: true, foot, test: "people",
            Empty { icon: Ico::People, title: t("people-choose") }
        }
    }
}

/// What was searched for and at which site: kept over the page, so that "back" from a person shows the
/// same list, and forgotten when the profile is locked.
static SEARCH: GlobalSignal<String> = Signal::global(String::new);
static SITE: GlobalSignal<String> = Signal::global(String::new);

/// Forgets what was searched for: the next who unlocks is somebody else.
pub fn forget_search() {
    SEARCH.write().clear();
    SITE.write().clear();
}

/// The list; `chosen` is the open one, where list and detail stand side by side.
#[component]
pub fn PeopleList(#[props(default)] chosen: Option<Uuid>) -> Element {
    let app = use_app();
    let people = use_ask::<Vec<PersonRow>>(Request::People);
    let sites = app.me().map(|me| me.sites).unwrap_or_default();
    rsx! {
        {show(&people, |people| {
            let picks: Vec<Pick> =
                sites.iter().filter(|site| site.active).map(|site| Pick::new(site.site.to_string(), site.shown.clone())).collect();
            // What was chosen before narrows only where it can be seen and taken back.
            let search = if people.len() >= SEARCH_FROM { SEARCH() } else { String::new() };
            let site = if picks.len() > 1 && picks.iter().any(|pick| pick.value == SITE()) { SITE() } else { String::new() };
            let mut rows = matching(people, &search, &site);
            own_first(&mut rows, app.me().as_ref(), app.role());
            let none = rows.is_empty();
            rsx! {
                if people.len() >= SEARCH_FROM {
                    Field { label: t("people-search"), id: "people-search", kind: "search", value: search, oninput: move |text: String| *SEARCH.write() = text }
                }
                if picks.len() > 1 {
                    Select { label: t("people-site"), id: "people-site", picks, chosen: site, none: t("people-all-sites"), onchoose: move |value: String| *SITE.write() = value }
                }
                p { class: "sr", role: "status", {t_args("people-found", &[("n", rows.len().into())])} }
                if none {
                    Empty { icon: Ico::Search, title: t("people-none"), hint: t("people-none-hint") }
                } else {
                    LongRows { test: "people-list",
                        rows: rows.into_iter().map(|row| rsx! {
                            PersonLine { key: "{row.person}", current: Some(row.person) == chosen, row }
                        }).collect::<Vec<_>>(),
                    }
                }
            }
        })}
    }
}

/// Those whose name or second identifier has every word that was typed, of one site or of all.
fn matching(people: &[PersonRow], search: &str, site: &str) -> Vec<PersonRow> {
    people
        .iter()
        .filter(|row| finds(search, &[&row.shown]))
        .filter(|row| site.is_empty() || row.sites.iter().any(|there| there.site.to_string() == site))
        .cloned()
        .collect()
}

/// Those at one's own sites before the others; each part keeps its order.
fn own_first(rows: &mut [PersonRow], me: Option<&Me>, role: Role) {
    let Some(me) = me.filter(|_| matches!(role, Role::Supervisor | Role::Staff)) else { return };
    let own =
        |row: &PersonRow| row.sites.iter().any(|there| me.sites.iter().any(|own| own.site == there.site));
    rows.sort_by_key(|row| !own(row));
}

/// Whether the observations of somebody come to the device of whoever looks: their own, for a supervisor
/// those at their sites, for the office all.
pub(super) fn knows(me: Option<&Me>, role: Role, row: &PersonRow) -> bool {
    let Some(me) = me else { return false };
    match role {
        Role::Quality | Role::Admin => true,
        Role::Supervisor => row.sites.iter().any(|there| me.sites.iter().any(|own| own.site == there.site)),
        Role::Staff => row.person == me.person,
    }
}

/// Whether it can be said that somebody was not observed yet: by whoever would know, of who has a practice to
/// be observed.
pub(super) fn not_seen(me: Option<&Me>, role: Role, row: &PersonRow) -> bool {
    row.last.is_none() && row.role.has_practice() && knows(me, role, row)
}

/// One person in a list.
#[component]
pub fn PersonLine(row: PersonRow, #[props(default)] current: bool) -> Element {
    let app = use_app();
    let seen = match &row.last {
        Some(last) => t_args(
            "people-last",
            &[
                ("title", names::text(&last.title).into()),
                ("when", when::day_in(last.happened_at.date_naive()).into()),
            ],
        ),
        None if not_seen(app.me().as_ref(), app.role(), &row) => t("people-not-seen"),
        // Observations of them do not come to this device: it cannot say that there are none.
        None => String::new(),
    };
    let inactive = !row.active;
    rsx! {
        Row {
            to: Route::PersonPage { id: row.person.to_string() },
            icon: Ico::User,
            tone: Tone::Brand,
            title: row.shown.clone(),
            detail: join([names::role(row.role), seen]),
            current,
            test: "person-row",
            end: rsx! {
                if inactive {
                    Chip { tone: Tone::Plain, icon: Ico::No, words: t("people-inactive") }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{knows, matching, not_seen, own_first};
    use crate::engine::api::{KeyPlace, Me, PersonRow, SiteName};
    use crate::practice::rights::Role;
    use crate::practice::shown;
    use uuid::Uuid;

    fn named(name: &str, second: &str) -> PersonRow {
        PersonRow {
            person: Uuid::nil(),
            name: name.into(),
            shown: shown::join([name, second]),
            second: second.into(),
            role: Role::Staff,
            sites: Vec::new(),
            active: true,
            last: None,
        }
    }

    #[test]
    fn a_search_finds_by_any_part_of_name_and_second_identifier() {
        let people = [named("Ana Ruiz", "Elm House"), named("Ana Ruiz", "Oak Lodge"), named("Ben Kay", "")];
        assert_eq!(matching(&people, "ana oak", "").len(), 1);
        assert_eq!(matching(&people, " RUI ", "").len(), 2);
        assert_eq!(matching(&people, "", "").len(), 3);
        assert!(matching(&people, "", "some-site").is_empty());
        let people = [named("José Muñoz", ""), named("Łukasz Dvořák", ""), named("Eve O’Neil", "")];
        for (typed, name) in [("munoz jo", 0), ("lukasz", 1), ("dvorak", 1), ("o'neil", 2), ("oneil", 2)] {
            assert_eq!(matching(&people, typed, ""), [people[name].clone()], "{typed}");
        }
    }

    #[test]
    fn that_nobody_was_observed_is_said_only_by_who_would_know() {
        let site = |n: u128| SiteName { site: Uuid::from_u128(n), shown: String::new(), active: true };
        let me = Me {
            profile: Uuid::nil(),
            person: Uuid::from_u128(7),
            name: String::new(),
            role: Role::Staff,
            sites: vec![site(1)],
            org: String::new(),
            shifts: std::collections::BTreeMap::new(),
            key_place: KeyPlace::System,
            carry_on: None,
            begins: std::collections::BTreeMap::new(),
        };
        let me = Some(&me);
        let colleague = PersonRow { sites: vec![site(1)], ..named("Ana", "") };
        let elsewhere = PersonRow { sites: vec![site(2)], ..named("Ben", "") };
        let myself = PersonRow { person: Uuid::from_u128(7), ..colleague.clone() };
        assert!(!knows(me, Role::Staff, &colleague), "colleagues' observations are not theirs to see");
        assert!(knows(me, Role::Staff, &myself));
        assert!(knows(me, Role::Supervisor, &colleague) && !knows(me, Role::Supervisor, &elsewhere));
        assert!(knows(me, Role::Quality, &elsewhere));
        assert!(!knows(None, Role::Admin, &elsewhere));
        let office = PersonRow { role: Role::Admin, ..colleague.clone() };
        assert!(not_seen(me, Role::Quality, &colleague));
        assert!(!not_seen(me, Role::Quality, &office), "nobody observes an administrator");
        let mut all = vec![elsewhere.clone(), colleague.clone()];
        own_first(&mut all, me, Role::Supervisor);
        assert_eq!(all, [colleague.clone(), elsewhere.clone()], "one's own sites first");
        own_first(&mut all, me, Role::Quality);
        assert_eq!(all, [colleague, elsewhere], "the office has no own sites");
    }
}
