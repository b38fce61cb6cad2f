//! What stands between a step and being written: the rules that a person meets as a sentence.
//!
//! Invariant: what is refused here could not count in the fold either, so a device of another make
//! that writes it all the same changes nothing that is proven. (An action that was closed without anybody
//! having said that it was carried out stands as closed: older versions wrote that, and no page says more.)

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    About, CycleOutcome, Evidence, Focus, FollowUp, ImprovementOutcome, MOST_SHIFTS, SessionKind, State,
    Step, Work,
};

/// Why a step is not written. The app has a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanting {
    /// Words that must be said are not.
    Words { field: String },
    /// The evidence that was asked for is not there.
    Evidence { wanting: Evidence },
    /// So many cycles and restrictions that the action opened hold it open.
    StillOpen { n: u32 },
    /// Nobody said that the action was carried out.
    NotCarriedOut,
    /// The action was carried out: it is closed, not ended as something that was never done.
    CarriedOut,
    /// An observation of somebody whom the action neither retrained nor restricted.
    OfOthers,
    /// It has ended already.
    Ended,
    /// It cannot go on with this.
    NotThis,
    /// A high-risk action asks for at least one live re-validation.
    HighRisk,
    /// Dates that do not follow each other.
    Dates,
    /// The day that was chosen is over.
    PastDay,
    /// The standard says that coaching on it closes with real practice: at least one live validation.
    Live,
    /// It asks for real practice, and what the standard describes is never that: nobody could ever show it.
    NeverLive,
    /// An area was not scored, or a score is not 1 to 4.
    Score { area: String },
    /// Nothing is adopted or adapted that was not carried out and studied.
    NotStudied,
    /// The month that is reviewed is not over.
    Running,
}

fn words(text: &str, field: &str) -> Result<(), Wanting> {
    if text.trim().is_empty() { Err(Wanting::Words { field: field.to_owned() }) } else { Ok(()) }
}

/// Whether a step can be written about `known`, what it goes on with; none where it begins.
///
/// # Errors
/// The first thing that is wanting.
pub fn check(step: &Step, known: Option<&FollowUp>) -> Result<(), Wanting> {
    if let Some(known) = known {
        if step.of() != Some(known.id) || step.class() != Some(known.class) {
            return Err(Wanting::NotThis);
        }
        // An incident can be worked on after it was classified or resolved: times come in late.
        if !known.state.is_open() && !matches!(known.about, About::Report(_)) {
            return Err(Wanting::Ended);
        }
    } else if step.of().is_some() {
        return Err(Wanting::NotThis);
    }
    let proven = || match known.map(FollowUp::wanting) {
        Some(wanting) if !wanting.is_none() => Err(Wanting::Evidence { wanting }),
        _ => Ok(()),
    };
    match step {
        Step::CycleOpened(body) => {
            words(&body.weakness, "weakness")?;
            words(&body.expected, "expected")?;
            if body.shifts.len() > MOST_SHIFTS {
                return Err(Wanting::Dates);
            }
            if body.evidence.is_none() { Err(Wanting::Evidence { wanting: body.evidence }) } else { Ok(()) }
        }
        Step::CycleSession(body) if body.what == SessionKind::Reflection => {
            let reflection = body.reflection.clone().unwrap_or_default();
            reflection.parts().into_iter().try_for_each(|(part, said)| words(said, part))
        }
        // "There was no choice to make on that shift" is said without words.
        Step::CycleSession(body) if body.on.is_some() && body.agreed.is_none() => Ok(()),
        Step::CycleSession(body) => words(&body.text, "text"),
        Step::CycleExtended(body) => {
            words(&body.reason, "reason")?;
            let later = known.and_then(|known| known.due).is_none_or(|due| body.due > due);
            if later { Ok(()) } else { Err(Wanting::Dates) }
        }
        Step::CycleClosed(body) if body.outcome == CycleOutcome::Met => proven(),
        Step::CycleClosed(body) => words(&body.note, "note"),
        Step::RestrictionPlaced(body) => {
            words(&body.duties, "duties")?;
            words(&body.why, "why")?;
            if body.evidence.is_none() { Err(Wanting::Evidence { wanting: body.evidence }) } else { Ok(()) }
        }
        Step::RestrictionReviewed(body) => words(&body.note, "note"),
        Step::RestrictionLifted(_) => proven(),
        Step::IncidentReported(body) => words(&body.words, "words"),
        Step::Classified(body) | Step::SignalClassified(body) => words(&body.competency, "competency"),
        // Praise need not be of one practice.
        Step::SignalLogged(body) if body.good => words(&body.words, "words"),
        Step::SignalLogged(body) => {
            words(&body.competency, "competency")?;
            words(&body.words, "words")
        }
        Step::ActionOpened(body) => {
            words(&body.title, "title")?;
            words(&body.competency, "competency")?;
            if body.high_risk && body.evidence.live == 0 { Err(Wanting::HighRisk) } else { Ok(()) }
        }
        Step::ActionUpdated(body) if body.record.is_none() => words(&body.note, "note"),
        Step::ActionReassigned(body) => words(&body.reason, "reason"),
        Step::ActionReviewed(body) => words(&body.note, "note"),
        // What was not carried out proves nothing: nothing of it is asked.
        Step::ActionClosed(body) if body.not_carried_out => {
            words(&body.note, "note")?;
            if known.is_some_and(FollowUp::was_carried_out) { Err(Wanting::CarriedOut) } else { Ok(()) }
        }
        Step::ActionClosed(body) => {
            words(&body.note, "note")?;
            match known.map_or(0, |known| known.still_open) {
                0 => proven()?,
                n => return Err(Wanting::StillOpen { n }),
            }
            if known.is_none_or(FollowUp::was_carried_out) { Ok(()) } else { Err(Wanting::NotCarriedOut) }
        }
        Step::ImprovementOpened(body) => {
            words(&body.title, "title")?;
            words(&body.aim, "aim")?;
            words(&body.measure, "measure")?;
            let focus = body.focus.as_ref().is_none_or(Focus::is_sound);
            if body.baseline_from <= body.baseline_to && focus { Ok(()) } else { Err(Wanting::Dates) }
        }
        Step::ImprovementStaged(body) => words(&body.note, "note"),
        Step::ImprovementUpdated(body) => words(&body.note, "note"),
        Step::ImprovementClosed(body) => {
            words(&body.note, "note")?;
            let kept = body.outcome != ImprovementOutcome::Abandoned;
            if kept && known.is_some_and(|known| !known.was_studied()) {
                return Err(Wanting::NotStudied);
            }
            Ok(())
        }
        Step::AssessmentSubmitted(body) => {
            words(&body.programme, "programme")?;
            for area in super::AssessmentSubmitted::AREAS {
                if !body.scores.get(area).is_some_and(|score| (1..=4).contains(score)) {
                    return Err(Wanting::Score { area: area.to_owned() });
                }
            }
            Ok(())
        }
        Step::GovernanceReviewed(body) => {
            if body.first().is_none() {
                return Err(Wanting::Words { field: "month".to_owned() });
            }
            words(&body.attended, "attended")?;
            words(&body.note, "note")?;
            body.decisions.iter().try_for_each(|decision| {
                words(&decision.what, "decision")?;
                if decision.owner.is_some() {
                    Ok(())
                } else {
                    Err(Wanting::Words { field: "owner".to_owned() })
                }
            })
        }
        Step::IncidentLogged(body) if body.work == Work::AttemptWritten => words(&body.note, "note"),
        Step::CycleValidated(_) | Step::ActionUpdated(_) | Step::IncidentLogged(_) => Ok(()),
    }
}

/// Whether the day that a step chooses is still to come; `today` is the day where it is chosen. What stood
/// there before is no new choice.
///
/// # Errors
/// [`Wanting::PastDay`].
pub fn check_day(step: &Step, known: Option<&FollowUp>, today: NaiveDate) -> Result<(), Wanting> {
    let day = match step {
        Step::CycleOpened(body) => Some(body.due),
        Step::ActionOpened(body) => Some(body.due),
        Step::ActionReassigned(body) => {
            Some(body.due).filter(|due| known.is_none_or(|known| known.due != Some(*due)))
        }
        _ => None,
    };
    if day.is_some_and(|day| day < today) { Err(Wanting::PastDay) } else { Ok(()) }
}

impl FollowUp {
    /// Whether it still asks for validations: what an observation of its subject can count for.
    #[must_use]
    pub fn takes_validation(&self) -> bool {
        matches!(self.state, State::Open | State::Worked | State::Unproven) && !self.asked().is_none()
    }
}
