//! People and sites, with what was last observed.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, ToSql};
use uuid::Uuid;

use super::{PersonRow, Seen, SiteName, SiteRow, ids, json, role, time};
use crate::store::{Store, StoreError};
use crate::sync::wire::Role;

/// The newest observation of each person of a list.
const SEEN_PEOPLE: &str = "
    SELECT person.person, standard.title, record.happened, record.happened_east
    FROM person
    CROSS JOIN record ON record.rowid = (
        SELECT rowid FROM record AS newest INDEXED BY record_subject
        WHERE newest.subject = person.person AND newest.state <> 'withdrawn'
          AND (newest.author IS NOT newest.subject OR newest.class NOT IN ('check', 'shadow', 'audit'))
        ORDER BY newest.happened DESC, newest.id DESC LIMIT 1)
    LEFT JOIN standard ON standard.standard = record.standard AND standard.version = record.version
    WHERE person.person IN (SELECT unhex(value) FROM json_each(?1))";
/// The newest record at each site of a list.
const SEEN_SITES: &str = "
    SELECT site.site, standard.title, record.happened, record.happened_east
    FROM site
    CROSS JOIN record ON record.rowid = (
        SELECT rowid FROM record AS newest INDEXED BY record_site
        WHERE newest.site = site.site ORDER BY newest.happened DESC, newest.id DESC LIMIT 1)
    LEFT JOIN standard ON standard.standard = record.standard AND standard.version = record.version
    WHERE site.site IN (SELECT unhex(value) FROM json_each(?1))";

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
            "SELECT person, name, shown, second, role, active FROM person WHERE {condition}
             ORDER BY sort, shown, person"
        ))?;
        let rows = statement.query_map(values, |row| {
            Ok(PersonRow {
                person: row.get(0)?,
                name: row.get(1)?,
                shown: row.get(2)?,
                second: row.get(3)?,
                role: role(row.get(4)?),
                sites: Vec::new(),
                active: row.get(5)?,
                last: None,
            })
        })?;
        let mut people: Vec<PersonRow> = rows.collect::<Result<_, _>>()?;
        let mut sites = self.sites_of_all(people.iter().map(|person| person.person))?;
        for person in &mut people {
            person.sites = sites.remove(&person.person).unwrap_or_default();
        }
        Ok(people)
    }

    /// # Errors
    /// As any read.
    pub fn person(&self, person: Uuid) -> Result<Option<PersonRow>, StoreError> {
        Ok(self.people_where("person = ?1", &[&person])?.pop())
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

    /// Whether this person administers the organisation and nobody else who is active does.
    ///
    /// # Errors
    /// As any read.
    pub fn is_last_admin(&self, person: Uuid) -> Result<bool, StoreError> {
        let (is_one, others): (bool, bool) = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM person WHERE role = 'admin' AND active AND person = ?1),
                    EXISTS (SELECT 1 FROM person WHERE role = 'admin' AND active AND person <> ?1)",
            [person],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(is_one && !others)
    }

    /// A name as it is shown, empty where the person is not known here.
    ///
    /// # Errors
    /// As any read.
    pub fn person_name(&self, person: Uuid) -> Result<String, StoreError> {
        let name = self
            .db
            .prepare_cached("SELECT shown FROM person WHERE person = ?1")?
            .query_row([person], |row| row.get(0))
            .optional()?;
        Ok(name.unwrap_or_default())
    }

    /// A site's name as it is shown, empty where the site is not known here.
    ///
    /// # Errors
    /// As any read.
    pub fn site_name(&self, site: Uuid) -> Result<String, StoreError> {
        let name = self
            .db
            .prepare_cached("SELECT shown FROM site WHERE site = ?1")?
            .query_row([site], |row| row.get(0))
            .optional()?;
        Ok(name.unwrap_or_default())
    }

    /// Adds the newest observation of each.
    ///
    /// # Errors
    /// As any read.
    pub fn with_last(&self, mut people: Vec<PersonRow>) -> Result<Vec<PersonRow>, StoreError> {
        let mut seen = self.seen(SEEN_PEOPLE, people.iter().map(|person| person.person))?;
        for person in &mut people {
            person.last = seen.remove(&person.person);
        }
        Ok(people)
    }

    /// The newest observation of each of these, in one statement: a list of hundreds waits for it.
    fn seen(&self, sql: &str, of: impl Iterator<Item = Uuid>) -> Result<BTreeMap<Uuid, Seen>, StoreError> {
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([ids(of)?], |row| {
            Ok((row.get(0)?, Seen { title: json(row, 1)?, happened_at: time(row, 2)? }))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The sites that a person is assigned to.
    ///
    /// # Errors
    /// As any read.
    pub fn sites_of(&self, person: Uuid) -> Result<Vec<SiteName>, StoreError> {
        Ok(self.sites_of_all(std::iter::once(person))?.remove(&person).unwrap_or_default())
    }

    fn sites_of_all(
        &self,
        people: impl Iterator<Item = Uuid>,
    ) -> Result<BTreeMap<Uuid, Vec<SiteName>>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT person, site.site, site.shown, site.active FROM person_site JOIN site USING (site)
             WHERE person IN (SELECT unhex(value) FROM json_each(?1))
             ORDER BY site.sort, site.shown, site.site",
        )?;
        let mut rows = statement.query([ids(people)?])?;
        let mut sites: BTreeMap<Uuid, Vec<SiteName>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let site = SiteName { site: row.get(1)?, shown: row.get(2)?, active: row.get(3)? };
            sites.entry(row.get(0)?).or_default().push(site);
        }
        Ok(sites)
    }

    /// All sites by programme and name, with the newest record at each.
    ///
    /// # Errors
    /// As any read.
    pub fn sites(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut sites = self.site_rows()?;
        let mut seen = self.seen(SEEN_SITES, sites.iter().map(|site| site.site))?;
        for site in &mut sites {
            site.last = seen.remove(&site.site);
        }
        Ok(sites)
    }

    /// All sites by programme and name, as they are shown.
    ///
    /// # Errors
    /// As any read.
    pub fn site_names(&self) -> Result<Vec<SiteName>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT site, shown, active FROM site ORDER BY active DESC, programme_sort, sort, shown, site",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SiteName { site: row.get(0)?, shown: row.get(1)?, active: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All sites by programme and name.
    ///
    /// # Errors
    /// As any read.
    pub fn site_rows(&self) -> Result<Vec<SiteRow>, StoreError> {
        let mut statement = self.db.prepare_cached(
            "SELECT site, name, shown, programme, active,
                    (SELECT count(*) FROM person_site JOIN person USING (person)
                     WHERE person_site.site = site.site AND person.active)
             FROM site ORDER BY active DESC, programme_sort, sort, shown, site",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(SiteRow {
                site: row.get(0)?,
                name: row.get(1)?,
                shown: row.get(2)?,
                programme: row.get(3)?,
                active: row.get(4)?,
                people: row.get(5)?,
                last: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Since when somebody has been working as staff anywhere, in milliseconds since 1970; `None` where
    /// they do not.
    ///
    /// # Errors
    /// As any read.
    pub fn works_since(&self, person: Uuid) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT min(since) FROM tenure WHERE person = ?1 AND until IS NULL";
        Ok(self.db.prepare_cached(sql)?.query_row([person], |row| row.get(0))?)
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

/// Whether a role reads and writes for all sites.
#[must_use]
pub fn sees_all_sites(role: Role) -> bool {
    matches!(role, Role::Quality | Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::{SEEN_PEOPLE, SEEN_SITES};
    use crate::store::query::plan;

    #[test]
    fn what_was_seen_last_is_one_step_into_an_index_for_each() {
        for (sql, index) in
            [(SEEN_PEOPLE, "record_subject (subject=?)"), (SEEN_SITES, "record_site (site=?)")]
        {
            let plan = plan(sql);
            assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
            assert!(!plan.iter().any(|step| step.starts_with("SCAN record")), "{plan:?}");
        }
    }
}
