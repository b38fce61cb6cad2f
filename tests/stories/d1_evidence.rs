//! D1: weakness → standard → action → live checks → governance review, for one cycle, a person and a
//! theme, on one page whose every line can be checked by whoever reads it.

use std::collections::BTreeSet;

use chrono::{Days, Local, NaiveDate};
use fieldproof::engine::api::{
    BeginFrom, FailureCode, LinkKind, PackExported, PackScope, PackStandard, PackView, Reply, Request,
};
use fieldproof::insight::hold::Stand;
use fieldproof::practice::follow::{
    ActionKind, ActionOpened, CycleClosed, CycleOpened, CycleOutcome, CycleValidated, Evidence, Gap,
    GovernanceReviewed, Mode, Origin, Part, RestrictionPlaced, Step,
};
use fieldproof::practice::setting::Setting;
use fieldproof::practice::standard::Class;
use fieldproof::record::Head;
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, cast, near_miss};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

impl Device {
    async fn pack(&self, scope: PackScope) -> PackView {
        let (from, to) = period();
        match self.ask(Request::MakePack { scope, from, to }).await {
            Reply::Pack(view) => *view,
            other => panic!("{other:?}"),
        }
    }
}

fn period() -> (NaiveDate, NaiveDate) {
    let today = Local::now().date_naive();
    (today - Days::new(30), today + Days::new(1))
}

#[test]
fn d1_a_cycle_is_shown_on_one_page_with_lines_that_anyone_can_check() {
    run(async {
        let Cast { mut world, sam, bo, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Check).await;
        let missed = sam.observe(Class::Check, elm, Some(bo_id), &[1]).await;
        let opened = Step::CycleOpened(CycleOpened {
            standard,
            competency: competency.clone(),
            weakness: "Signs before the dose is given".into(),
            expected: "Signs after the dose was taken".into(),
            evidence: Evidence { validations: 1, live: 1, ..Evidence::default() },
            due: Local::now().date_naive() + Days::new(14),
            origin: Origin::Miss { record: missed, items: vec!["sign".into()] },
            live_by: Vec::new(),
            shifts: Vec::new(),
        });
        let cycle = sam.step(opened, Some(elm), Some(bo_id)).await;
        let live = sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        sam.goes_on(Step::CycleValidated(CycleValidated { of: cycle, record: live, mode: Mode::Live })).await;
        sam.goes_on(Step::CycleClosed(CycleClosed {
            of: cycle,
            outcome: CycleOutcome::Met,
            note: String::new(),
        }))
        .await;

        // Without signal Sam's own chain is there; what the administrator published is not placed.
        world.stop_server().await;
        let alone = sam.pack(PackScope::FollowUp { id: cycle }).await;
        assert_eq!(alone.unasked, Some(FailureCode::NoSignal));
        // Cy is no part of it; without names no text may name Cy either.
        assert_eq!(alone.names.get(&cy_id).map(String::as_str), Some("Cy"));
        let (placed, open): (Vec<_>, Vec<_>) = alone.lines.iter().partition(|line| line.place.is_some());
        assert!(
            placed.len() >= 5 && placed.iter().all(|line| line.line.contains(&sam_id(&alone))),
            "{placed:?}"
        );
        assert!(!open.is_empty() && open.iter().all(|line| line.line.contains("standard.published")));
        world.start_server().await;
        sam.synced().await;

        let review = Step::GovernanceReviewed(GovernanceReviewed {
            month: (Local::now().date_naive() - chrono::Months::new(1)).format("%Y-%m").to_string(),
            role_specific: true,
            validated_in_practice: true,
            outcome_changed: true,
            note: "Holds".into(),
            about: vec![cycle],
            attended: "Quinn, Ada".into(),
            ..GovernanceReviewed::default()
        });
        quinn.refresh().await;
        quinn.step(review, Some(elm), None).await;
        quinn.synced().await;
        let view = quinn.pack(PackScope::FollowUp { id: cycle }).await;
        assert_eq!(view.unasked, None);
        let records: Vec<_> = view.records.iter().map(|row| row.id).collect();
        assert_eq!(records, [missed, live]);
        let parts: BTreeSet<Part> = view
            .follow_ups
            .iter()
            .flat_map(|follow| &follow.history)
            .map(|entry| entry.step.part())
            .collect();
        assert_eq!(parts, BTreeSet::from([Part::Action, Part::Check, Part::Governance]));
        assert_eq!(view.standards.len(), 1);
        assert_eq!(view.holds.iter().map(|row| row.cycle).collect::<Vec<_>>(), [cycle]);
        assert_eq!((view.holds[0].hold.looks, view.holds[0].hold.stand), (0, Stand::TooEarly));

        // Every line stands in its chain, and one altered byte does not.
        for line in &view.lines {
            let place = line.place.unwrap_or_else(|| panic!("not placed: {}", line.line));
            assert!(place.server && place.holds(&line.line));
            let altered = line.line.replacen('a', "b", 1);
            assert!(!place.holds(&altered));
        }
        for follows in view.lines.windows(2) {
            let (one, next) = (follows[0].place.unwrap(), follows[1].place.unwrap());
            if one.replica == next.replica && one.seq + 1 == next.seq {
                assert_eq!(one.head, next.before);
            }
        }

        // The same by person and by theme; staff make none.
        for scope in [
            PackScope::Person { person: bo_id },
            PackScope::Theme { competency, site: None },
            PackScope::Site { site: elm },
        ] {
            let other = quinn.pack(scope).await;
            assert!(other.records.iter().any(|row| row.id == live), "{:?}", other.scope);
            assert!(other.follow_ups.iter().any(|follow| follow.id == cycle), "{:?}", other.scope);
        }
        let (from, to) = period();
        bo.refresh().await;
        let refused =
            bo.ask(Request::MakePack { scope: PackScope::Person { person: bo_id }, from, to }).await;
        assert!(matches!(refused, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
    });
}

fn sam_id(view: &PackView) -> String {
    view.by.to_string()
}

#[test]
fn d1_the_fingerprint_of_what_sam_handed_out_is_with_the_quality_lead() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        sam.observe(Class::Check, elm, Some(bo_id), &[]).await;
        let (from, to) = period();
        let fingerprint = Head::ZERO.next(b"the page");
        let what = PackExported {
            scope: PackScope::Person { person: bo_id },
            from,
            to,
            fingerprint,
            lines: 3,
            names: true,
        };
        assert!(matches!(sam.ask(Request::PackExported { what: what.clone() }).await, Reply::Written { .. }));
        sam.synced().await;
        quinn.refresh().await;
        let Reply::Packs(packs) = quinn.ask(Request::Packs).await else { panic!() };
        assert_eq!(packs.total, 1);
        let packs = packs.rows;
        assert_eq!((packs[0].author_name.as_str(), &packs[0].what), ("Sam", &what));
        assert_eq!(packs[0].name, "Bo", "a list says about whom");
    });
}

/// T6: what was restricted and coached, the dated chain with what happened again, and of the reviews
/// only those that looked at any of it.
#[test]
fn d1_a_pack_tells_what_was_restricted_and_coached_and_only_reviews_about_it() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, cy_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let call = sam.standard_by(Class::Shadow, "escalation").await;
        let near = sam.step(near_miss(Local::now().fixed_offset(), "medication"), Some(elm), None).await;
        sam.synced().await;
        quinn.refresh().await;
        let action = |title: &str, competency: &str, reports: Vec<_>| {
            Step::ActionOpened(ActionOpened {
                title: title.into(),
                kind: ActionKind::Retraining,
                gap: Gap::Knowledge,
                competency: competency.into(),
                category: None,
                reports,
                owner: cy_id,
                due: Local::now().date_naive() + Days::new(14),
                high_risk: false,
                standard: None,
                evidence: Evidence::default(),
                items: Vec::new(),
                watch_days: 90,
            })
        };
        let trained = quinn.step(action("Doses on time", "medication", vec![near]), Some(elm), None).await;
        let visits = quinn.step(action("Visits covered", "visits", Vec::new()), Some(elm), None).await;
        let duties = "Gives no medication alone";
        let placed = RestrictionPlaced {
            duties: duties.into(),
            why: "Two late doses".into(),
            competency: "medication".into(),
            standard: Some(check.standard),
            evidence: Evidence { validations: 1, ..Evidence::default() },
            items: Vec::new(),
            review_days: 7,
            action: Some(trained),
        };
        quinn.step(Step::RestrictionPlaced(placed), Some(elm), Some(bo_id)).await;
        let review = |note: &str, about: Vec<Uuid>| -> Step {
            let month = Local::now().date_naive() - chrono::Months::new(1);
            let month = month.format("%Y-%m").to_string();
            let body = json!({
                "month": month, "role_specific": true, "validated_in_practice": false,
                "outcome_changed": false, "note": note, "about": about, "attended": "Quinn, Ada",
            });
            serde_json::from_value(json!({"governance.reviewed": body})).unwrap()
        };
        let ours = quinn.step(review("Medication: not validated yet", vec![trained]), None, None).await;
        quinn.step(review("Visits: training did not change it", vec![visits]), None, None).await;
        quinn.step(review("The month as a whole", Vec::new()), None, None).await;
        quinn.synced().await;

        sam.refresh().await;
        let said = "Compare the order with the MAR first";
        let how = Answers { missed: &["mar"], coached: Some(("mar", said)), ..Answers::default() };
        let missed = sam.fill(check, elm, Some(bo_id), how).await;
        sam.fill(call, elm, Some(bo_id), Answers::default()).await;
        sam.synced().await;
        quinn.refresh().await;
        let scope = PackScope::Theme { competency: "medication".into(), site: Some(elm) };
        let view = quinn.pack(scope).await;
        assert_eq!(view.place, "Elm House");
        let restricted = view
            .follow_ups
            .iter()
            .flat_map(|follow| &follow.history)
            .any(|entry| matches!(&entry.step, Step::RestrictionPlaced(body) if body.duties == duties));
        assert!(restricted);
        let coached = view.coached.get(&missed).map(|all| all.iter().map(|one| one.said.as_str()).collect());
        assert_eq!(coached, Some(vec![said]));
        let reviews: Vec<_> = view
            .follow_ups
            .iter()
            .filter(|follow| follow.history.iter().any(|it| matches!(it.step, Step::GovernanceReviewed(_))))
            .map(|follow| follow.id)
            .collect();
        assert_eq!((reviews, view.elsewhere), (vec![ours], 2));
        let [chain] = view.chains.as_slice() else { panic!("{:?}", view.chains) };
        assert_eq!(chain.answered.action.follow.id, trained);
        let links: Vec<LinkKind> = chain.answered.links.iter().map(|link| link.what).collect();
        assert_eq!(links.last(), Some(&LinkKind::Recurrence));
        assert_eq!(chain.restrictions.len(), 1);
        // The simulated call is of another theme; of the person it is there, and says what it is.
        let person = quinn.pack(PackScope::Person { person: bo_id }).await;
        let settings: Vec<_> = person.records.iter().map(|row| row.verdict.setting).collect();
        assert_eq!(settings, [Some(Setting::Live), Some(Setting::Simulated)]);
    });
}

/// What came into force in the period is in the pack with its day and its reason, used or not; what was
/// replaced before the period only where something was observed by it.
#[test]
fn d1_a_pack_names_every_version_of_its_standards_that_was_in_force() {
    run(async {
        let Cast { sam, quinn, elm, bo_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        sam.synced().await;
        quinn.refresh().await;
        let editing = quinn.write(BeginFrom::Next(check.standard)).await.editing;
        quinn.save(&editing).await;
        let reply = quinn.publish(editing.id, "Late doses were not looked for").await;
        assert!(matches!(reply, Reply::Written { .. }), "{reply:?}");
        quinn.synced().await;

        let versions = |view: &PackView| -> Vec<(u32, bool, String)> {
            let of_check = view.standards.iter().filter(|one| one.standard.standard == check.standard);
            let row = |one: &PackStandard| {
                (one.standard.version, one.until.is_some(), one.standard.change.get("en").to_owned())
            };
            of_check.map(row).collect()
        };
        let both = [(1, true, String::new()), (2, false, "Late doses were not looked for".to_owned())];
        let theme = PackScope::Theme { competency: "medication".into(), site: Some(elm) };
        for scope in [theme.clone(), PackScope::Person { person: bo_id }, PackScope::Site { site: elm }] {
            assert_eq!(versions(&quinn.pack(scope).await), both);
        }
        // Of a theme also what nobody was observed by; every line behind it is there.
        let view = quinn.pack(theme.clone()).await;
        let others = view.standards.iter().filter(|one| one.standard.standard != check.standard);
        assert!(
            others.count() > 0 && view.standards.iter().all(|one| one.standard.competency == "medication")
        );
        for one in &view.standards {
            assert!(view.lines.iter().any(|line| line.about == one.standard.standard));
        }
        // Nothing was in force before the first was published.
        let (from, to) = (period().0 - Days::new(60), period().0);
        let Reply::Pack(early) = quinn.ask(Request::MakePack { scope: theme, from, to }).await else {
            panic!()
        };
        assert!(early.standards.is_empty());
    });
}
