//! What closing asks: which items the evidence has to have seen, whether an action was carried out, and
//! whether everybody whom it retrained or restricted is re-validated.

use serde::{Deserialize, Serialize};

use super::{About, Class, FollowUp, Origin, State, Step};

/// How far an action got with the people whom it retrained or restricted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revalidation {
    /// So many are asked: all but those who left before they showed it.
    pub of: u32,
    /// So many of them are not re-validated: something of theirs is open, or ended early.
    pub not_met: u32,
}

impl Revalidation {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    pub(super) fn is_of_nobody(&self) -> bool {
        *self == Revalidation::default()
    }
}

impl FollowUp {
    /// An action that so many of the cycles and restrictions that it opened hold open: re-validated
    /// means everybody, so that closing it before proves nothing, wherever and whenever it was closed.
    #[must_use]
    pub fn with_still_open(mut self, n: u32, revalidation: Revalidation) -> FollowUp {
        self.still_open = n;
        self.revalidation = revalidation;
        if self.class == Class::Action && self.state == State::Closed && n > 0 {
            self.state = State::Unproven;
            if let About::Action(body) = &self.about {
                self.due = Some(body.due);
            }
        }
        self
    }

    /// The items of its standard that it names: what counts for it saw and met each of them. None where it
    /// is about the whole.
    #[must_use]
    pub fn named_items(&self) -> &[String] {
        match &self.about {
            About::Cycle(body) => match &body.origin {
                Origin::Miss { items, .. } | Origin::Action { items, .. } => items,
                Origin::Hand | Origin::Report { .. } => &[],
            },
            About::Restriction(body) => &body.items,
            About::Action(body) => &body.items,
            _ => &[],
        }
    }

    /// Whether somebody said that an action was carried out. Asks the history.
    #[must_use]
    pub fn was_carried_out(&self) -> bool {
        self.history.iter().any(|entry| matches!(&entry.step, Step::ActionUpdated(body) if body.done))
    }
}

#[cfg(test)]
#[path = "closing_tests.rs"]
mod tests;
