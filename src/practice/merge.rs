//! What stands of a record whose amendments did not all know of each other, item by item.
//!
//! Each item, the coaching on each item and each field beside them is a register of its own. A
//! version (the first one, or an amendment) *writes* a register where it says something else than
//! what stood in all that it builds on; where that said two things already, whatever it says is a
//! write, because its author saw both and chose. A write stands until another that builds on it.
//! Standing writes that say the same agree; where they differ, all are kept and it is a [`Dispute`].
//! (A multi-value register per field: Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study
//! of Convergent and Commutative Replicated Data Types", INRIA RR-7506, 2011, section 3.2.2.)
//!
//! Next-step tasks are events of their own, so those of both amendments are there in any case.
//!
//! Invariant: the outcome depends on the *set* of versions alone: no clock, no order of arrival.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::draft::{Answer, Coaching, Content, Mark};

/// One thing that two people can say differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "field", content = "id")]
pub enum Field {
    /// The answer to the item of this id.
    Item(String),
    Happened,
    Shift,
    Consent,
    /// The code of the person supported.
    Code,
    /// What was said about the missed item of this id.
    Coaching(String),
    Note,
}

/// A field of which more than one value stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub field: Field,
    /// The events that say each thing: those of one side agree. Both levels ascend by id.
    pub sides: Vec<Vec<Uuid>>,
}

impl Dispute {
    /// Every event that takes part.
    pub fn events(&self) -> impl Iterator<Item = Uuid> {
        self.sides.iter().flatten().copied()
    }
}

impl Field {
    /// Whether both contents say the same here. How long somebody took is no part of what they say.
    #[must_use]
    pub fn same(&self, one: &Content, two: &Content) -> bool {
        match self {
            Field::Item(id) => said(one, id) == said(two, id),
            Field::Happened => one.happened_at == two.happened_at,
            Field::Shift => one.shift == two.shift,
            Field::Consent => one.consent == two.consent,
            Field::Code => one.person_code == two.person_code,
            Field::Coaching(item) => coached(one, item) == coached(two, item),
            Field::Note => one.note == two.note,
        }
    }

    /// Takes what `from` says here over into `into`.
    pub fn put(&self, from: &Content, into: &mut Content) {
        match self {
            Field::Item(id) => match from.answers.get(id) {
                Some(answer) => drop(into.answers.insert(id.clone(), answer.clone())),
                None => drop(into.answers.remove(id)),
            },
            Field::Happened => into.happened_at = from.happened_at,
            Field::Shift => into.shift = from.shift,
            Field::Consent => into.consent = from.consent,
            Field::Code => into.person_code.clone_from(&from.person_code),
            Field::Coaching(item) => {
                into.coaching.retain(|said| said.item != *item);
                into.coaching.extend(coached(from, item).into_iter().cloned());
            }
            Field::Note => into.note.clone_from(&from.note),
        }
    }

    /// What all of them say together, as a content that says it here; `None` where only one can
    /// be true. Words stand one after the other; of two days to look again the sooner one counts.
    #[must_use]
    pub fn together(&self, all: &[&Content]) -> Option<Content> {
        let mut both = (*all.first()?).clone();
        match self {
            Field::Item(id) => {
                let answers: Vec<Answer> = all.iter().map(|content| said(content, id)).collect();
                let bare = |answer: &Answer| (answer.mark, answer.number, answer.choice.clone());
                let first = answers.first()?;
                if answers.iter().any(|answer| bare(answer) != bare(first)) {
                    return None;
                }
                let deviations: BTreeSet<String> =
                    answers.iter().flat_map(|answer| answer.deviations.clone()).collect();
                let text = one_after_the_other(answers.iter().map(|answer| answer.text.as_str()));
                let joined = Answer { deviations: deviations.into_iter().collect(), text, ..first.clone() };
                both.answers.insert(id.clone(), joined);
            }
            Field::Coaching(item) => {
                let all: Vec<&Coaching> = all.iter().flat_map(|content| coached(content, item)).collect();
                let joined = Coaching {
                    item: item.clone(),
                    said: one_after_the_other(all.iter().map(|coaching| coaching.said.as_str())),
                    refresher: all.iter().find_map(|coaching| coaching.refresher.clone()),
                    look_again: all.iter().filter_map(|coaching| coaching.look_again).min(),
                };
                both.coaching.retain(|said| said.item != *item);
                both.coaching.push(joined);
            }
            Field::Note => both.note = one_after_the_other(all.iter().map(|content| content.note.as_str())),
            Field::Happened | Field::Shift | Field::Consent | Field::Code => return None,
        }
        Some(both)
    }

    /// Of several values that stand, the strictest shows until somebody decides: a miss.
    fn leniency(&self, content: &Content) -> u8 {
        match self {
            Field::Item(id) => u8::from(said(content, id).mark != Some(Mark::NotMet)),
            _ => 0,
        }
    }
}

fn one_after_the_other<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept.join("\n")
}

/// The answer without the time that it took; an empty one where there is none.
fn said(content: &Content, item: &str) -> Answer {
    let mut answer = content.answers.get(item).cloned().unwrap_or_default();
    answer.ms = 0;
    answer.deviations.sort();
    answer
}

fn coached<'a>(content: &'a Content, item: &str) -> Vec<&'a Coaching> {
    content.coaching.iter().filter(|said| said.item == item).collect()
}

/// Every field that any of them says something about.
fn fields<'a>(contents: impl Iterator<Item = &'a Content>) -> BTreeSet<Field> {
    let mut fields =
        BTreeSet::from([Field::Happened, Field::Shift, Field::Consent, Field::Code, Field::Note]);
    for content in contents {
        fields.extend(content.answers.keys().cloned().map(Field::Item));
        fields.extend(content.coaching.iter().map(|said| Field::Coaching(said.item.clone())));
    }
    fields
}

/// A content that somebody wrote, and the versions that they had seen.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    pub content: &'a Content,
    pub base: Vec<Uuid>,
}

/// What one version changed of what it builds on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrote {
    pub changed: Vec<Field>,
    /// What was in dispute below it: it says what stands.
    pub settled: Vec<Dispute>,
}

/// A set of version numbers, one bit each: the past of a version, itself included.
#[derive(Clone, Debug, Default)]
struct Past(Vec<u64>);

impl Past {
    fn add(&mut self, n: usize) {
        if self.0.len() <= n / 64 {
            self.0.resize((n / 64).saturating_add(1), 0);
        }
        if let Some(word) = self.0.get_mut(n / 64) {
            *word |= 1 << (n % 64);
        }
    }

    fn has(&self, n: usize) -> bool {
        self.0.get(n / 64).is_some_and(|word| word & (1 << (n % 64)) != 0)
    }

    fn take_in(&mut self, other: &Past) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        for (word, theirs) in self.0.iter_mut().zip(&other.0) {
            *word |= theirs;
        }
    }
}

/// What stood for somebody who had seen one version: which writes of each field.
#[derive(Clone, Debug, Default)]
struct Stand {
    past: Past,
    writes: BTreeMap<Field, BTreeSet<Uuid>>,
}

/// All versions of one record, weighed.
pub struct Merge<'a> {
    root: Uuid,
    versions: &'a BTreeMap<Uuid, Version<'a>>,
    fields: BTreeSet<Field>,
    /// The place of each version in an order in which it comes after all that it builds on.
    place: BTreeMap<Uuid, usize>,
    stands: BTreeMap<Uuid, Stand>,
    wrote: BTreeMap<Uuid, Wrote>,
}

impl<'a> Merge<'a> {
    /// `versions` has `root`, the first of them. A base that is not among them (it has not arrived,
    /// or is no version) counts as the root.
    #[must_use]
    pub fn of(root: Uuid, versions: &'a BTreeMap<Uuid, Version<'a>>) -> Merge<'a> {
        let order = in_order(root, versions);
        // Most records are never amended: nothing is compared then.
        let fields = if versions.len() > 1 {
            fields(versions.values().map(|version| version.content))
        } else {
            BTreeSet::new()
        };
        let mut merge = Merge {
            root,
            versions,
            fields,
            place: order.iter().enumerate().map(|(n, id)| (*id, n)).collect(),
            stands: BTreeMap::new(),
            wrote: BTreeMap::new(),
        };
        for (n, id) in order.into_iter().enumerate() {
            let Some(version) = versions.get(&id) else { continue };
            let (mut stand, wrote) = merge.write(id, version);
            stand.past.add(n);
            merge.stands.insert(id, stand);
            merge.wrote.insert(id, wrote);
        }
        merge
    }

    /// What `version` leaves standing, and what of it is its own.
    fn write(&self, id: Uuid, version: &Version) -> (Stand, Wrote) {
        let mut wrote = Wrote::default();
        if id == self.root {
            let writes = self.fields.iter().map(|field| (field.clone(), BTreeSet::from([id]))).collect();
            return (Stand { past: Past::default(), writes }, wrote);
        }
        let mut stand = self.join(&version.base);
        for field in &self.fields {
            let sides = self.sides(field, &stand);
            let stood = match sides.as_slice() {
                [side] => side.first(),
                _ => None,
            };
            let content = stood.and_then(|stood| self.versions.get(stood)).map(|stood| stood.content);
            if content.is_some_and(|content| field.same(content, version.content)) {
                continue;
            }
            stand.writes.insert(field.clone(), BTreeSet::from([id]));
            if sides.len() > 1 {
                wrote.settled.push(Dispute { field: field.clone(), sides });
            } else {
                wrote.changed.push(field.clone());
            }
        }
        (stand, wrote)
    }

    /// What stands for somebody who has seen all of `seen`.
    fn join(&self, seen: &[Uuid]) -> Stand {
        let mut stands: Vec<&Stand> = seen.iter().filter_map(|id| self.stands.get(id)).collect();
        if stands.is_empty() {
            stands.extend(self.stands.get(&self.root));
        }
        if let [only] = stands.as_slice() {
            return (*only).clone();
        }
        let mut joined = Stand::default();
        for stand in &stands {
            joined.past.take_in(&stand.past);
            for (field, writes) in &stand.writes {
                // A write that another one has in its past, and does not let stand, is superseded.
                let stands_for = |write: &Uuid, other: &Stand| {
                    !self.place.get(write).is_some_and(|n| other.past.has(*n))
                        || other.writes.get(field).is_some_and(|writes| writes.contains(write))
                };
                let standing =
                    writes.iter().filter(|write| stands.iter().all(|other| stands_for(write, other)));
                joined.writes.entry(field.clone()).or_default().extend(standing.copied());
            }
        }
        joined
    }

    /// The standing writes of a field, those that say the same together.
    fn sides(&self, field: &Field, stand: &Stand) -> Vec<Vec<Uuid>> {
        let mut sides: Vec<(&Content, Vec<Uuid>)> = Vec::new();
        for write in stand.writes.get(field).into_iter().flatten() {
            let Some(version) = self.versions.get(write) else { continue };
            match sides.iter_mut().find(|(content, _)| field.same(content, version.content)) {
                Some((_, side)) => side.push(*write),
                None => sides.push((version.content, vec![*write])),
            }
        }
        sides.into_iter().map(|(_, side)| side).collect()
    }

    /// What `tips` say together, and what they dispute. In a dispute the content shows the
    /// strictest side until somebody decides.
    #[must_use]
    pub fn standing(&self, tips: &[Uuid]) -> Option<(Content, Vec<Dispute>)> {
        let contents: Vec<&Content> =
            tips.iter().filter_map(|tip| self.versions.get(tip)).map(|tip| tip.content).collect();
        if let [only] = contents.as_slice() {
            return Some(((*only).clone(), Vec::new()));
        }
        let stand = self.join(tips);
        // Honest devices never change the standard of a record; the newest is as good as any.
        let mut content = Content::new(contents.iter().map(|content| content.standard).max()?);
        content.seconds = contents.iter().map(|content| content.seconds).max().unwrap_or(0);
        let mut disputes = Vec::new();
        for field in &self.fields {
            let sides = self.sides(field, &stand);
            let says = |side: &Vec<Uuid>| side.first().and_then(|id| self.versions.get(id));
            let shown = sides.iter().filter_map(says).min_by_key(|version| field.leniency(version.content));
            if let Some(shown) = shown {
                field.put(shown.content, &mut content);
            }
            if sides.len() > 1 {
                disputes.push(Dispute { field: field.clone(), sides });
            }
        }
        Some((content, disputes))
    }

    /// What a version changed of what it builds on; nothing for the first.
    #[must_use]
    pub fn wrote(&self, version: Uuid) -> Wrote {
        self.wrote.get(&version).cloned().unwrap_or_default()
    }

    /// The versions that somebody who had seen `seen` did not know of.
    #[must_use]
    pub fn unseen(&self, seen: &[Uuid]) -> Vec<Uuid> {
        let past = self.join(seen).past;
        self.place.iter().filter(|(_, n)| !past.has(**n)).map(|(id, _)| *id).collect()
    }
}

/// The versions so that each comes after all that it builds on. A circle, which no honest device
/// writes, is entered at its smallest id.
fn in_order(root: Uuid, versions: &BTreeMap<Uuid, Version>) -> Vec<Uuid> {
    let mut waits: BTreeMap<Uuid, usize> = BTreeMap::new();
    let mut above: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (id, version) in versions.iter().filter(|(id, _)| **id != root) {
        let known: BTreeSet<&Uuid> = version.base.iter().filter(|base| versions.contains_key(base)).collect();
        waits.insert(*id, known.len());
        for base in known {
            above.entry(*base).or_default().push(*id);
        }
    }
    let mut order = vec![root];
    let mut ready: BTreeSet<Uuid> = BTreeSet::new();
    let mut next = Some(root);
    while let Some(done) = next {
        for id in above.get(&done).into_iter().flatten() {
            if let Some(left) = waits.get_mut(id) {
                *left = left.saturating_sub(1);
            }
        }
        let free = above.get(&done).into_iter().flatten().filter(|id| waits.get(id) == Some(&0));
        ready.extend(free.copied());
        if done == root {
            ready.extend(waits.iter().filter(|(_, left)| **left == 0).map(|(id, _)| *id));
        }
        next = ready.pop_first().or_else(|| waits.keys().next().copied());
        if let Some(id) = next {
            waits.remove(&id);
            order.push(id);
        }
    }
    order
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
