//! The names of people and sites as commands print them: no two look alike.

use std::collections::BTreeMap;

use fieldproof::practice::shown::{Named, tell_apart};
use uuid::Uuid;

use super::shown;
use crate::registry::Registry;

/// Everyone and every site of a registry, by id.
pub(super) struct Names {
    people: BTreeMap<Uuid, String>,
    sites: BTreeMap<Uuid, String>,
}

impl Names {
    pub(super) fn of(registry: &Registry) -> Names {
        let named = |(id, name): (Uuid, &str)| Named { id, name: name.to_owned(), marks: Vec::new() };
        let sites = print(&registry.sites().map(named).collect::<Vec<_>>());
        let people: Vec<Named> = registry
            .people()
            .into_iter()
            .map(|person| Named {
                id: person.person,
                name: person.name.clone(),
                marks: person.sites.first().and_then(|site| sites.get(site)).cloned().into_iter().collect(),
            })
            .collect();
        Names { people: print(&people), sites }
    }

    pub(super) fn person(&self, id: Uuid) -> &str {
        self.people.get(&id).map_or("(unknown)", String::as_str)
    }

    pub(super) fn site(&self, id: Uuid) -> &str {
        self.sites.get(&id).map_or("(unknown)", String::as_str)
    }
}

/// Each name as a terminal may show it, and what tells it apart. A terminal is shown what steers it by
/// number, where a screen leaves it out; and it isolates nothing.
fn print(all: &[Named]) -> BTreeMap<Uuid, String> {
    let isolates = ['\u{2068}', '\u{2069}'];
    let told = all.iter().zip(tell_apart(all)).map(|(one, told)| {
        let name = shown(&one.name);
        let second = shown(&told.second.replace(isolates, ""));
        (one.id, if second.is_empty() { name } else { format!("{name} · {second}") })
    });
    told.collect()
}
