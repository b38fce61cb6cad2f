//! B4: every incident is classified; a corrective action has its owner, date and measure; training
//! alone does not answer a workflow gap; a high-risk one closes only with its re-validation.

use chrono::{Days, Local};
use fieldproof::engine::api::{FailureCode, Reply, Request};
use fieldproof::practice::follow::{
    About, ActionKind, ActionOpened, ActionUpdated, Category, Class as Follows, Classified, Evidence, Gap,
    IncidentLogged, IncidentReported, Mode, Outcome, State, Step, Wanting, Work,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast, closed};
use crate::run;

fn reported(near_miss: bool, outcomes: Vec<Outcome>) -> Step {
    Step::IncidentReported(IncidentReported {
        near_miss,
        category: Category::Medication,
        happened_at: Local::now().fixed_offset(),
        words: "Evening dose given at 22:40".into(),
        person_code: "E-4".into(),
        competency: String::new(),
        outcomes,
        harm: Some("D".into()),
        record: None,
        visit_at: None,
        practice_of: None,
    })
}

fn action(owner: Uuid, high_risk: bool, evidence: Evidence, standard: Uuid, reports: Vec<Uuid>) -> Step {
    Step::ActionOpened(ActionOpened {
        title: "Second reminder at the round".into(),
        kind: ActionKind::WorkflowChange,
        gap: Gap::Workflow,
        competency: "medication".into(),
        category: Some(Category::Medication),
        reports,
        owner,
        due: Local::now().date_naive() + Days::new(14),
        high_risk,
        standard: Some(standard),
        evidence,
        items: Vec::new(),
        watch_days: 90,
    })
}

#[test]
fn b4_an_incident_is_classified_and_its_action_closes_with_the_re_validation() {
    run(async {
        let Cast { sam, bo, quinn, elm, sam_id, bo_id, .. } = cast().await;
        let (standard, _) = sam.standard_of(Class::Check).await;

        // Bo reports on the shared tablet; a hospital stay makes it reportable.
        let incident = bo.step(reported(false, vec![Outcome::Hospital]), Some(elm), None).await;
        bo.synced().await;
        sam.refresh().await;
        assert!(sam.owes(incident).await, "not classified yet");
        let About::Report(report) = sam.follow_up(incident).await.follow.about else { panic!() };
        assert!(report.reportable);
        let classified = Step::Classified(Classified {
            of: incident,
            base: Vec::new(),
            gap: Gap::Workflow,
            competency: "medication".into(),
            category: None,
            note: "Nobody owns the round after a swap".into(),
        });
        let refused =
            bo.ask(Request::Step { step: Box::new(classified.clone()), site: None, subject: None }).await;
        assert!(matches!(refused, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
        sam.goes_on(classified).await;
        let logged = |work| {
            Step::IncidentLogged(IncidentLogged {
                of: incident,
                work,
                done_at: None,
                note: String::new(),
                who: None,
            })
        };
        sam.goes_on(logged(Work::Notified)).await;
        sam.goes_on(logged(Work::InvestigationBegun)).await;
        sam.synced().await;

        // Quinn: training alone would not answer it, and high risk asks for a live look.
        quinn.refresh().await;
        assert!(ActionKind::Retraining.misses(Gap::Workflow));
        let nothing = Evidence::default();
        assert_eq!(
            quinn.wanting(action(sam_id, true, nothing, standard, vec![incident])).await,
            Wanting::HighRisk
        );
        let live = Evidence { validations: 1, live: 1, ..nothing };
        let step = action(sam_id, true, live, standard, vec![incident]);
        let action = quinn.step(step, Some(elm), None).await;
        quinn.synced().await;

        sam.refresh().await;
        assert!(sam.owes(action).await, "it is Sam's");
        let close = || closed(action, "Round is owned");
        assert!(matches!(quinn.wanting(close()).await, Wanting::Evidence { .. }));
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(Step::ActionUpdated(ActionUpdated {
            of: action,
            note: "Reminder is on the board".into(),
            done: true,
            record: Some(check),
            mode: Some(Mode::Live),
        }))
        .await;
        sam.goes_on(logged(Work::Resolved)).await;
        sam.synced().await;
        quinn.refresh().await;
        assert!(quinn.owes(action).await, "carried out: to be closed");
        quinn.goes_on(close()).await;
        let view = quinn.follow_up(action).await;
        assert_eq!(view.follow.state, State::Closed);
        assert_eq!(view.reports.len(), 1);
        assert_eq!(view.reports[0].follow.state, State::Closed);
        assert_eq!(bo.count(Follows::Action).await, 0, "actions are for those who lead");
    });
}
