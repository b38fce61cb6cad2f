//! What is gravest stands first.

use chrono::{DateTime, Days, FixedOffset, TimeDelta};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Owed, Urgency, urgency};
use crate::engine::api::{DeviceRow, FollowUpRow, NextDuty, RecordRow};
use crate::practice::follow::{Duty, Work};
use crate::practice::standard::{Class, StandardRef};

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-27T15:00:00-05:00").unwrap()
}

fn row(class: &str, reportable: bool, work: &Value) -> FollowUpRow {
    let at = now() - TimeDelta::hours(3);
    let nil = Uuid::nil();
    let follow = serde_json::from_value(json!({
        "id": nil, "class": class, "site": null, "subject": null, "author": nil, "at": at,
        "state": "open", "owner": nil, "due": null, "ended_at": null, "proof": {}, "history": [],
        "about": {"report": {"near_miss": false, "reportable": reportable, "source": null,
            "category": "neglect", "competency": "", "gap": null, "happened_at": at,
            "words": "Alone for an hour", "person_code": "E-4", "work": work, "tips": []}},
    }));
    FollowUpRow {
        follow: follow.unwrap(),
        site_name: String::new(),
        subject_name: String::new(),
        owner_left: false,
        owner_name: String::new(),
        next: None,
    }
}

fn report(reportable: bool, hours: i64, work: &Value) -> Owed {
    let next = NextDuty { duty: Duty::Classify, by: now() + TimeDelta::hours(hours) };
    Owed::Report { row: row("incident", reportable, work), next }
}

fn record() -> RecordRow {
    RecordRow {
        id: Uuid::nil(),
        class: Class::Check,
        standard: StandardRef { standard: Uuid::nil(), version: 1 },
        title: crate::practice::text::Text::default(),
        site: None,
        site_name: String::new(),
        subject: None,
        subject_name: String::new(),
        author: Uuid::nil(),
        author_name: String::new(),
        at: now(),
        happened_at: now(),
        state: crate::practice::record::State::Submitted,
        verdict: crate::practice::record::Verdict::default(),
        arrived: None,
        sent: crate::engine::api::Sent::WithServer,
    }
}

fn device() -> DeviceRow {
    DeviceRow {
        device: Uuid::nil(),
        person: Uuid::nil(),
        person_name: String::new(),
        name: "A phone".into(),
        platform: String::new(),
        by: None,
        by_name: String::new(),
        event: None,
        paired_at: None,
        revoked_at: None,
        read: false,
    }
}

fn look_again(days: i64) -> Owed {
    let on = now().date_naive() + TimeDelta::days(days);
    Owed::LookAgain { record: record(), on, gone: false }
}

#[test]
fn a_reportable_neglect_due_tomorrow_stands_above_what_can_be_looked_at_tomorrow() {
    let neglect = report(true, 21, &json!({}));
    assert!(!neglect.is_next(now()), "it stands under Now");
    let mut owed = [look_again(1), report(false, 21, &json!({})), neglect.clone(), look_again(0)];
    owed.sort_by_key(|one| urgency(one, now()));
    assert_eq!(owed[0], neglect);
    assert_eq!(owed[1], look_again(0));
    assert!(owed[2].is_next(now()) && owed[3].is_next(now()));
}

#[test]
fn a_visit_at_risk_then_what_an_authority_waits_for_then_what_is_overdue_the_longest() {
    let visit = Owed::Visit {
        row: row("incident", false, &json!({})),
        left: vec![Work::CoverInPlace],
        at: now() + TimeDelta::hours(2),
    };
    let review = |hours: i64| Owed::Review { record: record(), due: now() + TimeDelta::hours(hours) };
    let handoff = Owed::Handoff { record: record() };
    let paired = Owed::Paired { device: device() };
    let right = [
        visit,
        report(true, -30, &json!({})),
        paired,
        report(true, 4, &json!({})),
        report(false, -50, &json!({})),
        look_again(-2),
        review(-1),
        handoff,
        look_again(1),
        report(false, 60, &json!({})),
    ];
    for turn in 0..right.len() {
        let mut owed = right.to_vec();
        owed.rotate_left(turn);
        owed.reverse();
        owed.sort_by_key(|one| urgency(one, now()));
        assert_eq!(owed, right, "{turn}");
    }
}

#[test]
fn what_the_organisations_own_rhythm_asks_for_is_never_overdue() {
    let observe = Owed::Recheck {
        row: row("incident", false, &json!({})),
        on: now().date_naive().checked_sub_days(Days::new(20)).unwrap(),
    };
    assert_eq!(urgency(&observe, now()), Urgency::Now);
}

#[test]
fn once_the_authority_knows_and_the_investigation_runs_a_report_waits_like_any_other() {
    let told = json!({"notified": now()});
    assert!(!report(true, 40, &told).is_next(now()), "the investigation has not begun");
    let begun = json!({"notified": now(), "investigation_begun": now()});
    assert!(report(true, 40, &begun).is_next(now()));
    assert!(!report(true, 8, &begun).is_next(now()), "due today");
}

#[test]
fn the_day_is_over_by_the_clock_of_whoever_asks() {
    // Written where it is tomorrow already: 23:30 here is 05:30 of the next day there.
    let by = DateTime::parse_from_rfc3339("2026-11-28T05:30:00+01:00").unwrap();
    let next = NextDuty { duty: Duty::Classify, by };
    let one = Owed::Report { row: row("incident", false, &json!({})), next };
    assert!(!one.is_next(now()));
}

#[test]
fn a_check_that_was_acknowledged_still_says_that_it_was_not_met() {
    use crate::practice::record::{State, Verdict};
    let row =
        |state, passed| RecordRow { state, verdict: Verdict { passed, ..Verdict::default() }, ..record() };
    assert_eq!(row(State::Acknowledged, Some(false)).result(), Some(false));
    assert_eq!(row(State::Submitted, Some(true)).result(), Some(true));
    assert_eq!(row(State::Submitted, None).result(), None, "a handoff has no verdict");
    assert_eq!(row(State::Withdrawn, Some(true)).met(), None);
    assert_eq!(row(State::Returned, Some(false)).met(), Some(false), "a question takes nothing back");
    let rework = row(State::Rework, None);
    assert_eq!((rework.met(), rework.result()), (Some(false), None), "its state says so");
}
