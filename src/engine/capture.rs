//! Drafts: begun, saved at every tap, finished once.
//!
//! Invariant: the event that a draft becomes has the draft's id, so that finishing twice, or
//! finishing again after a crash, finds the record there and writes nothing.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use uuid::Uuid;

use super::api::{Again, Change, DraftRow, DraftView, Failure, Reply, Request};
use super::core::{Engine, Open};
use crate::practice::clock;
use crate::practice::draft::{Amends, Content, Draft, Open as StillOpen};
use crate::practice::record;
use crate::practice::standard::{Class, StandardRef};
use crate::practice::task::TaskBody;
use crate::store::{NewEvent, SavedDraft};
use crate::sync::wire::Role;

impl Engine {
    pub(super) fn capture(&mut self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Begin { standard, site, subject } => self.begin(standard, site, subject),
            Request::BeginAmend { record, reason } => self.begin_amend(record, reason),
            Request::SaveDraft { draft } => self.save(&draft),
            Request::DiscardDraft { draft } => {
                self.opened()?.store.discard_draft(draft)?;
                self.changed(Change::Drafts);
                Ok(Reply::Done)
            }
            Request::Finish { draft } => self.finish(draft),
            _ => Err(Failure::not_found()),
        }
    }

    fn begin(
        &mut self,
        standard: StandardRef,
        site: Option<Uuid>,
        subject: Option<Uuid>,
    ) -> Result<Reply, Failure> {
        let now = self.host.now();
        let id = self.new_id(&now);
        let open = self.opened()?;
        let class = open.store.standard(standard)?.ok_or_else(Failure::not_found)?.class;
        let subject = match class {
            Class::Scenario | Class::Note => Some(open.person),
            Class::Handoff => None,
            Class::Check | Class::Shadow | Class::Audit => subject,
        };
        let site = match site {
            Some(site) => Some(site),
            None => open.likely_site(subject)?,
        };
        let shifts = open.store.settings()?.shifts_at(site);
        let draft = Draft {
            id,
            class,
            site,
            subject,
            content: Content { shift: Some(shifts.shift_at(now)), ..Content::new(standard) },
            tasks: Vec::new(),
            item: None,
            begun_at: now,
            amends: None,
            corrects: None,
            trial: false,
        };
        open.store.save_draft(&draft, now)?;
        self.changed(Change::Drafts);
        Ok(Reply::Draft(Box::new(self.opened_ref()?.draft_view(draft)?)))
    }

    fn begin_amend(&mut self, id: Uuid, reason: String) -> Result<Reply, Failure> {
        let now = self.host.now();
        let draft_id = self.new_id(&now);
        let open = self.opened()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        if !open.may(&record)?.amend {
            return Err(Failure::not_permitted());
        }
        // Tapping "amend" twice goes on with the draft that was begun by the first.
        if let Some(saved) = open.store.drafts()?.into_iter().find(|saved| is_about(&saved.draft, id)) {
            return Ok(Reply::Draft(Box::new(open.draft_view(saved.draft)?)));
        }
        let kept_apart = open.store.is_quarantined(id)?;
        let mut content = record.content.clone();
        if kept_apart {
            // It is written anew, and is of the day on which it was observed all the same.
            content.happened_at.get_or_insert(record.happened_at());
        }
        let draft = Draft {
            id: draft_id,
            class: record.class,
            site: record.site,
            subject: record.subject,
            content,
            tasks: Vec::new(),
            item: None,
            begun_at: now,
            // Nobody else can see a record that was kept apart: it is written anew.
            amends: (!kept_apart).then_some(Amends { of: id, base: record.tips, reason }),
            corrects: kept_apart.then_some(id),
            trial: false,
        };
        open.store.save_draft(&draft, now)?;
        self.changed(Change::Drafts);
        Ok(Reply::Draft(Box::new(self.opened_ref()?.draft_view(draft)?)))
    }

    fn save(&mut self, draft: &Draft) -> Result<Reply, Failure> {
        let now = self.host.now();
        let open = self.opened()?;
        // A tap that was on its way while "finish" was carried out must not bring the draft back.
        if !open.store.has_event(draft.id)? {
            open.store.save_draft(draft, now)?;
            self.changed(Change::Drafts);
        }
        Ok(Reply::Saved { at: now })
    }

    fn finish(&mut self, id: Uuid) -> Result<Reply, Failure> {
        let now = self.host.now();
        if let Some(record) = self.opened()?.store.subject_of(id)? {
            return Ok(Reply::Finished { record });
        }
        let open = self.opened_ref()?;
        let SavedDraft { mut draft, .. } = open.store.draft(id)?.ok_or_else(Failure::not_found)?;
        if draft.trial {
            return Err(Failure::not_permitted());
        }
        let standard = open.store.standard(draft.content.standard)?.ok_or_else(Failure::not_found)?;
        let mut still_open = draft.open_at(&standard, draft.content.seconds, now);
        // A note that is worked on again may come back as it is: whoever reviews it says what is wanting.
        if let Some(amends) = &draft.amends
            && !draft.class.is_reviewed()
            && open.store.record(amends.of)?.is_some_and(|stands| stands.content.says_as(&draft.content))
        {
            still_open.push(StillOpen::NothingChanged);
        }
        if !still_open.is_empty() {
            return Ok(Reply::NotYet(still_open));
        }
        keep_when(&mut draft, now);
        let record = draft.amends.as_ref().map_or(draft.id, |amends| amends.of);
        let mut events = vec![NewEvent {
            id: draft.id,
            at: now,
            author: open.person,
            kind: format!(
                "{}.{}",
                draft.class.as_str(),
                if draft.amends.is_some() { "amended" } else { "submitted" }
            ),
            site: draft.site,
            subject: draft.subject,
            body: body_of(&draft)?,
        }];
        for task in &draft.tasks {
            let body = TaskBody {
                handoff: Some(record),
                text: task.text.trim().to_owned(),
                owner: task.owner,
                due: task.due,
                person_code: task.person_code.trim().to_owned(),
                ..TaskBody::default()
            };
            events.push(NewEvent {
                id: self.new_id(&now),
                at: now,
                author: open.person,
                kind: "task.assigned".into(),
                site: draft.site,
                subject: None,
                body: serde_json::value::to_raw_value(&body)?,
            });
        }
        let open = self.opened()?;
        open.store.append_readable(&events, Some(draft.id))?;
        if let Some(old) = draft.corrects {
            open.store.deal_with_event(old)?;
        }
        self.wrote();
        self.changed(Change::Drafts);
        if draft.amends.is_none() && matches!(draft.class, Class::Check | Class::Shadow | Class::Audit) {
            self.count_observation(record)?;
        }
        Ok(Reply::Finished { record })
    }

    /// Records were appended: screens show them, the sync carries them.
    pub(super) fn wrote(&mut self) {
        self.hurry = true;
        self.changed(Change::Records);
        self.changed(Change::Sync);
    }
}

fn is_about(draft: &Draft, record: Uuid) -> bool {
    draft.amends.as_ref().is_some_and(|amends| amends.of == record) || draft.corrects == Some(record)
}

/// Begun and finished are both kept where they differ; the record is of the time that stood above it
/// while it was filled.
fn keep_when(draft: &mut Draft, now: DateTime<FixedOffset>) {
    let new = draft.amends.is_none() && draft.corrects.is_none() && draft.class != Class::Scenario;
    // A clock that was ahead and was put right says nothing of when.
    if new && draft.begun_at < now && clock::apart(draft.begun_at, now) {
        draft.content.begun_at = Some(draft.begun_at);
        draft.content.happened_at.get_or_insert(draft.begun_at);
    }
}

/// The event's body: the content itself, or the content as a change of a record.
fn body_of(draft: &Draft) -> Result<Box<serde_json::value::RawValue>, Failure> {
    #[derive(Serialize)]
    struct New<'a> {
        #[serde(flatten)]
        content: &'a Content,
        #[serde(skip_serializing_if = "Option::is_none")]
        corrects: Option<Uuid>,
    }
    Ok(match &draft.amends {
        None => serde_json::value::to_raw_value(&New { content: &draft.content, corrects: draft.corrects })?,
        Some(amends) => serde_json::value::to_raw_value(&record::Change {
            of: amends.of,
            base: amends.base.clone(),
            reason: amends.reason.trim().to_owned(),
            content: Some(draft.content.clone()),
            ..record::Change::default()
        })?,
    })
}

impl Open {
    /// Where this most likely happens: a site that both share, the only own one, or none.
    fn likely_site(&self, subject: Option<Uuid>) -> Result<Option<Uuid>, Failure> {
        let own: Vec<Uuid> =
            self.sites()?.into_iter().filter(|site| site.active).map(|site| site.site).collect();
        if let [only] = own.as_slice() {
            return Ok(Some(*only));
        }
        let Some(subject) = subject else { return Ok(None) };
        let shared = self.store.sites_of(subject)?.into_iter().find(|site| own.contains(&site.site));
        Ok(shared.map(|site| site.site))
    }

    pub(super) fn draft_rows(&self, now: DateTime<FixedOffset>) -> Result<Vec<DraftRow>, Failure> {
        let drafts = self.store.drafts()?.into_iter().filter(|saved| !saved.draft.trial);
        drafts.map(|saved| self.draft_row(&saved, now)).collect()
    }

    /// What the person would carry on with, as it was when it was saved.
    pub(super) fn newest_draft(&self) -> Result<Option<DraftRow>, Failure> {
        let newest = self.store.drafts()?.into_iter().find(|saved| !saved.draft.trial);
        newest.map(|saved| self.draft_row(&saved, saved.saved_at)).transpose()
    }

    fn draft_row(&self, saved: &SavedDraft, now: DateTime<FixedOffset>) -> Result<DraftRow, Failure> {
        let draft = &saved.draft;
        let standard = self.store.standard(draft.content.standard)?;
        let open = |standard| draft.open_at(standard, draft.content.seconds, now).len();
        let open = standard.as_ref().map_or(0, open);
        Ok(DraftRow {
            draft: draft.id,
            class: draft.class,
            title: self.store.title_of(draft.content.standard)?,
            subject: draft.subject,
            subject_name: self.name_of(draft.subject)?,
            site_name: self.site_name_of(draft.site)?,
            item: draft.item.clone(),
            open: u32::try_from(open).unwrap_or(u32::MAX),
            saved_at: saved.saved_at,
            amends: draft.amends.is_some(),
        })
    }

    pub(super) fn draft_view(&self, draft: Draft) -> Result<DraftView, Failure> {
        let standard = if draft.trial {
            self.store.standard_draft(draft.id)?.map(|saved| saved.editing.standard)
        } else {
            self.store.standard(draft.content.standard)?
        };
        let standard = standard.ok_or_else(Failure::not_found)?;
        let mut people: Vec<_> =
            self.store.people(draft.site)?.into_iter().filter(|person| person.active).collect();
        // Who the draft is about stays in the list wherever they work now.
        if let Some(subject) = draft.subject.filter(|subject| people.iter().all(|row| row.person != *subject))
        {
            people.extend(self.store.person(subject)?);
        }
        people.sort_by_key(|person| person.person == self.person);
        let (feedback, spent_before) = match &draft.amends {
            Some(amends) => {
                let amended = self.store.record(amends.of)?;
                let spent = amended.map_or(0, |amended| amended.content.seconds);
                (self.store.record_word(amends.of)?, spent)
            }
            None => (String::new(), 0),
        };
        let again = self.looks_again(&draft)?;
        // Where it would be refused it is not offered.
        let begins = self.standing()?.begins().remove(&format!("{}.submitted", draft.class.as_str()));
        let may_at = |site: Uuid| begins.iter().flatten().all(|at| at.contains(&site));
        Ok(DraftView {
            sites: self.sites()?.into_iter().filter(|site| site.active && may_at(site.site)).collect(),
            draft,
            standard,
            people,
            feedback,
            spent_before,
            again,
        })
    }

    /// The re-check that a new draft is about: by the same standard, about the same person, at the same site;
    /// the one that is due first.
    fn looks_again(&self, draft: &Draft) -> Result<Option<Again>, Failure> {
        let standing = self.standing()?;
        let observes = matches!(standing.role, Role::Supervisor | Role::Quality);
        if draft.subject.is_none() || draft.amends.is_some() || draft.trial || !observes {
            return Ok(None);
        }
        for look in self.store.look_agains(self.person, standing.role == Role::Supervisor)? {
            let Some(row) = self.store.record_row(look.record)? else { continue };
            let same = row.subject == draft.subject
                && row.site == draft.site
                && row.standard.standard == draft.content.standard.standard;
            if !same {
                continue;
            }
            let Some(record) = self.store.record(look.record)? else { continue };
            let standard = self.store.standard(record.content.standard)?;
            let coached = record.content.coaching.iter().filter(|one| one.look_again.is_some());
            let words = coached.filter_map(|one| standard.as_ref()?.item(&one.item));
            return Ok(Some(Again {
                coached: row.happened_at.date_naive(),
                on: look.on,
                items: words.map(|item| item.text.clone()).collect(),
                gone: look.gone,
            }));
        }
        Ok(None)
    }

    pub(super) fn name_of(&self, person: Option<Uuid>) -> Result<String, Failure> {
        let Some(person) = person else { return Ok(String::new()) };
        Ok(self.store.person_name(person)?)
    }

    pub(super) fn site_name_of(&self, site: Option<Uuid>) -> Result<String, Failure> {
        let Some(site) = site else { return Ok(String::new()) };
        Ok(self.store.site_name(site)?)
    }
}
