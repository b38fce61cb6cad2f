//! What dashboards ask and get: figures over time, a month for governance, what holds, and the records
//! behind a figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{FollowUpRow, PersonRow, RecordRow, SiteRow, StandardRow, TaskRow};
use crate::insight::chart::Chart;
use crate::insight::facts::Theme;
use crate::insight::hold::Hold;
use crate::insight::interval::Interval;
use crate::insight::judge::Why;
use crate::insight::measure::{Measure, Unit};
use crate::insight::period::Grain;
use crate::insight::tell::Telling;
use crate::practice::follow::{Category, Source};
use crate::practice::text::Text;

/// The part of the organisation and of time that is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lens {
    /// Empty for all.
    pub programme: String,
    pub site: Option<Uuid>,
    /// Empty for all.
    pub competency: String,
    /// Of what happened: only this kind.
    pub category: Option<Category>,
    pub grain: Grain,
    /// So many periods, the newest the one of today; 0 means 24.
    pub periods: u32,
}

/// A figure: `x` of `n` (a count), or the middle of `n` values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plot {
    pub period: i32,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub x: f64,
    pub n: f64,
    pub value: f64,
    /// Wilson's, for shares.
    pub interval: Option<Interval>,
    /// Too few to be read as a rate.
    pub small: bool,
    /// The period is not over.
    pub so_far: bool,
    /// Nothing was counted: the period keeps its place, because that is a finding too.
    pub none: bool,
}

impl Plot {
    /// Whether anything is behind it. A figure of 0 opens nothing, and is no link.
    #[must_use]
    pub fn opens(&self, measure: Measure) -> bool {
        // Of what is due only what was done is behind it; of events, what happened.
        let of_done = measure == Measure::ObservationsDone || measure.unit() == Unit::Events;
        !self.none && if of_done { self.x > 0.0 } else { self.n > 0.0 }
    }
}

/// A measure over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartView {
    pub measure: Measure,
    /// Every period from the first that has a figure on, those without one too.
    pub plots: Vec<Plot>,
    /// None without points.
    pub chart: Option<Chart>,
    /// Why it is read as it is.
    pub why: Option<Why>,
    /// Where more goes wrong than before: the first day of the period since when.
    pub since: Option<NaiveDate>,
    /// What can be chosen from.
    pub sites: Vec<SiteRow>,
    pub competencies: Vec<String>,
    /// The measures that can have data in this organisation.
    pub offered: Vec<Measure>,
    /// The measure is of what the organisation expects, and it has not said what.
    pub nothing_expected: bool,
}

/// A measure in one month, beside the month before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthFigure {
    pub measure: Measure,
    pub now: Option<Plot>,
    pub before: Option<Plot>,
    /// The chart over the months until then signals at the newest of them that is over.
    pub signals: bool,
}

/// Complaints about the same repeat within so many months.
pub const REPEATED_MONTHS: u32 = 3;

/// A theme of a month, or of some months that end with it: what its reports are found by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeOf {
    /// Empty for those that have none yet.
    pub competency: String,
    /// None for incidents and near misses.
    pub source: Option<Source>,
    pub period: i32,
    pub months: u32,
}

/// A month, as governance looks at it (A4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthView {
    /// Its number, and as `2026-11`.
    pub period: i32,
    pub month: String,
    pub first: NaiveDate,
    pub leading: Vec<MonthFigure>,
    pub lagging: Vec<MonthFigure>,
    pub themes: Vec<Theme>,
    /// Competencies about which people complained more than once in the [`REPEATED_MONTHS`] that end with
    /// the month.
    pub repeated: Vec<Theme>,
    /// Reviews of this month.
    pub reviews: Vec<FollowUpRow>,
    pub may_review: bool,
    /// The month is not over: it can be looked at, and not reviewed.
    #[serde(default)]
    pub running: bool,
    /// Actions and improvements that were under way in it: what a review can be about.
    #[serde(default)]
    pub open: Vec<FollowUpRow>,
    /// Who can own a decision.
    #[serde(default)]
    pub people: Vec<PersonRow>,
    pub sites: Vec<SiteRow>,
}

/// The records behind a figure; `count` says how many there are where the list is cut.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Behind {
    pub records: Vec<RecordRow>,
    /// What was missed in each of them, in the words of its standard (A2: which deviation).
    pub missed: BTreeMap<Uuid, Vec<Text>>,
    /// What each of those listed adds to a share: so many of so many. Empty where the figure is no share.
    #[serde(default)]
    pub adds: BTreeMap<Uuid, (f64, f64)>,
    /// Of all observations done, how many came to "met" or "not met"; none for other measures.
    #[serde(default)]
    pub judged: Option<u32>,
    pub follow_ups: Vec<FollowUpRow>,
    pub tasks: Vec<TaskRow>,
    pub count: u32,
}

/// A closed cycle and whether it holds (D2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HoldRow {
    pub cycle: Uuid,
    pub title: String,
    pub subject_name: String,
    pub site_name: String,
    pub hold: Hold,
    /// Marks met, of marks given, by the cycle's standard: in the 90 days before it was opened, and
    /// since it was closed (C7).
    pub before: (u32, u32),
    pub after: (u32, u32),
}

/// What the items of a standard told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TellingRow {
    pub standard: StandardRow,
    pub items: Vec<Telling>,
}
