use chrono::DateTime;
use proptest::prelude::*;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::*;

fn draft(body: &RawValue) -> Draft<'_> {
    let at = DateTime::parse_from_rfc3339("2026-11-22T06:55:12.120-05:00").unwrap();
    Draft {
        id: id_at(&at, &[7; 10]),
        replica: Uuid::from_u128(1),
        seq: 1,
        at,
        author: Uuid::from_u128(2),
        kind: "check.submitted",
        site: Some(Uuid::from_u128(3)),
        subject: None,
        org: Some(4),
        body,
    }
}

#[test]
fn a_line_reads_back_as_it_was_written() {
    let body = RawValue::from_string(r#"{"answers":{"a":"met"}}"#.into()).unwrap();
    let line = draft(&body).write().unwrap();
    let read = line.envelope().unwrap();
    assert_eq!(read.kind.class(), "check");
    assert_eq!(read.kind.verb(), "submitted");
    assert_eq!(read.at.to_rfc3339(), "2026-11-22T06:55:12.120-05:00");
    assert_eq!(read.body.get(), body.get());
    assert_eq!(read.org, Some(4));
}

#[test]
fn unknown_members_and_kinds_stay_in_the_line() {
    let text = r#"{"v":1,"id":"01932b6c-7a00-7000-8000-000000000001","replica":"7f0c0000-0000-4000-8000-000000000001","seq":1,"at":"2026-11-22T06:55:12-05:00","author":"a1000000-0000-4000-8000-000000000001","kind":"balloon.launched","site":null,"subject":null,"later":{"x":[1.0,2e3]},"body":{ "spaced" : 1 }}"#;
    let line = Line::parse(text).unwrap();
    assert_eq!(line.as_str(), text);
    assert_eq!(line.envelope().unwrap().kind.as_str(), "balloon.launched");
}

#[test]
fn bad_lines_are_named_for_what_is_wrong() {
    let good = draft(RawValue::from_string("{}".into()).unwrap().as_ref()).write().unwrap();
    let without = |from: &str, to: &str| Line::parse(good.as_str().replace(from, to));
    assert!(matches!(without("\"v\":1", "\"v\":2"), Err(LineError::Version(2))));
    assert!(matches!(without("check.submitted", "check"), Err(LineError::Kind)));
    assert!(matches!(without("\"body\":{}", "\"body\":[]"), Err(LineError::Body)));
    assert!(matches!(without("\"subject\":null,", ""), Err(LineError::Malformed(_))));
    assert!(matches!(Line::parse("{}\n"), Err(LineError::Newline)));
    for around in [" ", "\t", "\r", "\u{feff}"] {
        assert!(matches!(Line::parse(format!("{}{around}", good.as_str())), Err(LineError::Malformed(_))));
        assert!(matches!(Line::parse(format!("{around}{}", good.as_str())), Err(LineError::Malformed(_))));
    }
    assert!(matches!(Line::parse(" ".repeat(70_000)), Err(LineError::TooLong(70_000))));
}

#[test]
fn what_is_wrong_is_told_without_a_word_of_the_line() {
    let good = draft(RawValue::from_string("{}".into()).unwrap().as_ref()).write().unwrap();
    let told = |from: &str, to: &str| Line::parse(good.as_str().replace(from, to)).unwrap_err().to_string();
    let long = format!("\"seq\":\"Mrs Hollis {}\"", "x".repeat(50_000));
    for (from, to) in [
        ("\"seq\":1", long.as_str()),
        ("\"at\":\"", "\"at\":\"Hollis"),
        ("\"author\":\"", "\"author\":\"Hollis"),
        ("\"v\":1", "\"v\":Hollis"),
        ("\"kind\":", "\"Hollis\":1,\"Hollis\":"),
    ] {
        let told = told(from, to);
        assert!(told.len() < 200 && !told.contains("Hollis"), "{told}");
    }
    assert!(told("\"subject\":null,", "").contains("missing field `subject`"));
    assert!(told("\"seq\":1", "\"seq\":1,\"seq\":2").contains("a member stands twice: `seq`"));
}

#[test]
fn a_time_is_read_in_one_way_and_out_of_reach_in_none() {
    let good = draft(RawValue::from_string("{}".into()).unwrap().as_ref()).write().unwrap();
    let at = |at: &str| Line::parse(good.as_str().replace("2026-11-22T06:55:12.120-05:00", at));
    for sound in [
        "1970-01-01T00:00:00Z",
        "2200-12-31T23:59:59.999999999Z",
        "2026-11-22T06:55:12+14:00",
        "2026-11-22T06:55:12.1-00:00",
        "2028-02-29T00:00:00Z",
    ] {
        assert!(at(sound).is_ok(), "{sound}");
    }
    for wrong in [
        "+262142-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2201-01-01T00:00:00Z",
        // In its own offset, or in UTC, it is outside.
        "2201-01-01T00:30:00+01:00",
        "1970-01-01T00:30:00+01:00",
        "2200-12-31T23:30:00-01:00",
        "2026-11-22 06:55:12Z",
        "2026-11-22t06:55:12Z",
        "2026-11-22T06:55:12z",
        " 2026-11-22T06:55:12Z",
        "2026-11-22T06:55:12Z ",
        "2026-11-22T06:55:12",
        "2026-11-22T06:55Z",
        "2026-11-22T06:55:12.Z",
        "2026-11-22T06:55:12,5Z",
        "2026-11-22T06:55:12+0500",
        "2026-11-22T06:55:12+5:00",
        "2026-11-22T06:55:12\u{2212}05:00",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-22T24:00:00Z",
        "",
    ] {
        assert_eq!(at(wrong), Err(LineError::Time), "{wrong}");
    }
}

/// Whoever reads such a line takes the first, the last or nothing: there is no line that says it.
#[test]
fn what_an_older_version_took_in_is_found_in_its_place_and_read_nowhere_else() {
    let body = RawValue::from_string("{}".into()).unwrap();
    let line = draft(&body).write().unwrap();
    for at in ["+262142-12-31T23:59:59Z", "2026-11-22 06:55:12-05:00", "1500-01-01T00:00:00Z"] {
        let kept = line.as_str().replacen("2026-11-22T06:55:12.120-05:00", at, 1);
        assert!(Line::read(&kept).is_err(), "{at}");
        assert_eq!(Line::read_kept(&kept).unwrap().id, line.envelope().unwrap().id, "{at}");
    }
}

#[test]
fn a_member_twice_is_no_line_wherever_it_stands() {
    let body = RawValue::from_string(r#"{"a":{"b":[{"c":1,"d":2},{"c":3}]}}"#.into()).unwrap();
    let good = draft(&body).write().unwrap();
    let read = |from: &str, to: &str| Line::parse(good.as_str().replace(from, to)).map(drop);
    assert_eq!(read("", ""), Ok(()));
    assert_eq!(read("\"seq\":1", "\"seq\":1,\"seq\":1"), Err(LineError::Twice("seq")));
    assert_eq!(read("\"v\":1", "\"v\":1,\"later\":1,\"later\":2"), Err(LineError::Twice("line")));
    assert_eq!(read("\"d\":2", "\"c\":2"), Err(LineError::Twice("body")));
    assert_eq!(read("\"d\":2", "\"\\u0063\":2"), Err(LineError::Twice("body")), "the same in other letters");
    assert_eq!(read("\"d\":2", "\"d\":{\"role\":1,\"role\":2}"), Err(LineError::Twice("role")));
    // As values, and in objects beside each other, the same words are nothing special.
    assert_eq!(read("\"d\":2", "\"d\":[\"c\",\"c\",\"{\\\"c\\\":1\"]"), Ok(()));
    let many = |last: &str| {
        let members: String = (0..4_000).map(|n| format!("\"{n}\":0,")).collect();
        read("\"d\":2", &format!("\"d\":{{{members}\"{last}\":0}}"))
    };
    assert_eq!((many("x"), many("17")), (Ok(()), Err(LineError::Twice("body"))));
    let lone = read("\"d\":2", "\"d\":\"\\ud800\"");
    assert!(matches!(lone, Err(LineError::Malformed(_))), "half a character: {lone:?}");
}

#[test]
fn a_line_is_nested_thirty_two_deep_and_no_deeper() {
    let nested = |deep: usize| {
        let body = format!("{{\"a\":{}{}}}", "[".repeat(deep), "]".repeat(deep));
        draft(RawValue::from_string(body).unwrap().as_ref()).write()
    };
    // The line and its body are two of them.
    assert!(nested(MAX_DEPTH - 2).is_ok());
    assert!(matches!(nested(MAX_DEPTH - 1), Err(LineError::Malformed(_))));
    assert!(matches!(nested(20_000), Err(LineError::Malformed(_))));
}

#[test]
fn the_chain_is_what_sha256sum_computes() {
    // (head -c 32 /dev/zero; printf hello) | sha256sum
    let head = Head::ZERO.next(b"hello");
    assert_eq!(head.to_string(), "a41de667c15557cbd8acdd71ef0fef5dc73561374baed8330f8adb0e1424cd62");
    assert_ne!(head, Head::ZERO.next(b"hellp"));
    assert_eq!(head.to_string().parse::<Head>(), Ok(head));
    assert!("AB".parse::<Head>().is_err());
}

proptest! {
    #[test]
    fn any_text_parses_or_is_refused_without_panic(text in "\\PC{0,300}") {
        let _ = Line::parse(text);
    }

    #[test]
    fn any_altered_byte_changes_the_head(bytes in prop::collection::vec(any::<u8>(), 1..200), at in any::<prop::sample::Index>(), flip in 1u8..) {
        let mut other = bytes.clone();
        let i = at.index(other.len());
        other[i] ^= flip;
        prop_assert_ne!(Head::ZERO.next(&bytes), Head::ZERO.next(&other));
    }
}
