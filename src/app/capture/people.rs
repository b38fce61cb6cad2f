//! Whom an observation can be about, and what is chosen already when it begins.
//!
//! Invariant: the order is by name, self last. Nobody is ranked, by misses or otherwise (UX 24).

use uuid::Uuid;

use crate::engine::api::{DraftRow, PersonRow, RecordRow, SiteName, StandardRow, Today};
use crate::practice::shown::key;
use crate::practice::standard::{Class, StandardRef};

/// From this many people on a search field stands above them.
pub const SEARCH_FROM: usize = 9;

/// Active people of a site by name, self last.
#[must_use]
pub fn at_site(people: &[PersonRow], site: Option<Uuid>, own: Uuid) -> Vec<PersonRow> {
    let mut there: Vec<PersonRow> = people
        .iter()
        // Nobody observes their own practice.
        .filter(|person| person.active && person.person != own && person.role.has_practice())
        .filter(|person| site.is_none_or(|site| person.sites.iter().any(|known| known.site == site)))
        .cloned()
        .collect();
    there.sort_by_cached_key(|person| (key(&person.name), person.shown.clone()));
    there
}

/// The standards of a class that can be begun.
#[must_use]
pub fn standards(all: &[StandardRow], class: Class) -> Vec<StandardRow> {
    all.iter().filter(|row| row.class == class && !row.retired).cloned().collect()
}

/// The standard to preselect: the one used last for this class, else the first.
#[must_use]
pub fn preselect(standards: &[StandardRow], recent: &[RecordRow], class: Class) -> Option<StandardRef> {
    let used = recent.iter().find(|record| record.class == class).map(|record| record.standard.standard);
    standards
        .iter()
        .find(|row| Some(row.standard.standard) == used)
        .or_else(|| standards.first())
        .map(|row| row.standard)
}

/// The site that is known without asking: where the person was last, else their only one.
#[must_use]
pub fn site(own: &[SiteName], today: &Today) -> Option<Uuid> {
    let mut active = own.iter().filter(|site| site.active);
    if let Some(last) = today.last_site
        && active.clone().any(|site| site.site == last)
    {
        return Some(last);
    }
    match (active.next(), active.next()) {
        (Some(only), None) => Some(only.site),
        _ => None,
    }
}

/// Where somebody is looked at: at `known`, where they work there, else at their only site.
#[must_use]
pub fn site_of(people: &[PersonRow], person: Option<Uuid>, known: Option<Uuid>) -> Option<Uuid> {
    let row = people.iter().find(|row| Some(row.person) == person);
    let works_there = row.is_none_or(|row| row.sites.iter().any(|site| Some(site.site) == known));
    known.filter(|_| works_there).or_else(|| only_site(people, person))
}

/// The site of a person who works at one alone: then it need not be asked.
#[must_use]
pub fn only_site(people: &[PersonRow], person: Option<Uuid>) -> Option<Uuid> {
    let person = people.iter().find(|known| Some(known.person) == person)?;
    match person.sites.as_slice() {
        [only] => Some(only.site),
        _ => None,
    }
}

/// Drafts of the class that could be carried on with; where it was begun about somebody, those about them.
/// Those that amend a record are begun from it and offered there.
#[must_use]
pub fn carry_on(drafts: &[DraftRow], class: Class, about: Option<Uuid>) -> Vec<DraftRow> {
    let fits = |draft: &&DraftRow| {
        draft.class == class && !draft.amends && (about.is_none() || draft.subject == about)
    };
    drafts.iter().filter(fits).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::text::Text;
    use crate::sync::wire::Role;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn place(n: u128) -> SiteName {
        SiteName { site: id(n), shown: format!("Site {n}"), active: true }
    }

    fn person(n: u128, name: &str, site: u128) -> PersonRow {
        PersonRow {
            person: id(n),
            name: name.into(),
            shown: name.into(),
            second: String::new(),
            role: Role::Staff,
            sites: vec![place(site)],
            active: true,
            last: None,
        }
    }

    #[test]
    fn somebody_is_looked_at_where_they_work() {
        let people = [person(1, "Andre", 2), person(2, "Bo", 1)];
        let last = Some(id(1));
        assert_eq!(site_of(&people, Some(id(1)), last), Some(id(2)));
        assert_eq!(site_of(&people, Some(id(2)), last), last);
        assert_eq!(site_of(&people, None, last), last);
    }

    #[test]
    fn people_of_the_site_by_name_and_self_last() {
        let mut gone = person(5, "Aaron", 1);
        gone.active = false;
        let mut office = person(8, "Ada", 1);
        office.role = Role::Admin;
        let people = [
            person(1, "Ana", 1),
            person(2, "Óscar", 1),
            person(3, "Ben", 1),
            person(4, "Cy", 2),
            person(6, "Łukasz", 1),
            person(7, "Zoë", 1),
            gone,
            office,
        ];
        let names: Vec<String> = at_site(&people, Some(id(1)), id(1)).into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["Ben", "Łukasz", "Óscar", "Zoë"]);
    }

    #[test]
    fn the_site_is_asked_only_where_it_is_not_known() {
        let two = [place(1), place(2)];
        assert_eq!(site(&two, &Today::default()), None);
        assert_eq!(site(&two, &Today { last_site: Some(id(2)), ..Today::default() }), Some(id(2)));
        assert_eq!(site(&two, &Today { last_site: Some(id(9)), ..Today::default() }), None);
        assert_eq!(site(&[place(1)], &Today::default()), Some(id(1)));
    }

    #[test]
    fn retired_standards_are_not_begun() {
        let row = |n, class, retired| StandardRow {
            setting: crate::practice::setting::Setting::Live,
            standard: StandardRef { standard: id(n), version: 1 },
            class,
            competency: String::new(),
            title: Text::from("T"),
            items: 1,
            retired,
            cycle: crate::practice::standard::CyclePlan::default(),
        };
        let all = [row(1, Class::Check, true), row(2, Class::Check, false), row(3, Class::Shadow, false)];
        let checks = standards(&all, Class::Check);
        assert_eq!(preselect(&checks, &[], Class::Check).map(|found| found.standard), Some(id(2)));
        assert_eq!(checks.len(), 1);
    }
}
