//! People and sites, with what was last observed.

use rusqlite::{OptionalExtension, ToSql};
use uuid::Uuid;

use super::{PersonRow, SiteName, SiteRow, role};
use crate::store::{Store, StoreError};
use crate::sync::wire::Role;

impl Store {
    /// Everyone on the registry by name, or those of one site. Without what was last observed:
    /// [`Store::with_last`] adds it where a list shows it.
    ///
    /// # Errors
    /// As any read.
    pub fn people(&self, site: Option<Uuid>) -> Result<Vec<PersonRow>, StoreError> {
        match site {
            None => self.people_where("1", &[]),
            Some(site) => self.people_where(
                "person IN (SELECT person FROM person_site WHERE person_site.site = ?1)",
                &[&site],
            ),
        }
    }

    fn people_where(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<PersonRow>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT person, name, role, active FROM person WHERE {condition} ORDER BY name COLLATE NOCASE, person"
        ))?;
        let rows = statement.query_map(values, |row| {
            Ok(PersonRow {
                person: row.get(0)?,
                name: row.get(1)?,
                second: String::new(),
                role: role(row.get(2)?),
                sites: Vec::new(),
                active: row.get(3)?,
                last: None,
            })
        })?;
        let mut people: Vec<PersonRow> = rows.collect::<Result<_, _>>()?;
        for person in &mut people {
            person.sites = self.sites_of(person.person)?;
        }
        tell_apart(&mut people);
        Ok(people)
    }

    /// # Errors
    /// As any read.
    pub fn person(&self, person: Uuid) -> Result<Option<PersonRow>, StoreError> {
        // Those of the same name are read too: they decide about the second identifier.
        let same_name = "lower(name) = (SELECT lower(name) FROM person WHERE person = ?1)";
        Ok(self.people_where(same_name, &[&person])?.into_iter().find(|row| row.person == person))
    }

    /// A person's role; `None` while they are not on the registry here.
    ///
    /// # Errors
    /// As any read.
    pub fn role_of(&self, person: Uuid) -> Result<Option<Role>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT role FROM person WHERE person = ?1")?
            .query_row([person], |row| Ok(role(row.get(0)?)))
            .optional()?)
    }

    /// A name, empty where the person is not known here.
    ///
    /// # Errors
    /// As any read.
    pub fn person_name(&self, person: Uuid) -> Result<String, StoreError> {
        let name = self
            .db
            .prepare_cached("SELECT name FROM person WHERE person = ?1")?
            .query_row([person], |row| row.get(0))
            .optional()?;
        Ok(name.unwrap_or_default())
    }

    /// A site's name, empty where the site is not known here.
    ///
    /// # Errors
    /// As any read.
    pub fn site_name(&self, site: Uuid) -> Result<String, StoreError> {
        let name = self
            .db
            .prepare_cached("SELECT name FROM site WHERE site = ?1")?
            .query_row([site], |row| row.get(0))
            .optional()?;
        Ok(name.unwrap_or_default())
    }

    /// Adds the newest observation of each.
    ///
    /// # Errors
    /// As any read.
    pub fn with_last(&self, mut people: Vec<PersonRow>) -> Result<Vec<PersonRow>, StoreError> {
        for person in &mut people {
            person.last = self
                .record_rows("record.subject = ?1 AND record.state <> 'withdrawn'", &[&person.person], 1)?
                .pop();
        }
        Ok(people)
    }

    /// The sites that a person is assigned to.
    ///
    /// # Errors
    /// As any read.
    pub fn sites_of(&self, person: Uuid) -> Result<Vec<SiteName>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT site.site, site.name, site.active FROM person_site JOIN site USING (site)
             WHERE person = ?1 ORDER BY site.name COLLATE NOCASE, site.site",
        )?;
        let rows = statement.query_map([person], |row| {
            Ok(SiteName { site: row.get(0)?, name: row.get(1)?, active: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All sites by programme and name, with the newest record at each.
    ///
    /// # Errors
    /// As any read.
    pub fn sites(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut sites = self.site_rows()?;
        for site in &mut sites {
            site.last = self.record_rows("record.site = ?1", &[&site.site], 1)?.pop();
        }
        Ok(sites)
    }

    /// All sites by programme and name.
    ///
    /// # Errors
    /// As any read.
    pub fn site_rows(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT site, name, programme, active,
                    (SELECT count(*) FROM person_site JOIN person USING (person)
                     WHERE person_site.site = site.site AND person.active)
             FROM site ORDER BY active DESC, programme COLLATE NOCASE, name COLLATE NOCASE, site",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SiteRow {
                site: row.get(0)?,
                name: row.get(1)?,
                programme: row.get(2)?,
                active: row.get(3)?,
                people: row.get(4)?,
                last: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The organisation's name; empty before it has arrived.
    ///
    /// # Errors
    /// As any read.
    pub fn org_name(&self) -> Result<String, StoreError> {
        let name = self.db.query_row("SELECT name FROM org", [], |row| row.get(0)).optional()?;
        Ok(name.unwrap_or_default())
    }
}

/// Gives people of the same name a second identifier: their first site, or the end of their id
/// where that is the same too (UX 16).
fn tell_apart(people: &mut [PersonRow]) {
    let key = |person: &PersonRow| person.name.to_lowercase();
    let names: Vec<String> = people.iter().map(key).collect();
    let sites: Vec<Option<Uuid>> =
        people.iter().map(|person| person.sites.first().map(|site| site.site)).collect();
    for (index, person) in people.iter_mut().enumerate() {
        let twins =
            || (0..names.len()).filter(|other| *other != index && names.get(*other) == names.get(index));
        if twins().next().is_none() {
            continue;
        }
        let id = person.person.simple().to_string();
        let end = id.get(id.len() - 4..).unwrap_or("").to_uppercase();
        person.second = match person.sites.first() {
            Some(site) if twins().all(|other| sites.get(other) != sites.get(index)) => site.name.clone(),
            Some(site) => format!("{} · {end}", site.name),
            None => end,
        };
    }
}

/// Whether a role reads and writes for all sites.
#[must_use]
pub fn sees_all_sites(role: Role) -> bool {
    matches!(role, Role::Quality | Role::Admin)
}
