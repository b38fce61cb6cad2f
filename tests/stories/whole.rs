//! Lists are whole: what is gravest is never crowded out, and a number on a screen is the number there is.

use chrono::{Days, Local, TimeDelta};
use fieldproof::engine::api::{Owed, OwedKind, OwedPage, PackScope, Reply, Request};
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, Category, Class as Follows, CycleOpened, Evidence, Gap, IncidentReported,
    Origin, Step, Work,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::Device;

fn report(category: Category, near_miss: bool, visit_in: Option<i64>) -> Step {
    let now = Local::now().fixed_offset();
    Step::IncidentReported(IncidentReported {
        near_miss,
        category,
        happened_at: now - TimeDelta::hours(6),
        words: "Alone for an hour".into(),
        person_code: "E-4".into(),
        competency: String::new(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: visit_in.map(|hours| now + TimeDelta::hours(hours)),
        practice_of: None,
    })
}

impl Device {
    async fn owed(&self, kind: OwedKind, next: bool, limit: u32) -> OwedPage {
        match self.ask(Request::Owed { kind, next, limit }).await {
            Reply::Owed(page) => *page,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn b1_a_visit_at_risk_stands_first_however_many_reports_wait() {
    run(async {
        let Cast { sam, bo, elm, .. } = cast().await;
        for _ in 0..510 {
            bo.step(report(Category::Other, true, None), Some(elm), None).await;
        }
        let neglect = bo.step(report(Category::Neglect, false, None), Some(elm), None).await;
        let visit = bo.step(report(Category::MissedVisit, true, Some(2)), Some(elm), None).await;
        bo.synced().await;
        sam.refresh().await;
        let today = sam.today().await;
        assert!(
            matches!(&today.owed[0], Owed::Visit { row, left, .. } if row.follow.id == visit && left.len() == Work::VISIT.len()),
            "{:?}",
            today.owed[0].kind()
        );
        // What the authority waits for is next, though its deadline is tomorrow.
        assert!(matches!(&today.owed[1], Owed::Report { row, .. } if row.follow.id == neglect));
        let now = Local::now().fixed_offset();
        assert!(!today.owed[1].is_next(now));
        let reports = today.totals.iter().filter(|one| one.kind == OwedKind::Report);
        let reports: Vec<(bool, u32)> = reports.map(|one| (one.next, one.total)).collect();
        assert_eq!(reports, [(false, 1), (true, 510)], "the number there is, not the number that came along");
        let came = today.owed.iter().filter(|one| one.kind() == OwedKind::Report && one.is_next(now));
        assert_eq!(came.count(), 50);
        let page = sam.owed(OwedKind::Report, true, 100).await;
        assert_eq!((page.rows.len(), page.total), (100, 510));
        let all = sam.owed(OwedKind::Report, true, 1_000).await;
        let ids: std::collections::BTreeSet<Uuid> = all
            .rows
            .iter()
            .filter_map(|one| match one {
                Owed::Report { row, .. } => Some(row.follow.id),
                _ => None,
            })
            .collect();
        assert_eq!(ids.len(), 510, "each of them once");
    });
}

#[test]
fn b5_the_pack_of_an_action_holds_all_of_its_cycles() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Check).await;
        let opened = Step::ActionOpened(ActionOpened {
            reports: Vec::new(),
            title: "Retrain the late shift".into(),
            kind: ActionKind::Retraining,
            gap: Gap::Knowledge,
            competency: competency.clone(),
            category: None,
            due: Local::now().date_naive() + Days::new(14),
            owner: quinn.status().await.me.unwrap().person,
            high_risk: false,
            standard: None,
            evidence: Evidence::default(),
            items: Vec::new(),
            watch_days: 90,
        });
        let action = quinn.step(opened, Some(elm), None).await;
        quinn.synced().await;
        sam.refresh().await;
        let cycle = |origin| {
            Step::CycleOpened(CycleOpened {
                standard,
                competency: competency.clone(),
                weakness: "Signs before the dose is given".into(),
                expected: "Signs after the dose was taken".into(),
                evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
                due: Local::now().date_naive() + Days::new(14),
                origin,
                live_by: Vec::new(),
                shifts: Vec::new(),
            })
        };
        for n in 0..450 {
            let origin = if n < 210 { Origin::Action { action, items: Vec::new() } } else { Origin::Hand };
            sam.step(cycle(origin), Some(elm), Some(bo_id)).await;
        }
        let today = Local::now().date_naive();
        let scope = PackScope::FollowUp { id: action };
        let (from, to) = (today - Days::new(30), today + Days::new(1));
        let Reply::Pack(view) = sam.ask(Request::MakePack { scope, from, to }).await else { panic!() };
        let of = |class| view.follow_ups.iter().filter(|follow| follow.class == class).count();
        assert_eq!((of(Follows::Action), of(Follows::Cycle)), (1, 210));
    });
}
