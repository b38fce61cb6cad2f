//! The one way in which a form begins something, or goes on with it.
//!
//! Invariant: once a step is written, nothing of the form that it came from is kept.

use uuid::Uuid;

use super::words;
use crate::app::codes;
use crate::app::form::Form;
use crate::app::i18n::t;
use crate::engine::api::{Failure, Reply, Request};
use crate::practice::follow::Step;

/// Begins something from a form; `done` gets the id of what has begun.
pub fn begin_from(
    form: Form,
    step: Step,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    done: impl FnOnce(Uuid) + 'static,
) {
    send_begun(form, Request::Step { step: Box::new(step), site, subject }, done);
}

/// Goes on with something from a form.
pub fn go_on(form: Form, step: Step, done: impl FnOnce() + 'static) {
    let step = Request::Step { step: Box::new(step), site: None, subject: None };
    send_begun(form, step, move |_| done());
}

/// What a form begins or goes on with; `done` gets its id, where it begins several that of the last.
pub fn send_begun(form: Form, step: Request, done: impl FnOnce(Uuid) + 'static) {
    form.send(step, move |answer| match written(answer) {
        Ok(id) => {
            form.app().say(t("follow-written"));
            done(id);
        }
        Err(why) => form.fail(why),
    });
}

/// The id that a step wrote, or a sentence for the person.
pub fn written(answer: Result<Reply, Failure>) -> Result<Uuid, String> {
    match answer {
        Ok(Reply::Written { id }) => Ok(id),
        Ok(Reply::Wanting(why)) => Err(words::refused(&why)),
        Ok(_) => Err(t("act-words-missing")),
        Err(failure) => Err(codes::failure(&failure)),
    }
}
