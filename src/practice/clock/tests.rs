use chrono::{Duration, LocalResult, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::*;
use crate::practice::draft::Content;
use crate::practice::standard::StandardRef;
use uuid::Uuid;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn new_york() -> Tz {
    chrono_tz::America::New_York
}

#[test]
fn z1_a_time_before_the_clocks_changed_has_the_offset_of_that_day() {
    let now = at("2026-11-27T09:00:00-05:00");
    let typed = happened("2026-10-30T23:30", false, now, &new_york());
    assert_eq!(typed, Ok(at("2026-10-30T23:30:00-04:00")));
    let due = due("2027-03-20T09:00", MINUTE, now, &new_york());
    assert_eq!(due, Ok(at("2027-03-20T09:00:00-04:00")));
}

#[test]
fn a_time_that_the_clocks_show_twice_is_the_first_and_one_that_they_skip_is_an_hour_on() {
    let twice = moment(wall("2026-11-01T01:30").unwrap(), &new_york());
    assert_eq!(twice.unwrap().to_rfc3339(), "2026-11-01T01:30:00-04:00");
    let never = moment(wall("2026-03-08T02:30").unwrap(), &new_york());
    assert_eq!(never.unwrap().to_rfc3339(), "2026-03-08T03:30:00-04:00");
}

#[test]
fn in_the_hour_that_is_repeated_a_form_that_opened_now_says_now() {
    let (first, again) = (at("2026-11-01T01:20:30-04:00"), at("2026-11-01T01:20:30-05:00"));
    let said = |now| happened("2026-11-01T01:20", false, now, &new_york());
    assert_eq!((said(first), said(again)), (Ok(first), Ok(again)));
    let in_an_hour = due("2026-11-01T01:10", MINUTE, at("2026-11-01T01:10:00-04:00") + MINUTE, &new_york());
    assert_eq!(in_an_hour, Ok(at("2026-11-01T01:10:00-05:00")), "the first has gone by");
}

#[test]
fn z3_a_year_of_two_digits_is_no_time() {
    let now = at("2026-11-27T09:00:00-05:00");
    for field in ["0026-11-20T08:15", "1926-11-20T08:15", "2026-02-30T08:15", "20"] {
        assert_eq!(happened(field, true, now, &new_york()), Err(Fault::NoTime), "{field}");
        assert_eq!(due(field, MINUTE, now, &new_york()), Err(Fault::NoTime), "{field}");
    }
    assert_eq!(day("0026-11-20"), None);
    assert_eq!(day("2026-11-20"), NaiveDate::from_ymd_opt(2026, 11, 20));
    assert_eq!(happened("", false, now, &new_york()), Err(Fault::Missing));
}

#[test]
fn what_is_long_ago_is_asked_about_and_what_is_to_come_has_not_happened() {
    let now = at("2026-11-27T09:00:30-05:00");
    let last_year = at("2025-11-20T08:15:00-05:00");
    let ask = |field: &str, sure| happened(field, sure, now, &new_york());
    assert_eq!(ask("2025-11-20T08:15", false), Err(Fault::LongAgo(last_year)));
    assert_eq!(ask("2025-11-20T08:15", true), Ok(last_year));
    assert_eq!(ask("2026-11-27T09:01", false), Err(Fault::Ahead));
    assert_eq!(ask("2026-11-27T09:00", false), Ok(now), "the minute that runs is now");
    assert_eq!(due("2026-11-27T08:00", MINUTE, now, &new_york()), Err(Fault::Over));
    assert!(due("2026-11-25T09:00", LONG_AGO, now, &new_york()).is_ok(), "a visit of Wednesday");
    assert_eq!(due("2028-11-25T09:00", MINUTE, now, &new_york()), Err(Fault::FarAhead));
}

#[test]
fn z5_only_what_lay_untouched_is_asked_about() {
    let standard = StandardRef { standard: Uuid::nil(), version: 1 };
    let mut draft = Draft {
        id: Uuid::nil(),
        class: Class::Audit,
        site: None,
        subject: None,
        content: Content::new(standard),
        tasks: Vec::new(),
        item: None,
        begun_at: at("2026-11-27T15:38:00-05:00"),
        amends: None,
        corrects: None,
        trial: false,
    };
    let later = at("2026-11-27T16:38:00-05:00");
    assert!(asks_when(&draft, draft.content.seconds, later));
    assert!(
        !asks_when(&draft, draft.content.seconds, at("2026-11-27T15:50:00-05:00")),
        "so short that nobody need say"
    );
    draft.content.seconds = 50 * 60;
    assert!(!asks_when(&draft, draft.content.seconds, later), "it was watched all that time");
    draft.content.seconds = 60;
    draft.content.happened_at = Some(later);
    assert!(!asks_when(&draft, draft.content.seconds, later), "it was said");
    draft.content.happened_at = None;
    draft.class = Class::Scenario;
    assert!(!asks_when(&draft, draft.content.seconds, later), "a written case did not happen");
}

/// Every moment at which a zone changes its clocks between 1990 and 2035, found by halving.
fn changes(zone: Tz) -> Vec<DateTime<Utc>> {
    let offset = |at: DateTime<Utc>| zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    let step = Duration::days(2);
    let end = Utc.with_ymd_and_hms(2036, 1, 1, 0, 0, 0).unwrap();
    let mut from = Utc.with_ymd_and_hms(1990, 1, 1, 0, 0, 0).unwrap();
    let mut found = Vec::new();
    while from < end {
        let (mut low, mut high) = (from, from + step);
        if offset(low) != offset(high) {
            while high - low > Duration::seconds(1) {
                let middle = low + (high - low) / 2;
                if offset(middle) == offset(low) { low = middle } else { high = middle }
            }
            found.push(high);
        }
        from += step;
    }
    found
}

fn agrees(wall: NaiveDateTime, zone: Tz) {
    let ours = moment(wall, &zone).unwrap();
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(theirs) | LocalResult::Ambiguous(theirs, _) => {
            assert_eq!(ours, theirs.fixed_offset(), "{wall} in {zone}");
            assert_eq!(ours.naive_local(), wall, "the clock shows what was typed");
        }
        LocalResult::None => {
            assert!(ours.naive_local() > wall, "{wall} in {zone} is skipped: {ours}");
            assert_eq!(
                ours,
                ours.with_timezone(&zone).fixed_offset(),
                "and it is a time that the clock shows"
            );
        }
    }
}

#[test]
fn around_every_change_of_every_zone_from_1990_to_2035_wall_and_line_agree() {
    let mut seen = 0;
    for zone in TZ_VARIANTS {
        for change in changes(zone) {
            let around = change.with_timezone(&zone).naive_local();
            for minutes in [-1441, -181, -61, -60, -31, -30, -1, 0, 1, 29, 30, 59, 60, 61, 179, 1441] {
                agrees(around + Duration::minutes(minutes), zone);
            }
            seen += 1;
        }
    }
    assert!(seen > 10_000, "{seen} changes were found");
}

proptest! {
    #[test]
    fn any_minute_of_any_zone_comes_back_as_it_was_typed(zone in 0..TZ_VARIANTS.len(), minute in 0_i64..24_000_000) {
        let zone = TZ_VARIANTS[zone];
        let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let wall = first + Duration::minutes(minute);
        agrees(wall, zone);
        if let LocalResult::Single(at) = zone.from_local_datetime(&wall) {
            let field = to_field(at.fixed_offset());
            if super::wall(&field).is_some() {
                prop_assert_eq!(super::wall(&field).and_then(|wall| moment(wall, &zone)), Some(at.fixed_offset()));
            }
        }
    }
}
