//! A record: all events about one observation, folded into what a screen shows.
//!
//! Invariant: [`fold`] depends on the *set* of events alone. Amendments name the events that they
//! build on (`base`), so which of them stands is decided by what their authors had seen, never by
//! a clock; two that did not know of each other both stand until a person settles it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::draft::{Answer, Content, Mark};
use super::standard::{Class, Standard};
use crate::record::Envelope;

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
    /// What the reader adds: a word back, or the read-back of a handoff (acknowledged).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
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
    /// Two amendments did not know of each other; both are kept and shown.
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
    /// What it says now. In a conflict: what the first of `tips` says.
    pub content: Content,
    /// The newest events that no other builds on: the `base` of whatever comes next.
    pub tips: Vec<Uuid>,
    pub history: Vec<Entry>,
    /// People who acknowledged it as it stands now.
    #[serde(default)]
    pub acknowledged_by: Vec<Uuid>,
}

impl Record {
    /// When the practice was seen: back-dated where the author said so.
    #[must_use]
    pub fn happened_at(&self) -> DateTime<FixedOffset> {
        self.content.happened_at.unwrap_or(self.at)
    }

    /// The newest review of what stands now.
    #[must_use]
    pub fn review(&self) -> Option<&Entry> {
        self.history.iter().rev().find(|entry| entry.review.is_some())
    }
}

/// Why an event could not become part of a record. The event stays in the log, shown as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    #[error("not a class of observation: {0}")]
    Class(String),
    #[error("the body does not read: {0}")]
    Body(String),
}

/// The record that an event belongs to: its own id if it begins one, else `body.of`.
///
/// # Errors
/// [`FoldError::Body`] where a later event does not say which record it is about.
pub fn record_of(envelope: &Envelope) -> Result<Uuid, FoldError> {
    if is_root(envelope.kind.verb()) {
        return Ok(envelope.id);
    }
    #[derive(Deserialize)]
    struct Of {
        of: Uuid,
    }
    serde_json::from_str::<Of>(envelope.body.get())
        .map(|body| body.of)
        .map_err(|error| FoldError::Body(error.to_string()))
}

/// Whether an event of this verb begins a record.
#[must_use]
pub fn is_root(verb: &str) -> bool {
    verb == "submitted"
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
}

/// Folds all known events of one record. `None` while its `submitted` event has not arrived.
///
/// Events whose bodies do not read are kept in the history by verb and left out of the state.
#[must_use]
pub fn fold<'a>(events: impl IntoIterator<Item = Envelope<'a>>) -> Option<Record> {
    let mut root: Option<Root> = None;
    let mut later: BTreeMap<Uuid, Node> = BTreeMap::new();
    for envelope in events {
        let class = Class::parse(envelope.kind.class());
        let entry = |text: String, content, review| Entry {
            event: envelope.id,
            at: envelope.at,
            author: envelope.author,
            verb: envelope.kind.verb().to_owned(),
            text,
            content,
            review,
        };
        if is_root(envelope.kind.verb()) {
            if let (Some(class), Ok(content)) = (class, serde_json::from_str::<Content>(envelope.body.get()))
            {
                root = Some(Root {
                    class,
                    site: envelope.site,
                    subject: envelope.subject,
                    entry: entry(String::new(), Some(content.clone()), None),
                    content,
                });
            }
        } else {
            let change: Change = serde_json::from_str(envelope.body.get()).unwrap_or_default();
            let text = match (&change.review, change.reason.is_empty()) {
                (Some(review), _) => review.feedback.clone(),
                (None, false) => change.reason,
                (None, true) => change.note,
            };
            later.insert(
                envelope.id,
                Node { entry: entry(text, change.content, change.review), base: change.base },
            );
        }
    }
    Some(stand(root?, later))
}

fn stand(root: Root, later: BTreeMap<Uuid, Node>) -> Record {
    let Root { class, site, subject, entry: root, content: first } = root;
    let id = root.event;
    let withdrawn = later.values().any(|node| node.entry.verb == "withdrawn");

    // Versions are the events that changed the content; the tips are those that no other version
    // builds on. An amendment that names no base builds on the first version.
    let versions: BTreeMap<Uuid, (&Content, Vec<Uuid>)> = later
        .values()
        .filter(|node| node.entry.verb == "amended")
        .filter_map(|node| {
            let base = if node.base.is_empty() { vec![id] } else { node.base.clone() };
            Some((node.entry.event, (node.entry.content.as_ref()?, base)))
        })
        .collect();
    let built_on: BTreeSet<Uuid> = versions.values().flat_map(|(_, base)| base.iter().copied()).collect();
    let mut tips: Vec<Uuid> = versions.keys().copied().filter(|tip| !built_on.contains(tip)).collect();
    if tips.is_empty() {
        tips.push(id);
    }
    let on_tip = |node: &Node| {
        if node.base.is_empty() { tips == [id] } else { tips.iter().any(|tip| node.base.contains(tip)) }
    };
    let current = |verb: &str| {
        later.values().filter(|node| node.entry.verb == verb && on_tip(node)).collect::<Vec<_>>()
    };

    let mut acknowledged_by: Vec<Uuid> =
        current("acknowledged").iter().map(|node| node.entry.author).collect();
    acknowledged_by.sort();
    acknowledged_by.dedup();
    let outcomes: Vec<Outcome> = current("reviewed")
        .iter()
        .filter_map(|node| node.entry.review.as_ref().map(|review| review.outcome))
        .collect();
    let state = if withdrawn {
        State::Withdrawn
    } else if tips.len() > 1 {
        State::Conflict
    } else if !current("returned").is_empty() {
        State::Returned
    } else if outcomes.contains(&Outcome::Rework) {
        // The stricter of two reviews that did not know of each other stands.
        State::Rework
    } else if outcomes.contains(&Outcome::Meets) {
        State::Meets
    } else if class.is_reviewed() {
        State::AwaitingReview
    } else if acknowledged_by.is_empty() {
        State::Submitted
    } else {
        State::Acknowledged
    };

    let content =
        tips.first().and_then(|tip| versions.get(tip)).map_or(first, |(content, _)| (*content).clone());
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
        history,
        acknowledged_by,
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
            let own = (above + 1).min(later.len());
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

/// What a filled standard comes to.
///
/// It stands in every record's derived row, so that what is nought is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdict {
    #[serde(skip_serializing_if = "is_nought")]
    pub met: u32,
    #[serde(skip_serializing_if = "is_nought")]
    pub not_met: u32,
    #[serde(skip_serializing_if = "is_nought")]
    pub not_seen: u32,
    /// Handoff items whose answer was "unknown".
    #[serde(skip_serializing_if = "is_nought")]
    pub unknown: u32,
    /// Ids of the missed items, in the order of the standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// Some missed item was critical.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// `None` where nothing that counts was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passed: Option<bool>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_nought(n: &u32) -> bool {
    *n == 0
}

/// Weighs answers by their standard: no critical item missed, and the share of met items among
/// those seen at least the standard's.
#[must_use]
pub fn verdict(standard: &Standard, answers: &BTreeMap<String, Answer>) -> Verdict {
    let mut verdict = Verdict::default();
    for item in &standard.items {
        let Some(answer) = answers.get(&item.id) else { continue };
        match answer.mark {
            Some(Mark::Met) => verdict.met += 1,
            Some(Mark::NotMet) => {
                verdict.not_met += 1;
                verdict.missed.push(item.id.clone());
                verdict.critical |= item.critical;
            }
            Some(Mark::NotSeen) => verdict.not_seen += 1,
            _ => {}
        }
        let unknown = answer
            .choice
            .as_ref()
            .is_some_and(|chosen| item.choices.iter().any(|choice| choice.id == *chosen && choice.unknown));
        if unknown {
            verdict.unknown += 1;
            verdict.critical |= item.critical;
        }
    }
    let seen = verdict.met + verdict.not_met;
    if seen > 0 {
        let share = f64::from(verdict.met) / f64::from(seen);
        verdict.passed = Some(!verdict.critical && share >= standard.share);
    }
    verdict
}
