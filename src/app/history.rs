//! The router's history, kept over the platform's address.
//!
//! Invariant: the stack in here is the truth for "back"; the browser's address follows it, and its
//! back button reaches it through [`Places::moved`].

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use dioxus_history::History;

use super::device;
use crate::platform;

type Callback = Arc<dyn Fn() + Send + Sync>;

struct State {
    places: Vec<String>,
    /// How many of the browser's entries are ours: only these may be gone back over.
    pushed: usize,
    tell: Option<Callback>,
}

/// Where the person has been in this run.
pub struct Places(RefCell<State>);

impl Places {
    /// Begins where the address points.
    #[must_use]
    pub fn new() -> Rc<Places> {
        let begin = platform::route();
        let mut places = vec![begin.clone()];
        // A link into the app still has a way back to Today.
        if begin != "/" {
            places.insert(0, "/".to_owned());
        }
        Rc::new(Places(RefCell::new(State { places, pushed: 0, tell: None })))
    }

    /// The person went back or forward in the browser.
    pub fn moved(&self) {
        let to = platform::route();
        let tell = {
            let mut state = self.0.borrow_mut();
            let before = state.places.len().checked_sub(2).and_then(|n| state.places.get(n));
            if before == Some(&to) {
                state.places.pop();
                state.pushed = state.pushed.saturating_sub(1);
            } else if state.places.last() != Some(&to) {
                state.places.push(to);
                state.pushed += 1;
            }
            state.tell.clone()
        };
        if let Some(tell) = tell {
            tell();
        }
    }
}

impl History for Places {
    fn current_route(&self) -> String {
        self.0.borrow().places.last().cloned().unwrap_or_else(|| "/".to_owned())
    }

    fn can_go_back(&self) -> bool {
        self.0.borrow().places.len() > 1
    }

    fn go_back(&self) {
        if self.0.borrow().pushed > 0 && device::back() {
            // The address changes a moment later, and `moved` hears of it.
            return;
        }
        let to = {
            let mut state = self.0.borrow_mut();
            if state.places.len() > 1 {
                state.places.pop();
            }
            state.places.last().cloned()
        };
        if let Some(to) = to {
            device::replace_route(&to);
        }
    }

    fn can_go_forward(&self) -> bool {
        false
    }

    fn go_forward(&self) {}

    fn push(&self, route: String) {
        if self.current_route() == route {
            return;
        }
        platform::set_route(&route);
        let mut state = self.0.borrow_mut();
        state.places.push(route);
        state.pushed += 1;
    }

    fn replace(&self, path: String) {
        device::replace_route(&path);
        let mut state = self.0.borrow_mut();
        state.places.pop();
        state.places.push(path);
    }

    fn updater(&self, callback: Callback) {
        self.0.borrow_mut().tell = Some(callback);
    }
}
