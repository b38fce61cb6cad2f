//! The time that tokens, lost rights and a day's budgets are judged by: the system's clock as long as
//! it can be believed.
//!
//! Invariant: a clock that was set wrong ends nothing that it could not give back. While it is not
//! believed, the time goes on from the last one that was, by a clock that nobody sets. It is believed
//! again once it is right, or once it has gone on evenly for a day: then it was the other one that was
//! wrong, or the server was off for long.

use std::sync::{Mutex, PoisonError};

use super::DAY_MS;
use crate::seams::Seams;

/// A step of less is a correction, or a machine that was suspended.
const STEP_MS: i64 = DAY_MS;
/// How long a server may have been off before its clock is doubted at the start.
const OFF_MS: i64 = 31 * DAY_MS;
/// A clock that goes on evenly for so long is believed after all.
const SETTLED_MS: i64 = DAY_MS;

/// In what way the system's clock is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    Ahead,
    Behind,
}

impl Doubt {
    fn of(off_ms: i64) -> Doubt {
        if off_ms < 0 { Doubt::Behind } else { Doubt::Ahead }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::Ahead => "ahead",
            Doubt::Behind => "behind",
        }
    }
}

/// See the module.
pub struct Clock {
    seams: Seams,
    /// Somebody who knows said that the system's clock is right.
    trusted: bool,
    state: Mutex<State>,
}

struct State {
    /// The last time that was believed, and what the steady clock said then.
    believed_ms: i64,
    steady_ms: i64,
    doubted: Option<Doubted>,
}

#[derive(Clone, Copy)]
struct Doubted {
    /// By the steady clock.
    since_ms: i64,
    /// How far the system's clock was away from the believed time.
    off_ms: i64,
}

impl Clock {
    /// `newest_ms` is the newest time that the database knows.
    pub fn new(seams: Seams, newest_ms: Option<i64>, trusted: bool) -> Clock {
        let (now_ms, steady_ms) = (seams.now_ms(), seams.steady_ms());
        let off_ms = newest_ms.map_or(0, |newest| now_ms.saturating_sub(newest));
        let believed = trusted || (-STEP_MS..=OFF_MS).contains(&off_ms);
        let doubted = (!believed).then_some(Doubted { since_ms: steady_ms, off_ms });
        if doubted.is_some() {
            tell(off_ms);
        }
        let believed_ms = if believed { now_ms } else { now_ms.saturating_sub(off_ms) };
        Clock { seams, trusted, state: Mutex::new(State { believed_ms, steady_ms, doubted }) }
    }

    /// The time to judge by.
    pub fn judged_ms(&self) -> i64 {
        self.look().0
    }

    /// Whether the system's clock is doubted just now.
    pub fn doubt(&self) -> Option<Doubt> {
        self.look().1
    }

    fn look(&self) -> (i64, Option<Doubt>) {
        let (now_ms, steady_ms) = (self.seams.now_ms(), self.seams.steady_ms());
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = steady_ms.saturating_sub(state.steady_ms).max(0);
        let expected_ms = state.believed_ms.saturating_add(passed);
        let off_ms = now_ms.saturating_sub(expected_ms);
        let is_step = |off: i64| !(-STEP_MS..=STEP_MS).contains(&off);
        let doubted = match state.doubted {
            _ if self.trusted || !is_step(off_ms) => None,
            Some(before) if !is_step(off_ms.saturating_sub(before.off_ms)) => {
                (steady_ms.saturating_sub(before.since_ms) < SETTLED_MS).then_some(before)
            }
            // It was set, for the first time or once more.
            _ => {
                tell(off_ms);
                Some(Doubted { since_ms: steady_ms, off_ms })
            }
        };
        if state.doubted.is_some() && doubted.is_none() {
            tracing::info!("the system's clock is believed again");
        }
        state.doubted = doubted;
        state.steady_ms = steady_ms;
        state.believed_ms = if doubted.is_some() { expected_ms } else { now_ms };
        (state.believed_ms, doubted.map(|_| Doubt::of(off_ms)))
    }
}

fn tell(off_ms: i64) {
    tracing::warn!(
        days = off_ms.unsigned_abs() / DAY_MS.unsigned_abs(),
        "the system's clock is {} the time that this server knows: it is not believed, and no token ends by it. \
         Set the clock right; if it is right, it is believed after a day, or at once with --believe-clock",
        Doubt::of(off_ms).as_str()
    );
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
