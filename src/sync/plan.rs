//! What to do after an exchange: at once again, later, or not without a person.
//!
//! Invariant: pure. The outcome and a random number come in, the next step goes out; every retry
//! is by timer, and the batch shrinks to one line before anything is given up.

use std::time::Duration;

use super::wire::{MAX_BATCH_BYTES, MAX_BATCH_LINES};

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A whole answer was taken in. `more`: something is left to send or to read.
    Through { more: bool },
    /// The answer was cut; what came was taken in. `some` says whether anything did.
    Cut { some: bool },
    /// `413`.
    TooLarge,
    /// No answer in time.
    TimedOut,
    /// `429` or `503`, with the seconds the server asked for.
    Busy { retry_after: Option<u64> },
    /// No connection, or something else answered.
    Unreachable,
    /// `409 gap`: the server holds less than was thought.
    Gap,
    /// `409 fork`, or the server holds more than this device wrote.
    Forked,
    /// `401`: a person has to sign in again.
    SignedOut,
    /// The device was revoked, and all it had is with the server.
    Revoked,
    /// The server refused in a way that sending the same again cannot mend.
    Refused,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Again,
    After(Duration),
    /// Nothing until a person or a new record asks for it.
    Stop,
}

/// How often to look for what others wrote while nothing is waiting.
pub const IDLE: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The server's wish is followed up to here; longer ones are a fault somewhere.
const LONGEST_WISH: Duration = Duration::from_secs(15 * 60);

/// How much to send at a time, and how often it failed in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    lines: usize,
    failures: u32,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { lines: MAX_BATCH_LINES, failures: 0 }
    }
}

impl Pace {
    /// At most this many lines in the next batch.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// At most this many bytes in the next batch; the header line has room beside them.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let share = MAX_BATCH_BYTES / (MAX_BATCH_LINES / self.lines.clamp(1, MAX_BATCH_LINES)).max(1);
        share.saturating_sub(65_536).max(65_536)
    }

    /// Decides by the outcome. `random` is between 0 and 1 and spreads devices that failed
    /// together.
    pub fn next(&mut self, outcome: Outcome, random: f64) -> Next {
        match outcome {
            Outcome::Through { more } => {
                self.failures = 0;
                self.lines = (self.lines * 2).min(MAX_BATCH_LINES);
                if more { Next::Again } else { Next::After(IDLE) }
            }
            Outcome::Gap | Outcome::Forked => {
                // These mend themselves in one step; a server that says so for ever is waited out.
                self.failures += 1;
                if self.failures <= 3 { Next::Again } else { Next::After(self.pause(random)) }
            }
            Outcome::Cut { some } => {
                self.failures = if some { 0 } else { self.failures + 1 };
                self.halve();
                if some { Next::Again } else { Next::After(self.pause(random)) }
            }
            Outcome::TooLarge => {
                if self.lines > 1 {
                    self.halve();
                    Next::Again
                } else {
                    self.failures += 1;
                    Next::After(self.pause(random))
                }
            }
            Outcome::TimedOut => {
                self.failures += 1;
                self.halve();
                Next::After(self.pause(random))
            }
            Outcome::Busy { retry_after } => {
                self.failures += 1;
                let wish = retry_after.map_or(Duration::ZERO, Duration::from_secs).min(LONGEST_WISH);
                Next::After(self.pause(random).max(wish))
            }
            Outcome::Unreachable => {
                self.failures += 1;
                Next::After(self.pause(random))
            }
            Outcome::Refused => {
                self.failures += 1;
                Next::After(LONGEST_PAUSE)
            }
            Outcome::SignedOut | Outcome::Revoked => Next::Stop,
        }
    }

    fn halve(&mut self) {
        self.lines = (self.lines / 2).max(1);
    }

    /// Doubles with each failure in a row, between half and all of it by chance.
    fn pause(&self, random: f64) -> Duration {
        let full = FIRST_PAUSE.saturating_mul(1 << self.failures.min(10)).min(LONGEST_PAUSE);
        full.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
    }
}
