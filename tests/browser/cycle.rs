//! C3 on the phone: miss → cycle → a simulated call that never counts as live, two live checks that
//! count by themselves → closed, and whoever is coached sees it.

use crate::cast::{Cast, cast, pair};
use crate::device::{Device, PHONE, TABLET};
use crate::fill;
use crate::hands::{tap, tap_at};
use crate::look::{says, sees, until};

pub async fn from_a_miss_to_closed_with_a_live_check() {
    let Cast { server, .. } = cast().await;
    let mut sam = Device::new("sam", PHONE).await;
    let mut bo = Device::new("bo", TABLET).await;
    pair(&mut sam, &server, "Sam Rivera").await;
    pair(&mut bo, &server, "Bo Lindqvist").await;

    fill::check_with_a_miss(&mut sam, "Bo Lindqvist").await;
    tap_at(&mut sam, "[data-test='record-row']", "Bo").await;
    sees(&sam, "open-cycle").await;
    tap(&mut sam, "open-cycle").await;
    sees(&sam, "cycle-open").await;
    sam.picture("cycle-begin").await;
    tap(&mut sam, "cycle-open").await;
    says(&sam, "follow-wanting", "2 more passed checks").await;
    sam.picture("cycle-opened").await;
    let cycle = sam.run("return location.hash.slice(1)", vec![]).await;

    for left in ["1 more passed check", "All the evidence"] {
        sam.run("location.hash = '/'", vec![]).await;
        sees(&sam, "today").await;
        fill::begin(&mut sam, "check", "Medication two-minute check", Some("Bo Lindqvist")).await;
        fill::all_met(&mut sam).await;
        tap(&mut sam, "finish").await;
        // It counts by itself, as what it is, and whoever finished it sees so at once.
        says(&sam, "done-evidence", "In real practice").await;
        says(&sam, "done-evidence", left).await;
        sam.run("location.hash = arguments[0]", vec![cycle.clone()]).await;
        says(&sam, "follow-wanting", left).await;
        let labels = "return document.querySelectorAll(\"[data-test='count']\").length";
        assert_eq!(sam.run(labels, vec![]).await, serde_json::json!(0), "there is nothing left to label");
    }
    says(&sam, "follow-wanting", "All the evidence").await;
    sam.picture("cycle-proven").await;
    tap(&mut sam, "act-close").await;
    sees(&sam, "follow-act").await;
    tap(&mut sam, "follow-act-send").await;
    says(&sam, "follow-state", "Closed").await;
    sam.picture("cycle-closed").await;
    until(
        &sam,
        "all synced",
        "return document.querySelector(\"[data-test='sync-chip'].tone-proven\")",
        vec![],
    )
    .await;

    // Bo opens it on the shared tablet: the same state, and nothing to press.
    bo.run("location.hash = '/sync'", vec![]).await;
    sees(&bo, "sync-now").await;
    tap(&mut bo, "sync-now").await;
    bo.run("location.hash = arguments[0]", vec![cycle]).await;
    says(&bo, "follow-state", "Closed").await;
    let acts = "return document.querySelectorAll(\"[data-test^='act-']\").length";
    assert_eq!(bo.run(acts, vec![]).await, serde_json::json!(0));
    bo.picture("cycle-closed").await;
}
