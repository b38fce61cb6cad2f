//! The demo is written through real devices: what they wrote stands up, and a seed repeats it.

#![cfg(feature = "demo")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use serde_json::Value;
use sync_server::demo::{Plan, Seeded, Size, seed};
use sync_server::storage::sqlite::{Sqlite, verify};
use sync_server::storage::{QuarantineKey, Storage};
use tempfile::TempDir;

/// Not the real now: the same days every time.
fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T15:00:00-05:00").unwrap()
}

fn seeded() -> (TempDir, Seeded) {
    let dir = TempDir::new().unwrap();
    let plan = Plan { size: Size::Days(6), seed: 7, now: now() };
    // Returns only when every device's chip said that all is synced.
    let seeded = seed(dir.path(), plan, &|_| {}).unwrap();
    (dir, seeded)
}

/// Every line, and what could not be applied.
fn lines(dir: &Path, org: uuid::Uuid) -> (Vec<Value>, usize) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let storage = Sqlite::open(dir).unwrap();
        let mut lines = Vec::new();
        for replica in storage.replicas(Some(org)).await.unwrap() {
            let mut after = 0;
            loop {
                let some = storage.lines(replica.replica, after, 1 << 20).await.unwrap();
                let Some((last, _)) = some.last() else { break };
                after = *last;
                lines.extend(some.iter().map(|(_, line)| serde_json::from_slice(line).unwrap()));
            }
            assert_eq!(after, replica.head.seq);
        }
        let apart = storage.quarantine(org, None::<QuarantineKey>).await.unwrap().len();
        storage.close().await;
        (lines, apart)
    })
}

fn kinds(lines: &[Value]) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for line in lines {
        *kinds.entry(line["kind"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    kinds
}

#[test]
fn a_small_demo_stands_up_and_a_seed_repeats_it() {
    let (dir, first) = seeded();
    let found = verify(dir.path());
    assert_eq!(found.problems, []);
    assert_eq!(found.events, first.events);

    let (written, apart) = lines(dir.path(), first.org);
    assert_eq!(apart, 0, "nothing that a device wrote was refused");
    let seen = kinds(&written);
    for kind in ["handoff.acknowledged", "task.assigned", "scenario.reviewed", "check.returned"] {
        assert!(seen.contains_key(kind), "{kind} is missing in {seen:?}");
    }

    // The person whose link is printed was given feedback and is coached.
    let staff = first.guests.iter().find(|guest| guest.role == "staff").unwrap();
    let about = |kind: &str| {
        written
            .iter()
            .filter(|line| line["kind"] == kind && line["subject"] == staff.person.to_string())
            .count()
    };
    assert!(about("scenario.reviewed") > 0);
    assert!(about("check.submitted") > 0);

    // No time in a log runs backwards, and nothing was written in the future.
    let mut last: BTreeMap<&str, DateTime<FixedOffset>> = BTreeMap::new();
    for line in written.iter().filter(|line| line["kind"] != "org.set" && line["author"].is_string()) {
        let at = DateTime::parse_from_rfc3339(line["at"].as_str().unwrap()).unwrap();
        let replica = line["replica"].as_str().unwrap();
        if last.get(replica).is_some_and(|before| *before > at) {
            panic!("{} at {at} after {}", line["kind"], last[replica]);
        }
        last.insert(replica, at);
    }

    let (again, second) = seeded();
    assert_eq!(second.records, first.records);
    assert_eq!(second.events, first.events);
    assert_eq!(kinds(&lines(again.path(), second.org).0), seen);
}

#[test]
fn the_cycle_that_held_holds_by_the_rule_of_the_product() {
    let dir = TempDir::new().unwrap();
    // From the day on which the cycle begins: the whole demo tells the same of its first site.
    let plan = Plan { size: Size::FirstSite(142), seed: 7, now: now() };
    let seeded = seed(dir.path(), plan, &|_| {}).unwrap();
    assert!(seeded.stands.get("Holds").is_some_and(|holds| *holds > 0), "{:?}", seeded.stands);
}
