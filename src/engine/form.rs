//! What is typed into forms and not sent yet: kept for who typed it, on this device.
//!
//! Invariant: what a form sent and what was kept of it change in one transaction.

use uuid::Uuid;

use super::api::{Change, Failure, FormDraft, FormKey, FormOf, FormRow, Reply, Request};
use super::core::{Engine, Open};

impl Engine {
    pub(super) fn form(&mut self, request: Request) -> Result<Reply, Failure> {
        let now = self.host.now();
        let open = self.opened()?;
        match request {
            Request::FormDraft { form, about } => {
                let kept = open.store.form_draft(open.person, &form, &about)?;
                Ok(Reply::FormDraft(kept.map(|kept| FormDraft { body: kept.body, saved_at: kept.saved_at })))
            }
            // Who typed it may have locked meanwhile, and somebody else unlocked.
            Request::SaveFormDraft { form, .. } if form.person != open.person => {
                Err(Failure::not_permitted())
            }
            Request::SaveFormDraft { form, body } => {
                open.store.save_form_draft(&form, &body, now)?;
                self.changed(Change::Drafts);
                Ok(Reply::Saved { at: now })
            }
            _ => Err(Failure::not_found()),
        }
    }

    pub(super) fn send_form(&mut self, form: &FormKey, request: Request) -> Result<Reply, Failure> {
        let now = self.host.now();
        let open = self.opened()?;
        if form.person != open.person || matches!(request, Request::SendForm { .. }) {
            return Err(Failure::not_permitted());
        }
        open.store.send_form(form.clone());
        let reply = self.carry_out(request);
        let Some(open) = self.open.as_mut() else { return reply };
        let gone = open.store.form_sent();
        // Nothing had to be written: it stood there already, so nothing can be sent twice.
        if !gone && reply.as_ref().is_ok_and(Reply::is_done) {
            open.store.save_form_draft(form, "", now)?;
        }
        self.changed(Change::Drafts);
        reply
    }
}

impl Open {
    /// What this person typed into forms and did not send.
    pub(super) fn form_rows(&self) -> Result<Vec<FormRow>, Failure> {
        let kept = self.store.form_drafts(self.person)?.into_iter();
        kept.map(|(key, saved)| {
            let of = self.form_of(&key.about)?;
            Ok(FormRow { key, body: saved.body, saved_at: saved.saved_at, of })
        })
        .collect()
    }

    /// What the first id in a form's name belongs to.
    fn form_of(&self, about: &str) -> Result<FormOf, Failure> {
        let Some(id) = about.split(' ').find_map(|part| Uuid::parse_str(part).ok()) else {
            return Ok(FormOf::Nothing);
        };
        if let Some(row) = self.store.record_row(id)? {
            return Ok(FormOf::Record(row));
        }
        if let Some(row) = self.store.follow_up_rows("follow_up.id = ?1", &[&id])?.pop() {
            return Ok(FormOf::FollowUp(row));
        }
        if let Some(row) = self.store.task(id)? {
            return Ok(FormOf::Task(row));
        }
        if let Some(row) = self.store.person(id)? {
            return Ok(FormOf::Person(row.shown));
        }
        if let Some(row) = self.store.standards()?.into_iter().find(|row| row.standard.standard == id) {
            return Ok(FormOf::Standard(row.title));
        }
        // What is published is a draft until then.
        if let Some(saved) = self.store.standard_draft(id)? {
            return Ok(FormOf::Standard(saved.editing.standard.title));
        }
        let site = self.site_name_of(Some(id))?;
        Ok(if site.is_empty() { FormOf::Nothing } else { FormOf::Site(site) })
    }
}
