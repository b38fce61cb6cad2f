//! C6: two observed interactions with the person's consent, and a reflection with all its parts; where the
//! person said no, nothing was seen that counts.

use chrono::{Days, Local};
use fieldproof::practice::draft::Consent;
use fieldproof::practice::follow::{
    CycleClosed, CycleOpened, CycleOutcome, CycleSession, CycleValidated, Evidence, Mode, Origin, Reflection,
    SessionKind, State, Step, Wanting,
};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn c6_two_interactions_with_consent_and_a_whole_reflection_close_the_cycle() {
    run(async {
        let Cast { mut world, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let interaction = sam.standard_by(Class::Shadow, "rights").await;
        let standard = interaction.standard;
        let row = sam.standard_row(standard).await;
        // The template is the standard's own.
        assert_eq!(
            row.cycle.evidence,
            Evidence { validations: 2, live: 2, reflections: 1, ..Evidence::default() }
        );
        let opened = Step::CycleOpened(CycleOpened {
            standard,
            competency: "rights".into(),
            weakness: "House rules said instead of options".into(),
            expected: "The least restrictive option, agreed together".into(),
            evidence: row.cycle.evidence,
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Hand,
            live_by: row.cycle.live_by,
            shifts: Vec::new(),
        });
        let cycle = sam.step(opened, Some(elm), Some(bo_id)).await;
        world.stop_server().await;
        let validated = |record| Step::CycleValidated(CycleValidated { of: cycle, record, mode: Mode::Live });
        let declined = sam.observe_with(interaction, elm, Some(bo_id), &[], Consent::Declined).await;
        sam.goes_on(validated(declined)).await;
        assert_eq!(sam.follow_up(cycle).await.follow.proof.failed, [declined]);
        for _ in 0..2 {
            let seen = sam.observe_with(interaction, elm, Some(bo_id), &[], Consent::Given).await;
            sam.goes_on(validated(seen)).await;
        }
        let wanting = Evidence { reflections: 1, ..Evidence::default() };
        assert_eq!(sam.follow_up(cycle).await.follow.wanting(), wanting);

        let reflect = |agreed: &str| {
            let reflection = Reflection {
                goal: "Quiet after ten".into(),
                least_restrictive: "Headphones, a talk at supper".into(),
                preferences: "Music until midnight on Fridays".into(),
                agreed: agreed.into(),
            };
            let session = CycleSession::new(cycle, SessionKind::Reflection, String::new());
            Step::CycleSession(CycleSession { reflection: Some(reflection), ..session })
        };
        assert_eq!(sam.wanting(reflect(" ")).await, Wanting::Words { field: "agreed".into() });
        sam.goes_on(reflect("Ask again in two weeks, the person and Bo")).await;
        let (outcome, note) = (CycleOutcome::Met, String::new());
        sam.goes_on(Step::CycleClosed(CycleClosed { of: cycle, outcome, note })).await;
        world.start_server().await;
        sam.synced().await;
        for device in [&bo, &quinn] {
            device.refresh().await;
            assert_eq!(device.follow_up(cycle).await.follow.state, State::Closed);
        }
    });
}
