//! The 24 hours within which a scenario or a note is answered (C4).

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::record::time;

/// When the review is due: 24 hours from when what stands now was written, so a rework starts anew.
#[must_use]
pub fn due(written: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    time::after(written, TimeDelta::hours(24))
}
