//! What a tap does to a draft.
//!
//! Invariant: pure, and each function leaves a draft that the practice layer takes as it is: no
//! deviation without a miss, no coaching about an item that was not missed.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use uuid::Uuid;

use crate::practice::draft::{Answer, Coaching, Draft, Mark, TaskDraft};
use crate::practice::settings::ShiftTimes;
use crate::practice::standard::{Form, Item, Standard};

/// Words that went with a choice which is chosen no more, by item and choice.
pub type Notes = HashMap<(String, String), String>;

/// What a slip of the thumb took away, so that tapping back brings it back. Lives as long as the
/// screen.
#[derive(Clone, Debug, Default)]
pub struct Stash {
    missed: HashMap<String, (Vec<String>, Option<Coaching>)>,
    notes: Notes,
    /// Coaching that was removed, by item.
    coaching: HashMap<String, Coaching>,
}

impl Stash {
    /// Whether coaching about an item was removed and can be brought back.
    #[must_use]
    pub fn has_coaching(&self, item: &str) -> bool {
        self.coaching.contains_key(item)
    }
}

/// The answer to an item, made where there is none.
pub fn answer_mut<'a>(draft: &'a mut Draft, item: &str) -> &'a mut Answer {
    draft.content.answers.entry(item.to_owned()).or_default()
}

/// Marks an item. Leaving "not met" puts its deviations and coaching by; coming back restores them.
pub fn set_mark(draft: &mut Draft, stash: &mut Stash, item: &str, mark: Mark) {
    let before = draft.content.answers.get(item).and_then(|answer| answer.mark);
    if before == Some(mark) {
        return;
    }
    if before == Some(Mark::NotMet) {
        put_miss_by(draft, stash, item);
    }
    if mark == Mark::NotMet
        && let Some((deviations, coaching)) = stash.missed.remove(item)
    {
        answer_mut(draft, item).deviations = deviations;
        draft.content.coaching.extend(coaching);
    }
    answer_mut(draft, item).mark = Some(mark);
}

/// Takes the deviations and the coaching of a miss along.
fn put_miss_by(draft: &mut Draft, stash: &mut Stash, item: &str) {
    let deviations = std::mem::take(&mut answer_mut(draft, item).deviations);
    let coached = coaching(draft, item).cloned();
    drop_coaching(draft, item);
    stash.missed.insert(item.to_owned(), (deviations, coached));
}

/// Adds a deviation to a miss, or takes it away. An item that was not missed has none.
pub fn toggle_deviation(draft: &mut Draft, item: &str, deviation: &str) {
    let answer = answer_mut(draft, item);
    if answer.mark != Some(Mark::NotMet) {
        return;
    }
    match answer.deviations.iter().position(|given| given == deviation) {
        Some(at) => {
            answer.deviations.remove(at);
        }
        None => answer.deviations.push(deviation.to_owned()),
    }
}

/// Chooses. A note stays only with a choice that asks for one, and comes back with it.
pub fn set_choice(draft: &mut Draft, stash: &mut Stash, item: &Item, choice: &str) {
    choose(answer_mut(draft, &item.id), &mut stash.notes, item, choice);
}

/// The same of one answer.
pub fn choose(answer: &mut Answer, notes: &mut Notes, item: &Item, choice: &str) {
    let wants_note = |id: &str| item.choices.iter().any(|known| known.id == id && known.note);
    if answer.choice.as_deref() == Some(choice) {
        return;
    }
    if let Some(before) = answer.choice.replace(choice.to_owned()) {
        let note = std::mem::take(&mut answer.text);
        if wants_note(choice) && wants_note(&before) {
            // From one choice with a note to another: the words probably still hold.
            answer.text.clone_from(&note);
        }
        if !note.is_empty() {
            notes.insert((item.id.clone(), before), note);
        }
    }
    if wants_note(choice)
        && answer.text.is_empty()
        && let Some(note) = notes.remove(&(item.id.clone(), choice.to_owned()))
    {
        answer.text = note;
    }
}

/// Takes the answer to an item away altogether (optional items only; the screen offers no other). What was
/// coached about it comes back with the mark.
pub fn clear(draft: &mut Draft, stash: &mut Stash, item: &str) {
    if draft.content.answers.get(item).is_some_and(|answer| answer.mark == Some(Mark::NotMet)) {
        put_miss_by(draft, stash, item);
    }
    draft.content.answers.remove(item);
}

/// An optional item whose field was emptied has no answer, rather than an empty one.
pub fn drop_if_empty(draft: &mut Draft, item: &Item) {
    let nothing = |answer: &Answer| !answer.is_given(item.form) && !answer.is_unread(item.form);
    let empty = draft.content.answers.get(&item.id).is_some_and(nothing);
    if empty && item.form != Form::Tasks {
        draft.content.answers.remove(&item.id);
    }
}

/// The coaching about an item, where there is some.
#[must_use]
pub fn coaching<'a>(draft: &'a Draft, item: &str) -> Option<&'a Coaching> {
    draft.content.coaching.iter().find(|coaching| coaching.item == item)
}

/// Keeps what was coached about an item: one entry for each.
pub fn set_coaching(draft: &mut Draft, coaching: Coaching) {
    match draft.content.coaching.iter_mut().find(|known| known.item == coaching.item) {
        Some(known) => *known = coaching,
        None => draft.content.coaching.push(coaching),
    }
}

/// Removes the coaching about an item, and keeps it for [`restore_coaching`].
pub fn remove_coaching(draft: &mut Draft, stash: &mut Stash, item: &str) {
    if let Some(removed) = coaching(draft, item).cloned() {
        stash.coaching.insert(item.to_owned(), removed);
    }
    drop_coaching(draft, item);
}

/// Brings removed coaching back, where nothing was coached about the item since.
pub fn restore_coaching(draft: &mut Draft, stash: &mut Stash, item: &str) {
    if let Some(removed) = stash.coaching.remove(item)
        && coaching(draft, item).is_none()
    {
        draft.content.coaching.push(removed);
    }
}

fn drop_coaching(draft: &mut Draft, item: &str) {
    draft.content.coaching.retain(|coaching| coaching.item != item);
}

/// What the coaching sheet opens with: what is kept already, else the refresher of the first
/// deviation that has one, and a day to look again.
#[must_use]
pub fn coaching_to_begin(draft: &Draft, item: &Item, look_again: NaiveDate) -> Coaching {
    if let Some(kept) = coaching(draft, &item.id) {
        return kept.clone();
    }
    let given = draft.content.answers.get(&item.id).map(|answer| answer.deviations.as_slice());
    let refresher = given
        .unwrap_or_default()
        .iter()
        .filter_map(|id| item.deviations.iter().find(|deviation| deviation.id == *id))
        .find_map(|deviation| deviation.refresher.clone());
    Coaching { item: item.id.clone(), said: String::new(), refresher, look_again: Some(look_again) }
}

/// Adds the task to find something out, or changes the one that was added for it before.
pub fn find_out(draft: &mut Draft, text: &str, change: impl FnOnce(&mut TaskDraft)) {
    let at = draft.tasks.iter().position(|task| task.text == text);
    let task = match at.and_then(|at| draft.tasks.get_mut(at)) {
        Some(task) => Some(task),
        None => {
            draft.tasks.push(TaskDraft {
                text: text.to_owned(),
                owner: None,
                due: None,
                person_code: draft.content.person_code.clone(),
            });
            draft.tasks.last_mut()
        }
    };
    if let Some(task) = task {
        change(task);
    }
}

/// The task that was added to find something out.
#[must_use]
pub fn finding_out<'a>(draft: &'a Draft, text: &str) -> Option<&'a TaskDraft> {
    draft.tasks.iter().find(|task| task.text == text)
}

/// Whether a mark of the standard's items is a miss that nobody coached yet: for "coach" as the
/// next thing to do.
#[must_use]
pub fn uncoached<'a>(standard: &'a Standard, draft: &Draft) -> Option<&'a Item> {
    standard.items.iter().find(|item| {
        let missed = draft.content.answers.get(&item.id).is_some_and(|a| a.mark == Some(Mark::NotMet));
        missed && coaching(draft, &item.id).is_none()
    })
}

/// Marks what is not answered yet as not seen, where that is an answer: watching has stopped.
pub fn rest_not_seen(draft: &mut Draft, standard: &Standard) {
    for item in standard.items.iter().filter(|item| item.form == Form::Mark && item.not_seen) {
        answer_mut(draft, &item.id).mark.get_or_insert(Mark::NotSeen);
    }
}

/// Sets when it happened, and the shift that belongs to it where nobody chose another.
pub fn set_happened(
    draft: &mut Draft,
    at: Option<DateTime<FixedOffset>>,
    now: DateTime<FixedOffset>,
    shifts: ShiftTimes,
) {
    let usual = shifts.shift_at(draft.content.happened_at.unwrap_or(now));
    if draft.content.shift.is_none_or(|shift| shift == usual) {
        draft.content.shift = Some(shifts.shift_at(at.unwrap_or(now)));
    }
    draft.content.happened_at = at;
}

/// Gives a task to somebody, or to nobody.
pub fn set_owner(draft: &mut Draft, task: usize, owner: Option<Uuid>) {
    if let Some(task) = draft.tasks.get_mut(task) {
        task.owner = owner;
    }
}

#[cfg(test)]
#[path = "edit_tests.rs"]
mod tests;
