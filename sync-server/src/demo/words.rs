//! What the demo's people write: plain, invented, and about nobody.
//!
//! Invariant: a person supported appears only as a code (`P-04`), put in place of `{p}`.

pub const RISKS: &[&str] = &[
    "{p} unsteady after the shower. Walk beside, frame within reach.",
    "{p} ate very little today. Offer the shake at six and again at eight.",
    "Front step is icy. {p} uses the side door until it is gritted.",
    "{p} coughing since noon, no fever. Sit upright for meals, small bites.",
    "{p} slept two hours last night. Short temper by late afternoon.",
    "Bath lift is out of order. {p} washes at the basin until Thursday.",
    "{p} has a red patch on the left heel. Turn every three hours, check at ten.",
    "{p} upset after the phone call from family. Stay close until bedtime.",
    "New person next door plays loud music. {p} may want to leave the house.",
    "{p} says the knee hurts on stairs. One staff in front, one behind.",
];

pub const TRIGGERS: &[&str] = &[
    "Noise in the hallway. {p} does better with the door half closed.",
    "Waiting without a time. Say the hour, then keep it.",
    "{p} does not want to be touched on the shoulder this week.",
    "Change of the evening meal. Show {p} the board before four.",
    "Talk about moving house. Leave the subject to {p}.",
    "The smell of cleaning spray. Air the room first.",
    "Two people speaking at once. One person talks with {p}.",
];

pub const MEDICATION: &[&str] = &[
    "{p} new evening dose since yesterday, sheet is in the folder.",
    "{p} stopped the cough syrup on the doctor's word.",
    "{p} takes the morning tablets after food now, not before.",
    "Pharmacy brings the missing strip for {p} before five.",
    "{p} half the water tablet until the blood test on Friday.",
    "{p} eye drops moved to nine in the evening.",
];

pub const PLAN: &[&str] = &[
    "New contact for nights is on page two.",
    "{p} asked for a walk before anything else is tried.",
    "Second step changed: call the on-call nurse, then the family.",
    "Warning signs were added after Tuesday.",
];

pub const SEEN: &[&str] = &[
    "{p} was quieter than usual and left half of the lunch.",
    "{p} was confused about the day and very thirsty.",
    "{p} was short of breath after three steps and held the rail.",
    "{p} had a flushed face and did not want to get up.",
    "{p} kept asking the same question and paced the hall.",
    "{p} winced when sitting down and would not say where it hurts.",
    "Skin was clammy, speech slower than in the morning.",
    "Usually {p} jokes at breakfast; today no eye contact at all.",
];

pub const DID: &[&str] = &[
    "I sat down with {p}, checked temperature and pulse and wrote both down with the time.",
    "I stopped the activity, opened a window and stayed in the room.",
    "I looked at the plan on the wall and followed the first two steps.",
    "I offered water, took the readings and compared them with yesterday.",
    "I asked a colleague to stay and went to the phone with the record in my hand.",
    "I did not give the next dose and kept the strip aside until somebody called back.",
];

pub const TOLD: &[&str] = &[
    "I called the on-call nurse at ten past four and read the numbers out.",
    "I told the shift lead at once and asked for a decision by five.",
    "I rang the nurse line, said what changed and since when, and repeated the answer.",
    "I let the next shift know in person and wrote it as the first risk.",
    "Nobody picked up the first time. I rang again after five minutes and then the backup number.",
];

pub const MORE: &[&str] = &[
    "I would call earlier next time.",
    "The hardest part was to say it short.",
    "I checked again after thirty minutes; it was a little better.",
    "{p} agreed to the call.",
    "I wrote it down before I went home.",
];

pub const SAID_MEDICATION: &[&str] = &[
    "We read the label together against the sheet. Say name and dose aloud before the cup leaves the tray.",
    "Sign while you still stand beside the person. I showed where the pen is kept now.",
    "We went through what happens after a refusal: wait, offer again, write it, call.",
    "Practised the words for the nurse once each way. Keep the card in the front pocket.",
    "We counted the strip together. If it does not add up, call before the next round.",
    "One thing at a time: no phone on the medication round. Agreed to try it this week.",
];

pub const SAID: &[&str] = &[
    "We did it once together, then you did it alone. Next time begin with what changed.",
    "Talked about why it matters for the next shift. You will write the time beside it from now on.",
    "I said what went well first, then the one thing to change. You found the reason yourself.",
    "Looked at the page together and marked the line. Try it on your next two shifts.",
    "You knew it when I asked slowly. Take the ten seconds before you start.",
    "We role-played the call. Say who, what changed, since when, and what you need.",
    "Agreed that you ask for the read-back even when it is busy.",
    "Showed where the plan is kept and how to see the date on it.",
];

pub const FEEDBACK_MEETS: &[&str] = &[
    "Clear and in order. I could have made the call from your note alone.",
    "You named the change and the time. Good that you stayed in the room.",
    "Exactly the right person at the right moment. Keep the numbers in the first line.",
    "Good note. The follow-up after half an hour is what many forget.",
    "You compared with how they usually are. That is what the nurse needs.",
    "Short, and nothing is missing. Thank you.",
];

pub const FEEDBACK_REWORK: &[&str] = &[
    "Please add when it began and what is usual for this person.",
    "Who did you call, and what did they say? Add both with the time.",
    "The order is not clear to me. Write what you saw first, then what you did.",
    "You waited an hour before the call. Look at the second step again and say what you would do now.",
    "The numbers are missing. Add them and the time you took them.",
];

pub const REWORKED: &[&str] = &[
    "It began shortly after two; at breakfast all was as usual.",
    "The nurse said to check every fifteen minutes and to ring back at five.",
    "Pulse 96, temperature 38.1 at ten to four.",
    "I would ring at once now, as the second step says.",
];

pub const TASKS: &[&str] = &[
    "Ring the pharmacy about the missing strip",
    "Book the follow-up with the clinic",
    "Ask the landlord about the hallway light",
    "Check the heel at ten and write it down",
    "Bring the new plan to the folder",
    "Call the family back about Sunday",
    "Refill the first-aid box",
    "Weigh before breakfast and note it",
    "Confirm tomorrow's first visit",
    "Print the changed medication sheet",
    "Ask the nurse about the evening dose",
    "Replace the battery of the door sensor",
];

pub const TASK_DONE: &[&str] = &[
    "",
    "Done, is in the folder.",
    "They call back before noon.",
    "",
    "Appointment is on Wednesday at nine.",
    "Told the late shift as well.",
];

pub const TASK_CANCELLED: &[&str] =
    &["Already done by the nurse.", "No longer needed, the order was changed.", "Was written twice."];

pub const READ: &[&str] = &[
    "",
    "",
    "Read it, thank you.",
    "Will do it that way.",
    "Read back with the outgoing shift.",
    "I see it. I will ask before the next round.",
    "Fair. Can we look at it together on Friday?",
];

pub const NOTES: &[&str] = &[
    "Busy morning, two people off sick. Still calm on the floor.",
    "Good eye contact, unhurried.",
    "Asked me twice to check, which is right.",
    "Third shift in a row.",
    "The new folder helps; everything was in one place.",
];

pub const AMENDED: &[&str] = &[
    "I had picked the wrong answer on the second item.",
    "The time on it was an hour off.",
    "Left out what the nurse said when she rang back.",
    "Wrong code for the person; put right.",
];

pub const RETURNED: &[&str] = &[
    "Which round was this? The note does not say.",
    "You marked one item as not met without saying what you told them. Can you add it?",
    "Was the person supported in the room? Please look at the consent answer again.",
    "This looks very quick. Did you see all items yourself?",
];

pub const WITHDRAWN: &str = "Recorded about the wrong person; I wrote it again for the right one.";

pub const NEXT_VISIT: &[&str] = &[
    "{p}, tomorrow at 7:30, I go again.",
    "{p}, tonight at 20:00, late shift, two people.",
    "{p}, Thursday at 9:15, covering worker is told.",
    "{p}, tomorrow at noon, ring the bell twice.",
];

pub const ACCESS: &[&str] = &[
    "{p} has a new door code, it is in the plan.",
    "Lift is out. Take the back stairs for {p}.",
    "{p} is at the neighbour's until ten. Ring there first.",
];

pub const BACKUP: &[&str] =
    &["The late worker of the next round, told at two.", "On-call lead, has the key."];

pub const WRITTEN: &[&str] = &[
    "Care 7:30 to 8:15, written 8:20.",
    "Evening visit 19:00 to 19:40, written at 19:45 in the car.",
    "Given at noon, written at the end of the shift.",
];

pub const SERVICE: &[&str] = &[
    "Morning support; goal: {p} washes without help by spring.",
    "Meal preparation; goal: {p} cooks one warm meal a day.",
    "Community outing; goal: {p} takes the bus with one prompt.",
];

pub const NOTE: &[&str] = &[
    "{p} chose the blue shirt and washed face and arms alone, one prompt for the back. Ate toast and drank two cups of tea. No pain named. Next: try the socks without help.",
    "{p} cut the vegetables, I lit the stove. Two reminders about the lid. {p} said the soup was too salty and laughed. Ate a full bowl.",
    "We took the bus to the market. {p} paid alone and was tired on the way back. Sat down twice. Good mood all afternoon.",
    "{p} did not want to get up at first. I came back after ten minutes, as agreed, and {p} got up without help. Tablets taken at 8:05.",
];

pub const WHY: &[&str] = &[
    "It is new, it is getting worse, and the aid says to ask a clinician the same day.",
    "Two signs together. Within the hour, because the readings changed twice.",
    "Breathing is affected, so there is no time to wait.",
    "Not an emergency yet, but I cannot judge it alone. I want an answer before the shift ends.",
];

pub const UNSURE: &[&str] =
    &["Whether to write what the neighbour said.", "How to write that {p} was angry.", "Nothing this time."];

/// The pool that fits an item, by its id; sentences that fit anywhere where none is known.
#[must_use]
pub fn for_item(id: &str) -> &'static [&'static str] {
    match id {
        "risks" => RISKS,
        "triggers" => TRIGGERS,
        "medication" => MEDICATION,
        "safety-plan" => PLAN,
        "next-visit" => NEXT_VISIT,
        "access" => ACCESS,
        "backup" => BACKUP,
        "when" => WRITTEN,
        "service" => SERVICE,
        "note" => NOTE,
        "why" => WHY,
        "unsure" => UNSURE,
        "seen" => SEEN,
        "call" => TOLD,
        "meanwhile" | "level" | "chosen" => DID,
        _ => MORE,
    }
}
