//! T5, A2, T7: whoever reported hears what came of it, an action reaches its owner and can be handed on,
//! and an investigation is begun by whoever leads.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{FailureCode, HeardOf, Owed, Reply, Request};
use fieldproof::practice::follow::{
    About, ActionKind, ActionOpened, ActionReassigned, Category, Class as Follows, Classified, Evidence, Gap,
    IncidentLogged, IncidentReported, State, Step, Work,
};
use fieldproof::practice::record::Outcome;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::cast::{Cast, carried_out, cast, closed, near_miss};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

fn logged(of: Uuid, work: Work, note: &str, who: Option<Uuid>) -> Step {
    Step::IncidentLogged(IncidentLogged { of, work, done_at: None, note: note.into(), who })
}

fn classified(of: Uuid) -> Step {
    Step::Classified(Classified {
        of,
        base: Vec::new(),
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: None,
        note: "Did not compare the order with the MAR".into(),
    })
}

async fn refused(device: &Device, step: Step) -> bool {
    let reply = device.ask(Request::Step { step: Box::new(step), site: None, subject: None }).await;
    matches!(reply, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted)
}

async fn owes_task(device: &Device, id: Uuid) -> bool {
    let owed = device.today().await.owed;
    owed.iter().any(|one| matches!(one, Owed::Task { task } if task.task.id == id))
}

/// What this device's Today says about a report.
async fn heard(device: &Device, report: Uuid) -> Vec<Step> {
    let owed = device.today().await.owed.into_iter();
    let of_it = owed.filter_map(|one| match one {
        Owed::Heard { of: HeardOf::Report { row, step }, .. } if row.follow.id == report => Some(*step),
        _ => None,
    });
    of_it.collect()
}

#[test]
fn t5_whoever_reported_a_near_miss_hears_its_cause() {
    run(async {
        let Cast { sam, bo, elm, .. } = cast().await;
        let report = bo.step(near_miss(Local::now().fixed_offset(), "medication"), Some(elm), None).await;
        bo.synced().await;
        assert!(heard(&bo, report).await.is_empty(), "what one did oneself is no news");
        sam.refresh().await;
        sam.goes_on(classified(report)).await;
        sam.synced().await;
        bo.refresh().await;
        let view = bo.follow_up(report).await;
        let About::Report(known) = &view.follow.about else { panic!() };
        assert_eq!((known.gap, view.follow.state), (Some(Gap::Knowledge), State::Closed));
        assert!(matches!(heard(&bo, report).await.as_slice(), [Step::Classified(_)]));
        // Opening it is reading it.
        bo.done(Request::ReadTold { event: view.heard[0] }).await;
        assert!(heard(&bo, report).await.is_empty());
        assert!(bo.follow_up(report).await.heard.is_empty());
    });
}

#[test]
fn t5_whose_practice_it_was_does_not_receive_the_report() {
    run(async {
        let Cast { sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let step = near_miss(Local::now().fixed_offset(), "medication");
        let report = sam.step(step, Some(elm), Some(bo_id)).await;
        sam.synced().await;
        quinn.refresh().await;
        bo.refresh().await;
        assert_eq!(bo.count(Follows::Incident).await, 0);
        assert_eq!(quinn.follow_up(report).await.follow.subject, Some(bo_id));
        quinn.goes_on(classified(report)).await;
        quinn.synced().await;
        bo.refresh().await;
        assert_eq!(bo.count(Follows::Incident).await, 0);
        sam.refresh().await;
        assert_eq!(sam.follow_up(report).await.follow.state, State::Closed);
    });
}

#[test]
fn t5_the_worker_learns_that_cover_is_arranged_and_who_goes() {
    run(async {
        let Cast { sam, bo, elm, cy_id, .. } = cast().await;
        let now = Local::now().fixed_offset();
        let step = near_miss(now, "visits");
        let Step::IncidentReported(body) = step else { panic!() };
        let at_risk = Step::IncidentReported(IncidentReported {
            category: Category::MissedVisit,
            visit_at: Some(now + TimeDelta::hours(1)),
            ..body
        });
        let visit = bo.step(at_risk, Some(elm), None).await;
        bo.synced().await;
        sam.refresh().await;
        sam.goes_on(logged(visit, Work::CoverInPlace, "There at 18:00", Some(cy_id))).await;
        sam.synced().await;
        bo.refresh().await;
        let view = bo.follow_up(visit).await;
        let cover = view.follow.history.iter().find_map(|entry| match &entry.step {
            Step::IncidentLogged(body) if body.work == Work::CoverInPlace => Some((entry.author, body.who)),
            _ => None,
        });
        let (by, who) = cover.unwrap();
        assert_eq!((view.names[&by].as_str(), view.names[&who.unwrap()].as_str()), ("Sam", "Cy"));
        assert!(matches!(heard(&bo, visit).await.as_slice(), [Step::IncidentLogged(_)]));
    });
}

#[test]
fn t7_an_investigation_is_begun_by_whoever_leads_and_names_the_investigator() {
    run(async {
        let Cast { sam, bo, elm, sam_id, .. } = cast().await;
        let Step::IncidentReported(body) = near_miss(Local::now().fixed_offset(), "medication") else {
            panic!()
        };
        let neglect = IncidentReported { near_miss: false, category: Category::Neglect, ..body };
        let report = bo.step(Step::IncidentReported(neglect), Some(elm), None).await;
        for work in [Work::InvestigationBegun, Work::Notified] {
            assert!(refused(&bo, logged(report, work, "I asked around", None)).await, "{work:?}");
        }
        bo.goes_on(logged(report, Work::SupervisorTold, "", None)).await;
        bo.synced().await;
        sam.refresh().await;
        sam.goes_on(logged(report, Work::InvestigationBegun, "", Some(sam_id))).await;
        let view = sam.follow_up(report).await;
        let About::Report(known) = &view.follow.about else { panic!() };
        assert!(known.work.contains_key(&Work::InvestigationBegun));
        assert_eq!(view.names[&sam_id], "Sam");
    });
}

fn action(owner: Uuid) -> Step {
    Step::ActionOpened(ActionOpened {
        title: "A card beside the telephone".into(),
        kind: ActionKind::WorkflowChange,
        gap: Gap::Workflow,
        competency: "escalation".into(),
        category: None,
        reports: Vec::new(),
        owner,
        due: Local::now().date_naive() + Days::new(7),
        high_risk: false,
        standard: None,
        evidence: Evidence::default(),
        items: Vec::new(),
        watch_days: 90,
    })
}

fn reassigned(of: Uuid, owner: Uuid, days: u64) -> Step {
    let due = Local::now().date_naive() + Days::new(days);
    Step::ActionReassigned(ActionReassigned { of, owner, due, reason: "Chloe is on leave".into() })
}

#[test]
fn a2_an_action_over_all_sites_reaches_its_owner_who_carries_it_out() {
    run(async {
        let Cast { world, ada, sam, quinn, .. } = cast().await;
        let oak = ada.add_site("Oak House").await;
        let chloe_id = ada.add_person("Chloe", Role::Supervisor, &[oak]).await;
        ada.synced().await;
        let chloe = world.paired("chloe", &ada.code_for(chloe_id).await).await;
        quinn.refresh().await;
        let id = quinn.step(action(chloe_id), None, None).await;
        quinn.synced().await;
        chloe.refresh().await;
        sam.refresh().await;
        assert!(chloe.owes(id).await);
        assert_eq!(sam.count(Follows::Action).await, 0, "it is not Sam's");
        // To hand it on is for whoever leads there: nobody but quality leads everywhere.
        assert!(refused(&chloe, reassigned(id, chloe_id, 30)).await);
        chloe.goes_on(carried_out(id, "The card hangs there")).await;
        chloe.synced().await;
        quinn.refresh().await;
        assert_eq!(quinn.follow_up(id).await.follow.state, State::Worked);
        quinn.goes_on(closed(id, "Seen at both sites")).await;
        quinn.synced().await;
        chloe.refresh().await;
        assert_eq!(chloe.follow_up(id).await.follow.state, State::Closed);
        assert!(world.quarantined().await.is_empty());
    });
}

#[test]
fn a2_what_a_leaver_was_to_do_is_listed_to_the_lead_and_handed_on_with_a_reason() {
    run(async {
        let Cast { ada, sam, quinn, elm, sam_id, .. } = cast().await;
        let dee = ada.add_person("Dee", Role::Supervisor, &[elm]).await;
        ada.synced().await;
        quinn.refresh().await;
        sam.refresh().await;
        let id = quinn.step(action(dee), Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;
        assert!(!sam.owes(id).await);
        let handoff = sam.standard_by(Class::Handoff, "handoff").await;
        let with_task = Answers { task: Some("Call the clinic"), ..Answers::default() };
        sam.fill(handoff, elm, None, with_task).await;
        let Reply::Tasks(tasks) = sam.ask(Request::Tasks { site: None }).await else { panic!() };
        let task = tasks[0].task.id;
        sam.done(Request::AssignTask { task, owner: dee }).await;
        assert!(!owes_task(&sam, task).await);
        let leaves = Request::SetPerson {
            person: Some(dee),
            name: "Dee".into(),
            role: Role::Supervisor,
            sites: vec![elm],
            active: false,
        };
        ada.done(leaves).await;
        ada.synced().await;
        sam.refresh().await;
        assert!(sam.owes(id).await, "nobody carries it out any more");
        assert!(owes_task(&sam, task).await);
        sam.done(Request::AssignTask { task, owner: sam_id }).await;
        let due = Local::now().date_naive() + Days::new(21);
        sam.goes_on(reassigned(id, sam_id, 21)).await;
        sam.synced().await;
        quinn.refresh().await;
        let view = quinn.follow_up(id).await;
        assert_eq!((view.follow.owner, view.follow.due), (sam_id, Some(due)));
        let why = view.follow.history.iter().find_map(|entry| match &entry.step {
            Step::ActionReassigned(body) => Some(body.reason.as_str()),
            _ => None,
        });
        assert_eq!(why, Some("Chloe is on leave"));
        assert_eq!(view.row.owner_name, "Sam");
    });
}

#[test]
fn u8_feedback_that_is_good_reaches_the_person_on_today() {
    run(async {
        let Cast { sam, bo, elm, bo_id, .. } = cast().await;
        let note = bo.observe(Class::Scenario, elm, Some(bo_id), &[]).await;
        bo.synced().await;
        sam.refresh().await;
        sam.review(note, Outcome::Meets).await;
        sam.synced().await;
        bo.refresh().await;
        let said = bo.today().await.owed.into_iter().find_map(|one| match one {
            Owed::Heard { of: HeardOf::Accepted(row), by, words } if row.id == note => Some((by, words)),
            _ => None,
        });
        assert_eq!(said, Some(("Sam".to_owned(), "Say what you did next".to_owned())));
    });
}
