//! The standard on the table: every change goes through [`Pen::edit`] and is saved at once.
//!
//! Invariants: one save is under way at a time, each with the whole page as it then stands; a save that
//! was begun ends even where the screen has gone, so that nothing written is lost.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, FixedOffset};
use dioxus::prelude::*;

use super::unread::{End, Unread};
use crate::app::state::Ctx;
use crate::engine::api::{Failure, FailureCode, Reply, Request, StandardDraftView};
use crate::practice::editing::{Editing, List};
use crate::practice::number;
use crate::practice::standard::Item;

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
    /// What stands in fields of limits and is no number: the page goes on with what it held.
    pub unread: Signal<Unread>,
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
        unread: Signal::new(Unread::default()),
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

    /// Takes what is typed as a limit. What is no number is put down beside the page, which holds what it held.
    pub fn types_limit(mut self, list: List, item: &str, end: End, text: &str) {
        let kind = self.editing.peek().list_of(list).iter().find(|one| one.id == item).map(Item::number_kind);
        let Some(read) = kind.map(|kind| number::read(text, kind)) else { return };
        if self.unread.write().types(item, end, text, read) {
            self.edit(|editing| {
                if let Some(item) = editing.item(list, item) {
                    *end.of(item) = read.number();
                }
            });
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
