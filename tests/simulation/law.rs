//! Who may write what, written down a second time from PROTOCOL §2 and held against what the server
//! let into its streams and what it kept out.
//!
//! Invariant: nothing here calls the product's table of rights or its registry. Where §8 lets the server
//! refuse more than §2 does, a refusal is not questioned.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use uuid::Uuid;

use crate::world::{Broken, World};

const GRACE_MS: i64 = 45 * 24 * 3_600_000;

#[derive(Clone, Copy, PartialEq)]
enum Who {
    Admin,
    Quality,
    /// Supervisor, or anyone, assigned to the line's site.
    Lead,
    There,
    Subject,
}

use Who::{Admin, Lead, Quality, Subject, There};

const VERBS: [(&str, &str); 9] = [
    ("person site org competency standard", "set published retired"),
    ("handoff", "submitted amended withdrawn acknowledged"),
    ("task", "assigned done cancelled"),
    ("check shadow audit", "submitted amended withdrawn returned answered acknowledged"),
    ("scenario note", "submitted amended reviewed"),
    ("cycle restriction", "opened session validated extended closed placed reviewed lifted"),
    ("incident signal", "reported classified logged"),
    ("action", "reassigned"),
    ("action improvement assessment governance", "opened updated staged reviewed closed submitted"),
];

/// The verbs of a class.
pub fn verbs(class: &str) -> impl Iterator<Item = &'static str> + use<> {
    let of = VERBS.iter().filter(move |(names, _)| names.split(' ').any(|name| name == class));
    of.flat_map(|(_, verbs)| verbs.split(' ')).collect::<Vec<_>>().into_iter()
}

/// The row of a class: its streams, and who may write a verb; of a verb that is not in it, whoever may
/// write any.
fn row(class: &str, verb: &str) -> Option<(&'static [&'static str], Vec<Who>)> {
    let lead = vec![Lead, Quality];
    let team = vec![There, Quality];
    let (streams, verbs): (&'static [&'static str], Vec<(&str, Vec<Who>)>) = match class {
        "person" | "site" => (&["org"], vec![("set published retired", vec![Admin])]),
        "org" | "competency" | "standard" | "setting" => {
            (&["org"], vec![("set published retired", vec![Admin, Quality])])
        }
        // The server writes it alone.
        "device" => (&["org", "person"], vec![("invited cancelled paired revoked", vec![])]),
        "handoff" => (&["site"], vec![("submitted amended withdrawn acknowledged", team)]),
        "task" => (&["site"], vec![("assigned done cancelled", team)]),
        "audit" => (
            &["lead", "person?"],
            vec![("submitted amended withdrawn returned answered", lead), ("acknowledged", vec![Subject])],
        ),
        "check" | "shadow" => (
            &["lead", "person"],
            vec![("submitted amended withdrawn returned answered", lead), ("acknowledged", vec![Subject])],
        ),
        "scenario" | "note" => {
            (&["lead", "person"], vec![("submitted amended", vec![Subject]), ("reviewed", lead)])
        }
        "cycle" => (&["lead", "person"], vec![("opened session validated extended closed", lead)]),
        "restriction" => (&["lead", "person"], vec![("placed reviewed lifted", lead)]),
        "incident" | "signal" => {
            (&["lead", "person?", "author"], vec![("reported logged", team), ("classified", lead)])
        }
        "action" => (
            &["quality", "lead?", "person?"],
            vec![
                ("updated", vec![Lead, Quality, Subject]),
                ("reassigned", lead),
                ("opened staged reviewed closed submitted", vec![Quality]),
            ],
        ),
        "improvement" | "assessment" | "governance" => (
            &["quality", "lead?"],
            vec![("updated", lead), ("opened staged reviewed closed submitted", vec![Quality])],
        ),
        "pack" => (&["quality"], vec![("exported", vec![Lead, Quality, Admin])]),
        _ => return None,
    };
    let known = verbs.iter().find(|(names, _)| names.split(' ').any(|name| name == verb));
    let who = match known {
        Some((_, who)) => who.clone(),
        None => verbs.iter().flat_map(|(_, who)| who.clone()).collect(),
    };
    Some((streams, who))
}

#[derive(Clone)]
struct Version {
    n: u64,
    at: i64,
    role: String,
    sites: BTreeSet<Uuid>,
    active: bool,
}

/// The `org` stream up to some line.
#[derive(Default)]
pub struct Registry {
    people: BTreeMap<Uuid, Vec<Version>>,
    sites: BTreeSet<Uuid>,
}

fn id(value: &Value) -> Option<Uuid> {
    value.as_str()?.parse().ok()
}

impl Registry {
    fn apply(&mut self, n: u64, at: i64, line: &Value) {
        let body = &line["body"];
        match line["kind"].as_str() {
            Some("site.set") => self.sites.extend(id(&body["site"])),
            Some("person.set") => {
                let Some(person) = id(&body["person"]) else { return };
                let sites = body["sites"].as_array().into_iter().flatten().filter_map(id).collect();
                let role = body["role"].as_str().unwrap_or_default().to_owned();
                let active = body["active"] == true;
                self.people.entry(person).or_default().push(Version { n, at, role, sites, active });
            }
            _ => {}
        }
    }

    fn now(&self, person: Uuid) -> Option<&Version> {
        self.people.get(&person)?.last()
    }

    /// Whether the author may write it at its `org` number, and still may or lost the right lately.
    fn permits(&self, line: &Value, arrived: i64) -> bool {
        let (author, site, subject) = (id(&line["author"]), id(&line["site"]), id(&line["subject"]));
        let Some(versions) = author.and_then(|author| self.people.get(&author)) else { return false };
        let (class, verb) = line["kind"].as_str().and_then(|kind| kind.split_once('.')).unwrap_or(("", ""));
        let row = row(class, verb);
        let holds = |version: &Version| {
            let there = site.is_some_and(|site| version.sites.contains(&site));
            let is = |who: &Who| match who {
                Admin => version.role == "admin",
                Quality => version.role == "quality",
                Lead => version.role == "supervisor" && there,
                There => there,
                Subject => subject == author,
            };
            version.active && row.as_ref().is_none_or(|(_, who)| who.iter().any(is))
        };
        let start = match line["org"].as_u64() {
            None => versions.len() - 1,
            Some(org) => versions.iter().filter(|version| version.n <= org).count().saturating_sub(1),
        };
        if !holds(&versions[start]) {
            return false;
        }
        let (mut held, mut taken) = (true, None);
        for version in &versions[start..] {
            if held && !holds(version) {
                taken = Some(version.at);
            }
            held = holds(version);
        }
        let at_once = matches!(class, "org" | "person" | "site" | "competency" | "standard" | "setting")
            || (class, verb) == ("restriction", "lifted");
        held || (!at_once && taken.is_some_and(|at| arrived - at <= GRACE_MS))
    }

    /// The names of the streams that somebody reads; those that every version of the rules agrees on.
    fn reads(&self, person: Uuid) -> BTreeSet<String> {
        let Some(version) = self.now(person).filter(|version| version.active) else { return BTreeSet::new() };
        let mut streams = BTreeSet::from(["org".to_owned()]);
        let all = matches!(version.role.as_str(), "quality" | "admin");
        let sites = if all { &self.sites } else { &version.sites };
        streams.extend(sites.iter().map(|site| format!("site:{site}")));
        if version.role != "staff" {
            streams.extend(sites.iter().map(|site| format!("lead:{site}")));
        }
        streams.insert(if all { "quality".to_owned() } else { format!("person:{person}") });
        streams
    }
}

struct Row {
    pk: i64,
    line: Option<Value>,
    received: i64,
    code: Option<String>,
    released: bool,
    /// The person of the device, and when that was revoked; none for the server's own lines.
    person: Option<Uuid>,
    revoked: Option<i64>,
    n: Option<u64>,
    streams: BTreeSet<String>,
}

fn rows(world: &World) -> Vec<Row> {
    let db = world.server.database();
    let mut find = db
        .prepare(
            "SELECT e.pk, e.line, e.received_at, q.code, q.released_at, d.person, d.revoked_at,
                    (SELECT i.n FROM stream_item i JOIN stream s ON s.pk = i.stream
                     WHERE i.event = e.pk AND s.name = 'org'),
                    (SELECT group_concat(s.name) FROM stream_item i JOIN stream s ON s.pk = i.stream
                     WHERE i.event = e.pk)
             FROM event e JOIN replica r ON r.pk = e.replica LEFT JOIN device d ON d.pk = r.device
             LEFT JOIN quarantine q ON q.event = e.pk ORDER BY e.pk",
        )
        .unwrap();
    let rows = find.query_map([], |row| {
        Ok(Row {
            pk: row.get(0)?,
            line: serde_json::from_slice(&row.get::<_, Vec<u8>>(1)?).ok(),
            received: row.get(2)?,
            code: row.get(3)?,
            released: row.get::<_, Option<i64>>(4)?.is_some(),
            person: row.get::<_, Option<Vec<u8>>>(5)?.and_then(|id| Uuid::from_slice(&id).ok()),
            revoked: row.get(6)?,
            n: row.get(7)?,
            streams: row
                .get::<_, Option<String>>(8)?
                .into_iter()
                .flat_map(|names| names.split(',').map(str::to_owned).collect::<Vec<_>>())
                .collect(),
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// The registry as it is now.
pub fn registry(world: &World) -> Registry {
    let mut registry = Registry::default();
    let mut items: Vec<Row> = rows(world).into_iter().filter(|row| row.n.is_some()).collect();
    items.sort_by_key(|row| row.n);
    for row in items {
        if let (Some(n), Some(line)) = (row.n, &row.line) {
            registry.apply(n, row.received, line);
        }
    }
    registry
}

/// What a device counts as readable that its person may not read, or the other way round.
pub fn reads_wrongly(world: &World, registry: &Registry, who: usize) -> Option<String> {
    let device = &world.devices[who];
    let db = world.database(who);
    let mut find = db.prepare("SELECT name FROM stream WHERE readable = 1").unwrap();
    let here: BTreeSet<String> = find.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let may = registry.reads(device.person);
    let own = format!("person:{}", device.person);
    let other = may.symmetric_difference(&here).find(|name| **name != own || may.contains(&own))?;
    Some(format!("{} reads {other}: {}, and may: {}", device.name, here.contains(other), may.contains(other)))
}

/// Every line in a stream had to be let in there, and none that had to be let in was refused.
pub fn judged(world: &World) -> Result<(), Broken> {
    let rows = rows(world);
    // A line of the registry that was let in later has its number out of order: rare, and left alone.
    if rows.iter().any(|row| row.n.is_some() && row.released) {
        return Ok(());
    }
    let mut registry = Registry::default();
    let mut begun: BTreeMap<Uuid, &Value> = BTreeMap::new();
    for row in &rows {
        if let (Some(line), Some(person), false) = (&row.line, row.person, row.released) {
            judged_line(&registry, row, line, person)
                .and_then(|()| if row.code.is_none() { fits(&begun, line) } else { Ok(()) })
                .map_err(|why| format!("{why}: {line} (row {})", row.pk))?;
        }
        if let (Some(line), None) = (&row.line, &row.code)
            && let Some(id) = id(&line["id"]).filter(|_| line["body"]["of"].is_null())
        {
            begun.entry(id).or_insert(line);
        }
        if let (Some(n), Some(line)) = (row.n, &row.line) {
            registry.apply(n, row.received, line);
        }
    }
    Ok(())
}

/// §8: what goes on with a thing is of its class, at its site and about whom it is about. Reports and actions
/// may reach others with each step (whoever reported, a new owner).
fn fits(begun: &BTreeMap<Uuid, &Value>, line: &Value) -> Result<(), Broken> {
    let (known, verb) = line["kind"].as_str().and_then(|kind| kind.split_once('.')).unwrap_or(("", ""));
    // What a later version means by a word of its own changes nothing here.
    if !is_known(known, verb) {
        return Ok(());
    }
    let Some(thing) = id(&line["body"]["of"]).and_then(|of| begun.get(&of)) else { return Ok(()) };
    let class =
        |line: &Value| line["kind"].as_str().and_then(|kind| kind.split('.').next()).map(str::to_owned);
    if class(thing) != class(line) {
        return Err("changes a thing of another class, and counts".into());
    }
    if thing["site"] != line["site"] {
        return Err("changes a thing of another site, and counts".into());
    }
    let reaches_others = matches!(class(line).as_deref(), Some("incident" | "signal" | "action"));
    if !reaches_others && thing["subject"] != line["subject"] {
        return Err("changes a thing about somebody else, and counts".into());
    }
    Ok(())
}

fn judged_line(registry: &Registry, row: &Row, line: &Value, person: Uuid) -> Result<(), Broken> {
    let (class, verb) = line["kind"].as_str().and_then(|kind| kind.split_once('.')).unwrap_or(("", ""));
    let permitted = registry.permits(line, row.received);
    let gone = row.revoked.is_some_and(|at| at < row.received)
        || registry.now(person).is_none_or(|version| !version.active);
    if let Some(code) = &row.code {
        // What §8 judges besides: what a line changes, and offices that end at once.
        let strict = line["body"].get("of").is_some()
            || !is_known(class, verb)
            // Whoever owns an action writes of the one that named them, which `of` names.
            || (class, verb) == ("action", "updated")
            || matches!(class, "org" | "standard" | "competency" | "setting" | "person" | "site");
        return match code.as_str() {
            "not_permitted" if permitted && !strict => Err("was refused, and is permitted".into()),
            "revoked_device" if !gone && row.revoked.is_none() => {
                Err("was refused as of a device that is gone".into())
            }
            _ => Ok(()),
        };
    }
    if (class, verb) == ("draft", "left") {
        return Err("was left unfinished, and counts".into());
    }
    if gone {
        return Err("came from a device that is gone, and counts".into());
    }
    if id(&line["author"]) != Some(person) {
        return Err("was written in another's name, and counts".into());
    }
    if !permitted {
        return Err("is not permitted, and counts".into());
    }
    let (site, subject) = (id(&line["site"]), id(&line["subject"]));
    let mut must = BTreeSet::new();
    for stream in row_streams(class, verb) {
        must.extend(match *stream {
            "site" | "lead" => {
                let site = site.filter(|site| registry.sites.contains(site));
                Some(format!("{stream}:{}", site.ok_or("is of no known site, and counts")?))
            }
            "lead?" => site.map(|site| format!("lead:{site}")),
            "person?" if subject.is_none() => None,
            "person" | "person?" => {
                let subject = subject.filter(|subject| registry.people.contains_key(subject));
                Some(format!("person:{}", subject.ok_or("is about nobody known, and counts")?))
            }
            "author" => Some(format!("person:{person}")),
            name => Some(name.to_owned()),
        });
    }
    let may = subject.map(|subject| format!("person:{subject}"));
    if let Some(missing) = must.difference(&row.streams).next() {
        return Err(format!("does not reach {missing}"));
    }
    match row.streams.difference(&must).find(|stream| Some(*stream) != may.as_ref()) {
        Some(other) => Err(format!("reaches {other}")),
        None => Ok(()),
    }
}

/// Who may write a verb that is not in the table is for §8 to say.
fn is_known(class: &str, verb: &str) -> bool {
    VERBS.iter().any(|(names, verbs)| {
        names.split(' ').any(|name| name == class) && verbs.split(' ').any(|name| name == verb)
    })
}

fn row_streams(class: &str, verb: &str) -> &'static [&'static str] {
    row(class, verb).map_or(&["quality"] as &[_], |(streams, _)| streams)
}
