//! Records in dispute: a person says what stands, and who else has to be told.
//!
//! Invariant: a settlement is an ordinary amendment that builds on every version its author looked
//! at. It says something of everything that was in dispute, and its reason.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use uuid::Uuid;

use super::api::{Failure, FailureCode, HeardOf, Owed, Reply, Settled, Stands};
use super::core::{Engine, Open, Standing};
use super::owing::Owing;
use crate::practice::draft::{Content, Open as StillOpen};
use crate::practice::merge::Dispute;
use crate::practice::record::{self, Record};

/// What was decided longer ago is not told any more: a new device has not read anything yet.
const TOLD_FOR: TimeDelta = TimeDelta::days(30);

impl Engine {
    pub(super) fn settle_record(
        &mut self,
        id: Uuid,
        tips: &[Uuid],
        choices: &[Settled],
        reason: &str,
    ) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        if !open.may(&record)?.amend {
            return Err(Failure::not_permitted());
        }
        if record.tips != tips {
            return Ok(Reply::NotYet(vec![StillOpen::Changed]));
        }
        let mut content = record.content.clone();
        let mut still_open = Vec::new();
        for dispute in &record.disputes {
            match choices.iter().find(|choice| choice.field == dispute.field) {
                Some(choice) => put(&record, dispute, choice.stands, &mut content)?,
                None => still_open.push(StillOpen::InDispute { field: dispute.field.clone() }),
            }
        }
        if reason.trim().is_empty() {
            still_open.push(StillOpen::NoReason);
        }
        if !still_open.is_empty() {
            return Ok(Reply::NotYet(still_open));
        }
        let body = record::Change {
            of: id,
            base: record.tips,
            reason: reason.trim().to_owned(),
            content: Some(content),
            ..record::Change::default()
        };
        self.append(format!("{}.amended", record.class.as_str()), record.site, record.subject, &body)?;
        Ok(Reply::Done)
    }
}

/// Puts what stands of a dispute into the content.
fn put(record: &Record, dispute: &Dispute, stands: Stands, into: &mut Content) -> Result<(), Failure> {
    let said: BTreeMap<Uuid, &Content> =
        record.history.iter().filter_map(|entry| Some((entry.event, entry.content.as_ref()?))).collect();
    let nobody_said = || Failure::of(FailureCode::Invalid, "choices");
    match stands {
        Stands::Said(event) => {
            let content = said.get(&event).filter(|_| dispute.events().any(|known| known == event));
            dispute.field.put(content.ok_or_else(nobody_said)?, into);
        }
        Stands::Together => {
            let sides = dispute.sides.iter().filter_map(|side| side.first());
            let sides: Vec<&Content> = sides.filter_map(|event| said.get(event).copied()).collect();
            let both = dispute.field.together(&sides).ok_or_else(nobody_said)?;
            dispute.field.put(&both, into);
        }
    }
    Ok(())
}

impl Open {
    /// What others decided about my amendments.
    pub(super) fn owe_told(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let page = self.store.told(self.person, owing.now - TOLD_FOR, &standing.led(), owing.each)?;
        owing.add_page(page, |(id, event)| {
            let (Some(row), Some(record)) = (self.store.record_row(id)?, self.store.record(id)?) else {
                return self.heard_of_report(id, event);
            };
            if let Some(entry) = record.accepted().into_iter().find(|entry| entry.event == event) {
                let by = self.name_of(Some(entry.author))?;
                return Ok(Some(Owed::Heard { of: HeardOf::Accepted(row), by, words: entry.text.clone() }));
            }
            if let Some((entry, _)) = record.answered().into_iter().find(|(entry, _)| entry.event == event) {
                let by = self.name_of(Some(entry.author))?;
                return Ok(Some(Owed::Heard { of: HeardOf::Answered(row), by, words: entry.text.clone() }));
            }
            if let Some(entry) = record.replies().find(|entry| entry.event == event) {
                // Nobody hears their own words in place of whoever left.
                if entry.author == self.person {
                    return Ok(None);
                }
                let by = self.name_of(Some(entry.author))?;
                return Ok(Some(Owed::Heard { of: HeardOf::Replied(row), by, words: entry.text.clone() }));
            }
            let Some(entry) = record.history.into_iter().find(|entry| entry.event == event) else {
                return Ok(None);
            };
            Ok(Some(Owed::Told {
                record: row,
                by: self.name_of(Some(entry.author))?,
                withdrawn: entry.verb == "withdrawn",
                reason: entry.text,
            }))
        })
    }

    /// What came of a report, or whom it praises.
    fn heard_of_report(&self, id: Uuid, event: Uuid) -> Result<Option<Owed>, Failure> {
        let row = self.store.follow_up_rows("follow_up.id = ?1", &[&id])?.pop();
        let (Some(row), Some(follow)) = (row, self.store.follow_up(id)?) else { return Ok(None) };
        let Some((_, entry)) = follow.heard().into_iter().find(|(_, entry)| entry.event == event) else {
            return Ok(None);
        };
        let by = self.name_of(Some(entry.author))?;
        let step = Box::new(entry.step.clone());
        Ok(Some(Owed::Heard { of: HeardOf::Report { row, step }, by, words: String::new() }))
    }

    /// The events that this person hears of and has not read here, of those that are heard.
    pub(super) fn unheard(&self, events: impl Iterator<Item = Uuid>) -> Result<Vec<Uuid>, Failure> {
        let mut unheard = Vec::new();
        for event in events {
            if !self.store.has_read(event)? {
                unheard.push(event);
            }
        }
        Ok(unheard)
    }

    /// The events of a record that accepted what this person wrote, answered what they asked or reply to
    /// what they observed, and that they have not read here. Whoever leads there has read a reply, too,
    /// once they opened it: it may have been theirs to hear.
    pub(super) fn unheard_of_record(&self, record: &Record) -> Result<Vec<Uuid>, Failure> {
        let own = record.author == self.person;
        let accepted = record.accepted().into_iter().filter(|_| own);
        let answered = record.answered().into_iter().filter(|(_, asked)| asked.contains(&self.person));
        let leads = own || self.standing()?.leads(record.site);
        let replies = record.replies().filter(|entry| leads && entry.author != self.person);
        let all = accepted.chain(answered.map(|(entry, _)| entry)).chain(replies);
        self.unheard(all.map(|entry| entry.event))
    }

    /// The events of a record that this person has still to be told of.
    pub(super) fn still_told(&self, record: &Record) -> Result<Vec<Uuid>, Failure> {
        let mut told = Vec::new();
        for (entry, people) in record.told() {
            if people.contains(&self.person) && !self.store.has_read(entry.event)? {
                told.push(entry.event);
            }
        }
        Ok(told)
    }
}
