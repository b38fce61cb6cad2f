//! From the set of events about one thing to what it comes to.
//!
//! Invariant: [`fold`] depends on the set of events and on what `seen` says, on nothing else. The
//! later of two extensions stands, the newer classification that no other builds on, the stricter
//! of two ends; none is chosen by when it arrived.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::evidence::{Wanted, weigh};
use super::reported::{self, Report};
use super::{
    ActionOpened, AssessmentSubmitted, Class, CycleOpened, CycleOutcome, CycleSession, Evidence, Focus,
    GovernanceReviewed, ImprovementOpened, ImprovementOutcome, Mode, Origin, Proof, RestrictionPlaced,
    Revalidation, Seen, SessionKind, ShiftOn, Stage, Step, Work,
};
use crate::practice::rights::{practice_of, split};
use crate::record::Envelope;

/// Where something followed up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// An incident or signal whose gap is known; an action that was carried out.
    Worked,
    /// Somebody closed it, but its evidence is not there, or is not any more.
    Unproven,
    /// Ended with what was asked.
    Closed,
    /// Ended without; never counted as held.
    Stopped,
}

impl State {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Worked => "worked",
            State::Unproven => "unproven",
            State::Closed => "closed",
            State::Stopped => "stopped",
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, State::Open | State::Worked | State::Unproven)
    }
}

/// One line of its history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub event: Uuid,
    pub at: DateTime<FixedOffset>,
    pub author: Uuid,
    pub step: Step,
}

/// What is particular to its class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Cycle(CycleOpened),
    Restriction(RestrictionPlaced),
    Report(Report),
    Action(ActionOpened),
    Improvement(ImprovementOpened),
    Assessment(AssessmentSubmitted),
    Governance(GovernanceReviewed),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The id of the event that began it.
    pub id: Uuid,
    pub class: Class,
    pub site: Option<Uuid>,
    /// Whom it is about: of a report, whose practice it was; of an action, nobody.
    pub subject: Option<Uuid>,
    /// Whom the line that began it names, which rights and streams go by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Uuid>,
    pub author: Uuid,
    pub at: DateTime<FixedOffset>,
    pub state: State,
    /// Who carries it out: an action's owner, else whoever began it.
    pub owner: Uuid,
    /// When it is due next (a follow-up, a review, carrying it out); none once it has ended.
    pub due: Option<NaiveDate>,
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// When an action was first said to be carried out; closing it may come much later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_out_at: Option<DateTime<FixedOffset>>,
    /// An action: how many cycles and restrictions that it opened hold it open.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub still_open: u32,
    /// An action: how many of those whom it retrained or restricted have met the standard.
    #[serde(default, skip_serializing_if = "Revalidation::is_of_nobody")]
    pub revalidation: Revalidation,
    pub proof: Proof,
    pub about: About,
    /// In an order that all devices share.
    pub history: Vec<Entry>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

impl FollowUp {
    /// Whom a line that goes on with it names, and who so receives it: whoever reported it, the owner of an
    /// action, else whom it is about.
    #[must_use]
    pub fn receiver(&self) -> Option<Uuid> {
        match &self.about {
            About::Report(report) if report.good => self.named,
            About::Report(_) => Some(self.author),
            About::Action(_) => Some(self.owner),
            _ => self.named,
        }
    }

    /// What somebody hears of it without looking for it: who reported something, what came of it and that
    /// cover was arranged; who was praised, the praise. Asks the history.
    #[must_use]
    pub fn heard(&self) -> Vec<(Uuid, &Entry)> {
        let About::Report(report) = &self.about else { return Vec::new() };
        let whom = if report.good { self.named } else { Some(self.author) };
        let tells = |step: &Step| match step {
            Step::SignalLogged(body) => body.good,
            Step::Classified(_) | Step::SignalClassified(_) => true,
            Step::IncidentLogged(body) => matches!(body.work, Work::CoverInPlace | Work::Resolved),
            _ => false,
        };
        let told = self.history.iter().filter(|entry| tells(&entry.step));
        let told =
            told.filter_map(|entry| whom.filter(|whom| *whom != entry.author).map(|whom| (whom, entry)));
        told.collect()
    }

    /// What was asked as evidence.
    #[must_use]
    pub fn asked(&self) -> Evidence {
        match &self.about {
            About::Cycle(body) => {
                let shifts = u32::try_from(body.shifts.len()).unwrap_or(u32::MAX);
                Evidence { shifts, ..body.evidence }
            }
            About::Restriction(body) => body.evidence,
            About::Action(body) => body.evidence,
            _ => Evidence::default(),
        }
    }

    /// What is still missing of it.
    #[must_use]
    pub fn wanting(&self) -> Evidence {
        self.proof.wanting(self.asked())
    }

    /// The competency that it is about; empty where it is about none.
    #[must_use]
    pub fn competency(&self) -> &str {
        match &self.about {
            About::Cycle(body) => &body.competency,
            About::Restriction(body) => &body.competency,
            About::Report(report) => &report.competency,
            About::Action(body) => &body.competency,
            _ => "",
        }
    }

    /// The corrective action that it belongs to.
    #[must_use]
    pub fn action(&self) -> Option<Uuid> {
        match &self.about {
            About::Cycle(body) => match body.origin {
                Origin::Action { action, .. } => Some(action),
                _ => None,
            },
            About::Restriction(body) => body.action,
            _ => None,
        }
    }

    /// The standard that it is observed by.
    #[must_use]
    pub fn standard(&self) -> Option<Uuid> {
        match &self.about {
            About::Cycle(body) => Some(body.standard),
            About::Restriction(body) => body.standard,
            About::Action(body) => body.standard,
            About::Improvement(body) => body.standard,
            _ => None,
        }
    }

    /// Its name in a list, in the words of whoever began it.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.about {
            About::Cycle(body) => &body.weakness,
            About::Restriction(body) => &body.duties,
            About::Report(report) => &report.words,
            About::Action(body) => &body.title,
            About::Improvement(body) => &body.title,
            About::Assessment(body) => &body.programme,
            About::Governance(body) => &body.month,
        }
    }

    /// Shifts on a cycle's schedule that nobody has looked at, soonest first. Asks the history.
    #[must_use]
    pub fn open_shifts(&self) -> Vec<ShiftOn> {
        let About::Cycle(body) = &self.about else { return Vec::new() };
        let looked = self.looked_at();
        let open: BTreeSet<ShiftOn> = body.shifts.iter().copied().filter(|on| !looked.contains(on)).collect();
        open.into_iter().collect()
    }

    /// The standards that an observation may be made by to count for it, its own first.
    #[must_use]
    pub fn standards(&self) -> Vec<Uuid> {
        let live_by: &[Uuid] = match &self.about {
            About::Cycle(body) => &body.live_by,
            _ => &[],
        };
        self.standard().into_iter().chain(live_by.iter().copied()).collect()
    }

    fn looked_at(&self) -> BTreeSet<ShiftOn> {
        let of_others = self.history.iter().filter(|entry| self.subject != Some(entry.author));
        let sessions = of_others.filter_map(|entry| match &entry.step {
            Step::CycleSession(body) if body.what == SessionKind::Confirmation => body.on,
            _ => None,
        });
        sessions.collect()
    }

    /// What is done at its site while an improvement runs.
    #[must_use]
    pub fn focus(&self) -> Option<&Focus> {
        match &self.about {
            About::Improvement(body) => body.focus.as_ref().filter(|focus| focus.is_sound()),
            _ => None,
        }
    }

    /// When a week's piece of learning was logged for an improvement. Asks the history.
    #[must_use]
    pub fn learned(&self) -> Vec<DateTime<FixedOffset>> {
        let logged = self.history.iter().filter(|entry| match &entry.step {
            Step::ImprovementStaged(body) => body.stage == Stage::Microlearning,
            Step::ImprovementUpdated(body) => body.minutes.is_some(),
            _ => false,
        });
        logged.map(|entry| entry.at).collect()
    }

    /// Whether an improvement was carried out and what came of it studied, in this order: nothing is
    /// adopted or adapted before. Asks the history.
    #[must_use]
    pub fn was_studied(&self) -> bool {
        let is = |entry: &Entry, stage: Stage| matches!(&entry.step, Step::ImprovementStaged(body) if body.stage == stage);
        let mut after = self.history.iter().skip_while(|entry| !is(entry, Stage::Do));
        after.any(|entry| is(entry, Stage::Study))
    }

    /// The stage that an improvement is in.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.history.iter().rev().find_map(|entry| match &entry.step {
            Step::ImprovementStaged(body) if body.stage != Stage::Microlearning => Some(body.stage),
            _ => None,
        })
    }
}

/// Folds all known events of one thing, as far as they count for it. `None` while the event that begins
/// it has not arrived.
/// `seen` answers what the device knows of an observation.
#[must_use]
pub fn fold<'a>(
    events: impl IntoIterator<Item = Envelope<'a>>,
    seen: &dyn Fn(Uuid) -> Option<Seen>,
) -> Option<FollowUp> {
    let split = split(events)?;
    let entry = |envelope: &Envelope| {
        let step = Step::read(envelope)?;
        Some(Entry { event: envelope.id, at: envelope.at, author: envelope.author, step })
    };
    let (site, named) = (split.first.site, split.first.subject);
    let root = entry(&split.first)?;
    let subject = match &root.step {
        Step::IncidentReported(_) | Step::SignalLogged(_) => practice_of(&split.first),
        // The line names the owner.
        Step::ActionOpened(_) => None,
        _ => named,
    };
    let class = root.step.class()?;
    // What counts comes in the order of its ids; what began it comes first.
    let later = split.counted.iter().filter_map(entry);
    let history: Vec<Entry> = std::iter::once(root.clone()).chain(later).collect();
    let mut follow = FollowUp {
        id: root.event,
        class,
        site,
        subject,
        named,
        author: root.author,
        at: root.at,
        state: State::Open,
        owner: root.author,
        due: None,
        ended_at: None,
        carried_out_at: None,
        still_open: 0,
        revalidation: Revalidation::default(),
        proof: Proof::default(),
        about: about(&root, &history)?,
        history,
    };
    follow.proof = prove(&follow, seen);
    stand(&mut follow);
    if !follow.state.is_open() {
        follow.due = None;
    }
    Some(follow)
}

fn about(root: &Entry, history: &[Entry]) -> Option<About> {
    Some(match &root.step {
        Step::CycleOpened(body) => About::Cycle(body.clone()),
        Step::RestrictionPlaced(body) => About::Restriction(body.clone()),
        Step::IncidentReported(_) | Step::SignalLogged(_) => About::Report(reported::report(root, history)?),
        Step::ActionOpened(body) => About::Action(as_reassigned(body.clone(), history)),
        Step::ImprovementOpened(body) => About::Improvement(body.clone()),
        Step::AssessmentSubmitted(body) => About::Assessment(body.clone()),
        Step::GovernanceReviewed(body) => About::Governance(body.clone()),
        _ => return None,
    })
}

/// The owner and the day as the last change of them says.
fn as_reassigned(mut action: ActionOpened, history: &[Entry]) -> ActionOpened {
    let newest = history.iter().rev().find_map(|entry| match &entry.step {
        Step::ActionReassigned(body) => Some(body),
        _ => None,
    });
    if let Some(body) = newest {
        (action.owner, action.due) = (body.owner, body.due);
    }
    action
}

/// The observations that its events point to, held against what it is about.
fn prove(follow: &FollowUp, seen: &dyn Fn(Uuid) -> Option<Seen>) -> Proof {
    let pointed = follow.history.iter().filter_map(|entry| match &entry.step {
        Step::CycleValidated(body) => Some((body.record, body.mode)),
        Step::RestrictionReviewed(body) => Some((body.record?, body.mode.unwrap_or(Mode::Live))),
        Step::ActionUpdated(body) => Some((body.record?, body.mode.unwrap_or(Mode::Live))),
        _ => None,
    });
    // An action re-validates several people: whoever was observed by its standard.
    let subject = follow.subject.filter(|_| follow.class != Class::Action);
    let (live_by, shifts): (&[Uuid], &[ShiftOn]) = match &follow.about {
        About::Cycle(body) => (&body.live_by, &body.shifts),
        _ => (&[], &[]),
    };
    let items = follow.named_items();
    let mut proof = weigh(pointed, &Wanted { subject, standard: follow.standard(), live_by, items }, seen);
    let count = |counts: &dyn Fn(&CycleSession, Uuid) -> bool| {
        let sessions = follow.history.iter().filter(|entry| match &entry.step {
            Step::CycleSession(body) => counts(body, entry.author),
            _ => false,
        });
        u32::try_from(sessions.count()).unwrap_or(u32::MAX)
    };
    // Nobody confirms their own shifts; that they think about their own practice is the point.
    proof.has.confirmations = count(&|body, author| {
        let agreed = body.what == SessionKind::Confirmation && body.agreed == Some(true);
        agreed && follow.subject != Some(author)
    });
    proof.has.reflections = count(&|body, _| body.is_reflection());
    let looked = follow.looked_at();
    let scheduled = shifts.iter().filter(|on| looked.contains(on)).count();
    proof.has.shifts = u32::try_from(scheduled).unwrap_or(u32::MAX);
    proof
}

fn stand(follow: &mut FollowUp) {
    let proven = follow.wanting().is_none();
    let end = |proves: bool| if proves { State::Closed } else { State::Unproven };
    let first = |wanted: &dyn Fn(&Step) -> bool| {
        follow.history.iter().filter(|entry| wanted(&entry.step)).map(|entry| entry.at).min()
    };
    match &follow.about {
        About::Cycle(body) => {
            let extended = follow.history.iter().filter_map(|entry| match &entry.step {
                Step::CycleExtended(body) => Some(body.due),
                _ => None,
            });
            follow.due = extended.chain([body.due]).max();
            let met =
                first(&|step| matches!(step, Step::CycleClosed(body) if body.outcome == CycleOutcome::Met));
            let stopped =
                first(&|step| matches!(step, Step::CycleClosed(body) if body.outcome != CycleOutcome::Met));
            (follow.state, follow.ended_at) = match (met, stopped) {
                // Of "met" and "stopped" that did not know of each other, "met" stands if it is proven.
                (Some(at), _) if proven => (State::Closed, Some(at)),
                (_, Some(at)) => (State::Stopped, Some(at)),
                (Some(at), None) => (State::Unproven, Some(at)),
                (None, None) => (State::Open, None),
            };
        }
        About::Restriction(body) => {
            let newest = follow.history.iter().filter_map(|entry| match &entry.step {
                Step::RestrictionPlaced(_) => Some(entry.at),
                // An observation that counts for it is evidence; that somebody thought about it is a review.
                Step::RestrictionReviewed(body) if body.record.is_none() => Some(entry.at),
                _ => None,
            });
            let days = TimeDelta::days(i64::from(body.review_days.clamp(1, 365)));
            follow.due = newest.max().and_then(|at| at.date_naive().checked_add_signed(days));
            follow.ended_at = first(&|step| matches!(step, Step::RestrictionLifted(_)));
            follow.state = follow.ended_at.map_or(State::Open, |_| end(proven));
        }
        About::Report(report) => {
            follow.ended_at = report.work.get(&Work::Resolved).copied();
            if report.good {
                follow.ended_at = Some(follow.at);
            }
            follow.state = match (report.gap, follow.ended_at) {
                _ if report.good => State::Closed,
                (None, _) => State::Open,
                (Some(_), None) if follow.class == Class::Incident && !report.near_miss => State::Worked,
                // A near miss ends with its cause; a visit at risk when somebody is sure to come, too.
                (Some(_), None) if !report.visit_steps().is_empty() => State::Worked,
                (Some(_), _) => State::Closed,
            };
        }
        About::Action(body) => {
            follow.owner = body.owner;
            follow.due = Some(body.due);
            let done = first(&|step| matches!(step, Step::ActionUpdated(body) if body.done));
            let closed = first(&|step| matches!(step, Step::ActionClosed(body) if !body.not_carried_out));
            // Whoever ended it as not carried out did not know that it was: then it goes on.
            let given_up = first(&|step| matches!(step, Step::ActionClosed(body) if body.not_carried_out))
                .filter(|_| done.is_none());
            (follow.state, follow.ended_at) = match (given_up, closed) {
                (Some(at), _) => (State::Stopped, Some(at)),
                (None, Some(at)) => (end(proven), Some(at)),
                (None, None) => (if done.is_some() { State::Worked } else { State::Open }, None),
            };
            follow.carried_out_at = done.into_iter().chain(closed.filter(|_| given_up.is_none())).min();
        }
        About::Improvement(body) => {
            follow.due = body.target_on.or_else(|| body.focus.as_ref().map(|focus| focus.to));
            let abandoned = first(
                &|step| matches!(step, Step::ImprovementClosed(body) if body.outcome == ImprovementOutcome::Abandoned),
            );
            let closed = first(&|step| matches!(step, Step::ImprovementClosed(_)));
            follow.ended_at = closed;
            follow.state = match (closed, abandoned) {
                (_, Some(_)) => State::Stopped,
                (Some(_), None) => end(follow.was_studied()),
                (None, None) => State::Open,
            };
        }
        About::Assessment(_) | About::Governance(_) => {
            follow.state = State::Closed;
            follow.ended_at = Some(follow.at);
        }
    }
}
