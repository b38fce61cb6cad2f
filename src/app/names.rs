//! Words for the domain's own kinds: classes, roles, shifts, states, marks. With an icon where the
//! screen needs one, so that nothing is told by colour alone.

use super::i18n::{lang, t, t_args};
use super::ui::{Ico, Tone};
use crate::engine::api::{RecordRow, Sent};
use crate::practice::draft::{Consent, Mark, Shift};
use crate::practice::follow::Category;
use crate::practice::record::{Outcome, State, Unjudged, Verdict};
use crate::practice::rights::Role;
use crate::practice::setting::Setting;
use crate::practice::standard::Class;
use crate::practice::task::TaskState;
use crate::practice::text::Text;

/// An organisation's own text in the language on screen.
#[must_use]
pub fn text(text: &Text) -> String {
    text.get(lang().tag()).to_owned()
}

/// "Two-minute check".
#[must_use]
pub fn class(class: Class) -> String {
    match class {
        Class::Check => t("class-check"),
        Class::Shadow => t("class-shadow"),
        Class::Audit => t("class-audit"),
        Class::Handoff => t("class-handoff"),
        Class::Scenario => t("class-scenario"),
        Class::Note => t("class-note"),
    }
}

#[must_use]
pub fn class_icon(class: Class) -> Ico {
    match class {
        Class::Check => Ico::Pill,
        Class::Shadow => Ico::Look,
        Class::Audit => Ico::List,
        Class::Handoff => Ico::Swap,
        Class::Scenario => Ico::Pen,
        Class::Note => Ico::Book,
    }
}

#[must_use]
pub fn role(role: Role) -> String {
    match role {
        Role::Staff => t("role-staff"),
        Role::Supervisor => t("role-supervisor"),
        Role::Quality => t("role-quality"),
        Role::Admin => t("role-admin"),
    }
}

/// Where an observation was made.
#[must_use]
pub fn setting(setting: Setting) -> String {
    match setting {
        Setting::Live => t("setting-live"),
        Setting::Simulated => t("setting-simulated"),
        Setting::Either => t("setting-either"),
        Setting::Desk => t("setting-desk"),
        Setting::Unknown => t("setting-unknown"),
    }
}

#[must_use]
pub fn shift(shift: Shift) -> String {
    match shift {
        Shift::Early => t("shift-early"),
        Shift::Late => t("shift-late"),
        Shift::Night => t("shift-night"),
    }
}

#[must_use]
pub fn mark(mark: Mark) -> String {
    match mark {
        Mark::Met => t("mark-met"),
        Mark::NotMet => t("mark-not-met"),
        Mark::NotSeen => t("mark-not-seen"),
        Mark::NotApplicable => t("mark-not-applicable"),
        Mark::Unknown => t("mark-unknown"),
    }
}

#[must_use]
pub fn consent(consent: Consent) -> String {
    match consent {
        Consent::Given => t("consent-given"),
        Consent::Declined => t("consent-declined"),
        Consent::NotPresent => t("consent-not-present"),
    }
}

#[must_use]
pub fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::Meets => t("outcome-meets"),
        Outcome::Rework => t("outcome-rework"),
        Outcome::Unknown => t("outcome-unknown"),
    }
}

/// Where a record stands: word, icon, tone.
#[must_use]
pub fn state(state: State) -> (String, Ico, Tone) {
    match state {
        State::Submitted => (t("state-submitted"), Ico::Ok, Tone::Plain),
        State::AwaitingReview => (t("state-awaiting-review"), Ico::Clock, Tone::Waiting),
        State::Meets => (t("state-meets"), Ico::Ok, Tone::Proven),
        State::Rework => (t("state-rework"), Ico::Pen, Tone::Waiting),
        State::Returned => (t("state-returned"), Ico::Back, Tone::Missed),
        State::Acknowledged => (t("state-acknowledged"), Ico::Ok, Tone::Proven),
        State::Withdrawn => (t("state-withdrawn"), Ico::No, Tone::Plain),
        State::Conflict => (t("state-conflict"), Ico::Swap, Tone::Missed),
    }
}

#[must_use]
pub fn task_state(state: TaskState) -> (String, Ico, Tone) {
    match state {
        TaskState::Unowned => (t("task-unowned"), Ico::Warn, Tone::Waiting),
        TaskState::Assigned => (t("task-assigned"), Ico::User, Tone::Brand),
        TaskState::Done => (t("task-done"), Ico::Ok, Tone::Proven),
        TaskState::Cancelled => (t("task-cancelled"), Ico::No, Tone::Plain),
    }
}

/// How far an own event got: word, icon, tone.
#[must_use]
pub fn sent(sent: &Sent) -> (String, Ico, Tone) {
    match sent {
        Sent::Waiting => (t("sent-waiting"), Ico::Phone, Tone::Waiting),
        Sent::WithServer => (t("sent-with-server"), Ico::Ok, Tone::Proven),
        Sent::NeedsYou { .. } => (t("sent-needs-you"), Ico::Warn, Tone::Missed),
        Sent::DealtWith { .. } => (t("sent-dealt-with"), Ico::Info, Tone::Plain),
    }
}

/// "Met", "Not met", "Not judged (critical item unseen)", or where it stands.
#[must_use]
pub fn result(row: &RecordRow) -> String {
    match row.met() {
        Some(true) => t("mark-met"),
        Some(false) => t("mark-not-met"),
        None if row.is_not_judged() => not_judged(&row.verdict),
        None => state(row.state).0,
    }
}

/// "Not judged" with the reason in a word or two, for lists.
#[must_use]
pub fn not_judged(verdict: &Verdict) -> String {
    let why = match verdict.unjudged() {
        Some(Unjudged::Own) => t("unjudged-own"),
        Some(Unjudged::Declined) => t("unjudged-declined"),
        Some(Unjudged::CriticalUnseen) => t("unjudged-critical"),
        Some(Unjudged::Unknown(n)) => t_args("unjudged-unknown", &[("n", n.into())]),
        Some(Unjudged::TooLittle { unseen, of }) => {
            t_args("unjudged-too-little", &[("n", unseen.into()), ("of", of.into())])
        }
        None => return t("verdict-not-judged"),
    };
    t_args("unjudged", &[("why", why.into())])
}

/// A competency by its code: the starters' in words, an untagged report's by its category, an
/// organisation's own as it stands.
#[must_use]
pub fn competency(code: &str) -> String {
    match code {
        "handoff" => t("competency-handoff"),
        "medication" => t("competency-medication"),
        "escalation" => t("competency-escalation"),
        "documentation" => t("competency-documentation"),
        "welfare" => t("competency-welfare"),
        "visits" => t("competency-visits"),
        "rights" => t("competency-rights"),
        "communication" => t("competency-communication"),
        "distress" => t("competency-distress"),
        "confidence" => t("competency-confidence"),
        code => Category::ALL
            .into_iter()
            .find(|category| category.as_str() == code)
            .map_or_else(|| code.to_owned(), super::follow::category),
    }
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
