//! When a device has to try again, by PROTOCOL §6, and that it does so by its timer alone.
//!
//! Written from the protocol, not from the planner: each exchange says until when the next one must
//! have begun, and before when it must not.

use std::cell::{Cell, RefCell};

use serde_json::Value;

use crate::reached;

/// The longest pause between two tries, and between two looks at what others wrote.
const PAUSE: i64 = 30_000;
/// The engine waits so long for a network that says nothing.
const SILENCE: i64 = 60_000;
/// Timers are exact here; what is computed between costs no time.
const SLACK: i64 = 500;

/// How an exchange ended, as the network saw it.
pub enum Ended {
    Failed,
    Answered { status: u16, ours: bool, retry_after: Option<u64>, body: Vec<u8> },
}

/// What is known of the last exchange.
#[derive(Clone, Copy)]
struct Last {
    must: i64,
    not_before: i64,
    failed: bool,
    /// So many lines were sent, and refused or not answered in time.
    refused: Option<(u64, &'static str)>,
}

#[derive(Default)]
pub struct Pace {
    last: Cell<Option<Last>>,
    /// Exchanges in a row that were not whole answers.
    failures: Cell<u32>,
    /// Somebody asked the device for something since: that may wake the sync.
    asked: Cell<bool>,
    /// Answers taken in that were whole, with nothing more to read.
    pub through: Cell<u64>,
    wrong: RefCell<Option<String>>,
}

impl Pace {
    /// The device stopped, started, signed in or found no room: nothing is owed by what was before.
    pub fn forget(&self) {
        self.last.set(None);
    }

    pub fn asked(&self) {
        self.asked.set(true);
    }

    /// What it did wrong, once.
    pub fn wrong(&self, now: i64) -> Option<String> {
        if let Some(last) = self.last.get().filter(|last| now > last.must + SLACK) {
            self.forget();
            return Some(format!("does not try again by its timer ({} ms late)", now - last.must));
        }
        self.wrong.borrow_mut().take()
    }

    /// An exchange begins, with so many lines.
    pub fn begins(&self, now: i64, lines: u64) {
        let asked = self.asked.replace(false);
        self.failures.set(self.failures.get() + 1);
        if let Some(last) = self.last.get() {
            if now > last.must + SLACK {
                let late = format!("tries again {} ms too late", now - last.must);
                *self.wrong.borrow_mut() = Some(late);
            }
            if !asked && now + SLACK < last.not_before {
                let early =
                    format!("tries again {} ms before the server asked for it", last.not_before - now);
                *self.wrong.borrow_mut() = Some(early);
            }
            if last.failed && !asked {
                reached::note("tried again by timer after a failure");
            }
            if let Some((_, why)) = last.refused.filter(|(before, _)| *before > 1 && lines == 1) {
                reached::note(format!("one line alone after {why}"));
            }
        }
        // Until it is known how it ended.
        let must = now + SILENCE + PAUSE;
        let refused = (lines > 0).then_some((lines, "time-outs"));
        self.last.set(Some(Last { must, not_before: 0, failed: true, refused }));
    }

    /// It ended.
    pub fn ended(&self, now: i64, lines: u64, ended: Ended) {
        let later = Last { must: now + PAUSE, not_before: 0, failed: true, refused: None };
        let soon = Last { must: now, ..later };
        let (status, ours, retry_after, body) = match ended {
            Ended::Failed => {
                let refused = (lines > 0).then_some((lines, "time-outs"));
                return self.last.set(Some(Last { refused, ..later }));
            }
            Ended::Answered { status, ours, retry_after, body } => (status, ours, retry_after, body),
        };
        self.last.set(Some(match status {
            // Told in the first line: a device that has handed over everything needs no more of the answer.
            200 if ours && removed(&body) => return self.forget(),
            200 if ours => match whole(&body) {
                None => later,
                Some((_, done)) => {
                    self.failures.set(0);
                    let more = done["more"] == true;
                    self.through.set(self.through.get() + u64::from(!more));
                    Last { failed: false, ..if more { soon } else { later } }
                }
            },
            // A person has to sign in: nothing is owed.
            401 => return self.forget(),
            // It goes on from there at once; a server that says so for ever is waited out.
            403 | 409 if ours && self.failures.get() <= 3 => soon,
            413 if lines > 1 => Last { refused: Some((lines, "413")), ..soon },
            429 | 500..=599 => {
                let wish = now + retry_after.map_or(0, |seconds| i64::try_from(seconds).unwrap() * 1_000);
                Last { must: later.must.max(wish), not_before: wish, ..later }
            }
            _ => later,
        }));
    }
}

/// An answer says to a device that it was removed; the rest of it may have been cut off.
fn removed(body: &[u8]) -> bool {
    let first = body.split(|byte| *byte == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<Value>(first).is_ok_and(|first| first["revoked"] == true)
}

/// The first and the last line of an answer that was not cut.
pub fn whole(body: &[u8]) -> Option<(Value, Value)> {
    let text = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    let first: Value = serde_json::from_str(text.lines().next()?).ok()?;
    let last: Value = serde_json::from_str(text.lines().last()?).ok()?;
    (last["done"] == true).then_some((first, last))
}
