//! Small errors that repeat: the same competency weak in what is audited and observed, in what
//! happened, and in what partners and families say (DOMAIN C2, C7).
//!
//! What is listed has reached the organisation's threshold. Whether it is *more* than before is a
//! question of its own: the rate of the window against that of the half year before it, for each item
//! by how often somebody looked, for reports by days. A page calls "more" by chance at most about
//! once in [`YEARS_TO_A_FALSE_CALL`] years, however many items there are; what is about as before is
//! said to be.
//!
//! Invariant: a line says how many and of how many; what has no "of how many" is a count and no
//! rate. What is listed depends on the set of slips and on the rule alone.
//!
//! Sources: Fisher's exact test (items); the conditional binomial of two rates, Przyborowski and
//! Wilenski, Biometrika 1940, 31:313 (reports); Bonferroni over all that was compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, DiscreteCDF, Hypergeometric};
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

/// The three sources of DOMAIN C2: what is audited or observed, what happened, what others say.
pub const SOURCES: [&[Input]; 3] =
    [&[Input::Audit, Input::Observation], &[Input::Theme], &[Input::Partner, Input::Complaint]];

/// How often something went wrong, by what it is counted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slips {
    pub input: Input,
    pub competency: String,
    /// The standard and its item, where one was missed.
    pub item: Option<(Uuid, String)>,
    pub count: u32,
    /// In the [`BASELINE_DAYS`] before the window.
    pub before: u32,
}

/// The window is compared with so many days before it.
pub const BASELINE_DAYS: u32 = 180;
/// "More than before" is said wrongly, by the whole page, about once in so many years.
pub const YEARS_TO_A_FALSE_CALL: f64 = 2.0;
/// A page is looked at on many days, and neighbouring days share nearly all they show: each stretch
/// of a window's length is worth about so many independent looks (measured: `cargo xtask noise`).
const LOOKS_A_WINDOW: f64 = 2.0;

/// How often somebody looked: observations of a competency that stand and in which something was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub input: Input,
    pub competency: String,
    pub count: u32,
    /// Of these, something was missed in so many.
    pub missed: u32,
}

/// In how many observations an item was met or missed. Those that did not see it say nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    pub now: u32,
    /// In the [`BASELINE_DAYS`] before the window.
    pub before: u32,
}

/// By standard and item.
pub type JudgedItems = BTreeMap<(Uuid, String), Judged>;

/// Observations of one input in which something was missed, of all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub missed: u32,
    pub of: u32,
}

/// How a window stands to what was before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// More than chance explains.
    More,
    /// About the rate of before, as far as can be told.
    Steady,
    /// Nobody looked before, or too little is known.
    #[default]
    NotKnown,
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
    pub input: Input,
    pub standard: Uuid,
    pub item: String,
    pub missed: u32,
    /// Observations in which it was judged.
    pub of: u32,
    /// The same in the [`BASELINE_DAYS`] before the window.
    pub before: u32,
    pub of_before: u32,
    pub change: Change,
}

/// One competency that slips.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drift {
    pub competency: String,
    /// How many slips each input shows.
    pub inputs: BTreeMap<Input, u32>,
    /// All of them together.
    pub count: u32,
    /// All of them in the [`BASELINE_DAYS`] before the window.
    pub before: u32,
    /// Whether any of its items or sources shows more than before.
    pub change: Change,
    /// Reports by source that show more than before, or about as many.
    pub changes: BTreeMap<Input, Change>,
    /// What audits and observations of the competency found, each of how many.
    pub looked: BTreeMap<Input, Found>,
    /// Reports by source.
    pub reports: BTreeMap<Input, u32>,
    /// The items that reach the threshold, most often missed first.
    pub items: Vec<ItemDrift>,
}

impl Drift {
    /// What an input says of whether it is more than before: by its reports and its items that reach the
    /// threshold. Nothing where that is too little to say anything.
    #[must_use]
    pub fn says(&self, input: Input) -> Option<Change> {
        self.items_say(input).into_iter().chain(self.reports_say(input)).min()
    }

    /// The same by its items alone.
    #[must_use]
    pub fn items_say(&self, input: Input) -> Option<Change> {
        let items = self.items.iter().filter(|item| item.input == input).map(|item| item.change);
        items.filter(|change| *change != Change::NotKnown).min()
    }

    /// The same by its reports alone.
    #[must_use]
    pub fn reports_say(&self, input: Input) -> Option<Change> {
        self.changes.get(&input).copied().filter(|change| *change != Change::NotKnown)
    }

    /// How many of the three [`SOURCES`] say that it is more than before: they agree where they point the
    /// same way, and not where each found something.
    #[must_use]
    pub fn agreeing(&self) -> u32 {
        self.sources(|input| self.says(input) == Some(Change::More))
    }

    /// In how many of the three [`SOURCES`] anything was found.
    #[must_use]
    pub fn found_in(&self) -> u32 {
        self.sources(|input| self.inputs.contains_key(&input))
    }

    fn sources(&self, which: impl Fn(Input) -> bool) -> u32 {
        let found = SOURCES.iter().filter(|inputs| inputs.iter().any(|input| which(*input)));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    }

    /// A complaint driver that repeats (DOMAIN C7).
    #[must_use]
    pub fn complaints_repeat(&self) -> bool {
        self.inputs.get(&Input::Complaint).is_some_and(|count| *count >= 2)
    }
}

/// The probability of so many or more by chance, where the rate is that of before.
fn chance_of_items(now: (u32, u32), before: (u32, u32)) -> Option<f64> {
    let (missed, of) = (u64::from(now.0), u64::from(now.1.max(now.0)));
    let (missed_before, of_before) = (u64::from(before.0), u64::from(before.1.max(before.0)));
    if missed == 0 || of == 0 || of_before == 0 {
        return None;
    }
    let all =
        Hypergeometric::new(of.saturating_add(of_before), missed.saturating_add(missed_before), of).ok()?;
    Some(all.sf(missed.saturating_sub(1)))
}

fn chance_of_reports(now: u32, before: u32, days: u32) -> Option<f64> {
    let share = f64::from(days) / f64::from(days.saturating_add(BASELINE_DAYS));
    let all = Binomial::new(share, u64::from(now).saturating_add(u64::from(before))).ok()?;
    (now > 0).then(|| all.sf(u64::from(now).saturating_sub(1)))
}

/// The competencies in which errors repeat: those that reach the threshold, or whose complaints
/// repeat. What is more than before comes first, then what several sources agree on, then what several
/// found, then what happened more often. `judged` has every item that reaches the threshold.
#[must_use]
pub fn drift(slips: &[Slips], judged: &JudgedItems, looked: &[Looked], rule: Rule) -> Vec<Drift> {
    // So many are compared, whether they are listed or not.
    let compared = f64::from(u32::try_from(slips.len()).unwrap_or(u32::MAX)).max(1.0);
    let windows = 365.0 / f64::from(rule.days);
    let may = 1.0 / (YEARS_TO_A_FALSE_CALL * compared * windows * LOOKS_A_WINDOW);
    let change = |chance: Option<f64>| match chance {
        Some(p) if p <= may => Change::More,
        Some(_) => Change::Steady,
        None => Change::NotKnown,
    };
    let mut by: BTreeMap<&str, Drift> = BTreeMap::new();
    for slip in slips {
        let drift = by.entry(&slip.competency).or_insert_with(|| Drift {
            competency: slip.competency.clone(),
            inputs: BTreeMap::new(),
            count: 0,
            before: 0,
            change: Change::NotKnown,
            changes: BTreeMap::new(),
            looked: BTreeMap::new(),
            reports: BTreeMap::new(),
            items: Vec::new(),
        });
        drift.before = drift.before.saturating_add(slip.before);
        if slip.count == 0 {
            continue;
        }
        drift.count = drift.count.saturating_add(slip.count);
        let input = drift.inputs.entry(slip.input).or_default();
        *input = input.saturating_add(slip.count);
        let Some((standard, item)) = slip.item.clone() else {
            let reports = drift.reports.entry(slip.input).or_default();
            *reports = reports.saturating_add(slip.count);
            if slip.count >= rule.count {
                let chance = chance_of_reports(slip.count, slip.before, rule.days);
                let found = change(chance);
                // That there was nothing before may mean that nobody reported yet.
                let found = if slip.before > 0 || found == Change::More { found } else { Change::NotKnown };
                drift.changes.insert(slip.input, found);
            }
            continue;
        };
        if slip.count >= rule.count {
            let key = (standard, item);
            let Judged { now: of, before: of_before } = judged.get(&key).copied().unwrap_or_default();
            drift.items.push(ItemDrift {
                input: slip.input,
                standard,
                item: key.1,
                missed: slip.count,
                of,
                before: slip.before,
                of_before,
                change: change(chance_of_items((slip.count, of), (slip.before, of_before))),
            });
        }
    }
    let mut found: Vec<Drift> = by.into_values().collect();
    found.retain(|drift| drift.count >= rule.count || drift.complaints_repeat());
    for drift in &mut found {
        for look in looked.iter().filter(|look| look.competency == drift.competency && look.count > 0) {
            let found = drift.looked.entry(look.input).or_default();
            found.missed = found.missed.saturating_add(look.missed);
            found.of = found.of.saturating_add(look.count);
        }
        let changes = drift.items.iter().map(|item| item.change).chain(drift.changes.values().copied());
        drift.change = changes.min().unwrap_or_default();
        drift.items.sort_by(|a, b| {
            (a.change, b.missed, &a.item, a.standard).cmp(&(b.change, a.missed, &b.item, b.standard))
        });
    }
    found.sort_by_key(|drift| {
        let agree = (std::cmp::Reverse(drift.agreeing()), std::cmp::Reverse(drift.found_in()));
        (drift.change, agree, std::cmp::Reverse(drift.count), drift.competency.clone())
    });
    found
}

#[cfg(test)]
#[path = "drift_tests.rs"]
mod tests;
