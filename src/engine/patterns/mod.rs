//! Patterns and their chains, drift, cohorts, deadlines: what the derived tables say together.
//!
//! Invariant: each question reads rows that are bounded by days and calls one pure function of
//! [`crate::insight`]; none folds the log. Whoever may not read a report does not see its figure,
//! because the report is not on their device.

mod chain;
mod cohort;
mod drift;
mod pattern;
mod timely;
mod view;

pub use view::*;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::api::{Failure, Reply, Request};
use super::core::{Engine, Open, Standing};
use crate::sync::wire::Role;

/// Patterns are looked for among what happened within so many days: a year, and the threshold's own
/// window is shorter.
const LOOK_BACK: TimeDelta = TimeDelta::days(366);

impl Engine {
    /// Questions of this room.
    pub(super) fn repeats(&self, request: Request) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let now = self.host.now();
        Ok(match request {
            Request::Patterns { limit } => Reply::Patterns(Box::new(open.patterns_view(limit, now)?)),
            Request::Pattern { report } => Reply::Pattern(Box::new(open.pattern_view(report, now)?)),
            Request::Chain { action } => Reply::Chain(Box::new(open.chain_view(action, now)?)),
            Request::Retrain { action } => Reply::Retrain(Box::new(open.retrain_view(action)?)),
            Request::Drift => Reply::Drift(Box::new(open.drift_view(now)?)),
            Request::DriftBehind { behind } => Reply::DriftBehind(Box::new(open.behind_view(&behind, now)?)),
            Request::Cohorts { measure, competency } => {
                Reply::Cohorts(Box::new(open.cohorts_view(measure, &competency, now)?))
            }
            Request::Timely { days } => Reply::Timely(Box::new(open.timely_view(days, now)?)),
            Request::Competencies => Reply::Competencies(open.store.competencies()?),
            Request::Settings => Reply::Settings(Box::new(open.store.settings()?)),
            Request::SettingsView => Reply::SettingsView(Box::new(open.settings_view()?)),
            _ => return Err(Failure::not_found()),
        })
    }
}

/// Whether patterns concern this role at all: those who lead, and quality.
pub(super) fn leads(standing: &Standing) -> bool {
    matches!(standing.role, Role::Supervisor | Role::Quality)
}

impl Open {
    fn look_back(now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        now - LOOK_BACK
    }
}
