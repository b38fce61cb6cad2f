//! What ends a thing, and that nobody is offered to end what is then refused: near misses, actions,
//! improvements, tasks.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{FailureCode, Owed, Reply, Request, TaskRow};
use fieldproof::practice::follow::{
    About, ActionKind, ActionOpened, Category, Classified, Evidence, Gap, ImprovementClosed,
    ImprovementOpened, ImprovementOutcome, ImprovementStaged, IncidentLogged, IncidentReported, Mode,
    RestrictionLifted, RestrictionPlaced, RestrictionReviewed, Stage, State, Step, Wanting, Work,
};
use fieldproof::practice::rights::may_write;
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, carried_out, cast, closed, near_miss};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

fn classified(of: Uuid) -> Step {
    Step::Classified(Classified {
        of,
        base: Vec::new(),
        gap: Gap::Workflow,
        competency: "medication".into(),
        category: None,
        note: "Two lists".into(),
    })
}

async fn stands(device: &Device, id: Uuid) -> (State, Vec<Work>) {
    let follow = device.follow_up(id).await.follow;
    let About::Report(report) = &follow.about else { panic!("no report") };
    (follow.state, report.work_next())
}

#[test]
fn b4_a_near_miss_ends_with_its_cause_and_asks_for_nothing_more() {
    run(async {
        let Cast { sam, elm, .. } = cast().await;
        let now = Local::now().fixed_offset();
        let near = sam.step(near_miss(now, "medication"), Some(elm), None).await;
        assert_eq!(stands(&sam, near).await, (State::Open, vec![]));
        sam.goes_on(classified(near)).await;
        assert_eq!(stands(&sam, near).await, (State::Closed, vec![]));
        let Step::IncidentReported(body) = near_miss(now, "medication") else { panic!() };
        // What did happen is investigated and resolved.
        let body = IncidentReported { near_miss: false, category: Category::Medication, ..body };
        let incident = sam.step(Step::IncidentReported(body.clone()), Some(elm), None).await;
        sam.goes_on(classified(incident)).await;
        let next = vec![Work::InvestigationBegun, Work::Resolved, Work::Trended];
        assert_eq!(stands(&sam, incident).await, (State::Worked, next));
        // A visit at risk is not over while nobody is sure to come.
        let visit_at = Some(now + TimeDelta::hours(1));
        let visit = Step::IncidentReported(IncidentReported { near_miss: true, visit_at, ..body });
        let visit = sam.step(visit, Some(elm), None).await;
        sam.goes_on(classified(visit)).await;
        for work in Work::VISIT {
            assert_eq!(stands(&sam, visit).await, (State::Worked, vec![]), "before {work:?}");
            let note = "Spoke to the daughter".into();
            sam.goes_on(Step::IncidentLogged(IncidentLogged {
                of: visit,
                work,
                done_at: None,
                note,
                who: None,
            }))
            .await;
        }
        assert_eq!(stands(&sam, visit).await, (State::Closed, vec![]));
    });
}

#[test]
fn b4_an_action_says_what_is_still_open_before_it_can_be_closed() {
    run(async {
        let Cast { sam, quinn, elm, sam_id, bo_id, .. } = cast().await;
        let (standard, competency) = quinn.standard_of(Class::Check).await;
        let opened = Step::ActionOpened(ActionOpened {
            title: "One list".into(),
            kind: ActionKind::WorkflowChange,
            gap: Gap::Workflow,
            competency: competency.clone(),
            category: None,
            reports: Vec::new(),
            owner: sam_id,
            due: Local::now().date_naive() + Days::new(14),
            high_risk: false,
            standard: None,
            evidence: Evidence::default(),
            items: Vec::new(),
            watch_days: 90,
        });
        let action = quinn.step(opened, Some(elm), None).await;
        let placed = Step::RestrictionPlaced(RestrictionPlaced {
            duties: "No round alone".into(),
            why: "Three late doses".into(),
            competency,
            standard: Some(standard),
            evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
            items: Vec::new(),
            review_days: 7,
            action: Some(action),
        });
        let restriction = quinn.step(placed, Some(elm), Some(bo_id)).await;
        let view = quinn.follow_up(action).await;
        assert!(view.follow.wanting().is_none(), "all that was asked of the action itself is there");
        assert_eq!(view.follow.still_open, 1);
        let open: Vec<Uuid> = view.still_open.iter().map(|row| row.follow.id).collect();
        assert_eq!(open, [restriction]);
        let close = || closed(action, "Done");
        assert_eq!(quinn.wanting(close()).await, Wanting::StillOpen { n: 1 });
        quinn.synced().await;
        sam.refresh().await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(Step::RestrictionReviewed(RestrictionReviewed {
            of: restriction,
            note: "All met".into(),
            record: Some(check),
            mode: Some(Mode::Live),
        }))
        .await;
        sam.goes_on(Step::RestrictionLifted(RestrictionLifted { of: restriction, note: String::new() }))
            .await;
        sam.synced().await;
        quinn.refresh().await;
        let view = quinn.follow_up(action).await;
        assert_eq!((view.follow.still_open, view.still_open.len()), (0, 0));
        quinn.goes_on(carried_out(action, "Printed")).await;
        quinn.goes_on(close()).await;
        assert_eq!(quinn.follow_up(action).await.follow.state, State::Closed);
    });
}

#[test]
fn e1_nothing_is_adopted_that_was_not_carried_out_and_studied() {
    run(async {
        let Cast { quinn, elm, .. } = cast().await;
        let today = Local::now().date_naive();
        let opened = || {
            Step::ImprovementOpened(ImprovementOpened {
                title: "Better nights".into(),
                aim: "No late call".into(),
                measure: "Late calls".into(),
                standard: None,
                programme: "Homes".into(),
                baseline_from: today,
                baseline_to: today,
                baseline: None,
                target: None,
                target_on: None,
                area: String::new(),
                focus: None,
            })
        };
        let end = |of, outcome| {
            Step::ImprovementClosed(ImprovementClosed { of, outcome, note: "What we learned".into() })
        };
        let of = quinn.step(opened(), Some(elm), None).await;
        for stage in [Stage::Study, Stage::Plan, Stage::Do] {
            for outcome in [ImprovementOutcome::Adopted, ImprovementOutcome::Adapted] {
                assert_eq!(quinn.wanting(end(of, outcome)).await, Wanting::NotStudied, "before {stage:?}");
            }
            let staged = ImprovementStaged { of, stage, note: "One site".into(), minutes: None };
            quinn.goes_on(Step::ImprovementStaged(staged)).await;
        }
        assert_eq!(quinn.wanting(end(of, ImprovementOutcome::Adopted)).await, Wanting::NotStudied);
        let studied =
            ImprovementStaged { of, stage: Stage::Study, note: "Two of thirty".into(), minutes: None };
        quinn.goes_on(Step::ImprovementStaged(studied)).await;
        quinn.goes_on(end(of, ImprovementOutcome::Adopted)).await;
        assert_eq!(quinn.follow_up(of).await.follow.state, State::Closed);
        // What did not work out can be let go at any time.
        let of = quinn.step(opened(), Some(elm), None).await;
        quinn.goes_on(end(of, ImprovementOutcome::Abandoned)).await;
        assert_eq!(quinn.follow_up(of).await.follow.state, State::Stopped);
    });
}

async fn tasks(device: &Device) -> Vec<TaskRow> {
    match device.ask(Request::Tasks { site: None }).await {
        Reply::Tasks(rows) => rows,
        other => panic!("{other:?}"),
    }
}

/// A9: what the engine offers to somebody, the table of rights gives to their role there.
#[test]
fn a9_no_role_is_offered_what_the_table_refuses_to_it() {
    run(async {
        let Cast { ada, sam, bo, quinn, elm, bo_id, sam_id, .. } = cast().await;
        let handoff = sam.standard_by(Class::Handoff, "handoff").await;
        let with_task = Answers { task: Some("Call the clinic"), ..Answers::default() };
        sam.fill(handoff, elm, None, with_task).await;
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[0]).await;
        let near = near_miss(Local::now().fixed_offset(), "medication");
        let near = sam.step(near, Some(elm), None).await;
        sam.synced().await;
        bo.refresh().await;
        let note = bo.observe(Class::Note, elm, Some(bo_id), &[]).await;
        bo.synced().await;
        quinn.refresh().await;
        quinn.done(Request::Return { record: check, reason: "Which round?".into() }).await;
        quinn.synced().await;
        let task = tasks(&sam).await[0].task.id;
        for device in [&ada, &sam, &bo, &quinn] {
            device.refresh().await;
            let me = device.status().await.me.unwrap();
            // An administrator and a quality lead see all sites, and are assigned to none here.
            let sites: Vec<Uuid> = if [sam_id, bo_id].contains(&me.person) { vec![elm] } else { Vec::new() };
            let may = |kind: &str, subject| may_write(me.role, &sites, kind, me.person, Some(elm), subject);
            for record in [check, note] {
                let Reply::Record(view) = device.ask(Request::Record { record }).await else { continue };
                let class = view.row.class.as_str();
                let offers = [
                    (view.may.amend, "amended"),
                    (view.may.withdraw, "withdrawn"),
                    (view.may.send_back, "returned"),
                    (view.may.answer || view.may.reply, "answered"),
                    (view.may.ask, "acknowledged"),
                    (view.may.acknowledge, "acknowledged"),
                    (view.may.review, "reviewed"),
                ];
                for (offered, verb) in offers {
                    let kind = format!("{class}.{verb}");
                    assert!(!offered || may(&kind, Some(bo_id)), "{:?} is offered {kind}", me.role);
                }
            }
            if let Reply::FollowUp(view) = device.ask(Request::FollowUp { id: near }).await {
                for verb in &view.may {
                    let kind = format!("incident.{verb}");
                    assert!(may(&kind, view.follow.receiver()), "{:?} is offered {kind}", me.role);
                }
            }
            let owed = device.today().await.owed;
            let offered = owed.iter().any(|one| matches!(one, Owed::Task { .. }));
            let may_end = may("task.done", None);
            assert!(!offered || may_end, "{:?} is asked to end a task", me.role);
            assert_eq!(me.begins.contains_key("task.assigned"), may_end, "{:?}", me.role);
            // Giving it to oneself changes nothing that the others are asked about.
            let reply = device.ask(Request::AssignTask { task, owner: me.person }).await;
            let refused =
                matches!(&reply, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted);
            assert_eq!(refused, !may_end, "{:?} {reply:?}", me.role);
        }
    });
}
