//! C3: two-week coaching cycles: who, which standard, what evidence, when followed up; cannot close
//! without its evidence.

use chrono::{Days, Local};
use fieldproof::engine::api::Request;
use fieldproof::practice::follow::{
    Class as Follows, CycleClosed, CycleOpened, CycleOutcome, CycleSession, CycleValidated, Evidence, Mode,
    Origin, SessionKind, State, Step, Wanting,
};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn c3_a_miss_is_coached_validated_twice_and_only_then_closed() {
    run(async {
        let Cast { mut world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Check).await;
        world.stop_server().await;

        // In the kitchen, without signal: a miss, said at once, and two weeks to show it.
        let missed = sam.observe(Class::Check, elm, Some(bo_id), &[1]).await;
        let asked = Evidence { validations: 2, live: 1, ..Evidence::default() };
        let opened = Step::CycleOpened(CycleOpened {
            standard,
            competency,
            weakness: "Signs before the dose is given".into(),
            expected: "Signs after the dose was taken".into(),
            evidence: asked,
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Miss { record: missed, items: vec!["sign".into()] },
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = sam.step(opened, Some(elm), Some(bo_id)).await;
        let said = "Walked through one round together".to_owned();
        sam.goes_on(Step::CycleSession(CycleSession {
            minutes: Some(15),
            ..CycleSession::new(cycle, SessionKind::Coaching, said)
        }))
        .await;
        let validated = |record, mode| Step::CycleValidated(CycleValidated { of: cycle, record, mode });
        let close =
            || Step::CycleClosed(CycleClosed { of: cycle, outcome: CycleOutcome::Met, note: String::new() });
        let first = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        // What somebody calls it changes nothing: it was real practice.
        sam.goes_on(validated(first, Mode::Simulated)).await;
        let wanting = Evidence { validations: 1, ..Evidence::default() };
        assert_eq!(sam.wanting(close()).await, Wanting::Evidence { wanting });

        // The signal is back: Bo sees what he is coached on, and nobody but those who lead may go on.
        world.start_server().await;
        sam.synced().await;
        bo.refresh().await;
        assert!(bo.owes(cycle).await);
        assert_eq!(bo.follow_up(cycle).await.may, Vec::<String>::new());

        let live = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(validated(live, Mode::Live)).await;
        assert!(sam.owes(cycle).await, "the evidence is there: it can be closed");
        sam.goes_on(close()).await;
        assert_eq!(sam.wanting(close()).await, Wanting::Ended);
        sam.synced().await;
        for device in [&bo, &quinn] {
            device.refresh().await;
            let view = device.follow_up(cycle).await;
            assert_eq!((view.follow.state, view.follow.proof.records.len()), (State::Closed, 2));
            assert!(!device.owes(cycle).await);
        }
        assert_eq!(quinn.count(Follows::Cycle).await, 1);

        // The live observation was of somebody else: taken back, the cycle is not proven any more.
        sam.done(Request::Withdraw { record: live, reason: "It was Cy".into() }).await;
        sam.synced().await;
        quinn.refresh().await;
        let view = quinn.follow_up(cycle).await;
        assert_eq!((view.follow.state, view.follow.proof.failed), (State::Unproven, vec![live]));
        assert!(sam.owes(cycle).await);
    });
}
