//! What stands in a form and what is kept of it, apart from its page: a save that is under way, and a reply
//! that is waited for, outlive the page.
//!
//! Invariants: while it is being sent, and once it was sent, nothing of it is kept; what could not be sent
//! is kept, also where its page has gone.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use dioxus::core::spawn_forever;
use futures::channel::mpsc::UnboundedSender;
use futures::channel::oneshot;
use serde_json::Value;

use crate::app::state::{Ctx, failure_of};
use crate::engine::api::{Failure, FailureCode, FormKey, Reply, Request};

/// What stands in a form, field by field: only what differs from how the form opened.
pub type Body = BTreeMap<String, Value>;

/// Where the page of a form stands in its body, beside its fields.
const PAGE: &str = "@page";

/// The page that a form was typed on; empty for what an older version kept.
#[must_use]
pub fn page_of(body: &str) -> String {
    let body: Body = serde_json::from_str(body).unwrap_or_default();
    body.get(PAGE).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What is kept: the fields, and the page that they stand on.
fn with_page(fields: &Body, page: &str) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let mut body = fields.clone();
    body.insert(PAGE.to_owned(), Value::from(page));
    serde_json::to_string(&body).unwrap_or_default()
}

/// The fields alone.
#[must_use]
pub fn fields_of(mut body: Body) -> Body {
    body.remove(PAGE);
    body
}

/// One field: how it opened, how it is read and how it is filled. Reading it subscribes the caller.
#[derive(Clone)]
pub struct Kept {
    pub name: &'static str,
    pub opened: Value,
    /// Opens at the present moment.
    pub moment: bool,
    pub read: Rc<dyn Fn() -> Value>,
    /// Whether it was taken.
    pub fill: Rc<dyn Fn(Value) -> bool>,
}

pub struct Desk {
    pub app: Ctx,
    pub key: FormKey,
    /// Where it is opened again from the list of drafts.
    pub page: String,
    pub fields: Vec<Kept>,
    /// As it stands now.
    pub now: Body,
    /// As the engine was last asked to keep it.
    pub kept: Body,
    /// What was kept before has arrived, or there was nothing.
    pub loaded: bool,
    /// On its way: the engine removes what is kept with what it writes.
    pub sending: bool,
    /// Sent: no late save may bring it back.
    pub sent: bool,
    pub kick: UnboundedSender<()>,
}

impl Desk {
    /// Whether something stands in the form that is not kept.
    pub fn owes(&self) -> bool {
        self.loaded && !self.sending && !self.sent && self.now != self.kept
    }

    /// Whether it may be sent now: a second tap sends nothing.
    pub fn begin_sending(&mut self) -> bool {
        let may = !self.sending && !self.sent;
        self.sending = self.sending || may;
        may
    }

    fn save(&self) -> Request {
        Request::SaveFormDraft { form: self.key.clone(), body: with_page(&self.now, &self.page) }
    }
}

/// The fields that are not as they opened.
pub fn differing<'a>(fields: impl Iterator<Item = (&'a str, &'a Value, Value)>) -> Body {
    fields.filter(|(_, opened, now)| *opened != now).map(|(name, _, now)| (name.to_owned(), now)).collect()
}

pub async fn keep_now(desk: &Rc<RefCell<Desk>>) -> Result<(), Failure> {
    let (app, body) = (desk.borrow().app, desk.borrow().now.clone());
    let request = desk.borrow().save();
    app.run(request).await?;
    desk.borrow_mut().kept = body;
    Ok(())
}

/// The page goes: what is not kept yet is kept without it.
pub fn leave(desk: &Rc<RefCell<Desk>>) {
    let desk = desk.clone();
    if desk.borrow().owes() {
        spawn_forever(async move {
            // Locked meanwhile, or the disk is full: nobody is there any more to be told.
            let _ = keep_now(&desk).await;
        });
    }
}

/// Carries out a request, which takes with it what is kept of the form: one, so that no failure in the middle
/// leaves a half to be sent twice. It goes on where the page has gone.
pub fn send(desk: Rc<RefCell<Desk>>, request: Request) -> impl Future<Output = Result<Reply, Failure>> {
    let (tell, told) = oneshot::channel();
    spawn_forever(async move {
        let (app, form) = (desk.borrow().app, desk.borrow().key.clone());
        let answer = app.run(Request::SendForm { form, request: Box::new(request) }).await;
        {
            let mut desk = desk.borrow_mut();
            desk.sending = false;
            desk.sent = answer.as_ref().is_ok_and(Reply::is_done);
        }
        // Nobody waits for it where the page has gone.
        let _ = tell.send(answer);
        let page_gone = desk.borrow().owes() && desk.borrow().kick.unbounded_send(()).is_err();
        if page_gone {
            let _ = keep_now(&desk).await;
        }
    });
    async move { told.await.unwrap_or_else(|_| Err(failure_of(FailureCode::Internal))) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_kept_names_its_page_and_an_empty_form_keeps_nothing() {
        let fields = Body::from([("words".to_owned(), json!("Fell in the hall"))]);
        let kept = with_page(&fields, "/report");
        assert_eq!(page_of(&kept), "/report");
        assert_eq!(fields_of(serde_json::from_str(&kept).unwrap()), fields, "the page is no field");
        assert_eq!(with_page(&Body::new(), "/report"), "");
        assert_eq!(page_of(r#"{"words":"typed with an older version"}"#), "");
    }

    #[test]
    fn only_what_differs_from_how_the_form_opened_is_kept() {
        let (empty, time) = (json!(""), json!("2026-11-28T14:00"));
        let fields = [("words", &empty, json!("Fell in the hall")), ("when", &time, time.clone())];
        let body = differing(fields.into_iter());
        assert_eq!(body, Body::from([("words".to_owned(), json!("Fell in the hall"))]));
        assert!(
            differing([("words", &empty, json!(""))].into_iter()).is_empty(),
            "an untouched form is nothing"
        );
    }
}
