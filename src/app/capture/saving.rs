//! When a draft is saved, and what the screen may say about it.
//!
//! Invariant: at most one save is under way, each save carries the whole draft as it stands when
//! it is sent, and "saved at" is only what the engine answered for a save that held every change
//! made up to then. A failed save stays owed until one succeeds.

use chrono::{DateTime, FixedOffset};

use crate::engine::api::{Failure, FailureCode};

/// Typing is gathered this long before it is sent, in milliseconds.
pub const GATHER_MS: u32 = 300;
/// The longest pause between two tries after a failure, in milliseconds.
const LONGEST_PAUSE_MS: u32 = 15_000;

/// How far the changes of one draft have got. Pure: the screen sends and reports back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Counts changes.
    changed: u64,
    /// The change up to which the save under way reaches.
    under_way: Option<u64>,
    /// The change up to which everything is durable.
    durable: u64,
    saved_at: Option<DateTime<FixedOffset>>,
    trouble: Option<FailureCode>,
    failures: u32,
    /// Finished or discarded: nothing may be written any more.
    closed: bool,
}

/// What follows after a save was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Everything is durable.
    Rest,
    /// Changes came in while it was under way: save again now.
    Now,
    /// It failed: try again after so many milliseconds.
    After(u32),
    /// Trying the same again cannot help until somebody acts (locked, for one).
    Stop,
}

/// What stands beside the button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing was changed on this screen yet.
    Nothing,
    /// Something is not durable yet.
    Saving,
    /// All of it is durable since then.
    Saved(DateTime<FixedOffset>),
    Trouble(FailureCode),
}

impl Saving {
    /// Something in the draft changed.
    pub fn change(&mut self) {
        self.changed += 1;
    }

    /// Whether something is not durable yet.
    #[must_use]
    pub fn owes(&self) -> bool {
        !self.closed && self.changed > self.durable
    }

    /// Takes the right to send a save now; false where one is under way or nothing is owed.
    pub fn begin(&mut self) -> bool {
        if self.under_way.is_some() || !self.owes() {
            return false;
        }
        self.under_way = Some(self.changed);
        true
    }

    /// The save under way is durable.
    pub fn saved(&mut self, at: DateTime<FixedOffset>) -> Next {
        if let Some(reached) = self.under_way.take() {
            self.durable = self.durable.max(reached);
        }
        self.saved_at = Some(at);
        self.trouble = None;
        self.failures = 0;
        if self.owes() { Next::Now } else { Next::Rest }
    }

    /// The save under way did not succeed; its changes are still owed.
    pub fn failed(&mut self, failure: &Failure) -> Next {
        self.under_way = None;
        self.trouble = Some(failure.code);
        self.failures = self.failures.saturating_add(1);
        if failure.code == FailureCode::Locked { Next::Stop } else { Next::After(self.pause()) }
    }

    /// Longer after each failure, so that a full disk does not eat the battery.
    fn pause(&self) -> u32 {
        let doublings = self.failures.saturating_sub(1).min(5);
        (1_000_u32 << doublings).min(LONGEST_PAUSE_MS)
    }

    /// Finished or discarded: no late save may bring the draft back.
    pub fn close(&mut self) {
        self.closed = true;
    }

    #[must_use]
    pub fn shown(&self) -> Shown {
        match (self.trouble, self.owes(), self.saved_at) {
            (Some(code), true, _) => Shown::Trouble(code),
            (None, true, _) => Shown::Saving,
            (_, false, Some(at)) => Shown::Saved(at),
            (_, false, None) => Shown::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: u32) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("2026-11-22T07:43:{second:02}+00:00")).unwrap()
    }

    fn full() -> Failure {
        Failure { code: FailureCode::DiskFull, detail: String::new(), again: true }
    }

    #[test]
    fn says_saved_only_when_every_change_is_durable() {
        let mut saving = Saving::default();
        assert_eq!(saving.shown(), Shown::Nothing);
        saving.change();
        assert!(saving.begin());
        saving.change();
        assert_eq!(saving.saved(at(10)), Next::Now);
        assert_eq!(saving.shown(), Shown::Saving, "a change came in after the save was sent");
        assert!(saving.begin());
        assert_eq!(saving.saved(at(11)), Next::Rest);
        assert_eq!(saving.shown(), Shown::Saved(at(11)));
    }

    #[test]
    fn never_two_at_a_time() {
        let mut saving = Saving::default();
        assert!(!saving.begin(), "nothing is owed");
        saving.change();
        assert!(saving.begin());
        saving.change();
        assert!(!saving.begin());
    }

    #[test]
    fn a_failure_keeps_the_changes_owed_and_waits_longer_each_time() {
        let mut saving = Saving::default();
        saving.change();
        let mut pauses = Vec::new();
        for _ in 0..7 {
            assert!(saving.begin());
            let Next::After(pause) = saving.failed(&full()) else { panic!("tries again") };
            pauses.push(pause);
            assert_eq!(saving.shown(), Shown::Trouble(FailureCode::DiskFull));
        }
        assert_eq!(pauses, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
        assert!(saving.begin());
        assert_eq!(saving.saved(at(12)), Next::Rest);
        assert_eq!(saving.shown(), Shown::Saved(at(12)));
    }

    #[test]
    fn a_locked_profile_is_not_asked_again() {
        let mut saving = Saving::default();
        saving.change();
        assert!(saving.begin());
        let locked = Failure { code: FailureCode::Locked, detail: String::new(), again: false };
        assert_eq!(saving.failed(&locked), Next::Stop);
        assert!(saving.owes());
    }

    #[test]
    fn nothing_is_written_after_finishing() {
        let mut saving = Saving::default();
        saving.change();
        saving.close();
        assert!(!saving.owes());
        assert!(!saving.begin());
    }
}
