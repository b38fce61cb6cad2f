//! What a person owes of what is followed up: clocks that run, reviews, observations expected,
//! looks after closing.
//!
//! Invariant: something is owed only by someone whom the table lets do it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use uuid::Uuid;

use super::api::{Failure, FollowUpRow, Owed};
use super::core::{Open, Standing};
use super::owing::Owing;
use super::patterns;
use crate::practice::follow::{Class, State};
use crate::practice::settings::expected::{Expected, expected};
use crate::practice::settings::single::InForce;
use crate::practice::settings::{Expectation, Settings, ShiftBook, single};
use crate::practice::shown;
use crate::record::time;
use crate::store::query::{LooksAfter, ReportsOwed};
use crate::sync::wire::Role;

/// A cycle shows this many days before its follow-up.
const CYCLE_AHEAD: TimeDelta = TimeDelta::days(3);
/// After this long without being looked at, a re-check is no longer asked for.
const RECHECK_LATE: TimeDelta = TimeDelta::days(28);

/// Of whom observations are asked, and since when they have worked here.
struct Asked {
    person: Uuid,
    since: Option<i64>,
}

impl Open {
    pub(super) fn owe_follow_ups(
        &self,
        owing: &mut Owing,
        cycles: Vec<FollowUpRow>,
        standing: &Standing,
    ) -> Result<(), Failure> {
        let today = owing.now.date_naive();
        let others = [Class::Restriction, Class::Action, Class::Improvement];
        let mut rows = cycles;
        rows.extend(self.store.open_follow_ups(&others)?);
        rows.sort_by_key(|row| (row.follow.due.is_none(), row.follow.due, row.follow.at, row.follow.id));
        // Whoever owes a cycle's note is not told of the same cycle twice.
        let written: BTreeSet<Uuid> = owing
            .all()
            .iter()
            .filter_map(|one| match one {
                Owed::Write { row, .. } => Some(row.follow.id),
                _ => None,
            })
            .collect();
        for row in rows {
            if self.owes(&row, today, standing) && !written.contains(&row.follow.id) {
                owing.add(Owed::FollowUp { row });
            }
        }
        self.owe_reports(owing, standing)?;
        if patterns::leads(standing) {
            for row in self.raised(owing.now)? {
                owing.add(Owed::Pattern { row });
            }
        }
        if matches!(standing.role, Role::Supervisor | Role::Quality) {
            self.owe_rechecks(owing, standing)?;
        }
        if standing.role == Role::Supervisor {
            self.owe_observations(owing)?;
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
                    // Nobody carries it out any more: it is to be handed on.
                    || (row.owner_left && may("reassigned"))
                    || (may("closed") && (until(TimeDelta::zero()) || follow.state != State::Open))
            }
            Class::Improvement => may("staged") && until(CYCLE_AHEAD),
            Class::Incident | Class::Signal | Class::Assessment | Class::Governance => false,
        }
    }

    /// Reports whose next piece of work waits, those that an authority waits for first.
    fn owe_reports(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let in_force = InForce::of(&self.store.setting_changes()?);
        let mut asked = ReportsOwed {
            sites: standing.sites_for("incident", "classified"),
            person: self.person,
            in_force: in_force.clone(),
            day_ends: owing.day_ends(),
            later: false,
            limit: owing.each,
        };
        for later in [false, true] {
            asked.later = later;
            owing.add_page(self.store.reports_owed(&asked)?, |row| {
                Ok(row.next.map(|next| Owed::Report { row, next }))
            })?;
        }
        Ok(())
    }

    /// Cycles that were closed and whose next look is due: nobody observed the person by that
    /// standard since the day it was to be looked at.
    fn owe_rechecks(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let today = owing.now.date_naive();
        let changes = self.store.setting_changes()?;
        let (in_force, shifts) = (InForce::of(&changes), ShiftBook::of(&changes));
        let mut all = single::history(&changes, "recheck_days");
        all.push(Settings::default());
        let longest = all.iter().flat_map(|one| one.recheck_days.iter().copied()).max().unwrap_or(0);
        let since = time::days_after(today, -i64::from(longest).saturating_add(RECHECK_LATE.num_days()));
        let since = since.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let rows = self.store.cycles_closed_since(since)?;
        for row in rows {
            let follow = &row.follow;
            let (Some(ended), Some(subject)) = (follow.ended_at, follow.subject) else { continue };
            if !standing.may("shadow", "submitted", follow.site, Some(subject)) {
                continue;
            }
            // A look past what was coached, or one that came to nothing, does not say whether it holds.
            let asked = LooksAfter {
                subject,
                standards: follow.standards(),
                after: ended,
                coached: follow.named_items(),
            };
            let looks = self.store.looks(&asked, &shifts)?;
            let looked = looks.iter().rev().find(|look| look.live).map(|look| look.at);
            // By the days that were agreed when it was closed.
            let due = in_force
                .at(ended.timestamp_millis())
                .recheck_days
                .into_iter()
                .map(|days| time::days_after(ended.date_naive(), i64::from(days)));
            // The newest look that is due and was not taken; those before it are past.
            let on = due
                .filter(|on| *on <= today && time::days_after(*on, RECHECK_LATE.num_days()) >= today)
                .max();
            if let Some(on) = on.filter(|on| looked.is_none_or(|looked| looked.date_naive() < *on)) {
                owing.add(Owed::Recheck { row, on });
            }
        }
        Ok(())
    }

    /// Observations that the organisation expects and that are missing, at the supervisor's sites.
    fn owe_observations(&self, owing: &mut Owing) -> Result<(), Failure> {
        let at = owing.now;
        let known = expected(&self.store.setting_changes()?);
        let in_force: Vec<Expected> = known.iter().filter(|one| one.until.is_none()).copied().collect();
        if in_force.is_empty() {
            return Ok(());
        }
        let standards = self.store.standards()?;
        let mut staff = Vec::new();
        for site in self.sites()?.into_iter().filter(|site| site.active) {
            staff.extend(self.staff_of(site.site)?);
        }
        staff.sort_by_cached_key(|row| (shown::key(&row.name), row.shown.clone(), row.person));
        staff.dedup_by_key(|row| row.person);
        let mut there = BTreeMap::new();
        for person in &staff {
            there.insert(person.person, self.store.works_since(person.person)?);
        }
        for now in in_force {
            let expectation = now.expectation;
            // Until its first window is over, what was asked before it is late, and it is not.
            let took_its_place = |one: &&Expected| {
                one.expectation.standard == expectation.standard && one.until == Some(now.from)
            };
            let before = known.iter().find(took_its_place);
            let Some(standard) =
                standards.iter().find(|row| row.standard.standard == expectation.standard && !row.retired)
            else {
                continue;
            };
            for person in &staff {
                let asked_already = owing.all().iter().any(|one| {
                    matches!(one, Owed::Observe { person: known, standard, .. }
                        if *known == person.person && standard.standard.standard == expectation.standard)
                });
                if asked_already {
                    continue;
                }
                let since = there.get(&person.person).copied().flatten();
                let asked = Asked { person: person.person, since };
                let (missing, by) = self.missing(&asked, &now, before, at)?;
                if missing > 0 {
                    owing.add(Owed::Observe {
                        person: person.person,
                        name: person.shown.clone(),
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

    /// How many observations of a person are missing in the window that ends today, and until when they
    /// are to be made: when the oldest of those there are falls out of it, and not before the first
    /// window is over since they were first asked for.
    fn missing(
        &self,
        asked: &Asked,
        now: &Expected,
        before: Option<&Expected>,
        at: DateTime<FixedOffset>,
    ) -> Result<(u32, NaiveDate), Failure> {
        let (missing, by) = self.missing_of(asked, now, at)?;
        if let Some(before) = before.filter(|_| missing > 0) {
            let (late, late_by) = self.missing_of(asked, before, at)?;
            if late > 0 {
                return Ok((missing, by.min(late_by)));
            }
        }
        Ok((missing, by))
    }

    fn missing_of(
        &self,
        asked: &Asked,
        expected: &Expected,
        at: DateTime<FixedOffset>,
    ) -> Result<(u32, NaiveDate), Failure> {
        let today = at.date_naive();
        let Expectation { standard, times, days } = expected.expectation;
        let window = i64::from(days.clamp(1, 366));
        let seen = self.store.observed_since(asked.person, standard, time::days_after(today, -window))?;
        let missing = times.saturating_sub(u32::try_from(seen.len()).unwrap_or(u32::MAX));
        let by = seen.first().map_or(today, |oldest| time::days_after(oldest.date_naive(), window));
        let decided = DateTime::from_timestamp_millis(expected.from).unwrap_or_default();
        let there = asked.since.and_then(DateTime::from_timestamp_millis);
        let began = there.map_or(decided, |there| there.max(decided)).with_timezone(at.offset()).date_naive();
        Ok((missing, by.max(time::days_after(began, window))))
    }
}
