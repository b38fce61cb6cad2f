//! The dated chain of a corrective action: what it answered, what was done, who was seen to meet the
//! standard again, whether it happened again since (DOMAIN A3).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use uuid::Uuid;

use super::pattern::action_of;
use super::{Answered, ChainView, Link, LinkKind, LinkTo, RetrainView};
use crate::engine::api::{Failure, FollowUpRow, RecordRow};
use crate::engine::core::Open;
use crate::insight::pattern::{Recurrence, USUAL_DAYS, recurrence};
use crate::practice::follow::{About, ActionOpened, Class, State};
use crate::practice::standard::Class as StandardClass;
use crate::record::time;
use crate::sync::wire::Role;

/// When practice was last seen to meet the standard, and whether by all that was asked.
type Revalidated = (DateTime<FixedOffset>, bool);

/// An action with its chain, and what the chain was made of.
pub(super) struct Followed {
    pub answered: Answered,
    recurrence: Option<Recurrence>,
    /// The cycles that were opened from it, and the restrictions that were placed with it.
    cycles: Vec<FollowUpRow>,
    restrictions: Vec<FollowUpRow>,
    people: People,
}

/// Everybody of whom an action asks that they are re-validated, with when the last of theirs closed with its
/// evidence and what that was; else what of theirs holds it open.
type People = BTreeMap<Uuid, Result<(DateTime<FixedOffset>, Uuid), Uuid>>;

/// Whoever left before they showed it holds nothing open and closed nothing, and is none of them.
fn people<'a>(all: impl Iterator<Item = &'a FollowUpRow>, holding: &[FollowUpRow]) -> People {
    let mut people = People::new();
    for follow in all.map(|row| &row.follow).filter(|follow| follow.state == State::Closed) {
        if let Some((person, at)) = follow.subject.zip(follow.ended_at) {
            let newest = Ok((at, follow.id));
            people.entry(person).and_modify(|known| *known = newest.max(*known)).or_insert(newest);
        }
    }
    people.extend(holding.iter().filter_map(|row| Some((row.follow.subject?, Err(row.follow.id)))));
    people
}

impl Open {
    pub(in crate::engine) fn chain_view(
        &self,
        action: Uuid,
        now: DateTime<FixedOffset>,
    ) -> Result<ChainView, Failure> {
        let row = self.action_row(action)?;
        let body = action_of(&row).ok_or_else(Failure::not_found)?.clone();
        let training_alone = body.kind.misses(body.gap) && !self.answered_otherwise(&row, &body)?;
        let Followed { answered, recurrence, cycles, restrictions, people } = self.followed(row, now)?;
        let again = self.rows_of(recurrence.iter().flat_map(|found| &found.again))?;
        let mut reports = self.rows_of(&body.reports)?;
        reports.sort_by_key(|row| (row.follow.at, row.follow.id));
        let shown = self.rows_of(people.values().filter_map(|one| one.as_ref().ok().map(|(_, id)| id)))?;
        let not_shown = self.rows_of(people.values().filter_map(|one| one.as_ref().err()))?;
        let mut proof: Vec<RecordRow> = Vec::new();
        if people.is_empty() {
            for record in &answered.action.follow.proof.records {
                proof.extend(self.store.record_row(*record)?);
            }
            // A reviewed note is evidence, and none of the validations that the link counts where it does.
            if answered.action.follow.asked().validations > 0 {
                proof.retain(|row| !matches!(row.class, StandardClass::Note | StandardClass::Scenario));
            }
        }
        Ok(ChainView {
            answered,
            recurrence,
            again,
            reports,
            shown,
            not_shown,
            proof,
            cycles,
            restrictions,
            training_alone,
        })
    }

    fn rows_of<'a>(&self, ids: impl IntoIterator<Item = &'a Uuid>) -> Result<Vec<FollowUpRow>, Failure> {
        let mut rows = Vec::new();
        for id in ids {
            rows.extend(self.store.follow_up_rows("follow_up.id = ?1", &[id])?);
        }
        Ok(rows)
    }

    fn action_row(&self, action: Uuid) -> Result<FollowUpRow, Failure> {
        let rows =
            self.store.follow_up_rows("follow_up.id = ?1 AND follow_up.class = 'action'", &[&action])?;
        rows.into_iter().next().ok_or_else(Failure::not_found)
    }

    /// What came of an action, and the chain that tells it.
    pub(super) fn followed(&self, row: FollowUpRow, now: DateTime<FixedOffset>) -> Result<Followed, Failure> {
        let action = action_of(&row).ok_or_else(Failure::not_found)?;
        let belongs = self.store.follow_ups_of_action(row.follow.id)?;
        let (cycles, restrictions): (Vec<FollowUpRow>, Vec<FollowUpRow>) =
            belongs.into_iter().partition(|one| one.follow.class == Class::Cycle);
        let holding = self.store.holding_open(row.follow.id, row.follow.site)?;
        let people = people(cycles.iter().chain(&restrictions), &holding);
        let revalidated = self.revalidated(&row, &people)?;
        let seen = revalidated.filter(|(_, whole)| *whole).map(|(at, _)| at).or(row.follow.ended_at);
        // What nobody carried out yet cannot have kept anything from happening.
        let since = seen.zip(row.follow.carried_out_at).map(|(seen, done)| seen.max(done));
        let recurrence = since.map(|since| self.recurrence_of(&row, action, since, now)).transpose()?;
        let links = self.links(&row, action, cycles.len(), &people, revalidated, recurrence.as_ref())?;
        Ok(Followed { answered: Answered { action: row, links }, recurrence, cycles, restrictions, people })
    }

    /// When practice was last seen to meet the standard, and whether by all that was asked: by everybody who
    /// was retrained or restricted, else by the action's own evidence.
    fn revalidated(&self, row: &FollowUpRow, people: &People) -> Result<Option<Revalidated>, Failure> {
        let held = people.values().flatten();
        if let Some((at, _)) = held.max() {
            return Ok(Some((*at, people.values().all(Result::is_ok))));
        }
        // Whoever else was observed, none of those whom it retrained has met it yet.
        if !people.is_empty() {
            return Ok(None);
        }
        let Some(record) = row.follow.proof.records.last() else { return Ok(None) };
        let whole = row.follow.wanting().is_none();
        let seen = self.store.record_row(*record)?;
        Ok(seen.map(|seen| (seen.happened_at, whole)))
    }

    fn recurrence_of(
        &self,
        row: &FollowUpRow,
        action: &ActionOpened,
        since: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
    ) -> Result<Recurrence, Failure> {
        let mut first = row.follow.at;
        for report in &action.reports {
            for seen in self.store.follow_up_rows("follow_up.id = ?1", &[report])? {
                if let About::Report(report) = &seen.follow.about {
                    first = first.min(report.happened_at);
                }
            }
        }
        let similar = self.similar(row, time::before(first, TimeDelta::days(USUAL_DAYS)))?;
        let begun = similar.iter().map(|sighting| sighting.at).chain(self.store.first_happened()?).min();
        let similar: Vec<(Uuid, DateTime<FixedOffset>)> =
            similar.iter().map(|sighting| (sighting.id, sighting.at)).collect();
        Ok(recurrence(&similar, begun.unwrap_or(first), first, since, action.watch_days, now))
    }

    fn links(
        &self,
        row: &FollowUpRow,
        action: &ActionOpened,
        cycles: usize,
        people: &People,
        revalidated: Option<Revalidated>,
        recurrence: Option<&Recurrence>,
    ) -> Result<Vec<Link>, Failure> {
        let follow = &row.follow;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut last: Option<NaiveDate> = None;
        for report in &action.reports {
            for row in self.store.follow_up_rows("follow_up.id = ?1", &[report])? {
                if let About::Report(report) = &row.follow.about {
                    last = last.max(Some(report.happened_at.date_naive()));
                }
            }
        }
        let (n, of) = if people.is_empty() {
            (follow.proof.has.validations, follow.asked().validations)
        } else {
            (count(people.values().flatten().count()), count(people.len()))
        };
        let day = |at: DateTime<FixedOffset>| at.date_naive();
        Ok(vec![
            Link {
                what: LinkKind::Pattern,
                on: last,
                n: count(action.reports.len()),
                of: 0,
                to: (!action.reports.is_empty()).then_some(LinkTo::Counted),
            },
            Link {
                what: LinkKind::Opened,
                on: Some(day(follow.at)),
                n: count(cycles),
                of: 0,
                to: Some(LinkTo::FollowUp(follow.id)),
            },
            Link {
                // Closing it says no day on which it was carried out.
                what: if follow.state == State::Stopped {
                    LinkKind::NotCarriedOut
                } else if follow.carried_out_at == follow.ended_at && follow.ended_at.is_some() {
                    LinkKind::Closed
                } else {
                    LinkKind::CarriedOut
                },
                on: follow.carried_out_at.or(follow.ended_at).map(day),
                n: follow.revalidation.not_met,
                of: follow.revalidation.of,
                to: Some(LinkTo::FollowUp(follow.id)),
            },
            Link {
                what: LinkKind::Revalidated,
                on: revalidated.map(|(at, _)| day(at)),
                n,
                of,
                // Nobody yet, of those who have to be, is an answer too: the page says who.
                to: (n > 0 || !people.is_empty() || (of == 0 && revalidated.is_some()))
                    .then_some(LinkTo::Counted),
            },
            Link {
                what: LinkKind::Recurrence,
                on: recurrence.map(|found| day(found.since)),
                n: recurrence.map_or(0, |found| found.after),
                of: recurrence.map_or(0, |found| found.days),
                to: recurrence.filter(|found| found.after > 0).map(|_| LinkTo::Counted),
            },
        ])
    }

    /// Whether some other action answers one of the same reports by more than training.
    fn answered_otherwise(&self, row: &FollowUpRow, action: &ActionOpened) -> Result<bool, Failure> {
        Ok(self.actions()?.iter().filter(|other| other.follow.id != row.follow.id).filter_map(action_of).any(
            |other| {
                !other.kind.misses(action.gap)
                    && other.reports.iter().any(|report| action.reports.contains(report))
            },
        ))
    }

    pub(super) fn retrain_view(&self, action: Uuid) -> Result<RetrainView, Failure> {
        let row = self.action_row(action)?;
        let body = action_of(&row).ok_or_else(Failure::not_found)?;
        let mut sites: BTreeSet<Uuid> = row.follow.site.into_iter().collect();
        let mut concerned = Vec::new();
        for report in &body.reports {
            for seen in self.store.follow_up_rows("follow_up.id = ?1", &[report])? {
                concerned.extend(seen.follow.subject);
                if row.follow.site.is_none() {
                    sites.extend(seen.follow.site);
                }
            }
        }
        let mut already = self.store.follow_ups_of_action(row.follow.id)?;
        already.retain(|one| one.follow.class == Class::Cycle && one.follow.state != State::Stopped);
        let standing = self.standing()?;
        let mut people = self.store.people(None)?;
        people.retain(|person| {
            person.active
                && person.role == Role::Staff
                && already.iter().all(|cycle| cycle.follow.subject != Some(person.person))
                && person.sites.iter().any(|site| {
                    (sites.is_empty() || sites.contains(&site.site))
                        && standing.may("cycle", "opened", Some(site.site), Some(person.person))
                })
        });
        let standard = match body.standard {
            Some(id) => self
                .store
                .standards()?
                .into_iter()
                .find(|known| known.standard.standard == id)
                .map(|known| known.title),
            None => None,
        };
        concerned.retain(|person| people.iter().any(|known| known.person == *person));
        Ok(RetrainView { standard, people, concerned, action: row })
    }
}
