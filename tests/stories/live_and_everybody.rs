//! What evidence claims: a simulated call is never live, a live check counts by itself, and
//! re-validated means everybody.

use chrono::{Days, Local};
use fieldproof::engine::api::{LinkKind, Reply, Request};
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, CycleClosed, CycleOpened, CycleOutcome, CycleValidated, Evidence, Gap, Mode,
    Origin, RestrictionLifted, RestrictionPlaced, State, Step, Wanting,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, carried_out, cast, closed};
use crate::measured::links_open_what_they_count;
use crate::run;
use crate::world::Device;

#[test]
fn a_simulated_call_never_counts_as_live_and_a_live_check_counts_by_itself() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let call = sam.standard_by(Class::Shadow, "escalation").await;
        let on_shift = sam.standard_by(Class::Check, "escalation").await;
        let opened = Step::CycleOpened(CycleOpened {
            standard: call.standard,
            competency: "escalation".into(),
            weakness: "Waited for the family before calling".into(),
            expected: "Reads the decision aid top down and calls in time".into(),
            evidence: Evidence { validations: 2, live: 1, ..Evidence::default() },
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Hand,
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = sam.step(opened, Some(elm), Some(bo_id)).await;
        let first = sam.observe_by(call, elm, Some(bo_id), &[]).await;
        sam.observe_by(call, elm, Some(bo_id), &[]).await;
        let wanting = sam.follow_up(cycle).await.follow.wanting();
        assert_eq!(wanting, Evidence { live: 1, ..Evidence::default() }, "both counted, neither as live");

        // Somebody calls it live all the same: an older device, or one of another make.
        let label = CycleValidated { of: cycle, record: first, mode: Mode::Live };
        sam.goes_on(Step::CycleValidated(label)).await;
        let close = || {
            let (outcome, note) = (CycleOutcome::Met, String::new());
            Step::CycleClosed(CycleClosed { of: cycle, outcome, note })
        };
        assert_eq!(sam.wanting(close()).await, Wanting::Evidence { wanting });

        let live = sam.observe_by(on_shift, elm, Some(bo_id), &[]).await;
        let Reply::Record(view) = sam.ask(Request::Record { record: live }).await else { panic!() };
        let counted: Vec<Uuid> = view.evidence_for.iter().map(|row| row.follow.id).collect();
        assert_eq!(counted, [cycle], "whoever finished it sees what it counts for");
        sam.goes_on(close()).await;
        assert_eq!(sam.follow_up(cycle).await.follow.state, State::Closed);
    });
}

async fn revalidated(quinn: &Device, action: Uuid) -> (u32, u32) {
    let Reply::Chain(chain) = quinn.ask(Request::Chain { action }).await else { panic!() };
    links_open_what_they_count(&chain);
    let link = chain.answered.links.iter().find(|link| link.what == LinkKind::Revalidated).unwrap();
    (link.n, link.of)
}

#[test]
fn an_action_is_re_validated_when_everybody_is_and_does_not_close_before() {
    run(async {
        let Cast { sam, quinn, elm, sam_id, bo_id, cy_id, .. } = cast().await;
        let (standard, competency) = quinn.standard_of(Class::Check).await;
        let evidence = Evidence { validations: 2, live: 1, ..Evidence::default() };
        let opened = Step::ActionOpened(ActionOpened {
            title: "Nights: doses re-checked on shift".into(),
            kind: ActionKind::Supervision,
            gap: Gap::Accountability,
            competency: competency.clone(),
            category: None,
            reports: Vec::new(),
            owner: sam_id,
            due: Local::now().date_naive() + Days::new(14),
            high_risk: true,
            standard: Some(standard),
            evidence,
            items: Vec::new(),
            watch_days: 90,
        });
        let action = quinn.step(opened, Some(elm), None).await;
        // Bo was coached at first, and that ended early.
        let coached = Step::CycleOpened(CycleOpened {
            standard,
            competency: competency.clone(),
            weakness: "Signs before the dose is given".into(),
            expected: "Signs after the dose was taken".into(),
            evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Action { action, items: Vec::new() },
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = quinn.step(coached, Some(elm), Some(bo_id)).await;
        let outcome = CycleOutcome::Stopped;
        quinn.goes_on(Step::CycleClosed(CycleClosed { of: cycle, outcome, note: "On leave".into() })).await;
        let close = || closed(action, "Seen to hold");
        assert_eq!(quinn.wanting(close()).await, Wanting::StillOpen { n: 1 }, "Bo has not shown it");
        let Reply::Retrain(retrain) = quinn.ask(Request::Retrain { action }).await else { panic!() };
        assert!(retrain.people.iter().any(|row| row.person == bo_id), "he can be retrained again");
        let mut restrictions = Vec::new();
        for person in [bo_id, cy_id] {
            let placed = Step::RestrictionPlaced(RestrictionPlaced {
                duties: "No medication round alone".into(),
                why: "Two late doses within two weeks".into(),
                competency: competency.clone(),
                standard: Some(standard),
                evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
                items: Vec::new(),
                review_days: 7,
                action: Some(action),
            });
            restrictions.push(quinn.step(placed, Some(elm), Some(person)).await);
        }
        quinn.synced().await;
        sam.refresh().await;

        // Cy is seen twice, which is as many checks as the action asks for. Bo is not.
        sam.observe(Class::Check, elm, Some(cy_id), &[]).await;
        sam.observe(Class::Check, elm, Some(cy_id), &[]).await;
        let lift = |of| Step::RestrictionLifted(RestrictionLifted { of, note: String::new() });
        sam.goes_on(lift(restrictions[1])).await;
        sam.synced().await;
        quinn.refresh().await;
        assert!(quinn.follow_up(action).await.follow.wanting().is_none(), "its own evidence is there");
        assert_eq!(revalidated(&quinn, action).await, (1, 2));
        assert_eq!(quinn.wanting(close()).await, Wanting::StillOpen { n: 1 });

        sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(lift(restrictions[0])).await;
        sam.synced().await;
        quinn.refresh().await;
        assert_eq!(revalidated(&quinn, action).await, (2, 2));
        assert_eq!(quinn.wanting(close()).await, Wanting::NotCarriedOut, "nobody said that it was");
        quinn.goes_on(carried_out(action, "Re-checked on nights")).await;
        quinn.goes_on(close()).await;
        assert_eq!(quinn.follow_up(action).await.follow.state, State::Closed);

        // One of the checks is taken back: the restriction is open again, and so the action is not proven.
        let view = quinn.follow_up(restrictions[0]).await;
        let record = view.follow.proof.records[0];
        sam.done(Request::Withdraw { record, reason: "It was somebody else".into() }).await;
        sam.synced().await;
        quinn.refresh().await;
        assert_eq!(quinn.follow_up(action).await.follow.state, State::Unproven);
    });
}
