//! What is followed up over time: coaching cycles, restrictions, incidents and signals, corrective
//! actions, improvements, programme assessments, governance reviews.
//!
//! Each begins with one event and goes on with others that name it (`of`). Invariant: what one
//! comes to depends on the *set* of its events and on the observations they point to, never on
//! the order in which they arrived; and nothing counts as proven by having been said: evidence is
//! an observation that can be opened.

mod action;
mod check;
mod closing;
mod cycle;
mod deadline;
mod evidence;
mod focus;
mod fold;
mod improvement;
mod part;
mod report;
mod reported;
mod restriction;
mod step;

pub use action::{ActionClosed, ActionKind, ActionOpened, ActionReassigned, ActionReviewed, ActionUpdated};
pub use check::{Wanting, check, check_day};
pub use closing::Revalidation;
pub use cycle::{
    CycleClosed, CycleExtended, CycleOpened, CycleOutcome, CycleSession, CycleValidated, MOST_SHIFTS, Origin,
    Reflection, SessionKind, ShiftOn,
};
pub use deadline::{Duty, duties};
pub use evidence::{Evidence, Mode, Proof, Seen};
pub use focus::{Focus, ShiftChange};
pub use fold::{About, Entry, FollowUp, State, fold};
pub use improvement::{
    AssessmentSubmitted, Decision, FigureThen, GovernanceReviewed, ImprovementClosed, ImprovementOpened,
    ImprovementOutcome, ImprovementStaged, ImprovementUpdated, Stage,
};
pub use part::Part;
pub use report::{
    Category, Classified, Gap, IncidentLogged, IncidentReported, Outcome, SignalLogged, Source, Work,
    is_reportable, led_to,
};
pub use reported::{Report, entered_later};
pub use restriction::{RestrictionLifted, RestrictionPlaced, RestrictionReviewed};
pub use step::{Class, Step};

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
