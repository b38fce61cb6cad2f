use serde_json::json;

use super::*;
use crate::record::Line;

fn line(n: u128, day: u32, kind: &str, body: &Value) -> Envelope<'static> {
    let text = json!({
        "v": 1, "id": Uuid::from_u128(n), "replica": Uuid::from_u128(9), "seq": n, "at": format!("2026-11-{day:02}T08:00:00+00:00"),
        "author": Uuid::from_u128(7), "kind": kind, "site": null, "subject": null, "body": body,
    });
    Line::read(Box::leak(text.to_string().into_boxed_str())).unwrap()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// `(event, day, key, value, base)` each.
type One<'a> = (u128, u32, &'a str, Value, &'a [u128]);

fn single(of: &[One<'_>]) -> Vec<Change> {
    let mut gathered = Gathered::default();
    for (n, day, key, value, base) in of {
        let base: Vec<Uuid> = base.iter().map(|n| id(*n)).collect();
        let body = json!({"key": key, "value": value, "base": base, "reason": "why"});
        let line = line(*n, *day, "setting.set", &body);
        let set = SettingSet::of(&line).unwrap().unwrap();
        gathered.single(&line, set);
    }
    gathered.changes()
}

#[test]
fn two_settings_set_apart_are_both_in_force_and_nothing_is_unsettled() {
    let changes = single(&[(1, 1, "pattern_days", json!(45), &[]), (2, 1, "notify_hours", json!(12), &[])]);
    let settings = in_force(&changes);
    assert_eq!((settings.pattern_days, settings.notify_hours), (45, 12));
    assert!(unsettled(&changes).is_empty());
}

#[test]
fn one_setting_set_apart_is_unsettled_until_somebody_who_knows_both_sets_it() {
    let first: [One<'_>; 3] = [
        (1, 1, "notify_hours", json!(20), &[]),
        (2, 2, "notify_hours", json!(12), &[1]),
        (3, 2, "notify_hours", json!(48), &[1]),
    ];
    let mut all = first.to_vec();
    let changes = single(&all);
    let sides = unsettled(&changes);
    assert_eq!(sides["notify_hours"].iter().map(|side| side.event).collect::<Vec<_>>(), [id(2), id(3)]);
    assert_eq!(in_force(&changes).notify_hours, 12, "the one that came first");
    all.push((4, 3, "notify_hours", json!(48), &[2, 3]));
    let changes = single(&all);
    assert!(unsettled(&changes).is_empty());
    assert_eq!(in_force(&changes).notify_hours, 48);
    // The same value twice is no dispute.
    assert!(
        unsettled(&single(&[(1, 1, "drift_days", json!(9), &[]), (2, 1, "drift_days", json!(9), &[])]))
            .is_empty()
    );
}

#[test]
fn what_was_in_force_on_a_day_is_what_had_been_set_by_then() {
    let standard = id(70);
    let key = expected_key(standard);
    let changes = single(&[
        (1, 3, &key, json!({"times": 1, "days": 30}), &[]),
        (2, 9, &key, json!({"times": 2, "days": 30}), &[1]),
        (3, 12, &key, json!(null), &[2]),
    ]);
    let often = |day: u32| {
        let at = line(1, day, "x.y", &json!({})).at.timestamp_millis();
        in_force_at(&changes, at).expected.first().map(|one| one.times)
    };
    assert_eq!((often(1), often(3), often(9), often(20)), (None, Some(1), Some(2), None));
}

#[test]
fn what_does_not_read_changes_nothing() {
    let site = shifts_key(id(5));
    let changes = single(&[
        (1, 1, "pattern_days", json!(45), &[]),
        (2, 2, "pattern_days", json!("many"), &[1]),
        (3, 2, "of_a_newer_version", json!(1), &[]),
        (4, 2, &site, json!({"early": 900, "night": 300}), &[]),
        (5, 2, "expected", json!([]), &[]),
    ]);
    assert_eq!(changes.len(), 1);
    assert_eq!(in_force(&changes).pattern_days, 45);
}

#[test]
fn old_lines_are_read_as_before_and_count_as_changes_of_what_differs() {
    let mut gathered = Gathered::default();
    let standard = id(70);
    gathered.whole(&line(1, 1, "org.set", &json!({})), &Value::Null);
    gathered.whole(&line(2, 2, "org.set", &json!({})), &json!({"pattern_days": 45}));
    let expected = json!([{"standard": standard, "times": 1, "days": 30}]);
    gathered.whole(&line(3, 3, "org.set", &json!({})), &json!({"pattern_days": 60, "expected": expected}));
    let old = line(4, 4, "org.set", &json!({}));
    gathered.whole(&old, &json!({"pattern_days": 60}));
    let changes = gathered.changes();
    let said: Vec<(&str, &Value)> = changes.iter().map(|one| (one.key.as_str(), &one.value)).collect();
    let key = expected_key(standard);
    let often = json!({"times": 1, "days": 30});
    assert_eq!(
        said,
        [
            ("pattern_days", &json!(45)),
            (key.as_str(), &often),
            ("pattern_days", &json!(60)),
            (key.as_str(), &Value::Null)
        ]
    );
    assert!(unsettled(&changes).is_empty());
    assert_eq!(in_force(&changes), Settings { pattern_days: 60, ..Settings::default() });
}

#[test]
fn an_old_app_that_did_not_know_of_a_single_setting_overwrites_nothing() {
    let mut gathered = Gathered::default();
    gathered.whole(&line(1, 1, "org.set", &json!({})), &json!({"pattern_days": 45, "notify_hours": 24}));
    let new = line(2, 2, "setting.set", &json!({"key": "notify_hours", "value": 12, "base": []}));
    gathered.single(&new, SettingSet::of(&new).unwrap().unwrap());
    gathered.whole(&line(3, 3, "org.set", &json!({})), &json!({"pattern_days": 60, "notify_hours": 24}));
    let changes = gathered.changes();
    assert_eq!((in_force(&changes).pattern_days, in_force(&changes).notify_hours), (60, 12));
    assert!(unsettled(&changes).is_empty());
}

#[test]
fn a_house_of_two_shifts_has_a_day_and_a_night() {
    let times = ShiftTimes { early: 7 * 60, late: None, night: 19 * 60 };
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
    use crate::practice::draft::Shift;
    assert_eq!(times.shift_at(at("2026-11-03T06:59:00-05:00")), Shift::Night);
    assert_eq!(times.shift_at(at("2026-11-03T18:59:00-05:00")), Shift::Early);
    assert_eq!(times.shift_at(at("2026-11-03T19:00:00-05:00")), Shift::Night);
    assert_eq!(ShiftTimes::default().shift_at(at("2026-11-03T14:00:00-05:00")), Shift::Late);
    assert!(ShiftTimes { early: 1140, late: None, night: 420 }.sound().is_none());
}
