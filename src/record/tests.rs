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
    assert!(told("\"seq\":1", "\"seq\":1,\"seq\":2").contains("duplicate field `seq`"));
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
