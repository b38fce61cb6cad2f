//! What was done in time: investigations, resolutions, corrective actions (CMS), and the clocks that
//! run on a report.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use super::pattern::action_of;
use super::{EnteredLater, TimelyView};
use crate::engine::api::{Failure, FollowUpRow};
use crate::engine::core::Open;
use crate::insight::timely::{Promise, timely};
use crate::practice::follow::{About, Duty, Work, duties};
use crate::practice::settings::single::InForce;

impl Open {
    pub(super) fn timely_view(&self, days: u32, now: DateTime<FixedOffset>) -> Result<TimelyView, Failure> {
        let from = now - TimeDelta::days(i64::from(days.clamp(1, 366)));
        // Deadlines of at most a year count from the report, which comes after what happened.
        let since = Open::look_back(from).timestamp_millis();
        let incidents = self.store.follow_up_rows(
            "follow_up.id IN (SELECT id FROM report WHERE source = 'incident' AND happened >= ?1)",
            &[&since],
        )?;
        // By the deadlines that were in force when it was reported: a new one makes nobody late afterwards.
        let in_force = InForce::of(&self.store.setting_changes()?);
        let mut asked: Vec<(Duty, Promise)> = Vec::new();
        for row in &incidents {
            let settings = in_force.at(row.follow.at.timestamp_millis());
            let duties = duties(&row.follow, &settings).into_iter();
            let of = row.follow.id;
            asked.extend(duties.map(|(duty, due, done)| {
                let entered_later = entered(row, duty).is_some();
                (duty, Promise { of, due, done, entered_later })
            }));
        }
        let promises = |wanted: Duty| -> Vec<Promise> {
            asked.iter().filter(|(duty, _)| *duty == wanted).map(|(_, promise)| *promise).collect()
        };
        let actions = self.actions()?;
        let offset = *now.offset();
        let carried: Vec<Promise> = actions
            .iter()
            .filter_map(|row| {
                Some(Promise {
                    of: row.follow.id,
                    due: end_of(action_of(row)?.due, offset)?,
                    done: row.follow.carried_out_at,
                    entered_later: false,
                })
            })
            .collect();
        let mut view = TimelyView {
            from: from.date_naive(),
            to: now.date_naive(),
            investigated: timely(&promises(Duty::Investigate), from, now),
            resolved: timely(&promises(Duty::Resolve), from, now),
            actions: timely(&carried, from, now),
            late: Vec::new(),
            entered_later: Vec::new(),
        };
        for (duty, rate) in [(Duty::Investigate, &view.investigated), (Duty::Resolve, &view.resolved)] {
            let later = incidents.iter().filter(|row| rate.entered_later.contains(&row.follow.id));
            view.entered_later.extend(later.filter_map(|row| entered(row, duty)));
        }
        let late: std::collections::BTreeSet<uuid::Uuid> =
            [&view.investigated, &view.resolved, &view.actions]
                .iter()
                .flat_map(|one| one.late.clone())
                .collect();
        view.late =
            incidents.into_iter().chain(actions).filter(|row| late.contains(&row.follow.id)).collect();
        Ok(view)
    }
}

/// Where a duty was done and entered later than that.
fn entered(row: &FollowUpRow, duty: Duty) -> Option<EnteredLater> {
    let About::Report(report) = &row.follow.about else { return None };
    let work = match duty {
        Duty::Notify => Work::Notified,
        Duty::Investigate => Work::InvestigationBegun,
        Duty::Resolve => Work::Resolved,
        Duty::Classify => return None,
    };
    let (done, entered) = (*report.work.get(&work)?, *report.entered.get(&work)?);
    Some(EnteredLater { row: row.clone(), work, done, entered })
}

/// A day is over when the next one begins, by the clock of whoever asks.
fn end_of(day: NaiveDate, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    day.succ_opt()?.and_time(NaiveTime::MIN).and_local_timezone(offset).single()
}
