//! Filling the four kinds by tapping what a person taps.

use crate::device::Device;
use crate::hands::{tap, tap_at, tap_in, write};
use crate::look::{is_there, reads, sees, until};

/// Begins a kind from Today, with one standard and, where it is about someone, one person (the first
/// of the list where none is named).
pub async fn begin(device: &mut Device, class: &str, standard: &str, person: Option<&str>) {
    tap(device, &format!("begin-{class}")).await;
    // Where there is nothing to choose, the form opens at once.
    let opened = "if (document.querySelector(\".page[data-test='fill']\")) return 'fill';
        const now = document.querySelector(\"[data-test='begin-now'], [data-test^='pick-']\");
        return now && now.getAttribute('aria-disabled') !== 'true' ? 'begin' : null";
    if until(device, "the form or a choice", opened, vec![]).await == serde_json::json!("fill") {
        return;
    }
    let pills = "[data-test='standard'] label";
    let chosen = "return [...document.querySelectorAll(arguments[0])]
        .some((label) => label.innerText.includes(arguments[1]) && label.querySelector('input').checked)";
    let args = vec![serde_json::json!(pills), serde_json::json!(standard)];
    // What is chosen already needs no tap.
    if device.run(chosen, args).await != serde_json::json!(true) {
        tap_at(device, pills, standard).await;
    }
    if is_there(device, "begin-people").await {
        tap_at(device, "[data-test^='pick-']", person.unwrap_or_default()).await;
    } else {
        tap(device, "begin-now").await;
    }
    sees(device, "fill").await;
}

/// The six items of the medication check, in order.
pub const MEDICATION: [&str; 6] = ["mar", "right", "signed", "refusal", "effects", "variance"];

/// A plain check: all seen, all met.
pub async fn all_met(device: &mut Device) {
    for item in MEDICATION {
        tap_in(device, &format!("item-{item}"), "mark-met").await;
    }
}

/// A check with one miss, coached there and then.
pub async fn check_with_a_miss(device: &mut Device, person: &str) {
    begin(device, "check", "Medication two-minute check", Some(person)).await;
    device.picture("check-begun").await;
    for item in MEDICATION {
        let missed = item == "signed";
        tap_in(device, &format!("item-{item}"), if missed { "mark-not-met" } else { "mark-met" }).await;
        if missed {
            tap_at(device, "[data-test='item-signed'] .ticks label", "").await;
            device.picture("check-miss").await;
            tap_in(device, "item-signed", "coach-now").await;
            sees(device, "coach").await;
            write(
                device,
                "coach-said",
                "Walked through the 7 am round together: sign before the cup goes down.",
            )
            .await;
            device.picture("coach").await;
            tap(device, "coach-keep").await;
            reads(device, "Coaching saved").await;
        }
    }
    device.picture("check-filled").await;
    finish(device, "check-done").await;
}

/// Finishes, and goes back to Today.
pub async fn finish(device: &mut Device, picture: &str) {
    tap(device, "finish").await;
    sees(device, "done-saved").await;
    device.picture(picture).await;
    tap(device, "done-today").await;
    sees(device, "today").await;
}

/// The items of the handoff observation, which is asked one at a time.
pub const HANDOFF: [&str; 8] =
    ["place", "record-open", "urgent-first", "change", "plan", "tasks", "questions", "read-back"];

/// Some steps of it, each marked as met.
pub async fn observe(device: &mut Device, items: &[&str]) {
    for item in items {
        sees(device, &format!("item-{item}")).await;
        tap_in(device, &format!("item-{item}"), "mark-met").await;
        tap(device, "step-next").await;
    }
}

/// The handoff sheet with one next-step task for somebody.
pub async fn handoff(device: &mut Device, owner: &str) {
    begin(device, "handoff", "Shift handoff", None).await;
    tap_in(device, "item-risks", "choice-told").await;
    write(device, "item-risks", "P-04 coughs since Friday, temperature 37.9 at six").await;
    tap_in(device, "item-triggers", "choice-nothing").await;
    tap_in(device, "item-medication", "choice-nothing").await;
    tap_in(device, "item-safety-plan", "choice-known").await;
    device.picture("handoff-choices").await;
    tap(device, "add-task").await;
    write(device, "task-text", "Take P-04's temperature at ten and call the nurse above 38").await;
    tap_at(device, "[data-test='owner-0'] label", owner).await;
    tap_at(device, "[data-test='due-0'] label", "In 1 hour").await;
    device.picture("handoff-task").await;
    tap_in(device, "item-read-back", "mark-met").await;
    finish(device, "handoff-done").await;
}

/// The written scenario: what is seen, which level, why, and what the note says.
pub async fn scenario(device: &mut Device) {
    begin(device, "scenario", "Scenario: slow deterioration", None).await;
    write(device, "item-seen", "Breathing faster than on Monday, did not finish breakfast, warm hands").await;
    tap_in(device, "item-level", "choice-supervisor").await;
    write(device, "item-why", "Two changes at once; nobody has measured anything yet").await;
    write(
        device,
        "item-call",
        "Sam, P-04 is breathing faster and left half of breakfast. I will measure now.",
    )
    .await;
    write(device, "item-meanwhile", "Sit with him, measure, write it down with the time").await;
    write(device, "item-note", "08:10 breathing 24, temperature 37.9, ate half. Called Sam 08:14.").await;
    device.picture("scenario").await;
    finish(device, "scenario-done").await;
}
