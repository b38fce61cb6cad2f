//! What a person owes of what is followed up: clocks that run, reviews, observations expected,
//! looks after closing.
//!
//! Invariant: something is owed only by someone whom the table lets do it.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use uuid::Uuid;

use super::api::{Failure, FollowUpRow, Owed};
use super::core::{Open, Standing};
use super::patterns;
use super::today::EACH;
use crate::practice::follow::{About, Class, Source, State};
use crate::practice::settings::Expectation;
use crate::record::time;
use crate::sync::wire::Role;

/// A cycle shows this many days before its follow-up.
const CYCLE_AHEAD: TimeDelta = TimeDelta::days(3);
/// After this long without being looked at, a re-check is no longer asked for.
const RECHECK_LATE: TimeDelta = TimeDelta::days(28);

impl Open {
    pub(super) fn owe_follow_ups(
        &self,
        owed: &mut Vec<Owed>,
        now: DateTime<FixedOffset>,
        standing: &Standing,
    ) -> Result<(), Failure> {
        let today = now.date_naive();
        let mut rows = self.store.follow_up_rows(
            "follow_up.state IN ('open', 'worked', 'unproven')
             AND follow_up.class IN ('cycle', 'restriction', 'action', 'improvement')
             ORDER BY follow_up.due IS NULL, follow_up.due, follow_up.happened LIMIT ?1",
            &[&(EACH * 10)],
        )?;
        // Whoever owes a cycle's note is not told of the same cycle twice.
        let written = |row: &FollowUpRow| {
            let same = |one: &Owed| matches!(one, Owed::Write { row: known, .. } if known.follow.id == row.follow.id);
            owed.iter().any(same)
        };
        rows.retain(|row| self.owes(row, today, standing) && !written(row));
        rows.truncate(usize::try_from(EACH).unwrap_or(usize::MAX));
        owed.extend(rows.into_iter().map(|row| Owed::FollowUp { row }));
        self.owe_reports(owed, standing)?;
        if patterns::leads(standing) {
            owed.extend(self.raised(now)?.into_iter().map(|row| Owed::Pattern { row }));
        }
        if matches!(standing.role, Role::Supervisor | Role::Quality) {
            self.owe_rechecks(owed, today, standing)?;
        }
        if standing.role == Role::Supervisor {
            self.owe_observations(owed, today)?;
        }
        Ok(())
    }

    fn owes(&self, row: &FollowUpRow, today: NaiveDate, standing: &Standing) -> bool {
        let follow = &row.follow;
        let may = |verb| standing.may(follow.class.as_str(), verb, follow.site, follow.subject);
        let until = |ahead: TimeDelta| follow.due.is_some_and(|due| due <= today + ahead);
        let mine = follow.subject == Some(self.person);
        match follow.class {
            // Whoever is coached or restricted sees it until it ends; whoever leads, when it is due.
            Class::Cycle => {
                let now = until(CYCLE_AHEAD) || follow.wanting().is_none() || follow.state == State::Unproven;
                mine || (may("closed") && now)
            }
            Class::Restriction => mine || (may("reviewed") && until(TimeDelta::zero())),
            Class::Action => {
                (follow.owner == self.person && follow.state != State::Worked)
                    || (may("closed") && (until(TimeDelta::zero()) || follow.state != State::Open))
            }
            Class::Improvement => may("staged") && until(CYCLE_AHEAD),
            Class::Incident | Class::Signal | Class::Assessment | Class::Governance => false,
        }
    }

    /// Reports whose next piece of work waits, soonest due first.
    fn owe_reports(&self, owed: &mut Vec<Owed>, standing: &Standing) -> Result<(), Failure> {
        let settings = self.store.settings()?;
        let rows = self.store.follow_up_rows(
            "follow_up.state IN ('open', 'worked') AND follow_up.class IN ('incident', 'signal')
             ORDER BY follow_up.happened LIMIT ?1",
            &[&(EACH * 10)],
        )?;
        let mut waiting = Vec::new();
        for row in rows {
            let follow = &row.follow;
            let may = standing.may(follow.class.as_str(), "classified", follow.site, follow.subject);
            // A visit at risk is owed with its steps; a question to on-call is counted, and
            // classifying each would be work without a use.
            let elsewhere = match &follow.about {
                About::Report(report) => {
                    !report.visit_steps().is_empty() || report.source == Some(Source::OnCall)
                }
                _ => false,
            };
            if may
                && !elsewhere
                && follow.subject != Some(self.person)
                && let Some(next) = patterns::next_duty(&row, &settings)
            {
                waiting.push((next, row));
            }
        }
        waiting.sort_by_key(|(next, row)| (next.by, row.follow.id));
        waiting.truncate(usize::try_from(EACH).unwrap_or(usize::MAX));
        owed.extend(waiting.into_iter().map(|(next, row)| Owed::Report { row, next }));
        Ok(())
    }

    /// Cycles that were closed and whose next look is due: nobody observed the person by that
    /// standard since the day it was to be looked at.
    fn owe_rechecks(
        &self,
        owed: &mut Vec<Owed>,
        today: NaiveDate,
        standing: &Standing,
    ) -> Result<(), Failure> {
        let settings = self.store.settings()?;
        let longest = settings.recheck_days.iter().max().copied().unwrap_or(0);
        let since = time::days_after(today, -i64::from(longest).saturating_add(RECHECK_LATE.num_days()));
        let since = since.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let rows = self.store.follow_up_rows(
            "follow_up.class = 'cycle' AND follow_up.state = 'closed' AND follow_up.ended >= ?1
             ORDER BY follow_up.ended LIMIT ?2",
            &[&since, &(EACH * 4)],
        )?;
        for row in rows {
            let follow = &row.follow;
            let (Some(ended), Some(subject), Some(standard)) =
                (follow.ended_at, follow.subject, follow.standard())
            else {
                continue;
            };
            if !standing.may("shadow", "submitted", follow.site, Some(subject)) {
                continue;
            }
            let looked = self.store.last_observed(subject, standard)?;
            let due = settings
                .recheck_days
                .iter()
                .map(|days| time::days_after(ended.date_naive(), i64::from(*days)));
            // The newest look that is due and was not taken; those before it are past.
            let on = due
                .filter(|on| *on <= today && time::days_after(*on, RECHECK_LATE.num_days()) >= today)
                .max();
            if let Some(on) = on.filter(|on| looked.is_none_or(|looked| looked.date_naive() < *on)) {
                owed.push(Owed::Recheck { row, on });
            }
        }
        Ok(())
    }

    /// Observations that the organisation expects and that are missing, at the supervisor's sites.
    fn owe_observations(&self, owed: &mut Vec<Owed>, today: NaiveDate) -> Result<(), Failure> {
        let expected = self.store.settings()?.expected;
        if expected.is_empty() {
            return Ok(());
        }
        let standards = self.store.standards()?;
        let mut staff = Vec::new();
        for site in self.sites()?.into_iter().filter(|site| site.active) {
            staff.extend(self.staff_of(site.site)?);
        }
        staff.sort_by(|a, b| a.name.cmp(&b.name).then(a.person.cmp(&b.person)));
        staff.dedup_by_key(|row| row.person);
        for expectation in expected {
            let Some(standard) =
                standards.iter().find(|row| row.standard.standard == expectation.standard && !row.retired)
            else {
                continue;
            };
            for person in &staff {
                let asked_already = owed.iter().any(|one| {
                    matches!(one, Owed::Observe { person: known, standard, .. }
                        if *known == person.person && standard.standard.standard == expectation.standard)
                });
                if asked_already {
                    continue;
                }
                let (missing, by) = self.missing(person.person, expectation, today)?;
                if missing > 0 {
                    owed.push(Owed::Observe {
                        person: person.person,
                        name: person.name.clone(),
                        standard: standard.clone(),
                        missing,
                        of: expectation.times,
                        by,
                    });
                }
            }
        }
        Ok(())
    }

    /// How many observations of a person are missing in the window that ends today, and when the
    /// oldest of those there are falls out of it.
    fn missing(
        &self,
        person: Uuid,
        expected: Expectation,
        today: NaiveDate,
    ) -> Result<(u32, NaiveDate), Failure> {
        let window = i64::from(expected.days.clamp(1, 366));
        let seen = self.store.observed_since(person, expected.standard, time::days_after(today, -window))?;
        let missing = expected.times.saturating_sub(u32::try_from(seen.len()).unwrap_or(u32::MAX));
        let by = seen.first().map_or(today, |oldest| time::days_after(oldest.date_naive(), window));
        Ok((missing, by))
    }
}
