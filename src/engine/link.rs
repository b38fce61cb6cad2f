//! The two ends of the line between screens and engine, the same on web and native.
//!
//! The app holds a [`Handle`]; `platform` connects it to the engine, by channel (native) or by
//! messages to the Worker (web). Invariant: every request gets exactly one reply, in any order.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures::channel::oneshot;
use serde::{Deserialize, Serialize};

use super::api::{Change, Failure, FailureCode, Reply, Request};

/// From the screens to the engine.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask {
    pub id: u64,
    pub request: Request,
}

/// From the engine to the screens.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Reply { id: u64, reply: Box<Reply> },
    Changed(Vec<Change>),
}

type Hear = Box<dyn Fn(&[Change])>;
type Waiting = Rc<RefCell<HashMap<u64, oneshot::Sender<Reply>>>>;

/// The app's end. Cheap to clone; lives on the UI's thread.
#[derive(Clone)]
pub struct Handle {
    send: Rc<dyn Fn(Ask)>,
    next: Rc<RefCell<u64>>,
    waiting: Waiting,
    changed: Rc<RefCell<Vec<Hear>>>,
}

impl Handle {
    /// `send` carries an [`Ask`] to the engine; what comes back goes to [`Handle::told`].
    pub fn new(send: impl Fn(Ask) + 'static) -> Handle {
        Handle {
            send: Rc::new(send),
            next: Rc::default(),
            waiting: Waiting::default(),
            changed: Rc::default(),
        }
    }

    /// Asks, and waits for the reply without blocking the screen.
    pub async fn ask(&self, request: Request) -> Reply {
        let (sender, receiver) = oneshot::channel();
        let id = {
            let mut next = self.next.borrow_mut();
            *next += 1;
            *next
        };
        self.waiting.borrow_mut().insert(id, sender);
        (self.send)(Ask { id, request });
        receiver.await.unwrap_or_else(|_| {
            Reply::Failed(Failure {
                code: FailureCode::Internal,
                detail: "the engine went away".into(),
                again: false,
            })
        })
    }

    /// Calls `hear` with every set of changes from now on.
    pub fn on_change(&self, hear: impl Fn(&[Change]) + 'static) {
        self.changed.borrow_mut().push(Box::new(hear));
    }

    /// Takes in what the engine said.
    pub fn told(&self, told: Told) {
        match told {
            Told::Reply { id, reply } => {
                if let Some(sender) = self.waiting.borrow_mut().remove(&id) {
                    // Whoever asked may have left the screen; then nobody minds.
                    let _ = sender.send(*reply);
                }
            }
            Told::Changed(changes) => {
                for hear in self.changed.borrow().iter() {
                    hear(&changes);
                }
            }
        }
    }
}

impl PartialEq for Handle {
    fn eq(&self, other: &Handle) -> bool {
        Rc::ptr_eq(&self.send, &other.send)
    }
}
