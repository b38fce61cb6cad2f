//! A4: the month for governance: leading and lagging side by side, and the record that it was looked
//! at.

use chrono::{DateTime, Datelike, Days, FixedOffset, Local};
use fieldproof::engine::api::{Lens, MonthFigure, Reply, Request};
use fieldproof::insight::measure::Measure;
use fieldproof::practice::follow::{
    About, ActionKind, ActionOpened, Category, Classified, Decision, Evidence, Gap, GovernanceReviewed,
    ImprovementOpened, IncidentReported, SignalLogged, Source, Step, Wanting,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, carried_out, cast, closed};
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
    near_miss_at(sam, site, Local::now().fixed_offset()).await
}

async fn near_miss_at(sam: &Device, site: Uuid, happened_at: DateTime<FixedOffset>) -> Uuid {
    let reported = Step::IncidentReported(IncidentReported {
        near_miss: true,
        category: Category::Medication,
        happened_at,
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
fn a4_the_month_shows_leading_and_lagging() {
    run(async {
        let Cast { ada, sam, quinn, elm, bo_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        // Everyone is observed once in a day: due today are Bo and Cy, who have not been here a day yet.
        ada.expects(check.standard, 1, 1).await;
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
                    items: Vec::new(),
                    watch_days: 90,
                }),
                Some(elm),
                None,
            )
            .await;
        quinn.goes_on(carried_out(action, "In use")).await;
        quinn.goes_on(closed(action, "In use")).await;
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

        assert!(month.running && month.reviews.is_empty());
    });
}

/// Some days before this month began.
fn last_month() -> DateTime<FixedOffset> {
    let now = Local::now().fixed_offset();
    now - Days::new(u64::from(now.day()) + 4)
}

#[test]
fn a4_a_review_is_of_a_month_that_is_over_says_something_and_keeps_the_figures_as_they_were() {
    run(async {
        let Cast { ada, sam, bo, quinn, elm, sam_id, world: _world, .. } = cast().await;
        near_miss_at(&sam, elm, last_month()).await;
        sam.synced().await;
        quinn.refresh().await;
        let month = quinn.month(1).await;
        assert!(month.may_review && !month.running && month.reviews.is_empty());
        let aim = quinn.step(improvement(), Some(elm), None).await;
        let owner = Some(sam_id);
        let decision =
            Decision { what: "Trays carry codes".into(), owner, due: Some(Local::now().date_naive()) };
        let full = GovernanceReviewed {
            month: month.month.clone(),
            role_specific: true,
            validated_in_practice: true,
            outcome_changed: false,
            note: "Trays again: look at the round itself".into(),
            about: vec![aim],
            attended: "Quinn, Ada, the nurse".into(),
            decisions: vec![decision.clone()],
            ..GovernanceReviewed::default()
        };
        // A running month is looked at and not closed, and nothing empty is kept.
        let running = GovernanceReviewed { month: quinn.month(0).await.month, ..full.clone() };
        assert_eq!(quinn.wanting_of(Step::GovernanceReviewed(running), None, None).await, Wanting::Running);
        let nobodys = Decision { owner: None, ..decision.clone() };
        for (empty, field) in [
            (GovernanceReviewed { note: " ".into(), ..full.clone() }, "note"),
            (GovernanceReviewed { attended: String::new(), ..full.clone() }, "attended"),
            (GovernanceReviewed { decisions: vec![nobodys], ..full.clone() }, "owner"),
            (GovernanceReviewed { month: "last".into(), ..full.clone() }, "month"),
        ] {
            let wanting = quinn.wanting_of(Step::GovernanceReviewed(empty), None, None).await;
            assert_eq!(wanting, Wanting::Words { field: field.into() });
        }
        let reviewed = || Step::GovernanceReviewed(full.clone());
        for device in [&sam, &bo] {
            let refused =
                device.ask(Request::Step { step: Box::new(reviewed()), site: None, subject: None }).await;
            assert!(matches!(refused, Reply::Failed(_)), "{refused:?}");
        }
        let review = quinn.step(reviewed(), None, None).await;
        quinn.synced().await;
        // What comes in late changes the month and not the review.
        near_miss_at(&sam, elm, last_month()).await;
        sam.synced().await;
        ada.refresh().await;
        let month = ada.month(1).await;
        assert_eq!(of(&month.lagging, Measure::NearMisses).0, 2.0);
        let About::Governance(listed) = &month.reviews[0].follow.about else { panic!() };
        let view = ada.follow_up(review).await;
        let About::Governance(kept) = &view.follow.about else { panic!() };
        assert_eq!(kept, listed, "the list has all that its page has");
        assert_eq!(
            (kept.role_specific, kept.validated_in_practice, kept.outcome_changed),
            (true, true, false)
        );
        assert_eq!((kept.attended.as_str(), &kept.decisions), ("Quinn, Ada, the nurse", &vec![decision]));
        assert_eq!(view.names.get(&sam_id).map(String::as_str), Some("Sam"));
        assert_eq!(view.reports.iter().map(|row| row.follow.id).collect::<Vec<_>>(), [aim]);
        let then = kept.figures.iter().find(|figure| figure.measure == "near_misses").unwrap();
        assert_eq!((then.x, then.leading), (1.0, false));
        assert_eq!(kept.figures.len(), month.leading.len() + month.lagging.len());
        assert!(ada.month(2).await.reviews.is_empty(), "another month was not looked at");
    });
}

fn improvement() -> Step {
    let today = Local::now().date_naive();
    Step::ImprovementOpened(ImprovementOpened {
        title: "Trays".into(),
        aim: "No tray swapped by spring".into(),
        measure: "Near misses a month".into(),
        standard: None,
        programme: String::new(),
        baseline_from: today - Days::new(60),
        baseline_to: today,
        baseline: None,
        target: None,
        target_on: None,
        area: String::new(),
        focus: None,
    })
}

#[test]
fn a4_observations_are_due_of_those_who_were_there_and_nobody_is_done_twice() {
    run(async {
        let Cast { ada, sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        // Two months ago it was decided, and Dee came, by the clock of the device that wrote it down.
        ada.net.days_ago.set(60);
        ada.expects(check.standard, 2, 14).await;
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
