//! B3: restrictions until re-validated, reviewed weekly, lifted with evidence.

use chrono::{Days, Local};
use fieldproof::practice::follow::{
    Evidence, Mode, RestrictionLifted, RestrictionPlaced, RestrictionReviewed, State, Step, Wanting,
};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn b3_a_restriction_is_seen_by_whom_it_concerns_and_lifted_only_with_a_live_check() {
    run(async {
        let Cast { sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let (standard, competency) = quinn.standard_of(Class::Check).await;
        let placed = |standard, competency| {
            Step::RestrictionPlaced(RestrictionPlaced {
                duties: "No medication round alone".into(),
                why: "Three doses late in a week".into(),
                competency,
                standard: Some(standard),
                evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
                items: Vec::new(),
                review_days: 7,
                action: None,
            })
        };
        // What is read at a desk could never lift it.
        let (on_paper, of_paper) = quinn.standard_of(Class::Audit).await;
        let never = quinn.wanting_of(placed(on_paper, of_paper), Some(elm), Some(bo_id)).await;
        assert_eq!(never, Wanting::NeverLive);
        let restriction = quinn.step(placed(standard, competency), Some(elm), Some(bo_id)).await;
        quinn.synced().await;
        sam.refresh().await;
        bo.refresh().await;
        assert!(bo.owes(restriction).await, "whose duties are limited sees it on Today");
        let view = sam.follow_up(restriction).await;
        assert_eq!(view.follow.due, Some(Local::now().date_naive() + Days::new(7)));
        assert!(!sam.owes(restriction).await, "the next review is in a week");

        let lift = || Step::RestrictionLifted(RestrictionLifted { of: restriction, note: String::new() });
        assert!(matches!(sam.wanting(lift()).await, Wanting::Evidence { .. }));
        let missed = sam.observe(Class::Check, elm, Some(bo_id), &[0, 1, 2, 3]).await;
        let reviewed = |record, note: &str| {
            Step::RestrictionReviewed(RestrictionReviewed {
                of: restriction,
                note: note.into(),
                record: Some(record),
                mode: Some(Mode::Live),
            })
        };
        let day = sam.follow_up(restriction).await.follow.due;
        sam.goes_on(reviewed(missed, "Not yet")).await;
        let after = sam.follow_up(restriction).await.follow;
        assert_eq!(after.due, day, "a check that failed is no review of the restriction");
        assert!(matches!(sam.wanting(lift()).await, Wanting::Evidence { .. }));
        let passed = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(reviewed(passed, "All met on the late round")).await;
        sam.goes_on(lift()).await;
        sam.synced().await;
        bo.refresh().await;
        quinn.refresh().await;
        assert!(!bo.owes(restriction).await);
        let proof = quinn.follow_up(restriction).await.follow;
        assert_eq!(
            (proof.state, proof.proof.records, proof.proof.failed),
            (State::Closed, vec![passed], vec![missed])
        );
    });
}
