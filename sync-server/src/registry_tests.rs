use fieldproof::practice::rights::{Named, Role, Rule};
use fieldproof::sync::wire::Person;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const DAY: i64 = 24 * 60 * 60 * 1000;
const ALICE: Uuid = Uuid::from_u128(0xa1);
const NORTH: Uuid = Uuid::from_u128(0x51);
const SOUTH: Uuid = Uuid::from_u128(0x52);

fn alice(sites: &[Uuid], active: bool) -> Change {
    let sites = sites.to_vec();
    Change::Person(Person { person: ALICE, name: "Alice".into(), role: Role::Supervisor, sites, active })
}

fn at(site: Uuid) -> Named {
    Named { author: ALICE, site: Some(site), subject: Some(Uuid::from_u128(1)), practice_of: None }
}

fn permits(registry: &Registry, site: Uuid, org: Option<u64>, now_ms: i64) -> bool {
    let arrival = Arrival { now_ms, grace_ms: 45 * DAY };
    registry.permits(Rule::of("check.submitted"), at(site), org, arrival)
}

#[test]
fn a_right_taken_away_and_given_back_counts_from_when_it_was_last_lost() {
    let mut registry = Registry::default();
    registry.apply(1, 0, Some(&alice(&[NORTH], true)));
    registry.apply(2, 10 * DAY, Some(&alice(&[SOUTH], true)));
    registry.apply(3, 100 * DAY, None);
    assert!(permits(&registry, NORTH, Some(1), 55 * DAY));
    assert!(!permits(&registry, NORTH, Some(1), 55 * DAY + 1));
    assert!(!permits(&registry, NORTH, Some(2), 11 * DAY));
    registry.apply(4, 120 * DAY, Some(&alice(&[NORTH, SOUTH], true)));
    assert!(permits(&registry, NORTH, Some(1), 1000 * DAY));
    assert!(!permits(&registry, NORTH, Some(2), 121 * DAY), "it was not held when the line was written");
    registry.apply(5, 130 * DAY, Some(&alice(&[], true)));
    assert!(permits(&registry, NORTH, Some(1), 175 * DAY));
    assert!(!permits(&registry, NORTH, Some(1), 176 * DAY));
    assert_eq!(registry.through(), 5);
}

/// An administrator who was dismissed must not be able to take the office back with a line that is
/// dated before the dismissal.
#[test]
fn one_who_was_administrator_yesterday_does_not_write_the_registry_today() {
    let role = |role| {
        let sites = vec![NORTH];
        Change::Person(Person { person: ALICE, name: "Alice".into(), role, sites, active: true })
    };
    let mut registry = Registry::default();
    registry.apply(1, 0, Some(&role(Role::Admin)));
    let permits = |registry: &Registry, kind| {
        let arrival = Arrival { now_ms: DAY, grace_ms: 45 * DAY };
        registry.permits(Rule::of(kind), at(NORTH), Some(1), arrival)
    };
    for kind in ["person.set", "site.set", "person.retired", "person.invented", "standard.published"] {
        assert!(permits(&registry, kind), "{kind}");
    }
    registry.apply(2, DAY, Some(&role(Role::Staff)));
    for kind in
        ["person.set", "site.set", "person.retired", "person.invented", "standard.published", "setting.set"]
    {
        assert!(!permits(&registry, kind), "{kind}");
    }
    registry.apply(3, DAY, Some(&role(Role::Admin)));
    assert!(permits(&registry, "person.set"));
}

#[test]
fn nobody_unknown_or_inactive_may_write_anything() {
    let mut registry = Registry::default();
    assert!(!permits(&registry, NORTH, None, 0));
    registry.apply(1, 0, Some(&alice(&[NORTH], false)));
    assert!(!permits(&registry, NORTH, None, 0));
    assert!(registry.subscriptions(ALICE).is_empty());
    let unknown = Rule::of("balloon.launched");
    assert!(!registry.permits(unknown, at(NORTH), None, Arrival { now_ms: 0, grace_ms: 0 }));
}

proptest! {
    /// However the sites of a person change, the newest version alone decides for a line without a
    /// number, and a line written at the newest number is judged the same.
    #[test]
    fn the_newest_number_is_today(versions in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 1..12)) {
        let mut registry = Registry::default();
        for (n, (north, south, active)) in (1..).zip(&versions) {
            let mut sites = Vec::new();
            if *north { sites.push(NORTH); }
            if *south { sites.push(SOUTH); }
            registry.apply(n, 0, Some(&alice(&sites, *active)));
        }
        let last = versions.len() as u64;
        let (north, south, active) = versions[versions.len() - 1];
        for (site, held) in [(NORTH, north), (SOUTH, south)] {
            prop_assert_eq!(permits(&registry, site, None, 0), held && active);
            prop_assert_eq!(permits(&registry, site, Some(last), 0), held && active);
            prop_assert_eq!(permits(&registry, site, Some(u64::MAX), 0), held && active);
        }
    }
}
