//! An evidence pack: gathered from this device's own store, its lines placed in their chains with
//! what the server knows, and remembered with its fingerprint when it was handed out.
//!
//! Invariant: a pack holds only what this person may read; what the server says of a line is
//! believed only where the line on this device fits it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rusqlite::ToSql;
use uuid::Uuid;

use super::api::{
    Failure, FailureCode, FollowUpFilter, PackExported, PackLine, PackPlace, PackRow, PackScope,
    PackStandard, PackView, Page, RecordRow, Reply,
};
use super::core::{Engine, Open};
use super::pairing::{post, read_json};
use crate::practice::follow::{About, Class, FollowUp, Origin};
use crate::practice::rights::Role;
use crate::record::Line;
use crate::sync::wire::{MAX_PROOFS, Proof, ProofRequest, Proofs};

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
        if open.role()? == Role::Staff {
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
        let site = match &what.scope {
            PackScope::Site { site } => Some(*site),
            PackScope::Theme { site, .. } => *site,
            PackScope::FollowUp { id } => open.store.follow_up(*id)?.and_then(|follow| follow.site),
            PackScope::Person { person } => {
                let own = open.sites()?;
                let theirs = open.store.person(*person)?.map(|row| row.sites).unwrap_or_default();
                theirs.into_iter().map(|site| site.site).find(|site| own.iter().any(|one| one.site == *site))
            }
        };
        if !open.standing()?.may("pack", "exported", site, None) {
            return Err(Failure::not_permitted());
        }
        let id = self.append("pack.exported".to_owned(), site, None, what)?;
        Ok(Reply::Written { id })
    }
}

impl Open {
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
            PackScope::Person { person } => self.store.person(*person)?.map(|row| row.name),
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
        let mut found = Found { from, to, ..Found::default() };
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
        found.governance(self)?;
        let Found { mut records, mut follow_ups, .. } = found;
        if records.len() + follow_ups.len() > MOST as usize {
            return Err(Failure::of(FailureCode::TooMuch, ""));
        }
        records.sort_by_key(|row| (row.happened_at, row.id));
        follow_ups.sort_by_key(|follow| (follow.at, follow.id));
        let mut view = PackView {
            name: self.scope_name(&scope)?,
            scope,
            org: self.store.org_name()?,
            by: self.person,
            at,
            from,
            to,
            standards: self.pack_standards(&records)?,
            lines: Vec::new(),
            names: BTreeMap::new(),
            unasked: None,
            records,
            follow_ups,
        };
        view.lines = self.pack_lines(&view)?;
        view.names = self.pack_names(&view)?;
        Ok(view)
    }

    fn pack_standards(&self, records: &[RecordRow]) -> Result<Vec<PackStandard>, Failure> {
        let used: BTreeSet<(Uuid, u32)> =
            records.iter().map(|row| (row.standard.standard, row.standard.version)).collect();
        let mut standards = Vec::new();
        for (standard, version) in used {
            let reference = crate::practice::standard::StandardRef { standard, version };
            let published = self.store.published(standard)?.into_iter().find(|one| one.0 == version);
            if let (Some(standard), Some((_, published, author))) =
                (self.store.standard(reference)?, published)
            {
                standards.push(PackStandard { standard, published, author });
            }
        }
        Ok(standards)
    }

    fn pack_lines(&self, view: &PackView) -> Result<Vec<PackLine>, Failure> {
        let records = view.records.iter().map(|row| row.id);
        let follow_ups = view.follow_ups.iter().map(|follow| follow.id);
        let standards = view.standards.iter().map(|one| one.standard.standard);
        let about: BTreeSet<Uuid> = records.chain(follow_ups).chain(standards).collect();
        let mut lines = Vec::new();
        for about in about {
            for row in self.store.lines_of(about)? {
                let place = row.own.map(|(replica, seq, before, head, server)| PackPlace {
                    replica,
                    seq,
                    before,
                    head,
                    server,
                });
                lines.push(PackLine { id: row.id, line: row.line, about, place });
            }
        }
        Ok(lines)
    }

    fn pack_names(&self, view: &PackView) -> Result<BTreeMap<Uuid, String>, Failure> {
        let mut people: BTreeSet<Uuid> = BTreeSet::from([view.by]);
        people.extend(view.lines.iter().filter_map(|line| Some(Line::read(&line.line).ok()?.author)));
        people.extend(view.records.iter().filter_map(|row| row.subject));
        people
            .extend(view.follow_ups.iter().flat_map(|follow| [follow.subject, Some(follow.owner)]).flatten());
        if let PackScope::Person { person } = view.scope {
            people.insert(person);
        }
        let mut names = BTreeMap::new();
        for person in people {
            names.insert(person, self.store.person_name(person)?);
        }
        Ok(names)
    }
}

/// What belongs into a pack, each once.
#[derive(Default)]
struct Found {
    from: NaiveDate,
    to: NaiveDate,
    records: Vec<RecordRow>,
    follow_ups: Vec<FollowUp>,
}

impl Found {
    fn records(&mut self, open: &Open, condition: &str, values: &[&dyn ToSql]) -> Result<(), Failure> {
        let beginning = self.from.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let end = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        let end = end.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        // Days are those of the place where it happened; a record keeps how far east of UTC that is.
        let condition = format!(
            "{condition} AND record.happened + record.happened_east * 1000 >= {beginning}
             AND record.happened + record.happened_east * 1000 < {end}"
        );
        for row in open.store.record_rows(&condition, values, MOST + 1)? {
            self.record(row);
        }
        Ok(())
    }

    fn record(&mut self, row: RecordRow) {
        if !self.records.iter().any(|known| known.id == row.id) {
            self.records.push(row);
        }
    }

    fn follow_ups(&mut self, open: &Open, filter: &FollowUpFilter) -> Result<(), Failure> {
        // Days are those of the place where it happened, which is less than a day away from UTC; each is
        // looked at again when it is taken in.
        let begin = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let until = self.to.checked_add_days(Days::new(2)).unwrap_or(self.to);
        let from = self.from.checked_sub_days(Days::new(1)).unwrap_or(self.from);
        let filter = FollowUpFilter {
            under_way: Some((begin(from), begin(until))),
            limit: MOST * 2,
            ..filter.clone()
        };
        let page = open.store.follow_ups_page(&filter)?;
        if page.has_more() {
            return Err(Failure::of(FailureCode::TooMuch, ""));
        }
        for row in page.rows {
            self.follow_up(open, row.follow.id)?;
        }
        Ok(())
    }

    /// Takes it in where it was under way in the period.
    fn follow_up(&mut self, open: &Open, id: Uuid) -> Result<(), Failure> {
        if self.follow_ups.iter().any(|known| known.id == id) {
            return Ok(());
        }
        if let Some(follow) = open.store.follow_up(id)? {
            let began = match &follow.about {
                About::Report(report) => report.happened_at,
                _ => follow.at,
            };
            let ended = follow.ended_at.is_none_or(|ended| ended.date_naive() >= self.from);
            if began.date_naive() <= self.to && ended {
                self.follow_ups.push(follow);
            }
        }
        Ok(())
    }

    /// One thing followed up, what it answers, what was opened from it, and what it is measured by.
    fn around(&mut self, open: &Open, follow: FollowUp) -> Result<(), Failure> {
        let id = follow.id;
        match &follow.about {
            About::Action(body) => {
                for report in &body.reports {
                    self.follow_up(open, *report)?;
                }
            }
            About::Cycle(body) => match &body.origin {
                Origin::Miss { record, .. } => {
                    open.store.record_row(*record)?.into_iter().for_each(|row| self.record(row));
                }
                Origin::Report { report } => self.follow_up(open, *report)?,
                Origin::Action { action } => self.follow_up(open, *action)?,
                Origin::Hand => {}
            },
            _ => {}
        }
        let rows = match &follow.about {
            About::Action(_) => open.store.follow_ups_of_action(id)?,
            About::Report(_) => open.store.follow_ups_naming(id)?,
            _ => Vec::new(),
        };
        for row in rows {
            let from_it = match &row.follow.about {
                About::Cycle(body) => {
                    matches!(body.origin, Origin::Action { action } if action == id)
                        || matches!(body.origin, Origin::Report { report } if report == id)
                }
                About::Restriction(body) => body.action == Some(id),
                About::Action(body) => body.reports.contains(&id),
                _ => false,
            };
            if from_it {
                self.follow_up(open, row.follow.id)?;
            }
        }
        if let Some(standard) = follow.standard() {
            self.records(
                open,
                "record.standard = ?1 AND (?2 IS NULL OR record.site = ?2)
                 AND (?3 IS NULL OR record.subject = ?3)",
                &[&standard, &follow.site, &follow.subject],
            )?;
        }
        if !self.follow_ups.iter().any(|known| known.id == id) {
            self.follow_ups.push(follow);
        }
        Ok(())
    }

    /// The observations that prove something, and those that it was opened from, whenever they were.
    fn what_they_point_to(&mut self, open: &Open) -> Result<(), Failure> {
        let mut wanted = BTreeSet::new();
        for follow in &self.follow_ups {
            wanted.extend(follow.history.iter().filter_map(|entry| entry.step.points_to()));
            if let About::Cycle(body) = &follow.about
                && let Origin::Miss { record, .. } = body.origin
            {
                wanted.insert(record);
            }
        }
        for record in wanted {
            open.store.record_row(record)?.into_iter().for_each(|row| self.record(row));
        }
        Ok(())
    }

    /// The reviews of the period that looked at any of it, or at its months.
    fn governance(&mut self, open: &Open) -> Result<(), Failure> {
        let filter =
            FollowUpFilter { classes: vec![Class::Governance], limit: u32::MAX, ..Default::default() };
        let (from, to) = (self.from.format("%Y-%m").to_string(), self.to.format("%Y-%m").to_string());
        for row in open.store.follow_ups(&filter)? {
            let About::Governance(body) = &row.follow.about else { continue };
            let named = body.about.iter().any(|id| self.follow_ups.iter().any(|known| known.id == *id));
            if named || (from <= body.month && body.month <= to) {
                let follow = open.store.follow_up(row.follow.id)?;
                self.follow_ups.extend(
                    follow.filter(|follow| !self.follow_ups.iter().any(|known| known.id == follow.id)),
                );
            }
        }
        Ok(())
    }
}
