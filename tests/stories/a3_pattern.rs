//! A3: three similar near misses by different devices, some written offline and sent out of order,
//! raise a pattern; it is answered, the people concerned are retrained and re-validated, and whether
//! it happened again is counted and dated.

use chrono::{DateTime, Days, FixedOffset, Local, TimeDelta};
use fieldproof::engine::api::{ChainView, LinkKind, LinkTo, Owed, PatternsView, Reply, Request};
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, Classified, CycleClosed, CycleOpened, CycleOutcome, CycleSession,
    CycleValidated, Evidence, Gap, Mode, Origin, SessionKind, State, Step,
};
use fieldproof::practice::standard::Class;
use uuid::Uuid;

use crate::cast::{Cast, carried_out, cast, closed, near_miss};
use crate::measured::links_open_what_they_count;
use crate::run;
use crate::world::Device;

impl Device {
    pub async fn patterns(&self) -> PatternsView {
        match self.ask(Request::Patterns { limit: 50 }).await {
            Reply::Patterns(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    async fn chain(&self, action: Uuid) -> ChainView {
        match self.ask(Request::Chain { action }).await {
            Reply::Chain(view) => {
                links_open_what_they_count(&view);
                *view
            }
            other => panic!("{other:?}"),
        }
    }

    /// Whether Today shows a pattern with this report.
    async fn owes_pattern(&self, report: Uuid) -> bool {
        self.today().await.owed.iter().any(|owed| match owed {
            Owed::Pattern { row } => row.pattern.sightings.contains(&report),
            _ => false,
        })
    }
}

fn ago(days: i64) -> DateTime<FixedOffset> {
    Local::now().fixed_offset() - TimeDelta::days(days)
}

fn classified(of: Uuid) -> Step {
    Step::Classified(Classified {
        of,
        base: Vec::new(),
        gap: Gap::Knowledge,
        competency: "medication".into(),
        category: None,
        note: "Did not know when to call".into(),
    })
}

#[test]
fn a3_three_near_misses_are_answered_retrained_and_watched() {
    run(async {
        let Cast { mut world, ada, sam, bo, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let cy = world.paired("cy", &ada.code_for(cy_id).await).await;
        let (standard, competency) = sam.standard_of(Class::Check).await;

        // Two devices write without signal; what happened first is sent last.
        world.stop_server().await;
        let first = bo.step(near_miss(ago(20), "medication"), Some(elm), None).await;
        let third = sam.step(near_miss(ago(1), "medication"), Some(elm), None).await;
        world.start_server().await;
        let second = cy.step(near_miss(ago(9), "medication"), Some(elm), None).await;
        cy.synced().await;
        sam.synced().await;
        quinn.refresh().await;
        bo.synced().await;
        for device in [&quinn, &sam] {
            device.refresh().await;
            let raised = device.patterns().await.raised;
            assert_eq!(raised.len(), 1, "the same on every device of those who lead");
            assert!(raised[0].evidence.is_some(), "it says whether it is more than chance explains");
            assert_eq!(raised[0].pattern.sightings, [first, second, third], "by when it happened");
            assert_eq!((raised[0].sites[0].shown.as_str(), raised[0].gap), ("Elm House", None));
            assert!(device.owes_pattern(second).await);
        }
        assert!(bo.patterns().await.raised.is_empty(), "staff hold only what they wrote");

        // Nothing answers it before it is known which gap it is.
        let view = |reply| match reply {
            Reply::Pattern(view) => *view,
            other => panic!("{other:?}"),
        };
        assert!(!view(quinn.ask(Request::Pattern { report: second }).await).may_act);
        for report in [first, second, third] {
            sam.goes_on(classified(report)).await;
        }
        assert!(!view(sam.ask(Request::Pattern { report: second }).await).may_act, "quality opens actions");
        sam.synced().await;
        quinn.refresh().await;
        let pattern = view(quinn.ask(Request::Pattern { report: second }).await);
        assert_eq!(
            (pattern.row.gap, pattern.row.classified, pattern.may_act),
            (Some(Gap::Knowledge), 3, true)
        );

        let asked = Evidence { validations: 1, live: 1, ..Evidence::default() };
        let theme = pattern.row.pattern.theme;
        let opened = Step::ActionOpened(ActionOpened {
            title: "When to call about a late dose".into(),
            kind: ActionKind::Retraining,
            gap: Gap::Knowledge,
            competency: theme.competency,
            category: theme.category,
            reports: pattern.row.pattern.sightings,
            owner: sam_of(&sam).await,
            due: Local::now().date_naive() + Days::new(14),
            high_risk: true,
            standard: Some(standard),
            evidence: asked,
            items: Vec::new(),
            watch_days: 90,
        });
        let action = quinn.step(opened, Some(elm), None).await;
        assert!(
            quinn.patterns().await.raised.is_empty() && !quinn.owes_pattern(second).await,
            "it is answered"
        );
        quinn.synced().await;

        // The people concerned: a refresher of fifteen minutes, and a live check in the field.
        sam.refresh().await;
        let Reply::Retrain(retrain) = sam.ask(Request::Retrain { action }).await else { panic!() };
        let mut people: Vec<Uuid> = retrain.people.iter().map(|person| person.person).collect();
        people.sort_unstable();
        let mut both = vec![bo_id, cy_id];
        both.sort_unstable();
        assert_eq!(people, both);
        let mut cycles = Vec::new();
        for person in [bo_id, cy_id] {
            let cycle = Step::CycleOpened(CycleOpened {
                standard,
                competency: competency.clone(),
                weakness: "Called late".into(),
                expected: "Calls before the window ends".into(),
                evidence: asked,
                due: Local::now().date_naive() + Days::new(14),
                origin: Origin::Action { action, items: Vec::new() },
                live_by: Vec::new(),
                shifts: Vec::new(),
            });
            let cycle = sam.step(cycle, Some(elm), Some(person)).await;
            sam.goes_on(Step::CycleSession(CycleSession {
                of: cycle,
                what: SessionKind::Microlearning,
                text: "Refresher: the window and whom to call".into(),
                agreed: None,
                happened_at: None,
                minutes: Some(15),
                on: None,
                reflection: None,
            }))
            .await;
            cycles.push((cycle, person));
        }
        let Reply::Retrain(left) = sam.ask(Request::Retrain { action }).await else { panic!() };
        assert!(left.people.is_empty(), "nobody is retrained twice");
        let mut held = None;
        for (cycle, person) in &cycles {
            let check = sam.observe(Class::Check, elm, Some(*person), &[]).await;
            let validated = CycleValidated { of: *cycle, record: check, mode: Mode::Live };
            sam.goes_on(Step::CycleValidated(validated)).await;
            held = Some(check);
            let close = CycleClosed { of: *cycle, outcome: CycleOutcome::Met, note: String::new() };
            sam.goes_on(Step::CycleClosed(close)).await;
        }
        let counted = sam.follow_up(action).await.follow;
        assert_eq!(counted.proof.records.len(), 2, "what re-validates a person counts for the action too");
        assert!(counted.proof.records.contains(&held.unwrap()));
        assert!(sam.chain(action).await.recurrence.is_none(), "it was not carried out yet");
        // What happened before it was carried out is not the same again.
        sam.step(near_miss(Local::now().fixed_offset(), "medication"), Some(elm), None).await;
        sam.goes_on(carried_out(action, "Both retrained")).await;
        sam.synced().await;
        quinn.refresh().await;
        quinn.goes_on(closed(action, "Seen to hold")).await;

        // The chain is one line of dates, and every link opens its record.
        let chain = quinn.chain(action).await;
        let today = Local::now().date_naive();
        let link = |what| chain.answered.links.iter().find(|link| link.what == what).unwrap();
        assert_eq!((link(LinkKind::Pattern).n, link(LinkKind::Pattern).on), (3, Some(ago(1).date_naive())));
        assert_eq!(link(LinkKind::Pattern).to, Some(LinkTo::Counted));
        assert!(chain.reports.iter().any(|row| row.follow.id == first), "exactly its reports");
        assert_eq!((link(LinkKind::Opened).on, link(LinkKind::Opened).n), (Some(today), 2));
        assert_eq!(link(LinkKind::CarriedOut).on, Some(today));
        let revalidated = link(LinkKind::Revalidated);
        assert_eq!((revalidated.on, revalidated.n, revalidated.of), (Some(today), 2, 2));
        let mut shown: Vec<Uuid> = chain.shown.iter().map(|row| row.follow.id).collect();
        let mut held: Vec<Uuid> = cycles.iter().map(|(cycle, _)| *cycle).collect();
        shown.sort_unstable();
        held.sort_unstable();
        assert_eq!((revalidated.to, shown), (Some(LinkTo::Counted), held), "which two");
        let recurrence = chain.recurrence.clone().unwrap();
        assert_eq!((recurrence.after, recurrence.days, recurrence.complete), (0, 0, false));

        // It happens once more: counted, dated, and no new pattern yet.
        let again = bo.step(near_miss(Local::now().fixed_offset(), "medication"), Some(elm), None).await;
        bo.step(near_miss(Local::now().fixed_offset(), "handoff"), Some(elm), None).await;
        bo.synced().await;
        quinn.synced().await;
        quinn.refresh().await;
        let chain = quinn.chain(action).await;
        assert_eq!(chain.recurrence.unwrap().again, [again], "another practice is not the same again");
        assert_eq!(chain.answered.action.follow.state, State::Closed);
        let view = quinn.patterns().await;
        assert_eq!((view.raised.len(), view.answered.len()), (0, 1));
    });
}

#[test]
fn a3_across_sites_and_by_the_organisations_own_threshold() {
    run(async {
        let Cast { ada, bo, quinn, elm, .. } = cast().await;
        let oak = ada.add_site("Oak House").await;
        let dee_id = ada.add_person("Dee", fieldproof::sync::wire::Role::Staff, &[elm, oak]).await;
        ada.synced().await;
        // One at each of two sites: no site shows it alone.
        bo.step(near_miss(ago(3), "medication"), Some(elm), None).await;
        bo.synced().await;
        quinn.refresh().await;
        quinn.step(near_miss(ago(2), "medication"), Some(oak), Some(dee_id)).await;
        assert!(quinn.patterns().await.raised.is_empty(), "three are asked for");
        let Reply::Settings(settings) = quinn.ask(Request::Settings).await else { panic!() };
        assert_eq!((settings.pattern_count, settings.pattern_days), (3, 30));
        quinn.decides(&[("pattern_count", serde_json::json!(2))]).await;
        let raised = quinn.patterns().await.raised;
        assert_eq!(raised.len(), 1);
        let sites: Vec<&str> = raised[0].sites.iter().map(|site| site.shown.as_str()).collect();
        assert_eq!(sites, ["Elm House", "Oak House"]);
    });
}

#[test]
fn a3_the_same_again_is_asked_of_every_site_whose_reports_the_action_answers() {
    run(async {
        let Cast { ada, quinn, elm, .. } = cast().await;
        let oak = ada.add_site("Oak House").await;
        let ash = ada.add_site("Ash House").await;
        ada.synced().await;
        quinn.refresh().await;
        let mut reports = Vec::new();
        for (days, site) in [(3, elm), (2, oak)] {
            let report = quinn.step(near_miss(ago(days), "medication"), Some(site), None).await;
            quinn.goes_on(classified(report)).await;
            reports.push(report);
        }
        let opened = Step::ActionOpened(ActionOpened {
            title: "One list".into(),
            kind: ActionKind::WorkflowChange,
            gap: Gap::Workflow,
            competency: "medication".into(),
            category: None,
            reports,
            owner: quinn.status().await.me.unwrap().person,
            due: Local::now().date_naive() + Days::new(14),
            high_risk: false,
            standard: None,
            evidence: Evidence::default(),
            items: Vec::new(),
            watch_days: 90,
        });
        let action = quinn.step(opened, Some(elm), None).await;
        quinn.goes_on(carried_out(action, "Printed")).await;
        quinn.goes_on(closed(action, "Printed")).await;
        let now = || Local::now().fixed_offset();
        let again = quinn.step(near_miss(now(), "medication"), Some(oak), None).await;
        quinn.step(near_miss(now(), "medication"), Some(ash), None).await;
        let found = quinn.chain(action).await.recurrence.unwrap();
        assert_eq!(found.again, [again], "at a site that it answers, and not elsewhere");
        let lens = fieldproof::engine::api::Lens::default();
        let newest = quinn.newest(fieldproof::insight::measure::Measure::Recurrence, &lens).await;
        assert!((newest.0 - 1.0).abs() < f64::EPSILON, "the chart counts the same: {newest:?}");
    });
}

async fn sam_of(device: &Device) -> Uuid {
    device.status().await.me.unwrap().person
}
