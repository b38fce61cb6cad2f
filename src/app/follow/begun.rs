//! The one way in which a form begins something, or goes on with it.
//!
//! Invariant: once a step is written, nothing of the form that it came from is kept.

use dioxus::prelude::*;
use uuid::Uuid;

use super::acts::send_step;
use super::words;
use crate::app::codes;
use crate::app::form::Form;
use crate::app::i18n::t;
use crate::app::state::Ctx;
use crate::engine::api::{Reply, Request};
use crate::practice::follow::Step;

/// Writes the first step; the id of what has begun, or a sentence for the person.
pub async fn begin(app: Ctx, step: Step, site: Option<Uuid>, subject: Option<Uuid>) -> Result<Uuid, String> {
    match app.run(Request::Step { step: Box::new(step), site, subject }).await {
        Ok(Reply::Written { id }) => {
            app.say(t("follow-written"));
            Ok(id)
        }
        Ok(Reply::Wanting(why)) => Err(words::refused(&why)),
        Ok(_) => Err(t("act-words-missing")),
        Err(failure) => Err(codes::failure(&failure)),
    }
}

/// Begins something from a form; `done` gets the id of what has begun.
pub fn begin_from(
    mut form: Form,
    step: Step,
    site: Option<Uuid>,
    subject: Option<Uuid>,
    done: impl FnOnce(Uuid) + 'static,
) {
    form.busy.set(true);
    spawn(async move {
        let begun = begin(form.app(), step, site, subject).await;
        form.busy.set(false);
        match begun {
            Ok(id) => {
                form.sent();
                done(id);
            }
            Err(why) => form.fail(why),
        }
    });
}

/// Goes on with something from a form.
pub fn go_on(mut form: Form, step: Step, done: impl FnOnce() + 'static) {
    form.busy.set(true);
    spawn(async move {
        let written = send_step(form.app(), step).await;
        form.busy.set(false);
        match written {
            Ok(()) => {
                form.sent();
                done();
            }
            Err(why) => form.fail(why),
        }
    });
}
