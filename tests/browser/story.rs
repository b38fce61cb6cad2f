//! The main job, for real: observe without signal, sync when it is back, and the feedback returns.

use crate::cast::{Cast, NO_SERVER, cast, open, pair, unlock};
use crate::device::{Device, PHONE, TABLET};
use crate::fill::{self, HANDOFF};
use crate::hands::{tap, tap_at, tap_in, write};
use crate::look::{says, sees, until};
use crate::server::Server;

/// The budget of a six-item two-minute check, from Today to finished.
const TAPS: u32 = 12;

/// Closes the browser and starts it anew, with whatever server there is.
async fn restart(device: &mut Device, server: &Server) {
    device.close().await;
    device.launch().await;
    open(device, server).await;
    unlock(device).await;
}

pub async fn without_signal_and_back() {
    let Cast { mut server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    let mut bo = Device::new("bo", TABLET).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    sam.picture("paired").await;
    pair(&mut bo, &server, "Bo Lindqvist").await;
    bo.picture("paired").await;

    // The plug is pulled: the process is gone, and both start cold without it.
    server.stop().await;
    sam.expect(NO_SERVER);
    bo.expect(NO_SERVER);
    restart(&mut sam, &server).await;
    sees(&sam, "today").await;
    sam.picture("cold-start").await;
    restart(&mut bo, &server).await;
    sees(&bo, "today").await;

    fill::check_with_a_miss(&mut sam, "Bo Lindqvist").await;
    says(&sam, "sync-chip", "1 not sent").await;
    sam.picture("one-waiting").await;

    sam.taps = 0;
    fill::begin(&mut sam, "check", "Medication two-minute check", Some("Cy Marsh")).await;
    fill::all_met(&mut sam).await;
    tap(&mut sam, "finish").await;
    sees(&sam, "done-saved").await;
    println!("    a six-item two-minute check: {} taps from Today (budget {TAPS})", sam.taps);
    assert!(sam.taps <= TAPS, "{} taps", sam.taps);
    tap(&mut sam, "done-today").await;

    // In the middle of the observation the browser is killed, and killed again on the lock screen.
    fill::begin(&mut sam, "shadow", "Handoff observation", Some("Bo Lindqvist")).await;
    fill::observe(&mut sam, &HANDOFF[..3]).await;
    tap_in(&mut sam, "item-change", "mark-not-met").await;
    sees(&sam, "saved-at").await;
    sam.picture("before-the-kill").await;
    sam.kill().await;
    sam.launch().await;
    open(&mut sam, &server).await;
    sam.picture("locked-after-the-kill").await;
    unlock(&mut sam).await;
    says(&sam, "carry-on", "Handoff observation").await;
    sam.picture("carry-on").await;
    tap(&mut sam, "carry-on-yes").await;
    sees(&sam, "item-change").await;
    let still = "return !!document.querySelector(\"[data-test='item-change'] [data-test='mark-not-met'] input:checked\")";
    assert_eq!(sam.run(still, vec![]).await, serde_json::json!(true), "the same item, with its answer");
    sam.picture("the-same-item").await;
    tap_in(&mut sam, "item-change", "mark-met").await;
    tap(&mut sam, "step-next").await;
    fill::observe(&mut sam, &HANDOFF[4..]).await;
    fill::finish(&mut sam, "shadow-done").await;

    // The handoff and its task are two entries.
    fill::handoff(&mut sam, "Bo Lindqvist").await;
    says(&sam, "sync-chip", "5 not sent").await;
    sam.picture("five-waiting").await;
    tap(&mut sam, "sync-chip").await;
    says(&sam, "sync-entries", "Not sent yet").await;
    sam.picture("on-this-device").await;
    tap(&mut sam, "back").await;
    sees(&sam, "today").await;
    fill::scenario(&mut bo).await;
    says(&bo, "sync-chip", "1 not sent").await;
    bo.picture("one-waiting").await;

    // The signal is back. Nobody touches anything.
    let before = (sam.taps, bo.taps);
    server.start().await;
    says(&sam, "sync-chip", "All synced").await;
    says(&bo, "sync-chip", "All synced").await;
    says(&sam, "owe-review", "Bo Lindqvist").await;
    says(&bo, "owe-acknowledge", "Sam Rivera").await;
    sees(&bo, "owe-handoff").await;
    says(&bo, "owe-task", "temperature").await;
    assert_eq!((sam.taps, bo.taps), before, "with no tap");
    sam.picture("all-synced").await;
    bo.picture("all-synced").await;

    review(&mut sam).await;
    rework(&mut bo).await;
    acknowledge(&mut bo).await;
    sees_it_acknowledged(&mut sam).await;
    for device in [&mut sam, &mut bo] {
        device.close().await;
    }
}

/// Sam answers Bo's scenario: to be worked on again.
async fn review(sam: &mut Device) {
    tap(sam, "owe-review").await;
    sees(sam, "review").await;
    sam.picture("review").await;
    for item in ["signs", "usual", "right-level", "reason", "good-call", "safe", "stands"] {
        let mark = if item == "reason" { "mark-not-met" } else { "mark-met" };
        tap_in(sam, &format!("item-{item}"), mark).await;
    }
    write(sam, "feedback", "Good signs. Say which threshold of the decision aid you went by.").await;
    sam.picture("review-filled").await;
    tap(sam, "outcome-rework").await;
    says(sam, "record-state", "Changes needed").await;
    sam.picture("reviewed").await;
}

/// Bo reads the feedback and works on the note again.
async fn rework(bo: &mut Device) {
    says(bo, "owe-rework", "threshold of the decision aid").await;
    bo.picture("feedback-on-today").await;
    tap(bo, "owe-rework").await;
    says(bo, "record-feedback", "threshold of the decision aid").await;
    bo.picture("feedback").await;
    tap(bo, "amend").await;
    says(bo, "feedback", "threshold of the decision aid").await;
    write(bo, "reason-text", "Threshold added").await;
    write(bo, "item-why", " – the aid says: two or more changes from usual").await;
    bo.picture("rework").await;
    fill::finish(bo, "rework-done").await;
}

async fn acknowledge(bo: &mut Device) {
    let owed = [
        ("owe-acknowledge", "Medication two-minute check", "acknowledge-check"),
        ("owe-handoff", "Sam Rivera", "acknowledge-handoff"),
    ];
    for (owed, about, picture) in owed {
        tap_at(bo, &format!("[data-test='{owed}']"), about).await;
        sees(bo, "acknowledge").await;
        bo.picture(picture).await;
        tap(bo, "acknowledge").await;
        sees(bo, "act").await;
        tap(bo, "act-send").await;
        says(bo, "record-state", "Acknowledged").await;
        tap(bo, "nav-today").await;
        sees(bo, "today").await;
    }
    says(bo, "sync-chip", "All synced").await;
    bo.picture("done").await;
}

/// The acknowledgement comes back to Sam: by the timer, without a tap.
async fn sees_it_acknowledged(sam: &mut Device) {
    tap(sam, "back").await;
    sees(sam, "today").await;
    for (about, whose) in [("Medication two-minute check", "Bo Lindqvist"), ("Shift handoff", "Elm House")] {
        let acknowledged = "return [...document.querySelectorAll(\"[data-test='recent'] [data-test='record-row']\")]
            .some((row) => [arguments[0], arguments[1], 'Acknowledged'].every((words) => row.innerText.includes(words)))";
        until(sam, "the acknowledgement", acknowledged, vec![about.into(), whose.into()]).await;
    }
    says(sam, "owe-review", "Bo Lindqvist").await;
    sam.picture("acknowledged").await;
}
