//! What the loop asks of a person day by day: visits at risk, notes that a cycle wants, shifts on a
//! schedule of shadow escalation, and what a focus expects at its site.
//!
//! Invariant: what was done is told by records and sessions that can be opened; something is owed
//! only by someone whom the table lets do it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use uuid::Uuid;

use super::api::{Failure, FocusView, FollowUpRow, Owed, PersonRow, StandardRow};
use super::core::{Open, Standing};
use super::owing::Owing;
use crate::practice::follow::{About, Class, Focus, FollowUp, ShiftChange};
use crate::practice::settings::ShiftBook;
use crate::record::time;
use crate::store::query::VisitsOwed;
use crate::sync::wire::Role;

/// A scheduled shift shows from the day before it.
const SHIFT_AHEAD: TimeDelta = TimeDelta::days(1);
/// A visit that was to begin longer ago than this stands behind those that are to come.
const VISIT_PAST: TimeDelta = TimeDelta::days(1);
/// A change of shift without its handoff is owed for this long.
const HAND_OVER_OWED: TimeDelta = TimeDelta::hours(8);

fn count<T>(all: impl IntoIterator<Item = T>) -> u32 {
    u32::try_from(all.into_iter().count()).unwrap_or(u32::MAX)
}

/// The beginning of a day, as stored times count (UTC).
fn millis(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp_millis()
}

impl Open {
    /// Active staff of a site, by name.
    pub(super) fn staff_of(&self, site: Uuid) -> Result<Vec<PersonRow>, Failure> {
        let mut staff = self.store.people(Some(site))?;
        staff.retain(|row| row.active && row.role == Role::Staff);
        Ok(staff)
    }

    fn standard_row(&self, id: Uuid) -> Result<Option<StandardRow>, Failure> {
        let known = self.store.standards()?.into_iter();
        Ok(known.filter(|row| !row.retired).find(|row| row.standard.standard == id))
    }

    /// Visits at risk: whoever said so and whoever leads there, until all is done. They are asked for by
    /// themselves, so that nothing else that is open can crowd one out.
    pub(super) fn owe_visits(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let led = match standing.role {
            Role::Supervisor => standing.led().unwrap_or_default(),
            _ => Vec::new(),
        };
        let asked = VisitsOwed {
            person: self.person,
            led: led.clone(),
            since: (owing.now - VISIT_PAST).timestamp_millis(),
            limit: owing.each,
        };
        owing.add_page(self.store.visits_owed(&asked)?, |row| {
            let About::Report(report) = &row.follow.about else { return Ok(None) };
            let (mut left, Some(at)) = (report.visit_steps(), report.visit_at) else { return Ok(None) };
            if !row.follow.site.is_some_and(|site| led.contains(&site)) {
                left.retain(|step| step.is_reporters());
            }
            Ok(Some(Owed::Visit { row, left, at }))
        })
    }

    /// Notes and scenario notes that an open cycle wants of this person and that are not written.
    pub(super) fn owe_notes(&self, owing: &mut Owing, cycles: &[FollowUpRow]) -> Result<(), Failure> {
        for row in cycles {
            let follow = &row.follow;
            let wanting = follow.wanting().notes;
            if follow.subject != Some(self.person) || wanting == 0 {
                continue;
            }
            let Some(standard) = follow.standard() else { continue };
            let under_way =
                self.store.notes_under_way(self.person, standard, follow.at.timestamp_millis())?;
            let missing = wanting.saturating_sub(under_way);
            let Some(standard) = self.standard_row(standard)?.filter(|_| missing > 0) else { continue };
            owing.add(Owed::Write { of: follow.asked().notes, row: row.clone(), standard, missing });
        }
        Ok(())
    }

    /// Shifts whose choices are to be looked at, one row a cycle.
    pub(super) fn owe_confirmations(
        &self,
        owing: &mut Owing,
        cycles: &[FollowUpRow],
        standing: &Standing,
    ) -> Result<(), Failure> {
        let today = owing.now.date_naive();
        for row in cycles {
            let follow = &row.follow;
            let may = standing.may("cycle", "session", follow.site, follow.subject);
            if follow.wanting().shifts == 0 || !may || follow.subject == Some(self.person) {
                continue;
            }
            let Some(whole) = self.store.follow_up(follow.id)? else { continue };
            let mut open = whole.open_shifts();
            open.retain(|on| on.day <= today + SHIFT_AHEAD);
            if let Some(on) = open.first().copied() {
                let due = count(open.iter().filter(|on| on.day <= today));
                owing.add(Owed::Confirm { row: row.clone(), on, due });
            }
        }
        Ok(())
    }

    /// What the focuses that run today ask.
    pub(super) fn owe_focus(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let now = owing.now;
        let today = now.date_naive();
        for row in self.store.open_follow_ups(&[Class::Improvement])? {
            let Some(focus) = row.follow.focus().cloned() else { continue };
            let Some(site) = row.follow.site.filter(|_| focus.runs_on(today)) else { continue };
            let there = standing.role == Role::Supervisor && standing.leads(Some(site));
            if there || row.follow.author == self.person {
                self.owe_learning(owing, &row, &focus)?;
            }
            if there {
                self.owe_hand_over(owing, &row, &focus)?;
                self.owe_daily(owing, &row, &focus)?;
                self.owe_focus_observations(owing, site, &focus)?;
            }
        }
        Ok(())
    }

    fn owe_learning(&self, owing: &mut Owing, row: &FollowUpRow, focus: &Focus) -> Result<(), Failure> {
        let now = owing.now;
        let week = focus.week(now.date_naive()).filter(|_| focus.weekly_minutes > 0);
        let Some((first, by)) = week else { return Ok(()) };
        let Some(whole) = self.store.follow_up(row.follow.id)? else { return Ok(()) };
        if !whole.learned().iter().any(|at| at.with_timezone(now.offset()).date_naive() >= first) {
            owing.add(Owed::Learn { row: row.clone(), by });
        }
        Ok(())
    }

    fn owe_hand_over(&self, owing: &mut Owing, row: &FollowUpRow, focus: &Focus) -> Result<(), Failure> {
        let now = owing.now;
        let newest = self.changes_of(focus, row.follow.site, now)?.pop();
        let newest = newest.filter(|change| time::between(&change.at, &now) <= HAND_OVER_OWED);
        let (Some(change), Some(checklist)) = (newest, focus.checklist) else { return Ok(()) };
        // A change that was over before the focus was agreed asks nothing of anyone.
        if change.until < row.follow.at {
            return Ok(());
        }
        let written = self.done_at(row.follow.site, checklist, change.from.timestamp_millis())?;
        if written.iter().any(|at| change.takes(*at)) {
            return Ok(());
        }
        if let Some(standard) = self.standard_row(checklist)? {
            owing.add(Owed::HandOver { row: row.clone(), standard, at: change.at });
        }
        Ok(())
    }

    /// The changes of shift of a focus, by the times of its site.
    fn changes_of(
        &self,
        focus: &Focus,
        site: Option<Uuid>,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<ShiftChange>, Failure> {
        let shifts = ShiftBook::of(&self.store.setting_changes()?);
        let on = |day: NaiveDate| {
            let noon = day.and_hms_opt(12, 0, 0).and_then(|at| at.and_local_timezone(*now.offset()).single());
            shifts.at(site, noon.unwrap_or(now))
        };
        Ok(focus.changes(now, &on))
    }

    fn owe_daily(&self, owing: &mut Owing, row: &FollowUpRow, focus: &Focus) -> Result<(), Failure> {
        let now = owing.now;
        let Some(daily) = focus.daily else { return Ok(()) };
        let today = now.date_naive();
        let done = self.done_at(row.follow.site, daily, millis(today - TimeDelta::days(1)))?;
        if done.iter().any(|at| at.with_timezone(now.offset()).date_naive() == today) {
            return Ok(());
        }
        if let Some(standard) = self.standard_row(daily)? {
            owing.add(Owed::Daily { row: row.clone(), standard });
        }
        Ok(())
    }

    fn owe_focus_observations(&self, owing: &mut Owing, site: Uuid, focus: &Focus) -> Result<(), Failure> {
        let Some(standard) = focus.observe else { return Ok(()) };
        let Some(standard) = self.standard_row(standard)? else { return Ok(()) };
        for (person, name, seen) in self.observed_in(site, focus)? {
            let missing = focus.times.saturating_sub(seen);
            if missing > 0 && person != self.person {
                let standard = standard.clone();
                owing.add(Owed::Observe { person, name, standard, missing, of: focus.times, by: focus.to });
            }
        }
        Ok(())
    }

    /// Each member of staff at a site and how often they were observed in a focus.
    fn observed_in(&self, site: Uuid, focus: &Focus) -> Result<Vec<(Uuid, String, u32)>, Failure> {
        let Some(standard) = focus.observe else { return Ok(Vec::new()) };
        let mut observed = Vec::new();
        for person in self.staff_of(site)? {
            let seen = self.store.observed_since(person.person, standard, focus.from)?;
            let seen = seen.iter().filter(|at| at.date_naive() <= focus.to);
            observed.push((person.person, person.shown, count(seen)));
        }
        Ok(observed)
    }

    /// When a standard was filled at a site since some moment (milliseconds since 1970).
    fn done_at(
        &self,
        site: Option<Uuid>,
        standard: Uuid,
        since: i64,
    ) -> Result<Vec<DateTime<FixedOffset>>, Failure> {
        let Some(site) = site else { return Ok(Vec::new()) };
        Ok(self.store.filled_at(site, standard, since)?)
    }

    /// How far the focus of an improvement got.
    pub(super) fn focus_view(
        &self,
        follow: &FollowUp,
        now: DateTime<FixedOffset>,
    ) -> Result<Option<FocusView>, Failure> {
        let (Some(focus), Some(site)) = (follow.focus(), follow.site) else { return Ok(None) };
        let today = now.date_naive();
        let since = millis(time::days_after(focus.from, -1));
        let mut changes = self.changes_of(focus, Some(site), now)?;
        changes.retain(|change| change.until >= follow.at);
        let handed_over = match focus.checklist {
            Some(checklist) => {
                let written = self.done_at(Some(site), checklist, since)?;
                count(changes.iter().filter(|change| written.iter().any(|at| change.takes(*at))))
            }
            None => 0,
        };
        let days_done = match focus.daily {
            Some(daily) => {
                let local = |at: DateTime<FixedOffset>| at.with_timezone(now.offset()).date_naive();
                let done = self.done_at(Some(site), daily, since)?.into_iter().map(local);
                let days: std::collections::BTreeSet<NaiveDate> =
                    done.filter(|day| focus.runs_on(*day)).collect();
                count(days)
            }
            None => 0,
        };
        let learned = follow.learned();
        let weeks: std::collections::BTreeSet<NaiveDate> = learned
            .iter()
            .filter_map(|at| focus.week(at.with_timezone(now.offset()).date_naive()))
            .map(|(first, _)| first)
            .collect();
        let days = focus.days_begun(today);
        let before = time::days_after(focus.from, -i64::from(days));
        Ok(Some(FocusView {
            observed: self.observed_in(site, focus)?,
            changes: if focus.checklist.is_some() { count(&changes) } else { 0 },
            handed_over,
            days: if focus.daily.is_some() { days } else { 0 },
            days_done,
            weeks: if focus.weekly_minutes > 0 { focus.weeks_begun(today) } else { 0 },
            weeks_learned: count(weeks),
            on_call_before: self.on_call(site, before, focus.from)?,
            on_call: self.on_call(site, focus.from, time::days_after(focus.to, 1))?,
        }))
    }

    /// Questions to on-call at a site from one day to before another.
    fn on_call(&self, site: Uuid, from: NaiveDate, before: NaiveDate) -> Result<u32, Failure> {
        Ok(self.store.asked_on_call(site, millis(from), millis(before))?)
    }
}
