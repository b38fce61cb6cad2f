//! What a person owes now: read from derived tables, most urgent first.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::api::{Failure, Owed, OwedKind, OwedPage, RecordFilter, Today};
use super::core::{Open, Standing};
use super::owing::Owing;
use crate::practice::follow::Class;
use crate::store::query::{LookAgain, Page};
use crate::sync::wire::Role;

/// A handoff that nobody of the incoming shift acknowledged is owed for this long.
const HANDOFF_OWED: TimeDelta = TimeDelta::hours(24);
/// So many of a kind stand on Today; the screen says how many there are, and asks for more of a kind.
const EACH: u32 = 50;
const RECENT: u32 = 5;

impl Open {
    pub(super) fn today(&self, now: DateTime<FixedOffset>) -> Result<Today, Failure> {
        let (owed, totals) = self.owing(now, EACH)?.finish();
        let recent = self.store.records(&RecordFilter {
            author: Some(self.person),
            limit: RECENT,
            ..RecordFilter::default()
        })?;
        let drafts = self.draft_rows(now)?;
        let newest_draft = self.store.drafts()?.into_iter().find_map(|saved| saved.draft.site);
        Ok(Today {
            last_site: newest_draft.or_else(|| recent.first().and_then(|row| row.site)),
            no_standards: !self.is_fetching() && self.store.standards()?.is_empty(),
            fetching: self.is_fetching(),
            owed,
            totals,
            drafts,
            forms: self.form_rows()?,
            recent,
        })
    }

    /// The first of one kind, in the part of what can wait or of what cannot.
    pub(super) fn owed_of(
        &self,
        kind: OwedKind,
        next: bool,
        limit: u32,
        now: DateTime<FixedOffset>,
    ) -> Result<OwedPage, Failure> {
        let (mut rows, totals) = self.owing(now, limit)?.finish();
        rows.retain(|one| one.kind() == kind && one.is_next(now) == next);
        let total = totals.into_iter().find(|one| one.kind == kind && one.next == next);
        Ok(OwedPage { rows, total: total.map_or(0, |one| one.total) })
    }

    /// All that this person owes, of each kind at least the first `each`.
    fn owing(&self, now: DateTime<FixedOffset>, each: u32) -> Result<Owing, Failure> {
        let standing = self.standing()?;
        let mut owing = Owing::new(now, each);
        self.owe_visits(&mut owing, &standing)?;
        self.owe_devices(&mut owing)?;
        self.owe_returned(&mut owing, &standing)?;
        self.owe_told(&mut owing, &standing)?;
        self.owe_refused(&mut owing, &standing)?;
        self.owe_settings(&mut owing, &standing)?;
        self.owe_reviews(&mut owing, &standing)?;
        self.owe_rework(&mut owing)?;
        self.owe_handoffs(&mut owing)?;
        let cycles = self.store.open_follow_ups(&[Class::Cycle])?;
        self.owe_notes(&mut owing, &cycles)?;
        let day_ends = owing.day_ends();
        for later in [false, true] {
            let page = self.store.tasks_owed(self.person, day_ends, later, each)?;
            // Whoever moved to another site keeps what was theirs, and may not end it any more.
            let may = |site| standing.may("task", "done", site, None);
            owing.add_page(page, |task| Ok(may(task.task.site).then_some(Owed::Task { task })))?;
        }
        self.owe_look_agains(&mut owing, &standing)?;
        self.owe_acknowledgements(&mut owing)?;
        self.owe_confirmations(&mut owing, &cycles, &standing)?;
        self.owe_focus(&mut owing, &standing)?;
        self.owe_follow_ups(&mut owing, cycles, &standing)?;
        Ok(owing)
    }

    fn owe_returned(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        owing.add_page(self.store.returned(self.person, owing.each)?, |record| {
            // Who may neither answer nor correct it any more is not asked to.
            let Some(whole) = self.store.record(record.id)? else { return Ok(None) };
            let may = self.may(&whole)?;
            if !may.answer && !may.amend {
                return Ok(None);
            }
            let reason = self.store.record_word(record.id)?;
            let mut asked = Vec::new();
            for question in whole.questions() {
                if !asked.contains(&question.author) {
                    asked.push(question.author);
                }
            }
            let by = asked.into_iter().map(|person| self.name_of(Some(person)));
            let by = by.collect::<Result<Vec<_>, _>>()?.join(", ");
            Ok(Some(Owed::Returned { record, reason, by }))
        })?;
        let in_dispute = self.store.in_dispute(self.person, &standing.led(), owing.each)?;
        owing.add_page(in_dispute, |record| Ok(Some(Owed::Conflict { record })))
    }

    fn owe_reviews(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        if !matches!(standing.role, Role::Supervisor | Role::Quality) {
            return Ok(());
        }
        let waiting = self.store.to_review(self.person, &standing.led(), owing.each)?;
        owing.add_page(waiting, |record| {
            let whole = self.store.record(record.id)?;
            let due = whole.map_or(record.at, |whole| whole.review_due());
            Ok(Some(Owed::Review { record, due }))
        })
    }

    fn owe_rework(&self, owing: &mut Owing) -> Result<(), Failure> {
        owing.add_page(self.store.to_rework(self.person, owing.each)?, |record| {
            let feedback = self.store.record_word(record.id)?;
            Ok(Some(Owed::Rework { record, feedback }))
        })
    }

    fn owe_handoffs(&self, owing: &mut Owing) -> Result<(), Failure> {
        let since = (owing.now - HANDOFF_OWED).timestamp_millis();
        let waiting = self.store.handoffs_owed(self.person, since, owing.each)?;
        owing.add_page(waiting, |record| Ok(Some(Owed::Handoff { record })))
    }

    fn owe_look_agains(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        if !matches!(standing.role, Role::Supervisor | Role::Quality) {
            return Ok(());
        }
        let today = owing.now.date_naive();
        let leads = standing.role == Role::Supervisor;
        let looks = self.store.look_agains(self.person, leads)?;
        let (now, next): (Vec<LookAgain>, Vec<LookAgain>) =
            looks.into_iter().partition(|one| one.on <= today);
        for looks in [now, next] {
            owing.add_page(Page::first(looks, owing.each), |LookAgain { record, on, gone }| {
                let record = self.store.record_row(record)?;
                Ok(record.map(|record| Owed::LookAgain { record, on, gone }))
            })?;
        }
        Ok(())
    }

    fn owe_acknowledgements(&self, owing: &mut Owing) -> Result<(), Failure> {
        owing.add_page(self.store.to_acknowledge(self.person, owing.each)?, |record| {
            let coached = self.store.was_coached(record.id)?;
            Ok(Some(Owed::Acknowledge { record, coached }))
        })
    }
}
