//! What can be measured (DOMAIN A1, A2, A4, C7): what each measure counts, in which unit, and from which
//! records. How facts become points: [`super::facts`].
//!
//! Invariant: what a measure takes here is what its figures open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::control::{Count, Counted};
use super::cusum::Law;
use super::facts::ReportFact;
use crate::practice::follow::Source;
use crate::practice::setting::Setting;
use crate::practice::standard::{Class, Form, Standard};

/// What a dashboard can show over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Of the observations that the organisation expects, those done in the window that ends with
    /// the period and that count as they stand, judged or not. Nobody is done twice: more than was due of one person makes up for no other.
    ObservationsDone,
    /// Observations in real practice that met their standard, of those judged.
    PassRate,
    /// The same of what was simulated.
    SimulatedMet,
    /// Audits, written cases and reviewed notes that met their standard, of those judged.
    PaperMet,
    /// Days from opening a coaching cycle to closing it with its evidence; the middle one.
    DaysToClose,
    /// Incidents and near misses after a corrective action about the same was closed, within the
    /// days that it is watched, of all.
    Recurrence,
    /// Missed items in checks, observations and audits of medication, a record; not in simulations.
    MedicationDeviations,
    /// Questions to on-call that a good handoff would have answered.
    AvoidableEscalations,
    NearMisses,
    /// What happened and was no near miss, missed visits among them.
    Incidents,
    Complaints,
    /// Handoffs in which nothing was unknown and nothing missed.
    HandoffComplete,
    /// Handoffs in which the safety plan was unknown.
    SafetyPlanUnknown,
    /// Hours from a task being handed on to being done; the middle one.
    TaskHours,
    /// Of the doses due, those given late.
    LateDoses,
    Omissions,
    /// Of the late, missed or wrong doses, those reported.
    VariancesReported,
    /// Hours from noticing a variance to the report; the mean of what audits found.
    VarianceHours,
    /// Of the orders compared, those that were the same on order, record and label.
    Reconciled,
    /// Items met in audits: the same before and after coaching.
    AuditMet,
    /// A supervisor's ratings of confidence; the mean, 1 to 4.
    Confidence,
}

/// What the numbers of a measure are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Share,
    /// Events a record.
    Rate,
    Events,
    Days,
    Hours,
    Score,
}

impl Unit {
    /// How it is counted, where it is.
    #[must_use]
    pub fn counted(self) -> Option<Counted> {
        match self {
            Unit::Share => Some(Counted::Share),
            Unit::Rate => Some(Counted::Rate),
            Unit::Events => Some(Counted::Events),
            Unit::Days | Unit::Hours | Unit::Score => None,
        }
    }
}

/// The competencies and items of the starter standards that measures read by name. Items keep
/// their ids over all versions, so an organisation's own version is read the same.
const MEDICATION: &str = "medication";
const CONFIDENCE: &str = "confidence";
pub(super) const SAFETY_PLAN: &str = "safety-plan";
pub(super) const HOURS_TO_REPORT: &str = "hours-to-report";

impl Measure {
    /// All of them, in the order of a page.
    pub const ALL: [Measure; 21] = [
        Measure::ObservationsDone,
        Measure::PassRate,
        Measure::SimulatedMet,
        Measure::PaperMet,
        Measure::DaysToClose,
        Measure::Recurrence,
        Measure::MedicationDeviations,
        Measure::AvoidableEscalations,
        Measure::NearMisses,
        Measure::Incidents,
        Measure::Complaints,
        Measure::HandoffComplete,
        Measure::SafetyPlanUnknown,
        Measure::TaskHours,
        Measure::LateDoses,
        Measure::Omissions,
        Measure::VariancesReported,
        Measure::VarianceHours,
        Measure::Reconciled,
        Measure::AuditMet,
        Measure::Confidence,
    ];
    /// What tells beforehand whether practice is looked after (A4).
    pub const LEADING: [Measure; 3] = [Measure::ObservationsDone, Measure::PassRate, Measure::DaysToClose];
    /// What tells afterwards (A4).
    pub const LAGGING: [Measure; 4] = [
        Measure::Recurrence,
        Measure::MedicationDeviations,
        Measure::AvoidableEscalations,
        Measure::NearMisses,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Measure::ObservationsDone => "observations_done",
            Measure::PassRate => "pass_rate",
            Measure::SimulatedMet => "simulated_met",
            Measure::PaperMet => "paper_met",
            Measure::DaysToClose => "days_to_close",
            Measure::Recurrence => "recurrence",
            Measure::MedicationDeviations => "medication_deviations",
            Measure::AvoidableEscalations => "avoidable_escalations",
            Measure::NearMisses => "near_misses",
            Measure::Incidents => "incidents",
            Measure::Complaints => "complaints",
            Measure::HandoffComplete => "handoff_complete",
            Measure::SafetyPlanUnknown => "safety_plan_unknown",
            Measure::TaskHours => "task_hours",
            Measure::LateDoses => "late_doses",
            Measure::Omissions => "omissions",
            Measure::VariancesReported => "variances_reported",
            Measure::VarianceHours => "variance_hours",
            Measure::Reconciled => "reconciled",
            Measure::AuditMet => "audit_met",
            Measure::Confidence => "confidence",
        }
    }

    #[must_use]
    pub fn parse(measure: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|known| known.as_str() == measure)
    }

    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Measure::MedicationDeviations => Unit::Rate,
            Measure::AvoidableEscalations
            | Measure::NearMisses
            | Measure::Incidents
            | Measure::Complaints => Unit::Events,
            Measure::DaysToClose => Unit::Days,
            Measure::TaskHours | Measure::VarianceHours => Unit::Hours,
            Measure::Confidence => Unit::Score,
            _ => Unit::Share,
        }
    }

    /// What goes wrong in a period, of what was looked at, where each of it is by itself; `None`
    /// where numbers of one record or one person hang together, or neighbouring points share
    /// records.
    #[must_use]
    pub fn wrong(self, x: f64, n: f64) -> Option<(Law, Count)> {
        match self {
            Measure::PassRate | Measure::SimulatedMet | Measure::PaperMet | Measure::HandoffComplete => {
                Some((Law::Share, Count { x: n - x, n }))
            }
            Measure::SafetyPlanUnknown => Some((Law::Share, Count { x, n })),
            Measure::AvoidableEscalations
            | Measure::NearMisses
            | Measure::Incidents
            | Measure::Complaints => Some((Law::Rate, Count { x, n: 1.0 })),
            _ => None,
        }
    }

    /// Whether its points are such that a rule may be applied to them at all.
    #[must_use]
    pub fn no_rule(self) -> Option<NoRule> {
        match self {
            Measure::ObservationsDone => Some(NoRule::Overlap),
            Measure::Recurrence => Some(NoRule::Grows),
            _ => None,
        }
    }

    /// Whether its numbers come several to a record, so that they are no independent cases: items of
    /// an audit, doses, missed items of a check.
    #[must_use]
    pub fn is_clustered(self) -> bool {
        matches!(
            self,
            Measure::MedicationDeviations
                | Measure::AuditMet
                | Measure::LateDoses
                | Measure::Omissions
                | Measure::VariancesReported
                | Measure::Reconciled
        )
    }

    /// Which facts it is folded from.
    #[must_use]
    pub fn needs(self) -> Need {
        match self {
            Measure::ObservationsDone => Need::Due,
            Measure::DaysToClose => Need::Cycles,
            Measure::Recurrence
            | Measure::AvoidableEscalations
            | Measure::NearMisses
            | Measure::Incidents
            | Measure::Complaints => Need::Reports,
            Measure::TaskHours => Need::Tasks,
            Measure::SafetyPlanUnknown
            | Measure::LateDoses
            | Measure::Omissions
            | Measure::VariancesReported
            | Measure::VarianceHours
            | Measure::Reconciled
            | Measure::Confidence => Need::Items,
            Measure::PassRate
            | Measure::SimulatedMet
            | Measure::PaperMet
            | Measure::MedicationDeviations
            | Measure::HandoffComplete
            | Measure::AuditMet => Need::Tallies,
        }
    }

    /// Whether records by such a standard are behind it.
    #[must_use]
    pub fn takes(self, class: Class, competency: &str) -> bool {
        match self {
            Measure::PassRate | Measure::SimulatedMet => matches!(class, Class::Check | Class::Shadow),
            Measure::PaperMet => matches!(class, Class::Audit | Class::Scenario | Class::Note),
            Measure::MedicationDeviations => {
                competency == MEDICATION && matches!(class, Class::Check | Class::Shadow | Class::Audit)
            }
            Measure::HandoffComplete | Measure::SafetyPlanUnknown => class == Class::Handoff,
            Measure::LateDoses
            | Measure::Omissions
            | Measure::VariancesReported
            | Measure::VarianceHours
            | Measure::Reconciled => competency == MEDICATION && class == Class::Audit,
            Measure::AuditMet => class == Class::Audit,
            Measure::Confidence => competency == CONFIDENCE,
            _ => false,
        }
    }

    /// The items whose numbers it adds up: of the first, out of the second.
    pub(super) fn items(self) -> Option<(&'static [&'static str], &'static [&'static str])> {
        Some(match self {
            Measure::LateDoses => (&["doses-late"], &["doses-due"]),
            Measure::Omissions => (&["omissions"], &["doses-due"]),
            Measure::VariancesReported => (&["variances-reported"], &["doses-late", "omissions"]),
            Measure::Reconciled => (&["orders-matching"], &["orders-checked"]),
            _ => return None,
        })
    }

    /// What one record adds to a share that holds several answers of each: so many of so many. From
    /// its marks met and missed, and its numbers in thousandths.
    #[must_use]
    pub fn part(self, met: f64, missed: f64, numbers: &BTreeMap<String, i64>) -> Option<(f64, f64)> {
        if self == Measure::AuditMet {
            return Some((met, met + missed));
        }
        let (over, under) = self.items()?;
        #[allow(clippy::cast_precision_loss, reason = "numbers of doses")]
        let sum = |ids: &[&str]| ids.iter().filter_map(|id| numbers.get(*id)).sum::<i64>() as f64 / 1000.0;
        Some((sum(over), sum(under)))
    }

    /// Whether an observation counts for it, by whether it was played through.
    #[must_use]
    pub fn takes_played(self, played: bool) -> bool {
        match self {
            Measure::PassRate | Measure::MedicationDeviations => !played,
            Measure::SimulatedMet => played,
            _ => true,
        }
    }

    /// Whether only what came to "met" or "not met" is in it.
    #[must_use]
    pub fn is_of_judged(self) -> bool {
        matches!(self, Measure::PassRate | Measure::SimulatedMet | Measure::PaperMet)
    }

    /// The items of which a record has to give a number to be in it: `None` where it needs none, an
    /// empty list where any will do.
    #[must_use]
    pub fn needs_number(self) -> Option<Vec<&'static str>> {
        match self {
            Measure::Confidence => Some(Vec::new()),
            Measure::VarianceHours => Some(vec![HOURS_TO_REPORT]),
            _ => self.items().map(|(over, under)| over.iter().chain(under).copied().collect()),
        }
    }

    /// Whether records by a standard can ever say anything of it.
    #[must_use]
    pub fn is_asked_by(self, standard: &Standard) -> bool {
        let has = |id: &str| standard.items.iter().any(|item| item.id == id);
        let setting = standard.observed_in();
        self.takes(standard.class, &standard.competency)
            && match self {
                Measure::PassRate => matches!(setting, Setting::Live | Setting::Either),
                Measure::SimulatedMet => !matches!(setting, Setting::Live | Setting::Desk),
                Measure::SafetyPlanUnknown => has(SAFETY_PLAN),
                Measure::VarianceHours => has(HOURS_TO_REPORT),
                Measure::Confidence => standard.items.iter().any(|item| item.form == Form::Number),
                _ => self.items().is_none_or(|(over, under)| {
                    over.iter().any(|id| has(id)) && under.iter().any(|id| has(id))
                }),
            }
    }

    /// Whether it can be narrowed to one competency.
    #[must_use]
    pub fn is_by_competency(self) -> bool {
        matches!(
            self,
            Measure::ObservationsDone
                | Measure::PassRate
                | Measure::SimulatedMet
                | Measure::PaperMet
                | Measure::DaysToClose
                | Measure::Recurrence
                | Measure::AvoidableEscalations
                | Measure::NearMisses
                | Measure::Incidents
                | Measure::Complaints
                | Measure::AuditMet
        )
    }

    /// Whether it can be narrowed to one kind of what happened.
    #[must_use]
    pub fn is_by_category(self) -> bool {
        matches!(self, Measure::Recurrence | Measure::NearMisses | Measure::Incidents)
    }

    /// Whether a report counts for it. Recurrence is worked out over all of them.
    #[must_use]
    pub fn counts(self, report: &ReportFact) -> bool {
        match self {
            Measure::AvoidableEscalations => report.source == Some(Source::OnCall),
            Measure::Complaints => report.source == Some(Source::Complaint),
            Measure::NearMisses => report.near_miss,
            Measure::Incidents => report.source.is_none() && !report.near_miss,
            Measure::Recurrence => report.source.is_none(),
            _ => false,
        }
    }
}

/// Why no rule is applied to a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoRule {
    /// Neighbouring points share records: they would run together by themselves.
    Overlap,
    /// It grows with what was ever answered, whatever happens.
    Grows,
}

/// Where the facts of a measure lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Tallies,
    Items,
    Reports,
    Cycles,
    Tasks,
    Due,
}
