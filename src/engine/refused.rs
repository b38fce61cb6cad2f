//! What others tried to change and may not: told to whoever leads there.
//!
//! Invariant: it is on Today for as long as [`TOLD_FOR`] and on the thing's own page for good.

use chrono::TimeDelta;

use super::api::{Failure, Owed, RefusedOf};
use super::core::{Open, Standing};
use super::owing::Owing;

/// So long after the server took it in, Today tells of it.
const TOLD_FOR: TimeDelta = TimeDelta::days(30);

impl Open {
    /// Things that somebody tried to change who may not, at the sites that this person leads.
    pub(super) fn owe_refused(&self, owing: &mut Owing, standing: &Standing) -> Result<(), Failure> {
        let Some(since) = owing.now.checked_sub_signed(TOLD_FOR) else { return Ok(()) };
        for refused in self.store.refused_since(since)? {
            let Some(of) = self.refused_of(refused.thing)? else { continue };
            if standing.leads(of.site()) {
                owing.add(Owed::Refused { of, n: refused.count, by: refused.author_name, at: refused.at });
            }
        }
        Ok(())
    }

    fn refused_of(&self, thing: uuid::Uuid) -> Result<Option<RefusedOf>, Failure> {
        if let Some(row) = self.store.record_row(thing)? {
            return Ok(Some(RefusedOf::Record(row)));
        }
        if let Some(row) = self.store.follow_up_rows("follow_up.id = ?1", &[&thing])?.pop() {
            return Ok(Some(RefusedOf::FollowUp(row)));
        }
        Ok(self.store.task(thing)?.map(RefusedOf::Task))
    }
}
