//! A workflow gap, wrongly answered by training: missed visits.

use serde_json::json;

use super::Who::{Lead, Quality, Staff};
use super::{Act, begins, classified, near_miss, on};

pub static ACTS: &[Act] = &[
    begins(90, 16, Staff(4, 0), "visit-1", "incident.reported", (4, None), |facts| {
        near_miss(
            facts,
            "missed_visit",
            "visits",
            "Cover was moved on the phone and stood in no list. Somebody noticed by chance.",
        )
    }),
    begins(83, 16, Staff(4, 2), "visit-2", "incident.reported", (4, None), |facts| {
        near_miss(facts, "missed_visit", "visits", "Two lists for Saturday; the visit was on neither.")
    }),
    begins(78, 16, Staff(4, 1), "visit-3", "incident.reported", (4, None), |facts| {
        near_miss(facts, "missed_visit", "visits", "A swap of shifts left the eight o'clock visit open.")
    }),
    on(89, 10, Lead(4), "incident.classified", "visit-1", |_| {
        classified("workflow", "visits", "Changes by phone are written nowhere.")
    }),
    on(82, 10, Lead(4), "incident.classified", "visit-2", |_| classified("workflow", "visits", "")),
    on(77, 10, Lead(4), "incident.classified", "visit-3", |_| classified("workflow", "visits", "")),
    begins(75, 14, Quality, "trained", "action.opened", (4, None), |facts| {
        json!({ "title": "Everybody is reminded to look at the list", "kind": "retraining", "gap": "workflow", "competency": "visits",
            "category": "missed_visit", "reports": [facts.id("visit-1"), facts.id("visit-2"), facts.id("visit-3")],
            "owner": facts.lead(4), "due": facts.in_days(14), "watch_days": 90 })
    }),
    on(
        63,
        11,
        Lead(4),
        "action.updated",
        "trained",
        |_| json!({ "note": "Said at the team meeting.", "done": true }),
    ),
    on(60, 14, Quality, "action.closed", "trained", |_| json!({ "note": "Carried out." })),
    begins(46, 16, Staff(4, 3), "visit-4", "incident.reported", (4, None), |facts| {
        near_miss(facts, "missed_visit", "visits", "Again a swap on the phone; the neighbour called us.")
    }),
    begins(31, 16, Staff(4, 1), "visit-5", "incident.reported", (4, None), |facts| {
        near_miss(facts, "missed_visit", "visits", "A visit moved by phone to a shift that had ended.")
    }),
    on(45, 10, Lead(4), "incident.classified", "visit-4", |_| {
        classified("workflow", "visits", "The same as in summer: training did not reach it.")
    }),
    on(30, 10, Lead(4), "incident.classified", "visit-5", |_| classified("workflow", "visits", "")),
    begins(29, 14, Quality, "changed", "action.opened", (4, None), |facts| {
        json!({ "title": "One list for all visits; a change counts when it stands there", "kind": "workflow_change", "gap": "workflow",
            "competency": "visits", "category": "missed_visit", "reports": [facts.id("visit-4"), facts.id("visit-5")],
            "owner": facts.lead(4), "due": facts.in_days(35), "watch_days": 90 })
    }),
    on(
        18,
        11,
        Lead(4),
        "action.updated",
        "changed",
        |_| json!({ "note": "The list is in use on weekdays; weekends from Saturday on." }),
    ),
    on(
        -4,
        11,
        Lead(4),
        "action.updated",
        "changed",
        |_| json!({ "note": "In use on all days.", "done": true }),
    ),
    on(-9, 14, Quality, "action.closed", "changed", |_| json!({ "note": "No visit was missed since." })),
];
