//! A4: the month for governance: leading and lagging side by side, and the record that it was looked
//! at.

use chrono::{Days, Local};
use fieldproof::engine::api::{Lens, MonthFigure, Reply, Request};
use fieldproof::insight::measure::Measure;
use fieldproof::practice::follow::{
    ActionClosed, ActionKind, ActionOpened, Category, Classified, Evidence, Gap, GovernanceReviewed,
    IncidentReported, SignalLogged, Source, Step,
};
use fieldproof::practice::settings::{Expectation, Settings};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

fn of(figures: &[MonthFigure], measure: Measure) -> (f64, f64) {
    let figure = figures.iter().find(|figure| figure.measure == measure).unwrap();
    let plot = figure.now.as_ref().unwrap_or_else(|| panic!("{measure:?} has no figure"));
    (plot.x, plot.n)
}

/// Reports a near miss and classifies it.
async fn near_miss(sam: &Device, site: Uuid) -> Uuid {
    let reported = Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: Category::Medication,
        happened_at: Local::now().fixed_offset(),
        words: "Two trays swapped, seen before giving".into(),
        person_code: "P-03".into(),
        competency: String::new(),
        outcomes: Vec::new(),
        harm: None,
        record: None,
        visit_at: None,
        practice_of: None,
    });
    let id = sam.step(reported, Some(site), None).await;
    let classified = Classified {
        of: id,
        base: Vec::new(),
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: None,
        note: String::new(),
    };
    sam.goes_on(Step::Classified(classified)).await;
    id
}

#[test]
fn a4_the_month_shows_leading_and_lagging_and_keeps_that_it_was_reviewed() {
    run(async {
        let Cast { ada, sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        // Everyone is observed once in a day: due today are Bo and Cy, who have not been here a day yet.
        let expected = vec![Expectation { standard: check.standard, times: 1, days: 1 }];
        let settings = Settings { expected, ..Settings::default() };
        ada.done(Request::SetOrg { name: "Harbor".into(), settings }).await;
        ada.synced().await;

        // A near miss is answered by an action that is closed; then it happens again.
        let first = near_miss(&sam, elm).await;
        sam.synced().await;
        quinn.refresh().await;
        let action = quinn
            .step(
                Step::ActionOpened(ActionOpened {
                    title: "Trays carry the person's code".into(),
                    kind: ActionKind::WorkflowChange,
                    gap: Gap::Workflow,
                    competency: "medication".into(),
                    category: Some(Category::Medication),
                    reports: vec![first],
                    owner: quinn.status().await.me.unwrap().person,
                    due: Local::now().date_naive() + Days::new(14),
                    high_risk: false,
                    standard: None,
                    evidence: Evidence::default(),
                    watch_days: 90,
                }),
                Some(elm),
                None,
            )
            .await;
        quinn.goes_on(Step::ActionClosed(ActionClosed { of: action, note: "In use".into() })).await;
        quinn.synced().await;
        let again = near_miss(&sam, elm).await;
        sam.fill(check, elm, Some(bo_id), Answers { missed: &["right"], ..Answers::default() }).await;
        let asked = |words: &str| {
            Step::SignalLogged(SignalLogged {
                source: Source::OnCall,
                competency: "handoff".into(),
                words: words.into(),
                happened_at: None,
                item: None,
                practice_of: None,
                good: false,
            })
        };
        sam.step(asked("Which dose at eight?"), Some(elm), None).await;
        sam.synced().await;
        quinn.refresh().await;

        let month = quinn.month(0).await;
        assert_eq!(of(&month.leading, Measure::PassRate), (0.0, 1.0));
        assert_eq!(of(&month.lagging, Measure::Recurrence), (1.0, 2.0));
        assert_eq!(of(&month.lagging, Measure::NearMisses).0, 2.0);
        assert_eq!(of(&month.lagging, Measure::AvoidableEscalations).0, 1.0);
        assert_eq!(of(&month.lagging, Measure::MedicationDeviations), (1.0, 1.0));
        let share = month.leading.iter().find(|figure| figure.measure == Measure::PassRate).unwrap();
        assert!(share.now.as_ref().unwrap().small, "one record is called what it is");
        let behind = quinn.behind(Measure::Recurrence, &Lens::default()).await;
        assert_eq!(behind.follow_ups[0].follow.id, again, "what came back stands first");
        let theme = &month.themes[0];
        assert_eq!((theme.competency.as_str(), theme.count), ("medication", 2));
        // Observations are due of those who were there for the whole window: nobody yet.
        assert!(
            month
                .leading
                .iter()
                .all(|figure| figure.measure != Measure::ObservationsDone || figure.now.is_none())
        );

        // Quinn records the review; nobody else may, and everyone who leads sees it.
        assert!(month.may_review && month.reviews.is_empty());
        let reviewed = || {
            Step::GovernanceReviewed(GovernanceReviewed {
                month: month.month.clone(),
                role_specific: true,
                validated_in_practice: true,
                outcome_changed: false,
                note: "Trays again: look at the round itself".into(),
                about: vec![action],
            })
        };
        let review = quinn.step(reviewed(), None, None).await;
        for device in [&sam, &bo] {
            let refused =
                device.ask(Request::Step { step: Box::new(reviewed()), site: None, subject: None }).await;
            assert!(matches!(refused, Reply::Failed(_)), "{refused:?}");
        }
        quinn.synced().await;
        ada.refresh().await;
        let reviews = ada.month(0).await.reviews;
        assert_eq!(reviews.iter().map(|row| row.follow.id).collect::<Vec<_>>(), vec![review]);
        assert!(ada.month(1).await.reviews.is_empty(), "another month was not looked at");
    });
}

#[test]
fn a4_observations_are_due_of_those_who_were_there_and_nobody_is_done_twice() {
    run(async {
        let Cast { ada, sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let expected = vec![Expectation { standard: check.standard, times: 2, days: 14 }];
        let settings = Settings { expected, ..Settings::default() };
        ada.done(Request::SetOrg { name: "Harbor".into(), settings }).await;
        ada.synced().await;
        // Dee came two months ago, by the clock of the device that wrote it down.
        ada.net.days_ago.set(60);
        let dee = ada.add_person("Dee", fieldproof::sync::wire::Role::Staff, &[elm]).await;
        ada.net.days_ago.set(0);
        ada.synced().await;
        sam.refresh().await;
        // Bo is looked at often; that makes up for nobody, and Bo and Cy are new.
        for _ in 0..3 {
            sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        }
        sam.fill(check, elm, Some(dee), Answers::default()).await;
        sam.fill(check, elm, Some(cy_id), Answers::default()).await;
        sam.synced().await;
        quinn.refresh().await;
        let lens = Lens::default();
        assert_eq!(quinn.newest(Measure::ObservationsDone, &lens).await, (1.0, 2.0));
        let behind = quinn.behind(Measure::ObservationsDone, &lens).await;
        assert!(behind.records.iter().any(|row| row.subject == Some(dee)));
    });
}
