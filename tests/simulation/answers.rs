//! Stories that come upon what seldom happens: each answer of the protocol, each code of quarantine,
//! letting a line in while its author is away.

use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;

use crate::net::Fault;
use crate::reached;
use crate::runs::play;
use crate::sabotage::Sabotage;
use crate::script::Step::{self, *};
use crate::world::{ADA, BO, QUINN, SAM};

/// Plays a story with several seeds, and asks that it came upon what it is for.
pub fn holds_and_reaches(steps: &[Step], what: &[&str]) {
    for seed in 0..3 {
        reached::take();
        if let Err(why) = play(seed, steps, Sabotage::None) {
            panic!("seed {seed}: {why}");
        }
        let counts = reached::take();
        let missing: Vec<&&str> = what.iter().filter(|what| !counts.contains_key(**what)).collect();
        assert!(missing.is_empty(), "seed {seed} never met {missing:?}: {counts:?}");
    }
}

/// Sam checks as the supervisor that he is no more, and brings it when that no longer counts.
pub const TOO_LATE: [Step; 8] = [
    Offline(SAM, true),
    Role(SAM, Role::Staff, 0),
    Wait(70_000),
    Save(SAM, Class::Check),
    Save(SAM, Class::Handoff),
    Away(46),
    Offline(SAM, false),
    SyncNow(SAM),
];

fn too_late(then: &[Step]) -> Vec<Step> {
    TOO_LATE.iter().chain(then).copied().collect()
}

fn released_while_away() -> Vec<Step> {
    too_late(&[
        Wait(70_000),
        Role(SAM, Role::Supervisor, 0),
        Wait(70_000),
        Offline(SAM, true),
        Wait(1_000),
        Release,
        Wait(40_000),
        Offline(SAM, false),
        Wait(70_000),
    ])
}

#[test]
fn what_was_kept_apart_is_released_while_its_author_is_away() {
    let away = "released from quarantine while its author's device was away";
    holds_and_reaches(&released_while_away(), &["quarantined: not_permitted", away]);
}

#[test]
fn what_somebody_dealt_with_is_released_and_counts_as_sent() {
    let steps = too_late(&[
        Wait(70_000),
        Dismiss(SAM),
        Wait(40_000),
        Role(SAM, Role::Supervisor, 0),
        Wait(70_000),
        Release,
        Wait(70_000),
    ]);
    holds_and_reaches(&steps, &["quarantined: not_permitted", "released from quarantine"]);
}

/// What was kept apart in a replica that is written no more is let in: its author's screen stops
/// asking for somebody.
#[test]
fn what_was_kept_apart_is_released_after_its_author_signed_in_again() {
    let mut steps = TOO_LATE.to_vec();
    steps.insert(6, Net(SAM, Fault::LostAnswer, 2));
    steps.extend([
        Wait(3_000),
        ExpireToken(SAM),
        SignIn(SAM),
        Wait(40_000),
        Role(SAM, Role::Supervisor, 0),
        Wait(70_000),
        Release,
        Wait(70_000),
    ]);
    let parted = "403 replica_not_yours, and where the logs part";
    let what = ["quarantined: not_permitted", parted, "released from quarantine"];
    holds_and_reaches(&steps, &what);
}

#[test]
fn what_still_is_not_permitted_is_not_released() {
    let steps = too_late(&[Wait(70_000), Release, Wait(70_000)]);
    holds_and_reaches(&steps, &["not released from quarantine"]);
}

/// Bo leaves and comes back, and never hears of it; what he wrote meanwhile is kept apart, then let in.
fn left_and_came_back() -> Vec<Step> {
    vec![
        Offline(BO, true),
        Save(BO, Class::Scenario),
        Active(BO, false),
        Wait(40_000),
        Net(BO, Fault::LostAnswer, 1),
        Offline(BO, false),
        SyncNow(BO),
        Wait(1_700),
        Offline(BO, true),
        Active(BO, true),
        Wait(40_000),
        Offline(BO, false),
        Wait(40_000),
        Release,
        Wait(40_000),
    ]
}

#[test]
fn somebody_leaves_and_comes_back_and_what_they_wrote_meanwhile_is_released() {
    holds_and_reaches(&left_and_came_back(), &["quarantined: revoked_device", "released from quarantine"]);
}

/// The server takes one line at a time: what was refused goes through line by line.
fn one_at_a_time() -> Vec<Step> {
    vec![
        Offline(SAM, true),
        Save(SAM, Class::Check),
        Save(SAM, Class::Shadow),
        Save(SAM, Class::Handoff),
        Limit(1),
        Offline(SAM, false),
        Wait(70_000),
    ]
}

#[test]
fn the_server_takes_one_line_at_a_time() {
    holds_and_reaches(&one_at_a_time(), &["413 too_large", "one line alone after 413"]);
}

/// A link on which more than one line never gets through in time, and nothing else helps.
fn a_slow_link() -> Vec<Step> {
    vec![
        Offline(SAM, true),
        Save(SAM, Class::Check),
        Save(SAM, Class::Shadow),
        Slow(SAM, 1),
        Offline(SAM, false),
        Wait(400_000),
    ]
}

#[test]
fn a_slow_link_carries_one_line_at_a_time() {
    holds_and_reaches(&a_slow_link(), &["one line alone after time-outs"]);
}

/// Proxies and networks that spoil requests; the server refuses them, and the devices come through.
fn spoilt() -> Vec<Step> {
    let mut steps = Vec::new();
    for fault in [Fault::Garbled, Fault::NoEncoding, Fault::OtherType, Fault::OtherProtocol] {
        steps.extend([
            Net(SAM, fault, 2),
            Save(SAM, Class::Check),
            Save(SAM, Class::Shadow),
            Wait(130_000),
            Net(SAM, fault, 1),
            Save(SAM, Class::Handoff),
            Wait(70_000),
        ]);
    }
    steps.extend([Net(BO, Fault::TokenUnknown, 1), Save(BO, Class::Handoff), Wait(40_000)]);
    steps
}

#[test]
fn requests_that_are_spoilt_on_the_way_are_refused_and_sent_again() {
    let what = ["400 bad_header", "415 unsupported_media_type", "422 tip_mismatch", "401 token_unknown"];
    holds_and_reaches(&spoilt(), &what);
}

/// A proxy that never lets the header through: what is waiting still arrives.
#[test]
fn what_is_compressed_and_spoilt_goes_as_it_is() {
    let mut steps = vec![Offline(SAM, true)];
    steps.extend([Save(SAM, Class::Check); 6]);
    steps.extend([Net(SAM, Fault::NoEncoding, 2), Offline(SAM, false), SyncNow(SAM), Wait(5_000)]);
    let what = ["400 bad_header", "as it is, where what was compressed is spoilt"];
    holds_and_reaches(&steps, &what);
}

fn parted() -> Vec<Step> {
    vec![
        Save(SAM, Class::Check),
        Copy(SAM),
        Save(SAM, Class::Shadow),
        Wait(40_000),
        // Nothing new here: the answer's head tells.
        Restore(SAM),
        SyncNow(SAM),
        Wait(40_000),
        Copy(SAM),
        Save(SAM, Class::Handoff),
        Wait(40_000),
        // Written at a number that is taken.
        Restore(SAM),
        Offline(SAM, true),
        Save(SAM, Class::Check),
        // What it asked for when it started is lost before there is a signal again.
        Wait(1_500),
        Offline(SAM, false),
        Wait(40_000),
        Backup,
        Save(QUINN, Class::Shadow),
        Save(SAM, Class::Shadow),
        Wait(70_000),
        GoBack,
        Wait(70_000),
    ]
}

#[test]
fn logs_part_in_every_way_and_go_on() {
    let what = ["409 fork", "409 gap", "200, and the server holds more than the device wrote"];
    holds_and_reaches(&parted(), &what);
}

/// An answer says that there is more, and the next one is lost.
#[test]
fn a_device_is_not_synced_while_there_is_more_to_read() {
    let mut far_behind = vec![Offline(SAM, true)];
    for class in [Class::Check, Class::Shadow].iter().cycle().take(12) {
        far_behind.push(Save(QUINN, *class));
    }
    far_behind.extend([Wait(70_000), Offline(SAM, false)]);
    let mut looked_at = far_behind.clone();
    looked_at.push(SyncNow(SAM));
    looked_at.extend([Wait(400); 12]);
    looked_at.push(Wait(70_000));
    holds_and_reaches(&looked_at, &["200, and there is more"]);
    // Every answer but the first is lost.
    far_behind.extend([Net(SAM, Fault::None, 1), Net(SAM, Fault::LostRequest, 3), SyncNow(SAM)]);
    far_behind.extend([Wait(1_700), Wait(1_700), Wait(70_000)]);
    holds_and_reaches(&far_behind, &["200, and there is more"]);
}

/// The disk has no room for one write of a transaction, and has for the next: who gives up an office in
/// it is judged by the office that was held when the line came.
#[test]
fn a_transaction_that_failed_leaves_nothing_behind() {
    for k in 1..12 {
        let steps = [
            Role(QUINN, Role::Admin, 0),
            Wait(70_000),
            ServerFullOnce(k),
            Role(ADA, Role::Quality, 0),
            Wait(40_000),
            Save(QUINN, Class::Shadow),
            Wait(70_000),
        ];
        if let Err(why) = play(k, &steps, Sabotage::None) {
            panic!("at the {k}. write: {why}");
        }
    }
}

/// The same where the disk stays full, and the device that brought the line is put back to before it.
#[test]
fn what_failed_and_never_comes_again_leaves_nothing_behind() {
    for k in 1..12 {
        let steps = [
            Copy(ADA),
            ServerFull(k),
            Role(SAM, Role::Staff, 1),
            Wait(1_500),
            Restore(ADA),
            Save(SAM, Class::Check),
            Wait(70_000),
        ];
        if let Err(why) = play(k, &steps, Sabotage::None) {
            panic!("at the {k}. write: {why}");
        }
    }
}

/// All that a device may be answered that no honest device ever asks for.
fn at_the_doors() -> Vec<Step> {
    vec![Doors, Wait(70_000), ServerFull(1), Save(SAM, Class::Check), Wait(20_000)]
}

#[test]
fn every_wrong_request_is_refused_and_every_wrong_line_kept_apart() {
    holds_and_reaches(&at_the_doors(), &["426 protocol", "429 too_many_requests", "503 unavailable"]);
}

/// What [`reached`](crate::reached) counts over.
pub fn stories() -> Vec<(&'static str, Vec<Step>)> {
    let revoked =
        vec![Offline(BO, true), Save(BO, Class::Scenario), Revoke(BO), Offline(BO, false), Wait(70_000)];
    let mut signed_in = TOO_LATE.to_vec();
    signed_in.insert(6, Net(SAM, Fault::LostAnswer, 2));
    signed_in.extend([Wait(3_000), ExpireToken(SAM), SignIn(SAM), Wait(40_000), Release, Wait(40_000)]);
    vec![
        ("released while away", released_while_away()),
        ("signed in again", signed_in),
        ("left and came back", left_and_came_back()),
        ("one at a time", one_at_a_time()),
        ("a slow link", a_slow_link()),
        ("spoilt", spoilt()),
        ("parted", parted()),
        ("revoked", revoked),
        ("at the doors", at_the_doors()),
    ]
}

/// Revoked while three lines wait, and the server takes them one by one: each answer says "revoked".
#[test]
fn a_revoked_device_hands_over_line_by_line() {
    let steps = [
        Offline(BO, true),
        Save(BO, Class::Scenario),
        Save(BO, Class::Handoff),
        Save(BO, Class::Scenario),
        Limit(1),
        Revoke(BO),
        Offline(BO, false),
        Wait(130_000),
    ];
    holds_and_reaches(&steps, &["200, and the device is revoked", "a device was wiped"]);
}
