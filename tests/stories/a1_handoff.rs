//! A1: two weeks of handoffs at a site: a checklist at each change of shift, everyone observed twice,
//! ten minutes of learning a week, questions to on-call counted.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::Owed;
use fieldproof::practice::follow::{
    Focus, ImprovementOpened, ImprovementUpdated, SignalLogged, Source, State, Step,
};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::run;

#[test]
fn a1_a_handoff_focus_asks_for_two_observations_each_and_a_weekly_piece_of_learning() {
    run(async {
        let Cast { mut world, sam, bo, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let today = Local::now().date_naive();
        let checklist = sam.standard_by(Class::Handoff, "handoff").await.standard;
        let by = sam.standard_by(Class::Shadow, "handoff").await;
        let observe = by.standard;
        let opened = Step::ImprovementOpened(ImprovementOpened {
            title: "Better handoffs".into(),
            aim: "Nothing unknown at a change of shift".into(),
            measure: "Handoffs with all items told".into(),
            standard: Some(checklist),
            programme: "Homes".into(),
            baseline_from: today - Days::new(28),
            baseline_to: today,
            baseline: Some(60.0),
            target: Some(90.0),
            target_on: None,
            area: String::new(),
            focus: Some(Focus {
                from: today,
                to: today + Days::new(13),
                checklist: Some(checklist),
                observe: Some(observe),
                times: 2,
                daily: None,
                weekly_minutes: 10,
            }),
        });
        let focus = quinn.step(opened, Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;

        // Sam owes Bo and Cy two each; nobody else owes anything, and Bo not even sees it.
        let missing = |owed: &[Owed], who| {
            owed.iter().find_map(|one| match one {
                Owed::Observe { person, missing, of, standard, .. }
                    if *person == who && standard.standard.standard == observe =>
                {
                    Some((*missing, *of))
                }
                _ => None,
            })
        };
        let learns = |owed: &[Owed]| {
            owed.iter().any(|one| matches!(one, Owed::Learn { row, .. } if row.follow.id == focus))
        };
        let owed = sam.today().await.owed;
        assert_eq!((missing(&owed, bo_id), missing(&owed, cy_id)), (Some((2, 2)), Some((2, 2))));
        assert!(learns(&owed));
        bo.refresh().await;
        assert!(bo.today().await.owed.is_empty(), "{:?}", bo.today().await.owed);

        // Without signal: one observation of Bo, the learning, and on-call had to be asked.
        world.stop_server().await;
        sam.observe_by(by, elm, Some(bo_id), &[]).await;
        sam.goes_on(Step::ImprovementUpdated(ImprovementUpdated {
            of: focus,
            note: "Three handoffs read out, what was missing in each; Cy leaves the page open now".into(),
            minutes: Some(12),
        }))
        .await;
        let asked = |words: &str, item: &str| {
            Step::SignalLogged(SignalLogged {
                source: Source::OnCall,
                competency: "handoff".into(),
                words: words.into(),
                happened_at: None,
                item: Some(item.into()),
                practice_of: None,
                good: false,
            })
        };
        let signal = bo.step(asked("Which safety plan counts", "safety-plan"), Some(elm), None).await;
        bo.step(asked("Was the evening dose changed", "medication"), Some(elm), None).await;
        let owed = sam.today().await.owed;
        assert_eq!(missing(&owed, bo_id), Some((1, 2)));
        assert!(!learns(&owed));
        // What is due by the end of the two weeks can wait until then.
        let observe = owed.iter().find(|one| matches!(one, Owed::Observe { .. })).unwrap();
        let now = Local::now().fixed_offset();
        assert!(observe.is_next(now) && !observe.is_next(now + TimeDelta::days(13)));

        world.start_server().await;
        bo.synced().await;
        sam.observe_by(by, elm, Some(bo_id), &[]).await;
        sam.refresh().await;
        quinn.refresh().await;
        assert_eq!(missing(&sam.today().await.owed, bo_id), None);
        assert!(!sam.owes(signal).await, "a question to on-call is counted, not classified");
        for device in [&sam, &quinn] {
            let so_far = device.follow_up(focus).await.focus.unwrap();
            let seen = |who| so_far.observed.iter().find(|(person, ..)| *person == who).unwrap().2;
            assert_eq!((seen(bo_id), seen(cy_id)), (2, 0));
            assert_eq!((so_far.weeks_learned, so_far.weeks), (1, 1));
            assert_eq!((so_far.on_call, so_far.on_call_before), (2, 0));
        }
        assert_eq!(sam.follow_up(focus).await.follow.state, State::Open);
        // Sam writes down what is done; stages and the end are the quality lead's.
        let mut may = sam.follow_up(focus).await.may;
        may.sort();
        assert_eq!(may, ["updated"]);
    });
}
