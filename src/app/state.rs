//! What every screen may reach: the engine, who is unlocked, what changed, and the words to say
//! after an action.
//!
//! Invariant: [`Ctx`] is `Copy` and holds signals only, so that a handler can take it along; a
//! signal is read or written in one statement, never borrowed across an `.await`.

use std::rc::Rc;

use dioxus::prelude::*;
use uuid::Uuid;

use crate::engine::api::{Change, Failure, FailureCode, Me, Reply, Request, SiteName, Status};
use crate::engine::link::Handle;
use crate::platform::{self, Start};
use crate::practice::rights::Role;
use crate::practice::settings::ShiftTimes;

/// Every kind of change, in the order of the generation counters.
pub const CHANGES: [Change; 6] =
    [Change::Profiles, Change::Records, Change::Drafts, Change::Registry, Change::Standards, Change::Sync];

/// The context of the whole app; get it by [`use_app`].
#[derive(Clone, Copy, PartialEq)]
pub struct Ctx {
    engine: CopyValue<Handle>,
    generations: [Signal<u64>; CHANGES.len()],
    /// Who is on this device, who is unlocked, how the sync stands; none until the first answer.
    pub status: Signal<Option<Rc<Status>>>,
    /// What the polite live region says, and the toast shows.
    pub toast: Signal<Option<Toast>>,
    /// The lock screen was asked for "add a person".
    pub adding: Signal<bool>,
    /// "Carry on where you were?" was answered since the last unlock.
    pub carried_on: Signal<bool>,
    /// Somebody wants to lock while something of theirs is not sent, on a device that others use, too.
    pub leaving: Signal<bool>,
    /// A new version waits.
    pub update: Signal<bool>,
    /// Whether the app would open without signal; `None` while that is not known.
    pub opens_offline: Signal<Option<bool>>,
    /// Whether the machine promised to keep the data; none until it was asked.
    pub persisted: Signal<Option<bool>>,
    /// What the app was opened with: a pairing link, a shortcut. Taken by who makes use of it.
    pub start: CopyValue<Start>,
    /// Counts the links that the app was given while it ran: each begins pairing anew.
    pub links: Signal<u32>,
    /// When a person last touched anything, in milliseconds.
    pub touched: CopyValue<i64>,
}

/// A word after an action: what was done, or what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    pub text: String,
    pub good: bool,
    /// Makes two toasts of the same words two.
    pub turn: u64,
}

impl Ctx {
    /// Call it once, in the root component.
    #[must_use]
    pub fn new(engine: Handle) -> Ctx {
        let start = platform::start_params();
        Ctx {
            engine: CopyValue::new(engine),
            generations: std::array::from_fn(|_| Signal::new(0)),
            status: Signal::new(None),
            toast: Signal::new(None),
            adding: Signal::new(start.pair.is_some()),
            carried_on: Signal::new(false),
            leaving: Signal::new(false),
            update: Signal::new(false),
            opens_offline: Signal::new(None),
            persisted: Signal::new(None),
            start: CopyValue::new(start.clone()),
            links: Signal::new(0),
            touched: CopyValue::new(super::when::now().timestamp_millis()),
        }
    }

    /// The engine's handle, for listening.
    #[must_use]
    pub fn engine(&self) -> Handle {
        self.engine.cloned()
    }

    /// Asks, and waits for the reply; what the engine could not do comes back as an error.
    ///
    /// # Errors
    /// The engine's [`Failure`]: show it with `ui::ErrorNote` or [`Ctx::say_failure`].
    pub async fn run(self, request: Request) -> Result<Reply, Failure> {
        // The handle is cloned out first: nothing is borrowed while we wait.
        let engine = self.engine();
        match engine.ask(request).await {
            Reply::Failed(failure) => Err(failure),
            reply => Ok(reply),
        }
    }

    /// Counts up: every [`super::ask::use_ask`] that depends on `change` asks again.
    pub fn bump(mut self, change: Change) {
        for (known, generation) in CHANGES.iter().zip(self.generations.iter_mut()) {
            if *known == change {
                generation.with_mut(|n| *n = n.wrapping_add(1));
            }
        }
    }

    /// Subscribes the calling effect or component to `change`, and gives its generation.
    #[must_use]
    pub fn generation(&self, change: Change) -> u64 {
        CHANGES
            .iter()
            .zip(self.generations.iter())
            .find(|(known, _)| **known == change)
            .map_or(0, |(_, generation)| generation.cloned())
    }

    /// Says something for a few seconds, on screen and to a screen reader.
    pub fn say(mut self, text: String) {
        self.put_toast(text, true);
    }

    /// Says what went wrong and how to mend it.
    pub fn say_failure(mut self, failure: &Failure) {
        self.put_toast(super::codes::failure(failure), false);
    }

    /// Says what stands in the way.
    pub fn say_trouble(mut self, text: String) {
        self.put_toast(text, false);
    }

    fn put_toast(&mut self, text: String, good: bool) {
        let turn = self.toast.peek().as_ref().map_or(0, |toast| toast.turn.wrapping_add(1));
        self.toast.set(Some(Toast { text, good, turn }));
    }

    /// A link was opened while the app runs: the browser only changed the fragment.
    pub fn opened_with(mut self, start: Start) {
        let pairs = start.pair.is_some();
        self.start.set(start);
        if pairs {
            self.adding.set(true);
            self.links += 1;
        }
    }

    /// Who is unlocked. Subscribes the caller.
    #[must_use]
    pub fn me(&self) -> Option<Me> {
        self.status.read().as_ref().and_then(|status| status.me.clone())
    }

    /// When shifts change at a site. Subscribes the caller.
    #[must_use]
    pub fn shifts_at(&self, site: Option<Uuid>) -> ShiftTimes {
        let status = self.status.read();
        let own = status.as_ref().and_then(|status| status.me.as_ref()).map(|me| &me.shifts);
        own.zip(site).and_then(|(own, site)| own.get(&site)).copied().unwrap_or_default()
    }

    /// The role of who is unlocked; the least where nobody is.
    #[must_use]
    pub fn role(&self) -> Role {
        self.status.read().as_ref().and_then(|status| status.me.as_ref()).map_or(Role::Staff, |me| me.role)
    }

    /// Whether who is unlocked may begin something of this kind anywhere: else it is not offered.
    #[must_use]
    pub fn may(&self, kind: &str) -> bool {
        self.me().is_some_and(|me| me.begins.contains_key(kind))
    }

    /// Whether they may at this site; without one, for all sites together.
    #[must_use]
    pub fn may_at(&self, kind: &str, site: Option<Uuid>) -> bool {
        let may = |at: &Option<Vec<Uuid>>| match (at, site) {
            (None, _) => true,
            (Some(at), Some(site)) => at.contains(&site),
            (Some(_), None) => false,
        };
        self.me().is_some_and(|me| me.begins.get(kind).is_some_and(may))
    }

    /// The active sites at which they may.
    #[must_use]
    pub fn sites_for(&self, kind: &str) -> Vec<SiteName> {
        let Some(me) = self.me() else { return Vec::new() };
        let Some(at) = me.begins.get(kind) else { return Vec::new() };
        let there = |site: &&SiteName| site.active && at.as_ref().is_none_or(|at| at.contains(&site.site));
        me.sites.iter().filter(there).cloned().collect()
    }

    /// Locks, as a person asks for it: where others use this device, too, and something waits, it asks first.
    pub fn leave(mut self) {
        if self.status.peek().as_ref().is_some_and(|status| status.warns_who_leaves()) {
            self.leaving.set(true);
        } else {
            self.lock();
        }
    }

    /// Closes the profile. Drafts were saved at every tap, so nothing is lost.
    pub fn lock(self) {
        dioxus::core::spawn_forever(async move {
            let _ = self.run(Request::Lock).await;
            self.bump(Change::Profiles);
        });
    }
}

/// UX 25: asks the machine to keep the data, once something is worth keeping. It is called after
/// every change of records and does its work once a run.
pub fn after_first_save(mut app: Ctx) {
    if app.persisted.peek().is_some() {
        return;
    }
    app.persisted.set(Some(false));
    spawn(async move {
        let kept = platform::is_persisted().await || platform::persist_storage().await;
        app.persisted.set(Some(kept));
    });
}

/// The app's context.
#[must_use]
pub fn use_app() -> Ctx {
    use_context::<Ctx>()
}

/// A failure for what the app itself finds wrong before it asks the engine.
#[must_use]
pub fn failure_of(code: FailureCode) -> Failure {
    Failure { code, detail: String::new(), again: false }
}

/// The id in a route; none where it is not one.
#[must_use]
pub fn id_of(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok()
}
