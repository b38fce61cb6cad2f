//! B1: the decision aid is at hand, a simulated call shows it, and for two weeks the supervisor looks
//! at the choices of each scheduled shift.

use chrono::{Days, Local};
use fieldproof::engine::api::Owed;
use fieldproof::practice::draft::Shift;
use fieldproof::practice::follow::{
    CycleClosed, CycleOpened, CycleOutcome, CycleSession, CycleValidated, Evidence, Mode, Origin,
    SessionKind, ShiftOn, State, Step, Wanting,
};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn b1_a_simulated_call_and_two_weeks_of_confirmed_choices_close_an_escalation_cycle() {
    run(async {
        let Cast { mut world, sam, bo, elm, bo_id, .. } = cast().await;
        let call = sam.standard_by(Class::Shadow, "escalation").await;
        let standard = call.standard;
        let on_shift = sam.standard_by(Class::Check, "escalation").await;
        let today = Local::now().date_naive();
        let on = |ago: u64| ShiftOn { day: today - Days::new(ago), shift: Shift::Late };
        let tomorrow = ShiftOn { day: today + Days::new(1), shift: Shift::Late };
        let opened = |live| {
            Step::CycleOpened(CycleOpened {
                standard,
                competency: "escalation".into(),
                weakness: "Waited for the family before calling".into(),
                expected: "Reads the decision aid top down and calls in time".into(),
                evidence: Evidence { validations: 2, live, confirmations: 1, ..Evidence::default() },
                due: today + Days::new(14),
                origin: Origin::Hand,
                live_by: Vec::new(),
                shifts: vec![on(2), on(1), tomorrow],
            })
        };
        // The standard asks for real practice: a cycle without it is not opened.
        let without = sam.wanting_of(opened(0), Some(elm), Some(bo_id)).await;
        assert_eq!(without, Wanting::Live);
        let cycle = sam.step(opened(1), Some(elm), Some(bo_id)).await;
        sam.synced().await;
        bo.refresh().await;

        // Bo reads the aid from the cycle, without signal.
        world.stop_server().await;
        let view = bo.follow_up(cycle).await;
        assert_eq!(view.standard.unwrap().aid.len(), 4);
        assert!(view.may.is_empty());

        // Sam owes the two shifts that are past.
        let owed = |today: Vec<Owed>| {
            today.into_iter().find_map(|one| match one {
                Owed::Confirm { row, on, due } if row.follow.id == cycle => Some((on, due)),
                _ => None,
            })
        };
        assert_eq!(owed(sam.today().await.owed), Some((on(2), 2)));
        let confirm = |on, agreed, words: &str| {
            let session = CycleSession::new(cycle, SessionKind::Confirmation, words.into());
            Step::CycleSession(CycleSession { agreed, on: Some(on), ..session })
        };
        assert!(matches!(sam.wanting(confirm(on(2), Some(true), "")).await, Wanting::Words { .. }));
        sam.goes_on(confirm(on(2), Some(true), "Called the clinician at 21:10, fever since noon")).await;
        assert_eq!(owed(sam.today().await.owed), Some((on(1), 1)));
        sam.goes_on(confirm(on(1), None, "")).await;

        // The simulated call fails, is coached, and is met the second time.
        let failed = sam.observe_by(call, elm, Some(bo_id), &[3]).await;
        let validated = |record, mode| Step::CycleValidated(CycleValidated { of: cycle, record, mode });
        sam.goes_on(validated(failed, Mode::Simulated)).await;
        assert!(sam.follow_up(cycle).await.follow.proof.slipped);
        let met = sam.observe_by(call, elm, Some(bo_id), &[]).await;
        sam.goes_on(validated(met, Mode::Simulated)).await;

        // A real escalation on shift is observed by another standard, which stands for this one live –
        // and only live.
        let live = sam.observe_by(on_shift, elm, Some(bo_id), &[]).await;
        assert!(sam.follow_up(cycle).await.records.iter().any(|row| row.id == live), "it is offered");
        sam.goes_on(validated(live, Mode::Live)).await;
        let close = || {
            let (outcome, note) = (CycleOutcome::Met, String::new());
            Step::CycleClosed(CycleClosed { of: cycle, outcome, note })
        };
        let wanting = Evidence { shifts: 1, ..Evidence::default() };
        assert_eq!(sam.wanting(close()).await, Wanting::Evidence { wanting });
        assert_eq!(owed(sam.today().await.owed), Some((tomorrow, 0)), "next, not now");
        sam.goes_on(confirm(tomorrow, Some(true), "Sees it coming: rang before the threshold")).await;
        sam.goes_on(close()).await;

        world.start_server().await;
        sam.synced().await;
        bo.refresh().await;
        assert_eq!(bo.follow_up(cycle).await.follow.state, State::Closed);
        assert!(owed(sam.today().await.owed).is_none());

        // Whether it holds is asked of real practice: a check on shift counts, one more played call does not.
        sam.observe_by(call, elm, Some(bo_id), &[]).await;
        sam.observe_by(on_shift, elm, Some(bo_id), &[]).await;
        let holds = sam.holds().await;
        let row = holds.iter().find(|row| row.cycle == cycle).unwrap();
        assert_eq!((row.hold.looks, row.hold.met), (1, 1));
    });
}
