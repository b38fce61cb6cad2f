//! Next-step tasks from a handoff: assigned, done or cancelled.
//!
//! Invariant: as with records, the state depends on the set of events alone.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rights::split;
use crate::record::{Envelope, time};

/// The body of `task.assigned` (a first one has no `of`), `task.done` and `task.cancelled`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskBody {
    /// The task: the id of its first `assigned` event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Uuid>,
    /// The `assigned` event that this one builds on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Uuid>,
    /// The handoff record that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handoff: Option<Uuid>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Who does it; null where nobody owns it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<FixedOffset>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person_code: String,
    /// A word on how it went, or why it was cancelled.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl TaskBody {
    /// The body of a line; `None` where it does not read, or speaks of a time that no line may.
    #[must_use]
    pub fn read(body: &str) -> Option<TaskBody> {
        let body: TaskBody = serde_json::from_str(body).ok()?;
        body.due.is_none_or(time::moment_fits).then_some(body)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Nobody owns it yet.
    Unowned,
    Assigned,
    Done,
    Cancelled,
}

impl TaskState {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TaskState::Unowned => "unowned",
            TaskState::Assigned => "assigned",
            TaskState::Done => "done",
            TaskState::Cancelled => "cancelled",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub id: Uuid,
    pub site: Option<Uuid>,
    pub handoff: Option<Uuid>,
    pub text: String,
    pub person_code: String,
    pub owner: Option<Uuid>,
    pub due: Option<DateTime<FixedOffset>>,
    pub state: TaskState,
    pub assigned_at: DateTime<FixedOffset>,
    /// When it was done or cancelled.
    pub ended_at: Option<DateTime<FixedOffset>>,
    pub ended_by: Option<Uuid>,
    pub note: String,
    /// The newest `assigned` event: the `base` of the next one.
    pub tip: Uuid,
}

/// Folds all known events of one task, as far as they count for it. `None` while its first event has not
/// arrived.
#[must_use]
pub fn fold<'a>(events: impl IntoIterator<Item = Envelope<'a>>) -> Option<Task> {
    let split = split(events)?;
    if split.first.kind.class() != "task" {
        return None;
    }
    let known: Vec<(Envelope<'a>, TaskBody)> = std::iter::once(split.first)
        .chain(split.counted)
        .filter_map(|envelope| {
            let body = TaskBody::read(envelope.body.get())?;
            Some((envelope, body))
        })
        .collect();
    let begun = known.first().filter(|(_, body): &&(Envelope, TaskBody)| body.of.is_none())?;
    let (root, first) = begun;
    let assigned = || known.iter().filter(|(envelope, _)| envelope.kind.verb() == "assigned");
    // The assignment that no other builds on stands. Of two that did not know of each other, the
    // one with the greater id does: the same on all devices, and both stay in the log.
    let (tip, newest) = assigned()
        .rfind(|(envelope, _)| !assigned().any(|(_, body)| body.base == Some(envelope.id)))
        .unwrap_or(begun);
    let end = |verb: &str| known.iter().find(|(envelope, _)| envelope.kind.verb() == verb);
    let ended = end("done").or_else(|| end("cancelled"));
    let state = match ended {
        Some((envelope, _)) if envelope.kind.verb() == "done" => TaskState::Done,
        Some(_) => TaskState::Cancelled,
        None if newest.owner.is_none() => TaskState::Unowned,
        None => TaskState::Assigned,
    };
    Some(Task {
        id: root.id,
        site: root.site,
        handoff: first.handoff,
        text: if newest.text.is_empty() { first.text.clone() } else { newest.text.clone() },
        person_code: first.person_code.clone(),
        owner: newest.owner,
        due: newest.due.or(first.due),
        state,
        assigned_at: root.at,
        ended_at: ended.map(|(envelope, _)| envelope.at),
        ended_by: ended.map(|(envelope, _)| envelope.author),
        note: ended.map(|(_, body)| body.note.clone()).unwrap_or_default(),
        tip: tip.id,
    })
}
