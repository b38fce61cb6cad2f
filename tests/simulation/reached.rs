//! What a run came upon: which answers, which codes of quarantine, which turns of the protocol.
//!
//! A simulator that never meets an answer cannot say anything about it, and nobody notices: so it
//! counts, and a test fails where something is not met any more.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::runs::{fixed_seeds, play};
use crate::sabotage::Sabotage;
use crate::{answers, dishonest, scenarios};

pub type Counts = BTreeMap<String, u64>;

thread_local! {
    /// A world lives on one thread.
    static COUNTS: RefCell<Counts> = RefCell::default();
}

pub fn note(what: impl Into<String>) {
    COUNTS.with_borrow_mut(|counts| *counts.entry(what.into()).or_default() += 1);
}

/// What this thread came upon since it was last asked.
pub fn take() -> Counts {
    COUNTS.take()
}

pub fn add(sum: &mut Counts, more: Counts) {
    for (what, n) in more {
        *sum.entry(what).or_default() += n;
    }
}

/// Every answer of PROTOCOL §§4 and 5, every code of quarantine, and every turn of §6.
const MUST: [&str; 45] = [
    "200",
    "200, and there is more",
    "200, and the device is revoked",
    "200, and the server was restored",
    "200, and the server holds more than the device wrote",
    "200, cut",
    "201",
    "400 bad_header",
    "401 token_expired",
    "401 token_unknown",
    "403 code_invalid",
    "403 replica_not_yours",
    "403 replica_not_yours, and where the logs part",
    "409 fork",
    "409 gap",
    "413 too_large",
    "415 unsupported_media_type",
    "422 tip_mismatch",
    "426 protocol",
    "429 too_many_requests",
    "503 unavailable",
    "quarantined: duplicate_id",
    "quarantined: invalid_body",
    "quarantined: malformed",
    "quarantined: not_permitted",
    "quarantined: revoked_device",
    "quarantined: unknown_site",
    "quarantined: unknown_subject",
    "quarantined: wrong_author",
    "quarantined: wrong_replica",
    "quarantined: wrong_seq",
    "released from quarantine",
    "released from quarantine while its author's device was away",
    "not released from quarantine",
    "a device was put back to an old copy",
    "a device was wiped",
    "a person signed in again",
    "as it is, where what was compressed is spoilt",
    "one line alone after 413",
    "one line alone after time-outs",
    "tried again by timer after a failure",
    "a dishonest line",
    "a forged line",
    "two say different things of one item",
    "what two said differently was settled",
];

/// One line for each, with how often it was met.
fn table(counts: &Counts) -> String {
    let mut text = String::from("  times  what was met\n");
    for (what, n) in counts {
        text.push_str(&format!("{n:7}  {what}\n"));
    }
    text
}

/// The same sixty seeds as ever, and the stories that exist to come upon what seldom happens.
#[test]
fn sixty_fixed_seeds_pass_and_with_the_scenarios_reach_every_answer_and_code() {
    let mut counts = fixed_seeds();
    let by_two = [
        (0, "two edit one record", scenarios::edited_by_two()),
        (0, "two edit one record and settle it", scenarios::edited_by_two_and_settled()),
    ];
    let stories = answers::stories().into_iter().chain(dishonest::stories());
    for (seed, name, steps) in stories.map(|(name, steps)| (7, name, steps)).chain(by_two) {
        if let Err(why) = play(seed, &steps, Sabotage::None) {
            panic!("{name}: {why}");
        }
        add(&mut counts, take());
    }
    println!("{}", table(&counts));
    let missing: Vec<&&str> = MUST.iter().filter(|what| !counts.contains_key(**what)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
}
