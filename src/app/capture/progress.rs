//! How far a draft has come: what each item's state is, what is open, and where to jump.
//!
//! Invariant: "open" is [`Draft::open`] and the times that are wanting ([`Open::NoTime`]), so that the screen
//! never lets somebody finish what the engine refuses, nor the other way round.

use crate::practice::draft::{Draft, Long, Mark, Open, check_item};
use crate::practice::standard::{Form, Item, Standard};

/// The state of one item, for its mark in a list: each has an icon and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Open,
    Optional,
    /// Answered, and nothing about it needs attention.
    Answered,
    Missed,
    NotSeen,
    /// Nobody knows, or a task that nobody owns.
    Unsure,
    /// Answered in a way that cannot stand.
    Wrong,
}

impl Stand {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Stand::Open => "open",
            Stand::Optional => "optional",
            Stand::Answered => "answered",
            Stand::Missed => "missed",
            Stand::NotSeen => "not-seen",
            Stand::Unsure => "unsure",
            Stand::Wrong => "wrong",
        }
    }
}

/// Where an item stands in the draft.
#[must_use]
pub fn stand(draft: &Draft, item: &Item) -> Stand {
    if item.form == Form::Tasks {
        return if draft.tasks.iter().any(|task| task.text.trim().is_empty()) {
            Stand::Wrong
        } else if unowned(draft) > 0 {
            Stand::Unsure
        } else if draft.tasks.is_empty() {
            Stand::Optional
        } else {
            Stand::Answered
        };
    }
    let given = draft.content.answers.get(&item.id);
    let Some(answer) = given.filter(|answer| answer.is_given(item.form)) else {
        return match given {
            Some(answer) if answer.is_unread(item.form) => Stand::Wrong,
            _ if item.optional => Stand::Optional,
            _ => Stand::Open,
        };
    };
    // Beside all others: a part can be more than its whole.
    if check_item(item, &draft.content.answers).is_some() {
        return Stand::Wrong;
    }
    let unknown =
        item.choices.iter().any(|choice| choice.unknown && Some(&choice.id) == answer.choice.as_ref());
    match answer.mark {
        Some(Mark::NotMet) => Stand::Missed,
        Some(Mark::NotSeen) => Stand::NotSeen,
        _ if unknown => Stand::Unsure,
        _ => Stand::Answered,
    }
}

/// Tasks that nobody owns yet.
#[must_use]
pub fn unowned(draft: &Draft) -> usize {
    draft.tasks.iter().filter(|task| task.owner.is_none()).count()
}

/// Answered items and all that must be answered, for the bar at the top. Optional items do not
/// count: a bar that cannot be filled tells nothing. Where all of them are answered and something else
/// is open, that counts too: a full bar says that nothing is left.
#[must_use]
pub fn progress(draft: &Draft, standard: &Standard) -> (usize, usize) {
    let must = || standard.items.iter().filter(|item| !item.optional && item.form != Form::Tasks);
    let done = must().filter(|item| !matches!(stand(draft, item), Stand::Open | Stand::Wrong)).count();
    let of = must().count();
    let left = if done == of { draft.open(standard).len() } else { 0 };
    (done, of.saturating_add(left))
}

/// Whether an item has an answer that cannot stand, to be said beside it at once.
#[must_use]
pub fn wrong(open: &Open) -> bool {
    matches!(
        open,
        Open::OutOfRange { .. }
            | Open::MoreThanWhole { .. }
            | Open::NotAllowed { .. }
            | Open::UnknownItem { .. }
    )
}

/// The id of the element that an open point is about: the target of its jump.
#[must_use]
pub fn anchor(open: &Open) -> String {
    match open {
        Open::NoSubject => "subject".into(),
        Open::NoSite => "site".into(),
        Open::NoConsent => "consent".into(),
        Open::NoSetting => "setting".into(),
        Open::NoTime { field } => field.clone(),
        Open::EmptyTask { index } => format!("task-{index}"),
        Open::NoReason | Open::NothingChanged | Open::TooLong { at: Long::Reason, .. } => "reason".into(),
        Open::TooLong { at: Long::Code, .. } => "consent".into(),
        Open::TooLong { at: Long::Note, .. } => "free-note".into(),
        Open::TooLong { at: Long::Task { index }, .. } => format!("task-{index}"),
        other => item_anchor(other.item().unwrap_or_default()),
    }
}

/// The id of an item's element.
#[must_use]
pub fn item_anchor(item: &str) -> String {
    format!("item-{item}")
}

/// What is shown one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who is present and agrees.
    Consent,
    Item(usize),
    /// Shift, note, and finishing.
    End,
}

/// The steps of a draft, in order.
#[must_use]
pub fn steps(standard: &Standard) -> Vec<Step> {
    let consent = standard.consent.then_some(Step::Consent);
    consent.into_iter().chain((0..standard.items.len()).map(Step::Item)).chain([Step::End]).collect()
}

/// The step to open at: the item touched last, else the first with something open, else the first.
#[must_use]
pub fn step_to_open(draft: &Draft, standard: &Standard) -> usize {
    let steps = steps(standard);
    let of_item = |id: &str| {
        let at = standard.items.iter().position(|item| item.id == id)?;
        steps.iter().position(|step| *step == Step::Item(at))
    };
    draft.item.as_deref().and_then(of_item).unwrap_or(0)
}

/// The step that holds an open point.
#[must_use]
pub fn step_of(open: &Open, standard: &Standard) -> usize {
    let steps = steps(standard);
    let wanted = match open {
        Open::NoConsent | Open::TooLong { at: Long::Code, .. } => Step::Consent,
        Open::EmptyTask { .. } | Open::TooLong { at: Long::Task { .. }, .. } => {
            let tasks = standard.items.iter().position(|item| item.form == Form::Tasks);
            tasks.map_or(Step::End, Step::Item)
        }
        Open::NoTime { field } if field.starts_with("due-") => {
            let tasks = standard.items.iter().position(|item| item.form == Form::Tasks);
            tasks.map_or(Step::End, Step::Item)
        }
        Open::NoSite
        | Open::NoSubject
        | Open::NoSetting
        | Open::NoReason
        | Open::NothingChanged
        | Open::TooLong { at: Long::Reason, .. } => return 0,
        other => {
            let of_item = |field: &'_ String| {
                field.strip_prefix("find-by-").and_then(|rest| rest.strip_suffix("-at")).map(str::to_owned)
            };
            let id = match other {
                Open::NoTime { field } => of_item(field).unwrap_or_default(),
                other => other.item().unwrap_or_default().to_owned(),
            };
            standard.items.iter().position(|item| item.id == id).map_or(Step::End, Step::Item)
        }
    };
    steps.iter().position(|step| *step == wanted).unwrap_or(0)
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
