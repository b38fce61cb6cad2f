//! An evidence pack: gathered from this device's own store, its lines placed in their chains with
//! what the server knows, and remembered with its fingerprint when it was handed out.
//!
//! [`found`] says what belongs into it, [`view`] what is told of that.
//!
//! Invariant: a pack holds only what this person may read; what the server says of a line is
//! believed only where the line on this device fits it.

mod found;
mod view;

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::api::{
    Failure, FailureCode, FollowUpFilter, PackExported, PackPlace, PackRow, PackScope, PackView, Page, Reply,
};
use super::core::{Engine, Open};
use super::pairing::{post, read_json};
use crate::sync::wire::{MAX_PROOFS, Proof, ProofRequest, Proofs};
use found::Found;

/// So many observations and follow-ups go into one pack. More is not read by anybody, and the file
/// would not open on a phone.
const MOST: u32 = 1_000;

/// Gathers a pack. Without signal it is made all the same, and says which lines only this device
/// vouches for.
pub(super) async fn make(
    engine: &RefCell<Engine>,
    scope: PackScope,
    from: NaiveDate,
    to: NaiveDate,
) -> Reply {
    Reply::from(try_make(engine, scope, from, to).await.map(|view| Reply::Pack(Box::new(view))))
}

async fn try_make(
    engine: &RefCell<Engine>,
    scope: PackScope,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<PackView, Failure> {
    let (mut view, profile) = {
        let engine = engine.borrow();
        let open = engine.opened_ref()?;
        // What could not be handed out in the end is not gathered first.
        if !open.may_hand_out(&scope)? {
            return Err(Failure::not_permitted());
        }
        if from > to {
            return Err(Failure::of(FailureCode::Invalid, "to"));
        }
        let at = engine.host.now();
        (open.gather(scope, from, to, at)?, open.profile)
    };
    let mut asked: Vec<Uuid> =
        view.lines.iter().filter(|line| line.place.is_none()).map(|line| line.id).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut proofs = BTreeMap::new();
    for some in asked.chunks(MAX_PROOFS) {
        match ask(engine, profile, some).await {
            Ok(found) => proofs.extend(found.into_iter().map(|proof| (proof.id, proof))),
            Err(failure) if failure.code == FailureCode::Locked => return Err(failure),
            Err(failure) => {
                view.unasked = Some(failure.code);
                break;
            }
        }
    }
    for line in &mut view.lines {
        let told = proofs.get(&line.id).map(|proof: &Proof| PackPlace {
            replica: proof.replica,
            seq: proof.seq,
            before: proof.before,
            head: proof.head,
            server: true,
        });
        line.place = line.place.or(told).filter(|place| place.holds(&line.line));
    }
    view.lines.sort_by_key(|line| (line.place.map(|place| (place.replica, place.seq)), line.id));
    Ok(view)
}

/// What the server knows of the chains of these lines.
async fn ask(engine: &RefCell<Engine>, profile: Uuid, events: &[Uuid]) -> Result<Vec<Proof>, Failure> {
    let request = {
        let engine = engine.borrow();
        let open = engine.opened_ref()?;
        if open.profile != profile {
            return Err(Failure::of(FailureCode::Locked, "another profile was opened"));
        }
        let body = serde_json::to_vec(&ProofRequest { events: events.to_vec() })?;
        engine.host.http(post(format!("{}/v1/proofs", open.server), Some(open.token.clone()), body))
    };
    let answer: Proofs = read_json(request.await?).await?;
    Ok(answer.proofs)
}

impl Engine {
    /// Remembers that a pack was handed out.
    pub(super) fn pack_exported(&mut self, what: &PackExported) -> Result<Reply, Failure> {
        let open = self.opened_ref()?;
        if !open.may_hand_out(&what.scope)? {
            return Err(Failure::not_permitted());
        }
        let site = open.pack_site(&what.scope)?;
        let id = self.append("pack.exported".to_owned(), site, None, what)?;
        Ok(Reply::Written { id })
    }
}

impl Open {
    /// The site that a pack is of; none where it is of all.
    fn pack_site(&self, scope: &PackScope) -> Result<Option<Uuid>, Failure> {
        Ok(match scope {
            PackScope::Site { site } => Some(*site),
            PackScope::Theme { site, .. } => *site,
            PackScope::FollowUp { id } => self.store.follow_up(*id)?.and_then(|follow| follow.site),
            PackScope::Person { person } => {
                let own = self.sites()?;
                let theirs = self.store.person(*person)?.map(|row| row.sites).unwrap_or_default();
                theirs.into_iter().map(|site| site.site).find(|site| own.iter().any(|one| one.site == *site))
            }
        })
    }

    fn may_hand_out(&self, scope: &PackScope) -> Result<bool, Failure> {
        Ok(self.standing()?.may("pack", "exported", self.pack_site(scope)?, None))
    }

    /// Those whose body this version reads.
    pub(super) fn pack_rows(&self) -> Result<Page<PackRow>, Failure> {
        let packs = self.store.packs()?;
        let mut page = Page { rows: Vec::new(), total: packs.total };
        for entry in packs.rows {
            match serde_json::from_str::<PackExported>(&entry.body) {
                Ok(what) => {
                    let name = self.scope_name(&what.scope)?;
                    page.rows.push(PackRow { at: entry.at, author_name: entry.author_name, name, what });
                }
                Err(_) => page.total = page.total.saturating_sub(1),
            }
        }
        Ok(page)
    }

    /// A person's name, a site's, a competency's code, a title; empty where it is not known here.
    fn scope_name(&self, scope: &PackScope) -> Result<String, Failure> {
        Ok(match scope {
            PackScope::Person { person } => Some(self.store.person_name(*person)?),
            PackScope::Site { site } => Some(self.store.site_name(*site)?),
            PackScope::Theme { competency, .. } => Some(competency.clone()),
            PackScope::FollowUp { id } => self.store.follow_up(*id)?.map(|follow| follow.title().to_owned()),
        }
        .unwrap_or_default())
    }

    fn gather(
        &self,
        scope: PackScope,
        from: NaiveDate,
        to: NaiveDate,
        at: chrono::DateTime<chrono::FixedOffset>,
    ) -> Result<PackView, Failure> {
        let mut found = Found::of(from, to);
        match &scope {
            PackScope::Person { person } => {
                self.store.person(*person)?.ok_or_else(Failure::not_found)?;
                found.records(self, "record.subject = ?1", &[person])?;
                found.follow_ups(self, &FollowUpFilter { subject: Some(*person), ..Default::default() })?;
            }
            PackScope::Site { site } => {
                found.records(self, "record.site = ?1", &[site])?;
                found.follow_ups(self, &FollowUpFilter { site: Some(*site), ..Default::default() })?;
            }
            PackScope::Theme { competency, site } => {
                found.records(
                    self,
                    "record.standard IN (SELECT standard FROM standard WHERE competency = ?1)
                     AND (?2 IS NULL OR record.site = ?2)",
                    &[competency, site],
                )?;
                let filter =
                    FollowUpFilter { competency: competency.clone(), site: *site, ..Default::default() };
                found.follow_ups(self, &filter)?;
            }
            PackScope::FollowUp { id } => {
                let follow = self.store.follow_up(*id)?.ok_or_else(Failure::not_found)?;
                found.around(self, follow)?;
            }
        }
        found.what_they_point_to(self)?;
        found.governance(self, &scope)?;
        let Found { mut records, mut follow_ups, elsewhere, .. } = found;
        if records.len() + follow_ups.len() > MOST as usize {
            return Err(Failure::of(FailureCode::TooMuch, ""));
        }
        records.sort_by_key(|row| (row.happened_at, row.id));
        follow_ups.sort_by_key(|follow| (follow.at, follow.id));
        let mut view = PackView {
            name: self.scope_name(&scope)?,
            place: match &scope {
                PackScope::Theme { site: Some(site), .. } => self.store.site_name(*site)?,
                _ => String::new(),
            },
            standards: self.pack_standards(&scope, (&records, &follow_ups), (from, to))?,
            scope,
            org: self.store.org_name()?,
            by: self.person,
            at,
            from,
            to,
            lines: Vec::new(),
            names: BTreeMap::new(),
            shown: BTreeMap::new(),
            unasked: None,
            coached: self.pack_coached(&records)?,
            unseen: self.store.unseen_in(&records)?,
            reviewed: self.pack_reviewed(&records)?,
            chains: self.pack_chains(&follow_ups, at)?,
            holds: self.pack_holds(&follow_ups, at)?,
            elsewhere,
            records,
            follow_ups,
        };
        view.lines = self.pack_lines(&view)?;
        (view.names, view.shown) = self.pack_names()?;
        Ok(view)
    }
}
