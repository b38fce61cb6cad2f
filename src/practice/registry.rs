//! The bodies of the registry, read once for server and app: whom the one knows, the other shows.
//!
//! Invariant: reading asks for the same on both sides, whenever a line was written. How long a name
//! may be, and of which characters, is asked only of lines that come in new ([`Set::fits`]): a name that
//! an older version took still names somebody.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::rights::Role;
use super::shown;
use crate::record::{Envelope, hyphenated};

/// A body that sets something in the registry.
pub trait Set: Sized {
    const KIND: &'static str;

    /// # Errors
    /// The first member that is missing or wrong.
    fn read(body: &str) -> Result<Self, InvalidBody>;

    /// # Errors
    /// The member that is longer than a new line may have it, or holds what nobody sees.
    fn fits(&self) -> Result<(), InvalidBody>;

    /// What a line sets; `None` where it is of another kind. Another verb of the same class sets nothing,
    /// whatever its body looks like, and nor does a line that names a site or a subject.
    fn of(line: &Envelope) -> Option<Result<Self, InvalidBody>> {
        if line.kind.as_str() != Self::KIND {
            return None;
        }
        let field = match (line.site, line.subject) {
            (None, None) => return Some(Self::read(line.body.get())),
            (Some(_), _) => "site",
            (None, Some(_)) => "subject",
        };
        Some(Err(InvalidBody { field, message: "must be null in the envelope of this kind" }))
    }

    /// The same of a line that comes in new.
    fn of_new(line: &Envelope) -> Option<Result<Self, InvalidBody>> {
        Self::of(line).map(|set| set.and_then(|set| set.fits().map(|()| set)))
    }
}

/// The most characters that a name or a programme may have in a new line.
pub const MOST_CHARS: usize = 200;
/// The most sites that a new line may give one person.
pub const MOST_SITES: usize = 2_000;

/// What a body lacks or has wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidBody {
    pub field: &'static str,
    pub message: &'static str,
}

/// `org.set`.
#[derive(Clone, Debug, PartialEq)]
pub struct OrgSet {
    pub name: String,
    /// As it was written; what of it reads, reads ([`super::settings`]).
    pub settings: Value,
}

/// `site.set`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSet {
    pub site: Uuid,
    pub name: String,
    /// Empty where it is null.
    pub programme: String,
    pub active: bool,
}

/// `person.set`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSet {
    pub person: Uuid,
    pub name: String,
    pub role: Role,
    /// Each once. One that nobody has set yet is kept: its `site.set` may still be under way.
    pub sites: Vec<Uuid>,
    pub active: bool,
}

impl Set for OrgSet {
    const KIND: &'static str = "org.set";

    fn read(body: &str) -> Result<OrgSet, InvalidBody> {
        let mut body = object(body)?;
        Ok(OrgSet { name: name(&body)?, settings: body.remove("settings").unwrap_or_default() })
    }

    fn fits(&self) -> Result<(), InvalidBody> {
        fits(&self.name, "name")
    }
}

impl Set for SiteSet {
    const KIND: &'static str = "site.set";

    fn read(body: &str) -> Result<SiteSet, InvalidBody> {
        let body = object(body)?;
        let site = id(&body, "site")?;
        let name = name(&body)?;
        let programme = match body.get("programme") {
            Some(Value::String(programme)) => programme.clone(),
            Some(Value::Null) => String::new(),
            _ => return Err(InvalidBody { field: "programme", message: "must be text" }),
        };
        Ok(SiteSet { site, name, programme, active: flag(&body, "active")? })
    }

    fn fits(&self) -> Result<(), InvalidBody> {
        fits(&self.name, "name")?;
        fits(&self.programme, "programme")
    }
}

impl Set for PersonSet {
    const KIND: &'static str = "person.set";

    fn read(body: &str) -> Result<PersonSet, InvalidBody> {
        let body = object(body)?;
        let person = id(&body, "person")?;
        let name = name(&body)?;
        let role = body
            .get("role")
            .and_then(Value::as_str)
            .and_then(Role::named)
            .ok_or(InvalidBody { field: "role", message: "must be staff, supervisor, quality or admin" })?;
        let wrong = InvalidBody { field: "sites", message: "must be a list of site ids" };
        let Some(Value::Array(list)) = body.get("sites") else { return Err(wrong) };
        let mut sites = Vec::with_capacity(list.len());
        let mut known = std::collections::HashSet::with_capacity(list.len());
        for site in list {
            let site = site.as_str().and_then(hyphenated).ok_or_else(|| wrong.clone())?;
            if known.insert(site) {
                sites.push(site);
            }
        }
        Ok(PersonSet { person, name, role, sites, active: flag(&body, "active")? })
    }

    fn fits(&self) -> Result<(), InvalidBody> {
        fits(&self.name, "name")?;
        if self.sites.len() > MOST_SITES {
            return Err(InvalidBody { field: "sites", message: "must not be so many" });
        }
        Ok(())
    }
}

fn object(body: &str) -> Result<Map<String, Value>, InvalidBody> {
    serde_json::from_str(body).map_err(|_| InvalidBody { field: "body", message: "cannot be read" })
}

fn name(body: &Map<String, Value>) -> Result<String, InvalidBody> {
    let name = body.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
    name.map(str::to_owned).ok_or(InvalidBody { field: "name", message: "must be text and not blank" })
}

fn id(body: &Map<String, Value>, field: &'static str) -> Result<Uuid, InvalidBody> {
    let id = body.get(field).and_then(Value::as_str).and_then(hyphenated);
    id.ok_or(InvalidBody { field, message: "must be a UUID" })
}

fn flag(body: &Map<String, Value>, field: &'static str) -> Result<bool, InvalidBody> {
    body.get(field).and_then(Value::as_bool).ok_or(InvalidBody { field, message: "must be true or false" })
}

/// Whether a new line may call something so. A programme may be empty; a name is not, but can be of
/// nothing that is seen.
fn fits(text: &str, field: &'static str) -> Result<(), InvalidBody> {
    if text.chars().count() > MOST_CHARS {
        return Err(InvalidBody { field, message: "must have at most 200 characters" });
    }
    if shown::has_hidden(text) {
        return Err(InvalidBody {
            field,
            message: "must not have control, direction or invisible characters",
        });
    }
    if !text.is_empty() && shown::is_blank(text) {
        return Err(InvalidBody { field, message: "must have a character that is seen" });
    }
    Ok(())
}

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
