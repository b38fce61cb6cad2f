//! Words for what is followed up.

use chrono::{DateTime, FixedOffset};

use crate::app::i18n::{t, t_args};
use crate::app::today::join;
use crate::app::ui::{Ico, Tone};
use crate::app::when;
use crate::engine::api::FollowUpRow;
use crate::practice::follow::{
    self as follow, About, ActionKind, Category, Class, Entry, Evidence, FollowUp, Gap, Outcome, SessionKind,
    Source, Stage, State, Step, Wanting, Work,
};
use crate::record::time;

/// "Coaching cycle", "Near miss".
#[must_use]
pub fn what(follow: &FollowUp) -> String {
    match (follow.class, &follow.about) {
        (_, About::Report(report)) if report.near_miss => t("follow-near-miss"),
        (_, About::Report(report)) if report.good => t("follow-praise"),
        (Class::Incident, _) => t("follow-incident"),
        (Class::Signal, _) => t("follow-signal"),
        (Class::Cycle, _) => t("follow-cycle"),
        (Class::Restriction, _) => t("follow-restriction"),
        (Class::Action, _) => t("follow-action"),
        (Class::Improvement, _) => t("follow-improvement"),
        (Class::Assessment, _) => t("follow-assessment"),
        (Class::Governance, _) => t("follow-governance"),
    }
}

#[must_use]
pub fn class_icon(class: Class) -> Ico {
    match class {
        Class::Cycle => Ico::Again,
        Class::Restriction => Ico::Lock,
        Class::Incident | Class::Signal => Ico::Warn,
        Class::Action => Ico::Flag,
        Class::Improvement | Class::Assessment => Ico::Chart,
        Class::Governance => Ico::Eye,
    }
}

/// Where it stands, in every list, on its page and on Today: word, icon, tone. What is past its day says
/// that, and beside it what else there is to know.
#[must_use]
pub fn state(row: &FollowUpRow) -> (String, Ico, Tone) {
    let (words, icon, tone) = state_alone(&row.follow);
    if !row.is_late(when::now()) {
        return (words, icon, tone);
    }
    let late = match (row.next, row.follow.due) {
        (Some(next), _) => when::left(next.by).0,
        (None, Some(due)) => t_args("owed-late", &[("day", when::day_in(due).into())]),
        (None, None) => t("task-late"),
    };
    let words = if row.follow.state == State::Open { late } else { join([words, late]) };
    (words, Ico::Warn, Tone::Missed)
}

/// The same without the clock, for paper that is read at another time.
#[must_use]
pub fn state_alone(follow: &FollowUp) -> (String, Ico, Tone) {
    match (follow.state, &follow.about) {
        (_, About::Report(report)) if report.good => (t("follow-praise"), Ico::Ok, Tone::Proven),
        (State::Open, About::Report(_)) => (t("follow-to-classify"), Ico::Clock, Tone::Waiting),
        (State::Worked, About::Report(_)) => (t("follow-classified"), Ico::Pen, Tone::Brand),
        // Nothing else is carried out and still open.
        (State::Worked, About::Action(_)) => (t("follow-carried-out"), Ico::Pen, Tone::Brand),
        (State::Open | State::Worked, _) => (
            t_args("follow-state-open", &[("gender", gender(follow.class).into())]),
            Ico::Clock,
            Tone::Waiting,
        ),
        // Whoever closed it did not know, or it came up since: nobody may read "closed" without that.
        (State::Unproven, About::Action(_)) if follow.revalidation.not_met > 0 => (
            t_args(
                "follow-closed-not-met",
                &[("n", follow.revalidation.not_met.into()), ("of", follow.revalidation.of.into())],
            ),
            Ico::Warn,
            Tone::Missed,
        ),
        (State::Unproven, _) => {
            (t_args("follow-unproven", &[("gender", gender(follow.class).into())]), Ico::Warn, Tone::Missed)
        }
        (State::Closed, About::Restriction(_)) => (t("follow-lifted"), Ico::Ok, Tone::Proven),
        (State::Closed, _) => {
            (t_args("follow-closed", &[("gender", gender(follow.class).into())]), Ico::Ok, Tone::Proven)
        }
        (State::Stopped, About::Action(_)) => (t("follow-not-carried-out"), Ico::No, Tone::Plain),
        (State::Stopped, _) => {
            (t_args("follow-stopped", &[("gender", gender(follow.class).into())]), Ico::No, Tone::Plain)
        }
    }
}

/// Of the Spanish word for it, which the words about it follow.
fn gender(class: Class) -> &'static str {
    match class {
        Class::Cycle | Class::Incident => "m",
        Class::Signal
        | Class::Restriction
        | Class::Action
        | Class::Improvement
        | Class::Assessment
        | Class::Governance => "f",
    }
}

/// "1 more check, 1 of it live": what is still missing, each part in words.
#[must_use]
pub fn wanting(wanting: Evidence) -> Vec<String> {
    let parts = [
        (
            wanting.validations.max(wanting.live),
            t_args("want-validations", &[("n", wanting.validations.max(wanting.live).into())]),
        ),
        (wanting.live, t_args("want-live", &[("n", wanting.live.into())])),
        (wanting.notes, t_args("want-notes", &[("n", wanting.notes.into())])),
        (wanting.confirmations, t_args("want-confirmations", &[("n", wanting.confirmations.into())])),
        (wanting.shifts, t_args("want-shifts", &[("n", wanting.shifts.into())])),
        (wanting.reflections, t_args("want-reflections", &[("n", wanting.reflections.into())])),
    ];
    parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect()
}

/// Its title in a list: the words of whoever began it, or the month that was reviewed.
#[must_use]
pub fn title(follow: &FollowUp) -> String {
    match &follow.about {
        About::Governance(body) => super::reviewed::month(body),
        _ => follow.title().to_owned(),
    }
}

/// Why a step was not written.
#[must_use]
pub fn refused(why: &Wanting) -> String {
    match why {
        Wanting::Words { .. } => t("act-words-missing"),
        Wanting::Score { .. } => t("assess-score-missing"),
        Wanting::Evidence { wanting: missing } => {
            t_args("want-before", &[("what", wanting(*missing).join(", ").into())])
        }
        Wanting::StillOpen { n } => t_args("want-still-open", &[("n", (*n).into())]),
        Wanting::NotCarriedOut => t("want-carried-out"),
        Wanting::CarriedOut => t("want-was-carried-out"),
        Wanting::OfOthers => t("want-of-others"),
        Wanting::Ended | Wanting::NotThis => t("follow-ended-already"),
        Wanting::HighRisk => t("follow-high-risk"),
        Wanting::Live => t("loop-live-hint"),
        Wanting::NeverLive => t("follow-never-live"),
        Wanting::Dates => t("follow-dates"),
        Wanting::PastDay => t("loop-due-past"),
        Wanting::NotStudied => t("improve-not-studied"),
        Wanting::Running => t("month-running-hint"),
    }
}

#[must_use]
pub fn gap(gap: Gap) -> String {
    match gap {
        Gap::Knowledge => t("gap-knowledge"),
        Gap::Workflow => t("gap-workflow"),
        Gap::Accountability => t("gap-accountability"),
        Gap::Unknown => t("follow-to-classify"),
    }
}

/// The kinds of gap that a person can choose.
pub const GAPS: [Gap; 3] = [Gap::Knowledge, Gap::Workflow, Gap::Accountability];

/// The letters of the NCC MERP index for medication errors.
pub const HARMS: [&str; 9] = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];

#[must_use]
pub fn harm(letter: &str) -> String {
    match letter {
        "A" => t("harm-a"),
        "B" => t("harm-b"),
        "C" => t("harm-c"),
        "D" => t("harm-d"),
        "E" => t("harm-e"),
        "F" => t("harm-f"),
        "G" => t("harm-g"),
        "H" => t("harm-h"),
        "I" => t("harm-i"),
        other => other.to_owned(),
    }
}

#[must_use]
pub fn category(category: Category) -> String {
    match category {
        Category::AbuseVerbal => t("category-abuse-verbal"),
        Category::AbusePhysical => t("category-abuse-physical"),
        Category::AbuseSexual => t("category-abuse-sexual"),
        Category::AbusePsychological => t("category-abuse-psychological"),
        Category::AbuseEmotional => t("category-abuse-emotional"),
        Category::Neglect => t("category-neglect"),
        Category::Exploitation => t("category-exploitation"),
        Category::Restraint => t("category-restraint"),
        Category::Medication => t("category-medication"),
        Category::Death => t("category-death"),
        Category::Fall => t("category-fall"),
        Category::Escalation => t("category-escalation"),
        Category::Handoff => t("category-handoff"),
        Category::MissedVisit => t("category-missed-visit"),
        Category::Documentation => t("category-documentation"),
        Category::Equipment => t("category-equipment"),
        Category::Other | Category::Unknown => t("category-other"),
    }
}

#[must_use]
pub fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::PoisonControl => t("outcome-poison-control"),
        Outcome::EmergencyDepartment => t("outcome-emergency"),
        Outcome::UrgentCare => t("outcome-urgent-care"),
        Outcome::Hospital => t("outcome-hospital"),
        Outcome::Death => t("outcome-death"),
        Outcome::Injury => t("outcome-injury"),
        Outcome::Unknown => t("outcome-unknown"),
    }
}

#[must_use]
pub fn source(source: Source) -> String {
    match source {
        Source::DocumentationAudit => t("source-audit"),
        Source::IncidentTheme => t("source-theme"),
        Source::PartnerFeedback => t("source-partner"),
        Source::Complaint => t("source-complaint"),
        Source::OnCall => t("source-on-call"),
        Source::Unknown => t("category-other"),
    }
}

#[must_use]
pub fn action(kind: ActionKind) -> String {
    match kind {
        ActionKind::Retraining => t("action-retraining"),
        ActionKind::WorkflowChange => t("action-workflow"),
        ActionKind::Supervision => t("action-supervision"),
        ActionKind::Staffing => t("action-staffing"),
        ActionKind::Equipment => t("action-equipment"),
        ActionKind::Unknown => t("category-other"),
    }
}

/// "Entered 3 days later".
#[must_use]
pub fn entered_words(done: DateTime<FixedOffset>, entered: DateTime<FixedOffset>) -> String {
    let minutes = time::between(&done, &entered).num_minutes();
    t_args("work-entered-later", &[("span", when::span(minutes.unsigned_abs()).into())])
}

/// The same of a step that was entered later than it was done; none of any other.
#[must_use]
pub fn later(entry: &Entry) -> Option<String> {
    let Step::IncidentLogged(body) = &entry.step else { return None };
    let done = body.done_at.filter(|done| follow::entered_later(*done, entry.at))?;
    Some(entered_words(done, entry.at))
}

/// The button that logs a piece of work.
#[must_use]
pub fn log(work: Work) -> String {
    match work {
        Work::Notified => t("log-notified"),
        Work::InvestigationBegun => t("log-investigation"),
        Work::Resolved => t("log-resolved"),
        Work::Tracked => t("log-tracked"),
        Work::Trended => t("log-trended"),
        Work::SupervisorTold => t("log-told"),
        Work::PersonContacted => t("log-contacted"),
        Work::AttemptWritten => t("log-attempt"),
        Work::CoverInPlace => t("log-cover"),
        Work::VisitMissed => t("log-missed"),
        Work::Unknown => t("follow-write"),
    }
}

/// A piece of work on a report.
#[must_use]
pub fn work(work: Work) -> String {
    match work {
        Work::Notified => t("work-notified"),
        Work::InvestigationBegun => t("work-investigation"),
        Work::Resolved => t("work-resolved"),
        Work::Trended => t("work-trended"),
        Work::SupervisorTold => t("visit-told"),
        Work::PersonContacted => t("visit-contacted"),
        Work::AttemptWritten => t("visit-attempt"),
        Work::CoverInPlace => t("visit-cover"),
        Work::VisitMissed => t("visit-missed"),
        Work::Tracked | Work::Unknown => t("work-tracked"),
    }
}

/// A part of a reflection, by its name on the wire.
#[must_use]
pub fn reflection(part: &str) -> String {
    match part {
        "goal" => t("reflect-goal"),
        "least_restrictive" => t("reflect-least"),
        "preferences" => t("reflect-preferences"),
        _ => t("reflect-agreed"),
    }
}

/// A stage of a PDSA cycle.
#[must_use]
pub fn stage(stage: Stage) -> String {
    match stage {
        Stage::Plan => t("stage-plan"),
        Stage::Do => t("stage-do"),
        Stage::Study => t("stage-study"),
        Stage::Act => t("stage-act"),
        Stage::Microlearning | Stage::Unknown => t("session-learning"),
    }
}

/// What an entry of the history was, and the words that came with it.
#[must_use]
pub fn step(step: &Step) -> (String, String) {
    let plain = |title: String, note: &str| (title, note.to_owned());
    match step {
        Step::CycleOpened(body) => plain(t("step-opened"), &body.weakness),
        Step::CycleSession(body) => {
            let title = match body.what {
                SessionKind::Confirmation if body.agreed == Some(false) => t("session-not-confirmed"),
                SessionKind::Confirmation if body.on.is_some() && body.agreed.is_none() => {
                    t("loop-no-choice")
                }
                SessionKind::Confirmation => t("session-confirmed"),
                SessionKind::Microlearning => t("session-learning"),
                SessionKind::Reflection => t("session-reflection"),
                SessionKind::Coaching | SessionKind::Other => t("session-coaching"),
            };
            match &body.reflection {
                Some(said) => plain(title, &said.agreed),
                None => plain(title, &body.text),
            }
        }
        Step::CycleValidated(_) => plain(t("step-evidence"), ""),
        Step::CycleExtended(body) => plain(t("step-extended"), &body.reason),
        Step::CycleClosed(body) => plain(t("step-closed"), &body.note),
        Step::RestrictionPlaced(body) => plain(t("step-opened"), &body.why),
        Step::RestrictionReviewed(body) if body.record.is_some() => plain(t("step-evidence"), &body.note),
        Step::RestrictionReviewed(body) => plain(t("step-reviewed"), &body.note),
        Step::RestrictionLifted(body) => plain(t("follow-lifted"), &body.note),
        Step::IncidentReported(body) => plain(t("step-reported"), &body.words),
        Step::SignalLogged(body) => plain(t("step-reported"), &body.words),
        Step::Classified(body) | Step::SignalClassified(body) => {
            plain(t_args("step-classified", &[("gap", gap(body.gap).into())]), &body.note)
        }
        Step::IncidentLogged(body) => {
            let done = body.done_at.map(|at| t_args("work-done", &[("when", when::day_time_in(at).into())]));
            (work(body.work), join([done.unwrap_or_default(), body.note.clone()]))
        }
        Step::ActionOpened(body) => plain(t("step-opened"), &body.title),
        Step::ActionUpdated(body) if body.record.is_some() => plain(t("step-evidence"), &body.note),
        Step::ActionUpdated(body) if body.done => plain(t("follow-carried-out"), &body.note),
        Step::ActionUpdated(body) => plain(t("step-updated"), &body.note),
        Step::ActionReassigned(body) => plain(t("step-reassigned"), &body.reason),
        Step::ActionReviewed(body) => plain(t("step-reviewed"), &body.note),
        Step::ActionClosed(body) if body.not_carried_out => plain(t("follow-not-carried-out"), &body.note),
        Step::ActionClosed(body) => plain(t("step-closed"), &body.note),
        Step::ImprovementOpened(body) => plain(t("step-opened"), &body.aim),
        Step::ImprovementStaged(body) => plain(stage(body.stage), &body.note),
        Step::ImprovementUpdated(body) if body.minutes.is_some() => plain(t("session-learning"), &body.note),
        Step::ImprovementUpdated(body) => plain(t("step-updated"), &body.note),
        Step::ImprovementClosed(body) => plain(t("step-closed"), &body.note),
        Step::AssessmentSubmitted(body) => plain(t("step-reported"), &body.programme),
        Step::GovernanceReviewed(body) => plain(t("step-reviewed"), &body.note),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, TimeDelta};
    use dioxus::prelude::*;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::app::i18n::{Lang, show_in, t};
    use crate::engine::api::NextDuty;
    use crate::practice::follow::Duty;

    const STATES: [&str; 5] = ["open", "worked", "closed", "stopped", "unproven"];

    fn report(near_miss: bool, source: Option<&str>, good: bool) -> Value {
        json!({"report": {"near_miss": near_miss, "reportable": false, "source": source, "good": good,
            "category": "medication", "competency": "", "gap": null, "happened_at": "2026-05-04T08:00:00-05:00",
            "words": "", "person_code": "", "work": {}, "tips": []}})
    }

    /// Every kind of thing: its class, what is particular to it, whether its Spanish word is feminine.
    fn kinds() -> Vec<(&'static str, Value, bool)> {
        let (nil, day) = (Uuid::nil(), "2026-05-11");
        let action = json!({"action": {"title": "", "kind": "retraining", "gap": "knowledge", "competency": "",
            "owner": nil, "due": day}});
        let improvement = json!({"improvement": {"title": "", "aim": "", "measure": "", "baseline_from": day,
            "baseline_to": day}});
        let governance = json!({"governance": {"month": "2026-05", "role_specific": true,
            "validated_in_practice": true, "outcome_changed": true, "note": ""}});
        vec![
            ("cycle", json!({"cycle": {"standard": nil, "weakness": "", "due": day}}), false),
            ("restriction", json!({"restriction": {"duties": "", "why": ""}}), true),
            ("incident", report(false, None, false), false),
            ("incident", report(true, None, false), false),
            ("signal", report(false, Some("complaint"), false), true),
            ("signal", report(false, Some("complaint"), true), false),
            ("action", action, true),
            ("improvement", improvement, true),
            ("assessment", json!({"assessment": {"programme": "", "scores": {}}}), true),
            ("governance", governance, true),
        ]
    }

    fn follow(class: &str, state: &str, about: &Value) -> FollowUp {
        let (nil, at) = (Uuid::nil(), "2026-05-04T08:00:00-05:00");
        serde_json::from_value(json!({
            "id": nil, "class": class, "site": null, "subject": null, "author": nil, "at": at, "state": state,
            "owner": nil, "due": null, "ended_at": null, "proof": {}, "history": [], "about": about,
        }))
        .unwrap_or_else(|error| panic!("{class}: {error}"))
    }

    fn in_spanish(test: impl FnOnce()) {
        let mut dom = VirtualDom::new(|| rsx! {});
        dom.rebuild_in_place();
        dom.in_runtime(|| {
            show_in(Lang::Es);
            test();
        });
    }

    /// Whether a participle agrees with what it is about: none begins in the other gender.
    fn agrees(words: &str, feminine: bool) -> bool {
        let first = words.split(' ').next().unwrap_or_default();
        let stem = |end: &str| {
            ["ad", "id", "iert", "uelt", "ech", "rit"]
                .iter()
                .any(|stem| first.ends_with(&format!("{stem}{end}")))
        };
        !stem(if feminine { "o" } else { "a" })
    }

    #[test]
    fn every_state_agrees_in_spanish_with_every_kind() {
        in_spanish(|| {
            for (class, about, feminine) in kinds() {
                for state in STATES {
                    let follow = follow(class, state, &about);
                    let words = state_alone(&follow).0;
                    // The cause of a report was recorded; its visit, or an action, was carried out.
                    let of_its_own = ["Causa", "Falta"].iter().any(|noun| words.starts_with(noun));
                    assert!(of_its_own || agrees(&words, feminine), "{} · {words}", what(&follow));
                }
            }
            assert!(!agrees("Abierto", true) && !agrees("Cerrada", false) && agrees("Apertura", false));
        });
    }

    #[test]
    fn what_packs_call_a_step_agrees_in_spanish_with_every_kind_that_has_it() {
        in_spanish(|| {
            let both = [
                "step-opened",
                "step-closed",
                "step-extended",
                "step-reviewed",
                "step-reported",
                "step-updated",
            ];
            for key in both {
                let words = t(key);
                assert!(agrees(&words, true) && agrees(&words, false), "{key}: {words}");
            }
            // Only an action is reassigned or carried out, only a restriction is lifted.
            for key in ["step-reassigned", "follow-carried-out", "follow-not-carried-out", "follow-lifted"] {
                assert!(agrees(&t(key), true), "{key}");
            }
        });
    }

    #[test]
    fn what_is_past_its_day_says_so_wherever_its_state_stands() {
        in_spanish(|| {
            show_in(Lang::En);
            let row = |state: &str, about: &Value, class: &str| FollowUpRow {
                follow: follow(class, state, about),
                site_name: String::new(),
                subject_name: String::new(),
                owner_name: String::new(),
                owner_left: false,
                next: None,
            };
            let yesterday = when::now().date_naive().checked_sub_days(Days::new(1));
            let restriction = json!({"restriction": {"duties": "", "why": ""}});
            let mut late = row("open", &restriction, "restriction");
            assert_eq!(state(&late).0, "Open");
            late.follow.due = yesterday;
            assert_eq!(state(&late), ("Overdue: due yesterday".into(), Ico::Warn, Tone::Missed));
            late.follow.state = State::Closed;
            assert_eq!(state(&late).0, "Lifted");
            show_in(Lang::Es);
            late.follow.state = State::Open;
            assert_eq!(state(&late).0, "Con retraso: vencía ayer");
            show_in(Lang::En);

            let mut incident = row("worked", &report(false, None, false), "incident");
            assert_eq!(state(&incident).0, "Cause recorded");
            incident.next = Some(NextDuty {
                duty: Duty::Resolve,
                by: when::now() - TimeDelta::hours(3) - TimeDelta::minutes(1),
            });
            assert_eq!(state(&incident).0, "Cause recorded · 3 h overdue");
        });
    }
}
