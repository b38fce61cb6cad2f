//! A cluster at night in the crisis residence, and who does not decide alone meanwhile.

use serde_json::json;

use fieldproof::practice::standard::Class;

use super::Who::{Lead, Quality, Staff};
use super::{Act, begins, classified, incident, on, sees};
use Class::Check;

pub static ACTS: &[Act] = &[
    begins(58, 6, Staff(6, 0), "late-1", "incident.reported", (6, Some((6, 0))), |facts| {
        incident(facts, "escalation", "escalation", "Called the nurse two hours after the first sign.")
    }),
    begins(52, 5, Staff(6, 2), "late-2", "incident.reported", (6, Some((6, 2))), |facts| {
        incident(facts, "escalation", "escalation", "Breathing faster from one o'clock, called at four.")
    }),
    begins(47, 6, Staff(6, 0), "late-3", "incident.reported", (6, Some((6, 0))), |facts| {
        incident(facts, "escalation", "escalation", "On-call was not tried a second time.")
    }),
    on(57, 10, Lead(6), "incident.classified", "late-1", |_| classified("knowledge", "escalation", "")),
    on(
        58,
        15,
        Lead(6),
        "incident.logged",
        "late-1",
        |_| json!({ "work": "investigation_begun", "note": "" }),
    ),
    on(
        52,
        15,
        Lead(6),
        "incident.logged",
        "late-2",
        |_| json!({ "work": "investigation_begun", "note": "" }),
    ),
    on(51, 10, Lead(6), "incident.classified", "late-2", |_| classified("knowledge", "escalation", "")),
    on(46, 10, Lead(6), "incident.classified", "late-3", |_| classified("knowledge", "escalation", "")),
    on(
        45,
        11,
        Lead(6),
        "incident.logged",
        "late-1",
        |_| json!({ "work": "resolved", "note": "The person is well; the family was told." }),
    ),
    begins(44, 14, Quality, "nights", "action.opened", (6, None), |facts| {
        json!({ "title": "Nights: escalation re-checked on shift before deciding alone", "kind": "retraining", "gap": "knowledge",
            "competency": "escalation", "category": "escalation", "reports": [facts.id("late-1"), facts.id("late-2"), facts.id("late-3")],
            "owner": facts.lead(6), "due": facts.in_days(50), "high_risk": true, "standard": facts.standard(Check, "escalation"),
            "evidence": { "validations": 2, "live": 2 }, "watch_days": 90 })
    }),
    begins(43, 10, Lead(6), "limit-1", "restriction.placed", (6, Some((6, 0))), |facts| {
        json!({ "duties": "Does not decide alone at night whom to call", "why": "Two late calls within two weeks", "competency": "escalation",
            "standard": facts.standard(Check, "escalation"), "evidence": { "validations": 1, "live": 1 }, "review_days": 7, "action": facts.id("nights") })
    }),
    begins(43, 11, Lead(6), "limit-2", "restriction.placed", (6, Some((6, 2))), |facts| {
        json!({ "duties": "Does not decide alone at night whom to call", "why": "A late call", "competency": "escalation",
            "standard": facts.standard(Check, "escalation"), "evidence": { "validations": 1, "live": 1 }, "review_days": 7, "action": facts.id("nights") })
    }),
    on(
        36,
        10,
        Lead(6),
        "restriction.reviewed",
        "limit-1",
        |_| json!({ "note": "Refresher done, no live chance yet." }),
    ),
    on(36, 11, Lead(6), "restriction.reviewed", "limit-2", |_| json!({ "note": "Refresher done." })),
    sees(31, 20, "limit-2-live", (6, 2), Check, "escalation", 1.0),
    on(
        31,
        21,
        Lead(6),
        "restriction.reviewed",
        "limit-2",
        |facts| json!({ "note": "Called within minutes.", "record": facts.id("limit-2-live"), "mode": "live" }),
    ),
    on(30, 11, Lead(6), "restriction.lifted", "limit-2", |_| json!({ "note": "One live check met." })),
    on(
        29,
        10,
        Lead(6),
        "restriction.reviewed",
        "limit-1",
        |_| json!({ "note": "Simulated call was late again." }),
    ),
    on(22, 10, Lead(6), "restriction.reviewed", "limit-1", |_| json!({ "note": "Stays." })),
    on(
        15,
        10,
        Lead(6),
        "restriction.reviewed",
        "limit-1",
        |_| json!({ "note": "Stays; a live check is planned." }),
    ),
    on(
        -5,
        11,
        Lead(6),
        "incident.logged",
        "late-2",
        |_| json!({ "work": "resolved", "note": "The person is well." }),
    ),
    on(
        -5,
        12,
        Lead(6),
        "incident.logged",
        "late-3",
        |_| json!({ "work": "resolved", "note": "The person is well." }),
    ),
    sees(-6, 20, "limit-1-live", (6, 0), Check, "escalation", 1.0),
    on(
        -6,
        21,
        Lead(6),
        "restriction.reviewed",
        "limit-1",
        |facts| json!({ "note": "Called within minutes.", "record": facts.id("limit-1-live"), "mode": "live" }),
    ),
    on(-7, 11, Lead(6), "restriction.lifted", "limit-1", |_| json!({ "note": "One live check met." })),
    on(
        -8,
        9,
        Lead(6),
        "action.updated",
        "nights",
        |facts| json!({ "note": "Seen live.", "record": facts.id("limit-2-live"), "mode": "live" }),
    ),
    on(
        -8,
        10,
        Lead(6),
        "action.updated",
        "nights",
        |facts| json!({ "note": "Seen live.", "record": facts.id("limit-1-live"), "mode": "live", "done": true }),
    ),
    on(-12, 14, Quality, "action.closed", "nights", |_| json!({ "note": "Both are met live." })),
];
