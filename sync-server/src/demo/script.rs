//! Six stories that an organisation of this kind lives through, each told by the people in it: a
//! pattern that was caught, a cycle that held, one that slipped back, restrictions after a cluster of
//! late escalations, a workflow gap wrongly answered by training, and improvements with the looks of
//! governance at all of it.
//!
//! Invariant: days count back from now, oldest first, so that what is open at the end is open today.

use fieldproof::practice::standard::Class;
use serde_json::{Value, json};

use super::stories::Facts;

#[derive(Clone, Copy)]
pub enum Who {
    /// Who leads a site.
    Lead(usize),
    /// A site and a place in its team.
    Staff(usize, usize),
    Quality,
}

#[derive(Clone, Copy)]
pub enum What {
    /// Begins what the script calls `name` from here on.
    Begins {
        name: &'static str,
        kind: &'static str,
        site: Option<usize>,
        about: Option<(usize, usize)>,
        body: fn(&Facts) -> Value,
    },
    /// Goes on with it. Left out where a member of its body is not known.
    GoesOn { kind: &'static str, of: &'static str, body: fn(&Facts) -> Value },
    /// An observation: how well it goes is the chance that an item is met.
    Sees { name: &'static str, site: usize, place: usize, class: Class, competency: &'static str, met: f64 },
}

#[derive(Clone, Copy)]
pub struct Act {
    /// Days before now.
    pub ago: i64,
    pub hour: u32,
    pub who: Who,
    pub what: What,
}

const fn begins(
    ago: i64,
    hour: u32,
    who: Who,
    name: &'static str,
    kind: &'static str,
    (site, about): (usize, Option<(usize, usize)>),
    body: fn(&Facts) -> Value,
) -> Act {
    Act { ago, hour, who, what: What::Begins { name, kind, site: Some(site), about, body } }
}

/// Of the whole organisation.
const fn of_all(ago: i64, name: &'static str, kind: &'static str, body: fn(&Facts) -> Value) -> Act {
    Act { ago, hour: 14, who: Who::Quality, what: What::Begins { name, kind, site: None, about: None, body } }
}

const fn on(
    ago: i64,
    hour: u32,
    who: Who,
    kind: &'static str,
    of: &'static str,
    body: fn(&Facts) -> Value,
) -> Act {
    Act { ago, hour, who, what: What::GoesOn { kind, of, body } }
}

const fn sees(
    ago: i64,
    hour: u32,
    name: &'static str,
    (site, place): (usize, usize),
    class: Class,
    competency: &'static str,
    met: f64,
) -> Act {
    Act { ago, hour, who: Who::Lead(site), what: What::Sees { name, site, place, class, competency, met } }
}

fn near_miss(facts: &Facts, category: &str, competency: &str, words: &str) -> Value {
    json!({ "near_miss": true, "category": category, "competency": competency,
        "happened_at": facts.now - chrono::TimeDelta::minutes(40), "words": words, "person_code": "P-03" })
}

fn incident(facts: &Facts, category: &str, competency: &str, words: &str) -> Value {
    json!({ "category": category, "competency": competency,
        "happened_at": facts.now - chrono::TimeDelta::hours(3), "words": words, "person_code": "P-05" })
}

fn classified(gap: &str, competency: &str, note: &str) -> Value {
    json!({ "gap": gap, "competency": competency, "note": note })
}

fn proof(facts: &Facts, record: &str, mode: &str) -> Value {
    json!({ "record": facts.id(record), "mode": mode })
}

fn said(text: &str, minutes: u32) -> Value {
    json!({ "what": "coaching", "text": text, "minutes": minutes })
}

use Class::{Check, Shadow};
use Who::{Lead, Quality, Staff};

pub static SCRIPT: &[Act] = &[
    // The first self-assessment, and an improvement of the handoff that was adopted.
    of_all(160, "assessed", "assessment.submitted", |_| {
        json!({ "programme": "Supported living", "scores": { "outcomes_defined": 2, "indicators_used": 1,
            "quality_standards": 2, "quality_observed": 1, "data_collected": 2, "data_understood": 1 },
            "priorities": ["quality_observed", "indicators_used"] })
    }),
    begins(150, 15, Quality, "handoffs", "improvement.opened", (1, None), |facts| {
        json!({ "title": "Safety plans known at handoff",
            "aim": "Fewer than one handoff in ten at Birch Court says that nobody knows the safety plan",
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
    // A cycle that held: signing.
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
    on(
        118,
        15,
        Quality,
        "improvement.closed",
        "handoffs",
        |_| json!({ "outcome": "adopted", "note": "The short checklist stays at all three houses." }),
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
    sees(85, 10, "caught-2", (0, 3), Check, "medication", 1.0),
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
    // One that slipped back: well by day, not in the evening.
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
    // Does the one that held still hold? Day, evening and weekend.
    sees(114, 10, "held-day", (0, 1), Check, "medication", 1.0),
    sees(93, 19, "held-evening", (0, 1), Check, "medication", 1.0),
    sees(61, 20, "held-late", (0, 1), Check, "medication", 1.0),
    sees(33, 10, "held-again", (0, 1), Check, "medication", 1.0),
    // A workflow gap, wrongly answered by training: missed visits.
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
    // A cluster at night in the crisis residence, and who does not decide alone meanwhile.
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
        57,
        11,
        Lead(6),
        "incident.logged",
        "late-1",
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
    // Small errors from three sides.
    begins(
        70,
        15,
        Quality,
        "signal-1",
        "signal.logged",
        (2, None),
        |_| json!({ "source": "documentation_audit", "competency": "documentation", "words": "Two notes with the same text on two days" }),
    ),
    begins(
        54,
        15,
        Quality,
        "signal-2",
        "signal.logged",
        (2, None),
        |_| json!({ "source": "partner_feedback", "competency": "documentation", "words": "The clinic could not tell from the note what had changed" }),
    ),
    begins(
        26,
        15,
        Quality,
        "signal-3",
        "signal.logged",
        (2, None),
        |_| json!({ "source": "complaint", "competency": "documentation", "words": "Family: nobody had written that the visit was late" }),
    ),
    begins(
        12,
        15,
        Lead(2),
        "signal-4",
        "signal.logged",
        (2, None),
        |_| json!({ "source": "documentation_audit", "competency": "documentation", "words": "Notes written hours after the visit" }),
    ),
    // A near miss that waits to be classified, and the assessment taken again.
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
    begins(3, 17, Staff(2, 1), "open-report", "incident.reported", (2, None), |facts| {
        near_miss(
            facts,
            "documentation",
            "documentation",
            "A note was written into the wrong person's folder and found the same day.",
        )
    }),
    // Governance looks at it, month by month.
    of_all(
        79,
        "governed-1",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": true, "outcome_changed": true, "note": "Medication: live checks are there, no recurrence so far.", "about": [facts.id("caught")] }),
    ),
    of_all(
        49,
        "governed-2",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": false, "outcome_changed": false, "note": "Visits: training did not change it. Ask for another action.", "about": [facts.id("trained")] }),
    ),
    of_all(
        19,
        "governed-3",
        "governance.reviewed",
        |facts| json!({ "month": facts.month(), "role_specific": true, "validated_in_practice": true, "outcome_changed": false, "note": "Nights: one restriction lifted with evidence, one stays.", "about": [facts.id("nights"), facts.id("changed")] }),
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{SCRIPT, What};

    #[test]
    fn what_goes_on_has_begun_and_ids_are_given_once() {
        let mut begun: BTreeMap<&str, (i64, u32)> = BTreeMap::new();
        for act in SCRIPT {
            if let What::Begins { name, .. } | What::Sees { name, .. } = act.what {
                assert!(begun.insert(name, (-act.ago, act.hour)).is_none(), "{name} is there twice");
            }
        }
        for act in SCRIPT {
            if let What::GoesOn { of, .. } = act.what {
                let began = begun.get(of).copied().unwrap_or_else(|| panic!("{of} never begins"));
                assert!(began < (-act.ago, act.hour), "{of} goes on before it began");
            }
            // The last two days are told hour by hour elsewhere.
            assert!((3..=170).contains(&act.ago) && act.hour < 22);
        }
    }
}
