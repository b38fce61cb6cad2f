//! Three checks at once, interrupted, corrected: nothing typed is lost and nothing happens twice.

use serde_json::{Value, json};

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE};
use crate::fill::{self, MEDICATION};
use crate::hands::{tap, tap_at, tap_in, write};
use crate::look::{gone, reads, says, sees, until};

const CHECK: &str = "Medication two-minute check";

pub async fn three_drafts_and_a_correction() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    pair(&mut sam, &server, "Sam Rivera").await;

    // UX 12, 15: three drafts side by side; two taps from one to another, with all its answers.
    fill::begin(&mut sam, "check", CHECK, Some("Bo Lindqvist")).await;
    tap_in(&mut sam, "item-mar", "mark-not-met").await;
    sees(&sam, "coach-now").await;
    tap(&mut sam, "back").await;
    sees(&sam, "today").await;
    fill::begin(&mut sam, "check", CHECK, Some("Cy Marsh")).await;
    tap(&mut sam, "back").await;
    fill::begin(&mut sam, "handoff", "Shift handoff", None).await;
    sam.taps = 0;
    tap(&mut sam, "back").await;
    sees(&sam, "drafts").await;
    sam.picture("three-drafts").await;
    tap_at(&mut sam, "[data-test='draft']", "Bo Lindqvist").await;
    sees(&sam, "fill").await;
    assert_eq!(sam.taps, 2, "taps from one draft to another");
    let kept =
        "return document.querySelector(\"[data-test='item-mar'] [data-test='mark-not-met'] input\")?.checked";
    until(&sam, "the answer that was given", kept, vec![]).await;

    // UX 11: what is open is said, and the focus goes to the first of it.
    tap(&mut sam, "finish").await;
    sees(&sam, "open-points").await;
    let focus = "return document.activeElement.closest('[data-test]')?.dataset.test === 'item-right'";
    until(&sam, "the first open item to have the focus", focus, vec![]).await;

    // UX 17: it happened earlier; both times are kept and shown.
    for item in &MEDICATION[1..] {
        tap_in(&mut sam, &format!("item-{item}"), "mark-met").await;
    }
    tap(&mut sam, "earlier").await;
    sees(&sam, "happened-at").await;
    let set = "const field = document.querySelector(\"[data-test='happened-at']\");
        field.value = '2026-01-05T07:30';
        field.dispatchEvent(new Event('input', {bubbles: true}))";
    sam.run(set, vec![]).await;
    // So long ago is asked about, and until then Finish does not take it.
    reads(&sam, "more than six weeks ago").await;
    tap(&mut sam, "finish").await;
    sees(&sam, "open-points").await;
    tap(&mut sam, "happened-at-sure").await;
    says(&sam, "two-times", "07:30").await;
    sam.picture("happened-earlier").await;

    // UX 12: finished twice in a row, it is one record.
    let twice =
        "const button = document.querySelector(\"[data-test='finish']\"); button.click(); button.click()";
    sam.run(twice, vec![]).await;
    sees(&sam, "done-saved").await;
    tap(&mut sam, "open-record").await;
    sees(&sam, "record-state").await;
    reads(&sam, "07:30").await;
    sam.picture("read-back").await;

    // UX 21: finished is read-only; a change is an amendment with its reason.
    let fields = "return document.querySelectorAll('.record input, .record textarea').length";
    assert_eq!(sam.run(fields, vec![]).await, json!(0), "nothing to type into");
    tap(&mut sam, "amend").await;
    write(&mut sam, "reason-text", "Seen again at eight: the MAR was there").await;
    tap_in(&mut sam, "item-mar", "mark-met").await;
    fill::finish(&mut sam, "amended").await;
    tap_at(&mut sam, "[data-test='recent'] [data-test='record-row']", "Bo Lindqvist").await;
    says(&sam, "record-history", "Seen again at eight").await;
    sam.picture("amended-history").await;
    tap(&mut sam, "back").await;
    sees(&sam, "today").await;
    let rows = sam
        .run(
            "return document.querySelectorAll(\"[data-test='recent'] [data-test='record-row']\").length",
            vec![],
        )
        .await;
    assert_eq!(rows, json!(1), "one record, though finished twice and amended");

    // UX 13, 14: what is kept of the time is told where it is kept.
    tap_at(&mut sam, "[data-test='draft']", "Cy Marsh").await;
    tap_at(&mut sam, "[data-test='after'] summary", "").await;
    says(&sam, "timing-told", "not used to compare people").await;
    tap(&mut sam, "discard").await;
    sees(&sam, "discard-dialog").await;
    tap(&mut sam, "discard-yes").await;
    gone(&sam, "discard-dialog").await;
    sees(&sam, "today").await;
    sam.close().await;
}

/// UX 26: in a browser tab on iOS, capture waits for the home screen; reading does not.
pub async fn on_an_iphone_the_home_screen_comes_first() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
    sam.cdp("Emulation.setUserAgentOverride", json!({"userAgent": agent, "platform": "iPhone"})).await;
    sam.goto(&server.link(&server.code("Sam Rivera").await)).await;
    reads(&sam, "Put Fieldproof on your home screen first").await;
    sam.picture("home-screen-first").await;
    tap_at(&mut sam, "button", "Pair here, for reading only").await;
    sees(&sam, "pair").await;
    let said: Value = sam.run("return document.querySelector('#pair-code').value", vec![]).await;
    assert_eq!(said.as_str().unwrap().len(), 9, "the code of the link is still there");
    sam.close().await;
}
