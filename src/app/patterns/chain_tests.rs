//! The words of a chain: what a supervisor reads, and where nothing is said.

use chrono::{DateTime, FixedOffset, NaiveDate};
use dioxus::prelude::*;
use uuid::Uuid;

use super::*;
use crate::app::i18n::{Lang, show_in};
use crate::insight::ratio::ratio;

fn said<T>(words: impl FnOnce() -> T) -> T {
    let mut dom = VirtualDom::new(|| rsx! {});
    dom.rebuild_in_place();
    dom.in_runtime(|| {
        show_in(Lang::En);
        words()
    })
}

/// So many in some days since, against so many in a usual year.
fn found(after: u32, days: u32, before: u32) -> Recurrence {
    let since: DateTime<FixedOffset> = "2026-11-02T09:00:00-05:00".parse().unwrap();
    Recurrence {
        before,
        usual_days: 365,
        after,
        days,
        since,
        complete: false,
        ratio: ratio(after, f64::from(days), before, 365.0),
        again: (0..after).map(|n| Uuid::from_u128(n.into())).collect(),
    }
}

/// "At least 0.3 times the usual rate, which has no case" was what one report beside none said.
#[test]
fn where_it_never_happened_before_no_number_of_times_is_said() {
    for (after, days, words) in [
        (1, 30, "Too few to show a change: in the days before that are counted it did not happen."),
        (
            6,
            30,
            "More than usual before, beyond chance: in the days before that are counted it did not happen.",
        ),
        (
            0,
            30,
            "No similar report since, and none in the days before that are counted: there is nothing to compare yet.",
        ),
    ] {
        let strength = said(|| strength(&found(after, days, 0)));
        assert_eq!(strength, words);
        assert!(!strength.contains("times"), "{strength}");
    }
    let both = said(|| strength(&found(1, 30, 6)));
    assert!(both.contains("2 times the usual rate") && both.contains("95% interval"), "{both}");
    let unknown = Recurrence { usual_days: 0, ratio: None, ..found(1, 30, 0) };
    assert_eq!(said(|| strength(&unknown)), "There is nothing to compare with.");
}

#[test]
fn the_first_day_of_a_watch_is_less_than_a_day_and_is_told_from_no_watch() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 2);
    let link = |on, n, of| Link { what: LinkKind::Recurrence, on, n, of, to: None };
    let words = |link: Link| said(|| link_words(&link, "").1);
    assert_eq!(words(link(None, 0, 0)), "Not watched yet");
    assert_eq!(words(link(day, 0, 0)), "0 in less than a day");
    assert_eq!(words(link(day, 2, 20)), "2 in 20 days");
    assert_eq!(tone(&link(day, 0, 0)), Tone::Plain, "nothing is shown by some hours");
    assert_eq!(tone(&link(day, 1, 0)), Tone::Missed);
    assert_eq!(tone(&link(day, 0, 20)), Tone::Proven);
}
