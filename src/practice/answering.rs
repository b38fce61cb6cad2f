//! The 24 hours within which a note or scenario note is answered (DOMAIN C4).

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::record::Record;
use crate::record::time;

impl Record {
    /// When what stands now was written.
    #[must_use]
    pub fn written_at(&self) -> DateTime<FixedOffset> {
        let newest = self.history.iter().rev().find(|entry| entry.content.is_some());
        newest.map_or(self.at, |entry| entry.at)
    }

    /// When it is to be answered: 24 hours from when what stands now was written, so that a rework
    /// starts anew.
    #[must_use]
    pub fn review_due(&self) -> DateTime<FixedOffset> {
        time::after(self.written_at(), TimeDelta::hours(24))
    }
}
