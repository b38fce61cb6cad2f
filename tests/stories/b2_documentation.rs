//! B2: two sample notes are assessed, with feedback and rework until they meet the standard.

use chrono::{Days, Local};
use fieldproof::engine::api::{Owed, Reply, Request};
use fieldproof::practice::follow::{CycleClosed, CycleOpened, CycleOutcome, Evidence, Origin, State, Step};
use fieldproof::practice::record::Outcome;
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn b2_two_sample_notes_are_reworked_until_they_meet_and_count_by_themselves() {
    run(async {
        let Cast { sam, bo, elm, bo_id, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Note).await;
        let opened = Step::CycleOpened(CycleOpened {
            standard,
            competency,
            weakness: "Notes say what was felt, not what was seen".into(),
            expected: "Facts, action, outcome".into(),
            evidence: Evidence { notes: 2, ..Evidence::default() },
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Hand,
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = sam.step(opened, Some(elm), Some(bo_id)).await;
        sam.synced().await;
        bo.refresh().await;
        let writes = |owed: Vec<Owed>| {
            owed.into_iter().find_map(|one| match one {
                Owed::Write { row, missing, of, .. } if row.follow.id == cycle => Some((missing, of)),
                _ => None,
            })
        };
        assert_eq!(writes(bo.today().await.owed), Some((2, 2)));

        let first = bo.observe(Class::Note, elm, None, &[]).await;
        assert_eq!(writes(bo.today().await.owed), Some((1, 2)));
        let second = bo.observe(Class::Note, elm, None, &[]).await;
        assert_eq!(writes(bo.today().await.owed), None, "both wait for their review");
        bo.synced().await;
        sam.refresh().await;
        sam.review(first, Outcome::Meets).await;
        sam.review(second, Outcome::Rework).await;
        assert_eq!(sam.follow_up(cycle).await.follow.wanting().notes, 1);

        sam.synced().await;
        bo.refresh().await;
        let Reply::Draft(draft) =
            bo.ask(Request::BeginAmend { record: second, reason: "Action added".into() }).await
        else {
            panic!()
        };
        bo.ask(Request::Finish { draft: draft.draft.id }).await;
        bo.synced().await;
        sam.refresh().await;
        sam.review(second, Outcome::Meets).await;
        let view = sam.follow_up(cycle).await;
        assert!(view.follow.wanting().is_none(), "{:?}", view.follow.proof);
        sam.goes_on(Step::CycleClosed(CycleClosed {
            of: cycle,
            outcome: CycleOutcome::Met,
            note: String::new(),
        }))
        .await;
        sam.synced().await;
        bo.refresh().await;
        assert_eq!(bo.follow_up(cycle).await.follow.state, State::Closed);
    });
}
