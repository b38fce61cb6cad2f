//! Of which kind something owed is, whether it can wait until tomorrow, and what is gravest first.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Owed, Page};
use crate::practice::follow::{About, Class, State, Work};

/// What is owed, by the kind that screens group it under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwedKind {
    Paired,
    Returned,
    Review,
    Rework,
    Acknowledge,
    Handoff,
    Task,
    LookAgain,
    Conflict,
    Told,
    Heard,
    Refused,
    Cycle,
    Restriction,
    Improvement,
    Action,
    Report,
    Pattern,
    Observe,
    Recheck,
    Visit,
    Write,
    Confirm,
    Learn,
    Daily,
    HandOver,
    Unsettled,
}

/// How many of a kind are owed, now or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedTotal {
    pub kind: OwedKind,
    pub next: bool,
    pub total: u32,
}

/// The first of a kind.
pub type OwedPage = Page<Owed>;

/// How pressing something is: the lower, the more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Somebody may be left without care at an hour that is fixed.
    Visit,
    /// An authority has waited longer than it may. By the deadline, in milliseconds since 1970.
    ReportableLate(i64),
    /// Somebody else may be acting in one's name.
    Paired,
    /// An authority waits: to be told, or for the investigation to begin. By its deadline.
    Reportable(i64),
    /// Past its deadline: the longest first.
    Overdue(i64),
    /// Due today, or without a day.
    Now,
    /// Can wait until after today: the soonest first.
    Next(i64),
}

/// The order of what is owed, for whoever asks `now`. Things that are equally pressing keep the order in
/// which they were asked for.
#[must_use]
pub fn urgency(owed: &Owed, now: DateTime<FixedOffset>) -> Urgency {
    let deadline = owed.deadline(now).map(|at| at.timestamp_millis());
    match (owed, deadline) {
        (Owed::Visit { .. }, _) => Urgency::Visit,
        (Owed::Paired { .. }, _) => Urgency::Paired,
        (_, Some(by)) if owed.is_reportable() && by < now.timestamp_millis() => Urgency::ReportableLate(by),
        (_, Some(by)) if owed.is_reportable() => Urgency::Reportable(by),
        (_, by) if owed.is_next(now) => Urgency::Next(by.unwrap_or(i64::MAX)),
        (_, Some(by)) if by < now.timestamp_millis() && owed.is_promise() => Urgency::Overdue(by),
        _ => Urgency::Now,
    }
}

impl Owed {
    #[must_use]
    pub fn kind(&self) -> OwedKind {
        match self {
            Owed::Paired { .. } => OwedKind::Paired,
            Owed::Returned { .. } => OwedKind::Returned,
            Owed::Review { .. } => OwedKind::Review,
            Owed::Rework { .. } => OwedKind::Rework,
            Owed::Acknowledge { .. } => OwedKind::Acknowledge,
            Owed::Handoff { .. } => OwedKind::Handoff,
            Owed::Task { .. } => OwedKind::Task,
            Owed::LookAgain { .. } => OwedKind::LookAgain,
            Owed::Conflict { .. } => OwedKind::Conflict,
            Owed::Told { .. } => OwedKind::Told,
            Owed::Heard { .. } => OwedKind::Heard,
            Owed::Refused { .. } => OwedKind::Refused,
            Owed::FollowUp { row } => match row.follow.class {
                Class::Cycle => OwedKind::Cycle,
                Class::Restriction => OwedKind::Restriction,
                Class::Improvement => OwedKind::Improvement,
                _ => OwedKind::Action,
            },
            Owed::Report { .. } => OwedKind::Report,
            Owed::Pattern { .. } => OwedKind::Pattern,
            Owed::Observe { .. } => OwedKind::Observe,
            Owed::Recheck { .. } => OwedKind::Recheck,
            Owed::Visit { .. } => OwedKind::Visit,
            Owed::Write { .. } => OwedKind::Write,
            Owed::Confirm { .. } => OwedKind::Confirm,
            Owed::Learn { .. } => OwedKind::Learn,
            Owed::Daily { .. } => OwedKind::Daily,
            Owed::HandOver { .. } => OwedKind::HandOver,
            Owed::Unsettled { .. } => OwedKind::Unsettled,
        }
    }

    /// Whether it can wait until after today, by the clock of whoever asks.
    #[must_use]
    pub fn is_next(&self, now: DateTime<FixedOffset>) -> bool {
        let today = now.date_naive();
        let later = |day: NaiveDate| day > today;
        match self {
            Owed::Task { task } => task.task.due.is_some_and(|due| later(local(due, now))),
            Owed::LookAgain { on, .. } => later(*on),
            // Its clock runs in hours, through the night: a deadline of tomorrow is no matter for tomorrow.
            Owed::Report { next, .. } => !self.is_reportable() && later(local(next.by, now)),
            Owed::FollowUp { row } => {
                let follow = &row.follow;
                let proven = !follow.asked().is_none() && follow.wanting().is_none();
                follow.state != State::Unproven && !proven && follow.due.is_some_and(later)
            }
            Owed::Observe { by, .. } => later(*by),
            Owed::Write { row, .. } => row.follow.due.is_some_and(later),
            Owed::Confirm { on, .. } => later(on.day),
            _ => false,
        }
    }

    /// When it is to be done by; a day is over when the next one begins.
    fn deadline(&self, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let end = |day: NaiveDate| day_end(day, now);
        match self {
            Owed::Review { due, .. } => Some(*due),
            Owed::Task { task } => task.task.due,
            Owed::LookAgain { on, .. } | Owed::Recheck { on, .. } => end(*on),
            Owed::FollowUp { row } | Owed::Write { row, .. } => row.follow.due.and_then(end),
            Owed::Report { next, .. } => Some(next.by),
            Owed::Observe { by, .. } | Owed::Learn { by, .. } => end(*by),
            Owed::Confirm { on, .. } => end(on.day),
            Owed::Visit { at, .. } => Some(*at),
            Owed::Paired { .. }
            | Owed::Returned { .. }
            | Owed::Rework { .. }
            | Owed::Acknowledge { .. }
            | Owed::Handoff { .. }
            | Owed::Conflict { .. }
            | Owed::Told { .. }
            | Owed::Heard { .. }
            | Owed::Refused { .. }
            | Owed::Pattern { .. }
            | Owed::Daily { .. }
            | Owed::HandOver { .. }
            | Owed::Unsettled { .. } => None,
        }
    }

    /// A report that an authority waits for: it is to be told, or its investigation is to begin.
    #[must_use]
    pub fn is_reportable(&self) -> bool {
        let Owed::Report { row, .. } = self else { return false };
        let About::Report(report) = &row.follow.about else { return false };
        let done = |work: Work| report.work.contains_key(&work);
        let incident = row.follow.class == Class::Incident && !report.near_miss;
        incident && report.reportable && !(done(Work::Notified) && done(Work::InvestigationBegun))
    }

    /// Somebody was told that it would be done by then: unlike what the organisation's own rhythm asks for
    /// (observations, learning, looks after closing), where late is not grave.
    fn is_promise(&self) -> bool {
        matches!(
            self,
            Owed::Review { .. }
                | Owed::Task { .. }
                | Owed::LookAgain { .. }
                | Owed::FollowUp { .. }
                | Owed::Report { .. }
        )
    }
}

fn local(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> NaiveDate {
    at.with_timezone(now.offset()).date_naive()
}

/// When a day is over by the clock of whoever asks.
#[must_use]
pub fn day_end(day: NaiveDate, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    day.succ_opt()?.and_time(NaiveTime::MIN).and_local_timezone(*now.offset()).single()
}

#[cfg(test)]
#[path = "owed_tests.rs"]
mod tests;
