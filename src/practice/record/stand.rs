//! Where a record stands, from what its versions and the events about it had seen.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Entry, Node, Outcome, State};
use crate::practice::standard::Class;

/// Where a record stands, who acknowledged it as it stands, and which questions wait.
pub(super) struct Stands {
    pub state: State,
    pub acknowledged_by: Vec<Uuid>,
    pub asking: Vec<Uuid>,
    pub accepted_by: Vec<Uuid>,
}

/// What approves (a review that meets, an acknowledgement) counts only if its author had seen every tip:
/// nobody approves what they did not see. What asks (a return, a rework) counts as long as it saw one of
/// them; a return asks no more once an answer names it. An answer that did not know of it leaves it open.
pub(super) fn state_of(
    class: Class,
    later: &BTreeMap<Uuid, Node>,
    seen: impl Fn(&Node) -> Vec<Uuid>,
    tips: &[Uuid],
    disputed: bool,
) -> Stands {
    let on = |verb: &str, all: bool| {
        let counts = |node: &&Node| {
            let base = seen(node);
            let mut tips = tips.iter();
            node.does(verb)
                && if all { tips.all(|tip| base.contains(tip)) } else { tips.any(|tip| base.contains(tip)) }
        };
        later.values().filter(counts).map(|node| &node.entry).collect::<Vec<_>>()
    };
    let reviews = |all: bool, outcome: Outcome| {
        let is = |entry: &&&Entry| entry.review.as_ref().is_some_and(|it| it.outcome == outcome);
        on("reviewed", all).iter().filter(is).map(|entry| entry.event).collect::<Vec<_>>()
    };
    let accepted_by = reviews(true, Outcome::Meets);
    let acknowledged: BTreeSet<Uuid> = on("acknowledged", true).iter().map(|entry| entry.author).collect();
    let answered: BTreeSet<Uuid> = later
        .values()
        .filter(|node| node.does("answered"))
        .flat_map(|node| node.entry.answers.iter().copied())
        .collect();
    let asking: Vec<Uuid> = on("returned", false)
        .iter()
        .map(|entry| entry.event)
        .filter(|question| !answered.contains(question))
        .collect();
    let state = if later.values().any(|node| node.does("withdrawn")) {
        State::Withdrawn
    } else if disputed {
        State::Conflict
    } else if !asking.is_empty() {
        State::Returned
    } else if !reviews(false, Outcome::Rework).is_empty() {
        // The stricter of two reviews that did not know of each other stands.
        State::Rework
    } else if !accepted_by.is_empty() {
        State::Meets
    } else if class.is_reviewed() {
        State::AwaitingReview
    } else if acknowledged.is_empty() {
        State::Submitted
    } else {
        State::Acknowledged
    };
    Stands { state, acknowledged_by: acknowledged.into_iter().collect(), asking, accepted_by }
}
