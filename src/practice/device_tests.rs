use serde_json::{Value, json};

use super::*;
use crate::record::Line;

const BO: Uuid = Uuid::from_u128(0xb0);
const ALICE: Uuid = Uuid::from_u128(0xa1);
const PHONE: Uuid = Uuid::from_u128(0x0f);

fn line(id: u128, author: Uuid, kind: &str, subject: Uuid, body: &Value) -> String {
    json!({
        "v": 1, "id": Uuid::from_u128(id), "replica": Uuid::from_u128(1), "seq": id,
        "at": format!("2026-11-27T10:0{id}:00.000+00:00"), "author": author, "kind": kind,
        "site": null, "subject": subject, "body": body,
    })
    .to_string()
}

fn folded(lines: &[String]) -> Option<Told> {
    fold(lines.iter().map(|line| Line::read(line).unwrap()))
}

fn paired(id: u128, author: Uuid, name: &str) -> String {
    let body = json!({"device": PHONE, "person": BO, "name": name, "platform": "android", "by": ALICE});
    line(id, author, "device.paired", BO, &body)
}

#[test]
fn a_device_is_paired_and_later_revoked_in_whatever_order_that_arrives() {
    let revoked = json!({"device": PHONE, "person": BO, "name": "Pixel", "platform": "android"});
    let lines = [paired(1, Uuid::nil(), "Pixel"), line(2, Uuid::nil(), "device.revoked", BO, &revoked)];
    let Some(Told::Device(told)) = folded(&lines) else { panic!() };
    assert_eq!((told.person, told.by, told.name.as_str()), (BO, Some(ALICE), "Pixel"));
    assert_eq!(told.event, Some(Uuid::from_u128(1)));
    assert!(told.revoked_at > told.at);
    let [first, second] = lines.clone();
    assert_eq!(folded(&[second.clone(), first]), folded(&lines));
    // A device from before such events is known by its end alone.
    let Some(Told::Device(told)) = folded(&[second]) else { panic!() };
    assert_eq!((told.event, told.at, told.revoked_at.is_some()), (None, None, true));
}

#[test]
fn a_code_is_known_by_the_event_that_tells_of_it() {
    let body = json!({"person": BO, "by": null, "until": "2026-11-27T10:15:00.000Z"});
    let invited = line(1, Uuid::nil(), "device.invited", BO, &body);
    assert_eq!(subject_of(&Line::read(&invited).unwrap()), Some(Uuid::from_u128(1)));
    let body = json!({"pairing": Uuid::from_u128(1), "person": BO});
    let cancelled = line(2, Uuid::nil(), "device.cancelled", BO, &body);
    assert_eq!(subject_of(&Line::read(&cancelled).unwrap()), Some(Uuid::from_u128(1)));
    let Some(Told::Code(told)) = folded(std::slice::from_ref(&invited)) else { panic!() };
    assert_eq!((told.person, told.by, told.cancelled), (BO, None, false));
    let Some(Told::Code(told)) = folded(&[cancelled, invited]) else { panic!() };
    assert!(told.cancelled);
}

#[test]
fn what_a_person_writes_about_devices_counts_for_nothing() {
    // As a server from before this class would have let it in.
    let forged = paired(1, ALICE, "Forged");
    assert_eq!(subject_of(&Line::read(&forged).unwrap()), None);
    assert_eq!(folded(std::slice::from_ref(&forged)), None);
    let Some(Told::Device(told)) = folded(&[forged, paired(2, Uuid::nil(), "Pixel")]) else { panic!() };
    assert_eq!(told.name, "Pixel");
    // Nor what says another person in its envelope than in its body.
    let body = json!({"device": PHONE, "person": BO});
    assert_eq!(folded(&[line(1, Uuid::nil(), "device.paired", ALICE, &body)]), None);
}
