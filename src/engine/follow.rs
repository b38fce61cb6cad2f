//! What is followed up: read, begun, gone on with.
//!
//! Invariant: a step is written only where the table gives the right and the rules of
//! [`crate::practice::follow::check`] find nothing wanting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::api::{Failure, FollowUpView, NamedItem, RecordFilter, RecordRow, Reply};
use super::core::{Engine, Open};
use crate::practice::follow::{
    About, ActionUpdated, Class, CycleOpened, CycleValidated, Evidence, FollowUp, Mode, RestrictionReviewed,
    Step, Wanting, check, check_day,
};
use crate::practice::rights::{Named, Rule, TABLE};
use crate::practice::standard::Standard;
use crate::store::NewEvent;

/// So many observations are offered as evidence.
const OFFERED: u32 = 20;

/// Whom and where it is about, and who began it: whoever goes on with it is judged by that.
fn named(follow: &FollowUp) -> Named {
    let report = matches!(follow.class, Class::Incident | Class::Signal);
    let practice_of = follow.subject.filter(|_| report);
    Named { author: follow.author, site: follow.site, subject: follow.named, practice_of }
}

impl Engine {
    pub(super) fn step(
        &mut self,
        step: &Step,
        site: Option<Uuid>,
        subject: Option<Uuid>,
    ) -> Result<Reply, Failure> {
        let reply = self.write_step(step, site, subject)?;
        if let (Reply::Written { id }, Some(record), Some(mode)) = (&reply, step.points_to(), step.mode()) {
            self.count_for_action(*id, record, mode)?;
        }
        Ok(reply)
    }

    /// An observation that re-validates somebody counts for all that belongs to the same corrective
    /// action: the action itself, their restriction, their cycle. Nobody is asked three times.
    fn count_for_action(&mut self, of: Uuid, record: Uuid, mode: Mode) -> Result<(), Failure> {
        let open = self.opened_ref()?;
        let find = |id: Uuid| open.store.follow_up_rows("follow_up.id = ?1", &[&id]);
        let Some(known) = find(of)?.pop().map(|row| row.follow) else { return Ok(()) };
        let Some(action) = known.action() else { return Ok(()) };
        let mut kin = find(action)?;
        kin.extend(open.store.follow_up_rows(
            "follow_up.action = ?1 AND follow_up.subject = ?2 AND follow_up.id <> ?3 ORDER BY follow_up.id",
            &[&action, &known.subject, &of],
        )?);
        let mut steps = Vec::new();
        for one in kin.into_iter().map(|row| row.follow) {
            if one.standard() != known.standard() || !one.takes_validation() {
                continue;
            }
            let step = evidence_step(&one, record, mode);
            if open.may_write_step(&step, &one)? {
                steps.push(step);
            }
        }
        for step in &steps {
            self.write_step(step, None, None)?;
        }
        Ok(())
    }

    fn write_step(
        &mut self,
        step: &Step,
        site: Option<Uuid>,
        subject: Option<Uuid>,
    ) -> Result<Reply, Failure> {
        Ok(match self.step_event(step, site, subject)? {
            Ok(event) => {
                let id = event.id;
                self.append_all(&[event])?;
                Reply::Written { id: step.of().unwrap_or(id) }
            }
            Err(wanting) => Reply::Wanting(wanting),
        })
    }

    /// The event of a step where nothing is wanting; nothing is written yet.
    pub(super) fn step_event(
        &self,
        step: &Step,
        site: Option<Uuid>,
        subject: Option<Uuid>,
    ) -> Result<Result<NewEvent, Wanting>, Failure> {
        let open = self.opened_ref()?;
        let known = match step.of() {
            Some(id) => Some(open.store.follow_up(id)?.ok_or_else(Failure::not_found)?),
            None => None,
        };
        let mut step = step.clone();
        let (site, subject) = match &known {
            Some(known) => (known.site, known.receiver()),
            None => (site, receiver_of_new(&mut step, open.person, subject)),
        };
        let (class, verb) = step.kind().split_once('.').unwrap_or_default();
        let standing = open.standing()?;
        let may = match &known {
            Some(known) if step.class() == Some(known.class) => {
                standing.may_by(Rule::of_line(step.kind(), &step.body()?), named(known))
            }
            _ => standing.may(class, verb, site, subject),
        };
        if !may {
            return Err(Failure::not_permitted());
        }
        let said = match &mut step {
            Step::CycleOpened(body) => open.as_the_standard_says(body)?,
            Step::RestrictionPlaced(body) => open.can_be_shown(body.evidence, body.standard, &[])?,
            Step::ActionOpened(body) => open.can_be_shown(body.evidence, body.standard, &[])?,
            Step::GovernanceReviewed(body) => open.as_it_was_looked_at(body, self.host.now())?,
            Step::ActionUpdated(body) => open.is_of_its_people(body)?,
            _ => Ok(()),
        };
        let today = self.host.now().date_naive();
        let sound = said
            .and_then(|()| check(&step, known.as_ref()))
            .and_then(|()| check_day(&step, known.as_ref(), today));
        if let Err(wanting) = sound {
            return Ok(Err(wanting));
        }
        Ok(Ok(self.event(step.kind().to_owned(), site, subject, &step.body()?)?))
    }

    /// A finished observation counts for the open cycles and restrictions that it fits: whoever made
    /// it is not asked again, and whether it was real practice is its own fact. One that was not met
    /// counts too: it says that what was shown before has slipped.
    pub(super) fn count_observation(&mut self, record: Uuid) -> Result<(), Failure> {
        let open = self.opened_ref()?;
        let Some(row) = open.store.record_row(record)? else { return Ok(()) };
        let (Some(subject), Some(setting)) = (row.subject, row.verdict.setting) else { return Ok(()) };
        let fitting: Vec<FollowUp> = open
            .store
            .open_for_evidence(subject)?
            .into_iter()
            .map(|row| row.follow)
            .filter(|follow| {
                let asked = follow.asked();
                row.happened_at >= follow.at
                    && (asked.validations > 0 || asked.live > 0)
                    && observed_by(follow, row.standard.standard, setting.mode())
            })
            .collect();
        for follow in fitting {
            let open = self.opened_ref()?;
            // What belongs to one action was counted with the first of it.
            let counted = open.store.follow_ups_pointing_to(record)?;
            let step = evidence_step(&follow, record, setting.mode());
            if counted.iter().all(|one| one.follow.id != follow.id) && open.may_write_step(&step, &follow)? {
                self.step(&step, None, None)?;
            }
        }
        Ok(())
    }

    /// A note that meets its standard counts for the open cycles that ask for notes by it: the
    /// reviewer has just said so, and is not asked twice.
    pub(super) fn count_note(
        &mut self,
        record: Uuid,
        subject: Option<Uuid>,
        standard: Uuid,
    ) -> Result<(), Failure> {
        let Some(subject) = subject else { return Ok(()) };
        let cycles = self.opened_ref()?.store.open_cycles_of(subject)?;
        for cycle in cycles.into_iter().map(|row| row.follow) {
            if cycle.standard() == Some(standard) && cycle.wanting().notes > 0 {
                let step = Step::CycleValidated(CycleValidated { of: cycle.id, record, mode: Mode::Note });
                self.step(&step, None, None)?;
            }
        }
        Ok(())
    }
}

/// Whom the line that begins something names, and who so receives it. Whose practice a report is about
/// stands in its body, for those who lead: the person themselves does not receive it.
fn receiver_of_new(step: &mut Step, me: Uuid, about: Option<Uuid>) -> Option<Uuid> {
    let reported = |practice_of: &mut Option<Uuid>| {
        *practice_of = practice_of.or(about);
        Some(me)
    };
    match step {
        Step::IncidentReported(body) => reported(&mut body.practice_of),
        // Praise is for whom it is about.
        Step::SignalLogged(body) if body.good => {
            body.practice_of = body.practice_of.or(about);
            body.practice_of.or(Some(me))
        }
        Step::SignalLogged(body) => reported(&mut body.practice_of),
        Step::ActionOpened(body) => Some(body.owner),
        _ => about,
    }
}

/// The step that points to an observation as evidence for `follow`.
fn evidence_step(follow: &FollowUp, record: Uuid, mode: Mode) -> Step {
    let of = follow.id;
    match follow.class {
        Class::Action => Step::ActionUpdated(ActionUpdated {
            of,
            note: String::new(),
            done: false,
            record: Some(record),
            mode: Some(mode),
        }),
        Class::Restriction => Step::RestrictionReviewed(RestrictionReviewed {
            of,
            note: follow.title().to_owned(),
            record: Some(record),
            mode: Some(mode),
        }),
        _ => Step::CycleValidated(CycleValidated { of, record, mode }),
    }
}

/// Whether an observation by this standard tests what `follow` is about.
fn observed_by(follow: &FollowUp, standard: Uuid, mode: Mode) -> bool {
    let live_by = match &follow.about {
        About::Cycle(body) => body.live_by.as_slice(),
        _ => &[],
    };
    follow.standard() == Some(standard) || (mode == Mode::Live && live_by.contains(&standard))
}

impl Open {
    fn may_write_step(&self, step: &Step, follow: &FollowUp) -> Result<bool, Failure> {
        Ok(self.standing()?.may_by(Rule::of_line(step.kind(), &step.body()?), named(follow)))
    }

    /// Whom an action retrained or restricted. Where it did neither with anybody, whoever is observed by its
    /// standard re-validates it.
    fn people_of_action(&self, action: Uuid) -> Result<BTreeSet<Uuid>, Failure> {
        let rows = self.store.follow_ups_of_action(action)?;
        Ok(rows.into_iter().filter_map(|row| row.follow.subject).collect())
    }

    /// Refused where an observation is of somebody whom the action neither retrained nor restricted.
    fn is_of_its_people(&self, body: &ActionUpdated) -> Result<Result<(), Wanting>, Failure> {
        let Some(record) = body.record else { return Ok(Ok(())) };
        let people = self.people_of_action(body.of)?;
        let of = self.store.record_row(record)?.and_then(|row| row.subject);
        let others = !people.is_empty() && of.is_some_and(|of| !people.contains(&of));
        Ok(if others { Err(Wanting::OfOthers) } else { Ok(()) })
    }

    /// The newest version of a standard; `None` where it has not arrived or was retired.
    pub(super) fn newest_standard(&self, id: Uuid) -> Result<Option<Standard>, Failure> {
        let known = self.store.standards()?.into_iter().find(|row| row.standard.standard == id);
        match known {
            Some(row) => Ok(self.store.standard(row.standard)?),
            None => Ok(None),
        }
    }

    /// What the standard says of coaching on it stands in the cycle as of its opening: a later
    /// version changes nothing that was agreed. Refused where it asks for real practice and the
    /// cycle does not.
    fn as_the_standard_says(&self, body: &mut CycleOpened) -> Result<Result<(), Wanting>, Failure> {
        let Some(standard) = self.newest_standard(body.standard)? else { return Ok(Ok(())) };
        body.live_by = standard.cycle.live_by;
        if standard.cycle.evidence.live > 0 && body.evidence.live == 0 {
            return Ok(Err(Wanting::Live));
        }
        self.can_be_shown(body.evidence, Some(body.standard), &body.live_by)
    }

    /// Refused where real practice is asked for by standards none of which is ever observed in it: it could
    /// never be lifted or closed. One that has not arrived is not judged.
    fn can_be_shown(
        &self,
        evidence: Evidence,
        standard: Option<Uuid>,
        live_by: &[Uuid],
    ) -> Result<Result<(), Wanting>, Failure> {
        if evidence.live == 0 {
            return Ok(Ok(()));
        }
        for id in standard.iter().chain(live_by) {
            if self.newest_standard(*id)?.is_none_or(|standard| standard.observed_in().can_be_live()) {
                return Ok(Ok(()));
            }
        }
        // Without a standard anybody's observation counts.
        Ok(if standard.is_none() { Ok(()) } else { Err(Wanting::NeverLive) })
    }

    pub(super) fn follow_up_view(
        &self,
        id: Uuid,
        now: DateTime<FixedOffset>,
    ) -> Result<FollowUpView, Failure> {
        let follow = self.store.follow_up(id)?.ok_or_else(Failure::not_found)?;
        let rows = self.store.follow_up_rows("follow_up.id = ?1", &[&id])?;
        let row = rows.into_iter().next().ok_or_else(Failure::not_found)?;
        let mut names = BTreeMap::new();
        for person in
            follow.history.iter().flat_map(|entry| [Some(entry.author), entry.step.names()]).flatten()
        {
            names.insert(person, self.name_of(Some(person))?);
        }
        let mut reports = Vec::new();
        let named: &[Uuid] = match &follow.about {
            About::Action(action) => &action.reports,
            About::Governance(review) => &review.about,
            _ => &[],
        };
        for report in named {
            reports.extend(self.store.follow_up_rows("follow_up.id = ?1", &[report])?);
        }
        if let About::Governance(review) = &follow.about {
            for owner in review.decisions.iter().filter_map(|decision| decision.owner) {
                names.insert(owner, self.name_of(Some(owner))?);
            }
        }
        Ok(FollowUpView {
            records: self.evidence_rows(&follow)?,
            may: self.may_follow(&follow)?,
            // What is answered must be known first: only a knowledge gap is solved by training.
            may_act: matches!(&follow.about, About::Report(report) if report.gap.is_some())
                && self.standing()?.may("action", "opened", follow.site, None),
            standard: match &follow.about {
                About::Cycle(body) => self.newest_standard(body.standard)?,
                _ => None,
            },
            focus: self.focus_view(&follow, now)?,
            settings: self.store.settings_at(follow.at.timestamp_millis())?,
            items: self.named_items(&follow)?,
            still_open: match follow.class {
                Class::Action => self.store.holding_open(id, follow.site)?,
                _ => Vec::new(),
            },
            refused: self.store.refused_for(id)?,
            heard: {
                let mine = follow.heard().into_iter().filter(|(whom, _)| *whom == self.person);
                self.unheard(mine.map(|(_, entry)| entry.event))?
            },
            names,
            reports,
            row,
            follow,
        })
    }

    /// The items that it names, in their words, and whether the standard still asks them.
    fn named_items(&self, follow: &FollowUp) -> Result<Vec<NamedItem>, Failure> {
        let Some(standard) = follow.standard() else { return Ok(Vec::new()) };
        let named = follow.named_items().iter().map(|id| self.store.named_item(standard, id));
        Ok(named.collect::<Result<_, _>>()?)
    }

    /// What it points to already, and what was observed by its standard since it began.
    fn evidence_rows(&self, follow: &FollowUp) -> Result<Vec<RecordRow>, Failure> {
        let mut rows: Vec<RecordRow> = Vec::new();
        for record in follow.history.iter().filter_map(|entry| entry.step.points_to()) {
            // One observation is one row, however many steps point to it.
            if rows.iter().all(|known| known.id != record) {
                rows.extend(self.store.record_row(record)?);
            }
        }
        if follow.takes_validation() {
            // An observation of anybody else says nothing of those whom an action retrained or restricted.
            let people = match follow.class {
                Class::Action => self.people_of_action(follow.id)?,
                _ => BTreeSet::new(),
            };
            let mut subjects: Vec<Option<Uuid>> = people.into_iter().map(Some).collect();
            if subjects.is_empty() {
                subjects.push(follow.subject);
            }
            // Those that it points to already are left out below.
            let limit = OFFERED.saturating_add(u32::try_from(rows.len()).unwrap_or(0));
            let mut offered = Vec::new();
            for subject in subjects {
                offered.extend(self.store.records(&RecordFilter {
                    subject,
                    site: follow.site.filter(|_| follow.subject.is_none()),
                    standards: follow.standards(),
                    since: Some(follow.at),
                    limit,
                    ..RecordFilter::default()
                })?);
            }
            offered.retain(|row| rows.iter().all(|known| known.id != row.id));
            offered.sort_by_key(|row| std::cmp::Reverse((row.happened_at, row.id)));
            offered.truncate(usize::try_from(OFFERED).unwrap_or(usize::MAX));
            rows.extend(offered);
        }
        Ok(rows)
    }

    fn may_follow(&self, follow: &FollowUp) -> Result<Vec<String>, Failure> {
        let standing = self.standing()?;
        let class = follow.class.as_str();
        let verbs = TABLE.iter().filter(|row| row.name == class).flat_map(|row| row.verbs);
        Ok(verbs
            .filter(|verb| standing.may_go_on(class, verb.name, named(follow)))
            .map(|verb| verb.name.to_owned())
            .collect())
    }
}
