//! A cycle that held, and a pattern that was caught: three near misses of one kind at two sites within a
//! month.

use serde_json::json;

use fieldproof::practice::standard::Class;

use super::Who::{Lead, Quality, Staff};
use super::{Act, begins, classified, near_miss, on, proof, said, sees};
use Class::Check;

pub static ACTS: &[Act] = &[
    sees(140, 10, "held-miss", (0, 1), Check, "medication", 0.4),
    begins(140, 11, Lead(0), "held", "cycle.opened", (0, Some((0, 1))), |facts| {
        json!({ "standard": facts.standard(Check, "medication"), "competency": "medication",
            "weakness": "Signed the MAR before the dose was taken", "expected": "Signs after the dose was taken, before anything else",
            "evidence": { "validations": 2, "live": 1 }, "due": facts.in_days(14),
            "origin": { "from": "miss", "record": facts.id("held-miss"), "items": ["signed"] } })
    }),
    on(139, 9, Lead(0), "cycle.session", "held", |_| {
        said("One round together: pen stays on the MAR, sign when the cup is empty.", 15)
    }),
    sees(134, 10, "held-simulated", (0, 1), Check, "medication", 1.0),
    on(134, 11, Lead(0), "cycle.validated", "held", |facts| proof(facts, "held-simulated", "simulated")),
    sees(129, 18, "held-live", (0, 1), Check, "medication", 1.0),
    on(129, 19, Lead(0), "cycle.validated", "held", |facts| proof(facts, "held-live", "live")),
    on(
        128,
        10,
        Lead(0),
        "cycle.closed",
        "held",
        |_| json!({ "outcome": "met", "note": "Signs at the time, also on a full round." }),
    ),
    // A pattern that was caught: three near misses of one kind at two sites within a month.
    begins(112, 20, Staff(0, 0), "near-1", "incident.reported", (0, None), |facts| {
        near_miss(
            facts,
            "medication",
            "medication",
            "The evening dose was prepared from last week's orders. Noticed before it was given.",
        )
    }),
    begins(104, 21, Staff(1, 2), "near-2", "incident.reported", (1, None), |facts| {
        near_miss(
            facts,
            "medication",
            "medication",
            "A changed dose was still on the old MAR page. The second person saw it.",
        )
    }),
    begins(96, 8, Staff(0, 3), "near-3", "incident.reported", (0, None), |facts| {
        near_miss(
            facts,
            "medication",
            "medication",
            "Order changed on Friday, MAR changed on Monday. Asked before giving.",
        )
    }),
    on(111, 10, Lead(0), "incident.classified", "near-1", |_| {
        classified("knowledge", "medication", "Did not compare the order with the MAR.")
    }),
    on(103, 10, Lead(1), "incident.classified", "near-2", |_| {
        classified("knowledge", "medication", "Same step left out.")
    }),
    on(95, 10, Lead(0), "incident.classified", "near-3", |_| classified("knowledge", "medication", "")),
    begins(94, 14, Quality, "caught", "action.opened", (0, None), |facts| {
        json!({ "title": "Order and MAR are compared before every first dose of a shift", "kind": "retraining", "gap": "knowledge",
            "competency": "medication", "category": "medication", "reports": [facts.id("near-1"), facts.id("near-2"), facts.id("near-3")],
            "owner": facts.lead(0), "due": facts.in_days(14), "high_risk": true, "standard": facts.standard(Check, "medication"),
            "evidence": { "validations": 2, "live": 1 }, "watch_days": 90 })
    }),
    begins(93, 9, Lead(0), "caught-cycle", "cycle.opened", (0, Some((0, 0))), |facts| {
        json!({ "standard": facts.standard(Check, "medication"), "competency": "medication",
            "weakness": "Orders are not compared with the MAR", "expected": "Compares both before the first dose",
            "evidence": { "validations": 1, "live": 1 }, "due": facts.in_days(14),
            "origin": { "from": "action", "action": facts.id("caught") } })
    }),
    on(
        92,
        9,
        Lead(0),
        "cycle.session",
        "caught-cycle",
        |_| json!({ "what": "microlearning", "text": "Fifteen minutes with two real order sheets.", "minutes": 15 }),
    ),
    sees(88, 18, "caught-1", (0, 0), Check, "medication", 1.0),
    on(88, 19, Lead(0), "cycle.validated", "caught-cycle", |facts| proof(facts, "caught-1", "live")),
    on(87, 9, Lead(0), "cycle.closed", "caught-cycle", |_| json!({ "outcome": "met", "note": "" })),
    on(
        87,
        10,
        Lead(0),
        "action.updated",
        "caught",
        |facts| json!({ "note": "Seen live.", "record": facts.id("caught-1"), "mode": "live" }),
    ),
    sees(85, 10, "caught-2", (0, 0), Check, "medication", 1.0),
    on(
        85,
        11,
        Lead(0),
        "action.updated",
        "caught",
        |facts| json!({ "note": "Seen live.", "record": facts.id("caught-2"), "mode": "live" }),
    ),
    on(
        84,
        11,
        Lead(0),
        "action.updated",
        "caught",
        |_| json!({ "note": "Everybody at both houses has had the refresher.", "done": true }),
    ),
    on(
        80,
        14,
        Quality,
        "action.closed",
        "caught",
        |_| json!({ "note": "Two live checks met, nothing like it since." }),
    ),
    // Does the one that held still hold? Seven of seven are asked for, by day, in the evening and at a
    // weekend: whatever day it is today, one of these is a Saturday or a Sunday (any two neighbours of a
    // week have one of 114, 98, 81, 74 and 48 days ago).
    sees(114, 10, "held-day", (0, 1), Check, "medication", 1.0),
    sees(98, 10, "held-next", (0, 1), Check, "medication", 1.0),
    sees(93, 19, "held-evening", (0, 1), Check, "medication", 1.0),
    sees(81, 10, "held-fourth", (0, 1), Check, "medication", 1.0),
    sees(74, 19, "held-fifth", (0, 1), Check, "medication", 1.0),
    sees(61, 20, "held-late", (0, 1), Check, "medication", 1.0),
    sees(48, 10, "held-seventh", (0, 1), Check, "medication", 1.0),
    sees(33, 10, "held-again", (0, 1), Check, "medication", 1.0),
    sees(20, 10, "held-newest", (0, 1), Check, "medication", 1.0),
];

#[cfg(test)]
mod tests {
    use super::{ACTS, Check};
    use crate::demo::script::What;

    #[test]
    fn whatever_day_it_is_the_one_that_held_was_looked_at_on_a_weekend() {
        let looks: Vec<i64> = ACTS
            .iter()
            .filter(|act| {
                matches!(act.what, What::Sees { class: Check, site: 0, place: 1, .. }) && act.ago < 128
            })
            .map(|act| act.ago)
            .collect();
        assert!(looks.len() >= 7, "{looks:?}");
        for saturday in 0..7 {
            let weekend = |ago: &i64| [saturday, (saturday + 6) % 7].contains(&(ago % 7));
            assert!(looks.iter().any(weekend), "{saturday}");
        }
    }
}
