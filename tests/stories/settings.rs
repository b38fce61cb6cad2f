//! What the organisation decides for itself: one event a setting, nothing overwritten, in force from its
//! day on.

use fieldproof::engine::api::{
    BeginFrom, Did, FailureCode, Lens, Owed, Reply, Request, SettingChange, StandardLog,
};
use fieldproof::insight::measure::Measure;
use fieldproof::practice::draft::Open;
use fieldproof::practice::editing::Often;
use fieldproof::practice::settings::single::expected_key;
use fieldproof::practice::standard::Class;
use fieldproof::practice::text::Text;
use fieldproof::sync::wire::Role;
use serde_json::json;
use uuid::Uuid;

use crate::cast::{Cast, cast};
use crate::run;
use crate::world::{Device, Fault, PIN};

async fn quality_lead(cast: &Cast, name: &str) -> Device {
    let id = cast.ada.add_person(name, Role::Quality, &[]).await;
    cast.ada.synced().await;
    let device = cast.world.paired(name, &cast.ada.code_for(id).await).await;
    device.synced().await;
    device
}

async fn log(device: &Device, standard: Uuid) -> StandardLog {
    match device.ask(Request::StandardLog { standard }).await {
        Reply::StandardLog(log) => *log,
        other => panic!("{other:?}"),
    }
}

/// Whether Today asks for Bo to be observed by a standard, by when, and how many of how many are missing.
async fn owed_of(device: &Device, standard: Uuid, who: Uuid) -> Option<(i64, u32, u32)> {
    let today = chrono::Local::now().date_naive();
    device.today().await.owed.into_iter().find_map(|owed| match owed {
        Owed::Observe { person, standard: row, missing, of, by, .. }
            if person == who && row.standard.standard == standard =>
        {
            Some((by.signed_duration_since(today).num_days(), missing, of))
        }
        _ => None,
    })
}

#[test]
fn two_leads_settings_while_one_is_offline_are_both_in_force() {
    run(async {
        let cast = cast().await;
        let quinn = &cast.quinn;
        let rhea = quality_lead(&cast, "Rhea").await;
        quinn.refresh().await;
        // Quinn opens the page and goes offline; Rhea sets another number and publishes an expectation.
        let seen = quinn.settings().await;
        quinn.faults(|| Fault::LostRequest);
        let check = rhea.standard_by(Class::Check, "medication").await.standard;
        rhea.decides(&[("notify_hours", json!(12))]).await;
        let begun = rhea.ask(Request::BeginStandard { from: BeginFrom::Next(check) }).await;
        let Reply::StandardDraft(view) = begun else { panic!("{begun:?}") };
        let mut editing = view.editing;
        editing.expected = Some(Often { times: 1, days: 30 });
        rhea.ask(Request::SaveStandardDraft { editing: Box::new(editing.clone()) }).await;
        let change = Text::from("Everybody is seen once a month");
        rhea.ask(Request::PublishStandardDraft { id: editing.id, change }).await;
        rhea.synced().await;
        quinn.decides_on(&seen, &[("pattern_days", json!(45))]).await;
        quinn.faults(|| Fault::None);
        quinn.synced().await;
        for device in [quinn, &rhea, &cast.sam, &cast.ada] {
            device.refresh().await;
            let view = device.settings().await;
            assert_eq!((view.settings.pattern_days, view.settings.notify_hours), (45, 12));
            assert!(view.settings.expected.iter().any(|one| one.standard == check && one.times == 1));
            assert!(view.unsettled.is_empty(), "{:?}", view.unsettled);
        }
        assert!(owed_of(&cast.sam, check, cast.bo_id).await.is_some(), "Sam is to observe Bo");
        assert!(!cast.sam.settings().await.may_set);
        let refused = cast.sam.ask(Request::SetSettings { changes: Vec::new(), reason: "x".into() }).await;
        assert!(matches!(&refused, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
    });
}

#[test]
fn one_setting_changed_by_two_who_did_not_know_of_each_other_waits_for_somebody_to_settle_it() {
    run(async {
        let cast = cast().await;
        let quinn = &cast.quinn;
        let rhea = quality_lead(&cast, "Rhea").await;
        quinn.refresh().await;
        let seen = quinn.settings().await;
        quinn.faults(|| Fault::LostRequest);
        rhea.decides(&[("notify_hours", json!(12))]).await;
        rhea.synced().await;
        quinn.decides_on(&seen, &[("notify_hours", json!(48))]).await;
        quinn.faults(|| Fault::None);
        quinn.synced().await;
        rhea.refresh().await;
        for device in [quinn, &rhea] {
            let view = device.settings().await;
            assert_eq!(view.settings.notify_hours, 12, "what the server had first is in force meanwhile");
            let sides: Vec<(&str, u64)> = view.unsettled[0]
                .sides
                .iter()
                .map(|side| (side.by.as_str(), side.value.as_u64().unwrap()))
                .collect();
            assert_eq!(sides, [("Rhea", 12), ("Quinn", 48)]);
            let owed = device.today().await.owed;
            let waits = |owed: &Owed| matches!(owed, Owed::Unsettled { keys } if keys == &["notify_hours"]);
            assert!(owed.iter().any(waits), "{owed:?}");
        }
        // Rhea says that hers stands: the value in force, written once more with both known.
        rhea.decides(&[("notify_hours", json!(12))]).await;
        rhea.synced().await;
        quinn.refresh().await;
        let view = quinn.settings().await;
        assert_eq!((view.settings.notify_hours, view.unsettled.len(), view.log.len()), (12, 0, 3));
        assert!(!quinn.today().await.owed.iter().any(|owed| matches!(owed, Owed::Unsettled { .. })));
    });
}

#[test]
fn what_cannot_be_is_refused_with_its_name_and_what_is_the_same_is_not_written() {
    run(async {
        let Cast { quinn, world: _world, .. } = cast().await;
        quinn.refresh().await;
        let set = |key: &str, value: serde_json::Value, reason: &str| Request::SetSettings {
            changes: vec![SettingChange { key: key.into(), value, base: Vec::new() }],
            reason: reason.into(),
        };
        for (key, value) in [
            ("pattern_count", json!(0)),
            ("pattern_count", json!("three")),
            ("hold_bands", json!(9)),
            ("recheck_days", json!([0])),
            ("no_such", json!(1)),
        ] {
            let refused = quinn.ask(set(key, value, "x")).await;
            let named = |failure: &fieldproof::engine::api::Failure| {
                failure.code == FailureCode::Invalid && failure.detail == key
            };
            assert!(matches!(&refused, Reply::Failed(failure) if named(failure)), "{key}: {refused:?}");
        }
        let no_reason = quinn.ask(set("pattern_days", json!(45), " ")).await;
        assert!(matches!(&no_reason, Reply::NotYet(open) if *open == [Open::NoReason]), "{no_reason:?}");
        quinn.done(set("pattern_days", json!(30), "")).await;
        assert!(quinn.settings().await.log.is_empty());
    });
}

#[test]
fn nothing_is_said_to_be_missing_and_no_starter_comes_back_before_the_first_whole_sync() {
    run(async {
        let cast = cast().await;
        let of = cast.quinn.standard_by(Class::Check, "medication").await.standard;
        let reason = "We do not use it".to_owned();
        cast.quinn.done(Request::RetireStandard { standard: of, reason }).await;
        cast.quinn.synced().await;
        let id = cast.ada.add_person("Tina", Role::Quality, &[]).await;
        cast.ada.synced().await;
        let code = cast.ada.code_for(id).await;
        let tina = cast.world.device("tina");
        // Pairing goes through, and nothing else.
        let first = std::cell::Cell::new(true);
        tina.faults(move || if first.replace(false) { Fault::None } else { Fault::LostRequest });
        let paired = tina
            .ask(Request::Pair {
                server: tina.server.clone(),
                code,
                device_name: "test".into(),
                platform: "linux".into(),
                pin: PIN.into(),
            })
            .await;
        assert!(matches!(paired, Reply::Unlocked(_)), "{paired:?}");
        let today = tina.today().await;
        assert!(today.fetching && !today.no_standards && today.owed.is_empty());
        assert!(tina.status().await.fetching, "no list says that it is empty");
        let refused = tina.ask(Request::PublishStarters).await;
        assert!(matches!(&refused, Reply::Failed(failure) if failure.code == FailureCode::Fetching));
        tina.faults(|| Fault::None);
        tina.synced().await;
        assert!(!tina.status().await.fetching);
        let today = tina.today().await;
        assert!(!today.fetching && !today.no_standards);
        tina.done(Request::PublishStarters).await;
        assert!(tina.standard_row(of).await.retired, "what was retired stays retired");
        assert_eq!(log(&tina, of).await.entries.len(), 2, "published once, retired once");
    });
}

#[test]
fn a_change_of_how_often_is_in_the_standards_history_and_due_at_the_end_of_its_window() {
    run(async {
        let Cast { ada, quinn, sam, bo_id, elm, world: _world, .. } = cast().await;
        ada.net.days_ago.set(90);
        let dee = ada.add_person("Dee", Role::Staff, &[elm]).await;
        ada.net.days_ago.set(0);
        ada.synced().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        quinn.refresh().await;
        quinn.expects(check.standard, 1, 30).await;
        let began = log(&quinn, check.standard).await;
        assert_eq!(began.expected, Some(Often { times: 1, days: 30 }));
        let Did::Expected { was, now, reason } = &began.entries[0].did else { panic!("{began:?}") };
        assert_eq!(
            (*was, *now, reason.as_str()),
            (None, Some(Often { times: 1, days: 30 }), "Agreed in October")
        );
        quinn.synced().await;
        sam.refresh().await;
        for who in [bo_id, dee] {
            assert_eq!(owed_of(&sam, check.standard, who).await, Some((30, 1, 1)), "not today");
        }

        // What was expected two months ago already is late today, but not of Bo, who is new.
        let handoff = sam.standard_by(Class::Handoff, "handoff").await;
        quinn.net.days_ago.set(60);
        quinn.expects(handoff.standard, 1, 30).await;
        quinn.net.days_ago.set(0);
        quinn.synced().await;
        sam.refresh().await;
        assert_eq!(owed_of(&sam, handoff.standard, dee).await, Some((0, 1, 1)));
        assert_eq!(owed_of(&sam, handoff.standard, bo_id).await, Some((30, 1, 1)));
        // Twice instead of once: the second has its whole window.
        quinn.expects(handoff.standard, 2, 30).await;
        quinn.synced().await;
        sam.refresh().await;
        assert_eq!(owed_of(&sam, handoff.standard, dee).await, Some((0, 2, 2)), "the first is still late");
    });
}

#[test]
fn an_expectation_counts_in_figures_from_its_day_on() {
    run(async {
        let Cast { ada, sam, quinn, elm, world: _world, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        // Dee has been there for a year; ten weeks ago it was decided, and five weeks ago it was doubled.
        ada.net.days_ago.set(365);
        ada.add_person("Dee", Role::Staff, &[elm]).await;
        ada.net.days_ago.set(0);
        ada.synced().await;
        quinn.refresh().await;
        quinn.net.days_ago.set(75);
        quinn.expects(check.standard, 1, 14).await;
        quinn.net.days_ago.set(35);
        quinn.expects(check.standard, 2, 14).await;
        quinn.net.days_ago.set(0);
        quinn.synced().await;
        let chart = quinn.chart(Measure::ObservationsDone, &Lens::default()).await;
        let due: Vec<f64> = chart.plots.iter().map(|plot| plot.n).collect();
        assert_eq!(due.last(), Some(&2.0), "{due:?}");
        let earlier = due.iter().filter(|n| **n == 1.0).count();
        assert!((1..=2).contains(&earlier) && due.len() <= 4, "{due:?}");
    });
}

#[test]
fn an_administrator_renames_the_organisation_and_its_settings_stay() {
    run(async {
        let Cast { ada, quinn, sam, world: _world, .. } = cast().await;
        quinn.refresh().await;
        quinn.decides(&[(&expected_key(Uuid::from_u128(7)), json!({"times": 1, "days": 30}))]).await;
        quinn.synced().await;
        ada.refresh().await;
        let refused = sam.ask(Request::RenameOrg { name: "Sam's".into() }).await;
        assert!(matches!(&refused, Reply::Failed(failure) if failure.code == FailureCode::NotPermitted));
        ada.done(Request::RenameOrg { name: "Harbor Homes".into() }).await;
        ada.synced().await;
        sam.refresh().await;
        assert_eq!(sam.status().await.me.unwrap().org, "Harbor Homes");
        assert_eq!(sam.settings().await.settings.expected.len(), 1);
    });
}
