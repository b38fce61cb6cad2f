//! What a person owes now: read from derived tables, most urgent first.

use chrono::{DateTime, FixedOffset, TimeDelta};
use rusqlite::ToSql;

use super::api::{Failure, Owed, RecordFilter, RecordRow, Today};
use super::core::{Open, Standing};
use crate::store::query::{IN_DISPUTE, RETURNED, REWORK, TO_REVIEW};
use crate::sync::wire::Role;

/// A scenario note is reviewed within this time (DOMAIN, C4).
const REVIEW_WITHIN: TimeDelta = TimeDelta::hours(24);
/// A handoff that nobody of the incoming shift acknowledged is owed for this long.
const HANDOFF_OWED: TimeDelta = TimeDelta::hours(24);
/// No list of owed things grows longer than this per kind; the screens say when there are more.
pub(super) const EACH: u32 = 50;
const RECENT: u32 = 5;

impl Open {
    pub(super) fn today(&self, now: DateTime<FixedOffset>) -> Result<Today, Failure> {
        let standing = self.standing()?;
        let mut owed = Vec::new();
        self.owe_visits(&mut owed, &standing)?;
        self.owe_devices(&mut owed)?;
        self.owe_returned(&mut owed, &standing)?;
        self.owe_told(&mut owed, now)?;
        self.owe_reviews(&mut owed, &standing)?;
        self.owe_rework(&mut owed)?;
        self.owe_handoffs(&mut owed, now)?;
        self.owe_notes(&mut owed)?;
        for task in self.store.tasks_owed(self.person)? {
            owed.push(Owed::Task { task });
        }
        self.owe_look_agains(&mut owed, now, &standing)?;
        self.owe_acknowledgements(&mut owed)?;
        self.owe_confirmations(&mut owed, now, &standing)?;
        self.owe_focus(&mut owed, now, &standing)?;
        self.owe_follow_ups(&mut owed, now, &standing)?;
        owed.sort_by_key(|one| one.is_next(now.date_naive()));
        let recent = self.store.records(&RecordFilter {
            author: Some(self.person),
            limit: RECENT,
            ..RecordFilter::default()
        })?;
        let drafts = self.draft_rows()?;
        let newest_draft = self.store.drafts()?.into_iter().find_map(|saved| saved.draft.site);
        Ok(Today {
            last_site: newest_draft.or_else(|| recent.first().and_then(|row| row.site)),
            no_standards: self.store.standards()?.is_empty(),
            owed,
            drafts,
            recent,
        })
    }

    fn rows(&self, condition: &str, values: &[&dyn ToSql]) -> Result<Vec<RecordRow>, Failure> {
        Ok(self.store.record_rows(condition, values, EACH)?)
    }

    fn owe_returned(&self, owed: &mut Vec<Owed>, standing: &Standing) -> Result<(), Failure> {
        for record in self.rows(RETURNED, &[&self.person])? {
            let reason = self.store.record_word(record.id)?;
            owed.push(Owed::Returned { record, reason });
        }
        for record in self.rows(IN_DISPUTE, &[])? {
            if record.author == self.person || standing.leads(record.site) {
                owed.push(Owed::Conflict { record });
            }
        }
        Ok(())
    }

    fn owe_reviews(&self, owed: &mut Vec<Owed>, standing: &Standing) -> Result<(), Failure> {
        if !matches!(standing.role, Role::Supervisor | Role::Quality) {
            return Ok(());
        }
        let mut rows = self.rows(TO_REVIEW, &[&self.person])?;
        rows.sort_by_key(|row| row.at);
        for record in rows {
            if standing.leads(record.site) {
                let due = record.at + REVIEW_WITHIN;
                owed.push(Owed::Review { record, due });
            }
        }
        Ok(())
    }

    fn owe_rework(&self, owed: &mut Vec<Owed>) -> Result<(), Failure> {
        for record in self.rows(REWORK, &[&self.person])? {
            let feedback = self.store.record_word(record.id)?;
            owed.push(Owed::Rework { record, feedback });
        }
        Ok(())
    }

    fn owe_handoffs(&self, owed: &mut Vec<Owed>, now: DateTime<FixedOffset>) -> Result<(), Failure> {
        let since = (now - HANDOFF_OWED).timestamp_millis();
        let rows = self.rows(
            "record.class = 'handoff' AND record.happened >= ?2 AND record.state = 'submitted'
             AND record.author <> ?1
             AND EXISTS (SELECT 1 FROM person_site WHERE person_site.person = ?1 AND person_site.site = record.site)",
            &[&self.person, &since],
        )?;
        owed.extend(rows.into_iter().map(|record| Owed::Handoff { record }));
        Ok(())
    }

    fn owe_look_agains(
        &self,
        owed: &mut Vec<Owed>,
        now: DateTime<FixedOffset>,
        standing: &Standing,
    ) -> Result<(), Failure> {
        if !matches!(standing.role, Role::Supervisor | Role::Quality) {
            return Ok(());
        }
        let until = (now.date_naive() + TimeDelta::days(1)).to_string();
        let leads = standing.role == Role::Supervisor;
        for (record, item, day) in self.store.look_agains(self.person, leads, &until, EACH)? {
            let (Some(record), Ok(on)) = (self.store.record_row(record)?, day.parse()) else { continue };
            owed.push(Owed::LookAgain { record, item, on });
        }
        Ok(())
    }

    fn owe_acknowledgements(&self, owed: &mut Vec<Owed>) -> Result<(), Failure> {
        let rows = self.rows(
            "record.subject = ?1 AND record.author <> ?1 AND record.state = 'submitted'
             AND record.class IN ('check', 'shadow', 'audit')",
            &[&self.person],
        )?;
        for record in rows {
            let coached = self.store.was_coached(record.id)?;
            owed.push(Owed::Acknowledge { record, coached });
        }
        Ok(())
    }
}
