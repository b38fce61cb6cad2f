//! Where the log may not go on as it is: the device was restored from an old copy, cloned, or signed
//! in again, so that its replica is another's now or other lines stand at its numbers.
//!
//! Invariant: what the server holds is noted, with what it keeps apart, before anything is copied, so
//! that nothing is written twice; and the log goes on in a new replica only when all was compared.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::api::Failure;
use super::core::Open;
use super::syncing::Round;
use crate::store::{Intake, OwnLog, StoreError};
use crate::sync::plan::Outcome;
use crate::sync::wire::{Problem, Quarantined};

impl Open {
    /// This device may not go on with its log there: it is another's now, or other lines stand at its
    /// numbers. Notes what the server holds of it, and goes on in a new one with the rest.
    pub(super) fn part(
        &mut self,
        round: &Round,
        problem: &Problem,
        fresh: Uuid,
        fresh_id: impl FnMut(&DateTime<FixedOffset>) -> Uuid,
    ) -> Result<Outcome, Failure> {
        let (sent_from, sent_until) = (round.log.held.min(round.log.seq), round.tip.0);
        if let Some(at) = problem.at.filter(|at| *at > 0) {
            if at <= sent_from {
                // Numbers that were proven once are other lines there, or none: the server was
                // restored, and something else wrote on. Where they part lies further back.
                self.store.lower_held(&round.log, at - 1)?;
                return Ok(Outcome::Gap);
            }
            // What lies before was compared and is there.
            let held = (at - 1).min(sent_until);
            self.note_held(&round.log, held, problem.quarantined.clone())?;
            if at > sent_until && self.store.own()?.seq > held {
                // All that was sent; there is more to compare before anything is copied.
                return Ok(Outcome::Through { more: true });
            }
        }
        self.go_on_in(fresh, fresh_id)?;
        Ok(Outcome::Forked)
    }

    /// The server holds the log up to `held`, and keeps some of it apart.
    pub(super) fn note_held(
        &mut self,
        log: &OwnLog,
        held: u64,
        mut quarantined: Vec<Quarantined>,
    ) -> Result<(), StoreError> {
        quarantined.retain(|line| line.seq <= held);
        self.store.take_in(log, &Intake { held: Some(held), quarantined, ..Intake::default() })?;
        Ok(())
    }

    /// Goes on in a new replica: the one that the device was enrolled with, where that is unused.
    pub(super) fn go_on_in(
        &mut self,
        fresh: Uuid,
        fresh_id: impl FnMut(&DateTime<FixedOffset>) -> Uuid,
    ) -> Result<(), StoreError> {
        // It may stand for numbers of the log that is left.
        self.syncing.ahead.take();
        let enrolled = self.store.meta("replica")?.and_then(|replica| replica.parse().ok());
        let replica = match enrolled {
            Some(enrolled) if !self.store.knows_replica(enrolled)? => enrolled,
            _ => fresh,
        };
        self.store.fork(replica, fresh_id)
    }
}
