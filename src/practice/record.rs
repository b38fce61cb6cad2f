//! A record: all events about one observation, folded into what a screen shows.
//!
//! Invariant: [`fold`] depends on the *set* of events alone. Amendments name the events that they
//! build on (`base`), so which of them stands is decided by what their authors had seen, never by
//! a clock. Two that did not know of each other are merged item by item ([`super::merge`]); where they
//! say different things of the same item, both stand until a person settles it.
//!
//! A withdrawal always stands: what was amended without knowing of it is kept and shown, and does not
//! bring the record back.

mod stand;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::draft::{Answer, Content};
use super::merge::{Dispute, Field, Merge, Version};
use super::rights::{Rule, split};
use super::standard::{Class, Standard};
use super::verdict::accepts_a_miss;
pub use super::verdict::{Unjudged, Verdict, verdict, weigh};
use crate::record::Envelope;
use stand::Stands;

/// The body of every event about a record that exists already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The record: the id of its `submitted` event.
    pub of: Uuid,
    /// The newest events of the record that the author had seen.
    #[serde(default)]
    pub base: Vec<Uuid>,
    /// Why (amended, withdrawn, returned).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The whole new content (amended).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    /// What the reviewer found (reviewed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// What the reader adds: a word back, the read-back of a handoff (acknowledged), or what is said to
    /// a question (answered; `base` then names the question, too).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Change {
    /// The body of a line; `None` where it does not read, or speaks of a time that no line may.
    #[must_use]
    pub fn read(body: &str) -> Option<Change> {
        let change: Change = serde_json::from_str(body).ok()?;
        change.content.as_ref().is_none_or(Content::fits).then_some(change)
    }
}

/// A supervisor's answer to a scenario note or a note sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    pub outcome: Outcome,
    /// Marks on the standard's review items.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    pub feedback: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Meets,
    Rework,
    #[serde(other)]
    Unknown,
}

/// Where a record stands, for the person looking at a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Submitted,
    /// A scenario or a note that nobody has reviewed as it stands now.
    AwaitingReview,
    Meets,
    /// Reviewed; its author is asked to work on it again.
    Rework,
    /// Sent back with a question to whoever wrote it.
    Returned,
    Acknowledged,
    Withdrawn,
    /// Two amendments that did not know of each other say different things of the same item or
    /// field; all are kept and shown.
    Conflict,
}

impl State {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Submitted => "submitted",
            State::AwaitingReview => "awaiting_review",
            State::Meets => "meets",
            State::Rework => "rework",
            State::Returned => "returned",
            State::Acknowledged => "acknowledged",
            State::Withdrawn => "withdrawn",
            State::Conflict => "conflict",
        }
    }

    /// What a record in this state comes to, where its answers alone came to `passed`: a review decides
    /// where there is one. A question asked about a record takes nothing back; what is withdrawn, contested
    /// or not reviewed counts for nothing.
    #[must_use]
    pub fn result(self, passed: Option<bool>) -> Option<bool> {
        match self {
            State::Meets => Some(true),
            State::Rework => Some(false),
            State::Submitted | State::Acknowledged | State::Returned => passed,
            State::Withdrawn | State::Conflict | State::AwaitingReview => None,
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<State> {
        [
            State::Submitted,
            State::AwaitingReview,
            State::Meets,
            State::Rework,
            State::Returned,
            State::Acknowledged,
            State::Withdrawn,
            State::Conflict,
        ]
        .into_iter()
        .find(|known| known.as_str() == code)
    }
}

/// One line of a record's history, in an order that all devices share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    /// `submitted`, `amended`, `reviewed` … or a verb that this version does not know.
    pub verb: String,
    /// The reason, feedback or note that came with it.
    pub text: String,
    /// What the record said from then on, where the event changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// What an amendment changed of what it builds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Field>,
    /// The disputes that it settled: what it says of them stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settled: Vec<Dispute>,
    /// A version: those that it builds on. What others wrote without knowing of it is none of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub builds_on: Vec<Uuid>,
    /// The versions that a withdrawal did not know of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<Uuid>,
    /// What an answer names: questions (`returned`), or what whom it is about said (`acknowledged`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Uuid>,
    /// A review that accepted what misses a critical item: it counts for nothing ([`Record::judged`]).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub void: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: Uuid,
    pub class: Class,
    pub site: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub author: Uuid,
    /// When it was recorded, by the author's clock.
    pub at: DateTime<FixedOffset>,
    pub state: State,
    /// What it says now: what all `tips` say together. In a dispute it shows the strictest side.
    pub content: Content,
    /// The newest versions that no other builds on: the `base` of whatever comes next.
    pub tips: Vec<Uuid>,
    /// What `tips` say differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    pub history: Vec<Entry>,
    /// People who acknowledged it as it stands now.
    #[serde(default)]
    pub acknowledged_by: Vec<Uuid>,
    /// The questions (`returned`) that nobody answered, by an answer or by a new version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asking: Vec<Uuid>,
    /// The reviews that accepted it as it stands now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted_by: Vec<Uuid>,
}

/// Whether an entry says something to whoever observed.
fn is_reply(class: Class, author: Uuid, entry: &Entry) -> bool {
    class.is_observation() && entry.verb == "acknowledged" && entry.author != author && !entry.text.is_empty()
}

impl Record {
    /// The record by its standard: a review that accepts what misses a critical item leaves it to be
    /// reviewed, whichever device wrote it. Nobody knows which of the two its author meant.
    #[must_use]
    pub fn judged(mut self, standard: &Standard) -> Record {
        for entry in &mut self.history {
            entry.void = entry.review.as_ref().is_some_and(|review| accepts_a_miss(&standard.review, review));
        }
        let history = &self.history;
        self.accepted_by.retain(|event| !history.iter().any(|entry| entry.event == *event && entry.void));
        if self.state == State::Meets && self.accepted_by.is_empty() {
            self.state = State::AwaitingReview;
        }
        self
    }

    /// When the practice was seen: back-dated where the author said so.
    #[must_use]
    pub fn happened_at(&self) -> DateTime<FixedOffset> {
        self.content.happened_at.unwrap_or(self.at)
    }

    /// Several amendments that did not know of each other, and nothing in dispute: it says what
    /// none of its authors wrote whole.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.tips.len() > 1 && self.disputes.is_empty()
    }

    /// Events that decided about somebody's amendment without that person having a part in it, and
    /// who has to be told: those whose side was settled, or who amended what was withdrawn meanwhile.
    #[must_use]
    pub fn told(&self) -> Vec<(&Entry, BTreeSet<Uuid>)> {
        let author =
            |event: Uuid| self.history.iter().find(|entry| entry.event == event).map(|entry| entry.author);
        let concerned = |entry: &Entry| {
            let events = entry.settled.iter().flat_map(Dispute::events).chain(entry.unseen.iter().copied());
            let people = events.filter_map(author).filter(|person| *person != entry.author);
            people.collect::<BTreeSet<_>>()
        };
        let all = self.history.iter().map(|entry| (entry, concerned(entry)));
        all.filter(|(_, people)| !people.is_empty()).collect()
    }

    /// The reviews that accepted what somebody else wrote: their author hears that it was good, too.
    #[must_use]
    pub fn accepted(&self) -> Vec<&Entry> {
        let meets = |entry: &&Entry| {
            entry.review.as_ref().is_some_and(|review| review.outcome == Outcome::Meets)
                && !entry.void
                && entry.author != self.author
        };
        self.history.iter().filter(meets).collect()
    }

    /// The questions that nobody answered yet, in the order of the history.
    pub fn questions(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.history.iter().filter(|entry| self.asking.contains(&entry.event))
    }

    /// What the person whom an observation is about said to it, when acknowledging it or later: whoever
    /// observed hears it.
    pub fn replies(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.history.iter().filter(|entry| is_reply(self.class, self.author, entry))
    }

    /// Those of them that nobody answered.
    pub fn open_replies(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        let answered = |reply: &Entry| self.history.iter().any(|entry| entry.answers.contains(&reply.event));
        self.replies().filter(move |reply| !answered(reply))
    }

    /// The answers to questions and replies, and whose those are: they hear what was said.
    #[must_use]
    pub fn answered(&self) -> Vec<(&Entry, BTreeSet<Uuid>)> {
        let asked = |answer: &Entry| {
            let said = self.history.iter().filter(|entry| answer.answers.contains(&entry.event));
            let people = said.map(|entry| entry.author).filter(|person| *person != answer.author);
            people.collect::<BTreeSet<_>>()
        };
        let answers = self.history.iter().filter(|entry| !entry.answers.is_empty());
        answers.map(|entry| (entry, asked(entry))).collect()
    }

    /// The newest reason, feedback or note of what counts; empty where there is none. While a question
    /// waits, the newest question.
    #[must_use]
    pub fn word(&self) -> &str {
        if let Some(question) = self.questions().next_back().filter(|_| self.state == State::Returned) {
            return &question.text;
        }
        let known = |entry: &&Entry| {
            Rule::of(&format!("{}.{}", self.class.as_str(), entry.verb)).verb.is_some()
                && !entry.text.is_empty()
        };
        self.history.iter().rev().find(known).map_or("", |entry| entry.text.as_str())
    }

    /// The newest review of what stands now.
    #[must_use]
    pub fn review(&self) -> Option<&Entry> {
        self.history.iter().rev().find(|entry| entry.review.is_some())
    }
}

struct Root {
    class: Class,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    entry: Entry,
    content: Content,
}

/// An event that came after the root, with the events that it builds on.
struct Node {
    entry: Entry,
    base: Vec<Uuid>,
    /// Its verb is known; another one is kept in the history and changes nothing.
    known: bool,
}

impl Node {
    fn does(&self, verb: &str) -> bool {
        self.known && self.entry.verb == verb
    }
}

/// Folds all known events of one record. `None` while its `submitted` event has not arrived.
///
/// Only what counts for the record is folded ([`super::rights::counts`]). Events whose bodies do not read
/// are kept in the history by verb and left out of the state.
#[must_use]
pub fn fold<'a>(events: impl IntoIterator<Item = Envelope<'a>>) -> Option<Record> {
    let split = split(events)?;
    let first = &split.first;
    let content = Content::read(first.body.get())?;
    let root = Root {
        class: Class::parse(first.kind.class())?,
        site: first.site,
        subject: first.subject,
        entry: entry(first, String::new(), Some(content.clone()), None),
        content,
    };
    let node = |envelope: &Envelope, known: bool| {
        let change = Change::read(envelope.body.get()).unwrap_or_default();
        let text = match (&change.review, change.reason.is_empty()) {
            (Some(review), _) => review.feedback.clone(),
            (None, false) => change.reason,
            (None, true) => change.note,
        };
        let review = change.review.filter(|_| known);
        (envelope.id, Node { entry: entry(envelope, text, change.content, review), base: change.base, known })
    };
    let counted = split.counted.iter().map(|envelope| node(envelope, true));
    let unknown = split.unknown.iter().map(|envelope| node(envelope, false));
    Some(stand(root, counted.chain(unknown).collect()))
}

fn entry(envelope: &Envelope, text: String, content: Option<Content>, review: Option<Review>) -> Entry {
    Entry {
        event: envelope.id,
        at: envelope.at,
        author: envelope.author,
        verb: envelope.kind.verb().to_owned(),
        text,
        content,
        review,
        changed: Vec::new(),
        settled: Vec::new(),
        builds_on: Vec::new(),
        unseen: Vec::new(),
        answers: Vec::new(),
        void: false,
    }
}

fn stand(root: Root, mut later: BTreeMap<Uuid, Node>) -> Record {
    let Root { class, site, subject, entry: root, content: first } = root;
    let id = root.event;
    let contents: BTreeMap<Uuid, Content> = later
        .values()
        .filter(|node| node.does("amended"))
        .filter_map(|node| Some((node.entry.event, node.entry.content.clone()?)))
        // What was observed by one standard is not turned into an observation by another.
        .filter(|(_, content)| content.standard == first.standard)
        .collect();
    // Versions are the events that changed the content; the tips are those that no other version
    // builds on. An amendment that names no base builds on the first version.
    let seen = |node: &Node| if node.base.is_empty() { vec![id] } else { node.base.clone() };
    let mut versions = BTreeMap::from([(id, Version { content: &first, base: Vec::new() })]);
    for (event, content) in contents.iter().filter(|(event, _)| **event != id) {
        let base = later.get(event).map(seen).unwrap_or_default();
        versions.insert(*event, Version { content, base });
    }
    let built_on: BTreeSet<Uuid> =
        versions.values().flat_map(|version| version.base.iter().copied()).collect();
    let mut tips: Vec<Uuid> =
        versions.keys().copied().filter(|tip| *tip != id && !built_on.contains(tip)).collect();
    if tips.is_empty() {
        tips.push(id);
    }
    let merge = Merge::of(id, &versions);
    let (mut content, disputes) = merge.standing(&tips).unwrap_or_else(|| (first.clone(), Vec::new()));
    // Whether it was real practice is said when beginning; nobody labels it later.
    content.setting = first.setting;
    content.begun_at = first.begun_at;
    let replies = |node: &Node| node.does("acknowledged") && is_reply(class, root.author, &node.entry);
    let to_answer: BTreeSet<Uuid> = later
        .values()
        .filter(|node| node.does("returned") || replies(node))
        .map(|node| node.entry.event)
        .collect();
    for node in later.values_mut() {
        let base = seen(node);
        if node.does("answered") {
            node.entry.answers = base.iter().copied().filter(|event| to_answer.contains(event)).collect();
        }
        if versions.contains_key(&node.entry.event) {
            let wrote = merge.wrote(node.entry.event);
            (node.entry.changed, node.entry.settled) = (wrote.changed, wrote.settled);
            node.entry.builds_on = base.into_iter().filter(|base| versions.contains_key(base)).collect();
        } else if node.does("withdrawn") {
            node.entry.unseen = merge.unseen(&base);
        }
    }
    let Stands { state, acknowledged_by, asking, accepted_by } =
        stand::state_of(class, &later, |node| seen(node), &tips, !disputes.is_empty());

    let depth = depths(id, &later);
    let mut history: Vec<Entry> =
        std::iter::once(root.clone()).chain(later.into_values().map(|node| node.entry)).collect();
    history.sort_by_key(|entry| (depth.get(&entry.event).copied().unwrap_or(0), entry.event));
    Record {
        id,
        class,
        site,
        subject,
        author: root.author,
        at: root.at,
        state,
        content,
        tips,
        disputes,
        history,
        acknowledged_by,
        asking,
        accepted_by,
    }
}

/// How many events each event of the record builds on at most; the root builds on none. A base
/// that has not arrived counts as the root, and a circle (which no honest device writes) ends.
fn depths(root: Uuid, later: &BTreeMap<Uuid, Node>) -> BTreeMap<Uuid, usize> {
    let mut depth: BTreeMap<Uuid, usize> = BTreeMap::from([(root, 0)]);
    for _ in 0..later.len() {
        let mut moved = false;
        for (id, node) in later {
            let above = node.base.iter().filter_map(|base| depth.get(base)).max().copied().unwrap_or(0);
            let own = above.saturating_add(1).min(later.len());
            if depth.get(id).is_none_or(|known| *known < own) {
                depth.insert(*id, own);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    depth
}
