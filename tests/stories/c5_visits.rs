//! C5: a visit at risk is said on the phone, its four steps are done against its own clock; tomorrow's
//! high-risk visits are gone through each day.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::Owed;
use fieldproof::practice::follow::{
    About, Category, Focus, ImprovementOpened, IncidentLogged, IncidentReported, Step, Wanting, Work,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;

fn at_risk(code: &str) -> Step {
    let now = Local::now().fixed_offset();
    Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: Category::MissedVisit,
        happened_at: now,
        words: "Worker not coming".into(),
        person_code: code.into(),
        competency: "visits".into(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: Some(now + TimeDelta::hours(1)),
        practice_of: None,
    })
}

fn done(of: Uuid, work: Work, note: &str) -> Step {
    Step::IncidentLogged(IncidentLogged { of, work, done_at: None, note: note.into(), who: None })
}

#[test]
fn c5_a_visit_at_risk_is_owed_step_by_step_until_cover_is_in_place() {
    run(async {
        let Cast { mut world, sam, bo, elm, .. } = cast().await;
        // On the bus, without signal: Bo says it, and tells Sam by phone.
        world.stop_server().await;
        let visit = bo.step(at_risk("E-4"), Some(elm), None).await;
        bo.goes_on(done(visit, Work::SupervisorTold, "")).await;
        let left = |owed: Vec<Owed>| {
            owed.into_iter().find_map(|one| match one {
                Owed::Visit { row, left, .. } if row.follow.id == visit => Some(left),
                _ => None,
            })
        };
        let all = Work::VISIT;
        // Cover is for the supervisor to find.
        assert_eq!(left(bo.today().await.owed), Some(all[1..3].to_vec()));
        assert_eq!(
            bo.wanting(done(visit, Work::AttemptWritten, " ")).await,
            Wanting::Words { field: "note".into() }
        );

        world.start_server().await;
        bo.synced().await;
        sam.refresh().await;
        // Both do what they can, without knowing of each other; Sam's cover arrives first.
        world.stop_server().await;
        sam.goes_on(done(visit, Work::CoverInPlace, "Cy goes, there at 18:00")).await;
        bo.goes_on(done(visit, Work::PersonContacted, "")).await;
        bo.goes_on(done(visit, Work::AttemptWritten, "17:10 by phone; E-4 knows that Cy comes")).await;
        assert_eq!(left(sam.today().await.owed), Some(vec![Work::PersonContacted, Work::AttemptWritten]));
        assert_eq!(left(bo.today().await.owed), None);
        world.start_server().await;
        sam.synced().await;
        bo.refresh().await;
        sam.refresh().await;
        for (device, steps) in [(&sam, 4), (&bo, 4)] {
            assert_eq!(left(device.today().await.owed), None);
            let About::Report(report) = device.follow_up(visit).await.follow.about else { panic!() };
            assert_eq!((report.work.len(), report.near_miss), (steps, true));
        }
        // What it taught is classified like any near miss.
        assert!(sam.owes(visit).await);

        // A second one was missed all the same: no near miss any more, and no steps left.
        let missed = bo.step(at_risk("E-7"), Some(elm), None).await;
        bo.goes_on(done(missed, Work::VisitMissed, "Nobody free")).await;
        let About::Report(report) = bo.follow_up(missed).await.follow.about else { panic!() };
        assert!(!report.near_miss && report.visit_steps().is_empty());
    });
}

#[test]
fn c5_tomorrows_high_risk_visits_are_gone_through_each_day() {
    run(async {
        let Cast { sam, quinn, elm, sam_id, .. } = cast().await;
        let today = Local::now().date_naive();
        let by = quinn.standard_by(Class::Audit, "visits").await;
        let daily = by.standard;
        let opened = Step::ImprovementOpened(ImprovementOpened {
            title: "Safer visits".into(),
            aim: "No high-risk visit is missed".into(),
            measure: "Missed visits a week".into(),
            standard: Some(daily),
            programme: "Homes".into(),
            baseline_from: today - Days::new(28),
            baseline_to: today,
            baseline: None,
            target: None,
            target_on: None,
            area: String::new(),
            focus: Some(Focus {
                from: today - Days::new(1),
                to: today + Days::new(13),
                checklist: None,
                observe: None,
                times: 0,
                daily: Some(daily),
                weekly_minutes: 0,
            }),
        });
        let focus = quinn.step(opened, Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;
        let asks = |owed: Vec<Owed>| owed.iter().any(|one| matches!(one, Owed::Daily { .. }));
        assert!(asks(sam.today().await.owed));
        assert!(!asks(quinn.today().await.owed), "it is the supervisor's");
        sam.observe_by(by, elm, Some(sam_id), &[]).await;
        assert!(!asks(sam.today().await.owed));
        sam.synced().await;
        quinn.refresh().await;
        let so_far = quinn.follow_up(focus).await.focus.unwrap();
        assert_eq!((so_far.days_done, so_far.days), (1, 2));
    });
}
