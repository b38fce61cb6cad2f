//! B4: what was done in time of what fell due, by the organisation's own deadlines; training alone
//! is warned of until something else answers the gap.

use chrono::{DateTime, Days, FixedOffset, Local, TimeDelta};
use fieldproof::engine::api::{Owed, Reply, Request, TimelyView};
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, Category, Classified, Duty, Evidence, Gap, IncidentLogged, IncidentReported,
    Outcome, Step, Work,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::Device;

fn incident(happened_at: DateTime<FixedOffset>) -> Step {
    Step::IncidentReported(IncidentReported {
        near_miss: false,
        category: Category::Medication,
        happened_at,
        words: "Evening dose given at 22:40".into(),
        person_code: "E-4".into(),
        competency: "medication".into(),
        outcomes: vec![Outcome::Hospital],
        harm: Some("F".into()),
        record: None,
        visit_at: None,
        practice_of: None,
    })
}

fn action(kind: ActionKind, owner: Uuid, standard: Uuid, report: Uuid) -> Step {
    Step::ActionOpened(ActionOpened {
        title: "Late doses".into(),
        kind,
        gap: Gap::Workflow,
        competency: "medication".into(),
        category: Some(Category::Medication),
        reports: vec![report],
        owner,
        due: Local::now().date_naive() + Days::new(14),
        high_risk: false,
        standard: Some(standard),
        evidence: Evidence::default(),
        items: Vec::new(),
        watch_days: 90,
    })
}

async fn timely(device: &Device) -> TimelyView {
    match device.ask(Request::Timely { days: 90 }).await {
        Reply::Timely(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// The next piece of work that Today asks for about a report.
async fn next(device: &Device, id: Uuid) -> Option<Duty> {
    device.today().await.owed.into_iter().find_map(|owed| match owed {
        Owed::Report { row, next } if row.follow.id == id => Some(next.duty),
        _ => None,
    })
}

#[test]
fn b4_each_clock_runs_by_the_organisations_setting_and_stops_when_the_work_is_done() {
    run(async {
        let Cast { sam, quinn, elm, .. } = cast().await;
        let report = sam.step(incident(Local::now().fixed_offset()), Some(elm), None).await;
        assert!(matches!(next(&sam, report).await, Some(Duty::Notify | Duty::Investigate)), "reportable");
        let view = timely(&sam).await;
        assert_eq!((view.investigated.of, view.resolved.of), (0, 0), "nothing has fallen due yet");
        let logged = |work| {
            Step::IncidentLogged(IncidentLogged {
                of: report,
                work,
                done_at: None,
                note: String::new(),
                who: None,
            })
        };
        sam.goes_on(logged(Work::Notified)).await;
        sam.goes_on(logged(Work::InvestigationBegun)).await;
        assert_eq!(next(&sam, report).await, Some(Duty::Classify));
        sam.goes_on(Step::Classified(Classified {
            of: report,
            base: Vec::new(),
            gap: Gap::Workflow,
            competency: "medication".into(),
            category: None,
            note: "Nobody owns the round after a swap".into(),
        }))
        .await;
        assert_eq!(next(&sam, report).await, Some(Duty::Resolve));

        // The state asks for no time at all from now on. What was reported before keeps its deadlines.
        let at_once = serde_json::json!(0);
        quinn.decides(&[("investigate_hours", at_once.clone()), ("resolve_days", at_once)]).await;
        quinn.synced().await;
        sam.synced().await;
        sam.refresh().await;
        let view = timely(&sam).await;
        assert_eq!(
            (view.investigated.of, view.resolved.of),
            (0, 0),
            "by what was in force when it was reported"
        );
        let later = sam.step(incident(Local::now().fixed_offset()), Some(elm), None).await;
        let view = timely(&sam).await;
        assert_eq!((view.investigated.in_time, view.investigated.of), (0, 1));
        assert_eq!((view.resolved.in_time, view.resolved.of), (0, 1));
        assert!(view.resolved.falls_short());
        assert_eq!(view.late.iter().map(|row| row.follow.id).collect::<Vec<_>>(), [later]);
    });
}

/// Work that is entered later than it was done counts by when it was done, and is said to be entered later.
#[test]
fn b4_what_was_in_time_by_what_was_entered_later_is_named() {
    run(async {
        let Cast { sam, quinn, elm, .. } = cast().await;
        quinn.decides(&[("investigate_hours", serde_json::json!(0))]).await;
        quinn.synced().await;
        sam.refresh().await;
        let now = Local::now().fixed_offset();
        let report = sam.step(incident(now - TimeDelta::days(3)), Some(elm), None).await;
        let body = IncidentLogged {
            of: report,
            work: Work::InvestigationBegun,
            done_at: Some(now - TimeDelta::days(2)),
            note: String::new(),
            who: None,
        };
        sam.goes_on(Step::IncidentLogged(body)).await;
        let view = timely(&sam).await;
        assert_eq!((view.investigated.in_time, view.investigated.of), (1, 1));
        assert_eq!(view.investigated.entered_later, [report]);
        let [later] = view.entered_later.as_slice() else { panic!("{:?}", view.entered_later) };
        assert_eq!((later.row.follow.id, later.work), (report, Work::InvestigationBegun));
        assert_eq!((later.entered - later.done).num_days(), 2);
    });
}

#[test]
fn b4_training_alone_is_warned_of_until_the_workflow_changes_too() {
    run(async {
        let Cast { quinn, elm, sam_id, .. } = cast().await;
        let (standard, _) = quinn.standard_of(Class::Check).await;
        let now = Local::now().fixed_offset() - TimeDelta::hours(1);
        let report = quinn.step(incident(now), Some(elm), None).await;
        let alone = async |action: Uuid| match quinn.ask(Request::Chain { action }).await {
            Reply::Chain(view) => view.training_alone,
            other => panic!("{other:?}"),
        };
        let trained =
            quinn.step(action(ActionKind::Retraining, sam_id, standard, report), Some(elm), None).await;
        assert!(alone(trained).await);
        quinn.step(action(ActionKind::WorkflowChange, sam_id, standard, report), Some(elm), None).await;
        assert!(!alone(trained).await);
    });
}
