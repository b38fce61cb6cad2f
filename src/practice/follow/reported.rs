//! An incident, near miss or signal: what its events come to.
//!
//! Invariant: as [`super::fold`], by the set of events alone.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fold::Entry;
use super::{Category, Classified, Gap, Outcome, Source, Step, Work, is_reportable};
use crate::record::time;

/// An incident, near miss or signal as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub near_miss: bool,
    pub reportable: bool,
    /// What a signal came from; none for incidents.
    pub source: Option<Source>,
    pub category: Category,
    pub competency: String,
    /// What it led to, by what was ticked and by its harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// Null until somebody classified it.
    pub gap: Option<Gap>,
    pub happened_at: DateTime<FixedOffset>,
    pub words: String,
    pub person_code: String,
    /// When each piece of work on it was done first.
    pub work: BTreeMap<Work, DateTime<FixedOffset>>,
    /// When those of them that were entered later than they were done were entered ([`entered_later`]).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entered: BTreeMap<Work, DateTime<FixedOffset>>,
    /// The classifications that no other builds on: the `base` of the next one.
    pub tips: Vec<Uuid>,
    /// A visit at risk: when it is to begin.
    #[serde(default)]
    pub visit_at: Option<DateTime<FixedOffset>>,
    /// Praise, which asks nobody for anything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub good: bool,
}

/// Work that was entered so much later than it was done is said to be: its time is the word of whoever
/// entered it.
const LATER: TimeDelta = TimeDelta::hours(1);

/// Whether work was entered later than it was done.
#[must_use]
pub fn entered_later(done: DateTime<FixedOffset>, entered: DateTime<FixedOffset>) -> bool {
    time::between(&done, &entered) >= LATER
}

impl Report {
    /// What is still to be done about a visit at risk, in order; nothing once it was missed.
    #[must_use]
    pub fn visit_steps(&self) -> Vec<Work> {
        if self.visit_at.is_none() || self.work.contains_key(&Work::VisitMissed) {
            return Vec::new();
        }
        Work::VISIT.into_iter().filter(|step| !self.work.contains_key(step)).collect()
    }
}

impl Report {
    /// The pieces of work on an incident that can be logged next, the likeliest first. A near miss or a
    /// signal asks for its cause and nothing more ([`super::duties`]); a visit at risk has steps of its own.
    #[must_use]
    pub fn work_next(&self) -> Vec<Work> {
        if self.near_miss || self.source.is_some() {
            return Vec::new();
        }
        let (known, done) = (self.gap.is_some(), |work: Work| self.work.contains_key(&work));
        let all = [
            (self.reportable && !done(Work::Notified), Work::Notified),
            (!done(Work::InvestigationBegun), Work::InvestigationBegun),
            (known && !done(Work::Resolved), Work::Resolved),
            (done(Work::Resolved), Work::Tracked),
            (known && !done(Work::Trended), Work::Trended),
        ];
        all.into_iter().filter(|(next, _)| *next).map(|(_, work)| work).collect()
    }

    /// What it is counted under: its competency, or while nobody has tagged it its category.
    #[must_use]
    pub fn tag(&self) -> &str {
        if self.competency.is_empty() { self.category.as_str() } else { &self.competency }
    }
}

/// Folds it; `None` where its first event began something else.
pub(super) fn report(root: &Entry, history: &[Entry]) -> Option<Report> {
    let mut report = match &root.step {
        Step::IncidentReported(body) => Report {
            near_miss: body.near_miss,
            reportable: is_reportable(body.near_miss, body.category, &body.led_to()),
            source: None,
            category: body.category,
            competency: body.competency.clone(),
            outcomes: body.led_to(),
            gap: None,
            happened_at: body.happened_at,
            words: body.words.clone(),
            person_code: body.person_code.clone(),
            work: BTreeMap::new(),
            entered: BTreeMap::new(),
            tips: Vec::new(),
            visit_at: body.visit_at,
            good: false,
        },
        Step::SignalLogged(body) => Report {
            near_miss: false,
            reportable: false,
            source: Some(body.source),
            category: Category::Other,
            competency: body.competency.clone(),
            outcomes: Vec::new(),
            gap: None,
            happened_at: body.happened_at.unwrap_or(root.at),
            words: body.words.clone(),
            person_code: String::new(),
            work: BTreeMap::new(),
            entered: BTreeMap::new(),
            tips: Vec::new(),
            visit_at: None,
            good: body.good,
        },
        _ => return None,
    };
    let classified: Vec<(Uuid, &Classified)> = history
        .iter()
        .filter_map(|entry| match &entry.step {
            Step::Classified(body) | Step::SignalClassified(body) => Some((entry.event, body)),
            _ => None,
        })
        .collect();
    let built_on = |event: Uuid| classified.iter().any(|(_, body)| body.base.contains(&event));
    report.tips = classified.iter().map(|(event, _)| *event).filter(|event| !built_on(*event)).collect();
    // Of two that did not know of each other, the graver gap stands until somebody settles it:
    // training is the cheapest answer, so it is the one that must not win by accident.
    let standing = classified.iter().filter(|(event, _)| report.tips.contains(event));
    if let Some((_, body)) = standing.max_by_key(|(event, body)| (body.gap, *event)) {
        report.gap = Some(body.gap);
        body.competency.clone_into(&mut report.competency);
        if let Some(category) = body.category {
            report.category = category;
            if let Step::IncidentReported(first) = &root.step {
                report.reportable = is_reportable(first.near_miss, category, &first.led_to());
            }
        }
    }
    let mut done: BTreeMap<Work, (DateTime<FixedOffset>, DateTime<FixedOffset>)> = BTreeMap::new();
    for entry in history {
        if let Step::IncidentLogged(body) = &entry.step {
            let at = body.done_at.unwrap_or(entry.at);
            let first = done.entry(body.work).or_insert((at, entry.at));
            *first = (at, entry.at).min(*first);
        }
    }
    report.work = done.iter().map(|(work, (at, _))| (*work, *at)).collect();
    let later = done.into_iter().filter(|(_, (at, entered))| entered_later(*at, *entered));
    report.entered = later.map(|(work, (_, entered))| (work, entered)).collect();
    // A visit at risk is a near miss until it is missed.
    if let Step::IncidentReported(first) = &root.step
        && report.work.contains_key(&Work::VisitMissed)
    {
        report.near_miss = false;
        report.reportable = is_reportable(false, report.category, &first.led_to());
    }
    Some(report)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::practice::follow::{About, fold};
    use crate::record::{Draft, id_at};

    fn at(hours: i64) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-02T07:00:00-05:00").unwrap() + TimeDelta::hours(hours)
    }

    fn line(hour: u8, step: serde_json::Value) -> crate::record::Line {
        let step: Step = serde_json::from_value(step).unwrap();
        let (at, body) = (at(i64::from(hour)), step.body().unwrap());
        let (replica, author) = (Uuid::from_u128(1), Uuid::from_u128(1));
        let id = id_at(&at, &[hour; 10]);
        let draft = Draft {
            id,
            replica,
            seq: 1,
            at,
            author,
            kind: step.kind(),
            site: None,
            subject: None,
            org: None,
            body: &body,
        };
        draft.write().unwrap()
    }

    #[test]
    fn work_that_was_entered_later_than_it_was_done_keeps_both_times() {
        let of = id_at(&at(0), &[0; 10]);
        let logged = |hour: u8, work: &str, done: DateTime<FixedOffset>| {
            line(hour, json!({"incident.logged": {"of": of, "work": work, "done_at": done}}))
        };
        let lines = [
            line(
                0,
                json!({"incident.reported": {"near_miss": false, "category": "fall", "happened_at": at(0), "words": "Fell"}}),
            ),
            logged(30, "investigation_begun", at(5)),
            // Entered at once, and of a later time: the first that it was done stands.
            logged(31, "investigation_begun", at(31)),
            logged(32, "resolved", at(32) - TimeDelta::minutes(59)),
        ];
        let envelopes = lines.iter().map(|line| line.envelope().unwrap());
        let About::Report(report) = fold(envelopes, &|_| None).unwrap().about else { panic!() };
        assert_eq!(report.work[&Work::InvestigationBegun], at(5));
        assert_eq!(
            report.entered,
            BTreeMap::from([(Work::InvestigationBegun, at(30))]),
            "an hour is no while"
        );
    }
}
