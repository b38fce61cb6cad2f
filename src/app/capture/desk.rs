//! The open draft as the fill screen works on it: every change goes through [`Desk::edit`].
//!
//! Invariants: one task sends the saves, in order, each with the whole draft as it then stands; a
//! change that is not durable when the screen goes is handed to [`unsaved`], so that nothing typed
//! is lost; no signal is borrowed across an `.await`.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use dioxus::prelude::*;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::channel::oneshot;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt};
use uuid::Uuid;

use super::edit::Stash;
use super::saving::{GATHER_MS, Next, Saving};
use super::timing::Timing;
use super::{progress, unsaved};
use crate::app::state::{Ctx, failure_of};
use crate::app::{device, when};
use crate::engine::api::{DraftView, Failure, FailureCode, Reply, Request};
use crate::practice::draft::{Draft, Open};

/// How soon a change is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Send {
    /// A tap: at once.
    Now,
    /// A key: with those that follow within [`GATHER_MS`].
    Gather,
}

enum Kick {
    Changed(Send),
    /// Answered when everything up to here is durable, or when a save of it failed.
    Flush(oneshot::Sender<Result<(), Failure>>),
}

/// The draft on the table. `Copy`, so that every handler can take it along.
#[derive(Clone, Copy)]
pub struct Desk {
    app: Ctx,
    person: Uuid,
    /// What does not change while it is filled: standard, people, sites, feedback.
    pub view: CopyValue<Rc<DraftView>>,
    pub draft: Signal<Draft>,
    pub saving: Signal<Saving>,
    pub timing: CopyValue<Timing>,
    /// "Finish" was pressed while points were open: each item shows its error from now on.
    pub pressed: Signal<bool>,
    /// The item that is being coached about.
    pub coach: Signal<Option<String>>,
    /// The step or, on a tablet, the item that is shown.
    pub step: Signal<usize>,
    /// The fields, by their ids, in which a time stands that is none to keep.
    unread: Signal<BTreeSet<String>>,
    /// Finishing or discarding is under way.
    pub busy: Signal<bool>,
    stash: CopyValue<Stash>,
    kick: CopyValue<UnboundedSender<Kick>>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Desk) -> bool {
        self.draft == other.draft
    }
}

fn millis() -> i64 {
    when::now().timestamp_millis()
}

/// Sets the desk up for one draft. Call it once in the screen's component.
pub fn use_desk(app: Ctx, person: Uuid, view: &Rc<DraftView>) -> Desk {
    let desk = use_hook(|| {
        let kept = unsaved::take(person, view.draft.id);
        let owed = kept.is_some();
        let draft = kept.unwrap_or_else(|| view.draft.clone());
        let (sender, kicks) = unbounded();
        let desk = Desk {
            app,
            person,
            view: CopyValue::new(view.clone()),
            timing: CopyValue::new(Timing::new(draft.content.seconds, millis())),
            step: Signal::new(progress::step_to_open(&draft, &view.standard)),
            draft: Signal::new(draft),
            saving: Signal::new(Saving::default()),
            pressed: Signal::new(false),
            coach: Signal::new(None),
            unread: Signal::new(BTreeSet::new()),
            busy: Signal::new(false),
            stash: CopyValue::new(Stash::default()),
            kick: CopyValue::new(sender),
        };
        spawn(desk.keep(kicks));
        if owed {
            // It was not durable when it was left: it is owed from the first moment.
            desk.changed(Send::Now);
        }
        desk
    });
    use_context_provider(|| desk);
    use_drop(move || desk.leave());
    desk
}

/// The desk of the screen that this component is part of.
pub fn desk() -> Desk {
    use_context::<Desk>()
}

impl Desk {
    #[must_use]
    pub fn standard(&self) -> Rc<DraftView> {
        self.view.cloned()
    }

    /// Changes the draft, and has it saved. `item` is the item that was answered, for its time and
    /// for where to carry on.
    pub fn edit(mut self, item: Option<&str>, send: Send, change: impl FnOnce(&mut Draft, &mut Stash)) {
        let (spent, seconds) = self.timing.with_mut(|timing| {
            let spent = if item.is_some() { timing.answered(millis()) } else { 0 };
            (spent, timing.seconds())
        });
        let mut draft = self.draft;
        self.stash.with_mut(|stash| {
            draft.with_mut(|draft| {
                change(draft, stash);
                draft.content.seconds = seconds;
                if let Some(item) = item {
                    draft.item = Some(item.to_owned());
                    if let Some(answer) = draft.content.answers.get_mut(item) {
                        answer.ms = answer.ms.saturating_add(spent);
                    }
                }
            });
        });
        self.changed(send);
    }

    fn changed(mut self, send: Send) {
        self.saving.with_mut(Saving::change);
        self.kick(Kick::Changed(send));
    }

    fn kick(&self, kick: Kick) {
        // Fails only once the screen has gone, and then `leave` has taken the draft.
        let _ = self.kick.read().unbounded_send(kick);
    }

    /// Sends what was gathered, without waiting: on leaving a field, or going out of sight.
    pub fn flush_soon(&self) {
        if self.saving.peek().owes() {
            self.kick(Kick::Changed(Send::Now));
        }
    }

    /// Waits until all of it is durable.
    ///
    /// # Errors
    /// Why the save of it failed. It goes on being tried.
    pub async fn flush(self) -> Result<(), Failure> {
        let (sender, receiver) = oneshot::channel();
        self.kick(Kick::Flush(sender));
        receiver.await.unwrap_or_else(|_| Err(failure_of(FailureCode::Internal)))
    }

    /// Sends saves as changes come in, one after the other, for as long as the screen is open.
    async fn keep(mut self, mut kicks: UnboundedReceiver<Kick>) {
        let mut waiting: Vec<oneshot::Sender<Result<(), Failure>>> = Vec::new();
        while let Some(kick) = kicks.next().await {
            match kick {
                Kick::Changed(Send::Now) => {}
                Kick::Flush(sender) => waiting.push(sender),
                Kick::Changed(Send::Gather) => gather(&mut kicks, &mut waiting).await,
            }
            while self.saving.with_mut(Saving::begin) {
                let draft = Box::new(self.draft.peek().clone());
                let (next, failure) = match self.app.run(Request::SaveDraft { draft }).await {
                    Ok(Reply::Saved { at }) => (self.saving.with_mut(|saving| saving.saved(at)), None),
                    Ok(_) => self.failed(failure_of(FailureCode::Internal)),
                    Err(failure) => self.failed(failure),
                };
                if let Some(failure) = failure {
                    for sender in waiting.drain(..) {
                        // Whoever waited may have gone.
                        let _ = sender.send(Err(failure.clone()));
                    }
                }
                match next {
                    Next::Now => {}
                    Next::Rest | Next::Stop => break,
                    Next::After(pause) => {
                        let sleep = device::sleep(Duration::from_millis(pause.into())).boxed_local();
                        // A further tap tries again at once: the person may have made room.
                        if let Either::Right((Some(Kick::Flush(sender)), _)) =
                            select(sleep, kicks.next()).await
                        {
                            waiting.push(sender);
                        }
                    }
                }
            }
            if !self.saving.peek().owes() {
                for sender in waiting.drain(..) {
                    let _ = sender.send(Ok(()));
                }
            }
        }
    }

    fn failed(&mut self, failure: Failure) -> (Next, Option<Failure>) {
        (self.saving.with_mut(|saving| saving.failed(&failure)), Some(failure))
    }

    /// The screen goes: what is not durable yet is saved without it.
    fn leave(self) {
        let owes = self.saving.try_peek().is_ok_and(|saving| saving.owes());
        if let Ok(draft) = self.draft.try_peek()
            && owes
        {
            unsaved::save_later(self.app, self.person, draft.clone());
        }
    }

    /// What is open, by the rule that finishing goes by. Subscribes the caller.
    #[must_use]
    pub fn open(&self) -> Vec<Open> {
        let draft = self.draft.read();
        let worked = self.timing.read().seconds();
        let mut open = draft.open_at(&self.view.read().standard, worked, when::now());
        open.extend(self.unread.read().iter().map(|field| Open::NoTime { field: field.clone() }));
        open
    }

    /// The field on screen whose time is none to keep. Of a form that shows one step at a time, none is left
    /// so: what was typed there would be gone.
    #[must_use]
    pub fn unread_here(&self) -> Option<String> {
        self.unread.peek().first().cloned()
    }

    /// Notes whether what stands in a field of a time is one to keep: Finish does not go past it.
    pub fn reads_time(mut self, field: &str, reads: bool) {
        if self.unread.peek().contains(field) == reads {
            self.unread.with_mut(|unread| {
                if reads {
                    unread.remove(field);
                } else {
                    unread.insert(field.to_owned());
                }
            });
        }
    }

    /// Writes the record, once. None where something is still open or could not be saved.
    pub async fn finish(mut self) -> Option<Uuid> {
        if *self.busy.peek() {
            return None;
        }
        self.busy.set(true);
        let done = self.try_finish().await;
        self.busy.set(false);
        done
    }

    async fn try_finish(&mut self) -> Option<Uuid> {
        let seconds = self.timing.with_mut(|timing| {
            timing.tick(millis());
            timing.seconds()
        });
        if self.draft.peek().content.seconds != seconds {
            self.draft.with_mut(|draft| draft.content.seconds = seconds);
            self.saving.with_mut(Saving::change);
        }
        if let Err(failure) = self.flush().await {
            self.app.say_failure(&failure);
            return None;
        }
        let draft = self.draft.peek().id;
        match self.app.run(Request::Finish { draft }).await {
            Ok(Reply::Finished { record }) => {
                self.saving.with_mut(Saving::close);
                Some(record)
            }
            Ok(_) => {
                // The engine sees something open: the page shows the same points.
                self.pressed.set(true);
                None
            }
            Err(failure) => {
                self.app.say_failure(&failure);
                None
            }
        }
    }

    /// Throws the draft away; true where that is done.
    pub async fn discard(mut self) -> bool {
        if *self.busy.peek() {
            return false;
        }
        self.busy.set(true);
        let draft = self.draft.peek().id;
        let done = match self.app.run(Request::DiscardDraft { draft }).await {
            Ok(_) => {
                self.saving.with_mut(Saving::close);
                true
            }
            Err(failure) => {
                self.app.say_failure(&failure);
                false
            }
        };
        self.busy.set(false);
        done
    }

    /// Shows the step with this open point and moves the focus there.
    pub fn jump(mut self, open: &Open) {
        let standard = self.standard();
        let step = progress::step_of(open, &standard.standard);
        self.step.set(step);
        focus_later(progress::anchor(open));
    }

    /// Whether coaching about an item was removed on this screen. Read it where the draft is read: it changes
    /// with it.
    pub fn removed_coaching(self, item: &str) -> bool {
        self.stash.peek().has_coaching(item)
    }

    pub fn hide(mut self, hidden: bool) {
        self.timing.with_mut(|timing| timing.set_hidden(hidden, millis()));
        if hidden {
            self.flush_soon();
        }
    }

    /// Time passes; gives the seconds in all.
    pub fn tick(mut self) -> u64 {
        self.timing.with_mut(|timing| {
            timing.tick(millis());
            timing.seconds()
        })
    }
}

/// Keys that follow within [`GATHER_MS`] belong to the same save; a tap or a flush ends the wait.
async fn gather(
    kicks: &mut UnboundedReceiver<Kick>,
    waiting: &mut Vec<oneshot::Sender<Result<(), Failure>>>,
) {
    let mut sleep = device::sleep(Duration::from_millis(GATHER_MS.into())).boxed_local();
    loop {
        match select(sleep, kicks.next()).await {
            // The screen has gone, the time is over, or a tap wants it saved now.
            Either::Left(_) | Either::Right((None | Some(Kick::Changed(Send::Now)), _)) => return,
            Either::Right((Some(Kick::Flush(sender)), _)) => {
                waiting.push(sender);
                return;
            }
            Either::Right((Some(Kick::Changed(Send::Gather)), rest)) => sleep = rest,
        }
    }
}

/// Focuses an element once what was just changed is painted.
pub fn focus_later(id: String) {
    spawn(async move {
        device::sleep(Duration::from_millis(50)).await;
        device::focus(&id);
    });
}
