//! What a set of lines comes to, worked out a second time and in the plainest way, and held against what
//! the screens show. What does not count by PROTOCOL §8 is left out first: so it also says whether a
//! device shows a record changed by whoever may not.
//!
//! Invariant: nothing here calls the product's folds.

use std::collections::{BTreeMap, BTreeSet};

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::merge::Field;
use serde_json::Value;
use uuid::Uuid;

use crate::reached;
use crate::world::{Broken, World};

struct Event {
    id: Uuid,
    author: Uuid,
    class: String,
    verb: String,
    site: Value,
    subject: Value,
    body: Value,
}

impl Event {
    fn read(line: &str) -> Option<Event> {
        let line: Value = serde_json::from_str(line).ok()?;
        let (class, verb) = line["kind"].as_str()?.split_once('.')?;
        Some(Event {
            id: line["id"].as_str()?.parse().ok()?,
            author: line["author"].as_str()?.parse().ok()?,
            class: class.to_owned(),
            verb: verb.to_owned(),
            site: line["site"].clone(),
            subject: line["subject"].clone(),
            body: line["body"].clone(),
        })
    }

    fn of(&self) -> Option<Uuid> {
        self.body["of"].as_str()?.parse().ok()
    }

    fn begins(&self) -> bool {
        let verbs = ["submitted", "reported", "opened", "placed"];
        verbs.contains(&self.verb.as_str())
            || (self.verb == "assigned" || self.class == "signal" && self.verb == "logged")
                && self.of().is_none()
    }

    fn base(&self) -> Vec<Uuid> {
        let base = self.body["base"].as_array().into_iter().flatten();
        base.filter_map(|id| id.as_str()?.parse().ok()).collect()
    }

    fn word(&self, member: &str) -> &str {
        self.body[member].as_str().unwrap_or_default()
    }
}

/// The beginning, and what counts of all that names it (§8: of its class, at its site, about its subject).
struct Thing {
    root: Event,
    later: Vec<Event>,
}

impl Thing {
    fn of(id: Uuid, lines: Vec<Event>) -> Option<Thing> {
        let (mut roots, rest): (Vec<Event>, Vec<Event>) =
            lines.into_iter().partition(|event| event.id == id && event.begins() && event.of().is_none());
        let root = roots.pop()?;
        // Reports and actions may reach others with each step (whoever reported, a new owner).
        let reaches_others = matches!(root.class.as_str(), "incident" | "signal" | "action");
        let counts = |event: &Event| {
            let same = event.class == root.class && event.site == root.site;
            let same = same && (reaches_others || event.subject == root.subject);
            same && event.of() == Some(id) && !event.begins() && !decides_about_oneself(&root, event)
        };
        let later = rest.into_iter().filter(counts).collect();
        Some(Thing { root, later })
    }

    fn is_by(&self, anyone: &[Uuid]) -> bool {
        self.later.iter().chain([&self.root]).any(|event| anyone.contains(&event.author))
    }

    fn has(&self, verb: &str) -> bool {
        self.later.iter().any(|event| event.verb == verb)
    }

    fn versions(&self) -> Versions<'_> {
        let mut versions = BTreeMap::from([(self.root.id, (&self.root.body, Vec::new()))]);
        for event in self.later.iter().filter(|event| event.verb == "amended") {
            if event.body["content"].is_object() {
                versions.insert(event.id, (&event.body["content"], self.seen(event)));
            }
        }
        versions
    }

    fn seen(&self, event: &Event) -> Vec<Uuid> {
        let base = event.base();
        if base.is_empty() { vec![self.root.id] } else { base }
    }

    fn tips(&self) -> BTreeSet<Uuid> {
        let versions = self.versions();
        let built_on: BTreeSet<Uuid> = versions.values().flat_map(|(_, base)| base.clone()).collect();
        let tips: BTreeSet<Uuid> =
            versions.keys().copied().filter(|id| *id != self.root.id && !built_on.contains(id)).collect();
        if tips.is_empty() { BTreeSet::from([self.root.id]) } else { tips }
    }

    /// Whether an answer names this question.
    fn is_answered(&self, question: &Event) -> bool {
        self.later.iter().any(|event| event.verb == "answered" && event.base().contains(&question.id))
    }

    /// Of an observation: where it stands. None where two versions stand that did not know of each other:
    /// whether they differ is for [`Thing::disputed`].
    fn state(&self, disputed: bool) -> &'static str {
        let tips = self.tips();
        let any = |verb: &str, counts: &dyn Fn(&Event) -> bool, all: bool| {
            self.later.iter().filter(|event| event.verb == verb && counts(event)).any(|event| {
                let seen = self.seen(event);
                let mut tips = tips.iter();
                if all { tips.all(|tip| seen.contains(tip)) } else { tips.any(|tip| seen.contains(tip)) }
            })
        };
        let outcome = |wanted: &'static str| move |event: &Event| event.body["review"]["outcome"] == wanted;
        if self.has("withdrawn") {
            "withdrawn"
        } else if disputed {
            "conflict"
        } else if any("returned", &|question| !self.is_answered(question), false) {
            "returned"
        } else if any("reviewed", &outcome("rework"), false) {
            "rework"
        } else if any("reviewed", &outcome("meets"), true) {
            "meets"
        } else if matches!(self.root.class.as_str(), "scenario" | "note") {
            "awaiting_review"
        } else if any("acknowledged", &|_| true, true) {
            "acknowledged"
        } else {
            "submitted"
        }
    }

    /// What stands of the items and of the note: those that versions, which did not know of each other, say
    /// differently, and what all the others say.
    fn merged(&self) -> Merged {
        let (versions, tips) = (self.versions(), self.tips());
        let mut fields: BTreeSet<String> = BTreeSet::from([NOTE.to_owned()]);
        for (content, _) in versions.values() {
            fields.extend(content["answers"].as_object().into_iter().flatten().map(|(item, _)| item.clone()));
        }
        let mut merged = Merged::default();
        for field in fields {
            let stand = self.values_that_stand(&field, &versions, &tips);
            match stand.as_slice() {
                [only] => drop(merged.standing.insert(field, only.clone())),
                _ => drop(merged.disputed.insert(field)),
            }
        }
        merged
    }

    /// What is said of a field by whoever last changed it, each thing once.
    ///
    /// A version changes a field where it says something else than what stood before it, or where more than
    /// one thing stood; a change stands until another one builds on it.
    fn values_that_stand(&self, field: &str, versions: &Versions, tips: &BTreeSet<Uuid>) -> Vec<Value> {
        let known = |id: &Uuid| if versions.contains_key(id) { *id } else { self.root.id };
        let mut past: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
        let mut changes: BTreeSet<Uuid> = BTreeSet::new();
        let standing =
            |seen: &BTreeSet<Uuid>, past: &BTreeMap<Uuid, BTreeSet<Uuid>>, changes: &BTreeSet<Uuid>| {
                let among: Vec<&Uuid> = changes.intersection(seen).collect();
                let last =
                    |one: &&&Uuid| !among.iter().any(|other| other != *one && past[*other].contains(**one));
                let mut values: Vec<Value> = Vec::new();
                for change in among.iter().filter(last) {
                    let value = says(versions[*change].0, field);
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
                values
            };
        // Each version after all that it builds on.
        while past.len() < versions.len() {
            let ready = versions.iter().find(|(id, (_, base))| {
                !past.contains_key(*id) && base.iter().map(known).all(|below| past.contains_key(&below))
            });
            // What builds on itself in a ring is nobody's honest line.
            let Some((id, (content, base))) = ready else { break };
            let mut seen: BTreeSet<Uuid> = BTreeSet::new();
            for below in base.iter().map(known) {
                seen.extend(&past[&below]);
            }
            let stood = standing(&seen, &past, &changes);
            if stood.as_slice() != [says(content, field)] {
                changes.insert(*id);
            }
            seen.insert(*id);
            past.insert(*id, seen);
        }
        let seen: BTreeSet<Uuid> = tips.iter().filter_map(|tip| past.get(tip)).flatten().copied().collect();
        standing(&seen, &past, &changes)
    }
}

/// Contents by version; each with what it builds on.
type Versions<'a> = BTreeMap<Uuid, (&'a Value, Vec<Uuid>)>;

/// Beside the items by id.
const NOTE: &str = "the note";

#[derive(Default)]
struct Merged {
    disputed: BTreeSet<String>,
    standing: BTreeMap<String, Value>,
}

/// What a content says of a field; an item without an answer says nothing.
fn says(content: &Value, field: &str) -> Value {
    if field == NOTE {
        return Value::from(content["note"].as_str().unwrap_or_default());
    }
    said(&content["answers"][field])
}

/// Nobody decides about what somebody else wrote of them, and nobody says of themselves that it is good
/// enough.
fn decides_about_oneself(root: &Event, event: &Event) -> bool {
    let about_them = root.subject.as_str().is_some_and(|subject| subject == event.author.to_string());
    about_them
        && match (root.class.as_str(), event.verb.as_str()) {
            ("check" | "shadow" | "audit", "amended" | "withdrawn" | "returned" | "answered")
            | ("cycle", "validated" | "extended" | "closed")
            | ("restriction", "reviewed" | "lifted") => root.author != event.author,
            ("scenario" | "note", verb) => verb == "reviewed",
            _ => false,
        }
}

/// An answer without the time that it took.
fn said(answer: &Value) -> Value {
    let mut answer = answer.clone();
    if let Some(members) = answer.as_object_mut() {
        members.remove("ms");
    }
    answer
}

fn things(world: &World, who: usize) -> Vec<Thing> {
    let db = world.database(who);
    let mut find =
        db.prepare("SELECT about, line FROM event WHERE about IS NOT NULL AND hidden = 0").unwrap();
    let mut all: BTreeMap<Uuid, Vec<Event>> = BTreeMap::new();
    let rows = find.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).unwrap();
    for (about, line) in rows.map(Result::unwrap) {
        all.entry(about).or_default().extend(Event::read(&line));
    }
    all.into_iter().filter_map(|(id, lines)| Thing::of(id, lines)).collect()
}

/// Asks a device for everything it shows, and compares.
pub fn shows(world: &mut World, who: usize) -> Result<(), Broken> {
    let name = world.devices[who].name;
    for thing in things(world, who) {
        // Whatever Mal and Max may write counts as well; how odd bodies are read is not worked out here.
        if thing.is_by(&world.liars) {
            continue;
        }
        let id = thing.root.id;
        match thing.root.class.as_str() {
            "check" | "shadow" | "audit" | "handoff" | "scenario" | "note" => record(world, who, &thing)?,
            "task" => {
                let shown: Option<String> = world
                    .database(who)
                    .query_row("SELECT state FROM task WHERE id = ?1", [id.as_bytes().as_slice()], |row| {
                        row.get(0)
                    })
                    .ok();
                let expected = if thing.has("done") {
                    "done"
                } else if thing.has("cancelled") {
                    "cancelled"
                } else {
                    continue;
                };
                if shown.as_deref() != Some(expected) {
                    return Err(format!("{name} shows task {id} as {shown:?}; it is {expected}"));
                }
            }
            _ => follow_up(world, who, &thing)?,
        }
    }
    Ok(())
}

fn record(world: &mut World, who: usize, thing: &Thing) -> Result<(), Broken> {
    let (name, id) = (world.devices[who].name, thing.root.id);
    let view = match world.ask(who, Request::Record { record: id }) {
        Some(Reply::Record(view)) => view,
        other => return Err(format!("{name} does not show record {id}: {other:?}")),
    };
    let tips: BTreeSet<Uuid> = view.record.tips.iter().copied().collect();
    if tips != thing.tips() {
        return Err(format!("{name} shows {tips:?} as newest of record {id}; they are {:?}", thing.tips()));
    }
    let Merged { disputed, standing } = thing.merged();
    let content = serde_json::to_value(&view.record.content).unwrap();
    for (field, stands) in &standing {
        let shown = says(&content, field);
        if shown != *stands {
            return Err(format!("{name} shows {shown} of record {id}, {field}; it is {stands}"));
        }
    }
    let in_dispute: BTreeSet<String> = view
        .record
        .disputes
        .iter()
        .filter_map(|dispute| match &dispute.field {
            Field::Item(item) => Some(item.clone()),
            Field::Note => Some(NOTE.to_owned()),
            _ => None,
        })
        .collect();
    if in_dispute != disputed {
        return Err(format!("{name} shows {in_dispute:?} of record {id} as disputed; it is {disputed:?}"));
    }
    if !disputed.is_empty() {
        reached::note("two say different things of one item");
    }
    // Fields beside the items may be in dispute as well.
    let state = thing.state(!view.record.disputes.is_empty());
    if view.record.state.as_str() != state {
        return Err(format!("{name} shows record {id} as {}; it is {state}", view.record.state.as_str()));
    }
    Ok(())
}

fn follow_up(world: &mut World, who: usize, thing: &Thing) -> Result<(), Broken> {
    let (name, id) = (world.devices[who].name, thing.root.id);
    let view = match world.ask(who, Request::FollowUp { id }) {
        Some(Reply::FollowUp(view)) => serde_json::to_value(&view.follow).unwrap(),
        // Bodies that do not read are kept and not shown.
        _ => return Ok(()),
    };
    let state = view["state"].as_str().unwrap_or_default();
    let is = |expected: &[&str], what: &str| {
        if expected.contains(&state) {
            return Ok(());
        }
        Err(format!("{name} shows {} {id} as {state}; {what}", thing.root.class))
    };
    match thing.root.class.as_str() {
        "cycle" => {
            let closed: Vec<&str> = thing
                .later
                .iter()
                .filter(|event| event.verb == "closed")
                .map(|event| event.word("outcome"))
                .collect();
            match closed.as_slice() {
                [] => is(&["open"], "nobody closed it")?,
                all if all.iter().all(|outcome| *outcome != "met") => is(&["stopped"], "it was ended early")?,
                _ => is(&["closed", "stopped", "unproven"], "it was closed")?,
            }
            let extended =
                thing.later.iter().filter(|event| event.verb == "extended").map(|event| event.word("due"));
            let due = extended.chain([thing.root.word("due")]).max();
            if closed.is_empty() && view["due"].as_str() != due {
                return Err(format!("{name} shows cycle {id} as due {}; it is {due:?}", view["due"]));
            }
        }
        "restriction" if thing.has("lifted") => is(&["closed", "unproven"], "it was lifted")?,
        "restriction" => is(&["open"], "nobody lifted it")?,
        "incident" | "signal" => {
            let classified: Vec<&Event> =
                thing.later.iter().filter(|event| event.verb == "classified").collect();
            let built_on: BTreeSet<Uuid> = classified.iter().flat_map(|event| event.base()).collect();
            let tips: BTreeSet<&str> = classified
                .iter()
                .filter(|event| !built_on.contains(&event.id))
                .map(|event| event.word("gap"))
                .collect();
            let gap = view["about"]["report"]["gap"].as_str();
            // Of several that did not know of each other the gravest stands: training is the cheapest answer.
            let gravest =
                ["accountability", "workflow", "knowledge"].into_iter().find(|gap| tips.contains(gap));
            if gap != gravest {
                return Err(format!("{name} shows {gap:?} as the cause of {id}; it is {gravest:?}"));
            }
            if view["about"]["report"]["words"] != thing.root.body["words"] {
                return Err(format!("{name} shows report {id} with other words than its author's"));
            }
        }
        "action" => {
            let done = thing.later.iter().any(|event| event.verb == "updated" && event.body["done"] == true);
            let ended = |given_up: bool| {
                let closed = |event: &&Event| event.verb == "closed";
                thing
                    .later
                    .iter()
                    .filter(closed)
                    .any(|event| (event.body["not_carried_out"] == true) == given_up)
            };
            // Ended as not carried out, it goes on where somebody had carried it out.
            match (ended(true) && !done, ended(false)) {
                (true, _) => is(&["stopped"], "it was ended as not carried out")?,
                (false, true) => is(&["closed", "unproven"], "it was closed")?,
                (false, false) => is(if done { &["worked"] } else { &["open"] }, "nobody closed it")?,
            }
        }
        "improvement" if !thing.has("closed") => is(&["open"], "nobody closed it")?,
        _ => {}
    }
    Ok(())
}
