//! What is typed into forms and not sent yet: kept for who typed it, on this device.
//!
//! Invariant: what a form sent and what was kept of it change in one transaction.

use super::api::{Failure, FormDraft, FormKey, Reply, Request};
use super::core::Engine;

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
        reply
    }
}
