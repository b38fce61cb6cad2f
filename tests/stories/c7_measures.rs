//! C7: measures without bureaucracy: audits before and after coaching, themes, a confidence rubric, the
//! handoff's unknowns, and items that never tell anything.

use fieldproof::engine::api::{Lens, Reply, Request};
use fieldproof::insight::measure::Measure;
use fieldproof::insight::period::Grain;
use fieldproof::insight::tell::ENOUGH;
use fieldproof::practice::follow::{SignalLogged, Source, Step};
use fieldproof::practice::standard::Class;

use crate::cast::{Cast, cast};
use crate::measured::Answers;
use crate::run;

#[test]
fn c7_ratings_unknowns_and_complaints_are_counted_by_month_and_by_week() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let rubric = sam.standard_by(Class::Shadow, "confidence").await;
        let handoff = sam.standard_by(Class::Handoff, "handoff").await;
        let rating = |n: f64| [("recognises", n), ("does", n), ("adapts", n), ("asks", n)];
        sam.fill(rubric, elm, Some(bo_id), Answers { numbers: &rating(2.0), ..Answers::default() }).await;
        sam.fill(rubric, elm, Some(cy_id), Answers { numbers: &rating(3.0), ..Answers::default() }).await;
        sam.fill(handoff, elm, None, Answers::default()).await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let check = sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        // A note that does not ask for the safety plan says nothing of whether anybody knew it.
        let visit = sam.standard_by(Class::Handoff, "visits").await;
        sam.fill(visit, elm, None, Answers::default()).await;
        let choices = &[("safety-plan", "unknown")];
        let unknown = Answers { choices, task: Some("Find the safety plan"), ..Answers::default() };
        sam.fill(handoff, elm, None, unknown).await;
        let Reply::Tasks(tasks) = sam.ask(Request::Tasks { site: None }).await else { panic!("no tasks") };
        let task = tasks[0].task.id;
        sam.done(Request::TaskDone { task, note: "In the red folder".into() }).await;
        for words in ["Nobody called back", "Nobody called back again"] {
            let signal = Step::SignalLogged(SignalLogged {
                source: Source::Complaint,
                competency: "communication".into(),
                words: words.into(),
                happened_at: None,
                item: None,
                practice_of: None,
                good: false,
            });
            sam.step(signal, Some(elm), None).await;
        }
        sam.synced().await;
        quinn.refresh().await;
        for grain in Grain::ALL {
            let lens = Lens { grain, ..Lens::default() };
            let confidence = quinn.chart(Measure::Confidence, &lens).await;
            assert_eq!(confidence.plots.last().unwrap().value, 2.5);
            assert_eq!(quinn.newest(Measure::SafetyPlanUnknown, &lens).await, (1.0, 2.0));
            assert_eq!(quinn.behind(Measure::SafetyPlanUnknown, &lens).await.count, 2);
            assert_eq!(quinn.newest(Measure::Complaints, &lens).await.0, 2.0);
            assert_eq!(quinn.newest(Measure::TaskHours, &lens).await.1, 1.0);
            assert_eq!(quinn.behind(Measure::TaskHours, &lens).await.tasks[0].task.id, task);
        }
        // Ratings come to no "met" or "not met": they are not in the rate, and not behind it.
        assert_eq!(quinn.newest(Measure::PassRate, &Lens::default()).await, (1.0, 1.0));
        let behind = quinn.behind(Measure::PassRate, &Lens::default()).await;
        assert_eq!((behind.records[0].id, behind.count), (check, 1));
        let month = quinn.month(0).await;
        assert_eq!(month.repeated.len(), 1, "the same complaint twice is a driver");
        assert_eq!(month.repeated[0].competency, "communication");
        // Another site's figures are another site's.
        let site = Some(uuid::Uuid::from_u128(7));
        let elsewhere = quinn.chart(Measure::Confidence, &Lens { site, ..Lens::default() }).await;
        assert!(elsewhere.plots.is_empty() && elsewhere.chart.is_none());
    });
}

#[test]
fn c7_an_item_that_never_told_anything_is_proposed_with_its_numbers() {
    run(async {
        let Cast { sam, elm, bo_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        for n in 0..ENOUGH {
            let missed: &[&str] = if n % 20 == 0 { &["mar"] } else { &[] };
            sam.fill(check, elm, Some(bo_id), Answers { missed, ..Answers::default() }).await;
        }
        let Reply::Tellings(rows) = sam.ask(Request::Tellings { lens: Lens::default() }).await else {
            panic!("no tellings")
        };
        let row = rows.iter().find(|row| row.standard.standard == check).unwrap();
        let item = |id: &str| row.items.iter().find(|item| item.item == id).unwrap();
        assert_eq!((item("mar").told, item("mar").asked, item("mar").propose), (4, ENOUGH, false));
        assert_eq!((item("signed").told, item("signed").propose), (0, true));
        assert!(!item("right").propose, "critical items stay");
    });
}
