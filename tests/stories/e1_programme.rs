//! E1: a programme assesses itself, takes on a priority, runs plan-do-study-act twice, and takes the
//! assessment again.

use std::collections::BTreeMap;

use chrono::{Days, Local};
use fieldproof::engine::api::{FollowUpFilter, Reply, Request};
use fieldproof::practice::follow::{
    About, AssessmentSubmitted, Class as Follows, ImprovementClosed, ImprovementOpened, ImprovementOutcome,
    ImprovementStaged, Stage, State, Step, Wanting,
};

use crate::cast::{Cast, cast};
use crate::run;

fn assessment(scores: [u8; 6], priorities: &[&str]) -> Step {
    let scores = AssessmentSubmitted::AREAS.iter().map(|area| (*area).to_owned()).zip(scores);
    Step::AssessmentSubmitted(AssessmentSubmitted {
        programme: "Homes".into(),
        scores: scores.collect(),
        notes: BTreeMap::new(),
        priorities: priorities.iter().map(|area| (*area).to_owned()).collect(),
    })
}

#[test]
fn e1_a_programme_is_assessed_improved_and_assessed_again() {
    run(async {
        let Cast { mut world, ada, sam, quinn, .. } = cast().await;
        let today = Local::now().date_naive();
        let unscored = quinn.wanting_of(assessment([2, 2, 3, 0, 3, 2], &[]), None, None).await;
        assert_eq!(unscored, Wanting::Score { area: "quality_observed".into() });
        quinn.step(assessment([2, 2, 3, 1, 3, 2], &["quality_observed"]), None, None).await;

        // In the train: opened, planned, done.
        world.stop_server().await;
        let opened = Step::ImprovementOpened(ImprovementOpened {
            title: "Practice is observed".into(),
            aim: "Everyone is observed twice a month by March".into(),
            measure: "Observations done of due".into(),
            standard: None,
            programme: "Homes".into(),
            baseline_from: today - Days::new(28),
            baseline_to: today,
            baseline: Some(20.0),
            target: Some(80.0),
            target_on: Some(today + Days::new(90)),
            area: "quality_observed".into(),
            focus: None,
        });
        let improvement = quinn.step(opened, None, None).await;
        let staged = |stage, note: &str| {
            Step::ImprovementStaged(ImprovementStaged {
                of: improvement,
                stage,
                note: note.into(),
                minutes: None,
            })
        };
        assert!(matches!(quinn.wanting(staged(Stage::Plan, "")).await, Wanting::Words { .. }));
        for (stage, note) in [
            (Stage::Plan, "Two supervisors, one site, two weeks"),
            (Stage::Do, "Eleven of fourteen done"),
            (Stage::Study, "Nights were left out"),
            (Stage::Act, "Nights get a slot of their own"),
            (Stage::Plan, "All sites, nights on Tuesdays"),
            (Stage::Do, "Thirty of thirty-two"),
        ] {
            quinn.goes_on(staged(stage, note)).await;
        }
        assert_eq!(quinn.follow_up(improvement).await.follow.stage(), Some(Stage::Do));
        world.start_server().await;
        quinn.synced().await;
        ada.refresh().await;
        sam.refresh().await;
        assert_eq!(ada.follow_up(improvement).await.follow.stage(), Some(Stage::Do));
        assert_eq!(sam.count(Follows::Improvement).await, 0, "without a site it is the office's");
        assert!(ada.follow_up(improvement).await.may.is_empty(), "the quality lead's to write");

        let (outcome, note) =
            (ImprovementOutcome::Adapted, "A slot for nights made the difference".to_owned());
        quinn.goes_on(Step::ImprovementClosed(ImprovementClosed { of: improvement, outcome, note })).await;
        quinn.step(assessment([2, 3, 3, 3, 3, 2], &[]), None, None).await;
        quinn.synced().await;
        ada.refresh().await;
        assert_eq!(ada.follow_up(improvement).await.follow.state, State::Closed);
        let filter = FollowUpFilter { classes: vec![Follows::Assessment], ..FollowUpFilter::default() };
        let Reply::FollowUps(mut taken) = ada.ask(Request::FollowUps { filter }).await else { panic!() };
        taken.sort_by_key(|row| row.follow.at);
        let observed: Vec<u8> = taken
            .iter()
            .map(|row| match &row.follow.about {
                About::Assessment(body) => body.scores["quality_observed"],
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(observed, [1, 3]);
    });
}
