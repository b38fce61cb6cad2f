//! C4: a scenario note on the tablet, reviewed within its 24 hours and worked on again; the cycle closes
//! only after the pathway was used correctly once in real practice.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{Owed, Reply, Request};
use fieldproof::practice::follow::{
    CycleClosed, CycleOpened, CycleOutcome, CycleValidated, Evidence, Mode, Origin, State, Step, Wanting,
};
use fieldproof::practice::record::Outcome;
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn c4_a_scenario_note_is_reworked_and_the_cycle_waits_for_real_practice() {
    run(async {
        let Cast { mut world, sam, bo, elm, bo_id, .. } = cast().await;
        let scenario = sam.standard_by(Class::Scenario, "welfare").await;
        let standard = scenario.standard;
        let welfare = sam.standard_by(Class::Shadow, "welfare").await;
        let opened = Step::CycleOpened(CycleOpened {
            standard,
            competency: "welfare".into(),
            weakness: "“Not feeling well” was written, nobody was called".into(),
            expected: "Signs with times, the level, the call".into(),
            evidence: Evidence { validations: 1, live: 1, notes: 1, ..Evidence::default() },
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
        assert_eq!(writes(bo.today().await.owed), Some((1, 1)));

        // Bo writes it on the tablet at night; the clock of the review starts there, not at the sync.
        world.stop_server().await;
        let note = bo.observe_by(scenario, elm, None, &[]).await;
        assert_eq!(writes(bo.today().await.owed), None);
        world.start_server().await;
        bo.synced().await;
        sam.refresh().await;
        let clock = |owed: Vec<Owed>, note: Uuid| {
            owed.into_iter().find_map(|one| match one {
                Owed::Review { record, due } if record.id == note => Some(due - record.at),
                _ => None,
            })
        };
        assert_eq!(clock(sam.today().await.owed, note), Some(TimeDelta::hours(24)));
        sam.review(note, Outcome::Rework).await;
        sam.synced().await;
        bo.refresh().await;
        let reworks = bo.today().await.owed.iter().any(|one| matches!(one, Owed::Rework { .. }));
        assert!(reworks);
        let reason = "Threshold added".to_owned();
        let Reply::Draft(draft) = bo.ask(Request::BeginAmend { record: note, reason }).await else {
            panic!()
        };
        bo.ask(Request::Finish { draft: draft.draft.id }).await;
        bo.synced().await;
        sam.refresh().await;
        sam.review(note, Outcome::Meets).await;

        // The note counts by itself; the cycle still waits for one live use, and a played one is not that.
        let close = || {
            let (outcome, note) = (CycleOutcome::Met, String::new());
            Step::CycleClosed(CycleClosed { of: cycle, outcome, note })
        };
        let wanting = Evidence { validations: 1, live: 1, ..Evidence::default() };
        assert_eq!(sam.wanting(close()).await, Wanting::Evidence { wanting });
        let validated = |record, mode| Step::CycleValidated(CycleValidated { of: cycle, record, mode });
        let missed = sam.observe_by(welfare, elm, Some(bo_id), &[2]).await;
        sam.goes_on(validated(missed, Mode::Live)).await;
        assert!(matches!(sam.wanting(close()).await, Wanting::Evidence { .. }));
        let live = sam.observe_by(welfare, elm, Some(bo_id), &[]).await;
        sam.goes_on(validated(live, Mode::Live)).await;
        sam.goes_on(close()).await;
        sam.synced().await;
        bo.refresh().await;
        let view = bo.follow_up(cycle).await;
        assert_eq!((view.follow.state, view.follow.proof.has.notes), (State::Closed, 1));
    });
}

#[test]
fn the_24_hours_of_a_review_count_from_what_stands_now() {
    run(async {
        let Cast { sam, bo, elm, world: _world, .. } = cast().await;
        bo.refresh().await;
        bo.net.days_ago.set(2);
        let note = bo.observe(Class::Scenario, elm, None, &[]).await;
        bo.net.days_ago.set(0);
        bo.synced().await;
        sam.refresh().await;
        sam.review(note, Outcome::Rework).await;
        sam.synced().await;
        bo.refresh().await;
        let begin = || Request::BeginAmend { record: note, reason: "Threshold added".into() };
        let Reply::Draft(view) = bo.ask(begin()).await else { panic!() };
        let mut draft = view.draft;
        draft.content.seconds = 68;
        let id = draft.id;
        bo.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        bo.ask(Request::Finish { draft: id }).await;
        bo.synced().await;
        sam.refresh().await;
        let owed = sam.today().await.owed;
        let due = owed.into_iter().find_map(|one| match one {
            Owed::Review { record, due } if record.id == note => Some(due),
            _ => None,
        });
        let left = due.unwrap() - chrono::Local::now().fixed_offset();
        assert!((23..=24).contains(&left.num_hours()), "{left}: the rework starts its clock anew");
        let Reply::Record(view) = sam.ask(Request::Record { record: note }).await else { panic!() };
        assert_eq!(Some(view.record.review_due()), due, "Today and the review say the same");
        let Reply::Draft(again) = bo.ask(begin()).await else { panic!() };
        assert_eq!(again.spent_before, 68, "the clock of an amendment shows its own time");
    });
}
