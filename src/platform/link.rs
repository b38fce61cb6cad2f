//! The app's end of the line, the same for a thread and a Worker. It keeps the promise of
//! `engine::link` – every request gets one reply – also when the engine dies: whatever was still
//! asked is then answered with a failure.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

use super::Pump;
use crate::engine::api::{Failure, FailureCode, Reply};
use crate::engine::link::{Ask, Handle, Told};

/// What comes from the engine's side.
pub enum Heard {
    Told(Told),
    /// The engine cannot go on, and why. Nothing follows.
    Gone(String),
}

#[derive(Default)]
struct State {
    open: BTreeSet<u64>,
    gone: Option<String>,
}

/// `send` carries an ask to the engine; `heard` is what comes back from it, and `into_heard` its
/// other end, by which an ask that could not be sent is answered.
pub fn line(
    send: impl Fn(Ask) -> Result<(), String> + 'static,
    into_heard: UnboundedSender<Heard>,
    mut heard: UnboundedReceiver<Heard>,
) -> (Handle, Pump) {
    let state = Rc::new(RefCell::new(State::default()));
    let handle = Handle::new({
        let state = state.clone();
        let back = into_heard;
        move |ask: Ask| {
            let id = ask.id;
            let gone = state.borrow().gone.clone();
            let sent = match gone {
                Some(reason) => Err(reason),
                None => send(ask),
            };
            state.borrow_mut().open.insert(id);
            if let Err(reason) = sent {
                // Through the pump, so that nobody is answered inside his own question.
                let _ = back.unbounded_send(Heard::Told(failed(id, reason)));
            }
        }
    });
    let pump = {
        let handle = handle.clone();
        async move {
            while let Some(heard) = heard.next().await {
                match heard {
                    Heard::Told(told) => {
                        if let Told::Reply { id, .. } = &told {
                            state.borrow_mut().open.remove(id);
                        }
                        handle.told(told);
                    }
                    Heard::Gone(reason) => {
                        let open = {
                            let mut state = state.borrow_mut();
                            state.gone = Some(reason.clone());
                            std::mem::take(&mut state.open)
                        };
                        for id in open {
                            handle.told(failed(id, reason.clone()));
                        }
                    }
                }
            }
        }
    };
    (handle, Box::pin(pump))
}

/// A pair of ends for [`line`].
pub fn ears() -> (UnboundedSender<Heard>, UnboundedReceiver<Heard>) {
    unbounded()
}

fn failed(id: u64, detail: String) -> Told {
    let failure = Failure { code: FailureCode::Internal, detail, again: false };
    Told::Reply { id, reply: Box::new(Reply::Failed(failure)) }
}
