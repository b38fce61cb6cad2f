//! The names of the registry as every list shows them, told apart over the whole of it.
//!
//! Invariant: no two people, no two sites and no two standards are shown alike
//! (`practice::shown::tell_apart`), whichever list they come up in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use uuid::Uuid;

use super::StoreError;
use crate::practice::registry::{PersonSet, SiteSet};
use crate::practice::shown::{self, Named, Shown};
use crate::practice::text::Text;

/// A person as the registry has them; [`tell_apart`] completes the row.
pub(super) fn insert_person(db: &Connection, body: &PersonSet) -> Result<(), StoreError> {
    let name = shown::clean(&body.name);
    db.prepare_cached(
        "INSERT INTO person (person, name, shown, second, sort, role, active)
         VALUES (?1, ?2, '', '', ?3, ?4, ?5)",
    )?
    .execute((body.person, &name, shown::key(&name), body.role.as_str(), body.active))?;
    Ok(())
}

/// The same of a site.
pub(super) fn insert_site(db: &Connection, body: &SiteSet) -> Result<(), StoreError> {
    let (name, programme) = (shown::clean(&body.name), shown::clean(&body.programme));
    db.prepare_cached(
        "INSERT INTO site (site, name, shown, second, sort, programme, programme_sort, active)
         VALUES (?1, ?2, '', '', ?3, ?4, ?5, ?6)",
    )?
    .execute((body.site, &name, shown::key(&name), &programme, shown::key(&programme), body.active))?;
    Ok(())
}

/// Writes how each person and each site is shown, where that changed: a new one can make another that
/// looks like it need its mark, too. People are told apart by their sites, so sites come first.
pub(super) fn tell_apart(db: &Connection) -> Result<(), StoreError> {
    let sites = "SELECT site, name, programme, shown FROM site ORDER BY site";
    let update = "UPDATE site SET shown = ?2, second = ?3 WHERE site = ?1";
    write(db, &told(db, sites)?, update)?;
    // The first of their sites by name, and one that is open before one that was closed.
    let people = "SELECT person, name,
            ifnull((SELECT site.shown FROM person_site JOIN site USING (site)
                    WHERE person_site.person = person.person
                    ORDER BY site.active DESC, site.sort, site.site LIMIT 1), ''), shown
        FROM person ORDER BY person";
    let update = "UPDATE person SET shown = ?2, second = ?3 WHERE person = ?1";
    write(db, &told(db, people)?, update)
}

/// Those of a statement with its id, name, mark and how it was shown before.
fn told(db: &Connection, sql: &str) -> Result<Vec<(Named, String)>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok((Named { id: row.get(0)?, name: row.get(1)?, marks: vec![row.get(2)?] }, row.get(3)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn write(db: &Connection, all: &[(Named, String)], update: &str) -> Result<(), StoreError> {
    let named: Vec<Named> = all.iter().map(|(named, _)| named.clone()).collect();
    for ((named, before), Shown { shown, second }) in all.iter().zip(shown::tell_apart(&named)) {
        if *before != shown {
            db.prepare_cached(update)?.execute((named.id, shown, second))?;
        }
    }
    Ok(())
}

/// Writes the titles of the standards as they are shown: those of equal titles with the end of their id,
/// language by language. What a version was published with stays in its `json`.
pub(super) fn tell_standards_apart(db: &Connection) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT standard, version, newest, title, json_extract(json, '$.title') FROM standard
         ORDER BY standard, version",
    )?;
    let rows = statement.query_map([], |row| {
        let published: Option<String> = row.get(4)?;
        let published = published.and_then(|text| serde_json::from_str::<Text>(&text).ok());
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, published.unwrap_or_default()))
    })?;
    let versions = rows.collect::<Result<Vec<(Uuid, u32, bool, String, Text)>, _>>()?;
    let newest: Vec<(Uuid, &Text)> =
        versions.iter().filter(|one| one.2).map(|(id, _, _, _, title)| (*id, title)).collect();
    let languages: BTreeSet<&String> = newest.iter().flat_map(|(_, title)| title.0.keys()).collect();
    let mut seconds: BTreeMap<(Uuid, &str), String> = BTreeMap::new();
    for language in languages {
        let named: Vec<Named> = newest
            .iter()
            .map(|(id, title)| Named { id: *id, name: title.get(language).to_owned(), marks: Vec::new() })
            .collect();
        for (one, told) in named.iter().zip(shown::tell_apart(&named)) {
            if !told.second.is_empty() {
                seconds.insert((one.id, language.as_str()), told.second);
            }
        }
    }
    for (id, version, _, before, title) in &versions {
        let mut told = title.clone();
        for ((_, language), second) in seconds.range((*id, "")..).take_while(|((of, _), _)| of == id) {
            let words = shown::join([shown::clean(title.get(language)).as_str(), second.as_str()]);
            told.set(language, words);
        }
        let told = serde_json::to_string(&told)?;
        if told != *before {
            db.prepare_cached("UPDATE standard SET title = ?3 WHERE standard = ?1 AND version = ?2")?
                .execute((id, version, told))?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
