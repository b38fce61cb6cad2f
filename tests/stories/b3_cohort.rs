//! B3: the group that stands out against the rest is found, its people are limited and retrained by
//! one action, and one live check on shift counts for all of it.

use chrono::{Days, Local};
use fieldproof::engine::api::{CohortMeasure, CohortsView, FollowUpFilter, Reply, Request};
use fieldproof::insight::cohort::{Cohort, Finding, Start};
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, Class as Follows, CycleOpened, CycleValidated, Evidence, Gap, Mode, Origin,
    RestrictionLifted, RestrictionPlaced, State, Step,
};
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::Device;

async fn cohorts(device: &Device, competency: &str) -> CohortsView {
    let request = Request::Cohorts { measure: CohortMeasure::NotMet, competency: competency.into() };
    match device.ask(request).await {
        Reply::Cohorts(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn finding(view: &CohortsView, site: Uuid) -> Option<Finding> {
    view.compared.iter().find(|one| one.cohort == Cohort::Site(site)).map(|one| one.finding)
}

/// Of each person's checks so many are not met, then so many are. The first one alone is compared:
/// whoever missed is looked at again, so the others would count the same people double.
async fn checks(quinn: &Device, site: Uuid, people: &[Uuid], not_met: u32, met: u32) {
    for person in people {
        for _ in 0..not_met {
            quinn.observe(Class::Check, site, Some(*person), &[0, 1, 2, 3]).await;
        }
        for _ in 0..met {
            quinn.observe(Class::Check, site, Some(*person), &[]).await;
        }
    }
}

#[test]
fn b3_the_site_that_stands_out_is_found_limited_and_re_validated() {
    run(async {
        let Cast { ada, sam, bo, quinn, elm, sam_id, bo_id, cy_id, .. } = cast().await;
        let oak = ada.add_site("Oak House").await;
        let dee = ada.add_person("Dee", Role::Staff, &[elm]).await;
        let mut others = Vec::new();
        ada.net.days_ago.set(200);
        // Three of three against none of three may be chance between people; against none of eight it
        // is not.
        for name in ["Eli", "Fay", "Gus", "Hal", "Ivy", "Jon", "Kim", "Lee"] {
            others.push(ada.add_person(name, Role::Staff, &[oak]).await);
        }
        ada.net.days_ago.set(0);
        ada.synced().await;
        quinn.refresh().await;
        let (standard, competency) = quinn.standard_of(Class::Check).await;
        checks(&quinn, elm, &[bo_id, cy_id], 3, 1).await;
        checks(&quinn, oak, &others, 0, 3).await;
        let view = cohorts(&quinn, &competency).await;
        assert_eq!(finding(&view, elm), Some(Finding::FewPeople), "two people are no cohort");
        checks(&quinn, elm, &[dee], 3, 1).await;
        let view = cohorts(&quinn, &competency).await;
        assert_eq!(finding(&view, elm), Some(Finding::Over));
        assert_eq!(finding(&view, oak), Some(Finding::FewCases));
        let elm_house = view.compared.iter().find(|one| one.cohort == Cohort::Site(elm)).unwrap();
        assert_eq!((elm_house.tally.cases, elm_house.tally.looks, elm_house.rest.cases), (3, 3, 0));
        assert_eq!(view.again, 3 * 3 + 8 * 2, "what came after a first look is told apart");
        assert!(cohorts(&quinn, "visits").await.compared.is_empty(), "nothing was observed of that");
        // Whoever is at Elm came this week, the others half a year ago.
        let new = view.compared.iter().find(|one| one.cohort == Cohort::Start(Start::New)).unwrap();
        assert_eq!((new.tally.cases, new.tally.people, new.finding), (3, 3, Finding::Over));

        // One action: Bo's duties are limited until a live check on shift.
        let asked = Evidence { validations: 1, live: 1, ..Evidence::default() };
        let due = Local::now().date_naive() + Days::new(14);
        let action = quinn
            .step(
                Step::ActionOpened(ActionOpened {
                    title: "Medication rounds at Elm House".into(),
                    kind: ActionKind::Retraining,
                    gap: Gap::Knowledge,
                    competency: competency.clone(),
                    category: None,
                    reports: Vec::new(),
                    owner: sam_id,
                    due,
                    high_risk: true,
                    standard: Some(standard),
                    evidence: asked,
                    items: Vec::new(),
                    watch_days: 90,
                }),
                Some(elm),
                None,
            )
            .await;
        quinn.synced().await;
        sam.refresh().await;
        let placed = Step::RestrictionPlaced(RestrictionPlaced {
            duties: "No medication round alone".into(),
            why: "Medication rounds at Elm House".into(),
            competency: competency.clone(),
            standard: Some(standard),
            evidence: asked,
            items: Vec::new(),
            review_days: 7,
            action: Some(action),
        });
        let restriction = sam.step(placed, Some(elm), Some(bo_id)).await;
        let cycle = Step::CycleOpened(CycleOpened {
            standard,
            competency,
            weakness: "Medication rounds".into(),
            expected: "The standard is met".into(),
            evidence: asked,
            due,
            origin: Origin::Action { action, items: Vec::new() },
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = sam.step(cycle, Some(elm), Some(bo_id)).await;

        // In force at the site where it matters, and only there.
        let in_force = |site| FollowUpFilter {
            classes: vec![Follows::Restriction],
            site: Some(site),
            open: true,
            ..FollowUpFilter::default()
        };
        let here = |reply: Reply| match reply {
            Reply::FollowUps(rows) => rows.len(),
            other => panic!("{other:?}"),
        };
        assert_eq!(here(sam.ask(Request::FollowUps { filter: in_force(elm) }).await), 1);
        assert_eq!(here(sam.ask(Request::FollowUps { filter: in_force(oak) }).await), 0);

        // One live check on shift counts for the cycle, the restriction and the action.
        let check = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(Step::CycleValidated(CycleValidated { of: cycle, record: check, mode: Mode::Live }))
            .await;
        for id in [cycle, restriction, action] {
            let follow = sam.follow_up(id).await.follow;
            assert!(follow.wanting().is_none() && follow.proof.records == [check], "{:?}", follow.class);
        }
        sam.goes_on(Step::RestrictionLifted(RestrictionLifted { of: restriction, note: String::new() }))
            .await;
        sam.synced().await;
        bo.refresh().await;
        assert_eq!(bo.follow_up(restriction).await.follow.state, State::Closed);
        assert_eq!(here(sam.ask(Request::FollowUps { filter: in_force(elm) }).await), 0);
    });
}
