//! How long filling takes, in all and per item (UX 13 and 14).
//!
//! Invariant: only time with the screen in front of somebody counts. A gap between two ticks that
//! is longer than a tick could be (the phone slept, a call came) counts as one tick.

/// The screen ticks this often, in milliseconds.
pub const TICK_MS: u32 = 1_000;
/// A gap longer than this was a pause, even where nobody told us that the screen was hidden.
const LONGEST_GAP_MS: i64 = 3_000;

/// A stopwatch that is fed with the time of day and so can be tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Active milliseconds before this screen was opened.
    before: u64,
    active: u64,
    last_tick: i64,
    /// The active time at the answer before this one.
    last_answer: u64,
    hidden: bool,
}

impl Timing {
    /// `seconds` were spent on the draft before; `now` is in milliseconds.
    #[must_use]
    pub fn new(seconds: u64, now: i64) -> Timing {
        Timing { before: seconds * 1_000, active: 0, last_tick: now, last_answer: 0, hidden: false }
    }

    /// Time has passed.
    pub fn tick(&mut self, now: i64) {
        let gap = now.saturating_sub(self.last_tick);
        self.last_tick = now;
        if self.hidden || gap <= 0 {
            return;
        }
        let counts = if gap > LONGEST_GAP_MS { i64::from(TICK_MS) } else { gap };
        self.active += u64::try_from(counts).unwrap_or(0);
    }

    /// The screen went out of sight, or came back.
    pub fn set_hidden(&mut self, hidden: bool, now: i64) {
        self.tick(now);
        self.hidden = hidden;
    }

    /// An answer was given: the active milliseconds since the one before.
    pub fn answered(&mut self, now: i64) -> u64 {
        self.tick(now);
        let spent = self.active - self.last_answer;
        self.last_answer = self.active;
        spent
    }

    /// Active seconds in all.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        (self.before + self.active) / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_was_spent_before_and_now() {
        let mut timing = Timing::new(40, 0);
        timing.tick(1_000);
        timing.tick(2_000);
        assert_eq!(timing.seconds(), 42);
    }

    #[test]
    fn an_answer_takes_the_time_since_the_one_before() {
        let mut timing = Timing::new(0, 0);
        timing.tick(1_000);
        assert_eq!(timing.answered(1_400), 1_400);
        timing.tick(2_400);
        assert_eq!(timing.answered(3_000), 1_600);
    }

    #[test]
    fn a_hidden_screen_does_not_count() {
        let mut timing = Timing::new(0, 0);
        timing.set_hidden(true, 1_000);
        timing.tick(2_000);
        timing.set_hidden(false, 600_000);
        timing.tick(601_000);
        assert_eq!(timing.seconds(), 2);
    }

    #[test]
    fn sleep_without_notice_counts_as_one_tick_and_a_clock_set_back_as_none() {
        let mut timing = Timing::new(0, 0);
        timing.tick(500_000);
        assert_eq!(timing.seconds(), 1);
        timing.tick(400_000);
        timing.tick(401_000);
        assert_eq!(timing.seconds(), 2);
    }
}
