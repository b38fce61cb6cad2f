//! Questions: each answered from derived tables, none of them writes.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::api::{Failure, FollowUpFilter, PersonView, RecordFilter, RecordView, Reply, Request, SiteView};
use super::core::{Engine, Open};
use crate::practice::follow::Class;
use crate::sync::wire::Role;

/// So many of the newest audits of a site stand on its page.
const AUDITS_SHOWN: u32 = 10;

impl Engine {
    pub(super) fn read(&self, request: Request) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        Ok(match request {
            Request::Today => Reply::Today(Box::new(open.today(self.host.now())?)),
            Request::Owed { kind, next, limit } => {
                Reply::Owed(Box::new(open.owed_of(kind, next, limit, self.host.now())?))
            }
            Request::People => Reply::People(open.store.with_last(open.store.people(None)?)?),
            Request::Person { person } => Reply::Person(Box::new(open.person_view(person)?)),
            Request::Sites => Reply::Sites(open.store.sites()?),
            Request::Site { site } => Reply::Site(Box::new(open.site_view(site)?)),
            Request::Standards => Reply::Standards(open.store.standards()?),
            Request::Standard { standard } => {
                Reply::Standard(Box::new(open.store.standard(standard)?.ok_or_else(Failure::not_found)?))
            }
            Request::StandardLog { standard } => Reply::StandardLog(Box::new(open.standard_log(standard)?)),
            Request::StandardDrafts => Reply::StandardDrafts(open.standard_draft_rows()?),
            Request::StandardDraft { id } => {
                let saved = open.store.standard_draft(id)?.ok_or_else(Failure::not_found)?;
                Reply::StandardDraft(Box::new(open.standard_draft_view(saved.editing)?))
            }
            Request::Records { filter } => Reply::Records(open.store.records(&filter)?),
            Request::Record { record } => Reply::Record(Box::new(open.record_view(record)?)),
            Request::Drafts => Reply::Drafts(open.draft_rows(self.host.now())?),
            Request::Draft { draft } => {
                let saved = open.store.draft(draft)?.ok_or_else(Failure::not_found)?;
                Reply::Draft(Box::new(open.draft_view(saved.draft)?))
            }
            Request::Sync => Reply::Sync(Box::new(open.sync_view()?)),
            Request::Devices => Reply::Devices(Box::new(open.devices_view(self.host.now())?)),
            Request::Tasks { site } => Reply::Tasks(open.store.tasks(site)?),
            Request::FollowUps { filter } => Reply::FollowUps(open.store.follow_ups(&filter)?),
            Request::FollowUp { id } => Reply::FollowUp(Box::new(open.follow_up_view(id, self.host.now())?)),
            Request::Packs => Reply::Packs(Box::new(open.pack_rows()?)),
            Request::Chart { .. }
            | Request::Month { .. }
            | Request::Behind { .. }
            | Request::ThemeBehind { .. }
            | Request::Holds { .. }
            | Request::Tellings { .. } => return open.insight(request, self.host.now()),
            _ => return Err(Failure::not_found()),
        })
    }
}

impl Open {
    fn record_view(&self, id: Uuid) -> Result<RecordView, Failure> {
        let record = self.store.record(id)?.ok_or_else(Failure::not_found)?;
        let row = self.store.record_row(id)?.ok_or_else(Failure::not_found)?;
        let mut names = BTreeMap::new();
        for entry in &record.history {
            names.insert(entry.author, self.name_of(Some(entry.author))?);
        }
        Ok(RecordView {
            standard: self.store.standard(record.content.standard)?,
            tasks: self.store.tasks_of_handoff(id)?,
            may: self.may(&record)?,
            evidence_for: self.store.follow_ups_pointing_to(id)?,
            told: self.still_told(&record)?,
            heard: self.unheard_of_record(&record)?,
            refused: self.store.refused_for(id)?,
            me: self.person,
            arrived: self.store.arrived(id)?,
            names,
            row,
            record,
        })
    }

    fn person_view(&self, person: Uuid) -> Result<PersonView, Failure> {
        let row = self.store.person(person)?.ok_or_else(Failure::not_found)?;
        let row = self.store.with_last(vec![row])?.pop().ok_or_else(Failure::not_found)?;
        let role = self.role()?;
        let pairing = self.pairing_may(&row)?;
        let records =
            self.store.records_page(&RecordFilter { subject: Some(person), ..RecordFilter::default() })?;
        let standing = self.standing()?;
        let mut restrict_at = row.sites.clone();
        restrict_at.retain(|site| {
            person != self.person && standing.may("restriction", "placed", Some(site.site), Some(person))
        });
        let filter = FollowUpFilter {
            classes: vec![Class::Cycle, Class::Restriction],
            subject: Some(person),
            ..FollowUpFilter::default()
        };
        let follow_ups = self.store.follow_ups_page(&filter)?;
        Ok(PersonView {
            row,
            records: records.rows,
            records_total: records.total,
            pairing,
            may_edit: role == Role::Admin,
            follow_ups: follow_ups.rows,
            follow_ups_total: follow_ups.total,
            restrict_at,
        })
    }

    fn site_view(&self, site: Uuid) -> Result<SiteView, Failure> {
        let row =
            self.store.sites()?.into_iter().find(|row| row.site == site).ok_or_else(Failure::not_found)?;
        let records =
            self.store.records_page(&RecordFilter { site: Some(site), ..RecordFilter::default() })?;
        let audits = self.store.audits_of(site, AUDITS_SHOWN)?;
        Ok(SiteView {
            audits,
            people: self.store.with_last(self.store.people(Some(site))?)?,
            records: records.rows,
            records_total: records.total,
            tasks: self.store.tasks(Some(site))?,
            may_edit: self.role()? == Role::Admin,
            row,
        })
    }
}
