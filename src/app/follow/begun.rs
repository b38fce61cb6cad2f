//! The one way in which a form begins something.

use uuid::Uuid;

use super::words;
use crate::app::codes;
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
