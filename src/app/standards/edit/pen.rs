//! The standard on the table: every change goes through [`Pen::edit`] and is saved at once.
//!
//! Invariants: one save is under way at a time, each with the whole page as it then stands; a save that
//! was begun ends even where the screen has gone, so that nothing written is lost.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::{DateTime, FixedOffset};
use dioxus::prelude::*;

use crate::app::state::Ctx;
use crate::engine::api::{Failure, FailureCode, Reply, Request, StandardDraftView};
use crate::practice::editing::Editing;

/// How far the last change got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Nothing,
    Saving,
    At(DateTime<FixedOffset>),
    Trouble(FailureCode),
}

#[derive(Default)]
struct Queue {
    next: Option<Editing>,
    running: bool,
}

/// `Copy`, so that every handler can take it along.
#[derive(Clone, Copy)]
pub struct Pen {
    pub app: Ctx,
    pub editing: Signal<Editing>,
    pub saved: Signal<Saved>,
    /// The second language is written, too.
    pub both: Signal<bool>,
    /// The item that is open.
    pub open: Signal<Option<String>>,
    /// Publishing was tried while something was wrong: it is named from now on.
    pub pressed: Signal<bool>,
    /// Fields whose number could not be read: the page holds none for them.
    pub unread: Signal<BTreeSet<String>>,
    pub view: CopyValue<Rc<StandardDraftView>>,
    queue: CopyValue<Rc<RefCell<Queue>>>,
}

impl PartialEq for Pen {
    fn eq(&self, other: &Pen) -> bool {
        self.editing == other.editing
    }
}

/// Sets it up for one standard. Call it once in the screen's component.
pub fn use_pen(app: Ctx, view: &Rc<StandardDraftView>) -> Pen {
    use_context_provider(|| Pen {
        app,
        both: Signal::new(view.editing.standard.title.0.len() > 1),
        editing: Signal::new(view.editing.clone()),
        saved: Signal::new(Saved::Nothing),
        open: Signal::new(None),
        pressed: Signal::new(false),
        unread: Signal::new(BTreeSet::new()),
        view: CopyValue::new(view.clone()),
        queue: CopyValue::new(Rc::default()),
    })
}

/// The pen of the screen that this component is part of.
pub fn pen() -> Pen {
    use_context::<Pen>()
}

impl Pen {
    /// Changes the page, and has it saved.
    pub fn edit(mut self, change: impl FnOnce(&mut Editing)) {
        self.editing.with_mut(change);
        self.saved.set(Saved::Saving);
        let queue = self.queue.cloned();
        queue.borrow_mut().next = Some(self.editing.peek().clone());
        let running = std::mem::replace(&mut queue.borrow_mut().running, true);
        if !running {
            dioxus::core::spawn_forever(keep(self.app, queue, self.saved));
        }
    }

    /// Notes whether the number in a field could be read.
    pub fn reads(mut self, field: &str, reads: bool) {
        // The screen may have gone before its field.
        let Ok(mut unread) = self.unread.try_write() else { return };
        if reads {
            unread.remove(field);
        } else {
            unread.insert(field.to_owned());
        }
    }

    /// Waits until what stands on the screen is durable.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub async fn flush(self) -> Result<(), Failure> {
        let editing = Box::new(self.editing.peek().clone());
        self.app.run(Request::SaveStandardDraft { editing }).await.map(drop)
    }
}

async fn keep(app: Ctx, queue: Rc<RefCell<Queue>>, saved: Signal<Saved>) {
    loop {
        let next = queue.borrow_mut().next.take();
        let Some(editing) = next else { break };
        match app.run(Request::SaveStandardDraft { editing: Box::new(editing) }).await {
            Ok(Reply::Saved { at }) => tell(saved, Saved::At(at)),
            Ok(_) => tell(saved, Saved::Trouble(FailureCode::Internal)),
            // The next change tries again, with all of it.
            Err(failure) => tell(saved, Saved::Trouble(failure.code)),
        }
    }
    queue.borrow_mut().running = false;
}

/// The screen may have gone meanwhile.
fn tell(mut saved: Signal<Saved>, how: Saved) {
    if let Ok(mut saved) = saved.try_write() {
        *saved = how;
    }
}
