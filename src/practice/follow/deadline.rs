//! The clocks that run on an incident, a near miss or a signal: what has to be done by when.
//!
//! Invariant: every number of hours or days is the organisation's own setting, because they differ
//! by state; what was done runs no more.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{About, Class, FollowUp, Step, Work};
use crate::practice::settings::Settings;
use crate::record::time;

/// A piece of work with a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Tell the authority of what is reportable.
    Notify,
    /// Triage: say which kind of gap it was.
    Classify,
    Investigate,
    Resolve,
}

/// What is asked of a report, each with its deadline counted from the report, and when it was done:
/// soonest due first. A near miss and a signal ask to be classified and nothing more.
#[must_use]
pub fn duties(
    follow: &FollowUp,
    settings: &Settings,
) -> Vec<(Duty, DateTime<FixedOffset>, Option<DateTime<FixedOffset>>)> {
    let About::Report(report) = &follow.about else { return Vec::new() };
    let hours = |hours: u32| time::after(follow.at, TimeDelta::hours(i64::from(hours.min(24 * 366))));
    let done = |work: Work| report.work.get(&work).copied();
    // When it was classified is in the history; that it was is in the gap.
    let classified = report.gap.map(|_| classified_at(follow).unwrap_or(follow.at));
    let mut duties = vec![(Duty::Classify, hours(settings.classify_hours), classified)];
    if follow.class == Class::Incident && !report.near_miss {
        if report.reportable {
            duties.push((Duty::Notify, hours(settings.notify_hours), done(Work::Notified)));
        }
        let begun = done(Work::InvestigationBegun);
        duties.push((Duty::Investigate, hours(settings.investigate_hours), begun));
        let days = hours(settings.resolve_days.saturating_mul(24));
        duties.push((Duty::Resolve, days, done(Work::Resolved)));
    }
    duties.sort_by_key(|(duty, due, _)| (*due, *duty));
    duties
}

/// When it was first classified, where its history is at hand.
fn classified_at(follow: &FollowUp) -> Option<DateTime<FixedOffset>> {
    let classified = follow
        .history
        .iter()
        .filter(|entry| matches!(entry.step, Step::Classified(_) | Step::SignalClassified(_)));
    classified.map(|entry| entry.at).min()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn incident(near_miss: bool, reportable: bool, gap: Option<&str>, work: &serde_json::Value) -> FollowUp {
        let at = "2026-05-04T08:00:00-05:00";
        let nil = uuid::Uuid::nil();
        serde_json::from_value(json!({
            "id": nil, "class": "incident", "site": null, "subject": null, "author": nil, "at": at,
            "state": "open", "owner": nil, "due": null, "ended_at": null, "proof": {}, "history": [],
            "about": {"report": {"near_miss": near_miss, "reportable": reportable, "source": null,
                "category": "medication", "competency": "medication", "gap": gap, "happened_at": at,
                "words": "Dose at 22:40", "person_code": "E-4", "work": work, "tips": []}},
        }))
        .unwrap()
    }

    fn asked(follow: &FollowUp, settings: &Settings) -> Vec<(Duty, i64, bool)> {
        let duties = duties(follow, settings).into_iter();
        duties.map(|(duty, due, done)| (duty, (due - follow.at).num_hours(), done.is_some())).collect()
    }

    #[test]
    fn the_clocks_are_the_organisations_own_and_stop_when_the_work_is_done() {
        let settings = Settings { notify_hours: 8, resolve_days: 10, ..Settings::default() };
        let fresh = incident(false, true, None, &json!({}));
        let all = [
            (Duty::Notify, 8, false),
            (Duty::Investigate, 24, false),
            (Duty::Classify, 72, false),
            (Duty::Resolve, 240, false),
        ];
        assert_eq!(asked(&fresh, &settings), all);
        let worked = incident(
            false,
            false,
            Some("workflow"),
            &json!({"investigation_begun": "2026-05-05T07:00:00-05:00"}),
        );
        let open: Vec<Duty> =
            asked(&worked, &settings).into_iter().filter(|(.., done)| !done).map(|(duty, ..)| duty).collect();
        assert_eq!(open, [Duty::Resolve], "not reportable, classified, investigated");
    }

    #[test]
    fn a_near_miss_asks_to_be_classified_and_nothing_more() {
        let asked = asked(&incident(true, false, None, &json!({})), &Settings::default());
        assert_eq!(asked, [(Duty::Classify, 72, false)]);
    }
}
