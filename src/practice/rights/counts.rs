//! Whether an event counts for the thing that it names: who may change what is judged by what is
//! changed, never by what the line claims of itself (docs/protocol.md, §8).
//!
//! Invariant: every fold and the server ask [`counts`], so that what is void for one is void for all.
//! It looks at the two events alone, and not at the registry: that the author holds the right at the
//! line's own site is the server's to say, and here the line's site and people are the thing's.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{Audience, LEADS, Named, Own, Place, Rule, SUBJECT};
use crate::record::Envelope;

/// What a body says it goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Nothing,
    Thing(Uuid),
    /// There is something, and it is no id, or it is there twice.
    Unreadable,
}

impl Of {
    /// Reads the body's `of`; both sides read it here, so that no line is read in two ways.
    #[must_use]
    pub fn read(body: &RawValue) -> Of {
        #[derive(Deserialize)]
        struct Body {
            #[serde(default)]
            of: Option<Uuid>,
        }
        let body = body.get();
        // Most bodies name nothing: they are not read a second time. A name can be written with escapes.
        if !body.contains("\"of\"") && !body.contains("\\u") {
            return Of::Nothing;
        }
        match serde_json::from_str::<Body>(body) {
            Ok(Body { of: Some(of) }) => Of::Thing(of),
            Ok(Body { of: None }) => Of::Nothing,
            Err(_) => Of::Unreadable,
        }
    }
}

/// What is read of an event to judge it: what it says of itself, and what it names.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub id: Uuid,
    pub rule: Rule,
    pub named: Named,
    pub of: Of,
}

/// Why an event does not count for the thing that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCounted {
    /// What it names did not begin anything.
    Nothing,
    /// A beginning names nothing that there is already.
    Begins,
    /// The thing is of another class.
    Class,
    /// The thing is of another site.
    Site,
    /// The thing is about somebody else.
    Subject,
    /// Only the person whom the thing is about may say this of it.
    Author,
    /// The author decides about themselves.
    Own,
    /// This version does not know the verb: whatever it means, it changes nothing here.
    Verb,
}

impl NotCounted {
    pub const ALL: [NotCounted; 8] = [
        NotCounted::Nothing,
        NotCounted::Begins,
        NotCounted::Class,
        NotCounted::Site,
        NotCounted::Subject,
        NotCounted::Author,
        NotCounted::Own,
        NotCounted::Verb,
    ];

    /// The code that stands in tables and locale keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NotCounted::Nothing => "nothing",
            NotCounted::Begins => "begins",
            NotCounted::Class => "class",
            NotCounted::Site => "site",
            NotCounted::Subject => "subject",
            NotCounted::Author => "author",
            NotCounted::Own => "own",
            NotCounted::Verb => "verb",
        }
    }

    /// Whether nobody may do this: all but a verb that a later version may know.
    #[must_use]
    pub fn is_refused(self) -> bool {
        self != NotCounted::Verb
    }
}

impl fmt::Display for NotCounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotCounted::Nothing => "what it names in `of` began nothing",
            NotCounted::Begins => "what begins something names nothing in `of`",
            NotCounted::Class => "what it names in `of` is of another class",
            NotCounted::Site => "what it names in `of` is of another site",
            NotCounted::Subject => "what it names in `of` is about somebody else",
            NotCounted::Author => "only the person whom it is about may say this of it",
            NotCounted::Own => "nobody decides about what concerns themselves",
            NotCounted::Verb => "this version does not know the verb",
        })
    }
}

/// Whom a later event names, where that is not simply whom the thing is about.
enum LaterSubject {
    /// Nobody, or whoever reported it: who is named decides only who receives the line.
    NobodyOrReporter,
    /// Its owner, who can change.
    Free,
}

/// The classes whose later events do not simply repeat the thing's subject.
const LATER_SUBJECT: &[(&str, LaterSubject)] = &[
    ("incident", LaterSubject::NobodyOrReporter),
    ("signal", LaterSubject::NobodyOrReporter),
    ("action", LaterSubject::Free),
];

/// Whom a later event of a class names, in words.
#[cfg(test)]
pub(super) fn later_subject(class: &str) -> &'static str {
    match LATER_SUBJECT.iter().find(|(name, _)| *name == class) {
        None => "whom the thing is about",
        Some((_, LaterSubject::NobodyOrReporter)) => "whom it is about, nobody, or who reported it",
        Some((_, LaterSubject::Free)) => "its owner, who can change",
    }
}

/// The verbs of the registry's classes that mean something. The server reads no others.
const REGISTRY: &[(&str, &[&str])] = &[
    ("org", &["set"]),
    ("site", &["set"]),
    ("person", &["set"]),
    ("standard", &["published", "retired"]),
    ("competency", &["set", "published", "retired"]),
];

impl Rule {
    /// Whether it is a line of the registry: those name what they set in their own members, and
    /// stand in the order of the `org` stream.
    #[must_use]
    pub fn is_registry(self) -> bool {
        self.class.is_some_and(|row| row.streams.contains(&Audience::Org))
    }
}

impl Rule {
    /// Whether `author` may go on in this way with a thing that was begun so, besides the right to write
    /// the verb there, which hangs on the registry.
    ///
    /// # Errors
    /// Why not.
    pub fn may_say(self, author: Uuid, thing: Named) -> Result<(), NotCounted> {
        let Some(verb) = self.verb else { return Err(NotCounted::Verb) };
        let about_them = thing.subject == Some(author);
        let their_practice = thing.practice_of == Some(author) && thing.author != author;
        match verb.own {
            _ if verb.place == Place::Begins => Err(NotCounted::Begins),
            _ if verb.may == SUBJECT && !about_them => Err(NotCounted::Author),
            // Whoever leads decides what a report comes to, and nobody about their own practice.
            _ if verb.may == LEADS && their_practice => Err(NotCounted::Own),
            Own::Never if about_them => Err(NotCounted::Own),
            Own::NotOfOthers if about_them && thing.author != author => Err(NotCounted::Own),
            _ => Ok(()),
        }
    }
}

/// Whose practice a report is about: its line names who reported it. What an older version wrote named there
/// whose practice it was.
#[must_use]
pub fn practice_of(envelope: &Envelope) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct Body {
        #[serde(default)]
        practice_of: Option<Uuid>,
    }
    if !matches!(envelope.kind.as_str(), "incident.reported" | "signal.logged") {
        return None;
    }
    let said = serde_json::from_str::<Body>(envelope.body.get()).ok().and_then(|body| body.practice_of);
    said.or(envelope.subject.filter(|subject| *subject != envelope.author))
}

impl Event {
    #[must_use]
    pub fn read(envelope: &Envelope) -> Event {
        let rule = Rule::of_line(envelope.kind.as_str(), envelope.body);
        let (author, subject) = (envelope.author, envelope.subject);
        let practice_of = practice_of(envelope);
        let named = Named { author, site: envelope.site, subject, practice_of };
        // A class that is not known may mean anything by `of`, and the registry means nothing by it.
        let of = match rule.class {
            Some(_) if !rule.is_registry() => Of::read(envelope.body),
            _ => Of::Nothing,
        };
        Event { id: envelope.id, rule, named, of }
    }

    /// Whether it begins a thing, which then has its id.
    #[must_use]
    pub fn begins(&self) -> bool {
        let begins = self.rule.verb.is_some_and(|verb| matches!(verb.place, Place::Begins | Place::Either));
        begins && self.of == Of::Nothing
    }

    /// The thing that it is about: the one that it names, else the one that it begins. `None` where it
    /// does neither: then it changes nothing.
    #[must_use]
    pub fn thing(&self) -> Option<Uuid> {
        match self.of {
            Of::Thing(of) => Some(of),
            Of::Nothing if self.begins() => Some(self.id),
            Of::Nothing | Of::Unreadable => None,
        }
    }

    /// What can be said without knowing the thing.
    ///
    /// # Errors
    /// Where it counts for nothing, whatever it names.
    pub fn alone(&self) -> Result<(), NotCounted> {
        let begins = self.rule.verb.is_some_and(|verb| verb.place == Place::Begins);
        if begins && self.of != Of::Nothing { Err(NotCounted::Begins) } else { Ok(()) }
    }
}

/// The thing that a line is about; see [`Event::thing`].
#[must_use]
pub fn thing_of(envelope: &Envelope) -> Option<Uuid> {
    Event::read(envelope).thing()
}

/// Whether `event` counts for the thing that `thing` began: it names that thing, its class, site and
/// subject are the thing's, its verb is known and goes on with something, and its author may say that
/// *of that thing*.
///
/// # Errors
/// The first reason why it does not. An unknown verb comes last: everything else about it is right.
pub fn counts(thing: &Event, event: &Event) -> Result<(), NotCounted> {
    if !thing.begins() {
        return Err(NotCounted::Nothing);
    }
    if event.begins() && event.id == thing.id {
        return Ok(());
    }
    event.alone()?;
    if event.of != Of::Thing(thing.id) {
        return Err(NotCounted::Nothing);
    }
    let name = |event: &Event| event.rule.class.map(|class| class.name);
    if name(thing).is_none() || name(thing) != name(event) {
        return Err(NotCounted::Class);
    }
    if thing.named.site != event.named.site {
        return Err(NotCounted::Site);
    }
    let subject = thing.named.subject;
    let same = event.named.subject == subject;
    let allowed = LATER_SUBJECT.iter().find(|(class, _)| name(thing) == Some(class)).map(|(_, later)| later);
    let subject_fits = match allowed {
        None => same,
        Some(LaterSubject::NobodyOrReporter) => {
            same || event.named.subject.is_none() || event.named.subject == Some(thing.named.author)
        }
        Some(LaterSubject::Free) => true,
    };
    if subject_fits { event.rule.may_say(event.named.author, thing.named) } else { Err(NotCounted::Subject) }
}

/// All known events of one thing, taken apart.
#[derive(Debug)]
pub struct Split<'a> {
    /// The event that began it. There is one: the thing's id is its.
    pub first: Envelope<'a>,
    /// What counts, without the first, in the order of their ids.
    pub counted: Vec<Envelope<'a>>,
    /// What would count if this version knew its verb.
    pub unknown: Vec<Envelope<'a>>,
    /// What does not count, and why.
    pub refused: Vec<(Envelope<'a>, NotCounted)>,
}

/// Takes the events of one thing apart; `None` while the one that begins it has not arrived. Depends on
/// the set of events alone. Of several beginnings, which no store holds under one id, the smallest is the
/// thing; what is about another thing is in none of the parts.
#[must_use]
pub fn split<'a>(events: impl IntoIterator<Item = Envelope<'a>>) -> Option<Split<'a>> {
    let mut events: Vec<(Event, Envelope<'a>)> =
        events.into_iter().map(|envelope| (Event::read(&envelope), envelope)).collect();
    events.sort_by_key(|(event, _)| event.id);
    let first = events.iter().position(|(event, _)| event.begins())?;
    let (thing, first) = events.remove(first);
    let mut split = Split { first, counted: Vec::new(), unknown: Vec::new(), refused: Vec::new() };
    for (event, envelope) in events {
        if event.id == thing.id || event.thing() != Some(thing.id) {
            continue;
        }
        match counts(&thing, &event) {
            Ok(()) => split.counted.push(envelope),
            Err(NotCounted::Verb) => split.unknown.push(envelope),
            Err(why) => split.refused.push((envelope, why)),
        }
    }
    Some(split)
}

/// Whether a line of the registry can set anything: its verb is one that means something for its class,
/// and where the server reads its body too, its envelope names neither a site nor a person.
#[must_use]
pub fn registry_counts(envelope: &Envelope) -> bool {
    let class = envelope.kind.class();
    let known = REGISTRY.iter().find(|(known, _)| *known == class);
    let means = known.is_none_or(|(_, verbs)| verbs.contains(&envelope.kind.verb()));
    let of_nobody = envelope.site.is_none() && envelope.subject.is_none();
    means && (of_nobody || !matches!(class, "org" | "site" | "person"))
}

#[cfg(test)]
#[path = "counts_tests.rs"]
mod tests;
