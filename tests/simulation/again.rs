//! Stories of what a device must derive a second time: what it has already, something else changes.

use fieldproof::practice::follow::Class as Follows;
use fieldproof::practice::standard::Class;
use fieldproof::sync::wire::Role;

use crate::answers::{TOO_LATE, holds_and_reaches};
use crate::scenarios::holds;
use crate::script::Step::{self, *};
use crate::world::{ADA, BO, QUINN, SAM};

/// Sam wrote a handoff, works elsewhere for a while and comes back to the site.
#[test]
fn what_somebody_wrote_is_there_again_when_they_come_back_to_the_site() {
    holds(&[
        Save(SAM, Class::Handoff),
        Wait(70_000),
        Role(SAM, Role::Supervisor, 1),
        Wait(70_000),
        SyncNow(SAM),
        Wait(40_000),
        Role(SAM, Role::Supervisor, 0),
        Wait(70_000),
        SyncNow(SAM),
        Wait(70_000),
    ]);
}

/// Sam amended what Quinn withdrew meanwhile, is told, and works elsewhere from then on: with the record goes
/// what was told about it.
#[test]
fn what_somebody_was_told_goes_with_the_record_when_they_leave_its_site() {
    holds(&[
        Save(SAM, Class::Check),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(40_000),
        Offline(SAM, true),
        Amend(SAM, 0),
        Withdraw(QUINN, 0),
        Wait(40_000),
        Offline(SAM, false),
        SyncNow(SAM),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(40_000),
        Role(SAM, Role::Supervisor, 1),
        Wait(70_000),
        SyncNow(SAM),
        Wait(70_000),
    ]);
}

/// The server forgets a version of a standard; who used it brings the record first, who published it comes later.
#[test]
fn a_record_comes_before_its_standard() {
    holds(&[
        Backup,
        Offline(QUINN, true),
        Publish,
        Wait(40_000),
        SyncNow(SAM),
        SyncNow(BO),
        Wait(5_000),
        Save(SAM, Class::Check),
        Save(SAM, Class::Shadow),
        Save(SAM, Class::Handoff),
        Save(BO, Class::Scenario),
        Wait(40_000),
        Offline(ADA, true),
        GoBack,
        SyncNow(SAM),
        Wait(70_000),
        Offline(QUINN, false),
        SyncNow(QUINN),
        Wait(70_000),
        Offline(ADA, false),
        SyncNow(ADA),
        Wait(70_000),
    ]);
}

/// A cycle counts a check that met the standard; the check is taken back.
#[test]
fn what_a_cycle_counted_is_taken_back() {
    holds(&[
        FollowUp(SAM, Follows::Cycle),
        FollowUp(SAM, Follows::Cycle),
        FollowUp(SAM, Follows::Cycle),
        Save(SAM, Class::Check),
        GoOn(SAM, 0),
        GoOn(SAM, 1),
        GoOn(SAM, 2),
        GoOn(SAM, 0),
        Wait(70_000),
        Withdraw(SAM, 0),
        Wait(70_000),
    ]);
}

/// What the server keeps apart stands in no stream: only the head tells that there is more than the device has.
#[test]
fn a_device_is_put_back_to_before_what_is_kept_apart() {
    let mut steps = vec![Copy(SAM)];
    steps.extend(TOO_LATE);
    steps.extend([Wait(70_000), Restore(SAM), Wait(70_000), SyncNow(SAM), Wait(70_000)]);
    holds(&steps);
}

/// Of two scenarios the older one has to be worked on again, and whoever wrote it sees so.
#[test]
fn a_note_is_sent_back_to_be_worked_on_again() {
    let steps = [
        Save(BO, Class::Scenario),
        Save(BO, Class::Scenario),
        Wait(70_000),
        SyncNow(SAM),
        Wait(5_000),
        Review(SAM, 1),
        Wait(70_000),
    ];
    holds_and_reaches(&steps, &["a note was reviewed"]);
}

/// A check is sent back to the one who made it.
#[test]
fn a_check_is_sent_back_to_its_observer() {
    holds(&[
        Save(SAM, Class::Check),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(5_000),
        Return(QUINN, 0),
        Wait(70_000),
    ]);
}

const ASKED: [Step; 8] = [
    Save(SAM, Class::Check),
    Wait(70_000),
    SyncNow(QUINN),
    Wait(5_000),
    Return(QUINN, 0),
    Wait(70_000),
    SyncNow(SAM),
    Wait(5_000),
];

/// Whoever made it answers, and it stands as before.
#[test]
fn a_question_is_answered() {
    let answered = [Answer(SAM, 0), Wait(70_000), SyncNow(QUINN), Wait(5_000)];
    holds_and_reaches(&[ASKED.as_slice(), &answered].concat(), &["a question was answered"]);
}

/// Asked again by somebody who has not heard of the answer: the second question waits.
#[test]
fn a_second_question_is_not_answered_by_the_first_answer() {
    let again = [
        Offline(QUINN, true),
        Return(QUINN, 0),
        Answer(SAM, 0),
        Wait(70_000),
        Offline(QUINN, false),
        SyncNow(QUINN),
        Wait(70_000),
    ];
    holds_and_reaches(&[ASKED.as_slice(), &again].concat(), &["a question was answered"]);
}

/// Somebody finds another cause, and another: the one that knew of the others stands, be it the milder one.
#[test]
fn a_cause_is_corrected() {
    holds(&[
        FollowUp(BO, Follows::Incident),
        Wait(70_000),
        SyncNow(QUINN),
        Wait(5_000),
        GoOn(QUINN, 0),
        GoOn(QUINN, 0),
        GoOn(QUINN, 0),
        GoOn(QUINN, 0),
        Wait(70_000),
    ]);
}

/// A restriction is looked at until somebody lifts it.
#[test]
fn a_restriction_is_looked_at_and_lifted() {
    let mut steps = vec![FollowUp(SAM, Follows::Restriction), Wait(70_000)];
    for _ in 0..10 {
        steps.extend([Save(SAM, Class::Check), GoOn(SAM, 0), GoOn(SAM, 0)]);
    }
    steps.push(Wait(70_000));
    holds_and_reaches(&steps, &["a restriction was lifted"]);
}
