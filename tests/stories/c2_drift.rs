//! C2, C7: small errors surface where audits, what happened and what partners say add up, each figure
//! with the records behind it; complaints that repeat are a driver.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Local, TimeDelta};
use fieldproof::engine::api::{DriftBehind, DriftBehindView, DriftView, Reply, Request};
use fieldproof::insight::drift::{Found, Input};
use fieldproof::practice::follow::{SignalLogged, Source, Step};
use fieldproof::practice::record::Outcome;
use fieldproof::practice::standard::{Class, Form};

use crate::cast::{Cast, cast, near_miss};
use crate::measured::Answers;
use crate::run;
use crate::world::Device;

fn ago(days: i64) -> DateTime<FixedOffset> {
    Local::now().fixed_offset() - TimeDelta::days(days)
}

fn signal(source: Source, competency: &str, days: i64) -> Step {
    Step::SignalLogged(SignalLogged {
        source,
        competency: competency.into(),
        words: "The visit note did not say what was done".into(),
        happened_at: Some(ago(days)),
        item: None,
        practice_of: None,
        good: false,
    })
}

async fn drift(device: &Device) -> DriftView {
    match device.ask(Request::Drift).await {
        Reply::Drift(view) => *view,
        other => panic!("{other:?}"),
    }
}

async fn behind(device: &Device, behind: DriftBehind) -> DriftBehindView {
    match device.ask(Request::DriftBehind { behind }).await {
        Reply::DriftBehind(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// The first item of the audit that is met or not, and no number.
async fn first_mark(device: &Device) -> usize {
    let Reply::Standards(rows) = device.ask(Request::Standards).await else { panic!() };
    let row = rows.into_iter().find(|row| row.class == Class::Audit).unwrap();
    match device.ask(Request::Standard { standard: row.standard }).await {
        Reply::Standard(standard) => standard.items.iter().position(|item| item.form == Form::Mark).unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn c2_audits_near_misses_and_partners_add_up_before_any_of_them_would_say_so_alone() {
    run(async {
        let Cast { sam, bo, quinn, elm, bo_id, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Audit).await;
        let item = first_mark(&sam).await;
        let missed = sam.observe(Class::Audit, elm, Some(bo_id), &[item]).await;
        sam.observe(Class::Audit, elm, Some(bo_id), &[]).await;
        let early = bo.step(near_miss(ago(5), &competency), Some(elm), None).await;
        // Too long ago for the window: it counts as "before".
        bo.step(near_miss(ago(70), &competency), Some(elm), None).await;
        sam.synced().await;
        bo.synced().await;
        quinn.refresh().await;
        assert!(drift(&quinn).await.drifts.is_empty(), "two in sixty days are not three");
        quinn.step(signal(Source::PartnerFeedback, &competency, 2), Some(elm), None).await;
        let view = drift(&quinn).await;
        let [found] = view.drifts.as_slice() else { panic!("{:?}", view.drifts) };
        assert_eq!((found.count, found.found_in(), found.before), (3, 3, 1));
        assert_eq!(found.agreeing(), 0, "one each is too little for any of them to say so");
        assert_eq!(found.looked, BTreeMap::from([(Input::Audit, Found { missed: 1, of: 2 })]));
        assert!(found.items.is_empty(), "missed once only");

        let input = |input| DriftBehind { competency: competency.clone(), input: Some(input), item: None };
        let audits = behind(&quinn, input(Input::Audit)).await;
        assert_eq!(audits.records.iter().map(|row| row.id).collect::<Vec<_>>(), [missed]);
        let themes = behind(&quinn, input(Input::Theme)).await;
        assert_eq!(themes.reports.iter().map(|row| row.follow.id).collect::<Vec<_>>(), [early]);

        // The same item again and again: named, with its rate, in the standard's own words.
        for _ in 0..2 {
            sam.observe(Class::Audit, elm, Some(bo_id), &[item]).await;
        }
        sam.synced().await;
        quinn.refresh().await;
        let view = drift(&quinn).await;
        let [named] = view.drifts[0].items.as_slice() else { panic!("{:?}", view.drifts) };
        assert_eq!((named.standard, named.missed, named.of), (standard, 3, 4));
        assert!(view.items.contains_key(&DriftView::key(standard, &named.item)));
        let item = Some((standard, named.item.clone()));
        let records =
            behind(&quinn, DriftBehind { competency: competency.clone(), input: None, item }).await.records;
        assert_eq!(records.len(), 3);

        // An audit that is taken back counts no more.
        sam.done(Request::Withdraw { record: missed, reason: "Wrong person".into() }).await;
        sam.synced().await;
        quinn.refresh().await;
        assert!(drift(&quinn).await.drifts[0].items.is_empty());
    });
}

#[test]
fn c2_what_reviews_of_notes_find_again_and_again_is_drift_even_when_each_was_reworked() {
    run(async {
        let Cast { sam, bo, elm, .. } = cast().await;
        let (standard, competency) = sam.standard_of(Class::Note).await;
        let mut notes = Vec::new();
        for _ in 0..4 {
            notes.push(bo.observe(Class::Note, elm, None, &[]).await);
        }
        bo.synced().await;
        sam.refresh().await;
        for note in &notes[..3] {
            sam.review_with(*note, Outcome::Rework, &[0]).await;
        }
        sam.synced().await;
        bo.refresh().await;
        let amend = Request::BeginAmend { record: notes[0], reason: "Action added".into() };
        let Reply::Draft(draft) = bo.ask(amend).await else { panic!() };
        bo.ask(Request::Finish { draft: draft.draft.id }).await;
        bo.synced().await;
        sam.refresh().await;
        sam.review(notes[0], Outcome::Meets).await;
        let view = drift(&sam).await;
        let [found] = view.drifts.as_slice() else { panic!("{:?}", view.drifts) };
        assert_eq!((found.count, found.inputs[&Input::Audit]), (3, 3));
        let [named] = found.items.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (named.standard, named.missed, named.of),
            (standard, 3, 3),
            "the fourth waits for its review"
        );
        assert!(view.items.contains_key(&DriftView::key(standard, &named.item)));
        let item = Some((standard, named.item.clone()));
        for (input, item) in [(None, item), (Some(Input::Audit), None)] {
            let asked = DriftBehind { competency: competency.clone(), input, item };
            assert_eq!(behind(&sam, asked).await.records.len(), 3);
        }
    });
}

/// A rate is of the looks that saw the item; handoffs and written cases, which nobody is judged by, are none.
#[test]
fn c2_a_look_past_the_item_is_in_no_rate_and_a_handoff_is_no_observation() {
    run(async {
        let Cast { sam, bo, elm, bo_id, .. } = cast().await;
        let check = sam.standard_by(Class::Check, "medication").await;
        let handoff = bo.standard_by(Class::Handoff, "handoff").await;
        let (missed, unseen) = (&["mar"][..], &["mar"][..]);
        for _ in 0..3 {
            sam.fill(check, elm, Some(bo_id), Answers { missed, ..Answers::default() }).await;
            let missed = &["read-back"][..];
            bo.fill(handoff, elm, None, Answers { missed, ..Answers::default() }).await;
        }
        for _ in 0..2 {
            sam.fill(check, elm, Some(bo_id), Answers { unseen, ..Answers::default() }).await;
        }
        sam.fill(check, elm, Some(bo_id), Answers::default()).await;
        bo.synced().await;
        sam.synced().await;
        sam.refresh().await;
        let view = drift(&sam).await;
        let [found] = view.drifts.as_slice() else { panic!("{:?}", view.drifts) };
        let [item] = found.items.as_slice() else { panic!("{found:?}") };
        assert_eq!((found.competency.as_str(), item.item.as_str()), ("medication", "mar"));
        assert_eq!((item.missed, item.of), (3, 4), "two of the six looked past it");
        assert_eq!(found.looked, BTreeMap::from([(Input::Observation, Found { missed: 3, of: 6 })]));
        let input = Some(Input::Observation);
        for item in [None, Some((check.standard, "mar".to_owned()))] {
            let asked = DriftBehind { competency: "medication".into(), input, item };
            let opened = behind(&sam, asked).await;
            assert_eq!(
                (opened.records.len(), opened.records_total),
                (3, 3),
                "a figure is what its tap opens"
            );
        }
        let handoffs = DriftBehind { competency: "handoff".into(), input: None, item: None };
        assert!(behind(&sam, handoffs).await.records.is_empty());
    });
}

#[test]
fn c7_two_complaints_about_the_same_are_a_driver() {
    run(async {
        let Cast { sam, elm, .. } = cast().await;
        sam.step(signal(Source::Complaint, "visits", 3), Some(elm), None).await;
        assert!(drift(&sam).await.drifts.is_empty());
        sam.step(signal(Source::Complaint, "visits", 1), Some(elm), None).await;
        let view = drift(&sam).await;
        assert!(view.drifts[0].complaints_repeat());
        assert!(view.drifts[0].looked.is_empty(), "nobody has looked: a count, and no rate");
    });
}
