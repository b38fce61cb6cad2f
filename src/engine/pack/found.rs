//! What belongs into a pack: of a person, a site, a theme, or one thing that is followed up.
//!
//! Invariant: what is too much is refused, and never cut without a word.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rusqlite::ToSql;
use uuid::Uuid;

use super::MOST;
use crate::engine::api::{Failure, FailureCode, FollowUpFilter, PackScope, RecordRow};
use crate::engine::core::Open;
use crate::practice::follow::{About, Class, FollowUp, Origin};

/// What belongs into a pack, each once.
#[derive(Default)]
pub struct Found {
    from: NaiveDate,
    to: NaiveDate,
    pub records: Vec<RecordRow>,
    pub follow_ups: Vec<FollowUp>,
    /// Reviews of the period that are about something else.
    pub elsewhere: u32,
}

impl Found {
    pub fn of(from: NaiveDate, to: NaiveDate) -> Found {
        Found { from, to, ..Found::default() }
    }

    pub fn records(&mut self, open: &Open, condition: &str, values: &[&dyn ToSql]) -> Result<(), Failure> {
        let beginning = self.from.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let end = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        let end = end.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        // Days are those of the place where it happened; a record keeps how far east of UTC that is.
        let condition = format!(
            "{condition} AND record.happened + record.happened_east * 1000 >= {beginning}
             AND record.happened + record.happened_east * 1000 < {end}"
        );
        for row in open.store.record_rows(&condition, values, MOST + 1)? {
            self.record(row);
        }
        Ok(())
    }

    fn record(&mut self, row: RecordRow) {
        if !self.records.iter().any(|known| known.id == row.id) {
            self.records.push(row);
        }
    }

    pub fn follow_ups(&mut self, open: &Open, filter: &FollowUpFilter) -> Result<(), Failure> {
        // Days are those of the place where it happened, which is less than a day away from UTC; each is
        // looked at again when it is taken in.
        let begin = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let until = self.to.checked_add_days(Days::new(2)).unwrap_or(self.to);
        let from = self.from.checked_sub_days(Days::new(1)).unwrap_or(self.from);
        let filter = FollowUpFilter {
            under_way: Some((begin(from), begin(until))),
            limit: MOST * 2,
            ..filter.clone()
        };
        let page = open.store.follow_ups_page(&filter)?;
        if page.has_more() {
            return Err(Failure::of(FailureCode::TooMuch, ""));
        }
        for row in page.rows {
            self.follow_up(open, row.follow.id)?;
        }
        Ok(())
    }

    /// Takes it in where it was under way in the period.
    fn follow_up(&mut self, open: &Open, id: Uuid) -> Result<(), Failure> {
        if self.follow_ups.iter().any(|known| known.id == id) {
            return Ok(());
        }
        if let Some(follow) = open.store.follow_up(id)? {
            let began = match &follow.about {
                About::Report(report) => report.happened_at,
                _ => follow.at,
            };
            // What was ended without its evidence, or whose evidence was taken back, has not ended.
            let lasted =
                follow.state.is_open() || follow.ended_at.is_none_or(|ended| ended.date_naive() >= self.from);
            if began.date_naive() <= self.to && lasted {
                self.follow_ups.push(follow);
            }
        }
        Ok(())
    }

    /// One thing followed up, what it answers, what was opened from it, and what it is measured by.
    pub fn around(&mut self, open: &Open, follow: FollowUp) -> Result<(), Failure> {
        let id = follow.id;
        match &follow.about {
            About::Action(body) => {
                for report in &body.reports {
                    self.follow_up(open, *report)?;
                }
            }
            About::Cycle(body) => match &body.origin {
                Origin::Miss { record, .. } => {
                    open.store.record_row(*record)?.into_iter().for_each(|row| self.record(row));
                }
                Origin::Report { report } => self.follow_up(open, *report)?,
                Origin::Action { action, .. } => self.follow_up(open, *action)?,
                Origin::Hand => {}
            },
            _ => {}
        }
        let rows = match &follow.about {
            About::Action(_) => open.store.follow_ups_of_action(id)?,
            About::Report(_) => open.store.follow_ups_naming(id)?,
            _ => Vec::new(),
        };
        for row in rows {
            let from_it = match &row.follow.about {
                About::Cycle(body) => {
                    matches!(body.origin, Origin::Action { action, .. } if action == id)
                        || matches!(body.origin, Origin::Report { report } if report == id)
                }
                About::Restriction(body) => body.action == Some(id),
                About::Action(body) => body.reports.contains(&id),
                _ => false,
            };
            if from_it {
                self.follow_up(open, row.follow.id)?;
            }
        }
        if let Some(standard) = follow.standard() {
            self.records(
                open,
                "record.standard = ?1 AND (?2 IS NULL OR record.site = ?2)
                 AND (?3 IS NULL OR record.subject = ?3)",
                &[&standard, &follow.site, &follow.subject],
            )?;
        }
        if !self.follow_ups.iter().any(|known| known.id == id) {
            self.follow_ups.push(follow);
        }
        Ok(())
    }

    /// The observations that prove something, and those that it was opened from, whenever they were.
    pub fn what_they_point_to(&mut self, open: &Open) -> Result<(), Failure> {
        let mut wanted = BTreeSet::new();
        for follow in &self.follow_ups {
            wanted.extend(follow.history.iter().filter_map(|entry| entry.step.points_to()));
            if let About::Cycle(body) = &follow.about
                && let Origin::Miss { record, .. } = body.origin
            {
                wanted.insert(record);
            }
        }
        for record in wanted {
            open.store.record_row(record)?.into_iter().for_each(|row| self.record(row));
        }
        Ok(())
    }

    /// The reviews that looked at any of it; of a site also those of its months. Others of the period
    /// are counted.
    pub fn governance(&mut self, open: &Open, scope: &PackScope) -> Result<(), Failure> {
        let filter =
            FollowUpFilter { classes: vec![Class::Governance], limit: u32::MAX, ..Default::default() };
        let (from, to) = (self.from.format("%Y-%m").to_string(), self.to.format("%Y-%m").to_string());
        for row in open.store.follow_ups(&filter)? {
            let About::Governance(body) = &row.follow.about else { continue };
            let named = body.about.iter().any(|id| self.follow_ups.iter().any(|known| known.id == *id));
            let in_period = from <= body.month && body.month <= to;
            let of_site = matches!(scope, PackScope::Site { site } if body.site == Some(*site));
            if self.follow_ups.iter().any(|known| known.id == row.follow.id) {
                continue;
            }
            if named || (in_period && of_site) {
                self.follow_ups.extend(open.store.follow_up(row.follow.id)?);
            } else if in_period {
                self.elsewhere = self.elsewhere.saturating_add(1);
            }
        }
        Ok(())
    }
}
