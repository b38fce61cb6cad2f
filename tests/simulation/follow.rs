//! What people follow up in a run: they begin cycles, restrictions, reports and actions, and go on
//! with whatever their device shows.

use chrono::{Days, NaiveDate};
use fieldproof::engine::api::{FollowUpFilter, RecordFilter, Reply, Request};
use fieldproof::engine::host::Host;
use fieldproof::practice::follow::{
    ActionClosed, ActionKind, ActionOpened, ActionReviewed, ActionUpdated, Category, Class, Classified,
    CycleClosed, CycleExtended, CycleOpened, CycleOutcome, CycleSession, CycleValidated, Evidence, FollowUp,
    Gap, ImprovementOpened, IncidentLogged, IncidentReported, Mode, Origin, RestrictionLifted,
    RestrictionPlaced, RestrictionReviewed, SessionKind, SignalLogged, Source, Step, Work,
};
use fieldproof::practice::standard;
use uuid::Uuid;

use crate::deeds::sound;
use crate::reached;
use crate::world::{BO, Broken, Saved, World};

const WORDS: &str = "Did not call the nurse";

/// What the four begin.
pub const BEGUN: [Class; 6] =
    [Class::Cycle, Class::Restriction, Class::Incident, Class::Signal, Class::Action, Class::Improvement];

/// Begins one, about Bo where it is about somebody.
pub fn begin(world: &mut World, who: usize, class: Class) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let (bo, me, site) = (world.devices[BO].person, world.devices[who].person, world.sites[0]);
    let now = world.devices[who].machine.now();
    let due = now.date_naive() + Days::new(14);
    let evidence = Evidence { validations: 1, ..Evidence::default() };
    let competency = "escalation".to_owned();
    let Some(Reply::Standards(standards)) = world.ask(who, Request::Standards) else { return Ok(()) };
    // What checks are made by: so that what is observed counts for it.
    let Some(standard) = standards.iter().find(|row| row.class == standard::Class::Check) else {
        return Ok(());
    };
    let standard = standard.standard.standard;
    let (step, subject) = match class {
        Class::Cycle => {
            let weakness = WORDS.into();
            let expected = "Calls the nurse first".into();
            let origin = Origin::Hand;
            let (live_by, shifts) = (Vec::new(), Vec::new());
            let body = CycleOpened {
                standard,
                competency,
                weakness,
                expected,
                evidence,
                due,
                origin,
                live_by,
                shifts,
            };
            (Step::CycleOpened(body), Some(bo))
        }
        Class::Restriction => {
            let body = RestrictionPlaced {
                duties: "No medication round alone".into(),
                why: WORDS.into(),
                competency,
                standard: Some(standard),
                evidence,
                items: Vec::new(),
                review_days: 7,
                action: None,
            };
            (Step::RestrictionPlaced(body), Some(bo))
        }
        Class::Incident => {
            let body = IncidentReported {
                near_miss: true,
                category: Category::Escalation,
                happened_at: now,
                words: WORDS.into(),
                person_code: "E-4".into(),
                competency,
                outcomes: Vec::new(),
                harm: None,
                record: None,
                visit_at: None,
                practice_of: None,
            };
            (Step::IncidentReported(body), None)
        }
        Class::Signal => {
            let (words, item) = (WORDS.into(), None);
            let body = SignalLogged {
                source: Source::OnCall,
                competency,
                words,
                happened_at: None,
                item,
                practice_of: None,
                good: false,
            };
            (Step::SignalLogged(body), None)
        }
        Class::Action => {
            let body = ActionOpened {
                title: "A card beside the telephone".into(),
                kind: ActionKind::WorkflowChange,
                gap: Gap::Workflow,
                competency,
                category: None,
                reports: Vec::new(),
                owner: me,
                due,
                high_risk: false,
                standard: Some(standard),
                evidence,
                items: Vec::new(),
                watch_days: 90,
            };
            (Step::ActionOpened(body), None)
        }
        _ => (Step::ImprovementOpened(improvement(due)), None),
    };
    write(world, who, step, Some(site), subject)
}

fn improvement(day: NaiveDate) -> ImprovementOpened {
    ImprovementOpened {
        title: "Handoffs".into(),
        aim: "Fewer calls at night".into(),
        measure: "Calls a week".into(),
        standard: None,
        programme: String::new(),
        baseline_from: day,
        baseline_to: day,
        baseline: None,
        target: None,
        target_on: None,
        area: String::new(),
        focus: None,
    }
}

/// Goes on with the `n`-th that the device shows, in one of the ways that its class knows.
pub fn go_on(world: &mut World, who: usize, n: usize) -> Result<(), Broken> {
    if !world.boot(who)? {
        return Ok(());
    }
    let asked = Request::FollowUps { filter: FollowUpFilter { limit: 20, ..FollowUpFilter::default() } };
    let Some(Reply::FollowUps(rows)) = world.ask(who, asked) else { return Ok(()) };
    let Some(id) = rows.get(n).map(|row| row.follow.id) else { return Ok(()) };
    let Some(Reply::FollowUp(view)) = world.ask(who, Request::FollowUp { id }) else { return Ok(()) };
    let record = newest_record(world, who);
    let way = world.random.usize(..4);
    match next_step(&view.follow, way, record) {
        Some(step) => write(world, who, step, None, None),
        None => Ok(()),
    }
}

fn newest_record(world: &mut World, who: usize) -> Option<Uuid> {
    let asked = Request::Records { filter: RecordFilter { limit: 1, ..RecordFilter::default() } };
    match world.ask(who, asked) {
        Some(Reply::Records(rows)) => rows.first().map(|row| row.id),
        _ => None,
    }
}

fn next_step(follow: &FollowUp, way: usize, record: Option<Uuid>) -> Option<Step> {
    let (of, note) = (follow.id, "Looked at again".to_owned());
    let base: Vec<Uuid> = follow.history.iter().map(|entry| entry.event).collect();
    let later = follow.due.map(|due| due + Days::new(7));
    Some(match (follow.class, way) {
        (Class::Cycle, 0) => Step::CycleSession(CycleSession::new(of, SessionKind::Coaching, note)),
        (Class::Cycle, 1) => Step::CycleExtended(CycleExtended { of, due: later?, reason: note }),
        (Class::Cycle, 2) => Step::CycleValidated(CycleValidated { of, record: record?, mode: Mode::Live }),
        (Class::Cycle, _) => Step::CycleClosed(CycleClosed { of, outcome: CycleOutcome::Stopped, note }),
        (Class::Restriction, 0..=2) => {
            let mode = record.map(|_| Mode::Live);
            Step::RestrictionReviewed(RestrictionReviewed { of, note, record, mode })
        }
        (Class::Restriction, _) => Step::RestrictionLifted(RestrictionLifted { of, note }),
        (Class::Incident, 0) => {
            Step::IncidentLogged(IncidentLogged { of, work: Work::Notified, done_at: None, note, who: None })
        }
        (Class::Incident, _) => Step::Classified(classified(of, base, way)),
        (Class::Signal, _) => Step::SignalClassified(classified(of, base, way)),
        (Class::Action, 0) => Step::ActionReviewed(ActionReviewed { of, note }),
        (Class::Action, 1 | 2) => {
            let mode = record.map(|_| Mode::Live);
            Step::ActionUpdated(ActionUpdated { of, note, done: way == 2, record, mode })
        }
        (Class::Action, _) => {
            let not_carried_out = !follow.was_carried_out();
            Step::ActionClosed(ActionClosed { of, note, not_carried_out })
        }
        _ => return None,
    })
}

fn classified(of: Uuid, base: Vec<Uuid>, way: usize) -> Classified {
    let gap = [Gap::Knowledge, Gap::Workflow, Gap::Accountability][way % 3];
    Classified { of, base, gap, competency: "escalation".into(), category: None, note: String::new() }
}

fn write(
    world: &mut World,
    who: usize,
    step: Step,
    site: Option<Uuid>,
    subject: Option<Uuid>,
) -> Result<(), Broken> {
    let begins = step.of().is_none();
    let lifts = matches!(step, Step::RestrictionLifted(_));
    let reply = world.ask(who, Request::Step { step: Box::new(step), site, subject });
    sound(world, who, reply.as_ref())?;
    if lifts && matches!(reply, Some(Reply::Written { .. } | Reply::Done)) {
        reached::note("a restriction was lifted");
    }
    if let (true, Some(Reply::Written { id })) = (begins, reply) {
        world.devices[who].saved.push(Saved { id });
    }
    Ok(())
}
