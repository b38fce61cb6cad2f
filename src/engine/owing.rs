//! What is owed, while it is gathered: whatever is left off is counted.
//!
//! Invariant: the total of a kind is the number there is, never the number of rows; nothing is cut before
//! it is known whose it is and how pressing it is.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::{Failure, Owed, OwedKind, OwedTotal, day_end, urgency};
use crate::store::query::Page;

pub(super) struct Owing {
    pub now: DateTime<FixedOffset>,
    /// So many of a kind are asked for, in either part.
    pub each: u32,
    all: Vec<Owed>,
    totals: BTreeMap<(bool, OwedKind), u32>,
}

impl Owing {
    pub(super) fn new(now: DateTime<FixedOffset>, each: u32) -> Owing {
        Owing { now, each, all: Vec::new(), totals: BTreeMap::new() }
    }

    /// When the day is over for whoever asks, in milliseconds since 1970.
    pub(super) fn day_ends(&self) -> i64 {
        day_end(self.now.date_naive(), self.now).map_or(i64::MAX, |at| at.timestamp_millis())
    }

    pub(super) fn all(&self) -> &[Owed] {
        &self.all
    }

    /// One of those of which all are added.
    pub(super) fn add(&mut self, one: Owed) {
        self.count(&one, 1);
        self.all.push(one);
    }

    /// The first of a kind, of which the store has counted all; they are of the same part. A row that
    /// comes to nothing is not counted.
    pub(super) fn add_page<T>(
        &mut self,
        page: Page<T>,
        read: impl Fn(T) -> Result<Option<Owed>, Failure>,
    ) -> Result<(), Failure> {
        let mut total = page.total;
        let from = self.all.len();
        for row in page.rows {
            match read(row)? {
                Some(one) => self.all.push(one),
                None => total = total.saturating_sub(1),
            }
        }
        if let Some(first) = self.all.get(from).cloned() {
            self.count(&first, total);
        }
        Ok(())
    }

    fn count(&mut self, one: &Owed, n: u32) {
        let total = self.totals.entry((one.is_next(self.now), one.kind())).or_default();
        *total = total.saturating_add(n);
    }

    /// The gravest first, of each kind no more than were asked for, and how many there are.
    pub(super) fn finish(mut self) -> (Vec<Owed>, Vec<OwedTotal>) {
        let now = self.now;
        self.all.sort_by_key(|one| urgency(one, now));
        let mut kept: BTreeMap<(bool, OwedKind), u32> = BTreeMap::new();
        let each = self.each;
        self.all.retain(|one| {
            let kept = kept.entry((one.is_next(now), one.kind())).or_default();
            *kept = kept.saturating_add(1);
            *kept <= each
        });
        let totals = self.totals.into_iter().map(|((next, kind), total)| OwedTotal { kind, next, total });
        (self.all, totals.collect())
    }
}
