//! The planner and the reading of answers, without a network.

use std::time::Duration;

use proptest::prelude::*;

use super::exchange::{read, write};
use super::plan::{IDLE, Next, Outcome, Pace};
use super::wire::{MAX_BATCH_BYTES, MAX_BATCH_LINES, SyncHeader};
use crate::record::Head;

const EVENT: &str = r#"{"v":1,"later":[1.0,"x\u00e9"],"body":{ "kept" : "as it is" }}"#;

fn answer() -> String {
    let zero = Head::ZERO;
    [
        format!(
            r#"{{"head":{{"seq":2,"hash":"{zero}"}},"accepted":1,"duplicate":1,"quarantined":[{{"seq":2,"id":null,"code":"from_the_future","field":null,"message":"?"}}],"server_time":"2026-11-22T00:00:00.000Z","skew_ms":-840}}"#
        ),
        format!(r#"{{"stream":"lead:e","n":89,"received_at":"2026-11-22T00:00:00.000Z","skew_ms":12,"event":{EVENT}}}"#),
        r#"{"stream":"lead:e","n":90,"own":121}"#.to_owned(),
        r#"{"done":true,"cursors":{"lead:e":90},"more":false,"streams":["lead:e"]}"#.to_owned(),
        String::new(),
    ]
    .join("\n")
}

#[test]
fn a_line_comes_out_byte_for_byte() {
    let received = read(answer().as_bytes());
    assert_eq!(received.items[0].line.as_deref(), Some(EVENT));
    assert_eq!(received.items[1].own, Some(121));
    assert_eq!(received.answer.unwrap().quarantined[0].code, "from_the_future");
    assert!(received.done.is_some());
}

#[test]
fn lines_that_a_later_server_puts_between_are_passed_over_and_what_is_no_line_ends_the_reading() {
    let between = answer().replace('\n', "\n{\"notice\":\"maintenance tonight\"}\n");
    let received = read(between.as_bytes());
    assert_eq!((received.items.len(), received.done.is_some()), (2, true));
    let broken = answer().replacen("{\"stream\"", "{\"stream", 1);
    let received = read(broken.as_bytes());
    assert_eq!((received.items.len(), received.done.is_none()), (0, true));
}

#[test]
fn what_a_captive_portal_says_is_no_answer() {
    let received = read(b"<html><body>Welcome</body></html>\n");
    assert!(received.answer.is_none() && received.items.is_empty() && received.done.is_none());
}

#[test]
fn a_batch_shrinks_to_one_line_and_grows_again() {
    let mut pace = Pace::default();
    let mut sizes = vec![pace.lines()];
    while pace.lines() > 1 {
        assert_eq!(pace.next(Outcome::TooLarge, 0.0), Next::Again);
        sizes.push(pace.lines());
    }
    assert_eq!(sizes, [500, 250, 125, 62, 31, 15, 7, 3, 1]);
    assert!(
        matches!(pace.next(Outcome::TooLarge, 0.0), Next::After(_)),
        "one line that is too large is not sent in a loop"
    );
    pace.next(Outcome::Through { more: true }, 0.0);
    assert_eq!(pace.lines(), 2);
}

#[test]
fn the_server_s_wish_is_followed_and_a_lost_network_is_tried_by_timer() {
    let mut pace = Pace::default();
    let Next::After(pause) = pace.next(Outcome::Busy { retry_after: Some(120) }, 0.5) else { panic!() };
    assert_eq!(pause, Duration::from_secs(120));
    for _ in 0..40 {
        let Next::After(pause) = pace.next(Outcome::Unreachable, 1.0) else { panic!() };
        assert!(pause <= Duration::from_secs(30) && pause >= Duration::from_millis(500));
    }
    assert_eq!(pace.next(Outcome::Through { more: false }, 0.0), Next::After(IDLE));
}

#[test]
fn only_a_person_can_mend_a_lost_token() {
    assert_eq!(Pace::default().next(Outcome::SignedOut, 0.0), Next::Stop);
}

proptest! {
    /// Cut anywhere, an answer is good up to its last whole line.
    #[test]
    fn a_cut_answer_is_read_up_to_its_last_whole_line(at in any::<prop::sample::Index>()) {
        let whole = answer();
        let cut = &whole.as_bytes()[..at.index(whole.len() + 1)];
        let lines = cut.iter().filter(|byte| **byte == b'\n').count();
        let received = read(cut);
        prop_assert_eq!(received.answer.is_some(), lines >= 1);
        prop_assert_eq!(received.items.len(), lines.saturating_sub(1).min(2));
        prop_assert_eq!(received.done.is_some(), lines >= 4);
    }

    #[test]
    fn anything_at_all_is_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    /// What is sent, unzipped, is the header and the lines.
    #[test]
    fn what_is_sent_unzips_to_the_lines(lines in prop::collection::vec("[a-z]{0,300}", 0..20)) {
        let header = SyncHeader {
            replica: uuid::Uuid::nil(), after: 0, head: Head::ZERO, count: 0, tip: Head::ZERO,
            cursors: std::collections::BTreeMap::new(), pull: 0, sent_at: String::new(), client: String::new(),
        };
        let (bytes, encoding) = write(&header, &lines, true).unwrap();
        let mut text = String::new();
        match encoding {
            Some(_) => { std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut text).unwrap(); }
            None => text = String::from_utf8(bytes).unwrap(),
        }
        let sent: Vec<&str> = text.lines().skip(1).collect();
        prop_assert_eq!(sent, lines);
    }

    #[test]
    fn a_batch_never_passes_the_limits(outcomes in prop::collection::vec(0..4u8, 0..60)) {
        let mut pace = Pace::default();
        for outcome in outcomes {
            let outcome = match outcome {
                0 => Outcome::Through { more: true },
                1 => Outcome::TooLarge,
                2 => Outcome::TimedOut,
                _ => Outcome::Cut { some: true },
            };
            pace.next(outcome, 0.5);
            prop_assert!((1..=MAX_BATCH_LINES).contains(&pace.lines()));
            prop_assert!((65_536..MAX_BATCH_BYTES).contains(&pace.bytes()));
        }
    }
}
