//! What is owed of what is followed up, at twice every limit there was.

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{OF_ACTION, ReportsOwed, VISITS, VisitsOwed, WAITING};
use crate::practice::follow::{About, Duty, FollowUp, Source, duties};
use crate::practice::settings::single::{Change, InForce};
use crate::store::query::{FollowUpFilter, Page, Scope, plan};
use crate::store::tests::{ALICE, BOB, ELM, now, numbered, standard, store};
use crate::store::{NewEvent, Store};

const OAK: Uuid = Uuid::from_u128(0x0a);
const SAM: Uuid = Uuid::from_u128(0x5a);

fn report(n: u32, more: &Value) -> NewEvent {
    let mut body = json!({
        "category": "medication", "happened_at": now() + TimeDelta::seconds(i64::from(n)), "words": "Late dose"
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    NewEvent { subject: None, ..numbered(n, "incident.reported", &body) }
}

fn visits(store: &Store, person: Uuid, led: &[Uuid], limit: u32) -> Page<crate::store::query::FollowUpRow> {
    let since = now() - TimeDelta::days(1);
    let asked = VisitsOwed { person, led: led.to_vec(), since: since.timestamp_millis(), limit };
    store.visits_owed(&asked).unwrap()
}

fn asked(later: bool, limit: u32) -> ReportsOwed {
    ReportsOwed {
        sites: Some(vec![ELM]),
        person: SAM,
        in_force: InForce::default(),
        day_ends: (now() + TimeDelta::hours(17)).timestamp_millis(),
        later,
        limit,
    }
}

#[test]
fn a_visit_at_risk_is_owed_however_many_older_reports_are_open() {
    let mut store = store();
    let mut lines: Vec<NewEvent> = (0..1_020).map(|n| report(n, &json!({}))).collect();
    let visit = report(2_000, &json!({"category": "missed_visit", "visit_at": now() + TimeDelta::hours(2)}));
    lines.push(visit.clone());
    store.append(&lines, None).unwrap();
    let owed = visits(&store, SAM, &[ELM], 50);
    assert_eq!((owed.total, owed.rows.len(), owed.rows[0].follow.id), (1, 1, visit.id));
    assert_eq!(visits(&store, ALICE, &[], 50).total, 1, "and by whoever reported it");
    assert_eq!(visits(&store, SAM, &[OAK], 50).total, 0, "not by who leads elsewhere");
    let reports = store.reports_owed(&asked(true, 50)).unwrap();
    assert_eq!((reports.rows.len(), reports.total), (50, 1_020), "the number there is");
    assert_eq!(reports.rows[0].follow.id, lines[0].id, "soonest due first");
    assert_eq!(store.reports_owed(&asked(false, 50)).unwrap().total, 0);
}

#[test]
fn visits_that_are_to_come_stand_before_those_of_days_ago() {
    let mut store = store();
    let at = |n: u32, hours: i64| report(n, &json!({"visit_at": now() + TimeDelta::hours(hours)}));
    let lines: Vec<NewEvent> =
        (0..120).map(|n| at(n, -48 - i64::from(n))).chain([at(500, 5), at(501, -2), at(502, 1)]).collect();
    store.append(&lines, None).unwrap();
    let owed = visits(&store, SAM, &[ELM], 50);
    let ids: Vec<Uuid> = owed.rows.iter().take(4).map(|row| row.follow.id).collect();
    assert_eq!(ids, [lines[121].id, lines[122].id, lines[120].id, lines[0].id]);
    assert_eq!((owed.rows.len(), owed.total), (50, 123));
}

#[test]
fn what_is_left_to_do_about_a_visit_decides_who_owes_it() {
    let mut store = store();
    let visit = report(1, &json!({"visit_at": now() + TimeDelta::hours(2)}));
    let done = |n, work: &str| NewEvent {
        subject: None,
        ..numbered(n, "incident.logged", &json!({"of": visit.id, "work": work}))
    };
    let first = [done(2, "supervisor_told"), done(3, "person_contacted"), done(4, "attempt_written")];
    store.append(&[vec![visit.clone()], first.to_vec()].concat(), None).unwrap();
    assert_eq!(visits(&store, ALICE, &[], 50).total, 0, "cover is not for her to find");
    assert_eq!(visits(&store, SAM, &[ELM], 50).total, 1);
    store.append(&[done(5, "cover_in_place")], None).unwrap();
    assert_eq!(visits(&store, SAM, &[ELM], 50).total, 0);
    assert_eq!(store.reports_owed(&asked(true, 50)).unwrap().total, 1, "now it is a report like any other");
}

/// The reports that are owed as the rules over whole follow-ups say it, in order.
fn by_the_rules(store: &Store, asked: &ReportsOwed) -> Vec<Uuid> {
    let all =
        store.follow_ups(&FollowUpFilter { open: true, limit: u32::MAX, ..Default::default() }).unwrap();
    let mut owed = Vec::new();
    for follow in all.into_iter().map(|row| row.follow) {
        let About::Report(report) = &follow.about else { continue };
        let here = asked.sites.as_ref().is_none_or(|sites| sites.contains(&follow.site.unwrap()));
        let elsewhere = !report.visit_steps().is_empty() || report.source == Some(Source::OnCall);
        if !here || elsewhere || follow.subject == Some(asked.person) {
            continue;
        }
        let open: Vec<_> = duties(&follow, &asked.in_force.at(follow.at.timestamp_millis()))
            .into_iter()
            .filter(|(.., done)| done.is_none())
            .collect();
        let Some((_, by, _)) = open.first() else { continue };
        let waits = |(duty, ..): &(Duty, _, _)| matches!(duty, Duty::Notify | Duty::Investigate);
        let grave = report.reportable && open.iter().any(waits);
        let now = grave || by.timestamp_millis() < asked.day_ends;
        if now != asked.later {
            owed.push((!grave, by.timestamp_millis(), follow.id));
        }
    }
    owed.sort_unstable();
    owed.into_iter().map(|(.., id)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The columns that the query reads say the same as the rules that whole follow-ups are weighed by.
    #[test]
    fn the_query_owes_what_the_rules_owe(
        reports in prop::collection::vec(
            (0..4_u8, any::<bool>(), 0..4_u8, 0..16_u8, any::<bool>(), any::<bool>(), -90..10_i64), 1..40),
        everywhere in any::<bool>(),
        hours in 1..100_u32,
    ) {
        let mut store = store();
        let mut lines = Vec::new();
        for (n, (kind, near_miss, place, work, classified, about_sam, days)) in reports.into_iter().enumerate() {
            let n = u32::try_from(n).unwrap() * 10;
            let at = now() + TimeDelta::hours(days);
            let site = Some(if place == 0 { OAK } else { ELM });
            let one = |n, kind: &str, body: &Value| NewEvent {
                site, subject: about_sam.then_some(SAM), at, ..numbered(n, kind, body)
            };
            let body = json!({
                "near_miss": near_miss, "category": if kind == 1 { "neglect" } else { "medication" },
                "happened_at": at, "words": "w",
            });
            let opened = match kind {
                2 => one(n, "signal.logged", &json!({"source": "on_call", "competency": "x", "words": "w"})),
                3 => one(n, "signal.logged", &json!({"source": "complaint", "competency": "x", "words": "w"})),
                _ => one(n, "incident.reported", &body),
            };
            let of = opened.id;
            let signal = opened.kind.starts_with("signal");
            lines.push(opened);
            for (bit, what) in ["notified", "investigation_begun", "resolved", "tracked"].iter().enumerate() {
                if work & (1 << bit) != 0 && !signal {
                    let body = json!({"of": of, "work": what});
                    lines.push(one(n + 1 + u32::try_from(bit).unwrap(), "incident.logged", &body));
                }
            }
            if classified {
                let kind = if signal { "signal.classified" } else { "incident.classified" };
                lines.push(one(n + 6, kind, &json!({"of": of, "gap": "workflow", "base": [of], "outcomes": []})));
            }
        }
        store.append(&lines, None).unwrap();
        // From three days ago on, other deadlines are in force.
        let set = |n: u128, key: &str, value: u32| Change {
            event: Uuid::from_u128(n),
            key: key.into(),
            value: value.into(),
            base: Vec::new(),
            reason: String::new(),
            author: SAM,
            at: now() - TimeDelta::days(3),
        };
        let changes = [set(1, "classify_hours", hours), set(2, "notify_hours", hours / 2 + 1)];
        let in_force = InForce::of(&changes);
        for later in [false, true] {
            let sites = if everywhere { None } else { Some(vec![ELM]) };
            let asked = ReportsOwed { sites, in_force: in_force.clone(), ..asked(later, 1_000) };
            let expected = by_the_rules(&store, &asked);
            let page = store.reports_owed(&asked).unwrap();
            let found: Vec<Uuid> = page.rows.iter().map(|row| row.follow.id).collect();
            prop_assert_eq!(usize::try_from(page.total).unwrap(), found.len());
            prop_assert_eq!(found, expected);
        }
    }
}

fn cycle(n: u32, site: Uuid, action: Option<Uuid>) -> NewEvent {
    let origin = action.map_or(json!({"from": "hand"}), |action| json!({"from": "action", "action": action}));
    let body = json!({
        "standard": standard().standard, "weakness": "Signs early", "expected": "Signs after",
        "evidence": {"validations": 0}, "due": "2026-12-06", "origin": origin,
    });
    NewEvent { site: Some(site), ..numbered(n, "cycle.opened", &body) }
}

#[test]
fn cycles_that_were_closed_are_those_of_the_site_that_is_asked_about() {
    let mut store = store();
    let mut lines = Vec::new();
    for n in 0..450 {
        let opened = cycle(n * 2, if n < 420 { OAK } else { ELM }, None);
        let body = json!({"of": opened.id, "outcome": "met"});
        let closed = NewEvent { site: opened.site, ..numbered(10_000 + n * 2, "cycle.closed", &body) };
        lines.extend([opened, closed]);
    }
    store.append(&lines, None).unwrap();
    let within = |sites: Option<Vec<Uuid>>, competency: &str| {
        let sites = sites.map(|sites| sites.into_iter().collect());
        let scope = Scope { sites, competency: competency.to_owned(), ..Scope::default() };
        store.cycles_closed_within(&scope, 0, 200).unwrap()
    };
    let all: Vec<FollowUp> = within(None, "").rows.into_iter().map(|row| row.follow).collect();
    assert!(!all.is_empty(), "they were closed with what was asked");
    assert_eq!((all.len(), within(None, "").total), (200, 450));
    let elm = within(Some(vec![ELM]), "");
    assert_eq!((elm.rows.len(), elm.total), (30, 30), "none is hidden by those of another site");
    assert_eq!(within(Some(vec![OAK]), "").total, 420);
    assert_eq!(within(None, "elsewhere").total, 0);
}

#[test]
fn all_cycles_of_an_action_are_found_among_thousands() {
    let mut store = store();
    let action = Uuid::from_u128(0xac);
    let mut lines: Vec<NewEvent> = (0..450).map(|n| cycle(n, ELM, Some(action))).collect();
    lines.extend((450..1_000).map(|n| cycle(n, ELM, None)));
    store.append(&lines, None).unwrap();
    let own = store.follow_ups_of_action(action).unwrap();
    let ids: Vec<Uuid> = own.into_iter().map(|row| row.follow.id).collect();
    assert_eq!(ids, lines[..450].iter().map(|line| line.id).collect::<Vec<_>>());
    assert_eq!(store.open_cycles_of(BOB).unwrap().len(), 1_000);
    let page = store.follow_ups_page(&FollowUpFilter { limit: 50, ..FollowUpFilter::default() }).unwrap();
    assert_eq!((page.rows.len(), page.total), (50, 1_000));
}

#[test]
fn what_was_under_way_in_a_period_is_asked_for_with_the_period() {
    let mut store = store();
    let old = report(0, &json!({}));
    let lines: Vec<NewEvent> =
        [old.clone()].into_iter().chain((100_000..101_100).map(|n| report(n, &json!({})))).collect();
    store.append(&lines, None).unwrap();
    let (first, end) = (now().timestamp_millis(), now().timestamp_millis() + 50_000_000);
    let filter = FollowUpFilter { under_way: Some((first, end)), limit: 1_000, ..FollowUpFilter::default() };
    let page = store.follow_ups_page(&filter).unwrap();
    assert_eq!((page.total, page.rows[0].follow.id), (1, old.id), "not cut among those that came later");
}

#[test]
fn what_waits_is_counted_by_its_own_index() {
    for (from, index) in [(WAITING, "report_open"), (VISITS, "report_visit")] {
        let plan = plan(&format!("SELECT count(*) FROM {from}"));
        assert!(plan.iter().any(|step| step.contains(&format!("USING INDEX {index}"))), "{plan:?}");
    }
    let plan = plan(&format!("SELECT 1 FROM follow_up WHERE {OF_ACTION}"));
    assert!(plan.iter().any(|step| step.contains("INDEX follow_up_action")), "{plan:?}");
}
