//! What is typed into forms and not sent yet: kept for who typed it, on this device.

use super::api::{Failure, FormDraft, Reply, Request};
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
            Request::SaveFormDraft { person, .. } if person != open.person => Err(Failure::not_permitted()),
            Request::SaveFormDraft { person, form, about, body } => {
                open.store.save_form_draft(person, &form, &about, &body, now)?;
                Ok(Reply::Saved { at: now })
            }
            _ => Err(Failure::not_found()),
        }
    }
}
