//! Small errors in notes, seen from three sides, and a report that waits to be classified.

use serde_json::json;

use super::Who::{Lead, Quality, Staff};
use super::{Act, begins, classified, near_miss, on};

pub static ACTS: &[Act] = &[
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
    begins(3, 17, Staff(2, 1), "open-report", "incident.reported", (2, None), |facts| {
        near_miss(
            facts,
            "documentation",
            "documentation",
            "A note was written into the wrong person's folder and found the same day.",
        )
    }),
    on(-1, 10, Lead(2), "incident.classified", "open-report", |_| {
        classified("accountability", "documentation", "Two folders were open at once.")
    }),
    on(66, 11, Quality, "signal.classified", "signal-1", |_| {
        classified("knowledge", "documentation", "Two people use the same sentence for every visit.")
    }),
    on(50, 11, Quality, "signal.classified", "signal-2", |_| {
        classified("knowledge", "documentation", "What changed is not in the note.")
    }),
    on(23, 11, Quality, "signal.classified", "signal-3", |_| {
        classified("workflow", "documentation", "A late visit has no place in the template.")
    }),
    on(-6, 11, Quality, "signal.classified", "signal-4", |_| {
        classified("workflow", "documentation", "Notes are written at the desk, not in the home.")
    }),
];
