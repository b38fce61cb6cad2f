//! Small errors that repeat: the same competency weak in what is audited and observed, in what
//! happened, and in what partners and families say (DOMAIN C2, C7).
//!
//! Invariant: a line says how many and of how many; what has no "of how many" is a count and no
//! rate. What is listed depends on the set of slips and on the rule alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::settings::Settings;

/// Which of the inputs a slip came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A documentation audit or a note that was reviewed, or a signal from one.
    Audit,
    /// A check or a shadow observation.
    Observation,
    /// An incident, a near miss, or a theme among them.
    Theme,
    /// Feedback of a partner, a question to on-call.
    Partner,
    Complaint,
}

impl Input {
    pub const ALL: [Input; 5] =
        [Input::Audit, Input::Observation, Input::Theme, Input::Partner, Input::Complaint];
}

/// How often something went wrong, by what it is counted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slips {
    pub input: Input,
    pub competency: String,
    /// The standard and its item, where one was missed.
    pub item: Option<(Uuid, String)>,
    pub count: u32,
    /// In the window before.
    pub before: u32,
}

/// How often somebody looked: observations by a standard that stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub standard: Uuid,
    pub input: Input,
    pub competency: String,
    pub count: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// From so many of the same on it is listed.
    pub count: u32,
    /// Within so many days.
    pub days: u32,
}

impl Rule {
    #[must_use]
    pub fn of(settings: &Settings) -> Rule {
        Rule { count: settings.drift_count.clamp(2, 1000), days: settings.drift_days.clamp(7, 366) }
    }
}

/// An item that is missed again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDrift {
    pub standard: Uuid,
    pub item: String,
    pub missed: u32,
    /// Observations by that standard.
    pub of: u32,
    pub before: u32,
}

/// One competency that slips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    pub competency: String,
    /// How many slips each input shows.
    pub inputs: BTreeMap<Input, u32>,
    /// All of them together.
    pub count: u32,
    /// All of them in the window before.
    pub before: u32,
    /// Observations of the competency, for what audits and observations found.
    pub looked: u32,
    /// The items that reach the threshold, most often missed first.
    pub items: Vec<ItemDrift>,
}

impl Drift {
    /// How many of the three inputs of DOMAIN C2 agree: what is audited or observed, what happened,
    /// what others say.
    #[must_use]
    pub fn agreeing(&self) -> u32 {
        let any = |inputs: &[Input]| u32::from(inputs.iter().any(|input| self.inputs.contains_key(input)));
        any(&[Input::Audit, Input::Observation])
            .saturating_add(any(&[Input::Theme]))
            .saturating_add(any(&[Input::Partner, Input::Complaint]))
    }

    /// A complaint driver that repeats (DOMAIN C7).
    #[must_use]
    pub fn complaints_repeat(&self) -> bool {
        self.inputs.get(&Input::Complaint).is_some_and(|count| *count >= 2)
    }
}

/// The competencies in which errors repeat: those that reach the threshold, or whose complaints
/// repeat. What several inputs agree on comes first, then what happened more often.
#[must_use]
pub fn drift(slips: &[Slips], looked: &[Looked], rule: Rule) -> Vec<Drift> {
    let mut by: BTreeMap<&str, Drift> = BTreeMap::new();
    for slip in slips {
        let drift = by.entry(&slip.competency).or_insert_with(|| Drift {
            competency: slip.competency.clone(),
            inputs: BTreeMap::new(),
            count: 0,
            before: 0,
            looked: 0,
            items: Vec::new(),
        });
        drift.before = drift.before.saturating_add(slip.before);
        if slip.count == 0 {
            continue;
        }
        drift.count = drift.count.saturating_add(slip.count);
        let input = drift.inputs.entry(slip.input).or_default();
        *input = input.saturating_add(slip.count);
        if let Some((standard, item)) = slip.item.clone().filter(|_| slip.count >= rule.count) {
            let of = looked.iter().filter(|look| look.standard == standard).map(|look| look.count).sum();
            drift.items.push(ItemDrift { standard, item, missed: slip.count, of, before: slip.before });
        }
    }
    let mut found: Vec<Drift> = by.into_values().collect();
    found.retain(|drift| drift.count >= rule.count || drift.complaints_repeat());
    for drift in &mut found {
        drift.looked =
            looked.iter().filter(|look| look.competency == drift.competency).map(|look| look.count).sum();
        drift.items.sort_by(|a, b| (b.missed, &a.item, a.standard).cmp(&(a.missed, &b.item, b.standard)));
    }
    found.sort_by_key(|drift| {
        (std::cmp::Reverse(drift.agreeing()), std::cmp::Reverse(drift.count), drift.competency.clone())
    });
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: Rule = Rule { count: 3, days: 60 };

    fn slip(input: Input, competency: &str, count: u32) -> Slips {
        Slips { input, competency: competency.into(), item: None, count, before: 0 }
    }

    #[test]
    fn one_from_each_input_is_a_drift_that_no_input_shows_alone() {
        let standard = Uuid::from_u128(1);
        let missed = Slips {
            item: Some((standard, "outcome".into())),
            before: 2,
            ..slip(Input::Audit, "documentation", 1)
        };
        let slips = [
            missed,
            slip(Input::Theme, "documentation", 1),
            slip(Input::Partner, "documentation", 1),
            slip(Input::Theme, "medication", 3),
            slip(Input::Theme, "visits", 2),
        ];
        let looked =
            [Looked { standard, input: Input::Audit, competency: "documentation".into(), count: 12 }];
        let found = drift(&slips, &looked, RULE);
        let names: Vec<&str> = found.iter().map(|one| one.competency.as_str()).collect();
        assert_eq!(names, ["documentation", "medication"]);
        assert_eq!((found[0].agreeing(), found[0].count, found[0].before, found[0].looked), (3, 3, 2, 12));
        assert!(found[0].items.is_empty(), "missed once");
    }

    #[test]
    fn an_item_is_named_with_its_rate_and_two_complaints_are_a_driver() {
        let standard = Uuid::from_u128(1);
        let missed =
            Slips { item: Some((standard, "time".into())), ..slip(Input::Observation, "medication", 4) };
        let slips = [missed, slip(Input::Complaint, "communication", 2)];
        let looked =
            [Looked { standard, input: Input::Observation, competency: "medication".into(), count: 20 }];
        let found = drift(&slips, &looked, RULE);
        assert_eq!((found[0].items[0].missed, found[0].items[0].of), (4, 20));
        assert!(found[1].complaints_repeat());
        assert_eq!(found[1].looked, 0);
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_all_are_counted(
            raw in prop::collection::vec((0_usize..5, 0_usize..3, 0_u32..4), 0..30),
        ) {
            let names = ["a", "b", "c"];
            let slips: Vec<Slips> = raw.iter().map(|(i, c, n)| slip(Input::ALL[*i], names[*c], *n)).collect();
            let mut turned = slips.clone();
            turned.reverse();
            let found = drift(&slips, &[], RULE);
            prop_assert_eq!(&drift(&turned, &[], RULE), &found);
            for one in &found {
                let all: u32 = slips.iter().filter(|slip| slip.competency == one.competency).map(|slip| slip.count).sum();
                prop_assert_eq!(one.count, all);
                prop_assert_eq!(one.inputs.values().sum::<u32>(), all);
            }
        }
    }
}
