//! What is asked as proof, and what observations come to when they are held against it.
//!
//! Invariant: only an observation that stands (not withdrawn or contested) and passed by
//! its own standard counts, about the same person and, where one is named, by the same standard or,
//! live, by one that stands for it in real practice – and only where it saw and met the items that are
//! named, where any are.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::practice::record::State;
use crate::practice::setting::Setting;

/// How an observation tests the coached standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A case played through.
    Simulated,
    /// In real practice.
    Live,
    /// A note or scenario note that was reviewed and meets the standard.
    Note,
    #[serde(other)]
    Unknown,
}

/// The proof that is asked. Every number is a least count; all nought asks nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// Passed validations in all, simulated or live.
    pub validations: u32,
    /// How many of them at least in real practice.
    pub live: u32,
    /// Notes that meet the standard (first five notes: 5; sample notes: 2).
    pub notes: u32,
    /// Choices confirmed on shift (two weeks of shadow escalation).
    pub confirmations: u32,
    /// Scheduled shifts whose choices were looked at, also where there was none to make.
    pub shifts: u32,
    /// Reflections with all their four parts (DOMAIN C6).
    pub reflections: u32,
}

impl Evidence {
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Evidence::default()
    }
}

/// What the device knows of an observation that a step points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub subject: Option<Uuid>,
    pub standard: Uuid,
    pub happened_at: DateTime<FixedOffset>,
    pub state: State,
    /// By its own standard; `None` where nothing that counts was seen.
    pub passed: Option<bool>,
    /// Where it was observed: a fact of the observation. `None` while its standard has not arrived.
    pub setting: Option<Setting>,
    /// Items that were not seen, did not apply, or were not asked by the version it was made by although
    /// the newest version asks them. What no version asks any more is none of them: there is nothing to see.
    pub unseen: Vec<String>,
    /// Items that were seen and not met.
    pub missed: Vec<String>,
}

impl Seen {
    /// How it counts: as what it is; a step's word for it is taken only while that is not known.
    fn mode(&self, label: Mode) -> Mode {
        self.setting.map_or(label, |setting| setting.counts_as(label))
    }

    /// Whether it stands and shows that the standard was met, or was not; `None` where it shows neither.
    fn shows(&self) -> Option<bool> {
        self.state.result(self.passed)
    }
}

/// What the observations pointed to come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Proof {
    /// What counts.
    pub has: Evidence,
    /// The observations that count, oldest first.
    pub records: Vec<Uuid>,
    /// Those pointed to that do not count as they stand now.
    pub failed: Vec<Uuid>,
    /// Those pointed to that have not arrived on this device.
    pub missing: Vec<Uuid>,
    /// The newest validation did not pass: what was shown before does not close anything.
    pub slipped: bool,
}

impl Proof {
    /// What is still missing of what is asked.
    #[must_use]
    pub fn wanting(&self, asked: Evidence) -> Evidence {
        let again = u32::from(self.slipped);
        Evidence {
            validations: asked.validations.saturating_sub(self.has.validations).max(again),
            live: asked.live.saturating_sub(self.has.live),
            notes: asked.notes.saturating_sub(self.has.notes),
            confirmations: asked.confirmations.saturating_sub(self.has.confirmations),
            shifts: asked.shifts.saturating_sub(self.has.shifts),
            reflections: asked.reflections.saturating_sub(self.has.reflections),
        }
    }

    #[must_use]
    pub fn meets(&self, asked: Evidence) -> bool {
        self.wanting(asked).is_none()
    }
}

/// Whom and what an observation has to be about to count.
pub(super) struct Wanted<'a> {
    pub subject: Option<Uuid>,
    pub standard: Option<Uuid>,
    /// Standards by which the same practice is observed live.
    pub live_by: &'a [Uuid],
    /// What is named of its own standard; none where the whole of it counts.
    pub items: &'a [String],
}

impl Wanted<'_> {
    fn fits(&self, seen: &Seen, mode: Mode) -> bool {
        let by = self.standard.is_none_or(|standard| seen.standard == standard)
            || (mode == Mode::Live && self.live_by.contains(&seen.standard));
        by && self.subject.is_none_or(|subject| seen.subject == Some(subject))
    }

    fn names_any(&self, seen: &Seen, among: &[String]) -> bool {
        self.standard == Some(seen.standard) && self.items.iter().any(|item| among.contains(item))
    }

    /// Whether what is named was seen at all: an observation without it says nothing of it.
    fn shown_by(&self, seen: &Seen) -> bool {
        !self.names_any(seen, &seen.unseen)
    }

    /// Whether what is named was missed, also where the whole was met. A review decides by itself.
    fn missed_in(&self, seen: &Seen) -> bool {
        seen.state != State::Meets && self.names_any(seen, &seen.missed)
    }
}

/// Weighs the observations that were pointed to. One that was pointed to twice counts once.
pub(super) fn weigh(
    pointed: impl IntoIterator<Item = (Uuid, Mode)>,
    wanted: &Wanted,
    seen: &dyn Fn(Uuid) -> Option<Seen>,
) -> Proof {
    let mut modes: BTreeMap<Uuid, Mode> = BTreeMap::new();
    for (record, mode) in pointed {
        let known = modes.entry(record).or_insert(mode);
        if mode == Mode::Simulated {
            *known = mode;
        }
    }
    let mut proof = Proof::default();
    let mut dated = Vec::new();
    for (record, mode) in modes {
        let Some(seen) = seen(record) else {
            proof.missing.push(record);
            continue;
        };
        let mode = seen.mode(mode);
        let shown = wanted.shown_by(&seen);
        let met = seen.shows() == Some(true) && !wanted.missed_in(&seen);
        let proves = shown && wanted.fits(&seen, mode) && met;
        // What was taken back, came to nothing or did not look at it shows no slip either; what is
        // contested may be one.
        let tells = shown && (seen.shows().is_some() || seen.state == State::Conflict);
        dated.push((seen.happened_at, record, mode, proves, tells));
    }
    dated.sort_unstable_by_key(|(at, record, ..)| (*at, *record));
    let count = |number: &mut u32| *number = number.saturating_add(1);
    for (_, record, mode, proves, _) in &dated {
        if !proves {
            proof.failed.push(*record);
            continue;
        }
        proof.records.push(*record);
        match mode {
            Mode::Live => {
                count(&mut proof.has.validations);
                count(&mut proof.has.live);
            }
            Mode::Simulated => count(&mut proof.has.validations),
            Mode::Note => count(&mut proof.has.notes),
            Mode::Unknown => {}
        }
    }
    proof.slipped = dated
        .iter()
        .rfind(|(_, _, mode, _, tells)| *tells && matches!(mode, Mode::Live | Mode::Simulated))
        .is_some_and(|(.., proves, _)| !proves);
    proof
}
