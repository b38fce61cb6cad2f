//! Everything that is written without a draft: changes of records, tasks, the registry.
//!
//! Invariant: what the server would refuse by the rights of today is refused here first, with a
//! sentence, before it is written.

use serde::Serialize;
use uuid::Uuid;

use super::api::{Change, Failure, FailureCode, May, NewStep, Reply, Request};
use super::core::{Engine, Open};
use crate::practice::draft::Open as StillOpen;
use crate::practice::record::{self, Outcome, Record, Review, State};
use crate::practice::rights::Named;
use crate::practice::shown;
use crate::practice::standard::Class;
use crate::practice::task::{Task, TaskBody};
use crate::practice::verdict::check_review;
use crate::store::NewEvent;
use crate::sync::wire::Role;

/// The longest name of a person, a site or a programme, in characters.
const LONGEST_NAME: usize = 120;

impl Engine {
    pub(super) fn write(&mut self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Withdraw { record, reason } => {
                self.change(record, "withdrawn", |may| may.withdraw, &reason, true)
            }
            Request::Return { record, reason } => {
                self.change(record, "returned", |may| may.send_back, &reason, true)
            }
            Request::Answer { record, questions, note } => self.answer(record, &questions, &note),
            Request::Acknowledge { record, note } => {
                if note.trim().is_empty() && self.may_ask(record)? {
                    return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
                }
                self.change(record, "acknowledged", |may| may.acknowledge || may.ask, &note, false)
            }
            Request::Review { record, review } => self.review(record, review),
            Request::Settle { record, tips, choices, reason } => {
                self.settle_record(record, &tips, &choices, &reason)
            }
            Request::ReadTold { event } => {
                self.opened()?.store.read_told(event)?;
                self.changed(Change::Records);
                Ok(Reply::Done)
            }
            Request::Step { step, site, subject } => self.step(&step, site, subject),
            Request::BeginAll { begun } => self.begin_all(&begun),
            Request::RenameOrg { name } => self.rename_org(&name),
            Request::SetSettings { changes, reason } => self.set_settings(changes, &reason),
            Request::AssignTask { task, owner } => self.task(task, "assigned", Some(owner), ""),
            Request::TaskDone { task, note } => self.task(task, "done", None, &note),
            Request::TaskCancelled { task, note } => self.task(task, "cancelled", None, &note),
            Request::SetPerson { person, name, role, sites, active } => {
                self.set_person(person, &name, role, sites, active)
            }
            Request::SetSite { site, name, programme, active } => {
                self.set_site(site, &name, &programme, active)
            }
            Request::Dismiss { seq, replica } => {
                self.opened()?.store.deal_with(replica, seq)?;
                self.changed(Change::Sync);
                Ok(Reply::Done)
            }
            _ => Err(Failure::not_found()),
        }
    }

    /// Appends one event and says so.
    pub(super) fn append(
        &mut self,
        kind: String,
        site: Option<Uuid>,
        subject: Option<Uuid>,
        body: &impl Serialize,
    ) -> Result<Uuid, Failure> {
        let event = self.event(kind, site, subject, body)?;
        let id = event.id;
        self.append_all(&[event])?;
        Ok(id)
    }

    /// An event of this moment by this person, not written yet.
    pub(super) fn event(
        &self,
        kind: String,
        site: Option<Uuid>,
        subject: Option<Uuid>,
        body: &impl Serialize,
    ) -> Result<NewEvent, Failure> {
        let at = self.host.now();
        let (id, body) = (self.new_id(&at), serde_json::value::to_raw_value(body)?);
        Ok(NewEvent { id, at, author: self.opened_ref()?.person, kind, site, subject, body })
    }

    /// Appends events in one transaction and says so.
    pub(super) fn append_all(&mut self, events: &[NewEvent]) -> Result<(), Failure> {
        self.opened()?.store.append_readable(events, None)?;
        self.wrote();
        Ok(())
    }

    /// What one form begins: a crash or a refusal in the middle leaves nothing of it to be begun twice.
    fn begin_all(&mut self, begun: &[NewStep]) -> Result<Reply, Failure> {
        let mut events = Vec::with_capacity(begun.len());
        for one in begun {
            // Going on with something hangs on what was written before it.
            if one.step.of().is_some() {
                return Err(Failure::of(FailureCode::Invalid, "begun"));
            }
            match self.step_event(&one.step, one.site, one.subject)? {
                Ok(event) => events.push(event),
                Err(wanting) => return Ok(Reply::Wanting(wanting)),
            }
        }
        let last = events.last().map(|event| event.id);
        let id = last.ok_or_else(|| Failure::of(FailureCode::Invalid, "begun"))?;
        self.append_all(&events)?;
        Ok(Reply::Written { id })
    }

    fn change(
        &mut self,
        id: Uuid,
        verb: &str,
        allowed: impl Fn(May) -> bool,
        text: &str,
        is_reason: bool,
    ) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        if !allowed(open.may(&record)?) {
            return Err(Failure::not_permitted());
        }
        let text = text.trim().to_owned();
        if is_reason && text.is_empty() {
            return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
        }
        // A second tap: it was said already, and nothing came after it.
        let said_already = record.history.last().is_some_and(|entry| {
            entry.author == open.person && entry.verb == verb && entry.text == text && !text.is_empty()
        });
        if said_already {
            return Ok(Reply::Done);
        }
        let (reason, note) = if is_reason { (text, String::new()) } else { (String::new(), text) };
        let body = record::Change { of: id, base: record.tips, reason, note, ..record::Change::default() };
        self.append(format!("{}.{verb}", record.class.as_str()), record.site, record.subject, &body)?;
        Ok(Reply::Done)
    }

    fn may_ask(&self, id: Uuid) -> Result<bool, Failure> {
        let open = self.opened_ref()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        Ok(open.may(&record)?.ask)
    }

    /// Answers those of `questions` and replies that still wait. What was said meanwhile stays open: the
    /// person has not seen it.
    fn answer(&mut self, id: Uuid, questions: &[Uuid], note: &str) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        let may = open.may(&record)?;
        if !(may.answer || may.reply) {
            return Err(Failure::not_permitted());
        }
        let note = note.trim().to_owned();
        if note.is_empty() {
            return Ok(Reply::NotYet(vec![StillOpen::NoReason]));
        }
        // Nobody answers their own question.
        let waiting = record.questions().chain(record.open_replies());
        let of_others: Vec<Uuid> =
            waiting.filter(|entry| entry.author != open.person).map(|entry| entry.event).collect();
        let answered: Vec<Uuid> = of_others.into_iter().filter(|one| questions.contains(one)).collect();
        if answered.is_empty() {
            return Err(Failure::not_found());
        }
        let base = record.tips.into_iter().chain(answered).collect();
        let body = record::Change { of: id, base, note, ..record::Change::default() };
        self.append(format!("{}.answered", record.class.as_str()), record.site, record.subject, &body)?;
        Ok(Reply::Done)
    }

    fn review(&mut self, id: Uuid, review: Review) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let record = open.store.record(id)?.ok_or_else(Failure::not_found)?;
        if !open.may(&record)?.review {
            return Err(Failure::not_permitted());
        }
        let mut still_open = match open.store.standard(record.content.standard)? {
            Some(standard) => check_review(&standard.review, &review),
            None => Vec::new(),
        };
        if review.feedback.trim().is_empty() {
            still_open.push(StillOpen::NoReason);
        }
        if !still_open.is_empty() {
            return Ok(Reply::NotYet(still_open));
        }
        let meets = review.outcome == Outcome::Meets;
        let body =
            record::Change { of: id, base: record.tips, review: Some(review), ..record::Change::default() };
        self.append(format!("{}.reviewed", record.class.as_str()), record.site, record.subject, &body)?;
        if meets {
            self.count_note(id, record.subject, record.content.standard.standard)?;
        }
        Ok(Reply::Done)
    }

    fn task(&mut self, id: Uuid, verb: &str, owner: Option<Uuid>, note: &str) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        let task: Task = open.store.task(id)?.ok_or_else(Failure::not_found)?.task;
        if !open.standing()?.may("task", verb, task.site, None) {
            return Err(Failure::not_permitted());
        }
        if task.ended_at.is_some() {
            // Somebody was quicker; what they wrote stands.
            return Ok(Reply::Done);
        }
        let body = TaskBody {
            of: Some(id),
            base: Some(task.tip),
            owner,
            due: if owner.is_some() { task.due } else { None },
            note: note.trim().to_owned(),
            ..TaskBody::default()
        };
        self.append(format!("task.{verb}"), task.site, None, &body)?;
        Ok(Reply::Done)
    }

    pub(super) fn require(&self, roles: &[Role]) -> Result<(), Failure> {
        if roles.contains(&self.opened_ref()?.role()?) { Ok(()) } else { Err(Failure::not_permitted()) }
    }

    fn set_person(
        &mut self,
        person: Option<Uuid>,
        name: &str,
        role: Role,
        sites: Vec<Uuid>,
        active: bool,
    ) -> Result<Reply, Failure> {
        #[derive(Serialize)]
        struct Body {
            person: Uuid,
            name: String,
            role: Role,
            sites: Vec<Uuid>,
            active: bool,
        }
        self.require(&[Role::Admin])?;
        if let Some(person) = person
            && !(active && role == Role::Admin)
            && self.opened_ref()?.store.is_last_admin(person)?
        {
            return Err(Failure::of(FailureCode::LastAdmin, ""));
        }
        let person = person.unwrap_or_else(|| self.random_id());
        let body = Body { person, name: name_of(name, "name")?, role, sites, active };
        self.append("person.set".into(), None, None, &body)?;
        self.changed(Change::Registry);
        Ok(Reply::Written { id: person })
    }

    fn set_site(
        &mut self,
        site: Option<Uuid>,
        name: &str,
        programme: &str,
        active: bool,
    ) -> Result<Reply, Failure> {
        #[derive(Serialize)]
        struct Body {
            site: Uuid,
            name: String,
            programme: String,
            active: bool,
        }
        self.require(&[Role::Admin])?;
        let site = site.unwrap_or_else(|| self.random_id());
        let body = Body {
            site,
            name: name_of(name, "name")?,
            // A site need not belong to one.
            programme: if programme.trim().is_empty() {
                String::new()
            } else {
                name_of(programme, "programme")?
            },
            active,
        };
        self.append("site.set".into(), None, None, &body)?;
        self.changed(Change::Registry);
        Ok(Reply::Written { id: site })
    }
}

/// A name as it is written: not blank, not too long, and nothing in it that nobody sees.
pub(super) fn name_of(name: &str, field: &str) -> Result<String, Failure> {
    let name = name.trim();
    if shown::is_blank(name) || shown::has_hidden(name) || name.chars().count() > LONGEST_NAME {
        return Err(Failure::of(FailureCode::Invalid, field));
    }
    Ok(name.to_owned())
}

impl Open {
    /// What this person may do with a record as it stands: the table's rights, and what makes
    /// sense of a record in this state.
    pub(super) fn may(&self, record: &Record) -> Result<May, Failure> {
        let standing = self.standing()?;
        let (own, about_me) = (record.author == self.person, record.subject == Some(self.person));
        let lives = record.state != State::Withdrawn;
        let acknowledged = record.acknowledged_by.contains(&self.person);
        let (reviewed, handoff) = (record.class.is_reviewed(), record.class == Class::Handoff);
        let thing =
            Named { author: record.author, site: record.site, subject: record.subject, practice_of: None };
        let may = |verb| lives && standing.may_go_on(record.class.as_str(), verb, thing);
        Ok(May {
            // Anyone at the site has the right to amend a handoff; whose words they are decides.
            amend: may("amended") && (!handoff || own || standing.leads(record.site)),
            withdraw: !reviewed && may("withdrawn") && (!handoff || own || standing.leads(record.site)),
            send_back: !reviewed && !handoff && may("returned") && !own,
            answer: record.state == State::Returned
                && may("answered")
                && record.questions().any(|question| question.author != self.person),
            reply: may("answered") && record.open_replies().any(|reply| reply.author != self.person),
            acknowledge: !reviewed && may("acknowledged") && (!handoff || !own) && !acknowledged,
            ask: record.class.is_observation() && may("acknowledged") && !own && acknowledged,
            review: reviewed && may("reviewed") && record.state == State::AwaitingReview && !about_me,
            coach: lives
                && !about_me
                && record.subject.is_some()
                && standing.may("cycle", "opened", record.site, record.subject),
        })
    }
}
