//! What a pack tells of what belongs into it: the versions of standards, what was coached, the dated
//! chain of each action, whether what was closed holds, the lines and the names.
//!
//! Invariant: it says the same as the pages that show these, because it asks the same functions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use uuid::Uuid;

use crate::engine::api::{
    ChainView, Failure, HoldRow, PackCoached, PackLine, PackPlace, PackReviewed, PackScope, PackStandard,
    PackView, RecordRow,
};
use crate::engine::core::Open;
use crate::practice::follow::{Class, FollowUp, State};
use crate::practice::record;
use crate::practice::rights::NotCounted;
use crate::practice::settings::ShiftBook;
use crate::practice::standard::StandardRef;
use crate::store::query::VersionInForce;

/// By person.
type Names = BTreeMap<Uuid, String>;

impl Open {
    /// The versions that observations were made by, and those in force between two days, both counted: of
    /// the standards of these observations and follow-ups, and of a theme all that it has.
    pub(super) fn pack_standards(
        &self,
        scope: &PackScope,
        found: (&[RecordRow], &[FollowUp]),
        (from, to): (NaiveDate, NaiveDate),
    ) -> Result<Vec<PackStandard>, Failure> {
        let (records, follow_ups) = found;
        let used: BTreeSet<(Uuid, u32)> =
            records.iter().map(|row| (row.standard.standard, row.standard.version)).collect();
        let mut about: BTreeSet<Uuid> = used.iter().map(|(standard, _)| *standard).collect();
        about.extend(follow_ups.iter().filter_map(FollowUp::standard));
        if let PackScope::Theme { competency, .. } = scope {
            about.extend(self.store.standards_of(competency)?);
        }
        let mut standards = Vec::new();
        for standard in about {
            for stretch in self.store.in_force(standard)? {
                let version = stretch.version;
                let ended = |until: DateTime<FixedOffset>| until.date_naive() < from;
                let in_period = stretch.since.date_naive() <= to && !stretch.until.is_some_and(ended);
                if !in_period && !used.contains(&(standard, version)) {
                    continue;
                }
                if let Some(standard) = self.store.standard(StandardRef { standard, version })? {
                    let VersionInForce { since: published, author, until, retired, .. } = stretch;
                    standards.push(PackStandard { standard, published, author, until, retired });
                }
            }
        }
        Ok(standards)
    }

    pub(super) fn pack_lines(&self, view: &PackView) -> Result<Vec<PackLine>, Failure> {
        let records = view.records.iter().map(|row| row.id);
        let follow_ups = view.follow_ups.iter().map(|follow| follow.id);
        let standards = view.standards.iter().map(|one| one.standard.standard);
        let about: BTreeSet<Uuid> = records.chain(follow_ups).chain(standards).collect();
        let mut lines = Vec::new();
        for about in about {
            let refused: BTreeMap<Uuid, NotCounted> =
                self.store.refused_for(about)?.into_iter().map(|row| (row.event, row.why)).collect();
            for row in self.store.lines_of(about)? {
                let place = row.own.map(|(replica, seq, before, head, server)| PackPlace {
                    replica,
                    seq,
                    before,
                    head,
                    server,
                });
                let refused = refused.get(&row.id).copied();
                lines.push(PackLine { id: row.id, line: row.line, about, place, refused });
            }
        }
        Ok(lines)
    }

    /// The names of all people that this device knows, and those that are shown with what tells them apart:
    /// a text of a pack can name anybody, and without names nobody may stand in it.
    pub(super) fn pack_names(&self) -> Result<(Names, Names), Failure> {
        let (mut names, mut told_apart) = (BTreeMap::new(), BTreeMap::new());
        for row in self.store.people(None)? {
            if row.shown != row.name {
                told_apart.insert(row.person, row.shown);
            }
            names.insert(row.person, row.name);
        }
        Ok((names, told_apart))
    }

    /// What was said about each observation in which something was missed: by whoever saw it, and by
    /// whoever reviewed it.
    pub(super) fn pack_coached(
        &self,
        records: &[RecordRow],
    ) -> Result<BTreeMap<Uuid, Vec<PackCoached>>, Failure> {
        let mut coached = BTreeMap::new();
        for row in records {
            // Only what was missed is coached, and only notes and written cases are reviewed.
            if row.state == record::State::Withdrawn {
                continue;
            }
            if row.verdict.missed.is_empty()
                && !matches!(row.met(), Some(false))
                && row.verdict.passed.is_some()
            {
                continue;
            }
            let Some(record) = self.store.record(row.id)? else { continue };
            let said = record.content.coaching.iter().filter(|one| !one.said.trim().is_empty());
            let mut all: Vec<PackCoached> =
                said.map(|one| PackCoached { item: one.item.clone(), said: one.said.clone() }).collect();
            let feedback = record.review().filter(|entry| !entry.text.trim().is_empty());
            all.extend(feedback.map(|entry| PackCoached { item: String::new(), said: entry.text.clone() }));
            if !all.is_empty() {
                coached.insert(row.id, all);
            }
        }
        Ok(coached)
    }

    /// Who reviewed what somebody wrote, as it stands.
    pub(super) fn pack_reviewed(
        &self,
        records: &[RecordRow],
    ) -> Result<BTreeMap<Uuid, PackReviewed>, Failure> {
        let mut reviewed = BTreeMap::new();
        for row in records.iter().filter(|row| row.class.is_reviewed()) {
            let Some(record) = self.store.record(row.id)? else { continue };
            if let Some(entry) = record.review() {
                reviewed.insert(row.id, PackReviewed { by: entry.author, at: entry.at });
            }
        }
        Ok(reviewed)
    }

    /// The dated chain of each corrective action: what it answered, what was done, who was
    /// re-validated, whether it happened again.
    pub(super) fn pack_chains(
        &self,
        follow_ups: &[FollowUp],
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<ChainView>, Failure> {
        let actions = follow_ups.iter().filter(|follow| follow.class == Class::Action);
        actions.map(|follow| self.chain_view(follow.id, now)).collect()
    }

    /// Whether what was closed holds, by the re-checks since.
    pub(super) fn pack_holds(
        &self,
        follow_ups: &[FollowUp],
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<HoldRow>, Failure> {
        let changes = self.store.setting_changes()?;
        let shifts = ShiftBook::of(&changes);
        let mut holds = Vec::new();
        let closed = |follow: &&FollowUp| follow.class == Class::Cycle && follow.state == State::Closed;
        for follow in follow_ups.iter().filter(closed) {
            for row in self.store.follow_up_rows("follow_up.id = ?1", &[&follow.id])? {
                holds.extend(self.hold_row(&row, &changes, &shifts, now)?);
            }
        }
        Ok(holds)
    }
}
