//! What a programme does about itself: two self-assessments, an improvement of the handoff that was adopted,
//! one of evenings and nights, and governance looking at all of it month by month.

use serde_json::json;

use fieldproof::practice::standard::Class;

use super::Who::Quality;
use super::{Act, begins, of_all, on, sees};
use Class::{Check, Shadow};

pub static ACTS: &[Act] = &[
    of_all(160, "assessed", "assessment.submitted", |_| {
        json!({ "programme": "Supported living", "scores": { "outcomes_defined": 2, "indicators_used": 1,
            "quality_standards": 2, "quality_observed": 1, "data_collected": 2, "data_understood": 1 },
            "priorities": ["quality_observed", "indicators_used"] })
    }),
    begins(150, 15, Quality, "handoffs", "improvement.opened", (1, None), |facts| {
        json!({ "title": "Safety plans known at handoff",
            "aim": "Fewer than one handoff in ten at this house says that nobody knows the safety plan",
            "measure": "Share of handoffs with an unknown safety plan", "standard": facts.standard(Class::Handoff, "handoff"),
            "programme": "Supported living", "baseline_from": facts.in_days(-20), "baseline_to": facts.in_days(-1),
            "baseline": 0.31, "target": 0.1, "target_on": facts.in_days(60) })
    }),
    on(
        149,
        15,
        Quality,
        "improvement.staged",
        "handoffs",
        |_| json!({ "stage": "plan", "note": "Two weeks of the short checklist at every shift change; each of the team is watched twice." }),
    ),
    on(
        142,
        12,
        Quality,
        "improvement.staged",
        "handoffs",
        |_| json!({ "stage": "microlearning", "note": "Ten minutes: where the plan lies and who may change it.", "minutes": 10 }),
    ),
    on(
        135,
        12,
        Quality,
        "improvement.staged",
        "handoffs",
        |_| json!({ "stage": "microlearning", "note": "Ten minutes: reading back.", "minutes": 10 }),
    ),
    on(
        134,
        15,
        Quality,
        "improvement.staged",
        "handoffs",
        |_| json!({ "stage": "do", "note": "Done at 24 of 28 changes. Nights were the ones left out." }),
    ),
    on(
        120,
        15,
        Quality,
        "improvement.staged",
        "handoffs",
        |_| json!({ "stage": "study", "note": "Unknown plans fell from about a third to an eighth. Nights caught up in the second week." }),
    ),
    on(
        118,
        15,
        Quality,
        "improvement.closed",
        "handoffs",
        |_| json!({ "outcome": "adopted", "note": "The short checklist stays at all three houses." }),
    ),
    of_all(24, "assessed-again", "assessment.submitted", |_| {
        json!({ "programme": "Supported living", "scores": { "outcomes_defined": 3, "indicators_used": 2,
            "quality_standards": 3, "quality_observed": 3, "data_collected": 3, "data_understood": 2 },
            "priorities": ["indicators_used"] })
    }),
    begins(17, 15, Quality, "nights-aim", "improvement.opened", (6, None), |facts| {
        json!({ "title": "Escalation in the evening and at night", "aim": "Every escalation after five in the afternoon is called within the time of its level",
            "measure": "Share of evening and night checks that are met", "standard": facts.standard(Check, "escalation"), "programme": "Crisis residential",
            "baseline_from": facts.in_days(-60), "baseline_to": facts.in_days(-1), "target": 0.9, "target_on": facts.in_days(60) })
    }),
    on(
        16,
        15,
        Quality,
        "improvement.staged",
        "nights-aim",
        |_| json!({ "stage": "plan", "note": "The aid with the evening number at every phone; two evening checks a week." }),
    ),
    on(
        9,
        15,
        Quality,
        "improvement.staged",
        "nights-aim",
        |_| json!({ "stage": "do", "note": "First week: three checks made." }),
    ),
    sees(6, 19, "welfare-evening", (6, 3), Shadow, "escalation", 0.9),
    of_all(
        79,
        "governed-1",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": true, "outcome_changed": true, "attended": "Programme director, quality leads, nurse", "note": "Medication: live checks are there, no recurrence so far.", "about": [facts.id("caught")] }),
    ),
    of_all(
        49,
        "governed-2",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": false, "outcome_changed": false, "attended": "Programme director, quality leads", "note": "Visits: training did not change it. Ask for another action.", "about": [facts.id("trained")] }),
    ),
    of_all(
        19,
        "governed-3",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": true, "outcome_changed": false, "attended": "Programme director, quality leads", "note": "Nights: one restriction lifted with evidence, one stays.", "about": [facts.id("nights"), facts.id("changed")] }),
    ),
    on(
        -40,
        15,
        Quality,
        "improvement.staged",
        "nights-aim",
        |_| json!({ "stage": "study", "note": "Nine in ten evening checks were met in the sixth week." }),
    ),
    on(
        -45,
        15,
        Quality,
        "improvement.closed",
        "nights-aim",
        |_| json!({ "outcome": "adapted", "note": "The aid stays; one evening check a week is enough." }),
    ),
];
