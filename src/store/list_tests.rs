//! What lists and dashboards read, held against what was written.

use serde_json::json;
use uuid::Uuid;

use super::tests::{ELM, content, event, now, standard, store, streams, take};
use super::{NewEvent, query};
use crate::practice::draft::{Content, Mark};
use crate::practice::record::State;

/// Dashboards of the whole organisation read the sum over all sites, those of a part the sites' own.
#[test]
fn the_whole_is_the_sum_of_its_sites_and_of_what_names_none() {
    use crate::insight::period::Grain;
    use query::{Scope, Span};

    let oak = Uuid::from_u128(0x0a);
    let mut store = store();
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let record = |n: u8, site: Option<Uuid>, mark| {
        let content = serde_json::to_value(Content { standard, ..content(mark) }).unwrap();
        NewEvent { site, ..event(n, "check.submitted", &content) }
    };
    let written = [
        record(70, Some(ELM), Mark::Met),
        record(71, Some(oak), Mark::NotMet),
        record(72, Some(oak), Mark::Met),
        record(73, None, Mark::NotMet),
    ];
    store.append(&written, None).unwrap();
    store
        .append(
            &[NewEvent {
                site: Some(oak),
                ..event(
                    74,
                    "check.withdrawn",
                    &json!({"of": written[2].id, "base": [written[2].id], "reason": "twice"}),
                )
            }],
            None,
        )
        .unwrap();
    let month = Grain::Month.of(now().date_naive());
    let span = Span { grain: Grain::Month, from: month - 1, to: month };
    let sums = |sites: Option<Vec<Uuid>>| {
        let scope = Scope { sites: sites.map(|sites| sites.into_iter().collect()), ..Scope::default() };
        let tallies = store.tallies(span, &scope, &|_, _| true).unwrap();
        let items = store.item_tallies(span, &scope, &|_, _| true).unwrap();
        let of = |sum: fn(&crate::insight::facts::Tally) -> i64| tallies.iter().map(sum).sum::<i64>();
        (of(|tally| tally.seen), of(|tally| tally.missed), items.iter().map(|item| item.missed).sum::<i64>())
    };
    let (whole, elm, both) = (sums(None), sums(Some(vec![ELM])), sums(Some(vec![ELM, oak])));
    assert_eq!(sums(Some(vec![oak])), (1, 1, 1), "one of the two was withdrawn");
    assert_eq!(both, (elm.0 + 1, elm.1 + 1, elm.2 + 1));
    assert_eq!(whole, (both.0 + 1, both.1 + 1, both.2 + 1), "and one names no site");
}

#[test]
fn a_standard_that_arrives_after_it_was_asked_for_is_found() {
    let mut filled = store();
    take(&mut filled, streams());
    let wanted = filled.standards().unwrap()[0].standard;
    let mut store = store();
    assert!(store.standard(wanted).unwrap().is_none());
    assert!(store.standard(wanted).unwrap().is_none(), "asked again it still is not there");
    take(&mut store, streams());
    let found = store.standard(wanted).unwrap();
    assert!(found.is_some() && found == store.standard(wanted).unwrap());
}

#[test]
fn what_is_open_is_listed_however_much_has_ended_since() {
    let mut store = store();
    let opened = json!({
        "standard": standard().standard, "weakness": "Signs early", "expected": "Signs after",
        "evidence": {"validations": 1}, "due": "2026-12-06"
    });
    let old = event(1, "cycle.opened", &opened);
    let mut written = vec![old.clone()];
    for n in 2..=61_u8 {
        let cycle = event(n, "cycle.opened", &opened);
        let stopped = json!({"of": cycle.id, "outcome": "stopped"});
        written.extend([cycle, event(n + 100, "cycle.closed", &stopped)]);
    }
    store.append(&written, None).unwrap();
    let ids = |filter: query::FollowUpFilter| -> Vec<Uuid> {
        store.follow_ups(&filter).unwrap().iter().map(|row| row.follow.id).collect()
    };
    let filter = query::FollowUpFilter { limit: 50, ..query::FollowUpFilter::default() };
    assert_eq!(ids(query::FollowUpFilter { open: true, ..filter.clone() }), vec![old.id]);
    let page = ids(query::FollowUpFilter { ended: true, ..filter.clone() });
    let longer = ids(query::FollowUpFilter { ended: true, limit: 100, ..filter });
    assert_eq!((page.len(), longer.len()), (50, 60));
    assert_eq!(longer[..50], page, "the longer list begins with the shorter one");
    assert!(!longer.contains(&old.id));
}

/// What is contested, and what somebody observed of themselves, is in no sum and behind no figure.
#[test]
fn contested_records_and_own_observations_are_in_no_figure() {
    use crate::insight::measure::Measure;
    use crate::insight::period::Grain;
    use query::{Scope, Span};

    let mut store = store();
    // One of them was withdrawn, one is contested.
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let filled = serde_json::to_value(Content { standard, ..content(Mark::NotMet) }).unwrap();
    let check = event(80, "check.submitted", &filled);
    let own = NewEvent { subject: Some(check.author), ..event(81, "check.submitted", &filled) };
    store.append(&[check, own], None).unwrap();
    let month = Grain::Month.of(now().date_naive());
    let span = Span { grain: Grain::Month, from: month, to: month };
    let measure = Measure::MedicationDeviations;
    let takes = |class, competency: &str| measure.takes(class, competency);
    let tallies = store.tallies(span, &Scope::default(), &takes).unwrap();
    let sums = tallies.iter().fold((0, 0), |sums, tally| (sums.0 + tally.seen, sums.1 + tally.missed));
    assert_eq!(sums, (2, 1), "what was acknowledged, and the check");
    let (rows, count) = store.records_behind(measure, span, &Scope::default(), 10).unwrap();
    assert_eq!((rows.len(), count), (2, 2));
    assert!(rows.iter().all(|row| row.state != State::Conflict && !row.verdict.own));
}

/// The rate of an item is of the looks that saw it.
#[test]
fn a_look_past_an_item_is_not_among_those_that_judged_it() {
    use crate::insight::drift::Judged;

    let mut store = store();
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let (first, middle) = (now() - chrono::TimeDelta::days(200), now() - chrono::TimeDelta::days(20));
    let judged =
        |store: &super::Store, item: &str| store.judged((standard.standard, item), first, middle).unwrap();
    let now = |now| Judged { now, before: 0 };
    assert_eq!(judged(&store, "mar"), now(1), "the other two are withdrawn and contested");
    for (n, mark, of) in [(80, Mark::NotSeen, 1), (81, Mark::NotApplicable, 1), (82, Mark::NotMet, 2)] {
        let filled = serde_json::to_value(Content { standard, ..content(mark) }).unwrap();
        store.append(&[event(n, "check.submitted", &filled)], None).unwrap();
        assert_eq!(judged(&store, "mar"), now(of), "{mark:?}");
    }
    assert_eq!(judged(&store, "no item of it"), now(0));
}

#[test]
fn z6_what_is_dated_ahead_says_when_it_arrived() {
    let arrived_on = |day: u8| {
        let mut bob = store();
        let at = format!("2026-11-{day}T12:00:00.000Z");
        let items =
            streams().into_iter().map(|item| super::intake::PulledItem { received_at: at.clone(), ..item });
        take(&mut bob, items.collect());
        let rows = bob.records(&query::RecordFilter::default()).unwrap();
        assert!(rows.iter().all(|row| {
            bob.arrived(row.id).unwrap().is_some_and(|seen| seen.to_rfc3339().starts_with(&at[..10]))
        }));
        rows.iter().filter(|row| row.arrived.is_some()).count()
    };
    assert_eq!(arrived_on(20), 3, "written two days after they arrived");
    assert_eq!(arrived_on(25), 0, "three days without signal are no clock that was ahead");

    let mut own = store();
    let filled = serde_json::to_value(content(Mark::Met)).unwrap();
    own.append(&[event(1, "check.submitted", &filled)], None).unwrap();
    let id = own.records(&query::RecordFilter::default()).unwrap()[0].id;
    assert_eq!(own.arrived(id).unwrap(), None, "a device does not know when its own lines arrived");
}

/// P-L3: a number that the server holds says nothing of a line that it set aside.
#[test]
fn a_record_that_was_set_aside_is_neither_sent_nor_waiting() {
    use crate::store::Intake;
    use crate::sync::wire::Quarantined;
    use query::Sent;

    let mut store = store();
    take(&mut store, streams());
    let standard = store.standards().unwrap()[0].standard;
    let submitted = |n: u8| {
        let content = serde_json::to_value(Content { standard, ..content(Mark::Met) }).unwrap();
        event(n, "check.submitted", &content)
    };
    let (aside, waits) = (submitted(70), submitted(71));
    store.append(&[aside.clone(), waits.clone()], None).unwrap();
    let sent = |store: &crate::store::Store, id| store.record_row(id).unwrap().unwrap().sent;
    assert_eq!((sent(&store, aside.id), sent(&store, waits.id)), (Sent::Waiting, Sent::Waiting));

    let log = store.own().unwrap();
    let said = Quarantined {
        seq: 1,
        id: Some(aside.id),
        code: "not_permitted".into(),
        field: Some("site".into()),
        message: "no".into(),
    };
    let intake = Intake { held: Some(1), quarantined: vec![said], ..Intake::default() };
    store.take_in(&log, &intake).unwrap();
    let needs =
        Sent::NeedsYou { code: "not_permitted".into(), field: Some("site".into()), message: "no".into() };
    assert_eq!((sent(&store, aside.id), sent(&store, waits.id)), (needs.clone(), Sent::Waiting));

    // What is said of it later waits; that it needs somebody is graver.
    let more = json!({"of": aside.id, "base": [aside.id], "reason": "twice"});
    store.append(&[event(72, "check.withdrawn", &more)], None).unwrap();
    assert_eq!(sent(&store, aside.id), needs);
    store.deal_with(log.replica, 1).unwrap();
    assert_eq!(sent(&store, aside.id), Sent::Waiting);
    let log = store.own().unwrap();
    store.take_in(&log, &Intake { held: Some(3), ..Intake::default() }).unwrap();
    let dealt = Sent::DealtWith { code: "not_permitted".into() };
    assert_eq!((sent(&store, aside.id), sent(&store, waits.id)), (dealt, Sent::WithServer));
}
