//! Drafts whose last change could not be saved before their screen was left.
//!
//! Invariant: what was typed is kept in memory, by person and draft, until a save of it succeeded
//! or its screen took it back; it is never sent while somebody else is unlocked.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use dioxus::core::spawn_forever;
use dioxus::prelude::*;
use uuid::Uuid;

use crate::app::device;
use crate::app::state::Ctx;
use crate::engine::api::{FailureCode, Reply, Request};
use crate::practice::draft::Draft;

/// Between two tries, once the screen has gone.
const PAUSE: Duration = Duration::from_secs(5);

thread_local! {
    static KEPT: RefCell<HashMap<(Uuid, Uuid), Draft>> = RefCell::default();
}

/// Takes back what was kept of a draft, when its screen opens again.
pub fn take(person: Uuid, draft: Uuid) -> Option<Draft> {
    KEPT.with_borrow_mut(|kept| kept.remove(&(person, draft)))
}

fn kept(key: (Uuid, Uuid)) -> Option<Draft> {
    KEPT.with_borrow(|kept| kept.get(&key).cloned())
}

/// Saves a draft whose screen has gone, and keeps trying.
pub fn save_later(app: Ctx, person: Uuid, draft: Draft) {
    let key = (person, draft.id);
    KEPT.with_borrow_mut(|kept| kept.insert(key, draft));
    spawn_forever(async move {
        // Ends when the draft is durable or its screen is open again, which then saves it.
        while let Some(draft) = kept(key) {
            let unlocked =
                app.status.peek().as_ref().and_then(|status| status.me.as_ref().map(|me| me.person));
            if unlocked != Some(person) {
                return;
            }
            match app.run(Request::SaveDraft { draft: Box::new(draft) }).await {
                Ok(Reply::Saved { .. }) => {
                    take(person, key.1);
                    return;
                }
                Err(failure) if failure.code == FailureCode::Locked => return,
                _ => device::sleep(PAUSE).await,
            }
        }
    });
}
