//! The people and sites of one organisation, as its `org` stream tells them, at any number of it.
//!
//! Invariant: pure, and a function of the stream alone: applying items 1…n in order gives the same
//! registry in every process. Every version of a person is kept, because rights are judged as they
//! stood when a line was written (PROTOCOL §2).

use std::collections::{BTreeMap, HashMap};

pub use fieldproof::practice::registry::InvalidBody;
use fieldproof::practice::registry::{OrgSet, PersonSet, Set, SiteSet};
use fieldproof::practice::rights::{self, Named, Role, Rule, Standing, Stream};
use fieldproof::record::Envelope;
use fieldproof::sync::wire::Person;
use uuid::Uuid;

/// What a line changes in the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Org { name: String },
    Site { site: Uuid, name: String },
    Person(Person),
}

impl Change {
    /// Reads the change out of a line, where its kind is one of the three that the server reads: by the
    /// same reader as the app ([`fieldproof::practice::registry`]).
    #[must_use]
    pub fn of(line: &Envelope) -> Option<Result<Change, InvalidBody>> {
        let org = OrgSet::of(line).map(|set| set.map(Change::from));
        let site = || SiteSet::of(line).map(|set| set.map(Change::from));
        let person = || PersonSet::of(line).map(|set| set.map(Change::from));
        org.or_else(site).or_else(person)
    }

    /// The same of a line that comes in new, of which more is asked.
    #[must_use]
    pub fn of_new(line: &Envelope) -> Option<Result<Change, InvalidBody>> {
        let org = OrgSet::of_new(line).map(|set| set.map(Change::from));
        let site = || SiteSet::of_new(line).map(|set| set.map(Change::from));
        let person = || PersonSet::of_new(line).map(|set| set.map(Change::from));
        org.or_else(site).or_else(person)
    }
}

impl From<OrgSet> for Change {
    fn from(set: OrgSet) -> Change {
        Change::Org { name: set.name }
    }
}

impl From<SiteSet> for Change {
    fn from(set: SiteSet) -> Change {
        Change::Site { site: set.site, name: set.name }
    }
}

impl From<PersonSet> for Change {
    fn from(set: PersonSet) -> Change {
        let PersonSet { person, name, role, sites, active } = set;
        Change::Person(Person { person, name, role, sites, active })
    }
}

/// A person from one number of the `org` stream on.
#[derive(Clone, Debug)]
struct Version {
    n: u64,
    at_ms: i64,
    person: Person,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    through: u64,
    name: String,
    people: HashMap<Uuid, Vec<Version>>,
    sites: BTreeMap<Uuid, String>,
}

/// When a line arrives, and how long a right that was taken away still counts.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    pub now_ms: i64,
    pub grace_ms: i64,
}

impl Registry {
    /// The number of the `org` stream up to which this registry was built.
    #[must_use]
    pub fn through(&self) -> u64 {
        self.through
    }

    /// Takes in item `n` of the `org` stream, which entered it at `at_ms`; most change nothing.
    pub fn apply(&mut self, n: u64, at_ms: i64, change: Option<&Change>) {
        self.through = n;
        match change {
            Some(Change::Org { name }) => self.name.clone_from(name),
            Some(Change::Site { site, name }) => {
                self.sites.insert(*site, name.clone());
            }
            Some(Change::Person(person)) => {
                let version = Version { n, at_ms, person: person.clone() };
                self.people.entry(person.person).or_default().push(version);
            }
            None => {}
        }
    }

    /// The organisation's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A person as of today.
    #[must_use]
    pub fn person(&self, id: Uuid) -> Option<&Person> {
        self.people.get(&id).and_then(|versions| versions.last()).map(|version| &version.person)
    }

    /// Everyone as of today, by name.
    #[must_use]
    pub fn people(&self) -> Vec<&Person> {
        let latest = self.people.values().filter_map(|versions| versions.last());
        let mut people: Vec<_> = latest.map(|version| &version.person).collect();
        people.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
        people
    }

    /// Every site that was ever set, with its name.
    pub fn sites(&self) -> impl Iterator<Item = (Uuid, &str)> {
        self.sites.iter().map(|(site, name)| (*site, name.as_str()))
    }

    /// Whether any `site.set` named this site.
    #[must_use]
    pub fn knows_site(&self, site: Uuid) -> bool {
        self.sites.contains_key(&site)
    }

    /// Whether somebody administers the organisation once this has changed. Who is the last to may not
    /// end it: nobody could ever give it back.
    #[must_use]
    pub fn keeps_an_admin(&self, change: &Change) -> bool {
        let Change::Person(next) = change else { return true };
        let administers = |person: &Person| person.active && person.role == Role::Admin;
        let is_one = administers(next) || !self.person(next.person).is_some_and(administers);
        is_one || self.people().into_iter().any(|one| one.person != next.person && administers(one))
    }

    /// The streams that someone reads today; none for a person who is unknown or inactive.
    #[must_use]
    pub fn subscriptions(&self, id: Uuid) -> Vec<Stream> {
        match self.person(id) {
            Some(person) if person.active => {
                let every: Vec<Uuid> = self.sites.keys().copied().collect();
                rights::subscriptions(person.role, id, &person.sites, &every)
            }
            _ => Vec::new(),
        }
    }

    /// Whether the author held the right to this line at number `org` (today, where it is missing)
    /// and has it still, or lost it so short a time ago that it counts (where a lost right counts at
    /// all: [`Rule::ends_at_once`]).
    ///
    /// Where the registry did not know the author yet at that number, the first that it ever knew
    /// of them stands: someone who could enrol was on the registry, whatever their cursor said.
    #[must_use]
    pub fn permits(&self, rule: Rule, named: Named, org: Option<u64>, arrival: Arrival) -> bool {
        let Some(versions) = self.people.get(&named.author) else { return false };
        let start = match org {
            None => versions.len().saturating_sub(1),
            Some(n) => versions.partition_point(|version| version.n <= n).saturating_sub(1),
        };
        let mut held = false;
        let mut taken_at = None;
        for (i, version) in versions.iter().skip(start).enumerate() {
            let Person { role, sites, active, .. } = &version.person;
            let holds = rule.may_write(Standing { role: *role, sites, active: *active }, named);
            if i == 0 && !holds {
                return false;
            }
            if held && !holds {
                taken_at = Some(version.at_ms);
            }
            held = holds;
        }
        let in_grace = |at| arrival.now_ms.saturating_sub(at) <= arrival.grace_ms;
        held || !rule.ends_at_once() && taken_at.is_some_and(in_grace)
    }
}

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
