//! Every fault has a short story of its own, through the same world and the same oracle.

use fieldproof::practice::follow::Class as Follows;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;

use crate::net::Fault;
use crate::runs::play;
use crate::sabotage::Sabotage;
use crate::script::Step::{self, *};
use crate::world::{BO, QUINN, SAM};

/// Plays it with several seeds: pauses and what a power loss drops differ.
pub fn holds(steps: &[Step]) {
    for seed in 0..3 {
        if let Err(why) = play(seed, steps, Sabotage::None) {
            panic!("seed {seed}: {why}");
        }
    }
}

/// Sam and Bo work while each of Sam's exchanges meets the fault.
fn met(fault: Fault) {
    holds(&[
        Save(SAM, Class::Check),
        Net(SAM, fault, 3),
        Save(SAM, Class::Shadow),
        Wait(1_500),
        Save(BO, Class::Scenario),
        Save(SAM, Class::Handoff),
        Wait(100_000),
        Save(SAM, Class::Check),
        Wait(40_000),
    ]);
}

#[test]
fn a_request_is_lost() {
    met(Fault::LostRequest);
}

#[test]
fn an_answer_is_lost() {
    met(Fault::LostAnswer);
}

#[test]
fn an_answer_is_cut_at_any_byte() {
    for at in [0, 1, 40, 200, 399, 650, 1_100, 5_000] {
        met(Fault::Cut(at));
    }
    // Many more, each with another pause before it.
    for at in (2..1_600).step_by(29) {
        holds_once(at, &[Save(SAM, Class::Check), Net(SAM, Fault::Cut(at as usize), 1), Wait(40_000)]);
    }
}

#[test]
fn a_request_arrives_twice() {
    met(Fault::Twice);
}

#[test]
fn a_request_arrives_behind_newer_ones() {
    met(Fault::Late(20));
}

#[test]
fn an_answer_comes_after_the_time_out() {
    met(Fault::TooSlow);
    met(Fault::Hang);
}

#[test]
fn the_server_says_429_500_503() {
    met(Fault::Busy(429));
    met(Fault::Busy(500));
    met(Fault::Busy(503));
}

#[test]
fn the_server_says_413() {
    met(Fault::TooLarge);
}

#[test]
fn a_captive_portal_answers_200() {
    met(Fault::Portal);
}

#[test]
fn a_device_stops_at_any_write() {
    for k in 1..40 {
        holds_once(
            k,
            &[CrashAt(SAM, k, false), Save(SAM, Class::Check), Wait(3_000), Save(SAM, Class::Shadow)],
        );
    }
}

#[test]
fn a_device_loses_its_power_at_any_write() {
    for k in 1..40 {
        holds_once(
            k,
            &[CrashAt(SAM, k, true), Save(SAM, Class::Check), Wait(3_000), Save(SAM, Class::Shadow)],
        );
    }
}

#[test]
fn the_server_stops_or_loses_its_power_at_any_write() {
    for k in 1..24 {
        let steps = [
            ServerCrashAt(k, k % 2 == 0),
            Save(SAM, Class::Check),
            Save(BO, Class::Scenario),
            Wait(3_000),
            Save(QUINN, Class::Shadow),
            Wait(60_000),
        ];
        holds_once(k, &steps);
    }
}

fn holds_once(seed: u64, steps: &[Step]) {
    if let Err(why) = play(seed, steps, Sabotage::None) {
        panic!("{}: {why}", steps[0].words());
    }
}

#[test]
fn a_disk_is_full_at_any_write() {
    for k in 1..24 {
        let steps = [
            DiskFull(SAM, k),
            Save(SAM, Class::Check),
            Wait(3_000),
            Save(SAM, Class::Handoff),
            ServerFull(k),
            Save(BO, Class::Scenario),
            Wait(20_000),
        ];
        holds_once(k, &steps);
    }
}

#[test]
fn a_clock_jumps_by_ten_years() {
    let years = 10 * 365 * 24 * 60;
    holds(&[
        Save(SAM, Class::Check),
        Clock(SAM, years),
        Save(SAM, Class::Check),
        Wait(40_000),
        Clock(SAM, -2 * years),
        Save(SAM, Class::Shadow),
        Amend(SAM, 0),
        Wait(40_000),
        Amend(QUINN, 0),
        Wait(70_000),
    ]);
}

#[test]
fn summer_time_begins_and_somebody_travels() {
    holds(&[
        Save(BO, Class::Handoff),
        Zone(BO, 120),
        Save(BO, Class::Scenario),
        Wait(40_000),
        Zone(BO, 60),
        Save(BO, Class::Handoff),
        Zone(BO, -300),
        Save(BO, Class::Handoff),
        Wait(40_000),
    ]);
}

#[test]
fn a_token_grows_old() {
    holds(&[Save(SAM, Class::Check), ExpireToken(SAM), Save(SAM, Class::Shadow), Wait(70_000)]);
}

/// The server took the line in, the device never heard of it, and signs in again: what the server
/// holds of the old replica is not written a second time.
#[test]
fn an_answer_is_lost_and_then_the_token_grows_old() {
    holds(&[Net(SAM, Fault::LostAnswer, 9), Save(SAM, Class::Check), Wait(1_500), ExpireToken(SAM)]);
}

/// As before, and what was taken in was kept apart: its author still hears of it.
#[test]
fn an_answer_about_a_quarantined_line_is_lost_and_then_the_token_grows_old() {
    holds(&[
        Role(QUINN, Role::Staff, 0),
        Wait(70_000),
        Net(QUINN, Fault::LostAnswer, 9),
        Save(QUINN, Class::Handoff),
        Wait(3_000),
        ExpireToken(QUINN),
    ]);
}

/// A check is kept apart and the token is gone: the chip says what stands in the way of all else
/// (seed 1305 of an earlier script).
#[test]
fn a_role_changes_and_then_the_token_grows_old() {
    holds(&[
        Save(BO, Class::Handoff),
        ExpireToken(BO),
        Role(QUINN, Role::Staff, 0),
        Save(QUINN, Class::Handoff),
        Wait(40_000),
        Save(QUINN, Class::Check),
        Wait(1_500),
        ExpireToken(QUINN),
    ]);
}

#[test]
fn a_device_is_revoked() {
    holds(&[Offline(BO, true), Save(BO, Class::Scenario), Revoke(BO), Offline(BO, false), Wait(70_000)]);
}

#[test]
fn a_role_and_a_site_change_while_somebody_is_offline() {
    holds(&[
        Offline(SAM, true),
        Save(SAM, Class::Check),
        Role(SAM, Role::Staff, 1),
        Wait(40_000),
        Save(SAM, Class::Shadow),
        Offline(SAM, false),
        Wait(70_000),
        Save(SAM, Class::Check),
    ]);
}

#[test]
fn a_standard_is_published_meanwhile() {
    holds(&[
        Offline(SAM, true),
        Publish,
        Wait(40_000),
        Save(SAM, Class::Check),
        Offline(SAM, false),
        Publish,
    ]);
}

#[test]
fn a_device_is_restored_from_an_old_copy() {
    holds(&[
        Save(SAM, Class::Check),
        Copy(SAM),
        Save(SAM, Class::Shadow),
        Wait(40_000),
        Save(SAM, Class::Handoff),
        Restore(SAM),
        Save(SAM, Class::Check),
        Wait(70_000),
    ]);
}

/// A copy made before the removal was heard of: the device's part of the key is gone for good.
#[test]
fn a_copy_of_a_removed_device_stays_closed() {
    holds(&[
        Save(QUINN, Class::Audit),
        Revoke(QUINN),
        Copy(QUINN),
        Wait(130_000),
        Restore(QUINN),
        Wait(70_000),
    ]);
}

/// It writes on before it hears that the server holds more: what both have stays one.
#[test]
fn a_restored_device_writes_before_it_syncs() {
    holds(&[
        Offline(SAM, true),
        Save(SAM, Class::Check),
        Copy(SAM),
        Save(SAM, Class::Shadow),
        Offline(SAM, false),
        Wait(40_000),
        Restore(SAM),
        Save(SAM, Class::Check),
        Wait(70_000),
    ]);
}

/// Numbers of streams are given out anew, to other lines.
pub const RESTORED: [Step; 11] = [
    Save(SAM, Class::Check),
    Wait(40_000),
    Backup,
    Save(SAM, Class::Shadow),
    Save(QUINN, Class::Shadow),
    Wait(70_000),
    Offline(SAM, true),
    GoBack,
    Save(QUINN, Class::Check),
    Wait(40_000),
    Offline(SAM, false),
];

#[test]
fn the_server_goes_back_to_a_backup() {
    holds(&RESTORED);
}

/// Two amend one record while neither hears of the other.
pub fn edited_by_two() -> Vec<Step> {
    vec![
        Save(SAM, Class::Check),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(5_000),
        Offline(SAM, true),
        Offline(QUINN, true),
        Amend(SAM, 0),
        Amend(SAM, 0),
        Amend(QUINN, 0),
        Offline(QUINN, false),
        Wait(40_000),
        Offline(SAM, false),
        Wait(70_000),
    ]
}

/// What they said differently is settled by both at once.
pub fn edited_by_two_and_settled() -> Vec<Step> {
    let mut steps = edited_by_two();
    steps.extend([
        SyncNow(QUINN),
        Wait(5_000),
        Offline(SAM, true),
        Offline(QUINN, true),
        Settle(SAM, 0),
        Settle(QUINN, 0),
        Offline(SAM, false),
        Offline(QUINN, false),
        Wait(70_000),
    ]);
    steps
}

#[test]
fn two_devices_edit_one_record() {
    holds(&edited_by_two());
    holds(&edited_by_two_and_settled());
}

#[test]
fn two_follow_up_the_same_while_one_is_offline() {
    holds(&[
        FollowUp(BO, Follows::Incident),
        FollowUp(SAM, Follows::Cycle),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(5_000),
        Offline(SAM, true),
        GoOn(SAM, 0),
        GoOn(QUINN, 0),
        GoOn(SAM, 1),
        GoOn(QUINN, 1),
        Wait(40_000),
        Offline(SAM, false),
        Wait(70_000),
        FollowUp(QUINN, Follows::Action),
        Crash(QUINN, true),
        GoOn(QUINN, 0),
    ]);
}

#[test]
fn somebody_edits_during_an_upload() {
    holds(&[
        Save(SAM, Class::Check),
        Wait(50),
        Save(SAM, Class::Shadow),
        Wait(400),
        Amend(SAM, 0),
        Wait(400),
        Withdraw(SAM, 1),
        Wait(50),
        Save(SAM, Class::Handoff),
    ]);
}

/// Both end it, and neither knows: on every device it ended once, by the same one.
#[test]
fn two_end_one_task_while_one_is_offline() {
    holds(&[
        Save(BO, Class::Handoff),
        Wait(70_000),
        SyncNow(SAM),
        Wait(5_000),
        Offline(SAM, true),
        Offline(BO, true),
        TaskDone(SAM, 0),
        TaskDone(BO, 0),
        Offline(BO, false),
        Wait(40_000),
        Offline(SAM, false),
        Wait(70_000),
    ]);
}
