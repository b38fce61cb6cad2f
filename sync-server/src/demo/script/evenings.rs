//! One that slipped back: well by day, not in the evening.

use serde_json::json;

use fieldproof::practice::standard::Class;

use super::Who::Lead;
use super::{Act, begins, on, proof, said, sees};
use Class::Check;

pub static ACTS: &[Act] = &[
    sees(100, 10, "slipped-miss", (3, 1), Check, "escalation", 0.4),
    begins(100, 11, Lead(3), "slipped", "cycle.opened", (3, Some((3, 1))), |facts| {
        json!({ "standard": facts.standard(Check, "escalation"), "competency": "escalation",
            "weakness": "Waits to see whether it passes before calling", "expected": "Calls within the time of the level",
            "evidence": { "validations": 1, "live": 1 }, "due": facts.in_days(14),
            "origin": { "from": "miss", "record": facts.id("slipped-miss"), "items": ["time"] } })
    }),
    on(98, 9, Lead(3), "cycle.session", "slipped", |_| {
        said("Went through the aid with last week's call.", 20)
    }),
    sees(91, 10, "slipped-live", (3, 1), Check, "escalation", 1.0),
    on(91, 11, Lead(3), "cycle.validated", "slipped", |facts| proof(facts, "slipped-live", "live")),
    on(90, 9, Lead(3), "cycle.closed", "slipped", |_| json!({ "outcome": "met", "note": "Called at once." })),
    sees(76, 10, "slipped-day", (3, 1), Check, "escalation", 1.0),
    sees(48, 19, "slipped-evening", (3, 1), Check, "escalation", 0.3),
    sees(41, 20, "slipped-evening-2", (3, 1), Check, "escalation", 0.3),
    begins(40, 9, Lead(3), "again", "cycle.opened", (3, Some((3, 1))), |facts| {
        json!({ "standard": facts.standard(Check, "escalation"), "competency": "escalation",
            "weakness": "Slipped back in the evenings", "expected": "Calls within the time of the level, whoever is on call",
            "evidence": { "validations": 2, "live": 2 }, "due": facts.in_days(42),
            "origin": { "from": "miss", "record": facts.id("slipped-evening-2"), "items": ["time"] } })
    }),
    on(38, 9, Lead(3), "cycle.session", "again", |_| {
        said("In the evening on-call is somebody else's number: it is on the aid now.", 15)
    }),
    sees(20, 19, "again-live", (3, 1), Check, "escalation", 1.0),
    on(20, 20, Lead(3), "cycle.validated", "again", |facts| proof(facts, "again-live", "live")),
    sees(-1, 19, "again-live-2", (3, 1), Check, "escalation", 1.0),
    on(-1, 20, Lead(3), "cycle.validated", "again", |facts| proof(facts, "again-live-2", "live")),
    on(
        -2,
        9,
        Lead(3),
        "cycle.closed",
        "again",
        |_| json!({ "outcome": "met", "note": "Called at once, twice, in the evening." }),
    ),
    sees(-30, 19, "again-evening", (3, 1), Check, "escalation", 1.0),
];
