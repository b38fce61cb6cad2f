//! Amendments that did not know of each other, told as stories and held by a model: devices that
//! keep apart and meet in any order, against registers written down by hand.

use proptest::prelude::*;

use super::*;
use crate::practice::draft::{Consent, Shift};
use crate::practice::standard::StandardRef;

fn id(n: usize) -> Uuid {
    Uuid::from_u128(n as u128 + 1)
}

fn first() -> Content {
    let mut content = Content::new(StandardRef { standard: Uuid::from_u128(9), version: 1 });
    for item in ["a", "b", "c"] {
        content.answers.insert(item.into(), Answer::mark(Mark::Met));
    }
    content
}

fn with(content: &Content, change: impl FnOnce(&mut Content)) -> Content {
    let mut content = content.clone();
    change(&mut content);
    content
}

fn mark(content: &Content, item: &str, mark: Mark) -> Content {
    with(content, |content| drop(content.answers.insert(item.into(), Answer::mark(mark))))
}

/// Versions by number: what each says and what it builds on. Number 0 is the first.
fn standing(versions: &[(Content, &[usize])], tips: &[usize]) -> (Content, Vec<Dispute>) {
    let map = versions
        .iter()
        .enumerate()
        .map(|(n, (content, base))| (id(n), Version { content, base: base.iter().map(|n| id(*n)).collect() }))
        .collect();
    let tips: Vec<Uuid> = tips.iter().map(|n| id(*n)).collect();
    Merge::of(id(0), &map).standing(&tips).unwrap()
}

fn sides(disputes: &[Dispute], field: &Field) -> Vec<Vec<Uuid>> {
    disputes.iter().find(|dispute| dispute.field == *field).map(|it| it.sides.clone()).unwrap_or_default()
}

#[test]
fn different_items_merge_and_every_other_field_is_a_register_of_its_own() {
    let root = first();
    let sam = with(&mark(&root, "a", Mark::NotMet), |content| {
        content.note = "MAR was in the office".into();
        content.coaching.push(Coaching {
            item: "a".into(),
            said: "Sign after".into(),
            ..Coaching::default()
        });
        content.seconds = 40;
    });
    let quinn = with(&mark(&root, "b", Mark::NotSeen), |content| {
        content.shift = Some(Shift::Night);
        content.consent = Some(Consent::Given);
        content.coaching.push(Coaching {
            item: "b".into(),
            said: "Look twice".into(),
            ..Coaching::default()
        });
        content.seconds = 70;
    });
    let (merged, disputes) = standing(&[(root, &[]), (sam, &[0]), (quinn, &[0])], &[1, 2]);
    assert_eq!(disputes, []);
    let marks: Vec<_> = merged.answers.values().map(|answer| answer.mark.unwrap()).collect();
    assert_eq!(marks, [Mark::NotMet, Mark::NotSeen, Mark::Met]);
    assert_eq!((merged.note.as_str(), merged.shift), ("MAR was in the office", Some(Shift::Night)));
    assert_eq!((merged.coaching.len(), merged.consent, merged.seconds), (2, Some(Consent::Given), 70));
}

#[test]
fn the_same_item_keeps_both_the_stricter_shows_and_a_settlement_ends_it() {
    let root = first();
    let sam = mark(&root, "a", Mark::NotSeen);
    let quinn = mark(&mark(&root, "a", Mark::NotMet), "b", Mark::NotMet);
    let (content, disputes) =
        standing(&[(root.clone(), &[]), (sam.clone(), &[0]), (quinn.clone(), &[0])], &[1, 2]);
    assert_eq!(disputes.len(), 1, "b was touched by one alone: {disputes:?}");
    assert_eq!(sides(&disputes, &Field::Item("a".into())), [vec![id(1)], vec![id(2)]]);
    assert_eq!(
        (content.answers["a"].mark, content.answers["b"].mark),
        (Some(Mark::NotMet), Some(Mark::NotMet))
    );

    // Two settle at once, without knowing of each other: for the same, and it is settled; for
    // something else, and it is in dispute again, between them alone.
    let settled = mark(&quinn, "a", Mark::NotSeen);
    let versions = |other: &Content| {
        [
            (root.clone(), &[][..]),
            (sam.clone(), &[0][..]),
            (quinn.clone(), &[0][..]),
            (settled.clone(), &[1, 2][..]),
            (other.clone(), &[1, 2][..]),
        ]
    };
    let (content, disputes) = standing(&versions(&settled), &[3, 4]);
    assert_eq!((content.answers["a"].mark, disputes), (Some(Mark::NotSeen), vec![]));
    let (_, disputes) = standing(&versions(&quinn), &[3, 4]);
    assert_eq!(sides(&disputes, &Field::Item("a".into())), [vec![id(3)], vec![id(4)]]);
}

#[test]
fn a_nested_amendment_supersedes_what_it_builds_on_and_nothing_else() {
    let root = first();
    let one = mark(&root, "a", Mark::NotMet);
    let nested = mark(&one, "a", Mark::NotSeen);
    let beside = mark(&root, "b", Mark::NotMet);
    let third = mark(&root, "a", Mark::NotMet);
    let versions =
        [(root, &[][..]), (one, &[0][..]), (nested, &[1][..]), (beside, &[0][..]), (third, &[0][..])];
    let (content, disputes) = standing(&versions[..4], &[2, 3]);
    assert_eq!((content.answers["a"].mark, disputes), (Some(Mark::NotSeen), vec![]));
    let (_, disputes) = standing(&versions, &[2, 3, 4]);
    assert_eq!(sides(&disputes, &Field::Item("a".into())), [vec![id(2)], vec![id(4)]]);
}

#[test]
fn texts_of_both_can_stand_together_and_marks_cannot() {
    let root = first();
    let one = with(&root, |content| content.note = "Office closed".into());
    let two = with(&root, |content| content.note = "Key missing".into());
    let both = Field::Note.together(&[&one, &two]).unwrap();
    assert_eq!(both.note, "Office closed\nKey missing");
    let item = Field::Item("a".into());
    assert!(item.together(&[&mark(&root, "a", Mark::NotMet), &root]).is_none());
}

/// What a model device does.
#[derive(Clone, Debug)]
enum Step {
    /// Device, register, value.
    Amend(usize, usize, u8),
    /// One device hears all that another knows.
    Hear(usize, usize),
}

const DEVICES: usize = 3;
const REGISTERS: usize = 4;

fn register(n: usize) -> Field {
    match n {
        0 => Field::Item("a".into()),
        1 => Field::Item("b".into()),
        2 => Field::Note,
        _ => Field::Coaching("a".into()),
    }
}

fn set(content: &mut Content, n: usize, value: u8) {
    match n {
        0 | 1 => {
            let marks = [Mark::Met, Mark::NotMet, Mark::NotSeen];
            let answer = Answer { ms: u64::from(value) * 7, ..Answer::mark(marks[usize::from(value % 3)]) };
            content.answers.insert(if n == 0 { "a" } else { "b" }.into(), answer);
        }
        2 => content.note = format!("note {value}"),
        _ => {
            content.coaching = match value {
                0 => Vec::new(),
                _ => {
                    vec![Coaching { item: "a".into(), said: format!("said {value}"), ..Coaching::default() }]
                }
            }
        }
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let amend =
        (0..DEVICES, 0..REGISTERS, 0u8..3).prop_map(|(who, what, value)| Step::Amend(who, what, value));
    let hear = (0..DEVICES, 0..DEVICES).prop_map(|(who, from)| Step::Hear(who, from));
    prop::collection::vec(prop_oneof![3 => amend, 1 => hear], 1..18)
}

struct Known {
    content: Content,
    base: Vec<Uuid>,
    /// The registers it wrote, by the model; and all that its author had seen.
    writes: Vec<usize>,
    past: BTreeSet<usize>,
}

fn tips_of(known: &BTreeSet<usize>, all: &[Known]) -> Vec<Uuid> {
    let built_on: BTreeSet<Uuid> = known.iter().flat_map(|n| all[*n].base.clone()).collect();
    known.iter().map(|n| id(*n)).filter(|tip| !built_on.contains(tip)).collect()
}

fn merged(known: &BTreeSet<usize>, all: &[Known]) -> (Content, Vec<Dispute>) {
    let map = known
        .iter()
        .map(|n| (id(*n), Version { content: &all[*n].content, base: all[*n].base.clone() }))
        .collect();
    Merge::of(id(0), &map).standing(&tips_of(known, all)).unwrap()
}

/// The writes of a register that nobody who saw them wrote over.
fn model(known: &BTreeSet<usize>, all: &[Known], n: usize) -> Vec<usize> {
    let writes: Vec<usize> = known.iter().copied().filter(|one| all[*one].writes.contains(&n)).collect();
    let newer = |one: usize| writes.iter().any(|other| *other != one && all[*other].past.contains(&one));
    writes.iter().copied().filter(|one| !newer(*one)).collect()
}

/// Plays the steps: what everybody knows in the end, and each version.
fn play(steps: &[Step]) -> (Vec<BTreeSet<usize>>, Vec<Known>) {
    let all_registers = (0..REGISTERS).collect();
    let root = Known { content: first(), base: vec![], writes: all_registers, past: BTreeSet::from([0]) };
    let mut all = vec![root];
    let mut devices = vec![BTreeSet::from([0]); DEVICES];
    for step in steps {
        match step {
            Step::Hear(who, from) => {
                let heard = devices[*from].clone();
                devices[*who].extend(heard);
            }
            Step::Amend(who, n, value) => {
                let known = devices[*who].clone();
                let (before, disputes) = merged(&known, &all);
                let mut content = before.clone();
                set(&mut content, *n, *value);
                let changed = !register(*n).same(&before, &content);
                let writes = (0..REGISTERS)
                    .filter(|m| {
                        disputes.iter().any(|dispute| dispute.field == register(*m)) || (m == n && changed)
                    })
                    .collect();
                let number = all.len();
                let mut past = known.clone();
                past.insert(number);
                all.push(Known { content, base: tips_of(&known, &all), writes, past });
                devices[*who].insert(number);
            }
        }
    }
    (devices, all)
}

proptest! {
    /// Every device at every stage of what it has heard has what the model says: per register, the
    /// writes that nobody who saw them wrote over; one value where these agree, a dispute where not.
    #[test]
    fn what_stands_is_what_the_model_says(steps in steps()) {
        let (mut devices, all) = play(&steps);
        devices.push((0..all.len()).collect());
        for known in devices {
            let (content, disputes) = merged(&known, &all);
            for n in 0..REGISTERS {
                let standing = model(&known, &all, n);
                let field = register(n);
                let agree = standing.iter().all(|one| field.same(&all[*one].content, &all[standing[0]].content));
                let dispute = disputes.iter().find(|dispute| dispute.field == field);
                prop_assert_eq!(dispute.is_none(), agree, "{:?}: {:?}", field, standing);
                if let Some(dispute) = dispute {
                    let events: BTreeSet<Uuid> = dispute.events().collect();
                    prop_assert_eq!(events, standing.iter().map(|one| id(*one)).collect());
                } else {
                    prop_assert!(field.same(&content, &all[standing[0]].content));
                }
            }
        }
    }

    /// Hearing A then B, B then A, or both from somebody who heard both, is the same; and what one
    /// device merged, another only has to hear once.
    #[test]
    fn merging_is_commutative_associative_and_idempotent_over_sets(steps in steps()) {
        let (devices, all) = play(&steps);
        let [a, b, c] = [&devices[0], &devices[1], &devices[2]];
        let union = |one: &BTreeSet<usize>, two: &BTreeSet<usize>| one | two;
        let expected = merged(&union(&union(a, b), c), &all);
        prop_assert_eq!(&expected, &merged(&union(a, &union(c, b)), &all));
        prop_assert_eq!(&expected, &merged(&union(&union(c, b), &union(a, b)), &all));
    }
}
